//! What generated code says about an operation's builder, instead of writing it out for each.

/// Makes a builder sendable: `send()`, `.await`, `request_mut()`, and the options of a single call.
///
/// `operation!(GetConnector = GET_CONNECTOR -> Json<ConnectorDetail>, ErrorBody)` stands beside
/// `struct GetConnector { request: Request }` and `static GET_CONNECTOR: Operation`.
#[doc(hidden)]
#[macro_export]
macro_rules! operation {
    ($builder:ident $(= $operation:ident)? -> $decoder:ty, $error:ty) => {
        impl $builder {
            $(
                /// The operation that is called, with the type of its response: what stubs of tests are made for.
                pub const OPERATION: $crate::TypedOperation<$decoder> = $crate::TypedOperation::new(&$operation);
            )?

            /// Sends the call. The response holds status, headers and body; `.await` the builder itself for the body only.
            ///
            /// # Errors
            ///
            /// If the call fails, in one of the ways that [`Error`]($crate::Error) lists.
            pub fn send(self) -> $crate::Sending<$decoder, $error> {
                self.request.send()
            }

            /// The request that will be sent, to set what the API's description does not know: time limits, the number
            /// of attempts, further headers and parameters.
            pub fn request_mut(&mut self) -> &mut $crate::Request {
                &mut self.request
            }

            /// The longest that one attempt of this call may take, instead of the client's setting.
            pub fn with_attempt_timeout(mut self, timeout: ::core::time::Duration) -> Self {
                self.request.attempt_timeout(timeout);
                self
            }

            /// The longest that this call may take in all, instead of the client's setting. For a list: each page.
            pub fn with_timeout(mut self, timeout: ::core::time::Duration) -> Self {
                self.request.timeout(timeout);
                self
            }

            /// How often this call may be sent at most, instead of the client's setting. One: no retries.
            pub fn with_attempts(mut self, attempts: u32) -> Self {
                self.request.attempts(attempts);
                self
            }

            /// Whether this call may be sent again when the server may already have acted on it, whatever its method.
            pub fn with_repeatable(mut self, repeatable: bool) -> Self {
                self.request.repeatable(repeatable);
                self
            }

            /// A further header, in place of its former value.
            pub fn with_header(mut self, name: &str, value: impl ::core::fmt::Display) -> Self {
                self.request.header(name, &value);
                self
            }

            /// How many bytes of a response may be held in memory, instead of the client's setting.
            pub fn with_max_body(mut self, bytes: usize) -> Self {
                self.request.max_body(bytes);
                self
            }
        }

        impl ::std::future::IntoFuture for $builder {
            type Output = <$crate::Call<$decoder, $error> as ::std::future::Future>::Output;
            type IntoFuture = $crate::Call<$decoder, $error>;

            fn into_future(self) -> Self::IntoFuture {
                self.send().into()
            }
        }
    };
}

/// Makes the builder of an operation that offers its response as a stream of events too ask for that: `send_for_events()`.
///
/// `event_operation!(CreateResponse, ErrorBody)` stands beside [`operation!`](crate::operation!) for the same builder.
#[doc(hidden)]
#[macro_export]
macro_rules! event_operation {
    ($builder:ident, $error:ty) => {
        impl $builder {
            /// Sends the call, and asks for a stream of events (`text/event-stream`, HTML Living Standard, section 9.2).
            ///
            /// The body is the text of the events, handed over while it arrives. Whether the server sends events may
            /// depend on a parameter or a member of the body too.
            ///
            /// # Errors
            ///
            /// If the call fails, in one of the ways that [`Error`]($crate::Error) lists.
            pub fn send_for_events(mut self) -> $crate::Sending<$crate::Binary, $error> {
                self.request.header("accept", &"text/event-stream");
                self.request.send()
            }
        }
    };
}

/// Makes an enum what an operation returns: a row for each status with the variant that it is, and how its body is
/// read. `Other(Bytes)`, understood, keeps the body of any other success.
///
/// `by_status! { AddThingResponse { 200 => Ok(Json<Thing>), 202 => Accepted(Json<Queued>), 204 => NoContent, } }`
#[doc(hidden)]
#[macro_export]
macro_rules! by_status {
    ($name:ident { $($status:pat => $variant:ident $(($decoder:ty))?,)* }) => {
        impl $crate::ResponseBody for $name {
            type Output = Self;

            fn decode(response: &mut $crate::RawResponse) -> ::core::result::Result<Self, $crate::DecodeReason> {
                match response.status().as_u16() {
                    $($status => $crate::by_status!(@read response, $variant $(, $decoder)?),)*
                    _ => ::core::result::Result::Ok(Self::Other(response.bytes().clone())),
                }
            }
        }
    };
    (@read $response:ident, $variant:ident) => {
        ::core::result::Result::Ok(Self::$variant)
    };
    (@read $response:ident, $variant:ident, $decoder:ty) => {
        <$decoder as $crate::ResponseBody>::decode($response).map(Self::$variant)
    };
}

/// Makes the builder of an operation with pages walk through them: `stream()` and `pages()`.
///
/// `paged_operation!(GetConnectorList -> V3ConnectorDto, ErrorBody)` stands beside [`operation!`](crate::operation!) for
/// the same builder, whose operation returns a JSON array of the named type.
#[doc(hidden)]
#[macro_export]
macro_rules! paged_operation {
    ($builder:ident -> $item:ty, $error:ty) => {
        impl $builder {
            /// All items of all pages, one after the other; a page is asked for when its first item is.
            ///
            /// Starts at the offset that was set, in pages of the limit that was set, else of the largest that the API
            /// allows.
            pub fn stream(self) -> $crate::Items<$item, $error> {
                self.request.items()
            }

            /// All pages, one after the other, with their status and headers; each is asked for when it is wanted.
            pub fn pages(self) -> $crate::Pages<$item, $error> {
                self.request.pages()
            }
        }
    };
}
