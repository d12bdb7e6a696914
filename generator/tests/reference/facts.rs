//! Every fact of the model of our own documents stands on the pages.

use std::collections::BTreeMap;

use generator::model::{Api, Need, Operation, Place, SchemaKind, Value, ValueKind};

use crate::page::{Section, sections};
use crate::{ours, own_models, page_of};

#[test]
fn every_fact_of_our_documents_is_on_the_pages() {
    let (files, apis) = (ours(), own_models());
    let mut missing = Vec::new();
    let mut seen = 0;
    for api in &apis {
        for group in &api.groups {
            let sections = sections(page_of(&files, &api.name, &group.tag));
            for operation in &group.operations {
                seen += 1;
                Facts { api, operation, sections: &sections, missing: &mut missing }.check();
            }
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
    assert_eq!(seen, 32);
}

/// The facts of one operation.
struct Facts<'a> {
    api: &'a Api,
    operation: &'a Operation,
    sections: &'a BTreeMap<String, Section>,
    missing: &'a mut Vec<String>,
}

impl Facts<'_> {
    fn check(&mut self) {
        let operation = self.operation;
        let path = format!("{}{}", self.api.base_path(), operation.path);
        self.fact("Request", &format!("`{} {path}`", operation.method.as_str()));
        let scopes = operation.security.iter().flat_map(|one| &one.schemes).flat_map(|scheme| &scheme.scopes);
        for scope in scopes {
            self.fact("Access", &format!("`{scope}`"));
        }
        for extension in &operation.extensions {
            for value in &extension.values {
                self.fact(&extension.label, &format!("`{value}`"));
            }
        }
        if let Some(paging) = &operation.paging {
            self.fact("Pages", &format!("at most {} items", paging.size));
        }
        self.parameters();
        self.body();
        self.responses();
    }

    fn parameters(&mut self) {
        for parameter in &self.operation.parameters {
            let place = match parameter.place {
                Place::Path => "path",
                Place::Query => "query",
                Place::Header => "header",
                Place::Cookie => "cookie",
            };
            let mut wanted = vec![
                ("Place", place.to_owned()),
                ("Required", required(parameter.need).to_owned()),
                ("Type", self.kind(&parameter.value)),
            ];
            if let Some(default) = &parameter.docs.default {
                wanted.push(("Default", format!("`{}`", default.to_string().trim_matches('"'))));
            }
            wanted.extend(
                self.values(&parameter.value).into_iter().map(|value| ("Allowed values", format!("`{value}`"))),
            );
            self.cells("Parameters", "Name", &format!("`{}`", parameter.name), &wanted);
        }
    }

    fn body(&mut self) {
        let Some(body) = &self.operation.body else { return };
        for content in &body.contents {
            let media_type = format!("`{}`", content.media_type);
            self.cells("Body", "Content type", &media_type, &[("Required", required(body.need).to_owned())]);
            for part in content.values().zip(self.parts(content)) {
                let (_, (name, need)) = part;
                self.cells("Body", "Part", &format!("`{name}`"), &[("Required", required(need).to_owned())]);
            }
        }
    }

    fn parts(&self, content: &generator::model::Content) -> Vec<(String, Need)> {
        use generator::model::Payload;
        match &content.payload {
            Payload::Form(parts) | Payload::UrlEncoded(parts) => {
                parts.declared().iter().map(|part| (part.name.clone(), part.need)).collect()
            }
            _ => Vec::new(),
        }
    }

    fn responses(&mut self) {
        for response in &self.operation.responses {
            let mut wanted = Vec::new();
            for content in &response.contents {
                wanted.push(("Content type", format!("`{}`", content.media_type)));
                wanted.extend(
                    content.values().next().filter(|_| is_json(content)).map(|value| ("Type", self.kind(value))),
                );
            }
            wanted.extend(response.headers.iter().map(|header| ("Headers", format!("`{}`", header.name))));
            self.cells("Responses", "Status", &response.status.to_string(), &wanted);
        }
    }

    /// What the page has to say of a type, whatever the client calls it.
    fn kind(&self, value: &Value) -> String {
        match &value.kind {
            ValueKind::Any => "JSON".to_owned(),
            ValueKind::Boolean => "boolean".to_owned(),
            ValueKind::Integer(_) => "integer".to_owned(),
            ValueKind::Number(_) => "number".to_owned(),
            ValueKind::Text(_) => "string".to_owned(),
            ValueKind::List(list) => format!("list of {}", self.kind(&list.items)),
            ValueKind::Map(_) => "map of".to_owned(),
            ValueKind::Named(id) => {
                let schema = self.api.schema(*id).expect("it is in the model");
                let name = schema.path.segments.last().unwrap_or(&schema.path.root);
                format!("[`{}{}", &name[..1].to_uppercase(), &name[1..])
            }
        }
    }

    fn values(&self, value: &Value) -> Vec<String> {
        match &value.kind {
            ValueKind::Named(id) => match self.api.schema(*id).map(|schema| &schema.kind) {
                Some(SchemaKind::StringEnum(values)) => values.values.clone(),
                _ => Vec::new(),
            },
            _ => Vec::new(),
        }
    }

    /// A fact of the operation's first table.
    fn fact(&mut self, name: &str, wanted: &str) {
        let anchor = anchor(&self.operation.id);
        let found = self.sections.get(&anchor).and_then(|section| section.fact(name));
        if !found.is_some_and(|found| found.contains(wanted)) {
            self.missing.push(format!("{} {anchor}: {name}: {found:?} without {wanted}", self.api.name));
        }
    }

    /// The cells of one row.
    fn cells(&mut self, table: &str, column: &str, row: &str, wanted: &[(&str, String)]) {
        let anchor = anchor(&self.operation.id);
        let found = self.sections.get(&format!("{anchor}/{table}")).and_then(|section| section.row(column, row));
        for (name, wanted) in wanted {
            let cell = found.and_then(|row| row.get(*name)).map_or("", String::as_str);
            if !cell.contains(wanted.as_str()) {
                self.missing
                    .push(format!("{} {anchor}: {table} {row}: {name} is {cell:?}, not {wanted}", self.api.name));
            }
        }
        if found.is_none() {
            self.missing.push(format!("{} {anchor}: {table} has no row {row}", self.api.name));
        }
    }
}

fn is_json(content: &generator::model::Content) -> bool {
    matches!(content.payload, generator::model::Payload::Json(_))
}

fn required(need: Need) -> &'static str {
    if need == Need::Required { "yes" } else { "no" }
}

/// `getConnectorList` as `get-connector-list`.
fn anchor(id: &str) -> String {
    id.chars().fold(String::new(), |mut text, letter| {
        if letter.is_ascii_uppercase() {
            text.push('-');
        }
        text.push(letter.to_ascii_lowercase());
        text
    })
}
