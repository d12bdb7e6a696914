//! Where a configuration comes from: the first source that is there, as a whole.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::config::{Config, complete};
use crate::client::handle::Client;
use crate::error::ConfigError;

const BASE_URL: &str = "SAIL_BASE_URL";
const CLIENT_ID: &str = "SAIL_CLIENT_ID";
const CLIENT_SECRET: &str = "SAIL_CLIENT_SECRET";

/// The system's keyring, with the feature that reads it.
#[cfg(feature = "keyring")]
const KEYRING: Option<super::cli::Keyring<'static>> = Some(&super::keyring::system);
#[cfg(all(feature = "cli-config", not(feature = "keyring")))]
const KEYRING: Option<super::cli::Keyring<'static>> = None;

/// A look at the environment.
pub(super) type Variable<'a> = &'a dyn Fn(&str) -> Option<OsString>;

/// Where to look; everything that depends on the machine.
pub(super) struct Places<'a> {
    pub(super) variable: Variable<'a>,
    pub(super) folder: &'a Path,
    pub(super) home: Option<PathBuf>,
    /// How the system's keyring is read, if it is.
    #[cfg(feature = "cli-config")]
    pub(super) keyring: Option<super::cli::Keyring<'a>>,
}

impl Client {
    /// A client configured by the first source that is there: the environment (`SAIL_BASE_URL`, `SAIL_CLIENT_ID`,
    /// `SAIL_CLIENT_SECRET`), `./config.json`, or the file of SailPoint's command line; see [`Config`].
    ///
    /// # Errors
    ///
    /// If there is no source, or the first one is incomplete; the error says what was looked for, where, and what is
    /// missing.
    pub fn from_env() -> Result<Self, ConfigError> {
        Config::load()?.builder().build()
    }
}

impl Config {
    /// Looks for a configuration.
    ///
    /// # Errors
    ///
    /// If there is none, or the first that is there is incomplete or unreadable. The text lists what was looked for, where,
    /// and what was missing, and never a value.
    pub fn load() -> Result<Self, ConfigError> {
        Self::find(&Places {
            variable: &|name| std::env::var_os(name),
            folder: Path::new("."),
            home: std::env::home_dir(),
            #[cfg(feature = "cli-config")]
            keyring: KEYRING,
        })
    }

    /// The environment of this name in `~/.sailpoint/config.yaml` of SailPoint's command line; no other source is looked at.
    ///
    /// # Errors
    ///
    /// If there is no such environment, or it is incomplete.
    #[cfg(feature = "cli-config")]
    pub fn environment(name: &str) -> Result<Self, ConfigError> {
        let (path, text) = cli_file()?;
        super::cli::read(&path, &text, Some(name), KEYRING)
    }

    /// The names of the environments in `~/.sailpoint/config.yaml` of SailPoint's command line.
    ///
    /// # Errors
    ///
    /// If the file is not there, or not YAML.
    #[cfg(feature = "cli-config")]
    pub fn environments() -> Result<Vec<String>, ConfigError> {
        let (path, text) = cli_file()?;
        super::cli::names(&path, &text)
    }

    fn find(places: &Places<'_>) -> Result<Self, ConfigError> {
        if let Some(config) = from_environment(places.variable)? {
            return Ok(config);
        }
        let json = places.folder.join("config.json");
        if let Some(text) = read(&json)? {
            return from_json(&json, &text);
        }
        let cli = places.home.as_ref().map(|home| home.join(".sailpoint").join("config.yaml"));
        let cli_said = from_cli(cli.as_deref(), places)?;
        let missing = match cli_said {
            Ok(config) => return Ok(config),
            Err(missing) => missing,
        };
        Err(ConfigError::new(format!(
            "no configuration was found; looked for the environment variables {BASE_URL}, {CLIENT_ID} and \
             {CLIENT_SECRET} (none is set), {} (not there), and {missing}",
            json.display()
        )))
    }
}

/// The environment; `None` if nothing of it is set.
fn from_environment(variable: Variable<'_>) -> Result<Option<Config>, ConfigError> {
    let get = |name: &str| match variable(name).map(OsString::into_string) {
        None => Ok(None),
        Some(Ok(value)) => Ok(Some(value).filter(|value| !value.trim().is_empty())),
        Some(Err(_)) => Err(ConfigError::new(format!("the environment variable {name} is not text in UTF-8"))),
    };
    let (url, id, secret) = (get(BASE_URL)?, get(CLIENT_ID)?, get(CLIENT_SECRET)?);
    if url.is_none() && id.is_none() && secret.is_none() {
        return Ok(None);
    }
    complete("the environment", [(BASE_URL, url), (CLIENT_ID, id), (CLIENT_SECRET, secret)]).map(Some)
}

fn from_json(path: &Path, text: &str) -> Result<Config, ConfigError> {
    let place = path.display().to_string();
    let value: Value = serde_json::from_str(text).map_err(|error| {
        // The parser's own words may repeat what stands in the file.
        ConfigError::new(format!("{place} is not JSON: line {}, column {}", error.line(), error.column()))
    })?;
    let get = |name| value.get(name).and_then(Value::as_str).filter(|text| !text.is_empty()).map(str::to_owned);
    complete(&place, ["BaseURL", "ClientId", "ClientSecret"].map(|name| (name, get(name))))
}

/// A file's text, without a byte order mark; `None` if there is no such file.
fn read(path: &Path) -> Result<Option<String>, ConfigError> {
    let failed = |error| ConfigError::because(format!("{} cannot be read", path.display()), error);
    match std::fs::metadata(path) {
        // Opening a pipe would wait for its writer.
        Ok(found) if !found.is_file() => {
            return Err(ConfigError::new(format!("{} cannot be read: it is not a regular file", path.display())));
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        _ => {}
    }
    let mut text = std::fs::read_to_string(path).map_err(failed)?;
    if text.starts_with('\u{feff}') {
        text.drain(..'\u{feff}'.len_utf8());
    }
    Ok(Some(text))
}

/// The command line's file, which must be there.
#[cfg(feature = "cli-config")]
fn cli_file() -> Result<(PathBuf, String), ConfigError> {
    let home = std::env::home_dir().ok_or_else(|| ConfigError::new("there is no home folder"))?;
    let path = home.join(".sailpoint").join("config.yaml");
    match read(&path)? {
        Some(text) => Ok((path, text)),
        None => Err(ConfigError::new(format!("{} is not there, so it has no environments", path.display()))),
    }
}

/// The command line's file; the inner error says that it is not there.
#[cfg(feature = "cli-config")]
fn from_cli(path: Option<&Path>, places: &Places<'_>) -> Result<Result<Config, String>, ConfigError> {
    let Some(path) = path else { return Ok(Err("~/.sailpoint/config.yaml (there is no home folder)".to_owned())) };
    match read(path)? {
        Some(text) => super::cli::read(path, &text, None, places.keyring).map(Ok),
        None => Ok(Err(format!("{} (not there)", path.display()))),
    }
}

#[cfg(not(feature = "cli-config"))]
fn from_cli(path: Option<&Path>, _: &Places<'_>) -> Result<Result<Config, String>, ConfigError> {
    let place = path.map_or_else(|| "~/.sailpoint/config.yaml".to_owned(), |path| path.display().to_string());
    Ok(Err(format!("not for {place} (the feature `cli-config` is off)")))
}

#[cfg(test)]
#[path = "source_tests.rs"]
mod tests;
