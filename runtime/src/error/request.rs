//! Requests that cannot be made: nothing was sent.

use std::error::Error as StdError;
use std::fmt;
use std::path::Path;
use std::sync::Arc;

use super::cause::BoxError;
use super::chain;
use crate::operation::descriptor::Operation;
use crate::operation::url::UrlError;

/// A request that could not be made: a parameter, a body or a file is not usable. Nothing was sent.
///
/// The text names the parameter or the file, and never repeats a value.
#[derive(Clone)]
pub struct RequestError {
    message: Arc<str>,
    source: Option<Arc<dyn StdError + Send + Sync>>,
}

impl RequestError {
    fn new(message: impl Into<Arc<str>>) -> Self {
        Self { message: message.into(), source: None }
    }

    fn because(message: impl Into<Arc<str>>, source: impl Into<BoxError>) -> Self {
        Self { message: message.into(), source: Some(Arc::from(source.into())) }
    }

    pub(crate) fn unprintable(name: &str) -> Self {
        UrlError::Unprintable(name.to_owned()).into()
    }

    pub(crate) fn header(name: &str) -> Self {
        Self::new(format!(
            "the header `{name}` cannot be sent: its name or value holds characters that HTTP does not allow"
        ))
    }

    pub(crate) fn body(operation: &'static Operation, source: impl Into<BoxError>) -> Self {
        Self::because(format!("{operation}: the body could not be written as JSON"), source)
    }

    pub(crate) fn patch_value(source: impl Into<BoxError>) -> Self {
        Self::because("the value of an operation of a JSON Patch cannot be sent", source)
    }

    pub(crate) fn two_bodies(operation: &'static Operation) -> Self {
        Self::new(format!("{operation}: a request has one body, either a form or something else"))
    }

    pub(crate) fn file(path: &Path, source: std::io::Error) -> Self {
        Self::because(format!("the file {} cannot be sent", path.display()), source)
    }

    pub(crate) fn not_a_file(path: &Path) -> Self {
        Self::new(format!("{} cannot be sent: it is not a regular file", path.display()))
    }

    pub(crate) fn page(operation: &'static Operation, name: &str) -> Self {
        let least = match operation.page {
            Some(page) if page.offset == name => "a whole number, zero or more,",
            _ => "a whole number above zero",
        };
        Self::new(format!("{operation}: pages need {least} in `{name}`, or no value at all"))
    }

    pub(crate) fn outside_tokio() -> Self {
        Self::new(
            "this needs a Tokio runtime: await it inside of one (`#[tokio::main]`, `Runtime::block_on`), or use `wait()` of \
             the feature `blocking`",
        )
    }

    pub(crate) fn no_pages(operation: &'static Operation) -> Self {
        Self::new(format!("{operation} has no pages"))
    }

    pub(crate) fn middleware(operation: &'static Operation, source: BoxError) -> Self {
        Self::because(format!("{operation}: a middleware refused the request"), source)
    }
}

impl From<UrlError> for RequestError {
    fn from(error: UrlError) -> Self {
        Self::new(match error {
            UrlError::Empty(name) => format!("the path parameter `{name}` cannot be used: it is empty"),
            UrlError::Dots(name) => {
                format!("the path parameter `{name}` cannot be used: `.` and `..` would name another resource")
            }
            UrlError::Unprintable(name) => format!("the value of the parameter `{name}` failed to print itself"),
            UrlError::Missing(operation, name) => format!("{operation}: the path parameter `{name}` was not given"),
            UrlError::Template(operation) => format!("{operation}: the path template has a `{{` without a `}}`"),
            UrlError::Invalid(operation) => format!("{operation}: base URL and path do not make a valid URL"),
        })
    }
}

impl fmt::Display for RequestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        chain::write(f, self.source())
    }
}

impl fmt::Debug for RequestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RequestError({self:#})")
    }
}

impl StdError for RequestError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_deref().map(|source| source as &(dyn StdError + 'static))
    }
}
