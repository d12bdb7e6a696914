//! Counts in equal counts out: every operation of the document that is selected is in the model exactly once.

use std::collections::BTreeMap;

use crate::config::ApiConfig;
use crate::diagnostic::{Origin, Report};
use crate::document::Document;
use crate::grammar::METHODS;
use crate::model::Api;

/// Reports whatever got lost between the document and the model. A finding here is a defect of the generator.
pub(crate) fn check(document: &Document, config: &ApiConfig, api: &Api, report: &mut Report) {
    let mut lowered: BTreeMap<&Origin, usize> = BTreeMap::new();
    for operation in api.operations() {
        *lowered.entry(&operation.origin).or_default() += 1;
    }
    for pointer in selected(document, config) {
        let origin = document.origin(&pointer);
        let count = lowered.get(&origin).copied().unwrap_or(0);
        if count != 1 {
            report.error(
                "generator-defect",
                Some(origin),
                format!("this operation is in the model {count} times instead of once"),
                "this is a fault of the generator, not of the document: please report it with the document".to_owned(),
            );
        }
    }
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
