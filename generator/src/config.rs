//! `apis.yaml`: which APIs make up the crate, and what the crate is called.
//!
//! The keys are explained in the file itself; this is their shape.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;
use serde::Deserialize;
use serde_json::Value;

use crate::diagnostic::{Origin, Report};
use crate::keyword::KEYWORDS;
use crate::load;
use crate::pointer;
use crate::source::Reader;

/// The whole file.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Config {
    #[serde(rename = "crate")]
    pub krate: CrateConfig,
    pub apis: Vec<ApiConfig>,
}

/// The crate that is written.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct CrateConfig {
    pub name: String,
    pub version: String,
    pub description: String,
    /// The text of the crate's front page, in Markdown.
    pub documentation: String,
    /// Further pages of documentation: the module of each, and its Markdown file, relative to this file.
    #[serde(default)]
    pub pages: IndexMap<String, String>,
    #[serde(default)]
    pub license: Option<String>,
    #[serde(default)]
    pub rust_version: Option<String>,
    /// Further keys of `[package]`, as Cargo knows them.
    #[serde(default)]
    pub package: IndexMap<String, Value>,
    /// The crate that generated code stands on, as a Cargo dependency; generated code calls it `runtime`.
    pub runtime: Value,
    /// The crate that makes a command line of catalogs, as a Cargo dependency. With it the crate has a binary of its own name,
    /// behind the feature `cli`.
    #[serde(default)]
    pub cli: Option<Value>,
    /// The module of the runtime that knows the conventions of the APIs' servers, and the feature that switches it on. Without
    /// it, the conventions are what each document says.
    #[serde(default)]
    pub conventions: Option<String>,
    /// Features that only switch features of the runtime.
    #[serde(default)]
    pub features: IndexMap<String, Vec<String>>,
    /// Those of them that are on by default, beside the APIs.
    #[serde(default)]
    pub default_features: Vec<String>,
    /// What hand-written tests and examples of the crate need, as Cargo dependencies.
    #[serde(default)]
    pub dev_dependencies: IndexMap<String, Value>,
    /// Further tables of the manifest, by their dotted names, as Cargo knows them.
    #[serde(default)]
    pub tables: IndexMap<String, Tables>,
    /// `x-…` keys of operations whose values are shown in the docs, with the label to show them under.
    #[serde(default)]
    pub documented_extensions: BTreeMap<String, String>,
    /// Reference pages in the folder `docs`, if they are wanted.
    #[serde(default)]
    pub reference: Option<ReferenceConfig>,
}

/// The reference pages.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct ReferenceConfig {
    /// The title of the front page and of the book.
    pub title: String,
    /// The text of the front page, in Markdown; a list of the pages stands below it.
    pub introduction: String,
    /// The command line of the APIs, if there is one.
    #[serde(default)]
    pub program: Option<String>,
    /// What other libraries call the operations.
    #[serde(default)]
    pub elsewhere: Vec<NameElsewhere>,
    /// Further pages, in the order of the table of contents.
    #[serde(default)]
    pub pages: Vec<ProsePage>,
}

/// A page of the reference that people wrote.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct ProsePage {
    /// The title, which the text lacks.
    pub title: String,
    /// The text, in Markdown as rustdoc takes it, relative to the configuration. The page has the name of this file.
    pub file: String,
}

impl ProsePage {
    /// The file of the page: without folders, which those of the text are not.
    pub(crate) fn name(&self) -> &str {
        self.file.rsplit('/').next().unwrap_or(&self.file)
    }
}

/// What one other library calls the operations, as a rule.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct NameElsewhere {
    /// The library.
    pub label: String,
    /// The name, with [`PLACEHOLDERS`].
    pub name: String,
    /// What `{api}` is for the module of an API; the module where it is not listed.
    #[serde(default)]
    pub apis: BTreeMap<String, String>,
    /// What `{verb}` is for the first word of an operation's id.
    #[serde(default)]
    pub verbs: BTreeMap<String, String>,
    /// What `{verb}` is for any other word; `{noun}` is the whole id then.
    #[serde(default)]
    pub other_verb: String,
}

/// What the name of an operation elsewhere may be put together from.
const PLACEHOLDERS: [&str; 6] = ["api", "Group", "group", "operation", "verb", "noun"];

impl NameElsewhere {
    /// The first placeholder that means nothing.
    fn unknown_placeholder(&self) -> Option<&str> {
        let mut names = self.name.split('{').skip(1).map(|rest| rest.split('}').next().unwrap_or_default());
        names.find(|name| !PLACEHOLDERS.contains(name))
    }
}

/// What a name of the manifest holds.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub(crate) enum Tables {
    /// `[name]`.
    One(IndexMap<String, Value>),
    /// `[[name]]`, several times.
    Several(Vec<IndexMap<String, Value>>),
}

/// One API of the crate.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct ApiConfig {
    /// The module, and the feature that switches it on.
    pub module: String,
    /// The OpenAPI document, relative to this file.
    pub document: String,
    /// The overlays that are applied to the document, in that order, relative to this file.
    #[serde(default)]
    pub corrections: Vec<String>,
    /// The tags whose operations are wanted; all of them where none is named. An operation with several belongs to the
    /// group of the first that is wanted.
    #[serde(default)]
    pub tags: Vec<String>,
    /// What can be switched on alone.
    #[serde(default)]
    pub features: Features,
    /// Where this entry stands.
    #[serde(skip)]
    origin: Origin,
}

/// What of an API can be switched on alone.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Features {
    /// The API as a whole.
    #[default]
    Whole,
    /// Each tag, with the types that it reaches.
    Tags,
}

