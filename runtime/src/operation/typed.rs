//! An operation together with the type of its response, for test kits.

use std::fmt;
use std::marker::PhantomData;

use super::Operation;

/// An operation, and what decodes its response: `Json<ConnectorDetail>`, `Text`, ….
///
/// In generated crates each request has one: `GetConnector::OPERATION`.
pub struct TypedOperation<D> {
    operation: &'static Operation,
    response: PhantomData<fn() -> D>,
}

impl<D> TypedOperation<D> {
    /// Says what decodes the response of an operation. Generated code uses this.
    pub const fn new(operation: &'static Operation) -> Self {
        Self { operation, response: PhantomData }
    }

    /// The operation.
    pub fn operation(&self) -> &'static Operation {
        self.operation
    }
}

impl<D> Clone for TypedOperation<D> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<D> Copy for TypedOperation<D> {}

impl<D> fmt::Debug for TypedOperation<D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("TypedOperation").field(&self.operation.id).finish()
    }
}
