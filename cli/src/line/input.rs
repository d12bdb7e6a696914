//! What an operation takes, as arguments: the one plan that the arguments are built from and read by.

use std::collections::BTreeSet;

use runtime::catalog::{Parameter, Part, PartKind, Place};

use crate::index::{Target, hyphenated, kebab};
use crate::schema::{Kind, Schema};

/// The members of a JSON Patch that have options of their own (RFC 6902).
pub(crate) const fn patch_ops() -> [&'static str; 4] {
    ["add", "replace", "remove", "test"]
}

/// Names that options of the program have, which no option of an operation may take.
const TAKEN: [&str; 27] = [
    "all",
    "api",
    "base-url",
    "body",
    "body-template",
    "columns",
    "curl",
    "dry-run",
    "field",
    "header",
    "help",
    "jq",
    "max-items",
    "output",
    "output-file",
    "profile",
    "query",
    "retries",
    "schema",
    "timeout",
    "verbose",
    "version",
    "yes",
    "add",
    "replace",
    "remove",
    "test",
];

/// The options that fill in a form of which nothing is declared.
pub(crate) const OPEN_FORM: [&str; 2] = ["file", "part"];

/// One argument of an operation.
#[derive(Debug)]
pub(crate) struct Input {
    /// The option's name, and its id for `clap`.
    pub(crate) name: String,
    pub(crate) source: Source,
    pub(crate) schema: Schema,
    pub(crate) required: bool,
    pub(crate) description: String,
    pub(crate) deprecated: bool,
}

/// What an argument fills in.
#[derive(Clone, Debug)]
pub(crate) enum Source {
    Parameter(&'static Parameter),
    /// A member of a JSON body.
    Field(String),
    Part(&'static Part),
}

impl Input {
    /// Whether the argument has no name: parameters of the path.
    pub(crate) fn is_positional(&self) -> bool {
        matches!(self.source, Source::Parameter(parameter) if parameter.place == Place::Path)
    }

    /// Whether the argument is the path of a file.
    pub(crate) fn is_file(&self) -> bool {
        matches!(self.source, Source::Part(part) if matches!(part.kind, PartKind::File | PartKind::Files))
    }

    /// Whether the option may be typed several times.
    pub(crate) fn is_repeated(&self) -> bool {
        match self.source {
            Source::Part(part) if part.kind == PartKind::Files => true,
            Source::Parameter(_) => matches!(self.schema.kind(), Kind::List | Kind::Object),
            _ => !self.is_file() && self.schema.kind() == Kind::List,
        }
    }
}

/// Everything that an operation takes: parameters in their order, then members of its body or parts of its form.
pub(crate) fn inputs(target: &Target) -> Vec<Input> {
    let mut names = Names(TAKEN.iter().map(|name| (*name).to_owned()).collect());
    if is_open_form(target) {
        names.0.extend(OPEN_FORM.map(str::to_owned));
    }
    let parameters = target.entry.parameters.iter().map(|parameter| {
        // Positional arguments have no option's name to collide with, but an id, which must be their own.
        let name = match parameter.place {
            Place::Path => names.take("path", &kebab(parameter.rust_name)),
            _ => names.take("param", &kebab(parameter.rust_name)),
        };
        Input {
            name,
            source: Source::Parameter(parameter),
            schema: Schema::read(target.catalog, parameter.schema),
            required: parameter.required,
            description: parameter.description.to_owned(),
            deprecated: parameter.deprecated,
        }
    });
    let mut all: Vec<Input> = parameters.collect();
    all.extend(body_inputs(target, &mut names));
    all
}

/// Whether an operation takes a form of which the document declares no part.
pub(crate) fn is_open_form(target: &Target) -> bool {
    let body = target.entry.body.as_ref().and_then(|body| body.media_types.first());
    body.is_some_and(|media| media.parts.is_empty() && media.name.starts_with("multipart/"))
}

/// Whether an operation's body is a JSON Patch (RFC 6902).
pub(crate) fn is_patch(target: &Target) -> bool {
    let body = target.entry.body.as_ref().and_then(|body| body.media_types.first());
    body.is_some_and(|media| media.name.contains("json-patch"))
}

fn body_inputs(target: &Target, names: &mut Names) -> Vec<Input> {
    let Some(media) = target.entry.body.as_ref().and_then(|body| body.media_types.first()) else { return Vec::new() };
    if !media.parts.is_empty() {
        return media.parts.iter().map(|part| part_input(target, part, names)).collect();
    }
    let schema = Schema::read(target.catalog, media.schema);
    if is_patch(target) || schema.kind() != Kind::Object {
        return Vec::new();
    }
    let required = schema.required();
    let fields = schema.properties().into_iter().filter(|(_, schema)| has_option(schema));
    fields
        .map(|(name, schema)| Input {
            name: names.take("body", &hyphenated(&name)),
            required: required.contains(&name),
            description: schema.word("description").unwrap_or_default().to_owned(),
            deprecated: schema.flag("deprecated"),
            source: Source::Field(name),
            schema,
        })
        .collect()
}

fn part_input(target: &Target, part: &'static Part, names: &mut Names) -> Input {
    Input {
        name: names.take("part", &kebab(part.rust_name)),
        source: Source::Part(part),
        schema: Schema::read(target.catalog, part.schema),
        required: part.required,
        description: part.description.to_owned(),
        deprecated: false,
    }
}

/// Whether a member of a body is simple enough for an option of its own: a scalar or a list of scalars that is sent.
fn has_option(schema: &Schema) -> bool {
    let scalar = |kind: Kind| matches!(kind, Kind::Text | Kind::Integer | Kind::Number | Kind::Boolean);
    let simple = match schema.kind() {
        Kind::List => schema.items().is_some_and(|items| scalar(items.kind())),
        kind => scalar(kind),
    };
    simple && !schema.flag("readOnly")
}

/// The names that are in use.
struct Names(BTreeSet<String>);

impl Names {
    /// The name, or the name behind a prefix if it is in use already.
    fn take(&mut self, prefix: &str, name: &str) -> String {
        let mut name = if name.is_empty() { prefix.to_owned() } else { name.to_owned() };
        while !self.0.insert(name.clone()) {
            name = format!("{prefix}-{name}");
        }
        name
    }
}
