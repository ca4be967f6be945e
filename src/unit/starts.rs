//! Points at which a search starts: lines of numbers, JSON, arrays of NumPy, what `spurious train` prints.

use super::data_error::excerpt;
use serde_json::Value;

/// First bytes of an array of NumPy.
const NUMPY: &[u8] = b"\x93NUMPY";

/// What is wrong with a list of starts, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct StartsError {
    /// Line and number in it, from 1, of a text.
    pub place: Option<(usize, usize)>,
    /// What was expected.
    pub message: String,
}

impl StartsError {
    fn new(place: Option<(usize, usize)>, message: String) -> Self {
        Self { place, message }
    }
}

/// Reads starts of so many weights each, in whatever form they are.
///
/// # Errors
/// [`StartsError`].
pub fn read(bytes: &[u8], width: usize) -> Result<Vec<Vec<f64>>, StartsError> {
    if bytes.starts_with(NUMPY) {
        return numpy(bytes, width);
    }
    let text = std::str::from_utf8(bytes)
        .map_err(|_| StartsError::new(None, "expected text, or an array of NumPy".to_owned()))?;
    if text.trim_start().starts_with(['{', '[']) {
        return json(text, width);
    }
    lines(text, width)
}

/// Reads one start: numbers with commas, spaces or tabs between.
///
/// # Errors
/// [`StartsError`]; its line is 1.
pub fn point(line: &str, width: usize) -> Result<Vec<f64>, StartsError> {
    let words = words(line);
    if words.len() != width {
        let message = format!("expected {width} weights, found {}", words.len());
        return Err(StartsError::new(Some((1, words.len().max(1))), message));
    }
    let number = |(index, word): (usize, &&str)| {
        let value: Option<f64> = word.parse().ok().filter(|value: &f64| value.is_finite());
        value.ok_or_else(|| {
            let message = format!("expected a number, found `{}`", excerpt(word));
            StartsError::new(Some((1, index + 1)), message)
        })
    };
    words.iter().enumerate().map(number).collect()
}

fn words(line: &str) -> Vec<&str> {
    let words = line.split([',', ' ', '\t', '\r']);
    words.filter(|word| !word.is_empty()).collect()
}

/// One start a line, after a line of names if there is one; or the last column of the table that `train` prints.
fn lines(text: &str, width: usize) -> Result<Vec<Vec<f64>>, StartsError> {
    let heading = text
        .lines()
        .position(|line| words(line).last() == Some(&"weights"));
    let all = || {
        text.lines()
            .enumerate()
            .filter(|(_, line)| !line.trim().is_empty())
    };
    let named = |line: &str| words(line).iter().all(|word| word.parse::<f64>().is_err());
    let first = all().find(|(_, line)| words(line).len() == width && named(line));
    let first = first.filter(|(at, _)| all().next().is_some_and(|(first, _)| first == *at));
    let skipped = heading.or(first.map(|(at, _)| at)).map_or(0, |at| at + 1);
    let start = |(at, line): (usize, &str)| {
        let line = match heading {
            Some(_) => {
                let words = words(line);
                words[words.len().saturating_sub(width)..].join(" ")
            }
            None => line.to_owned(),
        };
        point(&line, width).map_err(|error| StartsError {
            place: error.place.map(|(_, column)| (at + 1, column)),
            ..error
        })
    };
    let starts: Vec<Vec<f64>> = all()
        .filter(|(at, _)| *at >= skipped)
        .map(start)
        .collect::<Result<_, _>>()?;
    some(starts)
}

fn some(starts: Vec<Vec<f64>>) -> Result<Vec<Vec<f64>>, StartsError> {
    if starts.is_empty() {
        Err(StartsError::new(
            None,
            "expected at least one start".to_owned(),
        ))
    } else {
        Ok(starts)
    }
}

/// A list of numbers, a list of such lists, or an object with such lists as its `weights`, at any depth but not on the way.
fn json(text: &str, width: usize) -> Result<Vec<Vec<f64>>, StartsError> {
    let value: Value = serde_json::from_str(text).map_err(|error| {
        StartsError::new(Some((error.line(), error.column())), error.to_string())
    })?;
    let mut lists = Vec::new();
    collect(&value, matches!(value, Value::Array(_)), &mut lists);
    let start = |list: &Vec<Value>| {
        if list.len() != width {
            let message = format!("expected {width} weights, found {}", list.len());
            return Err(StartsError::new(None, message));
        }
        let number = |value: &Value| {
            value.as_f64().ok_or_else(|| {
                let found = excerpt(&value.to_string());
                StartsError::new(None, format!("expected a number, found `{found}`"))
            })
        };
        list.iter().map(number).collect()
    };
    some(lists.into_iter().map(start).collect::<Result<_, _>>()?)
}

