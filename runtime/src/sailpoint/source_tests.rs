//! Tests of [`super`]: which source is taken, and what an error says.

use super::*;

const ENV: [(&str, &str); 3] = [(BASE_URL, "https://env.test"), (CLIENT_ID, "env-id"), (CLIENT_SECRET, "env-hidden")];
const JSON: &str = r#"{"BaseURL":"https://json.test","ClientId":"json-id","ClientSecret":"json-hidden","More":1}"#;
#[cfg(feature = "cli-config")]
const YAML: &str = "authtype: pat\nactiveenvironment: two\nenvironments:\n  one:\n    baseurl: https://one.test\n  \
                    two:\n    tenanturl: https://two.identitynow.com\n    baseurl: https://two.test\n    pat:\n      \
                    clientid: cli-id\n      clientsecret: cli-hidden\n";

struct World {
    folder: tempfile::TempDir,
    variables: Vec<(&'static str, &'static str)>,
}

impl World {
    fn new(variables: &[(&'static str, &'static str)]) -> Self {
        Self { folder: tempfile::tempdir().unwrap(), variables: variables.to_vec() }
    }

    fn json(self, text: &str) -> Self {
        std::fs::write(self.folder.path().join("config.json"), text).unwrap();
        self
    }

    #[cfg(feature = "cli-config")]
    fn yaml(self, text: &str) -> Self {
        std::fs::create_dir(self.folder.path().join(".sailpoint")).unwrap();
        std::fs::write(self.folder.path().join(".sailpoint/config.yaml"), text).unwrap();
        self
    }

    fn find(&self) -> Result<Config, String> {
        let variable = |name: &str| {
            self.variables.iter().find(|(known, _)| *known == name).map(|(_, value)| OsString::from(value))
        };
        let home = Some(self.folder.path().to_owned());
        let found = Config::find(&Places {
            variable: &variable,
            folder: self.folder.path(),
            home,
            #[cfg(feature = "cli-config")]
            keyring: None,
        });
        let shown = format!("{found:?}");
        assert!(!shown.contains("hidden"), "{shown}");
        found.map_err(|error| error.to_string())
    }
}

#[test]
fn the_environment_comes_first_and_alone() {
    let world = World::new(&ENV).json(JSON);
    let config = world.find().unwrap();
    assert_eq!((config.base_url(), config.source()), ("https://env.test", "the environment"));
    assert!(config.builder().build().is_ok());
    for without in 0..3 {
        let mut some = ENV.to_vec();
        let (missing, _) = some.remove(without);
        let error = World::new(&some).json(JSON).find().unwrap_err();
        assert!(error.contains(&format!("environment is incomplete: {missing} is missing")), "{error}");
    }
    let error = World::new(&[(CLIENT_SECRET, "env-hidden"), (CLIENT_ID, "")]).find().unwrap_err();
    assert!(error.contains("SAIL_BASE_URL and SAIL_CLIENT_ID are missing"), "{error}");
}

