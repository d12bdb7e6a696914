//! The data of an outline.

use std::collections::{BTreeMap, BTreeSet};

use super::remarks::Remarks;
use crate::diff::spelling::Spelling;
use crate::model;
use crate::origin::Origin;

/// What the fields for undeclared properties stand for. It has a space, so no property is called that by accident.
pub(super) const UNDECLARED: &str = "undeclared properties";

/// What users see of one API.
#[derive(Clone, Debug)]
pub struct Outline {
    /// The module: `v3`.
    pub(in crate::diff) module: String,
    /// By the names of their types.
    pub(in crate::diff) groups: BTreeMap<String, Group>,
    /// By their names.
    pub(in crate::diff) types: BTreeMap<String, Type>,
    /// The variants of the enum of error bodies, by their names.
    pub(in crate::diff) errors: BTreeMap<String, Member>,
    /// The features of Cargo.
    pub(in crate::diff) features: BTreeSet<String>,
    /// What is said of the API as a whole.
    pub(in crate::diff) remarks: Remarks,
    /// The document.
    pub(in crate::diff) origin: Origin,
}

impl Outline {
    /// The module that the outline is of.
    pub fn module(&self) -> &str {
        &self.module
    }
}

/// The operations of one tag.
#[derive(Clone, Debug)]
pub(in crate::diff) struct Group {
    pub module: String,
    /// By their names.
    pub methods: BTreeMap<String, Method>,
    pub origin: Origin,
}

/// A method, and the builder that it returns.
#[derive(Clone, Debug)]
pub(in crate::diff) struct Method {
    /// The HTTP method and the path, without the names of its parameters.
    pub key: String,
    pub builder: String,
    /// Former names of the method and of the builder, which are aliases.
    pub former: Vec<(String, String)>,
    pub arguments: Vec<Input>,
    /// By their names.
    pub setters: BTreeMap<String, Input>,
    pub result: Spelling,
    /// What `stream` gives, where there is one.
    pub pages: Option<Spelling>,
    pub has_events: bool,
    pub origin: Origin,
    pub remarks: Remarks,
}

/// Something that a method, `new` or a setter takes.
#[derive(Clone, Debug)]
pub(in crate::diff) struct Input {
    /// Where it goes and what it is called there: `query filters`.
    pub wire: String,
    pub ty: Spelling,
    /// Whether the document requires it.
    pub need: model::Need,
    pub origin: Origin,
    pub remarks: Remarks,
}

impl Input {
    /// Whether the name on the wire tells it from others. In a path only the position counts.
    pub(in crate::diff) fn has_name(&self) -> bool {
        !self.wire.starts_with("path ")
    }
}

/// A type of the models.
#[derive(Clone, Debug)]
pub(in crate::diff) struct Type {
    /// Where the document defines it, without the names of path parameters.
    pub place: String,
    /// What kind of type it is.
    pub kind: &'static str,
    /// Former names, which are aliases.
    pub former: Vec<String>,
    /// Fields or variants, by their names.
    pub members: BTreeMap<String, Member>,
    /// What `new` takes, where there is one.
    pub new: Option<Vec<Input>>,
    /// By their names.
    pub setters: BTreeMap<String, Input>,
    /// What else the type offers: conversions, constructors.
    pub offers: Vec<Spelling>,
    pub origin: Origin,
    pub remarks: Remarks,
}

impl Type {
    /// What its members stand for.
    pub(in crate::diff) fn wires(&self) -> BTreeSet<&str> {
        let declared = self.members.values().filter(|member| !member.wire.starts_with(UNDECLARED));
        declared.map(|member| member.wire.as_str()).collect()
    }
}

/// A field or a variant.
#[derive(Clone, Debug)]
pub(in crate::diff) struct Member {
    /// The property, the value, or the type that a variant holds.
    pub wire: String,
    /// The type of a field, or what a variant holds.
    pub ty: Spelling,
    pub origin: Origin,
    pub remarks: Remarks,
}
