//! The way to a value inside a document, as people write it: `items[17].status`.

use std::fmt;

/// How much of a key is shown; a document may use any text for one.
const SHOWN: usize = 60;

/// One step down from an object or an array.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// To the property of this name.
    Key(String),
    /// To the item of this place, counted from 0.
    Item(usize),
}

/// Writes a way; empty for the document itself.
pub(super) fn write<'a>(to: &mut impl fmt::Write, steps: impl Iterator<Item = &'a Step>) -> fmt::Result {
    for (place, step) in steps.enumerate() {
        match step {
            Step::Item(item) => write!(to, "[{item}]")?,
            Step::Key(key) if is_plain(key) && place == 0 => to.write_str(key)?,
            Step::Key(key) if is_plain(key) => write!(to, ".{key}")?,
            Step::Key(key) => match key.char_indices().nth(SHOWN) {
                Some((end, _)) => write!(to, "[{:?}…]", &key[..end])?,
                None => write!(to, "[{key:?}]")?,
            },
        }
    }
    Ok(())
}

/// Whether a key reads well without quotes.
fn is_plain(key: &str) -> bool {
    !key.is_empty()
        && key.len() <= SHOWN
        && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '$' | '@'))
}
