//! Where SailPoint's tools keep base URL and credentials.

use sailc::{Found, Identity, Wanted};
use sailpoint_connectors::sailpoint::Config;

/// The sources of SailPoint's SDKs and of its command line.
pub(crate) struct Sources;

impl Identity for Sources {
    fn find(&self, wanted: &Wanted<'_>) -> Result<Found, String> {
        let config = match wanted.profile {
            Some(name) => Config::environment(name),
            None => Config::load(),
        };
        let config = config.map_err(|error| format!("{error:#}"))?;
        let base_url = wanted.base_url.unwrap_or(config.base_url()).to_owned();
        let source = match wanted.base_url {
            Some(_) => format!("{}; the base URL on the command line", config.source()),
            None => config.source().to_owned(),
        };
        let builder = config.builder().base_url(base_url.as_str());
        Ok(Found { base_url, source, login: config.login(), anonymous: false, builder })
    }

    fn profiles(&self) -> Vec<String> {
        Config::environments().unwrap_or_default()
    }

    fn has_profiles(&self) -> bool {
        true
    }

    fn explain(&self) -> String {
        "Credentials: the environment (SAIL_BASE_URL, SAIL_CLIENT_ID, SAIL_CLIENT_SECRET), else ./config.json, else the \
         active environment of ~/.sailpoint/config.yaml; with --profile that environment and nothing else. `sailc auth \
         status` shows what was found."
            .to_owned()
    }
}
