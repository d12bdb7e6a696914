//! From `openapiv3` to the IR. After this stage nothing names `openapiv3`.
//!
//! Operations are lowered first, and drag in the types that they reach; then it is known which way each type's values
//! travel, and so what its properties promise.

mod body;
mod choice;
mod context;
mod docs;
mod error_names;
mod errors;
mod object;
mod operation;
mod parameter;
mod recursion;
mod response;
mod schema;
mod shape;
mod union;
mod usage;

use std::collections::BTreeMap;

use openapiv3::OpenAPI;

use crate::config::{ApiConfig, Features};
use crate::diagnostic::Report;
use crate::document::Document;
use crate::ir::{Api, Docs, Group, Name, Switches, TypeDef, TypeId};
use context::{Draft, Lowering};
use error_names::ErrorNames;
use operation::Call;
use parameter::ParameterNames;

/// Lowers the operations that `config` selects, and everything that they reach.
pub(crate) fn lower(
    openapi: &OpenAPI,
    document: &Document,
    config: &ApiConfig,
    documented_extensions: &BTreeMap<String, String>,
    report: &mut Report,
) -> Api {
    let mut lowering = Lowering::new(openapi, document, documented_extensions, report);
    let calls = selected(openapi, config, &mut lowering);
    lowering.parameter_names = ParameterNames::new(&lowering, &calls);
    lowering.error_names = ErrorNames::new(&lowering, &calls);
    let groups = groups(&mut lowering, &calls, &base_path(openapi));
    let errors = errors::table(&groups);
    let (drafts, uses) = lowering.into_found();
    let roots: Vec<TypeId> = errors.variants.iter().map(|variant| variant.ty).collect();
    let mut types = types(drafts, &groups, &roots);
    recursion::break_cycles(&mut types);
    Api {
        module: config.module.clone(),
        title: openapi.info.title.clone(),
        version: openapi.info.version.clone(),
        docs: Docs { description: openapi.info.description.clone(), ..Docs::default() },
        groups,
        types,
        errors,
        uses,
        switches: match config.features {
            Features::Whole => Switches::Whole,
            Features::Tags => Switches::Groups(BTreeMap::new()),
        },
    }
}

/// The operations whose first tag the configuration names; all of them where it names none.
fn selected<'a>(openapi: &'a OpenAPI, config: &ApiConfig, lowering: &mut Lowering<'a>) -> Vec<Call<'a>> {
    let calls = Call::all(openapi);
    for wanted in &config.tags {
        if !calls.iter().any(|call| call.operation.tags.contains(wanted)) {
            let origin = config.origin_of_tag(wanted);
            lowering.report.error(
                "unknown-tag",
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

/// One group for each first tag, in the order of the tags' names, and the operations in the order of theirs.
fn groups<'a>(lowering: &mut Lowering<'a>, calls: &[Call<'a>], base: &str) -> Vec<Group> {
    let mut by_tag: BTreeMap<&str, Vec<&Call<'a>>> = BTreeMap::new();
    for call in calls {
        by_tag.entry(call.operation.tags.first().map_or("default", String::as_str)).or_default().push(call);
    }
    let mut described: BTreeMap<&str, Option<&String>> = BTreeMap::new();
    for tag in &lowering.openapi.tags {
        described.entry(&tag.name).or_insert(tag.description.as_ref());
    }
    by_tag
        .into_iter()
        .map(|(tag, mut calls)| {
            calls.sort_by(|a, b| a.id.cmp(&b.id));
            Group {
                tag: tag.to_owned(),
                module: String::new(),
                ident: String::new(),
                docs: Docs { description: described.get(tag).copied().flatten().cloned(), ..Docs::default() },
                operations: calls.into_iter().map(|call| lowering.operation(call, base)).collect(),
            }
        })
        .collect()
}

/// The types that are reached, in the order of their names.
fn types(drafts: Vec<Draft>, groups: &[Group], errors: &[TypeId]) -> Vec<TypeDef> {
    let usages = usage::usages(groups, errors, &drafts);
    let mut types: Vec<TypeDef> = drafts
        .into_iter()
        .enumerate()
        .filter_map(|(index, draft)| {
            let id = TypeId(index);
            let usage = *usages.get(&id)?;
            let mut wire = draft.path.root.clone();
            for segment in &draft.path.segments {
                wire = format!("{wire} {segment}");
            }
            Some(TypeDef {
                id,
                name: Name::wire(wire),
                path: draft.path,
                module: String::new(),
                docs: draft.docs,
                origin: draft.origin,
                usage,
                kind: usage::settle(draft.kind, usage)?,
            })
        })
        .collect();
    types.sort_by(|a, b| (&a.path, &a.origin).cmp(&(&b.path, &b.origin)));
    types
}

/// The path of the first server's URL, without a slash at its end: what all path templates are below.
fn base_path(openapi: &OpenAPI) -> String {
    let url = openapi.servers.first().map_or("", |server| server.url.as_str());
    let rest = match url.split_once("://") {
        Some((_, rest)) => rest.find('/').map_or("", |slash| &rest[slash..]),
        None => url,
    };
    rest.trim_end_matches('/').to_owned()
}
