//! A request as it would be sent, recorded in place of the network. No token is fetched for it.

use std::fmt::Write as _;
use std::sync::{Arc, Mutex, PoisonError};

use http::{HeaderMap, Method};
use runtime::{Body, BoxFuture, Bytes, Error, NoContent, RetryPolicy, Transport, TransportError};

use super::Build;
use super::watch::is_secret;
use crate::call::{PartValue, Prepared, Sources};
use crate::failure::{AnyBody, Failure};
use crate::identity::Found;

/// What stands for the access token until it is known.
const PLACEHOLDER: &str = "token";

/// A request as it would be sent.
pub(super) struct Sent {
    pub(super) method: Method,
    pub(super) url: String,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
}

impl Sent {
    /// Method and URL.
    pub(super) fn line(&self) -> String {
        format!("{} {}", self.method, self.url)
    }

    /// The headers as text, with a variable of the shell for what is secret.
    pub(super) fn headers(&self) -> impl Iterator<Item = (String, Shown)> {
        self.headers.iter().map(|(name, value)| {
            let shown = match name.as_str() {
                "authorization" => Shown::Token,
                name if is_secret(name) => Shown::Variable(name.to_ascii_uppercase().replace('-', "_")),
                _ => Shown::Text(String::from_utf8_lossy(value.as_bytes()).into_owned()),
            };
            (name.as_str().to_owned(), shown)
        })
    }
}

/// What is shown of a header's value.
pub(super) enum Shown {
    Text(String),
    /// The access token.
    Token,
    /// A secret, as the variable of this name.
    Variable(String),
}

#[derive(Clone, Default)]
struct Recorder(Arc<Mutex<Option<Sent>>>);

impl Transport for Recorder {
    fn send(&self, request: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async move {
            let (head, body) = request.into_parts();
            // A form of files can be large, and is shown by its parts.
            let is_form =
                head.headers.get("content-type").is_some_and(|value| value.as_bytes().starts_with(b"multipart"));
            let body = if is_form { Bytes::new() } else { body.bytes().await.unwrap_or_default() };
            let sent = Sent { method: head.method, url: head.uri.to_string(), headers: head.headers, body };
            *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(sent);
            let mut response = http::Response::new(Body::empty());
            *response.status_mut() = http::StatusCode::NO_CONTENT;
            Ok(response)
        })
    }
}

/// Makes the request, and says where its body comes from.
///
/// # Errors
///
/// If it cannot be made.
pub(super) async fn record(found: Found, build: &Build<'_>) -> Result<(Sent, Sources), Failure> {
    let recorder = Recorder::default();
    let mut builder = found.builder.transport(recorder.clone()).retry(RetryPolicy::default().attempts(1));
    builder = if found.anonymous { builder.anonymous() } else { builder.bearer_token(PLACEHOLDER) };
    let Prepared { request, sources } = build(&builder.build()?)?;
    request.send::<NoContent, AnyBody>().await.map_err(|error: Error<AnyBody>| Failure::from(error))?;
    let sent = recorder.0.lock().unwrap_or_else(PoisonError::into_inner).take();
    match sent {
        Some(sent) => Ok((sent, sources)),
        None => Err(Failure::new(crate::failure::Cause::Other, "the request was not made")),
    }
}

/// The request as text: the line, the headers, the body.
pub(super) fn shown(sent: &Sent, sources: &Sources) -> String {
    let mut text = format!("{}\n", sent.line());
    for (name, value) in sent.headers() {
        let value = match value {
            Shown::Text(text) if text.starts_with("multipart/") => "multipart/form-data".to_owned(),
            Shown::Text(text) => text,
            Shown::Token => "Bearer $TOKEN".to_owned(),
            Shown::Variable(name) => format!("${name}"),
        };
        let _ = writeln!(text, "{name}: {value}");
    }
    match sources {
        Sources::Form(parts) if !parts.is_empty() => {
            for part in parts {
                let _ = match &part.value {
                    PartValue::File(path) => writeln!(text, "\n{}: the file {path}", part.name),
                    PartValue::Text(value) | PartValue::Json(value) => writeln!(text, "\n{}: {value}", part.name),
                };
            }
        }
        Sources::File(path) => {
            let _ = writeln!(text, "\nthe file {path}, {} bytes", sent.body.len());
        }
        _ if sent.body.is_empty() => {}
        _ => {
            let body = match serde_json::from_slice::<serde_json::Value>(&sent.body) {
                Ok(value) => crate::output::pretty(&value),
                Err(_) => String::from_utf8_lossy(&sent.body).into_owned(),
            };
            let _ = writeln!(text, "\n{}", body.trim_end());
        }
    }
    text
}
