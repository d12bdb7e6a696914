//! What ordered faults do to a response.

use http::StatusCode;
use http::header::RETRY_AFTER;
use serde_json::{Value, json};

use super::fault::Fault;
use super::reply::{Delivery, Reply};
use super::route::Target;
use super::schema;

/// The response that a fault puts in the place of the real one.
pub(super) fn instead(faults: &[Fault]) -> Option<Reply> {
    faults.iter().find_map(|fault| match fault {
        Fault::TooManyRequests => {
            let body = json!({ "message": " API rate limit exceeded " });
            let mut reply = Reply::json(StatusCode::TOO_MANY_REQUESTS, &body);
            reply.set(RETRY_AFTER, "1");
            Some(reply)
        }
        Fault::BadGateway => {
            let page = "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>";
            Some(Reply::of(StatusCode::BAD_GATEWAY, "text/html", page))
        }
        Fault::ExpiredToken => {
            Some(Reply::json(StatusCode::UNAUTHORIZED, &json!({ "error": "JWT validation failed: JWT is expired" })))
        }
        Fault::Cut => Some(Reply { delivery: Delivery::Never, ..Reply::empty(StatusCode::OK) }),
        _ => None,
    })
}

/// Damages the way of a response.
pub(super) fn delivery(reply: &mut Reply, faults: &[Fault]) {
    if faults.contains(&Fault::CutBody) {
        reply.delivery = Delivery::Broken;
    } else if faults.contains(&Fault::SlowBody) {
        reply.delivery = Delivery::Slow;
    }
}

/// Damages the JSON of a response.
pub(super) fn content(body: &mut Value, faults: &[Fault], target: Target, schema: &str) {
    if faults.contains(&Fault::UnknownEnumValue) {
        unknown_value(body, &schema::parsed(schema), target, 0);
    }
    if faults.contains(&Fault::UnknownProperty) {
        unknown_property(body);
    }
    if faults.contains(&Fault::OddDates) {
        odd_dates(body);
    }
}

/// Changes the first value that has to be one of some; says whether there was one.
fn unknown_value(value: &mut Value, schema: &Value, target: Target, depth: usize) -> bool {
    let schema = schema::resolved(target.catalog, schema);
    if schema.get("enum").is_some() && value.is_string() {
        *value = "A_VALUE_THAT_NOBODY_KNOWS".into();
        return true;
    }
    let next = |member: &mut Value, schema: Option<&Value>| {
        depth < 16 && schema.is_some_and(|schema| unknown_value(member, schema, target, depth + 1))
    };
    match value {
        Value::Object(members) => {
            let declared = |name: &str| schema.get("properties").and_then(|all| all.get(name));
            members.iter_mut().any(|(name, member)| next(member, declared(name)))
        }
        Value::Array(items) => items.iter_mut().any(|item| next(item, schema.get("items"))),
        _ => false,
    }
}

fn unknown_property(value: &mut Value) {
    match value {
        Value::Object(members) => {
            members.values_mut().for_each(unknown_property);
            members.insert("aPropertyThatNobodyKnows".to_owned(), json!({ "since": "today" }));
        }
        Value::Array(items) => items.iter_mut().for_each(unknown_property),
        _ => {}
    }
}

/// Writes dates as some servers print them: `2009-11-10 23:00:00 +0000 UTC`.
fn odd_dates(value: &mut Value) {
    match value {
        Value::String(text) => {
            let format = &time::format_description::well_known::Rfc3339;
            if let Ok(date) = time::OffsetDateTime::parse(text, format) {
                let (date, clock) = (date.to_offset(time::UtcOffset::UTC), text.get(11..19).unwrap_or("00:00:00"));
                *text = format!("{} {clock} +0000 UTC", date.date());
            }
        }
        Value::Object(members) => members.values_mut().for_each(odd_dates),
        Value::Array(items) => items.iter_mut().for_each(odd_dates),
        _ => {}
    }
}
