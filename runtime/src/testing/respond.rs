//! From a request to a response: the steps that the room's front page lists.

use bytes::Bytes;
use http::header::{ALLOW, HeaderName};
use http::{Method, StatusCode};
use serde_json::Value;

use super::check::{Check, Checked, is_json};
use super::fault::{self, Fault};
use super::prefer::Preferences;
use super::reply::{Reply, problem};
use super::request::Incoming;
use super::route::{Found, PathValues, Target};
use super::seen::Seen;
use super::shared::{Held, Shared, id_in};
use super::store::{self, Stored};
use super::{admin, damage, patch, sample, schema};
use crate::operation::catalog::{MediaType, Response, Status};

impl Shared {
    pub(super) fn respond(&self, request: &http::Request<Bytes>) -> Reply {
        let incoming = Incoming::new(request);
        if let Some(reply) = admin::respond(self, &incoming) {
            return reply;
        }
        let mut held = self.held();
        let (operation, faults, mut reply) = self.decide(&mut held, &incoming);
        reply.faults.clone_from(&faults);
        let seen = Seen {
            method: request.method().clone(),
            target: request.uri().path_and_query().map_or_else(String::new, ToString::to_string),
            headers: request.headers().clone(),
            body: request.body().clone(),
            operation,
            status: reply.status,
            faults,
        };
        self.remember(&mut held, seen);
        drop(held);
        reply
    }

    fn decide(&self, held: &mut Held, incoming: &Incoming<'_>) -> (Option<&'static str>, Vec<String>, Reply) {
        if let Some((operation, reply)) = held.stubbed(incoming) {
            return (Some(operation), Vec::new(), reply);
        }
        if self.routes.all().next().is_none() {
            let why = held.unexpected(incoming);
            return (
                None,
                vec![why.clone()],
                Reply::problem(StatusCode::NOT_IMPLEMENTED, "nobody expected this request", &[why]),
            );
        }
        let preferences = match Preferences::read(incoming.headers) {
            Ok(preferences) => preferences,
            Err(wrong) => {
                let reply = Reply::problem(StatusCode::BAD_REQUEST, "the header `Prefer` cannot be fulfilled", &wrong);
                return (None, wrong, reply);
            }
        };
        let found = self.routes.find(incoming.method, incoming.path);
        let operation = match &found {
            Found::Operation(target, _) => Some(target.entry.operation.id),
            _ => None,
        };
        let mut ordered = fault::take(&mut held.ordered, operation);
        ordered.extend(&preferences.faults);
        let is_token = *incoming.method == Method::POST && self.token_paths.iter().any(|path| path == incoming.path);
        let (faults, mut reply) = match (damage::instead(&ordered), found) {
            (Some(reply), _) => (Vec::new(), reply),
            (None, _) if is_token => (Vec::new(), held.tokens.issue(incoming, self.options.token_life)),
            (None, Found::Operation(target, path)) => {
                Call { shared: self, target, path, incoming, preferences, ordered: &ordered }.respond(held)
            }
            (None, found) => nothing(&found, incoming),
        };
        damage::delivery(&mut reply, &ordered);
        (operation, faults, reply)
    }
}

/// There is no such operation.
fn nothing(found: &Found, incoming: &Incoming<'_>) -> (Vec<String>, Reply) {
    if let Found::OtherMethod(methods) = found {
        let names: Vec<&str> = methods.iter().map(Method::as_str).collect();
        let fault = format!("method: {} takes {}, not {}", incoming.path, names.join(", "), incoming.method);
        let mut reply =
            Reply::problem(StatusCode::METHOD_NOT_ALLOWED, "the path has other methods", std::slice::from_ref(&fault));
        reply.set(ALLOW, &names.join(", "));
        return (vec![fault], reply);
    }
    let nearest = match found {
        Found::Nothing(Some(path)) => format!("; the nearest is {path}"),
        _ => String::new(),
    };
    let fault = format!("path: no operation has {}{nearest}", incoming.path);
    (vec![fault.clone()], Reply::problem(StatusCode::NOT_FOUND, "there is no such path", &[fault]))
}

/// A call of an operation.
struct Call<'a> {
    shared: &'a Shared,
    target: Target,
    path: PathValues,
    incoming: &'a Incoming<'a>,
    preferences: Preferences,
    ordered: &'a [Fault],
}

