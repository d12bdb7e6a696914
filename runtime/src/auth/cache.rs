//! Access tokens: fetched by one caller while the others wait, cached, shared, and renewed before they expire.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use http::StatusCode;
use tokio::sync::OwnedMutexGuard;
use tokio::time::{Instant, timeout};
use tracing::Instrument;

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

/// How long a refusal is remembered: of the credentials by the token endpoint, or of a token that was renewed for one that the
/// API had refused. Until then nothing is asked for, since it would be refused again.
const REFUSED: Duration = Duration::from_secs(10);

/// How long a token is used at least, whatever the endpoint says of its life.
const SHORTEST_LIFE: Duration = Duration::from_secs(5);

/// The longest that a user's own provider may take. Those who wait for its token may give up before.
const LONGEST_FETCH: Duration = Duration::from_secs(120);

/// Where the calls of a client get their token from.
pub(crate) struct Auth {
    credentials: Credentials,
    state: Mutex<State>,
    /// Held by the one fetch that is under way.
    fetching: Arc<tokio::sync::Mutex<()>>,
    /// The same for blocking calls: a fetch of the asynchronous code whose thread they block does not get on.
    #[cfg(feature = "blocking")]
    fetching_blocked: Arc<tokio::sync::Mutex<()>>,
}

#[derive(Default)]
struct State {
    held: Option<Held>,
    /// How many fetches have ended, and the error of the last one: who waited for it gets its error too.
    fetches: u64,
    failure: Option<AuthError>,
    /// When an early renewal may be tried again.
    paused: Option<Instant>,
    /// The credentials were refused, and are not tried again before then.
    refused: Option<(AuthError, Instant)>,
    /// Tokens are refused as soon as they are renewed, and are not renewed again before then.
    useless: Option<Instant>,
}

/// A token that is in use.
struct Held {
    credential: Arc<Credential>,
    renew: Option<Instant>,
    expires: Option<Instant>,
    /// Whether it came in place of one that the API refused.
    renewed: bool,
}

/// A token in place of one that was refused.
pub(crate) struct Renewed {
    pub(crate) credential: Arc<Credential>,
    /// Whether it was fetched for that, rather than by another call before.
    pub(crate) fetched: bool,
}

type Fetched = Result<Arc<Credential>, AuthError>;

impl Auth {
    pub(crate) fn new(credentials: Credentials) -> Self {
        Self {
            credentials,
            state: Mutex::default(),
            fetching: Arc::default(),
            #[cfg(feature = "blocking")]
            fetching_blocked: Arc::default(),
        }
    }

    /// What the fetch that the caller may wait for holds.
    fn fetching(&self) -> Arc<tokio::sync::Mutex<()>> {
        #[cfg(feature = "blocking")]
        if crate::transport::driver::is_driving() {
            return self.fetching_blocked.clone();
        }
        self.fetching.clone()
    }

    /// What to send, if it is there and need not be renewed. Inside: `None` if no token is to be sent.
    pub(crate) fn at_hand(&self) -> Option<Option<Arc<Credential>>> {
        if matches!(self.credentials, Credentials::Anonymous) {
            return Some(None);
        }
        let (held, due, _) = self.look(Instant::now());
        held.filter(|_| !due).map(Some)
    }

