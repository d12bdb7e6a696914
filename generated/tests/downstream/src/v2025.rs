//! The nineteen operations of v2025.

use sailpoint_connectors::v2025::{ConnectorCustomizersApi, ConnectorsApi, models::*};
use sailpoint_connectors::{Client, FilePart, Form};

use crate::{call, report::Report};

pub async fn call_all(client: &Client, report: &mut Report) {
    call_connectors(&ConnectorsApi::new(client), report).await;
    call_customizers(&ConnectorCustomizersApi::new(client), report).await;
}

async fn call_connectors(connectors: &ConnectorsApi, report: &mut Report) {
    call!(report, connectors.get_connector_list().filters(r#"name sw "A""#).limit(10).offset(0).count(true));
    let new = V3CreateConnectorDto::new("My connector", "sailpoint.connector.OpenConnectorAdapter");
    call!(report, connectors.create_custom_connector(&new.status(V3CreateConnectorDtoStatus::Development)));
    let name = String::from("my connector");
    let patch = [JsonPatchOperation::new("add", "/connectorMetadata/rank").value(3)];
    call!(report, connectors.update_connector(&name, &patch));
    call!(report, connectors.get_connector(&name).locale(Locale::De));
    call!(report, connectors.get_connector_correlation_config(&name));
    call!(report, connectors.get_connector_source_config(&name));
    call!(report, connectors.get_connector_source_template(&name));
    call!(report, connectors.get_connector_translations(&name, Locale::ZhTw));
    let file = FilePart::from_bytes("config.xml", b"<Config/>".to_vec());
    call!(report, connectors.put_connector_correlation_config(&name, file.clone()));
    call!(report, connectors.put_connector_source_config(&name, file.clone()));
    call!(report, connectors.put_connector_source_template(&name, file.clone()));
    let form = Form::new().file("file", file.file_name("zh.properties"));
    call!(report, connectors.put_connector_translations(&name, Locale::ZhTw, form));
    call!(report, connectors.delete_custom_connector(&name));
}

async fn call_customizers(customizers: &ConnectorCustomizersApi, report: &mut Report) {
    call!(report, customizers.list_connector_customizers().limit(250));
    let new = ConnectorCustomizerCreateRequest::new().name("My customizer");
    call!(report, customizers.create_connector_customizer(&new));
    let id = "b07dc46a-1498-4de8-bfbb-259a68e70c8a";
    call!(report, customizers.get_connector_customizer(id));
    let changed = ConnectorCustomizerUpdateRequest::new().name("Another");
    call!(report, customizers.put_connector_customizer(id).body(&changed));
    call!(report, customizers.create_connector_customizer_version(id, b"zip".as_slice()));
    call!(report, customizers.delete_connector_customizer(id));
}
