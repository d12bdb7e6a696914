//! Names of groups, methods, request builders, arguments and setters.

use super::ident::{module_name, type_name, value_name};
use super::scope::Scope;
use crate::rust::plan::{BodyKind, Group, Need, Operation};

/// Modules that every API has.
const MODULES: &[&str] = &["error", "models"];

/// Methods of every `…Api`.
const API_METHODS: &[&str] = &["clone", "new"];

/// Methods of every request builder, from the runtime's macros or from traits that it implements.
const BUILDER_METHODS: &[&str] =
    &["clone", "into", "into_future", "pages", "request_mut", "send", "stream", "to_owned", "try_into", "type_id"];

/// What the body of a method uses itself.
const LOCALS: &[&str] = &["request"];

/// Names every group, and the operations in it.
pub(super) fn name_groups(groups: &mut [Group]) {
    let mut modules = Scope::reserving(MODULES);
    let mut types = Scope::reserving(&["Error", "ErrorBody"]);
    for group in groups {
        group.module = modules.claim(module_name(&group.tag), "_api");
        group.ident = types.claim(format!("{}Api", type_name(&group.tag)), "Group");
        name_operations(group);
    }
}

fn name_operations(group: &mut Group) {
    let mut methods = Scope::reserving(API_METHODS);
    let mut builders = Scope::reserving(&[group.ident.as_str()]);
    for operation in &mut group.operations {
        operation.name.ident = methods.claim(value_name(&operation.name.wire), "_");
        operation.builder = builders.claim(type_name(&operation.name.wire), "Request");
        name_inputs(operation);
    }
}

fn name_inputs(operation: &mut Operation) {
    let mut arguments = Scope::reserving(LOCALS);
    let mut setters = Scope::reserving(BUILDER_METHODS);
    for parameter in &mut operation.arguments {
        parameter.name.ident = arguments.claim(value_name(&parameter.name.wire), "_");
    }
    for parameter in &mut operation.setters {
        parameter.name.ident = setters.claim(value_name(&parameter.name.wire), "_");
    }
    let Some(body) = &mut operation.body else { return };
    let mut scope_of = |need: Need, wanted: String| match need {
        Need::Required => arguments.claim(wanted, "_"),
        Need::Optional => setters.claim(wanted, "_"),
    };
    match &mut body.kind {
        BodyKind::Parts(parts) | BodyKind::UrlEncoded(parts) => {
            for part in parts {
                part.name.ident = scope_of(part.need, value_name(&part.name.wire));
            }
        }
        BodyKind::Form => body.ident = scope_of(body.need, "form".to_owned()),
        BodyKind::Json(..) | BodyKind::Text(_) | BodyKind::Binary(_) => {
            body.ident = scope_of(body.need, "body".to_owned());
        }
    }
}
