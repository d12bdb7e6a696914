//! Walking through the pages of a list, one page in memory at a time.

use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::vec;

use futures_core::Stream;
use http::StatusCode;
use serde::de::DeserializeOwned;

use super::future::Sending;
use super::request::Request;
use super::response::{Json, Response};
use crate::error::{ApiError, Error, ErrorBody, RequestError};
use crate::operation::descriptor::PageParameters;

type PageCall<T, E> = Sending<Json<Vec<T>>, E>;
type Page<T, E> = Result<Response<Vec<T>>, Error<E>>;

/// All pages of a list, one after the other.
///
/// A [`Stream`]; [`next`](Self::next) needs no stream library. Each page is asked for when it is wanted, and no page
/// before that. Dropping it ends everything.
#[must_use = "nothing is sent until the first page is asked for"]
pub struct Pages<T, E> {
    request: Request,
    cursor: Cursor,
    call: Option<PageCall<T, E>>,
}

/// Where the walk stands. Knows no types.
#[derive(Debug)]
struct Cursor {
    parameters: Option<PageParameters>,
    /// What could not be understood about the pages.
    wrong: Option<RequestError>,
    offset: u64,
    size: u64,
    /// How many items may still come.
    left: Option<u64>,
    total: Option<u64>,
    /// How many items the page that is being asked for may hold.
    asked: u64,
    /// Whether the last page was as long as asked, so that only an empty or missing next page can be the end.
    full: bool,
    done: bool,
}

impl Cursor {
    fn new(request: &Request) -> Self {
        let mut cursor = Self {
            parameters: request.operation().page,
            wrong: None,
            offset: 0,
            size: 0,
            left: None,
            total: None,
            asked: 0,
            full: false,
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

    /// The request for the next page; `None` if there is none.
    fn request(&mut self, template: &Request) -> Option<Result<Request, RequestError>> {
        if self.done || self.left == Some(0) {
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

    /// Takes note of a page that came.
    fn advance(&mut self, items: u64, total: Option<u64>) {
        self.total = total.or(self.total);
        self.offset += items;
        self.left = self.left.map(|left| left.saturating_sub(items));
        self.full = items >= self.asked;
        self.done = items == 0
            || match self.total {
                Some(total) => self.offset >= total,
                None => !self.full,
            };
    }

    /// Whether an error is how this server says that the page before was the last one: after a page that was exactly
    /// full, some answer 400 for the next offset.
    fn is_end<E>(&self, error: &ApiError<E>) -> bool {
        let offset = self.parameters.map_or("offset", |page| page.offset);
        self.full
            && error.status() == StatusCode::BAD_REQUEST
            && self.total.is_none_or(|total| self.offset >= total)
            && (error.bytes().is_empty() || error.text().to_ascii_lowercase().contains(offset))
    }
}

impl<T, E> Pages<T, E> {
    pub(crate) fn new(request: Request) -> Self {
        Self { cursor: Cursor::new(&request), request, call: None }
    }

    /// Ends after this many items in all.
    pub fn max_items(mut self, items: u64) -> Self {
        self.cursor.left = Some(items);
        self
    }

    /// The offset of the page that comes next. After an error: of the page that failed.
    pub fn offset(&self) -> u64 {
        self.cursor.offset
    }

    /// Goes on at [`offset`](Self::offset) after an error, which otherwise ends the walk.
    pub fn resume(&mut self) {
        self.cursor.done = false;
    }
}

impl<T: DeserializeOwned + Send + 'static, E: ErrorBody> Pages<T, E> {
    /// The next page; `None` after the last, and after an error.
    ///
    /// # Errors
    ///
    /// If the page cannot be had; [`resume`](Self::resume) tries it again.
    pub async fn next(&mut self) -> Option<Page<T, E>> {
        std::future::poll_fn(|context| self.poll_page(context)).await
    }

    fn poll_page(&mut self, context: &mut Context<'_>) -> Poll<Option<Page<T, E>>> {
        let call = match &mut self.call {
            Some(call) => call,
            empty => match self.cursor.request(&self.request) {
                None => return Poll::Ready(None),
                Some(Err(error)) => return Poll::Ready(Some(Err(error.into()))),
                Some(Ok(request)) => empty.insert(request.send()),
            },
        };
        let mut page = ready!(Pin::new(call).poll(context));
        self.call = None;
        match &mut page {
            Ok(page) => {
                // Some servers send more than they are asked for.
                let left = self.cursor.left.and_then(|left| usize::try_from(left).ok()).unwrap_or(usize::MAX);
                page.body_mut().truncate(left);
                self.cursor.advance(page.body().len() as u64, page.total_count());
            }
            Err(error) => {
                self.cursor.done = true;
                if matches!(error, Error::Api(error) if self.cursor.is_end(error)) {
                    return Poll::Ready(None);
                }
            }
        }
        Poll::Ready(Some(page))
    }
}

impl<T: DeserializeOwned + Send + 'static, E: ErrorBody> Stream for Pages<T, E> {
    type Item = Page<T, E>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_page(context)
    }
}

impl<T, E> fmt::Debug for Pages<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").field("request", &self.request).field("cursor", &self.cursor).finish()
    }
}

