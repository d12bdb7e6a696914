//! One attempt: what is sent, made anew for each, and where a redirect may lead.

use std::sync::Arc;

use bytes::Bytes;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, HeaderValue, LOCATION};
use http::{HeaderMap, Method, StatusCode};
use reqwest::Url;
use tokio::time::Instant;

use super::channel::Channel;
use super::credential::Credential;
use super::message::Message;
use super::middleware::{self, Finished};
use super::response::RawResponse;
use crate::body::content::Body;
use crate::body::multipart::Upload;
use crate::body::payload::Payload;
use crate::error::{AuthError, Failure, NotFollowed, RequestError};
use crate::transport::wire::Head;

/// How many redirects within the same host are followed.
const REDIRECTS: usize = 5;

/// One attempt of a call.
#[derive(Clone, Copy)]
pub(crate) struct Attempt<'a> {
    pub(crate) channel: &'a Channel,
    pub(crate) message: &'a Message,
    pub(crate) credential: Option<&'a Arc<Credential>>,
    /// Which attempt of the call it is, from one on.
    pub(crate) number: u32,
    /// The client's own id of the call.
    pub(crate) id: Option<&'a HeaderValue>,
    /// Whether the body of a success is handed over while it arrives.
    pub(crate) streamed: bool,
}

/// An upload whose files are open, and its content type.
pub(crate) type OpenUpload = (String, Upload);

impl Attempt<'_> {
    /// Opens the files of a call that sends some, which must be done anew for each attempt.
    pub(crate) async fn open(message: &Message) -> Result<Option<OpenUpload>, RequestError> {
        match &message.payload {
            Payload::Form(form) => Upload::open(form).await.map(Some),
            Payload::File { content_type, file } => {
                Upload::open_file(file).await.map(|upload| Some((content_type.clone().into_owned(), upload)))
            }
            Payload::None | Payload::Bytes { .. } => Ok(None),
        }
    }

    /// Lets the user's hooks see how an attempt ended.
    pub(crate) fn report(self, started: Instant, result: &Result<RawResponse, Failure>) {
        for hook in &self.channel.middleware {
            let result = match result {
                Ok(response) => Ok((response.status, &response.headers)),
                Err(Failure::Transport(error)) => Err(error),
                Err(_) => return,
            };
            let (operation, number) = (self.message.operation, self.number);
            hook.after(&Finished { operation, number, duration: started.elapsed(), result });
        }
    }

    /// Makes headers and body, and lets the user's hooks see them.
    pub(crate) fn prepare(self, upload: Option<OpenUpload>) -> Result<(HeaderMap, Body), Failure> {
        let operation = self.message.operation;
        let mut headers = self.headers()?;
        let (content_type, body) = match (upload, &self.message.payload) {
            (Some((content_type, upload)), _) => (HeaderValue::try_from(content_type).map(Some), Body::upload(upload)),
            (None, Payload::Bytes { content_type, bytes }) => {
                (HeaderValue::from_str(content_type).map(Some), bytes.clone().into())
            }
            (None, Payload::None | Payload::File { .. } | Payload::Form(_)) => (Ok(None), Body::empty()),
        };
        if let Some(content_type) = content_type.map_err(|_| RequestError::header("content-type"))? {
            headers.insert(CONTENT_TYPE, content_type);
        }
        // Servers wait for a body, or refuse the request, where a method that has one does not say that there is none
        // (RFC 9110, section 8.6); the HTTP library leaves it out.
        if body.is_empty() && matches!(operation.method, Method::POST | Method::PUT | Method::PATCH) {
            headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
        }
        for hook in &self.channel.middleware {
            let mut attempt = middleware::Attempt { operation, number: self.number, headers: &mut headers };
            hook.before(&mut attempt).map_err(|error| RequestError::middleware(operation, error))?;
        }
        Ok((headers, body))
    }

    /// The headers of a call; the call's own win over the client's.
    fn headers(self) -> Result<HeaderMap, Failure> {
        let mut headers = self.channel.headers.clone();
        // Shared, not copied; and checked, because generated code is not the only one to make operations.
        let accept = Bytes::from_static(self.message.operation.accept.as_bytes());
        let accept = HeaderValue::from_maybe_shared(accept).map_err(|_| RequestError::header("accept"))?;
        headers.insert(ACCEPT, accept);
        if let (Some(name), Some(id)) = (&self.channel.request_id, self.id) {
            headers.insert(name, id.clone());
        }
        for (name, value) in &self.message.headers {
            headers.insert(name, value.clone());
        }
        if let Some(credential) = self.credential {
            let value = credential.header.clone();
            let value =
                value.ok_or_else(|| AuthError::new("the token holds characters that a header must not hold"))?;
            headers.insert(AUTHORIZATION, value);
        }
        Ok(headers)
    }

    /// Where a response redirects to, if that may be followed: by a request that reads, and to the same scheme, host and
    /// port. A token, or what a body holds, never goes to another one; a request that writes is not sent anywhere else.
    pub(crate) fn redirect(self, head: Head) -> Result<Head, Url> {
        if !self.reads() || !head.status.is_redirection() {
            return Ok(head);
        }
        match self.message.url(self.channel).ok().and_then(|here| target(&head, &here)) {
            Some(there) => Err(there),
            None => Ok(head),
        }
    }

    /// Why a response that is handed over is a redirect still, if it is one.
    pub(crate) fn not_followed(self, status: StatusCode, headers: &HeaderMap) -> Option<NotFollowed> {
        if !is_redirect(status) {
            return None;
        }
        let here = self.message.url(self.channel).ok()?;
        Some(match location(headers, &here) {
            None => NotFollowed::Nowhere,
            Some(there) if there.origin() != here.origin() => NotFollowed::Elsewhere,
            Some(_) if !self.reads() => NotFollowed::Writes,
            Some(_) => NotFollowed::TooMany,
        })
    }

    /// Whether the request changes nothing, whatever place it is sent to.
    fn reads(self) -> bool {
        matches!(self.message.operation.method, Method::GET | Method::HEAD)
    }

    /// Follows a redirect, and those behind it up to a limit.
    pub(crate) async fn follow(self, there: Url) -> Result<Head, Failure> {
        let (mut here, mut left) = (there, REDIRECTS);
        loop {
            let upload = Self::open(self.message).await?;
            let (headers, body) = self.prepare(upload)?;
            let method = self.message.operation.method.clone();
            let head = self.channel.wire.send(method, here.clone(), headers, body).await?;
            left -= 1;
            match target(&head, &here) {
                Some(there) if left > 0 => here = there,
                _ => return Ok(head),
            }
        }
    }
}

/// The place within the same scheme, host and port that a response redirects to.
fn target(head: &Head, here: &Url) -> Option<Url> {
    let there = if is_redirect(head.status) { location(&head.headers, here)? } else { return None };
    (there.origin() == here.origin()).then_some(there)
}

/// Whether a status sends the request to another place. 304 does not, and 300 leaves the choice to people.
fn is_redirect(status: StatusCode) -> bool {
    matches!(
        status,
        StatusCode::MOVED_PERMANENTLY
            | StatusCode::FOUND
            | StatusCode::SEE_OTHER
            | StatusCode::TEMPORARY_REDIRECT
            | StatusCode::PERMANENT_REDIRECT
    )
}

fn location(headers: &HeaderMap, here: &Url) -> Option<Url> {
    here.join(headers.get(LOCATION)?.to_str().ok()?).ok()
}
