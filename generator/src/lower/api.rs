//! What a document says about its API as a whole: who it is, where it is, who may call it.

use indexmap::IndexMap;
use openapiv3::{APIKeyLocation, OAuth2Flows, OpenAPI, SecurityScheme, Server as SourceServer};

use super::docs;
use super::source::Source;
use crate::model::{
    ApiKeyPlace, Contact, Docs, Flow, Grant, Info, License, Scheme, SchemeKind, Server, ServerVariable,
};

pub(super) fn info(openapi: &OpenAPI) -> Info {
    let info = &openapi.info;
    Info {
        title: info.title.clone(),
        version: info.version.clone(),
        docs: Docs { link: docs::link(openapi.external_docs.as_ref()), ..docs::of_text(info.description.as_ref()) },
        terms_of_service: info.terms_of_service.clone(),
        contact: info.contact.as_ref().map(|contact| Contact {
            name: contact.name.clone(),
            url: contact.url.clone(),
            email: contact.email.clone(),
        }),
        license: info.license.as_ref().map(|license| License { name: license.name.clone(), url: license.url.clone() }),
    }
}

pub(super) fn servers(servers: &[SourceServer]) -> Vec<Server> {
    let server = |server: &SourceServer| Server {
        url: server.url.clone(),
        description: server.description.clone(),
        variables: server
            .variables
            .iter()
            .flatten()
            .map(|(name, variable)| ServerVariable {
                name: name.clone(),
                default: variable.default.clone(),
                allowed: variable.enumeration.clone(),
                description: variable.description.clone(),
            })
            .collect(),
    };
    servers.iter().map(server).collect()
}

pub(super) fn security_schemes(source: Source<'_>) -> Vec<Scheme> {
    let declared = source.openapi.components.iter().flat_map(|components| &components.security_schemes);
    let schemes = declared.filter_map(|(name, scheme)| {
        let (kind, description) = scheme_kind(source.security_scheme(scheme)?);
        Some(Scheme { name: name.clone(), kind, docs: docs::of_text(description) })
    });
    schemes.collect()
}

fn scheme_kind(scheme: &SecurityScheme) -> (SchemeKind, Option<&String>) {
    match scheme {
        SecurityScheme::APIKey { location, name, description, .. } => {
            let place = match location {
                APIKeyLocation::Query => ApiKeyPlace::Query,
                APIKeyLocation::Header => ApiKeyPlace::Header,
                APIKeyLocation::Cookie => ApiKeyPlace::Cookie,
            };
            (SchemeKind::ApiKey { place, name: name.clone() }, description.as_ref())
        }
        SecurityScheme::HTTP { scheme, bearer_format, description, .. } => {
            let kind = SchemeKind::Http { scheme: scheme.clone(), bearer_format: bearer_format.clone() };
            (kind, description.as_ref())
        }
        SecurityScheme::OAuth2 { flows, description, .. } => {
            (SchemeKind::OAuth2(oauth2_flows(flows)), description.as_ref())
        }
        SecurityScheme::OpenIDConnect { open_id_connect_url, description, .. } => {
            (SchemeKind::OpenIdConnect { url: open_id_connect_url.clone() }, description.as_ref())
        }
    }
}

fn oauth2_flows(flows: &OAuth2Flows) -> Vec<Flow> {
    let implicit = flows.implicit.as_ref().map(|flow| Flow {
        authorization_url: Some(flow.authorization_url.clone()),
        ..self::flow(Grant::Implicit, flow.refresh_url.as_ref(), &flow.scopes)
    });
    let password = flows.password.as_ref().map(|flow| Flow {
        token_url: Some(flow.token_url.clone()),
        ..self::flow(Grant::Password, flow.refresh_url.as_ref(), &flow.scopes)
    });
    let client_credentials = flows.client_credentials.as_ref().map(|flow| Flow {
        token_url: Some(flow.token_url.clone()),
        ..self::flow(Grant::ClientCredentials, flow.refresh_url.as_ref(), &flow.scopes)
    });
    let authorization_code = flows.authorization_code.as_ref().map(|flow| Flow {
        authorization_url: Some(flow.authorization_url.clone()),
        token_url: Some(flow.token_url.clone()),
        ..self::flow(Grant::AuthorizationCode, flow.refresh_url.as_ref(), &flow.scopes)
    });
    [implicit, password, client_credentials, authorization_code].into_iter().flatten().collect()
}

/// What all flows have; the URLs are added by those that know theirs.
fn flow(grant: Grant, refresh_url: Option<&String>, scopes: &IndexMap<String, String>) -> Flow {
    Flow {
        grant,
        authorization_url: None,
        token_url: None,
        refresh_url: refresh_url.cloned(),
        scopes: scopes.iter().map(|(scope, meaning)| (scope.clone(), meaning.clone())).collect(),
    }
}
