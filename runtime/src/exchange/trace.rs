//! What a call tells `tracing`: a span for the call, an event for each retry and each token.
//!
//! Names follow OpenTelemetry's conventions for HTTP clients where those have one. Neither headers, nor bodies, nor
//! queries, nor the values of path parameters are recorded.

use std::time::Duration;

use tracing::field::Empty;
use tracing::{Span, debug, info_span, warn};

use super::answer::Answer;
use crate::client::handle::Client;
use crate::error::{AuthError, Failure};
use crate::operation::descriptor::Operation;
use crate::policy::retry::Outcome;

/// The span of a call; `None` if nobody listens.
pub(crate) fn span(client: &Client, operation: &'static Operation) -> Option<Span> {
    let span = info_span!(
        target: "sailpoint",
        "call",
        otel.kind = "client",
        otel.name = Empty,
        otel.status_code = Empty,
        sailpoint.operation = operation.id,
        http.request.method = Empty,
        http.request.resend_count = Empty,
        http.response.status_code = Empty,
        http.response.body.size = Empty,
        http.client.request.duration = Empty,
        url.template = operation.path,
        server.address = Empty,
        server.port = Empty,
        "error.type" = Empty,
        sailpoint.attempts = Empty,
        sailpoint.tracking_id = Empty,
    );
    if span.is_disabled() {
        return None;
    }
    span.record("otel.name", format_args!("{} {}", operation.method, operation.path));
    span.record("http.request.method", operation.method.as_str());
    span.record("server.address", client.0.host.as_str());
    span.record("server.port", client.0.port);
    Some(span)
}

/// Completes the span of a call.
pub(crate) fn end(span: &Span, elapsed: Duration, result: &Result<Answer, Failure>) {
    span.record("http.client.request.duration", elapsed.as_secs_f64());
    let attempts = match result {
        Ok(answer) => {
            span.record("http.response.status_code", answer.status.as_u16());
            if answer.stream.is_none() {
                span.record("http.response.body.size", answer.bytes.len());
            }
            if let Some(id) = answer.tracking_id() {
                span.record("sailpoint.tracking_id", id.as_str());
            }
            if !answer.status.is_success() {
                span.record("otel.status_code", "ERROR");
                span.record("error.type", answer.status.as_str());
            }
            answer.attempts
        }
        Err(failure) => {
            span.record("otel.status_code", "ERROR");
            let (kind, attempts) = match failure {
                Failure::Request(_) => ("request", 0),
                Failure::Auth(error) => ("auth", error.attempts()),
                Failure::Transport(error) => (error.kind().name(), error.attempts()),
            };
            span.record("error.type", kind);
            attempts
        }
    };
    span.record("sailpoint.attempts", attempts);
    span.record("http.request.resend_count", attempts.saturating_sub(1));
}

/// An attempt failed and is going to be repeated.
pub(crate) fn retry(operation: &'static Operation, attempt: u32, wait: Duration, outcome: &Outcome<'_>) {
    let (status, kind) = match outcome {
        Outcome::Answer(status, _) => (Some(status.as_u16()), None),
        Outcome::Failure(kind) => (None, Some(kind.name())),
    };
    warn!(
        target: "sailpoint",
        {
            sailpoint.operation = operation.id,
            sailpoint.attempts = attempt,
            http.response.status_code = status,
            "error.type" = kind,
            wait_ms = u64::try_from(wait.as_millis()).unwrap_or(u64::MAX),
        },
        "the call is repeated"
    );
}

/// The server refused the access token, which is renewed.
pub(crate) fn refused(operation: &'static Operation) {
    debug!(target: "sailpoint", { sailpoint.operation = operation.id }, "the access token was refused");
}

/// An access token was fetched, or could not be.
pub(crate) fn token(elapsed: Duration, error: Option<&AuthError>) {
    let seconds = elapsed.as_secs_f64();
    match error {
        None => {
            debug!(target: "sailpoint", { http.client.request.duration = seconds }, "an access token was fetched")
        }
        Some(error) => {
            warn!(target: "sailpoint", { http.client.request.duration = seconds, %error }, "no access token")
        }
    }
}
