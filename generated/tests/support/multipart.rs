//! Reading `multipart/form-data` as a strict server would.

use super::Recorded;

/// One part of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    pub name: String,
    pub file_name: Option<String>,
    pub content_type: Option<String>,
    pub body: Vec<u8>,
}

/// A part with a file.
pub fn file(name: &str, file_name: &str, content_type: &str, body: impl Into<Vec<u8>>) -> Part {
    Part {
        name: name.to_owned(),
        file_name: Some(file_name.to_owned()),
        content_type: Some(content_type.to_owned()),
        body: body.into(),
    }
}

/// A part with a text.
pub fn text(name: &str, text: &str) -> Part {
    Part { name: name.to_owned(), file_name: None, content_type: None, body: text.into() }
}

/// The parts of the form that a request sent, in their order.
pub fn parts(request: &Recorded) -> Vec<Part> {
    let content_type = request.header("content-type").unwrap();
    let boundary = content_type.strip_prefix("multipart/form-data; boundary=").expect(content_type);
    let (first, between) = (format!("--{boundary}\r\n"), format!("\r\n--{boundary}"));
    let mut rest = request.body.strip_prefix(first.as_bytes()).expect("a form starts with its boundary");
    let mut parts = Vec::new();
    loop {
        let (part, after) = split(rest, between.as_bytes());
        parts.push(read(part));
        match after.strip_prefix(b"\r\n") {
            Some(next) => rest = next,
            None => {
                assert_eq!(after, b"--\r\n", "a form ends with its boundary");
                return parts;
            }
        }
    }
}

fn read(part: &[u8]) -> Part {
    let (head, body) = split(part, b"\r\n\r\n");
    let mut read = text("", "");
    read.body = body.to_vec();
    for line in std::str::from_utf8(head).unwrap().split("\r\n") {
        match line.split_once(": ").unwrap() {
            ("Content-Disposition", value) => {
                let parameters = value.strip_prefix("form-data; ").unwrap();
                for (key, value) in parameters.split("; ").map(|parameter| parameter.split_once('=').unwrap()) {
                    let value = value.strip_prefix('"').and_then(|value| value.strip_suffix('"')).unwrap().to_owned();
                    match key {
                        "name" => read.name = value,
                        "filename" => read.file_name = Some(value),
                        other => panic!("unknown parameter {other}"),
                    }
                }
            }
            ("Content-Type", value) => read.content_type = Some(value.to_owned()),
            other => panic!("unknown header {other:?}"),
        }
    }
    read
}

fn split<'a>(bytes: &'a [u8], at: &[u8]) -> (&'a [u8], &'a [u8]) {
    let found = bytes.windows(at.len()).position(|window| window == at);
    let found = found.unwrap_or_else(|| panic!("no {:?}", String::from_utf8_lossy(at)));
    (&bytes[..found], &bytes[found + at.len()..])
}
