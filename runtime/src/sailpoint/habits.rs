//! How SailPoint's servers speak: where tokens come from, which header is the tracking id, what an error says.

use std::time::Duration;

use serde_json::Value;

use super::TOKEN_URL;
use crate::operation::api::{Api, standard_message};
use crate::policy::rate::RateLimit;

/// The habits of SailPoint's servers.
///
/// The API's description names no header for the tracking id. `SLPT-Request-ID` stands in recorded responses of its servers,
/// and its own command line prints it from there; no other header of theirs is known to hold the id.
pub static API: Api =
    Api::new().token_url(TOKEN_URL).tracking_id("slpt-request-id", Some("trackingId")).error_message(message);

impl RateLimit {
    /// SailPoint's own limit for each client id: 100 requests in 10 seconds.
    pub fn sailpoint() -> Self {
        Self::new(100, Duration::from_secs(10))
    }
}

/// The known shapes: `messages` and `detailCode` of most errors, `error` of a 401 and of the token endpoint, `message`
/// of the gateway's 429.
fn message(body: &Value) -> Option<String> {
    let text = |name: &str| body.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
    let mut parts: Vec<&str> = Vec::new();
    parts.extend(text("detailCode"));
    parts.extend(first_text(body.get("messages")));
    parts.extend(first_text(body.get("causes")));
    if parts.is_empty() { standard_message(body) } else { Some(parts.join(": ")) }
}

/// The text of the message that people read: the English one, else the first.
fn first_text(messages: Option<&Value>) -> Option<&str> {
    let messages = messages?.as_array()?;
    let english = messages
        .iter()
        .find(|message| message.get("locale").and_then(Value::as_str).is_some_and(|locale| locale.starts_with("en")));
    english.or_else(|| messages.first())?.get("text")?.as_str()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::message_of;

    fn said(body: &'static str) -> Option<String> {
        message_of(&API, body.as_bytes(), &[])
    }

    #[test]
    fn each_known_shape_is_read() {
        let full =
            r#"{"detailCode":"400.1 Bad","messages":[{"locale":"de","text":"Nein"},{"locale":"en-US","text":"No"}]}"#;
        assert_eq!(said(full).unwrap(), "400.1 Bad: No");
        assert_eq!(said(r#"{"error":"JWT validation failed"}"#).unwrap(), "JWT validation failed");
        assert_eq!(said(r#"{"message":" Rate Limit\nExceeded "}"#).unwrap(), "Rate Limit Exceeded");
        for body in ["{}", r#"{"messages":null}"#, r#"{"messages":[{}]}"#] {
            assert_eq!(said(body), None, "{body}");
        }
    }

    #[test]
    fn the_preset_is_the_published_limit() {
        assert_eq!(RateLimit::sailpoint(), RateLimit::new(100, Duration::from_secs(10)));
    }
}
