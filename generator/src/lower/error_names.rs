//! What the inline bodies of unsuccessful answers are called: one type for each form, however often it is repeated.

use std::collections::BTreeMap;

use openapiv3::ReferenceOr;

use super::context::{Lowering, Site};
use super::operation::Call;
use super::response::{chosen, sources};
use crate::ir::Rank;
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
    pub(super) fn new(lowering: &Lowering<'_>, calls: &[Call<'_>]) -> Self {
        let mut forms: BTreeMap<String, Users> = BTreeMap::new();
        for call in calls {
            for (status, source) in sources(call) {
                let ReferenceOr::Item(response) = source else { continue };
                let Some((media_type, _)) = chosen(&response.content).filter(|_| !status.starts_with('2')) else {
                    continue;
                };
                let pointer = format!("{}/responses/{status}", call.pointer);
                if let Some(form) = form(lowering, &pointer, media_type) {
                    forms.entry(form).or_default().push((call.id.clone(), pointer));
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
    pub(super) fn site(&self, lowering: &Lowering<'_>, pointer: &str, media_type: &str) -> Option<Site> {
        self.0.get(&form(lowering, pointer, media_type)?).cloned()
    }
}

/// What the body of the response at a place says, if it stands there inline.
fn form(lowering: &Lowering<'_>, pointer: &str, media_type: &str) -> Option<String> {
    let schema = lowering.document.root.pointer(&format!("{pointer}/content/{}/schema", escape(media_type)))?;
    schema.get("$ref").is_none().then(|| format!("{media_type} {schema}"))
}

/// How many operations there are among the users, which are sorted.
fn operations(users: &Users) -> usize {
    let mut ids: Vec<&str> = users.iter().map(|(id, _)| id.as_str()).collect();
    ids.dedup();
    ids.len()
}
