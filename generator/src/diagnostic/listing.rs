//! A report as text: sorted by file and line, each finding with its place and an excerpt.

use std::{collections::BTreeMap, fmt::Write as _};

use super::{Diagnostic, Origin, Position, Report, Severity, Spot};
use crate::{
    position::{Positions, Stretch},
    source::Reader,
};

/// Longer lines are cut in excerpts: the place matters, not the paragraph that somebody wrote on one line.
const EXCERPT_WIDTH: usize = 120;

/// A diagnostic whose place in the text is known.
#[derive(Clone, Debug)]
pub struct Located<'a> {
    /// The finding.
    pub diagnostic: &'a Diagnostic,
    /// Its line and column; absent if it has no origin, or its file can no longer be read.
    pub position: Option<Position>,
}

/// Where each of these stands in its file; `None` where the file can no longer be read.
pub fn locate(reader: &dyn Reader, origins: &[Origin]) -> Vec<Option<Position>> {
    let sources = Sources::of(origins, reader);
    origins.iter().map(|origin| Some(sources.stretch(origin)?.start)).collect()
}

impl Report {
    /// Everything found, ordered by file, line and column, with errors before warnings of the same place.
    pub fn located(&self, reader: &dyn Reader) -> Vec<Located<'_>> {
        let sources = Sources::read(&self.diagnostics, reader);
        self.sorted(&sources)
            .into_iter()
            .map(|(diagnostic, stretch)| Located { diagnostic, position: stretch.map(|stretch| stretch.start) })
            .collect()
    }

    /// Everything found, as text for people.
    pub fn render(&self, reader: &dyn Reader) -> String {
        let sources = Sources::read(&self.diagnostics, reader);
        let mut text = String::new();
        let sorted = self.sorted(&sources);
        let mut counts: BTreeMap<_, usize> = BTreeMap::new();
        for (diagnostic, _) in &sorted {
            *counts.entry(saying(diagnostic)).or_default() += 1;
        }
        for (diagnostic, stretch) in sorted {
            // What is said of many places is said once, at the first of them.
            let Some(count) = counts.remove(&saying(diagnostic)) else { continue };
            if !text.is_empty() {
                text.push('\n');
            }
            listing(&mut text, diagnostic, stretch, &sources);
            match count - 1 {
                0 => {}
                1 => text.push_str("  = note: the same in 1 other place\n"),
                others => {
                    let _ = writeln!(text, "  = note: the same in {others} other places");
                }
            }
        }
        if self.omitted() > 0 {
            let _ = writeln!(text, "\n… and {} more", self.omitted());
        }
        text
    }

    fn sorted(&self, sources: &Sources) -> Vec<(&Diagnostic, Option<Stretch>)> {
        let mut all: Vec<_> = self
            .diagnostics
            .iter()
            .map(|diagnostic| (diagnostic, diagnostic.origin.as_ref().and_then(|origin| sources.stretch(origin))))
            .collect();
        all.sort_by_key(|(diagnostic, stretch)| {
            let file = diagnostic.origin.as_ref().map(|origin| origin.file.as_str());
            (file, stretch.map(|stretch| stretch.start), diagnostic.severity())
        });
        all
    }
}

/// What a finding says, whatever place it says it of.
fn saying(diagnostic: &Diagnostic) -> (&'static str, &str, &str) {
    (diagnostic.code, &diagnostic.message, &diagnostic.help)
}

/// The files that a report speaks of.
struct Sources(BTreeMap<String, Source>);

struct Source {
    text: String,
    /// Where each line starts, in bytes.
    lines: Vec<usize>,
    positions: Positions,
}

