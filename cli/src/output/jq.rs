//! jq filters, and YAML, both through the values of `jaq`.

use std::cell::RefCell;

use jaq_all::data::{self, DataKind, Runner};
use jaq_all::jaq_core::{Vars, unwrap_valr};
use jaq_all::load::FileReportsDisp;
use jaq_json::Val;
use jaq_json::write::Pp;
use serde::Deserialize as _;
use serde_json::Value;

use crate::failure::{Cause, Failure};

/// A filter in the language of jq.
pub(crate) struct Filter(jaq_all::jaq_core::Filter<DataKind>);

impl Filter {
    /// Reads a filter.
    ///
    /// # Errors
    ///
    /// If it is not a valid filter; the message shows where.
    pub(crate) fn new(code: &str) -> Result<Self, Failure> {
        let compiled = jaq_all::compile_with(code, jaq_all::defs(), data::base_funs(), &[]);
        compiled.map(Self).map_err(|reports| {
            let shown: String = reports.iter().map(|report| FileReportsDisp::new(report).to_string()).collect();
            Failure::usage(format!("--jq is not a filter of jq\n{}", shown.trim_end()))
        })
    }

    /// What the filter makes of a value.
    ///
    /// # Errors
    ///
    /// If it fails, with what was left of its results lost.
    pub(crate) fn run(&self, value: &Value) -> Result<Vec<Value>, Failure> {
        let failed = |error: String| Failure::new(Cause::Other, format!("--jq: {error}"));
        let input = to_jaq(value)?;
        let results = RefCell::new(Vec::new());
        let runner = Runner { null_input: false, color_err: false, writer: Default::default() };
        let inputs = std::iter::once(Ok::<_, String>(input));
        let name = Val::Null;
        data::run(&runner, &self.0, Vars::new([]), (&name, inputs), failed, |result| {
            let value = unwrap_valr(result).map_err(|error| failed(error.to_string()))?;
            results.borrow_mut().push(from_jaq(&value)?);
            Ok(())
        })?;
        Ok(results.into_inner())
    }
}

/// A value as YAML, with a line end.
///
/// # Errors
///
/// If it cannot be written.
pub(crate) fn yaml(value: &Value) -> Result<String, Failure> {
    let mut text = Vec::new();
    let layout = Pp { indent: Some("  ".to_owned()), sep_space: true, ..Pp::default() };
    jaq_fmts::write::yaml::write(&mut text, &layout, 0, &to_jaq(value)?)
        .map_err(|error| Failure::file("the YAML cannot be written", &error))?;
    let mut text = String::from_utf8_lossy(&text).into_owned();
    text.truncate(text.trim_end().len());
    text.push('\n');
    Ok(text)
}

/// Reads one YAML document.
///
/// # Errors
///
/// If it is not one; with the reason in words.
pub(crate) fn from_yaml(text: &str) -> Result<Value, String> {
    let mut documents = jaq_fmts::read::yaml::parse_many(text);
    let first = documents.next().ok_or_else(|| "it is empty".to_owned())?.map_err(|error| error.to_string())?;
    match documents.next() {
        Some(_) => Err("it holds several documents".to_owned()),
        None => from_jaq(&first).map_err(|error| error.to_string()),
    }
}

fn to_jaq(value: &Value) -> Result<Val, Failure> {
    Val::deserialize(value)
        .map_err(|error| Failure::new(Cause::Other, format!("the value cannot be filtered: {error}")))
}

fn from_jaq(value: &Val) -> Result<Value, Failure> {
    let text = value.to_string();
    serde_json::from_str(&text).map_err(|error| Failure::new(Cause::Other, format!("`{text}` is no JSON: {error}")))
}
