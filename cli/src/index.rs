//! Every operation of every API by the name that people type, and whatever other names lead to it.

use std::collections::BTreeMap;

use runtime::Method;
use runtime::catalog::{Catalog, Entry, Group};

/// How alike a wrong name and a right one must be for the right one to be suggested, from 0 to 1.
const ALIKE: f64 = 0.75;

/// How many suggestions are made at most.
const SUGGESTIONS: usize = 3;

/// An operation as a command.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Target {
    pub(crate) catalog: &'static Catalog,
    pub(crate) group: &'static Group,
    pub(crate) entry: &'static Entry,
}

/// The commands of one group by name; each with the APIs that have it, newest first.
pub(crate) type Commands = BTreeMap<String, Vec<Target>>;

/// The commands by group and name.
#[derive(Debug, Default)]
pub(crate) struct Index {
    groups: BTreeMap<String, Commands>,
}

impl Index {
    /// Every operation of these APIs, which are given newest first.
    pub(crate) fn new(catalogs: &[&'static Catalog]) -> Self {
        let mut index = Self::default();
        for catalog in catalogs {
            for group in catalog.groups {
                let commands = index.groups.entry(kebab(group.name)).or_default();
                for entry in group.operations {
                    let target = Target { catalog, group, entry };
                    commands.entry(kebab(entry.name)).or_default().push(target);
                }
            }
        }
        index
    }

    /// The groups in the order of their names.
    pub(crate) fn groups(&self) -> impl Iterator<Item = (&str, &Commands)> {
        self.groups.iter().map(|(name, commands)| (name.as_str(), commands))
    }

    pub(crate) fn group(&self, name: &str) -> Option<&Commands> {
        self.groups.get(name)
    }

    /// The operation of the newest API that has it.
    pub(crate) fn find(&self, group: &str, name: &str) -> Option<Target> {
        self.groups.get(group)?.get(name)?.first().copied()
    }

    /// Every command once, in the newest API that has it.
    pub(crate) fn targets(&self) -> impl Iterator<Item = Target> {
        self.groups.values().flat_map(BTreeMap::values).filter_map(|targets| targets.first().copied())
    }

    /// The commands that people probably mean by a name: those that have it as operation id, as the name of a cmdlet or as
    /// a method; else those whose names look like it. Within `group`, if that is known.
    pub(crate) fn suggest(&self, group: Option<&str>, name: &str) -> Vec<String> {
        let wanted = letters(name);
        let exact: Vec<String> = self
            .targets()
            .filter(|target| target.names().any(|known| letters(&known) == wanted))
            .map(spelled)
            .collect();
        if !exact.is_empty() {
            return exact;
        }
        let mut alike: Vec<(f64, String)> = match group.and_then(|group| self.groups.get_key_value(group)) {
            Some((group, commands)) => {
                commands.keys().map(|known| (likeness(known, name), format!("{group} {known}"))).collect()
            }
            None => {
                let groups = self.groups.keys().map(|known| (likeness(known, name), known.clone()));
                groups.chain(self.targets().map(|target| (target.likeness(name), spelled(target)))).collect()
            }
        };
        alike.retain(|(likeness, _)| *likeness >= ALIKE);
        alike.sort_by(|(one, a), (other, b)| other.total_cmp(one).then_with(|| a.cmp(b)));
        alike.into_iter().take(SUGGESTIONS).map(|(_, command)| command).collect()
    }
}

fn spelled(target: Target) -> String {
    target.command()
}

impl Target {
    /// What people type after the name of the program.
    pub(crate) fn command(&self) -> String {
        format!("{} {}", kebab(self.group.name), kebab(self.entry.name))
    }

    /// The cmdlet that SailPoint's PowerShell module would have for the operation, without a prefix for the API.
    pub(crate) fn cmdlet(&self) -> String {
        cmdlet(self.entry.operation.id, &self.entry.operation.method)
    }

    /// Every name under which someone may know the operation.
    pub(crate) fn names(&self) -> impl Iterator<Item = String> {
        let cmdlet = self.cmdlet();
        let with_api = cmdlet.replacen('-', &format!("-{}", self.catalog.name), 1);
        [self.entry.operation.id.to_owned(), kebab(self.entry.name), cmdlet, with_api].into_iter()
    }

