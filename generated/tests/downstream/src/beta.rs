//! The operation of beta.

use sailpoint_connectors::Client;
use sailpoint_connectors::beta::{ConnectorsApi, models::Locale};

use crate::{call, report::Report};

pub async fn call_all(client: &Client, report: &mut Report) {
    let connectors = ConnectorsApi::new(client);
    call!(report, connectors.get_connector_list().locale(Locale::En).count(true));
}
