//! Changes one property of a connector with a JSON Patch (RFC 6902), and prints it before and after.
//!
//! `cargo run --example patch -- servicenow`
#![allow(clippy::print_stdout, reason = "what people read is printed")]

use sailpoint_connectors::Client;
use sailpoint_connectors::v2025::ConnectorsApi;
use sailpoint_connectors::v2025::models::JsonPatchOperation;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let script_name = std::env::args().nth(1).unwrap_or_else(|| "servicenow".to_owned());
    let connectors = ConnectorsApi::new(&Client::from_env()?);

    let before = connectors.get_connector(&script_name).await?;
    println!("direct connect before: {:?}", before.direct_connect);

    let patch = [JsonPatchOperation::replace("/directConnect", true)?];
    // A PATCH is not retried by default. This one sets a value, so that sending it twice does no harm.
    let after = connectors.update_connector(&script_name, &patch).with_repeatable(true).await?;
    println!("direct connect after: {:?}", after.direct_connect);
    Ok(())
}
