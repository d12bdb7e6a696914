//! What was generated of one API, in figures.

use super::plan::Api;

/// What was generated of one API.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// Its module.
    pub module: String,
    /// Its document.
    pub document: String,
    /// How many operations of the document are wanted.
    pub declared: usize,
    /// How many of them were generated; the report says why the others were left out.
    pub operations: usize,
    /// How many types it has.
    pub types: usize,
    /// Its features, each with those that it needs.
    pub features: Vec<(String, Vec<String>)>,
    /// The feature that anything of it needs.
    pub core_feature: String,
}

impl Summary {
    /// Of an API of which nothing is generated yet.
    pub(crate) fn of_nothing(module: &str, document: &str, declared: usize) -> Self {
        Self {
            module: module.to_owned(),
            document: document.to_owned(),
            declared,
            operations: 0,
            types: 0,
            features: Vec::new(),
            core_feature: String::new(),
        }
    }

    /// Of the plan for `document`, which has `declared` operations that are wanted.
    pub(crate) fn new(plan: &Api, document: &str, declared: usize) -> Self {
        Self {
            module: plan.module.clone(),
            document: document.to_owned(),
            declared,
            operations: plan.groups.iter().map(|group| group.operations.len()).sum(),
            types: plan.types.len(),
            features: plan.features(),
            core_feature: plan.core_feature(),
        }
    }
}
