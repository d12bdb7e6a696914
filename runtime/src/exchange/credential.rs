//! An access token in the form in which it is sent.

use std::sync::atomic::{AtomicBool, Ordering};

use http::header::HeaderValue;
use secrecy::{ExposeSecret, SecretString};

/// An access token in the form in which it is sent.
pub(crate) struct Credential {
    pub(crate) secret: SecretString,
    /// The value of `Authorization`, made once for all calls; marked as sensitive. `None` if no header can hold it.
    pub(crate) header: Option<HeaderValue>,
    /// Whether the server has accepted it.
    accepted: AtomicBool,
}

impl Credential {
    /// A bearer token (RFC 6750).
    pub(crate) fn bearer(secret: SecretString) -> Self {
        let header = HeaderValue::try_from(format!("Bearer {}", secret.expose_secret())).ok().map(|mut value| {
            value.set_sensitive(true);
            value
        });
        Self { secret, header, accepted: AtomicBool::new(false) }
    }

    /// Notes that the server has accepted it.
    pub(crate) fn accept(&self) {
        if !self.was_accepted() {
            self.accepted.store(true, Ordering::Relaxed);
        }
    }

    /// Whether the server has ever accepted it.
    pub(crate) fn was_accepted(&self) -> bool {
        self.accepted.load(Ordering::Relaxed)
    }
}
