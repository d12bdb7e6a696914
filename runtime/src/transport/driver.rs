//! The runtime that drives blocking calls, in a thread of its own.

use std::sync::{Mutex, OnceLock, PoisonError};

use tokio::runtime::{Builder, Handle};

static DRIVER: OnceLock<Handle> = OnceLock::new();

/// The runtime, which starts when it is first asked for and goes on as long as the program.
///
/// # Errors
///
/// If the system grants no thread.
pub(crate) fn driver() -> std::io::Result<Handle> {
    static START: Mutex<()> = Mutex::new(());
    let _starting = START.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(handle) = DRIVER.get() {
        return Ok(handle.clone());
    }
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let handle = runtime.handle().clone();
    std::thread::Builder::new()
        .name("openapi-client-blocking".to_owned())
        .spawn(move || runtime.block_on(std::future::pending::<()>()))?;
    Ok(DRIVER.get_or_init(|| handle).clone())
}

/// Whether the code that asks is driven by that runtime.
pub(crate) fn is_driving() -> bool {
    let current = || Handle::try_current().ok().map(|handle| handle.id());
    DRIVER.get().is_some_and(|driver| Some(driver.id()) == current())
}
