//! Every operation of v2025, called: what is sent, and what comes back.

#![cfg(feature = "v2025")]
#![allow(clippy::unwrap_used, reason = "all of it is part of a test")]

mod support;

use sailpoint_connectors::v2025::{ConnectorCustomizersApi, ConnectorsApi, models};
use sailpoint_connectors::{FilePart, Form};
use serde_json::json;
use support::case::{Case, assert_all_typed, assert_typed, case, run_all};
use support::{Reply, data, multipart};

const XML: &str = "application/xml, application/json";
/// An archive without files, which is 22 bytes long.
const ZIP: &[u8] = b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0";
const ID: &str = "b07dc46a-1498-4de8-bfbb-259a68e70c8a";

#[tokio::test]
async fn every_operation_sends_and_returns_what_is_documented() {
    let mut cases = vec![];
    cases.extend(lists());
    cases.extend(connectors());
    cases.extend(documents());
    cases.extend(uploads());
    cases.extend(customizers());
    cases.extend(customizer_changes());
    run_all("v2025", cases).await;
}

fn lists() -> [Case; 2] {
    let page = json!([data::connector(), {}]);
    let customizers = json!([data::customizer()]);
    [
        case("getConnectorList", Reply::json(200, &page).header("X-Total-Count", "17"), move |client| async move {
            let api = ConnectorsApi::new(&client);
            let call = api.get_connector_list().filters(r#"name sw "A&B" and type eq "ä""#).limit(2).offset(4);
            let answer = call.count(true).locale(models::Locale::ZhTw).send().await.unwrap();
            assert_eq!((answer.status().as_u16(), answer.total_count()), (200, Some(17)));
            let connectors = answer.into_body();
            assert_all_typed(&connectors, &page);
            assert_eq!(connectors[0].script_name.as_deref(), Some("servicenow"));
            assert_eq!(connectors[0].features.as_ref().unwrap().len(), 2);
            assert_eq!(connectors[0].status, Some(models::V3ConnectorDtoStatus::Released));
            assert_eq!(connectors[0].connector_metadata.as_ref().unwrap()["rank"], 3);
            assert_eq!(connectors[1], models::V3ConnectorDto::default());
        })
        .target(
            "/v2025/connectors?filters=name%20sw%20%22A%26B%22%20and%20type%20eq%20%22%C3%A4%22\
             &limit=2&offset=4&count=true&locale=zh-TW",
        ),
        case("listConnectorCustomizers", Reply::json(200, &customizers), move |client| async move {
            let api = ConnectorCustomizersApi::new(&client);
            let answer = api.list_connector_customizers().offset(250).limit(50).await.unwrap();
            assert_all_typed(&answer, &customizers);
            assert_eq!((answer.len(), answer[0].id.as_deref(), answer[0].image_version), (1, Some(ID), Some(1)));
        })
        .target("/v2025/connector-customizers?offset=250&limit=50"),
    ]
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
        .target("/v2025/connectors")
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
        .target("/v2025/connectors/servicenow?locale=no"),
        case("deleteCustomConnector", Reply::status(204), |client| async move {
            let api = ConnectorsApi::new(&client);
            let answer = api.delete_custom_connector(String::from("my connector")).send().await.unwrap();
            assert_eq!(answer.status(), 204);
        })
        .target("/v2025/connectors/my%20connector"),
        case("updateConnector", Reply::json(200, &data::connector_detail()), |client| async move {
            let patch = [
                models::JsonPatchOperation::new("replace", "/connectorMetadata/a~1b").value("New"),
                models::JsonPatchOperation::new(models::JsonPatchOperationOp::Remove, "/sourceConfigXml"),
                models::JsonPatchOperation::new("test", "/fileUpload").value(true),
            ];
            let detail = ConnectorsApi::new(&client).update_connector("a", &patch).await.unwrap();
            assert_typed(&detail, &data::connector_detail());
        })
        .target("/v2025/connectors/a")
        .json(
            "application/json-patch+json",
            json!([
                { "op": "replace", "path": "/connectorMetadata/a~1b", "value": "New" },
                { "op": "remove", "path": "/sourceConfigXml" },
                { "op": "test", "path": "/fileUpload", "value": true },
            ]),
        ),
    ]
}

