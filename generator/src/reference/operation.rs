//! What a page says of one operation: its names, parameters, body and responses, and two examples.

use super::settings::Settings;
use super::text::{Page, code, code_link, codes};
use super::types::Types;
use super::{command, elsewhere, places};
use crate::markdown;
use crate::model::{
    Body, Content, Deprecation, Docs, Group, Header, Need, Operation, Parameter, Part, Payload, Place, Response,
    SecurityRequirement,
};
use crate::rust::plan;

/// Writes the section of an operation.
pub(super) fn write(
    page: &mut Page,
    types: Types<'_>,
    settings: &Settings<'_>,
    group: (&Group, &plan::Group),
    operation: (&Operation, &plan::Operation),
) {
    let (described, planned) = operation;
    page.heading(2, &places::anchor(planned));
    if described.docs.deprecation == Deprecation::Deprecated {
        page.paragraph("**Deprecated.** The API may drop this operation.");
    }
    page.words(described.docs.summary.as_deref());
    page.words(described.docs.description.as_deref());
    if let Some(link) = &described.docs.link {
        page.words(Some(&format!("[{}]({})", link.description.as_deref().unwrap_or("Further reading"), link.url)));
    }
    page.table(&["", ""], &facts(types, settings, group, operation));
    parameters(page, types, operation);
    if let Some(body) = &described.body {
        of_body(page, types, body, planned);
    }
    page.heading(3, "Responses");
    let rows: Vec<Vec<String>> = described.responses.iter().map(|response| of_response(types, response)).collect();
    page.table(&["Status", "Type", "Content type", "Headers", "Description"], &rows);
    page.heading(3, "Example");
    if let Some(lines) = (settings.example)(group.1, planned) {
        page.code(
            "rust,ignore",
            &lines.iter().filter(|line| !line.starts_with("# ")).cloned().collect::<Vec<_>>().join("\n"),
        );
    }
    if let Some(program) = &settings.config.program {
        page.code("sh", &command::of(program, types.api, group.1, described, planned));
    }
}

/// The request, the names, and what a caller needs: rows of two cells.
fn facts(
    types: Types<'_>,
    settings: &Settings<'_>,
    (group, planned_group): (&Group, &plan::Group),
    (operation, planned): (&Operation, &plan::Operation),
) -> Vec<Vec<String>> {
    let module = &types.api.name;
    let mut rows = vec![
        ("Request".to_owned(), code(&format!("{} {}", operation.method.as_str(), planned.path))),
        ("Rust".to_owned(), code(&signature(module, planned_group, planned))),
    ];
    if let Some(program) = &settings.config.program {
        let words = format!("{program} {} {}", places::kebab(&planned_group.module), places::anchor(planned));
        rows.push((code(program), code(&words)));
    }
    for rule in &settings.config.elsewhere {
        let name = elsewhere::name(rule, module, group, operation);
        rows.push((markdown::plain(&rule.label), code(&name)));
    }
    let access = security(&operation.security);
    if !access.is_empty() {
        rows.push(("Access".to_owned(), access));
    }
    for extension in &operation.extensions {
        rows.push((markdown::plain(&extension.label), codes(extension.values.iter().map(String::as_str))));
    }
    if let Some(paging) = &operation.paging {
        let (offset, limit) = (code(&paging.offset), code(&paging.limit));
        rows.push(("Pages".to_owned(), format!("{offset} and {limit}, at most {} items each", paging.size)));
    }
    rows.into_iter().map(|(name, value)| vec![name, value]).collect()
}

/// `v2025::ConnectorsApi::get_connector(script_name)`: what is required.
fn signature(module: &str, group: &plan::Group, operation: &plan::Operation) -> String {
    let mut arguments: Vec<&str> = operation.arguments.iter().map(|argument| argument.name.ident.as_str()).collect();
    if let Some(body) = &operation.body {
        match &body.kind {
            plan::BodyKind::Whole { ident, .. } if body.need == Need::Required => arguments.push(ident),
            plan::BodyKind::Whole { .. } => {}
            plan::BodyKind::Parts(parts) | plan::BodyKind::UrlEncoded(parts) => {
                let required = parts.iter().filter(|part| part.need == Need::Required);
                arguments.extend(required.map(|part| part.name.ident.as_str()));
            }
        }
    }
    format!("{module}::{}::{}({})", group.ident, operation.name.ident, arguments.join(", "))
}

