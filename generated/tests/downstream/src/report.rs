//! What is printed about a call.

use std::fmt::Debug;

use sailpoint_connectors::serde::Serialize;
use sailpoint_connectors::{Error, Operation, Response, serde_json};

/// How the calls went so far.
#[derive(Default)]
pub struct Report {
    pub called: u32,
    pub failed: u32,
}

impl Report {
    /// Prints a line: the operation, and what came back.
    pub fn add<T: Serialize, E: Debug>(&mut self, operation: &Operation, result: Result<Response<T>, Error<E>>) {
        self.called += 1;
        let (verdict, what) = match result {
            Ok(answer) => {
                let body = serde_json::to_string(answer.body()).unwrap_or_else(|error| error.to_string());
                let total = answer.total_count().map(|total| format!(" ({total} in all)")).unwrap_or_default();
                ("ok", format!("{}{total} {body}", answer.status()))
            }
            Err(error) => {
                self.failed += 1;
                ("FAILED", error.to_string())
            }
        };
        println!("{verdict} {} {} {}: {what}", operation.id, operation.method, operation.path);
    }
}

/// Sends a call and adds it to a report.
#[macro_export]
macro_rules! call {
    ($report:ident, $call:expr) => {{
        let mut call = $call;
        let operation = call.request_mut().operation();
        $report.add(operation, call.send().await);
    }};
}
