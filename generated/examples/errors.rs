//! Tells errors apart: what the program can handle, what it reports, and what support needs to know.
//!
//! `cargo run --example errors -- no-such-connector`
#![allow(clippy::print_stdout, reason = "what people read is printed")]

use sailpoint_connectors::v2025::{ConnectorsApi, Error, ErrorBody};
use sailpoint_connectors::{Client, StatusCode};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let script_name = std::env::args().nth(1).unwrap_or_else(|| "no-such-connector".to_owned());
    let connectors = ConnectorsApi::new(&Client::from_env()?);

    match connectors.get_connector(&script_name).await {
        Ok(connector) => println!("found {:?}", connector.name),
        Err(Error::Api(error)) if error.status() == StatusCode::NOT_FOUND => {
            println!("there is no connector {script_name}");
            // The body has the type that the API's description gives for this status.
            if let Some(ErrorBody::ErrorResponseDto(body)) = error.body() {
                println!("detail code: {}", body.detail_code.as_deref().unwrap_or("none"));
            }
            println!("tracking id: {}", error.tracking_id().unwrap_or("none"));
        }
        Err(Error::Auth(error)) => println!("check the client id and secret: {error}"),
        Err(error) if error.is_timeout() => println!("no response after {} attempts", error.attempts()),
        Err(error) => return Err(error.into()),
    }
    Ok(())
}
