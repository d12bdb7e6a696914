//! Lists the connectors whose name starts with a given letter, and how many there are.
//!
//! `cargo run --example list -- A`
#![allow(clippy::print_stdout, reason = "what people read is printed")]

use sailpoint_connectors::v2025::ConnectorsApi;
use sailpoint_connectors::{Client, serde_json};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let start = std::env::args().nth(1).unwrap_or_else(|| "A".to_owned());
    let connectors = ConnectorsApi::new(&Client::from_env()?);

    // Quotes in a value must be escaped, as in JSON.
    let filter = format!("name sw {}", serde_json::to_string(&start)?);
    let page = connectors.get_connector_list().filters(filter).limit(50).count(true).send().await?;

    for connector in page.body() {
        let name = connector.name.as_deref().unwrap_or("(no name)");
        let script_name = connector.script_name.as_deref().unwrap_or_default();
        println!("{name} ({script_name}), {:?}", connector.status);
    }
    // The server counts all matches, if it was asked to.
    println!("{} of {} connectors", page.body().len(), page.total_count().unwrap_or_default());
    Ok(())
}