/// All items of a list, one after the other, whatever page they stand on.
///
/// A [`Stream`]; [`next`](Self::next) and [`try_collect`](Self::try_collect) need no stream library. One page at a time
/// is in memory. Dropping it ends everything.
#[must_use = "nothing is sent until the first item is asked for"]
pub struct Items<T, E> {
    pages: Pages<T, E>,
    page: vec::IntoIter<T>,
    types: PhantomData<fn() -> E>,
}

impl<T, E> Items<T, E> {
    pub(crate) fn new(request: Request) -> Self {
        Self { pages: Pages::new(request), page: Vec::new().into_iter(), types: PhantomData }
    }

    /// Ends after this many items in all.
    pub fn max_items(mut self, items: u64) -> Self {
        self.pages = self.pages.max_items(items);
        self
    }

    /// The offset of the item that comes next.
    pub fn offset(&self) -> u64 {
        self.pages.offset() - self.page.len() as u64
    }

    /// Goes on at [`offset`](Self::offset) after an error, which otherwise ends the walk.
    pub fn resume(&mut self) {
        self.pages.resume();
    }
}

impl<T: DeserializeOwned + Send + 'static, E: ErrorBody> Items<T, E> {
    /// The next item; `None` after the last, and after an error.
    ///
    /// # Errors
    ///
    /// If the next page cannot be had; [`resume`](Self::resume) tries it again.
    pub async fn next(&mut self) -> Option<Result<T, Error<E>>> {
        std::future::poll_fn(|context| self.poll_item(context)).await
    }

    /// All items that are left, in memory.
    ///
    /// # Errors
    ///
    /// The first error of a page; the items before it are lost.
    pub async fn try_collect(mut self) -> Result<Vec<T>, Error<E>> {
        let mut all = Vec::new();
        while let Some(item) = self.next().await {
            all.push(item?);
        }
        Ok(all)
    }

    fn poll_item(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<T, Error<E>>>> {
        loop {
            if let Some(item) = self.page.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            // The old page's memory is given back before the next one comes.
            self.page = Vec::new().into_iter();
            match ready!(self.pages.poll_page(context)) {
                None => return Poll::Ready(None),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                Some(Ok(page)) => self.page = page.into_body().into_iter(),
            }
        }
    }
}

/// No item is ever pinned in place.
impl<T, E> Unpin for Items<T, E> {}

impl<T: DeserializeOwned + Send + 'static, E: ErrorBody> Stream for Items<T, E> {
    type Item = Result<T, Error<E>>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_item(context)
    }
}

impl<T, E> fmt::Debug for Items<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items").field("pages", &self.pages).field("in_memory", &self.page.len()).finish()
    }
}
