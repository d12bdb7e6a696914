//! Comparing two versions of an API: where they come from, what is told of them, and how.

pub(crate) mod history;
mod markdown;
mod prove;
mod script;
pub(crate) mod side;
mod text;
mod uses;
pub(crate) mod version;

use std::collections::BTreeMap;

use generator::Position;
use generator::diff::{self, Class, Finding, Release, Side};

pub(crate) use markdown::markdown;
pub(crate) use script::json;
use side::Source;
pub(crate) use text::text;
use version::Version;

/// A finding, and where it is in its file.
type Located = (Finding, Option<Position>);

/// What is told of two versions of an API.
pub(crate) struct Verdict {
    /// What the two are called.
    pub names: (String, String),
    /// The worst first, each with its place in the file.
    pub findings: Vec<Located>,
    pub release: Release,
    /// The versions of the crates, if they have any.
    pub versions: Option<Versions>,
}

/// The versions before and now, and the least that the findings allow.
pub(crate) struct Versions {
    pub old: Version,
    pub new: Version,
    pub needed: Version,
}

impl Versions {
    /// Whether the new one says what has changed.
    pub(crate) fn is_enough(&self) -> bool {
        self.new >= self.needed
    }
}

impl Verdict {
    /// Compares two versions. Where the new one has no names of its own, it keeps those of the old one.
    pub(crate) fn of(old: &Source, new: Source) -> Result<Self, String> {
        let new = &new.called_as(old);
        let before = old.outlines(&BTreeMap::new())?;
        let now = new.outlines(&before.names)?;
        let findings = diff::compare(&before.apis, &now.apis);
        let release = diff::release(&findings);
        let versions = match (old.has_version(), new.has_version()) {
            (true, true) => {
                let (old, new) = (Version::parse(&before.version)?, Version::parse(&now.version)?);
                Some(Versions { old, new, needed: old.after(release) })
            }
            _ => None,
        };
        let names = (old.shown.clone(), new.shown.clone());
        Ok(Self { names, findings: located(findings, old, new), release, versions })
    }

    /// How many findings there are of each class.
    pub(crate) fn count(&self, class: Class) -> usize {
        self.findings.iter().filter(|(finding, _)| finding.class == class).count()
    }
}

/// The findings with their places in the files.
fn located(findings: Vec<Finding>, old: &Source, new: &Source) -> Vec<Located> {
    let mut places = BTreeMap::new();
    for (side, source) in [(Side::Old, old), (Side::New, new)] {
        let at: Vec<usize> = (0..findings.len()).filter(|at| findings[*at].side == side).collect();
        let origins: Vec<_> = at.iter().map(|at| findings[*at].origin.clone()).collect();
        places.extend(at.into_iter().zip(generator::locate(source.reader(), &origins)));
    }
    let mut found = Vec::new();
    for (at, mut finding) in findings.into_iter().enumerate() {
        let source = if finding.side == Side::Old { old } else { new };
        finding.origin.file = source.real_name(&finding.origin.file).to_owned();
        found.push((finding, places.remove(&at).flatten()));
    }
    found
}

/// Where a finding is: the file, and the line if it is known.
fn place(finding: &Finding, position: Option<Position>) -> String {
    let line = position.map_or_else(String::new, |position| format!(":{}", position.line));
    let side = match finding.side {
        Side::Old => " (old)",
        Side::New => "",
    };
    format!("{}{line}{side}", finding.origin.file)
}

/// The findings of a class by their kinds, in the order of the kinds.
fn by_change(verdict: &Verdict, class: Class) -> Vec<(diff::Change, Vec<&Located>)> {
    let mut found: BTreeMap<diff::Change, Vec<_>> = BTreeMap::new();
    for pair in verdict.findings.iter().filter(|(finding, _)| finding.class == class) {
        found.entry(pair.0.change).or_default().push(pair);
    }
    found.into_iter().collect()
}

/// What the version has to be, in a sentence.
fn demand(verdict: &Verdict) -> Option<String> {
    let Versions { old, new, needed } = verdict.versions.as_ref()?;
    Some(match verdict.versions.as_ref()?.is_enough() {
        true if old == new => format!("the version {new} may stay"),
        true => format!("the version {new} is high enough, after {old}"),
        false => format!("the version must be {needed} or higher, and is {new}"),
    })
}
