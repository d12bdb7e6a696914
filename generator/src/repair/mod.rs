//! Mends what real specifications get wrong in known ways.
//!
//! Each fault that is tolerated is one function in a file of its own: what is wrong, where it has been seen, what is
//! done. It changes the document and says so in one warning for each place. Nothing is mended in silence. To tolerate
//! another fault: write such a file, and enter it in a list below. What none of them mends is left out by `structure`.

mod array_without_items;
mod base_with_children;
mod cycles;
mod default_value;
mod duplicate_enum_value;
mod duplicate_parameter;
mod empty_list;
mod empty_value;
mod enum_value_type;
mod foreign_keyword;
mod format_spelling;
mod link;
mod media_type;
mod missing_info;
mod missing_response_description;
mod missing_type;
mod no_content_with_content;
mod operation_id;
mod optional_path_parameter;
mod parameter_form;
mod parameter_without_schema;
mod path_key;
mod path_parameters;
mod quoted_flag;
mod quoted_number;
mod reference_siblings;
mod required_flag;
mod required_undeclared;
mod responses;
mod schema_for_media_type;
mod security_scheme;
mod server_url;
mod structure;
mod type_of_schema;
mod type_spelling;
mod unquoted_text;
mod wording;

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::{
    diagnostic::{Diagnostic, Report, Verdict},
    document::{Document, Origins},
    grammar::{Kind, METHODS, Shape, visit_mut},
    pointer::{Pointer, child, split_last, unescape},
};

type Object = Map<String, Value>;