fn documents() -> [Case; 4] {
    let xml = |text: &str| Reply::text(200, "application/xml; charset=UTF-8", text);
    [
        case("getConnectorCorrelationConfig", xml("<CorrelationConfig/>"), |client| async move {
            let answer = ConnectorsApi::new(&client).get_connector_correlation_config("a").await.unwrap();
            assert_eq!(answer, "<CorrelationConfig/>");
        })
        .target("/v2025/connectors/a/correlation-config")
        .accept(XML),
        case("getConnectorSourceConfig", xml("<?xml version='1.0'?>\n<Form>Größe</Form>\n"), |client| async move {
            let answer = ConnectorsApi::new(&client).get_connector_source_config("a").await.unwrap();
            assert_eq!(answer, "<?xml version='1.0'?>\n<Form>Größe</Form>\n");
        })
        .target("/v2025/connectors/a/source-config")
        .accept(XML),
        case("getConnectorSourceTemplate", xml("<Source/>"), |client| async move {
            let answer = ConnectorsApi::new(&client).get_connector_source_template("a").send().await.unwrap();
            assert_eq!(answer.headers()["content-type"], "application/xml; charset=UTF-8");
            assert_eq!(answer.into_body(), "<Source/>");
        })
        .target("/v2025/connectors/a/source-template")
        .accept(XML),
        case("getConnectorTranslations", Reply::text(200, "text/plain", "# Größe\nname=Name\n"), |client| async move {
            let answer = ConnectorsApi::new(&client).get_connector_translations("a", "zh-CN").await.unwrap();
            assert_eq!(answer, "# Größe\nname=Name\n");
        })
        .target("/v2025/connectors/a/translations/zh-CN")
        .accept("text/plain, application/json"),
    ]
}

fn uploads() -> [Case; 4] {
    let done = || Reply::json(200, &data::update_detail());
    let path = std::env::temp_dir().join(format!("sailpoint-connectors-{}-Größe.xml", std::process::id()));
    let on_disk = path.file_name().unwrap().to_string_lossy().into_owned();
    std::fs::write(&path, "<Form/>\r\n--x--\r\n").unwrap();
    [
        case("putConnectorCorrelationConfig", done(), |client| async move {
            let file = FilePart::from_text("correlation.xml", "<CorrelationConfig/>");
            let answer = ConnectorsApi::new(&client).put_connector_correlation_config("a", file).await.unwrap();
            assert_typed(&answer, &data::update_detail());
            assert_eq!(answer.status, Some(models::UpdateDetailStatus::Unchanged));
        })
        .target("/v2025/connectors/a/correlation-config")
        .form([multipart::file("file", "correlation.xml", "application/xml", "<CorrelationConfig/>")]),
        case("putConnectorSourceConfig", done(), move |client| async move {
            let file = FilePart::from_path(&path).unwrap();
            let answer = ConnectorsApi::new(&client).put_connector_source_config("a", file).await.unwrap();
            assert_typed(&answer, &data::update_detail());
            std::fs::remove_file(path).unwrap();
        })
        .target("/v2025/connectors/a/source-config")
        .form([multipart::file("file", &on_disk, "application/xml", "<Form/>\r\n--x--\r\n")]),
        case("putConnectorSourceTemplate", done(), |client| async move {
            let file = FilePart::from_bytes("a \"b\".bin", b"\0\r\n\xff".to_vec()).name("ignored");
            let answer = ConnectorsApi::new(&client).put_connector_source_template("a", file).await.unwrap();
            assert_typed(&answer, &data::update_detail());
        })
        .target("/v2025/connectors/a/source-template")
        .form([multipart::file("file", "a %22b%22.bin", "application/octet-stream", b"\0\r\n\xff")]),
        case("putConnectorTranslations", done(), |client| async move {
            let file = FilePart::from_text("de.properties", "name=Größe\n").content_type("text/plain; charset=UTF-8");
            let form = Form::new().file("file", file).text("note", "second\r\npart");
            let api = ConnectorsApi::new(&client);
            let answer = api.put_connector_translations("a", models::Locale::De, form).await.unwrap();
            assert_typed(&answer, &data::update_detail());
        })
        .target("/v2025/connectors/a/translations/de")
        .form([
            multipart::file("file", "de.properties", "text/plain; charset=UTF-8", "name=Größe\n"),
            multipart::text("note", "second\r\npart"),
        ]),
    ]
}

