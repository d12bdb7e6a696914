//! A request that nobody expected, and the stub that comes nearest.

use super::request::Incoming;
use super::shared::Held;

impl Held {
    /// Notes that nobody expected a request; returns what it notes.
    pub(super) fn unexpected(&mut self, incoming: &Incoming<'_>) -> String {
        let nearest = self.stubs.iter().map(|stub| (stub.differences(incoming), stub.operation()));
        let nearest =
            nearest.min_by_key(|(differences, operation)| (differences.len(), strange(operation.path, incoming.path)));
        let sentence = match nearest {
            None => format!("{} {} was not expected; there are no stubs", incoming.method, incoming.path),
            Some((differences, operation)) => format!(
                "{} {} was not expected; the nearest stub is {operation}: {}",
                incoming.method,
                incoming.path,
                differences.join(", ")
            ),
        };
        self.unexpected.push(sentence.clone());
        sentence
    }
}

/// How many segments of a path are not those of a template.
fn strange(template: &str, path: &str) -> usize {
    let (known, sent): (Vec<&str>, Vec<&str>) = (template.split('/').collect(), path.split('/').collect());
    let same = known.iter().zip(&sent).filter(|(one, other)| one == other || one.starts_with('{')).count();
    known.len().max(sent.len()) - same
}
