//! Is the document what OpenAPI 3.0 says, and does it make sense?
//!
//! First the structure, by the tables of `grammar`: which keys there are and what they hold. Then what no table can
//! say, one module per kind of object. Everything that is found is reported, not the first; an error means that no
//! correct client can be generated, a warning that something looks unintended.

mod context;
mod cycles;
mod discriminator;
mod media;
mod operations;
mod parameters;
pub(crate) mod paths;
mod read;
pub(crate) mod schemas;
mod security;
mod servers;
mod structure;
pub(crate) mod values;
mod version;

use openapiv3::OpenAPI;

use crate::{
    diagnostic::Report,
    document::Document,
    grammar::{Kind, Shape, visit},
    pointer::Pointer,
};
use context::Check;

/// Checks everything, and reads the document into the types that lowering starts from if there is no error.
pub(crate) fn validate(document: &Document, report: &mut Report) -> Option<OpenAPI> {
    let mut check = Check { document, report };
    if !version::check(&mut check) {
        return None;
    }
    structure::check(&mut check);
    paths::check(&mut check);
    operations::check(&mut check);
    parameters::duplicates(&mut check);
    security::check(&mut check);
    cycles::check(&mut check);
    visit(&document.root, Shape::Object(Kind::OpenApi), &mut Pointer::default(), &mut |node| match node.kind {
        _ if node.object.contains_key("$ref") => {}
        Kind::Parameter => parameters::check(&mut check, node.object, node.pointer),
        Kind::Header => parameters::check_header(&mut check, node.object, node.pointer),
        Kind::RequestBody | Kind::Response => media::check(&mut check, node.object, node.pointer),
        Kind::Schema => {
            schemas::check(&mut check, node.object, node.pointer);
            discriminator::check(&mut check, node.object, node.pointer);
        }
        Kind::SecurityScheme => security::check_scheme(&mut check, node.object, node.pointer),
        Kind::Server => servers::check(&mut check, node.object, node.pointer),
        _ => {}
    });
    if report.has_errors() { None } else { read::read(document, report) }
}
