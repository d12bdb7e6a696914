//! What the calls of the operation fixtures send, and what they make of answers.

use std::sync::{Arc, Mutex};

use fixture_crate::{Client, FilePart, Form};
use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

/// A server that plays one answer for each request and keeps what it was asked.
async fn server(answers: Vec<&'static str>) -> (Client, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
    let address = listener.local_addr().expect("it is bound");
    let seen = Arc::new(Mutex::new(Vec::new()));
    let record = seen.clone();
    tokio::spawn(async move {
        for answer in answers {
            let (mut stream, _) = listener.accept().await.expect("somebody connects");
            let mut request = Vec::new();
            let mut buffer = [0; 4096];
            while !is_complete(&request) {
                let count = stream.read(&mut buffer).await.expect("it can be read");
                if count == 0 {
                    break;
                }
                request.extend_from_slice(&buffer[..count]);
            }
            record.lock().expect("nobody panicked").push(String::from_utf8_lossy(&request).into_owned());
            stream.write_all(answer.as_bytes()).await.expect("it can be written");
        }
    });
    let client =
        Client::builder().base_url(format!("http://{address}")).bearer_token("t").build().expect("it is complete");
    (client, seen)
}

fn is_complete(request: &[u8]) -> bool {
    let text = String::from_utf8_lossy(request);
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return false };
    let head = head.to_ascii_lowercase();
    match head.split_once("content-length: ") {
        Some((_, rest)) => body.len() >= rest.lines().next().and_then(|n| n.parse().ok()).unwrap_or(0),
        None if head.contains("transfer-encoding: chunked") => body.ends_with("0\r\n\r\n"),
        None => true,
    }
}

const NOTHING: &str = "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n";

fn first_line(seen: &Arc<Mutex<Vec<String>>>) -> String {
    seen.lock().expect("nobody panicked")[0].lines().next().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn parameters_go_where_they_belong() {
    use fixture_crate::parameters::{ThingsApi, models::State};
    let (client, seen) = server(vec![NOTHING]).await;
    ThingsApi::new(&client)
        .get_part("a/b", 7, "2026-01-31T00:00:00Z", "acme")
        .state(State::On)
        .x_trace("t1")
        .await
        .expect("it is answered");
    assert_eq!(first_line(&seen), "GET /things/a%2Fb/parts/7?since=2026-01-31T00%3A00%3A00Z&state=on HTTP/1.1");
    let request = seen.lock().expect("nobody panicked")[0].to_ascii_lowercase();
    assert!(request.contains("x-tenant: acme\r\n") && request.contains("x-trace: t1\r\n"), "{request}");
}

#[tokio::test]
async fn lists_are_written_in_their_style() {
    use fixture_crate::parameter_lists::ThingsApi;
    let (client, seen) = server(vec![NOTHING]).await;
    ThingsApi::new(&client)
        .list_things()
        .multi(["a", "b"])
        .comma([1, 2])
        .space(["a", "b"])
        .pipe(["x", "y"])
        .await
        .expect("it is answered");
    assert_eq!(first_line(&seen), "GET /things?multi=a&multi=b&comma=1,2&space=a%20b&pipe=x%7Cy HTTP/1.1");
}

#[tokio::test]
async fn forms_have_files_and_texts() {
    use fixture_crate::body_multipart::ThingsApi;
    let (client, seen) = server(vec![NOTHING, NOTHING]).await;
    let file = |name: &str| FilePart::from_bytes(name, format!("<{name}/>"));
    ThingsApi::new(&client)
        .put_files("1", file("a.xml"), "a")
        .more([file("b.xml"), file("c.xml")])
        .note("text")
        .await
        .expect("it is answered");
    let form = Form::new().file("file", file("d.xml")).text("k", "v");
    fixture_crate::body_multipart_free::ThingsApi::new(&client).put_anything(form).await.expect("it is answered");
    let seen = seen.lock().expect("nobody panicked");
    for part in
        ["name=\"file\"; filename=\"a.xml\"", "<a.xml/>", "name=\"kind\"", "<b.xml/>", "<c.xml/>", "name=\"note\""]
    {
        assert!(seen[0].contains(part), "{part}: {}", seen[0]);
    }
    assert!(seen[1].contains("filename=\"d.xml\"") && seen[1].contains("name=\"k\""), "{}", seen[1]);
}

#[tokio::test]
async fn errors_are_typed_by_status_and_operation() {
    use fixture_crate::error_bodies::{Error, ErrorBody, ThingsApi};
    let answer = |status: &str| -> &'static str {
        let body = json!({"text": "t", "why": "w"}).to_string();
        let head = format!("HTTP/1.1 {status}\r\nContent-Type: application/json\r\nConnection: close\r\n");
        format!("{head}Content-Length: {}\r\n\r\n{body}", body.len()).leak()
    };
    let (client, _) = server(vec![
        answer("400 Bad Request"),
        answer("400 Bad Request"),
        answer("501 Not Implemented"),
        answer("418 Teapot"),
    ])
    .await;
    let api = ThingsApi::new(&client);
    let body = |error: Error| match error {
        Error::Api(error) => error.body().cloned(),
        other => panic!("{other}"),
    };
    assert!(matches!(body(api.get_a().await.expect_err("400")), Some(ErrorBody::Problem(_))));
    assert!(matches!(body(api.get_c().await.expect_err("400")), Some(ErrorBody::GetC400Response(_))));
    assert!(matches!(body(api.get_a().await.expect_err("501")), Some(ErrorBody::Problem(_))));
    assert!(matches!(body(api.get_c().await.expect_err("418")), Some(ErrorBody::Problem(_))));
}

