//! What a call costs beside the same call written by hand on `reqwest`: 1,000 one after the other and 1,000 at once,
//! against a server on loopback that runs in a thread of its own; on a runtime of one thread, and at once on one of two.
//!
//! The two sides take turns, and each round gives one figure: by how much ours took longer than the one by hand beside it.
//! Printed are the medians: of the time that went by, and of the time that the client's thread was on a processor, which
//! whatever else the machine does disturbs less (Linux only; of one thread, so not for two).

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

use openapi_client_runtime::Client;
use serde_json::Value;
use support::api::Api;
use support::{Reply, Server};

const CALLS: usize = 1_000;
const ROUNDS: usize = 31;
const TOKEN: &str = "a-token-of-usual-length-0123456789-0123456789-0123456789-0123456789";

fn main() {
    let url = serve();
    let sides = |runtime: &tokio::runtime::Runtime| {
        let _inside = runtime.enter();
        let client = Client::builder().base_url(&url).bearer_token(TOKEN).no_proxy().build().unwrap();
        let http = reqwest::Client::builder().tls_backend_preconfigured(tls()).no_proxy().build().unwrap();
        (Api::new(&client), http)
    };
    let one = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let (api, http) = sides(&one);
    // For a profiler: one side only, one round.
    match std::env::args().nth(1).as_deref() {
        Some("ours") => return one.block_on(ours_in_turn(&api)),
        Some("by-hand") => return one.block_on(by_hand_in_turn(&http, &url)),
        Some("ours-at-once") => return one.block_on(ours_at_once(&api)),
        Some("by-hand-at-once") => return one.block_on(by_hand_at_once(&http, &url)),
        _ => {}
    }
    rounds("in turn", 1, || one.block_on(ours_in_turn(&api)), || one.block_on(by_hand_in_turn(&http, &url)));
    rounds("at once", 1, || one.block_on(ours_at_once(&api)), || one.block_on(by_hand_at_once(&http, &url)));
    drop((api, http));
    let two = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let (api, http) = sides(&two);
    rounds(
        "at once on two threads",
        2,
        || two.block_on(ours_at_once(&api)),
        || two.block_on(by_hand_at_once(&http, &url)),
    );
}

/// Time that went by, and time of this thread on a processor.
#[derive(Clone, Copy)]
struct Took {
    wall: f64,
    on_processor: f64,
}

fn took(run: impl Fn()) -> Took {
    let (started, used) = (Instant::now(), on_processor());
    run();
    Took { wall: started.elapsed().as_secs_f64(), on_processor: on_processor() - used }
}

/// The seconds that this thread has been on a processor; 0 where the system does not say.
fn on_processor() -> f64 {
    let said = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    said.split_whitespace().next().and_then(|nanos| nanos.parse::<f64>().ok()).unwrap_or_default() / 1e9
}

fn rounds(how: &str, threads: usize, ours: impl Fn(), by_hand: impl Fn()) {
    let (mut pairs, warm) = (Vec::new(), (took(&ours), took(&by_hand)));
    assert!(warm.0.wall > 0.0 && warm.1.wall > 0.0);
    for round in 0..ROUNDS {
        // Who goes first changes, so that neither is always the one on a warm machine.
        let ours_first = round.is_multiple_of(2).then(|| took(&ours));
        let by_hand = took(&by_hand);
        pairs.push((ours_first.unwrap_or_else(|| took(&ours)), by_hand));
    }
    let figures = [("time", (|took| took.wall) as fn(Took) -> f64), ("processor", |took| took.on_processor)];
    // Where other threads work too, what this one does says little.
    for (what, of) in figures.into_iter().take(if threads == 1 && on_processor() > 0.0 { 2 } else { 1 }) {
        let micros = |seconds: f64| seconds * 1e6 / CALLS as f64;
        let ours = micros(median(pairs.iter().map(|pair| of(pair.0)).collect()));
        let by_hand = micros(median(pairs.iter().map(|pair| of(pair.1)).collect()));
        let percent = (median(pairs.iter().map(|pair| of(pair.0) / of(pair.1)).collect()) - 1.0) * 100.0;
        println!("{CALLS} calls {how}, {what}: ours {ours:.1} µs each, by hand {by_hand:.1} µs, {percent:+.1} %");
    }
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

fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}
