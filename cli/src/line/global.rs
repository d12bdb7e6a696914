//! Options that every command has, and those of every command that calls the API.

use clap::builder::{PossibleValue, ValueParser};
use clap::{Arg, ArgAction, ValueEnum, ValueHint};
use clap_complete::engine::{ArgValueCandidates, CompletionCandidate};

use crate::program::Program;

const CONNECTION: &str = "Connection";
const OUTPUT: &str = "Output";
const CONTROL: &str = "Control";

/// How a response is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Table,
    Json,
    Jsonl,
    Yaml,
    Csv,
    Raw,
}

impl ValueEnum for Format {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Table, Self::Json, Self::Jsonl, Self::Yaml, Self::Csv, Self::Raw]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(match self {
            Self::Table => PossibleValue::new("table").help("Columns for people; the default on a terminal"),
            Self::Json => PossibleValue::new("json").help("Indented JSON; the default where there is no terminal"),
            Self::Jsonl => PossibleValue::new("jsonl").help("An item of a list per line"),
            Self::Yaml => PossibleValue::new("yaml").help("YAML"),
            Self::Csv => PossibleValue::new("csv").help("Comma-separated values with a head line (RFC 4180)"),
            Self::Raw => PossibleValue::new("raw").help("The bytes as they came"),
        })
    }
}

fn option(name: &'static str, value: &'static str, help: &'static str) -> Arg {
    Arg::new(name).long(name).value_name(value).help(help).action(ArgAction::Set)
}

fn switch(name: &'static str, help: &'static str) -> Arg {
    Arg::new(name).long(name).help(help).action(ArgAction::SetTrue)
}

/// The options that every command has.
pub(crate) fn global_options(program: &'static Program) -> Vec<Arg> {
    let mut options = vec![
        option("base-url", "URL", "Where the API is served, instead of what the configuration says")
            .value_hint(ValueHint::Url)
            .help_heading(CONNECTION),
        option("output", "FORMAT", "How the response is printed")
            .short('o')
            .value_parser(clap::value_parser!(Format))
            .hide_possible_values(true)
            .long_help("How the response is printed: table, json, jsonl, yaml, csv or raw")
            .help_heading(OUTPUT),
        Arg::new("verbose")
            .short('v')
            .long("verbose")
            .action(ArgAction::Count)
            .help("Shows each request on standard error; twice: with its headers, without secrets")
            .help_heading(CONTROL),
    ];
    if program.catalogs.len() > 1 {
        let apis = program.catalogs.iter().map(|catalog| PossibleValue::new(catalog.name));
        let api = option("api", "API", "The API, instead of the newest one that has the operation")
            .value_parser(ValueParser::new(clap::builder::PossibleValuesParser::new(apis)));
        options.insert(0, api.help_heading(CONNECTION));
    }
    if program.identity.has_profiles() {
        let identity = program.identity;
        let names = move || identity.profiles().into_iter().map(CompletionCandidate::new).collect();
        let profile = option("profile", "NAME", "The environment of the configuration file whose credentials are used")
            .add(ArgValueCandidates::new(names));
        options.insert(0, profile.help_heading(CONNECTION));
    }
    options.into_iter().map(|option| option.global(true)).collect()
}

/// The options of every command that prints data.
pub(crate) fn output_options() -> Vec<Arg> {
    let output = [
        option("columns", "NAMES", "The properties that a table or CSV shows, with commas between them; a.b is nested")
            .value_delimiter(',')
            .action(ArgAction::Append),
        option("jq", "FILTER", "A filter in the language of jq; with --all it is applied to each page"),
        option("output-file", "PATH", "Writes the response to a file instead of standard output")
            .value_hint(ValueHint::FilePath),
    ];
    output.into_iter().map(|option| option.help_heading(OUTPUT)).collect()
}

/// The options of every command that calls the API.
pub(crate) fn call_options(pages: bool) -> Vec<Arg> {
    let pages = if pages { pages_options() } else { Vec::new() };
    output_options().into_iter().chain(pages).chain(control_options()).collect()
}

fn pages_options() -> Vec<Arg> {
    let options = [
        switch("all", "All items of all pages, printed while they arrive"),
        option("max-items", "N", "Pages as --all does, and ends after this many items")
            .value_parser(clap::value_parser!(u64)),
    ];
    options.into_iter().map(|option| option.help_heading(OUTPUT)).collect()
}

fn control_options() -> Vec<Arg> {
    let options = [
        switch("dry-run", "Prints the request instead of sending it"),
        switch("curl", "Prints the request as a curl command instead of sending it").conflicts_with("dry-run"),
        option("header", "NAME: VALUE", "A further header; may be repeated").action(ArgAction::Append),
        option("query", "NAME=VALUE", "A further query parameter; may be repeated").action(ArgAction::Append),
        option("timeout", "SECONDS", "The longest that the call may take in all, with its retries")
            .value_parser(clap::value_parser!(f64)),
        option("retries", "N", "How often the call is repeated at most").value_parser(clap::value_parser!(u32)),
        switch("yes", "Asks for no confirmation").short('y'),
    ];
    options.into_iter().map(|option| option.help_heading(CONTROL)).collect()
}
