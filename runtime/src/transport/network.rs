//! The HTTP client that is used unless a user brings one, and its TLS.
//!
//! Certificates are checked by the platform's rules and roots (`rustls-platform-verifier`, which the HTTP library depends
//! on anyway), so that a company's own root that is installed on the machine works. Reading the platform's roots takes
//! tens of milliseconds, so it is left until the first TLS connection. The cryptography (features `ring` and `aws-lc-rs`) is
//! handed over in a ready configuration: nothing process-wide is installed.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use reqwest::Proxy;
use reqwest::redirect::Policy;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::CryptoProvider;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName, UnixTime};
use rustls::{ClientConfig, DigitallySignedStruct, SignatureScheme};
use rustls_platform_verifier::Verifier;

use crate::error::ConfigError;

/// What can be set about connections.
#[derive(Clone)]
pub(crate) struct Network {
    pub(crate) connect_timeout: Duration,
    pub(crate) proxy: ProxyUse,
    /// Roots that are trusted beside the platform's.
    pub(crate) roots: Vec<CertificateDer<'static>>,
    /// What the client shows to servers that ask who it is.
    pub(crate) identity: Option<Arc<Identity>>,
}

/// A client's certificate, with those that lead to its root, and its private key.
pub(crate) struct Identity {
    pub(crate) chain: Vec<CertificateDer<'static>>,
    pub(crate) key: PrivateKeyDer<'static>,
}

impl Default for Network {
    /// Ten seconds to connect, the environment's proxy, the platform's roots, no certificate of the client's.
    fn default() -> Self {
        Self {
            connect_timeout: Duration::from_secs(10),
            proxy: ProxyUse::Environment,
            roots: Vec::new(),
            identity: None,
        }
    }
}

/// Which proxy connections go through.
#[derive(Clone)]
pub(crate) enum ProxyUse {
    /// What `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY` say.
    Environment,
    None,
    This(Box<Proxy>),
}

impl Network {
    /// Makes the HTTP client. Requests to this machine itself (`loopback`) go through no proxy but one that was set: the
    /// environment's would get to see credentials that were never meant to leave the machine.
    ///
    /// # Errors
    ///
    /// If one of the additional roots or the client's certificate cannot be used, or TLS cannot be set up.
    pub(crate) fn build(self, loopback: bool) -> Result<reqwest::Client, ConfigError> {
        let builder = reqwest::Client::builder()
            .tls_backend_preconfigured(tls(self.roots, self.identity.as_deref())?)
            .connect_timeout(self.connect_timeout)
            .redirect(Policy::none())
            .retry(reqwest::retry::never())
            .referer(false);
        let builder = match self.proxy {
            ProxyUse::Environment if !loopback => builder,
            ProxyUse::Environment | ProxyUse::None => builder.no_proxy(),
            ProxyUse::This(proxy) => builder.proxy(*proxy),
        };
        builder.build().map_err(|error| ConfigError::because("the HTTP client cannot be built", error.without_url()))
    }
}

fn tls(roots: Vec<CertificateDer<'static>>, identity: Option<&Identity>) -> Result<ClientConfig, ConfigError> {
    let mut checked = rustls::RootCertStore::empty();
    for root in &roots {
        checked
            .add(root.clone())
            .map_err(|error| ConfigError::because("one of the root certificates cannot be used", error))?;
    }
    let provider = cryptography()?;
    let verifier = Lazy { provider: provider.clone(), roots, verifier: OnceLock::new() };
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| ConfigError::because("TLS cannot be set up", error))?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier));
    let mut config = match identity {
        None => config.with_no_client_auth(),
        Some(Identity { chain, key }) => config
            .with_client_auth_cert(chain.clone(), key.clone_key())
            .map_err(|error| ConfigError::because("the client's certificate cannot be used", error))?,
    };
    config.alpn_protocols = PROTOCOLS.iter().map(|protocol| protocol.to_vec()).collect();
    Ok(config)
}

