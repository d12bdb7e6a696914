//! The HTTP client that is used unless a user brings one, and its TLS.
//!
//! Certificates are checked by the platform's rules and roots (`rustls-platform-verifier`, which the HTTP library depends
//! on anyway), so that a company's own root that is installed on the machine works. Reading the platform's roots takes
//! tens of milliseconds, so it is left until the first TLS connection. The cryptography is `ring`, handed over in a ready
//! configuration: nothing process-wide is installed.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use reqwest::Proxy;
use reqwest::redirect::Policy;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, ring};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
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
}

impl Default for Network {
    /// Ten seconds to connect, the environment's proxy, the platform's roots.
    fn default() -> Self {
        Self { connect_timeout: Duration::from_secs(10), proxy: ProxyUse::Environment, roots: Vec::new() }
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
    /// If one of the additional roots cannot be used, or TLS cannot be set up.
    pub(crate) fn build(self, loopback: bool) -> Result<reqwest::Client, ConfigError> {
        let builder = reqwest::Client::builder()
            .tls_backend_preconfigured(tls(self.roots)?)
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

fn tls(roots: Vec<CertificateDer<'static>>) -> Result<ClientConfig, ConfigError> {
    let mut checked = rustls::RootCertStore::empty();
    for root in &roots {
        checked
            .add(root.clone())
            .map_err(|error| ConfigError::because("one of the root certificates cannot be used", error))?;
    }
    let provider = Arc::new(ring::default_provider());
    let verifier = Lazy { provider: provider.clone(), roots, verifier: OnceLock::new() };
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| ConfigError::because("TLS cannot be set up", error))?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier))
        .with_no_client_auth();
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(config)
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
        assert!(network.roots.is_empty());
    }
}
