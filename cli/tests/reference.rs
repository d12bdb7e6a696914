//! The commands on the reference pages work: each is typed as it stands there, against `sailc mock`.
#![allow(clippy::expect_used, clippy::panic, reason = "tests assert by panicking")]

mod support;

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Stdio};

use support::sailc;

/// The commands on the pages, each in one line.
fn commands() -> Vec<String> {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../generated/docs");
    let mut commands = Vec::new();
    for version in ["v3", "beta", "v2025"] {
        let mut pages: Vec<_> = fs::read_dir(docs.join(version).join("methods"))
            .expect("the pages are there")
            .map(|page| page.expect("it can be listed").path())
            .collect();
        pages.sort();
        for page in pages {
            let text = fs::read_to_string(page).expect("pages are text");
            let blocks = text.split("\n```sh\n").skip(1).filter_map(|rest| rest.split("\n```").next());
            commands.extend(blocks.map(|block| block.replace("\\\n  ", "")));
        }
    }
    commands
}

/// The words of a line of a POSIX shell that has no quotes but single ones.
fn words(line: &str) -> Vec<String> {
    let (mut words, mut word, mut quoted, mut escaped) = (Vec::new(), String::new(), false, false);
    for letter in line.chars() {
        match letter {
            _ if escaped => {
                word.push(letter);
                escaped = false;
            }
            '\'' => quoted = !quoted,
            '\\' if !quoted => escaped = true,
            ' ' if !quoted => words.push(std::mem::take(&mut word)),
            letter => word.push(letter),
        }
    }
    words.push(word);
    words
}

/// `sailc mock`, until it is dropped.
struct Mock {
    process: Child,
    address: String,
}

impl Mock {
    fn start() -> Self {
        let mut command = sailc(&["mock", "--port", "0", "--strict"]);
        let mut process = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("it starts");
        let mut line = String::new();
        let out = process.stdout.take().expect("it is piped");
        BufReader::new(out).read_line(&mut line).expect("it says where it listens");
        Self { process, address: line.trim().trim_start_matches("http://").to_owned() }
    }

    /// Forgets what earlier commands have created and deleted.
    fn reset(&self) {
        let mut stream = TcpStream::connect(&self.address).expect("it listens");
        let request =
            "POST /__mock/reset HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncontent-length: 0\r\n\r\n";
        stream.write_all(request.as_bytes()).expect("it reads");
        let mut response = String::new();
        stream.read_to_string(&mut response).expect("it responds");
        assert!(response.starts_with("HTTP/1.1 204"), "{response}");
    }
}

impl Drop for Mock {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[test]
fn every_command_on_the_pages_succeeds() {
    let folder = tempfile::tempdir().expect("there is room");
    for file in
        ["correlation-config.xml", "source-config.xml", "source-template.xml", "messages.properties", "upload.zip"]
    {
        fs::write(folder.path().join(file), "<example/>").expect("a file can be written");
    }
    let mock = Mock::start();
    let commands = commands();
    assert_eq!(commands.len(), 32, "a command for each operation");
    for command in commands {
        mock.reset();
        let typed = words(&command);
        let typed: Vec<&str> = typed.iter().map(String::as_str).collect();
        assert_eq!(typed[0], "sailc");
        let mut run = sailc(&typed[1..]);
        run.env("SAIL_BASE_URL", format!("http://{}", mock.address)).env("SAIL_CLIENT_ID", "me");
        run.env("SAIL_CLIENT_SECRET", "secret").current_dir(folder.path());
        let output = run.output().expect("it starts");
        assert!(output.status.success(), "{command}\n{}", String::from_utf8_lossy(&output.stderr));
    }
}

#[test]
fn words_are_taken_apart_as_a_shell_does() {
    assert_eq!(words(r"a 'b c' 'it'\''s'"), ["a", "b c", "it's"]);
}
