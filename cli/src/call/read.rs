//! What stands for a body on the command line: a file, standard input, or the text itself.

use std::io::Read as _;
use std::path::Path;

use serde_json::Value;

use crate::failure::Failure;
use crate::output;

/// The bytes that an option stands for: of standard input for `-`, of the file of that name, else of the text itself.
///
/// # Errors
///
/// If they cannot be read.
pub(super) fn bytes(option: &str, typed: &str) -> Result<Vec<u8>, Failure> {
    if typed == "-" {
        return stdin(option);
    }
    if Path::new(typed).is_file() {
        return std::fs::read(typed)
            .map_err(|error| Failure::file(&format!("{option}: {typed} cannot be read"), &error));
    }
    Ok(typed.as_bytes().to_vec())
}

/// All of standard input.
///
/// # Errors
///
/// If it cannot be read.
pub(super) fn stdin(option: &str) -> Result<Vec<u8>, Failure> {
    let mut all = Vec::new();
    let read = std::io::stdin().lock().read_to_end(&mut all);
    read.map_err(|error| Failure::file(&format!("{option}: standard input cannot be read"), &error))?;
    Ok(all)
}

/// The JSON or YAML that an option stands for.
///
/// # Errors
///
/// If it cannot be read, or is neither.
pub(super) fn value(option: &str, typed: &str) -> Result<Value, Failure> {
    let bytes = bytes(option, typed)?;
    let text = std::str::from_utf8(&bytes).map_err(|_| Failure::usage(format!("{option} is not text in UTF-8")))?;
    let json_error = match serde_json::from_str(text) {
        Ok(value) => return Ok(value),
        Err(error) => error,
    };
    match output::from_yaml(text) {
        // A single word is what a mistyped file name looks like, and no API takes it as a body.
        Ok(Value::String(_)) if typed != "-" && !text.contains(char::is_whitespace) => {
            Err(Failure::usage(format!("{option}: there is no file `{typed}`"))
                .advise("give the path of a file, - for standard input, or JSON or YAML"))
        }
        Ok(value) => Ok(value),
        // What begins like JSON was meant to be JSON, and its parser says best what is wrong.
        Err(_) if text.trim_start().starts_with(['{', '[', '"']) => {
            Err(Failure::usage(format!("{option} is not JSON: {json_error}")))
        }
        Err(error) => Err(Failure::usage(format!("{option} is neither JSON nor YAML: {error}"))),
    }
}
