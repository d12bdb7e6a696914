//! Transfers that are too slow, on a clock that stands still until everybody waits.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a failed test ends by panicking")]

mod support;

use std::time::Duration;

use openapi_client_runtime::{
    Body, BoxFuture, Bytes, Client, ClientBuilder, Download, Error, FilePart, MinSpeed, Transport, TransportError,
    TransportErrorKind, http,
};
use support::api::{self, Api};
use support::paced;
use tokio::time::{Instant, sleep};

const SECOND: Duration = Duration::from_secs(1);

/// Sends and takes bodies in chunks, with a pause after each.
#[derive(Clone, Copy)]
struct Drip {
    pause: Duration,
    /// The size of the chunks that it sends, and how many there are.
    size: usize,
    chunks: u32,
    media_type: &'static str,
}

impl Drip {
    fn new(pause: Duration, size: usize, chunks: u32) -> Self {
        Self { pause, size, chunks, media_type: "text/csv" }
    }

    fn client(self) -> ClientBuilder {
        Client::builder().base_url("https://api.example.com").transport(self).anonymous()
    }

    async fn download(self, builder: impl FnOnce(ClientBuilder) -> ClientBuilder) -> Download {
        Api::new(&builder(self.client()).build().unwrap()).report().await.unwrap()
    }
}

impl Transport for Drip {
    fn send(&self, request: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async move {
            let mut body = request.into_body();
            while let Some(chunk) = body.chunk().await {
                chunk.unwrap();
                sleep(self.pause).await;
            }
            let body = paced::body(self.pause, self.chunks, vec![b'x'; self.size]);
            Ok(http::Response::builder().header("content-type", self.media_type).body(body).unwrap())
        })
    }
}

fn too_slow(error: &TransportError) -> String {
    assert_eq!(error.kind(), TransportErrorKind::TooSlow, "{error}");
    assert!(error.is_timeout());
    format!("{error:#}")
}

/// Fault: a byte now and then kept a download going for ever.
#[tokio::test(start_paused = true)]
async fn a_download_of_a_byte_now_and_then_ends_after_a_minute() {
    let download = Drip::new(SECOND * 50, 1, u32::MAX).download(|builder| builder).await;
    let started = Instant::now();
    let text = too_slow(&download.bytes(1_000).await.unwrap_err());
    assert_eq!(started.elapsed(), SECOND * 60);
    assert!(text.contains("the transfer was too slow, after the status 200"), "{text}");
    assert!(text.contains("1 bytes in 60s, while `min_speed` asks for 1 a second"), "{text}");
}

#[tokio::test(start_paused = true)]
async fn what_is_slow_but_not_too_slow_arrives() {
    let least = |builder: ClientBuilder| builder.min_speed(MinSpeed::new(100, SECOND * 10));
    let download = Drip::new(SECOND, 100, 1_000).download(least).await;
    assert_eq!(download.bytes(200_000).await.unwrap().len(), 100_000);
    let download = Drip::new(SECOND, 99, 1_000).download(least).await;
    too_slow(&download.bytes(200_000).await.unwrap_err());
    // Fast at first, silent then: each stretch counts alone.
    let download = Drip::new(SECOND * 11, 1_000_000, 2).download(least).await;
    too_slow(&download.bytes(9_000_000).await.unwrap_err());
    // Over before it could be judged.
    let download = Drip::new(SECOND * 3, 1, 3).download(least).await;
    assert_eq!(download.bytes(10).await.unwrap().len(), 3);
}

#[tokio::test(start_paused = true)]
async fn any_speed_will_do_where_that_is_set_and_for_events() {
    let drip = Drip::new(SECOND * 50, 1, 100);
    let download = drip.download(|builder| builder.min_speed(MinSpeed::none())).await;
    assert_eq!(download.bytes(1_000).await.unwrap().len(), 100);
    let mut call = Api::new(&drip.client().build().unwrap()).report();
    call.request_mut().min_speed(MinSpeed::none());
    assert_eq!(call.await.unwrap().bytes(1_000).await.unwrap().len(), 100, "for one call");
    let events = Drip { media_type: "text/event-stream; charset=utf-8", ..drip };
    assert_eq!(events.download(|builder| builder).await.bytes(1_000).await.unwrap().len(), 100);
}

#[tokio::test(start_paused = true)]
async fn the_time_of_the_reader_does_not_count() {
    let mut download = Drip::new(SECOND, 100, 5).download(|builder| builder).await;
    for _ in 0..5 {
        assert_eq!(download.chunk().await.unwrap().unwrap().len(), 100);
        sleep(SECOND * 600).await;
    }
    assert!(download.chunk().await.is_none());
}

#[tokio::test(start_paused = true)]
async fn an_error_ends_the_download() {
    let mut download = Drip::new(SECOND * 50, 1, u32::MAX).download(|builder| builder).await;
    download.chunk().await.unwrap().unwrap();
    too_slow(&download.chunk().await.unwrap().unwrap_err());
    assert!(download.chunk().await.is_none());
}

/// An upload of 16 chunks of 64 KiB, and of what stands around them.
async fn upload(pause: Duration, min: MinSpeed) -> Result<(), api::Error> {
    let client = Drip::new(pause, 1, 0).client().min_speed(min).build().unwrap();
    let file = FilePart::from(Bytes::from(vec![b'x'; 1024 * 1024]));
    Api::new(&client).upload(file).await
}

#[tokio::test(start_paused = true)]
async fn an_upload_may_be_slow_but_not_too_slow() {
    let started = Instant::now();
    upload(SECOND * 50, MinSpeed::default()).await.unwrap();
    assert!(started.elapsed() > SECOND * 800, "longer than an attempt may take: {:?}", started.elapsed());

    let started = Instant::now();
    match upload(SECOND * 50, MinSpeed::new(2_000, SECOND * 120)).await.unwrap_err() {
        Error::Transport(error) => assert!(too_slow(&error).contains("while `min_speed` asks for 2000 a second")),
        other => panic!("{other}"),
    }
    assert_eq!(started.elapsed(), SECOND * 120, "a POST is not sent again");
    upload(SECOND * 50, MinSpeed::new(1_000, SECOND * 120)).await.unwrap();
}

/// What is left to wait for then is the response, which the time for an attempt is for.
#[tokio::test(start_paused = true)]
async fn an_upload_that_is_complete_is_not_slow() {
    // What stands before the file, the file and what stands behind it are taken until the tenth second.
    let client = Drip::new(SECOND * 5, 1, 0).client().min_speed(MinSpeed::new(1_000, SECOND * 12)).build().unwrap();
    let started = Instant::now();
    Api::new(&client).upload(FilePart::from(Bytes::from_static(b"small"))).await.unwrap();
    assert_eq!(started.elapsed(), SECOND * 15);
}
