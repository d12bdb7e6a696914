//! `cargo xtask bench`: what generating costs compared with its lower bounds, and what the generated crate costs its
//! users. The figures hold for one machine and one run; nothing here fails because it is slow.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use anstream::println;
use clap::Args;
use generator::{Clock, Folder, Generation, ReadError, Reader, Stage};

use crate::compile::{self, Cost, Crate};
use crate::document::{CONFIGURATION, Document};
use crate::style::{bold, dim};

/// Measure generating, compiling and decoding.
///
/// Each stage of the generator is printed beside its lower bound. For documents given by path, the command also measures what
/// the generated crate costs to check and build.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// Documents; `spec/` if there is none
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// How many times each document is generated
    #[arg(long, default_value_t = 15, value_parser = clap::value_parser!(u32).range(1..))]
    rounds: u32,
}

/// Runs the command. `repository` has the runtime and the target folder.
pub(crate) fn run(repository: &Path, arguments: &Arguments) -> Result<ExitCode, String> {
    let runtime =
        repository.join("runtime").canonicalize().map_err(|error| format!("runtime/ cannot be found: {error}"))?;
    if arguments.paths.is_empty() {
        let folder = Folder::new(repository.join("spec")).map_err(|error| format!("spec/ cannot be read: {error}"))?;
        measure(&folder, "spec/", arguments.rounds, |reader| {
            generator::generate(reader, "apis.yaml", "cargo xtask codegen")
        })?;
    }
    for (index, path) in arguments.paths.iter().enumerate() {
        let document = Document::new(path, None)?;
        let name = format!("bench-{index}");
        let reader = document.reader(&name, &runtime)?;
        let generation = measure(&reader, &path.to_string_lossy(), arguments.rounds, |reader| {
            document.generate_from(reader, &name)
        })?;
        krate(repository, &name, &generation)?;
    }
    println!("\n{}", bold("decoding and encoding"));
    let decode = ["bench", "--quiet", "--package", "openapi-client-runtime", "--bench", "decode"];
    let status = compile::cargo()
        .args(decode)
        .current_dir(repository)
        .status()
        .map_err(|error| format!("cargo cannot be started: {error}"))?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Generates repeatedly, and prints the medians beside the lower bounds.
fn measure(
    reader: &dyn Reader,
    name: &str,
    rounds: u32,
    generate: impl Fn(&dyn Reader) -> Generation,
) -> Result<Generation, String> {
    let recorder = Recorder { reader, texts: Mutex::default() };
    let generation = generate(&recorder);
    if generation.report.has_errors() {
        return Err(format!("{name} cannot be generated:\n{}", generation.report.render(reader)));
    }
    let mut texts = recorder.texts.into_inner().unwrap_or_default();
    texts.remove(CONFIGURATION);
    let (mut clocks, mut walls): (Vec<Clock>, Vec<Duration>) = (Vec::new(), Vec::new());
    let (mut reading, mut formatting) = (Vec::new(), Vec::new());
    let parsed = parsed(&generation)?;
    for _ in 0..rounds {
        let start = Instant::now();
        let again = generate(reader);
        walls.push(start.elapsed());
        clocks.push(again.clock);
        reading.push(timed(|| texts.values().for_each(|text| drop(serde_yaml::from_str::<serde_yaml::Value>(text)))));
        formatting.push(timed(|| parsed.iter().for_each(|file| drop(prettyplease::unparse(file)))));
    }
    let bytes: usize = texts.values().map(String::len).sum();
    println!("{}", bold(&format!("generation of {name}")));
    println!(
        "{}",
        dim(&format!(
            "{} files, {} KiB, to {} lines; medians of {rounds} rounds in milliseconds, stages over all threads",
            texts.len(),
            bytes / 1024,
            lines(&generation),
        ))
    );
    for stage in Stage::ALL {
        let floor = match stage {
            Stage::Bundle => format!("   floor {:>6.1}: serde_yaml, all files to values", millis(&mut reading)),
            Stage::Render => format!("   floor {:>6.1}: prettyplease, of parsed files", millis(&mut formatting)),
            _ => String::new(),
        };
        let mut spent: Vec<Duration> = clocks.iter().map(|clock| clock.spent(stage)).collect();
        println!("  {:<9} {:>7.1}{floor}", stage.to_string(), millis(&mut spent));
    }
    println!("  {:<9} {:>7.1}", "wall", millis(&mut walls));
    Ok(generation)
}

/// Prints what the crate costs to compile.
fn krate(repository: &Path, name: &str, generation: &Generation) -> Result<(), String> {
    let krate = Crate::write(repository, name, &generation.files)?;
    println!("{}", bold("the crate alone, its dependencies compiled"));
    let shown = |what: &str, cost: &Cost| println!("  {what:<32} {:>6.2} s {:>5} MiB", cost.seconds, cost.mebibytes);
    shown("cargo check", &krate.measured("check", &[])?);
    for api in &generation.apis {
        let groups = api.features.iter().filter(|(_, needs)| needs.contains(&api.core_feature));
        let mut costs = Vec::new();
        for (feature, _) in groups {
            let cost = krate.measured("check", &["--no-default-features", "--features", feature])?;
            costs.push((cost, feature));
        }
        costs.sort_by(|(a, _), (b, _)| a.seconds.total_cmp(&b.seconds));
        for (how, at) in [("median", costs.len() / 2), ("slowest", costs.len().saturating_sub(1))] {
            if let Some((cost, feature)) = costs.get(at) {
                shown(&format!("cargo check, one tag, {how}"), cost);
                println!("{}", dim(&format!("    {feature}")));
            }
        }
    }
    shown("cargo build", &krate.measured("build", &[])?);
    shown("cargo build --release", &krate.measured("build", &["--release"])?);
    for profile in ["debug", "release"] {
        let rlib = compile::target(repository).join(profile).join(format!("lib{}.rlib", name.replace('-', "_")));
        let bytes = fs::metadata(&rlib).map_err(|error| format!("{} is not there: {error}", rlib.display()))?.len();
        println!("  {:<32} {:>6.1} MB", format!("rlib, {profile}"), bytes as f64 / 1e6);
    }
    Ok(())
}

/// The emitted files as syntax trees.
fn parsed(generation: &Generation) -> Result<Vec<syn::File>, String> {
    let rust = generation.files.iter().filter(|(path, _)| path.ends_with(".rs"));
    rust.map(|(path, text)| syn::parse_file(text).map_err(|error| format!("{path} is not valid Rust: {error}")))
        .collect()
}

fn lines(generation: &Generation) -> usize {
    generation.files.values().map(|text| text.lines().count()).sum()
}

fn timed(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

/// The median, in milliseconds.
fn millis(times: &mut [Duration]) -> f64 {
    times.sort();
    times.get(times.len() / 2).map_or(0.0, |time| time.as_secs_f64() * 1e3)
}

/// Remembers what was read.
struct Recorder<'a> {
    reader: &'a dyn Reader,
    texts: Mutex<BTreeMap<String, String>>,
}

impl Reader for Recorder<'_> {
    fn read(&self, path: &str) -> Result<String, ReadError> {
        let text = self.reader.read(path)?;
        if let Ok(mut texts) = self.texts.lock() {
            texts.insert(path.to_owned(), text.clone());
        }
        Ok(text)
    }
}
