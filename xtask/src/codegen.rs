//! `cargo xtask codegen`: from `spec/` to `generated/`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use generator::{Folder, Generation, Stage};

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
}

/// Runs the command in this repository.
pub(crate) fn run(options: &Options) -> ExitCode {
    match run_in(&root(), options) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("{}: {error}", red("error"));
            ExitCode::FAILURE
        }
    }
}

/// The repository that Cargo runs this in; it may have moved since this was built.
fn root() -> PathBuf {
    let ours = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    Path::new(&ours).parent().map_or_else(PathBuf::new, Path::to_path_buf)
}

fn run_in(root: &Path, options: &Options) -> Result<ExitCode, String> {
    let start = Instant::now();
    let spec = root.join("spec");
    let folder = Folder::new(&spec).map_err(|error| format!("{} cannot be read: {error}", spec.display()))?;
    let generation = generator::generate(&folder, CONFIGURATION, COMMAND);
    if !generation.report.diagnostics().is_empty() {
        eprint!("{}", generation.report.render(&folder));
        // Our own documents need no repair, so a warning is as much as an error here.
        eprintln!("{}: spec/ has {}; nothing was written", red("error"), counts(&generation));
        return Ok(ExitCode::FAILURE);
    }
    if let Some(module) = &options.only
        && !generation.apis.iter().any(|api| api.module == *module)
    {
        let known: Vec<&str> = generation.apis.iter().map(|api| api.module.as_str()).collect();
        return Err(format!("there is no API `{module}`; spec/{CONFIGURATION} has {}", known.join(", ")));
    }
    let in_scope = |path: &str| options.only.as_ref().is_none_or(|module| path.starts_with(&format!("src/{module}/")));
    let target = root.join("generated");
    let plan = files::plan(&target, &generation.files, in_scope)
        .map_err(|error| format!("{} cannot be compared: {error}", target.display()))?;
    if !plan.foreign.is_empty() {
        list("not the generator's, but in its way", &plan.foreign);
        return Err("remove or rename these files; the generator never overwrites a file without its mark".to_owned());
    }
    if options.check {
        return Ok(check(&plan, options));
    }
    files::apply(&target, &generation.files, &plan)
        .map_err(|error| format!("{} cannot be written: {error}", target.display()))?;
    tell(&generation, &plan, start);
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
fn check(plan: &Plan, options: &Options) -> ExitCode {
    if plan.is_fresh() {
        println!("{} generated/ is fresh: {} files", green("✓"), plan.fresh);
        return ExitCode::SUCCESS;
    }
    println!("{} generated/ is not what spec/ says:", red("✗"));
    list("changed", &plan.changed);
    list("missing", &plan.missing);
    list("orphaned", &plan.orphaned);
    let only = options.only.as_ref().map_or_else(String::new, |module| format!(" --only {module}"));
    println!("Run {} and commit the result.", bold(&format!("{COMMAND}{only}")));
    ExitCode::FAILURE
}

fn list(what: &str, paths: &[String]) {
    for path in paths {
        println!("  {what:<9} generated/{path}");
    }
}

/// What a run did, and how long it took.
fn tell(generation: &Generation, plan: &Plan, start: Instant) {
    for api in &generation.apis {
        println!(
            "  {:<8} {:>3} operations, {:>3} types   {}",
            bold(&api.module),
            api.operations,
            api.types,
            dim(&format!("from spec/{}", api.document))
        );
    }
    list("changed", &plan.changed);
    list("new", &plan.missing);
    list("removed", &plan.orphaned);
    let did = match plan.changed.len() + plan.missing.len() + plan.orphaned.len() {
        0 => "nothing to do".to_owned(),
        1 => "1 file written or removed".to_owned(),
        count => format!("{count} files written or removed"),
    };
    println!("{} generated/: {did}, {} as they were", green("✓"), plan.fresh);
    let stages: Vec<String> = Stage::ALL
        .iter()
        .map(|stage| format!("{stage} {:.1}", generation.clock.spent(*stage).as_secs_f64() * 1e3))
        .collect();
    let total = start.elapsed().as_secs_f64() * 1e3;
    println!("{}", dim(&format!("  {total:.1} ms ({} ms)", stages.join(", "))));
}
