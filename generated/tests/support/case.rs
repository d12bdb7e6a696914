//! One operation, called: what the server answers, what it must have got, and what the caller must get.

use std::collections::BTreeSet;
use std::future::Future;
use std::pin::Pin;

use sailpoint_connectors::Client;
use sailpoint_connectors::model::Object;
use sailpoint_connectors::serde::Serialize;
use serde_json::Value;

use super::multipart::{Part, parts};
use super::{Recorded, Reply, Server, TOKEN, spec};

type Caller = Box<dyn FnOnce(Client) -> Pin<Box<dyn Future<Output = ()>>>>;

/// One operation, called.
pub struct Case {
    id: &'static str,
    reply: Reply,
    call: Caller,
    target: &'static str,
    accept: &'static str,
    body: Sent,
}

/// The body that an operation must send.
pub enum Sent {
    Nothing,
    /// A content type, and JSON.
    Json(&'static str, Value),
    Form(Vec<Part>),
    /// A content type, and bytes of a known length.
    Bytes(&'static str, &'static [u8]),
}

/// A case: an operation by its id, what the server answers, and the call, which also looks at what came back.
pub fn case<F>(id: &'static str, reply: Reply, call: impl FnOnce(Client) -> F + 'static) -> Case
where
    F: Future<Output = ()> + 'static,
{
    let call: Caller = Box::new(move |client| Box::pin(call(client)));
    Case { id, reply, call, target: "", accept: "application/json", body: Sent::Nothing }
}

impl Case {
    /// Path and query that must be sent.
    pub fn target(mut self, target: &'static str) -> Self {
        self.target = target;
        self
    }

    /// The `Accept` that must be sent, where it is not JSON.
    pub fn accept(mut self, accept: &'static str) -> Self {
        self.accept = accept;
        self
    }

    /// The JSON body that must be sent.
    pub fn json(mut self, content_type: &'static str, body: Value) -> Self {
        self.body = Sent::Json(content_type, body);
        self
    }

    /// The parts of the form that must be sent.
    pub fn form(mut self, parts: impl IntoIterator<Item = Part>) -> Self {
        self.body = Sent::Form(parts.into_iter().collect());
        self
    }

    /// The bytes that must be sent.
    pub fn bytes(mut self, content_type: &'static str, body: &'static [u8]) -> Self {
        self.body = Sent::Bytes(content_type, body);
        self
    }

    async fn run(self, operation: &spec::Operation) {
        println!("{}", self.id);
        let server = Server::always(self.reply).await;
        (self.call)(server.client()).await;
        let request = server.only();
        assert_eq!(request.method, operation.method);
        assert!(operation.is_at(request.path()), "{} is not {}", request.path(), operation.path);
        assert_eq!(request.target, self.target);
        assert_eq!(request.header("accept"), Some(self.accept));
        assert_eq!(request.header("authorization"), Some(format!("Bearer {TOKEN}").as_str()));
        check_body(&request, self.body);
    }
}

fn check_body(request: &Recorded, expected: Sent) {
    match expected {
        Sent::Nothing => {
            assert_eq!(request.header("content-type"), None);
            assert_eq!(request.body, b"");
        }
        Sent::Json(content_type, body) => {
            assert_eq!(request.header("content-type"), Some(content_type));
            assert_eq!(request.json(), body);
        }
        Sent::Bytes(content_type, body) => {
            assert_eq!(request.header("content-type"), Some(content_type));
            assert_eq!(request.header("content-length"), Some(body.len().to_string().as_str()));
            assert_eq!(request.body, body);
        }
        Sent::Form(expected) => assert_eq!(parts(request), expected),
    }
}

/// Runs the cases of one API version. Its document must have no operation without a case, and no case may be unknown to it.
pub async fn run_all(version: &str, cases: Vec<Case>) {
    let operations = spec::operations(version);
    let documented: BTreeSet<&str> = operations.iter().map(|operation| operation.id.as_str()).collect();
    let covered: BTreeSet<&str> = cases.iter().map(|case| case.id).collect();
    assert_eq!(covered, documented, "every operation of spec/{version}.yaml needs a case in this file");
    for case in cases {
        let operation = operations.iter().find(|operation| operation.id == case.id).unwrap();
        case.run(operation).await;
    }
}

/// Asserts that what was decoded, encoded again, is the JSON that came: nothing was lost, nothing was made up.
#[track_caller]
pub fn assert_same(decoded: &impl Serialize, json: &Value) {
    assert_eq!(&serde_json::to_value(decoded).unwrap(), json);
}

/// Asserts the same of an object, and that all of it was decoded into declared properties.
#[track_caller]
pub fn assert_typed(decoded: &(impl Object + Serialize), json: &Value) {
    assert_eq!(decoded.extra(), &sailpoint_connectors::JsonObject::new());
    assert_same(decoded, json);
}

/// Asserts the same of a list of objects.
#[track_caller]
pub fn assert_all_typed<T: Object + Serialize>(decoded: &[T], json: &Value) {
    assert_same(&decoded, json);
    decoded.iter().zip(json.as_array().unwrap()).for_each(|(item, json)| assert_typed(item, json));
}
