//! An operation as a command of the command line that stands on the catalog: `sailc connectors get-connector servicenow`.

use serde_json::Value as Json;

use super::places::kebab;
use super::sample;
use crate::model::{Api, Body, Need, Operation, Part, Payload, Place, TextFormat, ValueKind, file_name};
use crate::rust::plan;

/// The words of the command, for a POSIX shell, a line for each option where one line would be long.
pub(super) fn of(
    program: &str,
    api: &Api,
    group: &plan::Group,
    operation: &Operation,
    planned: &plan::Operation,
) -> String {
    let mut words = vec![format!("{program} {} {}", kebab(&group.module), kebab(&planned.name.ident))];
    for parameter in operation.parameters.iter().filter(|parameter| parameter.place == Place::Path) {
        let value = sample::of(api, &parameter.value, &parameter.docs, &parameter.examples, &parameter.name);
        words[0].push(' ');
        words[0].push_str(&quoted(&plain(&value)));
    }
    words.push(format!("--api {}", quoted(&api.name)));
    let required = operation.parameters.iter().filter(|it| it.need == Need::Required && it.place != Place::Path);
    for parameter in required {
        let ident =
            planned.parameter(parameter.place, &parameter.name).map_or(&parameter.name, |known| &known.name.ident);
        let value = sample::of(api, &parameter.value, &parameter.docs, &parameter.examples, &parameter.name);
        words.push(option(ident, &value));
    }
    if let Some(body) = &operation.body {
        words.extend(of_body(api, body, planned));
    }
    let line = words.join(" ");
    if line.len() <= 100 { line } else { words.join(" \\\n  ") }
}

/// The options that make the body, in the form that clients send.
fn of_body(api: &Api, body: &Body, planned: &plan::Operation) -> Vec<String> {
    let Some(content) = body.preferred() else { return Vec::new() };
    match &content.payload {
        Payload::Form(parts) | Payload::UrlEncoded(parts) if !parts.declared().is_empty() => {
            let required = parts.declared().iter().filter(|part| part.need == Need::Required);
            required.map(|part| of_part(api, part, content.example_of(part), planned)).collect()
        }
        Payload::Form(_) => {
            let shown = content.example().and_then(|whole| whole.as_object()?.values().next());
            vec![format!("--file {}", file(shown))]
        }
        _ if body.need == Need::Optional => Vec::new(),
        Payload::Json(_) => vec![format!("--body {}", quoted(&sample::of_content(api, content).to_string()))],
        Payload::Bytes(_) => vec![format!("--body ./upload.{}", content.media_type.ending())],
        Payload::UrlEncoded(_) | Payload::Text(_) => vec!["--body text".to_owned()],
    }
}

fn of_part(api: &Api, part: &Part, shown: Option<&Json>, planned: &plan::Operation) -> String {
    let ident = planned.part(&part.name).map_or(&part.name, |known| &known.name.ident);
    if is_file(part) {
        return format!("--{} {}", kebab(ident), file(shown.and_then(|shown| shown.get(0)).or(shown)));
    }
    let made = || sample::of(api, &part.value, &part.docs, &[], &part.name);
    option(ident, &shown.cloned().unwrap_or_else(made))
}

/// A file with the name that the document shows.
fn file(shown: Option<&Json>) -> String {
    quoted(&format!("./{}", shown.and_then(file_name).unwrap_or("upload.xml")))
}

/// Whether a part of a form is a file, or files.
pub(super) fn is_file(part: &Part) -> bool {
    let is_binary = |kind: &ValueKind| matches!(kind, ValueKind::Text(text) if text.format == TextFormat::Binary);
    match &part.value.kind {
        ValueKind::List(list) => is_binary(&list.items.kind),
        kind => is_binary(kind),
    }
}

fn option(ident: &str, value: &Json) -> String {
    match value {
        // A flag takes its value behind `=`.
        Json::Bool(flag) => format!("--{}={flag}", kebab(ident)),
        Json::Array(items) => {
            let options = items.iter().map(|item| format!("--{} {}", kebab(ident), quoted(&plain(item))));
            options.collect::<Vec<_>>().join(" ")
        }
        other => format!("--{} {}", kebab(ident), quoted(&plain(other))),
    }
}

fn plain(value: &Json) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// A word of a POSIX shell.
fn quoted(text: &str) -> String {
    let is_safe = |letter: char| letter.is_ascii_alphanumeric() || "-_./:@%+,".contains(letter);
    if !text.is_empty() && text.chars().all(is_safe) {
        text.to_owned()
    } else {
        format!("'{}'", text.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_quoted_for_a_shell() {
        assert_eq!(quoted("de-DE"), "de-DE");
        assert_eq!(quoted(""), "''");
        assert_eq!(quoted("it's $HOME"), r"'it'\''s $HOME'");
    }
}
