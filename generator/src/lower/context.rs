//! What the whole lowering of one document shares: the document, the report, and the types found so far.

use std::collections::{BTreeMap, VecDeque};

use openapiv3::{OpenAPI, ReferenceOr};

use super::error_names::ErrorNames;
use super::parameter::ParameterNames;
use crate::diagnostic::{Origin, Report};
use crate::document::Document;
use crate::ir::{Access, Docs, Name, NamePath, Rank, SchemaUse, Type, TypeId, TypeKind};
use crate::pointer::{escape, unescape};
use crate::validate::MAX_CHAIN;

/// Says what a type is.
type Build<'a> = Box<dyn FnOnce(&mut Lowering<'a>) -> DraftKind + 'a>;

/// The state of lowering one document.
pub(super) struct Lowering<'a> {
    pub openapi: &'a OpenAPI,
    pub document: &'a Document,
    pub report: &'a mut Report,
    /// What the inline enums of parameters are called.
    pub parameter_names: ParameterNames,
    /// What the repeated inline bodies of errors are called.
    pub error_names: ErrorNames,
    /// `x-…` keys whose values the docs show, with the label to show them under.
    pub documented_extensions: &'a BTreeMap<String, String>,
    /// By [`TypeId`].
    drafts: Vec<Draft>,
    /// The type of every schema that was met, in that order; more than once where several roads lead to it.
    uses: Vec<SchemaUse>,
    /// A schema that makes a type makes it once, however many roads lead to it.
    by_pointer: BTreeMap<String, TypeId>,
    /// Types that are defined, but not looked into yet. Were they looked into at once, a long way from type to type
    /// would take as deep a stack.
    pending: VecDeque<(TypeId, Build<'a>)>,
    /// Components being resolved that make no type of their own, to notice when one contains itself.
    pub resolving: Vec<String>,
    /// How many schemas stand in each other here without a type between them.
    pub depth: usize,
}

/// Where the lowering stands: a place in the document and the name for what is found there.
#[derive(Clone, Debug)]
pub(super) struct Site {
    /// JSON pointer in the bundled document.
    pub pointer: String,
    /// What a type found here is called.
    pub path: NamePath,
}

impl Site {
    /// A place that names what is below it.
    pub(super) fn root(pointer: impl Into<String>, rank: Rank, root: impl Into<String>) -> Self {
        Self { pointer: pointer.into(), path: NamePath { rank, root: root.into(), segments: Vec::new() } }
    }

    /// The place of a component schema.
    pub(super) fn component(name: &str) -> Self {
        Self::root(format!("/components/schemas/{}", escape(name)), Rank::Schema, name)
    }

    /// One step down, to the node at `pointer` below this one, called `segment`.
    pub(super) fn child(&self, pointer: &str, segment: &str) -> Self {
        let mut path = self.path.clone();
        path.segments.push(segment.to_owned());
        Self { pointer: format!("{}/{pointer}", self.pointer), path }
    }

    /// One step down without a name of its own.
    pub(super) fn below(&self, pointer: &str) -> Self {
        Self { pointer: format!("{}/{pointer}", self.pointer), path: self.path.clone() }
    }
}

/// A use of a schema.
#[derive(Clone, Debug)]
pub(super) struct Use {
    pub ty: Type,
    /// Whether `null` is a legal value.
    pub nullable: bool,
}

/// A type before it is known which way its values travel.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub path: NamePath,
    pub docs: Docs,
    pub origin: Origin,
    pub kind: DraftKind,
}

/// What a draft is.
#[derive(Clone, Debug)]
pub(super) enum DraftKind {
    /// Not looked into yet.
    Open,
    /// An object.
    Struct(DraftStruct),
    /// Complete.
    Done(TypeKind),
}

/// An object before it is known which way its values travel.
#[derive(Clone, Debug)]
pub(super) struct DraftStruct {
    pub fields: Vec<DraftField>,
    /// The type of undeclared properties, where one is stated.
    pub additional: Option<Type>,
}

/// A property before it is known which way its values travel.
#[derive(Clone, Debug)]
pub(super) struct DraftField {
    pub name: Name,
    pub value: Use,
    pub declared: Declared,
    pub access: Access,
    pub docs: Docs,
}

