//! The plan for the Rust client: everything that the emitters print, decided.
//!
//! Plain, documented, ordered data. [`super::settle`] makes it from the model, and asks [`super::name`] for every
//! identifier; the emitters only print. Types are here, operations in [`operation`], and
//! how servers behave in [`conventions`].

pub(crate) mod conventions;
pub(crate) mod operation;
mod visit;

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::quote;

pub(crate) use conventions::*;
pub(crate) use operation::*;

use crate::diagnostic::Origin;
pub(crate) use crate::model::{Access, Deprecation, Docs, NamePath, Usage};

/// One API of the crate: a module with its operations, its types and its error type.
#[derive(Clone, Debug)]
pub(crate) struct Api {
    /// The module's name in the crate, as the configuration gives it: `v2025`.
    pub module: String,
    /// The API's own title and version, for the docs.
    pub title: String,
    /// The version that the document states.
    pub version: String,
    /// What the document says about the whole API.
    pub docs: Docs,
    /// How its servers behave.
    pub conventions: Conventions,
    /// The operations, by tag, in the order of their module names.
    pub groups: Vec<Group>,
    /// Every type that the operations reach, in the order of their names.
    pub types: Vec<TypeDef>,
    /// Which body an unsuccessful status carries.
    pub errors: ErrorTable,
    /// What can be switched on alone, and what belongs to it.
    pub switches: Switches,
}

/// What of an API can be switched on alone.
#[derive(Clone, Debug)]
pub(crate) enum Switches {
    /// The API as a whole.
    Whole,
    /// Each group; for each module of the models, which groups reach it. A module that is not listed is always there.
    Groups(BTreeMap<String, BTreeSet<String>>),
}

/// How the feature that all groups of an API need is called, behind the API's name.
const CORE: &str = "core";

impl Api {
    /// The features of this API: its own name, and where groups can be switched on alone, what each of them needs.
    pub(crate) fn features(&self) -> Vec<(String, Vec<String>)> {
        match self.switches {
            Switches::Whole => vec![(self.module.clone(), Vec::new())],
            Switches::Groups(_) => {
                let groups: Vec<String> = self.groups.iter().map(|group| self.group_feature(&group.module)).collect();
                let core = self.core_feature();
                let each = groups.iter().map(|group| (group.clone(), vec![core.clone()])).collect::<Vec<_>>();
                let whole = (self.module.clone(), groups);
                [whole, (core.clone(), Vec::new())].into_iter().chain(each).collect()
            }
        }
    }

    /// The feature that anything of this API needs.
    pub(crate) fn core_feature(&self) -> String {
        match self.switches {
            Switches::Whole => self.module.clone(),
            Switches::Groups(_) => format!("{}-{CORE}", self.module),
        }
    }

    /// The feature of the group in `module`. Only what would be taken for the core has an underscore.
    pub(crate) fn group_feature(&self, module: &str) -> String {
        let free = if module == CORE { "_" } else { "" };
        format!("{}-{}{free}", self.module, module.replace('_', "-"))
    }

    /// What switches a group on, where it can be switched on alone.
    pub(crate) fn group_switch(&self, module: &str) -> Option<TokenStream> {
        let feature = self.group_feature(module);
        matches!(self.switches, Switches::Groups(_)).then(|| quote!(#[cfg(feature = #feature)]))
    }
}

/// A name on the wire and the Rust identifier for it. Only [`super::name`] makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Name {
    /// As the document spells it.
    pub wire: String,
    /// The identifier without `r#`; emitters turn it into a token.
    pub ident: String,
}

/// Identifies a [`TypeDef`] of one [`Api`]. A schema's type has the number of the schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct TypeId(pub usize);

/// A type that the crate defines.
#[derive(Clone, Debug)]
pub(crate) struct TypeDef {
    /// What uses of the type refer to.
    pub id: TypeId,
    /// How the document leads to it.
    pub path: NamePath,
    /// The type's name.
    pub ident: String,
    /// The name that it had first: what a variant that holds it keeps, since no alias could stand for a variant.
    pub first_name: String,
    /// Names that it had before, or that types had which gave way to it: deprecated aliases.
    pub former: Vec<String>,
    /// The module, one for each root of a [`NamePath`], that the type stands in.
    pub module: String,
    /// What the document says about it.
    pub docs: Docs,
    /// Where the document defines it.
    pub origin: Origin,
    /// Which way its values travel.
    pub usage: Usage,
    /// What it is.
    pub kind: TypeKind,
}

/// What a type is.
#[derive(Clone, Debug)]
pub(crate) enum TypeKind {
    /// An object with declared properties.
    Struct(Struct),
    /// A set of strings.
    StringEnum(StringEnum),
    /// A set of integers.
    IntegerEnum(IntegerEnum),
    /// One of several types, told apart by what explains most of the value.
    Union(Union),
    /// One of several objects, told apart by one of their properties.
    TaggedUnion(TaggedUnion),
    /// The result of an operation, told apart by status.
    ByStatus(ByStatus),
}

/// An object with declared properties.
#[derive(Clone, Debug)]
pub(crate) struct Struct {
    /// In the order of the document.
    pub fields: Vec<Field>,
    /// What happens to properties that are not declared.
    pub additional: Additional,
    /// The field that keeps what is not declared.
    pub extra: String,
    /// The properties that `new` takes, in this order.
    pub order: Vec<String>,
    /// Present where the object is an operation of a JSON Patch.
    pub patch: Option<Box<Patch>>,
}

impl Struct {
    /// The fields that `new` takes, in its order.
    pub(crate) fn arguments(&self) -> Vec<&Field> {
        let mut arguments: Vec<&Field> = self.fields.iter().filter(|field| field.entry == Entry::Argument).collect();
        arguments.sort_by_key(|field| self.order.iter().position(|wire| *wire == field.name.wire));
        arguments
    }
}

/// An operation of a JSON Patch (RFC 6902).
#[derive(Clone, Debug)]
pub(crate) struct Patch {
    /// What there is a constructor for.
    pub ops: Vec<PatchOp>,
    /// What to do.
    pub op: Field,
    /// Where to do it.
    pub path: Field,
    /// Where the value comes from, if the schema declares it.
    pub from: Option<Field>,
    /// The value, if the schema declares it.
    pub value: Option<Field>,
}

/// What a JSON Patch can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "RFC 6902, section 4, says what each of them means")]
pub(crate) enum PatchOp {
    Add,
    Remove,
    Replace,
    Move,
    Copy,
    Test,
}

impl PatchOp {
    /// In the order of RFC 6902.
    pub(crate) const ALL: [Self; 6] = [Self::Add, Self::Remove, Self::Replace, Self::Move, Self::Copy, Self::Test];

