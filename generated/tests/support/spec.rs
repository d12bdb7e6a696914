//! The operations of the committed OpenAPI documents, so that the tests know what they have to cover.
//!
//! Read line by line instead of by the generator: a fault of the generator must not hide an operation from the tests.

use std::path::Path;

/// One operation as its document describes it.
#[derive(Debug)]
pub struct Operation {
    pub id: String,
    pub method: String,
    /// The path template with the version in front, such as `/v3/connectors/{scriptName}`.
    pub path: String,
    /// Every status that is documented, in order.
    pub statuses: Vec<u16>,
}

impl Operation {
    /// Whether a path as sent is this operation's template, filled in.
    pub fn is_at(&self, path: &str) -> bool {
        let (template, path): (Vec<_>, Vec<_>) = (self.path.split('/').collect(), path.split('/').collect());
        let fits = |(known, sent): (&&str, &&str)| known == sent || (known.starts_with('{') && !sent.is_empty());
        template.len() == path.len() && template.iter().zip(&path).all(fits)
    }

    pub fn errors(&self) -> impl Iterator<Item = u16> {
        self.statuses.iter().copied().filter(|status| *status >= 400)
    }
}

/// The folder of the documents.
pub fn folder() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../spec"))
}

/// The operations of one version's document, in its order.
pub fn operations(version: &str) -> Vec<Operation> {
    let text = std::fs::read_to_string(folder().join(format!("{version}.yaml"))).unwrap();
    let mut operations: Vec<Operation> = Vec::new();
    let (mut path, mut method) = (String::new(), String::new());
    for line in text.lines() {
        let depth = line.len() - line.trim_start().len();
        let (key, value) = line.trim().split_once(':').unwrap_or_default();
        match (depth, key) {
            (2, key) if key.starts_with('/') => path = format!("/{version}{key}"),
            (4, "get" | "put" | "post" | "patch" | "delete" | "head" | "options") => method = key.to_uppercase(),
            (6, "operationId") => operations.push(Operation {
                id: value.trim().to_owned(),
                method: method.clone(),
                path: path.clone(),
                statuses: Vec::new(),
            }),
            (8, key) if !path.is_empty() => {
                let status = key.trim_matches('\'').parse::<u16>().ok().filter(|status| *status >= 100);
                operations.last_mut().into_iter().for_each(|operation| operation.statuses.extend(status));
            }
            _ => {}
        }
    }
    // The layout of the documents is their authors' choice; the line count notices when it no longer fits the above.
    assert_eq!(operations.len(), text.matches("operationId:").count(), "spec/{version}.yaml is laid out otherwise");
    assert!(operations.iter().all(|operation| operation.statuses.len() > 1), "{operations:#?}");
    operations
}
