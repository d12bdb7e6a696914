//! Responses on standard output, or in a file: each format, and the jq filter before it.

mod csv;
mod jq;
mod rows;
mod table;

use std::fs::File;
use std::io::{self, BufWriter, IsTerminal as _, Write};
use std::path::Path;

use clap::ArgMatches;
use serde_json::Value;

pub(crate) use jq::{Filter, from_yaml, yaml};
pub(crate) use table::cells;

use crate::failure::{Cause, Ending, Failure, written};
use crate::line::Format;
use rows::Columns;

/// Prints one response, or the pages of a list one after the other.
pub(crate) struct Printer {
    out: Target,
    format: Format,
    /// Whether the format was asked for by name.
    chosen: bool,
    filter: Option<Filter>,
    columns: Columns,
    /// Whether the output is one list of which pages are the parts.
    paged: bool,
    /// How many items were printed.
    printed: u64,
    table: table::Layout,
}

impl Printer {
    /// The printer that the options of a command ask for.
    ///
    /// # Errors
    ///
    /// If the options contradict each other, the filter is not valid jq, or the file cannot be written.
    pub(crate) fn new(matches: &ArgMatches, paged: bool) -> Result<Self, Failure> {
        let chosen = matches.get_one::<Format>("output").copied();
        let path = matches.get_one::<String>("output-file");
        let filter = matches.get_one::<String>("jq").map(|code| Filter::new(code)).transpose()?;
        let for_people = path.is_none() && filter.is_none() && io::stdout().is_terminal();
        let format = chosen.unwrap_or(if for_people { Format::Table } else { Format::Json });
        if format == Format::Raw && (paged || filter.is_some()) {
            return Err(Failure::usage(
                "`-o raw` prints one response as it came, so it goes neither with pages nor with --jq",
            ));
        }
        let out = match path {
            Some(path) => Target::Path(path.clone()),
            None => Target::Open(Box::new(BufWriter::new(io::stdout()))),
        };
        let columns = Columns::new(matches.get_many::<String>("columns").into_iter().flatten().cloned().collect());
        let table = table::Layout::new(path.is_none());
        Ok(Self { out, format, chosen: chosen.is_some(), filter, columns, paged, printed: 0, table })
    }

    /// Prints a body whose type is not JSON: as it came, but as a JSON text where JSON was asked for by name.
    pub(crate) fn text(&mut self, bytes: &[u8]) -> Result<(), Ending> {
        if self.filter.is_some() {
            return Err(Failure::new(Cause::Response, "the response is not JSON, so there is nothing to filter").into());
        }
        let as_json = self.chosen && matches!(self.format, Format::Json | Format::Jsonl);
        match std::str::from_utf8(bytes) {
            Ok(text) if as_json => self.line(&Value::from(text).to_string()),
            Ok(text) => {
                self.bytes(text.as_bytes())?;
                let unfinished = self.format == Format::Table && !text.is_empty() && !text.ends_with('\n');
                if unfinished { self.bytes(b"\n") } else { Ok(()) }
            }
            Err(_) => self.bytes(bytes),
        }
    }

    /// Prints bytes as they are.
    pub(crate) fn bytes(&mut self, bytes: &[u8]) -> Result<(), Ending> {
        let out = self.out.open()?;
        written(out.write_all(bytes))
    }

    /// Whether bytes are printed as they come, whatever they are.
    pub(crate) fn is_raw(&self) -> bool {
        self.format == Format::Raw
    }

    /// Whether a body that is not JSON has to be there as a whole before it can be printed.
    pub(crate) fn buffers(&self) -> bool {
        let as_json = self.chosen && matches!(self.format, Format::Json | Format::Jsonl);
        as_json || self.filter.is_some() || self.format == Format::Table
    }

