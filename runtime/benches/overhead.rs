//! What a call costs beside the same call written by hand on `reqwest`: 1,000 one after the other and 1,000 at once,
//! against a server on loopback that runs in a thread of its own. Prints the medians of many rounds, taken in turns.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::unreachable,
    clippy::print_stdout,
    reason = "a failed test or measurement ends by panicking"
)]

#[path = "../tests/support/mod.rs"]
mod support;

use std::time::{Duration, Instant};

use sailpoint_runtime::Client;
use serde_json::Value;
use support::api::Api;
use support::{Reply, Server};

const CALLS: usize = 1_000;
const ROUNDS: usize = 31;
const TOKEN: &str = "a-token-of-usual-length-0123456789-0123456789-0123456789-0123456789";

fn main() {
    let url = serve();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let client = Client::builder().base_url(&url).bearer_token(TOKEN).no_proxy().build().unwrap();
        let api = Api::new(&client);
        let http = reqwest::Client::builder().tls_backend_preconfigured(tls()).no_proxy().build().unwrap();
        // For a profiler: one side only, one round.
        match std::env::args().nth(1).as_deref() {
            Some("ours") => return ours_in_turn(&api).await,
            Some("by-hand") => return by_hand_in_turn(&http, &url).await,
            Some("ours-at-once") => return ours_at_once(&api).await,
            Some("by-hand-at-once") => return by_hand_at_once(&http, &url).await,
            _ => {}
        }
        for at_once in [false, true] {
            let (mut ours, mut by_hand) = (Vec::new(), Vec::new());
            for round in 0..ROUNDS {
                // Who goes first changes, so that neither is always the one on a warm machine.
                for first in [round % 2 == 0, round % 2 == 1] {
                    let started = Instant::now();
                    match (first, at_once) {
                        (true, false) => ours_in_turn(&api).await,
                        (true, true) => ours_at_once(&api).await,
                        (false, false) => by_hand_in_turn(&http, &url).await,
                        (false, true) => by_hand_at_once(&http, &url).await,
                    }
                    if first { &mut ours } else { &mut by_hand }.push(started.elapsed());
                }
            }
            let (ours, by_hand) = (median(ours), median(by_hand));
            let percent = (ours.as_secs_f64() / by_hand.as_secs_f64() - 1.0) * 100.0;
            let how = if at_once { "at once" } else { "in turn" };
            println!("{CALLS} calls {how}: ours {ours:?}, by hand {by_hand:?}, {percent:+.1} %");
        }
    });
}

fn serve() -> String {
    let (send, receive) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let body = format!(r#"{{"name":"ServiceNow","type":"{}","direct":true}}"#, "x".repeat(500));
            let server = Server::forgetful(move |_| Reply::json(200, body.as_str())).await;
            send.send(server.url()).unwrap();
            std::future::pending::<()>().await;
        });
    });
    receive.recv().unwrap()
}

fn tls() -> rustls::ClientConfig {
    let provider = std::sync::Arc::new(rustls::crypto::ring::default_provider());
    rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(rustls::RootCertStore::empty())
        .with_no_client_auth()
}

async fn ours_in_turn(api: &Api) {
    for _ in 0..CALLS {
        check(&api.get_thing("servicenow").locale("de").await.unwrap());
    }
}

async fn ours_at_once(api: &Api) {
    let calls: Vec<_> = (0..CALLS)
        .map(|_| tokio::spawn(std::future::IntoFuture::into_future(api.get_thing("servicenow").locale("de"))))
        .collect();
    for call in calls {
        check(&call.await.unwrap().unwrap());
    }
}

async fn by_hand(http: reqwest::Client, url: String) -> Value {
    let response = http
        .get(format!("{url}/v1/things/servicenow?locale=de"))
        .bearer_auth(TOKEN)
        .header("accept", "application/json")
        .header("user-agent", "by-hand/1.0")
        .timeout(Duration::from_secs(60))
        .send()
        .await
        .unwrap()
        .error_for_status()
        .unwrap();
    serde_json::from_slice(&response.bytes().await.unwrap()).unwrap()
}

async fn by_hand_in_turn(http: &reqwest::Client, url: &str) {
    for _ in 0..CALLS {
        check(&by_hand(http.clone(), url.to_owned()).await);
    }
}

async fn by_hand_at_once(http: &reqwest::Client, url: &str) {
    let calls: Vec<_> = (0..CALLS).map(|_| tokio::spawn(by_hand(http.clone(), url.to_owned()))).collect();
    for call in calls {
        check(&call.await.unwrap());
    }
}

fn check(answer: &Value) {
    assert_eq!(answer["name"], "ServiceNow");
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}
