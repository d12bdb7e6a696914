//! What the whole lowering of one document shares: the source, the report, the names, and the schemas found so far.
//!
//! It knows none of those that use it: what is to be done later with a schema comes in as a closure.

use std::collections::{BTreeMap, VecDeque};

use super::names_of_errors::ErrorNames;
use super::names_of_parameters::ParameterNames;
use super::site::Site;
use super::source::Source;
use crate::diagnostic::{Origin, Report};
use crate::model::{Docs, NamePath, SchemaId, SchemaKind, Value};

/// Says what a schema is.
type Build<'a> = Box<dyn FnOnce(&mut Lowering<'a>) -> SchemaKind + 'a>;

/// The state of lowering one document.
pub(super) struct Lowering<'a> {
    pub source: Source<'a>,
    pub report: &'a mut Report,
    /// What the inline enums of parameters are called.
    pub parameter_names: ParameterNames,
    /// What the repeated inline bodies of errors are called.
    pub error_names: ErrorNames,
    /// `x-…` keys whose values are wanted, with the label to show them under.
    pub extensions: &'a BTreeMap<String, String>,
    /// By [`SchemaId`].
    drafts: Vec<Draft>,
    /// What each schema seen so far was lowered to, in that order; more than once where several paths lead to it.
    uses: Vec<SchemaUse>,
    /// A schema with a name is defined once, however many roads lead to it.
    by_pointer: BTreeMap<String, SchemaId>,
    /// Schemas that are defined, but not looked into yet. Were they looked into at once, a long way from schema to
    /// schema would take as deep a stack.
    pending: VecDeque<(SchemaId, Build<'a>)>,
    /// Components being resolved that have no name of their own, to notice when one contains itself.
    pub resolving: Vec<String>,
    /// How many schemas stand in each other here without a name between them.
    pub depth: usize,
}

/// What a schema has become.
#[derive(Clone, Debug)]
pub(crate) struct SchemaUse {
    /// JSON pointer of the schema in the bundled document.
    pub pointer: String,
    /// What its values are.
    pub value: Value,
}

/// A schema before it is known which way its values travel.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub path: NamePath,
    pub docs: Docs,
    pub origin: Origin,
    /// Nothing until it is looked into.
    pub kind: Option<SchemaKind>,
}

impl<'a> Lowering<'a> {
    pub(super) fn new(
        source: Source<'a>,
        parameter_names: ParameterNames,
        error_names: ErrorNames,
        extensions: &'a BTreeMap<String, String>,
        report: &'a mut Report,
    ) -> Self {
        Self {
            source,
            report,
            parameter_names,
            error_names,
            extensions,
            drafts: Vec::new(),
            uses: Vec::new(),
            by_pointer: BTreeMap::new(),
            pending: VecDeque::new(),
            resolving: Vec::new(),
            depth: 0,
        }
    }

    /// The schema that `site` makes; `kind` says what it is, if it is new.
    pub(super) fn define(&mut self, site: &Site, docs: Docs, kind: impl FnOnce() -> SchemaKind) -> SchemaId {
        match self.defined(site) {
            Some(id) => id,
            None => self.add(site, docs, Some(kind())),
        }
    }

    /// The schema that `site` makes; `build` says later what it is, if it is new.
    pub(super) fn define_later(
        &mut self,
        site: &Site,
        docs: Docs,
        build: impl FnOnce(&mut Self) -> SchemaKind + 'a,
    ) -> SchemaId {
        if let Some(id) = self.defined(site) {
            return id;
        }
        let id = self.add(site, docs, None);
        self.pending.push_back((id, Box::new(build)));
        id
    }

    fn add(&mut self, site: &Site, docs: Docs, kind: Option<SchemaKind>) -> SchemaId {
        let id = SchemaId(self.drafts.len());
        self.by_pointer.insert(site.pointer.clone(), id);
        let origin = self.source.origin(&site.pointer);
        self.drafts.push(Draft { path: site.path.clone(), docs, origin, kind });
        id
    }

    /// Lowers the content of every schema seen so far, and of those found on the way.
    pub(super) fn complete(&mut self) {
        while let Some((id, build)) = self.pending.pop_front() {
            let kind = build(self);
            if let Some(draft) = self.drafts.get_mut(id.0) {
                draft.kind = Some(kind);
            }
        }
    }

    /// The schema that was made at `site`.
    pub(super) fn defined(&self, site: &Site) -> Option<SchemaId> {
        self.by_pointer.get(&site.pointer).copied()
    }

    /// Notes what the schema at `site` has become.
    pub(super) fn note(&mut self, site: &Site, value: &Value) {
        self.uses.push(SchemaUse { pointer: site.pointer.clone(), value: value.clone() });
    }

    /// What has been found.
    pub(super) fn into_found(self) -> (Vec<Draft>, Vec<SchemaUse>) {
        (self.drafts, self.uses)
    }
}
