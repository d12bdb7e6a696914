//! Calls without `async`: the same futures, waited for on the calling thread.
//!
//! Connections and timers are driven by one background thread, which starts with the first wait.

use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};

use futures_core::Stream;
use tokio::runtime::{Builder, Handle};

use crate::error::{TransportError, TransportErrorKind};

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

    /// Waits for the result. It may be called from asynchronous code too, but holds up its thread there.
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

/// The runtime that drives connections and timers, in its thread.
fn driver() -> std::io::Result<Handle> {
    static DRIVER: Mutex<Option<Handle>> = Mutex::new(None);
    let mut driver = DRIVER.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(handle) = &*driver {
        return Ok(handle.clone());
    }
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let handle = runtime.handle().clone();
    std::thread::Builder::new()
        .name("openapi-client-blocking".to_owned())
        .spawn(move || runtime.block_on(std::future::pending::<()>()))?;
    *driver = Some(handle.clone());
    Ok(handle)
}
