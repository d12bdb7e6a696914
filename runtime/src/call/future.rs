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
use crate::exchange::answer::Answer;
use crate::transport::wire::BoxFuture;

/// A call that is being sent; its output is the whole answer.
#[must_use = "nothing is sent until this is awaited"]
pub struct Sending<D, E> {
    answer: BoxFuture<'static, Result<Answer, Failure>>,
    types: PhantomData<fn() -> (D, E)>,
}

impl<D, E> Sending<D, E> {
    pub(crate) fn new(request: Request) -> Self
    where
        D: ResponseBody,
    {
        Self { answer: send::boxed(request, D::STREAMED), types: PhantomData }
    }
}

impl<D: ResponseBody, E: ErrorBody> Future for Sending<D, E> {
    type Output = Result<Response<D::Output>, Error<E>>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let answer = ready!(self.answer.as_mut().poll(context))?;
        Poll::Ready(finish::<D, E>(answer))
    }
}

/// The typed end of a call: decodes the body of a success, or of an error.
fn finish<D: ResponseBody, E: ErrorBody>(mut answer: Answer) -> Result<Response<D::Output>, Error<E>> {
    if !answer.status.is_success() {
        return Err(Error::Api(Box::new(ApiError::new(answer))));
    }
    let decoded = match answer.unusable() {
        Some(reason) => Err(reason),
        None => D::decode(&mut answer),
    };
    match decoded {
        Ok(body) => Ok(Response::new(answer.status, answer.headers, answer.attempts, body)),
        Err(reason) => Err(Error::Decode(Box::new(DecodeError::new(answer, reason)))),
    }
}

/// A call that is being sent; its output is the body of the answer.
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
