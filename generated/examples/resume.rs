//! Reads a long list page by page, and continues where it stopped after an error.
//!
//! `cargo run --example resume`
#![allow(clippy::print_stdout, reason = "what people read is printed")]

use sailpoint_connectors::Client;
use sailpoint_connectors::v2025::ConnectorsApi;

/// How many errors are tolerated before the program stops.
const PATIENCE: u32 = 3;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let connectors = ConnectorsApi::new(&Client::from_env()?);

    let mut list = connectors.get_connector_list().limit(2).stream();
    let (mut count, mut errors) = (0, 0);
    while let Some(item) = list.next().await {
        match item {
            Ok(connector) => {
                count += 1;
                println!("{count}. {}", connector.name.unwrap_or_default());
            }
            Err(error) if errors < PATIENCE => {
                errors += 1;
                println!("interrupted at offset {}: {:?}; continuing there", list.offset(), error.status());
                list.resume();
            }
            Err(error) => return Err(error.into()),
        }
    }
    println!("{count} connectors");
    Ok(())
}
