//! `cargo xtask codegen`: writes `generated/` from `spec/`, or a crate from any document.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use anstream::{eprint, println};
use clap::Args;
use generator::{Folder, Generation, Stage, Verdict};

use crate::document::{self, Document};
use crate::files::{self, Plan};
use crate::lock::Lock;
use crate::names::{NameFile, Names};
use crate::style::{bold, dim, green, red};

/// The command that rewrites the crate.
const COMMAND: &str = "cargo xtask codegen";

/// The configuration, relative to the folder of the documents.
const CONFIGURATION: &str = "apis.yaml";

/// Write `generated/` from `spec/`, or a crate from any OpenAPI document.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// Change nothing; list every changed, missing and orphaned file, and exit with 1 if there is one
    #[arg(long)]
    check: bool,
    /// Write only the files of this API, for instance v2025
    #[arg(long, value_name = "MODULE", conflicts_with = "Foreign")]
    only: Option<String>,
    /// Choose all names anew instead of keeping those that were given once
    #[arg(long)]
    forget_names: bool,
    #[command(flatten)]
    foreign: Option<Foreign>,
    /// Refuse a document that needs repairs
    #[arg(long, requires = "spec")]
    deny_warnings: bool,
}

/// A document that is not ours, and the crate to write from it.
#[derive(Debug, Args)]
#[group(multiple = true, requires_all = ["spec", "out", "name"])]
struct Foreign {
    /// Generate from this document instead of `spec/`; each of its tags becomes a feature
    #[arg(long, value_name = "FILE", required = false)]
    spec: PathBuf,
    /// The folder of the crate that `--spec` generates
    #[arg(long, value_name = "FOLDER", required = false)]
    out: PathBuf,
    /// The name of the crate that `--spec` generates
    #[arg(long, value_name = "CRATE", required = false, value_parser = document::crate_name)]
    name: String,
    /// The folder that references of the document may not leave, instead of the one that it is in
    #[arg(long, value_name = "FOLDER", requires = "spec")]
    root: Option<PathBuf>,
    /// Correct the document of `--spec` by this OpenAPI Overlay; may be given several times, applied in order
    #[arg(long, value_name = "FILE", requires = "spec")]
    overlay: Vec<PathBuf>,
    /// Also write a command line for the crate that `--spec` generates, behind its feature `cli`
    #[arg(long, requires = "spec")]
    cli: bool,
}

/// Runs the command in the repository at `root`.
pub(crate) fn run(root: &Path, arguments: &Arguments) -> Result<ExitCode, String> {
    match &arguments.foreign {
        Some(foreign) => run_foreign(root, foreign, arguments),
        None => run_own(root, arguments),
    }
}

/// Generates our own documents into `generated/`.
fn run_own(root: &Path, arguments: &Arguments) -> Result<ExitCode, String> {
    let start = Instant::now();
    let spec = root.join("spec");
    let folder = Folder::new(&spec).map_err(|error| format!("{} cannot be read: {error}", spec.display()))?;
    let _lock = lock(&root.join("generated"), arguments.check)?;
    let reader = Names::own(&folder, arguments.forget_names);
    let generation = generator::generate(&reader, CONFIGURATION, COMMAND);
    if !generation.report.diagnostics().is_empty() {
        eprint!("{}", generation.report.render(&folder));
        // Our own documents need no repair, so a warning counts as an error.
        return Err(format!("spec/ has {}; nothing was written", counts(&generation)));
    }
    if let Some(module) = &arguments.only
        && !generation.apis.iter().any(|api| api.module == *module)
    {
        let known: Vec<&str> = generation.apis.iter().map(|api| api.module.as_str()).collect();
        return Err(format!("no API `{module}` in spec/{CONFIGURATION}; it has {}", known.join(", ")));
    }
    let only = arguments.only.as_ref().map_or_else(String::new, |module| format!(" --only {module}"));
    let target = Target {
        folder: root.join("generated"),
        shown: "generated".to_owned(),
        documents: "spec/".to_owned(),
        command: format!("{COMMAND}{only}"),
    };
    let in_scope = |path: &str| arguments.only.as_ref().is_none_or(|module| is_of(module, path));
    let names = NameFile::own(&generation, &spec, arguments.only.as_deref());
    finish(&generation, &target, &names, arguments.check, in_scope, start)
}

/// Whether a file is of one API alone.
fn is_of(module: &str, path: &str) -> bool {
    ["src", "docs"].iter().any(|folder| path.starts_with(&format!("{folder}/{module}/")))
}

/// Generates a crate from a document that is not ours.
fn run_foreign(root: &Path, foreign: &Foreign, arguments: &Arguments) -> Result<ExitCode, String> {
    let start = Instant::now();
    let runtime = root.join("runtime").canonicalize().map_err(|error| format!("runtime/ cannot be found: {error}"))?;
    let mut document = Document::new(&foreign.spec, foreign.root.as_deref())?.with_overlays(&foreign.overlay)?;
    if foreign.cli {
        let cli = root.join("cli").canonicalize().map_err(|error| format!("cli/ cannot be found: {error}"))?;
        document = document.with_cli(cli);
    }
    let made_up = document.reader(&foreign.name, &runtime)?;
    let _lock = lock(&foreign.out, arguments.check)?;
    let reader = Names::foreign(&made_up, &foreign.out, arguments.forget_names);
    let generation = document.generate_from(&reader, &foreign.name);
    let report = generation.report.render(&reader);
    eprint!("{report}");
    let refused =
        generation.report.has_errors() || (arguments.deny_warnings && !generation.report.diagnostics().is_empty());
    if refused {
        return Err(format!("{} has {}; nothing was written", foreign.spec.display(), counts(&generation)));
    }
    let (spec, out, name) = (foreign.spec.display(), foreign.out.display(), &foreign.name);
    let mut more: String = foreign.root.iter().map(|path| format!(" --root {}", path.display())).collect();
    more.extend(foreign.overlay.iter().map(|path| format!(" --overlay {}", path.display())));
    if foreign.cli {
        more.push_str(" --cli");
    }
    let target = Target {
        folder: foreign.out.clone(),
        shown: out.to_string(),
        documents: String::new(),
        command: format!("{COMMAND} --spec {spec} --out {out} --name {name}{more}"),
    };
    let names = NameFile::foreign(&generation, &foreign.out);
    finish(&generation, &target, &names, arguments.check, |_| true, start)
}

