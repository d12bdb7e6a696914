//! The last step: the document as the types that lowering starts from.

use openapiv3::OpenAPI;
use serde::Deserialize as _;
use serde_json::Value;
use serde_path_to_error::Segment;

use crate::{
    diagnostic::{Diagnostic, Report, Verdict},
    document::Document,
    pointer::Pointer,
    repair::leave_out,
};

/// Enough for a document as deep as `bundle` makes them: these types take tens of kilobytes of stack for each level,
/// and the thread of a caller may have no more than two megabytes. Only what is used of it is ever taken.
const STACK: usize = 256 * 1024 * 1024;

/// How many things are left out because they cannot be read, each at the price of reading again.
const MAX_LEFT_OUT: usize = 64;

/// Reads the document. After all repairs this should not fail; where it does, the component or operation is left out.
pub(super) fn read(document: &mut Document, report: &mut Report) -> Option<OpenAPI> {
    for _ in 0..MAX_LEFT_OUT {
        let error = match on_a_large_stack(&document.root) {
            Some(Ok(api)) => return Some(api),
            Some(Err(error)) => error,
            None => {
                let message = "there is not enough memory to read the document";
                report.error("out-of-memory", document.origin(""), message, "close other programs, and try again");
                return None;
            }
        };
        let message = format!("this, or something in it, cannot be read as OpenAPI 3.0: {}", error.why);
        let help = "compare it with the OpenAPI Specification 3.0.3";
        let origin = document.origin(&error.pointer);
        let why = Diagnostic::new(Verdict::Refused, "unreadable-document", origin, message, help);
        if !leave_out(document, &error.pointer, why.clone(), report) {
            report.push(why);
            return None;
        }
    }
    let message = format!("more than {MAX_LEFT_OUT} parts of the document cannot be read as OpenAPI 3.0");
    report.error("unreadable-document", document.origin(""), message, "check that this is the right file");
    None
}

/// Why a document could not be read, and where it was given up.
struct Unreadable {
    pointer: String,
    why: String,
}

/// `None` where the system refuses the stack.
fn on_a_large_stack(root: &Value) -> Option<Result<OpenAPI, Unreadable>> {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(STACK);
        thread.spawn_scoped(scope, || OpenAPI::deserialize(root).or_else(|_| again(root))).ok()?.join().ok()
    })
}

/// Looks for the place, which costs more than reading does.
fn again(root: &Value) -> Result<OpenAPI, Unreadable> {
    serde_path_to_error::deserialize(root).map_err(|error| {
        let mut pointer = Pointer::default();
        for segment in error.path() {
            match segment {
                Segment::Seq { index } => pointer.enter_index(*index),
                Segment::Map { key } => pointer.enter(key),
                Segment::Enum { .. } | Segment::Unknown => continue,
            };
        }
        Unreadable { pointer: pointer.as_str().to_owned(), why: error.inner().to_string() }
    })
}
