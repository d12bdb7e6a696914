//! Which operation a path and a method lead to.

use std::collections::BTreeMap;

use http::Method;
use percent_encoding::percent_decode_str;

use super::request::{Incoming, pairs};
use crate::operation::catalog::{Catalog, Entry};

/// An operation of a catalog.
#[derive(Clone, Copy, Debug)]
pub(super) struct Target {
    pub(super) catalog: &'static Catalog,
    pub(super) entry: &'static Entry,
}

/// The values of a path's parameters, decoded, in the order of the template.
pub(super) type PathValues = Vec<(&'static str, String)>;

/// The operations, by the number of segments of their paths.
#[derive(Debug, Default)]
pub(super) struct Routes {
    by_length: BTreeMap<usize, Vec<Target>>,
}

/// What a path and a method lead to.
#[derive(Debug)]
pub(super) enum Found {
    Operation(Target, PathValues),
    /// The path exists, with these methods only.
    OtherMethod(Vec<Method>),
    /// Nothing; the path of an operation that looks alike, if one does.
    Nothing(Option<&'static str>),
}

impl Routes {
    pub(super) fn new(catalogs: &[&'static Catalog]) -> Self {
        let mut by_length: BTreeMap<usize, Vec<Target>> = BTreeMap::new();
        for catalog in catalogs {
            for (_, entry) in catalog.operations() {
                by_length.entry(segments(entry.operation.path).count()).or_default().push(Target { catalog, entry });
            }
        }
        for targets in by_length.values_mut() {
            // Where several paths fit, the one with a literal earlier is meant (OpenAPI: concrete before templated); of
            // equals, the one that asks for a query.
            targets.sort_by_key(|target| {
                let path = target.entry.operation.path;
                (shape(path), !path.contains('?'))
            });
        }
        Self { by_length }
    }

    /// Every operation.
    pub(super) fn all(&self) -> impl Iterator<Item = &Target> {
        self.by_length.values().flatten()
    }

    pub(super) fn find(&self, incoming: &Incoming<'_>) -> Found {
        let (method, path) = (incoming.method, incoming.path);
        let (mut methods, mut shapes) = (Vec::new(), None);
        let near = self.by_length.get(&segments(path).count()).map_or(&[][..], Vec::as_slice);
        for target in near {
            let Some(values) = matched(target.entry.operation.path, path) else { continue };
            // Paths of another shape are less concrete: they do not answer for a method that this one lacks.
            let shape = shape(target.entry.operation.path);
            if *shapes.get_or_insert_with(|| shape.clone()) != shape {
                break;
            }
            if !fixed_query(target.entry.operation.path).iter().all(|pair| incoming.query.contains(pair)) {
                continue;
            }
            if target.entry.operation.method == *method {
                return Found::Operation(*target, values);
            }
            methods.push(target.entry.operation.method.clone());
        }
        if methods.is_empty() { Found::Nothing(self.nearest(path)) } else { Found::OtherMethod(methods) }
    }

    /// The path that shares the most segments with this one, if it shares any.
    fn nearest(&self, path: &str) -> Option<&'static str> {
        let shared =
            |known: &'static str| segments(known).filter(|one| segments(path).any(|other| other == *one)).count();
        let paths = self.all().map(|target| target.entry.operation.path);
        let best = paths
            .map(|known| (shared(known), known))
            .max_by_key(|(shared, known)| (*shared, std::cmp::Reverse(known.len())))?;
        (best.0 > 0).then_some(best.1)
    }
}

/// The segments of a path or a template, without the query that some templates end in.
pub(super) fn segments(path: &str) -> impl Iterator<Item = &str> {
    let path = path.split('?').next().unwrap_or_default();
    path.trim_start_matches('/').split('/')
}

/// The query that a template ends in, to tell its operation from another of the same path.
pub(super) fn fixed_query(template: &str) -> Vec<(String, &str)> {
    template.split_once('?').map(|(_, query)| pairs(query)).unwrap_or_default()
}

/// Which segments are templates: literals sort first.
fn shape(template: &str) -> Vec<bool> {
    segments(template).map(|segment| segment.contains('{')).collect()
}

/// The parameters of a template in a path; `None` if the path is another.
pub(super) fn matched(template: &'static str, path: &str) -> Option<PathValues> {
    let mut values = Vec::new();
    if segments(template).count() != segments(path).count() {
        return None;
    }
    for (expected, found) in segments(template).zip(segments(path)) {
        segment(expected, found, &mut values)?;
    }
    Some(values)
}

/// The parameters of one segment: `{id}`, `v{major}.{minor}`. A value ends where the text behind it occurs first; the last
/// one takes the rest.
fn segment(expected: &'static str, found: &str, values: &mut PathValues) -> Option<()> {
    let Some((before, rest)) = expected.split_once('{') else { return (expected == found).then_some(()) };
    let (name, after) = rest.split_once('}')?;
    let found = found.strip_prefix(before)?;
    let end = match after.split('{').next().unwrap_or_default() {
        "" if after.is_empty() => found.len(),
        "" => return None,
        text if text.len() == after.len() => found.strip_suffix(text)?.len(),
        text => found.find(text)?,
    };
    let (value, found) = found.split_at(end);
    if value.is_empty() {
        return None;
    }
    values.push((name, percent_decode_str(value).decode_utf8_lossy().into_owned()));
    segment(after, found, values)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn segments_hold_any_number_of_parameters() {
        let found = |template, path| {
            let values = matched(template, path)?;
            Some(values.into_iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join(" "))
        };
        assert_eq!(found("/a/{id}", "/a/x%2Fy").as_deref(), Some("id=x/y"));
        assert_eq!(found("/v{major}.{minor}/x", "/v1.22/x").as_deref(), Some("major=1 minor=22"));
        assert_eq!(found("/{name}.json", "/a.json.json").as_deref(), Some("name=a.json"));
        assert_eq!(found("/{name}.json", "/.json"), None);
        assert_eq!(found("/v{major}.{minor}", "/v1"), None);
        assert_eq!(found("/a/{id}", "/b/x"), None);
        assert_eq!(found("/a/{id}", "/a/"), None);
    }
}
