//! The map of basins in a plane of weights, as a drawing. Untrusted.

use crate::report::plot::head;
use crate::train::experiment::ends::Fate;
use crate::train::experiment::plane::Map;
use crate::train::number::real;
use std::fmt::Write;

const fn colour(fate: Option<Fate>) -> &'static str {
    match fate {
        Some(Fate::Captured) => "#d55e00",
        Some(Fate::Below) => "#56b4e9",
        Some(Fate::Elsewhere) => "#dddddd",
        Some(Fate::Lost) => "#000000",
        None => "#ffffff",
    }
}

/// A map of basins, with the minimum, the origin and the lower point marked.
#[must_use]
pub(super) fn basin_map(map: &Map) -> String {
    let (size, edge) = (480.0, 20.0);
    let cell = size / real(map.side.max(1));
    let mut text = head(size + 200.0, size + 2.0 * edge);
    for (index, fate) in map.fates.iter().enumerate() {
        let (column, row) = (index % map.side, index / map.side);
        let (x, y) = (
            edge + real(column) * cell,
            edge + size - real(row + 1) * cell,
        );
        let _ = writeln!(
            text,
            "<rect x=\"{x:.2}\" y=\"{y:.2}\" width=\"{:.2}\" height=\"{:.2}\" fill=\"{}\"/>",
            cell + 0.3,
            cell + 0.3,
            colour(*fate)
        );
    }
    let place = |v: f64| f64::midpoint(v / map.reach, 1.0) * size;
    let names = ["minimum", "lower point", "origin"];
    let marks = map.marks.iter().copied().chain(std::iter::once((0.0, 0.0)));
    for ((u, v), name) in marks.zip(names) {
        let (x, y) = (edge + place(u), edge + size - place(v));
        let _ = writeln!(
            text,
            "<circle cx=\"{x:.2}\" cy=\"{y:.2}\" r=\"4\" fill=\"white\" stroke=\"black\"/><text x=\"{:.2}\" y=\"{:.2}\">{name}</text>",
            x + 7.0,
            y + 4.0
        );
    }
    let legend = [
        (Fate::Captured, "flows into the minimum"),
        (Fate::Below, "flows below its error"),
        (Fate::Elsewhere, "neither, or undecided"),
        (Fate::Lost, "not finite"),
    ];
    for (index, (fate, name)) in legend.into_iter().enumerate() {
        let y = edge + 20.0 * real(index);
        let _ = writeln!(
            text,
            "<rect x=\"{}\" y=\"{y}\" width=\"12\" height=\"12\" fill=\"{}\"/><text x=\"{}\" y=\"{}\">{name}</text>",
            size + edge + 10.0,
            colour(Some(fate)),
            size + edge + 28.0,
            y + 10.0
        );
    }
    text.push_str("</svg>\n");
    text
}
