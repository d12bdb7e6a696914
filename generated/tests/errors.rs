//! Every operation answered with every error status that its document names: what the caller learns.

#![cfg(all(feature = "v3", feature = "beta", feature = "v2025"))]
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "all of it is part of a test")]

mod support;

use std::collections::BTreeSet;

use sailpoint_connectors::{Client, FilePart};
use serde_json::Value;
use support::{Reply, Server, TOKEN, data, spec};

/// A call that failed as the API's error, seen without its version's types.
struct Failed {
    operation: &'static str,
    status: u16,
    attempts: u32,
    tracking_id: Option<String>,
    bytes: Vec<u8>,
    header: String,
    /// The variant of the typed body, and the body encoded again.
    body: Option<(&'static str, Value)>,
    display: String,
    debug: String,
}

/// How each operation of a version is called, by its id.
macro_rules! version {
    ($version:ident { $($id:literal => |$client:ident| $call:expr,)* }) => {
        mod $version {
            use super::*;
            use sailpoint_connectors::$version::{Error, ErrorBody, *};

            pub(crate) const IDS: &[&str] = &[$($id),*];

            pub(crate) async fn call(id: &str, client: &Client) -> Failed {
                let error: Error = match id {
                    $($id => {
                        let $client = client;
                        $call.await.map(drop).unwrap_err()
                    })*
                    other => panic!("no such operation: {other}"),
                };
                failed(error)
            }

            fn failed(error: Error) -> Failed {
                let (display, debug) = (error.to_string(), format!("{error:?}"));
                assert_eq!(error.tracking_id().map(str::to_owned), api(&error).tracking_id().map(str::to_owned));
                let api = api(&error);
                Failed {
                    operation: api.operation().id,
                    status: api.status().as_u16(),
                    attempts: api.attempts(),
                    tracking_id: api.tracking_id().map(str::to_owned),
                    bytes: api.bytes().to_vec(),
                    header: api.headers()["x-other"].to_str().unwrap().to_owned(),
                    body: api.body().map(|body| match body {
                        ErrorBody::ErrorResponseDto(body) => ("ErrorResponseDto", serde_json::to_value(body).unwrap()),
                        ErrorBody::Unauthorized(body) => ("Unauthorized", serde_json::to_value(body).unwrap()),
                        ErrorBody::TooManyRequests(body) => ("TooManyRequests", serde_json::to_value(body).unwrap()),
                        other => panic!("not known to this test: {other:?}"),
                    }),
                    display,
                    debug,
                }
            }

            fn api(error: &Error) -> &sailpoint_connectors::ApiError<ErrorBody> {
                match error {
                    Error::Api(error) => error,
                    other => panic!("{other}"),
                }
            }
        }
    };
}

fn file() -> FilePart {
    FilePart::from_text("a.xml", "<a/>")
}

version! { v3 {
    "createCustomConnector" => |client|
        ConnectorsApi::new(client).create_custom_connector(&models::V3CreateConnectorDto::new("a", "b")),
    "deleteCustomConnector" => |client| ConnectorsApi::new(client).delete_custom_connector("a"),
    "getConnector" => |client| ConnectorsApi::new(client).get_connector("a"),
    "getConnectorCorrelationConfig" => |client| ConnectorsApi::new(client).get_connector_correlation_config("a"),
    "getConnectorSourceConfig" => |client| ConnectorsApi::new(client).get_connector_source_config("a"),
    "getConnectorSourceTemplate" => |client| ConnectorsApi::new(client).get_connector_source_template("a"),
    "getConnectorTranslations" => |client| ConnectorsApi::new(client).get_connector_translations("a", "de"),
    "putCorrelationConfig" => |client| ConnectorsApi::new(client).put_correlation_config("a", file()),
    "putSourceConfig" => |client| ConnectorsApi::new(client).put_source_config("a", file()),
    "putSourceTemplate" => |client| ConnectorsApi::new(client).put_source_template("a", file()),
    "putTranslations" => |client| ConnectorsApi::new(client).put_translations("a", "de", file()),
    "updateConnector" => |client| ConnectorsApi::new(client).update_connector("a", &[]),
}}

version! { beta {
    "getConnectorList" => |client| ConnectorsApi::new(client).get_connector_list(),
}}

version! { v2025 {
    "createConnectorCustomizer" => |client|
        ConnectorCustomizersApi::new(client).create_connector_customizer(&models::ConnectorCustomizerCreateRequest::new()),
    "createConnectorCustomizerVersion" => |client|
        ConnectorCustomizersApi::new(client).create_connector_customizer_version("a", file()),
    "deleteConnectorCustomizer" => |client| ConnectorCustomizersApi::new(client).delete_connector_customizer("a"),
    "getConnectorCustomizer" => |client| ConnectorCustomizersApi::new(client).get_connector_customizer("a"),
    "listConnectorCustomizers" => |client| ConnectorCustomizersApi::new(client).list_connector_customizers(),
    "putConnectorCustomizer" => |client| ConnectorCustomizersApi::new(client).put_connector_customizer("a"),
    "createCustomConnector" => |client|
        ConnectorsApi::new(client).create_custom_connector(&models::V3CreateConnectorDto::new("a", "b")),
    "deleteCustomConnector" => |client| ConnectorsApi::new(client).delete_custom_connector("a"),
    "getConnector" => |client| ConnectorsApi::new(client).get_connector("a"),
    "getConnectorCorrelationConfig" => |client| ConnectorsApi::new(client).get_connector_correlation_config("a"),
    "getConnectorList" => |client| ConnectorsApi::new(client).get_connector_list(),
    "getConnectorSourceConfig" => |client| ConnectorsApi::new(client).get_connector_source_config("a"),
    "getConnectorSourceTemplate" => |client| ConnectorsApi::new(client).get_connector_source_template("a"),
    "getConnectorTranslations" => |client| ConnectorsApi::new(client).get_connector_translations("a", "de"),
    "putConnectorCorrelationConfig" => |client| ConnectorsApi::new(client).put_connector_correlation_config("a", file()),
    "putConnectorSourceConfig" => |client| ConnectorsApi::new(client).put_connector_source_config("a", file()),
    "putConnectorSourceTemplate" => |client| ConnectorsApi::new(client).put_connector_source_template("a", file()),
    "putConnectorTranslations" => |client| ConnectorsApi::new(client).put_connector_translations("a", "de", file()),
    "updateConnector" => |client| ConnectorsApi::new(client).update_connector("a", &[]),
}}

/// The type that the documents name for a status, in all versions.
fn documented_type(status: u16) -> &'static str {
    match status {
        401 => "Unauthorized",
        429 => "TooManyRequests",
        _ => "ErrorResponseDto",
    }
}

