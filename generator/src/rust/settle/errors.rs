//! Which body an unsuccessful status carries: one table for the whole API, and the operations that differ from it.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::rust::plan::{ErrorTable, ErrorVariant, Group, Status, Success, Type, TypeDef, TypeId};

/// Gathers the table from the responses of all operations; `types` are in the order of their names.
///
/// A status means what most operations say it means. A tie goes to the type whose name comes first, and to any type
/// before none. The table also serves operations that do not document a status, since servers send it all the same.
pub(super) fn table(groups: &[Group], types: &[TypeDef]) -> ErrorTable {
    let ranks: BTreeMap<TypeId, usize> = types.iter().enumerate().map(|(rank, def)| (def.id, rank)).collect();
    let rank = |ty: &TypeId| ranks.get(ty).copied();
    let mut votes: BTreeMap<Status, BTreeMap<Option<TypeId>, usize>> = BTreeMap::new();
    for (_, status, body) in unsuccessful(groups) {
        *votes.entry(status).or_default().entry(body).or_default() += 1;
    }
    let mut common = BTreeMap::new();
    for (status, counts) in &votes {
        let claim =
            |body: &Option<TypeId>, count: usize| (count, body.is_some(), Reverse(body.as_ref().and_then(rank)));
        let winner = counts.iter().max_by_key(|(body, count)| claim(body, **count)).map(|(body, _)| *body);
        if let Some(Some(id)) = winner {
            common.insert(*status, id);
        }
    }
    let exceptions = unsuccessful(groups)
        .filter(|(_, status, body)| common.get(status).copied() != *body)
        .map(|(id, status, body)| (id.to_owned(), status, body))
        .collect::<Vec<_>>();
    let mut variants: Vec<TypeId> =
        common.values().copied().chain(exceptions.iter().filter_map(|(_, _, body)| *body)).collect();
    variants.sort_by_key(rank);
    variants.dedup();
    ErrorTable {
        variants: variants.into_iter().map(|ty| ErrorVariant { ty }).collect(),
        common: common.into_iter().collect(),
        exceptions,
    }
}

/// Every documented response that is not a success: the operation, the status, and the type of its body.
fn unsuccessful(groups: &[Group]) -> impl Iterator<Item = (&str, Status, Option<TypeId>)> {
    groups.iter().flat_map(|group| &group.operations).flat_map(|operation| {
        operation.responses.iter().filter(|response| !response.status.is_success()).map(|response| {
            let body = match &response.body {
                Success::Json(Type::Named(id)) | Success::JsonOrEmpty(Type::Named(id)) => Some(*id),
                _ => None,
            };
            (operation.name.wire.as_str(), response.status, body)
        })
    })
}
