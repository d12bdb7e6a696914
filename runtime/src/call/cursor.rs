//! Where a walk through the pages of a list stands, and whether there is a next page. Knows no types and sends nothing.

use std::hash::{DefaultHasher, Hasher};

use http::StatusCode;

use super::request::Request;
use crate::error::{ApiError, RequestError};
use crate::operation::descriptor::PageParameters;

/// The query parameter that asks for the number of all items (`X-Total-Count`).
const COUNT: &str = "count";

/// Where a walk stands.
#[derive(Debug)]
pub(crate) struct Cursor {
    parameters: Option<PageParameters>,
    /// What could not be understood about the pages.
    wrong: Option<RequestError>,
    offset: u64,
    size: u64,
    /// How many items may still come.
    left: Option<u64>,
    /// How many pages may still come.
    pages_left: Option<u64>,
    /// Whether a page that is shorter than asked for is the last one.
    short_is_last: bool,
    /// Whether the request asks for the total, so that the walk may go by it.
    counted: bool,
    /// The number of all items, as the server said last.
    total: Option<u64>,
    /// How many items the page that is being asked for may hold.
    asked: u64,
    /// The page before, as a fingerprint of its bytes; `None` before the first one that has items.
    last: Option<u64>,
    done: bool,
}

/// The server sent the page before once more.
#[derive(Debug)]
pub(crate) struct Repeated;

impl Cursor {
    pub(crate) fn new(request: &Request) -> Self {
        let mut cursor = Self {
            parameters: request.operation().page,
            wrong: None,
            offset: 0,
            size: 0,
            left: None,
            pages_left: None,
            short_is_last: false,
            counted: request.has_query(COUNT, "true"),
            total: None,
            asked: 0,
            last: None,
            done: false,
        };
        match cursor.parameters {
            None => cursor.wrong = Some(RequestError::no_pages(request.operation())),
            Some(page) => {
                cursor.offset = cursor.number(request, page.offset).unwrap_or(0);
                cursor.size = cursor.number(request, page.limit).unwrap_or(u64::from(page.size));
                if cursor.size == 0 {
                    cursor.wrong = Some(RequestError::page(request.operation(), page.limit));
                }
            }
        }
        cursor
    }

    fn number(&mut self, request: &Request, name: &str) -> Option<u64> {
        match request.number(name)? {
            Ok(number) => Some(number),
            Err(error) => {
                self.wrong.get_or_insert(error);
                None
            }
        }
    }

    pub(crate) fn max_items(&mut self, items: u64) {
        self.left = Some(items);
    }

    pub(crate) fn max_pages(&mut self, pages: u64) {
        self.pages_left = Some(pages);
    }

    pub(crate) fn end_at_short_page(&mut self) {
        self.short_is_last = true;
    }

    /// The offset of the page that comes next.
    pub(crate) fn offset(&self) -> u64 {
        self.offset
    }

    /// How many items of the next page are wanted.
    pub(crate) fn wanted(&self) -> usize {
        self.left.and_then(|left| usize::try_from(left).ok()).unwrap_or(usize::MAX)
    }

    /// Whether no page with items has come yet.
    pub(crate) fn is_at_start(&self) -> bool {
        self.last.is_none()
    }

    /// Goes on after an error.
    pub(crate) fn resume(&mut self) {
        self.done = false;
    }

    /// Ends the walk.
    pub(crate) fn end(&mut self) {
        self.done = true;
    }

    /// The request for the next page; `None` if there is none.
    pub(crate) fn request(&mut self, template: &Request) -> Option<Result<Request, RequestError>> {
        if self.done || self.left == Some(0) || self.pages_left == Some(0) {
            return None;
        }
        if let Some(error) = &self.wrong {
            self.done = true;
            return Some(Err(error.clone()));
        }
        let page = self.parameters?;
        self.asked = self.left.map_or(self.size, |left| left.min(self.size));
        let mut request = template.clone();
        request.query(page.offset, &self.offset).query(page.limit, &self.asked);
        Some(Ok(request))
    }

    /// Takes note of a page that came: how many items of it are handed on, its bytes, and the total that came with it.
    ///
    /// # Errors
    ///
    /// If it is the page before once more; that ends the walk.
    pub(crate) fn advance(&mut self, items: u64, bytes: &[u8], total: Option<u64>) -> Result<(), Repeated> {
        self.done = true;
        let fingerprint = (items > 0).then(|| fingerprint(bytes));
        if fingerprint.is_some() && fingerprint == self.last {
            return Err(Repeated);
        }
        self.last = fingerprint.or(self.last);
        self.total = total.or(self.total);
        self.left = self.left.map(|left| left.saturating_sub(items));
        self.pages_left = self.pages_left.map(|pages| pages.saturating_sub(1));
        let Some(offset) = self.offset.checked_add(items) else {
            // No offset is behind the last one there is.
            self.offset = u64::MAX;
            return Ok(());
        };
        self.offset = offset;
        // A total below what came is not true, so only reaching it counts.
        let complete = self.counted && self.total == Some(self.offset);
        self.done = items == 0 || complete || (self.short_is_last && items < self.asked);
        Ok(())
    }

    /// Whether an error is how this server says that the page before was the last one: some return 400 for an offset that
    /// is behind the last item. The message has to say that of this parameter, and no total may say that there is more.
    pub(crate) fn is_end<E>(&self, error: &ApiError<E>) -> bool {
        let offset = self.parameters.map_or("offset", |page| page.offset);
        self.last.is_some()
            && error.status() == StatusCode::BAD_REQUEST
            && self.total.is_none_or(|total| self.offset >= total)
            && error.message().is_some_and(|message| refuses(message, offset))
    }
}

/// Whether a message says that the value of this parameter is out of range, in one of the phrases for it.
fn refuses(message: &str, parameter: &str) -> bool {
    const BEHIND: [&str; 8] = [
        " is invalid",
        " is out of range",
        " is too large",
        " is beyond",
        " is greater than",
        " must be less than",
        " must not exceed",
        " exceeds",
    ];
    let message = message.to_ascii_lowercase().replace(['"', '\'', '`'], "");
    let parameter = parameter.to_ascii_lowercase();
    message.match_indices(parameter.as_str()).any(|(place, _)| {
        let (before, rest) = (&message[..place], &message[place + parameter.len()..]);
        let is_word = !before.ends_with(|char: char| char.is_alphanumeric() || char == '_' || char == '-');
        let behind = BEHIND.iter().any(|phrase| rest.starts_with(phrase));
        is_word && (behind || (before.ends_with("invalid ") && !rest.starts_with(char::is_alphanumeric)))
    })
}

fn fingerprint(bytes: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write(bytes);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_offset_out_of_range_is_told_from_anything_else_about_offsets() {
        for message in [
            "400.1.3: The \"offset\" is invalid.",
            "offset is invalid",
            "'offset' must not exceed 250",
            "`Offset` is out of range",
            "Invalid offset",
        ] {
            assert!(refuses(message, "offset"), "{message}");
        }
        for message in [
            "",
            "offset",
            "the filters are invalid at offset 7",
            "\"offset\" and \"filters\" are invalid together",
            "the time zone's \"offset\" is missing",
            "the utc-offset is invalid",
            "invalid offsetting",
        ] {
            assert!(!refuses(message, "offset"), "{message}");
        }
    }
}
