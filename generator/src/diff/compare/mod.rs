//! Two outlines side by side: what became of each item of the old one, and what is new.
//!
//! An item is first looked for by its name, as a user's code does; aliases count. What is there under the name must stand for
//! the same thing. What is not there is looked for by what it stands for, so that a rename is told from a loss.

mod comparison;
mod counterparts;
mod groups;
mod inputs;
mod remarks;
mod types;

use super::change::{Change, Class};
use super::finding::{Finding, Side};
use super::outline::Outline;
use comparison::Comparison;
use counterparts::Counterparts;

/// Every change between the APIs of two crates, the worst first. An API is the same if its module is.
pub fn compare(old: &[Outline], new: &[Outline]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for before in old {
        match new.iter().find(|now| now.module == before.module) {
            Some(now) => findings.extend(compare_apis(before, now)),
            None => findings.push(of_api(Class::BreakingWire, Change::ApiRemoved, before, "is gone", Side::Old)),
        }
    }
    for now in new.iter().filter(|now| !old.iter().any(|before| before.module == now.module)) {
        findings.push(of_api(Class::Added, Change::ApiAdded, now, "is new", Side::New));
    }
    findings.sort();
    findings.dedup();
    findings
}

fn of_api(class: Class, change: Change, api: &Outline, what: &str, side: Side) -> Finding {
    let (item, origin) = (api.module.clone(), api.origin.clone());
    Finding { class, change, item, what: what.to_owned(), origin, side }
}

fn compare_apis(old: &Outline, new: &Outline) -> Vec<Finding> {
    let mut comparison = Comparison { old, new, types: Counterparts::new(old, new), findings: Vec::new() };
    comparison.groups();
    comparison.types();
    comparison.errors();
    comparison.features();
    comparison.remarks(&new.module, None, (&old.remarks, &new.remarks), &new.origin);
    comparison.findings
}

impl Comparison<'_> {
    fn features(&mut self) {
        // The feature of a group comes and goes with it.
        let of_groups = |these: &Outline, others: &Outline| -> Vec<String> {
            let alone = these.groups.iter().filter(|(name, _)| !others.groups.contains_key(*name));
            alone.map(|(_, group)| format!("{}-{}", these.module, group.module.replace('_', "-"))).collect()
        };
        let (gone, come) = (of_groups(self.old, self.new), of_groups(self.new, self.old));
        let (old, new) = (self.old, self.new);
        for feature in old.features.difference(&new.features).filter(|feature| !gone.contains(feature)) {
            self.lost(Class::BreakingNames, Change::FeatureRemoved, feature, "is gone", &old.origin);
        }
        for feature in new.features.difference(&old.features).filter(|feature| !come.contains(feature)) {
            self.found(Class::Added, Change::FeatureAdded, feature, "is new", &new.origin);
        }
    }
}
