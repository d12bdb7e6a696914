//! One attempt of a call: headers and body out, redirects within the host, status and body in, all within its time.

use std::pin::{Pin, pin};
use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::{Bytes, BytesMut};
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderValue, LOCATION};
use http::{HeaderMap, Method, StatusCode};
use reqwest::Url;
use tokio::time::timeout;

use crate::answer::Answer;
use crate::body::Body;
use crate::error::{AuthError, Failure, RequestError, TransportError};
use crate::middleware::{Attempt, Finished};
use crate::multipart::{FormStream, Progress};
use crate::payload::Payload;
use crate::request::Request;
use crate::token::Held;
use crate::transport::{Head, body_error};

/// How many bytes of an error's body are kept.
const ERROR_BODY: usize = 256 * 1024;

/// How often a redirect within the same host is followed.
const REDIRECTS: usize = 5;

/// The limits of a call: its own, else the client's.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    pub(crate) attempt: Duration,
    pub(crate) total: Option<Duration>,
    pub(crate) body: usize,
}

impl Limits {
    pub(crate) fn of(request: &Request) -> Self {
        let (own, client) = (&request.options, request.client().0.limits);
        Self {
            attempt: own.attempt_timeout.unwrap_or(client.attempt),
            total: own.total_timeout.or(client.total),
            body: own.max_body.unwrap_or(client.body),
        }
    }
}

/// What is sent in one attempt, made anew for each.
#[derive(Default)]
struct Outgoing {
    headers: HeaderMap,
    body: Body,
    /// How to see the upload of a file get on.
    progress: Option<Progress>,
}

/// Sends a call once.
pub(crate) async fn send(
    request: &Request,
    url: &Url,
    token: Option<&Arc<Held>>,
    limits: Limits,
    left: Option<Duration>,
    number: u32,
    streamed: bool,
) -> Result<Answer, Failure> {
    let mut answer = Answer::new(request.operation(), number, limits.attempt, token.cloned());
    let token = token.map(Arc::as_ref);
    let mut outgoing = Some(prepare(request, token, number).await?);
    let progress = outgoing.as_ref().and_then(|outgoing| outgoing.progress.clone());
    let started = Instant::now();
    let result = {
        let exchange = pin!(async {
            let Head { status, headers, body } = exchange(request, url, token, number, &mut outgoing).await?;
            (answer.status, answer.headers) = (status, headers);
            if status.is_success() && streamed {
                answer.stream = Some(body);
                return Ok(());
            }
            receive(&mut answer, body, limits.body).await.map_err(Failure::from)
        });
        in_time(exchange, limits.attempt, left, progress).await
    };
    for hook in &request.client().0.middleware {
        let result = match &result {
            Ok(()) => Ok((answer.status, &answer.headers)),
            Err(Failure::Transport(error)) => Err(error),
            Err(_) => break,
        };
        hook.after(&Finished { operation: request.operation(), number, duration: started.elapsed(), result });
    }
    result?;
    Ok(answer)
}

/// Makes headers and body, and lets the user's hooks see them.
async fn prepare(request: &Request, token: Option<&Held>, number: u32) -> Result<Outgoing, Failure> {
    let operation = request.operation();
    let mut headers = headers(request, token)?;
    let (body, progress) = body(&request.payload, &mut headers).await?;
    for hook in &request.client().0.middleware {
        let mut attempt = Attempt { operation, number, headers: &mut headers };
        hook.before(&mut attempt).map_err(|error| RequestError::middleware(operation, error))?;
    }
    Ok(Outgoing { headers, body, progress })
}

/// Runs an exchange within the time for an attempt, which begins anew whenever a file being uploaded gets on, and within
/// what is left of the time for the call, which does not.
async fn in_time<F>(
    mut exchange: Pin<&mut F>,
    attempt: Duration,
    left: Option<Duration>,
    progress: Option<Progress>,
) -> Result<(), Failure>
where
    F: Future<Output = Result<(), Failure>>,
{
    let started = Instant::now();
    let mut sent = 0;
    loop {
        let left = left.map(|left| left.saturating_sub(started.elapsed()));
        let limit = left.map_or(attempt, |left| left.min(attempt));
        if let Ok(result) = timeout(limit, exchange.as_mut()).await {
            return result;
        }
        let now = progress.as_ref().map_or(0, Progress::sent);
        if now == sent || left.is_some_and(|left| left <= limit) {
            return Err(TransportError::timeout(started.elapsed()).into());
        }
        sent = now;
    }
}

