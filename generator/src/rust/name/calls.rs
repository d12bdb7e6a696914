//! Names of groups, methods, request builders, arguments and setters.

use super::ident::{module_name, type_name, value_name};
use super::scope::Scope;
use crate::rust::plan::{Name, Need};

/// Modules that every API has.
pub(super) const MODULES: &[&str] = &["catalog", "error", "models"];

/// Types that every API has beside its groups.
pub(super) const TYPES: &[&str] = &["Error", "ErrorBody"];

/// Methods of every `…Api`.
pub(super) const API_METHODS: &[&str] = &["clone", "new"];

/// Methods of every request builder, from the runtime's macros or from traits that it implements.
pub(super) const BUILDER_METHODS: &[&str] = &[
    "clone",
    "into",
    "into_future",
    "pages",
    "request_mut",
    "send",
    "send_for_events",
    "stream",
    "to_owned",
    "try_into",
    "type_id",
    "with_attempt_timeout",
    "with_attempts",
    "with_header",
    "with_max_body",
    "with_repeatable",
    "with_timeout",
];

/// What the body of a method uses itself.
const LOCALS: &[&str] = &["request"];

/// The names of the groups of one API.
pub(crate) struct GroupNames {
    modules: Scope,
    types: Scope,
}

impl GroupNames {
    pub(crate) fn new() -> Self {
        Self { modules: Scope::reserving(MODULES), types: Scope::reserving(TYPES) }
    }

    /// The module of the group of a tag, and its `…Api` type.
    pub(crate) fn group(&mut self, tag: &str) -> (String, String) {
        let module = self.modules.claim(module_name(tag), "_api");
        (module, self.types.claim(format!("{}Api", type_name(tag)), "Group"))
    }
}

/// The names of the functions that make credentials.
pub(crate) struct CredentialNames(Scope);

impl CredentialNames {
    pub(crate) fn new() -> Self {
        Self(Scope::default())
    }

    /// The function for a security scheme; `way` tells apart those of one scheme.
    pub(crate) fn credential(&mut self, scheme: &str, way: &str) -> String {
        self.0.claim(value_name(&format!("{scheme} {way}")), "_")
    }
}

/// The names of the operations of one group.
pub(crate) struct OperationNames {
    methods: Scope,
    builders: Scope,
}

impl OperationNames {
    /// For the group whose `…Api` type is called `api`.
    pub(crate) fn new(api: &str) -> Self {
        Self { methods: Scope::reserving(API_METHODS), builders: Scope::holding(api) }
    }

    /// The method of an operation, and its request builder.
    pub(crate) fn operation(&mut self, id: &str) -> (Name, String) {
        let method = Name { wire: id.to_owned(), ident: self.methods.claim(value_name(id), "_") };
        (method, self.builders.claim(type_name(id), "Request"))
    }
}

/// The names of what goes into one request: arguments of the method, setters of the builder.
pub(crate) struct InputNames {
    arguments: Scope,
    setters: Scope,
}

impl InputNames {
    pub(crate) fn new() -> Self {
        Self { arguments: Scope::reserving(LOCALS), setters: Scope::reserving(BUILDER_METHODS) }
    }

    /// A parameter, or a part of a form.
    pub(crate) fn input(&mut self, need: Need, wire: &str) -> Name {
        Name { wire: wire.to_owned(), ident: self.claim(need, value_name(wire)) }
    }

    /// The body in one piece.
    pub(crate) fn body(&mut self, need: Need) -> String {
        self.claim(need, "body".to_owned())
    }

    /// A form of which no part is declared.
    pub(crate) fn form(&mut self, need: Need) -> String {
        self.claim(need, "form".to_owned())
    }

    fn claim(&mut self, need: Need, wanted: String) -> String {
        match need {
            Need::Required => self.arguments.claim(wanted, "_"),
            Need::Optional => self.setters.claim(wanted, "_"),
        }
    }
}
