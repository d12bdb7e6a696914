//! Any text as an OpenAPI document. The byte 0x1C (the file separator of ASCII) starts another file: the first is
//! `api.yaml`, the others are `1.yaml`, `2.yaml` and so on.
#![no_main]

use generator_fuzz::{MAIN, promises};

libfuzzer_sys::fuzz_target!(|text: &str| {
    let files: Vec<(String, String)> = text
        .split('\u{1c}')
        .enumerate()
        .map(|(n, part)| (if n == 0 { MAIN.to_owned() } else { format!("{n}.yaml") }, part.to_owned()))
        .collect();
    promises(&files, text.len() % 2 == 1, text.len().is_multiple_of(16));
});
