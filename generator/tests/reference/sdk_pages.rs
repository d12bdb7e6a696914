//! The pages beside those of the libraries that SailPoint publishes: a table of their facts, which is not ours to keep here.
//!
//! `SDK_OPERATIONS=operations.json cargo test -p generator --test reference -- --ignored`

use serde_json::Value;

use crate::page::{Row, sections};
use crate::{ours, page_of};

/// What our documents call types that the libraries name after an operation.
const RENAMED: [(&str, &str); 2] = [("401Response", "Unauthorized"), ("429Response", "TooManyRequests")];

#[test]
#[ignore = "needs the table of the libraries' pages in the variable SDK_OPERATIONS"]
fn every_fact_of_the_libraries_pages_is_on_ours() {
    let path = std::env::var("SDK_OPERATIONS").expect("SDK_OPERATIONS names the table");
    let text = std::fs::read_to_string(path).expect("the table can be read");
    let pages: Value = serde_json::from_str(&text).expect("the table is JSON");
    let files = ours();
    let (mut missing, mut facts) = (Vec::new(), 0);
    for page in pages.as_array().expect("a list of pages") {
        let (version, group) = (word(page, "version"), word(page, "group").replace('-', " "));
        let sections = sections(page_of(&files, version, &group));
        for operation in page["operations"].as_array().expect("a list of operations") {
            let anchor = word(operation, "anchor");
            let mut check = |what: String, found: Option<&str>, wanted: &str| {
                facts += 1;
                if !found.is_some_and(|found| found.contains(wanted)) {
                    missing.push(format!("{version} {anchor}: {what}: {found:?} without {wanted}"));
                }
            };
            let Some(section) = sections.get(anchor) else {
                check("section".to_owned(), None, anchor);
                continue;
            };
            let request = format!("`{} /{version}{}`", word(operation, "method"), word(operation, "path"));
            check("request".to_owned(), section.fact("Request"), &request);
            let sdk_name = word(operation, "sdk_name");
            match (word(page, "sdk"), version) {
                ("python", _) => check("name".to_owned(), section.fact("Python SDK"), &sdk_name.replace('-', "_")),
                // The page of v3 lists ids instead of cmdlets.
                (_, "v3") => {}
                _ => check("name".to_owned(), section.fact("PowerShell SDK"), &format!("`{sdk_name}`")),
            }
            let cell = |table: &str, at: &dyn Fn(&Row) -> bool, column: &str| {
                let rows = sections.get(&format!("{anchor}/{table}"))?.tables.iter().flatten();
                rows.into_iter().find(|row| at(row))?.get(column).map(String::as_str)
            };
            for parameter in operation["params"].as_array().expect("a list") {
                let (place, name) = (word(parameter, "in"), word(parameter, "name"));
                let required = if parameter["required"] == true { "yes" } else { "no" };
                let (table, key) = match place {
                    "body" => ("Body", "Content type"),
                    "form" => ("Body", "Part"),
                    _ => ("Parameters", "Name"),
                };
                let is_it =
                    |row: &Row| row.get(key).is_some_and(|cell| place == "body" || letters(cell) == letters(name));
                check(format!("{name} required"), cell(table, &is_it, "Required"), required);
                let kind = kind(word(parameter, "type"));
                // The libraries take a language as any text.
                let kind = if name.eq_ignore_ascii_case("locale") { "Locale" } else { &kind };
                check(format!("{name} type"), cell(table, &is_it, "Type"), kind);
                if !matches!(place, "body" | "form") {
                    check(format!("{name} place"), cell(table, &is_it, "Place"), place);
                }
                if let Some(default) = parameter["default"].as_str() {
                    check(format!("{name} default"), cell(table, &is_it, "Default"), &default.to_lowercase());
                }
            }
            for (status, body) in operation["responses"].as_object().expect("an object") {
                let is_it = |row: &Row| row.get("Status") == Some(status);
                check(status.clone(), cell("Responses", &is_it, "Status"), status);
                if let Some(body) = body.as_str() {
                    check(format!("{status} type"), cell("Responses", &is_it, "Type"), &kind(body));
                }
            }
            if let Some(sent) = operation["content_type"].as_str() {
                check("content type".to_owned(), cell("Body", &|_| true, "Content type"), &format!("`{sent}`"));
            }
            for accepted in operation["accept"].as_array().expect("a list").iter().filter_map(Value::as_str) {
                let has = |row: &Row| row.get("Content type").is_some_and(|cell| cell.contains(accepted));
                check("accept".to_owned(), cell("Responses", &has, "Content type"), &format!("`{accepted}`"));
            }
        }
    }
    assert!(missing.is_empty(), "{} of {facts} facts are missing:\n{}", missing.len(), missing.join("\n"));
    println!("{facts} facts are on the pages");
    assert!(facts > 700, "only {facts} facts");
}

fn word<'v>(value: &'v Value, name: &str) -> &'v str {
    value[name].as_str().unwrap_or_default()
}

/// A name without what only separates its words.
fn letters(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()).collect()
}

/// A type of the libraries as our pages spell it.
fn kind(name: &str) -> String {
    let inner = name.trim_start_matches("[]").trim_end_matches("[]");
    let inner = inner.strip_prefix("List[").and_then(|rest| rest.strip_suffix(']')).unwrap_or(inner);
    let spelled = match inner {
        // A response that is a string is text there.
        "str" | "String" => "t",
        "int" | "Int32" => "integer",
        "bool" => "boolean",
        "bytearray" | "System.IO.FileInfo" => "file",
        other => {
            let renamed = RENAMED.iter().find(|(end, _)| other.ends_with(end));
            return format!(
                "{}[`{}`]",
                if inner == name { "" } else { "list of " },
                renamed.map_or(other, |(_, ours)| ours)
            );
        }
    };
    spelled.to_owned()
}
