//! Every operation of v3, called: what is sent, and what comes back.

#![cfg(feature = "v3")]
#![allow(clippy::unwrap_used, reason = "all of it is part of a test")]

mod support;

use sailpoint_connectors::v3::{ConnectorsApi, models};
use sailpoint_connectors::{FilePart, JsonObject};
use serde_json::{Value, json};
use support::case::{Case, assert_typed, case, run_all};
use support::{Reply, data, multipart};

const XML: &str = "application/xml, application/json";

#[tokio::test]
async fn every_operation_sends_and_returns_what_is_documented() {
    let mut cases = vec![];
    cases.extend(connectors());
    cases.extend(documents());
    cases.extend(uploads());
    run_all("v3", cases).await;
}

fn connectors() -> [Case; 4] {
    [
        case("createCustomConnector", Reply::json(200, &data::connector()), |client| async move {
            let body = models::V3CreateConnectorDto::new("Größe \"1\"", "sailpoint.connector.OpenConnectorAdapter")
                .r#type("custom")
                .direct_connect(false)
                .status(models::V3CreateConnectorDtoStatus::Development);
            let created = ConnectorsApi::new(&client).create_custom_connector(&body).await.unwrap();
            assert_typed(&created, &data::connector());
            assert_eq!(created.class_name.as_deref(), Some("sailpoint.connector.OpenConnectorAdapter"));
        })
        .target("/v3/connectors")
        .json(
            "application/json",
            json!({
                "name": "Größe \"1\"", "type": "custom", "directConnect": false, "status": "DEVELOPMENT",
                "className": "sailpoint.connector.OpenConnectorAdapter",
            }),
        ),
        case("getConnector", Reply::json(200, &data::connector_detail()), |client| async move {
            let call = ConnectorsApi::new(&client).get_connector("servicenow").locale(models::Locale::No);
            let detail = call.await.unwrap();
            assert_typed(&detail, &data::connector_detail());
            assert_eq!(detail.status, Some(models::ConnectorDetailStatus::Development));
            assert_eq!((detail.file_upload, detail.direct_connect), (Some(true), Some(false)));
            assert_eq!(detail.uploaded_files.unwrap(), ["pod/org/connectorFiles/servicenow/a.jar"]);
        })
        .target("/v3/connectors/servicenow?locale=no"),
        case("deleteCustomConnector", Reply::status(204), |client| async move {
            let api = ConnectorsApi::new(&client);
            let answer = api.delete_custom_connector(String::from("my connector")).send().await.unwrap();
            assert_eq!(answer.status(), 204);
        })
        .target("/v3/connectors/my%20connector"),
        case("updateConnector", Reply::json(200, &data::connector_detail()), |client| async move {
            let xml = models::JsonPatchOperationValueArrayItem::from("<Form/>");
            let patch = vec![
                models::JsonPatchOperation::new("add", "/connectorMetadata").value(JsonObject::from_iter([platform()])),
                models::JsonPatchOperation::new(models::JsonPatchOperationOp::Replace, "/a").value(vec![xml]),
                models::JsonPatchOperation::new("test", "/rank").value(3),
            ];
            let detail = ConnectorsApi::new(&client).update_connector("a", &patch).await.unwrap();
            assert_typed(&detail, &data::connector_detail());
        })
        .target("/v3/connectors/a")
        .json(
            "application/json-patch+json",
            json!([
                { "op": "add", "path": "/connectorMetadata", "value": { "platform": "ccg" } },
                { "op": "replace", "path": "/a", "value": ["<Form/>"] },
                { "op": "test", "path": "/rank", "value": 3 },
            ]),
        ),
    ]
}

fn platform() -> (String, Value) {
    ("platform".to_owned(), json!("ccg"))
}

