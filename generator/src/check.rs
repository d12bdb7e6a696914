//! Counts in equal counts out: every operation of the document that is selected is in the model exactly once.

use std::collections::BTreeMap;

use serde_json::Value;

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
    // Paths may share a path item of another file, and with it the places of its operations.
    let mut wanted: BTreeMap<Origin, usize> = BTreeMap::new();
    for pointer in selected(&document.root, config) {
        *wanted.entry(document.origin(&pointer)).or_default() += 1;
    }
    for (origin, wanted) in wanted {
        let count = lowered.get(&origin).copied().unwrap_or(0);
        if count != wanted {
            report.error(
                "generator-defect",
                Some(origin),
                match wanted {
                    1 => format!("this operation is in the model {count} times instead of once"),
                    _ => format!("operations that share this place are in the model {count} times instead of {wanted}"),
                },
                "this is a bug in the generator, not a fault of the document: please report it with the document"
                    .to_owned(),
            );
        }
    }
}

/// The pointers of the operations that `config` selects, straight from the document.
pub(crate) fn selected(root: &Value, config: &ApiConfig) -> Vec<String> {
    let mut found = Vec::new();
    let paths = root.get("paths").and_then(Value::as_object);
    for (path, item) in paths.into_iter().flatten().filter(|(path, _)| !path.starts_with("x-")) {
        for method in METHODS {
            let Some(operation) = item.get(method) else { continue };
            let tags = operation.get("tags").and_then(Value::as_array);
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

#[cfg(test)]
mod tests {
    use crate::{Generation, Memory, Report, config, understand};

    const CONFIG: &str = "
crate: { name: a, version: 0.1.0, description: A., documentation: A., runtime: { path: x } }
apis:
  - { module: v1, document: api.yaml, tags: [Wanted] }
";

    const DOCUMENT: &str = "
openapi: 3.0.1
info: { title: A, version: '1' }
paths:
  /a: { get: { tags: [Wanted], operationId: a, responses: { '204': { description: Nothing. } } } }
  /b: { get: { tags: [Other, Wanted], operationId: b, responses: { '204': { description: Nothing. } } } }
  /c: { get: { tags: [Other], operationId: c, responses: { '204': { description: Nothing. } } } }
";

    /// What the check finds if the model is changed before.
    fn findings(change: impl FnOnce(&mut crate::model::Api)) -> Vec<String> {
        let reader = Memory::new().with("apis.yaml", CONFIG).with("api.yaml", DOCUMENT);
        let mut generation = Generation::default();
        let config = config::read(&reader, "apis.yaml", &mut generation.report).expect("it is complete");
        let mut known =
            understand(&reader, "apis.yaml", &config.krate, &config.apis[0], &mut generation).expect("it is sound");
        assert!(generation.report.diagnostics().is_empty(), "{}", generation.report.render(&reader));
        change(&mut known.api);
        let mut report = Report::new();
        super::check(&known.document, &config.apis[0], &known.api, &mut report);
        report.diagnostics().iter().map(|found| found.message.clone()).collect()
    }

    #[test]
    fn nothing_is_found_where_nothing_got_lost() {
        assert!(findings(|_| {}).is_empty());
    }

    #[test]
    fn an_operation_that_got_lost_is_found() {
        let found = findings(|api| drop(api.groups[0].operations.pop()));
        assert_eq!(found, ["this operation is in the model 0 times instead of once"]);
    }

    #[test]
    fn an_operation_that_came_twice_is_found() {
        let found = findings(|api| {
            let first = api.groups[0].operations[0].clone();
            api.groups[0].operations.push(first);
        });
        assert_eq!(found, ["this operation is in the model 2 times instead of once"]);
    }
}
