//! What the enums are called that stand inline in parameters: one schema for each parameter name and set of values,
//! however many operations repeat it.

use std::collections::BTreeMap;

use openapiv3::{Parameter, ParameterSchemaOrContent, ReferenceOr};

use super::call::Call;
use super::shape::{Shape, shape};
use super::site::Site;
use crate::model::Rank;

/// The values of an enum, sorted: their order makes no other schema.
type Values = Vec<String>;

/// The sites of the enums that stand inline in parameters.
///
/// The set that most operations use is called after the parameter alone (`Locale`); any other after the operation
/// too. Ties go to the first operation id in alphabetical order, so the order of the document does not matter.
#[derive(Debug, Default)]
pub(super) struct ParameterNames(BTreeMap<(String, Values), Site>);

impl ParameterNames {
    /// Names the inline enums of all parameters of `calls`; where several share one, the first of them defines it.
    pub(super) fn new(calls: &[Call<'_>]) -> Self {
        let mut users: BTreeMap<String, BTreeMap<Values, Users>> = BTreeMap::new();
        for call in calls {
            for found in &call.parameters {
                let Some(values) = inline_values(found.item) else { continue };
                let sets = users.entry(found.item.parameter_data_ref().name.clone()).or_default();
                let users = sets
                    .entry(values)
                    .or_insert_with(|| Users { operations: Vec::new(), pointer: format!("{}/schema", found.pointer) });
                users.operations.push(call.id.clone());
            }
        }
        let mut sites = BTreeMap::new();
        for (name, sets) in users {
            let mut sets: Vec<(Values, Users)> = sets.into_iter().collect();
            for (_, users) in &mut sets {
                users.operations.sort();
            }
            sets.sort_by(|(_, a), (_, b)| {
                b.operations.len().cmp(&a.operations.len()).then_with(|| a.operations.cmp(&b.operations))
            });
            for (index, (values, users)) in sets.into_iter().enumerate() {
                let root = match users.operations.first() {
                    Some(id) if index > 0 => format!("{id} {name}"),
                    _ => name.clone(),
                };
                sites.insert((name.clone(), values), Site::root(users.pointer, Rank::Parameter, root));
            }
        }
        Self(sites)
    }

    /// Where the enum is defined that stands inline in `parameter`, if one does.
    pub(super) fn site(&self, parameter: &Parameter) -> Option<Site> {
        let values = inline_values(parameter)?;
        self.0.get(&(parameter.parameter_data_ref().name.clone(), values)).cloned()
    }
}

/// Who uses a set of values.
struct Users {
    /// The ids of the operations.
    operations: Vec<String>,
    /// Where the first of them has it.
    pointer: String,
}

/// The values of an enum that stands inline in a parameter, or in the items of its list.
fn inline_values(parameter: &Parameter) -> Option<Values> {
    let ParameterSchemaOrContent::Schema(ReferenceOr::Item(schema)) = &parameter.parameter_data_ref().format else {
        return None;
    };
    let mut values: Values = match shape(schema) {
        Shape::StringEnum(values) => values.into_iter().map(str::to_owned).collect(),
        Shape::IntegerEnum(values) => values.into_iter().map(|value| value.to_string()).collect(),
        Shape::List(list) => match list.items {
            Some(ReferenceOr::Item(items)) => match shape(items) {
                Shape::StringEnum(values) => values.into_iter().map(str::to_owned).collect(),
                _ => return None,
            },
            _ => return None,
        },
        _ => return None,
    };
    values.sort();
    Some(values)
}
