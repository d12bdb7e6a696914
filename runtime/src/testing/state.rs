//! The life of resources: what calls read, create, change and remove.

use bytes::Bytes;
use http::{Method, StatusCode};
use serde_json::Value;

use super::call::Call;
use super::check::{Checked, is_json};
use super::shared::{Held, id_in};
use super::store::{self, Stored};
use super::{patch, sample, schema};
use crate::operation::catalog::Response;

/// What becomes of a call that the catalog allows.
pub(super) enum Outcome {
    /// The documented example.
    Example,
    /// This JSON.
    Json(Value),
    /// The content of a file.
    Text(Bytes),
    /// An error, in a sentence.
    Refused(StatusCode, String),
}

impl Call<'_> {
    /// Reads or changes what is kept.
    pub(super) fn act(&self, held: &mut Held, checked: &Checked, success: &'static Response) -> Outcome {
        let (template, resources) = (self.target.entry.operation.path, &self.shared.resources);
        let key = store::key(template, &self.path);
        let method = self.incoming.method;
        if let Some(id) = resources.id_of(template) {
            if *method == Method::POST {
                return self.create(held, &key, id, checked, success);
            }
            if *method == Method::GET {
                let list = held.store.list(&key).map(|items| items.into_iter().cloned().collect::<Vec<Value>>());
                let item = self.list_item(success);
                return match (list, item) {
                    (Some(items), Some(item)) => {
                        Outcome::Json(items.iter().map(|kept| self.shown(kept, &item)).collect())
                    }
                    _ => Outcome::Example,
                };
            }
        }
        if !resources.is_single(template) {
            let gone = self.path.iter().any(|_| ancestors(&key).any(|parent| held.store.is_absent(parent)));
            return if gone { absent(self.incoming.path) } else { Outcome::Example };
        }
        if held.store.is_absent(&key) && (*method != Method::PUT || ancestors(&key).any(|it| held.store.is_absent(it)))
        {
            return absent(self.incoming.path);
        }
        self.resource(held, &key, checked, success)
    }

    /// Reads or changes one resource.
    fn resource(&self, held: &mut Held, key: &str, checked: &Checked, success: &'static Response) -> Outcome {
        let kept = held.store.get(key).cloned();
        match *self.incoming.method {
            Method::DELETE => {
                held.store.remove(key);
                Outcome::Example
            }
            Method::GET => match kept {
                Some(Stored::Text(bytes)) => self.file(bytes, success),
                Some(Stored::Json(value)) => Outcome::Json(self.shown(&value, &self.schema_of(success))),
                None => {
                    self.example_of(success).map_or(Outcome::Example, |value| Outcome::Json(self.identified(value)))
                }
            },
            Method::PUT | Method::PATCH => {
                let file = checked.parts.iter().find(|part| part.file.is_some()).map(|part| part.body.clone());
                let Some(change) = &checked.json else {
                    if let Some(bytes) = file.or_else(|| checked.parts.is_empty().then(|| self.incoming.body.clone())) {
                        held.store.put(key, Stored::Text(bytes));
                    }
                    return Outcome::Example;
                };
                let before = match kept {
                    Some(Stored::Json(value)) => value,
                    _ => self.identified(self.example_of(success).unwrap_or_else(|| Value::Object(Default::default()))),
                };
                let after = match *self.incoming.method {
                    Method::PUT => Ok(self.replaced(before.clone(), change)),
                    _ => changed(before.clone(), change),
                };
                match after.and_then(|after| self.admitted(&before, &after, success).map(|shown| (after, shown))) {
                    Ok((after, shown)) => {
                        held.store.put(key, Stored::Json(after));
                        Outcome::Json(shown)
                    }
                    Err(why) => Outcome::Refused(StatusCode::BAD_REQUEST, format!("body: {why}")),
                }
            }
            _ => Outcome::Example,
        }
    }

    /// Creates a resource in a collection.
    fn create(
        &self,
        held: &mut Held,
        collection: &str,
        id: &str,
        checked: &Checked,
        success: &'static Response,
    ) -> Outcome {
        if ancestors(collection).any(|parent| held.store.is_absent(parent)) {
            return absent(self.incoming.path);
        }
        let (Some(Value::Object(sent)), Some(Value::Object(mut made))) = (&checked.json, self.example_of(success))
        else {
            return Outcome::Example;
        };
        let before = Value::Object(made.clone());
        made.extend(sent.clone());
        let property = if made.contains_key(id) { id } else { "id" };
        if !sent.contains_key(property) && made.get(property).is_none_or(Value::is_string) {
            made.insert(property.to_owned(), held.store.fresh_id().into());
        }
        let made = Value::Object(made);
        let shown = match self.admitted(&before, &made, success) {
            Ok(shown) => shown,
            Err(why) => return Outcome::Refused(StatusCode::BAD_REQUEST, format!("body: {why}")),
        };
        if let Some(name) = id_in(&made, id) {
            held.store.keep(collection);
            held.store.put(&format!("{collection}/{}", store::escaped(&name)), Stored::Json(made));
        }
        Outcome::Json(shown)
    }

    /// A file that was uploaded; the example, where the response is JSON and the file is not.
    fn file(&self, bytes: Bytes, success: &'static Response) -> Outcome {
        let json = self.media_type(success).is_some_and(|form| is_json(form.name));
        if json && serde_json::from_slice::<Value>(&bytes).is_err() { Outcome::Example } else { Outcome::Text(bytes) }
    }

    /// The resource after a PUT: what the caller may send is what was sent, the rest is the server's.
    fn replaced(&self, before: Value, sent: &Value) -> Value {
        let (Value::Object(mut kept), Value::Object(sent)) = (before, sent) else { return sent.clone() };
        let written = self.written();
        let id = self.path.last().map_or("id", |(name, _)| *name);
        let id = if kept.contains_key(id) { id } else { "id" };
        kept.retain(|name, _| name == id || written.get("properties").is_some_and(|all| all.get(name).is_none()));
        kept.extend(sent.clone());
        Value::Object(kept)
    }

    /// The schema of the JSON that the caller sends.
    fn written(&self) -> Value {
        let forms = self.target.entry.body.as_ref().map_or(&[][..], |body| body.media_types);
        let text = forms.iter().find(|form| is_json(form.name)).map_or("", |form| form.schema);
        schema::resolved(self.target.catalog, &schema::parsed(text))
    }

    /// A resource after a change, as the response shows it, if the document allows it. What an example of the document
    /// did wrong before is not held against the change.
    fn admitted(&self, before: &Value, after: &Value, success: &'static Response) -> Result<Value, String> {
        let schema = self.schema_of(success);
        let shown = self.shown(after, &schema);
        let Some(form) = self.media_type(success).filter(|form| is_json(form.name)) else { return Ok(shown) };
        let faults = |value| self.shared.schemas.faults(self.target.catalog, form.schema, value);
        match faults(&shown).into_iter().next() {
            Some((at, why)) if faults(&self.shown(before, &schema)).is_empty() => {
                Err(format!("the resource would be wrong at `{at}`: {why}"))
            }
            _ => Ok(shown),
        }
    }

    /// A resource as one response shows it: the properties that the schema declares, and examples of what it requires.
    fn shown(&self, kept: &Value, schema: &Value) -> Value {
        let (Some(declared), Value::Object(kept)) = (schema.get("properties").and_then(Value::as_object), kept) else {
            return kept.clone();
        };
        let mut shown = kept.clone();
        shown.retain(|name, _| declared.contains_key(name));
        for name in schema::required(schema) {
            if let Some(property) = declared.get(name).filter(|_| !shown.contains_key(name)) {
                shown.insert(name.to_owned(), sample::of_schema(self.target.catalog, property));
            }
        }
        Value::Object(shown)
    }

    /// An example with the id that the path names.
    fn identified(&self, mut value: Value) -> Value {
        if let (Value::Object(members), Some((name, id))) = (&mut value, self.path.last()) {
            let property = if members.contains_key(*name) { *name } else { "id" };
            if members.get(property).is_some_and(Value::is_string) {
                members.insert(property.to_owned(), id.as_str().into());
            }
        }
        value
    }
}

/// The paths above this one.
fn ancestors(key: &str) -> impl Iterator<Item = &str> {
    key.match_indices('/').skip(1).map(|(at, _)| &key[..at])
}

fn absent(path: &str) -> Outcome {
    Outcome::Refused(StatusCode::NOT_FOUND, format!("path: there is nothing at {path}"))
}

/// The resource after a change: by the operations of a JSON Patch, or member by member.
fn changed(before: Value, change: &Value) -> Result<Value, String> {
    match change {
        Value::Array(operations) => patch::apply(&before, operations),
        other => {
            let mut after = before;
            patch::merge(&mut after, other);
            Ok(after)
        }
    }
}
