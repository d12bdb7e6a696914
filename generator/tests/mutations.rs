//! Real documents, damaged in every way that a slip of the hand damages them: no run may panic, and whatever is reported
//! has a place and an advice; where nothing is reported, a crate comes out.
#![allow(clippy::expect_used, reason = "tests assert by panicking")]

use std::fs;
use std::path::Path;

use generator::Memory;

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

#[test]
fn damaged_documents_are_reported_or_generated() {
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec");
    let read = |name: &str| fs::read_to_string(spec.join(name)).expect("the documents are committed");
    let config = read("apis.yaml");
    let documents = ["v2025.yaml", "v3.yaml", "beta.yaml"];
    let (mut reported, mut generated) = (0, 0);
    for run in 0..RUNS {
        let mut dice = Dice((run + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15));
        let damaged = documents[dice.roll(documents.len())];
        let mut reader = Memory::new().with("apis.yaml", config.clone());
        for name in documents {
            let text = read(name);
            reader = reader.with(name, if name == damaged { damage(&text, &mut dice) } else { text });
        }
        let generation = generator::generate(&reader, "apis.yaml", "cargo test");
        for finding in generation.report.diagnostics() {
            assert!(!finding.message.is_empty() && !finding.help.is_empty(), "run {run}: {finding:?}");
            assert!(finding.origin.is_some(), "run {run}: {finding:?}");
            assert_ne!(finding.code, "generator-defect", "run {run}: {finding:?}");
        }
        let rendered = generation.report.render(&reader);
        if generation.report.has_errors() {
            assert!(generation.files.is_empty() && rendered.contains("--> "), "run {run}: {rendered}");
            reported += 1;
        } else {
            assert!(generation.files.len() > 40, "run {run}: {rendered}");
            generated += 1;
        }
    }
    assert!(reported > 50 && generated > 20, "both happen: {reported} reported, {generated} generated");
}
