//! Schemas: formats, bounds, and what contradicts itself.

use serde_json::Value;

use super::context::{Check, Object, is_set, text};
use crate::{
    pointer::child,
    suggest::nearest,
    values::{FORMATS, article},
};

/// Pairs of which the first must not be greater than the second.
const BOUNDS: [(&str, &str); 4] =
    [("minimum", "maximum"), ("minLength", "maxLength"), ("minItems", "maxItems"), ("minProperties", "maxProperties")];

pub(super) fn check(check: &mut Check<'_>, schema: &Object, at: &str) {
    let of = text(schema, "type");
    format(check, schema, of, at);
    bounds(check, schema, at);
    if is_set(schema, "readOnly") && is_set(schema, "writeOnly") {
        let message = "nothing can be both `readOnly` and `writeOnly`: it would occur nowhere".to_owned();
        check.warning("contradiction", at, message, "remove one of them");
    }
}

fn format(check: &mut Check<'_>, schema: &Object, of: Option<&str>, at: &str) {
    let Some(format) = text(schema, "format") else { return };
    let at = child(at, "format");
    // Formats are open: a name of one's own is fine, one that is nearly that of a known format is a slip.
    if !FORMATS.contains(&format)
        && let Some(near) = nearest(format, FORMATS)
    {
        let message = format!("the format `{format}` is not known, so it is ignored");
        check.warning("unknown-format", &at, message, format!("did you mean `{near}`?"));
        return;
    }
    let types: &[&str] = match format {
        "int32" | "int64" | "int16" | "int8" | "uint32" | "uint64" => &["integer", "number"],
        "float" | "double" => &["number", "integer"],
        "date" | "date-time" | "uuid" | "byte" | "binary" | "email" | "uri" | "password" => &["string"],
        _ => return,
    };
    if let Some(of) = of.filter(|of| !types.contains(of)) {
        let message = format!("the format `{format}` has no effect on {}", article(of));
        check.warning("without-effect", &at, message, format!("write `type: {}`, or remove the format", types[0]));
    }
}

fn bounds(check: &mut Check<'_>, schema: &Object, at: &str) {
    for (low, high) in BOUNDS {
        let number = |key| schema.get(key).and_then(Value::as_f64);
        if let (Some(least), Some(most)) = (number(low), number(high))
            && least > most
        {
            let message = format!("no value can satisfy this: `{low}` {least} is greater than `{high}` {most}");
            check.warning("contradiction", &child(at, low), message, "exchange them, or mend the wrong one");
        }
    }
}