fn customizers() -> [Case; 3] {
    [
        case("createConnectorCustomizer", Reply::json(201, &data::created_customizer()), |client| async move {
            let body = models::ConnectorCustomizerCreateRequest::new().name("My Custom Connector");
            let api = ConnectorCustomizersApi::new(&client);
            let answer = api.create_connector_customizer(&body).send().await.unwrap();
            assert_eq!(answer.status(), 201);
            assert_typed(answer.body(), &data::created_customizer());
            let created = answer.into_body().created.unwrap();
            assert_eq!(created.to_string(), "2009-11-10 23:00:00 +0000 UTC");
        })
        .target("/v2025/connector-customizers")
        .json("application/json", json!({ "name": "My Custom Connector" })),
        case("getConnectorCustomizer", Reply::json(200, &data::customizer()), |client| async move {
            let answer = ConnectorCustomizersApi::new(&client).get_connector_customizer(ID).await.unwrap();
            assert_typed(&answer, &data::customizer());
            assert_eq!(answer.tenant_id.as_deref(), Some("2c91808568c529c60168cca6f90c1325"));
        })
        .target("/v2025/connector-customizers/b07dc46a-1498-4de8-bfbb-259a68e70c8a"),
        case("deleteConnectorCustomizer", Reply::status(204), |client| async move {
            ConnectorCustomizersApi::new(&client).delete_connector_customizer(ID).await.unwrap();
        })
        .target("/v2025/connector-customizers/b07dc46a-1498-4de8-bfbb-259a68e70c8a"),
    ]
}

fn customizer_changes() -> [Case; 2] {
    let path = std::env::temp_dir().join(format!("sailpoint-connectors-{}.zip", std::process::id()));
    std::fs::write(&path, ZIP).unwrap();
    [
        case("putConnectorCustomizer", Reply::json(200, &data::customizer()), |client| async move {
            let body = models::ConnectorCustomizerUpdateRequest::new().name("Another");
            let api = ConnectorCustomizersApi::new(&client);
            let answer = api.put_connector_customizer(ID).body(&body).await.unwrap();
            assert_typed(&answer, &data::customizer());
            assert_eq!((answer.image_version, answer.name.as_deref()), (Some(1), Some("My Custom Connector")));
        })
        .target("/v2025/connector-customizers/b07dc46a-1498-4de8-bfbb-259a68e70c8a")
        .json("application/json", json!({ "name": "Another" })),
        case(
            "createConnectorCustomizerVersion",
            Reply::json(200, &data::customizer_version()),
            move |client| async move {
                let file = FilePart::from_path(&path).unwrap();
                let api = ConnectorCustomizersApi::new(&client);
                let version = api.create_connector_customizer_version(ID, file).await.unwrap().unwrap();
                assert_typed(&version, &data::customizer_version());
                assert_eq!((version.version, version.customizer_id.as_deref()), (Some(4), Some(ID)));
                std::fs::remove_file(path).unwrap();
            },
        )
        .target("/v2025/connector-customizers/b07dc46a-1498-4de8-bfbb-259a68e70c8a/versions")
        .bytes("application/zip", ZIP),
    ]
}
