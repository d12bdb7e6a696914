//! Which groups reach which modules of the models, so that a group can be compiled without the rest.
//!
//! Modules are what is left out, so the way goes from module to module: who needs one type of a file gets all of it.

use std::collections::{BTreeMap, BTreeSet};

use crate::config::Features;
use crate::rust::plan::{ErrorTable, Group, Operation, Switches, TypeDef, TypeId};

/// What can be switched on alone, of an API with these groups, types and errors.
pub(super) fn switches(features: Features, groups: &[Group], types: &[TypeDef], errors: &ErrorTable) -> Switches {
    match features {
        Features::Whole => Switches::Whole,
        Features::Tags => Switches::Groups(reach(groups, types, errors)),
    }
}

/// For each module of the models that is not always there, the modules of the groups that reach it.
fn reach(groups: &[Group], types: &[TypeDef], errors: &ErrorTable) -> BTreeMap<String, BTreeSet<String>> {
    let modules: BTreeMap<TypeId, &str> = types.iter().map(|def| (def.id, def.module.as_str())).collect();
    let mut needs: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for def in types {
        let targets = def.kind.types().filter_map(|ty| ty.named()).filter_map(|id| modules.get(&id));
        needs.entry(&def.module).or_default().extend(targets);
    }
    let always = closure(errors.variants.iter().filter_map(|variant| modules.get(&variant.ty).copied()), &needs);
    let mut reached: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for group in groups {
        let roots = group
            .operations
            .iter()
            .flat_map(Operation::types)
            .filter_map(|ty| ty.named())
            .filter_map(|id| modules.get(&id).copied());
        for module in closure(roots, &needs).difference(&always) {
            reached.entry((*module).to_owned()).or_default().insert(group.module.clone());
        }
    }
    reached
}

fn closure<'a>(
    roots: impl Iterator<Item = &'a str>,
    needs: &BTreeMap<&'a str, BTreeSet<&'a str>>,
) -> BTreeSet<&'a str> {
    let mut open: Vec<&str> = roots.collect();
    let mut found = BTreeSet::new();
    while let Some(module) = open.pop() {
        if found.insert(module) {
            open.extend(needs.get(module).into_iter().flatten());
        }
    }
    found
}
