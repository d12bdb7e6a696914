//! The system's keyring, in which SailPoint's command line keeps the id and the secret of each environment since 2023.
//!
//! That program writes with the Go library `go-keyring`, and this reads what it wrote: on Linux and the BSDs an item of the
//! Secret Service with the attributes `service` and `username`; on macOS an item of the keychain, whose value has a prefix and is
//! in Base64; on Windows a generic credential called `service:username`, in UTF-8. The stores are those that the crate
//! `keyring` puts together. They are named here one by one, since `keyring` itself cannot name a credential on Windows, and
//! installs its store for the whole process.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use keyring_core::{CredentialStore, Error};

use crate::error::ConfigError;

/// What stands before a value that is in Base64.
const ENCODED: &[u8] = b"go-keyring-base64:";

/// What the system's keyring holds for an environment under a name of the command line's; `None` if nothing.
///
/// # Errors
///
/// If there is no keyring, it stays locked, or the value is not text.
pub(super) fn system(service: &str, environment: &str) -> Result<Option<String>, ConfigError> {
    // The Secret Service is spoken to by a runtime of its own, which must not be waited for inside another one.
    let read = || {
        let store = store().map_err(|error| unreadable(service, error))?;
        read(&store, service, environment)
    };
    let done = std::thread::scope(|scope| scope.spawn(read).join());
    done.unwrap_or_else(|_| Err(ConfigError::new("the reader of the system's keyring panicked")))
}

/// What a keyring holds for an environment.
pub(super) fn read(
    store: &Arc<CredentialStore>,
    service: &str,
    environment: &str,
) -> Result<Option<String>, ConfigError> {
    let entry = entry(store, service, environment).and_then(|entry| entry.get_secret());
    let bytes = match entry {
        Ok(bytes) => bytes,
        Err(Error::NoEntry) => return Ok(None),
        Err(error) => return Err(unreadable(service, error)),
    };
    let decoded = match bytes.strip_prefix(ENCODED) {
        None => Some(bytes),
        Some(encoded) => STANDARD.decode(encoded).ok(),
    };
    // The errors would repeat what may be a secret.
    let text = decoded.and_then(|bytes| String::from_utf8(bytes).ok());
    let text = text.ok_or_else(|| ConfigError::new(format!("`{service}` in the system's keyring is not text")))?;
    Ok(Some(text).filter(|text| !text.is_empty()))
}

fn unreadable(service: &str, error: Error) -> ConfigError {
    ConfigError::because(
        format!(
            "`{service}` cannot be read from the system's keyring; set SAIL_BASE_URL, SAIL_CLIENT_ID and \
             SAIL_CLIENT_SECRET instead"
        ),
        error,
    )
}

#[cfg(not(windows))]
fn entry(store: &Arc<CredentialStore>, service: &str, user: &str) -> keyring_core::Result<keyring_core::Entry> {
    store.build(service, user, None)
}

#[cfg(windows)]
#[allow(clippy::disallowed_types, reason = "the keyring wants it")]
fn entry(store: &Arc<CredentialStore>, service: &str, user: &str) -> keyring_core::Result<keyring_core::Entry> {
    let target = format!("{service}:{user}");
    store.build(service, user, Some(&std::collections::HashMap::from([("target", target.as_str())])))
}

#[cfg(target_os = "macos")]
fn store() -> keyring_core::Result<Arc<CredentialStore>> {
    Ok(apple_native_keyring_store::keychain::Store::new()?)
}

#[cfg(windows)]
fn store() -> keyring_core::Result<Arc<CredentialStore>> {
    Ok(windows_native_keyring_store::Store::new()?)
}

#[cfg(all(unix, not(any(target_vendor = "apple", target_os = "android"))))]
fn store() -> keyring_core::Result<Arc<CredentialStore>> {
    Ok(zbus_secret_service_keyring_store::Store::new()?)
}