#[tokio::test]
async fn defaults_are_sent_until_a_setter_says_otherwise() {
    use fixture_crate::parameter_defaults::ThingsApi;
    let (client, seen) = server(vec![NOTHING, NOTHING]).await;
    let api = ThingsApi::new(&client);
    api.list_things().await.expect("it is answered");
    api.list_things().depth(5).x_experimental("false").await.expect("it is answered");
    let seen: Vec<String> =
        seen.lock().expect("nobody panicked").iter().map(|text| text.to_ascii_lowercase()).collect();
    assert!(
        seen[0].starts_with("get /things?depth=2 http") && seen[0].contains("x-experimental: true\r\n"),
        "{}",
        seen[0]
    );
    assert!(
        seen[1].starts_with("get /things?depth=5 http") && seen[1].contains("x-experimental: false\r\n"),
        "{}",
        seen[1]
    );
}

#[tokio::test]
async fn simple_lists_have_commas_and_cookies_go_together() {
    use fixture_crate::parameter_simple_lists::ThingsApi;
    let (client, seen) = server(vec![NOTHING]).await;
    ThingsApi::new(&client)
        .get_things([1, 2])
        .x_kinds(["a", "b"])
        .session("s 1")
        .theme("dark")
        .await
        .expect("it is answered");
    let request = seen.lock().expect("nobody panicked")[0].to_ascii_lowercase();
    assert!(request.starts_with("get /things/1%2c2 http"), "{request}");
    assert!(
        request.contains("x-kinds: a,b\r\n") && request.contains("cookie: session=s%201; theme=dark\r\n"),
        "{request}"
    );
}

#[tokio::test]
async fn other_bodies_have_their_media_types() {
    let (client, seen) = server(vec![NOTHING; 4]).await;
    fixture_crate::body_url_encoded::ThingsApi::new(&client).create_thing("a&b").size(2).await.expect("it is answered");
    let data = fixture_crate::body_multipart_json::models::CreateThingRequestData::new().name("n");
    fixture_crate::body_multipart_json::ThingsApi::new(&client).create_thing(&data).await.expect("it is answered");
    let raw = fixture_crate::body_raw::ThingsApi::new(&client);
    raw.put_text("<a/>").await.expect("it is answered");
    raw.put_bytes().body(vec![1, 2, 3]).await.expect("it is answered");
    let seen = seen.lock().expect("nobody panicked");
    assert!(
        seen[0].contains("application/x-www-form-urlencoded\r\n") && seen[0].ends_with("name=a%26b&size=2"),
        "{}",
        seen[0]
    );
    assert!(seen[1].contains("Content-Type: application/json\r\n\r\n{\"name\":\"n\"}"), "{}", seen[1]);
    assert!(seen[2].contains("content-type: application/xml\r\n") && seen[2].ends_with("<a/>"), "{}", seen[2]);
    assert!(
        seen[3].contains("content-type: application/zip\r\n") && seen[3].contains("content-length: 3\r\n"),
        "{}",
        seen[3]
    );
}

