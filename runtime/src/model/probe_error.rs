//! Why a value is not of the type that it was probed for, and where in it.

use std::fmt;

use super::path::{self, Step};

/// The error of a probe whose type does not fit.
#[derive(Debug)]
pub(super) struct ProbeError {
    message: Box<str>,
    /// The way to the part of the value that does not fit, from the end.
    steps: Vec<Step>,
}

impl ProbeError {
    /// The same error, seen from the value that contains the one where it occurred.
    pub(super) fn within(mut self, step: Step) -> Self {
        self.steps.push(step);
        self
    }
}

impl serde::de::Error for ProbeError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self { message: message.to_string().into(), steps: Vec::new() }
    }
}

impl fmt::Display for ProbeError {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.steps.is_empty() {
            to.write_str("in `")?;
            path::write(to, self.steps.iter().rev())?;
            to.write_str("`: ")?;
        }
        to.write_str(&self.message)
    }
}

impl std::error::Error for ProbeError {}
