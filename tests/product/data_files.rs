//! Data files: what is read exactly, and what is wrong where.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::as_conversions,
    reason = "a test fails by panicking"
)]

use spurious::kernel::number::Rational;
use spurious::kernel::surface::Unit;
use spurious::unit::{CellFault, DataError, DataFault, Reading, TrainingSet, parse_cell};
use std::path::Path;

const TANH: Reading = Reading {
    unit: Unit::Tanh,
    threshold: false,
};

fn csv(text: &str) -> Result<TrainingSet, DataError> {
    TrainingSet::from_csv("d.csv", text.as_bytes(), TANH)
}

fn json(text: &str) -> Result<TrainingSet, DataError> {
    TrainingSet::from_json("d.json", text.as_bytes(), TANH)
}

fn fault(result: Result<TrainingSet, DataError>) -> (u64, u64, DataFault) {
    let error = result.unwrap_err();
    (error.line, error.column, error.fault)
}

fn rational(above: i64, below: i64) -> Rational {
    Rational::new(above.into(), below.into())
}

#[test]
fn cells_are_exact() {
    for (text, value) in [
        ("3", rational(3, 1)),
        ("-0.125", rational(-1, 8)),
        ("+.5", rational(1, 2)),
        ("1.", rational(1, 1)),
        ("1.5e-3", rational(3, 2000)),
        ("2E2", rational(200, 1)),
        ("-7/4", rational(-7, 4)),
        ("14/8", rational(7, 4)),
        (" 0.1 ", rational(1, 10)),
        ("-0", rational(0, 1)),
    ] {
        assert_eq!(parse_cell(text), Ok(value), "{text}");
    }
    let long = "9".repeat(1_000_000);
    for (text, fault) in [
        ("NaN", CellFault::NotANumber),
        ("inf", CellFault::NotANumber),
        ("-Infinity", CellFault::NotANumber),
        ("", CellFault::NotANumber),
        ("-", CellFault::NotANumber),
        (".", CellFault::NotANumber),
        ("1e", CellFault::NotANumber),
        ("0x10", CellFault::NotANumber),
        ("1_000", CellFault::NotANumber),
        ("--1", CellFault::NotANumber),
        ("٣", CellFault::NotANumber),
        ("1/2/3", CellFault::NotANumber),
        ("1.5/2", CellFault::NotANumber),
        ("1/0", CellFault::ZeroDenominator),
        ("1e999999", CellFault::ExponentTooLarge),
        ("1e-99999999999999999999999", CellFault::ExponentTooLarge),
        (&long, CellFault::TooManyDigits),
    ] {
        assert_eq!(
            parse_cell(text),
            Err(fault),
            "{}",
            &text[..text.len().min(30)]
        );
    }
}

#[test]
fn equal_rows_are_grouped_whatever_their_spelling() {
    let set = csv("x,y,target,count\n1,0.5,1,2\n1.0,1/2,1e0,3\n1,0.5,-1,1\n").unwrap();
    assert_eq!(set.rows().len(), 2);
    assert_eq!(set.rows()[0].weight, rational(5, 1));
    assert_eq!(set.names(), ["x", "y"]);
}

#[test]
fn csv_and_json_agree() {
    let one = csv("x,y,target,weight\n1,0.1,1,1/2\n-7/4,2,-1,3\n").unwrap();
    let text = r#"{"inputs": ["x", "y"], "rows": [
        {"input": [1, 0.1], "target": "1", "weight": "1/2"},
        {"input": ["-7/4", 2], "target": -1, "count": 3}]}"#;
    assert_eq!(json(text).unwrap(), one);
}

#[test]
fn the_threshold_is_the_last_input() {
    let reading = Reading {
        unit: Unit::Logistic,
        threshold: true,
    };
    let set = TrainingSet::from_csv("d.csv", b"x,target\n2,0\n3,1\n", reading).unwrap();
    assert_eq!(set.names(), ["x", "threshold"]);
    assert_eq!(set.rows()[1].input, [rational(3, 1), rational(1, 1)]);
    let alone = TrainingSet::from_csv("d.csv", b"target\n0\n1\n", reading).unwrap();
    assert_eq!(alone.names(), ["threshold"]);
}

