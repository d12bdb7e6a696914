//! What users of an API's client see, item by item, and what each item stands for on the wire.
//!
//! The data is in `item.rs`; the other files make it of the model and the plan.

mod groups;
mod inputs;
mod item;
mod remarks;
mod types;

use crate::model;
use crate::origin::Origin;
use crate::rust::plan::Api;

pub use item::Outline;
pub(super) use item::{Group, Input, Member, Method, Type};
pub(super) use remarks::{Aspect, Remarks};

/// The outline of an API of which `plan` was made.
pub(crate) fn outline(api: &model::Api, plan: &Api) -> Outline {
    let spell = inputs::Spell::new(plan);
    let file = api.operations().next().map(|operation| operation.origin.file.clone()).unwrap_or_default();
    Outline {
        module: plan.module.clone(),
        groups: plan.groups.iter().map(|group| (group.ident.clone(), spell.group(api, group))).collect(),
        types: plan.types.iter().map(|def| (def.ident.clone(), spell.def(api, def))).collect(),
        errors: spell.errors(plan),
        features: plan.features().into_iter().map(|(feature, _)| feature).collect(),
        remarks: remarks::of_api(api),
        origin: Origin::new(file, "/info"),
    }
}
