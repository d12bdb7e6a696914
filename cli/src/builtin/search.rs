//! `search`: operations by words of whatever they are known under.

use clap::ArgMatches;
use serde_json::{Value, json};

use super::print;
use crate::failure::{Cause, Ending, Failure};
use crate::index::{Index, Target, letters};
use crate::line::about;
use crate::output::Printer;
use crate::program::Program;

pub(super) fn run(
    program: &'static Program,
    index: &Index,
    words: &[String],
    matches: &ArgMatches,
) -> Result<(), Ending> {
    let mut found: Vec<(u8, Target)> =
        index.targets().filter_map(|target| Some((rank(&target, words)?, target))).collect();
    found.sort_by_key(|(rank, target)| (*rank, target.command()));
    if found.is_empty() {
        return Err(Failure::new(Cause::NotFound, format!("nothing is known under `{}`", words.join(" "))).into());
    }
    let list: Vec<Value> = found
        .iter()
        .map(|(_, target)| {
            json!({
                "command": format!("{} {}", program.name, target.command()),
                "summary": about(target),
                "method": target.entry.operation.method.as_str(),
                "path": target.entry.operation.path,
                "id": target.entry.operation.id,
                "cmdlet": target.cmdlet(),
            })
        })
        .collect();
    let mut printer = Printer::new(matches, false)?;
    printer.value(&Value::Array(list))?;
    printer.finish()?;
    print("")
}

/// How well an operation fits, 0 best; `None` if a word is not there.
fn rank(target: &Target, words: &[String]) -> Option<u8> {
    let whole = letters(&words.concat());
    if target.names().any(|name| letters(&name) == whole) {
        return Some(0);
    }
    let names: Vec<String> = target.names().map(|name| letters(&name)).collect();
    let entry = target.entry;
    let rest = [entry.operation.path, entry.summary, entry.description, target.group.tag].join(" ").to_lowercase();
    let mut rank = 1;
    for word in words {
        let wanted = letters(word);
        if !names.iter().any(|name| name.contains(&wanted)) {
            rank = 2;
            if !rest.contains(&word.to_lowercase()) {
                return None;
            }
        }
    }
    Some(rank)
}
