//! What completion remembers for a few minutes: values of parameters, in the cache folder of the user.

use std::fs;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use etcetera::{AppStrategy as _, AppStrategyArgs, choose_app_strategy};

use crate::program::Program;

/// How long values are offered.
const FRESH: Duration = Duration::from_secs(10 * 60);

/// How many values are kept.
const MOST: usize = 2_000;

/// A file of values. Nothing in it is secret, and nothing depends on it: whatever goes wrong, there are no values.
pub(super) struct Cache(Option<PathBuf>);

impl Cache {
    /// The file for a key: whatever tells its values from others.
    pub(super) fn new(program: &Program, key: &[&str]) -> Self {
        let arguments = AppStrategyArgs {
            top_level_domain: "com".to_owned(),
            author: program.name.to_owned(),
            app_name: program.name.to_owned(),
        };
        let folder = choose_app_strategy(arguments).ok().map(|strategy| strategy.cache_dir());
        let readable = |letter: char| if letter.is_ascii_alphanumeric() || letter == '.' { letter } else { '-' };
        let name: String = key.join("-").chars().map(readable).collect();
        Self(folder.map(|folder| folder.join(format!("{name}.json"))))
    }

    /// The values, if they are fresh.
    pub(super) fn read(&self) -> Option<Vec<String>> {
        let path = self.0.as_ref()?;
        let age = SystemTime::now().duration_since(fs::metadata(path).ok()?.modified().ok()?).ok()?;
        if age > FRESH {
            return None;
        }
        serde_json::from_slice(&fs::read(path).ok()?).ok()
    }

    /// Keeps values, beside those that are there already.
    pub(super) fn add(&self, values: &[String]) {
        let mut all = self.read().unwrap_or_default();
        all.extend(values.iter().cloned());
        all.sort();
        all.dedup();
        all.truncate(MOST);
        let (Some(path), Ok(text)) = (&self.0, serde_json::to_vec(&all)) else { return };
        if let Some(folder) = path.parent() {
            let _ = fs::create_dir_all(folder);
        }
        let _ = fs::write(path, text);
    }
}
