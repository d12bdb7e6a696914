//! The token endpoint: OAuth2 client credentials (RFC 6749, section 4.4), sent in the body as SailPoint wants them.
//!
//! It is a call like any other, so that proxy, timeouts, retries and traces are the same.

use std::time::Duration;

use bytes::Bytes;
use http::Method;
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;

use super::credentials::Token;
use crate::call::request::Request;
use crate::call::send;
use crate::client::handle::Client;
use crate::error::{AuthError, Failure, without_mark};
use crate::operation::descriptor::Operation;
use crate::operation::url::push_encoded;

static OPERATION: Operation =
    Operation { id: "oauthToken", method: Method::POST, path: "/oauth/token", accept: "application/json", page: None };

/// Exchanges client credentials for an access token.
pub(crate) async fn fetch(client: &Client, id: &str, secret: &SecretString) -> Result<Token, AuthError> {
    let mut request = Request::new(client.clone(), &OPERATION);
    request.bytes("application/x-www-form-urlencoded", form(id, secret));
    // Asking twice for a token does no harm, so everything is retried.
    request.repeatable(true);
    request.0.options.anonymous = true;
    let answer = match send::boxed(request, false).await {
        Ok(answer) => answer,
        Err(Failure::Request(error)) => {
            return Err(AuthError::unsent("the token request cannot be made", error, 0));
        }
        Err(Failure::Auth(error)) => return Err(error),
        Err(Failure::Transport(error)) => {
            let attempts = error.attempts();
            return Err(AuthError::unsent("the token request failed", error, attempts));
        }
    };
    let token = if answer.status.is_success() { read(&answer.bytes) } else { None };
    token.ok_or_else(|| {
        AuthError::refused(answer.status, answer.headers, answer.bytes, answer.attempts, secret.expose_secret())
    })
}

fn form(id: &str, secret: &SecretString) -> String {
    let mut form = String::from("grant_type=client_credentials&client_id=");
    // A `str` always prints itself.
    let _ = push_encoded(&mut form, &id);
    form.push_str("&client_secret=");
    let _ = push_encoded(&mut form, &secret.expose_secret());
    form
}

/// The token and its life; `None` if there is none in the answer.
fn read(body: &Bytes) -> Option<Token> {
    let mut answer: Value = serde_json::from_slice(without_mark(body)).ok()?;
    let Value::String(secret) = answer.get_mut("access_token")?.take() else {
        return None;
    };
    if secret.is_empty() {
        return None;
    }
    let token = Token::new(secret);
    // Some servers write the number as a string.
    let seconds = match answer.get("expires_in") {
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
