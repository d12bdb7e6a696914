//! OpenAPI documents in, the text of a Rust client crate out.
//!
//! [`generate`] is the architecture: each stage is one module with one entry, data in, data out.
//!
//! ```text
//! load → bundle → correct → modernise → repair → validate → lower → model
//! model → rust: settle (asks name) → check → emit → render
//! model + names → catalog, reference pages
//! two plans → diff
//! ```
//!
//! Stages add what they have to say to one [`Report`] and go on, so that one run shows everything there is to mend.

mod bundle;
mod catalog;
mod check;
mod clock;
mod config;
mod correct;
mod diagnostic;
pub mod diff;
mod document;
mod examples;
mod grammar;
mod keyword;
mod load;
mod lower;
mod markdown;
pub mod model;
mod modernise;
mod names;
mod origin;
mod parallel;
mod paths;
mod pointer;
mod position;
mod reference;
mod render;
mod repair;
mod rust;
mod source;
mod suggest;
mod validate;
mod values;

use std::collections::BTreeMap;

pub use clock::{Clock, Stage};
pub use diagnostic::{Diagnostic, Located, Origin, Position, Report, Severity, Spot, Verdict, locate};
pub use examples::{Example, Examples, Source};
pub use render::MARKER;
pub use rust::Summary;
pub use source::{Folder, MAX_FILE_BYTES, Memory, ReadError, Reader};

use catalog::Catalog;
use config::{ApiConfig, Config, CrateConfig, ReferenceConfig};
use document::Document;
use lower::{Lowered, SchemaUse};
use reference::Chapter;
use render::SourceFile;
use rust::name::Lock;
use rust::plan;
use rust::{emit, settle, surface};

/// What a run gives.
#[derive(Debug, Default)]
pub struct Generation {
    /// The crate: the text of each file by its path below the crate, `/`-separated. Empty where the report has errors.
    pub files: BTreeMap<String, String>,
    /// For each file that has any, what of it the crate's users see: signatures without code, for reviews.
    pub surfaces: BTreeMap<String, String>,
    /// The locks of names as they are after this run: the text of each by its path, relative to the configuration.
    pub names: BTreeMap<String, String>,
    /// Everything that was found in the input.
    pub report: Report,
    /// How long each stage took.
    pub clock: Clock,
    /// What was generated, an entry for each API.
    pub apis: Vec<Summary>,
    /// What the table of contents of the reference pages lists.
    chapters: Vec<Chapter>,
}

/// Generates the crate that the configuration at `path` describes.
///
/// `command` is what people type to do it again; every file names it in its header.
pub fn generate(reader: &dyn Reader, path: &str, command: &str) -> Generation {
    let mut generation = Generation::default();
    if let Some(config) = config::read(reader, path, &mut generation.report) {
        let apis = parallel::map(&config.apis, |api| generate_api(reader, path, &config, api, command));
        generation = apis.into_iter().fold(generation, Generation::join);
        let header = header(command, path);
        let lib = render::render(&emit::lib(&config.krate, &generation.apis), &header);
        generation.add("src/lib.rs", lib);
        if let Some(program) = emit::program(&config.krate, &generation.apis) {
            let program = render::render(&program, &header);
            generation.add("src/main.rs", program);
        }
        pages(reader, &config.krate, path, command, &mut generation);
        if let Some(wanted) = &config.krate.reference {
            for (path, text) in reference::front(wanted, &generation.chapters) {
                generation.files.insert(path.clone(), marked(&path, &text, &header));
            }
            reference_pages(reader, wanted, path, command, &mut generation);
        }
        let manifest = emit::manifest(&config.krate, &generation.apis, &header);
        generation.files.insert("Cargo.toml".to_owned(), manifest);
    }
    if generation.report.has_errors() {
        generation.files.clear();
        generation.surfaces.clear();
        generation.names.clear();
    }
    generation
}

/// The pages of documentation that the configuration at `path` names.
fn pages(reader: &dyn Reader, krate: &CrateConfig, path: &str, command: &str, generation: &mut Generation) {
    for (module, file) in &krate.pages {
        let origin = Origin::new(path, pointer::child("/crate/pages", module));
        if let Some(markdown) = read_page(reader, file, origin, &mut generation.report) {
            let page = render::render(&emit::page(&markdown), &header(command, file));
            generation.add(&format!("src/{module}.rs"), page);
        }
    }
}

