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
        "this is a bug in the generator, not a fault of the document: please report it with the document".to_owned(),
    );
}

#[cfg(test)]
mod tests {
    use crate::rust::plan;
    use crate::{Generation, Memory, Report, config, understand};

    const CONFIG: &str = "
crate: { name: a, version: 0.1.0, description: A., documentation: A., runtime: { path: x } }
apis:
  - { module: v1, document: api.yaml }
";

    const DOCUMENT: &str = "
openapi: 3.0.1
info: { title: A, version: '1' }
paths:
  /a:
    get:
      operationId: a
      responses:
        '200': { description: A., content: { application/json: { schema: { $ref: '#/components/schemas/Outer' } } } }
components:
  schemas:
    Inner: { type: object, properties: { text: { type: string } } }
    Outer: { type: object, properties: { inner: { $ref: '#/components/schemas/Inner' } } }
";

    /// What the check finds if the plan is changed before.
    fn findings(change: impl FnOnce(&mut plan::Api)) -> Vec<String> {
        let reader = Memory::new().with("apis.yaml", CONFIG).with("api.yaml", DOCUMENT);
        let mut generation = Generation::default();
        let config = config::read(&reader, "apis.yaml", &mut generation.report).expect("it is complete");
        let mut known =
            understand(&reader, "apis.yaml", &config.krate, &config.apis[0], &mut generation).expect("it is sound");
        assert!(generation.report.diagnostics().is_empty(), "{}", generation.report.render(&reader));
        change(&mut known.plan);
        let mut report = Report::new();
        super::check(&known.api, &known.plan, &mut report);
        report.diagnostics().iter().map(|found| found.message.clone()).collect()
    }

    #[test]
    fn nothing_is_found_where_nothing_got_lost() {
        assert!(findings(|_| {}).is_empty());
    }

    #[test]
    fn an_operation_that_got_lost_is_found() {
        let found = findings(|plan| drop(plan.groups[0].operations.pop()));
        assert_eq!(found, ["this operation is in the plan 0 times instead of once"]);
    }

    #[test]
    fn a_type_that_got_lost_is_found_where_it_is_used() {
        let found = findings(|plan| plan.types.retain(|def| def.ident != "Inner"));
        assert_eq!(found, ["this type uses one that is not in the plan"]);
        let found = findings(|plan| plan.types.retain(|def| def.ident == "Inner"));
        assert_eq!(found, ["this operation uses a type that is not in the plan"]);
    }
}
