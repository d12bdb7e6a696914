//! The header `Prefer` (RFC 7240), by which a caller orders a response: `code=404`, `example=NAME`, `fault=NAME`.

use http::HeaderMap;

use super::fault::Fault;

/// What a caller prefers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Preferences {
    pub(super) code: Option<u16>,
    pub(super) example: Option<String>,
    pub(super) faults: Vec<Fault>,
}

impl Preferences {
    /// Reads every `Prefer` header. Preferences of other kinds are ignored, as the RFC wants it.
    ///
    /// # Errors
    ///
    /// A sentence for each value that means nothing.
    pub(super) fn read(headers: &HeaderMap) -> Result<Self, Vec<String>> {
        let (mut found, mut wrong) = (Self::default(), Vec::new());
        let texts = headers.get_all("prefer").iter().filter_map(|value| value.to_str().ok());
        for (name, value) in texts.flat_map(|text| text.split([',', ';'])).filter_map(|pair| pair.split_once('=')) {
            let value = value.trim().trim_matches('"');
            match name.trim().to_ascii_lowercase().as_str() {
                "code" => match value.parse() {
                    Ok(code @ 200..=599) => found.code = Some(code),
                    _ => wrong.push(format!("`Prefer: code={value}` is not a status of a response")),
                },
                "example" => found.example = Some(value.to_owned()),
                "fault" => match value.parse() {
                    Ok(fault) => found.faults.push(fault),
                    Err(why) => wrong.push(why),
                },
                _ => {}
            }
        }
        if wrong.is_empty() { Ok(found) } else { Err(wrong) }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "all of it is part of a test")]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Preferences, Vec<String>> {
        let mut headers = HeaderMap::new();
        headers.insert("prefer", text.parse().unwrap());
        Preferences::read(&headers)
    }

    #[test]
    fn preferences_are_read_and_others_ignored() {
        let found = read(r#"code=404, example="one two"; dynamic=true, respond-async, fault=cut"#).unwrap();
        let expected = Preferences { code: Some(404), example: Some("one two".to_owned()), faults: vec![Fault::Cut] };
        assert_eq!(found, expected);
    }

    #[test]
    fn a_preference_without_a_meaning_is_named() {
        let wrong = read("code=9, fault=earthquake").unwrap_err();
        assert_eq!(wrong.len(), 2);
        assert!(wrong[1].contains("earthquake") && wrong[1].contains("slow-body"), "{wrong:?}");
    }
}
