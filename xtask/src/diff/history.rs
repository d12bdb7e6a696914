//! The history of a document, replayed: each change is compared as a release would be, with the names carried along.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use generator::Outlines;
use generator::diff::{self, Change, Class, Finding, Release};
use serde_json::{Value, json};

use super::prove::Proof;
use super::script;
use super::side::Source;
use crate::git::{Files, Repository};
use crate::style::{bold, dim, red};

/// What a history has.
pub(crate) struct History {
    /// The commits, the first first.
    pub steps: Vec<Step>,
    files: Files,
    /// The document in each commit.
    path: String,
}

/// One commit of a history.
pub(crate) struct Step {
    pub commit: String,
    /// What it changed, or why that is not known.
    pub findings: Result<Vec<Finding>, String>,
    /// The commit before, if it could be read, and the names that were given until then.
    before: Option<(String, BTreeMap<String, String>)>,
    /// What the compiler says, if it was asked: the first error of a program that was written for the commit before.
    pub proof: Option<Result<(), String>>,
}

impl Step {
    /// The release that it demands, if anything changed.
    fn release(&self) -> Option<Release> {
        self.findings.as_ref().ok().filter(|findings| !findings.is_empty()).map(|findings| diff::release(findings))
    }
}

impl Step {
    /// Whether the compiler says the same. It cannot find a name that means something else.
    fn agrees(&self) -> Option<bool> {
        let findings = self.findings.as_ref().ok()?;
        let breaks = |finding: &Finding| matches!(finding.class, Class::BreakingWire | Class::BreakingNames);
        Some(findings.iter().any(breaks) == self.proof.as_ref()?.is_err())
    }
}

/// Some of `from`, at equal distances.
fn spread(from: &[usize], count: usize) -> Vec<usize> {
    let count = count.min(from.len());
    (0..count).map(|at| from[at * from.len() / count]).collect()
}

/// Replays `REPOSITORY[@REVISION]:PATH`. Without `keep`, each snapshot gets its names anew.
pub(crate) fn replay(typed: &str, keep: bool) -> Result<History, String> {
    let (place, path) =
        typed.rsplit_once(':').ok_or("a history is named by REPOSITORY:PATH or REPOSITORY@REVISION:PATH")?;
    let (repository, revision) = match place.rsplit_once('@') {
        Some((repository, revision)) if !Path::new(place).is_dir() => (repository, revision),
        _ => (place, "HEAD"),
    };
    let repository = Repository::new(Path::new(repository));
    let commit = repository.commit(revision)?;
    let folder = path.rsplit_once('/').map_or(".", |(folder, _)| folder);
    let commits = repository.run(&["rev-list", "--reverse", "--first-parent", &commit, "--", folder])?;
    let files = repository.files()?;
    let mut steps = Vec::new();
    let mut before: Option<(&str, Outlines)> = None;
    for commit in commits.lines() {
        let names = before.as_ref().filter(|_| keep).map(|(_, before)| before.names.clone()).unwrap_or_default();
        let now = Source::at(files.clone(), commit, path, commit).and_then(|source| source.outlines(&names));
        let findings = match (&before, &now) {
            (Some((_, before)), Ok(now)) => Ok(diff::compare(&before.apis, &now.apis)),
            (None, Ok(_)) => Ok(Vec::new()),
            (_, Err(why)) => Err(why.clone()),
        };
        let last = before.as_ref().map(|(last, _)| ((*last).to_owned(), names));
        steps.push(Step { commit: commit.to_owned(), findings, before: last, proof: None });
        if let Ok(now) = now {
            before = Some((commit, now));
        }
    }
    Ok(History { steps, files, path: path.to_owned() })
}

impl History {
    /// Compiles programs that were written for the commit before against `count` of the commits, half of which break.
    pub(crate) fn prove(&mut self, root: &Path, count: usize) -> Result<(), String> {
        let mut proof = Proof::new(root)?;
        let chosen = self.chosen(count);
        let runtime = root.join("runtime");
        for at in &chosen {
            let step = &self.steps[*at];
            let Some((last, names)) = &step.before else { continue };
            let name = format!("step-{at}");
            let source = |commit: &str| Source::at(self.files.clone(), commit, &self.path, commit);
            let old = source(last)?.generate(names, &name, &runtime)?;
            let new = source(&step.commit)?.generate(names, &name, &runtime)?;
            proof.add(&name, &old, &new)?;
        }
        let mut failed = proof.run(root)?;
        for at in chosen {
            self.steps[at].proof = Some(failed.remove(&format!("step-{at}")).map_or(Ok(()), Err));
        }
        Ok(())
    }

    /// Some of the commits that changed anything, evenly from those that break and from those that do not.
    fn chosen(&self, count: usize) -> Vec<usize> {
        let of = |breaks: bool| -> Vec<usize> {
            let is_such = |step: &Step| step.release().is_some_and(|release| (release == Release::Major) == breaks);
            (0..self.steps.len()).filter(|at| is_such(&self.steps[*at])).collect()
        };
        let (breaking, others) = (of(true), of(false));
        let from_breaking = breaking.len().min(count.div_ceil(2).max(count.saturating_sub(others.len())));
        let mut chosen = spread(&breaking, from_breaking);
        chosen.extend(spread(&others, count.saturating_sub(from_breaking)));
        chosen.sort_unstable();
        chosen
    }

