//! Access tokens: fetched by one caller while the others wait, cached, shared, and renewed before they expire.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::time::{Instant, timeout};

use super::oauth;
use super::provider::{Credentials, Token};
use crate::error::AuthError;
use crate::exchange::channel::Channel;
use crate::exchange::credential::Credential;
use crate::exchange::trace;
use crate::operation::api::Api;
use crate::transport::wire::BoxFuture;

/// A token is renewed this long before it expires, or a fifth of its life if that is less.
const EARLY: Duration = Duration::from_secs(60);

/// How long an early renewal may hold up the call that makes it, whose token is still good.
const PATIENCE: Duration = Duration::from_secs(5);

/// How long an early renewal that failed is not tried again.
const PAUSE: Duration = Duration::from_secs(10);

/// Where the calls of a client get their token from.
pub(crate) struct Auth {
    credentials: Credentials,
    state: Mutex<State>,
    /// Held by the one caller that fetches.
    fetching: tokio::sync::Mutex<()>,
}

#[derive(Default)]
struct State {
    held: Option<Held>,
    /// How many fetches have ended, and the error of the last one: who waited for it gets its error too.
    fetches: u64,
    failure: Option<AuthError>,
    /// When an early renewal may be tried again.
    paused: Option<Instant>,
}

/// A token that is in use.
struct Held {
    credential: Arc<Credential>,
    renew: Option<Instant>,
    expires: Option<Instant>,
}

impl Auth {
    pub(crate) fn new(credentials: Credentials) -> Self {
        Self { credentials, state: Mutex::default(), fetching: tokio::sync::Mutex::new(()) }
    }

    /// What to send, if it is there and need not be renewed. Inside: `None` if no token is to be sent.
    pub(crate) fn at_hand(&self, now: Instant) -> Option<Option<Arc<Credential>>> {
        if matches!(self.credentials, Credentials::Anonymous) {
            return Some(None);
        }
        let (held, due, _) = self.look(now);
        held.filter(|_| !due).map(Some)
    }

    /// The token to send; `None` if none is to be sent. The call that it is for ends at `deadline`.
    pub(crate) async fn token(
        &self,
        channel: &Channel,
        api: &'static Api,
        deadline: Option<Instant>,
    ) -> Result<Option<Arc<Credential>>, AuthError> {
        if matches!(self.credentials, Credentials::Anonymous) {
            return Ok(None);
        }
        let now = Instant::now();
        let (held, due, seen) = self.look(now);
        match held {
            Some(held) if !due => return Ok(Some(held)),
            // Good for a while yet: whoever comes first renews it, the others go on with it.
            Some(held) => {
                let Ok(_guard) = self.fetching.try_lock() else { return Ok(Some(held)) };
                if !self.look(now).1 {
                    return Ok(Some(held));
                }
                let left = deadline.map(|deadline| deadline.saturating_duration_since(now));
                let patience = left.map_or(PATIENCE, |left| PATIENCE.min(left / 2));
                let renewed = match timeout(patience, self.fetch(channel, api)).await {
                    Ok(fetched) => fetched.ok(),
                    Err(_) => {
                        trace::token(patience, Some(&AuthError::new("renewing it early took too long")));
                        None
                    }
                };
                if renewed.is_none() {
                    self.locked().paused = Instant::now().checked_add(PAUSE);
                }
                return Ok(Some(renewed.unwrap_or(held)));
            }
            None => {}
        }
        let _guard = self.fetching.lock().await;
        match self.arrived(seen, None) {
            Some(result) => result.map(Some),
            None => self.fetch(channel, api).await.map(Some),
        }
    }

    /// Whether there can be another token in place of one that the server refuses.
    pub(crate) fn renewable(&self) -> bool {
        matches!(self.credentials, Credentials::Client(_) | Credentials::Provider(_))
    }

    /// A token in place of one that the server refused.
    pub(crate) async fn renew(
        &self,
        channel: &Channel,
        api: &'static Api,
        refused: &Arc<Credential>,
    ) -> Result<Option<Arc<Credential>>, AuthError> {
        let seen = self.locked().fetches;
        let _guard = self.fetching.lock().await;
        match self.arrived(seen, Some(refused)) {
            Some(result) => result.map(Some),
            None => self.fetch(channel, api).await.map(Some),
        }
    }

    /// The token that can be used now, whether it is due for renewal, and how many fetches there were.
    fn look(&self, now: Instant) -> (Option<Arc<Credential>>, bool, u64) {
        let state = self.locked();
        let over = |time: Option<Instant>| time.is_some_and(|time| now >= time);
        let held = state.held.as_ref().filter(|held| !over(held.expires));
        let due = held.is_some_and(|held| over(held.renew)) && state.paused.is_none_or(|until| now >= until);
        (held.map(|held| held.credential.clone()), due, state.fetches)
    }

    /// What another caller's fetch brought since `seen`: a token other than the refused one, or its error.
    fn arrived(&self, seen: u64, refused: Option<&Arc<Credential>>) -> Option<Result<Arc<Credential>, AuthError>> {
        let (held, ..) = self.look(Instant::now());
        if let Some(held) = held.filter(|held| refused.is_none_or(|refused| !Arc::ptr_eq(held, refused))) {
            return Some(Ok(held));
        }
        let state = self.locked();
        (state.fetches > seen).then(|| state.failure.clone()).flatten().map(Err)
    }

    /// Fetches a token. The caller holds the lock, so there is one fetch at a time. Rare, so that it is kept out of the
    /// future of every call by a box.
    fn fetch<'a>(
        &'a self,
        channel: &'a Channel,
        api: &'static Api,
    ) -> BoxFuture<'a, Result<Arc<Credential>, AuthError>> {
        Box::pin(self.fetch_now(channel, api))
    }

    async fn fetch_now(&self, channel: &Channel, api: &'static Api) -> Result<Arc<Credential>, AuthError> {
        let started = Instant::now();
        let fetched = match &self.credentials {
            Credentials::Bearer(secret) => Ok(Token::new(secret.clone())),
            Credentials::Provider(provider) => provider.token().await,
            Credentials::Client(credentials) => oauth::fetch(channel, api, credentials).await,
            Credentials::Anonymous => Err(AuthError::new("no credentials are set")),
        };
        if !matches!(self.credentials, Credentials::Bearer(_)) {
            trace::token(started.elapsed(), fetched.as_ref().err());
        }
        let mut state = self.locked();
        state.fetches += 1;
        state.failure = fetched.as_ref().err().cloned();
        let held = Held::new(fetched?);
        let credential = held.credential.clone();
        state.held = Some(held);
        state.paused = None;
        Ok(credential)
    }

    fn locked(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Held {
    fn new(token: Token) -> Self {
        let now = Instant::now();
        let renew = token.expires.map(|expires| {
            let life = expires.saturating_duration_since(now);
            now + life.saturating_sub(EARLY.min(life / 5))
        });
        Self { credential: Arc::new(Credential::bearer(token.secret)), renew, expires: token.expires }
    }
}

impl fmt::Debug for Auth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.credentials.fmt(f)
    }
}
