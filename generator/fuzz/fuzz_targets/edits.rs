//! Sound documents with a few edits to their trees, so that the stages behind the parser are reached.
//!
//! `cargo +nightly fuzz fmt edits <artifact>` shows the files that an input stands for.
#![no_main]

use generator_fuzz::{Edited, promises};

libfuzzer_sys::fuzz_target!(|edited: Edited| {
    promises(&edited.files, edited.by_tag, edited.twice);
});
