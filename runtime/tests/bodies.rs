//! Large and compressed bodies, both ways.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a failed test or measurement ends by panicking")]

mod support;

use std::time::Duration;

use openapi_client_runtime::{Error, FilePart, Form, TransportErrorKind};
use support::api::Api;
use support::{Reply, Server, builder, client};

const MIB: u64 = 1 << 20;

/// A file of zeros that takes no room on the disk.
fn sparse(folder: &tempfile::TempDir, size: u64) -> std::path::PathBuf {
    let path = folder.path().join("large.zip");
    std::fs::File::create(&path).unwrap().set_len(size).unwrap();
    path
}

#[tokio::test]
async fn an_upload_is_read_again_for_each_attempt() {
    let folder = tempfile::tempdir().unwrap();
    let path = sparse(&folder, 32 * MIB);
    let server = Server::script([Reply::status(503), Reply::Raw(Vec::new()), Reply::status(204)]).await;
    let form = Form::new().text("a", "b").file("file", FilePart::from_path(&path).unwrap()).text("c", "d");
    let response = Api::new(&client(&server)).upload(form).send().await.unwrap();
    assert_eq!(response.attempts(), 3);
    let seen = server.seen();
    let length = seen[0].header("content-length").unwrap().parse::<u64>().unwrap();
    assert!(length > 32 * MIB);
    assert!(seen.iter().all(|request| request.body_len == length), "{seen:?}");
    assert!(seen.iter().all(|request| request.header("transfer-encoding").is_none()));
}

#[tokio::test]
async fn a_slow_upload_goes_on_as_long_as_it_gets_on() {
    // The server takes a megabyte every 30 ms, far longer in all than an attempt may be silent.
    let folder = tempfile::tempdir().unwrap();
    let path = sparse(&folder, 16 * MIB);
    let address = support::wire::slow_reader(MIB as usize, Duration::from_millis(30)).await;
    let client = openapi_client_runtime::Client::builder()
        .base_url(format!("http://{address}"))
        .anonymous()
        .no_proxy()
        .attempt_timeout(Duration::from_millis(300))
        .build()
        .unwrap();
    let response = Api::new(&client).upload(FilePart::from_path(&path).unwrap()).send().await.unwrap();
    assert_eq!(response.attempts(), 1);
    // The limit on the whole call is not moved by that.
    let mut call = Api::new(&client).upload(FilePart::from_path(&path).unwrap());
    call.request_mut().timeout(Duration::from_millis(100));
    let error = call.await.unwrap_err();
    assert!(matches!(&error, Error::Transport(error) if error.is_timeout()), "{error}");
}

#[tokio::test]
async fn a_file_that_shrinks_while_it_is_sent_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = sparse(&folder, 64 * MIB);
    let file = FilePart::from_path(&path).unwrap();
    let address = support::wire::slow_reader(MIB as usize, Duration::from_millis(20)).await;
    let client = openapi_client_runtime::Client::builder().base_url(format!("http://{address}")).anonymous().no_proxy();
    let api = Api::new(&client.build().unwrap());
    let call = tokio::spawn(async move { api.upload(file).await });
    tokio::time::sleep(Duration::from_millis(100)).await;
    std::fs::File::options().write(true).open(&path).unwrap().set_len(1_000).unwrap();
    let error = call.await.unwrap().unwrap_err();
    let Error::Transport(error) = error else { panic!("{error}") };
    assert_eq!((error.kind(), error.attempts()), (TransportErrorKind::Body, 1));
    assert!(format!("{error:#}").contains("large.zip: it became shorter"), "{error:#}");
}

#[tokio::test]
async fn a_download_is_handed_over_while_it_arrives() {
    let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", 100 * MIB);
    let server = Server::always(Reply::Zeros { head: head.into_bytes(), count: 100 * MIB }).await;
    // The limit is on what is held in memory, and a stream holds nothing.
    let client = builder(&server).max_body(1_000).build().unwrap();
    let mut report = Api::new(&client).report().await.unwrap();
    let mut length = 0;
    while let Some(chunk) = report.chunk().await {
        length += chunk.unwrap().len() as u64;
    }
    assert_eq!(length, 100 * MIB);

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("report");
    let report = Api::new(&client).report().await.unwrap();
    assert_eq!(report.save(&path).await.unwrap(), 100 * MIB);
    assert_eq!(std::fs::metadata(&path).unwrap().len(), 100 * MIB);

    let report = Api::new(&client).report().await.unwrap();
    let error = report.bytes(10_000).await.unwrap_err();
    assert!(format!("{error:#}").contains("larger than 10000 bytes"), "{error:#}");
}

