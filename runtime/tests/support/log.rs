//! A `tracing` subscriber that writes everything that a thread tells it into one text.
//!
//! One subscriber serves the whole process, because `tracing` remembers who listens to what for the process, not for each
//! thread; what it is told goes to the log of the thread that it comes from.

use std::cell::RefCell;
use std::fmt::{Debug, Write};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, Once};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

thread_local! {
    static CURRENT: RefCell<Option<Log>> = const { RefCell::new(None) };
}

/// What was recorded: `span 1 target name; field=value; …`, `record 1 …` and `event …`, a line each.
#[derive(Clone, Default)]
pub struct Log {
    text: Arc<Mutex<String>>,
    spans: Arc<AtomicU64>,
}

/// Ends a log when it is dropped.
pub struct Guard(());

impl Drop for Guard {
    fn drop(&mut self) {
        CURRENT.set(None);
    }
}

impl Log {
    /// Records everything of this thread until the guard is dropped.
    pub fn start() -> (Self, Guard) {
        static INSTALL: Once = Once::new();
        INSTALL.call_once(|| tracing::subscriber::set_global_default(Everyone).unwrap());
        let log = Self::default();
        CURRENT.set(Some(log.clone()));
        (log, Guard(()))
    }

    pub fn text(&self) -> String {
        self.text.lock().unwrap().clone()
    }

    /// The lines of our own target.
    pub fn ours(&self) -> Vec<String> {
        self.text().lines().filter(|line| line.contains(" openapi_client ")).map(str::to_owned).collect()
    }
}

/// Writes a line into the log of this thread, if it has one.
fn line(start: String, fill: impl FnOnce(&mut Line)) {
    let Some(log) = CURRENT.with_borrow(Clone::clone) else { return };
    let mut line = Line(start);
    fill(&mut line);
    let mut text = log.text.lock().unwrap();
    text.push_str(&line.0);
    text.push('\n');
}

struct Line(String);

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        write!(self.0, "; {}={value:?}", field.name()).unwrap();
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        write!(self.0, "; {}={value}", field.name()).unwrap();
    }
}

/// The subscriber of all threads.
struct Everyone;

impl Subscriber for Everyone {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let number = CURRENT.with_borrow(|log| log.as_ref().map(|log| log.spans.fetch_add(1, Ordering::SeqCst)));
        let id = number.unwrap_or_default() + 1;
        let start = format!("span {id} {} {}", span.metadata().target(), span.metadata().name());
        line(start, |line| span.record(line));
        Id::from_u64(id)
    }

    fn record(&self, span: &Id, values: &Record<'_>) {
        line(format!("record {} openapi_client ", span.into_u64()), |line| values.record(line));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let metadata = event.metadata();
        line(format!("event {} {} ", metadata.level(), metadata.target()), |line| event.record(line));
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}
