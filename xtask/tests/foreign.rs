//! Commands on documents that are not ours: `codegen --spec`, `corpus`, and the paths of `bench`.
#![allow(clippy::expect_used, reason = "tests assert by panicking")]

mod support;

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::Mutex;

use serde_json::Value;
use support::{contents, repository, stderr, stdout, xtask};
use tempfile::TempDir;

/// A document without a fault.
const SOUND: &str = "\
openapi: 3.0.3
info: { title: Notes, version: '1' }
servers: [{ url: https://notes.example }]
paths:
  /notes:
    get:
      operationId: listNotes
      tags: [Notes]
      responses:
        '200':
          description: All notes.
          content:
            application/json:
              schema: { type: array, items: { $ref: '#/components/schemas/Note' } }
components:
  schemas:
    Note:
      type: object
      properties:
        text: { type: string }
";

/// The same with a fault that the generator repairs.
fn repairable() -> String {
    SOUND.replace("description: All notes.", "x-note: The description is missing.")
}

/// The same with a fault that leaves nothing to generate.
fn refused() -> String {
    SOUND.replace("openapi: 3.0.3", "openapi: 4.0.0")
}

/// A folder with `notes.yaml` in it.
fn folder(document: &str) -> TempDir {
    let folder = tempfile::tempdir().expect("there is room");
    fs::write(folder.path().join("notes.yaml"), document).expect("it can be written");
    folder
}

/// `codegen --spec notes.yaml --out client --name notes-client`, and further options.
fn codegen(folder: &Path, more: &[&str]) -> Output {
    let (spec, out) = (folder.join("notes.yaml"), folder.join("client"));
    let (spec, out) = (spec.to_string_lossy(), out.to_string_lossy());
    let arguments = ["codegen", "--spec", &spec, "--out", &out, "--name", "notes-client"];
    xtask(&repository(), &[&arguments, more].concat())
}

#[test]
fn a_document_becomes_a_crate_of_its_own() {
    let folder = folder(SOUND);
    let output = codegen(folder.path(), &[]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(stderr(&output), "");
    let manifest = fs::read_to_string(folder.path().join("client/Cargo.toml")).expect("it was written");
    assert!(manifest.contains("name = \"notes-client\"") && manifest.contains("api-notes = "), "{manifest}");
    assert!(folder.path().join("client/src/api/models/note.rs").exists());

    let again = codegen(folder.path(), &["--check"]);
    assert_eq!(again.status.code(), Some(0), "{}", stdout(&again));
}

#[test]
fn check_compares_and_writes_nothing() {
    let folder = folder(SOUND);
    assert!(codegen(folder.path(), &[]).status.success());
    fs::remove_file(folder.path().join("client/src/lib.rs")).expect("it was written");
    let before = contents(folder.path());
    let output = codegen(folder.path(), &["--check"]);
    assert_eq!(output.status.code(), Some(1));
    let printed = stdout(&output);
    assert!(printed.contains("client/src/lib.rs") && printed.contains("Run cargo xtask codegen --spec"), "{printed}");
    assert_eq!(contents(folder.path()), before);
}

#[test]
fn names_are_kept_beside_the_manifest() {
    let document = SOUND.replace("text: {", "size: { type: integer }\n        text: {");
    let folder = folder(&document);
    assert!(codegen(folder.path(), &[]).status.success());
    let lock = folder.path().join("client/names.yaml");
    assert!(fs::read_to_string(&lock).expect("it was written").contains("    name: Note\n"));
    fs::write(folder.path().join("notes.yaml"), document.replace("Note:", "Memo:").replace("/Note'", "/Memo'"))
        .expect("it can be written");
    let check = codegen(folder.path(), &["--check"]);
    assert_eq!(check.status.code(), Some(1));
    assert!(stdout(&check).contains("client/names.yaml"), "{}", stdout(&check));

    let models = folder.path().join("client/src/api/models");
    assert!(codegen(folder.path(), &[]).status.success());
    let kept = fs::read_to_string(models.join("note.rs")).expect("it was written");
    assert!(kept.contains("pub struct Memo {") && kept.contains("pub type Note = Memo;"), "{kept}");
    assert!(codegen(folder.path(), &["--forget-names"]).status.success());
    assert!(!fs::read_to_string(models.join("memo.rs")).expect("it was written").contains("Note"));
}

#[test]
fn repairs_are_warnings_unless_they_are_denied() {
    let folder = folder(&repairable());
    let denied = codegen(folder.path(), &["--deny-warnings"]);
    assert_eq!(denied.status.code(), Some(1));
    assert!(stderr(&denied).contains("has 1 warning; nothing was written"), "{}", stderr(&denied));
    assert!(!folder.path().join("client").exists());

    let allowed = codegen(folder.path(), &[]);
    assert_eq!(allowed.status.code(), Some(0), "{}", stderr(&allowed));
    let warning = stderr(&allowed);
    assert!(warning.contains("warning") && warning.contains("notes.yaml:"), "{warning}");
    assert!(folder.path().join("client/src/lib.rs").exists());
}

#[test]
fn a_refused_document_writes_nothing() {
    let folder = folder(&refused());
    let output = codegen(folder.path(), &[]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("has 1 error; nothing was written"), "{}", stderr(&output));
    assert!(!folder.path().join("client").exists());
}

/// The crates that `corpus` writes have the same names in every run.
static CORPUS: Mutex<()> = Mutex::new(());

#[test]
fn corpus_tries_every_document_and_fails_if_one_fails() {
    let folder = folder(SOUND);
    fs::write(folder.path().join("refused.yaml"), refused()).expect("it can be written");
    fs::write(folder.path().join("other.yaml"), "swagger: '2.0'\n").expect("it can be written");
    let path = folder.path().to_string_lossy();
    let _alone = CORPUS.lock();
    let output = xtask(&repository(), &["corpus", "--json", "--findings", &path]);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    assert!(stderr(&output).contains("4.0.0"), "--findings shows why: {}", stderr(&output));
    let outcomes: Value = serde_json::from_slice(&output.stdout).expect("standard output is JSON");
    let outcomes = outcomes.as_array().expect("it is a list");
    assert_eq!(outcomes.len(), 2, "{outcomes:#?}");
    let [sound, refused] = [&outcomes[0], &outcomes[1]];
    assert_eq!((&sound["complete"], &refused["complete"]), (&Value::from(true), &Value::from(false)));
    assert_eq!(sound["operations"]["generated"], 1);
    assert!(sound["check"]["seconds"].is_number(), "it was compiled: {sound:#}");
    assert_eq!(refused["errors"], 1);
    assert_eq!(refused["check"]["error"], "nothing was generated");
}

#[test]
fn corpus_without_a_document_fails() {
    let folder = tempfile::tempdir().expect("there is room");
    let output = xtask(&repository(), &["corpus", &folder.path().to_string_lossy()]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("no OpenAPI document found"), "{}", stderr(&output));
}

#[test]
fn paths_that_do_not_exist_are_named() {
    let folder = tempfile::tempdir().expect("there is room");
    let missing = folder.path().join("missing.yaml");
    let missing = missing.to_string_lossy();
    let spec = ["codegen", "--spec", &missing, "--out", "x", "--name", "x"];
    for arguments in [&spec[..], &["corpus", &missing], &["bench", &missing]] {
        let output = xtask(&repository(), arguments);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        assert!(stderr(&output).contains(&format!("{missing} cannot be read")), "{}", stderr(&output));
    }
}

#[test]
fn references_go_as_far_as_the_root_allows() {
    let folder = tempfile::tempdir().expect("there is room");
    let (apis, shared) = (folder.path().join("apis"), folder.path().join("shared"));
    let refer = "'../shared/memo.yaml#/Memo'";
    for (path, text) in [
        (apis.join("notes.yaml"), SOUND.replace("'#/components/schemas/Note'", refer)),
        (shared.join("memo.yaml"), "Memo:\n  type: object\n  properties: { shared: { type: string } }\n".to_owned()),
    ] {
        fs::create_dir_all(path.parent().expect("it has one")).expect("it can be made");
        fs::write(path, text).expect("it can be written");
    }

    let output = codegen(&apis, &[]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let message = stderr(&output);
    assert!(message.contains("out of the folder") && message.contains("`--root`"), "{message}");

    let root = folder.path().to_string_lossy();
    let output = codegen(&apis, &["--root", &root]);
    assert_eq!((output.status.code(), stderr(&output).as_str()), (Some(0), ""));
    let memo = fs::read_to_string(apis.join("client/src/api/models/memo.rs")).expect("it was written");
    assert!(memo.contains("pub shared:"), "{memo}");
    assert!(stdout(&output).contains("from apis/notes.yaml"), "{}", stdout(&output));

    let document = apis.join("notes.yaml");
    let _alone = CORPUS.lock();
    let corpus = ["corpus", "--json", "--root", &root, &document.to_string_lossy()];
    let output = xtask(&repository(), &corpus);
    let outcomes: Value = serde_json::from_slice(&output.stdout).expect("standard output is JSON");
    assert_eq!((&outcomes[0]["complete"], &outcomes[0]["left_out"]), (&Value::from(true), &Value::from(0)));

    let output = codegen(&apis, &["--root", &shared.to_string_lossy()]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("is not below"), "{}", stderr(&output));
}

/// An overlay that gives the operation of `SOUND` a name of its own.
const OVERLAY: &str = "\
overlay: 1.0.0
info: { title: Names, version: '1' }
actions:
  - target: $.paths['/notes'].get.operationId
    update: allNotes
";

#[test]
fn overlays_correct_the_document_wherever_they_lie() {
    let (folder, elsewhere) = (folder(SOUND), tempfile::tempdir().expect("there is room"));
    let overlay = elsewhere.path().join("names.yaml");
    fs::write(&overlay, OVERLAY).expect("it can be written");
    let overlay = overlay.to_string_lossy();
    let output = codegen(folder.path(), &["--overlay", &overlay]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let api = fs::read_to_string(folder.path().join("client/src/api/notes.rs")).expect("it was written");
    assert!(api.contains("pub fn all_notes(") && !api.contains("list_notes"), "{api}");

    // Applied once more, after the first: the path is right, but what it selects says so already.
    fs::write(elsewhere.path().join("gone.yaml"), OVERLAY.replace(".get.", ".put.")).expect("it can be written");
    let gone = elsewhere.path().join("gone.yaml");
    let output = codegen(folder.path(), &["--overlay", &overlay, "--overlay", &gone.to_string_lossy()]);
    assert_eq!(output.status.code(), Some(1));
    let message = stderr(&output);
    assert!(message.contains("gone.yaml:4:13") && message.contains("selects nothing"), "{message}");
    assert!(message.contains("up to `$.paths['/notes']` it is there"), "{message}");
}

#[test]
fn a_reference_reaches_neither_the_configuration_nor_an_overlay() {
    let folder = folder(&SOUND.replace("text: { type: string }", "text: { $ref: 'apis.made-up.yaml#/crate' }"));
    let output = codegen(folder.path(), &[]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(stderr(&output).contains("there is no such file"), "{}", stderr(&output));

    let referring = SOUND.replace("text: { type: string }", "text: { $ref: 'fix.yaml#/actions/0/update' }");
    fs::write(folder.path().join("notes.yaml"), referring).expect("it can be written");
    fs::write(folder.path().join("fix.yaml"), OVERLAY).expect("it can be written");
    let output = codegen(folder.path(), &["--overlay", &folder.path().join("fix.yaml").to_string_lossy()]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(stderr(&output).contains("`text`") || stderr(&output).contains("fix.yaml"), "{}", stderr(&output));
}

#[test]
fn a_crate_gets_a_command_line_where_one_is_asked_for() {
    let folder = folder(SOUND);
    assert!(codegen(folder.path(), &[]).status.success());
    let client = folder.path().join("client");
    assert!(!client.join("src/main.rs").exists());
    assert!(codegen(folder.path(), &["--cli"]).status.success());
    let program = fs::read_to_string(client.join("src/main.rs")).expect("it has a program");
    assert!(program.contains("&::notes_client::api::CATALOG") && program.contains("NOTES_CLIENT"), "{program}");
    let manifest = fs::read_to_string(client.join("Cargo.toml")).expect("it has a manifest");
    let wanted = ["required-features = [\"cli\"]", "cli = [\"catalog\", \"dep:cli\", \"api\"]", "optional = true"];
    for line in wanted {
        assert!(manifest.contains(line), "{line} in {manifest}");
    }
}

/// Other generators mark their files in the same way, and another crate of ours may lie beside this one.
#[test]
fn files_that_others_generated_stay() {
    let folder = folder(SOUND);
    assert!(codegen(folder.path(), &[]).status.success());
    let source = folder.path().join("client/src");
    let header = fs::read_to_string(source.join("lib.rs")).expect("it is there");
    let header = header.lines().next().expect("it has a header").to_owned();
    let others = ["// @generated by protoc\n".to_owned(), header.replace("notes-client", "other-client")];
    fs::write(source.join("proto.rs"), &others[0]).expect("it can be written");
    fs::write(source.join("other.rs"), &others[1]).expect("it can be written");
    fs::write(source.join("gone.rs"), &header).expect("it can be written");
    assert!(codegen(folder.path(), &[]).status.success());
    assert!(!source.join("gone.rs").exists(), "what this command wrote goes");
    assert!(source.join("proto.rs").exists() && source.join("other.rs").exists(), "what others wrote stays");
}

/// Fault: of 75 runs at once, ten failed on each other's drafts and folders. Some write what others remove.
#[test]
fn runs_at_once_take_turns() {
    let sound = folder(SOUND);
    let other = folder(&SOUND.replace("Note", "Memo").replace("notes", "memos"));
    let out = tempfile::tempdir().expect("there is room");
    let client = out.path().join("client");
    let start = |number: usize| {
        let spec = if number.is_multiple_of(2) { &sound } else { &other }.path().join("notes.yaml");
        Command::new(env!("CARGO_BIN_EXE_xtask"))
            .args(["codegen", "--name", "notes-client", "--spec"])
            .arg(spec)
            .arg("--out")
            .arg(&client)
            .env("CARGO_MANIFEST_DIR", repository().join("xtask"))
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the command starts")
    };
    let runs: Vec<_> = (0..75).map(start).collect();
    for run in runs {
        let output = run.wait_with_output().expect("it ends");
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    }
    let models = |folder: &Path| contents(&folder.join("src/api/models")).into_keys().collect::<Vec<_>>();
    assert_eq!(models(&client).len(), 2, "one type, and the module: {:?}", models(&client));
    assert!(contents(&client).keys().all(|path| !path.to_string_lossy().contains("tmp")));
}

/// Fault: what a run that was killed left stayed for ever. Files of people that look alike stay.
#[test]
fn what_a_killed_run_left_is_removed() {
    let folder = folder(SOUND);
    assert_eq!(codegen(folder.path(), &[]).status.code(), Some(0));
    let client = folder.path().join("client");
    let left = client.join("src/.lib.rs.4711.tmp");
    let of_people = ["src/.other.rs.4711.tmp", "src/.lib.rs.tmp", "src/lib.rs.4711.tmp"].map(|path| client.join(path));
    for path in of_people.iter().chain([&left]) {
        fs::write(path, "//! half a fi").expect("it can be written");
    }
    let check = codegen(folder.path(), &["--check"]);
    assert_eq!(check.status.code(), Some(1));
    assert!(stdout(&check).contains("src/.lib.rs.4711.tmp"), "{}", stdout(&check));
    assert_eq!(codegen(folder.path(), &[]).status.code(), Some(0));
    assert!(!left.exists() && of_people.iter().all(|path| path.exists()));
}

/// Fault: a link below the folder was written through, wherever it led.
#[cfg(unix)]
#[test]
fn links_are_not_written_through() {
    let folder = folder(SOUND);
    let (elsewhere, client) = (folder.path().join("elsewhere"), folder.path().join("client"));
    fs::create_dir_all(&elsewhere).expect("it can be made");
    fs::create_dir_all(&client).expect("it can be made");
    std::os::unix::fs::symlink(&elsewhere, client.join("src")).expect("it can be made");
    let output = codegen(folder.path(), &[]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stdout(&output).contains("client/src/lib.rs"), "{}", stdout(&output));
    assert!(stderr(&output).contains("what links lead to"), "{}", stderr(&output));
    assert_eq!(contents(&elsewhere).len(), 0);
    assert!(!client.join("Cargo.toml").exists(), "nothing is written where something is in the way");
}