    fn likeness(&self, name: &str) -> f64 {
        self.names().map(|known| likeness(&known, name)).fold(0.0, f64::max)
    }
}

fn likeness(one: &str, other: &str) -> f64 {
    strsim::normalized_damerau_levenshtein(&letters(one), &letters(other))
}

/// A name without what only separates its words.
pub(crate) fn letters(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()).collect()
}

/// A name of Rust as people type it in a shell: `get_connector` as `get-connector`, `r#type` as `type`.
pub(crate) fn kebab(name: &str) -> String {
    name.trim_start_matches("r#").trim_matches('_').replace('_', "-")
}

/// A name of any spelling in lower case with hyphens: `directConnect` as `direct-connect`.
pub(crate) fn hyphenated(name: &str) -> String {
    let mut text = String::new();
    let mut before = ' ';
    for letter in name.chars() {
        if letter.is_ascii_alphanumeric() {
            let begins = letter.is_ascii_uppercase() && (before.is_ascii_lowercase() || before.is_ascii_digit());
            if begins && !text.ends_with('-') {
                text.push('-');
            }
            text.push(letter.to_ascii_lowercase());
        } else if !text.is_empty() && !text.ends_with('-') {
            text.push('-');
        }
        before = letter;
    }
    text.trim_end_matches('-').to_owned()
}

/// The name of a cmdlet: an approved verb of PowerShell, a hyphen, and the rest of the operation's id.
pub(crate) fn cmdlet(id: &str, method: &Method) -> String {
    let verbs = [
        ("create", "New"),
        ("add", "Add"),
        ("delete", "Remove"),
        ("remove", "Remove"),
        ("list", "Get"),
        ("get", "Get"),
        ("search", "Search"),
        ("put", "Send"),
        ("send", "Send"),
        ("set", "Set"),
        ("update", "Update"),
        ("patch", "Update"),
        ("import", "Import"),
        ("export", "Export"),
        ("start", "Start"),
        ("stop", "Stop"),
        ("cancel", "Stop"),
        ("test", "Test"),
        ("sync", "Sync"),
    ];
    let pascal = pascal(id);
    let known = verbs.iter().find_map(|(word, verb)| {
        let rest = pascal.get(word.len()..)?;
        let starts = pascal.get(..word.len())?.eq_ignore_ascii_case(word);
        (starts && rest.starts_with(|next: char| next.is_ascii_uppercase())).then_some((*verb, rest.to_owned()))
    });
    let (verb, noun) = known.unwrap_or_else(|| {
        let verb = match *method {
            Method::GET | Method::HEAD => "Get",
            Method::DELETE => "Remove",
            Method::PATCH => "Update",
            Method::PUT => "Send",
            _ => "Invoke",
        };
        (verb, pascal.clone())
    });
    format!("{verb}-{noun}")
}

/// A name of any spelling with a capital at the start of each word.
pub(crate) fn pascal(name: &str) -> String {
    hyphenated(name)
        .split('-')
        .map(|word| match word.split_at_checked(1) {
            Some((first, rest)) => format!("{}{rest}", first.to_ascii_uppercase()),
            None => String::new(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_spelled_for_a_shell() {
        assert_eq!(kebab("connector_customizers"), "connector-customizers");
        assert_eq!(kebab("r#type"), "type");
        assert_eq!(kebab("self_"), "self");
        assert_eq!(hyphenated("directConnect"), "direct-connect");
        assert_eq!(hyphenated("X-Sail-Point id"), "x-sail-point-id");
        assert_eq!(hyphenated("v2Name"), "v2-name");
    }

    #[test]
    fn cmdlets_are_spelled_as_in_the_module() {
        assert_eq!(cmdlet("createCustomConnector", &Method::POST), "New-CustomConnector");
        assert_eq!(cmdlet("putConnectorCustomizer", &Method::PUT), "Send-ConnectorCustomizer");
        assert_eq!(cmdlet("listConnectorCustomizers", &Method::GET), "Get-ConnectorCustomizers");
        assert_eq!(cmdlet("deleteCustomConnector", &Method::DELETE), "Remove-CustomConnector");
        assert_eq!(cmdlet("testy", &Method::POST), "Invoke-Testy");
    }
}