#[cfg(not(any(target_os = "macos", windows, all(unix, not(any(target_vendor = "apple", target_os = "android"))))))]
fn store() -> keyring_core::Result<Arc<CredentialStore>> {
    Err(Error::NoDefaultStore)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use keyring_core::mock;

    use super::super::cli;
    use super::super::config::Config;
    use super::*;

    const YAML: &str = "activeenvironment: two\nenvironments:\n  two:\n    baseurl: https://two.test\n";

    const ID: &str = "environments.pat.clientid";
    const SECRET: &str = "environments.pat.clientsecret";

    /// A keyring that holds these values for the environment `two`.
    fn keyring(values: &[(&str, &[u8])]) -> Arc<CredentialStore> {
        let store: Arc<CredentialStore> = mock::Store::new().unwrap();
        for (service, value) in values {
            entry(&store, service, "two").unwrap().set_secret(value).unwrap();
        }
        store
    }

    fn find(store: &Arc<CredentialStore>, yaml: &str, wanted: Option<&str>) -> Result<Config, String> {
        let keyring = |service: &str, environment: &str| read(store, service, environment);
        let found = cli::read(Path::new("config.yaml"), yaml, wanted, Some(&keyring));
        let shown = format!("{found:?}");
        assert!(!shown.contains("hidden"), "{shown}");
        found.map_err(|error| format!("{error:#}"))
    }

    #[test]
    fn what_the_file_lacks_is_in_the_keyring() {
        let config = find(&keyring(&[(ID, b"my-id"), (SECRET, b"hidden")]), YAML, None).unwrap();
        assert_eq!((config.base_url(), config.login().as_str()), ("https://two.test", "client credentials (id my-id)"));
        assert_eq!(config.source(), "the environment `two` of config.yaml, and of the system's keyring");
        assert!(config.builder().build().is_ok());
    }

    #[test]
    fn values_of_macos_are_in_base64() {
        let id = [ENCODED, b"bXktaWQ="].concat();
        let config = find(&keyring(&[(ID, &id), (SECRET, b"hidden")]), YAML, Some("two")).unwrap();
        assert_eq!(config.login(), "client credentials (id my-id)");
    }

    #[test]
    fn what_the_file_has_is_not_mixed_with_the_keyring() {
        let both = keyring(&[(ID, b"my-id"), (SECRET, b"hidden")]);
        let pat = "    pat:\n      clientid: of-the-file\n";
        let error = find(&both, &format!("{YAML}{pat}"), None).unwrap_err();
        assert!(error.contains("clientsecret is missing"), "{error}");
        let config = find(&both, &format!("{YAML}{pat}      clientsecret: hidden-too\n"), None).unwrap();
        assert_eq!(config.login(), "client credentials (id of-the-file)");
    }

    #[test]
    fn what_is_missing_or_cannot_be_read_is_said() {
        let error = find(&keyring(&[(ID, b"my-id")]), YAML, None).unwrap_err();
        assert!(error.contains("system's keyring is incomplete: environments.pat.clientsecret is missing"), "{error}");
        let others = keyring(&[(ID, b"my-id"), (SECRET, b"hidden")]);
        let error = find(&others, &YAML.replace("two", "one"), None).unwrap_err();
        assert!(error.contains(ID) && error.contains("are missing"), "{error}");
        for wrong in [b"hidden\xff".as_slice(), b"go-keyring-base64:hidden!"] {
            let error = find(&keyring(&[(ID, b"my-id"), (SECRET, wrong)]), YAML, None).unwrap_err();
            assert!(error.contains("`environments.pat.clientsecret` in the system's keyring is not text"), "{error}");
        }
    }

    #[test]
    fn a_keyring_that_stays_locked_is_said() {
        let store = keyring(&[(ID, b"my-id"), (SECRET, b"hidden")]);
        let locked = entry(&store, ID, "two").unwrap();
        let credential = locked.as_any().downcast_ref::<mock::Cred>().unwrap();
        credential.set_error(Error::NoStorageAccess("it is locked".into()));
        let error = find(&store, YAML, None).unwrap_err();
        assert!(error.contains("cannot be read from the system's keyring; set SAIL_BASE_URL"), "{error}");
        assert!(error.contains("it is locked"), "{error}");
    }
}
