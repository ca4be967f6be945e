//! Writes statements and evidence as certificate text, which the kernel's readers read back. UNTRUSTED.

use crate::kernel::surface::{
    Barrier, Cells, Chart, Critical, Evidence, Global, Krawczyk, Limit, Lower, Minima, Minimum,
    Point, Product, Statement, Tree,
};
use std::fmt::{Display, Write};

/// Items with a space between.
fn list<T: Display>(items: impl IntoIterator<Item = T>) -> String {
    let mut text = String::from("(");
    for (index, item) in items.into_iter().enumerate() {
        let _ = write!(text, "{}{item}", if index == 0 { "" } else { " " });
    }
    text.push(')');
    text
}

fn chart(chart: &Chart) -> String {
    let coordinates = chart
        .coordinates
        .iter()
        .map(|c| format!("({} {} {})", c.column, c.scale, list(&c.folds)));
    format!("(chart {} {})", list(coordinates), list(&chart.dropped))
}

fn point(point: &Point) -> String {
    match point {
        Point::Exp { bits, xi } => format!("(exp {bits} {})", list(xi)),
        Point::Rational(u) => format!("(point {})", list(u)),
    }
}

fn lower(lower: Option<&Lower>) -> String {
    lower.map_or_else(
        || "none".to_owned(),
        |lower| format!("(below {} {})", point(&lower.point), lower.error),
    )
}

/// A minimum, as the kernel reads it.
#[must_use]
pub fn minimum(minimum: &Minimum) -> String {
    let Minimum {
        data,
        chart: c,
        centre,
        half_width,
        modulus,
        near,
        error,
        lower: below,
    } = minimum;
    let (c, centre, below) = (chart(c), point(centre), lower(below.as_ref()));
    let (low, high) = error;
    format!(
        "(minimum\n{data}\n{c}\n{centre} {half_width} {modulus} {near}\n({low} {high})\n{below})"
    )
}

/// Evidence for a minimum, as the kernel reads it.
#[must_use]
pub fn barrier(barrier: &Barrier) -> String {
    let Barrier {
        grid,
        centre,
        columns,
        lower,
    } = barrier;
    let columns = list(columns.iter().map(list));
    format!(
        "(barrier {grid}\n{}\n{columns}\n{})",
        list(centre),
        list(lower)
    )
}

fn minima(stated: &Minima) -> String {
    let Minima {
        data,
        chart: c,
        minima: all,
        at_infinity,
    } = stated;
    let floor = at_infinity
        .as_ref()
        .map_or_else(|| "none".to_owned(), ToString::to_string);
    format!(
        "(minima\n{data}\n{}\n{}\n{floor})",
        chart(c),
        list(all.iter().map(minimum))
    )
}

fn tree(shown: &Tree) -> String {
    match shown {
        Tree::Fan {
            rays: (i, k),
            shares: [alpha, beta, gamma],
            parts,
        } => {
            format!(
                "(fan ({i} {k}) ({alpha} {beta} {gamma})\n({}\n{}))",
                tree(&parts.0),
                tree(&parts.1)
            )
        }
        Tree::Cut(axis, smaller, larger) => {
            format!("(cut {axis}\n{}\n{})", tree(smaller), tree(larger))
        }
        Tree::Bend(bend, slope) => format!("(bend {} {})", list(bend), list(slope)),
        Tree::Inside(index) => format!("(in {index})"),
    }
}

fn cells(shown: &Cells) -> String {
    let (minima, orthants) = (
        shown.minima.iter().map(barrier),
        shown.orthants.iter().map(tree),
    );
    format!("(cells {}\n{})", list(minima), list(orthants))
}

/// A statement, as the kernel reads it.
#[must_use]
pub fn statement(statement: &Statement) -> String {
    match statement {
        Statement::Minimum(stated) => minimum(stated),
        Statement::Spurious(data) => format!("(has-spurious {data})"),
        Statement::NoCriticalPoint(data) => format!("(no-critical-point {data})"),
        Statement::Balanced(data) => format!("(balanced {data})"),
        Statement::Limit(Limit {
            data,
            direction,
            value,
        }) => format!("(limit {data}\n{} {value})", list(direction)),
        Statement::Attraction(stated) => format!(
            "(attraction {}\n{})",
            minimum(&stated.minimum),
            stated.smoothness
        ),
        Statement::Minima(stated) => minima(stated),
        Statement::Product(stated) => product(stated),
        Statement::Critical(stated) => {
            let Critical {
                data,
                chart: c,
                centre,
                half_width,
                inertia: (p, n),
                error: (low, high),
            } = &**stated;
            format!(
                "(critical {data}\n{}\n{} {half_width} ({p} {n}) ({low} {high}))",
                chart(c),
                point(centre)
            )
        }
    }
}

fn product(Product { data, parts }: &Product) -> String {
    let parts = parts
        .iter()
        .map(|(forms, part)| format!("({} {})", list(forms.iter().map(list)), minima(part)));
    format!("(product {data}\n{})", list(parts))
}

/// Evidence, as the kernel reads it.
#[must_use]
pub fn evidence(evidence: &Evidence) -> String {
    match evidence {
        Evidence::Barrier(shown) => barrier(shown),
        Evidence::Spurious(stated, shown) => {
            format!("(spurious\n{}\n{})", minimum(stated), barrier(shown))
        }
        Evidence::Direction(direction) => format!("(direction {})", list(direction)),
        Evidence::Dual(dual) => format!("(dual {})", list(dual)),
        Evidence::Compute => "(compute)".to_owned(),
        Evidence::Attraction(shown, columns) => {
            format!(
                "(attraction {}\n{})",
                barrier(shown),
                list(columns.iter().map(list))
            )
        }
        Evidence::Cells(shown) => cells(shown),
        Evidence::Krawczyk(shown) => {
            let Krawczyk {
                grid,
                centre,
                inverse,
                congruence,
            } = &**shown;
            let (inverse, congruence) = (
                list(inverse.iter().map(list)),
                list(congruence.iter().map(list)),
            );
            format!(
                "(krawczyk {grid}\n{}\n{inverse}\n{congruence})",
                list(centre)
            )
        }
        Evidence::Global(shown) => {
            let Global {
                product: stated,
                cells: parts,
                symmetries,
            } = &**shown;
            let symmetries = symmetries.iter().map(|part| list(part.iter().map(list)));
            format!(
                "(global {}\n{}\n{})",
                product(stated),
                list(parts.iter().map(cells)),
                list(symmetries)
            )
        }
        Evidence::Parts(parts) => format!("(parts {})", list(parts.iter().map(cells))),
    }
}

/// A certificate file: statements with their evidence, in order.
#[must_use]
pub fn certificate<'a>(steps: impl IntoIterator<Item = (&'a Statement, &'a Evidence)>) -> String {
    let mut text = format!("(certificate {}", crate::kernel::limits::VERSION);
    for (stated, shown) in steps {
        let verb = if matches!(shown, Evidence::Global(_)) {
            "fails"
        } else {
            "holds"
        };
        let (stated, shown) = (statement(stated), evidence(shown));
        let _ = write!(
            text,
            "\n(step () (statement () ({verb} (surface {stated})))\n(surface {shown}))"
        );
    }
    text.push_str(")\n");
    text
}
