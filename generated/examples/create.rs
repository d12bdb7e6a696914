//! Creates a custom connector, prints it, and deletes it again.
//!
//! `cargo run --example create -- "My connector"`
#![allow(clippy::print_stdout, reason = "what people read is printed")]

use sailpoint_connectors::Client;
use sailpoint_connectors::v2025::ConnectorsApi;
use sailpoint_connectors::v2025::models::{V3CreateConnectorDto, V3CreateConnectorDtoStatus};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let name = std::env::args().nth(1).unwrap_or_else(|| "My connector".to_owned());
    let connectors = ConnectorsApi::new(&Client::from_env()?);

    // Required properties are arguments of `new`, optional ones are setters.
    let new = V3CreateConnectorDto::new(name, "sailpoint.connector.OpenConnectorAdapter")
        .direct_connect(true)
        .status(V3CreateConnectorDtoStatus::Development);
    let created = connectors.create_custom_connector(&new).await?;
    let script_name = created.script_name.ok_or("the server returned no script name")?;
    println!("created {script_name}, status {:?}", created.status);

    connectors.delete_custom_connector(&script_name).await?;
    println!("deleted {script_name}");
    Ok(())
}