fn documents() -> [Case; 4] {
    let xml = |text: &str| Reply::text(200, "application/xml; charset=UTF-8", text);
    [
        case("getConnectorCorrelationConfig", xml("<CorrelationConfig/>"), |client| async move {
            let answer = ConnectorsApi::new(&client).get_connector_correlation_config("a").await.unwrap();
            assert_eq!(answer, "<CorrelationConfig/>");
        })
        .target("/v3/connectors/a/correlation-config")
        .accept(XML),
        case("getConnectorSourceConfig", xml("<?xml version='1.0'?>\n<Form>Größe</Form>\n"), |client| async move {
            let answer = ConnectorsApi::new(&client).get_connector_source_config("a").await.unwrap();
            assert_eq!(answer, "<?xml version='1.0'?>\n<Form>Größe</Form>\n");
        })
        .target("/v3/connectors/a/source-config")
        .accept(XML),
        case("getConnectorSourceTemplate", xml("<Source/>"), |client| async move {
            let answer = ConnectorsApi::new(&client).get_connector_source_template("a").send().await.unwrap();
            assert_eq!(answer.headers()["content-type"], "application/xml; charset=UTF-8");
            assert_eq!(answer.into_body(), "<Source/>");
        })
        .target("/v3/connectors/a/source-template")
        .accept(XML),
        case("getConnectorTranslations", Reply::text(200, "text/plain", "# Größe\nname=Name\n"), |client| async move {
            let answer = ConnectorsApi::new(&client).get_connector_translations("a", "zh-CN").await.unwrap();
            assert_eq!(answer, "# Größe\nname=Name\n");
        })
        .target("/v3/connectors/a/translations/zh-CN")
        .accept("text/plain, application/json"),
    ]
}

fn uploads() -> [Case; 4] {
    let done = || Reply::json(200, &data::update_detail());
    let path = std::env::temp_dir().join(format!("sailpoint-connectors-{}-Größe.xml", std::process::id()));
    let on_disk = path.file_name().unwrap().to_string_lossy().into_owned();
    std::fs::write(&path, "<Form/>\r\n--x--\r\n").unwrap();
    [
        case("putCorrelationConfig", done(), |client| async move {
            let file = FilePart::from_text("correlation.xml", "<CorrelationConfig/>");
            let answer = ConnectorsApi::new(&client).put_correlation_config("a", file).await.unwrap();
            assert_typed(&answer, &data::update_detail());
            assert_eq!(answer.status, Some(models::UpdateDetailStatus::Unchanged));
        })
        .target("/v3/connectors/a/correlation-config")
        .form([multipart::file("file", "correlation.xml", "application/xml", "<CorrelationConfig/>")]),
        case("putSourceConfig", done(), move |client| async move {
            let file = FilePart::from_path(&path).unwrap();
            let answer = ConnectorsApi::new(&client).put_source_config("a", file).await.unwrap();
            assert_typed(&answer, &data::update_detail());
            std::fs::remove_file(path).unwrap();
        })
        .target("/v3/connectors/a/source-config")
        .form([multipart::file("file", &on_disk, "application/xml", "<Form/>\r\n--x--\r\n")]),
        case("putSourceTemplate", done(), |client| async move {
            let file = FilePart::from_bytes("a \"b\".bin", b"\0\r\n\xff".to_vec()).name("ignored");
            let answer = ConnectorsApi::new(&client).put_source_template("a", file).await.unwrap();
            assert_typed(&answer, &data::update_detail());
        })
        .target("/v3/connectors/a/source-template")
        .form([multipart::file("file", "a %22b%22.bin", "application/octet-stream", b"\0\r\n\xff")]),
        case("putTranslations", done(), |client| async move {
            let file = FilePart::from_text("de.properties", "name=Größe\n").content_type("text/plain; charset=UTF-8");
            let api = ConnectorsApi::new(&client);
            let answer = api.put_translations("a", models::Locale::De, file).await.unwrap();
            assert_typed(&answer, &data::update_detail());
        })
        .target("/v3/connectors/a/translations/de")
        .form([multipart::file("file", "de.properties", "text/plain; charset=UTF-8", "name=Größe\n")]),
    ]
}
