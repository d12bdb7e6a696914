//! Templates, as in paths and in the URLs of servers: text with `{names}` in it.

/// The names between the braces, in their order; `None` if the braces do not match.
pub(crate) fn template(path: &str) -> Option<Vec<String>> {
    let mut names = Vec::new();
    let mut rest = path;
    while let Some(open) = rest.find(['{', '}']) {
        let inner = rest[open..].strip_prefix('{')?;
        let close = inner.find(['{', '}'])?;
        if !inner[close..].starts_with('}') {
            return None;
        }
        names.push(inner[..close].to_owned());
        rest = &inner[close + 1..];
    }
    Some(names)
}

/// A path without the names of its parameters.
pub(crate) fn anonymous(path: &str) -> String {
    let mut result = String::with_capacity(path.len());
    for part in path.split_inclusive(['{', '}']) {
        match part.strip_suffix('}') {
            Some(_) => result.push('}'),
            None => result.push_str(part),
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates() {
        assert_eq!(template("/a/{b}/c.{d}"), Some(vec!["b".to_owned(), "d".to_owned()]));
        assert_eq!(template("/a"), Some(vec![]));
        for wrong in ["/a/{b", "/a/b}", "/a/{b{c}}", "}{"] {
            assert_eq!(template(wrong), None, "{wrong}");
        }
        assert_eq!(anonymous("/a/{b}/c/{d}"), anonymous("/a/{x}/c/{y}"));
        assert_ne!(anonymous("/a/{b}"), anonymous("/a/b"));
    }
}