/// An answer of JSON.
fn json_answer(status: &str, body: &serde_json::Value) -> &'static str {
    let body = body.to_string();
    let head = format!("HTTP/1.1 {status}\r\nContent-Type: application/json\r\nConnection: close\r\n");
    format!("{head}Content-Length: {}\r\n\r\n{body}", body.len()).leak()
}

#[tokio::test]
async fn answers_that_differ_are_told_apart_by_status() {
    use fixture_crate::answers_by_status::{ThingsApi, models::AddThingResponses};
    let (client, _) = server(vec![
        json_answer("200 OK", &json!({"id": "1"})),
        json_answer("201 Created", &json!({"id": "2"})),
        json_answer("202 Accepted", &json!({"queue": "q"})),
        NOTHING,
        json_answer("299 Odd", &json!("text")),
        json_answer("202 Accepted", &json!([])),
        json_answer("201 Created", &json!({"id": "3"})),
    ])
    .await;
    let api = ThingsApi::new(&client);
    let mut answers = Vec::new();
    for _ in 0..5 {
        answers.push(api.add_thing().await.expect("it is a success"));
    }
    let [
        AddThingResponses::Ok(old),
        AddThingResponses::Created(new),
        AddThingResponses::Accepted(queued),
        AddThingResponses::NoContent,
        AddThingResponses::Success(text),
    ] = answers.as_slice()
    else {
        panic!("{answers:?}")
    };
    assert_eq!((old.id.as_deref(), new.id.as_deref(), queued.queue.as_deref()), (Some("1"), Some("2"), Some("q")));
    assert_eq!(text, "\"text\"");
    let error = api.add_thing().await.expect_err("that is no object");
    assert!(matches!(error, fixture_crate::answers_by_status::Error::Decode(_)), "{error}");
    // Where all carry the same, that is what is given.
    assert_eq!(api.add_same().await.expect("it is a success").id.as_deref(), Some("3"));
}

#[tokio::test]
async fn objects_in_the_query_are_written_in_their_style() {
    use fixture_crate::parameter_objects::{
        ThingsApi,
        models::{Filter, FilterSize, FilterStatesItem, ListThingsSpread},
    };
    let (client, seen) = server(vec![NOTHING, NOTHING]).await;
    let api = ThingsApi::new(&client);
    let filter = Filter::new("a b").size(FilterSize::new().min(1)).states([FilterStatesItem::On, "odd".into()]);
    api.list_things(&filter).await.expect("it is answered");
    let joined = [("k".to_owned(), "v,w".to_owned())].into();
    let context = json!({"a": [1]}).as_object().cloned().expect("it is an object");
    api.list_things(&Filter::new("n"))
        .spread(&ListThingsSpread::new().first(1).kinds(["x", "y"]))
        .joined(&joined)
        .query(&Filter::new("q"))
        .x_context(&context)
        .note("*")
        .await
        .expect("it is answered");
    assert_eq!(
        first_line(&seen),
        "GET /things?deep%5Bname%5D=a%20b&deep%5Bsize%5D%5Bmin%5D=1&deep%5Bstates%5D=on&deep%5Bstates%5D=odd HTTP/1.1"
    );
    let second = seen.lock().expect("nobody panicked")[1].clone();
    let query = "deep%5Bname%5D=n&first=1&kinds=x&kinds=y&joined=k,v%2Cw&query=%7B%22name%22%3A%22q%22%7D&note=%2A";
    assert!(second.starts_with(&format!("GET /things?{query} HTTP/1.1")), "{second}");
    assert!(second.contains("x-context: {\"a\":[1]}\r\n"), "{second}");
}

