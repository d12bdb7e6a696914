//! The values that a document shows as examples, each with the Rust type that its schema has become: what round trips
//! of the generated types are tried with.

mod compose;

use std::collections::BTreeMap;

use serde_json::Value;

use crate::diagnostic::Origin;
use crate::document::{Document, resolve};
use crate::grammar::{Kind, Node, Shape, visit};
use crate::lower::SchemaUse;
use crate::pointer::{Pointer, child};
use crate::rust::emit::Emitter;
use crate::rust::plan::Api;
use crate::rust::settle::ty;

/// The examples of one API.
#[derive(Clone, Debug)]
pub struct Examples {
    /// The module of the API.
    pub module: String,
    /// The whole document in one piece, mended: what [`Example::schema`] points into.
    pub document: Value,
    /// In the order of the document.
    pub found: Vec<Example>,
}

/// A value that a document shows.
#[derive(Clone, Debug)]
pub struct Example {
    /// Where it stands in the files.
    pub origin: Origin,
    /// JSON pointer of its schema in [`Examples::document`].
    pub schema: String,
    /// The type of its schema, as code that has imported the module `models` spells it. `None` where the schema needs
    /// no type of its own: it is merged into another's, or no operation reaches it.
    pub rust_type: Option<String>,
    /// The value.
    pub value: Value,
    /// How the document came to show it.
    pub source: Source,
}

/// How a document came to show a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// Its author wrote it.
    Written,
    /// It was made here of the examples of its properties, for an object that has none as a whole.
    Composed,
}

/// Every example of `document` that has a schema.
pub(crate) fn examples(api: &Api, uses: &[SchemaUse], document: Document, crate_name: &str) -> Examples {
    let emitter = Emitter::new(api, crate_name);
    let types: BTreeMap<&str, String> = uses
        .iter()
        .filter_map(|used| Some((used.pointer.as_str(), emitter.spelled(&ty(&used.value), used.value.nullable)?)))
        .collect();
    let mut found = Vec::new();
    visit(&document.root, Shape::Object(Kind::OpenApi), &mut Pointer::default(), &mut |node| {
        let schema = match node.kind {
            Kind::Schema => node.pointer.to_owned(),
            Kind::MediaType | Kind::Parameter | Kind::Header if node.object.contains_key("schema") => {
                child(node.pointer, "schema")
            }
            _ => return,
        };
        for (pointer, value) in shown(&document.root, &node) {
            found.push(Example {
                origin: document.origin(&pointer),
                rust_type: types.get(schema.as_str()).cloned(),
                schema: schema.clone(),
                value: value.clone(),
                source: Source::Written,
            });
        }
        if node.kind == Kind::Schema && !node.object.contains_key("example") && types.contains_key(schema.as_str()) {
            let composed = compose::object(&document.root, node.object);
            found.extend(composed.map(|value| Example {
                origin: document.origin(&schema),
                rust_type: types.get(schema.as_str()).cloned(),
                schema,
                value,
                source: Source::Composed,
            }));
        }
    });
    Examples { module: api.module.clone(), found, document: document.root }
}

/// What `example` and `examples` of an object show, each with its pointer.
fn shown<'a>(root: &'a Value, node: &Node<'a>) -> Vec<(String, &'a Value)> {
    let mut values: Vec<(String, &Value)> = Vec::new();
    if let Some(value) = node.object.get("example") {
        values.push((child(node.pointer, "example"), value));
    }
    if node.kind != Kind::Schema {
        let several = node.object.get("examples").and_then(Value::as_object);
        for (name, example) in several.into_iter().flatten() {
            let reference = example.get("$ref").and_then(Value::as_str).and_then(|text| text.strip_prefix('#'));
            let at = reference.map_or_else(|| child(&child(node.pointer, "examples"), name), str::to_owned);
            if let Some(value) = resolve(root, example).and_then(|example| example.get("value")) {
                values.push((child(&at, "value"), value));
            }
        }
    }
    values
}
