//! `cargo xtask codegen`: from `spec/` to `generated/`, or from any document to a crate of its own.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use generator::{Folder, Generation, Stage};

use crate::document::{self, Document};
use crate::files::{self, Plan};
use crate::style::{bold, dim, green, red};

/// What people type to write the crate again.
const COMMAND: &str = "cargo xtask codegen";

/// The configuration, relative to the folder of the documents.
const CONFIGURATION: &str = "apis.yaml";

/// What was typed after `codegen`.
#[derive(Debug, Default)]
pub(crate) struct Options {
    /// Only compare.
    pub check: bool,
    /// Only this API.
    pub only: Option<String>,
    /// Not our own documents.
    pub foreign: Option<Foreign>,
    /// Refuse what has to be mended.
    pub deny_warnings: bool,
}

/// A document of others, and the crate that is made of it.
#[derive(Debug)]
pub(crate) struct Foreign {
    pub spec: PathBuf,
    pub out: PathBuf,
    pub name: String,
}

/// Runs the command in the repository at `root`.
pub(crate) fn run(root: &Path, options: &Options) -> Result<ExitCode, String> {
    match &options.foreign {
        Some(foreign) => run_foreign(root, foreign, options),
        None => run_own(root, options),
    }
}

/// Our own documents, to `generated/`.
fn run_own(root: &Path, options: &Options) -> Result<ExitCode, String> {
    let start = Instant::now();
    let spec = root.join("spec");
    let folder = Folder::new(&spec).map_err(|error| format!("{} cannot be read: {error}", spec.display()))?;
    let generation = generator::generate(&folder, CONFIGURATION, COMMAND);
    if !generation.report.diagnostics().is_empty() {
        eprint!("{}", generation.report.render(&folder));
        // Our own documents need no repair, so a warning is as much as an error here.
        return Err(format!("spec/ has {}; nothing was written", counts(&generation)));
    }
    if let Some(module) = &options.only
        && !generation.apis.iter().any(|api| api.module == *module)
    {
        let known: Vec<&str> = generation.apis.iter().map(|api| api.module.as_str()).collect();
        return Err(format!("there is no API `{module}`; spec/{CONFIGURATION} has {}", known.join(", ")));
    }
    let only = options.only.as_ref().map_or_else(String::new, |module| format!(" --only {module}"));
    let target = Target {
        folder: root.join("generated"),
        shown: "generated".to_owned(),
        documents: "spec/".to_owned(),
        command: format!("{COMMAND}{only}"),
    };
    let in_scope = |path: &str| options.only.as_ref().is_none_or(|module| path.starts_with(&format!("src/{module}/")));
    finish(&generation, &target, options.check, in_scope, start)
}

/// A document of others, to a crate of its own.
fn run_foreign(root: &Path, foreign: &Foreign, options: &Options) -> Result<ExitCode, String> {
    let start = Instant::now();
    document::check_name(&foreign.name)?;
    let runtime = root.join("runtime").canonicalize().map_err(|error| format!("the runtime is gone: {error}"))?;
    let (generation, report) = Document::new(&foreign.spec)?.generate(&foreign.name, &runtime)?;
    eprint!("{report}");
    let refused =
        generation.report.has_errors() || (options.deny_warnings && !generation.report.diagnostics().is_empty());
    if refused {
        return Err(format!("{} has {}; nothing was written", foreign.spec.display(), counts(&generation)));
    }
    let (spec, out, name) = (foreign.spec.display(), foreign.out.display(), &foreign.name);
    let target = Target {
        folder: foreign.out.clone(),
        shown: out.to_string(),
        documents: String::new(),
        command: format!("{COMMAND} --spec {spec} --out {out} --name {name}"),
    };
    finish(&generation, &target, options.check, |_| true, start)
}

/// Where a crate goes, and how it is spoken of.
struct Target {
    folder: PathBuf,
    shown: String,
    /// What stands before the names of documents.
    documents: String,
    /// What writes it.
    command: String,
}

/// Compares or writes.
fn finish(
    generation: &Generation,
    target: &Target,
    check: bool,
    in_scope: impl Fn(&str) -> bool,
    start: Instant,
) -> Result<ExitCode, String> {
    let plan = files::plan(&target.folder, &generation.files, in_scope)
        .map_err(|error| format!("{} cannot be compared: {error}", target.shown))?;
    if !plan.foreign.is_empty() {
        list("not the generator's, but in its way", &plan.foreign, target);
        return Err("remove or rename these files; the generator never overwrites a file without its mark".to_owned());
    }
    if check {
        return Ok(compare(&plan, target));
    }
    files::apply(&target.folder, &generation.files, &plan)
        .map_err(|error| format!("{} cannot be written: {error}", target.shown))?;
    tell(generation, &plan, target, start);
    Ok(ExitCode::SUCCESS)
}

fn counts(generation: &Generation) -> String {
    let (errors, warnings) = (generation.report.errors(), generation.report.warnings());
    let counted = |count: usize, what: &str| format!("{count} {what}{}", if count == 1 { "" } else { "s" });
    match (errors, warnings) {
        (errors, 0) => counted(errors, "error"),
        (0, warnings) => counted(warnings, "warning"),
        (errors, warnings) => format!("{} and {}", counted(errors, "error"), counted(warnings, "warning")),
    }
}

/// The answer to `--check`.
fn compare(plan: &Plan, target: &Target) -> ExitCode {
    let shown = &target.shown;
    if plan.is_fresh() {
        println!("{} {shown}/ is fresh: {} files", green("✓"), plan.fresh);
        return ExitCode::SUCCESS;
    }
    println!("{} {shown}/ is not what its documents say:", red("✗"));
    list("changed", &plan.changed, target);
    list("missing", &plan.missing, target);
    list("orphaned", &plan.orphaned, target);
    println!("Run {} and commit the result.", bold(&target.command));
    ExitCode::FAILURE
}

fn list(what: &str, paths: &[String], target: &Target) {
    for path in paths {
        println!("  {what:<9} {}/{path}", target.shown);
    }
}

/// More names than this are counted instead.
const LISTED: usize = 60;

/// What a run did, and how long it took.
fn tell(generation: &Generation, plan: &Plan, target: &Target, start: Instant) {
    for api in &generation.apis {
        println!(
            "  {:<8} {:>3} operations, {:>3} types   {}",
            bold(&api.module),
            api.operations,
            api.types,
            dim(&format!("from {}{}", target.documents, api.document))
        );
    }
    let count = plan.changed.len() + plan.missing.len() + plan.orphaned.len();
    if count <= LISTED {
        list("changed", &plan.changed, target);
        list("new", &plan.missing, target);
        list("removed", &plan.orphaned, target);
    }
    let did = match count {
        0 => "nothing to do".to_owned(),
        1 => "1 file written or removed".to_owned(),
        count => format!("{count} files written or removed"),
    };
    println!("{} {}/: {did}, {} as they were", green("✓"), target.shown, plan.fresh);
    let stages: Vec<String> = Stage::ALL
        .iter()
        .map(|stage| format!("{stage} {:.1}", generation.clock.spent(*stage).as_secs_f64() * 1e3))
        .collect();
    let total = start.elapsed().as_secs_f64() * 1e3;
    println!("{}", dim(&format!("  {total:.1} ms; over all threads {} ms", stages.join(", "))));
}
