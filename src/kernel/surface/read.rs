//! Statements and evidence from certificate text. Part of the trusted kernel.

use super::{
    Attraction, Barrier, Cells, Chart, Coordinate, Critical, Evidence, Global, Krawczyk, Limit, Lower, Minima, Minimum,
    Point, Product, Read, ReadError, ReadFault, Row, Sexp, Statement, TrainingSet, Tree, Unit, record,
};

record!(Row, array(), [input, target, weight]);
record!(Coordinate, array(), [column, scale, folds]);
record!(Chart, tagged("chart"), [coordinates, dropped]);
record!(Lower, tagged("below"), [point, error]);
record!(Minimum, tagged("minimum"), [data, chart, centre, half_width, modulus, near, error, lower]);
record!(Limit, tagged("limit"), [data, direction, value]);
record!(Minima, tagged("minima"), [data, chart, minima, at_infinity]);
record!(Attraction, tagged("attraction"), [minimum, smoothness]);
record!(Product, tagged("product"), [data, parts]);
record!(Critical, tagged("critical"), [data, chart, centre, half_width, inertia, error]);
record!(Barrier, tagged("barrier"), [grid, centre, columns, lower]);
record!(Cells, tagged("cells"), [minima, orthants]);
record!(Krawczyk, tagged("krawczyk"), [grid, centre, inverse, congruence]);
record!(Global, tagged("global"), [product, cells, symmetries]);

/// `(data unit width (((a…) b w)…))`, validated.
impl Read for TrainingSet {
    fn read(sexp: &Sexp<'_>) -> Result<Self, ReadError> {
        let [unit, width, rows] = sexp.tagged("data")?;
        let unit = match unit.word()? {
            "tanh" => Unit::Tanh,
            "logistic" => Unit::Logistic,
            _ => return Err(unit.unknown()),
        };
        let data = Self::new(unit, width.read()?, rows.read()?);
        data.map_err(|_| sexp.error(ReadFault::Expected("a training set")))
    }
}

/// `(exp e (X…))` or `(point (u…))`
impl Read for Point {
    fn read(sexp: &Sexp<'_>) -> Result<Self, ReadError> {
        Ok(match sexp.form()? {
            ("exp", [bits, xi]) => Self::Exp { bits: bits.read()?, xi: xi.read()? },
            ("point", [u]) => Self::Rational(u.read()?),
            _ => return Err(sexp.unknown()),
        })
    }
}

/// `(fan i k α β γ tree tree)`, `(cut k tree tree)`, `(bend (v…) (d…))` or `(in i)`
impl Read for Tree {
    fn read(sexp: &Sexp<'_>) -> Result<Self, ReadError> {
        Ok(match sexp.form()? {
            ("fan", [i, k, alpha, beta, gamma, left, right]) => {
                let (rays, shares) = ((i.read()?, k.read()?), [alpha.read()?, beta.read()?, gamma.read()?]);
                Self::Fan { rays, shares, parts: Box::new((left.read()?, right.read()?)) }
            }
            ("cut", [axis, left, right]) => Self::Cut(axis.read()?, Box::new((left.read()?, right.read()?))),
            ("bend", [v, d]) => Self::Bend(v.read()?, d.read()?),
            ("in", [index]) => Self::Inside(index.read()?),
            _ => return Err(sexp.unknown()),
        })
    }
}

/// A record, or `(has-spurious data)`, `(no-critical-point data)`, `(balanced data)`.
impl Read for Statement {
    fn read(sexp: &Sexp<'_>) -> Result<Self, ReadError> {
        Ok(match sexp.form()? {
            ("minimum", _) => Self::Minimum(sexp.read()?),
            ("has-spurious", [data]) => Self::Spurious(data.read()?),
            ("no-critical-point", [data]) => Self::NoCriticalPoint(data.read()?),
            ("balanced", [data]) => Self::Balanced(data.read()?),
            ("limit", _) => Self::Limit(sexp.read()?),
            ("attraction", _) => Self::Attraction(sexp.read()?),
            ("minima", _) => Self::Minima(sexp.read()?),
            ("product", _) => Self::Product(sexp.read()?),
            ("critical", _) => Self::Critical(sexp.read()?),
            _ => return Err(sexp.unknown()),
        })
    }
}

/// A record, or `(spurious minimum barrier)`, `(direction (v…))`, `(dual (λ…))`, `(compute)`,
/// `(attraction barrier ((L…)…))`, `(parts (cells…))`.
impl Read for Evidence {
    fn read(sexp: &Sexp<'_>) -> Result<Self, ReadError> {
        Ok(match sexp.form()? {
            ("barrier", _) => Self::Barrier(sexp.read()?),
            ("spurious", [minimum, barrier]) => Self::Spurious(minimum.read()?, barrier.read()?),
            ("direction", [v]) => Self::Direction(v.read()?),
            ("dual", [multipliers]) => Self::Dual(multipliers.read()?),
            ("compute", []) => Self::Compute,
            ("attraction", [barrier, columns]) => Self::Attraction(barrier.read()?, columns.read()?),
            ("cells", _) => Self::Cells(sexp.read()?),
            ("krawczyk", _) => Self::Krawczyk(sexp.read()?),
            ("global", _) => Self::Global(sexp.read()?),
            ("parts", [parts]) => Self::Parts(parts.read()?),
            _ => return Err(sexp.unknown()),
        })
    }
}