#[tokio::test]
async fn only_what_can_be_read_is_asked_for() {
    use fixture_crate::media_types::{ThingsApi, models::AddThingRequest};
    let (client, seen) = server(vec![json_answer("200 OK", &json!({"id": "1"})), json_answer("200 OK", &json!(1))]).await;
    let api = ThingsApi::new(&client);
    let thing = api.add_thing(&AddThingRequest::new("n")).await.expect("it is answered");
    assert_eq!(thing.id.as_deref(), Some("1"));
    let bytes = api.export().await.expect("it is answered").bytes(10).await.expect("it arrives");
    assert_eq!(bytes.as_ref(), b"1");
    let seen = seen.lock().expect("nobody panicked");
    assert!(seen[0].contains("accept: application/json, application/problem+json\r\n"), "{}", seen[0]);
    assert!(seen[0].contains("content-type: application/json; charset=utf-8\r\n"), "{}", seen[0]);
    assert!(seen[1].contains("accept: application/zip, text/csv\r\n"), "{}", seen[1]);
}

#[tokio::test]
async fn any_method_may_have_a_body() {
    use fixture_crate::bodies_of_other_methods::{ThingsApi, models::PatchThingRequestItem};
    let (client, seen) = server(vec![NOTHING, NOTHING]).await;
    let api = ThingsApi::new(&client);
    api.delete_things(&["a".to_owned()]).await.expect("it is answered");
    api.patch_thing(&[PatchThingRequestItem::new("add", "/a").value(1)]).await.expect("it is answered");
    let seen = seen.lock().expect("nobody panicked");
    assert!(seen[0].starts_with("DELETE /things HTTP/1.1") && seen[0].ends_with("[\"a\"]"), "{}", seen[0]);
    assert!(seen[1].contains("content-type: application/json\r\n"), "{}", seen[1]);
    assert!(seen[1].ends_with("[{\"op\":\"add\",\"path\":\"/a\",\"value\":1}]"), "{}", seen[1]);
}

#[tokio::test]
async fn a_fixed_query_is_sent_and_a_fragment_is_not() {
    use fixture_crate::path_keys::ResponsesApi;
    let (client, seen) = server(vec![NOTHING, NOTHING, NOTHING, NOTHING]).await;
    let responses = ResponsesApi::new(&client);
    responses.get_response("7").await.expect("it is a success");
    responses.get_response_of_beta("7").await.expect("it is a success");
    responses.get_response_of_beta("7").fields("id").await.expect("it is a success");
    responses.token_by_refresh().await.expect("it is a success");
    let seen = seen.lock().expect("nobody panicked");
    let lines: Vec<_> = seen.iter().filter_map(|request| request.lines().next()).collect();
    assert_eq!(
        lines,
        [
            "GET /responses/7 HTTP/1.1",
            "GET /responses/7?beta=true HTTP/1.1",
            "GET /responses/7?beta=true&fields=id HTTP/1.1",
            "POST /token HTTP/1.1",
        ]
    );
}

#[tokio::test]
async fn lists_and_text_are_written_as_json_where_the_document_says_so() {
    use fixture_crate::parameter_json_lists::ThingsApi;
    let (client, seen) = server(vec![NOTHING]).await;
    ThingsApi::new(&client)
        .list_things(&[1, 2])
        .sort(&["name".to_owned()])
        .x_word("hi")
        .await
        .expect("it is a success");
    assert_eq!(first_line(&seen), "GET /things?ids=%5B1%2C2%5D&sort=%5B%22name%22%5D HTTP/1.1");
    assert!(seen.lock().expect("nobody panicked")[0].contains("x-word: \"hi\""));
}

#[tokio::test]
async fn unions_of_scalars_are_written_as_text() {
    use fixture_crate::parameter_unions::ThingsApi;
    use fixture_crate::parameter_unions::models::{GetThingPosition, ListThingsTags, NameOrId};
    let id = "2c91808a-7d8b-4c5e-a8f1-00aa11bb22cc";
    assert_eq!(NameOrId::from(id), NameOrId::Id(id.to_owned()));
    assert_eq!(NameOrId::from("web".to_owned()), NameOrId::Name("web".to_owned()));
    assert_eq!(fixture_crate::serde_json::from_value::<NameOrId>(json!(id)).ok(), Some(NameOrId::from(id)));
    assert_eq!(NameOrId::from("web").to_string(), "web");

    let (client, seen) = server(vec![NOTHING, NOTHING, NOTHING, NOTHING]).await;
    let things = ThingsApi::new(&client);
    things.get_thing("web", GetThingPosition::from(7)).await.expect("it is a success");
    things.get_thing(id, "last").await.expect("it is a success");
    let tags = ListThingsTags::from(vec!["a", "b"]);
    let list = things.list_things("web").after(1.5).tags(&tags).owners(["x", id]).x_parent("up");
    list.await.expect("it is a success");
    things.list_things("web").after("b").tags(&"a".into()).await.expect("it is a success");
    let seen = seen.lock().expect("nobody panicked");
    let lines: Vec<_> = seen.iter().filter_map(|request| request.lines().next()).collect();
    assert_eq!(
        lines,
        [
            "GET /things/web/7 HTTP/1.1".to_owned(),
            format!("GET /things/{id}/last HTTP/1.1"),
            format!("GET /things?project=web&after=1.5&tags=a&tags=b&owners=x&owners={id} HTTP/1.1"),
            "GET /things?project=web&after=b&tags=a HTTP/1.1".to_owned(),
        ]
    );
    assert!(seen[2].contains("x-parent: up"));
}

