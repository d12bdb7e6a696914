//! Calls every operation of the API versions that it was built with, and prints a line about each.
//!
//! Takes the base URL as its argument. Exits with 1 if a call failed.

#[cfg(feature = "beta")]
mod beta;
mod report;
#[cfg(feature = "v2025")]
mod v2025;
#[cfg(feature = "v3")]
mod v3;

use std::error::Error;
use std::process::ExitCode;

use report::Report;
use sailpoint_connectors::Client;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<ExitCode, Box<dyn Error>> {
    let url = std::env::args().nth(1).ok_or("usage: downstream BASE_URL")?;
    let client = Client::builder().base_url(url).client_credentials("an id", "a secret").build()?;
    let mut report = Report::default();
    #[cfg(feature = "v3")]
    v3::call_all(&client, &mut report).await;
    #[cfg(feature = "beta")]
    beta::call_all(&client, &mut report).await;
    #[cfg(feature = "v2025")]
    v2025::call_all(&client, &mut report).await;
    println!("{} operations called with {client:?}, {} failed", report.called, report.failed);
    Ok(if report.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