    /// The word for it, which the constructor is called by.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Add => "add",
            Self::Remove => "remove",
            Self::Replace => "replace",
            Self::Move => "move",
            Self::Copy => "copy",
            Self::Test => "test",
        }
    }
}

/// What happens to properties of an object that the schema does not declare.
#[derive(Clone, Debug)]
pub(crate) enum Additional {
    /// Kept as JSON.
    Kept,
    /// Declared to be of one type: kept in a map beside the fields.
    Typed {
        /// The field of the map.
        ident: String,
        /// What it holds.
        ty: Type,
    },
}

/// One declared property of an object.
#[derive(Clone, Debug)]
pub(crate) struct Field {
    /// The property's name.
    pub name: Name,
    /// The type of its value, without the `Option` around it.
    pub ty: Type,
    /// What is sent where nothing was set.
    pub presence: Presence,
    /// How a value gets in when one is made in Rust.
    pub entry: Entry,
    /// Whether only one side may set it.
    pub access: Access,
    /// What the document says about it.
    pub docs: Docs,
}

/// What an object that is made in Rust has for a property that nobody set. Every field is an `Option`, so that code
/// which reads or sets one compiles on when the property becomes required or optional, nullable or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Presence {
    /// Nothing.
    Absent,
    /// `null`: the property must be there, and may be `null`.
    Null,
}

/// How a property gets its value when the object is made in Rust.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Entry {
    /// An argument of `new`.
    Argument,
    /// A setter.
    Setter,
    /// Neither: only the server sets it. The field itself is public.
    Server,
}

/// A set of strings.
#[derive(Clone, Debug)]
pub(crate) struct StringEnum {
    /// In the order of the document.
    pub variants: Vec<Name>,
}

/// A set of integers.
#[derive(Clone, Debug)]
pub(crate) struct IntegerEnum {
    /// In the order of the document.
    pub variants: Vec<(Name, i64)>,
}

/// One of several types, told apart by what explains most of the value.
#[derive(Clone, Debug)]
pub(crate) struct Union {
    /// In the order of the document.
    pub variants: Vec<Variant>,
    /// Whether every value is one word, so that it can be written into a URL or a header.
    pub is_scalar: bool,
}

/// One of several objects, told apart by the string in one of their properties.
#[derive(Clone, Debug)]
pub(crate) struct TaggedUnion {
    /// The property that tells.
    pub tag: String,
    /// In the order of the document, each with the strings that stand for it.
    pub variants: Vec<(Variant, Vec<String>)>,
}

/// One of the types of a union.
#[derive(Clone, Debug)]
pub(crate) struct Variant {
    /// What tells it from the others.
    pub name: Name,
    /// What it holds.
    pub ty: Type,
    /// What tells it from other variants that hold text too.
    pub text: Option<TextKind>,
    /// What the document says about it.
    pub docs: Docs,
}

/// What tells one of several texts from the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TextKind {
    /// Nothing: it is any other text.
    Any,
    /// `date`.
    Date,
    /// `ipv4`.
    Ipv4,
    /// `ipv6`.
    Ipv6,
    /// `uuid`.
    Uuid,
}

/// A use of a type.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Type {
    /// Text.
    String,
    /// `true` or `false`.
    Boolean,
    /// 64 bits, signed, whatever the format says: servers outgrow `int32`, and one such number would fail a whole response.
    Int64,
    /// 64 bits; also for `float`, so that a decimal number survives a round trip.
    Double,
    /// A point in time, kept as received.
    DateTime,
    /// Any JSON.
    Json,
    /// A JSON object of which nothing is declared.
    JsonObject,
    /// A list.
    List(Box<Type>),
    /// An object whose properties are all of one type.
    Map(Box<Type>),
    /// An element of a list or a map that may be `null`.
    Optional(Box<Type>),
    /// A type of the crate.
    Named(TypeId),
    /// A type of the crate, behind a pointer because it contains itself.
    Boxed(TypeId),
}

impl Type {
    /// The type of the crate that this use leads to, through lists, maps and pointers.
    pub(crate) fn named(&self) -> Option<TypeId> {
        match self {
            Self::Named(id) | Self::Boxed(id) => Some(*id),
            Self::List(inner) | Self::Map(inner) | Self::Optional(inner) => inner.named(),
            _ => None,
        }
    }
}
