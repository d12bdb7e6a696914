//! The one place where a call runs: the token, the attempts, and one more try with a new token.

use std::sync::Arc;

use http::StatusCode;
use tokio::runtime::Handle;

use super::core::Core;
use super::request::Request;
use crate::error::{Failure, RequestError};
use crate::exchange::attempts::Attempts;
use crate::exchange::credential::Credential;
use crate::exchange::message::Message;
use crate::exchange::response::RawResponse;
use crate::exchange::trace;
use crate::transport::wire::BoxFuture;

/// Runs a call to its end: a response of any status, or the reason why there is none.
pub(crate) fn boxed(request: Request, streamed: bool) -> BoxFuture<'static, Result<RawResponse, Failure>> {
    // A block, not an `async fn`: that would hold the request twice, as it was handed over and as it is used.
    Box::pin(async move {
        // Tokio's timers and the HTTP library would panic.
        if Handle::try_current().is_err() {
            return Err(RequestError::outside_tokio().into());
        }
        request.check()?;
        let (core, message) = (request.core(), request.message());
        let attempts = Attempts::new(&core.channel, message);
        let started = attempts.started;
        let running = Running { core, message, attempts };
        match trace::span(&core.channel, message.operation) {
            None => running.run(streamed).await,
            // The future is large, and wrapping it copies it: only those who trace pay for that.
            Some(span) => Box::pin(trace::within(span, started, Box::pin(running.run(streamed)))).await,
        }
    })
}

/// A call that is being sent.
struct Running<'a> {
    core: &'a Core,
    message: &'a Message,
    attempts: Attempts<'a>,
}

impl Running<'_> {
    /// What is rare waits in a box, so that the future of every call is small.
    async fn run(mut self, streamed: bool) -> Result<RawResponse, Failure> {
        let mut token = match self.core.auth.at_hand(self.attempts.started) {
            Some(token) => token,
            None => {
                // What cannot be sent needs no token.
                self.message.url(&self.core.channel)?;
                Box::pin(self.token(None)).await?
            }
        };
        let mut renewable = self.core.auth.renewable();
        loop {
            let response = self.attempts.run(token.as_ref(), streamed, renewable).await?;
            if !renewable || response.status != StatusCode::UNAUTHORIZED {
                return Ok(response);
            }
            drop(response);
            renewable = false;
            trace::refused(self.message.operation);
            token = Box::pin(self.token(token.take())).await?;
        }
    }

    /// The token for the call, or the one in place of a token that was refused. The time for the call goes on.
    async fn token(&self, refused: Option<Arc<Credential>>) -> Result<Option<Arc<Credential>>, Failure> {
        let (Core { channel, auth }, api) = (self.core, self.message.api);
        let deadline = self.attempts.deadline;
        let token = async {
            match &refused {
                None => auth.token(channel, api, deadline).await,
                Some(refused) => auth.renew(channel, api, refused).await,
            }
        };
        match deadline {
            None => Ok(token.await?),
            Some(deadline) => match tokio::time::timeout_at(deadline, token).await {
                Ok(token) => Ok(token?),
                Err(_) => Err(self.attempts.late()),
            },
        }
    }
}
