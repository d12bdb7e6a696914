//! A verdict as Markdown, for release notes and pull requests.

use std::fmt::Write as _;

use generator::diff::Class;

use super::{Verdict, by_change, demand, place};

/// The verdict in sections. What code does not notice is only counted.
pub(crate) fn markdown(verdict: &Verdict) -> String {
    let mut text = String::new();
    // Writing to a `String` cannot fail, here and below.
    let demand = demand(verdict).map_or_else(String::new, |demand| format!("; {demand}"));
    let _ = writeln!(text, "**{}**{demand}.\n", verdict.release.as_str());
    let _ = writeln!(text, "| | |\n|---|---|");
    for class in Class::ALL {
        let _ = writeln!(text, "| {} | {} |", class.title(), verdict.count(class));
    }
    for class in Class::ALL.into_iter().filter(|class| verdict.count(*class) > 0) {
        let mut title = class.title().to_owned();
        title[..1].make_ascii_uppercase();
        let _ = writeln!(text, "\n### {title}\n");
        for (change, findings) in by_change(verdict, class) {
            if class == Class::Unnoticed {
                let _ = writeln!(text, "- `{}`: {}", change.id(), findings.len());
                continue;
            }
            let help = if change.help().is_empty() { String::new() } else { format!(" To do: {}.", change.help()) };
            let _ = writeln!(text, "- `{}`: {}{help}", change.id(), change.about());
            for (finding, position) in findings {
                let place = place(finding, *position);
                let _ = writeln!(text, "  - `{}` {} ({place})", finding.item, finding.what);
            }
        }
    }
    text
}
