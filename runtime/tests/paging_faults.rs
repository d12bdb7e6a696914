//! Lists of servers that do not page as they should: nothing is lost in silence, and nothing goes on for ever.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a failed test or measurement ends by panicking")]

mod support;

use openapi_client_runtime::{DecodeReason, Error};
use serde_json::{Value, json};
use support::api::Api;
use support::{Reply, Server, client};

/// A server of `total` items that never sends more than `most` at once, and whose second page has only `second`.
async fn capped(total: u64, most: u64, second: u64) -> Server {
    Server::new(move |request| {
        let offset = request.number("offset").unwrap();
        let most = if offset == most { second } else { most };
        let items: Vec<u64> = (offset..total.min(offset + most.min(request.number("limit").unwrap()))).collect();
        Reply::json(200, serde_json::to_string(&items).unwrap())
    })
    .await
}

/// Fault: a server that caps its pages below the limit ended the list after the first page, 50 of 160.
#[tokio::test]
async fn pages_below_the_limit_do_not_end_a_list() {
    let server = capped(160, 50, 50).await;
    let all = Api::new(&client(&server)).list_things().limit(250).stream().try_collect().await.unwrap();
    assert_eq!(all.len(), 160);
    assert_eq!(server.seen().len(), 5, "four pages, and the one that is empty");
}

/// Fault: a short page in the middle ended the list there, 9 of 29.
#[tokio::test]
async fn a_short_page_in_the_middle_does_not_end_a_list() {
    let server = capped(29, 10, 3).await;
    let all = Api::new(&client(&server)).list_things().limit(10).stream().try_collect().await.unwrap();
    assert_eq!(all, (0..29).map(Value::from).collect::<Vec<_>>());
}

/// Fault: a total that nobody asked for, and that is not true, ended the list, 10 of 30.
#[tokio::test]
async fn a_total_that_was_not_asked_for_does_not_end_a_list() {
    for total in ["10", "0", "5"] {
        let server = Server::new(move |request| {
            let offset = request.number("offset").unwrap();
            let items: Vec<u64> = (offset..30.min(offset + 10)).collect();
            Reply::json(200, serde_json::to_string(&items).unwrap()).header("X-Total-Count", total)
        })
        .await;
        let api = Api::new(&client(&server));
        assert_eq!(api.list_things().limit(10).stream().try_collect().await.unwrap().len(), 30, "{total}");
    }
    // One that was asked for, but is below what came already, is not true either.
    let server = Server::new(|request| {
        let offset = request.number("offset").unwrap();
        let items: Vec<u64> = (offset..30.min(offset + 10)).collect();
        Reply::json(200, serde_json::to_string(&items).unwrap()).header("X-Total-Count", "7")
    })
    .await;
    let api = Api::new(&client(&server));
    assert_eq!(api.list_things().limit(10).count(true).stream().try_collect().await.unwrap().len(), 30);
}

/// Fault: a server that ignores the offset was asked for the same page for ever.
#[tokio::test]
async fn the_same_page_again_is_an_error() {
    let server = Server::always(Reply::json(200, "[1,2,3]")).await;
    let api = Api::new(&client(&server));
    let mut items = api.list_things().limit(3).stream();
    for expected in 1..=3 {
        assert_eq!(items.next().await.unwrap().unwrap(), json!(expected));
    }
    let error = items.next().await.unwrap().unwrap_err();
    assert!(error.to_string().contains("the server ignores the offset"), "{error}");
    let Error::Decode(error) = error else { panic!("{error}") };
    assert!(matches!(error.reason(), DecodeReason::RepeatedPage { offset: 3 }));
    assert_eq!(error.bytes(), "[1,2,3]");
    assert!(items.next().await.is_none());
    assert_eq!(server.seen().len(), 2);
}

#[tokio::test]
async fn a_walk_ends_after_as_many_pages_as_are_wanted() {
    let server = capped(100, 10, 10).await;
    let api = Api::new(&client(&server));
    assert_eq!(api.list_things().limit(10).stream().max_pages(3).try_collect().await.unwrap().len(), 30);
    assert_eq!(server.seen().len(), 3);
    let mut pages = api.list_things().limit(10).pages().max_pages(1);
    assert_eq!(pages.next().await.unwrap().unwrap().body().len(), 10);
    assert!(pages.next().await.is_none());
    assert!(api.list_things().pages().max_pages(0).next().await.is_none());
}

/// The page that tells the end is none to hand on, unless it is the only one.
#[tokio::test]
async fn an_empty_list_is_one_page_and_no_other_list_ends_with_an_empty_one() {
    for (total, lengths) in [(0, vec![0]), (3, vec![2, 1]), (4, vec![2, 2])] {
        let server = capped(total, 2, 2).await;
        let mut pages = Api::new(&client(&server)).list_things().pages();
        let mut met = Vec::new();
        while let Some(page) = pages.next().await {
            met.push(page.unwrap().body().len());
        }
        assert_eq!(met, lengths);
    }
}

/// Fault: an offset near the largest number overflowed.
#[tokio::test]
async fn an_offset_at_the_end_of_all_numbers_ends_the_list() {
    let server = Server::always(Reply::json(200, "[1,2]")).await;
    let mut call = Api::new(&client(&server)).list_things();
    call.request_mut().query("offset", &(u64::MAX - 1)).query("limit", &2);
    let mut items = call.stream();
    assert_eq!(items.next().await.unwrap().unwrap(), json!(1));
    assert_eq!(items.offset(), u64::MAX - 1);
    assert_eq!(items.next().await.unwrap().unwrap(), json!(2));
    assert!(items.next().await.is_none());
    assert_eq!(server.seen().len(), 1);
}
