//! JSONPath (RFC 9535): which nodes of a document are meant.

use serde_json::Value;
use serde_json_path::JsonPath;

use crate::values::shown;

/// How long a path may be, how deep its brackets, and how often it may look at everything below. The parser recurses into
/// brackets; each `..` may look at as many nodes again as lie below each node.
const MAX_LENGTH: usize = 2_000;
const MAX_BRACKETS: usize = 12;
const MAX_DESCENTS: usize = 3;

/// A path, and how it was written.
pub(super) struct Path {
    pub(super) text: String,
    query: JsonPath,
}

impl Path {
    /// Reads a path; the error is what is wrong with it.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let (mut open, mut deepest) = (0_usize, 0);
        for byte in text.bytes() {
            match byte {
                b'(' | b'[' => open += 1,
                b')' | b']' => open = open.saturating_sub(1),
                _ => {}
            }
            deepest = deepest.max(open);
        }
        if text.len() > MAX_LENGTH || deepest > MAX_BRACKETS || text.matches("..").count() > MAX_DESCENTS {
            return Err(format!(
                "it is too complex (over {MAX_LENGTH} characters, {MAX_BRACKETS} nested brackets or {MAX_DESCENTS} `..`)"
            ));
        }
        let query = JsonPath::parse(text).map_err(|error| error.message().to_owned())?;
        Ok(Self { text: shown_whole(text), query })
    }

    /// The JSON pointers of the nodes that it selects, in the order in which it comes to them, each once.
    pub(super) fn select(&self, root: &Value) -> Vec<String> {
        let nodes = self.query.query_located(root).dedup();
        nodes.locations().map(|location| location.to_json_pointer()).collect()
    }

    /// The longest part of the path that selects anything, where some part does: the way from there on is wrong.
    pub(super) fn reach(&self, root: &Value) -> Option<&str> {
        let ends = self.text.char_indices().filter(|(_, character)| matches!(character, '.' | '['));
        let starts: Vec<usize> = ends.map(|(at, _)| at).filter(|at| *at > 0).collect();
        let parts = starts.into_iter().rev().map(|end| self.text[..end].trim_end_matches('.'));
        parts
            .filter(|part| part.len() > 1)
            .find(|part| JsonPath::parse(part).is_ok_and(|query| !query.query(root).is_empty()))
    }
}

/// The path for messages: whole, since it is short, but on one line.
fn shown_whole(text: &str) -> String {
    if text.contains(char::is_control) {
        shown(&Value::from(text.replace(char::is_control, " ")))
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn nodes_are_selected_once_and_known_by_their_pointers() {
        let root = json!({"paths": {"/a": {"get": {}, "put": {}}, "/b~": {"get": {"tags": ["x", "y"]}}}});
        let select = |text: &str| Path::parse(text).unwrap().select(&root);
        assert_eq!(select("$"), [""]);
        assert_eq!(select("$.paths.*.get"), ["/paths/~1a/get", "/paths/~1b~0/get"]);
        assert_eq!(select("$..tags[?@ == 'y']"), ["/paths/~1b~0/get/tags/1"]);
        assert_eq!(select("$['paths','paths']['/a']"), ["/paths/~1a"]);
        assert!(select("$.nothing").is_empty());
    }

    #[test]
    fn the_part_that_is_there_is_known() {
        let root = json!({"paths": {"/a": {"get": {}}}});
        let reach = |text: &str| Path::parse(text).unwrap().reach(&root).map(str::to_owned);
        assert_eq!(reach("$.paths['/a'].put").as_deref(), Some("$.paths['/a']"));
        assert_eq!(reach("$.paths['/a.b'].put").as_deref(), Some("$.paths"));
        assert_eq!(reach("$.nothing.at.all"), None);
    }

    #[test]
    fn what_would_take_too_long_is_refused() {
        for text in ["$..*..*..*..*", &format!("$[?{}1{}]", "(".repeat(5_000), ")".repeat(5_000)), "paths", "$.", "$[?"]
        {
            assert!(Path::parse(text).is_err(), "{text}");
        }
    }
}
