//! JSON pointers (RFC 6901) as text: written by pushing and popping, read by walking.

/// A pointer that grows and shrinks with a walk through a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Pointer(String);

impl Pointer {
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// Steps down to a member, and hands back what [`Pointer::leave`] needs to step up again.
    pub(crate) fn enter(&mut self, key: &str) -> usize {
        let before = self.0.len();
        self.0.push('/');
        escape_onto(&mut self.0, key);
        before
    }

    /// Steps down to an element of a list.
    pub(crate) fn enter_index(&mut self, index: usize) -> usize {
        let before = self.0.len();
        self.0.push('/');
        self.0.push_str(&index.to_string());
        before
    }

    /// Steps up to where the matching `enter` was called.
    pub(crate) fn leave(&mut self, before: usize) {
        self.0.truncate(before);
    }
}

/// `pointer`, one step further down.
pub(crate) fn child(pointer: &str, key: &str) -> String {
    let mut text = String::with_capacity(pointer.len() + key.len() + 1);
    text.push_str(pointer);
    text.push('/');
    escape_onto(&mut text, key);
    text
}

/// A key as a token of a pointer.
pub(crate) fn escape(key: &str) -> String {
    let mut token = String::with_capacity(key.len());
    escape_onto(&mut token, key);
    token
}

/// Splits off the last step: the parent, and the raw (still escaped) last token. `None` for the root.
pub(crate) fn split_last(pointer: &str) -> Option<(&str, &str)> {
    pointer.rfind('/').map(|at| (&pointer[..at], &pointer[at + 1..]))
}

/// The tokens of a pointer, unescaped.
pub(crate) fn tokens(pointer: &str) -> impl Iterator<Item = String> + '_ {
    pointer.split('/').skip(1).map(unescape)
}

/// A token as it was before it was escaped.
pub(crate) fn unescape(token: &str) -> String {
    if token.contains('~') { token.replace("~1", "/").replace("~0", "~") } else { token.to_owned() }
}

fn escape_onto(text: &mut String, key: &str) {
    if !key.contains(['~', '/']) {
        return text.push_str(key);
    }
    for character in key.chars() {
        match character {
            '~' => text.push_str("~0"),
            '/' => text.push_str("~1"),
            other => text.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_escaped_on_the_way_down_and_gone_on_the_way_up() {
        let mut pointer = Pointer::default();
        let top = pointer.enter("paths");
        let below = pointer.enter("/a~b/{c}");
        assert_eq!(pointer.as_str(), "/paths/~1a~0b~1{c}");
        assert_eq!(tokens(pointer.as_str()).collect::<Vec<_>>(), ["paths", "/a~b/{c}"]);
        pointer.leave(below);
        assert_eq!(pointer.as_str(), "/paths");
        pointer.leave(top);
        assert_eq!(pointer.as_str(), "");
    }
}
