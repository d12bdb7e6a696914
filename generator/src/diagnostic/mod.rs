//! What the generator has to say about its input: diagnostics, collected in a report.
//!
//! Every stage adds to one [`Report`] and goes on, so that one run shows all there is to mend. How a report is
//! turned into text, with lines, columns and excerpts, is in `diagnostic/listing.rs`.

mod listing;

pub use crate::origin::{Origin, Position, Spot};
pub use listing::{Located, locate};

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Nothing is generated.
    Error,
    /// Something is suspicious, mended or left out; a client is generated all the same.
    Warning,
}

/// What became of the thing that a finding is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// Nothing can be generated from the document.
    Refused,
    /// The thing at fault is not generated, or takes any JSON value; everything else is.
    LeftOut,
    /// The document was changed to what it most likely means.
    Mended,
    /// Suspicious, but taken as it stands.
    Noted,
}

impl Verdict {
    /// Every verdict, the worst first.
    pub const ALL: [Self; 4] = [Self::Refused, Self::LeftOut, Self::Mended, Self::Noted];

    /// How bad a finding with this verdict is.
    pub fn severity(self) -> Severity {
        match self {
            Self::Refused => Severity::Error,
            Self::LeftOut | Self::Mended | Self::Noted => Severity::Warning,
        }
    }
}

/// One thing to tell: what, where, why, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// What became of the thing at fault.
    pub verdict: Verdict,
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
    /// A finding without related places.
    pub(crate) fn new(
        verdict: Verdict,
        code: &'static str,
        origin: impl Into<Option<Origin>>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        let (origin, message, help) = (origin.into(), message.into(), help.into());
        Self { verdict, code, origin, message, help, related: Vec::new() }
    }

    /// How bad it is.
    pub fn severity(&self) -> Severity {
        self.verdict.severity()
    }

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
    /// How many findings of each verdict came after the limit.
    omitted: [usize; Verdict::ALL.len()],
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
        self.add(Verdict::Refused, code, origin, message, help)
    }

    /// Adds a warning about something that stays as it is, and hands it back so that related places can be added.
    pub fn warning(
        &mut self,
        code: &'static str,
        origin: impl Into<Option<Origin>>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> &mut Diagnostic {
        self.add(Verdict::Noted, code, origin, message, help)
    }

    /// Adds a finding with any verdict, and hands it back so that related places can be added.
    pub fn add(
        &mut self,
        verdict: Verdict,
        code: &'static str,
        origin: impl Into<Option<Origin>>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> &mut Diagnostic {
        self.push(Diagnostic::new(verdict, code, origin, message, help))
    }

    /// Adds a finding. Past the limit, warnings are only counted; an error takes the place of one.
    pub(crate) fn push(&mut self, diagnostic: Diagnostic) -> &mut Diagnostic {
        let at = self.diagnostics.len();
        if at < MAX_DIAGNOSTICS {
            self.diagnostics.push(diagnostic);
            return &mut self.diagnostics[at];
        }
        let is_error = |finding: &Diagnostic| finding.severity() == Severity::Error;
        if is_error(&diagnostic)
            && let Some(at) = self.diagnostics.iter().rposition(|finding| !is_error(finding))
        {
            let displaced = std::mem::replace(&mut self.diagnostics[at], diagnostic);
            self.omitted[displaced.verdict as usize] += 1;
            return &mut self.diagnostics[at];
        }
        self.omitted[diagnostic.verdict as usize] += 1;
        self.surplus.insert(diagnostic)
    }

    /// Takes over everything that another report holds.
    pub(crate) fn append(&mut self, other: Self) {
        for diagnostic in other.diagnostics {
            self.push(diagnostic);
        }
        for (ours, theirs) in self.omitted.iter_mut().zip(other.omitted) {
            *ours += theirs;
        }
    }

    /// The same findings, none of them worse than that something is left out: they are about a file that the document
    /// can do without.
    pub(crate) fn softened(mut self) -> Self {
        for diagnostic in &mut self.diagnostics {
            diagnostic.verdict = diagnostic.verdict.max(Verdict::LeftOut);
        }
        self.omitted[Verdict::LeftOut as usize] += std::mem::take(&mut self.omitted[Verdict::Refused as usize]);
        self
    }

    /// How many findings are not listed, because there are too many of them.
    pub fn omitted(&self) -> usize {
        self.omitted.iter().sum()
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

    /// How many findings have that verdict.
    pub fn count(&self, verdict: Verdict) -> usize {
        let listed = self.diagnostics.iter().filter(|diagnostic| diagnostic.verdict == verdict);
        listed.count() + self.omitted[verdict as usize]
    }

    /// How many errors there are.
    pub fn errors(&self) -> usize {
        self.count(Verdict::Refused)
    }

    /// How many warnings there are.
    pub fn warnings(&self) -> usize {
        self.diagnostics.len() + self.omitted() - self.errors()
    }
}
