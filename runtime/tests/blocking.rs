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
        ("/oauth/token", _) => Reply::json(200, r#"{"access_token":"t","token_type":"Bearer","expires_in":700}"#),
        _ => Reply::json(200, "[1]"),
    }
}

/// Longer than any call here takes that does not hang.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(20);

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
    Api::new(
        &Client::builder().base_url(serve()).bearer_token("t").no_proxy().attempt_timeout(PATIENCE).build().unwrap(),
    )
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

/// The connection that the first call leaves open is driven by the runtime whose only thread the second one blocks: there,
/// the second one would stall, and succeed when it is sent once more.
#[tokio::test]
async fn it_does_not_wait_for_connections_of_the_thread_that_it_blocks() {
    let api = api();
    for _ in 0..3 {
        assert_eq!(api.get_thing("a").await.unwrap()[0], 1);
        assert_eq!(api.get_thing("a").send().wait().unwrap().attempts(), 1);
    }
}

/// The first call fetches the token, in a task of the runtime whose only thread the second one blocks.
#[tokio::test]
async fn it_does_not_wait_for_a_token_that_the_thread_it_blocks_fetches() {
    let client = Client::builder().base_url(serve()).client_credentials("id", "secret").no_proxy().timeout(PATIENCE);
    let api = Api::new(&client.build().unwrap());
    let first = tokio::spawn(api.get_thing("a").into_future());
    tokio::task::yield_now().await;
    assert_eq!(api.get_thing("a").wait().unwrap()[0], 1);
    assert_eq!(first.await.unwrap().unwrap()[0], 1);
}
