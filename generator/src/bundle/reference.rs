//! What a `$ref` says: a file and a pointer into it, resolved against the file that the `$ref` stands in.

/// A node of some file of the specification.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Target {
    pub(super) file: String,
    pub(super) pointer: String,
}

/// Why the text of a `$ref` names no node that may be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unusable {
    Empty,
    Remote,
    Absolute,
    LeavesFolder,
    Backslash,
    Encoding,
    Anchor,
}

impl Unusable {
    /// The code, the reason and the advice for a report.
    pub(super) fn explain(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Empty => ("bad-reference", "it is empty", "name a component, such as `#/components/schemas/Name`"),
            Self::Remote => (
                "remote-reference",
                "it is a URL, and nothing is fetched from the network",
                "keep a copy of the file beside the specification and refer to that",
            ),
            Self::Absolute => (
                "outside-reference",
                "it is an absolute path, which means something else on every machine",
                "write the path relative to the file that the reference stands in",
            ),
            Self::LeavesFolder => (
                "outside-reference",
                "it leads out of the folder of the specification",
                "move the file below that folder, or widen it by `--root`",
            ),
            Self::Backslash => {
                ("bad-reference", "a reference is a URL, and `\\` does not separate the parts of a URL", "write `/`")
            }
            Self::Encoding => (
                "bad-reference",
                "its `%` escapes are not those of UTF-8 text",
                "write `%25` for a percent sign, or mend the escape",
            ),
            Self::Anchor => (
                "bad-reference",
                "what follows `#` is not a JSON pointer, which starts with `/`",
                "write the whole way, such as `#/components/schemas/Name`",
            ),
        }
    }
}

/// Resolves the text of a `$ref` that stands in `file`.
pub(super) fn resolve(file: &str, text: &str) -> Result<Target, Unusable> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Unusable::Empty);
    }
    let (path, fragment) = text.split_once('#').unwrap_or((text, ""));
    let path = decode(path)?;
    let fragment = decode(fragment)?;
    let pointer = match fragment.as_str() {
        // `file.yaml#/` is meant as the whole file, not as its member with the empty name.
        "" | "/" => String::new(),
        pointer if pointer.starts_with('/') => pointer.to_owned(),
        _ => return Err(Unusable::Anchor),
    };
    Ok(Target { file: if path.is_empty() { file.to_owned() } else { join(file, &path)? }, pointer })
}

/// Does a text that may be a name or a reference look like a reference?
pub(super) fn looks_like_reference(text: &str) -> bool {
    let is_file = [".yaml", ".yml", ".json"].iter().any(|suffix| text.ends_with(suffix));
    is_file || text.contains(['/', '#'])
}

/// `path`, relative to the folder that `file` is in.
fn join(file: &str, path: &str) -> Result<String, Unusable> {
    if let Some((scheme, _)) = path.split_once(':') {
        // `C:` is a drive, not a scheme.
        return Err(if scheme.len() == 1 { Unusable::Absolute } else { Unusable::Remote });
    }
    if path.starts_with("//") {
        return Err(Unusable::Remote);
    }
    if path.starts_with('/') {
        return Err(Unusable::Absolute);
    }
    if path.contains('\\') {
        return Err(Unusable::Backslash);
    }
    if path.contains('\0') {
        return Err(Unusable::Encoding);
    }
    let mut parts: Vec<&str> = file.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop().ok_or(Unusable::LeavesFolder)?;
            }
            part => parts.push(part),
        }
    }
    if parts.is_empty() { Err(Unusable::Empty) } else { Ok(parts.join("/")) }
}

/// Undoes percent encoding.
fn decode(text: &str) -> Result<String, Unusable> {
    if !text.contains('%') {
        return Ok(text.to_owned());
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let mut digit = || rest.next().and_then(|digit| char::from(digit).to_digit(16));
        match (digit(), digit()) {
            (Some(high), Some(low)) => bytes.push((high * 16 + low) as u8),
            _ => return Err(Unusable::Encoding),
        }
    }
    String::from_utf8(bytes).map_err(|_| Unusable::Encoding)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolved(file: &str, text: &str) -> Result<(String, String), Unusable> {
        resolve(file, text).map(|target| (target.file, target.pointer))
    }

    fn target(file: &str, pointer: &str) -> Result<(String, String), Unusable> {
        Ok((file.to_owned(), pointer.to_owned()))
    }

    #[test]
    fn references_are_relative_to_the_file_they_stand_in() {
        assert_eq!(resolved("v3/paths/a.yaml", "../schemas/B.yaml"), target("v3/schemas/B.yaml", ""));
        assert_eq!(resolved("v3/a.yaml", "./b.yaml#/x/y"), target("v3/b.yaml", "/x/y"));
        assert_eq!(resolved("a.yaml", "#/components/schemas/X"), target("a.yaml", "/components/schemas/X"));
        assert_eq!(resolved("a.yaml", "b.yaml#/"), target("b.yaml", ""));
        assert_eq!(resolved("a.yaml", "my%20file.yaml#/caf%C3%A9~1"), target("my file.yaml", "/café~1"));
        assert_eq!(resolved("a/b.yaml", "../a/./c.yaml"), target("a/c.yaml", ""));
    }

    #[test]
    fn nothing_leads_out() {
        for (text, why) in [
            ("", Unusable::Empty),
            ("..", Unusable::Empty),
            ("../b.yaml", Unusable::LeavesFolder),
            ("x/../../../b.yaml", Unusable::LeavesFolder),
            ("%2e%2e/%2e%2e/b.yaml", Unusable::LeavesFolder),
            ("/etc/passwd", Unusable::Absolute),
            ("%2Fetc/passwd", Unusable::Absolute),
            ("C:/x.yaml", Unusable::Absolute),
            ("file:///etc/passwd", Unusable::Remote),
            ("https://example.org/x.yaml", Unusable::Remote),
            ("//example.org/x.yaml", Unusable::Remote),
            ("x\\y.yaml", Unusable::Backslash),
            ("x%00.yaml", Unusable::Encoding),
            ("x%zz.yaml", Unusable::Encoding),
            ("x%ff.yaml", Unusable::Encoding),
            ("x.yaml#Pet", Unusable::Anchor),
        ] {
            let from = if text == ".." || why != Unusable::LeavesFolder { "s/a.yaml" } else { "a.yaml" };
            assert_eq!(resolved(from, text), Err(why), "{text}");
        }
    }
}