#[test]
#[allow(clippy::too_many_lines, reason = "one table of faults")]
fn faults_of_csv_name_their_place() {
    let cell = |fault, text: &str| DataFault::Cell {
        fault,
        text: text.to_owned(),
    };
    for (text, expected) in [
        ("", (1, 1, DataFault::Empty)),
        ("\n\n", (1, 1, DataFault::Empty)),
        ("x,y,target\n", (0, 0, DataFault::NoRows)),
        ("x\n1\n", (1, 2, DataFault::NoTarget("`x`".into()))),
        ("target\n1\n", (1, 1, DataFault::NoInput)),
        ("x,,target\n1,1,1\n", (1, 2, DataFault::Unnamed)),
        (
            "x,x,target\n1,1,1\n",
            (1, 2, DataFault::Duplicate("x".to_owned())),
        ),
        (
            "count,target\n1,1\n",
            (1, 1, DataFault::Reserved("count".to_owned())),
        ),
        (
            "x,target,z\n1,1,1\n",
            (1, 3, DataFault::AfterTarget("z".to_owned())),
        ),
        (
            "x,target,count,weight\n1,1,1,1\n",
            (1, 4, DataFault::AfterTarget("weight".to_owned())),
        ),
        (
            "x,target\n1,1\n1\n",
            (
                3,
                2,
                DataFault::Ragged {
                    expected: 2,
                    found: 1,
                },
            ),
        ),
        (
            "x,target\n1,1,1\n",
            (
                2,
                3,
                DataFault::Ragged {
                    expected: 2,
                    found: 3,
                },
            ),
        ),
        (
            "x,target\n1,1\nNaN,1\n",
            (3, 1, cell(CellFault::NotANumber, "NaN")),
        ),
        (
            "x,target\n1,inf\n",
            (2, 2, cell(CellFault::NotANumber, "inf")),
        ),
        (
            "x,target\n1e999999,1\n",
            (2, 1, cell(CellFault::ExponentTooLarge, "1e999999")),
        ),
        (
            "x,target\n1,1.5\n",
            (
                2,
                2,
                DataFault::Target {
                    range: "[-1, 1]",
                    text: "3/2".to_owned(),
                },
            ),
        ),
        (
            "x,target,count\n1,1,0\n",
            (2, 3, DataFault::Count("0".to_owned())),
        ),
        (
            "x,target,count\n1,1,-2\n",
            (2, 3, DataFault::Count("-2".to_owned())),
        ),
        (
            "x,target,count\n1,1,1/2\n",
            (2, 3, DataFault::Count("1/2".to_owned())),
        ),
        (
            "x,target,weight\n1,1,0\n",
            (2, 3, DataFault::Weight("0".to_owned())),
        ),
        (
            "x,target,weight\n1,1,-1/2\n",
            (2, 3, DataFault::Weight("-1/2".to_owned())),
        ),
    ] {
        let (line, column, found) = fault(csv(text));
        assert_eq!((line, column, found), expected, "{text}");
    }
    let reading = Reading {
        unit: Unit::Logistic,
        threshold: false,
    };
    let error = TrainingSet::from_csv("d.csv", b"x,target\n1,-1\n", reading).unwrap_err();
    assert_eq!(
        error.fault,
        DataFault::Target {
            range: "[0, 1]",
            text: "-1".to_owned()
        }
    );
    assert_eq!(
        error.to_string(),
        "d.csv:2:2: expected a target in [0, 1], found -1"
    );
    let not_text = TrainingSet::from_csv("d.csv", b"x,target\n\xff,1\n", TANH).unwrap_err();
    assert_eq!(not_text.fault, DataFault::NotText);
    let missing = TrainingSet::read(Path::new("no/such/file.csv"), TANH).unwrap_err();
    assert!(matches!(missing.fault, DataFault::Unreadable(_)));
    let wide = format!(
        "{},target\n",
        (0..65)
            .map(|i| format!("x{i}"))
            .collect::<Vec<_>>()
            .join(",")
    );
    assert_eq!(fault(csv(&wide)), (1, 65, DataFault::TooManyColumns));
}

