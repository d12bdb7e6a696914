//! Scalars of YAML as JSON: which of them are numbers, booleans or nothing (the core schema of YAML 1.2, section 10.3).

use std::borrow::Cow;

use serde_json::{Number, Value};

/// A scalar as JSON; `None` for a number that JSON does not have. `is_plain` says that it stands without quotes, and `core` is
/// the tag of the core schema that it bears.
pub(super) fn value(text: Cow<'_, str>, is_plain: bool, core: Option<&str>) -> Option<Value> {
    match core {
        Some("str") => return Some(Value::String(text.into_owned())),
        None if !is_plain => return Some(Value::String(text.into_owned())),
        // A tag that does not go with the text says what was meant, and the text what it is: the text counts.
        _ => {}
    }
    match text.as_ref() {
        "" | "null" | "Null" | "NULL" | "~" => Some(Value::Null),
        "true" | "True" | "TRUE" => Some(Value::Bool(true)),
        "false" | "False" | "FALSE" => Some(Value::Bool(false)),
        // Most texts are none of what follows.
        word if !word.starts_with(|first: char| first.is_ascii_digit() || matches!(first, '+' | '-' | '.')) => {
            Some(Value::String(text.into_owned()))
        }
        number => match self::number(number) {
            Some(number) => number.map(Value::Number),
            None => Some(Value::String(text.into_owned())),
        },
    }
}

/// The number that a text is, if it is one; `Some(None)` where JSON has no such number.
fn number(text: &str) -> Option<Option<Number>> {
    let (is_negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    if digits.starts_with(['+', '-']) {
        return None;
    }
    match digits {
        ".inf" | ".Inf" | ".INF" => return Some(None),
        ".nan" | ".NaN" | ".NAN" if digits.len() == text.len() => return Some(None),
        _ => {}
    }
    for (prefix, radix) in [("0x", 16), ("0o", 8), ("0b", 2)] {
        if let Some(digits) = digits.strip_prefix(prefix).filter(|digits| !digits.starts_with(['+', '-'])) {
            return integer(is_negative, digits, radix).map(Some);
        }
    }
    let are_digits = digits.bytes().all(|digit| digit.is_ascii_digit());
    // A number does not start with 0: such a text is a code of some kind.
    if are_digits && digits.len() > 1 && digits.starts_with('0') {
        return None;
    }
    if are_digits && let Some(number) = integer(is_negative, digits, 10) {
        return Some(Some(number));
    }
    let float: f64 = digits.parse().ok().filter(|float: &f64| float.is_finite())?;
    Some(Number::from_f64(if is_negative { -float } else { float }))
}

/// An integer, as near as JSON comes where it has more digits than any type of the generated code.
fn integer(is_negative: bool, digits: &str, radix: u32) -> Option<Number> {
    let magnitude = u128::from_str_radix(digits, radix).ok()?;
    if is_negative {
        let value = i128::try_from(magnitude).ok().map(|value| -value)?;
        return i64::try_from(value).map(Number::from).ok().or_else(|| Number::from_f64(value as f64));
    }
    u64::try_from(magnitude).map(Number::from).ok().or_else(|| Number::from_f64(magnitude as f64))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Texts of every kind, and such that nearly are of another.
    const TEXTS: &str = "null Null NULL nULL ~ true True TRUE tRUE false False FALSE no yes on off y n 0 1 -1 +1 ++1 +-1 -+1 \
        00 01 -01 007 0.5 00.5 .5 5. -.5 +.5 . - + -- ... 1e3 1E3 1e+3 1e-3 -1e3 1.5e3 1e e1 1e400 -1e400 0x1F 0xfF -0x10 \
        +0x10 0x 0x+1 0xG 0o17 0o8 0b101 0b2 -0b1 1_000 1,5 12:30 12:30:45 1.2.3 2001-12-14 18446744073709551615 \
        18446744073709551616 -9223372036854775808 -9223372036854775809 99999999999999999999999999999999999999999999999 -0 +0 \
        -0.0 0e0 inf nan infinity -inf .infinity 1f NaN 0x1.8 0.1e1.5 ٣ 1\u{a0}";

    #[test]
    fn scalars_are_what_the_other_parser_takes_them_for() {
        for text in TEXTS.split_ascii_whitespace().filter(|text| !matches!(*text, "-" | "..." | "1,5")) {
            let found = value(text.into(), true, None);
            match serde_yaml::from_str::<Value>(&format!("[{text}]")) {
                Ok(other) => assert_eq!(found, Some(other[0].clone()), "{text}"),
                // It has integers of 128 bits, and `Value` has not.
                Err(_) => assert!(found.is_some_and(|found| found.is_f64()), "{text}"),
            }
        }
    }

    #[test]
    fn what_json_has_no_number_for_is_nothing() {
        for text in [".inf", "+.inf", "-.INF", ".Inf", ".nan", ".NaN"] {
            assert_eq!(value(text.into(), true, None), None, "{text}");
        }
        assert_eq!(value("-.nan".into(), true, None), Some(Value::from("-.nan")));
    }

    #[test]
    fn quotes_and_tags_say_what_is_text() {
        assert_eq!(value("1".into(), false, None), Some(Value::from("1")));
        assert_eq!(value("1".into(), true, Some("str")), Some(Value::from("1")));
        assert_eq!(value("1".into(), false, Some("int")), Some(Value::from(1)));
        assert_eq!(value("one".into(), true, Some("int")), Some(Value::from("one")));
    }
}