    /// The token to send; `None` if none is to be sent. The call that it is for ends at `deadline`.
    pub(crate) async fn token(
        self: &Arc<Self>,
        channel: &Arc<Channel>,
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
            // Still valid: the first caller renews it, and the others go on using it.
            Some(held) => {
                let Ok(guard) = self.fetching().try_lock_owned() else { return Ok(Some(held)) };
                if !self.look(now).1 {
                    return Ok(Some(held));
                }
                let left = deadline.map(|deadline| deadline.saturating_duration_since(now));
                let patience = left.map_or(PATIENCE, |left| PATIENCE.min(left / 2));
                let renewed = match timeout(patience, self.fetch(channel, api, guard, false)).await {
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
        self.fetched(channel, api, seen, None).await.map(|renewed| Some(renewed.credential))
    }

    /// Whether there can be another token in place of one that the server refuses.
    pub(crate) fn renewable(&self) -> bool {
        matches!(self.credentials, Credentials::Client(_) | Credentials::Provider(_))
    }

    /// A token in place of one that the server refused; `None` if the server refuses all of them.
    pub(crate) async fn renew(
        self: &Arc<Self>,
        channel: &Arc<Channel>,
        api: &'static Api,
        refused: &Arc<Credential>,
    ) -> Result<Option<Renewed>, AuthError> {
        let now = Instant::now();
        // When the pause is over, one call tries again.
        if self.locked().useless.take_if(|until| *until <= now).is_none() {
            self.heard(refused, StatusCode::UNAUTHORIZED);
        }
        let seen = {
            let state = self.locked();
            let newest = state.held.as_ref().is_some_and(|held| Arc::ptr_eq(&held.credential, refused));
            if newest && state.useless.is_some() {
                return Ok(None);
            }
            state.fetches
        };
        self.fetched(channel, api, seen, Some(refused)).await.map(Some)
    }

    /// Takes note of what the server said to a credential.
    pub(crate) fn heard(&self, credential: &Arc<Credential>, status: StatusCode) {
        if status != StatusCode::UNAUTHORIZED {
            return credential.accept();
        }
        let mut state = self.locked();
        let held = state.held.as_ref().filter(|held| Arc::ptr_eq(&held.credential, credential));
        if held.is_some_and(|held| held.renewed && !held.credential.was_accepted()) && state.useless.is_none() {
            state.useless = Instant::now().checked_add(REFUSED);
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

    /// What another caller's fetch brought since `seen`: a token other than the refused one, or its error; or the refusal that
    /// is remembered.
    fn arrived(&self, seen: u64, refused: Option<&Arc<Credential>>) -> Option<Fetched> {
        let now = Instant::now();
        let (held, ..) = self.look(now);
        if let Some(held) = held.filter(|held| refused.is_none_or(|refused| !Arc::ptr_eq(held, refused))) {
            return Some(Ok(held));
        }
        let mut state = self.locked();
        if state.fetches > seen
            && let Some(failure) = &state.failure
        {
            return Some(Err(failure.clone()));
        }
        state.refused.take_if(|(_, until)| *until <= now);
        state.refused.as_ref().map(|(error, until)| Err(error.again_in(*until - now)))
    }

    /// Waits for the fetch that is under way, or fetches a token.
    async fn fetched(
        self: &Arc<Self>,
        channel: &Arc<Channel>,
        api: &'static Api,
        seen: u64,
        refused: Option<&Arc<Credential>>,
    ) -> Result<Renewed, AuthError> {
        let guard = self.fetching().lock_owned().await;
        match self.arrived(seen, refused) {
            Some(result) => result.map(|credential| Renewed { credential, fetched: false }),
            None => {
                let fetched = self.fetch(channel, api, guard, refused.is_some()).await;
                fetched.map(|credential| Renewed { credential, fetched: true })
            }
        }
    }

    /// Fetches a token, in a task of its own: it runs on for the others when the caller that began it gives up. The guard
    /// makes it the only one. Rare, so that it is kept out of the future of every call by a box.
    fn fetch(
        self: &Arc<Self>,
        channel: &Arc<Channel>,
        api: &'static Api,
        guard: OwnedMutexGuard<()>,
        renewed: bool,
    ) -> BoxFuture<'static, Fetched> {
        let (auth, channel) = (self.clone(), channel.clone());
        let fetch = async move {
            let _guard = guard;
            auth.fetch_now(&channel, api, renewed).await
        };
        let task = tokio::spawn(fetch.in_current_span());
        Box::pin(async move {
            match task.await {
                Ok(fetched) => fetched,
                Err(_) => {
                    Err(AuthError::new("the fetch was broken off: the runtime ends, or the token provider panicked"))
                }
            }
        })
    }

    async fn fetch_now(&self, channel: &Channel, api: &'static Api, renewed: bool) -> Fetched {
        let started = Instant::now();
        let fetched = match &self.credentials {
            Credentials::Bearer(secret) => Ok(Token::new(secret.clone())),
            Credentials::Provider(provider) => match timeout(LONGEST_FETCH, provider.token()).await {
                Ok(fetched) => fetched,
                Err(_) => Err(AuthError::new("the token provider took longer than two minutes")),
            },
            Credentials::Client(credentials) => oauth::fetch(channel, api, credentials).await,
            Credentials::Anonymous => Err(AuthError::new("no credentials are set")),
        };
        if !matches!(self.credentials, Credentials::Bearer(_)) {
            trace::token(started.elapsed(), fetched.as_ref().err());
        }
        let now = Instant::now();
        let mut state = self.locked();
        state.fetches += 1;
        state.refused =
            fetched.as_ref().err().and_then(|error| error.refusal(REFUSED)).map(|(error, wait)| (error, now + wait));
        let remembered = state.refused.as_ref().map(|(error, until)| error.again_in(*until - now));
        state.failure = fetched.as_ref().err().map(|error| remembered.unwrap_or_else(|| error.clone()));
        let token = match fetched {
            Ok(token) => token,
            Err(error) => return Err(state.failure.clone().unwrap_or(error)),
        };
        let held = Held::new(token, now, renewed);
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
    fn new(token: Token, now: Instant, renewed: bool) -> Self {
        let expires = token.expires.map(|expires| expires.max(now + SHORTEST_LIFE));
        let renew = expires.map(|expires| {
            let life = expires.saturating_duration_since(now);
            now + life.saturating_sub(EARLY.min(life / 5))
        });
        Self { credential: Arc::new(Credential::bearer(token.secret)), renew, expires, renewed }
    }
}

impl fmt::Debug for Auth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.credentials.fmt(f)
    }
}
