//! What the generator has to say about its input: diagnostics, collected in a report.
//!
//! Every stage adds to one [`Report`] and goes on, so that one run shows all there is to mend. How a report is
//! turned into text, with lines, columns and excerpts, is in `diagnostic/listing.rs`.

mod listing;

pub use crate::origin::{Origin, Position, Spot};
pub use listing::Located;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// No correct client can be generated.
    Error,
    /// Suspicious or mended; a client is generated all the same.
    Warning,
}

/// One thing to tell: what, where, why, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// A stable, machine-readable name of the kind of finding, such as `unknown-key`.
    pub code: &'static str,
    /// Where; absent only where no file is to blame.
    pub origin: Option<Origin>,
    /// What is wrong, and why it is.
    pub message: String,
    /// What to do, or what was done.
    pub help: String,
    /// Other places that have to do with it, each with what it is.
    pub related: Vec<(Origin, String)>,
}

impl Diagnostic {
    /// Adds another place that has to do with the finding.
    pub fn relate(&mut self, origin: Origin, what: impl Into<String>) -> &mut Self {
        self.related.push((origin, what.into()));
        self
    }
}

/// How many findings are kept. More than this, and nobody reads them: the file is not what it was taken for.
const MAX_DIAGNOSTICS: usize = 2_000;

/// Everything found so far.
#[derive(Clone, Debug, Default)]
pub struct Report {
    diagnostics: Vec<Diagnostic>,
    /// How many errors and warnings were found after the limit.
    omitted: (usize, usize),
    /// Stands in for a finding that is not kept.
    surplus: Option<Diagnostic>,
}

impl Report {
    /// An empty report.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds an error, and hands it back so that related places can be added.
    pub fn error(
        &mut self,
        code: &'static str,
        origin: impl Into<Option<Origin>>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> &mut Diagnostic {
        self.add(Severity::Error, code, origin.into(), message.into(), help.into())
    }

    /// Adds a warning, and hands it back so that related places can be added.
    pub fn warning(
        &mut self,
        code: &'static str,
        origin: impl Into<Option<Origin>>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> &mut Diagnostic {
        self.add(Severity::Warning, code, origin.into(), message.into(), help.into())
    }

    fn add(
        &mut self,
        severity: Severity,
        code: &'static str,
        origin: Option<Origin>,
        message: String,
        help: String,
    ) -> &mut Diagnostic {
        let at = self.diagnostics.len();
        let diagnostic = Diagnostic { severity, code, origin, message, help, related: Vec::new() };
        if at >= MAX_DIAGNOSTICS {
            match severity {
                Severity::Error => self.omitted.0 += 1,
                Severity::Warning => self.omitted.1 += 1,
            }
            return self.surplus.insert(diagnostic);
        }
        self.diagnostics.push(diagnostic);
        &mut self.diagnostics[at]
    }

    /// Takes over everything that another report holds.
    pub(crate) fn append(&mut self, other: Self) {
        for diagnostic in other.diagnostics {
            let Diagnostic { severity, code, origin, message, help, related } = diagnostic;
            self.add(severity, code, origin, message, help).related = related;
        }
        self.omitted.0 += other.omitted.0;
        self.omitted.1 += other.omitted.1;
    }

    /// How many findings are not listed, because there are too many of them.
    pub fn omitted(&self) -> usize {
        self.omitted.0 + self.omitted.1
    }

    /// Are further findings only counted? Then nobody needs to look for the best advice.
    pub(crate) fn is_full(&self) -> bool {
        self.diagnostics.len() >= MAX_DIAGNOSTICS
    }

    /// Is there any error?
    pub fn has_errors(&self) -> bool {
        self.errors() > 0
    }

    /// Everything found (the first two thousand), in the order in which the stages found it. For the order of files and lines, see
    /// [`Report::located`].
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// How many errors there are.
    pub fn errors(&self) -> usize {
        let listed = self.diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error);
        listed.count() + self.omitted.0
    }

    /// How many warnings there are.
    pub fn warnings(&self) -> usize {
        self.diagnostics.len() + self.omitted() - self.errors()
    }
}
