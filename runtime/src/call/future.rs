//! The futures of a call: one box around what knows no types, and a thin typed end.

use std::fmt;
use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use super::request::Request;
use super::response::{Response, ResponseBody};
use super::send;
use crate::error::{ApiError, DecodeError, Error, ErrorBody, Failure};
use crate::exchange::response::RawResponse;
use crate::transport::wire::BoxFuture;

/// A call that is being sent; its output is the whole response.
#[must_use = "nothing is sent until this is awaited"]
pub struct Sending<D, E> {
    response: BoxFuture<'static, Result<RawResponse, Failure>>,
    types: PhantomData<fn() -> (D, E)>,
}

impl<D, E> Sending<D, E> {
    pub(crate) fn new(request: Request) -> Self
    where
        D: ResponseBody,
    {
        Self { response: send::boxed(request, D::STREAMED), types: PhantomData }
    }
}

impl Request {
    /// Sends the call. `D` says what the body is ([`Json`](crate::Json), [`Text`](crate::Text), …), `E` what the body of an
    /// error is.
    pub fn send<D: ResponseBody, E>(self) -> Sending<D, E> {
        Sending::new(self)
    }
}

impl<D: ResponseBody, E: ErrorBody> Future for Sending<D, E> {
    type Output = Result<Response<D::Output>, Error<E>>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let response = ready!(self.response.as_mut().poll(context))?;
        Poll::Ready(finish::<D, E>(response))
    }
}

/// The typed end of a call: decodes the body of a success, or of an error.
fn finish<D: ResponseBody, E: ErrorBody>(mut response: RawResponse) -> Result<Response<D::Output>, Error<E>> {
    if !response.status.is_success() {
        return Err(Error::Api(Box::new(ApiError::new(response.into_failed()))));
    }
    let decoded = match response.unusable() {
        Some(reason) => Err(reason),
        None => D::decode(&mut response),
    };
    match decoded {
        Ok(body) => Ok(Response::new(response, body)),
        Err(reason) => Err(Error::Decode(Box::new(DecodeError::new(response.into_failed(), reason)))),
    }
}

/// A call that is being sent; its output is the body of the response.
#[must_use = "nothing is sent until this is awaited"]
pub struct Call<D, E>(Sending<D, E>);

impl<D, E> From<Sending<D, E>> for Call<D, E> {
    fn from(sending: Sending<D, E>) -> Self {
        Self(sending)
    }
}

impl<D: ResponseBody, E: ErrorBody> Future for Call<D, E> {
    type Output = Result<D::Output, Error<E>>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let response = ready!(Pin::new(&mut self.0).poll(context))?;
        Poll::Ready(Ok(response.into_body()))
    }
}

impl<D, E> fmt::Debug for Sending<D, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sending")
    }
}

impl<D, E> fmt::Debug for Call<D, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Call")
    }
}
