//! Values that completion offers for the parameters of paths: what the lists of the same group have shown.

use std::time::Duration;

use clap_complete::engine::CompletionCandidate;
use runtime::Method;
use runtime::catalog::{Entry, Place};
use serde_json::Value;

use super::cache::Cache;
use crate::identity::{Found, Wanted};
use crate::index::Target;
use crate::program::Program;
use crate::schema::{Schema, plain};
use crate::send;

/// How long somebody who pressed the tab key may wait for the server.
const PATIENCE: Duration = Duration::from_secs(2);

/// Keeps the values that a list shows for the parameters of its group.
pub(crate) fn remember(program: &Program, target: &Target, base_url: &str, value: &Value) {
    let Value::Array(items) = value else { return };
    if target.entry.operation.method != Method::GET || has_path(target.entry) {
        return;
    }
    for name in path_parameters(target) {
        let values: Vec<String> = items.iter().filter_map(|item| item.get(name)).map(plain).collect();
        if !values.is_empty() {
            cache(program, target, base_url, name).add(&values);
        }
    }
}

/// The values known for a parameter that begin as typed; asks the server for a list if none are known.
pub(crate) fn known(program: &'static Program, target: &Target, name: &str, typed: &str) -> Vec<CompletionCandidate> {
    let arguments: Vec<String> = std::env::args().collect();
    let wanted = Wanted { profile: option(&arguments, "profile"), base_url: option(&arguments, "base-url") };
    let Ok(found) = program.identity.find(&wanted) else { return Vec::new() };
    let cache = cache(program, target, &found.base_url, name);
    let values = cache.read().or_else(|| {
        let base_url = found.base_url.clone();
        let items = fetch(found, target, name)?;
        remember(program, &list_of(target, name)?, &base_url, &items);
        cache.read()
    });
    let fitting = values.unwrap_or_default().into_iter().filter(|value| value.starts_with(typed));
    fitting.map(CompletionCandidate::new).collect()
}

fn cache(program: &Program, target: &Target, base_url: &str, name: &str) -> Cache {
    Cache::new(program, &[base_url, target.catalog.name, target.group.name, name])
}

/// The value of an option among words that nobody has parsed.
fn option<'a>(words: &'a [String], name: &str) -> Option<&'a str> {
    let long = format!("--{name}");
    words.iter().enumerate().find_map(|(at, word)| match word.strip_prefix(&long)? {
        "" => words.get(at + 1).map(String::as_str),
        rest => rest.strip_prefix('='),
    })
}

fn fetch(found: Found, target: &Target, name: &str) -> Option<Value> {
    let list = list_of(target, name)?;
    send::list_quietly(found, list.entry.operation, PATIENCE)
}

/// The list of the same group whose items have a property of this name.
fn list_of(target: &Target, name: &str) -> Option<Target> {
    let lists = target.group.operations.iter().map(|entry| Target { entry, ..*target });
    lists.into_iter().find(|list| {
        let needs_nothing = list.entry.parameters.iter().all(|parameter| !parameter.required);
        let is_list = list.entry.operation.method == Method::GET && list.entry.operation.page.is_some();
        is_list && needs_nothing && !has_path(list.entry) && shows(list, name)
    })
}

fn shows(list: &Target, name: &str) -> bool {
    let media = list.entry.responses.iter().find_map(|response| response.media_types.first());
    let items = media.and_then(|media| Schema::read(list.catalog, media.schema).items());
    items.is_some_and(|items| items.property(name).is_some())
}

fn has_path(entry: &Entry) -> bool {
    entry.parameters.iter().any(|parameter| parameter.place == Place::Path)
}

/// The parameters of paths of a target's group.
fn path_parameters(target: &Target) -> Vec<&'static str> {
    let all = target.group.operations.iter().flat_map(|entry| entry.parameters);
    let mut names: Vec<&str> =
        all.filter(|parameter| parameter.place == Place::Path).map(|parameter| parameter.name).collect();
    names.sort_unstable();
    names.dedup();
    names
}