/// What `required` says of a property.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Declared {
    Required,
    Optional,
}

impl<'a> Lowering<'a> {
    pub(super) fn new(
        openapi: &'a OpenAPI,
        document: &'a Document,
        documented_extensions: &'a BTreeMap<String, String>,
        report: &'a mut Report,
    ) -> Self {
        Self {
            openapi,
            document,
            report,
            parameter_names: ParameterNames::default(),
            error_names: ErrorNames::default(),
            documented_extensions,
            drafts: Vec::new(),
            uses: Vec::new(),
            by_pointer: BTreeMap::new(),
            pending: VecDeque::new(),
            resolving: Vec::new(),
            depth: 0,
        }
    }

    /// Where a node of the bundled document stands in the files.
    pub(super) fn origin(&self, pointer: &str) -> Origin {
        self.document.origin(pointer)
    }

    /// The type of `kind` that `site` makes, the first time it is met.
    pub(super) fn define(&mut self, site: &Site, docs: Docs, kind: DraftKind) -> TypeId {
        if let Some(id) = self.defined(site) {
            return id;
        }
        let id = TypeId(self.drafts.len());
        self.by_pointer.insert(site.pointer.clone(), id);
        let origin = self.origin(&site.pointer);
        self.drafts.push(Draft { path: site.path.clone(), docs, origin, kind });
        id
    }

    /// The type that `site` makes; `build` says later what it is, if it is met for the first time.
    pub(super) fn define_later(
        &mut self,
        site: &Site,
        docs: Docs,
        build: impl FnOnce(&mut Self) -> DraftKind + 'a,
    ) -> TypeId {
        if let Some(id) = self.defined(site) {
            return id;
        }
        let id = self.define(site, docs, DraftKind::Open);
        self.pending.push_back((id, Box::new(build)));
        id
    }

    /// Looks into every type that was met, and into those that are met on the way.
    pub(super) fn complete(&mut self) {
        while let Some((id, build)) = self.pending.pop_front() {
            let kind = build(self);
            if let Some(draft) = self.drafts.get_mut(id.0) {
                draft.kind = kind;
            }
        }
    }

    /// The type that was made at `site`.
    pub(super) fn defined(&self, site: &Site) -> Option<TypeId> {
        self.by_pointer.get(&site.pointer).copied()
    }

    /// Notes what the schema at `site` has become.
    pub(super) fn note(&mut self, site: &Site, found: &Use) {
        self.uses.push(SchemaUse { pointer: site.pointer.clone(), ty: found.ty.clone(), nullable: found.nullable });
    }

    /// What has been found.
    pub(super) fn into_found(self) -> (Vec<Draft>, Vec<SchemaUse>) {
        (self.drafts, self.uses)
    }

    /// What a draft is, for those that ask whether a union's variant is an object.
    pub(super) fn draft(&self, id: TypeId) -> Option<&Draft> {
        self.drafts.get(id.0)
    }
}

/// The component of `kind` that a reference names, if it is one to that kind.
pub(super) fn component_name(reference: &str, kind: &str) -> Option<String> {
    let name = reference.strip_prefix("#/components/")?.strip_prefix(kind)?.strip_prefix('/')?;
    Some(unescape(name))
}

/// Follows a chain of references through `get` to what it ends in, with the pointer of that.
pub(super) fn follow<'a, T>(
    item: &'a ReferenceOr<T>,
    at: String,
    kind: &str,
    get: impl Fn(&str) -> Option<&'a ReferenceOr<T>>,
) -> Option<(&'a T, String, Option<String>)> {
    let mut item = item;
    let mut pointer = at;
    let mut component = None;
    // A longer chain has been reported by validation.
    for _ in 0..=MAX_CHAIN {
        match item {
            ReferenceOr::Item(found) => return Some((found, pointer, component)),
            ReferenceOr::Reference { reference } => {
                let name = component_name(reference, kind)?;
                pointer = format!("/components/{kind}/{}", escape(&name));
                item = get(&name)?;
                component = Some(name);
            }
        }
    }
    None
}