/// An error as the API sends it, with something that no document knows, by a server that repeats the token.
fn sent(status: u16) -> Value {
    let mut body = data::error(status);
    body["unheardOf"] = TOKEN.into();
    let text = match status {
        401 => &mut body["error"],
        429 => &mut body["message"],
        _ => &mut body["messages"][1]["text"],
    };
    *text = format!("{} ({TOKEN})", text.as_str().unwrap().trim()).into();
    body
}

fn check(failed: &Failed, operation: &spec::Operation, status: u16) {
    println!("{} {status}: {}", operation.id, failed.display);
    let body = sent(status);
    assert_eq!((failed.operation, failed.status, failed.attempts), (operation.id.as_str(), status, 1));
    assert_eq!(failed.bytes, body.to_string().into_bytes());
    assert_eq!(failed.header, "kept");
    assert_eq!(failed.body, Some((documented_type(status), body)));
    let tracking_id = if matches!(status, 401 | 429) { "from-the-header" } else { "e7eab60924f64aa284175b9fa3309599" };
    assert_eq!(failed.tracking_id.as_deref(), Some(tracking_id));
    let says = match status {
        401 => "JWT validation failed: JWT is expired ([redacted])",
        429 => "Rate Limit Exceeded ([redacted])",
        _ => "That will not do. ([redacted])",
    };
    let place = format!("{} ({} {})", operation.id, operation.method, operation.path);
    for part in [&place, &status.to_string(), says, tracking_id] {
        assert!(failed.display.contains(part), "no {part} in {}", failed.display);
    }
    assert!(!failed.display.contains(TOKEN) && !failed.debug.contains(TOKEN), "{} {}", failed.display, failed.debug);
}

macro_rules! every_error_status_of {
    ($version:ident) => {
        #[tokio::test]
        async fn $version() {
            let operations = spec::operations(stringify!($version));
            let documented: BTreeSet<&str> = operations.iter().map(|operation| operation.id.as_str()).collect();
            let callable: BTreeSet<&str> = self::$version::IDS.iter().copied().collect();
            assert_eq!(callable, documented, "every operation needs a line in this file");
            for operation in &operations {
                for status in operation.errors() {
                    let reply = Reply::json(status, &sent(status)).header("X-Other", "kept");
                    let server = Server::always(reply.header("SLPT-Request-ID", "from-the-header")).await;
                    check(&self::$version::call(&operation.id, &server.client()).await, operation, status);
                    assert_eq!(server.only().method, operation.method);
                }
            }
        }
    };
}

mod every_error_status_of {
    use super::*;

    every_error_status_of!(v3);
    every_error_status_of!(beta);
    every_error_status_of!(v2025);
}
