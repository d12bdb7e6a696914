//! Real documents, damaged in every way that a slip of the hand damages them: no run may panic, and whatever is reported
//! has a place and an advice; where nothing is reported, a crate comes out.
//!
//! Our own documents are always tried. Documents of others are tried too where the environment names a folder:
//!
//! ```console
//! $ SPEC_CORPUS=../apis SPEC_RUNS=500 cargo test -p generator --test mutations -- --nocapture
//! ```
//!
//! Every file of the folder that says `openapi:` is a document of its own, and what is damaged is any of the files that it
//! reads. `SPEC_RUNS` is how many damaged documents are tried (300), `SPEC_SEED` the number of the first.
#![allow(clippy::expect_used, reason = "tests assert by panicking")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::Mutex;

use generator::{Generation, Memory, ReadError, Reader};

/// How many damaged documents are tried. Each takes some milliseconds.
const RUNS: u64 = 300;

/// Pseudo-random numbers (Marsaglia's xorshift), the same in every run, so that a failure can be had again by its number.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % sides.max(1) as u64).unwrap_or(0)
    }
}

/// Words that mean something in OpenAPI or in YAML, and some that mean nothing.
const WORDS: &[&str] = &[
    "null",
    "[]",
    "{}",
    "true",
    "-1",
    "''",
    "$ref: '#/components/schemas/Nothing'",
    "type: object",
    "type: [string, 'null']",
    "allOf: []",
    "enum: []",
    "oneOf: [{}]",
    "items: {}",
    "required: true",
    "in: query",
    "*anchor",
    "&anchor x",
    "!!binary x",
    "\u{0}",
    "\t",
    "'\"`*/",
    "{{",
    "x: &a [*a]",
    "$ref: '../../etc/passwd'",
    "default: {a: 1}",
    "format: date-time",
    "200:",
];

fn damage(text: &str, dice: &mut Dice) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    for _ in 0..=dice.roll(3) {
        if lines.is_empty() {
            break;
        }
        let at = dice.roll(lines.len());
        let other = dice.roll(lines.len());
        let word = WORDS[dice.roll(WORDS.len())];
        match dice.roll(7) {
            0 => drop(lines.remove(at)),
            1 => lines.insert(other, lines[at].clone()),
            2 => lines.swap(at, other),
            3 => lines[at].insert_str(0, &"  ".repeat(dice.roll(4))),
            4 => lines[at] = lines[at].trim_start().to_owned(),
            5 => {
                let key = lines[at].split(':').next().unwrap_or_default().to_owned();
                lines[at] = format!("{key}: {word}");
            }
            _ => {
                let letters: Vec<char> = lines[at].chars().collect();
                let cut = dice.roll(letters.len() + 1);
                lines[at] = letters[..cut].iter().collect();
            }
        }
    }
    lines.join("\n")
}

/// Holds a run to the promises; says whether a crate came out.
fn holds(generation: &Generation, reader: &dyn Reader, run: u64) -> bool {
    for finding in generation.report.diagnostics() {
        assert!(!finding.message.is_empty() && !finding.help.is_empty(), "run {run}: {finding:?}");
        assert!(finding.origin.is_some(), "run {run}: {finding:?}");
        assert_ne!(finding.code, "generator-defect", "run {run}: {finding:?}");
    }
    for located in generation.report.located(reader) {
        assert!(located.position.is_some(), "run {run}: {:?}", located.diagnostic);
    }
    let rendered = generation.report.render(reader);
    let has_errors = generation.report.has_errors();
    if has_errors {
        assert!(generation.files.is_empty() && rendered.contains("--> "), "run {run}: {rendered}");
    }
    !has_errors
}

fn dice(run: u64) -> Dice {
    Dice((run + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15))
}

