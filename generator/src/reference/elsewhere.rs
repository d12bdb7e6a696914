//! What other libraries call an operation, by the rules that the configuration gives.

use heck::{ToSnakeCase as _, ToUpperCamelCase as _};

use crate::config::NameElsewhere;
use crate::model::{Group, Operation};

/// The name of an operation of the API `module` by one rule.
pub(super) fn name(rule: &NameElsewhere, module: &str, group: &Group, operation: &Operation) -> String {
    let (verb, noun) = verb(rule, &operation.id);
    let api = rule.apis.get(module).map_or(module, String::as_str);
    rule.name
        .replace("{api}", api)
        .replace("{Group}", &group.tag.to_upper_camel_case())
        .replace("{group}", &group.tag.to_snake_case())
        .replace("{operation}", &operation.id.to_snake_case())
        .replace("{verb}", &verb)
        .replace("{noun}", &noun)
}

/// The first word of an operation's id as the rule spells it, and the rest; where the rule does not know the word, its verb
/// for others, and the whole id.
fn verb(rule: &NameElsewhere, id: &str) -> (String, String) {
    let words = id.to_snake_case();
    let (first, rest) = words.split_once('_').unwrap_or((&words, ""));
    match rule.verbs.get(first) {
        Some(verb) if !rest.is_empty() => (verb.clone(), rest.to_upper_camel_case()),
        _ => (rule.other_verb.clone(), id.to_upper_camel_case()),
    }
}