impl ApiConfig {
    /// Where the configuration names `tag`.
    pub(crate) fn origin_of_tag(&self, tag: &str) -> Origin {
        let index = self.tags.iter().position(|known| known == tag).unwrap_or(0);
        Origin::new(self.origin.file.clone(), format!("{}/tags/{index}", self.origin.pointer))
    }

    /// The overlays, each with where the configuration names it.
    pub(crate) fn overlays(&self) -> Vec<(String, Origin)> {
        let origin =
            |index| Origin::new(self.origin.file.clone(), format!("{}/corrections/{index}", self.origin.pointer));
        self.corrections.iter().enumerate().map(|(index, file)| (file.clone(), origin(index))).collect()
    }

    /// The files that say what to generate, and are no part of the specification.
    pub(crate) fn own_files(&self) -> Vec<String> {
        self.corrections.iter().chain([&self.origin.file]).cloned().collect()
    }

    /// Where the configuration names the module.
    pub(crate) fn origin_of_module(&self) -> Origin {
        Origin::new(self.origin.file.clone(), format!("{}/module", self.origin.pointer))
    }
}

/// Reads the configuration; what is wrong with it is reported.
pub(crate) fn read(reader: &dyn Reader, path: &str, report: &mut Report) -> Option<Config> {
    let files = load::load(reader, path, report)?;
    let tree = &files.tree;
    let mut config: Config = match serde_path_to_error::deserialize(tree) {
        Ok(config) => config,
        Err(error) => {
            let pointer = pointer_of(error.path());
            report.error(
                "configuration",
                Origin::new(path, pointer),
                error.inner().to_string(),
                "the comments in the file explain each key".to_owned(),
            );
            return None;
        }
    };
    for (index, api) in config.apis.iter_mut().enumerate() {
        api.origin = Origin::new(path, format!("/apis/{index}"));
    }
    check(&config, path, report);
    (!report.has_errors()).then_some(config)
}

/// Whether a name can be that of a module and of a feature.
fn is_module(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_lowercase())
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
        && !KEYWORDS.contains(&name)
}

fn check(config: &Config, file: &str, report: &mut Report) {
    if let Some(module) = &config.krate.conventions
        && !is_module(module)
    {
        report.error(
            "configuration",
            Origin::new(file, "/crate/conventions"),
            format!("`{module}` cannot name a module and a feature"),
            "name a module of the runtime, in small letters",
        );
    }
    check_reference(config, file, report);
    for (index, feature) in config.krate.default_features.iter().enumerate() {
        if !config.krate.features.contains_key(feature) {
            report.error(
                "configuration",
                Origin::new(file, format!("/crate/default-features/{index}")),
                format!("there is no feature `{feature}`"),
                "name one of `features`, which switch features of the runtime",
            );
        }
    }
    let apis = config.apis.iter().map(|api| (&api.module, api.origin_of_module()));
    let pages = config.krate.pages.keys().map(|page| (page, Origin::new(file, pointer::child("/crate/pages", page))));
    let mut seen = BTreeMap::new();
    for (module, origin) in apis.chain(pages) {
        if !is_module(module) {
            report.error(
                "configuration",
                origin.clone(),
                format!("`{module}` cannot name a module and a feature"),
                "use lowercase letters, digits and `_`, starting with a letter, and no keyword: `v2025`",
            );
        }
        let taken =
            ["default", "catalog", "cli"].contains(&module.as_str()) || config.krate.features.contains_key(module);
        if taken && !config.krate.pages.contains_key(module) {
            report.error(
                "configuration",
                origin.clone(),
                format!("the crate has another feature `{module}`"),
                "give the API a module of another name, which is also its feature",
            );
        }
        if let Some(first) = seen.insert(module, origin.clone()) {
            report
                .error(
                    "configuration",
                    origin,
                    format!("there are two modules `{module}`"),
                    "give each API and each page a module of its own",
                )
                .relate(first, "the first is here");
        }
    }
}

/// Reports what the reference pages cannot be made with.
fn check_reference(config: &Config, file: &str, report: &mut Report) {
    let elsewhere = config.krate.reference.iter().flat_map(|reference| reference.elsewhere.iter().enumerate());
    for (index, rule) in elsewhere {
        if let Some(unknown) = rule.unknown_placeholder() {
            report.error(
                "configuration",
                Origin::new(file, format!("/crate/reference/elsewhere/{index}/name")),
                format!("`{{{unknown}}}` means nothing in the name of an operation"),
                format!("use {}", PLACEHOLDERS.map(|name| format!("`{{{name}}}`")).join(", ")),
            );
        }
    }
    let mut names = BTreeSet::from(["readme.md".to_owned(), "summary.md".to_owned()]);
    let prose = config.krate.reference.iter().flat_map(|reference| reference.pages.iter().enumerate());
    for (index, page) in prose {
        if !page.name().ends_with(".md") || !names.insert(page.name().to_lowercase()) {
            report.error(
                "configuration",
                Origin::new(file, format!("/crate/reference/pages/{index}/file")),
                format!("`{}` cannot name a page of the reference", page.name()),
                "use a name that ends in `.md`, that no other page has, and neither `README.md` nor `SUMMARY.md`",
            );
        }
    }
}

fn pointer_of(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    path.iter().fold(String::new(), |at, segment| match segment {
        Segment::Seq { index } => format!("{at}/{index}"),
        Segment::Map { key } => pointer::child(&at, key),
        Segment::Enum { .. } | Segment::Unknown => at,
    })
}
