//! Formats in capitals.

use serde_json::Value;

use super::{Notes, Object};
use crate::{grammar::Kind, pointer::child, values::FORMATS};

/// `format: UUID`, `format: Date-Time`: a known format in other letters, and so, to the letter, an unknown one. Seen in
/// hand-written schemas. The known one is taken.
pub(super) fn mend(_: Kind, schema: &mut Object, at: &str, notes: &mut Notes<'_>) {
    let Some(Value::String(format)) = schema.get_mut("format") else { return };
    let bare = |text: &str| text.to_lowercase().replace(['-', '_', ' '], "");
    if FORMATS.contains(&format.as_str()) {
        return;
    }
    if let Some(known) = FORMATS.iter().find(|known| bare(known) == bare(format)) {
        let wrong = format!("the format `{format}` is not known");
        notes.mended("repaired-format", &child(at, "format"), wrong, format!("taken as `{known}`"));
        *format = (*known).to_owned();
    }
}
