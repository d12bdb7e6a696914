//! Many files to one document: every `$ref`, also into other files, becomes `#/components/<section>/<Name>`.
//!
//! 1. `fetch` reads every file that is named anywhere.
//! 2. `discover` walks the document by its grammar and finds what every `$ref` refers to. What cannot be referred to
//!    in OpenAPI (a path item, a list of servers, a map of properties) is noted to be copied in.
//! 3. `name` names the components.
//! 4. `assemble` writes the document, and notes where each part comes from.

mod assemble;
mod discover;
mod fetch;
mod lookup;
mod name;
mod reference;

use crate::{diagnostic::Report, document::Document, load::Files};

/// Makes one document of all files. What a reference that leads nowhere costs is decided later,
/// unless it stands for a schema: that admits any JSON value.
pub(crate) fn bundle(files: Files<'_>, report: &mut Report) -> Document {
    let trees = fetch::fetch_all(files);
    let found = discover::discover(&trees, report);
    let names = name::names(&trees, &found);
    assemble::assemble(&trees, &found, &names, report)
}

#[cfg(test)]
mod tests;
