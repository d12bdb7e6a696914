//! How to use a client in production: configuration, errors, retry, paging, bodies, seeing, testing.
//!
//! The operations themselves are in the crates that are generated on top of this one; the examples here leave them out.
//!
//! # Configuration
//!
//! A client needs a base URL and credentials; everything else has a default that is meant for production:
//!
//! ```no_run
//! use std::time::Duration;
//! use openapi_client_runtime::{Client, RateLimit, RetryPolicy};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let client = Client::builder()
//!     .base_url("https://api.example.com")
//!     .client_credentials(std::env::var("CLIENT_ID")?, std::env::var("CLIENT_SECRET")?)
//!     .user_agent("acme-audit/1.4")
//!     .attempt_timeout(Duration::from_secs(30))
//!     .timeout(Duration::from_secs(300))
//!     .retry(RetryPolicy::new().attempts(6).budget(Duration::from_secs(180)))
//!     .rate_limit(RateLimit::new(100, Duration::from_secs(10)))
//!     .build()?;
//! # Ok(())
//! # }
//! ```
//!
//! A client is cheap to clone; all clones share connections, token and limits. The access token is fetched by one caller
//! while the others wait, renewed before it expires, and once more if the API refuses it. Credentials are never sent over
//! plain `http` to another machine unless [`allow_plain_http`](crate::ClientBuilder::allow_plain_http) says so, and never to
//! another host by a redirect.
//!
//! # Errors
//!
//! [`Error`](crate::Error) says at which stage a call failed. [`ApiError`](crate::ApiError) has status, headers, bytes, the
//! typed body and the tracking id; [`DecodeError`](crate::DecodeError) keeps the bytes of a response that is not what
//! it should be. Nothing that is printed holds a credential, a query or a body of yours; an error does show the message that
//! the API sent.
//!
//! ```
//! use openapi_client_runtime::{Error, ErrorBody, StatusCode};
//!
//! fn what_to_do<E: ErrorBody>(error: &Error<E>) -> &'static str {
//!     match error {
//!         Error::Api(error) if error.status() == StatusCode::NOT_FOUND => "there is no such thing",
//!         Error::Api(_) => "ask the administrator, with the tracking id",
//!         Error::Auth(_) => "check the credentials",
//!         Error::Transport(error) if error.is_timeout() => "try again later",
//!         _ => "report a bug",
//!     }
//! }
//! ```
//!
//! # Retry and rate
//!
//! | what happened | retried for |
//! |---|---|
//! | no connection came about | every method |
//! | 429 | every method, after what `Retry-After` asks for, up to a cap |
//! | 502, 503, 504, a broken connection, an attempt out of time | GET, HEAD, OPTIONS, PUT, DELETE |
//! | 401 | every method, once, with a new token |
//! | any other status, TLS that is not acceptable, a file that cannot be read, an HTTP client of yours that followed a redirect to another host | never |
//!
//! [`RetryPolicy`](crate::RetryPolicy) sets waits, attempts and budget, and adds statuses.
//! [`Request::repeatable`](crate::Request::repeatable), reached through an operation's `request_mut()`, says for one call
//! that it may be sent twice. A [`RateLimit`](crate::RateLimit) keeps the client below the server's own limit.
//!
//! All clones of a client share what they spend on retries
//! ([`RetryPolicy::shared_tokens`](crate::RetryPolicy::shared_tokens)), so that many calls together do not keep a server down
//! that is struggling, and a 429 that one of them waits out holds the others back. A server that asks for a longer wait than
//! the policy allows fails the call at once; [`Error::retry_after`](crate::Error::retry_after) says for how long. Credentials
//! that the token endpoint refuses are not tried again for ten seconds.
//!
//! A single call can differ from its client: `with_attempt_timeout`, `with_timeout`, `with_attempts`, `with_repeatable`,
//! `with_header` and `with_max_body` are chained before it is awaited or streamed.
//!
//! # Paging
//!
//! An operation with pages has `stream()`, for [`Items`](crate::Items), and `pages()`, for [`Pages`](crate::Pages). One page
//! is in memory at a time, and none is asked for before it is wanted. An error ends the walk; `offset()` says where, and
//! `resume()` goes on there.
//!
//! ```
//! use openapi_client_runtime::{Error, ErrorBody, Items, Value};
//!
//! async fn count<E: ErrorBody>(mut items: Items<Value, E>) -> Result<usize, Error<E>> {
//!     let mut count = 0;
//!     while let Some(item) = items.next().await {
//!         item?;
//!         count += 1;
//!     }
//!     Ok(count)
//! }
//! ```
//!
//! # Operations that the description lacks
//!
//! [`Operation::new`](crate::Operation::new) describes any path of the server, and
//! [`Client::request`](crate::Client::request) calls it with the client's credentials, limits, retries and pages. What comes
//! back has the type that you name; the error's body can be that of a generated API (`v2025::ErrorBody`).
//!
//! ```no_run
//! use openapi_client_runtime::{Api, Client, Error, ErrorBody, Json, Method, Operation, PageParameters, Value};
//!
//! static API: Api = Api::new(); // or that of a generated crate: `v2025::API`
//! static GET_SOURCE: Operation = Operation::new(&API, "getSource", Method::GET, "/v2025/sources/{id}");
//! static LIST_SOURCES: Operation = Operation::new(&API, "listSources", Method::GET, "/v2025/sources")
//!     .paged(PageParameters { offset: "offset", limit: "limit", size: 250 });
//!
//! async fn names<E: ErrorBody>(client: &Client) -> Result<(), Error<E>> {
//!     let mut request = client.request(&GET_SOURCE);
//!     request.path("id", &"2c91808a");
//!     let source = request.send::<Json<Value>, E>().await?;
//!     println!("{} {}", source.status(), source.body()["name"]);
//!
//!     let mut sources = client.request(&LIST_SOURCES).items::<Value, E>();
//!     while let Some(source) = sources.next().await {
//!         println!("{}", source?["name"]);
//!     }
//!     Ok(())
//! }
//! ```
//!
//! # Properties that the description lacks
//!
//! Every object keeps what it has no field for in its field `extra`, and sends it again. With the trait
//! [`Object`](crate::model::Object) in scope, [`with_extra`](crate::model::Object::with_extra) adds such a property beside
//! the setters:
//!
//! ```
//! use openapi_client_runtime::JsonObject;
//! use openapi_client_runtime::model::Object;
//!
//! #[derive(Debug)]
//! struct Change {
//!     path: Option<String>,
//!     extra: JsonObject,
//! }
//! # openapi_client_runtime::object! { Change { "path" => path, } }
//!
//! let change = Change { path: Some("/b".to_owned()), extra: JsonObject::new() }.with_extra("from", "/a");
//! assert_eq!(serde_json::to_string(&change)?, r#"{"path":"/b","from":"/a"}"#);
//! # Ok::<(), serde_json::Error>(())
//! ```
//!
//! The field of a declared property is an `Option`. A property that was received as `null` is remembered in `extra` and sent
//! as `null` again; `with_extra("note", Value::Null)` sends it as `null` on purpose, which many servers read as "clear it".
//!
//! # Uploads and downloads
//!
//! A [`FilePart`](crate::FilePart) from a path is read while it is sent, and again on a retry; a [`Form`](crate::Form) holds
//! several. The time for an attempt begins anew as long as an upload gets on. A [`Download`](crate::Download) arrives chunk by
//! chunk; other responses are held in memory, up to [`max_body`](crate::ClientBuilder::max_body).
//!
//! ```
//! use openapi_client_runtime::{FilePart, Form, RequestError};
//!
//! fn form() -> Result<Form, RequestError> {
//!     # return Ok(Form::new());
//!     Ok(Form::new().file("file", FilePart::from_path("translations.properties")?).text("note", "for review"))
//! }
//! # form().unwrap();
//! ```
//!
//! # Seeing
//!
//! Each call is a `tracing` span `call` of the target `openapi_client`, with the field names of OpenTelemetry's conventions for
//! HTTP clients, and an event for each retry and each token. A [`Middleware`](crate::Middleware) sees every attempt.
//!
//! # Testing your program
//!
//! A [`Transport`](crate::Transport) takes the place of the network:
//!
//! ```
//! use openapi_client_runtime::{Body, BoxFuture, Client, Transport, TransportError, http};
//!
//! struct Always(&'static str);
//!
//! impl Transport for Always {
//!     fn send(&self, _: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
//!         Box::pin(async { Ok(http::Response::new(Body::from(self.0))) })
//!     }
//! }
//!
//! # fn main() -> Result<(), openapi_client_runtime::ConfigError> {
//! let client = Client::builder().base_url("https://api.example.com").anonymous().transport(Always(r#"{"name":"a"}"#)).build()?;
//! # let _ = client;
//! # Ok(())
//! # }
//! ```
//!
//! # Without async
//!
//! With the feature `blocking`, `blocking::Wait` adds `.wait()` to everything that can be awaited, and `blocking::WaitEach`
//! adds `.wait_each()` to streams.
