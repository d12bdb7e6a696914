//! The configuration file of SailPoint's command line: YAML, of which only the needed part is understood, and what that
//! program keeps elsewhere.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::SystemTime;

use granit_parser::{Event, Parser};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::config::{Config, Login, complete};
use crate::error::ConfigError;

/// The texts of a file by their keys from the root, for instance `environments.acme.pat.clientid`.
type Texts = BTreeMap<Vec<String>, String>;

/// What the system's keyring holds under a name for an environment.
pub(super) type Keyring<'a> = &'a dyn Fn(&str, &str) -> Result<Option<String>, ConfigError>;

/// The names under which the command line keeps an id and a secret in the system's keyring.
const KEYRING_ID: &str = "environments.pat.clientid";
const KEYRING_SECRET: &str = "environments.pat.clientsecret";

/// The names of the environments.
///
/// # Errors
///
/// If the file is not YAML.
pub(super) fn names(path: &Path, text: &str) -> Result<Vec<String>, ConfigError> {
    let texts = texts(text).map_err(|why| ConfigError::new(format!("{} is not YAML: {why}", path.display())))?;
    let mut names: Vec<String> = texts
        .into_keys()
        .filter_map(|keys| match keys.as_slice() {
            [first, name, ..] if first == "environments" => Some(name.clone()),
            _ => None,
        })
        .collect();
    names.dedup();
    Ok(names)
}

/// Reads the environment called `wanted`, or the active one. An id and a secret that are not in the file are looked for in the
/// keyring, if there is one.
///
/// # Errors
///
/// If the file is not YAML, or the environment cannot be used; never with a value of the file but the name of its
/// environment.
pub(super) fn read(
    path: &Path,
    text: &str,
    wanted: Option<&str>,
    keyring: Option<Keyring<'_>>,
) -> Result<Config, ConfigError> {
    let place = path.display();
    let texts = texts(text).map_err(|why| ConfigError::new(format!("{place} is not YAML: {why}")))?;
    let get = |keys: &[&str]| {
        let keys: Vec<String> = keys.iter().map(|key| (*key).to_owned()).collect();
        texts.get(&keys).filter(|text| !text.is_empty()).cloned()
    };
    match get(&["authtype"]).as_deref() {
        None | Some("pat") => {}
        Some(other) => {
            return Err(ConfigError::new(format!(
                "`authtype` is `{other}` in {place}, but only `pat` (a personal access token) can be used"
            )));
        }
    }
    let Some(active) = wanted.map(str::to_owned).or_else(|| get(&["activeenvironment"])) else {
        return Err(ConfigError::new(format!("`activeenvironment` is missing in {place}")));
    };
    if !texts
        .keys()
        .any(|keys| matches!(keys.as_slice(), [first, name, ..] if first == "environments" && *name == active))
    {
        let which = if wanted.is_some() { "environment" } else { "active environment" };
        return Err(ConfigError::new(format!("the {which} `{active}` is not there in {place}")));
    }
    let setting = |name: &str| get(&["environments", &active, name]);
    let pat = |name: &str| get(&["environments", &active, "pat", name]);
    let source = format!("the environment `{active}` of {place}");
    if let (Some(url), None, Some(token)) = (setting("baseurl"), pat("clientsecret"), pat("accesstoken"))
        && pat("expiry").is_some_and(|expiry| is_ahead(&expiry))
    {
        return Ok(Config::new(url, Login::Token(token.into()), source));
    }
    let url = ("baseurl", setting("baseurl"));
    if let (Some(keyring), None, None) = (keyring, pat("clientid"), pat("clientsecret")) {
        let source = format!("{source}, and of the system's keyring");
        let kept = |name| keyring(name, &active).map(|value| (name, value));
        return complete(&source, [url, kept(KEYRING_ID)?, kept(KEYRING_SECRET)?]);
    }
    let settings = [url, ("clientid", pat("clientid")), ("clientsecret", pat("clientsecret"))];
    complete(&source, settings).map_err(|error| match pat("accesstoken") {
        Some(_) => ConfigError::new(format!("{error}; the access token that is stored there has expired")),
        None if pat("clientid").is_none() && pat("clientsecret").is_none() => ConfigError::new(format!(
            "{error}; SailPoint's command line keeps them in the system's keyring, as `{KEYRING_ID}` and \
             `{KEYRING_SECRET}`: enable the feature `keyring`, or set SAIL_BASE_URL, SAIL_CLIENT_ID and SAIL_CLIENT_SECRET"
        )),
        None => error,
    })
}

/// Whether a time is still to come. One that is not understood is over.
fn is_ahead(time: &str) -> bool {
    OffsetDateTime::parse(time, &Rfc3339).is_ok_and(|time| SystemTime::from(time) > SystemTime::now())
}

/// Where the reader stands: in a mapping, before a key or behind one, or in a sequence, which is passed over.
enum Inside {
    Mapping { key: Option<String> },
    Sequence,
}

/// All texts of the file that stand under keys only.
fn texts(text: &str) -> Result<Texts, String> {
    let mut found = Texts::new();
    let mut inside: Vec<Inside> = Vec::new();
    for event in Parser::new_from_str(text) {
        // The parser's own words may repeat what stands in the file.
        let (event, _) = event.map_err(|error| format!("line {}", error.marker().line()))?;
        match event {
            Event::Scalar(value, ..) => scalar(&mut inside, &mut found, &value),
            Event::MappingStart(..) => inside.push(Inside::Mapping { key: None }),
            Event::SequenceStart(..) => inside.push(Inside::Sequence),
            Event::MappingEnd | Event::SequenceEnd => {
                inside.pop();
                passed(&mut inside);
            }
            Event::Alias(_) => passed(&mut inside),
            _ => {}
        }
    }
    Ok(found)
}

/// A key, or the text of one.
fn scalar(inside: &mut [Inside], found: &mut Texts, value: &str) {
    if let Some(Inside::Mapping { key: key @ None }) = inside.last_mut() {
        *key = Some(value.to_owned());
        return;
    }
    let keys: Option<Vec<String>> = inside
        .iter()
        .map(|level| match level {
            Inside::Mapping { key } => key.clone(),
            Inside::Sequence => None,
        })
        .collect();
    if let Some(keys) = keys {
        found.insert(keys, value.to_owned());
    }
    passed(inside);
}

/// The value of a key is over.
fn passed(inside: &mut [Inside]) {
    if let Some(Inside::Mapping { key }) = inside.last_mut() {
        *key = None;
    }
}
