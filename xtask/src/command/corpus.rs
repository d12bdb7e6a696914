//! `cargo xtask corpus PATH…`: generates and compiles every OpenAPI document found there, with warnings denied.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use anstream::{eprint, eprintln, print, println};
use clap::Args;
use generator::{Stage, Verdict};
use serde_json::{Value, json};

use crate::compile::{Cost, Crate};
use crate::document::Document;
use crate::round_trips::{self, RoundTrips};
use crate::style::{bold, dim, green, red};

/// Generate and compile every OpenAPI document found in these files and folders, and print a table.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// Documents, or folders with documents
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
    /// The folder that references of the documents may not leave, instead of the one that each document is in
    #[arg(long, value_name = "FOLDER")]
    root: Option<PathBuf>,
    /// Print the table as JSON; progress still goes to standard error
    #[arg(long)]
    json: bool,
    /// Print every finding in the documents
    #[arg(long)]
    findings: bool,
    /// Decode every example of the documents into its type and encode it again, also with unknown properties and unknown
    /// enum values added; fail if anything is lost
    #[arg(long)]
    round_trips: bool,
}

/// The result for one document.
struct Outcome {
    document: PathBuf,
    /// Nothing where not even that could be read.
    declared: Option<usize>,
    operations: usize,
    types: usize,
    errors: usize,
    mended: usize,
    left_out: usize,
    noted: usize,
    lines: usize,
    /// Milliseconds over all threads.
    stages: Vec<(Stage, f64)>,
    /// Seconds from start to the last file's text.
    generation: f64,
    check: Result<Cost, String>,
    round_trips: Option<Result<RoundTrips, String>>,
    report: String,
}

impl Outcome {
    fn is_complete(&self) -> bool {
        let returned = match &self.round_trips {
            None => true,
            Some(trips) => trips.as_ref().is_ok_and(|trips| trips.failed() == 0),
        };
        self.errors == 0 && self.check.is_ok() && returned
    }
}

