//! What the pages show beside what the document says.

use crate::config::ReferenceConfig;
use crate::rust::plan;

/// What the pages show beside what the document says; the same for every page.
pub(crate) struct Settings<'a> {
    pub config: &'a ReferenceConfig,
    /// The lines of the example of an operation in Rust, those that only compile it behind `# `.
    pub example: &'a dyn Fn(&plan::Group, &plan::Operation) -> Option<Vec<String>>,
}
