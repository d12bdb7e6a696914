//! What the commands print for wrong arguments: exit code 2 and the fault, before anything is read or written.

mod support;

use support::{repository, stderr, stdout, xtask};

/// Runs the command, which must be a usage error, and returns its message.
fn usage_error(arguments: &[&str]) -> String {
    let output = xtask(&repository(), arguments);
    let message = stderr(&output);
    assert_eq!(output.status.code(), Some(2), "{arguments:?}: {message}");
    assert!(message.starts_with("error: ") && message.contains("--help"), "{arguments:?}: {message}");
    assert_eq!(stdout(&output), "", "{arguments:?}");
    message
}

#[test]
fn unknown_commands_and_options_are_usage_errors() {
    insta::assert_snapshot!(usage_error(&["codgen"]), @r"
    error: unrecognized subcommand 'codgen'

      tip: a similar subcommand exists: 'codegen'

    Usage: cargo xtask [COMMAND]

    For more information, try '--help'.
    ");
    assert!(usage_error(&["codegen", "--chekc"]).contains("a similar argument exists: '--check'"));
}

#[test]
fn missing_values_are_usage_errors() {
    assert!(usage_error(&["codegen", "--only"]).contains("--only <MODULE>"));
    assert!(usage_error(&["corpus"]).contains("<PATH>..."));
}

#[test]
fn a_document_needs_a_folder_and_a_name() {
    insta::assert_snapshot!(usage_error(&["codegen", "--spec", "api.yaml"]), @r"
    error: the following required arguments were not provided:
      --out <FOLDER>
      --name <CRATE>

    Usage: cargo xtask codegen --spec <FILE> --out <FOLDER> --name <CRATE>

    For more information, try '--help'.
    ");
    usage_error(&["codegen", "--spec", "api.yaml", "--out", "client"]);
    usage_error(&["codegen", "--name", "client"]);
}

#[test]
fn options_that_contradict_each_other_are_usage_errors() {
    let foreign = ["--spec", "api.yaml", "--out", "client", "--name", "client"];
    let with = |more: &[&'static str]| usage_error(&[&["codegen"], &foreign[..], more].concat());
    assert!(with(&["--only", "v3"]).contains("cannot be used with"));
    assert!(usage_error(&["codegen", "--deny-warnings"]).contains("--spec <FILE>"));
}

#[test]
fn a_name_that_cargo_refuses_is_a_usage_error() {
    let message = usage_error(&["codegen", "--spec", "api.yaml", "--out", "client", "--name", "My Client"]);
    assert!(message.contains("starts with a lowercase letter"), "{message}");
}

#[test]
fn rounds_are_a_positive_number() {
    assert!(usage_error(&["bench", "--rounds", "0"]).contains("0 is not in 1.."));
    assert!(usage_error(&["bench", "--rounds", "many"]).contains("invalid digit"));
}

#[test]
fn help_goes_to_standard_output() {
    for arguments in [&[][..], &["help"], &["--help"], &["codegen", "--help"], &["help", "corpus"]] {
        let output = xtask(&repository(), arguments);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
        assert!(stdout(&output).contains("Usage: cargo xtask"), "{arguments:?}: {}", stdout(&output));
        assert_eq!(stderr(&output), "", "{arguments:?}");
    }
}

#[test]
fn nothing_is_coloured_where_nobody_looks() {
    for arguments in [&["codegen", "--check"][..], &["codegen", "--only", "v1"], &["codgen"]] {
        let output = xtask(&repository(), arguments);
        let printed = stdout(&output) + &stderr(&output);
        assert!(!printed.contains('\x1b'), "{arguments:?}: {printed:?}");
    }
}
