//! Calling an operation: the client, the request, and what becomes of the response.

mod client;
mod confirm;
mod curl;
mod dry;
mod watch;

use std::time::Duration;

use clap::ArgMatches;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, Method};
use runtime::catalog::Status;
use runtime::{Binary, Bytes, DecodeReason, Operation, Pages, RawResponse, Request, ResponseBody, RetryPolicy};
use serde_json::Value;

use crate::call::{self, Prepared};
use crate::failure::{AnyBody, Cause, Ending, Failure};
use crate::identity::Found;
use crate::index::Target;
use crate::output::Printer;
use crate::program::Program;
use crate::shell;

pub(crate) use client::{found, token};

/// How many items are asked for where completion needs some.
const LISTED: u64 = 250;

/// The body of a response, in memory.
struct Whole;

impl ResponseBody for Whole {
    type Output = Bytes;

    fn decode(response: &mut RawResponse) -> Result<Bytes, DecodeReason> {
        Ok(response.bytes().clone())
    }
}

/// Calls an operation of a catalog.
pub(crate) fn operation(program: &'static Program, target: &Target, matches: &ArgMatches) -> Result<(), Ending> {
    let paged = target.entry.operation.page.is_some() && wants_pages(matches);
    let build = |client: &runtime::Client| call::prepare(client, target, matches);
    let streamed = !is_json(target);
    let call = Call { program, matches, operation: target.entry.operation, target: Some(target), paged, streamed };
    call.run(&build)
}

/// Calls a path that no catalog describes.
pub(crate) fn path(
    program: &'static Program,
    operation: &'static Operation,
    query: &str,
    matches: &ArgMatches,
) -> Result<(), Ending> {
    let build = |client: &runtime::Client| {
        let mut request = client.request(operation);
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            request.query(decoded(name), &decoded(value));
        }
        call::further(&mut request, matches)?;
        call::whole_body(&mut request, matches)?;
        Ok(Prepared { request, sources: call::Sources::Text })
    };
    let paged = wants_pages(matches);
    Call { program, matches, operation, target: None, paged, streamed: false }.run(&build)
}

/// A value of a query as it was before it was encoded; the client core encodes it again.
fn decoded(text: &str) -> String {
    percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned()
}

fn wants_pages(matches: &ArgMatches) -> bool {
    let all = matches.try_get_one::<bool>("all").ok().flatten() == Some(&true);
    all || matches.try_get_one::<u64>("max-items").ok().flatten().is_some()
}

/// Whether the documented body of a success is JSON, or nothing.
fn is_json(target: &Target) -> bool {
    let success = |status: &Status| matches!(status, Status::Code(200..=299) | Status::Range(2));
    let mut successes = target.entry.responses.iter().filter(|response| success(&response.status));
    successes.all(|response| response.media_types.iter().all(|media| media.name.contains("json")))
}

/// Makes the request of a client.
type Build<'a> = dyn Fn(&runtime::Client) -> Result<Prepared, Failure> + 'a;

/// A call of one operation.
struct Call<'a> {
    program: &'static Program,
    matches: &'a ArgMatches,
    operation: &'static Operation,
    target: Option<&'a Target>,
    paged: bool,
    /// Whether the response is handed on while it arrives.
    streamed: bool,
}

