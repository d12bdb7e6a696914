//! Walking through the pages of a list, one page in memory at a time.

use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::vec;

use bytes::Bytes;
use futures_core::Stream;
use serde::de::DeserializeOwned;

use super::cursor::{Cursor, Repeated};
use super::future::Sending;
use super::request::Request;
use super::response::{Json, Response, ResponseBody};
use crate::error::{DecodeError, DecodeReason, Error, ErrorBody};
use crate::exchange::response::RawResponse;

type PageCall<T, E> = Sending<List<T>, E>;
type Page<T, E> = Result<Response<Vec<T>>, Error<E>>;

/// The body of a page: an array of items.
struct List<T>(PhantomData<fn() -> T>);

impl<T: DeserializeOwned + Send + 'static> ResponseBody for List<T> {
    /// The items, and the bytes that they came in: to tell whether the next page is another one.
    type Output = (Vec<T>, Bytes);

    fn decode(response: &mut RawResponse) -> Result<Self::Output, DecodeReason> {
        Ok((Json::decode(response)?, response.bytes().clone()))
    }
}

/// All pages of a list, one after the other.
///
/// A [`Stream`]; [`next`](Self::next) needs no stream library. Each page is asked for when it is wanted, and no page
/// before that. Dropping it ends everything.
///
/// The walk ends with an empty page, whatever the length of the pages before it: servers cap their pages, and some send
/// short ones in the middle. So a list costs one request more than it has pages, unless the call asks for the total
/// (`count(true)`) and reaches it, or [`end_at_short_page`](Self::end_at_short_page) is set. A server that ignores the
/// offset sends the same page again, which is an error ([`DecodeReason::RepeatedPage`]).
#[must_use = "nothing is sent until the first page is asked for"]
pub struct Pages<T, E> {
    request: Request,
    cursor: Cursor,
    call: Option<PageCall<T, E>>,
}

impl Request {
    /// All items of all pages, of an operation that has pages; see [`Pages`].
    pub fn items<T, E>(self) -> Items<T, E> {
        Items::new(self)
    }

    /// All pages, of an operation that has pages.
    pub fn pages<T, E>(self) -> Pages<T, E> {
        Pages::new(self)
    }
}

impl<T, E> Pages<T, E> {
    fn new(request: Request) -> Self {
        Self { cursor: Cursor::new(&request), request, call: None }
    }

    /// Ends after this many items in all.
    pub fn max_items(mut self, items: u64) -> Self {
        self.cursor.max_items(items);
        self
    }

    /// Ends after this many pages.
    pub fn max_pages(mut self, pages: u64) -> Self {
        self.cursor.max_pages(pages);
        self
    }

    /// Ends with the first page that holds fewer items than asked for. That saves the last request, but loses items where
    /// a server caps its pages below the limit that was asked for, or sends a short page in the middle.
    pub fn end_at_short_page(mut self) -> Self {
        self.cursor.end_at_short_page();
        self
    }

    /// The offset of the page that comes next. After an error: of the page that failed.
    pub fn offset(&self) -> u64 {
        self.cursor.offset()
    }

    /// Goes on at [`offset`](Self::offset) after an error, which otherwise ends the walk.
    pub fn resume(&mut self) {
        self.cursor.resume();
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
        let page = ready!(Pin::new(call).poll(context));
        self.call = None;
        match page {
            // The page behind the last one says nothing but that; the only page of an empty list is one.
            Ok(page) => match self.received(page) {
                Ok(page) if page.body().is_empty() && !self.cursor.is_at_start() => Poll::Ready(None),
                page => Poll::Ready(Some(page)),
            },
            Err(error) => {
                self.cursor.end();
                match &error {
                    Error::Api(refused) if self.cursor.is_end(refused) => Poll::Ready(None),
                    _ => Poll::Ready(Some(Err(error))),
                }
            }
        }
    }

    fn received(&mut self, page: Response<(Vec<T>, Bytes)>) -> Page<T, E> {
        let total = page.total_count();
        let (page, (mut items, bytes)) = page.split();
        // Some servers send more than they are asked for.
        items.truncate(self.cursor.wanted());
        let offset = self.cursor.offset();
        match self.cursor.advance(items.len() as u64, &bytes, total) {
            Ok(()) => Ok(page.with(items)),
            Err(Repeated) => {
                let failed = page.into_failed(self.request.operation(), bytes);
                Err(Error::Decode(Box::new(DecodeError::new(failed, DecodeReason::RepeatedPage { offset }))))
            }
        }
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
/// is in memory. Dropping it ends everything. When it ends, and what that costs, is said at [`Pages`].
#[must_use = "nothing is sent until the first item is asked for"]
pub struct Items<T, E> {
    pages: Pages<T, E>,
    page: vec::IntoIter<T>,
    types: PhantomData<fn() -> E>,
}

impl<T, E> Items<T, E> {
    fn new(request: Request) -> Self {
        Self { pages: Pages::new(request), page: Vec::new().into_iter(), types: PhantomData }
    }

    /// Ends after this many items in all.
    pub fn max_items(mut self, items: u64) -> Self {
        self.pages = self.pages.max_items(items);
        self
    }

    /// Ends after this many pages.
    pub fn max_pages(mut self, pages: u64) -> Self {
        self.pages = self.pages.max_pages(pages);
        self
    }

    /// Ends with the first page that is shorter than asked for; see [`Pages::end_at_short_page`].
    pub fn end_at_short_page(mut self) -> Self {
        self.pages = self.pages.end_at_short_page();
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
