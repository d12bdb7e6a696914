//! Calls without async: `.wait()` sends a call, `.wait_each()` walks through a list.
//!
//! `cargo run --example blocking --features blocking`
#![allow(clippy::print_stdout, reason = "what people read is printed")]

use sailpoint_connectors::Client;
use sailpoint_connectors::blocking::{Wait, WaitEach};
use sailpoint_connectors::v2025::ConnectorsApi;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let connectors = ConnectorsApi::new(&Client::from_env()?);

    for connector in connectors.get_connector_list().limit(2).stream().max_items(3).wait_each() {
        println!("{}", connector?.name.unwrap_or_default());
    }
    let detail = connectors.get_connector("servicenow").wait()?;
    println!("{:?} is {:?}", detail.name, detail.status);
    Ok(())
}
