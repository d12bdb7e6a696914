//! Walking through pages: as many items as there are, no request too many, and an error that can be mended.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::unreachable,
    reason = "a failed test or measurement ends by panicking"
)]

mod support;

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::task::{Context, Poll};

use futures_core::Stream;
use openapi_client_runtime::{Error, StatusCode};
use serde_json::{Value, json};
use support::api::Api;
use support::{Recorded, Reply, Server, client};

/// How the server answers an offset that is at, or behind, the end.
#[derive(Clone, Copy)]
enum End {
    Empty,
    Refuse,
}

fn page(request: &Recorded, total: u64) -> Reply {
    let offset = request.number("offset").unwrap();
    let limit = request.number("limit").unwrap();
    let items: Vec<u64> = (offset..total.min(offset + limit)).collect();
    let reply = Reply::json(200, serde_json::to_string(&items).unwrap());
    match request.query().unwrap().contains("count=true") {
        true => reply.header("X-Total-Count", &total.to_string()),
        false => reply,
    }
}

const REFUSED: &str = r#"{"detailCode":"400.1.3","messages":[{"locale":"en-US","text":"The \"offset\" is invalid."}]}"#;

async fn list(total: u64, end: End) -> Server {
    Server::new(move |request| match end {
        End::Refuse if request.number("offset").unwrap() >= total.max(1) => Reply::json(400, REFUSED),
        _ => page(request, total),
    })
    .await
}

fn numbers(range: std::ops::Range<u64>) -> Vec<Value> {
    range.map(Value::from).collect()
}

fn offsets(server: &Server) -> Vec<u64> {
    server.seen().iter().map(|request| request.number("offset").unwrap()).collect()
}

#[tokio::test]
async fn every_length_comes_whole_with_as_few_requests_as_can_be() {
    const LIMIT: u64 = 10;
    // Without a total, any page may have another one behind it.
    for (total, asked) in [(0, 1), (1, 2), (LIMIT - 1, 2), (LIMIT, 2), (LIMIT + 1, 3), (2 * LIMIT, 3)] {
        for end in [End::Empty, End::Refuse] {
            let server = list(total, end).await;
            let calls = Api::new(&client(&server)).list_things().limit(10);
            assert_eq!(calls.clone().stream().try_collect().await.unwrap(), numbers(0..total));
            assert_eq!(server.seen().len(), asked, "{total}");

            let server = list(total, end).await;
            let calls = Api::new(&client(&server)).list_things().limit(10).count(true);
            assert_eq!(calls.stream().try_collect().await.unwrap(), numbers(0..total));
            let asked = total.div_ceil(LIMIT).max(1) as usize;
            assert_eq!(server.seen().len(), asked, "{total} counted");

            // Who knows that the server sends full pages saves the last request.
            let server = list(total, end).await;
            let calls = Api::new(&client(&server)).list_things().limit(10);
            let all = calls.stream().end_at_short_page().try_collect().await;
            assert_eq!(all.unwrap(), numbers(0..total));
            assert_eq!(server.seen().len(), (total / LIMIT) as usize + 1, "{total} to the first short page");
        }
    }
}

#[tokio::test]
async fn start_size_filters_and_cap_hold() {
    let server = list(1_000, End::Empty).await;
    let api = Api::new(&client(&server));
    let all = api.list_things().offset(5).limit(20).filters("a eq \"b\"").stream().max_items(50).try_collect().await;
    assert_eq!(all.unwrap(), numbers(5..55));
    let seen = server.seen();
    let queries: Vec<_> = seen.iter().map(|request| request.query().unwrap()).collect();
    assert_eq!(
        queries,
        [
            "filters=a%20eq%20%22b%22&offset=5&limit=20",
            "filters=a%20eq%20%22b%22&offset=25&limit=20",
            "filters=a%20eq%20%22b%22&offset=45&limit=10",
        ]
    );

    let server = list(1_000, End::Empty).await;
    let mut items = Api::new(&client(&server)).list_things().stream();
    for expected in 0..251 {
        assert_eq!(items.next().await.unwrap().unwrap(), json!(expected));
        assert_eq!(items.offset(), expected + 1);
    }
    assert_eq!(server.seen()[0].query(), Some("offset=0&limit=250"), "the largest page that the API allows");
    assert_eq!(offsets(&server), [0, 250]);
    assert_eq!(
        Api::new(&client(&server)).list_things().stream().max_items(0).try_collect().await.unwrap(),
        numbers(0..0)
    );
    assert_eq!(server.seen().len(), 2, "no items, no request");
}

