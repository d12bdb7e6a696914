//! The outlines of groups and of their methods.

use super::inputs::Spell;
use super::item::{Group, Method};
use super::remarks::Remarks;
use crate::model;
use crate::rust::plan::{self, Need, Operation, Parameter, Place};

impl Spell<'_> {
    pub(super) fn group(&self, api: &model::Api, group: &plan::Group) -> Group {
        let known = |operation: &Operation| api.operations().find(|known| known.id == operation.name.wire);
        Group {
            module: group.module.clone(),
            methods: group
                .operations
                .iter()
                .map(|operation| (operation.name.ident.clone(), self.method(operation, known(operation))))
                .collect(),
            origin: group.operations.first().map(|operation| operation.origin.clone()).unwrap_or_default(),
        }
    }

    fn method(&self, operation: &Operation, known: Option<&model::Operation>) -> Method {
        let origin = &operation.origin;
        let input = |parameter: &Parameter| self.parameter(parameter, modelled(known, parameter), origin);
        let mut arguments: Vec<_> = operation.arguments.iter().map(input).collect();
        let mut setters: Vec<_> =
            operation.setters.iter().map(|parameter| (parameter.name.ident.clone(), input(parameter))).collect();
        let body = known.and_then(|known| known.body.as_ref());
        for (need, ident, input) in operation.body.iter().flat_map(|sent| self.body(sent, body, origin)) {
            match need {
                Need::Required => arguments.push(input),
                Need::Optional => setters.push((ident.to_owned(), input)),
            }
        }
        Method {
            key: operation.key.clone(),
            builder: operation.builder.clone(),
            former: operation.former.iter().map(|names| (names.method.clone(), names.builder.clone())).collect(),
            arguments,
            setters: setters.into_iter().collect(),
            result: self.success(&operation.success),
            pages: operation.paging.as_ref().map(|paging| self.exact(&paging.item)),
            has_events: operation.has_events,
            origin: origin.clone(),
            remarks: self.remarks(operation, known),
        }
    }

    /// What is said of an operation that no code depends on.
    fn remarks(&self, operation: &Operation, known: Option<&model::Operation>) -> Remarks {
        let (good, bad): (Vec<_>, Vec<_>) =
            operation.responses.iter().partition(|response| response.status.is_success());
        let told = |responses: Vec<&plan::Response>| {
            let one = |response: &&plan::Response| format!("{}: {}", response.status, self.carried(&response.body));
            responses.iter().map(one).collect::<Vec<_>>().join(", ")
        };
        let path = &operation.path;
        let address = operation.server.as_ref().map_or_else(|| path.clone(), |server| format!("{server}{path}"));
        let mut remarks = known.map(|known| Remarks::of_operation(operation, known)).unwrap_or_default();
        remarks.add_responses(told(good), told(bad));
        remarks.add_address(address);
        remarks
    }
}

/// What the model says of a parameter.
fn modelled<'m>(known: Option<&'m model::Operation>, parameter: &Parameter) -> Option<&'m model::Parameter> {
    let place = match parameter.place {
        Place::Path => model::Place::Path,
        Place::Query(_) => model::Place::Query,
        Place::Header => model::Place::Header,
        Place::Cookie => model::Place::Cookie,
    };
    known?.parameters.iter().find(|known| known.place == place && known.name == parameter.name.wire)
}
