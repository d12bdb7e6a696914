//! What an error answer says, found in whatever body the API, its gateway or a proxy in between sent.

use bytes::Bytes;
use http::HeaderMap;
use serde_json::Value;

/// How much of a text is shown: enough for a sentence, too little for a page.
const SHOWN: usize = 300;

/// What went wrong, in the words of the body; `None` if it says nothing.
pub(crate) fn message_of(body: &Bytes) -> Option<String> {
    let text = match serde_json::from_slice::<Value>(body) {
        Ok(value) => from_json(&value)?,
        Err(_) => from_text(&String::from_utf8_lossy(body))?,
    };
    let mut shown: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if shown.chars().count() > SHOWN {
        shown = shown.chars().take(SHOWN).collect();
        shown.push('…');
    }
    (!shown.is_empty()).then_some(shown)
}

/// SailPoint's id of the call: in the error's body, else in a header of its gateway.
pub(crate) fn tracking_id_of(headers: &HeaderMap, body: &Bytes) -> Option<String> {
    let said = serde_json::from_slice::<Value>(body).ok();
    let said = said.as_ref().and_then(|value| value.get("trackingId")).and_then(Value::as_str);
    said.or_else(|| tracking_id(headers)).map(str::to_owned)
}

/// SailPoint's id of the call, from the headers of an answer.
///
/// The API's description names no such header. `SLPT-Request-ID` stands in recorded answers of its servers, and its own
/// command line prints it from there; no other header of theirs is known to hold the id.
pub(crate) fn tracking_id(headers: &HeaderMap) -> Option<&str> {
    headers.get("slpt-request-id")?.to_str().ok()
}

/// The known shapes: `messages` and `detailCode` of most errors, `error` of a 401 and of the token endpoint, `message`
/// of the gateway's 429.
fn from_json(value: &Value) -> Option<String> {
    let text = |name: &str| value.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
    let mut parts: Vec<&str> = Vec::new();
    parts.extend(text("detailCode"));
    parts.extend(first_text(value.get("messages")));
    parts.extend(first_text(value.get("causes")));
    if parts.is_empty() {
        parts.extend(text("error"));
        parts.extend(text("error_description"));
        parts.extend(text("message"));
    }
    (!parts.is_empty()).then(|| parts.join(": "))
}

/// The text of the message that people read: the English one, else the first.
fn first_text(messages: Option<&Value>) -> Option<&str> {
    let messages = messages?.as_array()?;
    let english = messages
        .iter()
        .find(|message| message.get("locale").and_then(Value::as_str).is_some_and(|locale| locale.starts_with("en")));
    english.or_else(|| messages.first())?.get("text")?.as_str()
}

/// A page of HTML says what it is by its title; any other text speaks for itself.
fn from_text(text: &str) -> Option<String> {
    let start: String = text.trim_start().chars().take(4_000).collect();
    if !start.starts_with('<') {
        return (!start.is_empty()).then_some(start);
    }
    let lower = start.to_ascii_lowercase();
    let title = lower.find("<title>").zip(lower.find("</title>"));
    let title = title.and_then(|(from, to)| start.get(from + "<title>".len()..to));
    Some(match title {
        Some(title) if !title.trim().is_empty() => format!("a page called “{}”", title.trim()),
        _ => "a page instead of JSON".to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(body: &'static str) -> Option<String> {
        message_of(&Bytes::from_static(body.as_bytes()))
    }

    #[test]
    fn each_known_shape_is_read() {
        let full =
            r#"{"detailCode":"400.1 Bad","messages":[{"locale":"de","text":"Nein"},{"locale":"en-US","text":"No"}]}"#;
        assert_eq!(said(full).unwrap(), "400.1 Bad: No");
        assert_eq!(said(r#"{"error":"JWT validation failed"}"#).unwrap(), "JWT validation failed");
        assert_eq!(said(r#"{"message":" Rate Limit\nExceeded "}"#).unwrap(), "Rate Limit Exceeded");
        assert_eq!(said("plain words").unwrap(), "plain words");
        assert_eq!(said("<html><title>502 Bad Gateway</title>").unwrap(), "a page called “502 Bad Gateway”");
        assert_eq!(said("<xml/>").unwrap(), "a page instead of JSON");
    }

    #[test]
    fn nothing_said_is_nothing() {
        for body in ["", "   ", "null", "[]", "{}", "17", r#"{"messages":null}"#, r#"{"messages":[{}]}"#] {
            assert_eq!(said(body), None, "{body}");
        }
    }

    #[test]
    fn long_and_broken_text_is_cut() {
        let long = message_of(&Bytes::from("ä".repeat(10_000))).unwrap();
        assert_eq!(long.chars().count(), SHOWN + 1);
        assert!(message_of(&Bytes::from_static(b"\xff\xfe oops")).unwrap().ends_with("oops"));
    }
}