/// What a caller needs: alternatives, each of schemes with their scopes.
fn security(alternatives: &[SecurityRequirement]) -> String {
    let one = |requirement: &SecurityRequirement| {
        let schemes = requirement.schemes.iter().map(|scheme| match scheme.scopes.is_empty() {
            true => code(&scheme.scheme),
            false => {
                let scopes = codes(scheme.scopes.iter().map(String::as_str));
                format!(
                    "{} with the scope{} {scopes}",
                    code(&scheme.scheme),
                    if scheme.scopes.len() == 1 { "" } else { "s" }
                )
            }
        });
        let schemes: Vec<String> = schemes.collect();
        if schemes.is_empty() { "none".to_owned() } else { schemes.join(" and ") }
    };
    alternatives.iter().map(one).collect::<Vec<_>>().join("; or ")
}

fn parameters(page: &mut Page, types: Types<'_>, (operation, planned): (&Operation, &plan::Operation)) {
    if operation.parameters.is_empty() {
        return;
    }
    page.heading(3, "Parameters");
    let rows: Vec<Vec<String>> =
        operation.parameters.iter().map(|parameter| of_parameter(types, parameter, planned)).collect();
    let columns = ["Name", "In Rust", "Place", "Type", "Required", "Default", "Allowed values", "Description"];
    page.table(&columns, &rows);
}

fn of_parameter(types: Types<'_>, parameter: &Parameter, planned: &plan::Operation) -> Vec<String> {
    let place = match parameter.place {
        Place::Path => "path",
        Place::Query => "query",
        Place::Header => "header",
        Place::Cookie => "cookie",
    };
    let known = planned.parameter(parameter.place, &parameter.name);
    vec![
        code(&parameter.name),
        known.map_or_else(String::new, |known| code(&known.name.ident)),
        place.to_owned(),
        types.of(&parameter.value),
        required(parameter.need),
        default(&parameter.docs),
        types.allowed(&parameter.value),
        described(&parameter.docs),
    ]
}

/// Whether something is required, as a cell.
pub(super) fn required(need: Need) -> String {
    if need == Need::Required { "yes" } else { "no" }.to_owned()
}

/// The value that the server assumes, as a cell.
pub(super) fn default(docs: &Docs) -> String {
    docs.default.as_ref().map_or_else(String::new, super::text::json)
}

/// The words of the document on one line, as a cell.
pub(super) fn described(docs: &Docs) -> String {
    let deprecated = (docs.deprecation == Deprecation::Deprecated).then(|| "**Deprecated.**".to_owned());
    let title = docs.title.as_deref().filter(|_| docs.description.is_none());
    let texts = [docs.summary.as_deref().or(title), docs.description.as_deref()];
    let words = texts.into_iter().flatten().map(markdown::line).filter(|line| !line.is_empty());
    deprecated.into_iter().chain(words).collect::<Vec<_>>().join(" ")
}

fn of_body(page: &mut Page, types: Types<'_>, body: &Body, planned: &plan::Operation) {
    page.heading(3, "Body");
    page.words(body.docs.description.as_deref());
    let rows: Vec<Vec<String>> = body
        .contents
        .iter()
        .map(|content| vec![code(content.media_type.as_str()), types.of_content(content), required(body.need)])
        .collect();
    page.table(&["Content type", "Type", "Required"], &rows);
    let Some(content) = body.preferred() else { return };
    let parts = match &content.payload {
        Payload::Form(parts) | Payload::UrlEncoded(parts) => parts.declared(),
        _ => &[],
    };
    let rows: Vec<Vec<String>> = parts.iter().map(|part| of_part(types, part, planned)).collect();
    page.table(&["Part", "In Rust", "Type", "Required", "Default", "Allowed values", "Description"], &rows);
}

fn of_part(types: Types<'_>, part: &Part, planned: &plan::Operation) -> Vec<String> {
    vec![
        code(&part.name),
        planned.part(&part.name).map_or_else(String::new, |known| code(&known.name.ident)),
        if command::is_file(part) { "file".to_owned() } else { types.of(&part.value) },
        required(part.need),
        default(&part.docs),
        types.allowed(&part.value),
        described(&part.docs),
    ]
}

fn of_response(types: Types<'_>, response: &Response) -> Vec<String> {
    let all = |of: &dyn Fn(&Content) -> String| {
        let mut each: Vec<String> = response.contents.iter().map(of).collect();
        each.dedup();
        each.join(", ")
    };
    let header = |header: &Header| {
        let words = described(&header.docs);
        let name = format!("{} ({})", code(&header.name), types.of(&header.value));
        if words.is_empty() { name } else { format!("{name}: {words}") }
    };
    vec![
        response.status.to_string(),
        all(&|content| types.of_content(content)),
        all(&|content| code(content.media_type.as_str())),
        response.headers.iter().map(header).collect::<Vec<_>>().join("<br>"),
        markdown::line(&response.description),
    ]
}

/// The operation as a link to its section, from the page of a model.
pub(super) fn linked(group: &plan::Group, operation: &plan::Operation) -> String {
    let anchor = places::anchor(operation);
    code_link(&anchor, &format!("../{}.md#{anchor}", places::of_group(group)))
}
