//! One attempt of a call: headers, redirects, reading the response within limits, middleware and traces.

pub(crate) mod answer;
pub(crate) mod attempt;
pub(crate) mod middleware;
pub(crate) mod receive;
pub(crate) mod trace;