/// What the client speaks, the best first (ALPN, RFC 7301).
#[cfg(feature = "http2")]
const PROTOCOLS: [&[u8]; 2] = [b"h2", b"http/1.1"];
#[cfg(not(feature = "http2"))]
const PROTOCOLS: [&[u8]; 1] = [b"http/1.1"];

/// The cryptography of TLS.
#[cfg(feature = "aws-lc-rs")]
fn cryptography() -> Result<Arc<CryptoProvider>, ConfigError> {
    Ok(Arc::new(rustls::crypto::aws_lc_rs::default_provider()))
}

/// The cryptography of TLS.
#[cfg(all(feature = "ring", not(feature = "aws-lc-rs")))]
fn cryptography() -> Result<Arc<CryptoProvider>, ConfigError> {
    Ok(Arc::new(rustls::crypto::ring::default_provider()))
}

/// The cryptography of TLS, which the program has to bring.
#[cfg(not(any(feature = "ring", feature = "aws-lc-rs")))]
fn cryptography() -> Result<Arc<CryptoProvider>, ConfigError> {
    CryptoProvider::get_default().cloned().ok_or_else(|| {
        ConfigError::new(
            "there is no cryptography for TLS: enable the feature `ring` or `aws-lc-rs`, or call `install_default` of a \
             provider of `rustls` first",
        )
    })
}

/// The platform's verifier, made when the first certificate is to be checked.
#[derive(Debug)]
struct Lazy {
    provider: Arc<CryptoProvider>,
    roots: Vec<CertificateDer<'static>>,
    verifier: OnceLock<Result<Verifier, rustls::Error>>,
}

impl Lazy {
    fn verifier(&self) -> Result<&Verifier, rustls::Error> {
        let made = self.verifier.get_or_init(|| {
            if self.roots.is_empty() {
                return Verifier::new(self.provider.clone());
            }
            with_roots(self.roots.clone(), self.provider.clone())
        });
        made.as_ref().map_err(Clone::clone)
    }
}

#[cfg(not(target_os = "android"))]
fn with_roots(roots: Vec<CertificateDer<'static>>, provider: Arc<CryptoProvider>) -> Result<Verifier, rustls::Error> {
    Verifier::new_with_extra_roots(roots, provider)
}

#[cfg(target_os = "android")]
fn with_roots(_: Vec<CertificateDer<'static>>, _: Arc<CryptoProvider>) -> Result<Verifier, rustls::Error> {
    Err(rustls::Error::General("additional root certificates cannot be used on Android".to_owned()))
}

impl ServerCertVerifier for Lazy {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        self.verifier()?.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now)
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.verifier()?.verify_tls12_signature(message, cert, signed)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.verifier()?.verify_tls13_signature(message, cert, signed)
    }

    /// What the cryptography can check, which needs no roots: asked for each connection before any certificate.
    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_defaults_are_those_that_the_docs_state() {
        let network = Network::default();
        assert_eq!(network.connect_timeout, Duration::from_secs(10));
        assert!(matches!(network.proxy, ProxyUse::Environment));
        assert!(network.roots.is_empty() && network.identity.is_none());
    }

    /// Only aws-lc-rs has a key exchange that quantum computers do not break.
    #[cfg(any(feature = "ring", feature = "aws-lc-rs"))]
    #[test]
    fn the_feature_chooses_the_cryptography() {
        let groups = cryptography().unwrap().kx_groups.clone();
        let hybrid = groups.iter().any(|group| group.name() == rustls::NamedGroup::X25519MLKEM768);
        assert_eq!(hybrid, cfg!(feature = "aws-lc-rs"));
    }

    #[cfg(not(any(feature = "ring", feature = "aws-lc-rs")))]
    #[test]
    fn without_cryptography_the_error_says_what_to_do() {
        let error = Network::default().build(true).unwrap_err().to_string();
        assert!(error.contains("`ring`") && error.contains("`aws-lc-rs`"), "{error}");
    }
}
