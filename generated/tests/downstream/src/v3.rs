//! The twelve operations of v3.

use sailpoint_connectors::v3::{ConnectorsApi, models::*};
use sailpoint_connectors::{Client, FilePart};

use crate::{call, report::Report};

pub async fn call_all(client: &Client, report: &mut Report) {
    let connectors = ConnectorsApi::new(client);
    let new = V3CreateConnectorDto::new("My connector", "sailpoint.connector.OpenConnectorAdapter");
    call!(report, connectors.create_custom_connector(&new.direct_connect(true)));
    let name = "my/connector";
    let patch = [JsonPatchOperation::new(JsonPatchOperationOp::Replace, "/applicationXml").value("<Application/>")];
    call!(report, connectors.update_connector(name, &patch));
    call!(report, connectors.get_connector(name).locale(Locale::De));
    call!(report, connectors.get_connector_correlation_config(name));
    call!(report, connectors.get_connector_source_config(name));
    call!(report, connectors.get_connector_source_template(name));
    call!(report, connectors.get_connector_translations(name, Locale::No));
    let file = FilePart::from_text("config.xml", "<Config/>");
    call!(report, connectors.put_correlation_config(name, file.clone()));
    call!(report, connectors.put_source_config(name, file.clone()));
    call!(report, connectors.put_source_template(name, file));
    call!(report, connectors.put_translations(name, "no", FilePart::from_text("no.properties", "name=navn")));
    call!(report, connectors.delete_custom_connector(name));
}
