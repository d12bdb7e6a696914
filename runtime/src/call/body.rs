//! Setting the body of a request.

use std::borrow::Cow;
use std::fmt::Display;
use std::sync::Arc;

use bytes::Bytes;
use serde::Serialize;

use super::request::Request;
use crate::body::form::{FilePart, Form, Part, PartValue};
use crate::body::payload::Payload;
use crate::error::RequestError;
use crate::operation::url;

const URL_ENCODED: &str = "application/x-www-form-urlencoded";

impl Request {
    /// Sets a body of JSON, sent under the given content type.
    pub fn json<T: Serialize + ?Sized>(&mut self, content_type: impl Into<Cow<'static, str>>, body: &T) -> &mut Self {
        match serde_json::to_vec(body) {
            Ok(bytes) => self.bytes(content_type, bytes),
            Err(error) => {
                self.fail(RequestError::body(self.operation(), error));
                self
            }
        }
    }

    /// Sets a body of bytes or text, sent under the given content type.
    pub fn bytes(&mut self, content_type: impl Into<Cow<'static, str>>, body: impl Into<Bytes>) -> &mut Self {
        self.set_payload(Payload::Bytes { content_type: content_type.into(), bytes: body.into() });
        self
    }

    /// Sets a body of what is in a file, sent under the given content type unless the file has one of its own. One with a `*` in
    /// it stands for what the file's name suggests.
    pub fn upload(&mut self, content_type: impl Into<Cow<'static, str>>, file: FilePart) -> &mut Self {
        let documented = content_type.into();
        let content_type = match &file.content_type {
            Some(own) => own.clone().into(),
            None if documented.contains('*') => file.effective_type().to_owned().into(),
            None => documented,
        };
        self.set_payload(Payload::File { content_type, file: Arc::new(file) });
        self
    }

    /// Adds the parts of a form to the form that is sent as body.
    pub fn form(&mut self, form: Form) -> &mut Self {
        for part in form.parts {
            self.push_part(part);
        }
        self
    }

    /// Adds a file to the form that is sent as body.
    pub fn file(&mut self, name: &'static str, file: FilePart) -> &mut Self {
        self.push_part(Part { name: name.to_owned(), value: PartValue::File(file) });
        self
    }

    /// Adds a text to the form that is sent as body.
    pub fn text(&mut self, name: &'static str, text: &dyn Display) -> &mut Self {
        self.push_part(Part { name: name.to_owned(), value: PartValue::Text(text.to_string()) });
        self
    }

    /// Adds a value as JSON to the form that is sent as body.
    pub fn json_part<T: Serialize + ?Sized>(&mut self, name: impl Into<String>, value: &T) -> &mut Self {
        match serde_json::to_string(value) {
            Ok(json) => self.push_part(Part { name: name.into(), value: PartValue::Json(json) }),
            Err(error) => self.fail(RequestError::body(self.operation(), error)),
        }
        self
    }

    /// Adds a field to the body, which is sent as `application/x-www-form-urlencoded` (WHATWG URL, section 5).
    pub fn form_field(&mut self, name: &str, value: &dyn Display) -> &mut Self {
        let mut text = match &self.message().payload {
            Payload::Bytes { content_type, bytes } if content_type == URL_ENCODED => {
                format!("{}&", String::from_utf8_lossy(bytes))
            }
            _ => String::new(),
        };
        let written = url::push_encoded(&mut text, &name).and_then(|()| {
            text.push('=');
            url::push_encoded(&mut text, value)
        });
        if written.is_err() {
            self.fail(RequestError::unprintable(name));
        }
        self.bytes(URL_ENCODED, text)
    }

    fn push_part(&mut self, part: Part) {
        match &mut self.message_mut().payload {
            Payload::Form(form) => Arc::make_mut(form).parts.push(part),
            Payload::None => self.message_mut().payload = Payload::Form(Arc::new(Form { parts: vec![part] })),
            Payload::Bytes { .. } | Payload::File { .. } => self.fail(RequestError::two_bodies(self.operation())),
        }
    }

    fn set_payload(&mut self, payload: Payload) {
        match self.message().payload {
            Payload::Form(_) => self.fail(RequestError::two_bodies(self.operation())),
            _ => self.message_mut().payload = payload,
        }
    }
}
