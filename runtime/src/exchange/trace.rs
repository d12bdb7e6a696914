//! What a call tells `tracing`: a span for the call, an event for each retry and each token.
//!
//! Names follow OpenTelemetry's conventions for HTTP clients where those have one. Neither headers, nor bodies, nor
//! queries, nor the values of path parameters are recorded.

use std::time::Duration;

use http::HeaderValue;
use tokio::time::Instant;
use tracing::field::Empty;
use tracing::{Instrument, Span, debug, info_span, warn};

use super::channel::Channel;
use super::response::RawResponse;
use crate::error::{AuthError, Failure};
use crate::operation::descriptor::Operation;
use crate::policy::retry::Outcome;
use crate::transport::wire::BoxFuture;

/// The span of a call; `None` if no subscriber wants it.
pub(crate) fn span(channel: &Channel, operation: &'static Operation) -> Option<Span> {
    let span = info_span!(
        target: "openapi_client",
        "call",
        otel.kind = "client",
        otel.name = Empty,
        otel.status_code = Empty,
        openapi.operation = operation.id,
        http.request.method = Empty,
        http.request.resend_count = Empty,
        http.response.status_code = Empty,
        http.response.body.size = Empty,
        http.client.request.duration = Empty,
        url.template = operation.path,
        server.address = Empty,
        server.port = Empty,
        "error.type" = Empty,
        openapi.attempts = Empty,
        openapi.tracking_id = Empty,
        openapi.request_id = Empty,
    );
    if span.is_disabled() {
        return None;
    }
    span.record("otel.name", format_args!("{} {}", operation.method, operation.path));
    span.record("http.request.method", operation.method.as_str());
    span.record("server.address", channel.host.as_str());
    span.record("server.port", channel.port);
    Some(span)
}

/// Notes the client's own id of a call.
pub(crate) fn record_id(span: &Span, id: &HeaderValue) {
    span.record("openapi.request_id", id.to_str().unwrap_or_default());
}

/// Runs a call within its span.
pub(crate) async fn within(
    span: Span,
    started: Instant,
    call: BoxFuture<'_, Result<RawResponse, Failure>>,
) -> Result<RawResponse, Failure> {
    let result = call.instrument(span.clone()).await;
    end(&span, started.elapsed(), &result);
    result
}

/// Completes the span of a call.
fn end(span: &Span, elapsed: Duration, result: &Result<RawResponse, Failure>) {
    span.record("http.client.request.duration", elapsed.as_secs_f64());
    let attempts = match result {
        Ok(response) => {
            span.record("http.response.status_code", response.status.as_u16());
            if response.stream.is_none() {
                span.record("http.response.body.size", response.bytes.len());
            }
            if let Some(id) = response.tracking_id() {
                span.record("openapi.tracking_id", id.as_str());
            }
            if !response.status.is_success() {
                span.record("otel.status_code", "ERROR");
                span.record("error.type", response.status.as_str());
            }
            response.attempts
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
    span.record("openapi.attempts", attempts);
    span.record("http.request.resend_count", attempts.saturating_sub(1));
}

/// An attempt failed and will be retried.
pub(crate) fn retry(operation: &'static Operation, attempt: u32, wait: Duration, outcome: &Outcome<'_>) {
    let (status, kind) = match outcome {
        Outcome::Response(status, _) => (Some(status.as_u16()), None),
        Outcome::Failure(kind) => (None, Some(kind.name())),
    };
    warn!(
        target: "openapi_client",
        {
            openapi.operation = operation.id,
            openapi.attempts = attempt,
            http.response.status_code = status,
            "error.type" = kind,
            wait_ms = u64::try_from(wait.as_millis()).unwrap_or(u64::MAX),
        },
        "the call is retried"
    );
}

/// The server refused the access token, which is renewed.
pub(crate) fn refused(operation: &'static Operation) {
    debug!(target: "openapi_client", { openapi.operation = operation.id }, "the access token was refused");
}

/// An access token was fetched, or could not be.
pub(crate) fn token(elapsed: Duration, error: Option<&AuthError>) {
    let seconds = elapsed.as_secs_f64();
    match error {
        None => {
            debug!(target: "openapi_client", { http.client.request.duration = seconds }, "an access token was fetched")
        }
        Some(error) => {
            warn!(target: "openapi_client", { http.client.request.duration = seconds, %error }, "no access token")
        }
    }
}