#[test]
fn faults_of_json_name_their_place() {
    let row = |row: &str| json(&format!("{{\"inputs\": [\"x\"],\n \"rows\": [{row}]}}"));
    assert_eq!(
        fault(row(r#"{"input": [1, 2], "target": 1}"#)).2,
        DataFault::Ragged {
            expected: 1,
            found: 2
        }
    );
    let (line, column, found) = fault(row(r#"{"input": ["NaN"], "target": 1}"#));
    assert_eq!((line, column), (2, 22));
    assert!(matches!(
        found,
        DataFault::Cell {
            fault: CellFault::NotANumber,
            ..
        }
    ));
    assert!(matches!(
        fault(row(r#"{"input": [1e999], "target": 1}"#)).2,
        DataFault::Cell { .. }
    ));
    assert_eq!(
        fault(row(
            r#"{"input": [1], "target": 1, "count": 1, "weight": 1}"#
        ))
        .2,
        DataFault::CountAndWeight
    );
    assert_eq!(
        fault(row(r#"{"input": [1], "target": 1, "count": 0.5}"#)).2,
        DataFault::Count("0.5".to_owned())
    );
    assert!(matches!(
        fault(row(r#"{"input": [1], "target": 2}"#)).2,
        DataFault::Target { .. }
    ));
    assert!(matches!(
        fault(row(r#"{"input": [1]}"#)).2,
        DataFault::Syntax(_)
    ));
    assert!(matches!(
        fault(row(r#"{"input": [1], "target": 1, "more": 1}"#)).2,
        DataFault::Syntax(_)
    ));
    assert!(matches!(
        fault(row(r#"{"input": [1], "target": NaN}"#)).2,
        DataFault::Syntax(_)
    ));
    assert!(matches!(
        fault(row(r#"{"input": [[1]], "target": 1}"#)).2,
        DataFault::Cell { .. }
    ));
    assert_eq!(fault(row("")).2, DataFault::NoRows);
    assert_eq!(fault(json(" ")).2, DataFault::Empty);
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    assert!(matches!(fault(json(&deep)).2, DataFault::Syntax(_)));
}

#[test]
fn many_equal_rows_are_one() {
    let mut text = String::from("x,target\n");
    text.push_str(&"1,1\n-1,-1\n".repeat(100_000));
    let set = csv(&text).unwrap();
    assert_eq!(set.rows().len(), 2);
    assert_eq!(set.rows()[0].weight, rational(100_000, 1));
}

#[test]
fn too_many_distinct_rows_are_refused() {
    let mut text = String::from("x,target\n");
    for i in 0..=spurious::unit::MAX_ROWS {
        text.push_str(&i.to_string());
        text.push_str(",1\n");
    }
    assert_eq!(fault(csv(&text)).2, DataFault::TooManyRows);
}

/// What comes after the first row too many is not looked at: neither its faults nor its bytes.
#[test]
fn reading_ends_where_the_rows_are_too_many() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("rows.csv");
    let mut text = b"x,target\r\n\r\n".to_vec();
    for i in 0..=spurious::unit::MAX_ROWS {
        text.extend_from_slice(format!("{i},1\r\n").as_bytes());
    }
    text.extend_from_slice(b"not,a,row\n\xff\xff\n");
    std::fs::write(&path, &text).unwrap();
    let reading = Reading {
        unit: Unit::Tanh,
        threshold: false,
    };
    let error = TrainingSet::read(&path, reading).unwrap_err();
    assert_eq!(
        (error.fault, error.line, error.column),
        (DataFault::TooManyRows, 200_003, 2)
    );
    assert_eq!(
        fault(TrainingSet::from_csv("d.csv", &text, reading)).2,
        DataFault::TooManyRows
    );
}

#[test]
fn a_file_is_read_as_its_text_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("d.csv");
    let reading = Reading {
        unit: Unit::Tanh,
        threshold: false,
    };
    for text in [
        "\u{feff}x,target,count\n1,1,2\n1,1,2\n\n1.0,1,3\n\"1\",1,2\n2,-1,1\n",
        "x,target\r\n\r\n1,1\r\n1\r\n",
        "x,target\n1,2\n",
    ] {
        std::fs::write(&path, text).unwrap();
        let (file, text) = (
            TrainingSet::read(&path, reading),
            TrainingSet::from_csv("d.csv", text.as_bytes(), reading),
        );
        match (file, text) {
            (Ok(file), Ok(text)) => {
                assert_eq!(file, text);
                assert_eq!(file.rows()[0].weight, rational(9, 1));
            }
            (Err(file), Err(text)) => {
                assert_eq!(
                    (file.line, file.column, file.fault),
                    (text.line, text.column, text.fault)
                );
            }
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn a_byte_order_mark_quotes_and_spaces_do_no_harm() {
    let set = csv("\u{feff}\"x\", target \r\n\"1/2\" ,  1 \r\n\r\n 3,-1").unwrap();
    assert_eq!(set.rows()[0].input, [rational(1, 2)]);
    assert_eq!(fault(csv("x,target\r\n1,1\r\n\r\n?,1\r\n")).0, 4);
}

#[test]
fn other_separators_are_recognised() {
    for (text, separator) in [
        ("x;y;target\n1;2;1\n", "`;`"),
        ("\"x\";\"target\"\n0,5;1\n", "`;`"),
        ("x\ttarget\n1\t1\n", "tabs"),
        ("x|target\n1|1\n", "`|`"),
        ("x target\n1 1\n", "spaces"),
    ] {
        assert_eq!(fault(csv(text)), (1, 1, DataFault::Separator(separator)));
    }
    let error = csv("x;target\n1;1\n").unwrap_err().to_string();
    assert_eq!(error, "d.csv:1:1: columns are separated by `;`: use commas");
}

#[test]
fn a_header_without_target_is_said_with_its_columns() {
    let error = csv("x,y,Target\n1,2,1\n").unwrap_err().to_string();
    assert_eq!(
        error,
        "d.csv:1:4: expected a column named `target` after the input columns; found `x`, `y`, `Target`"
    );
    let many: Vec<String> = (0..20).map(|i| format!("x{i}")).collect();
    let error = csv(&many.join(",")).unwrap_err().to_string();
    assert!(error.ends_with("`x7`, and 12 more"), "{error}");
}

#[test]
fn a_fault_of_the_whole_file_has_no_place() {
    for error in [
        csv("x,target\n").unwrap_err(),
        csv("x,target\n\u{1}\n").unwrap_err(),
        TrainingSet::from_csv("d.csv", b"\xff", TANH).unwrap_err(),
        TrainingSet::read(Path::new("tests"), TANH).unwrap_err(),
        json("{").unwrap_err(),
    ] {
        assert!(!error.to_string().contains(":0"), "{error}");
    }
}

#[test]
fn a_decimal_comma_is_said() {
    assert_eq!(parse_cell("0,5"), Err(CellFault::Comma));
    assert_eq!(parse_cell("-1,234.5"), Err(CellFault::Comma));
    assert_eq!(fault(csv("x,target\n\"0,5\",1\n")).0, 2);
}

#[test]
fn every_double_that_is_printed_is_read_exactly() {
    let power = |n: u32| Rational::from_integer(num_traits::Pow::pow(kernel_int(10), n));
    for (text, value) in [
        ("1e-3", rational(1, 1000)),
        ("5e-324", rational(5, 1) / power(324)),
        ("1.5E+308", rational(3, 2) * power(308)),
        ("-2.5e+00", rational(-5, 2)),
    ] {
        assert_eq!(parse_cell(text), Ok(value), "{text}");
    }
}

fn kernel_int(n: i64) -> spurious::kernel::number::Int {
    n.into()
}

#[test]
fn json_may_begin_with_a_byte_order_mark() {
    let text = "{\"inputs\": [\"x\"], \"rows\": [{\"input\": [1], \"target\": 1}]}";
    assert_eq!(json(&format!("\u{feff}{text}")), json(text));
}