/// Runs the command. `repository` has the runtime and the target folder.
pub(crate) fn run(repository: &Path, arguments: &Arguments) -> Result<ExitCode, String> {
    let mut documents = Vec::new();
    for path in &arguments.paths {
        find(path, &mut documents).map_err(|error| format!("{} cannot be read: {error}", path.display()))?;
    }
    documents.sort();
    if documents.is_empty() {
        return Err("no OpenAPI document found: no file has a line that starts with `openapi:`".to_owned());
    }
    let mut outcomes = Vec::new();
    for (index, path) in documents.iter().enumerate() {
        eprintln!("{}", dim(&format!("[{}/{}] {}", index + 1, documents.len(), path.display())));
        let outcome = document(repository, path, index, arguments)?;
        if arguments.findings {
            eprint!("{}", outcome.report);
            if let Some(Ok(trips)) = &outcome.round_trips {
                eprint!("{}", trips.text(true));
            }
        }
        outcomes.push(outcome);
    }
    if arguments.json {
        println!("{:#}", Value::Array(outcomes.iter().map(as_json).collect()));
    } else {
        table(&outcomes);
    }
    Ok(if outcomes.iter().all(Outcome::is_complete) { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Finds every document at or below `path`: a file with a line that starts with `openapi:` or `"openapi":`.
fn find(path: &Path, found: &mut Vec<PathBuf>) -> std::io::Result<()> {
    if path.is_dir() {
        for entry in fs::read_dir(path)? {
            find(&entry?.path(), found)?;
        }
        return Ok(());
    }
    let kind = path.extension().and_then(|kind| kind.to_str()).unwrap_or_default();
    if matches!(kind, "yaml" | "yml" | "json") {
        let text = String::from_utf8_lossy(&fs::read(path)?).into_owned();
        if is_document(&text) {
            found.push(path.to_owned());
        }
    }
    Ok(())
}

/// Does a text say that it is an OpenAPI document? In JSON, which may stand on a single line, by a version behind the key.
fn is_document(text: &str) -> bool {
    let in_json = || {
        text.match_indices("\"openapi\"").any(|(at, key)| {
            let rest = text[at + key.len()..].trim_start().strip_prefix(':');
            rest.is_some_and(|rest| rest.trim_start().trim_start_matches('"').starts_with("3."))
        })
    };
    let in_yaml = || text.lines().any(|line| line.starts_with("openapi:"));
    if text.trim_start_matches('\u{feff}').trim_start().starts_with('{') { in_json() } else { in_yaml() }
}

fn document(repository: &Path, path: &Path, index: usize, arguments: &Arguments) -> Result<Outcome, String> {
    let name = format!("corpus-{index}");
    let runtime =
        repository.join("runtime").canonicalize().map_err(|error| format!("runtime/ cannot be found: {error}"))?;
    let start = Instant::now();
    let document = Document::new(path, arguments.root.as_deref())?;
    let (generation, report) = document.generate(&name, &runtime)?;
    let seconds = start.elapsed().as_secs_f64();
    eprintln!("{}", dim(&format!("      generated in {seconds:.2} s, compiling …")));
    let count = |verdict| generation.report.count(verdict);
    let errors = count(Verdict::Refused);
    let check = if errors == 0 {
        Crate::write(repository, &name, &generation.files).and_then(|krate| krate.measured("check", &[]))
    } else {
        Err("nothing was generated".to_owned())
    };
    let round_trips = (arguments.round_trips && check.is_ok()).then(|| {
        eprintln!("{}", dim("      compiled, making the round trips …"));
        let examples = document.examples(&name, &runtime)?;
        round_trips::run(repository, &name, &examples)
    });
    let api = generation.apis.first();
    Ok(Outcome {
        document: path.to_owned(),
        declared: api.map(|api| api.declared),
        operations: api.map_or(0, |api| api.operations),
        types: api.map_or(0, |api| api.types),
        errors,
        mended: count(Verdict::Mended),
        left_out: count(Verdict::LeftOut),
        noted: count(Verdict::Noted),
        lines: generation.files.values().map(|text| text.lines().count()).sum(),
        stages: Stage::ALL.iter().map(|stage| (*stage, generation.clock.spent(*stage).as_secs_f64() * 1e3)).collect(),
        generation: seconds,
        check,
        round_trips,
        report,
    })
}

fn table(outcomes: &[Outcome]) {
    println!("{}", bold("operations    types  mended  left out   noted   lines  generate  check           document"));
    for outcome in outcomes {
        let mark = if outcome.is_complete() { green("✓") } else { red("✗") };
        let check = match &outcome.check {
            Ok(check) => format!("{:>5.2} s {:>4} MiB", check.seconds, check.mebibytes),
            Err(_) => "fails".to_owned(),
        };
        println!(
            "{:>4} of {:<4}  {:>5} {:>7} {:>9} {:>7} {:>7} {:>7.2} s  {check:<15} {mark} {}",
            outcome.operations,
            outcome.declared.map_or("?".to_owned(), |declared| declared.to_string()),
            outcome.types,
            outcome.mended,
            outcome.left_out,
            outcome.noted,
            outcome.lines,
            outcome.generation,
            outcome.document.display(),
        );
        let stages: Vec<String> = outcome.stages.iter().map(|(stage, spent)| format!("{stage} {spent:.0}")).collect();
        println!("{}", dim(&format!("             ms over all threads: {}", stages.join(", "))));
        if outcome.errors > 0 {
            println!("{}: {} errors; --findings shows them", red("error"), outcome.errors);
        }
        if let Err(why) = &outcome.check {
            println!("{why}");
        }
        match &outcome.round_trips {
            None => {}
            Some(Ok(trips)) => print!("{}", trips.text(false)),
            Some(Err(why)) => println!("{}: {why}", red("error")),
        }
    }
}

fn as_json(outcome: &Outcome) -> Value {
    let stages: serde_json::Map<String, Value> =
        outcome.stages.iter().map(|(stage, spent)| (stage.to_string(), json!(spent))).collect();
    json!({
        "document": outcome.document.display().to_string(),
        "complete": outcome.is_complete(),
        "operations": { "declared": outcome.declared, "generated": outcome.operations },
        "types": outcome.types,
        "errors": outcome.errors,
        "mended": outcome.mended,
        "left_out": outcome.left_out,
        "noted": outcome.noted,
        "lines": outcome.lines,
        "generation_seconds": outcome.generation,
        "stage_milliseconds": stages,
        "check": match &outcome.check {
            Ok(check) => json!({ "seconds": check.seconds, "mebibytes": check.mebibytes }),
            Err(why) => json!({ "error": why }),
        },
        "round_trips": outcome.round_trips.as_ref().map(|trips| match trips {
            Ok(trips) => trips.json(),
            Err(why) => json!({ "error": why }),
        }),
    })
}
