//! Names of what is inside a type: fields and variants.

use super::ident::{type_name, value_name};
use super::scope::Scope;
use crate::rust::plan::Name;

/// The variant of an enum, or of a tagged union, that keeps a value which is not in the set.
pub(crate) const UNKNOWN: &str = "Unknown";

/// The variant of a union that keeps a value which none of the others explains.
pub(crate) const OTHER: &str = "Other";

/// Methods that values of every model have: a setter of one of these names would hide it.
pub(super) const METHODS: &[&str] = &[
    "borrow",
    "borrow_mut",
    "clone",
    "eq",
    "fmt",
    "into",
    "ne",
    "new",
    "to_owned",
    "to_string",
    "try_into",
    "type_id",
];

/// The names of the fields of one struct.
pub(crate) struct FieldNames(Scope);

impl FieldNames {
    pub(crate) fn new() -> Self {
        Self(Scope::reserving(METHODS))
    }

    /// The field of a property.
    pub(crate) fn field(&mut self, wire: &str) -> Name {
        Name { wire: wire.to_owned(), ident: self.0.claim(value_name(wire), "_") }
    }

    /// The field for properties that are not declared, but all of one type.
    pub(crate) fn additional(&mut self) -> String {
        self.0.claim("additional_properties".to_owned(), "_")
    }

    /// The field for whatever else is met.
    pub(crate) fn extra(&mut self) -> String {
        self.0.claim("extra".to_owned(), "_")
    }
}

/// The names of the variants of one enum.
pub(crate) struct VariantNames(Scope);

impl VariantNames {
    /// For an enum whose last variant, for everything else, is called `last`.
    pub(crate) fn before(last: &str) -> Self {
        Self(Scope::holding(last))
    }

    /// The variant that keeps what is unknown has the same name in every enum, so a value of that name gives way.
    pub(crate) fn variant(&mut self, wire: &str) -> Name {
        let wanted = type_name(wire);
        let ident = match wanted.as_str() {
            UNKNOWN | OTHER => self.0.claim(wanted, "Value"),
            _ => self.0.claim_numbered(wanted),
        };
        Name { wire: wire.to_owned(), ident }
    }
}
