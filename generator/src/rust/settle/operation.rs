//! What an operation takes as arguments and as setters, and what its documentation lists.

use super::context::Settling;
use super::parameter::Written;
use crate::model::{self, Docs};
use crate::rust::name::{InputNames, OperationNames};
use crate::rust::plan::{Operation, Paging, Requirement, Status, Success, Type};

impl Settling<'_> {
    pub(super) fn operation(&mut self, operation: &model::Operation, names: &mut OperationNames) -> Operation {
        let (name, builder) = names.operation(&operation.id);
        let written: Vec<_> =
            operation.parameters.iter().map(|parameter| (parameter, self.written(parameter))).collect();
        let (mut arguments, setters): (Vec<_>, Vec<_>) =
            written.into_iter().partition(|(parameter, written)| written.is_argument(parameter));
        arguments.sort_by_key(|(parameter, _)| rank(parameter, &operation.path));
        let mut names = InputNames::new();
        let mut named = |(parameter, written): (&model::Parameter, Written)| written.named(parameter, &mut names);
        let arguments = arguments.into_iter().map(&mut named).collect();
        let setters = setters.into_iter().map(&mut named).collect();
        let body = operation.body.as_ref().and_then(|body| self.body(body, &mut names));
        let responses = self.responses(operation);
        let success = self.success(operation, &responses);
        Operation {
            name,
            builder,
            key: self.keys.get(&operation.id).cloned().unwrap_or_default(),
            former: Vec::new(),
            method: operation.method,
            path: format!("{}{}", self.base_path(operation), operation.path),
            server: self.other_server(operation),
            docs: Docs { description: description(&operation.docs), ..operation.docs.clone() },
            arguments,
            setters,
            body,
            paging: paging(operation, &success),
            has_events: has_events(operation, &success),
            success,
            responses,
            accept: super::response::accept(operation),
            requirements: requirements(operation),
            origin: operation.origin.clone(),
        }
    }
}

impl Settling<'_> {
    /// The path of the server that the operation is called at.
    fn base_path(&self, operation: &model::Operation) -> String {
        operation.servers.first().map_or_else(|| self.api.base_path(), model::Server::base_path)
    }

    /// The server of an operation that is not at the host of the others. A client calls one host, and sends its
    /// credentials to no other: it takes a client of its own, of which the operation's documentation speaks.
    fn other_server(&mut self, operation: &model::Operation) -> Option<String> {
        let origin = operation.servers.first()?.origin()?;
        if self.api.servers.first().and_then(model::Server::origin).as_ref() == Some(&origin) {
            return None;
        }
        self.report.warning(
            "other-server",
            Some(operation.origin.clone()),
            format!("this operation is at `{origin}`, and the others are not"),
            format!("call it through a client whose base URL is `{origin}`; a client calls only its own host"),
        );
        Some(origin)
    }
}

/// The description, and the link to more where there is one.
fn description(docs: &Docs) -> Option<String> {
    let link = docs.link.as_ref().map(|link| {
        let words = link.description.as_deref().unwrap_or("More about this operation");
        format!("[{}]({})", words.trim_end_matches('.'), link.url)
    });
    let parts: Vec<String> = docs.description.clone().into_iter().chain(link).collect();
    (!parts.is_empty()).then(|| parts.join("\n\n"))
}

/// Path parameters come first, in the order of the template; the rest keeps the document's order.
fn rank(parameter: &model::Parameter, path: &str) -> usize {
    match parameter.place {
        model::Place::Path => path.find(&format!("{{{}}}", parameter.name)).unwrap_or(path.len()),
        _ => path.len() + 1,
    }
}

/// The scopes of all security schemes, then the extensions.
fn requirements(operation: &model::Operation) -> Vec<Requirement> {
    let mut scopes: Vec<String> = Vec::new();
    for scheme in operation.security.iter().flat_map(|requirement| &requirement.schemes) {
        for scope in &scheme.scopes {
            if !scopes.contains(scope) {
                scopes.push(scope.clone());
            }
        }
    }
    let scopes = (!scopes.is_empty()).then(|| Requirement { label: "Scopes".to_owned(), values: scopes });
    let extensions = operation
        .extensions
        .iter()
        .map(|extension| Requirement { label: extension.label.clone(), values: extension.values.clone() });
    scopes.into_iter().chain(extensions).collect()
}

/// Bytes are handed over while they arrive as it is.
fn has_events(operation: &model::Operation, success: &Success) -> bool {
    let may_succeed = |response: &model::Response| response.status.is_success() || response.status == Status::Default;
    let offers = |response: &model::Response| may_succeed(response) && response.events().is_some();
    *success != Success::Binary && operation.responses.iter().any(offers)
}

/// Pages are read where the call gives the list itself.
fn paging(operation: &model::Operation, success: &Success) -> Option<Paging> {
    let Success::Json(Type::List(item)) = success else { return None };
    let paging = operation.paging.as_ref()?;
    Some(Paging {
        offset: paging.offset.clone(),
        limit: paging.limit.clone(),
        size: paging.size,
        item: (**item).clone(),
    })
}
