//! Uploads a source configuration from a file, then downloads it again.
//!
//! `cargo run --example upload -- servicenow source-config.xml`
#![allow(clippy::print_stdout, reason = "what people read is printed")]

use sailpoint_connectors::v2025::ConnectorsApi;
use sailpoint_connectors::{Client, FilePart};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let script_name = arguments.next().unwrap_or_else(|| "servicenow".to_owned());
    let connectors = ConnectorsApi::new(&Client::from_env()?);

    // A file is read while it is sent. Bytes in memory work too.
    let file = match arguments.next() {
        Some(path) => FilePart::from_path(path)?,
        None => FilePart::from_text("source-config.xml", "<Form/>"),
    };
    let uploaded = connectors.put_connector_source_config(&script_name, file).await?;
    println!("{:?}: {:?}", uploaded.status, uploaded.updated_files.unwrap_or_default());

    let xml = connectors.get_connector_source_config(&script_name).await?;
    println!("{} bytes of XML: {xml}", xml.len());
    Ok(())
}
