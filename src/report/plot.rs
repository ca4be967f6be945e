//! Plots as SVG text: curves with ticks and error bars, and maps of basins.
//!
//! UNTRUSTED. The same data give the same bytes; no fonts are read and nothing is measured.

use crate::train::number::real;
use std::fmt::Write;

/// One axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    /// What is on it.
    pub label: String,
    /// Whether it is logarithmic; values that are not positive are then left out.
    pub log: bool,
}

/// One curve.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// Its name in the legend.
    pub name: String,
    /// Its points.
    pub points: Vec<(f64, f64)>,
    /// Lower and upper end of the interval at each point; empty for none.
    pub bars: Vec<(f64, f64)>,
}

/// One diagram.
#[derive(Clone, Debug, PartialEq)]
pub struct Panel {
    /// Above it.
    pub title: String,
    /// Across.
    pub x: Axis,
    /// Upwards.
    pub y: Axis,
    /// The curves.
    pub series: Vec<Series>,
}

const WIDTH: f64 = 760.0;
const HEIGHT: f64 = 360.0;
/// Left, right, top and bottom of the frame inside a panel.
const FRAME: (f64, f64, f64, f64) = (70.0, 500.0, 30.0, 310.0);
/// Curves in order; chosen to be told apart without colour vision.
const COLOURS: [&str; 8] = [
    "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00", "#555555", "#000000",
];

/// Dashes of the first curves, of those for which the colours come a second time, and so on.
const DASHES: [&str; 3] = ["none", "6 3", "2 3"];
/// Most curves in a panel; a legend has room for one more line.
const MOST: usize = 16;

/// An axis with its range: maps values to [0, 1].
struct Scale {
    log: bool,
    low: f64,
    high: f64,
}

impl Scale {
    fn new(log: bool, values: impl Iterator<Item = f64>) -> Self {
        let usable = values
            .map(|v| if log { v.log10() } else { v })
            .filter(|v| v.is_finite());
        let (low, high) = usable.fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), v| {
            (l.min(v), h.max(v))
        });
        let (low, high) = if low > high { (0.0, 1.0) } else { (low, high) };
        let slack = if high > low { 0.03 * (high - low) } else { 0.5 };
        Self {
            log,
            low: low - slack,
            high: high + slack,
        }
    }

    fn place(&self, value: f64) -> Option<f64> {
        let value = if self.log { value.log10() } else { value };
        value
            .is_finite()
            .then(|| (value - self.low) / (self.high - self.low))
    }

    /// Round values in the range, about five, with their places.
    fn ticks(&self) -> Vec<(f64, String)> {
        let range = self.high - self.low;
        if !self.log {
            let values = round(self.low, self.high).into_iter();
            let tick = |(v, text)| ((v - self.low) / range, text);
            return values.map(tick).collect();
        }
        let place = |v: f64| (v.log10() - self.low) / range;
        if range < 1.0 {
            // Less than a decade: round values as on a linear axis.
            let values = round(10f64.powf(self.low), 10f64.powf(self.high)).into_iter();
            let tick = |(v, text)| (place(v), text);
            return values.filter(|(v, _)| *v > 0.0).map(tick).collect();
        }
        let step = (range / 6.0).ceil();
        let first = (self.low / step).ceil();
        let factors: &[f64] = if range < 2.5 {
            &[1.0, 2.0, 5.0]
        } else {
            &[1.0]
        };
        let decades = (0..10).map(|k| (first - 1.0 + real(k)) * step);
        let values = decades.flat_map(|decade| factors.iter().map(move |f| (decade, *f)));
        values
            .map(|(decade, factor)| (decade + factor.log10(), format!("{factor:.0}e{decade:.0}")))
            .filter(|(v, _)| (self.low..=self.high).contains(v))
            .map(|(v, text)| ((v - self.low) / range, text))
            .collect()
    }
}

/// Round values between two numbers, about five, with their texts.
fn round(low: f64, high: f64) -> Vec<(f64, String)> {
    let raw = (high - low) / 5.0;
    let power = 10f64.powf(raw.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0]
        .map(|m| m * power)
        .into_iter()
        .find(|s| *s >= raw)
        .unwrap_or(raw);
    let first = (low / step).ceil();
    (0..12)
        .map(|k| (first + real(k)) * step)
        .take_while(|v| *v <= high)
        .map(|v| (v, label(v, step)))
        .collect()
}

fn label(value: f64, step: f64) -> String {
    if !(1e-4..1e6).contains(&step) {
        return format!("{value:.1e}");
    }
    let text = if step >= 1.0 {
        format!("{value:.0}")
    } else {
        format!("{value:.*}", digits(step))
    };
    if text == "-0" { "0".into() } else { text }
}

