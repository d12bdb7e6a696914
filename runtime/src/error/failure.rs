//! Failures of the part of a call that knows no types.

use super::any::Error;
use super::auth::AuthError;
use super::request::RequestError;
use super::transport::TransportError;

/// What the part of a call that knows no types can fail with; becomes an [`Error`] at the very end.
#[derive(Debug)]
pub(crate) enum Failure {
    Request(RequestError),
    Auth(AuthError),
    Transport(TransportError),
}

impl<E> From<Failure> for Error<E> {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Request(error) => Self::Request(error),
            Failure::Auth(error) => Self::Auth(error),
            Failure::Transport(error) => Self::Transport(error),
        }
    }
}

impl From<RequestError> for Failure {
    fn from(error: RequestError) -> Self {
        Self::Request(error)
    }
}

impl From<AuthError> for Failure {
    fn from(error: AuthError) -> Self {
        Self::Auth(error)
    }
}

impl From<TransportError> for Failure {
    fn from(error: TransportError) -> Self {
        Self::Transport(error)
    }
}
