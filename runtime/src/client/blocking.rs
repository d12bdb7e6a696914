//! Calls without `async`: the same futures, waited for on the calling thread.
//!
//! Connections and timers are driven by one background thread, which starts with the first wait. Blocking calls have
//! connections of their own: one that asynchronous code has opened is driven by its runtime, which may be the one that waits.

use std::future::{Future, IntoFuture};
use std::pin::Pin;

use futures_core::Stream;
use tokio::runtime::Handle;

use crate::error::{TransportError, TransportErrorKind};
use crate::transport::driver::driver;

/// Waits for a call, or for anything else that is awaited and can fail like one.
///
/// ```no_run
/// use openapi_client_runtime::TransportError;
/// use openapi_client_runtime::blocking::Wait;
///
/// fn save(report: openapi_client_runtime::Download) -> Result<u64, TransportError> {
///     report.save("report.csv").wait()
/// }
/// ```
pub trait Wait: IntoFuture {
    /// What there is if it succeeds.
    type Value;
    /// What there is if it fails.
    type Failure;

    /// Waits for the result. It may be called from asynchronous code too, but holds up its thread there, and all that only
    /// this thread could get on with. A [`Download`](crate::Download) that was begun by `await` has to be read to its end by
    /// `await` too; connections of an own [`http_client`](crate::ClientBuilder::http_client) and the places in the queue of a
    /// [`RateLimit`](crate::RateLimit) are shared with the asynchronous calls of that thread.
    ///
    /// # Errors
    ///
    /// What awaiting it would return; and if the background thread cannot be started.
    fn wait(self) -> Result<Self::Value, Self::Failure>;
}

impl<F, T, E> Wait for F
where
    F: IntoFuture<Output = Result<T, E>>,
    F::IntoFuture: Send,
    T: Send,
    E: From<TransportError> + Send,
{
    type Value = T;
    type Failure = E;

    fn wait(self) -> Result<T, E> {
        run(self.into_future()).map_err(E::from)?
    }
}

/// Walks through a stream of items or pages on the calling thread.
pub trait WaitEach: Stream + Unpin + Sized {
    /// An iterator over what the stream yields.
    fn wait_each(self) -> Each<Self>;
}

impl<S, T, E> WaitEach for S
where
    S: Stream<Item = Result<T, E>> + Unpin + Send,
{
    fn wait_each(self) -> Each<Self> {
        Each(self)
    }
}

/// An iterator over what a stream yields.
#[derive(Debug)]
pub struct Each<S>(S);

impl<S> Each<S> {
    /// The stream, for instance to see its offset or to resume it.
    pub fn get_mut(&mut self) -> &mut S {
        &mut self.0
    }
}

impl<S, T, E> Iterator for Each<S>
where
    S: Stream<Item = Result<T, E>> + Unpin + Send,
    T: Send,
    E: From<TransportError> + Send,
{
    type Item = Result<T, E>;

    fn next(&mut self) -> Option<Self::Item> {
        let stream = &mut self.0;
        match run(std::future::poll_fn(|context| Pin::new(&mut *stream).poll_next(context))) {
            Ok(item) => item,
            Err(error) => Some(Err(error.into())),
        }
    }
}

/// Runs a future to its end on this thread, or on a helper if this one already runs asynchronous code.
fn run<F>(future: F) -> Result<F::Output, TransportError>
where
    F: Future + Send,
    F::Output: Send,
{
    let driver = driver().map_err(|error| TransportError::new(TransportErrorKind::Connect, error))?;
    if Handle::try_current().is_err() {
        return Ok(driver.block_on(future));
    }
    std::thread::scope(|scope| match scope.spawn(|| driver.block_on(future)).join() {
        Ok(output) => Ok(output),
        // Only a user's own code can have panicked in there; it goes on panicking here.
        Err(panic) => std::panic::resume_unwind(panic),
    })
}
