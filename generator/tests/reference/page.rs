//! Reading a page: its sections and the tables in them.

use std::collections::BTreeMap;

/// A row of a table: the cells by the names of their columns.
pub(crate) type Row = BTreeMap<String, String>;

/// What stands below one heading.
#[derive(Debug, Default)]
pub(crate) struct Section {
    pub(crate) tables: Vec<Vec<Row>>,
}

impl Section {
    /// The cell beside the one that says `name`, in a table without names of columns.
    pub(crate) fn fact(&self, name: &str) -> Option<&str> {
        let rows = self.tables.iter().flatten();
        rows.filter(|row| row.get("0").is_some_and(|first| first == name))
            .find_map(|row| row.get("1"))
            .map(String::as_str)
    }

    /// The row whose first named cell says `name`.
    pub(crate) fn row(&self, column: &str, name: &str) -> Option<&Row> {
        self.tables.iter().flatten().find(|row| row.get(column).is_some_and(|cell| cell == name))
    }
}

/// The sections of a page by `heading` and, below the second level, by `heading/heading`.
pub(crate) fn sections(page: &str) -> BTreeMap<String, Section> {
    let mut found: BTreeMap<String, Section> = BTreeMap::new();
    let (mut at, mut second) = (String::new(), String::new());
    let (mut columns, mut fenced): (Option<Vec<String>>, bool) = (None, false);
    for line in page.lines() {
        fenced ^= line.starts_with("```");
        if fenced {
            continue;
        }
        if let Some(name) = line.strip_prefix("## ") {
            (at, second) = (name.to_owned(), name.to_owned());
        } else if let Some(name) = line.strip_prefix("### ") {
            at = format!("{second}/{name}");
        }
        let Some(cells) = cells(line) else {
            columns = None;
            continue;
        };
        let section = found.entry(at.clone()).or_default();
        match &columns {
            None => {
                section.tables.push(Vec::new());
                let name =
                    |(index, cell): (usize, &String)| if cell.is_empty() { index.to_string() } else { cell.clone() };
                columns = Some(cells.iter().enumerate().map(name).collect());
            }
            Some(_) if cells.iter().all(|cell| cell == "---") => {}
            Some(names) => {
                let row = names.iter().cloned().zip(cells).collect();
                section.tables.last_mut().expect("a table has begun").push(row);
            }
        }
    }
    found
}

/// The cells of a line of a table.
fn cells(line: &str) -> Option<Vec<String>> {
    let inside = line.strip_prefix("| ")?.strip_suffix(" |")?;
    Some(inside.split(" | ").map(|cell| cell.trim().replace("\\|", "|")).collect())
}
