//! A request as a curl command that sends the same, with variables of the shell for secrets.

use super::dry::{Sent, Shown};
use crate::call::{FormPart, PartValue, Sources};
use crate::program::Program;

/// Headers that curl sets by itself, or that only hold for one connection.
const LEFT_OUT: [&str; 2] = ["content-length", "host"];

/// The command, with a comment that says how to set its variables.
pub(super) fn command(sent: &Sent, sources: &Sources, program: &Program) -> String {
    let token = format!("{}_TOKEN", program.name.to_uppercase().replace('-', "_"));
    let multipart = sent.headers.get("content-type").is_some_and(|value| value.as_bytes().starts_with(b"multipart"));
    let mut lines = vec![format!("curl --fail-with-body -X {} {}", sent.method, quoted(&sent.url))];
    let mut needs_token = false;
    for (name, value) in sent.headers() {
        if LEFT_OUT.contains(&name.as_str()) || (multipart && name == "content-type") {
            continue;
        }
        lines.push(match value {
            Shown::Text(text) => format!("-H {}", quoted(&format!("{name}: {text}"))),
            Shown::Token => {
                needs_token = true;
                format!("-H \"{name}: Bearer ${token}\"")
            }
            Shown::Variable(variable) => format!("-H \"{name}: ${variable}\""),
        });
    }
    match sources {
        Sources::Form(parts) if multipart => lines.extend(parts.iter().map(part)),
        Sources::File(path) => lines.push(format!("--data-binary {}", quoted(&format!("@{path}")))),
        _ if sent.body.is_empty() => {}
        _ => lines.push(format!("--data-binary {}", quoted(&String::from_utf8_lossy(&sent.body)))),
    }
    let comment = if needs_token { format!("# {token}=$({} auth token)\n", program.name) } else { String::new() };
    format!("{comment}{}\n", lines.join(" \\\n  "))
}

/// A part of a form.
fn part(part: &FormPart) -> String {
    match &part.value {
        PartValue::File(path) => format!("-F {}", quoted(&format!("{}=@\"{}\"", part.name, path.replace('"', "\\\"")))),
        PartValue::Text(text) => format!("--form-string {}", quoted(&format!("{}={text}", part.name))),
        PartValue::Json(text) => {
            let escaped = text.replace('\\', "\\\\").replace('"', "\\\"");
            format!("-F {}", quoted(&format!("{}=\"{escaped}\";type=application/json", part.name)))
        }
    }
}

/// A word that a POSIX shell takes as it is.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_survive_a_shell() {
        let nasty = "it's $HOME `id` \"x\" \\ \n end";
        let output = std::process::Command::new("sh").arg("-c").arg(format!("printf %s {}", quoted(nasty))).output();
        assert_eq!(String::from_utf8(output.unwrap().stdout).unwrap(), nasty);
    }
}
