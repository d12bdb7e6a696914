//! TLS against a server of its own with a root of its own: roots, certificates of clients, and the protocol that is agreed on.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a failed test or measurement ends by panicking")]

mod support;

use std::sync::Arc;

use openapi_client_runtime::{Client, ClientBuilder, Error, TransportErrorKind};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use support::api::Api;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::server::TlsStream;

const ROOT: &[u8] = include_bytes!("support/tls/ca.pem");
const CERTIFICATE: &[u8] = include_bytes!("support/tls/server.pem");
const KEY: &[u8] = include_bytes!("support/tls/server.key");
const CLIENT_ROOT: &[u8] = include_bytes!("support/tls/client-root.pem");
const CLIENT_CERTIFICATE: &[u8] = include_bytes!("support/tls/client.pem");
const CLIENT_KEY: &[u8] = include_bytes!("support/tls/client.key");

/// What a server wants of its clients, and what it speaks.
#[derive(Default)]
struct Wants {
    certificate: bool,
    protocols: &'static [&'static str],
}

async fn server(wants: Wants) -> u16 {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let verifier = if wants.certificate {
        let mut roots = rustls::RootCertStore::empty();
        roots.add(CertificateDer::from_pem_slice(CLIENT_ROOT).unwrap()).unwrap();
        WebPkiClientVerifier::builder_with_provider(roots.into(), provider.clone()).build().unwrap()
    } else {
        WebPkiClientVerifier::no_client_auth()
    };
    let mut config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_client_cert_verifier(verifier)
        .with_single_cert(
            vec![CertificateDer::from_pem_slice(CERTIFICATE).unwrap()],
            PrivateKeyDer::from_pem_slice(KEY).unwrap(),
        )
        .unwrap();
    config.alpn_protocols = wants.protocols.iter().map(|protocol| protocol.as_bytes().to_vec()).collect();
    let acceptor = tokio_rustls::TlsAcceptor::from(Arc::new(config));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            match acceptor.accept(stream).into_fallible().await {
                Ok(stream) if stream.get_ref().1.alpn_protocol() == Some(b"h2") => speak_http2(stream).await,
                Ok(mut stream) => {
                    let mut request = vec![0; 4096];
                    let _ = stream.read(&mut request).await;
                    let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n{\"a\":1}").await;
                    let _ = stream.shutdown().await;
                }
                // What the client has sent already is read, or the connection would be reset before the alert is seen.
                Err((_, mut stream)) => {
                    let _ = stream.shutdown().await;
                    let _ = stream.read_to_end(&mut Vec::new()).await;
                }
            }
        }
    });
    port
}

/// Serves one connection in HTTP/2.
async fn speak_http2(stream: TlsStream<TcpStream>) {
    let mut connection = h2::server::handshake(stream).await.unwrap();
    while let Some(Ok((request, mut respond))) = connection.accept().await {
        assert_eq!(request.version(), http::Version::HTTP_2);
        let mut body = respond.send_response(http::Response::new(()), false).unwrap();
        body.send_data("{\"a\":2}".into(), true).unwrap();
    }
}

fn builder(host: &str, port: u16) -> ClientBuilder {
    Client::builder().base_url(format!("https://{host}:{port}")).bearer_token("t").no_proxy().retry(support::quick())
}

#[tokio::test]
async fn an_additional_root_is_trusted_for_its_names() {
    let port = server(Wants::default()).await;
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

#[tokio::test]
async fn a_server_that_asks_for_a_certificate_gets_it() {
    let port = server(Wants { certificate: true, ..Wants::default() }).await;
    let with_root = || builder("localhost", port).root_certificates(ROOT);
    let known = with_root().client_certificate(CLIENT_CERTIFICATE, CLIENT_KEY).build().unwrap();
    assert_eq!(Api::new(&known).get_thing("a").await.unwrap()["a"], 1);

    let error = Api::new(&with_root().build().unwrap()).get_thing("a").await.unwrap_err();
    let Error::Transport(error) = error else { panic!("{error}") };
    assert_eq!((error.kind(), error.attempts()), (TransportErrorKind::Tls, 1), "{error:#}");
    assert!(format!("{error:#}").contains("CertificateRequired"), "{error:#}");
}

#[test]
fn certificates_that_are_none_are_refused_when_the_client_is_built() {
    for (certificates, key, says) in [
        (b"".as_slice(), CLIENT_KEY, "client's certificate is not PEM"),
        (CLIENT_KEY, CLIENT_KEY, "client's certificate is not PEM"),
        (CLIENT_CERTIFICATE, CLIENT_CERTIFICATE, "key of the client's certificate is not PEM"),
        (CLIENT_CERTIFICATE, KEY, "client's certificate cannot be used"),
    ] {
        let error = builder("localhost", 1).client_certificate(certificates, key).build().unwrap_err();
        assert!(error.to_string().contains(says), "{error}");
    }
}

#[tokio::test]
async fn http_2_is_spoken_if_both_sides_do() {
    for (protocols, spoken) in [
        (["h2", "http/1.1"].as_slice(), if cfg!(feature = "http2") { 2 } else { 1 }),
        (["http/1.1"].as_slice(), 1),
        ([].as_slice(), 1),
    ] {
        let port = server(Wants { protocols, ..Wants::default() }).await;
        let client = builder("localhost", port).root_certificates(ROOT).build().unwrap();
        for _ in 0..2 {
            assert_eq!(Api::new(&client).get_thing("a").await.unwrap()["a"], spoken, "{protocols:?}");
        }
    }
}