/// What becomes of a call that the catalog allows.
enum Outcome {
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
    fn respond(&self, held: &mut Held) -> (Vec<String>, Reply) {
        if let Some(code) = self.preferences.code {
            return self.preferred(code);
        }
        if let Some(why) = held.tokens.refuse(self.target.catalog, self.target.entry, self.incoming) {
            return self.refused(StatusCode::UNAUTHORIZED, why, vec![format!("header `Authorization`: {why}")]);
        }
        let check =
            Check { schemas: &self.shared.schemas, target: self.target, incoming: self.incoming, faults: Vec::new() };
        let checked = match check.run(&self.path, self.shared.options.strict) {
            Ok(checked) => checked,
            Err(faults) => {
                return self.refused(StatusCode::BAD_REQUEST, "the request is not what the document says", faults);
            }
        };
        let Some(success) = self.success() else { return (Vec::new(), Reply::empty(StatusCode::OK)) };
        match self.act(held, &checked, success) {
            Outcome::Example => (Vec::new(), self.documented(success, None)),
            Outcome::Json(value) => (Vec::new(), self.documented(success, Some(value))),
            Outcome::Text(bytes) => {
                let name = self.media_type(success).map_or("application/octet-stream", |form| form.name);
                (Vec::new(), Reply::of(code_of(success.status), name, bytes))
            }
            Outcome::Refused(status, why) => self.refused(status, &why, vec![why.clone()]),
        }
    }

    /// The response that the caller ordered by its status.
    fn preferred(&self, code: u16) -> (Vec<String>, Reply) {
        match self.response_for(code) {
            Some(response) => {
                let mut reply = self.documented(response, None);
                reply.status = StatusCode::from_u16(code).unwrap_or(reply.status);
                (Vec::new(), reply)
            }
            None => {
                let fault = format!("header `Prefer`: {} documents no {code}", self.target.entry.operation.id);
                (vec![fault.clone()], Reply::problem(StatusCode::NOT_FOUND, "there is no such response", &[fault]))
            }
        }
    }