#[tokio::test]
async fn a_body_of_any_type_is_what_its_schema_says() {
    use fixture_crate::bodies_of_any_type::BodiesApi;
    const TEXT: &str = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 3\r\n\r\nhi!";
    const THING: &str = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 10\r\n\r\n{\"id\":\"7\"}";
    let (client, seen) = server(vec![TEXT, TEXT, TEXT, TEXT, THING, NOTHING]).await;
    let bodies = BodiesApi::new(&client);
    let blob = bodies.get_blob().await.expect("it is a success");
    assert_eq!(blob.bytes(10).await.expect("it arrives"), "hi!");
    let file = bodies.get_file().await.expect("it is a success");
    assert_eq!(file.bytes(10).await.expect("it arrives"), "hi!");
    assert_eq!(bodies.get_log().await.expect("it is a success"), "hi!");
    assert_eq!(bodies.get_line().await.expect("it is a success"), "hi!");
    assert_eq!(bodies.get_thing().await.expect("it is a success").id.as_deref(), Some("7"));
    bodies.put_blob(b"abc".as_slice()).await.expect("it is a success");
    let seen = seen.lock().expect("nobody panicked");
    assert!(seen[2].contains("accept: text/plain\r\n"), "{}", seen[2]);
    assert!(seen[5].contains("content-type: application/octet-stream"), "{}", seen[5]);
}

#[tokio::test]
async fn events_are_handed_over_as_they_arrive() {
    use fixture_crate::events::AnswersApi;
    const EVENTS: &str = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: text/event-stream\r\n\r\ndata: {}\n\n";
    let (client, seen) = server(vec![EVENTS, EVENTS]).await;
    let answers = AnswersApi::new(&client);
    let events = answers.create_answer().send_for_events().await.expect("it is a success").into_body();
    assert_eq!(events.bytes(100).await.expect("it arrives"), "data: {}\n\n");
    let changes = answers.watch_changes().await.expect("it is a success");
    assert_eq!(changes.bytes(100).await.expect("it arrives"), "data: {}\n\n");
    assert!(seen.lock().expect("nobody panicked")[0].contains("accept: text/event-stream\r\n"));
}

#[tokio::test]
async fn calls_are_sent_with_the_credentials_that_the_document_declares() {
    use fixture_crate::security::{Credentials, ThingsApi};
    let (client, seen) = server(vec![NOTHING; 3]).await;
    let client = Client::builder()
        .base_url(client.base_url())
        .credentials(Credentials::password("me", "secret"))
        .credentials(Credentials::tenant("acme"))
        .build()
        .expect("it is complete");
    let things = ThingsApi::new(&client);
    things.list_things().await.expect("it is answered");
    things.get_health().await.expect("it is answered");
    things.get_mine().await.expect("it is answered");
    let seen: Vec<String> = seen.lock().expect("nobody panicked").iter().map(|text| text.to_ascii_lowercase()).collect();
    assert!(seen[0].starts_with("get /things?tenant=acme "), "{}", seen[0]);
    assert!(seen[0].contains("authorization: basic bwu6c2vjcmv0\r\n"), "{}", seen[0]);
    assert!(seen[1].starts_with("get /health ") && !seen[1].contains("authorization"), "{}", seen[1]);
    assert!(seen[2].starts_with("get /mine ") && !seen[2].contains("authorization"), "{}", seen[2]);
}
