//! What a call puts on the wire, and what it makes of a proper answer.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::unreachable,
    reason = "a failed test or measurement ends by panicking"
)]

mod support;

use openapi_client_runtime::{Error, FilePart, Form, ListStyle, RequestError, StatusCode};
use serde_json::json;
use support::api::{self, Api, ErrorBody};
use support::{Reply, Server, TOKEN, client};

#[tokio::test]
async fn a_get_carries_path_query_headers_and_token() {
    let server = Server::always(Reply::json(200, r#"{"name":"a"}"#)).await;
    let api = Api::new(&client(&server));
    let thing = api.get_thing("ServiceNow & Söhne").locale("de").locale("no & so").await.unwrap();
    assert_eq!(thing, json!({"name": "a"}));
    let request = server.only();
    assert_eq!(request.method, "GET");
    assert_eq!(request.target, "/v1/things/ServiceNow%20%26%20S%C3%B6hne?locale=no%20%26%20so");
    assert_eq!(request.header("accept"), Some("application/json"));
    assert_eq!(request.header("authorization"), Some(format!("Bearer {TOKEN}").as_str()));
    assert!(request.header("user-agent").unwrap().starts_with("openapi-client-runtime/"));
    assert_eq!(request.header("content-type"), None);
    assert_eq!(request.body_len, 0);
}

#[tokio::test]
async fn every_name_stays_one_segment() {
    let server = Server::always(Reply::json(200, "{}")).await;
    let api = Api::new(&client(&server));
    for (name, path) in [
        ("a/b", "/v1/things/a%2Fb"),
        ("../../admin", "/v1/things/..%2F..%2Fadmin"),
        ("50%", "/v1/things/50%25"),
        ("%2e%2e", "/v1/things/%252e%252e"),
        ("why?", "/v1/things/why%3F"),
        ("#1", "/v1/things/%231"),
        ("a;b", "/v1/things/a%3Bb"),
        ("\r\nHost: evil", "/v1/things/%0D%0AHost%3A%20evil"),
        ("日本", "/v1/things/%E6%97%A5%E6%9C%AC"),
    ] {
        api.get_thing(name).await.unwrap();
        assert_eq!(server.seen().last().unwrap().target, path);
    }
    let before = server.seen().len();
    for name in ["", ".", ".."] {
        let error = api.get_thing(name).await.unwrap_err();
        assert!(matches!(&error, Error::Request(error) if error.to_string().contains("`name`")), "{error}");
        assert_eq!((error.status(), error.attempts()), (None, 0));
    }
    assert_eq!(server.seen().len(), before, "nothing was sent");
}

#[tokio::test]
async fn lists_are_written_in_their_style() {
    let server = Server::always(Reply::json(200, "[]")).await;
    let api = Api::new(&client(&server));
    for (style, query) in [
        (ListStyle::Multi, "ids=a%2Cb&ids=c%26d"),
        (ListStyle::Csv, "ids=a%2Cb,c%26d"),
        (ListStyle::Ssv, "ids=a%2Cb%20c%26d"),
        (ListStyle::Pipes, "ids=a%2Cb%7Cc%26d"),
    ] {
        api.list_things().ids(style, ["old"]).ids(style, ["a,b", "c&d"]).await.unwrap();
        assert_eq!(server.seen().last().unwrap().query(), Some(query));
    }
    api.list_things().ids(ListStyle::Multi, [""]).await.unwrap();
    assert_eq!(server.seen().last().unwrap().query(), Some("ids="));
    api.list_things().ids(ListStyle::Csv, ["a"]).ids(ListStyle::Csv, [0; 0]).await.unwrap();
    assert_eq!(server.seen().last().unwrap().query(), None);
}

#[tokio::test]
async fn json_bodies_name_their_type() {
    let server = Server::always(Reply::json(201, "{}")).await;
    let api = Api::new(&client(&server));
    let made = api.create_thing(&json!({"a": [1, null]})).send().await.unwrap();
    assert_eq!(made.status(), StatusCode::CREATED);
    api.patch_thing(&json!([])).await.unwrap();
    let seen = server.seen();
    assert_eq!((seen[0].method.as_str(), seen[0].text().as_str()), ("POST", r#"{"a":[1,null]}"#));
    assert_eq!(seen[0].header("content-type"), Some("application/json"));
    assert_eq!(seen[0].header("content-length"), Some("14"));
    assert_eq!(seen[1].header("content-type"), Some("application/json-patch+json"));
    assert_eq!(seen[1].method, "PATCH");
}

#[tokio::test]
async fn a_body_that_cannot_be_written_is_an_error_before_sending() {
    let server = Server::always(Reply::json(200, "{}")).await;
    let mut call = Api::new(&client(&server)).put_thing(&json!({}));
    let unwritable = std::collections::BTreeMap::from([((1, 2), 3)]);
    call.request_mut().json("application/json", &unwritable);
    let error = call.await.unwrap_err();
    assert!(error.to_string().contains("putThing"), "{error}");
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn a_form_has_all_its_parts_in_order() {
    let server = Server::always(Reply::status(204)).await;
    let api = Api::new(&client(&server));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("söurce \"config\".xml");
    std::fs::write(&path, "<xml>ä</xml>").unwrap();
    let form = Form::new()
        .text("note", "zwei\nZeilen")
        .file("file", FilePart::from_path(&path).unwrap())
        .file("other", FilePart::from_bytes("a.bin", vec![0, 255, 13, 10]).content_type("x/y"))
        .file("third", FilePart::from_text("t.TXT", "text").file_name("renamed.txt"));
    api.upload(form).await.unwrap();
    let request = server.only();
    let content_type = request.header("content-type").unwrap();
    let boundary = content_type.strip_prefix("multipart/form-data; boundary=").unwrap();
    let mut expected = Vec::new();
    for (head, body) in [
        ("name=\"note\"", b"zwei\nZeilen".as_slice()),
        (
            "name=\"file\"; filename=\"söurce %22config%22.xml\"\r\nContent-Type: application/xml",
            "<xml>ä</xml>".as_bytes(),
        ),
        ("name=\"other\"; filename=\"a.bin\"\r\nContent-Type: x/y", &[0, 255, 13, 10]),
        ("name=\"third\"; filename=\"renamed.txt\"\r\nContent-Type: text/plain", b"text"),
    ] {
        expected.extend(format!("--{boundary}\r\nContent-Disposition: form-data; {head}\r\n\r\n").bytes());
        expected.extend(body);
        expected.extend(b"\r\n");
    }
    expected.extend(format!("--{boundary}--\r\n").bytes());
    assert_eq!(request.body, expected);
    assert_eq!(request.header("content-length"), Some(expected.len().to_string().as_str()));
}

#[tokio::test]
async fn a_lone_file_is_called_file_unless_it_says_otherwise() {
    let server = Server::always(Reply::status(204)).await;
    let api = Api::new(&client(&server));
    api.upload(FilePart::from_text("a.properties", "a=b")).await.unwrap();
    api.upload(FilePart::from_text("a", "b").name("translations")).await.unwrap();
    api.upload_one(FilePart::from_text("c.xml", "<c/>"), &7).await.unwrap();
    let seen = server.seen();
    assert!(seen[0].text().contains("form-data; name=\"file\"; filename=\"a.properties\"\r\nContent-Type: text/plain"));
    assert!(
        seen[1]
            .text()
            .contains("form-data; name=\"translations\"; filename=\"a\"\r\nContent-Type: application/octet-stream")
    );
    assert!(seen[2].text().contains("name=\"note\"\r\n\r\n7\r\n"));
    assert!(seen[2].text().contains("name=\"config\"; filename=\"c.xml\""));
}

#[tokio::test]
async fn a_file_can_be_the_whole_body_and_is_read_again_for_a_retry() {
    let server = Server::script([Reply::status(503), Reply::status(204), Reply::status(204), Reply::status(204)]).await;
    let api = Api::new(&client(&server));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.zip");
    let archive = vec![7; 200_000];
    std::fs::write(&path, &archive).unwrap();
    api.upload_whole("application/zip", FilePart::from_path(&path).unwrap()).await.unwrap();
    api.upload_whole("*/*", FilePart::from_text("a.xml", "<a/>")).await.unwrap();
    api.upload_whole("application/zip", FilePart::from(b"x".as_slice()).content_type("x/y")).await.unwrap();
    let seen = server.seen();
    let types: Vec<_> = seen.iter().map(|request| request.header("content-type").unwrap()).collect();
    assert_eq!(types, ["application/zip", "application/zip", "application/xml", "x/y"]);
    for request in &seen[..2] {
        assert!(request.body == archive, "{} bytes", request.body.len());
        assert_eq!(request.header("content-length"), Some("200000"));
    }
}

#[tokio::test]
async fn a_missing_file_is_named() {
    let error: RequestError = FilePart::from_path("/no/such/file.xml").unwrap_err();
    assert!(error.to_string().contains("/no/such/file.xml"), "{error}");
    assert!(FilePart::from_path(std::env::temp_dir()).is_err(), "a folder is no file");

    let server = Server::always(Reply::status(204)).await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("gone.xml");
    std::fs::write(&path, "x").unwrap();
    let file = FilePart::from_path(&path).unwrap();
    std::fs::remove_file(&path).unwrap();
    let error = Api::new(&client(&server)).upload(file).await.unwrap_err();
    assert!(matches!(&error, Error::Request(error) if error.to_string().contains("gone.xml")), "{error}");
    assert!(server.seen().is_empty());

    // So that `?` works in a function that returns the API's error.
    let composed: Error<ErrorBody> = RequestError::into(FilePart::from_path("/no").unwrap_err());
    assert!(matches!(composed, Error::Request(_)));
}

#[tokio::test]
async fn the_answer_is_there_as_a_whole() {
    let reply = Reply::json(200, "[1]").header("X-Total-Count", "17").header("Tracking-ID", "abc");
    let server = Server::always(reply.header("X-Other", "y")).await;
    let response = Api::new(&client(&server)).list_things().count(true).send().await.unwrap();
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(response.total_count(), Some(17));
    assert_eq!(response.tracking_id(), Some("abc"));
    assert_eq!(response.headers()["x-other"], "y");
    assert_eq!(response.attempts(), 1);
    let (_, _, body) = response.into_parts();
    assert_eq!(body, [json!(1)]);
}

#[tokio::test]
async fn text_nothing_and_perhaps_something() {
    let server = Server::script([
        Reply::status(200).header("Content-Type", "application/xml").body("<ä/>"),
        Reply::status(204),
        Reply::status(200).body("ignored"),
        Reply::status(204),
        Reply::json(200, "null"),
        Reply::json(200, r#"{"a":1}"#),
    ])
    .await;
    let api = Api::new(&client(&server));
    assert_eq!(api.config().await.unwrap(), "<ä/>");
    assert_eq!(server.only().header("accept"), Some("application/xml"));
    api.delete_thing().await.unwrap();
    api.delete_thing().await.unwrap();
    assert_eq!(api.maybe().await.unwrap(), None);
    assert_eq!(api.maybe().await.unwrap(), None);
    assert_eq!(api.maybe().await.unwrap(), Some(json!({"a": 1})));
}

#[tokio::test]
async fn a_call_can_be_cloned_and_adjusted() {
    let server = Server::always(Reply::json(200, "{}")).await;
    let mut call = Api::new(&client(&server)).get_thing("a");
    call.request_mut().header("X-Experimental", &true).query("new", &1.5);
    call.clone().await.unwrap();
    call.request_mut().header("X-Experimental", &"no").header("Accept", &"text/html");
    call.await.unwrap();
    let seen = server.seen();
    assert_eq!(seen[0].target, "/v1/things/a?new=1.5");
    assert_eq!(seen[0].header("x-experimental"), Some("true"));
    assert_eq!(seen[1].header("x-experimental"), Some("no"));
    assert_eq!(seen[1].header("accept"), Some("text/html"));

    let mut call = Api::new(&client(&server)).get_thing("a");
    call.request_mut().header("X-Bad", &"line\nbreak");
    let error = call.await.unwrap_err();
    assert!(error.to_string().contains("`X-Bad`") && !error.to_string().contains("break"), "{error}");
}

#[test]
fn what_users_hold_can_be_sent_to_other_threads_and_shared_where_that_makes_sense() {
    fn sent<T: Send + 'static>() {}
    fn shared<T: Send + Sync + Clone + 'static>() {}
    shared::<openapi_client_runtime::Client>();
    shared::<openapi_client_runtime::ClientBuilder>();
    shared::<openapi_client_runtime::Request>();
    shared::<openapi_client_runtime::Form>();
    sent::<openapi_client_runtime::Call<openapi_client_runtime::Json<serde_json::Value>, ErrorBody>>();
    sent::<openapi_client_runtime::Items<serde_json::Value, ErrorBody>>();
    sent::<openapi_client_runtime::Pages<serde_json::Value, ErrorBody>>();
    sent::<openapi_client_runtime::Download>();
    fn boxed(error: api::Error) -> openapi_client_runtime::BoxError {
        error.into()
    }
    let _ = boxed;
}

/// Fault: POST, PUT and PATCH without a body did not say so (RFC 9110, section 8.6), and some servers wait for one.
#[tokio::test]
async fn a_request_that_could_have_a_body_says_that_it_has_none() {
    let server = Server::always(Reply::json(200, "{}")).await;
    let api = Api::new(&client(&server));
    api.start_thing().await.unwrap();
    api.get_thing("a").await.unwrap();
    api.delete_thing().await.unwrap();
    let lengths: Vec<_> =
        server.seen().iter().map(|request| request.header("content-length").map(str::to_owned)).collect();
    assert_eq!(lengths, [Some("0".to_owned()), None, None]);
}

/// Fault: a base URL with the API's version at its end, as people copy it, doubled the version.
#[tokio::test]
async fn a_base_url_may_end_in_a_version() {
    let server = Server::new(|request| match request.path() {
        "/oauth/token" => Reply::json(200, r#"{"access_token":"t","expires_in":700}"#),
        _ => Reply::json(200, "{}"),
    })
    .await;
    for end in ["/v1", "/v1/", "/v2025", "/beta"] {
        let client = openapi_client_runtime::Client::builder().base_url(format!("{}{end}", server.url()));
        Api::new(&client.client_credentials("i", "s").build().unwrap()).get_thing("a").await.unwrap();
    }
    assert_eq!((server.count("/oauth/token"), server.count("/v1/things/a")), (4, 4));
}

/// Fault: awaited outside Tokio, a call panicked.
#[test]
fn outside_tokio_a_call_is_an_error() {
    let client = openapi_client_runtime::Client::builder().base_url("http://127.0.0.1:1").anonymous().build().unwrap();
    let api = Api::new(&client);
    let error = block_on(std::future::IntoFuture::into_future(api.get_thing("a"))).unwrap_err();
    assert!(matches!(error, Error::Request(_)) && error.to_string().contains("Tokio"), "{error}");
    let mut items = api.list_things().stream();
    let error = block_on(std::pin::pin!(items.next())).unwrap().unwrap_err();
    assert!(error.to_string().contains("Tokio"), "{error}");
}

/// A future run by hand, as an executor without Tokio does.
fn block_on<F: Future>(future: F) -> F::Output {
    let mut future = std::pin::pin!(future);
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    loop {
        if let std::task::Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return output;
        }
    }
}

/// Fault: the name of a cookie went into the header as it was, and could add another cookie.
#[tokio::test]
async fn the_name_of_a_cookie_adds_no_other_one() {
    let server = Server::always(Reply::json(200, "{}")).await;
    let mut call = Api::new(&client(&server)).get_thing("a");
    call.request_mut().cookie("c; admin=1", &"a b").cookie("d", &1);
    call.await.unwrap();
    assert_eq!(server.only().header("cookie"), Some("c%3B%20admin%3D1=a%20b; d=1"));
}
