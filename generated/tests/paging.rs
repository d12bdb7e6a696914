//! Walking through lists of every length that is easy to get wrong.

#![cfg(all(feature = "beta", feature = "v2025"))]
#![allow(clippy::unwrap_used, clippy::panic, reason = "all of it is part of a test")]

mod support;

use sailpoint_connectors::{beta, v2025};
use serde_json::{Value, json};
use support::{Recorded, Reply, Server};

/// How a server says that an offset lies behind the last item.
#[derive(Clone, Copy, PartialEq)]
enum End {
    /// By an empty page.
    Empty,
    /// By an error.
    BadRequest,
}

/// A server with this many items in its list.
async fn list_of(items: usize, end: End) -> Server {
    Server::new(move |request| page(request, items, end)).await
}

fn page(request: &Recorded, items: usize, end: End) -> Reply {
    let offset = request.number("offset").unwrap();
    let limit = request.number("limit").unwrap();
    if offset >= items && offset > 0 && end == End::BadRequest {
        let text = json!([{ "locale": "en-US", "localeOrigin": "DEFAULT", "text": "offset is invalid" }]);
        return Reply::json(400, &json!({ "detailCode": "400.1 Bad Request Content", "messages": text }));
    }
    let item = |number: usize| json!({ "id": number.to_string(), "scriptName": number.to_string() });
    let page: Vec<Value> = (offset..items.min(offset + limit)).map(item).collect();
    let reply = Reply::json(200, &page.into());
    if request.target.contains("count=true") { reply.header("X-Total-Count", &items.to_string()) } else { reply }
}

/// The pages that were asked for, as offset and limit.
fn asked(server: &Server) -> Vec<(usize, usize)> {
    let number = |request: &Recorded, name: &str| request.number(name).unwrap();
    server.seen().iter().map(|request| (number(request, "offset"), number(request, "limit"))).collect()
}

const LIMIT: usize = 4;
const LENGTHS: [usize; 6] = [0, 1, LIMIT - 1, LIMIT, LIMIT + 1, 2 * LIMIT];

/// The pages that a list of this length takes: those that hold items, and one behind them that says that they were all.
fn needed(items: usize) -> Vec<(usize, usize)> {
    let full = (0..items.div_ceil(LIMIT)).map(|page| (page * LIMIT, LIMIT));
    full.chain([(items, LIMIT)]).collect()
}

fn names(items: usize) -> Vec<Option<String>> {
    (0..items).map(|number| Some(number.to_string())).collect()
}

#[tokio::test]
async fn connectors_of_every_length_are_streamed_whole() {
    for end in [End::Empty, End::BadRequest] {
        for items in LENGTHS {
            let server = list_of(items, end).await;
            let call = v2025::ConnectorsApi::new(&server.client()).get_connector_list().limit(LIMIT as i64);
            let all = call.filters("name sw \"A\"").locale("de").stream().try_collect().await.unwrap();
            assert_eq!(all.into_iter().map(|item| item.script_name).collect::<Vec<_>>(), names(items));
            assert_eq!(asked(&server), needed(items), "{items}");
            let kept = |request: &Recorded| {
                request.target.contains("filters=name%20sw%20%22A%22") && request.target.contains("locale=de")
            };
            assert!(server.seen().iter().all(kept), "every page is asked for with the same parameters");
        }
    }
}

#[tokio::test]
async fn customizers_of_every_length_are_streamed_whole() {
    for end in [End::Empty, End::BadRequest] {
        for items in LENGTHS {
            let server = list_of(items, end).await;
            let api = v2025::ConnectorCustomizersApi::new(&server.client());
            let mut stream = api.list_connector_customizers().limit(LIMIT as i64).stream();
            let mut ids = Vec::new();
            while let Some(item) = stream.next().await {
                ids.push(item.unwrap().id);
                let pages = 1 + (ids.len() - 1) / LIMIT;
                assert_eq!(server.seen().len(), pages, "no page is asked for before its first item is wanted");
            }
            assert_eq!(ids, names(items));
            assert_eq!(asked(&server), needed(items), "{items}");
            assert!(stream.next().await.is_none());
        }
    }
}

#[tokio::test]
async fn the_largest_page_is_asked_for_unless_told_otherwise() {
    let server = list_of(251, End::BadRequest).await;
    let all = beta::ConnectorsApi::new(&server.client()).get_connector_list().stream().try_collect().await.unwrap();
    assert_eq!(all.len(), 251);
    assert_eq!(asked(&server), [(0, 250), (250, 250), (251, 250)]);
}

#[tokio::test]
async fn a_total_saves_the_request_behind_the_last_page() {
    let server = list_of(2 * LIMIT, End::BadRequest).await;
    let api = v2025::ConnectorsApi::new(&server.client());
    let mut pages = api.get_connector_list().count(true).offset(2).limit(LIMIT as i64).pages();
    let mut lengths = Vec::new();
    while let Some(page) = pages.next().await {
        let page = page.unwrap();
        assert_eq!(page.total_count(), Some(8));
        lengths.push(page.body().len());
    }
    assert_eq!(lengths, [4, 2]);
    assert_eq!(asked(&server), [(2, 4), (6, 4)]);
}

#[tokio::test]
async fn another_error_in_the_middle_is_an_error_and_can_be_resumed() {
    let full = || page(&request(0), 9, End::Empty);
    let rest = page(&request(4), 6, End::Empty);
    let refusal = Reply::json(400, &json!({ "detailCode": "400.1", "messages": [{ "text": "filters are invalid" }] }));
    let server = Server::script([full(), refusal, Reply::status(500), rest, page(&request(6), 6, End::Empty)]).await;
    let mut stream = v2025::ConnectorsApi::new(&server.client()).get_connector_list().limit(4).stream();
    for _ in 0..4 {
        stream.next().await.unwrap().unwrap();
    }
    for status in [400, 500] {
        let error = stream.next().await.unwrap().unwrap_err();
        assert_eq!(error.status().unwrap(), status);
        assert!(stream.next().await.is_none(), "an error is given once");
        assert_eq!(stream.offset(), 4);
        stream.resume();
    }
    assert_eq!(stream.next().await.unwrap().unwrap().script_name.as_deref(), Some("4"));
    assert_eq!(stream.try_collect().await.unwrap().len(), 1);
    assert_eq!(asked(&server), [(0, 4), (4, 4), (4, 4), (4, 4), (6, 4)]);
}

fn request(offset: usize) -> Recorded {
    let target = format!("/v2025/connectors?offset={offset}&limit=4");
    Recorded { method: "GET".to_owned(), target, headers: Vec::new(), body: Vec::new() }
}

#[tokio::test]
async fn a_first_page_that_is_refused_is_an_error() {
    let server = Server::always(Reply::json(400, &json!({ "detailCode": "400.1 offset is invalid" }))).await;
    let mut stream = v2025::ConnectorsApi::new(&server.client()).get_connector_list().offset(-1).stream();
    let error = stream.next().await.unwrap().unwrap_err();
    assert!(matches!(error, v2025::Error::Request(_)), "{error}");
    let mut stream = v2025::ConnectorsApi::new(&server.client()).get_connector_list().offset(9).stream();
    assert_eq!(stream.next().await.unwrap().unwrap_err().status().unwrap(), 400);
    assert_eq!(server.seen().len(), 1);
}