/// Lists of numbers: those that stand for weights.
fn collect<'a>(value: &'a Value, weights: bool, into: &mut Vec<&'a Vec<Value>>) {
    match value {
        Value::Array(items)
            if weights && !items.iter().any(|item| item.is_array() || item.is_object()) =>
        {
            into.push(items);
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, weights, into)),
        Value::Object(entries) => {
            for (key, item) in entries.iter().filter(|(key, _)| *key != "trajectory") {
                let nested = item.is_object() || item.is_array();
                if nested {
                    collect(item, key == "weights", into);
                }
            }
        }
        _ => {}
    }
}

/// An array of floats or integers with one or two dimensions, as `numpy.save` writes it.
fn numpy(bytes: &[u8], width: usize) -> Result<Vec<Vec<f64>>, StartsError> {
    let wrong = |message: &str| StartsError::new(None, message.to_owned());
    let cut = || wrong("the array of NumPy ends too soon");
    let byte = |at: usize| bytes.get(at).copied().map(usize::from).ok_or_else(cut);
    let (length, begin) = if byte(6)? == 1 {
        (byte(8)? + (byte(9)? << 8), 10)
    } else {
        (
            byte(8)? + (byte(9)? << 8) + (byte(10)? << 16) + (byte(11)? << 24),
            12,
        )
    };
    let header = bytes.get(begin..begin + length).ok_or_else(cut)?;
    let header =
        std::str::from_utf8(header).map_err(|_| wrong("the header of NumPy is no text"))?;
    let body = bytes.get(begin + length..).unwrap_or_default();
    let (columnwise, shape) = (header.contains("'fortran_order': True"), shape(header));
    let size = element_size(header)
        .ok_or_else(|| wrong("expected an array of floats or integers of 4 or 8 bytes"))?;
    let (rows, columns) = match shape.as_slice() {
        [columns] => (1, *columns),
        [rows, columns] => (*rows, *columns),
        _ => return Err(wrong("expected an array with one or two dimensions")),
    };
    if columns != width {
        let message = format!("expected {width} weights, found {columns}");
        return Err(StartsError::new(None, message));
    }
    if Some(body.len())
        != rows
            .checked_mul(columns)
            .and_then(|n| n.checked_mul(size.1))
    {
        return Err(cut());
    }
    let values: Vec<f64> = body
        .chunks_exact(size.1)
        .map(|chunk| element(size.0, chunk))
        .collect::<Option<_>>()
        .ok_or_else(cut)?;
    if values.iter().any(|value| !value.is_finite()) {
        return Err(wrong("expected numbers, found NaN or infinity"));
    }
    let at = |row: usize, column: usize| {
        values[if columnwise {
            column * rows + row
        } else {
            row * columns + column
        }]
    };
    some(
        (0..rows)
            .map(|row| (0..columns).map(|column| at(row, column)).collect())
            .collect(),
    )
}

/// Byte order, kind and size in bytes of the elements.
fn element_size(header: &str) -> Option<((bool, char), usize)> {
    let rest = header
        .split("'descr':")
        .nth(1)?
        .trim_start()
        .strip_prefix('\'')?;
    let mut letters = rest.chars();
    let (order, kind, size) = (letters.next()?, letters.next()?, letters.next()?);
    let size = size
        .to_digit(10)
        .and_then(|size| usize::try_from(size).ok())?;
    let known = matches!(order, '<' | '>') && matches!(kind, 'f' | 'i' | 'u');
    (known && matches!(size, 4 | 8) && letters.next() == Some('\''))
        .then_some(((order == '>', kind), size))
}

fn element((swapped, kind): (bool, char), chunk: &[u8]) -> Option<f64> {
    let mut bytes = chunk.to_vec();
    if swapped {
        bytes.reverse();
    }
    let (four, eight): (Option<[u8; 4]>, Option<[u8; 8]>) = (
        bytes.as_slice().try_into().ok(),
        bytes.as_slice().try_into().ok(),
    );
    let text = match (kind, four, eight) {
        ('f', Some(bytes), _) => return Some(f64::from(f32::from_le_bytes(bytes))),
        ('f', _, Some(bytes)) => return Some(f64::from_le_bytes(bytes)),
        ('i', Some(bytes), _) => i32::from_le_bytes(bytes).to_string(),
        ('i', _, Some(bytes)) => i64::from_le_bytes(bytes).to_string(),
        ('u', Some(bytes), _) => u32::from_le_bytes(bytes).to_string(),
        ('u', _, Some(bytes)) => u64::from_le_bytes(bytes).to_string(),
        _ => return None,
    };
    text.parse().ok()
}

fn shape(header: &str) -> Vec<usize> {
    let inside = header
        .split("'shape':")
        .nth(1)
        .and_then(|rest| rest.split(['(', ')']).nth(1));
    let items = inside.unwrap_or_default().split(',').map(str::trim);
    items.filter_map(|item| item.parse().ok()).collect()
}