    /// Whether every proof agrees with its verdict.
    pub(crate) fn is_proven(&self) -> bool {
        self.steps.iter().all(|step| step.agrees() != Some(false))
    }

    /// Whether a name came to mean something else, or changed though nothing on the wire did.
    pub(crate) fn has_needless(&self) -> bool {
        self.findings().any(|finding| matches!(finding.class, Class::OtherMeaning | Class::BreakingNames))
    }

    fn findings(&self) -> impl Iterator<Item = &Finding> {
        self.steps.iter().filter_map(|step| step.findings.as_ref().ok()).flatten()
    }

    fn releases(&self, release: Option<Release>) -> usize {
        self.steps.iter().filter(|step| step.findings.is_ok() && step.release() == release).count()
    }

    /// The table of a history; with `all`, every change that breaks.
    pub(crate) fn text(&self, all: bool) -> String {
        let mut text = String::new();
        // Writing to a `String` cannot fail, here and below.
        let unread = self.steps.iter().filter(|step| step.findings.is_err()).count();
        let _ = writeln!(
            text,
            "{} snapshots: {} major, {} minor, {} patch, {} without a change, {unread} unreadable",
            self.steps.len(),
            self.releases(Some(Release::Major)),
            self.releases(Some(Release::Minor)),
            self.releases(Some(Release::Patch)),
            self.releases(None),
        );
        let _ = writeln!(text, "\n{:>8} {:>10}", bold("findings"), bold("snapshots"));
        for class in Class::ALL {
            let of_class = |findings: &[Finding]| findings.iter().filter(|finding| finding.class == class).count();
            let counts: Vec<usize> =
                self.steps.iter().filter_map(|step| step.findings.as_ref().ok()).map(|found| of_class(found)).collect();
            let snapshots = counts.iter().filter(|count| **count > 0).count();
            let _ = writeln!(text, "{:>8} {snapshots:>10}  {}", counts.iter().sum::<usize>(), bold(class.title()));
            let mut kinds: BTreeMap<Change, usize> = BTreeMap::new();
            for finding in self.findings().filter(|finding| finding.class == class) {
                *kinds.entry(finding.change).or_default() += 1;
            }
            for (change, count) in kinds {
                let _ = writeln!(text, "{count:>8} {:>10}    {}", "", dim(change.id()));
            }
        }
        self.tell_proofs(&mut text);
        for step in &self.steps {
            self.tell(&mut text, step, all);
        }
        text
    }

    fn tell_proofs(&self, text: &mut String) {
        let asked: Vec<&Step> = self.steps.iter().filter(|step| step.proof.is_some()).collect();
        if asked.is_empty() {
            return;
        }
        let agree = asked.iter().filter(|step| step.agrees() == Some(true)).count();
        let _ = writeln!(text, "\nThe compiler agrees with {agree} of {} verdicts.", asked.len());
        for step in asked {
            let (commit, release) = (&step.commit, step.release().map_or("none", Release::as_str));
            let commit = commit.get(..10).unwrap_or(commit);
            let unlike = if step.agrees() == Some(true) { "" } else { ", unlike the verdict" };
            let _ = match &step.proof {
                Some(Err(error)) => writeln!(text, "{commit} {release}: does not compile{unlike}: {error}"),
                _ => writeln!(text, "{commit} {release}: compiles{unlike}"),
            };
        }
    }

    fn tell(&self, text: &mut String, step: &Step, all: bool) {
        let commit = step.commit.get(..10).unwrap_or(&step.commit);
        match &step.findings {
            Err(why) => {
                let _ = writeln!(text, "\n{commit} {}", red(why.lines().next().unwrap_or_default()));
            }
            Ok(findings) => {
                let told = |finding: &&Finding| {
                    all && finding.class.is_breaking()
                        || matches!(finding.class, Class::OtherMeaning | Class::BreakingNames)
                };
                for finding in findings.iter().filter(told) {
                    let id = finding.change.id();
                    let _ = writeln!(
                        text,
                        "{commit} {} {id} {} {}",
                        dim(finding.class.title()),
                        finding.item,
                        finding.what
                    );
                }
            }
        }
    }

    /// The same for scripts: counts for each snapshot.
    pub(crate) fn json(&self) -> Value {
        let counts = |findings: &[Finding]| -> serde_json::Map<String, Value> {
            let count = |class| findings.iter().filter(|finding| finding.class == class).count();
            Class::ALL.into_iter().map(|class| (script::name(class), count(class).into())).collect()
        };
        let step = |step: &Step| match &step.findings {
            Ok(findings) => {
                json!({ "commit": step.commit, "verdict": step.release(), "counts": counts(findings), "findings": findings, "compiles": step.proof.as_ref().map(Result::is_ok) })
            }
            Err(why) => json!({ "commit": step.commit, "error": why }),
        };
        Value::Array(self.steps.iter().map(step).collect())
    }
}
