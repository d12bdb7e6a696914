//! A verdict as text for a terminal: the summary first, then what breaks, then the rest.

use std::fmt::Write as _;

use generator::diff::{Class, Release};

use super::{Verdict, by_change, demand, place};
use crate::style::{bold, dim, green, red};

/// How many additions of a kind are listed.
const LISTED: usize = 12;

/// The verdict. Of what breaks nothing everything is listed only if `all` says so.
pub(crate) fn text(verdict: &Verdict, all: bool) -> String {
    let mut text = String::new();
    // Writing to a `String` cannot fail, here and below.
    let (old, new) = &verdict.names;
    let _ = writeln!(text, "{}", dim(&format!("{old} → {new}")));
    let release = verdict.release.as_str();
    let shown = if verdict.release == Release::Major { red(release) } else { green(release) };
    let demand = demand(verdict).map_or_else(String::new, |demand| format!("; {demand}"));
    let _ = writeln!(text, "{} {shown}{demand}", bold("verdict:"));
    for class in Class::ALL {
        let count = verdict.count(class);
        let line = format!("{count:>6}  {}", class.title());
        let line = match (count, class.is_breaking()) {
            (0, _) => dim(&line),
            (_, true) => red(&line),
            (_, false) => line,
        };
        let _ = writeln!(text, "{line}");
    }
    for class in Class::ALL.into_iter().filter(|class| verdict.count(*class) > 0) {
        let _ = writeln!(text, "\n{}", bold(class.title()));
        section(&mut text, verdict, class, all);
    }
    text
}

fn section(text: &mut String, verdict: &Verdict, class: Class, all: bool) {
    let limit = match class {
        _ if all || class.is_breaking() => usize::MAX,
        Class::Unnoticed => 0,
        _ => LISTED,
    };
    for (change, findings) in by_change(verdict, class) {
        let help = if change.help().is_empty() { String::new() } else { format!(" → {}", change.help()) };
        let _ = writeln!(text, "  {} ({}): {}{help}", bold(change.id()), findings.len(), change.about());
        for (finding, position) in findings.iter().take(limit) {
            let place = dim(&place(finding, *position));
            let _ = writeln!(text, "    {} {}  {place}", finding.item, finding.what);
        }
        let left = findings.len().saturating_sub(limit);
        if left > 0 && limit > 0 {
            let _ = writeln!(text, "    {}", dim(&format!("… and {left} more, with --all")));
        }
    }
}
