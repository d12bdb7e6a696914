//! What every check needs: the document, the report, and a way to look behind a `$ref`.

use serde_json::{Map, Value};

use crate::{
    diagnostic::{Diagnostic, Report},
    document::Document,
};

pub(super) use crate::document::resolve;

/// An object of the document.
pub(super) type Object = Map<String, Value>;

/// The document under examination.
pub(super) struct Check<'a> {
    pub(super) document: &'a Document,
    pub(super) report: &'a mut Report,
}

impl<'a> Check<'a> {
    pub(super) fn warning(
        &mut self,
        code: &'static str,
        pointer: &str,
        message: String,
        help: impl Into<String>,
    ) -> &mut Diagnostic {
        self.report.warning(code, self.document.origin(pointer), message, help)
    }

    /// A member of the root object.
    pub(super) fn section(&self, name: &str) -> Option<&'a Object> {
        self.document.root.get(name)?.as_object()
    }
}

/// A member that is text.
pub(super) fn text<'o>(object: &'o Object, key: &str) -> Option<&'o str> {
    object.get(key)?.as_str()
}

/// A member that is a list; an empty one if it is missing or something else.
pub(super) fn list<'o>(object: &'o Object, key: &str) -> &'o [Value] {
    object.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// A member that is `true`.
pub(super) fn is_set(object: &Object, key: &str) -> bool {
    object.get(key) == Some(&Value::Bool(true))
}
