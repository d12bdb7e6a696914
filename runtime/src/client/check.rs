//! What a client's configuration must fulfil.

use http::header::HeaderValue;
use reqwest::Url;

use crate::auth::provider::{Credentials, is_private};
use crate::error::ConfigError;

/// A base URL that operations' paths can be put behind.
pub(super) fn base(text: &str) -> Result<Url, ConfigError> {
    let url = Url::parse(text.trim()).map_err(|error| {
        ConfigError::because("the base URL is not a URL (it looks like https://api.example.com)", error)
    })?;
    let wrong = if !matches!(url.scheme(), "http" | "https") {
        "it must start with https://"
    } else if !url.username().is_empty() || url.password().is_some() {
        "it must not hold a user name or password"
    } else if url.query().is_some() || url.fragment().is_some() {
        "it must not hold a query (`?`) or a fragment (`#`)"
    } else {
        return Ok(url);
    };
    Err(ConfigError::new(format!("the base URL cannot be used: {wrong}")))
}

/// Credentials that may be sent to this URL.
pub(super) fn credentials(
    given: Option<Credentials>,
    has_others: bool,
    url: &Url,
    plain_http: bool,
) -> Result<Credentials, ConfigError> {
    let credentials = given.ok_or_else(|| {
        ConfigError::new(
            "no credentials are set: call `client_credentials`, `bearer_token`, `token_provider` or `credentials`, \
             or `anonymous` to send none",
        )
    })?;
    let secret = has_others || !matches!(credentials, Credentials::Anonymous);
    if secret && !is_private(url) && !plain_http {
        return Err(ConfigError::new(
            "the base URL is plain http on another machine, where everyone on the way can read the credentials: \
             use https, or call `allow_plain_http` if you accept that",
        ));
    }
    Ok(credentials)
}

/// The program's own name, then ours.
pub(super) fn user_agent(program: Option<&str>) -> Result<HeaderValue, ConfigError> {
    const OURS: &str = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));
    let text = program.map_or_else(|| OURS.to_owned(), |program| format!("{program} {OURS}"));
    HeaderValue::try_from(text)
        .map_err(|_| ConfigError::new("the user agent holds characters that HTTP does not allow"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_http_is_for_the_own_machine() {
        let allowed = |url: &str, plain| {
            credentials(Some(Credentials::Bearer("t".into())), false, &base(url).unwrap(), plain).is_ok()
        };
        for url in
            ["http://127.0.0.1:80", "http://127.9.9.9", "http://[::1]:1", "http://localhost", "https://acme.test"]
        {
            assert!(allowed(url, false), "{url}");
        }
        for url in [
            "http://acme.test",
            "http://10.0.0.1",
            "http://127.0.0.1.acme.test",
            "http://[::2]",
            "http://localhost.acme.test",
        ] {
            assert!(!allowed(url, false), "{url}");
            assert!(allowed(url, true), "{url}");
        }
        let error = credentials(Some(Credentials::Bearer("t".into())), false, &base("http://a.test").unwrap(), false);
        assert!(error.unwrap_err().to_string().contains("allow_plain_http"));
    }

    #[test]
    fn a_base_url_is_checked() {
        for url in [
            "",
            "acme",
            "ftp://acme.test",
            "https://me:secret@acme.test",
            "https://acme.test?x=1",
            "https://acme.test/#a",
        ] {
            let error = base(url).unwrap_err().to_string();
            assert!(!error.contains("secret"), "{error}");
        }
    }
}
