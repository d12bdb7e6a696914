//! Where a client learns how the servers of its API behave: from the document, or from a module of the runtime.
#![allow(clippy::expect_used, clippy::panic, reason = "tests assert by panicking")]

use generator::{Generation, Memory};

const DOCUMENT: &str = "\
openapi: 3.0.3
info: { title: Notes, version: '1' }
paths:
  /notes:
    get:
      operationId: listNotes
      tags: [Notes]
      responses: { '204': { description: Nothing. } }
components:
  securitySchemes:
    a-key: { type: apiKey, in: header, name: X-Key }
    login:
      type: oauth2
      flows:
        implicit: { authorizationUrl: 'https://login.example.com/ask', scopes: {} }
        clientCredentials: { tokenUrl: 'https://login.example.com/token', scopes: {} }
";

fn generate(document: &str, more: &str) -> Generation {
    let config = format!(
        "crate:\n  name: notes\n  version: 0.1.0\n  description: Notes.\n  documentation: Notes.\n  runtime: {{ package: core, \
         path: ../core }}\n{more}apis:\n  - {{ module: v1, document: notes.yaml }}\n"
    );
    let reader = Memory::new().with("apis.yaml", config).with("notes.yaml", document.to_owned());
    generator::generate(&reader, "apis.yaml", "cargo test")
}

#[test]
fn the_token_endpoint_is_that_of_the_document() {
    let generation = generate(DOCUMENT, "");
    let module = &generation.files["src/v1/mod.rs"];
    let constant = "pub static API: ::runtime::Api = ::runtime::Api::new()";
    assert!(module.contains(constant), "{module}");
    assert!(module.contains(".token_url(\"https://login.example.com/token\")"), "{module}");
    assert!(generation.files["src/v1/notes.rs"].contains("api: &super::API,"));
    assert!(!generation.files["Cargo.toml"].contains("features = ["));
}

#[test]
fn a_document_without_client_credentials_has_no_token_endpoint() {
    let generation = generate(&DOCUMENT.replace("clientCredentials", "password"), "");
    let module = &generation.files["src/v1/mod.rs"];
    assert!(module.contains("::runtime::Api::new();") && !module.contains("token_url"), "{module}");
}

#[test]
fn conventions_of_the_runtime_are_a_module_and_a_feature_of_it() {
    let generation = generate(DOCUMENT, "  conventions: acme\n");
    assert!(generation.files["src/v1/mod.rs"].contains("pub use ::runtime::acme::API;"));
    assert!(generation.files["Cargo.toml"].contains("features = [\"acme\"]"), "{}", generation.files["Cargo.toml"]);
}

#[test]
fn a_name_that_no_module_can_have_is_refused() {
    let generation = generate(DOCUMENT, "  conventions: Acme Inc\n");
    let found = generation.report.diagnostics();
    assert!(found.iter().any(|found| found.message.contains("`Acme Inc` cannot name a module")), "{found:?}");
}

#[test]
fn the_document_says_what_clients_identify_themselves_with() {
    let document = format!("security:\n  - a-key: []\n  - login: []\n{DOCUMENT}").replace(
        "components:",
        "  /health:\n    get:\n      operationId: getHealth\n      tags: [Notes]\n      security: []\n      responses: { '204': { \
         description: Nothing. } }\n  /tags:\n    get:\n      operationId: listTags\n      tags: [Notes]\n      responses: { '204': \
         { description: Nothing. } }\ncomponents:",
    );
    let generation = generate(&document, "");
    let module: String = generation.files["src/v1/mod.rs"].split_whitespace().collect();
    assert!(module.contains(r#".security(&[&["a-key"],&["login"]],&[("getHealth",&[])]);"#), "{module}");
    assert!(module.contains(r#"::runtime::SchemeCredentials::header_key("a-key","X-Key",key)"#), "{module}");
    for function in ["a_key(key:", "login(id:", "login_with_token(token:"] {
        assert!(module.contains(&format!("pubfn{function}impl")), "{function}: {module}");
    }
    assert!(generation.report.diagnostics().is_empty());
}
