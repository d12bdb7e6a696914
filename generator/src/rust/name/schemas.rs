//! What schemas are called outside the client: like the client's types, and where the client has none, by their places.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Api, SchemaId};
use crate::rust::plan;

/// The names of schemas; each is another.
pub(crate) struct SchemaNames<'a> {
    pub(crate) api: &'a Api,
    by_id: BTreeMap<SchemaId, String>,
}

impl<'a> SchemaNames<'a> {
    pub(crate) fn new(api: &'a Api, plan: &plan::Api) -> Self {
        let types = plan.types.iter().filter(|def| api.schema(SchemaId(def.id.0)).is_some());
        let mut by_id: BTreeMap<SchemaId, String> = types.map(|def| (SchemaId(def.id.0), def.ident.clone())).collect();
        let mut taken: BTreeSet<String> = by_id.values().cloned().collect();
        // The client knows one media type of a body; the catalog knows all of them, and so more schemas.
        for schema in &api.schemas {
            if let Entry::Vacant(vacant) = by_id.entry(schema.id) {
                let name = joined(&schema.path.to_string());
                let mut free = name.clone();
                let mut number = 1;
                while !taken.insert(free.clone()) {
                    number += 1;
                    free = format!("{name}{number}");
                }
                vacant.insert(free);
            }
        }
        Self { api, by_id }
    }

    /// What a schema is called.
    pub(crate) fn get(&self, id: SchemaId) -> Option<&str> {
        self.by_id.get(&id).map(String::as_str)
    }

    /// The schemas in the order of their names.
    pub(crate) fn sorted(&self) -> impl Iterator<Item = (&str, SchemaId)> {
        let sorted: BTreeMap<&str, SchemaId> = self.by_id.iter().map(|(id, name)| (name.as_str(), *id)).collect();
        sorted.into_iter()
    }
}

/// Words as one, each with a capital.
fn joined(words: &str) -> String {
    words
        .split(|c: char| !c.is_alphanumeric())
        .map(|word| {
            let mut letters = word.chars();
            letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
        })
        .collect()
}
