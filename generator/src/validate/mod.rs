//! Does the document make sense?
//!
//! Its structure is sound by now. What is found here looks unintended, but can be taken as it stands: it is reported, and
//! nothing is changed. One module per kind of object; everything is reported, not the first. Then the document is read
//! into the types that lowering starts from.

mod context;
mod discriminator;
mod operations;
mod parameters;
mod paths;
mod read;
mod schemas;
mod security;
mod servers;

use openapiv3::OpenAPI;
use serde_json::Value;

use crate::{
    diagnostic::Report,
    document::Document,
    grammar::{Kind, METHODS, Shape, visit},
    pointer::Pointer,
};
use context::Check;

/// Checks everything, and reads the document. `None` where there is nothing in it to generate.
pub(crate) fn validate(mut document: Document, report: &mut Report) -> Option<(Document, OpenAPI)> {
    let mut check = Check { document: &document, report };
    paths::check(&mut check);
    operations::check(&mut check);
    security::check(&mut check);
    visit(&document.root, Shape::Object(Kind::OpenApi), &mut Pointer::default(), &mut |node| match node.kind {
        _ if node.object.contains_key("$ref") => {}
        Kind::Parameter => parameters::check(&mut check, node.object, node.pointer),
        Kind::Schema => {
            schemas::check(&mut check, node.object, node.pointer);
            discriminator::check(&mut check, node.object, node.pointer);
        }
        Kind::Server => servers::check(&mut check, node.object, node.pointer),
        _ => {}
    });
    is_something(&document, report);
    if report.has_errors() {
        return None;
    }
    let openapi = read::read(&mut document, report)?;
    Some((document, openapi))
}

/// A document of no operations and no schemas is most likely the wrong file, or all of it has been left out.
fn is_something(document: &Document, report: &mut Report) {
    let operations = document
        .root
        .get("paths")
        .and_then(Value::as_object)
        .is_some_and(|paths| paths.values().any(|item| METHODS.iter().any(|method| item.get(method).is_some())));
    let schemas = document.root.pointer("/components/schemas").and_then(Value::as_object);
    if !operations && schemas.is_none_or(|schemas| schemas.is_empty()) {
        let message = "there are neither operations nor schemas, so there is nothing to generate";
        let help = "check that this is the right file; what was left out of it is reported beside this";
        report.error("nothing-to-generate", document.origin(""), message, help);
    }
}
