//! Counts in equal counts out: every operation of the model is in the plan exactly once, and every use of a type leads to
//! a definition.

use std::collections::{BTreeMap, BTreeSet};

use super::plan::{self, TypeId};
use crate::diagnostic::{Origin, Report};
use crate::model;

/// Reports whatever got lost between the model and the plan. A finding here is a defect of the generator.
pub(crate) fn check(model: &model::Api, plan: &plan::Api, report: &mut Report) {
    let mut planned: BTreeMap<&str, usize> = BTreeMap::new();
    for operation in plan.groups.iter().flat_map(|group| &group.operations) {
        *planned.entry(&operation.name.wire).or_default() += 1;
    }
    for operation in model.operations() {
        let count = planned.get(operation.id.as_str()).copied().unwrap_or(0);
        if count != 1 {
            defect(
                report,
                operation.origin.clone(),
                &format!("this operation is in the plan {count} times instead of once"),
            );
        }
    }
    let defined: BTreeSet<TypeId> = plan.types.iter().map(|def| def.id).collect();
    for def in &plan.types {
        if def.kind.types().any(|ty| ty.named().is_some_and(|id| !defined.contains(&id))) {
            defect(report, def.origin.clone(), "this type uses one that is not in the plan");
        }
    }
    for operation in plan.groups.iter().flat_map(|group| &group.operations) {
        if operation.types().any(|ty| ty.named().is_some_and(|id| !defined.contains(&id))) {
            defect(report, operation.origin.clone(), "this operation uses a type that is not in the plan");
        }
    }
}

fn defect(report: &mut Report, origin: Origin, what: &str) {
    report.error(
        "generator-defect",
        Some(origin),
        what.to_owned(),
        "this is a fault of the generator, not of the document: please report it with the document".to_owned(),
    );
}
