//! From `openapiv3` to the model. After this stage nothing names `openapiv3`.
//!
//! Operations are lowered first, and drag in the schemas that they reach; then it is known which way each schema's
//! values travel. The files, each importing only those above it:
//!
//! ```text
//! source, docs, site, shape, call   the document, read only: references followed, operations with what belongs to them
//! names_of_…                        what inline enums and repeated bodies are called, known before lowering starts
//! context                           what all of it shares
//! schema/                           schemas; recursive, so its files import each other
//! content, parameter, response, paging, api
//! operation
//! ```

mod api;
mod call;
mod content;
mod context;
mod docs;
mod names_of_errors;
mod names_of_parameters;
mod operation;
mod paging;
mod parameter;
mod response;
mod schema;
mod shape;
mod site;
mod source;

use std::collections::BTreeMap;

use openapiv3::OpenAPI;

use crate::config::ApiConfig;
use crate::diagnostic::Report;
use crate::document::Document;
use crate::model::{Api, Docs, Group, Operation, Schema, SchemaId, SchemaKind, Schemas, Usage, Value, usages};
use call::Call;
use context::{Draft, Lowering};
use names_of_errors::ErrorNames;
use names_of_parameters::ParameterNames;
use source::Source;

pub(crate) use context::SchemaUse;

/// What lowering gives.
pub(crate) struct Lowered {
    pub api: Api,
    /// What each schema was lowered to; examples are checked with it.
    pub uses: Vec<SchemaUse>,
}

/// Lowers the operations that `config` selects, and everything that they reach.
pub(crate) fn lower(
    openapi: &OpenAPI,
    document: &Document,
    config: &ApiConfig,
    extensions: &BTreeMap<String, String>,
    report: &mut Report,
) -> Lowered {
    let source = Source::new(openapi, document);
    let calls = in_order(selected(source, config, report), &config.tags);
    let parameter_names = ParameterNames::new(&calls);
    let error_names = ErrorNames::new(source, &calls);
    let mut lowering = Lowering::new(source, parameter_names, error_names, extensions, report);
    let groups = groups(&mut lowering, &calls, &config.tags);
    let (drafts, uses) = lowering.into_found();
    let api = Api {
        name: config.module.clone(),
        info: api::info(openapi),
        servers: api::servers(&openapi.servers),
        security_schemes: api::security_schemes(source),
        schemas: schemas(drafts, &groups),
        groups,
    };
    Lowered { api, uses }
}

/// The operations with a tag that the configuration names; all of them where it names none.
fn selected<'a>(source: Source<'a>, config: &ApiConfig, report: &mut Report) -> Vec<Call<'a>> {
    let calls = Call::all(source);
    for wanted in &config.tags {
        if !calls.iter().any(|call| call.operation.tags.contains(wanted)) {
            let origin = config.origin_of_tag(wanted);
            report.error(
                "tag-without-operations",
                Some(origin),
                format!("no operation of `{}` has the tag `{wanted}`", config.document),
                "correct the tag here, or give the operations that tag".to_owned(),
            );
        }
    }
    if config.tags.is_empty() {
        return calls;
    }
    calls.into_iter().filter(|call| call.operation.tags.iter().any(|tag| config.tags.contains(tag))).collect()
}

/// The tag whose group an operation belongs to: the first that is wanted, and the first of all where none is named.
fn group_of<'c>(call: &'c Call<'_>, wanted: &[String]) -> &'c str {
    let mut tags = call.operation.tags.iter();
    tags.find(|tag| wanted.is_empty() || wanted.contains(tag)).map_or("default", String::as_str)
}

/// Group by group in the order of the tags, and the operations of each in the order of their ids.
fn in_order<'a>(mut calls: Vec<Call<'a>>, wanted: &[String]) -> Vec<Call<'a>> {
    calls.sort_by(|a, b| (group_of(a, wanted), &a.id).cmp(&(group_of(b, wanted), &b.id)));
    calls
}

/// One group for each tag that operations belong to; `calls` are in order.
fn groups<'a>(lowering: &mut Lowering<'a>, calls: &[Call<'a>], wanted: &[String]) -> Vec<Group> {
    let described: BTreeMap<&str, Docs> = lowering
        .source
        .openapi
        .tags
        .iter()
        // Of two tags with one name, the first counts.
        .rev()
        .map(|tag| {
            let link = docs::link(tag.external_docs.as_ref());
            (tag.name.as_str(), Docs { link, ..docs::of_text(tag.description.as_ref()) })
        })
        .collect();
    let mut groups: Vec<Group> = Vec::new();
    for call in calls {
        let operation = lowering.operation(call);
        let tag = group_of(call, wanted);
        match groups.last_mut().filter(|group| group.tag == tag) {
            Some(group) => group.operations.push(operation),
            None => groups.push(Group {
                tag: tag.to_owned(),
                docs: described.get(tag).cloned().unwrap_or_default(),
                operations: vec![operation],
            }),
        }
    }
    groups
}

/// The schemas that are reached.
fn schemas(drafts: Vec<Draft>, groups: &[Group]) -> Schemas {
    let operations = || groups.iter().flat_map(|group| &group.operations);
    let roots = |values: fn(&Operation) -> Vec<&Value>, usage: Usage| {
        operations().flat_map(values).filter_map(Value::named).map(move |id| (id, usage)).collect::<Vec<_>>()
    };
    let mut all = roots(|operation| operation.written().collect(), Usage::Written);
    all.extend(roots(|operation| operation.read().collect(), Usage::Read));
    let contained = |id: SchemaId| -> Vec<SchemaId> {
        let kind = drafts.get(id.0).and_then(|draft| draft.kind.as_ref());
        kind.into_iter().flat_map(SchemaKind::contained).collect()
    };
    let usages = usages(all, contained);
    let schema = |(index, draft): (usize, Draft)| {
        let id = SchemaId(index);
        let Draft { path, docs, origin, kind } = draft;
        Some(Schema { id, path, docs, usage: *usages.get(&id)?, kind: kind?, origin })
    };
    Schemas::new(drafts.into_iter().enumerate().filter_map(schema).collect())
}
