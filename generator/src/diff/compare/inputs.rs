//! What methods, `new` and setters take.

use std::collections::BTreeMap;

use super::comparison::Comparison;
use super::counterparts::Same;
use crate::diff::change::{Change, Class};
use crate::diff::outline::Input;
use crate::diff::spelling::Spelling;
use crate::model::Need;
use crate::origin::Origin;

/// The arguments of one function.
pub(super) struct Inputs<'a> {
    item: String,
    /// Before and now.
    sides: [&'a [Input]; 2],
    /// What can be set after the call.
    setters: &'a BTreeMap<String, Input>,
    changes: Changes,
}

/// What the changes of arguments are called.
struct Changes {
    another: Change,
    gained: Change,
    lost: Change,
    changed: Change,
    reordered: Change,
}

const OF_METHOD: Changes = Changes {
    another: Change::ArgumentIsAnother,
    gained: Change::MethodGainedArgument,
    lost: Change::MethodLostArgument,
    changed: Change::MethodArgumentChanged,
    reordered: Change::MethodArgumentsReordered,
};

const OF_NEW: Changes = Changes {
    another: Change::NewArgumentIsAnother,
    gained: Change::NewGainedArgument,
    lost: Change::NewLostArgument,
    changed: Change::NewArgumentChanged,
    reordered: Change::NewArgumentsReordered,
};

impl<'a> Inputs<'a> {
    pub(super) fn of_method(item: String, sides: [&'a [Input]; 2], setters: &'a BTreeMap<String, Input>) -> Self {
        Self { item, sides, setters, changes: OF_METHOD }
    }

    pub(super) fn of_new(item: String, sides: [&'a [Input]; 2], setters: &'a BTreeMap<String, Input>) -> Self {
        Self { item, sides, setters, changes: OF_NEW }
    }
}

/// Arguments by what they are sent as; those of a path by their positions.
fn by_wire(inputs: &[Input]) -> Vec<(String, &Input)> {
    let key = |(at, input): (usize, &Input)| if input.has_name() { input.wire.clone() } else { format!("path {at}") };
    inputs.iter().enumerate().map(|pair| (key(pair), pair.1)).collect()
}

impl Comparison<'_> {
    /// Compares what a function takes. `origin` is that of the function.
    pub(super) fn inputs(&mut self, inputs: &Inputs<'_>, origin: &Origin) {
        let [old, new] = inputs.sides.map(by_wire);
        let pairs = || old.iter().zip(&new);
        // A call compiles as before; does it send the same?
        if old.len() == new.len() && pairs().all(|((_, a), (_, b))| self.types.same(&a.ty, &b.ty) != Same::Not) {
            for (at, ((before, _), (now, input))) in pairs().enumerate().filter(|(_, (a, b))| a.0 != b.0) {
                let what = format!("argument {} was `{before}`, and is `{now}` now", at + 1);
                self.found(Class::OtherMeaning, inputs.changes.another, &inputs.item, what, &input.origin);
            }
            return;
        }
        let mut is_told = false;
        for (wire, before) in &old {
            match new.iter().find(|(now, _)| now == wire) {
                Some((_, now)) if self.types.same(&before.ty, &now.ty) == Same::Not => {
                    let what = format!("`{wire}` was `{}`, and is `{}` now", before.ty, now.ty);
                    self.found(Class::BreakingWire, inputs.changes.changed, &inputs.item, what, &now.origin);
                    is_told = true;
                }
                Some(_) => {}
                None => {
                    let setter = inputs.setters.iter().find(|(_, now)| now.wire == *wire);
                    let (class, what) = match setter {
                        Some((name, _)) => (Class::BreakingNames, format!("`{wire}` has a setter now: `{name}`")),
                        None => (Class::BreakingWire, format!("`{wire}` is gone")),
                    };
                    self.lost(class, inputs.changes.lost, &inputs.item, what, &before.origin);
                    is_told = true;
                }
            }
        }
        for (wire, now) in new.iter().filter(|(wire, _)| !old.iter().any(|(known, _)| known == wire)) {
            let class = if now.need == Need::Required { Class::BreakingWire } else { Class::BreakingNames };
            let what = format!("takes `{wire}` now: `{}`", now.ty);
            self.found(class, inputs.changes.gained, &inputs.item, what, &now.origin);
            is_told = true;
        }
        if !is_told {
            let order: Vec<&str> = new.iter().map(|(wire, _)| wire.as_str()).collect();
            let what = format!("takes its arguments in another order: {}", order.join(", "));
            self.found(Class::BreakingNames, inputs.changes.reordered, &inputs.item, what, origin);
        }
    }

    pub(super) fn setter(&mut self, item: &str, before: &Spelling, now: &Input) {
        if self.types.same(before, &now.ty) == Same::Not {
            let what = format!("took `{before}`, and takes `{}` now", now.ty);
            self.found(Class::BreakingWire, Change::SetterChanged, item, what, &now.origin);
        }
    }
}
