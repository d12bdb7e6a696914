//! Mends what real specifications get wrong in known ways.
//!
//! Each fault that is tolerated is one function in a file of its own: what is wrong, where it has been seen, what is
//! done. It changes the document and says so in one warning for each place. Nothing is mended in silence, and what is
//! mended is no longer found by `validate`. To tolerate another fault: write such a file, and enter it in a list below.

mod absent_file;
mod array_without_items;
mod base_with_children;
mod default_value;
mod duplicate_enum_value;
mod duplicate_parameter;
mod empty_value;
mod enum_value_type;
mod foreign_keyword;
mod format_spelling;
mod missing_operation_id;
mod missing_response_description;
mod missing_type;
mod no_content_with_content;
mod optional_path_parameter;
mod parameter_without_schema;
mod path_parameter_name;
mod quoted_flag;
mod quoted_number;
mod reference_siblings;
mod required_flag;
mod required_undeclared;
mod schema_for_media_type;
mod type_spelling;
mod unquoted_text;

use serde_json::{Map, Value};

use crate::{
    diagnostic::Report,
    document::{Document, Origins},
    grammar::{Kind, Shape, visit_mut},
    pointer::Pointer,
};

type Object = Map<String, Value>;

/// Mends one object of the given kind, which stands at the given pointer.
type Mend = fn(Kind, &mut Object, &str, &mut Notes<'_>);

/// For every object, whatever it is.
const ANY: [Mend; 4] = [empty_value::mend, quoted_flag::mend, quoted_number::mend, unquoted_text::mend];

/// For schemas; later ones rely on what earlier ones have mended.
const SCHEMA: [Mend; 11] = [
    reference_siblings::mend,
    required_flag::mend,
    type_spelling::mend,
    missing_type::mend,
    array_without_items::mend,
    foreign_keyword::mend,
    format_spelling::mend,
    enum_value_type::mend,
    duplicate_enum_value::mend,
    default_value::mend,
    required_undeclared::mend,
];

/// For parameters.
const PARAMETER: [Mend; 3] = [reference_siblings::mend, optional_path_parameter::mend, parameter_without_schema::mend];

/// For responses.
const RESPONSE: [Mend; 3] = [reference_siblings::mend, schema_for_media_type::mend, missing_response_description::mend];

/// For request bodies.
const BODY: [Mend; 2] = [reference_siblings::mend, schema_for_media_type::mend];

/// For whole documents: what cannot be seen by looking at one object.
const DOCUMENT: [fn(&mut Value, &mut Notes<'_>); 4] =
    [path_parameter_name::mend, duplicate_parameter::mend, missing_operation_id::mend, no_content_with_content::mend];

/// Mends what can be mended.
pub(crate) fn repair(document: Document, report: &mut Report) -> Document {
    let Document { mut root, mut origins, absent } = document;
    for (made, of) in base_with_children::mend(&mut root, &mut Notes { origins: &origins, report }) {
        let origin = origins.of(&of);
        origins.insert(made, &origin.file, &origin.pointer);
    }
    let mut notes = Notes { origins: &origins, report };
    absent_file::mend(&mut root, &absent, &mut notes);
    visit_mut(&mut root, Shape::Object(Kind::OpenApi), &mut Pointer::default(), &mut |kind, object, at| {
        let of_kind: &[Mend] = match kind {
            Kind::Schema => &SCHEMA,
            Kind::Parameter => &PARAMETER,
            Kind::Response => &RESPONSE,
            Kind::RequestBody => &BODY,
            _ => &[],
        };
        for mend in ANY.iter().chain(of_kind) {
            mend(kind, object, at, &mut notes);
        }
    });
    for mend in DOCUMENT {
        mend(&mut root, &mut notes);
    }
    Document { root, origins, absent: Vec::new() }
}

/// Where repairs say what they did.
struct Notes<'a> {
    origins: &'a Origins,
    report: &'a mut Report,
}

impl Notes<'_> {
    /// What was wrong at `pointer`, and what was done.
    fn mended(&mut self, code: &'static str, pointer: &str, wrong: impl Into<String>, done: impl Into<String>) {
        self.report.warning(code, self.origins.of(pointer), wrong, done);
    }

    /// The same, where the key at `pointer` is to blame.
    fn mended_key(&mut self, code: &'static str, pointer: &str, wrong: impl Into<String>, done: impl Into<String>) {
        self.report.warning(code, self.origins.of(pointer).key(), wrong, done);
    }
}

/// Every operation of the document, with its path, method and pointer.
fn each_operation(root: &mut Value, mut see: impl FnMut(&str, &str, &mut Object, &str)) {
    use crate::{grammar::METHODS, pointer::child};
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