#[tokio::test]
async fn a_download_that_breaks_or_stops_is_an_error() {
    let start = b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf".to_vec();
    for (fault, kind) in [
        (Reply::Raw(start.clone()), TransportErrorKind::Broken),
        (Reply::RawThenReset(start.clone()), TransportErrorKind::Broken),
        (Reply::Hang(start), TransportErrorKind::Timeout),
    ] {
        let server = Server::always(fault).await;
        let client = builder(&server).attempt_timeout(Duration::from_millis(100)).build().unwrap();
        let mut report = Api::new(&client).report().await.unwrap();
        assert_eq!(report.chunk().await.unwrap().unwrap(), "half");
        let error = report.chunk().await.unwrap().unwrap_err();
        assert_eq!(error.kind(), kind);
        assert_eq!(error.status().unwrap().as_u16(), 200);
        assert!(error.to_string().starts_with("report (GET /v1/report) failed"), "{error}");
        assert!(report.chunk().await.is_none(), "an error ends it");
    }
    let server = Server::always(Reply::json(404, r#"{"detailCode":"404"}"#)).await;
    let error = Api::new(&client(&server)).report().await.unwrap_err();
    assert!(matches!(error, Error::Api(_)), "{error}");
}

/// `{"a":1}`, compressed.
const GZIP: [u8; 27] =
    [31, 139, 8, 0, 0, 0, 0, 0, 2, 255, 171, 86, 74, 84, 178, 50, 172, 5, 0, 175, 172, 27, 86, 7, 0, 0, 0];

#[tokio::test]
async fn a_compressed_answer_is_read_or_refused_with_the_reason() {
    let reply = Reply::json(200, "").header("Content-Encoding", "gzip").body(GZIP);
    let server = Server::always(reply).await;
    let result = Api::new(&client(&server)).get_thing("a").await;
    if cfg!(feature = "gzip") {
        assert_eq!(result.unwrap(), serde_json::json!({"a": 1}));
        assert_eq!(server.only().header("accept-encoding"), Some("gzip"));
    } else {
        let error = result.unwrap_err();
        assert!(error.to_string().contains("compressed (gzip)") && error.to_string().contains("feature"), "{error}");
        assert_eq!(server.only().header("accept-encoding"), None);
        let Error::Decode(error) = error else { panic!("{error}") };
        assert_eq!(error.bytes().as_ref(), GZIP);
    }
}

/// Fault: corrupt gzip was said to be a connection that broke, and the call was repeated.
#[cfg(feature = "gzip")]
#[tokio::test]
async fn corrupt_gzip_is_said_and_not_asked_for_again() {
    let mut corrupt = GZIP.to_vec();
    corrupt[12] ^= 0xff;
    for body in [corrupt, GZIP[..20].to_vec(), b"not gzip at all".to_vec()] {
        let server = Server::always(Reply::json(200, "").header("Content-Encoding", "gzip").body(body)).await;
        let error = Api::new(&client(&server)).get_thing("a").await.unwrap_err();
        let Error::Transport(error) = error else { panic!("{error}") };
        assert_eq!((error.kind(), error.attempts()), (TransportErrorKind::Compression, 1));
        assert!(error.to_string().contains("the compressed body of the response is corrupt"), "{error}");
        assert_eq!(server.seen().len(), 1);

        let mut report = Api::new(&client(&server)).report().await.unwrap();
        let error = loop {
            match report.chunk().await.unwrap() {
                Ok(_) => {}
                Err(error) => break error,
            }
        };
        assert_eq!(error.kind(), TransportErrorKind::Compression, "of a download too");
    }
}

/// Fault: a body in brotli was said to need the feature `gzip`.
#[tokio::test]
async fn a_compression_that_nobody_asked_for_is_named() {
    let server = Server::always(Reply::json(200, "x").header("Content-Encoding", "br")).await;
    let error = Api::new(&client(&server)).get_thing("a").await.unwrap_err().to_string();
    assert!(error.contains("compressed (br)") && error.contains("not asked for") && !error.contains("gzip"), "{error}");
}

/// Fault: a waiting download panicked where an attempt may take for ever.
#[tokio::test]
async fn a_download_may_be_waited_for_without_end() {
    let pieces = vec![
        (Duration::ZERO, b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nha".to_vec()),
        (Duration::from_millis(50), b"lf".to_vec()),
    ];
    let server = Server::always(Reply::Slowly(pieces)).await;
    let client = builder(&server).attempt_timeout(Duration::MAX).build().unwrap();
    let report = Api::new(&client).report().await.unwrap();
    assert_eq!(report.bytes(10).await.unwrap(), "half");
}

/// Fault: a control character in the name of a file or of a part went into the form as it was.
#[tokio::test]
async fn control_characters_in_names_are_escaped() {
    let server = Server::always(Reply::status(204)).await;
    let file = FilePart::from_text("a\0b\x1b\n\"", "x").content_type("text/plain\0\r\nX: y");
    Api::new(&client(&server)).upload(Form::new().file("n\0m", file)).await.unwrap();
    let body = server.only().text();
    assert!(body.contains(r#"name="n%00m"; filename="a%00b%1B%0A%22""#), "{body}");
    assert!(body.contains("Content-Type: text/plain   X: y\r\n"), "{body}");
}

/// A path, an open file and bytes are files, with the name and the type that their ending says.
#[tokio::test]
async fn whatever_is_a_file_becomes_a_part() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.csv");
    std::fs::write(&path, "1,2").unwrap();
    let server = Server::script([Reply::status(503), Reply::status(204), Reply::status(204), Reply::status(204)]).await;
    let api = Api::new(&client(&server));
    let open = FilePart::from(tokio::fs::File::open(&path).await.unwrap()).file_name("b.xml");
    api.upload(open).await.unwrap();
    api.upload(FilePart::from(path)).await.unwrap();
    api.upload(FilePart::from(bytes::Bytes::from_static(b"{}"))).await.unwrap();
    let bodies: Vec<String> = server.seen().iter().map(support::Recorded::text).collect();
    for attempt in &bodies[..2] {
        assert!(attempt.contains("filename=\"b.xml\"\r\nContent-Type: application/xml\r\n\r\n1,2\r\n"), "{attempt}");
    }
    assert!(bodies[2].contains("filename=\"a.csv\"\r\nContent-Type: text/csv\r\n\r\n1,2\r\n"), "{}", bodies[2]);
    assert!(
        bodies[3].contains("name=\"file\"\r\nContent-Type: application/octet-stream\r\n\r\n{}\r\n"),
        "{}",
        bodies[3]
    );
    let missing = api.upload(FilePart::from(std::path::PathBuf::from("/no/such/file"))).await.unwrap_err();
    assert!(matches!(missing, Error::Request(_)) && missing.to_string().contains("/no/such/file"), "{missing}");
}

/// Fault: a file that became a pipe since was opened, which waits for whoever writes into it.
#[cfg(unix)]
#[tokio::test]
async fn a_file_that_became_a_pipe_is_not_waited_for() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a");
    std::fs::write(&path, "x").unwrap();
    let file = FilePart::from_path(&path).unwrap();
    std::fs::remove_file(&path).unwrap();
    assert!(std::process::Command::new("mkfifo").arg(&path).status().unwrap().success());
    let server = Server::always(Reply::status(204)).await;
    let error = Api::new(&client(&server)).upload(file).await.unwrap_err();
    assert!(error.to_string().contains("not a regular file"), "{error}");
    assert!(server.seen().is_empty());
}

/// Fault: the time for the whole call did not hold for a download, which a slow server could draw out for ever.
#[tokio::test]
async fn the_time_for_the_whole_call_holds_for_a_download_too() {
    let pieces = (0..100).map(|_| (Duration::from_millis(50), b"x".to_vec()));
    let head = (Duration::ZERO, b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n".to_vec());
    let server = Server::always(Reply::Slowly([head].into_iter().chain(pieces).collect())).await;
    let client = builder(&server).timeout(Duration::from_millis(400)).build().unwrap();
    let report = Api::new(&client).report().await.unwrap();
    let error = report.bytes(1_000).await.unwrap_err();
    assert!(error.is_timeout(), "{error}");
    let endless = Reply::Zeros { head: b"HTTP/1.1 200 OK\r\n\r\n".to_vec(), count: u64::MAX };
    let server = Server::always(endless).await;
    let client = builder(&server).timeout(Duration::from_millis(400)).build().unwrap();
    let mut report = Api::new(&client).report().await.unwrap();
    let error = loop {
        match report.chunk().await.unwrap() {
            Ok(_) => {}
            Err(error) => break error,
        }
    };
    assert!(error.is_timeout(), "{error}");
    assert!(report.chunk().await.is_none(), "an error ends it");
}
