//! Where a request goes: the parameters of its path and query, encoded as they are set.

use std::borrow::Cow;
use std::fmt::{self, Display};

use reqwest::Url;
use serde::Serialize;
use serde_json::Value;

use super::descriptor::{ListStyle, ObjectStyle, Operation};
use super::query_object::{plain, written};
use super::url::{self, UrlError};

/// Where a request goes, in addition to its operation.
#[derive(Clone, Default)]
pub(crate) struct Target {
    path: Vec<(&'static str, String)>,
    query: Vec<Parameter>,
    /// A URL in place of base URL and path, for an endpoint outside the API.
    absolute: Option<Box<Url>>,
}

/// One query parameter, ready to be sent: `name=value`, or several of them.
#[derive(Clone)]
struct Parameter {
    name: Cow<'static, str>,
    text: String,
}

impl Target {
    /// A URL in place of base URL and path.
    pub(crate) fn absolute(url: Url) -> Self {
        Self { absolute: Some(Box::new(url)), ..Self::default() }
    }

    /// Sets a parameter of the path, in place of its former value.
    pub(crate) fn set_path(&mut self, name: &'static str, value: &dyn Display) -> Result<(), UrlError> {
        let encoded = url::segment(name, value)?;
        self.path.retain(|(known, _)| *known != name);
        self.path.reserve_exact(1);
        self.path.push((name, encoded));
        Ok(())
    }

    /// Sets a query parameter of any number of values, in place of its former ones.
    pub(crate) fn set_query(
        &mut self,
        name: Cow<'static, str>,
        style: ListStyle,
        values: &mut dyn Iterator<Item = &dyn Display>,
    ) -> Result<(), UrlError> {
        let mut text = String::new();
        for value in values {
            let first = text.is_empty();
            match style.separator() {
                Some(separator) if !first => text.push_str(separator),
                _ => {
                    if !first {
                        text.push('&');
                    }
                    // A `str` always prints itself.
                    let _ = url::push_encoded(&mut text, &name);
                    text.push('=');
                }
            }
            url::push_encoded(&mut text, value).map_err(|_| UrlError::Unprintable(name.clone().into_owned()))?;
        }
        self.set_text(name, text);
        Ok(())
    }

    /// Sets a query parameter that is an object, in place of its former value.
    pub(crate) fn set_object(
        &mut self,
        name: Cow<'static, str>,
        style: ObjectStyle,
        value: &impl Serialize,
    ) -> Result<(), UrlError> {
        match serde_json::to_value(value) {
            Ok(Value::Object(members)) => {
                let text = written(&name, style, &members);
                self.set_text(name, text);
                Ok(())
            }
            Ok(Value::Null) => {
                self.set_text(name, String::new());
                Ok(())
            }
            // A value that turns out not to be an object is written as what it is.
            Ok(Value::Array(items)) => {
                let items: Vec<_> = items.iter().map(plain).collect();
                self.set_query(name, style.of_list(), &mut items.iter().map(|item| item as &dyn Display))
            }
            Ok(other) => self.set_query(name, ListStyle::Csv, &mut std::iter::once(&plain(&other) as &dyn Display)),
            Err(_) => Err(UrlError::Unprintable(name.into_owned())),
        }
    }

    fn set_text(&mut self, name: Cow<'static, str>, text: String) {
        self.query.retain(|known| known.name != name);
        if !text.is_empty() {
            // Most calls have one or two, and each is held as long as its call.
            self.query.reserve_exact(1);
            self.query.push(Parameter { name, text });
        }
    }

    /// What a query parameter of one value was set to, encoded; `None` if it was not set.
    pub(crate) fn query(&self, name: &str) -> Option<&str> {
        let parameter = self.query.iter().find(|known| known.name == name)?;
        Some(parameter.text.split_once('=').map_or("", |(_, value)| value))
    }

    /// The URL: base, path, query.
    pub(crate) fn url(&self, base: &str, operation: &'static Operation) -> Result<Url, UrlError> {
        if let Some(url) = &self.absolute {
            return Ok(Url::clone(url));
        }
        let mut text = String::with_capacity(base.len() + operation.path.len() + 64);
        text.push_str(url::base_for(base, operation.path, false));
        url::push_path(&mut text, operation, &self.path)?;
        // Some documents write a fixed query into the path, to tell two operations of one path apart.
        let mut separator = if operation.path.contains('?') { '&' } else { '?' };
        for parameter in &self.query {
            text.push(std::mem::replace(&mut separator, '&'));
            text.push_str(&parameter.text);
        }
        Url::parse(&text).map_err(|_| UrlError::Invalid(operation))
    }
}

impl fmt::Debug for Target {
    /// Names of parameters, but no values: each may be a secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path: Vec<&str> = self.path.iter().map(|(name, _)| *name).collect();
        let query: Vec<&str> = self.query.iter().map(|parameter| parameter.name.as_ref()).collect();
        f.debug_struct("Target").field("path", &path).field("query", &query).finish()
    }
}
