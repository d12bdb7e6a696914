//! The token endpoint: OAuth2 client credentials and users' passwords (RFC 6749, sections 4.3 and 4.4), sent in the body.
//!
//! It is an exchange like any other, only without a token, so that proxy, timeouts, retries and traces are the same.

use std::time::Duration;

use bytes::Bytes;
use http::Method;
use reqwest::Url;
use secrecy::ExposeSecret;
use serde_json::Value;

use super::provider::{ClientCredentials, Person, Token, is_private};
use crate::body::payload::Payload;
use crate::error::{AuthError, Failure, without_mark};
use crate::exchange::attempts::Attempts;
use crate::exchange::channel::Channel;
use crate::exchange::message::Message;
use crate::exchange::trace;
use crate::operation::api::Api;
use crate::operation::descriptor::Operation;
use crate::operation::target::Target;
use crate::operation::url::{base_for, push_encoded};

/// The path says only that the URL comes from elsewhere: from the API's description, or from the client's builder.
static OPERATION: Operation = Operation {
    api: &ANY,
    id: "oauthToken",
    method: Method::POST,
    path: "{tokenUrl}",
    accept: "application/json",
    page: None,
};

static ANY: Api = Api::new();

/// Exchanges client credentials for an access token.
pub(crate) async fn fetch(
    channel: &Channel,
    api: &'static Api,
    credentials: &ClientCredentials,
) -> Result<Token, AuthError> {
    let mut message = Message::new(&OPERATION);
    message.api = api;
    message.target = Target::absolute(endpoint(&channel.base, api, credentials)?);
    message.payload =
        Payload::Bytes { content_type: "application/x-www-form-urlencoded".into(), bytes: form(credentials).into() };
    // Asking twice for a token does no harm, so everything is retried.
    message.options.repeatable = Some(true);
    let mut attempts = Attempts::new(channel, &message);
    let result = match trace::span(channel, &OPERATION) {
        None => attempts.run().await,
        Some(span) => trace::within(span, attempts.started, Box::pin(attempts.run())).await,
    };
    let response = result.map_err(|failure| match failure {
        Failure::Request(error) => AuthError::unsent("the token request cannot be made", error, 0),
        Failure::Auth(error) => error,
        Failure::Transport(error) => {
            let attempts = error.attempts();
            AuthError::unsent("the token request failed", error, attempts)
        }
    })?;
    let token = if response.status.is_success() { read(&response.bytes) } else { None };
    token.ok_or_else(|| {
        let password = credentials.person.as_ref().map(|person| person.password.expose_secret());
        AuthError::refused(response.into_failed(), &[credentials.secret.expose_secret(), password.unwrap_or_default()])
    })
}

/// Where the token comes from: as set on the client, else as the API's description says. A relative URL starts at the base
/// URL.
fn endpoint(base: &str, api: &Api, credentials: &ClientCredentials) -> Result<Url, AuthError> {
    let text = credentials.token_url.as_deref().or(api.token_endpoint()).ok_or_else(|| {
        AuthError::new(
            "the API's description names no token endpoint for client credentials: call `token_url` on the client's \
             builder",
        )
    })?;
    let url = Url::parse(&format!("{}/", base_for(base, "", true))).and_then(|base| base.join(text)).map_err(|_| {
        AuthError::new("the URL of the token endpoint cannot be used: call `token_url` on the client's builder")
    })?;
    if !is_private(&url) && !credentials.plain_http {
        return Err(AuthError::new(
            "the token endpoint is plain http on another machine, where everyone on the way can read the credentials: \
             use https, or call `allow_plain_http` if you accept that",
        ));
    }
    Ok(url)
}

fn form(credentials: &ClientCredentials) -> String {
    let ClientCredentials { id, secret, person, scopes, .. } = credentials;
    let grant = if person.is_some() { "password" } else { "client_credentials" };
    let mut form = format!("grant_type={grant}");
    let mut add = |name: &str, value: &str| {
        form.push('&');
        form.push_str(name);
        form.push('=');
        // A `str` always prints itself.
        let _ = push_encoded(&mut form, &value);
    };
    if let Some(Person { name, password }) = person {
        add("username", name);
        add("password", password.expose_secret());
    }
    if person.is_none() || !id.is_empty() {
        add("client_id", id);
        add("client_secret", secret.expose_secret());
    }
    if !scopes.is_empty() {
        add("scope", &scopes.join(" "));
    }
    form
}

/// The token and its life; `None` if the response holds none.
fn read(body: &Bytes) -> Option<Token> {
    let mut response: Value = serde_json::from_slice(without_mark(body)).ok()?;
    let Value::String(secret) = response.get_mut("access_token")?.take() else {
        return None;
    };
    if secret.is_empty() {
        return None;
    }
    let token = Token::new(secret);
    // Some servers write the number as a string.
    let seconds = match response.get("expires_in") {
        Some(Value::Number(number)) => number.as_f64(),
        Some(Value::String(text)) => text.trim().parse().ok(),
        _ => None,
    };
    let life = seconds.and_then(|seconds: f64| Duration::try_from_secs_f64(seconds.max(0.0)).ok());
    Some(match life {
        Some(life) => token.expires_in(life),
        None => token,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn endpoint_of(api: &Api, set: Option<&str>, plain_http: bool) -> Result<String, String> {
        let mut credentials = ClientCredentials::new("id".to_owned(), "secret".into());
        (credentials.token_url, credentials.plain_http) = (set.map(str::to_owned), plain_http);
        let url = endpoint("https://api.example.com/gateway/v1", api, &credentials);
        url.map(String::from).map_err(|error| error.to_string())
    }

    #[test]
    fn the_token_endpoint_is_the_one_that_was_set_else_the_documented_one() {
        let documented = Api::new().token_url("https://login.example.com/token");
        assert_eq!(endpoint_of(&documented, None, false).unwrap(), "https://login.example.com/token");
        assert_eq!(endpoint_of(&documented, Some("https://a.test/t"), false).unwrap(), "https://a.test/t");
        assert_eq!(
            endpoint_of(&documented, Some("oauth/token"), false).unwrap(),
            "https://api.example.com/gateway/oauth/token"
        );
        assert_eq!(endpoint_of(&documented, Some("/token"), false).unwrap(), "https://api.example.com/token");
        assert!(endpoint_of(&Api::new(), None, false).unwrap_err().contains("`token_url`"));
        assert!(endpoint_of(&documented, Some("https://"), false).unwrap_err().contains("`token_url`"));
    }

    #[test]
    fn a_documented_endpoint_on_plain_http_gets_no_secret() {
        let documented = Api::new().token_url("http://login.example.com/token");
        assert!(endpoint_of(&documented, None, false).unwrap_err().contains("`allow_plain_http`"));
        assert_eq!(endpoint_of(&documented, None, true).unwrap(), "http://login.example.com/token");
        assert!(endpoint_of(&documented, Some("http://localhost:1/t"), false).is_ok());
    }
}