fn digits(step: f64) -> usize {
    (1..12)
        .find(|n: &i32| step * 10f64.powi(*n) >= 0.999)
        .and_then(|n| usize::try_from(n).ok())
        .unwrap_or(12)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

/// Panels below each other.
#[must_use]
pub fn svg(panels: &[Panel]) -> String {
    let mut text = head(WIDTH, HEIGHT * real(panels.len()));
    for (index, panel) in panels.iter().enumerate() {
        let _ = write!(
            text,
            "<g transform=\"translate(0,{:.0})\">",
            HEIGHT * real(index)
        );
        draw(&mut text, panel);
        text.push_str("</g>\n");
    }
    text.push_str("</svg>\n");
    text
}

pub(super) fn head(width: f64, height: f64) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height:.0}\" font-family=\"sans-serif\" \
         font-size=\"12\">\n<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n"
    )
}

fn draw(text: &mut String, panel: &Panel) {
    let (left, right, top, bottom) = FRAME;
    let points = || panel.series.iter().take(MOST).flat_map(|s| s.points.iter());
    let x = Scale::new(panel.x.log, points().map(|p| p.0));
    let bars = panel
        .series
        .iter()
        .take(MOST)
        .flat_map(|s| s.bars.iter().flat_map(|b| [b.0, b.1]));
    let y = Scale::new(panel.y.log, points().map(|p| p.1).chain(bars));
    let across = |u: f64| left + u * (right - left);
    let up = |v: f64| bottom - v * (bottom - top);
    let _ = writeln!(
        text,
        "<text x=\"{left}\" y=\"18\" font-weight=\"bold\">{}</text>",
        escaped(&panel.title)
    );
    for (u, name) in x.ticks() {
        let at = across(u);
        let _ = writeln!(
            text,
            "<path d=\"M{at:.2} {top}V{bottom}\" stroke=\"#ddd\"/><text x=\"{at:.2}\" y=\"326\" text-anchor=\"middle\">{name}</text>"
        );
    }
    for (v, name) in y.ticks() {
        let at = up(v);
        let _ = writeln!(
            text,
            "<path d=\"M{left} {at:.2}H{right}\" stroke=\"#ddd\"/><text x=\"64\" y=\"{:.2}\" text-anchor=\"end\">{name}</text>",
            at + 4.0
        );
    }
    let _ = writeln!(
        text,
        "<rect x=\"{left}\" y=\"{top}\" width=\"{}\" height=\"{}\" fill=\"none\" stroke=\"#333\"/>\
         <text x=\"285\" y=\"348\" text-anchor=\"middle\">{}</text>\
         <text transform=\"translate(16,170) rotate(-90)\" text-anchor=\"middle\">{}</text>",
        right - left,
        bottom - top,
        escaped(&panel.x.label),
        escaped(&panel.y.label)
    );
    for (index, series) in panel.series.iter().take(MOST).enumerate() {
        let colour = COLOURS[index % COLOURS.len()];
        let dash = DASHES[index / COLOURS.len() % DASHES.len()];
        let place = |(a, b): (f64, f64)| Some((across(x.place(a)?), up(y.place(b)?)));
        let line: Vec<String> = series
            .points
            .iter()
            .filter_map(|p| place(*p))
            .map(|(a, b)| format!("{a:.2},{b:.2}"))
            .collect();
        let _ = writeln!(
            text,
            "<polyline points=\"{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"1.5\" stroke-dasharray=\"{dash}\"/>",
            line.join(" ")
        );
        for (point, bar) in series.points.iter().zip(&series.bars) {
            if let (Some((a, low)), Some((_, high))) =
                (place((point.0, bar.0)), place((point.0, bar.1)))
            {
                let _ = writeln!(
                    text,
                    "<path d=\"M{a:.2} {low:.2}V{high:.2}\" stroke=\"{colour}\"/>"
                );
            }
        }
        if let [only] = series.points.as_slice()
            && let Some((a, b)) = place(*only)
        {
            // One point is no line.
            let _ = writeln!(
                text,
                "<circle cx=\"{a:.2}\" cy=\"{b:.2}\" r=\"3\" fill=\"{colour}\"/>"
            );
        }
        let at = 40.0 + 16.0 * real(index);
        let _ = writeln!(
            text,
            "<path d=\"M508 {at}h14\" stroke=\"{colour}\" stroke-width=\"2\" stroke-dasharray=\"{dash}\"/><text x=\"526\" y=\"{}\">{}</text>",
            at + 4.0,
            escaped(&series.name)
        );
    }
    if let Some(hidden) = panel.series.len().checked_sub(MOST + 1) {
        let at = 44.0 + 16.0 * real(MOST);
        let _ = writeln!(
            text,
            "<text x=\"508\" y=\"{at}\">and {} more, not drawn</text>",
            hidden + 1
        );
    }
}
