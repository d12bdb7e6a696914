//! Operations: what is called, what it takes, and what comes back.

use openapiv3::Operation as Source;

use super::call::Call;
use super::context::Lowering;
use super::site::Site;
use super::{api, docs, paging};
use crate::model::{Body, Docs, Extension, Need, Operation, Rank, SchemeUse, SecurityRequirement};

impl<'a> Lowering<'a> {
    /// Lowers one operation.
    pub(super) fn operation(&mut self, call: &Call<'a>) -> Operation {
        let source = call.operation;
        let parameters: Vec<_> = call.parameters.iter().map(|found| self.parameter(call, found)).collect();
        let responses = self.responses(call);
        let body = self.body(call);
        self.complete();
        Operation {
            id: call.id.clone(),
            method: call.method,
            // A fragment tells two operations of one path apart, but is never sent (RFC 9110, section 7.1).
            path: call.path.split('#').next().unwrap_or_default().to_owned(),
            tags: source.tags.clone(),
            docs: Docs {
                summary: source.summary.clone(),
                description: source.description.clone(),
                link: docs::link(source.external_docs.as_ref()),
                deprecation: docs::deprecation(source.deprecated),
                ..Docs::default()
            },
            paging: paging::paging(call.method, &parameters, &responses),
            parameters,
            body,
            responses,
            security: self.security(source),
            servers: api::servers(if source.servers.is_empty() { &call.item.servers } else { &source.servers }),
            extensions: self.extensions(source),
            origin: self.source.origin(&call.pointer),
        }
    }

    /// What the operation needs, or what all of them do.
    fn security(&self, source: &Source) -> Vec<SecurityRequirement> {
        let stated = source.security.as_ref().or(self.source.openapi.security.as_ref());
        let requirement = |schemes: &openapiv3::SecurityRequirement| SecurityRequirement {
            schemes: schemes
                .iter()
                .map(|(scheme, scopes)| SchemeUse { scheme: scheme.clone(), scopes: scopes.clone() })
                .collect(),
        };
        stated.into_iter().flatten().map(requirement).collect()
    }

    /// The extensions that the configuration wants to see, in the order of their keys.
    fn extensions(&self, source: &Source) -> Vec<Extension> {
        let wanted = self.extensions.iter().filter_map(|(key, label)| {
            let values = match source.extensions.get(key)? {
                serde_json::Value::Array(items) => items.iter().map(plain).collect(),
                other => vec![plain(other)],
            };
            Some(Extension { key: key.clone(), label: label.clone(), values })
        });
        wanted.collect()
    }

    /// The request body, if the operation has one.
    fn body(&mut self, call: &Call<'a>) -> Option<Body> {
        let source = call.operation.request_body.as_ref()?;
        let found = self.source.body(source, format!("{}/requestBody", call.pointer))?;
        let root = found.component.unwrap_or_else(|| format!("{} request", call.id));
        let contents = self.contents_of_request(&Site::root(found.pointer, Rank::Operation, root), &found.item.content);
        // A body of which no form is stated cannot be sent.
        (!contents.is_empty()).then(|| Body {
            need: if found.item.required { Need::Required } else { Need::Optional },
            contents,
            docs: docs::of_text(found.item.description.as_ref()),
        })
    }
}

fn plain(value: &serde_json::Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
