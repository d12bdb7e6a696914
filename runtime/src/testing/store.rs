//! What earlier requests have left behind: resources by their paths.
//!
//! A collection is the path of an operation that creates, `POST /things`, where `/things/{id}` exists too. A resource is
//! what `/things/{id}` leads to, or any path that is both written and read. A collection that nothing was put into is not
//! kept: the documented example responds for it.

use std::collections::{BTreeMap, BTreeSet};

use bytes::Bytes;
use http::Method;
use serde_json::Value;

use super::route::{PathValues, Routes, segments};

/// What stands at a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Stored {
    Json(Value),
    /// The content of a file.
    Text(Bytes),
}

/// Resources by path.
#[derive(Debug, Default)]
pub(super) struct Store {
    /// By path; the number keeps the order of creation.
    kept: BTreeMap<String, (u64, Stored)>,
    /// Collections that have been put into.
    collections: BTreeSet<String>,
    removed: BTreeSet<String>,
    count: u64,
}

impl Store {
    pub(super) fn get(&self, path: &str) -> Option<&Stored> {
        self.kept.get(path).map(|(_, stored)| stored)
    }

    /// Whether it is known that nothing stands at a path.
    pub(super) fn is_absent(&self, path: &str) -> bool {
        let parent = path.rsplit_once('/').map_or("", |(parent, _)| parent);
        !self.kept.contains_key(path) && (self.removed.contains(path) || self.collections.contains(parent))
    }

    /// Puts something at a path.
    pub(super) fn put(&mut self, path: &str, stored: Stored) {
        self.count += 1;
        self.removed.remove(path);
        let count = self.count;
        self.kept.entry(path.to_owned()).and_modify(|kept| kept.1 = stored.clone()).or_insert((count, stored));
    }

    /// Says that a collection is kept from now on.
    pub(super) fn keep(&mut self, collection: &str) {
        self.collections.insert(collection.to_owned());
    }

    /// Removes a resource, and what stands below it.
    pub(super) fn remove(&mut self, path: &str) {
        let below = format!("{path}/");
        self.kept.retain(|known, _| known != path && !known.starts_with(&below));
        self.removed.insert(path.to_owned());
    }

    /// The resources of a collection in the order of their creation; `None` if it is not kept.
    pub(super) fn list(&self, collection: &str) -> Option<Vec<&Value>> {
        if !self.collections.contains(collection) {
            return None;
        }
        let children =
            self.kept.iter().filter(|(path, _)| path.rsplit_once('/').is_some_and(|(parent, _)| parent == collection));
        let mut items: Vec<(u64, &Value)> = children
            .filter_map(|(_, (count, stored))| match stored {
                Stored::Json(value) => Some((*count, value)),
                Stored::Text(_) => None,
            })
            .collect();
        items.sort_by_key(|(count, _)| *count);
        Some(items.into_iter().map(|(_, value)| value).collect())
    }

    /// An id that no resource has: shaped like a UUID, and the same in each run.
    pub(super) fn fresh_id(&self) -> String {
        format!("00000000-0000-4000-8000-{:012}", self.count + 1)
    }

    /// What is kept, for `/__mock`.
    pub(super) fn paths(&self) -> Vec<&str> {
        self.kept.keys().map(String::as_str).collect()
    }
}

/// Which paths hold what, as the operations of the catalogs show.
#[derive(Debug, Default)]
pub(super) struct Resources {
    /// Templates of collections, each with the name of the parameter that tells its resources apart.
    collections: BTreeMap<&'static str, &'static str>,
    /// Templates that are both written and read, and are not collections.
    singles: BTreeSet<&'static str>,
}

impl Resources {
    pub(super) fn new(routes: &Routes) -> Self {
        let operations = || routes.all().map(|target| target.entry.operation);
        let has = |path: &str, methods: &[Method]| {
            operations().any(|operation| operation.path == path && methods.contains(&operation.method))
        };
        let mut found = Self::default();
        for path in operations().map(|operation| operation.path) {
            let Some((parent, last)) = path.rsplit_once('/') else { continue };
            let name = last.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
            let created = operations().find(|operation| operation.path == parent && operation.method == Method::POST);
            if let (Some(name), Some(created)) = (name, created) {
                found.collections.insert(created.path, name);
                found.singles.insert(path);
            }
            if has(path, &[Method::GET]) && has(path, &[Method::PUT, Method::PATCH, Method::DELETE]) {
                found.singles.insert(path);
            }
        }
        found
    }

    /// The parameter that tells the resources of a collection apart.
    pub(super) fn id_of(&self, template: &str) -> Option<&'static str> {
        self.collections.get(template).copied()
    }

    pub(super) fn is_single(&self, template: &str) -> bool {
        self.singles.contains(template)
    }

    /// Whether a path, as it was sent, is one of a resource.
    pub(super) fn is_single_at(&self, path: &str) -> bool {
        self.singles.iter().any(|template| super::route::matched(template, path).is_some())
    }

    /// The parameter that tells the resources of a collection apart, for a path as it was sent.
    pub(super) fn id_at(&self, path: &str) -> Option<&'static str> {
        let found = self.collections.iter().find(|(template, _)| super::route::matched(template, path).is_some());
        found.map(|(_, name)| *name)
    }
}

/// A path under which something is kept: each value escaped so that it is one segment.
pub(super) fn key(template: &str, values: &PathValues) -> String {
    let mut key = String::new();
    for segment in segments(template) {
        key.push('/');
        let value = values
            .iter()
            .fold(segment.to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), &escaped(value)));
        key.push_str(&value);
    }
    key
}

/// A value as one segment of a key.
pub(super) fn escaped(value: &str) -> String {
    value.replace('%', "%25").replace('/', "%2F")
}