impl Sources {
    fn read(diagnostics: &[Diagnostic], reader: &dyn Reader) -> Self {
        let origins = |diagnostic: &'_ Diagnostic| -> Vec<Origin> {
            diagnostic.origin.iter().chain(diagnostic.related.iter().map(|(origin, _)| origin)).cloned().collect()
        };
        Self::of(&diagnostics.iter().flat_map(origins).collect::<Vec<_>>(), reader)
    }

    /// The files that the origins are in.
    fn of(origins: &[Origin], reader: &dyn Reader) -> Self {
        let mut pointers: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for origin in origins {
            pointers.entry(&origin.file).or_default().push(&origin.pointer);
        }
        let files = pointers.into_iter().filter_map(|(file, pointers)| {
            let text = reader.read(file).ok()?;
            let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
            let positions = Positions::find(&text, pointers);
            let lines = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
            Some((file.to_owned(), Source { text, lines, positions }))
        });
        Self(files.collect())
    }

    fn stretch(&self, origin: &Origin) -> Option<Stretch> {
        match (self.0.get(&origin.file), origin.spot) {
            (Some(source), Spot::At(start)) => Some(source.clamp(start)),
            (Some(source), _) => Some(source.positions.stretch(origin)),
            (None, Spot::At(start)) => Some(Stretch { start, width: 1 }),
            (None, _) => None,
        }
    }

    fn line(&self, file: &str, line: usize) -> Option<&str> {
        self.0.get(file)?.line(line)
    }
}

impl Source {
    fn line(&self, line: usize) -> Option<&str> {
        let start = *self.lines.get(line.checked_sub(1)?)?;
        self.text[start..].lines().next()
    }

    /// A parser that runs out of text points behind its end, where there is nothing to show.
    fn clamp(&self, at: Position) -> Stretch {
        let is_shown = |line: &usize| self.line(*line).is_some_and(|text| !text.trim().is_empty());
        if is_shown(&at.line) {
            return Stretch { start: at, width: self.word(at) };
        }
        match (1..at.line.min(self.lines.len() + 1)).rev().find(is_shown) {
            Some(line) => {
                let column = self.line(line).map_or(1, |text| text.trim_end().chars().count().max(1));
                Stretch { start: Position { line, column }, width: 1 }
            }
            None => Stretch { start: at, width: 1 },
        }
    }

    /// How long the word is that starts at a place.
    fn word(&self, at: Position) -> usize {
        let rest = self.line(at.line).unwrap_or_default().chars().skip(at.column.saturating_sub(1));
        rest.take_while(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '$' | '.')).count().max(1)
    }
}

fn listing(text: &mut String, diagnostic: &Diagnostic, stretch: Option<Stretch>, sources: &Sources) {
    let severity = match diagnostic.severity() {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let message = indented(&visible(&diagnostic.message));
    // Writing to a `String` cannot fail, here and below.
    let _ = writeln!(text, "{severity}[{}]: {message}", diagnostic.code);
    let margin = stretch.map_or(1, |stretch| stretch.start.line.to_string().len());
    if let Some(origin) = &diagnostic.origin {
        site(text, "-->", margin, origin, stretch);
        excerpt(text, margin, origin, stretch, sources);
    }
    for (origin, what) in &diagnostic.related {
        let stretch = sources.stretch(origin);
        let _ = writeln!(text, "{:margin$} = note: {}", "", indented(&visible(what)));
        site(text, ":::", margin, origin, stretch);
    }
    if !diagnostic.help.is_empty() {
        let _ = writeln!(text, "{:margin$} = help: {}", "", indented(&visible(&diagnostic.help)));
    }
}

fn site(text: &mut String, arrow: &str, margin: usize, origin: &Origin, stretch: Option<Stretch>) {
    let _ = write!(text, "{:margin$}{arrow} {}", "", visible(&origin.file));
    if let Some(Position { line, column }) = stretch.map(|stretch| stretch.start) {
        let _ = write!(text, ":{line}:{column}");
    }
    if !origin.pointer.is_empty() {
        let _ = write!(text, "   ({})", visible(&origin.pointer));
    }
    text.push('\n');
}

fn excerpt(text: &mut String, margin: usize, origin: &Origin, stretch: Option<Stretch>, sources: &Sources) {
    let Some(Stretch { start, width }) = stretch else { return };
    let Some(line) = sources.line(&origin.file, start.line) else { return };
    let line = line.trim_end();
    // No further than the line goes: a parser that ran out of text points behind it.
    let mark = line.chars().take(start.column - 1).count();
    let skipped = if mark + 20 > EXCERPT_WIDTH { mark - 40 } else { 0 };
    // A tab counts as one column, and must not widen the line above the marks.
    let mut rest = line.chars().skip(skipped).map(|c| if c.is_control() { ' ' } else { c });
    let shown: String = rest.by_ref().take(EXCERPT_WIDTH).collect();
    let (before, after) = (if skipped > 0 { "…" } else { "" }, if rest.next().is_some() { "…" } else { "" });
    let indent = mark - skipped + before.chars().count();
    let width = width.min(EXCERPT_WIDTH.saturating_sub(mark - skipped)).max(1);
    let _ = writeln!(text, "{:margin$} |", "");
    let _ = writeln!(text, "{:margin$} | {before}{shown}{after}", start.line);
    let _ = writeln!(text, "{:margin$} | {:indent$}{}", "", "", "^".repeat(width));
}

/// What a specification says must not steer the terminal that shows it.
fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\n' => shown.push('\n'),
            c if c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}') => {
                shown.extend(c.escape_unicode());
            }
            c => shown.push(c),
        }
    }
    shown
}

