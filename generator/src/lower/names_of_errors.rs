//! What the inline bodies of unsuccessful responses are called: one schema for each form, however often it is repeated.

use std::collections::BTreeMap;

use super::call::{Call, preferred};
use super::site::Site;
use super::source::Source;
use crate::model::Rank;
use crate::pointer::escape;

/// The sites of inline bodies that occur more than once, by what they say.
///
/// The one that most operations repeat is `ErrorResponse`, any other is called after the first operation that has it. Ties
/// go to the first operation id in alphabetical order, so the order of the document does not matter.
#[derive(Debug, Default)]
pub(super) struct ErrorNames(BTreeMap<String, Site>);

/// Where a form of body is used: the ids of the operations, and the places.
type Users = Vec<(String, String)>;

impl ErrorNames {
    /// Names the inline bodies of `calls` that are repeated.
    pub(super) fn new(source: Source<'_>, calls: &[Call<'_>]) -> Self {
        let mut forms: BTreeMap<String, Users> = BTreeMap::new();
        for call in calls {
            for (status, response) in &call.responses {
                let is_inline_error = response.component.is_none() && !status.is_success();
                let Some(media_type) = preferred(&response.item.content).filter(|_| is_inline_error) else {
                    continue;
                };
                if let Some(form) = form(source, &response.pointer, media_type) {
                    forms.entry(form).or_default().push((call.id.clone(), response.pointer.clone()));
                }
            }
        }
        let mut repeated: Vec<(String, Users)> = forms.into_iter().filter(|(_, users)| users.len() > 1).collect();
        for (_, users) in &mut repeated {
            users.sort();
        }
        repeated.sort_by(|(_, a), (_, b)| operations(b).cmp(&operations(a)).then_with(|| a.cmp(b)));
        let mut sites = BTreeMap::new();
        for (index, (form, users)) in repeated.into_iter().enumerate() {
            let Some((id, pointer)) = users.first() else { continue };
            let is_common = index == 0 && operations(&users) > 1;
            let root = if is_common { "ErrorResponse".to_owned() } else { format!("{id} error response") };
            sites.insert(form, Site::root(pointer, Rank::Operation, root));
        }
        Self(sites)
    }

    /// The site of a body that is repeated: the same for all that say the same.
    pub(super) fn site(&self, source: Source<'_>, pointer: &str, media_type: &str) -> Option<Site> {
        self.0.get(&form(source, pointer, media_type)?).cloned()
    }
}

/// What the body of the response at a place says, if it stands there inline.
fn form(source: Source<'_>, pointer: &str, media_type: &str) -> Option<String> {
    let schema = source.node(&format!("{pointer}/content/{}/schema", escape(media_type)))?;
    schema.get("$ref").is_none().then(|| format!("{media_type} {schema}"))
}

/// How many operations there are among the users, which are sorted.
fn operations(users: &Users) -> usize {
    let mut ids: Vec<&str> = users.iter().map(|(id, _)| id.as_str()).collect();
    ids.dedup();
    ids.len()
}
