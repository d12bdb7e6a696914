//! `api METHOD PATH`: a request that no catalog describes.

use clap::ArgMatches;
use runtime::{Method, Operation, PageParameters};

use crate::failure::{Ending, Failure};
use crate::program::Program;
use crate::send;

/// What is turned to page where nothing is known about a list: the names that most APIs use, and a size that most allow.
const PAGE: PageParameters = PageParameters { offset: "offset", limit: "limit", size: 250 };

pub(super) fn run(program: &'static Program, matches: &ArgMatches) -> Result<(), Ending> {
    let text = |name: &str| matches.get_one::<String>(name).map_or("", String::as_str);
    let method = Method::from_bytes(text("method").to_ascii_uppercase().as_bytes())
        .map_err(|_| Failure::usage(format!("`{}` is no HTTP method", text("method"))))?;
    let (path, query) = text("path").split_once('?').unwrap_or((text("path"), ""));
    if !path.starts_with('/') {
        // A token is never sent to a host that somebody pasted.
        return Err(Failure::usage(format!(
            "`{path}` is not a path: a path begins with a slash; the host comes from --base-url"
        ))
        .into());
    }
    if path.contains(['{', '}']) {
        return Err(Failure::usage("the path has a parameter in braces: put its value there").into());
    }
    // Operations are constants everywhere else; this one lives as long as the process, which makes one call.
    let operation: &'static Operation = Box::leak(Box::new(Operation {
        api: program.api(),
        id: "api",
        method,
        path: Box::leak(path.to_owned().into_boxed_str()),
        accept: "application/json, */*;q=0.5",
        page: Some(PAGE),
    }));
    send::path(program, operation, query, matches)
}
