//! Takes nodes out of the lists and maps that they are in.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::action::Action;
use crate::diagnostic::Report;
use crate::document::Document;
use crate::pointer::{split_last, tokens, unescape};

/// Removes the nodes at these pointers.
pub(super) fn remove(selected: &[String], action: &Action<'_>, document: &mut Document, report: &mut Report) {
    // The innermost first: what they are in stays where it is until then.
    let mut from: BTreeMap<(Reverse<usize>, &str), BTreeSet<String>> = BTreeMap::new();
    for pointer in selected {
        let Some((parent, token)) = split_last(pointer) else {
            let help = "select what in it is to be removed";
            report.error("overlay-action", action.origin.below("target"), "the whole document cannot be removed", help);
            return;
        };
        from.entry((Reverse(tokens(parent).count()), parent)).or_default().insert(unescape(token));
    }
    for ((_, parent), gone) in from {
        match document.root.pointer_mut(parent) {
            Some(Value::Object(members)) => {
                members.retain(|key, _| !gone.contains(key));
                for key in &gone {
                    document.removed(parent, key);
                }
            }
            Some(Value::Array(items)) => {
                let stays = |index: &usize| !gone.contains(&index.to_string());
                let kept: Vec<usize> = (0..items.len()).filter(stays).collect();
                let mut index = 0;
                items.retain(|_| {
                    index += 1;
                    stays(&(index - 1))
                });
                document.keep(parent, &kept);
            }
            _ => {}
        }
    }
}