#[test]
fn then_the_file_of_the_folder() {
    let config = World::new(&[(CLIENT_ID, "")]).json(JSON).find().unwrap();
    assert_eq!(config.base_url(), "https://json.test");
    assert!(config.source().ends_with("config.json"));
    let error = World::new(&[]).json(r#"{"BaseURL":"https://a.test","ClientSecret":"hidden"}"#).find().unwrap_err();
    assert!(error.contains("config.json is incomplete: ClientId is missing"), "{error}");
    let error = World::new(&[]).json("{\"ClientSecret\": \"hidden\", oops}").find().unwrap_err();
    assert!(error.contains("config.json is not JSON: line 1, column"), "{error}");
}

/// A byte order mark in front of the file was taken for a fault of its JSON.
#[test]
fn a_byte_order_mark_is_no_part_of_the_file() {
    let config = World::new(&[]).json(&format!("\u{feff}{JSON}")).find().unwrap();
    assert_eq!(config.base_url(), "https://json.test");
}

/// A variable that is not UTF-8 counted as one that is not set, so that another source was taken.
#[cfg(unix)]
#[test]
fn a_variable_that_is_not_text_is_said() {
    use std::os::unix::ffi::OsStringExt;

    let folder = tempfile::tempdir().unwrap();
    let variable = |name: &str| (name == CLIENT_ID).then(|| OsString::from_vec(b"hid\xffden".to_vec()));
    let places = Places {
        variable: &variable,
        folder: folder.path(),
        home: None,
        #[cfg(feature = "cli-config")]
        keyring: None,
    };
    let error = Config::find(&places).unwrap_err().to_string();
    assert!(error.contains("SAIL_CLIENT_ID is not text") && !error.contains("hid"), "{error}");
}

/// A pipe called `config.json` made the program wait for ever.
#[cfg(unix)]
#[test]
fn a_pipe_is_not_waited_for() {
    let world = World::new(&[]);
    let pipe = world.folder.path().join("config.json");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let error = world.find().unwrap_err();
    assert!(error.contains("not a regular file"), "{error}");
}

/// A password in the base URL was shown by `Debug`.
#[test]
fn a_password_in_the_base_url_is_not_shown() {
    let json = JSON.replace("https://json.test", "https://me:hidden@json.test/x");
    let shown = format!("{:?}", World::new(&[]).json(&json).find().unwrap());
    assert!(shown.contains("https://json.test/x") && !shown.contains("me"), "{shown}");
    let shown = format!("{:?}", World::new(&[]).json(&JSON.replace("https://json.test", "me:hidden@x y")).find());
    assert!(!shown.contains("hidden"), "{shown}");
}

#[test]
fn nothing_at_all_is_said_with_all_places() {
    let error = World::new(&[]).find().unwrap_err();
    for place in [BASE_URL, CLIENT_ID, CLIENT_SECRET, "config.json", ".sailpoint"] {
        assert!(error.contains(place), "{error}");
    }
    assert_eq!(error.contains("cli-config"), cfg!(not(feature = "cli-config")), "{error}");
}

#[cfg(feature = "cli-config")]
#[test]
fn last_the_active_environment_of_the_command_line() {
    let config = World::new(&[]).yaml(YAML).find().unwrap();
    assert_eq!(config.base_url(), "https://two.test");
    assert!(config.source().contains("environment `two`"), "{}", config.source());
    assert_eq!(World::new(&[]).json(JSON).yaml(YAML).find().unwrap().base_url(), "https://json.test");
    for (from, to, says) in [
        ("two:\n    tenant", "three:\n    tenant", "environment `two` is not there"),
        ("authtype: pat", "authtype: oauth", "`authtype` is `oauth`"),
        ("      clientsecret: cli-hidden\n", "", "clientsecret is missing"),
        ("activeenvironment: two\n", "", "`activeenvironment` is missing"),
        ("pat:", "pat: [", "is not YAML: line"),
        ("    baseurl: https://two.test\n", "", "baseurl is missing"),
    ] {
        let error = World::new(&[]).yaml(&YAML.replace(from, to)).find().unwrap_err();
        assert!(error.contains(says), "{error}");
    }
}

#[cfg(feature = "cli-config")]
#[test]
fn a_stored_token_is_used_while_it_is_good() {
    let stored = |expiry: &str| {
        let pat = format!("      accesstoken: hidden-token\n      expiry: {expiry}\n");
        YAML.replace("      clientid: cli-id\n      clientsecret: cli-hidden\n", &pat)
    };
    for good in ["2999-01-01T00:00:00Z", "\"2999-01-01T00:00:00.123+02:00\""] {
        assert!(World::new(&[]).yaml(&stored(good)).find().unwrap().builder().build().is_ok());
    }
    for over in ["2001-01-01T00:00:00Z", "soon"] {
        let error = World::new(&[]).yaml(&stored(over)).find().unwrap_err();
        assert!(error.contains("clientid and clientsecret are missing") && error.contains("expired"), "{error}");
    }
}

/// Without its feature the keyring is named, in which the command line keeps what is not in its file.
#[cfg(feature = "cli-config")]
#[test]
fn where_the_secret_is_is_said_without_the_feature() {
    let yaml = YAML.replace("    pat:\n      clientid: cli-id\n      clientsecret: cli-hidden\n", "");
    let error = World::new(&[]).yaml(&yaml).find().unwrap_err();
    for word in ["`environments.pat.clientid`", "`environments.pat.clientsecret`", "feature `keyring`", CLIENT_SECRET] {
        assert!(error.contains(word), "{error}");
    }
}
