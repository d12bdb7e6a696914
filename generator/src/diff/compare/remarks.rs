//! What the document says of an item that code does not depend on.

use super::comparison::Comparison;
use crate::diff::change::{Change, Class};
use crate::diff::outline::{Aspect, Remarks};
use crate::origin::Origin;

/// Longer texts are cut.
const WIDTH: usize = 100;

impl Comparison<'_> {
    /// Compares what is said of an item, or of something in it that has no path of its own.
    pub(super) fn remarks(&mut self, item: &str, part: Option<&str>, of: (&Remarks, &Remarks), origin: &Origin) {
        let (old, new) = of;
        for aspect in old.aspects(new) {
            let (before, now) = (old.get(aspect), new.get(aspect));
            if before != now {
                let (change, what) = told(aspect, before, now);
                let what = part.map_or_else(|| what.clone(), |part| format!("`{part}` {what}"));
                self.found(Class::Unnoticed, change, item, what, origin);
            }
        }
    }
}

fn told(aspect: Aspect, before: &str, now: &str) -> (Change, String) {
    let either = |yes: &str, no: &str| if before.is_empty() { yes.to_owned() } else { no.to_owned() };
    let moved = |of: &str| match (before, now) {
        ("", now) => format!("states {of} now: {}", cut(now)),
        (before, "") => format!("states no {of} any more: {}", cut(before)),
        (before, now) => format!("has another {of}: {}, now {}", cut(before), cut(now)),
    };
    match aspect {
        Aspect::Title => (Change::TitleChanged, moved("title")),
        Aspect::Docs => (Change::DocsChanged, "has another description".to_owned()),
        Aspect::Deprecation if before.is_empty() => (Change::Deprecated, "is deprecated now".to_owned()),
        Aspect::Deprecation => (Change::NoLongerDeprecated, "is no longer deprecated".to_owned()),
        Aspect::Default => (Change::DefaultChanged, moved("default")),
        Aspect::Example => (Change::ExampleChanged, "has another example".to_owned()),
        Aspect::Limits => (Change::LimitsChanged, moved("limit")),
        Aspect::Need => (Change::RequiredChanged, either("is required now", "may be left out now")),
        Aspect::Null => (Change::NullableChanged, either("may be null now", "is never null now")),
        Aspect::Access => (Change::AccessChanged, moved("access")),
        Aspect::Usage => (Change::UsageChanged, format!("was {before}, and is {now} now")),
        Aspect::Undeclared => (Change::UndeclaredChanged, moved("rule for undeclared properties")),
        Aspect::Tags => (Change::TagsChanged, moved("tag")),
        Aspect::Requirements => (Change::ScopesChanged, moved("scope or permission")),
        Aspect::Responses => (Change::ResponsesChanged, moved("response")),
        Aspect::ErrorBodies => (Change::ErrorBodiesChanged, moved("error body")),
        Aspect::MediaTypes => (Change::MediaTypesChanged, moved("media type")),
        Aspect::Encoding => (Change::EncodingChanged, moved("encoding")),
        Aspect::Address => (Change::AddressChanged, moved("address")),
    }
}

/// The start of a text that may be long.
fn cut(text: &str) -> String {
    let line = text.replace('\n', " ");
    match line.char_indices().nth(WIDTH) {
        Some((at, _)) => format!("{}…", &line[..at]),
        None => line,
    }
}
