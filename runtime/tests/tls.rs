//! TLS against a server of its own with a root of its own.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a failed test or measurement ends by panicking")]

mod support;

use std::sync::Arc;

use openapi_client_runtime::{Client, ClientBuilder, Error, TransportErrorKind};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use support::api::Api;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

const ROOT: &[u8] = include_bytes!("support/tls/ca.pem");
const CERTIFICATE: &[u8] = include_bytes!("support/tls/server.pem");
const KEY: &[u8] = include_bytes!("support/tls/server.key");

async fn server() -> u16 {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(
            vec![CertificateDer::from_pem_slice(CERTIFICATE).unwrap()],
            PrivateKeyDer::from_pem_slice(KEY).unwrap(),
        )
        .unwrap();
    let acceptor = tokio_rustls::TlsAcceptor::from(Arc::new(config));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let Ok(mut stream) = acceptor.accept(stream).await else { continue };
            let mut request = vec![0; 4096];
            let _ = stream.read(&mut request).await;
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n{\"a\":1}").await;
            let _ = stream.shutdown().await;
        }
    });
    port
}

fn builder(host: &str, port: u16) -> ClientBuilder {
    Client::builder().base_url(format!("https://{host}:{port}")).bearer_token("t").no_proxy().retry(support::quick())
}

#[tokio::test]
async fn an_additional_root_is_trusted_for_its_names() {
    let port = server().await;
    let client = builder("localhost", port).root_certificates(ROOT).build().unwrap();
    assert_eq!(Api::new(&client).get_thing("a").await.unwrap()["a"], 1);

    // Another name than the certificate's, and no root at all: no connection, nothing sent, nothing repeated.
    let other_name = builder("127.0.0.1", port).root_certificates(ROOT).build().unwrap();
    let no_root = builder("localhost", port).build().unwrap();
    for client in [other_name, no_root] {
        let error = Api::new(&client).get_thing("a").await.unwrap_err();
        let Error::Transport(error) = error else { panic!("{error}") };
        assert_eq!((error.kind(), error.attempts()), (TransportErrorKind::Tls, 1), "{error}");
        assert!(format!("{error:#}").contains("certificate"), "{error:#}");
    }
}

#[test]
fn roots_that_are_none_are_refused_when_the_client_is_built() {
    for pem in [b"".as_slice(), b"nonsense", KEY, b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"] {
        let error = builder("localhost", 1).root_certificates(pem).build().unwrap_err();
        assert!(error.to_string().contains("root certificates"), "{error}");
    }
}