impl Call<'_> {
    fn run(&self, build: &Build<'_>) -> Result<(), Ending> {
        // What is wrong with what was typed is said before anything else.
        let mut printer = Printer::new(self.matches, self.paged)?;
        let runtime = runtime()?;
        let (curl, dry) = (self.matches.get_flag("curl"), self.matches.get_flag("dry-run"));
        if curl || dry {
            return runtime.block_on(self.show(build, curl, &mut printer));
        }
        if self.operation.method == Method::DELETE {
            confirm::delete(self.matches, &self.place(build)?)?;
        }
        let client = client::build(client::found(self.program, self.matches)?, self.matches)?;
        let Prepared { request, .. } = build(&client)?;
        runtime.block_on(async {
            match self.paged {
                true => self.pages(request, &mut printer).await,
                false => self.once(request, &mut printer).await,
            }
        })?;
        printer.finish()
    }

    /// Prints the request.
    async fn show(&self, build: &Build<'_>, curl: bool, printer: &mut Printer) -> Result<(), Ending> {
        let found = client::found(self.program, self.matches)?;
        let (sent, sources) = dry::record(found, build).await?;
        let text = if curl { curl::command(&sent, &sources, self.program) } else { dry::shown(&sent, &sources) };
        printer.bytes(text.as_bytes())?;
        printer.flush()
    }

    /// Method and URL, for people.
    fn place(&self, build: &Build<'_>) -> Result<String, Ending> {
        let found = client::found(self.program, self.matches)?;
        let (sent, _) = runtime()?.block_on(dry::record(found, build))?;
        Ok(sent.line())
    }

    async fn once(&self, request: Request, printer: &mut Printer) -> Result<(), Ending> {
        if self.streamed {
            let response = request.send::<Binary, AnyBody>().await.map_err(Failure::from)?;
            let is_json = has_json(response.headers()) && !printer.is_raw();
            let (_, _, mut download) = response.into_parts();
            let mut all = Vec::new();
            while let Some(chunk) = download.chunk().await {
                let chunk = chunk.map_err(|error| Failure::from(runtime::Error::<AnyBody>::from(error)))?;
                if is_json || printer.buffers() { all.extend_from_slice(&chunk) } else { printer.bytes(&chunk)? }
            }
            return if is_json { self.json(&all, printer) } else { printer.text(&all) };
        }
        let response = request.send::<Whole, AnyBody>().await.map_err(Failure::from)?;
        let is_json = has_json(response.headers());
        match response.body() {
            bytes if bytes.is_empty() => Ok(()),
            bytes if printer.is_raw() => printer.bytes(bytes),
            bytes if is_json => self.json(bytes, printer),
            bytes => printer.text(bytes),
        }
    }

    fn json(&self, bytes: &[u8], printer: &mut Printer) -> Result<(), Ending> {
        let value: Value = serde_json::from_slice(bytes).map_err(|error| {
            Failure::new(Cause::Response, format!("{}: the response is not JSON: {error}", self.operation))
                .advise("`-o raw` prints it as it came")
        })?;
        self.remember(&value);
        printer.value(&value)
    }

    async fn pages(&self, request: Request, printer: &mut Printer) -> Result<(), Ending> {
        let mut pages: Pages<Value, AnyBody> = request.pages();
        if let Some(most) = self.matches.get_one::<u64>("max-items") {
            pages = pages.max_items(*most);
        }
        while let Some(page) = pages.next().await {
            let page = Value::Array(page.map_err(Failure::from)?.into_body());
            self.remember(&page);
            printer.value(&page)?;
        }
        Ok(())
    }

    /// Keeps what completion can offer later.
    fn remember(&self, value: &Value) {
        if let (Some(target), Ok(found)) = (self.target, client::found(self.program, self.matches)) {
            shell::remember(self.program, target, &found.base_url, value);
        }
    }
}

/// The first page of a list, within the time that somebody who waits for a completion has; `None` whatever goes wrong.
pub(crate) fn list_quietly(found: Found, operation: &'static Operation, patience: Duration) -> Option<Value> {
    let builder = found.builder.timeout(patience).connect_timeout(patience).retry(RetryPolicy::default().attempts(1));
    let client = builder.build().ok()?;
    let pages: Pages<Value, AnyBody> = client.request(operation).pages();
    let page = runtime().ok()?.block_on(async move { pages.max_items(LISTED).next().await })?;
    Some(Value::Array(page.ok()?.into_body()))
}

fn has_json(headers: &HeaderMap) -> bool {
    let said = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    // What says nothing is tried as JSON, which is what APIs send.
    said.is_none_or(|said| said.contains("json"))
}

/// What drives connections and timers.
pub(crate) fn runtime() -> Result<tokio::runtime::Runtime, Failure> {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::file("the asynchronous runtime cannot be started", &error))
}
