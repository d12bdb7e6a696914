//! `/__mock`: what a person or a script tells the server over HTTP.

use http::{Method, StatusCode};
use serde_json::{Value, json};

use super::fault::{Fault, Ordered};
use super::reply::Reply;
use super::request::Incoming;
use super::shared::Shared;

const ROOT: &str = "/__mock";

/// The response, if the path is one of the server's own.
pub(super) fn respond(shared: &Shared, incoming: &Incoming<'_>) -> Option<Reply> {
    let rest = incoming.path.strip_prefix(ROOT)?;
    if !rest.is_empty() && !rest.starts_with('/') {
        return None;
    }
    Some(match (incoming.method, rest) {
        (&Method::GET, "" | "/") => overview(shared),
        (&Method::GET, "/log") => {
            let log: Vec<Value> = shared.held().log.iter().map(super::Seen::describe).collect();
            Reply::json(StatusCode::OK, &Value::Array(log))
        }
        (&Method::POST, "/reset") => {
            shared.reset();
            Reply::empty(StatusCode::NO_CONTENT)
        }
        (&Method::POST, "/expire-tokens") => {
            shared.held().tokens.expire();
            Reply::empty(StatusCode::NO_CONTENT)
        }
        (&Method::POST, "/faults") => match order(incoming) {
            Ok(order) => {
                shared.order(order);
                Reply::empty(StatusCode::NO_CONTENT)
            }
            Err(why) => Reply::problem(StatusCode::BAD_REQUEST, "the fault cannot be ordered", &[why]),
        },
        _ => {
            let own =
                "GET /__mock, GET /__mock/log, POST /__mock/reset, POST /__mock/expire-tokens, POST /__mock/faults";
            Reply::problem(StatusCode::NOT_FOUND, "there is no such path", &[format!("the server's own are {own}")])
        }
    })
}

fn overview(shared: &Shared) -> Reply {
    let held = shared.held();
    let faults: Vec<Value> = held
        .ordered
        .iter()
        .map(|order| json!({ "fault": order.fault.name(), "times": order.left, "operation": order.operation }))
        .collect();
    let body = json!({
        "operations": shared.routes.all().count(),
        "requests": held.log.len(),
        "resources": held.store.paths(),
        "faults": faults,
    });
    Reply::json(StatusCode::OK, &body)
}

/// Reads `{"fault": NAME, "times": 1, "operation": ID}`.
fn order(incoming: &Incoming<'_>) -> Result<Ordered, String> {
    let body: Value =
        serde_json::from_slice(incoming.body).map_err(|error| format!("body: it is not JSON: {error}"))?;
    let name = body.get("fault").and_then(Value::as_str).ok_or("body: `fault` is missing")?;
    let fault: Fault = name.parse()?;
    let left = match body.get("times") {
        None => 1,
        Some(times) => {
            let times = times.as_u64().and_then(|times| u32::try_from(times).ok()).filter(|times| *times > 0);
            times.ok_or("body: `times` is not a number of requests")?
        }
    };
    let operation = body.get("operation").and_then(Value::as_str).map(str::to_owned);
    Ok(Ordered { fault, left, operation })
}