/// The pages of the reference that people wrote.
fn reference_pages(
    reader: &dyn Reader,
    wanted: &ReferenceConfig,
    path: &str,
    command: &str,
    generation: &mut Generation,
) {
    for (index, page) in wanted.pages.iter().enumerate() {
        let origin = Origin::new(path, format!("/crate/reference/pages/{index}/file"));
        if let Some(markdown) = read_page(reader, &page.file, origin, &mut generation.report) {
            let (path, text) = reference::prose(page, &markdown);
            let text = marked(&path, &text, &header(command, &page.file));
            generation.files.insert(path, text);
        }
    }
}

/// The text of a page, or a report at `origin` why there is none.
fn read_page(reader: &dyn Reader, file: &str, origin: Origin, report: &mut Report) -> Option<String> {
    match reader.read(file) {
        Ok(markdown) => Some(markdown),
        Err(error) => {
            let message = format!("the page `{file}` cannot be read: {error}");
            report.error("configuration", origin, message, "correct the path, which is relative to this file");
            None
        }
    }
}

/// Reads and checks one document without generating anything.
pub fn check_document(reader: &dyn Reader, path: &str) -> Report {
    let mut report = Report::new();
    if let Some(files) = load::load(reader, path, &mut report) {
        let document = bundle::bundle(files, &mut report);
        if let Some(document) = modernise::modernise(document, &mut report) {
            validate::validate(repair::repair(document, &mut report), &mut report);
        }
    }
    report
}

/// The models of the APIs that the configuration at `path` names: what documents mean, whatever is generated of them.
pub fn models(reader: &dyn Reader, path: &str) -> (Vec<model::Api>, Report) {
    let mut report = Report::new();
    let known = understood(reader, path, &mut report).map(|(_, known)| known).unwrap_or_default();
    (known.into_iter().map(|known| known.api).collect(), report)
}

/// The values that the documents of the configuration at `path` show, with the types that are generated for them.
pub fn examples(reader: &dyn Reader, path: &str) -> (Vec<Examples>, Report) {
    let mut report = Report::new();
    let Some((krate, known)) = understood(reader, path, &mut report) else { return (Vec::new(), report) };
    let found = known
        .into_iter()
        .map(|Understood { document, uses, plan, .. }| examples::examples(&plan, &uses, document, &krate.name));
    (found.collect(), report)
}

/// What users see of a crate, before anything is printed.
#[derive(Debug, Default)]
pub struct Outlines {
    /// The version that the configuration gives the crate.
    pub version: String,
    /// An outline for each API, in the order of the configuration.
    pub apis: Vec<diff::Outline>,
    /// The locks of names as they are after this run: the text of each by its path, relative to the configuration.
    pub names: BTreeMap<String, String>,
    /// Everything that was found in the input. Where it has errors, APIs may be missing.
    pub report: Report,
}

/// The outlines of the APIs that the configuration at `path` names, for [`diff::compare`].
pub fn outlines(reader: &dyn Reader, path: &str) -> Outlines {
    let mut report = Report::new();
    let Some((krate, known)) = understood(reader, path, &mut report) else {
        return Outlines { report, ..Outlines::default() };
    };
    let apis = known.iter().map(|known| diff::outline(&known.api, &known.plan)).collect();
    let locks = known.into_iter().map(|Understood { names: (path, lock), .. }| (path, lock));
    let names = locks.map(|(path, lock)| (path, lock.text("Written to compare documents."))).collect();
    Outlines { version: krate.version, apis, names, report }
}

/// The configuration at `path`, and what the stages before printing find out about each API that it names.
fn understood(reader: &dyn Reader, path: &str, report: &mut Report) -> Option<(CrateConfig, Vec<Understood>)> {
    let Config { krate, apis } = config::read(reader, path, report)?;
    let mut generation = Generation::default();
    let known = apis.iter().filter_map(|wanted| understand(reader, path, &krate, wanted, &mut generation)).collect();
    report.append(generation.report);
    Some((krate, known))
}

/// One API, from its document to the text of its files.
fn generate_api(reader: &dyn Reader, path: &str, config: &Config, wanted: &ApiConfig, command: &str) -> Generation {
    let mut generation = Generation::default();
    // What cannot be used has been reported.
    if let Some(known) = understand(reader, path, &config.krate, wanted, &mut generation) {
        print(&known, config, wanted, command, &mut generation);
    }
    generation
}

/// What the stages before printing have found out about one API.
struct Understood {
    document: Document,
    api: model::Api,
    uses: Vec<SchemaUse>,
    plan: plan::Api,
    /// The path of the lock of names, and what it is to hold.
    names: (String, Lock),
}