/// The headers of a call; the call's own win over the client's.
fn headers(request: &Request, token: Option<&Held>) -> Result<HeaderMap, Failure> {
    let mut headers = request.client().0.headers.clone();
    // Shared, not copied; and checked, because generated code is not the only one to make operations.
    let accept = HeaderValue::from_maybe_shared(Bytes::from_static(request.operation().accept.as_bytes()));
    headers.insert(ACCEPT, accept.map_err(|_| RequestError::header("accept"))?);
    for (name, value) in &request.headers {
        headers.insert(name, value.clone());
    }
    if let Some(held) = token {
        let value = held.header.clone();
        let value = value.ok_or_else(|| AuthError::new("the token holds characters that a header must not hold"))?;
        headers.insert(AUTHORIZATION, value);
    }
    Ok(headers)
}

/// The body of an attempt, its content type among the headers, and how to see a file's upload get on.
async fn body(payload: &Payload, headers: &mut HeaderMap) -> Result<(Body, Option<Progress>), RequestError> {
    let (content_type, body, progress) = match payload {
        Payload::None => return Ok((Body::empty(), None)),
        Payload::Bytes { content_type, bytes } => (HeaderValue::from_str(content_type), bytes.clone().into(), None),
        Payload::Form(form) => {
            // Rare and large, so it is kept out of the future of every call by a box.
            let (content_type, stream) = Box::pin(FormStream::open(form)).await?;
            let progress = stream.progress();
            (HeaderValue::from_str(&content_type), Body::form(stream), Some(progress))
        }
    };
    headers.insert(CONTENT_TYPE, content_type.map_err(|_| RequestError::header("content-type"))?);
    Ok((body, progress))
}

/// Sends a request that reads, and follows its redirects as long as they stay with the same scheme, host and port: a
/// token, or what a body holds, never goes to another one. A request that writes is not sent anywhere else.
async fn exchange(
    request: &Request,
    url: &Url,
    token: Option<&Held>,
    number: u32,
    next: &mut Option<Outgoing>,
) -> Result<Head, Failure> {
    let method = &request.operation().method;
    let mut left = if matches!(*method, Method::GET | Method::HEAD) { REDIRECTS } else { 0 };
    let mut here = None;
    loop {
        if next.is_none() {
            *next = Some(Box::pin(prepare(request, token, number)).await?);
        }
        let sending = {
            let Outgoing { headers, body, .. } = next.take().unwrap_or_default();
            let target = here.as_ref().unwrap_or(url).clone();
            request.client().0.wire.send(method.clone(), target, headers, body)
        };
        let head = sending.await?;
        match redirect(&head, here.as_ref().unwrap_or(url)) {
            Some(there) if left > 0 => here = Some(there),
            _ => return Ok(head),
        }
        left -= 1;
    }
}

/// Where an answer redirects to, if that may be followed.
fn redirect(head: &Head, here: &Url) -> Option<Url> {
    let followed = matches!(
        head.status,
        StatusCode::MOVED_PERMANENTLY
            | StatusCode::FOUND
            | StatusCode::SEE_OTHER
            | StatusCode::TEMPORARY_REDIRECT
            | StatusCode::PERMANENT_REDIRECT
    );
    let there = if followed {
        head.headers.get(LOCATION)?.to_str().ok()?
    } else {
        return None;
    };
    here.join(there).ok().filter(|there| there.origin() == here.origin())
}

/// Reads the body of an answer, up to the limit; an error's body up to what is kept of it.
async fn receive(answer: &mut Answer, mut body: Body, limit: usize) -> Result<(), TransportError> {
    let success = answer.status.is_success();
    let limit = if success { limit } else { limit.min(ERROR_BODY) };
    let mut first = Bytes::new();
    let mut all = BytesMut::new();
    while let Some(chunk) = body.chunk().await {
        let mut chunk = match chunk {
            Ok(chunk) => chunk,
            Err(error) if success => return Err(body_error(error).after(answer.status)),
            // The status of an error says more than the connection that broke after it.
            Err(_) => {
                answer.cut = Some(limit);
                break;
            }
        };
        let room = limit - first.len() - all.len();
        if chunk.len() > room {
            answer.cut = Some(limit);
            chunk.truncate(room);
        }
        // Most bodies are one chunk, which needs no copy.
        if first.is_empty() && all.is_empty() {
            first = chunk;
        } else {
            if all.is_empty() {
                all.extend_from_slice(&std::mem::take(&mut first));
            }
            all.extend_from_slice(&chunk);
        }
        if answer.cut.is_some() {
            break;
        }
    }
    answer.bytes = if all.is_empty() { first } else { all.freeze() };
    Ok(())
}
