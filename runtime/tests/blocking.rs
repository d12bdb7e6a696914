//! Calls without `async`.

#![cfg(feature = "blocking")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a failed test or measurement ends by panicking")]

mod support;

use openapi_client_runtime::Client;
use openapi_client_runtime::blocking::{Wait, WaitEach};
use support::api::Api;
use support::{Recorded, Reply, Server};

fn reply(request: &Recorded) -> Reply {
    match (request.path(), request.number("offset")) {
        ("/v1/things", Some(offset)) => {
            let items: Vec<u64> = (offset..25.min(offset + 10)).collect();
            Reply::json(200, serde_json::to_string(&items).unwrap())
        }
        ("/v1/things/none", _) => Reply::json(404, "{}"),
        _ => Reply::json(200, "[1]"),
    }
}

/// The URL of a server that runs in a thread of its own.
fn serve() -> String {
    let (send, receive) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let server = Server::new(reply).await;
            send.send(server.url()).unwrap();
            std::future::pending::<()>().await;
        });
    });
    receive.recv().unwrap()
}

fn api() -> Api {
    Api::new(&Client::builder().base_url(serve()).bearer_token("t").no_proxy().build().unwrap())
}

#[test]
fn calls_pages_and_downloads_work_without_async() {
    let api = api();
    assert_eq!(api.get_thing("a").wait().unwrap()[0], 1);
    assert_eq!(api.get_thing("a").send().wait().unwrap().status().as_u16(), 200);
    assert_eq!(api.get_thing("none").wait().unwrap_err().status().unwrap().as_u16(), 404);
    let all: Result<Vec<_>, _> = api.list_things().limit(10).stream().wait_each().collect();
    assert_eq!(all.unwrap().len(), 25);
    let mut pages = api.list_things().limit(10).pages().wait_each();
    assert_eq!(pages.next().unwrap().unwrap().body().len(), 10);
    assert_eq!(pages.get_mut().offset(), 10);
    assert_eq!(api.report().wait().unwrap().bytes(100).wait().unwrap(), "[1]");
}

#[test]
fn threads_share_a_client() {
    let api = api();
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                for _ in 0..20 {
                    api.get_thing("a").wait().unwrap();
                }
            });
        }
    });
}

#[tokio::test]
async fn it_does_not_panic_inside_async_code() {
    let api = api();
    assert_eq!(api.get_thing("a").wait().unwrap()[0], 1);
}
