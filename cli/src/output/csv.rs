//! Comma-separated values (RFC 4180).

use serde_json::Value;

use super::rows::{Columns, rows, text};
use crate::failure::Failure;

/// A value as lines of CSV, with a head line if it is the first page. What is nested is written as JSON.
///
/// # Errors
///
/// If the text cannot be written.
pub(super) fn write(columns: &mut Columns, value: &Value, head: bool) -> Result<String, Failure> {
    let rows = rows(value);
    columns.learn(&rows, true);
    let mut writer = csv::WriterBuilder::new().from_writer(Vec::new());
    let mut record = |cells: Vec<String>| {
        writer
            .write_record(cells)
            .map_err(|error| Failure::file("the CSV cannot be written", &std::io::Error::from(error)))
    };
    if columns.names().is_empty() {
        // Values that are not objects: one column without a name.
        for row in rows {
            record(vec![text(row)])?;
        }
    } else {
        if head {
            record(columns.names().to_vec())?;
        }
        for row in rows {
            record(columns.cells(row))?;
        }
    }
    let bytes = writer.into_inner().map_err(|error| Failure::file("the CSV cannot be written", error.error()))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
