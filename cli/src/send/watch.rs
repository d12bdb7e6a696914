//! `-v` and `-vv`: each attempt of each call on standard error, never with a secret.

use http::HeaderMap;
use runtime::{Attempt, BoxError, Finished, Middleware, Operation};

use crate::style::{dim, error_line};

/// Headers that are shown by name only.
const SECRET: [&str; 6] = ["authorization", "cookie", "set-cookie", "proxy-authorization", "token", "key"];

/// Tells of attempts.
pub(super) struct Watch {
    headers: bool,
}

impl Watch {
    /// `headers`: whether headers are shown too.
    pub(super) fn new(headers: bool) -> Self {
        Self { headers }
    }

    fn show(&self, sign: char, headers: &HeaderMap) {
        if !self.headers {
            return;
        }
        for (name, value) in headers {
            let value = if is_secret(name.as_str()) { "…" } else { value.to_str().unwrap_or("…") };
            error_line(&dim(&format!("{sign}   {name}: {value}")));
        }
    }
}

/// Whether the value of a header is a secret, as far as its name tells.
pub(super) fn is_secret(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    SECRET.iter().any(|word| name.contains(word)) || name.contains("secret") || name.contains("password")
}

fn name(operation: &Operation) -> String {
    format!("{} {}", operation.method, operation.path)
}

impl Middleware for Watch {
    fn before(&self, attempt: &mut Attempt<'_>) -> Result<(), BoxError> {
        let again = if attempt.number() > 1 { format!(" (attempt {})", attempt.number()) } else { String::new() };
        error_line(&dim(&format!("> {}{again}", name(attempt.operation()))));
        self.show('>', attempt.headers());
        Ok(())
    }

    fn after(&self, attempt: &Finished<'_>) {
        let took = attempt.duration().as_millis();
        match attempt.result() {
            Ok((status, headers)) => {
                let id = headers.get("slpt-request-id").and_then(|id| id.to_str().ok());
                let id = id.map_or_else(String::new, |id| format!(", request id {id}"));
                error_line(&dim(&format!("< {status} after {took} ms{id}")));
                self.show('<', headers);
            }
            Err(error) => error_line(&dim(&format!("< {error} after {took} ms"))),
        }
    }
}