    fn response_for(&self, code: u16) -> Option<&'static Response> {
        let find = |status: Status| self.target.entry.responses.iter().find(|response| response.status == status);
        find(Status::Code(code)).or_else(|| find(Status::Range(code / 100))).or_else(|| find(Status::Default))
    }

    /// The documented response of success.
    fn success(&self) -> Option<&'static Response> {
        let success = |response: &&Response| matches!(response.status, Status::Code(200..=299) | Status::Range(2));
        self.target.entry.responses.iter().find(success).or_else(|| self.response_for(200))
    }

    /// The media type of a response that the caller takes, else its first.
    fn media_type(&self, response: &'static Response) -> Option<&'static MediaType> {
        let accepted = response.media_types.iter().find(|form| self.incoming.accepts(form.name));
        accepted.or_else(|| response.media_types.first())
    }

    /// An error as the document has it, with the members of a problem beside its own; where it has none, a problem.
    fn refused(&self, status: StatusCode, detail: &str, faults: Vec<String>) -> (Vec<String>, Reply) {
        let form = self.response_for(status.as_u16()).and_then(|response| self.media_type(response));
        let reply = match form.filter(|form| is_json(form.name)) {
            Some(form) => {
                let mut body = sample::of(&self.shared.schemas, self.target.catalog, form);
                let problem = problem(status, detail, &faults);
                if let (Value::Object(members), Value::Object(problem)) = (&mut body, problem) {
                    for (name, value) in problem {
                        members.entry(name).or_insert(value);
                    }
                }
                // A schema may forbid members of others.
                match self.shared.schemas.admits(self.target.catalog, form.schema, &body) {
                    true => Reply::of(status, form.name, body.to_string()),
                    false => Reply::problem(status, detail, &faults),
                }
            }
            None => Reply::problem(status, detail, &faults),
        };
        (faults, reply)
    }

    /// A documented response: with this body, or with its example.
    fn documented(&self, response: &'static Response, body: Option<Value>) -> Reply {
        let status = code_of(response.status);
        let Some(form) = self.media_type(response) else { return self.headers(Reply::empty(status), response) };
        let mut body = body.unwrap_or_else(|| self.example(form));
        if !is_json(form.name) {
            let text = match body {
                Value::String(text) => text,
                _ if form.name.ends_with("xml") => "<example/>".to_owned(),
                _ => "example".to_owned(),
            };
            return self.headers(Reply::of(status, form.name, text), response);
        }
        damage::content(&mut body, self.ordered, self.target, form.schema);
        let total = self.page(&mut body);
        let mut reply = Reply::of(status, form.name, body.to_string());
        if let Some(total) = total {
            reply.set(HeaderName::from_static("x-total-count"), &total.to_string());
        }
        self.headers(reply, response)
    }

    /// The example that the caller ordered by its name, else any.
    fn example(&self, form: &MediaType) -> Value {
        let wanted = self.preferences.example.as_deref();
        let named = form.examples.iter().find(|(name, _)| Some(*name) == wanted);
        let parsed = named.and_then(|(_, text)| serde_json::from_str(text).ok());
        parsed.unwrap_or_else(|| sample::of(&self.shared.schemas, self.target.catalog, form))
    }

    /// Headers that the document declares and that are not set yet.
    fn headers(&self, mut reply: Reply, response: &Response) -> Reply {
        for header in response.headers {
            let name = HeaderName::try_from(header.name);
            let Some(name) = name.ok().filter(|name| !reply.headers.contains_key(name)) else { continue };
            match sample::of_schema(self.target.catalog, &schema::parsed(header.schema)) {
                Value::String(text) => reply.set(name, &text),
                value @ (Value::Number(_) | Value::Bool(_)) => reply.set(name, &value.to_string()),
                _ => {}
            }
        }
        reply
    }

    /// Cuts a list to the page that was asked for; returns how many items there are, if that was asked for.
    fn page(&self, body: &mut Value) -> Option<usize> {
        let Value::Array(items) = body else { return None };
        let page = self.target.entry.operation.page?;
        let number = |name: &str| self.incoming.query_values(name).first().and_then(|text| text.parse::<usize>().ok());
        let size = usize::try_from(page.size).unwrap_or(usize::MAX);
        if self.ordered.contains(&Fault::FullPage)
            && let Some(first) = items.first().cloned()
        {
            *items = vec![first; size];
        }
        let total = items.len();
        items.drain(..number(page.offset).unwrap_or(0).min(total));
        items.truncate(number(page.limit).unwrap_or(size));
        (self.incoming.query_values("count").first() == Some(&"true")).then_some(total)
    }

    /// Reads or changes what is kept.
    fn act(&self, held: &mut Held, checked: &Checked, success: &'static Response) -> Outcome {
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
                Some(Stored::Text(bytes)) => Outcome::Text(bytes),
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
                match changed(before, change) {
                    Ok(after) => {
                        held.store.put(key, Stored::Json(after.clone()));
                        Outcome::Json(self.shown(&after, &self.schema_of(success)))
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
        made.extend(sent.clone());
        let property = if made.contains_key(id) { id } else { "id" };
        if !sent.contains_key(property) && made.get(property).is_none_or(Value::is_string) {
            made.insert(property.to_owned(), held.store.fresh_id().into());
        }
        let made = Value::Object(made);
        let Some(name) = id_in(&made, id) else { return Outcome::Json(made) };
        held.store.keep(collection);
        held.store.put(&format!("{collection}/{}", store::escaped(&name)), Stored::Json(made.clone()));
        Outcome::Json(self.shown(&made, &self.schema_of(success)))
    }

    /// The JSON example of a response.
    fn example_of(&self, response: &'static Response) -> Option<Value> {
        self.media_type(response).filter(|form| is_json(form.name)).map(|form| self.example(form))
    }

    fn schema_of(&self, response: &'static Response) -> Value {
        let text = self.media_type(response).map_or("", |form| form.schema);
        schema::resolved(self.target.catalog, &schema::parsed(text))
    }

    /// The schema of the items, if the response is a list.
    fn list_item(&self, response: &'static Response) -> Option<Value> {
        let items = self.schema_of(response).get("items").cloned()?;
        Some(schema::resolved(self.target.catalog, &items))
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

fn code_of(status: Status) -> StatusCode {
    let code = match status {
        Status::Code(code) => code,
        Status::Range(hundreds) => hundreds * 100,
        Status::Default => 200,
    };
    StatusCode::from_u16(code).unwrap_or(StatusCode::OK)
}