/// Mends one object of the given kind, which stands at the given pointer.
type Mend = fn(Kind, &mut Object, &str, &mut Notes<'_>);

/// For every object, whatever it is.
const ANY: [Mend; 4] = [empty_value::mend, quoted_flag::mend, quoted_number::mend, unquoted_text::mend];

/// For schemas; later ones rely on what earlier ones have mended.
const SCHEMA: [Mend; 12] = [
    reference_siblings::mend,
    required_flag::mend,
    type_spelling::mend,
    missing_type::mend,
    array_without_items::mend,
    foreign_keyword::mend,
    format_spelling::mend,
    enum_value_type::mend,
    empty_list::mend,
    duplicate_enum_value::mend,
    default_value::mend,
    required_undeclared::mend,
];

/// For parameters.
const PARAMETER: [Mend; 5] = [
    reference_siblings::mend,
    optional_path_parameter::mend,
    parameter_without_schema::mend,
    media_type::mend,
    parameter_form::mend,
];

/// For headers.
const HEADER: [Mend; 2] = [media_type::mend, parameter_form::mend];

/// For responses.
const RESPONSE: [Mend; 5] = [
    reference_siblings::mend,
    schema_for_media_type::mend,
    media_type::mend,
    link::mend,
    missing_response_description::mend,
];

/// For request bodies.
const BODY: [Mend; 3] = [reference_siblings::mend, schema_for_media_type::mend, media_type::mend];

/// For whole documents, before their structure is looked at.
const BEFORE: [fn(&mut Value, &mut Notes<'_>); 3] = [missing_info::mend, type_of_schema::mend, path_key::mend];

/// For whole documents of sound structure: what cannot be seen by looking at one object.
const DOCUMENT: [fn(&mut Value, &mut Notes<'_>); 5] = [
    path_parameters::mend,
    duplicate_parameter::mend,
    operation_id::mend,
    responses::mend,
    no_content_with_content::mend,
];

/// Mends what can be mended, and leaves out what cannot. What is left has the structure that OpenAPI 3.0 gives it.
pub(crate) fn repair(document: Document, report: &mut Report) -> Document {
    let Document { mut root, mut origins, dead } = document;
    for (made, of) in base_with_children::mend(&mut root, &mut Notes { origins: &mut origins, report }) {
        let origin = origins.of(&of);
        origins.insert(made, &origin.file, &origin.pointer);
    }
    let mut notes = Notes { origins: &mut origins, report };
    for mend in BEFORE {
        mend(&mut root, &mut notes);
    }
    visit_mut(&mut root, Shape::Object(Kind::OpenApi), &mut Pointer::default(), &mut |kind, object, at| {
        let of_kind: &[Mend] = match kind {
            Kind::Schema => &SCHEMA,
            Kind::Parameter => &PARAMETER,
            Kind::Header => &HEADER,
            Kind::Response => &RESPONSE,
            Kind::RequestBody => &BODY,
            Kind::Operation => &[responses::missing, server_url::mend],
            Kind::PathItem | Kind::OpenApi => &[server_url::mend],
            Kind::Components => &[link::mend],
            _ => &[],
        };
        for mend in ANY.iter().chain(of_kind) {
            mend(kind, object, at, &mut notes);
        }
    });
    security_scheme::mend(&mut root, &mut notes);
    cycles::cut(&mut root, &mut notes);
    structure::settle(&mut root, &dead, &mut notes);
    for mend in DOCUMENT {
        mend(&mut root, &mut notes);
    }
    Document { root, origins, dead: BTreeMap::new() }
}

/// Leaves out the smallest thing around `pointer` that the document can do without, and what referred to it. `false`
/// where there is nothing to leave out.
pub(crate) fn leave_out(document: &mut Document, pointer: &str, why: Diagnostic, report: &mut Report) -> bool {
    let Document { root, origins, .. } = document;
    let cost = match removable(pointer) {
        Some((place, Kind::Schema)) => root.pointer_mut(&place).map(|schema| {
            *schema = Value::Object(Map::new());
            format!("`{place}` admits any JSON value")
        }),
        Some((place, _)) => split_last(&place).and_then(|(parent, key)| {
            root.pointer_mut(parent)?.as_object_mut()?.shift_remove(&unescape(key))?;
            Some(format!("`{place}` is left out"))
        }),
        None => None,
    };
    let Some(cost) = cost else { return false };
    report.push(Diagnostic { verdict: Verdict::LeftOut, help: format!("{cost}; {}", why.help), ..why });
    structure::settle(root, &BTreeMap::new(), &mut Notes { origins, report });
    true
}

/// The component or operation that a pointer leads into.
fn removable(pointer: &str) -> Option<(String, Kind)> {
    let parts: Vec<&str> = pointer.split('/').skip(1).collect();
    match parts.as_slice() {
        ["components", section, name, ..] => {
            Some((format!("/components/{section}/{name}"), Kind::of_section(section)?))
        }
        ["paths", path, method, ..] if METHODS.contains(method) => {
            Some((format!("/paths/{path}/{method}"), Kind::Operation))
        }
        ["paths", path, ..] => Some((format!("/paths/{path}"), Kind::PathItem)),
        [key, ..] if ["servers", "tags", "security", "externalDocs"].contains(key) => {
            Some((format!("/{key}"), Kind::OpenApi))
        }
        _ => None,
    }
}

/// Where repairs say what they did.
struct Notes<'a> {
    origins: &'a mut Origins,
    report: &'a mut Report,
}

impl Notes<'_> {
    /// What was wrong at `pointer`, and what was done.
    fn mended(
        &mut self,
        code: &'static str,
        pointer: &str,
        wrong: impl Into<String>,
        done: impl Into<String>,
    ) -> &mut Diagnostic {
        self.report.add(Verdict::Mended, code, self.origins.of(pointer), wrong, done)
    }

    /// The same, where the key at `pointer` is to blame.
    fn mended_key(&mut self, code: &'static str, pointer: &str, wrong: impl Into<String>, done: impl Into<String>) {
        self.report.add(Verdict::Mended, code, self.origins.of(pointer).key(), wrong, done);
    }

    /// What was wrong at `pointer`, what it costs, and what to do.
    fn left_out(
        &mut self,
        code: &'static str,
        pointer: &str,
        wrong: impl Into<String>,
        cost: impl Into<String>,
    ) -> &mut Diagnostic {
        self.report.add(Verdict::LeftOut, code, self.origins.of(pointer), wrong, cost)
    }

    /// The same, where the key at `pointer` is to blame.
    fn left_out_key(&mut self, code: &'static str, pointer: &str, wrong: impl Into<String>, cost: impl Into<String>) {
        self.report.add(Verdict::LeftOut, code, self.origins.of(pointer).key(), wrong, cost);
    }
}

/// What references can lead to, apart from the document, so that both can be had while that is changed.
fn components(root: &Value) -> Value {
    let parameters = root.pointer("/components/parameters").cloned().unwrap_or_default();
    json!({ "components": { "parameters": parameters } })
}

/// Every path of the document, with its pointer.
fn each_path(root: &mut Value, mut see: impl FnMut(&str, &mut Object, &str)) {
    let paths = root.get_mut("paths").and_then(Value::as_object_mut);
    for (path, item) in paths.into_iter().flatten() {
        if let Some(item) = item.as_object_mut() {
            see(path, item, &child("/paths", path));
        }
    }
}

/// Every operation of the document, with its path, method and pointer.
fn each_operation(root: &mut Value, mut see: impl FnMut(&str, &str, &mut Object, &str)) {
    let Some(paths) = root.get_mut("paths").and_then(Value::as_object_mut) else { return };
    for (path, item) in paths {
        for method in METHODS {
            if let Some(operation) = item.get_mut(method).and_then(Value::as_object_mut) {
                see(path, method, operation, &child(&child("/paths", path), method));
            }
        }
    }
}

#[cfg(test)]
mod tests;