    /// Prints a value, or the next page of a list.
    pub(crate) fn value(&mut self, value: &Value) -> Result<(), Ending> {
        match &self.filter {
            Some(filter) => {
                for result in filter.run(value)? {
                    self.filtered(&result)?;
                }
            }
            None => self.unfiltered(value)?,
        }
        if self.paged { written(self.out.open()?.flush()) } else { Ok(()) }
    }

    /// A result of the filter, each by itself. Texts are printed without quotes, as scripts want them, unless JSON was
    /// asked for by name.
    fn filtered(&mut self, value: &Value) -> Result<(), Ending> {
        match (self.format, value) {
            (Format::Json, Value::String(text)) if !self.chosen => self.line(text),
            (Format::Json, value) => self.line(&pretty(value)),
            (Format::Jsonl, value) => self.line(&value.to_string()),
            _ => {
                let whole = std::mem::replace(&mut self.paged, false);
                let result = self.unfiltered(value);
                self.paged = whole;
                result
            }
        }
    }

    fn unfiltered(&mut self, value: &Value) -> Result<(), Ending> {
        match self.format {
            Format::Json if self.paged => self.json_items(value),
            Format::Json | Format::Raw => self.line(&pretty(value)),
            Format::Jsonl => match value {
                Value::Array(items) => items.iter().try_for_each(|item| self.line(&item.to_string())),
                other => self.line(&other.to_string()),
            },
            Format::Yaml => match value {
                Value::Array(items) if self.paged && items.is_empty() => Ok(()),
                value => {
                    self.printed += 1;
                    let text = jq::yaml(value)?;
                    self.bytes(text.as_bytes())
                }
            },
            Format::Csv => {
                let text = csv::write(&mut self.columns, value, self.printed == 0)?;
                self.printed += 1;
                self.bytes(text.as_bytes())
            }
            Format::Table => {
                let text = self.table.page(&mut self.columns, value);
                self.bytes(text.as_bytes())
            }
        }
    }

    /// The items of a page, as items of the one list that all pages make.
    fn json_items(&mut self, page: &Value) -> Result<(), Ending> {
        let items = page.as_array().map_or(std::slice::from_ref(page), Vec::as_slice);
        for item in items {
            let before = if self.printed == 0 { "[\n  " } else { ",\n  " };
            self.printed += 1;
            self.bytes(format!("{before}{}", pretty(item).replace('\n', "\n  ")).as_bytes())?;
        }
        Ok(())
    }

    /// Ends the output.
    pub(crate) fn finish(&mut self) -> Result<(), Ending> {
        let unfiltered = self.paged && self.filter.is_none();
        match (self.format, self.printed) {
            (Format::Json, 0) if unfiltered => self.line("[]")?,
            (Format::Json, _) if unfiltered => self.line("\n]")?,
            (Format::Yaml, 0) if unfiltered => self.line("[]")?,
            _ => {}
        }
        self.flush()
    }

    /// Hands on what was printed so far.
    pub(crate) fn flush(&mut self) -> Result<(), Ending> {
        written(self.out.open()?.flush())
    }

    fn line(&mut self, text: &str) -> Result<(), Ending> {
        self.bytes(text.as_bytes())?;
        self.bytes(b"\n")
    }
}

/// Indented JSON.
pub(crate) fn pretty(value: &Value) -> String {
    format!("{value:#}")
}

/// Where the output goes. A file is created when there is something to write, so that a call that fails spoils none.
enum Target {
    Path(String),
    Open(Box<dyn Write>),
}

impl Target {
    fn open(&mut self) -> Result<&mut dyn Write, Failure> {
        if let Self::Path(path) = self {
            let file = File::create(Path::new(path.as_str()))
                .map_err(|error| Failure::file(&format!("{path} cannot be written"), &error))?;
            *self = Self::Open(Box::new(BufWriter::new(file)));
        }
        match self {
            Self::Open(out) => Ok(out.as_mut()),
            Self::Path(path) => Err(Failure::new(Cause::Other, format!("{path} is not open"))),
        }
    }
}
