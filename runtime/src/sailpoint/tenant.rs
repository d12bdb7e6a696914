//! A tenant's name, in place of its base URL.

use super::TOKEN_URL;
use crate::client::builder::ClientBuilder;

impl ClientBuilder {
    /// The tenant's name: short for the base URL `https://{tenant}.api.identitynow.com`.
    pub fn tenant(mut self, tenant: impl AsRef<str>) -> Self {
        match base(tenant.as_ref()) {
            Ok(base) => self.base_url(base).token_url(TOKEN_URL),
            Err(why) => {
                self.refuse(&why);
                self
            }
        }
    }
}

/// The base URL of a tenant.
///
/// # Errors
///
/// If the name could lead to another host than the tenant's.
fn base(name: &str) -> Result<String, String> {
    let usable = !name.is_empty()
        && !name.starts_with('-')
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if usable {
        return Ok(format!("https://{name}.api.identitynow.com"));
    }
    Err("the tenant's name may hold letters, digits and hyphens only; if you have a whole URL, use `base_url`"
        .to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tenant_is_one_label() {
        assert_eq!(base("acme-sb").unwrap(), "https://acme-sb.api.identitynow.com");
        for name in ["", "-a", "a.b", "a/b", "a@b", "a b", "ä", "https://api.example.com"] {
            assert!(base(name).is_err(), "{name}");
        }
    }
}
