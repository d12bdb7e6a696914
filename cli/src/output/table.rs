//! Tables for people: a row per item of a list, a line per member of an object, cut to the width of the terminal.

use comfy_table::presets::NOTHING;
use comfy_table::{ColumnConstraint, ContentArrangement, Table, Width};
use serde_json::Value;

use super::rows::{Columns, rows, text};

/// How many characters of a cell are shown.
const CELL: usize = 120;

/// How many columns a table has unless more are asked for.
const COLUMNS: usize = 8;

/// The narrowest column that is of use.
const NARROW: usize = 8;

/// How tables are laid out; remembers the widths, so that later pages stand below the first.
#[derive(Debug)]
pub(super) struct Layout {
    width: Option<u16>,
    widths: Vec<u16>,
}

impl Layout {
    /// `fits`: whether tables are cut to the width of the terminal.
    pub(super) fn new(fits: bool) -> Self {
        let width = terminal_size::terminal_size().map(|(width, _)| width.0).filter(|_| fits);
        Self { width, widths: Vec::new() }
    }

    /// A value as a table, or the next page as the next rows of it.
    pub(super) fn page(&mut self, columns: &mut Columns, value: &Value) -> String {
        match value {
            Value::Array(_) => self.list(columns, value),
            Value::Object(members) if !columns.asked() => {
                let lines: Vec<Vec<String>> =
                    members.iter().map(|(name, value)| vec![name.clone(), cell(value)]).collect();
                cells(None, &lines, self.width)
            }
            Value::Object(_) => self.list(columns, value),
            scalar => format!("{}\n", text(scalar)),
        }
    }

    fn list(&mut self, columns: &mut Columns, value: &Value) -> String {
        let rows = rows(value);
        columns.learn(&rows, false);
        let count = if columns.asked() { columns.names().len() } else { self.room(columns.names().len()) };
        if count == 0 {
            return rows.iter().map(|row| format!("{}\n", cell(row))).collect();
        }
        let lines: Vec<Vec<String>> =
            rows.iter().map(|row| columns.cells(row).iter().take(count).map(|cell| shown(cell)).collect()).collect();
        let first = self.widths.is_empty();
        let names: Vec<String> = columns.names().iter().take(count).map(|name| name.to_uppercase()).collect();
        let mut table = table(first.then_some(names.as_slice()), &lines, self.width);
        if first {
            self.widths = table.column_max_content_widths();
        } else {
            for (column, width) in table.column_iter_mut().zip(&self.widths) {
                column.set_constraint(ColumnConstraint::Absolute(Width::Fixed(*width)));
            }
        }
        print(&table)
    }

    /// How many columns there is room for.
    fn room(&self, columns: usize) -> usize {
        let fitting = self.width.map_or(COLUMNS, |width| (usize::from(width) / (NARROW + 2)).max(1));
        columns.min(fitting).min(COLUMNS)
    }
}

/// Cells as lines, with a head if there is one.
pub(crate) fn cells(head: Option<&[String]>, lines: &[Vec<String>], width: Option<u16>) -> String {
    print(&table(head, lines, width))
}

fn table(head: Option<&[String]>, lines: &[Vec<String>], width: Option<u16>) -> Table {
    let mut table = Table::new();
    table.load_style(NOTHING);
    if let Some(width) = width {
        table.set_content_arrangement(ContentArrangement::Dynamic).set_width(width);
    }
    if let Some(head) = head {
        table.set_header(head);
    }
    table.add_rows(lines);
    for column in table.column_iter_mut() {
        column.set_padding((0, 2));
    }
    table
}

/// The table's text without blanks at the ends of lines.
fn print(table: &Table) -> String {
    table.lines().map(|line| format!("{}\n", line.trim_end())).collect()
}

/// What is shown of a value: on one line, cut where it is long.
fn cell(value: &Value) -> String {
    shown(&text(value))
}

fn shown(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(CELL) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}
