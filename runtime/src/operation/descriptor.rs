//! What generated code says about an operation: plain constants, one `static` per operation.

use std::fmt;

use http::Method;

use super::api::Api;

/// The constants of one operation of an API.
///
/// Generated code keeps one `static` per operation; everything that a call needs beside its parameters is here.
#[derive(Debug)]
pub struct Operation {
    /// The API that the operation belongs to.
    pub api: &'static Api,
    /// The operation's id in the OpenAPI document, for instance `getConnector`.
    pub id: &'static str,
    /// The HTTP method.
    pub method: Method,
    /// The path template, for instance `/v2025/connectors/{scriptName}`.
    pub path: &'static str,
    /// What is sent as `Accept`.
    pub accept: &'static str,
    /// Which query parameters turn the pages, if the operation has pages.
    pub page: Option<PageParameters>,
}

impl Operation {
    /// An operation that the API's description lacks, for [`Client::request`](crate::Client::request).
    ///
    /// `path` starts at the base URL and may have parameters in braces. The responses that it accepts are JSON, but others
    /// too.
    ///
    /// ```
    /// use openapi_client_runtime::{Api, Method, Operation, PageParameters};
    ///
    /// static API: Api = Api::new();
    /// static GET_SOURCE: Operation = Operation::new(&API, "getSource", Method::GET, "/v2025/sources/{id}");
    /// static LIST_SOURCES: Operation = Operation::new(&API, "listSources", Method::GET, "/v2025/sources")
    ///     .paged(PageParameters { offset: "offset", limit: "limit", size: 250 });
    ///
    /// assert_eq!(GET_SOURCE.to_string(), "getSource (GET /v2025/sources/{id})");
    /// assert!(LIST_SOURCES.page.is_some());
    /// ```
    pub const fn new(api: &'static Api, id: &'static str, method: Method, path: &'static str) -> Self {
        Self { api, id, method, path, accept: "application/json, */*;q=0.5", page: None }
    }

    /// The same operation, read page by page.
    #[must_use]
    pub const fn paged(mut self, page: PageParameters) -> Self {
        self.page = Some(page);
        self
    }
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({} {})", self.id, self.method, self.path)
    }
}

/// The query parameters by which an operation's pages are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageParameters {
    /// Name of the parameter that says how many items to skip.
    pub offset: &'static str,
    /// Name of the parameter that says how many items a page holds.
    pub limit: &'static str,
    /// Items per page when the caller does not say: the largest number that the API allows.
    pub size: u32,
}

/// How several values of one query parameter are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListStyle {
    /// `ids=a&ids=b` (OpenAPI: `form`, exploded).
    Multi,
    /// `ids=a,b` (OpenAPI: `form`, not exploded).
    Csv,
    /// `ids=a%20b` (OpenAPI: `spaceDelimited`).
    Ssv,
    /// `ids=a|b` (OpenAPI: `pipeDelimited`).
    Pipes,
}

/// How the members of an object are written in the query string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ObjectStyle {
    /// `filter[a]=1&filter[b]=2` (OpenAPI: `deepObject`); what is nested adds its own brackets, a list repeats the name.
    Deep,
    /// `a=1&b=2` (OpenAPI: `form`, exploded); a list repeats the name.
    Members,
    /// `filter=a,1,b,2` (OpenAPI: `form`, not exploded).
    Csv,
}

impl ObjectStyle {
    /// How a list is written where a parameter may be a list as well.
    pub(crate) fn of_list(self) -> ListStyle {
        match self {
            Self::Deep | Self::Members => ListStyle::Multi,
            Self::Csv => ListStyle::Csv,
        }
    }
}

impl ListStyle {
    /// What stands between two values in the encoded query; `None` if the name is repeated.
    pub(crate) fn separator(self) -> Option<&'static str> {
        match self {
            Self::Multi => None,
            Self::Csv => Some(","),
            Self::Ssv => Some("%20"),
            Self::Pipes => Some("%7C"),
        }
    }
}
