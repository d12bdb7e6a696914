//! The token endpoint of the mock server, and which tokens it takes.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use http::StatusCode;
use http::header::{AUTHORIZATION, CACHE_CONTROL};
use serde_json::json;

use super::reply::Reply;
use super::request::{self, Incoming};
use crate::operation::catalog::{Catalog, Entry, SecurityKind};

/// Tokens that were issued, with the end of their life; and those that are refused.
#[derive(Debug, Default)]
pub(super) struct Tokens {
    /// `None`: further off than a clock can tell.
    issued: BTreeMap<String, Option<Instant>>,
    count: u64,
}

impl Tokens {
    /// The response of the token endpoint.
    pub(super) fn issue(&mut self, incoming: &Incoming<'_>, life: Duration) -> Reply {
        let text = String::from_utf8_lossy(incoming.body).into_owned();
        let form = request::pairs(&text);
        let value = |name: &str| form.iter().find(|(known, _)| known == name).map(|(_, value)| request::decoded(value));
        let identified = value("client_id").is_some() || incoming.headers.contains_key(AUTHORIZATION);
        let error = match value("grant_type") {
            None => Some("invalid_request"),
            Some(grant) if !matches!(grant.as_str(), "client_credentials" | "password" | "refresh_token") => {
                Some("unsupported_grant_type")
            }
            Some(_) if !identified => Some("invalid_client"),
            Some(_) => None,
        };
        if let Some(error) = error {
            return Reply::json(StatusCode::BAD_REQUEST, &json!({ "error": error }));
        }
        self.count += 1;
        let token = format!("mock-token-{}", self.count);
        self.issued.insert(token.clone(), Instant::now().checked_add(life));
        let body = json!({ "access_token": token, "token_type": "bearer", "expires_in": life.as_secs() });
        let mut reply = Reply::json(StatusCode::OK, &body);
        reply.set(CACHE_CONTROL, "no-store");
        reply
    }

    /// Ends the life of every token that was issued.
    pub(super) fn expire(&mut self) {
        self.issued.values_mut().for_each(|end| *end = Some(Instant::now()));
    }

    /// Why a request is not let in; nothing if it is. A token that this server has not issued is taken.
    pub(super) fn refuse(&self, catalog: &Catalog, entry: &Entry, incoming: &Incoming<'_>) -> Option<&'static str> {
        let alternatives = entry.security;
        if alternatives.is_empty() || alternatives.iter().any(|schemes| schemes.is_empty()) {
            return None;
        }
        let kind = |name: &str| catalog.security_schemes.iter().find(|scheme| scheme.name == name).map(|it| it.kind);
        let fulfilled = |name: &str| kind(name).is_none_or(|kind| presented(kind, incoming));
        if !alternatives.iter().any(|schemes| schemes.iter().all(|need| fulfilled(need.scheme))) {
            return Some("the request does not identify its caller");
        }
        let token =
            incoming.header(AUTHORIZATION.as_str()).and_then(|text| text.split_once(' ')).map(|(_, token)| token);
        let end = token.and_then(|token| *self.issued.get(token.trim())?);
        let expired = end.is_some_and(|end| Instant::now() >= end);
        expired.then_some("the token has expired")
    }
}

/// Whether a request carries what a scheme wants.
fn presented(kind: SecurityKind, incoming: &Incoming<'_>) -> bool {
    let authorization = |scheme: &str| {
        let text = incoming.header(AUTHORIZATION.as_str()).and_then(|text| text.split_once(' '));
        text.is_some_and(|(found, rest)| found.eq_ignore_ascii_case(scheme) && !rest.trim().is_empty())
    };
    match kind {
        SecurityKind::HeaderKey(name) => incoming.headers.contains_key(name),
        SecurityKind::QueryKey(name) => !incoming.query_values(name).is_empty(),
        SecurityKind::CookieKey(name) => incoming.cookie(name).is_some(),
        SecurityKind::Basic => authorization("basic"),
        SecurityKind::Other => true,
        SecurityKind::Bearer | SecurityKind::ClientCredentials(_) | SecurityKind::Password(_) => {
            authorization("bearer")
        }
    }
}

/// The paths of the token endpoints that catalogs name, and `/oauth/token`.
pub(super) fn paths(catalogs: &[&'static Catalog]) -> Vec<String> {
    let schemes = catalogs.iter().flat_map(|catalog| catalog.security_schemes);
    let urls = schemes.filter_map(|scheme| match scheme.kind {
        SecurityKind::ClientCredentials(url) | SecurityKind::Password(url) => Some(url),
        _ => None,
    });
    let path = |url: &str| {
        let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
        rest.find('/').map(|at| rest[at..].split(['?', '#']).next().unwrap_or_default().to_owned())
    };
    let mut paths: Vec<String> = urls.filter_map(path).filter(|path| path != "/").collect();
    paths.push("/oauth/token".to_owned());
    paths.sort();
    paths.dedup();
    paths
}
