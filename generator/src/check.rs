//! Counts in equal counts out: every operation of the document that is selected is in the API exactly once, every use of
//! a type leads to a definition, and everything has a name.

use std::collections::{BTreeMap, BTreeSet};

use crate::config::ApiConfig;
use crate::diagnostic::{Origin, Report};
use crate::document::Document;
use crate::grammar::METHODS;
use crate::ir::{Api, Type, TypeId, TypeKind};

/// Reports whatever got lost between the document and `api`. A finding here is a defect of the generator.
pub(crate) fn check(document: &Document, config: &ApiConfig, api: &Api, report: &mut Report) {
    let mut emitted: BTreeMap<Origin, usize> = BTreeMap::new();
    for operation in api.groups.iter().flat_map(|group| &group.operations) {
        *emitted.entry(operation.origin.clone()).or_default() += 1;
    }
    for pointer in selected(document, config) {
        let origin = document.origin(&pointer);
        let count = emitted.get(&origin).copied().unwrap_or(0);
        if count != 1 {
            defect(report, origin, &format!("this operation is in the output {count} times instead of once"));
        }
    }
    let defined: BTreeSet<TypeId> = api.types.iter().map(|def| def.id).collect();
    for def in &api.types {
        if def.name.ident.is_empty() {
            defect(report, def.origin.clone(), "this type has no name");
        }
        for ty in uses(&def.kind) {
            if ty.named().is_some_and(|id| !defined.contains(&id)) {
                defect(report, def.origin.clone(), "this type uses one that is not in the output");
            }
        }
    }
}

fn defect(report: &mut Report, origin: Origin, what: &str) {
    report.error(
        "generator-defect",
        Some(origin),
        what.to_owned(),
        "this is a fault of the generator, not of the document: please report it with the document".to_owned(),
    );
}

/// The pointers of the operations that `config` selects, straight from the document.
pub(crate) fn selected(document: &Document, config: &ApiConfig) -> Vec<String> {
    let mut found = Vec::new();
    let paths = document.root.get("paths").and_then(serde_json::Value::as_object);
    for (path, item) in paths.into_iter().flatten().filter(|(path, _)| path.starts_with('/')) {
        for method in METHODS {
            let Some(operation) = item.get(method) else { continue };
            let tags = operation.get("tags").and_then(serde_json::Value::as_array);
            let wanted = config.tags.is_empty()
                || tags
                    .into_iter()
                    .flatten()
                    .filter_map(|tag| tag.as_str())
                    .any(|tag| config.tags.iter().any(|t| t == tag));
            if wanted {
                found.push(crate::pointer::child(&crate::pointer::child("/paths", path), method));
            }
        }
    }
    found
}

fn uses(kind: &TypeKind) -> Vec<&Type> {
    match kind {
        TypeKind::Struct(object) => object.fields.iter().map(|field| &field.ty).collect(),
        TypeKind::Union(union) => union.variants.iter().map(|variant| &variant.ty).collect(),
        TypeKind::TaggedUnion(union) => union.variants.iter().map(|(variant, _)| &variant.ty).collect(),
        TypeKind::Answers(answers) => answers.variants.iter().filter_map(|variant| variant.body.ty()).collect(),
        TypeKind::StringEnum(_) | TypeKind::IntegerEnum(_) => Vec::new(),
    }
}
