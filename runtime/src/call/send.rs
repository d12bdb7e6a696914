//! The one place where a call runs: the token, the attempts, and one more try with a new token.

use std::sync::Arc;

use tokio::runtime::Handle;

use super::request::Request;
use crate::auth::cache::{Auth, Renewed};
use crate::auth::scheme::Means;
use crate::error::{AuthError, Failure, RequestError};
use crate::exchange::attempts::{Attempts, Step};
use crate::exchange::channel::Channel;
use crate::exchange::credential::Credential;
use crate::exchange::message::Message;
use crate::exchange::response::RawResponse;
use crate::exchange::trace;
use crate::transport::wire::BoxFuture;

/// Runs a call to its end: a response of any status, or the reason why there is none.
pub(crate) fn boxed(mut request: Request, streamed: bool) -> BoxFuture<'static, Result<RawResponse, Failure>> {
    // A block, not an `async fn`: that would hold the request twice, as it was handed over and as it is used.
    Box::pin(async move {
        // Tokio's timers and the HTTP library would panic.
        if Handle::try_current().is_err() {
            return Err(RequestError::outside_tokio().into());
        }
        let core = request.core();
        let Means { token: auth, proofs } = core.schemes.means(request.message().api, request.operation().id)?;
        for proof in proofs {
            request.prove(proof);
        }
        request.check()?;
        let message = request.message();
        let attempts = Attempts::new(&core.channel, message);
        let started = attempts.started;
        let span = trace::span(&core.channel, message.operation);
        if let (Some(span), Some(id)) = (&span, &attempts.id) {
            trace::record_id(span, id);
        }
        let running = Running { channel: &core.channel, auth, message, attempts };
        match span {
            None => running.run(streamed).await,
            // The future is large, and wrapping it copies it: only those who trace pay for that.
            Some(span) => Box::pin(trace::within(span, started, Box::pin(running.run(streamed)))).await,
        }
    })
}

/// A call that is being sent.
struct Running<'a> {
    channel: &'a Arc<Channel>,
    /// Where the call's token comes from, if it is sent with one.
    auth: Option<&'a Arc<Auth>>,
    message: &'a Message,
    attempts: Attempts<'a>,
}

impl Running<'_> {
    /// What is rare waits in a box, so that the future of every call is small.
    ///
    /// The token is taken last, when it is the call's turn: one that was taken before might be over by then.
    async fn run(mut self, streamed: bool) -> Result<RawResponse, Failure> {
        let mut renewable = self.auth.is_some_and(|auth| auth.renewable());
        let mut next = None;
        loop {
            let turn = if self.attempts.must_wait() { Box::pin(self.attempts.turn()).await? } else { None };
            let token = match next.take() {
                Some(token) => token,
                None => match self.auth.map_or(Some(None), |auth| auth.at_hand()) {
                    Some(token) => token,
                    None => {
                        // What cannot be sent needs no token.
                        self.message.url(self.channel)?;
                        Box::pin(self.token()).await?
                    }
                },
            };
            let step = self.attempts.once(token.as_ref(), turn, streamed, renewable).await;
            let response = match step {
                Step::Again => continue,
                Step::Done(result) => {
                    if let (Some(auth), Some(token), Ok(response)) = (self.auth, &token, &result) {
                        auth.heard(token, response.status);
                    }
                    return result;
                }
                Step::Refused(response) => response,
            };
            let Some(token) = token else { return Ok(response) };
            trace::refused(self.message.operation);
            match Box::pin(self.renew(&token)).await? {
                None => return Ok(response),
                Some(Renewed { credential, fetched }) => {
                    // Another one may have been fetched since this one was sent, which costs no renewal of this call.
                    renewable = !fetched;
                    next = Some(Some(credential));
                }
            }
        }
    }

    /// The token for the call. The time for the call goes on.
    async fn token(&self) -> Result<Option<Arc<Credential>>, Failure> {
        let Some(auth) = self.auth else { return Ok(None) };
        self.in_time(auth.token(self.channel, self.message.api, self.attempts.deadline)).await
    }

    /// The token in place of one that was refused; `None` if there is no use in asking for one.
    async fn renew(&self, refused: &Arc<Credential>) -> Result<Option<Renewed>, Failure> {
        let Some(auth) = self.auth else { return Ok(None) };
        self.in_time(auth.renew(self.channel, self.message.api, refused)).await
    }

    async fn in_time<T>(&self, token: impl Future<Output = Result<T, AuthError>>) -> Result<T, Failure> {
        match self.attempts.deadline {
            None => Ok(token.await?),
            Some(deadline) => match tokio::time::timeout_at(deadline, token).await {
                Ok(token) => Ok(token?),
                Err(_) => Err(self.attempts.late()),
            },
        }
    }
}
