//! Names of types and of their modules.

use super::ident::{module_name, type_name_of};
use super::scope::Scope;
use crate::model::{NamePath, Rank};

/// What a type is called, and the module that it stands in: one for each root of a [`NamePath`].
pub(crate) struct TypeName {
    pub(crate) module: String,
    pub(crate) ident: String,
}

/// The names of types, in the order of `paths`: whoever has the better claim comes first.
pub(crate) fn type_names<'p>(paths: impl Iterator<Item = &'p NamePath>) -> Vec<TypeName> {
    let mut scope = Scope::default();
    let name = |path: &NamePath| TypeName {
        module: module_name(&path.root),
        ident: scope.claim(joined(path), suffix(path.rank)),
    };
    paths.map(name).collect()
}

/// `ConnectorDetail` + `status` is `ConnectorDetailStatus`.
fn joined(path: &NamePath) -> String {
    type_name_of(std::iter::once(&path.root).chain(&path.segments).map(String::as_str))
}

/// What tells a type from another that has its name by a better claim.
pub(super) fn suffix(rank: Rank) -> &'static str {
    match rank {
        Rank::Schema => "Type",
        Rank::Response => "Response",
        Rank::Parameter => "Parameter",
        Rank::Operation => "Body",
    }
}
