//! Which operations are read page by page.

use crate::model::{Bound, Method, Paging, Parameter, Payload, Place, Response, Status, Value, ValueKind};

/// Where the document states neither a maximum nor a default, this is the size that most servers grant.
const USUAL_PAGE: u32 = 100;

/// A list that takes `offset` and `limit` as integers is read page by page.
pub(super) fn paging(method: Method, parameters: &[Parameter], responses: &[Response]) -> Option<Paging> {
    if method != Method::Get || !gives_list(responses) {
        return None;
    }
    let integer = |name: &str| {
        let found = parameters.iter().find(|parameter| parameter.place == Place::Query && parameter.name == name)?;
        match &found.value.kind {
            ValueKind::Integer(rules) => Some((found, rules)),
            _ => None,
        }
    };
    integer("offset")?;
    let (limit, rules) = integer("limit")?;
    let largest = rules.maximum.map(|bound| match bound {
        Bound::Inclusive(largest) => largest,
        Bound::Exclusive(first_illegal) => first_illegal.saturating_sub(1),
    });
    let default = limit.docs.default.as_ref().and_then(serde_json::Value::as_i64);
    // The fewer pages, the fewer requests.
    let size = largest.or(default);
    let size = size.and_then(|size| u32::try_from(size).ok()).filter(|size| *size > 0);
    Some(Paging { offset: "offset".to_owned(), limit: "limit".to_owned(), size: size.unwrap_or(USUAL_PAGE) })
}

/// Whether every success is a list. Where none is documented by its number, `default` counts.
fn gives_list(responses: &[Response]) -> bool {
    let mut successes = responses.iter().filter(|response| response.status.is_success()).peekable();
    if successes.peek().is_some() {
        return successes.all(is_list);
    }
    responses.iter().any(|response| response.status == Status::Default && is_list(response))
}

fn is_list(response: &Response) -> bool {
    let payload = response.preferred().map(|content| &content.payload);
    matches!(payload, Some(Payload::Json(Value { kind: ValueKind::List(_), nullable: false, .. })))
}
