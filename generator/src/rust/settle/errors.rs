//! Which body an unsuccessful status carries: one table for the whole API, and the operations that differ from it.

use std::collections::BTreeMap;

use crate::rust::plan::{ErrorTable, ErrorVariant, Group, Status, Success, TypeId};

/// Gathers the table from the answers of all operations.
///
/// A status means what most operations say it means; a tie goes to the type defined first. The table also serves
/// operations that do not document a status, since servers answer with it all the same.
pub(super) fn table(groups: &[Group]) -> ErrorTable {
    let mut votes: BTreeMap<Status, BTreeMap<Option<TypeId>, usize>> = BTreeMap::new();
    for (_, status, body) in unsuccessful(groups) {
        *votes.entry(status).or_default().entry(body).or_default() += 1;
    }
    let mut common = BTreeMap::new();
    for (status, counts) in &votes {
        let winner = counts.iter().max_by(|(a, m), (b, n)| m.cmp(n).then_with(|| b.cmp(a))).map(|(body, _)| *body);
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
    variants.sort_unstable();
    variants.dedup();
    ErrorTable {
        variants: variants.into_iter().map(|ty| ErrorVariant { ty }).collect(),
        common: common.into_iter().collect(),
        exceptions,
    }
}

/// Every documented answer that is no success: the operation, the status, and the type of its body.
fn unsuccessful(groups: &[Group]) -> impl Iterator<Item = (&str, Status, Option<TypeId>)> {
    groups.iter().flat_map(|group| &group.operations).flat_map(|operation| {
        operation.answers.iter().filter(|answer| !answer.status.is_success()).map(|answer| {
            let body = match &answer.body {
                Success::Json(ty) | Success::JsonOrEmpty(ty) => match ty {
                    crate::rust::plan::Type::Named(id) => Some(*id),
                    _ => None,
                },
                _ => None,
            };
            (operation.name.wire.as_str(), answer.status, body)
        })
    })
}
