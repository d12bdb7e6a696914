//! `Cargo.toml` of the generated crate, as the configuration describes it.

use serde_json::Value;
use std::fmt::Write as _;

use crate::config::{CrateConfig, Tables};
use crate::rust::summary::Summary;

/// The feature that switches the catalogs on.
const CATALOG: &str = "catalog";

/// The feature that switches the command line on, and what generated code calls the crate that makes it.
const CLI: &str = "cli";

/// The text of the manifest.
pub(super) fn emit(krate: &CrateConfig, apis: &[Summary], header: &str) -> String {
    let mut text = format!("# {header}\n\n[package]\n");
    let mut package = vec![
        ("name", Some(krate.name.as_str())),
        ("version", Some(krate.version.as_str())),
        ("edition", Some("2024")),
        ("rust-version", krate.rust_version.as_deref()),
        ("description", Some(krate.description.as_str())),
        ("license", krate.license.as_deref()),
    ];
    for (key, value) in package.drain(..) {
        if let Some(value) = value {
            entry(&mut text, key, &Value::String(value.to_owned()));
        }
    }
    for (key, value) in &krate.package {
        entry(&mut text, key, value);
    }
    if krate.cli.is_some() {
        text.push_str("\n[[bin]]\n");
        entry(&mut text, "name", &Value::from(krate.name.as_str()));
        entry(&mut text, "path", &Value::from("src/main.rs"));
        entry(&mut text, "required-features", &Value::from(vec![CLI]));
        // The library has the same name, and more to say.
        entry(&mut text, "doc", &Value::from(false));
    }
    features(&mut text, krate, apis);
    text.push_str("\n[dependencies]\n");
    if let Some(cli) = &krate.cli {
        let mut cli = cli.clone();
        cli["optional"] = Value::from(true);
        entry(&mut text, CLI, &cli);
    }
    entry(&mut text, "runtime", &runtime(krate));
    if !krate.dev_dependencies.is_empty() {
        text.push_str("\n[dev-dependencies]\n");
        for (name, dependency) in &krate.dev_dependencies {
            entry(&mut text, name, dependency);
        }
    }
    for (name, table) in &krate.tables {
        let (head, tables) = match table {
            Tables::One(table) => (format!("[{name}]"), std::slice::from_ref(table)),
            Tables::Several(tables) => (format!("[[{name}]]"), tables.as_slice()),
        };
        for table in tables {
            let _ = write!(text, "\n{head}\n");
            for (key, value) in table {
                entry(&mut text, key, value);
            }
        }
    }
    text
}

/// The dependency on the runtime, with the feature of its conventions.
fn runtime(krate: &CrateConfig) -> Value {
    let mut runtime = krate.runtime.clone();
    if let (Value::Object(runtime), Some(conventions)) = (&mut runtime, &krate.conventions) {
        let features = runtime.entry("features").or_insert_with(|| Value::Array(Vec::new()));
        if let Value::Array(features) = features {
            features.push(Value::String(conventions.clone()));
        }
    }
    runtime
}

fn features(text: &mut String, krate: &CrateConfig, apis: &[Summary]) {
    text.push_str("\n[features]\n");
    let modules = apis.iter().map(|api| &api.module);
    let default: Vec<String> = modules.chain(&krate.default_features).cloned().collect();
    entry(text, "default", &Value::from(default));
    for (name, needs) in apis.iter().flat_map(|api| &api.features) {
        entry(text, name, &Value::from(needs.clone()));
    }
    // What APIs say about themselves, as constant data.
    entry(text, CATALOG, &Value::Array(Vec::new()));
    if krate.cli.is_some() {
        let modules = apis.iter().map(|api| api.module.clone());
        let switches: Vec<String> = [CATALOG.to_owned(), format!("dep:{CLI}")].into_iter().chain(modules).collect();
        entry(text, CLI, &Value::from(switches));
    }
    for (name, switches) in &krate.features {
        entry(text, name, &Value::from(switches.clone()));
    }
}

fn entry(text: &mut String, key: &str, value: &Value) {
    let bare = !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    let key = if bare { key.to_owned() } else { toml::Value::String(key.to_owned()).to_string() };
    let _ = writeln!(text, "{key} = {}", toml_value(value));
}

/// JSON as TOML, which has no `null`: a key without a value is left out by its table.
fn toml_value(value: &Value) -> toml::Value {
    match value {
        Value::Null => toml::Value::String(String::new()),
        Value::Bool(value) => toml::Value::Boolean(*value),
        Value::Number(number) => match number.as_i64() {
            Some(integer) => toml::Value::Integer(integer),
            None => toml::Value::Float(number.as_f64().unwrap_or_default()),
        },
        Value::String(text) => toml::Value::String(text.clone()),
        Value::Array(items) => toml::Value::Array(items.iter().map(toml_value).collect()),
        Value::Object(table) => toml::Value::Table(
            table.iter().filter(|(_, value)| !value.is_null()).map(|(k, v)| (k.clone(), toml_value(v))).collect(),
        ),
    }
}
