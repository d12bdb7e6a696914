//! Adds a header to every request, and measures every attempt.
//!
//! `cargo run --example middleware`
#![allow(clippy::print_stdout, reason = "what people read is printed")]

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use sailpoint_connectors::sailpoint::Config;
use sailpoint_connectors::v2025::ConnectorsApi;
use sailpoint_connectors::{Attempt, BoxError, Finished, Middleware};

/// Numbers the attempts of the whole program.
#[derive(Clone, Default)]
struct Numbered(Arc<AtomicU32>);

impl Middleware for Numbered {
    fn before(&self, attempt: &mut Attempt<'_>) -> Result<(), BoxError> {
        let number = self.0.fetch_add(1, Ordering::Relaxed) + 1;
        attempt.headers_mut().insert("X-Request-Number", number.into());
        Ok(())
    }

    fn after(&self, attempt: &Finished<'_>) {
        let outcome = attempt.result().map(|(status, _)| status);
        println!("{}, attempt {}: {outcome:?}", attempt.operation().id, attempt.number());
        // Send `attempt.duration()` to your metrics here.
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let numbered = Numbered::default();
    let client = Config::load()?.builder().middleware(numbered.clone()).build()?;

    let list = ConnectorsApi::new(&client).get_connector_list().limit(2).await?;
    println!("{} connectors with {} requests", list.len(), numbered.0.load(Ordering::Relaxed));
    Ok(())
}