/// Waits for other runs in the folder: what is read, names included, must still be so when it is written.
fn lock(folder: &Path, check: bool) -> Result<Option<Lock>, String> {
    let lock = if check { Lock::to_read(folder) } else { Lock::to_write(folder).map(Some) };
    lock.map_err(|error| format!("{} cannot be locked: {error}", folder.display()))
}

/// Where a crate is written, and what messages call it.
struct Target {
    folder: PathBuf,
    shown: String,
    /// The prefix of document names.
    documents: String,
    /// The command that writes it.
    command: String,
}

/// Compares or writes.
fn finish(
    generation: &Generation,
    target: &Target,
    names: &[NameFile],
    check: bool,
    in_scope: impl Fn(&str) -> bool,
    start: Instant,
) -> Result<ExitCode, String> {
    let plan = files::plan(&target.folder, &generation.files, in_scope)
        .map_err(|error| format!("{} cannot be compared: {error}", target.shown))?;
    if !plan.foreign.is_empty() {
        list("not generated, but in the way", &plan.foreign, target);
        return Err(
            "remove or rename these files; the generator does not overwrite files without its header, nor what links lead to"
                .to_owned()
        );
    }
    if check {
        return Ok(compare(&plan, names, target));
    }
    files::apply(&target.folder, &generation.files, &plan)
        .map_err(|error| format!("{} cannot be written: {error}", target.shown))?;
    for file in names {
        file.write()?;
    }
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

/// What faults cost a document: nothing where it has none.
fn verdicts(generation: &Generation) -> Option<String> {
    let count = |verdict| generation.report.count(verdict);
    let faults = [(Verdict::Mended, "mended"), (Verdict::LeftOut, "left out or loosened"), (Verdict::Noted, "noted")];
    let told: Vec<String> = faults
        .into_iter()
        .filter(|(verdict, _)| count(*verdict) > 0)
        .map(|(verdict, what)| format!("{} {what}", count(verdict)))
        .collect();
    (!told.is_empty()).then(|| told.join(", "))
}

/// Prints what `--check` found.
fn compare(plan: &Plan, names: &[NameFile], target: &Target) -> ExitCode {
    let shown = &target.shown;
    let stale: Vec<(&str, &str)> = names.iter().filter_map(|file| Some((file.fault()?, file.shown.as_str()))).collect();
    if plan.is_fresh() && stale.is_empty() {
        println!("{} {shown}/ is up to date: {} files", green("✓"), plan.fresh);
        return ExitCode::SUCCESS;
    }
    println!("{} {shown}/ is out of date:", red("✗"));
    list("changed", &plan.changed, target);
    list("missing", &plan.missing, target);
    list("orphaned", &plan.orphaned, target);
    for (fault, file) in stale {
        println!("  {fault:<9} {file}");
    }
    println!("Run {} and commit the result.", bold(&target.command));
    ExitCode::FAILURE
}

fn list(what: &str, paths: &[String], target: &Target) {
    for path in paths {
        println!("  {what:<9} {}/{path}", target.shown);
    }
}

/// A longer list of files is not printed, only counted.
const LISTED: usize = 60;

/// Prints what a run did, and how long it took.
fn tell(generation: &Generation, plan: &Plan, target: &Target, start: Instant) {
    for api in &generation.apis {
        let of = if api.operations == api.declared { String::new() } else { format!(" of {}", api.declared) };
        println!(
            "  {:<8} {:>3}{of} operations, {:>3} types   {}",
            bold(&api.module),
            api.operations,
            api.types,
            dim(&format!("from {}{}", target.documents, api.document))
        );
    }
    if let Some(verdicts) = verdicts(generation) {
        println!("  faults of the document: {verdicts}");
    }
    let count = plan.changed.len() + plan.missing.len() + plan.orphaned.len();
    if count <= LISTED {
        list("changed", &plan.changed, target);
        list("new", &plan.missing, target);
        list("removed", &plan.orphaned, target);
    }
    let did = match count {
        0 => "no changes".to_owned(),
        1 => "1 file written or removed".to_owned(),
        count => format!("{count} files written or removed"),
    };
    println!("{} {}/: {did}, {} unchanged", green("✓"), target.shown, plan.fresh);
    let stages: Vec<String> = Stage::ALL
        .iter()
        .map(|stage| format!("{stage} {:.1}", generation.clock.spent(*stage).as_secs_f64() * 1e3))
        .collect();
    let total = start.elapsed().as_secs_f64() * 1e3;
    println!("{}", dim(&format!("  {total:.1} ms; over all threads {} ms", stages.join(", "))));
}
