//! The message in the body of an error, whether the API, its gateway or a proxy in between sent it.

use http::HeaderMap;
use serde_json::Value;

use super::redact;
use crate::operation::api::Api;

/// How much of a text is shown: enough for a sentence, too little for a page.
const SHOWN: usize = 300;

/// What went wrong, in the words of the body, without the secrets; `None` if it says nothing.
///
/// A text is redacted before it is cut, because a secret that was cut would not be found any more.
pub(crate) fn message_of(api: &Api, body: &[u8], secrets: &[&str]) -> Option<String> {
    let text = match serde_json::from_slice::<Value>(without_mark(body)) {
        Ok(value) => redact::without(&api.message_in(&value)?, secrets),
        Err(_) => from_text(&redact::without(&String::from_utf8_lossy(body), secrets))?,
    };
    let shown = redact::one_line(&text, SHOWN);
    (!shown.is_empty()).then_some(shown)
}

/// What the body of a token endpoint may be quoted with: OAuth's own `error` and `error_description` (RFC 6749, section
/// 5.2), without the secrets, the tokens of the body, and whatever looks like a token.
pub(crate) fn oauth_message_of(body: &[u8], secrets: &[&str]) -> Option<String> {
    let value: Value = serde_json::from_slice(without_mark(body)).ok()?;
    let text = |name: &str| value.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
    let tokens = ["access_token", "refresh_token", "id_token"].into_iter().filter_map(text);
    let secrets: Vec<&str> = secrets.iter().copied().chain(tokens).collect();
    let said: Vec<&str> = [text("error"), text("error_description")].into_iter().flatten().collect();
    let shown = redact::without_tokens(&redact::without(&said.join(": "), &secrets));
    let shown = redact::one_line(&shown, SHOWN);
    (!shown.is_empty()).then_some(shown)
}

/// The body without a byte order mark in front, which is not part of the JSON after it.
pub(crate) fn without_mark(body: &[u8]) -> &[u8] {
    body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body)
}

/// The id of a failed call: in the error's body, else in a header.
pub(crate) fn tracking_id_of(api: &Api, headers: &HeaderMap, body: &[u8]) -> Option<String> {
    let said = api.tracking_member().and_then(|member| {
        let body: Value = serde_json::from_slice(without_mark(body)).ok()?;
        Some(body.get(member)?.as_str()?.to_owned())
    });
    said.filter(|id| redact::is_id(id)).or_else(|| tracking_id(api, headers).map(str::to_owned))
}

/// The id of a call, from the headers of its response.
pub(crate) fn tracking_id<'a>(api: &Api, headers: &'a HeaderMap) -> Option<&'a str> {
    headers.get(api.tracking_header())?.to_str().ok().filter(|id| redact::is_id(id))
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
        Some(title) if !title.trim().is_empty() => format!("a page titled “{}”", title.trim()),
        _ => "a page instead of JSON".to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(body: &'static str) -> Option<String> {
        message_of(&Api::new(), body.as_bytes(), &[])
    }

    #[test]
    fn each_known_shape_is_read() {
        assert_eq!(said(r#"{"error":"JWT validation failed"}"#).unwrap(), "JWT validation failed");
        assert_eq!(said(r#"{"message":" Rate Limit\nExceeded "}"#).unwrap(), "Rate Limit Exceeded");
        assert_eq!(said("plain words").unwrap(), "plain words");
        assert_eq!(said("<html><title>502 Bad Gateway</title>").unwrap(), "a page titled “502 Bad Gateway”");
        assert_eq!(said("<xml/>").unwrap(), "a page instead of JSON");
        let problem =
            r#"{"type":"https://acme.test/p/1","title":"Out of credit","detail":"30 is not 50","status":403}"#;
        assert_eq!(said(problem).unwrap(), "Out of credit: 30 is not 50");
        assert_eq!(said("\u{feff}{\"title\":\"T\"}").unwrap(), "T");
    }

    #[test]
    fn nothing_said_is_nothing() {
        for body in ["", "   ", "null", "[]", "{}", "17", r#"{"messages":null}"#, r#"{"messages":[{}]}"#] {
            assert_eq!(said(body), None, "{body}");
        }
    }

    #[test]
    fn an_api_reads_its_own_errors() {
        let api = Api::new().error_message(|body| Some(format!("code {}", body.get("code")?)));
        let said = |body: &str| message_of(&api, body.as_bytes(), &[]);
        assert_eq!(said(r#"{"code":17,"message":"other"}"#).unwrap(), "code 17");
        assert_eq!(said(r#"{"message":"other"}"#), None);
        assert_eq!(said("plain words").unwrap(), "plain words");
    }

    #[test]
    fn long_and_broken_text_is_cut() {
        let long = message_of(&Api::new(), "ä".repeat(10_000).as_bytes(), &[]).unwrap();
        assert_eq!(long.chars().count(), SHOWN + 1);
        assert!(message_of(&Api::new(), b"\xff\xfe oops", &[]).unwrap().ends_with("oops"));
    }

    #[test]
    fn a_secret_is_left_out_wherever_the_text_is_cut() {
        let secret = "s3cret-that-is-long-enough-to-be-cut";
        for pad in 250..310 {
            for body in [
                format!("{}{secret}", "x".repeat(pad)),
                format!("{{\"message\":\"{}{secret} and more\"}}", "x".repeat(pad)),
                format!("{}{secret}", " ".repeat(3_700 + pad)),
            ] {
                let shown = message_of(&Api::new(), body.as_bytes(), &[secret]).unwrap();
                assert!(!shown.contains("s3c"), "{shown}");
            }
        }
    }

    #[test]
    fn a_token_endpoint_is_quoted_with_its_error_only() {
        let said = |body: &str| oauth_message_of(body.as_bytes(), &["s3cret"]);
        let body = r#"{"error":"invalid_client","error_description":"no s3cret, but tok-en","access_token":"tok-en"}"#;
        assert_eq!(said(body).unwrap(), "invalid_client: no [redacted], but [redacted]");
        for body in ["tok-en", r#"{"message":"tok-en"}"#, r#"{"access_token":"tok-en"}x"#, "access_token=tok-en", ""] {
            assert_eq!(said(body), None, "{body}");
        }
    }
}
