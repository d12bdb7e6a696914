//! Reference pages: what the document says, in Markdown that reads well on a forge and in mdBook.
//!
//! A page for each group of operations and for each schema, made from the model, so that they cannot disagree with the
//! code. Of the client they know the names that the plan gives. The addresses are those that people of the APIs' other
//! libraries know: `v2025/methods/connectors.md#get-connector`, `v2025/models/connector-detail.md`.
//!
//! May import: the model, the plan, the names, Markdown. Not the client's emitters, and no document.

mod command;
mod elsewhere;
mod front;
mod operation;
mod places;
mod prose;
mod sample;
mod schema;
mod settings;
mod text;
mod types;

use std::collections::{BTreeMap, BTreeSet};

use crate::config::{ProsePage, ReferenceConfig};
use crate::model::{Api, Group, Operation, SchemaId, Usage, Value, usages};
use crate::rust::plan;
pub(crate) use front::Chapter;
use places::Places;
pub(crate) use settings::Settings;
use text::{Page, code, escaped};
use types::Types;

/// Where the pages stand, below the crate.
pub(crate) const FOLDER: &str = "docs";

/// The pages of one API by their paths, and what the table of contents says of them.
pub(crate) fn pages(api: &Api, plan: &plan::Api, settings: &Settings<'_>) -> (BTreeMap<String, String>, Chapter) {
    let places = Places::new(api, plan);
    let mut files = BTreeMap::new();
    let mut chapter = Chapter::new(&api.name, &api.info);
    let mut users: BTreeMap<SchemaId, Vec<String>> = BTreeMap::new();
    for planned in &plan.groups {
        let Some(group) = api.groups.iter().find(|group| group.tag == planned.tag) else { continue };
        let place = places::of_group(planned);
        files.insert(path(api, &place), of_group(api, &places, settings, group, planned));
        chapter.groups.push((front::group_title(&group.tag), place));
        for (operation, planned_operation) in operations(group, planned) {
            chapter.operations += 1;
            for id in reached(api, operation) {
                users.entry(id).or_default().push(operation::linked(planned, planned_operation));
            }
        }
    }
    for (id, model) in places.models() {
        let Some(schema) = api.schema(id) else { continue };
        let place = format!("models/{}", model.slug);
        let users = users.get(&id).map_or(&[][..], Vec::as_slice);
        files.insert(path(api, &place), schema::page(api, plan, &places, schema, model, users));
        chapter.models.push((model.name.clone(), place));
    }
    files.insert(path(api, "models/index"), front::models(&chapter));
    (files, chapter)
}

/// The pages that are not of one API.
pub(crate) fn front(config: &ReferenceConfig, chapters: &[Chapter]) -> BTreeMap<String, String> {
    let files = [
        ("README.md", front::readme(config, chapters)),
        ("SUMMARY.md", front::summary(config, chapters)),
        ("book.toml", front::book(config)),
        ("book.css", front::STYLE.to_owned()),
    ];
    files.into_iter().map(|(name, text)| (format!("{FOLDER}/{name}"), text)).collect()
}

/// A page that people wrote, with its path.
pub(crate) fn prose(page: &ProsePage, markdown: &str) -> (String, String) {
    (format!("{FOLDER}/{}", page.name()), prose::page(&page.title, markdown))
}

fn path(api: &Api, place: &str) -> String {
    format!("{FOLDER}/{}/{place}.md", api.name)
}

/// The operations of a group with their plans, in the order of the plan.
fn operations<'a>(
    group: &'a Group,
    planned: &'a plan::Group,
) -> impl Iterator<Item = (&'a Operation, &'a plan::Operation)> {
    planned.operations.iter().filter_map(|planned| {
        Some((group.operations.iter().find(|operation| operation.id == planned.name.wire)?, planned))
    })
}

/// The page of a group.
fn of_group(api: &Api, places: &Places, settings: &Settings<'_>, group: &Group, planned: &plan::Group) -> String {
    let types = Types { api, places, to_models: "../models/" };
    let mut page = Page::titled(&front::group_title(&group.tag));
    page.words(group.docs.summary.as_deref());
    page.words(group.docs.description.as_deref());
    if let Some(server) = api.servers.first() {
        page.paragraph(&format!("Version {}, at {}.", code(&api.name), code(&server.url)));
    }
    let rows: Vec<Vec<String>> = operations(group, planned)
        .map(|(operation, planned)| {
            let anchor = places::anchor(planned);
            let summary = operation.docs.summary.as_deref().map_or_else(String::new, crate::markdown::line);
            let request = code(&format!("{} {}", operation.method.as_str(), planned.path));
            vec![format!("[{}](#{anchor})", escaped(&anchor)), request, summary]
        })
        .collect();
    page.table(&["Method", "Request", "Description"], &rows);
    for operation in operations(group, planned) {
        operation::write(&mut page, types, settings, (group, planned), operation);
    }
    page.finish()
}

/// The schemas that an operation sends or returns, also inside others.
fn reached(api: &Api, operation: &Operation) -> BTreeSet<SchemaId> {
    let roots = operation.written().chain(operation.read()).filter_map(Value::named);
    let contained = |id| api.schema(id).into_iter().flat_map(|schema| schema.kind.contained());
    usages(roots.map(|id| (id, Usage::Both)), contained).into_keys().collect()
}