fn indented(text: &str) -> String {
    text.replace('\n', "\n      ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Memory;

    #[test]
    fn findings_come_in_the_order_of_the_text_with_their_excerpts() {
        let reader = Memory::new().with("a.yaml", "one:\n  two: [1, x]\nthree: four\r\n");
        let mut report = Report::new();
        report.warning("later", Origin::new("a.yaml", "/three"), "odd", "");
        report
            .error("earlier", Origin::new("a.yaml", "/one/two/1"), "wrong", "mend it")
            .relate(Origin::new("a.yaml", "/one").key(), "it started here");
        report.error("nowhere", None, "no file", "write one");
        let expected = "\
error[nowhere]: no file
  = help: write one

error[earlier]: wrong
 --> a.yaml:2:12   (/one/two/1)
  |
2 |   two: [1, x]
  |            ^
  = note: it started here
 ::: a.yaml:1:1   (/one)
  = help: mend it

warning[later]: odd
 --> a.yaml:3:8   (/three)
  |
3 | three: four
  |        ^^^^
";
        assert_eq!(report.render(&reader), expected);
    }

    #[test]
    fn what_is_said_of_many_places_is_said_once() {
        let reader = Memory::new().with("a.yaml", "a: 1\nb: 1\nc: 1\n");
        let mut report = Report::new();
        for pointer in ["/a", "/b", "/c"] {
            report.warning("odd", Origin::new("a.yaml", pointer), "one is odd", "write 2");
        }
        report.warning("odd", Origin::new("a.yaml", "/c"), "c is odd", "write 2");
        let shown = report.render(&reader);
        assert_eq!(shown.matches("one is odd").count(), 1, "{shown}");
        assert!(shown.contains("a.yaml:1:4   (/a)") && shown.contains("the same in 2 other places"), "{shown}");
        assert!(shown.contains("c is odd"), "{shown}");
    }

    #[test]
    fn long_lines_are_cut_around_the_place_and_controls_are_shown() {
        let text = format!("{{ \"pad\": \"{}\", \"key\": 1, \"more\": \"{}\" }}", "é".repeat(300), "y".repeat(300));
        let reader = Memory::new().with("a.json", text);
        let mut report = Report::new();
        report.error("code", Origin::new("a.json", "/key"), "bell\u{7}", "");
        let shown = report.render(&reader);
        assert!(shown.contains("bell\\u{7}"));
        let lines: Vec<&str> = shown.lines().collect();
        assert!(lines[3].chars().count() < EXCERPT_WIDTH + 10);
        let under = lines[4].chars().position(|c| c == '^').unwrap();
        assert_eq!(lines[3].chars().nth(under), Some('1'));
    }
}
