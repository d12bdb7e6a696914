//! Where pages stand: their files, and the links between them.

use std::collections::{BTreeMap, BTreeSet};

use heck::ToKebabCase as _;

use crate::model::{Api, SchemaId};
use crate::rust::name::SchemaNames;
use crate::rust::plan;

/// The pages of one API.
pub(super) struct Places {
    models: BTreeMap<SchemaId, Model>,
}

/// The page of a schema.
pub(super) struct Model {
    /// What the schema is called.
    pub(super) name: String,
    /// The page's file, without its ending.
    pub(super) slug: String,
}

impl Places {
    pub(super) fn new(api: &Api, plan: &plan::Api) -> Self {
        let names = SchemaNames::new(api, plan);
        let mut taken = BTreeSet::from(["index".to_owned()]);
        let models = names.sorted().map(|(name, id)| {
            let slug = free(&name.to_kebab_case(), &mut taken);
            (id, Model { name: name.to_owned(), slug })
        });
        Self { models: models.collect() }
    }

    /// The page of a schema.
    pub(super) fn model(&self, id: SchemaId) -> Option<&Model> {
        self.models.get(&id)
    }

    /// The schemas with a page, in the order of their names.
    pub(super) fn models(&self) -> Vec<(SchemaId, &Model)> {
        let mut models: Vec<(SchemaId, &Model)> = self.models.iter().map(|(id, model)| (*id, model)).collect();
        models.sort_by(|(_, a), (_, b)| a.name.cmp(&b.name));
        models
    }
}

/// A name that nothing has yet; systems that do not tell capitals apart see it as its own too.
fn free(wanted: &str, taken: &mut BTreeSet<String>) -> String {
    let wanted = if wanted.is_empty() { "model" } else { wanted };
    let mut name = wanted.to_owned();
    let mut number = 1;
    while !taken.insert(name.to_lowercase()) {
        number += 1;
        name = format!("{wanted}-{number}");
    }
    name
}

/// The page of a group below the folder of its API, without its ending.
pub(super) fn of_group(group: &plan::Group) -> String {
    format!("methods/{}", kebab(&group.module))
}

/// The heading of an operation, and so its place on the page of its group.
pub(super) fn anchor(operation: &plan::Operation) -> String {
    kebab(&operation.name.ident)
}

/// A name of Rust as people type it in a shell and in an address: `get_connector` as `get-connector`, `self_` as `self`.
pub(super) fn kebab(ident: &str) -> String {
    ident.trim_matches('_').replace('_', "-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_pages_have_one_file() {
        let mut taken = BTreeSet::new();
        let names: Vec<String> = ["a-b", "A-b", "a-b", ""].map(|name| free(name, &mut taken)).to_vec();
        assert_eq!(names, ["a-b", "A-b-2", "a-b-3", "model"]);
    }
}