/// The stages up to the plan. `None` where one of them leaves nothing for the next.
fn understand(
    reader: &dyn Reader,
    path: &str,
    krate: &CrateConfig,
    wanted: &ApiConfig,
    generation: &mut Generation,
) -> Option<Understood> {
    let Generation { report, clock, apis, .. } = generation;
    let documents = source::Except::new(reader, wanted.own_files());
    let files = clock.time(Stage::Load, || load::load(&documents, &wanted.document, report))?;
    let document = clock.time(Stage::Bundle, || bundle::bundle(files, report));
    let document = clock.time(Stage::Correct, || correct::correct(reader, document, &wanted.overlays(), report));
    let declared = check::selected(&document.root, wanted).len();
    apis.push(Summary::of_nothing(&wanted.module, &wanted.document, declared));
    let document =
        clock.time(Stage::Repair, || Some(repair::repair(modernise::modernise(document, report)?, report)))?;
    let (document, openapi) = clock.time(Stage::Validate, || validate::validate(document, report))?;
    let extensions = &krate.documented_extensions;
    let Lowered { mut api, uses } =
        clock.time(Stage::Lower, || lower::lower(&openapi, &document, wanted, extensions, report));
    let names = names::path(path, &wanted.module);
    let mut lock = names::read(reader, &names, report)?;
    names::regroup(&mut api, &mut lock);
    let plan = clock.time(Stage::Settle, || settle::settle(&api, krate, wanted.features, &mut lock, report));
    clock.time(Stage::Check, || {
        check::check(&document, wanted, &api, report);
        rust::check::check(&api, &plan, report);
    });
    Some(Understood { document, api, uses, plan, names: (names, lock) })
}

/// The stages that print.
fn print(known: &Understood, config: &Config, wanted: &ApiConfig, command: &str, generation: &mut Generation) {
    let Understood { api, plan, names: (path, lock), .. } = known;
    let header = header(command, &wanted.document);
    generation.names.insert(path.clone(), lock.text(&format!("Written by `{command}`.")));
    let emitter = emit::Emitter::new(plan, &config.krate.name);
    let client = parallel::map(emitter.files(), |file| text_of(&file.path, || emitter.emit(file), &header));
    let catalog = Catalog::new(api, plan);
    let described = parallel::map(catalog.files(), |file| text_of(&file.path, || catalog.emit(file), &header));
    for (path, clock, text) in client.into_iter().chain(described) {
        generation.clock.add(&clock);
        generation.add(&path, text);
    }
    if let Some(wanted) = &config.krate.reference {
        let settings =
            reference::Settings { config: wanted, example: &|group, operation| emitter.example(group, operation) };
        let (pages, chapter) = generation.clock.time(Stage::Emit, || reference::pages(api, plan, &settings));
        generation.files.extend(pages.into_iter().map(|(path, text)| (path.clone(), marked(&path, &text, &header))));
        generation.chapters.push(chapter);
    }
    generation.surfaces.extend(surface::surfaces(plan));
    if let Some(summary) = generation.apis.last_mut() {
        *summary = Summary::new(plan, &wanted.document, summary.declared);
    }
}

/// A file as text, and how long that took.
fn text_of(
    path: &str,
    emit: impl FnOnce() -> SourceFile,
    header: &str,
) -> (String, Clock, Result<String, render::NotRust>) {
    let mut clock = Clock::default();
    let source = clock.time(Stage::Emit, emit);
    let text = clock.time(Stage::Render, || render::render(&source, header));
    (path.to_owned(), clock, text)
}

/// The first line of every file, without its comment mark.
fn header(command: &str, input: &str) -> String {
    format!("{MARKER} by `{command}` from {input}: change the input, not this file.")
}

/// A page or a setting with the header as a comment of its language.
fn marked(path: &str, text: &str, header: &str) -> String {
    let comment = match path.rsplit('.').next() {
        Some("md") => format!("<!-- {header} -->"),
        Some("css") => format!("/* {header} */"),
        _ => format!("# {header}"),
    };
    format!("{comment}\n\n{text}")
}

impl Generation {
    /// Adds a file, or reports why there is none.
    fn add(&mut self, path: &str, text: Result<String, render::NotRust>) {
        match text {
            Ok(text) => {
                self.files.insert(path.to_owned(), text);
            }
            Err(render::NotRust(why)) => {
                self.report.error(
                    "generator-defect",
                    None,
                    format!("what was emitted for `{path}` is not valid Rust: {why}"),
                    "this is a bug in the generator: please report it with the document",
                );
            }
        }
    }

    /// Both together; what `self` reports comes first.
    fn join(mut self, other: Self) -> Self {
        self.files.extend(other.files);
        self.surfaces.extend(other.surfaces);
        self.names.extend(other.names);
        self.report.append(other.report);
        self.clock.add(&other.clock);
        self.apis.extend(other.apis);
        self.chapters.extend(other.chapters);
        self
    }
}