#[tokio::test]
async fn nonsense_is_said_once_and_nothing_is_sent() {
    let server = list(10, End::Empty).await;
    let api = Api::new(&client(&server));
    for call in [api.list_things().limit(0), api.list_things().limit(-1), api.list_things().offset(-1)] {
        let mut items = call.stream();
        assert!(matches!(items.next().await, Some(Err(Error::Request(_)))));
        assert!(items.next().await.is_none());
    }
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn what_an_offset_and_a_limit_may_be_is_said() {
    let server = list(5, End::Empty).await;
    let api = Api::new(&client(&server));
    let said = async |call: support::api::ListThings| match call.stream().next().await {
        Some(Err(error)) => error.to_string(),
        other => panic!("{other:?}"),
    };
    let offset = said(api.list_things().offset(-1)).await;
    assert!(offset.contains("zero or more, in `offset`"), "{offset}");
    let limit = said(api.list_things().limit(0)).await;
    assert!(limit.contains("above zero in `limit`"), "{limit}");
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn a_server_with_smaller_pages_than_asked_is_followed_by_its_total() {
    let server = Server::new(|request| {
        let offset = request.number("offset").unwrap();
        let items: Vec<u64> = (offset..12.min(offset + 5)).collect();
        Reply::json(200, serde_json::to_string(&items).unwrap()).header("X-Total-Count", "12")
    })
    .await;
    let api = Api::new(&client(&server));
    let all = api.list_things().limit(10).count(true).stream().try_collect().await.unwrap();
    assert_eq!(all, numbers(0..12));
    assert_eq!(offsets(&server), [0, 5, 10]);

    // A total that is not true ends with the first empty page.
    let server = Server::script([
        Reply::json(200, "[1,2]").header("X-Total-Count", "9"),
        Reply::json(200, "[]").header("X-Total-Count", "9"),
    ])
    .await;
    let all = Api::new(&client(&server)).list_things().limit(2).stream().try_collect().await.unwrap();
    assert_eq!(all.len(), 2);
}

#[tokio::test]
async fn a_400_that_is_not_about_the_end_is_an_error() {
    // In the first page; after a page that was not full by the total; about something else.
    let server = Server::always(Reply::json(400, REFUSED)).await;
    let error = Api::new(&client(&server)).list_things().stream().try_collect().await.unwrap_err();
    assert_eq!(error.status(), Some(StatusCode::BAD_REQUEST));

    for (total, second) in [
        ("5", REFUSED),
        ("", r#"{"messages":[{"text":"filters is invalid"}]}"#),
        ("", r#"{"messages":[{"text":"the filters are invalid at offset 7"}]}"#),
        ("", r#"{"messages":[{"text":"\"offset\" and \"filters\" are invalid together"}]}"#),
        ("", ""),
    ] {
        let server =
            Server::script([Reply::json(200, "[1,2]").header("X-Total-Count", total), Reply::json(400, second)]).await;
        let mut items = Api::new(&client(&server)).list_things().limit(2).stream();
        assert!(items.next().await.unwrap().is_ok() && items.next().await.unwrap().is_ok());
        assert_eq!(items.next().await.unwrap().unwrap_err().status(), Some(StatusCode::BAD_REQUEST));
        assert!(items.next().await.is_none());
    }
}

#[tokio::test]
async fn a_failing_page_yields_its_error_once_and_can_be_tried_again() {
    let broken = Arc::new(AtomicBool::new(true));
    let state = broken.clone();
    let server = Server::new(move |request| match request.number("offset") {
        Some(4) if state.load(Ordering::SeqCst) => Reply::json(500, "{}"),
        _ => page(request, 6),
    })
    .await;
    let api = Api::new(&client(&server));
    let mut items = api.list_things().limit(2).stream();
    let mut met = Vec::new();
    while let Some(item) = items.next().await {
        met.push(item.map_err(|error| error.status()));
    }
    let failed = Err(Some(StatusCode::INTERNAL_SERVER_ERROR));
    assert_eq!(met, [Ok(json!(0)), Ok(json!(1)), Ok(json!(2)), Ok(json!(3)), failed]);
    assert_eq!(items.offset(), 4);
    assert!(items.next().await.is_none(), "the walk has ended");

    items.resume();
    assert!(items.next().await.unwrap().is_err(), "still broken");
    broken.store(false, Ordering::SeqCst);
    items.resume();
    assert_eq!(items.try_collect().await.unwrap(), numbers(4..6));

    // Or later, by another walk.
    assert_eq!(api.list_things().limit(2).offset(4).stream().try_collect().await.unwrap(), numbers(4..6));
}

#[tokio::test]
async fn pages_come_with_status_and_headers() {
    let server = list(5, End::Empty).await;
    let mut pages = Api::new(&client(&server)).list_things().limit(2).count(true).pages();
    let mut lengths = Vec::new();
    while let Some(page) = pages.next().await {
        let page = page.unwrap();
        assert_eq!((page.status(), page.total_count()), (StatusCode::OK, Some(5)));
        lengths.push(page.body().len());
    }
    assert_eq!(lengths, [2, 2, 1]);
    assert_eq!(pages.offset(), 5);
}

#[tokio::test]
async fn nothing_is_asked_for_before_it_is_wanted_nor_after_a_drop() {
    let server = list(1_000, End::Empty).await;
    let mut items = Api::new(&client(&server)).list_things().limit(10).stream();
    assert!(server.seen().is_empty());
    for _ in 0..10 {
        items.next().await.unwrap().unwrap();
    }
    assert_eq!(server.seen().len(), 1, "the second page is not wanted yet");
    drop(items);
    tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn it_is_a_stream() {
    struct Count<S>(S, usize);
    impl<S: Stream + Unpin> Future for Count<S> {
        type Output = usize;
        fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<usize> {
            loop {
                match Pin::new(&mut self.0).poll_next(context) {
                    Poll::Ready(Some(_)) => self.1 += 1,
                    Poll::Ready(None) => return Poll::Ready(self.1),
                    Poll::Pending => return Poll::Pending,
                }
            }
        }
    }
    let server = list(25, End::Refuse).await;
    let api = Api::new(&client(&server));
    assert_eq!(Count(api.list_things().limit(5).stream(), 0).await, 25);
    assert_eq!(Count(api.list_things().limit(5).pages(), 0).await, 5);
    fn assert_send<T: Send>(_: &T) {}
    assert_send(&api.list_things().stream());
    assert_send(&api.list_things().send());
}

#[tokio::test]
async fn a_page_is_retried_like_any_call() {
    let asked = AtomicUsize::new(0);
    let server = Server::new(move |request| match asked.fetch_add(1, Ordering::SeqCst) % 2 {
        0 => Reply::Raw(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n[1,".to_vec()),
        _ => page(request, 7),
    })
    .await;
    let all = Api::new(&client(&server)).list_things().limit(3).stream().try_collect().await.unwrap();
    assert_eq!(all, numbers(0..7));
    assert_eq!(server.seen().len(), 8);
}

#[tokio::test]
async fn a_page_that_is_longer_than_asked_for_yields_no_more_than_wanted() {
    let all: Vec<u64> = (0..100).collect();
    let server = Server::always(Reply::json(200, serde_json::to_string(&all).unwrap())).await;
    let things = Api::new(&client(&server)).list_things();
    assert_eq!(things.clone().stream().max_items(7).try_collect().await.unwrap(), numbers(0..7));
    let mut pages = things.pages().max_items(7);
    assert_eq!(pages.next().await.unwrap().unwrap().body().len(), 7);
    assert!(pages.next().await.is_none());
    assert_eq!((pages.offset(), server.seen().len()), (7, 2));
}

#[tokio::test]
async fn what_makes_pages_impossible_is_said_again_when_resumed() {
    let server = list(5, End::Empty).await;
    let mut call = Api::new(&client(&server)).list_things();
    call.request_mut().query("limit", &"many");
    let mut items = call.stream();
    for _ in 0..3 {
        assert!(matches!(items.next().await, Some(Err(Error::Request(_)))));
        assert!(items.next().await.is_none());
        items.resume();
    }
    assert!(server.seen().is_empty());
}
