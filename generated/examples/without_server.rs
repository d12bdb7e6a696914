//! Tests a function that calls the API, without a server: a transport of your own returns the responses.
//!
//! `cargo run --example without_server`
#![allow(clippy::print_stdout, reason = "what people read is printed")]

use std::sync::{Arc, Mutex};

use sailpoint_connectors::v2025::{ConnectorsApi, Error};
use sailpoint_connectors::{Body, BoxFuture, Client, Transport, TransportError};

/// The function under test: the names of all released connectors.
async fn released(connectors: &ConnectorsApi) -> Result<Vec<String>, Error> {
    let mut list = connectors.get_connector_list().filters(r#"status eq "RELEASED""#).stream();
    let mut names = Vec::new();
    while let Some(connector) = list.next().await {
        names.extend(connector?.name);
    }
    Ok(names)
}

/// Returns one page, then empty pages, and keeps the URLs that were requested.
#[derive(Clone, Default)]
struct Fake(Arc<Mutex<Vec<String>>>);

impl Transport for Fake {
    fn send(&self, request: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        let mut requested = self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        requested.push(request.uri().to_string());
        let body = if requested.len() == 1 { r#"[{"name":"A"},{"name":"B"}]"# } else { "[]" };
        Box::pin(async move { Ok(http::Response::new(Body::from(body))) })
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let fake = Fake::default();
    let client = Client::builder().tenant("acme").anonymous().transport(fake.clone()).build()?;

    let names = released(&ConnectorsApi::new(&client)).await?;
    assert_eq!(names, ["A", "B"]);
    let requested = fake.0.lock().map_err(|_| "poisoned")?;
    assert!(requested[0].contains("filters=status"));
    println!("{names:?} from {}", requested[0]);
    Ok(())
}
