//! Why a command failed: what to print on standard error, and the exit code.

use std::fmt;
use std::io;

use http::StatusCode;
use runtime::{ConfigError, Error, ErrorBody, RequestError};
use serde_json::{Value, json};

use crate::style;

/// Why a command failed, by exit code. The README of this crate documents the numbers, which never change their meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Cause {
    /// Something on this machine: a file, the clock, standard output.
    Other = 1,
    /// A usage error; nothing was sent.
    Usage = 2,
    /// No configuration, no access token, or one that is not allowed to do this (401, 403).
    Auth = 3,
    /// What was asked for does not exist (404, 410).
    NotFound = 4,
    /// Too many requests, also after all retries (429).
    Rate = 5,
    /// The server failed (500 to 599).
    Server = 6,
    /// There was no complete response: no connection, a broken one, or no time left.
    Network = 7,
    /// The server refused the request for another reason (400, 409, 412, …).
    Refused = 8,
    /// The server reported success, but its response is not what it should be.
    Response = 9,
    /// The person at the terminal said no.
    Declined = 10,
}

/// A command that failed.
#[derive(Debug)]
pub(crate) struct Failure(Box<Inner>);

#[derive(Debug)]
struct Inner {
    cause: Cause,
    message: String,
    advice: Option<String>,
    status: Option<u16>,
    tracking_id: Option<String>,
    body: Option<Value>,
}

/// The body of an error response, whatever it is.
#[derive(Debug)]
pub(crate) struct AnyBody(Value);

impl ErrorBody for AnyBody {
    fn decode(_: &str, _: u16, body: &[u8]) -> Option<Self> {
        serde_json::from_slice(body).ok().map(Self)
    }
}

impl Failure {
    pub(crate) fn new(cause: Cause, message: impl Into<String>) -> Self {
        let message = message.into();
        Self(Box::new(Inner { cause, message, advice: None, status: None, tracking_id: None, body: None }))
    }

    /// A usage error.
    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self::new(Cause::Usage, message)
    }

    /// A file cannot be read or written.
    pub(crate) fn file(what: &str, error: &io::Error) -> Self {
        Self::new(Cause::Other, format!("{what}: {error}"))
    }

    /// Says what to do about it.
    pub(crate) fn advise(mut self, advice: impl Into<String>) -> Self {
        self.0.advice = Some(advice.into());
        self
    }

    /// The exit code.
    pub(crate) fn code(&self) -> u8 {
        self.0.cause as u8
    }

    /// Prints the failure on standard error.
    pub(crate) fn report(&self, as_json: bool) {
        if as_json {
            style::error_line(&self.to_json().to_string());
            return;
        }
        style::error_line(&format!("{}: {}", style::red("error"), self.0.message));
        if let Some(advice) = &self.0.advice {
            style::error_line(&format!("{}: {advice}", style::cyan("help")));
        }
    }

    fn to_json(&self) -> Value {
        let mut error = json!({ "exitCode": self.code(), "cause": self.0.cause.name(), "message": self.0.message });
        let more = [
            ("status", self.0.status.map(Value::from)),
            ("trackingId", self.0.tracking_id.clone().map(Value::from)),
            ("advice", self.0.advice.clone().map(Value::from)),
            ("body", self.0.body.clone()),
        ];
        for (name, value) in more {
            if let Some(value) = value {
                error[name] = value;
            }
        }
        json!({ "error": error })
    }
}

impl Cause {
    /// For scripts.
    fn name(self) -> &'static str {
        match self {
            Self::Other => "other",
            Self::Usage => "usage",
            Self::Auth => "auth",
            Self::NotFound => "not_found",
            Self::Rate => "rate",
            Self::Server => "server",
            Self::Network => "network",
            Self::Refused => "refused",
            Self::Response => "response",
            Self::Declined => "declined",
        }
    }

    fn of(status: StatusCode) -> Self {
        match status {
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => Self::Auth,
            StatusCode::NOT_FOUND | StatusCode::GONE => Self::NotFound,
            StatusCode::TOO_MANY_REQUESTS => Self::Rate,
            status if status.is_server_error() => Self::Server,
            _ => Self::Refused,
        }
    }
}

impl From<Error<AnyBody>> for Failure {
    fn from(error: Error<AnyBody>) -> Self {
        let cause = match &error {
            Error::Request(_) => Cause::Usage,
            Error::Auth(_) => Cause::Auth,
            Error::Transport(_) => Cause::Network,
            Error::Decode(_) => Cause::Response,
            Error::Api(error) => Cause::of(error.status()),
            _ => Cause::Other,
        };
        let mut failure = Self::new(cause, format!("{error:#}"));
        failure.0.status = error.status().map(|status| status.as_u16());
        failure.0.tracking_id = error.tracking_id().map(str::to_owned);
        failure.0.advice = advice(cause).map(str::to_owned);
        if let Error::Api(error) = error {
            failure.0.body = error.into_body().map(|body| body.0);
        }
        failure
    }
}

impl From<RequestError> for Failure {
    fn from(error: RequestError) -> Self {
        Self::usage(format!("{error:#}"))
    }
}

impl From<ConfigError> for Failure {
    fn from(error: ConfigError) -> Self {
        Self::new(Cause::Auth, format!("{error:#}"))
    }
}

/// What to do, where the cause alone says so.
fn advice(cause: Cause) -> Option<&'static str> {
    Some(match cause {
        Cause::Auth => "`auth status` shows which credentials are used and where they come from",
        Cause::Rate => "wait, or let the call be repeated more often with --retries",
        Cause::Server => "the request may be repeated later; quote the tracking id to the support of the API",
        Cause::Network => "check the base URL (`auth status`), the network and the proxy; --timeout allows more time",
        _ => return None,
    })
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)
    }
}

/// What became of writing to standard output. A reader that went away (`sailc … | head -1`) ends the command quietly.
pub(crate) fn written(result: io::Result<()>) -> Result<(), Ending> {
    match result {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Err(Ending::Quiet),
        Err(error) => Err(Failure::file("the output cannot be written", &error).into()),
    }
}

/// Why a command ends before it is done.
#[derive(Debug)]
pub(crate) enum Ending {
    /// Nobody reads any further.
    Quiet,
    Failed(Failure),
}

impl<F: Into<Failure>> From<F> for Ending {
    fn from(failure: F) -> Self {
        Self::Failed(failure.into())
    }
}
