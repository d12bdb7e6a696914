//! What clients identify themselves with, and which operations need which of it.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::model::{self, ApiKeyPlace, Grant, Scheme, SchemeKind};
use crate::rust::name::CredentialNames;
use crate::rust::plan::{Alternatives, Conventions, Credential, CredentialKind, Security};

/// What the document says about it.
pub(super) fn conventions(api: &model::Api) -> Conventions {
    let mut names = CredentialNames::new();
    let mut sorted: Vec<&Scheme> = api.security_schemes.iter().collect();
    sorted.sort_by_key(|scheme| &scheme.name);
    let credentials: Vec<Credential> = sorted
        .into_iter()
        .flat_map(|scheme| kinds(&scheme.kind).into_iter().map(move |kind| (scheme, kind)))
        .map(|(scheme, (suffix, kind))| Credential {
            ident: names.credential(&scheme.name, suffix),
            scheme: scheme.name.clone(),
            docs: scheme.docs.clone(),
            kind,
        })
        .collect();
    let offered: BTreeSet<&str> = credentials.iter().map(|credential| credential.scheme.as_str()).collect();
    let security = security(api, &offered);
    let token_url = credentials.iter().find_map(|credential| match &credential.kind {
        CredentialKind::ClientCredentials(url) => Some(url.clone()),
        _ => None,
    });
    Conventions::Document { token_url, credentials, security }
}

/// The ways in which a program can use a scheme, each with what its name ends in.
fn kinds(kind: &SchemeKind) -> Vec<(&'static str, CredentialKind)> {
    match kind {
        SchemeKind::ApiKey { place, name } => {
            let name = name.clone();
            vec![match place {
                ApiKeyPlace::Header => ("", CredentialKind::HeaderKey(name)),
                ApiKeyPlace::Query => ("", CredentialKind::QueryKey(name)),
                ApiKeyPlace::Cookie => ("", CredentialKind::CookieKey(name)),
            }]
        }
        SchemeKind::Http { scheme, .. } if scheme.eq_ignore_ascii_case("basic") => vec![("", CredentialKind::Basic)],
        SchemeKind::Http { scheme, .. } if scheme.eq_ignore_ascii_case("bearer") => vec![("", CredentialKind::Bearer)],
        // Other ways are those of the connection, or need a library of their own.
        SchemeKind::Http { .. } => Vec::new(),
        SchemeKind::OpenIdConnect { .. } => vec![("", CredentialKind::Bearer)],
        SchemeKind::OAuth2(flows) => {
            let url = |grant| flows.iter().find(|flow| flow.grant == grant).and_then(|flow| flow.token_url.clone());
            let client = url(Grant::ClientCredentials).map(CredentialKind::ClientCredentials);
            let person = url(Grant::Password).map(CredentialKind::Password);
            let ways = client.map(|kind| ("", kind)).into_iter().chain(person.map(|kind| ("with password", kind)));
            ways.chain([("with token", CredentialKind::Bearer)]).collect()
        }
    }
}

/// What most operations need, and what the others need; `None` where the document says of none that it needs anything.
fn security(api: &model::Api, offered: &BTreeSet<&str>) -> Option<Security> {
    let operations = api.groups.iter().flat_map(|group| &group.operations);
    let needs: BTreeMap<&str, Alternatives> =
        operations.map(|operation| (operation.id.as_str(), alternatives(operation, offered))).collect();
    if needs.values().all(Vec::is_empty) {
        return None;
    }
    let mut counts: BTreeMap<&Alternatives, usize> = BTreeMap::new();
    for alternatives in needs.values() {
        *counts.entry(alternatives).or_default() += 1;
    }
    let most = counts.into_iter().max_by_key(|(alternatives, count)| (*count, Reverse(*alternatives)))?.0.clone();
    let others = needs.into_iter().filter(|(_, alternatives)| *alternatives != most);
    let others = others.map(|(id, alternatives)| (id.to_owned(), alternatives)).collect();
    Some(Security { most, others })
}

/// The schemes of each alternative that credentials are offered for.
fn alternatives(operation: &model::Operation, offered: &BTreeSet<&str>) -> Alternatives {
    let schemes = |requirement: &model::SecurityRequirement| {
        let names = requirement.schemes.iter().map(|used| &used.scheme);
        names.filter(|name| offered.contains(name.as_str())).cloned().collect()
    };
    operation.security.iter().map(schemes).collect()
}