#[test]
fn damaged_documents_are_reported_or_generated() {
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec");
    let read = |name: &str| fs::read_to_string(spec.join(name)).expect("the documents are committed");
    let whole =
        ["apis.yaml", "guide.md", "pages/sdk.md", "pages/sailc.md", "pages/mock.md"].map(|name| (name, read(name)));
    let documents = ["v2025.yaml", "v3.yaml", "beta.yaml", "corrections/v2025.yaml"];
    let (mut reported, mut generated) = (0, 0);
    for run in 0..RUNS {
        let mut dice = dice(run);
        let damaged = documents[dice.roll(documents.len())];
        let mut reader = whole.iter().fold(Memory::new(), |reader, (name, text)| reader.with(*name, text.clone()));
        for name in documents {
            let text = read(name);
            reader = reader.with(name, if name == damaged { damage(&text, &mut dice) } else { text });
        }
        let generation = generator::generate(&reader, "apis.yaml", "cargo test");
        if holds(&generation, &reader, run) {
            assert!(generation.files.len() > 40, "run {run}: {} files", generation.files.len());
            generated += 1;
        } else {
            reported += 1;
        }
    }
    assert!(reported > 50 && generated > 20, "both happen: {reported} reported, {generated} generated");
}

/// Files in memory, some of them damaged, that remember which of them were read.
struct Corpus<'a> {
    files: &'a BTreeMap<String, String>,
    damaged: BTreeMap<String, String>,
    read: Mutex<BTreeSet<String>>,
}

impl<'a> Corpus<'a> {
    fn new(files: &'a BTreeMap<String, String>, root: &str) -> Self {
        let damaged = BTreeMap::from([(CONFIG_PATH.to_owned(), config(root))]);
        Self { files, damaged, read: Mutex::default() }
    }

    /// The files that a run reads while nothing is damaged.
    fn read_whole(self) -> Vec<String> {
        self.generate();
        self.read.into_inner().expect("nothing panics while it is held").into_iter().collect()
    }

    fn generate(&self) -> Generation {
        generator::generate(self, CONFIG_PATH, "cargo test")
    }
}

impl Reader for Corpus<'_> {
    fn read(&self, path: &str) -> Result<String, ReadError> {
        self.read.lock().expect("nothing panics while it is held").insert(path.to_owned());
        self.damaged.get(path).or_else(|| self.files.get(path)).cloned().ok_or(ReadError::NotFound)
    }
}

const CONFIG_PATH: &str = "apis.yaml";

fn config(document: &str) -> String {
    let document = serde_json::Value::String(document.to_owned());
    format!(
        "crate: {{ name: c, version: 0.1.0, description: D., documentation: D., runtime: {{ path: r }} }}\n\
         apis: [{{ module: api, document: {document}, features: tags }}]\n"
    )
}

/// Every YAML and JSON file below `folder`, by its path from `root`.
fn files_below(root: &Path, folder: &Path, found: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).expect("the folder of the corpus can be read") {
        let path = entry.expect("its entries too").path();
        if path.is_dir() {
            files_below(root, &path, found);
        } else if path.extension().is_some_and(|of| of == "yaml" || of == "yml" || of == "json")
            && let (Ok(name), Ok(text)) = (path.strip_prefix(root), fs::read_to_string(&path))
        {
            found.insert(name.to_string_lossy().into_owned(), text);
        }
    }
}

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

#[test]
fn damaged_documents_of_others_are_reported_or_generated() {
    let Some(folder) = std::env::var_os("SPEC_CORPUS") else { return };
    let folder = Path::new(&folder);
    let mut files = BTreeMap::new();
    files_below(folder, folder, &mut files);
    let is_root = |text: &str| text.lines().any(|line| line.trim_start_matches(['{', ' ', '"']).starts_with("openapi"));
    let roots = files.iter().filter(|(_, text)| is_root(text)).map(|(name, _)| name);
    let roots: Vec<(&String, Vec<String>)> = roots.map(|root| (root, Corpus::new(&files, root).read_whole())).collect();
    assert!(!roots.is_empty(), "no file in {} says `openapi`", folder.display());
    let (first, runs) = (number("SPEC_SEED").unwrap_or(0), number("SPEC_RUNS").unwrap_or(RUNS));
    let (mut reported, mut generated) = (0, 0);
    for run in first..first + runs {
        let mut dice = dice(run);
        let (root, read) = &roots[dice.roll(roots.len())];
        let mut corpus = Corpus::new(&files, root);
        for _ in 0..=dice.roll(2) {
            let name = &read[dice.roll(read.len())];
            if let Some(text) = files.get(name).filter(|text| !text.is_empty()) {
                corpus.damaged.insert(name.clone(), damage(text, &mut dice));
            }
        }
        if holds(&corpus.generate(), &corpus, run) { generated += 1 } else { reported += 1 }
    }
    println!("{runs} damaged documents: {reported} reported, {generated} generated");
}
