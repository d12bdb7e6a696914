//! What real servers answer beside what they document: nothing panics, and nothing is lost.

#![cfg(feature = "v2025")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "all of it is part of a test")]

mod support;

use std::time::{Duration, SystemTime};

use sailpoint_connectors::serde::Serialize;
use sailpoint_connectors::serde::de::DeserializeOwned;
use sailpoint_connectors::v2025::{ConnectorCustomizersApi, ConnectorsApi, Error, ErrorBody, models};
use sailpoint_connectors::{DecodeError, DecodeReason, Value};
use serde_json::json;
use support::case::assert_same;
use support::{Reply, Server, data};

/// Decodes what a server sends as the answer of `getConnector`.
async fn connector(reply: Reply) -> Result<models::ConnectorDetail, Error> {
    let server = Server::always(reply).await;
    ConnectorsApi::new(&server.client()).get_connector("a").await
}

/// Decodes and encodes again, which must give the same JSON.
#[track_caller]
fn through<T: DeserializeOwned + Serialize>(json: &Value) -> T {
    let decoded: T = serde_json::from_value(json.clone()).unwrap();
    assert_same(&decoded, json);
    decoded
}

fn decode_error<T>(result: Result<T, Error>) -> Box<DecodeError> {
    match result {
        Err(Error::Decode(error)) => error,
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("that is no answer"),
    }
}

#[tokio::test]
async fn an_unknown_status_is_kept() {
    let mut body = data::connector_detail();
    body["status"] = "SOMETHING_NEW".into();
    let detail = connector(Reply::json(200, &body)).await.unwrap();
    let status = detail.status.as_ref().unwrap();
    assert!(matches!(status, models::ConnectorDetailStatus::Unknown(value) if value.as_str() == "SOMETHING_NEW"));
    assert_eq!(status.to_string(), "SOMETHING_NEW");
    assert_same(&detail, &body);
}

#[test]
fn unknown_values_of_every_enum_are_kept() {
    for new in ["SOMETHING_NEW", "released", "", " RELEASED", "größer"] {
        through::<models::V3ConnectorDto>(&json!({ "status": new }));
        through::<models::V3CreateConnectorDto>(&json!({ "name": "a", "className": "b", "status": new }));
        through::<models::UpdateDetail>(&json!({ "status": new }));
        through::<models::JsonPatchOperation>(&json!({ "op": new, "path": "/" }));
        through::<models::ErrorMessageDto>(&json!({ "localeOrigin": new }));
        assert_eq!(models::Locale::from(new).as_str(), new);
    }
    for known in models::V3ConnectorDtoStatus::VALUES {
        let decoded = through::<models::V3ConnectorDto>(&json!({ "status": known })).status.unwrap();
        assert!(!matches!(decoded, models::V3ConnectorDtoStatus::Unknown(_)), "{known}");
    }
}

#[test]
fn null_and_absence_are_no_errors_and_stay_what_they_were() {
    let nulls = json!({
        "name": null, "type": null, "scriptName": null, "className": null, "features": null, "directConnect": null,
        "connectorMetadata": null, "status": null,
    });
    let connector: models::V3ConnectorDto = through(&nulls);
    assert_eq!((connector.features, connector.status, connector.direct_connect), (None, None, None));
    assert_eq!(through::<models::V3ConnectorDto>(&json!({})), models::V3ConnectorDto::default());
    through::<models::V3ConnectorDto>(&json!({ "features": [], "connectorMetadata": {}, "name": "" }));
    through::<models::ConnectorDetail>(&json!({ "uploadedFiles": null, "sourceConfig": null }));
    through::<models::ConnectorDetail>(&json!({}));
    through::<models::UpdateDetail>(&json!({ "updatedFiles": null }));
    through::<models::UpdateDetail>(&json!({}));
    through::<models::ConnectorCustomizersResponse>(&json!({ "created": null, "imageVersion": null }));
    through::<models::ConnectorCustomizersResponse>(&json!({}));
    through::<models::ConnectorCustomizerCreateResponse>(&json!({}));
    through::<models::ConnectorCustomizerUpdateResponse>(&json!({}));
    through::<models::ConnectorCustomizerVersionCreateResponse>(&json!({}));
    through::<models::ErrorResponseDto>(&json!({ "messages": null, "causes": [{ "localeOrigin": null }] }));
    through::<models::ErrorResponseDto>(&json!({}));
    through::<models::Unauthorized>(&json!({ "error": null }));
    through::<models::TooManyRequests>(&json!({ "message": { "text": ["free", 1.5] } }));
}

#[tokio::test]
async fn a_value_replaces_the_null_that_was_met() {
    let mut detail = connector(Reply::json(200, &json!({ "name": null, "type": null }))).await.unwrap();
    detail.name = Some("New".to_owned());
    assert_same(&detail, &json!({ "name": "New", "type": null }));
}

#[tokio::test]
async fn unknown_properties_are_kept() {
    let mut body = data::connector_detail();
    body["brandNew"] = json!({ "deep": [1, -2.5, null, { "ä": "ö" }], "big": 18_446_744_073_709_551_615_u64 });
    body["extra"] = json!("a property of that very name");
    body["Name"] = json!("not `name`");
    let mut detail = connector(Reply::json(200, &body)).await.unwrap();
    assert_eq!(detail.extra.len(), 3);
    assert_eq!(detail.extra["brandNew"]["deep"][3]["ä"], "ö");
    assert_same(&detail, &body);
    detail.extra.insert("mine".to_owned(), json!(1));
    body["mine"] = json!(1);
    assert_same(&detail, &body);
}

#[test]
fn odd_dates_are_kept_and_the_usual_ones_understood() {
    let at = |seconds| Some(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds));
    let night = at(1_257_894_000);
    for (text, instant) in [
        ("2009-11-10 23:00:00 +0000 UTC", night),
        ("2009-11-10 23:00:00 UTC", night),
        ("2009-11-10T23:00:00Z", night),
        ("2009-11-10T23:00:00.000Z", night),
        ("2009-11-11T00:00:00+01:00", night),
        ("yesterday", None),
        ("", None),
    ] {
        let customizer = through::<models::ConnectorCustomizersResponse>(&json!({ "created": text }));
        let created = customizer.created.unwrap();
        assert_eq!((created.as_str(), created.instant()), (text, instant));
    }
    through::<models::ConnectorCustomizersResponse>(&json!({ "created": 1_257_894_000_000_i64 }));
}

/// Values of a patch, most of them of no type that the document names.
fn patch_values() -> [Value; 16] {
    [
        json!(null),
        json!(1.5),
        json!(-0.25),
        json!(1e300),
        json!({ "a": { "b": [null] } }),
        json!({}),
        json!("New description"),
        json!(""),
        json!(true),
        json!(300),
        json!(i64::MIN),
        json!(u64::MAX),
        json!([]),
        json!(["001", 2, { "a": 1 }]),
        json!([1.5, null, true, ["nested"]]),
        json!({ "op": "add", "path": "/", "value": null }),
    ]
}

#[test]
fn patch_values_of_every_kind_are_read() {
    for value in patch_values() {
        through::<models::JsonPatchOperationValue>(&value);
        through::<models::JsonPatchOperation>(&json!({ "op": "test", "path": "/a", "value": value }));
    }
    let read = |value: Value| through::<models::JsonPatchOperationValue>(&value);
    assert!(matches!(read(json!(1.5)), models::JsonPatchOperationValue::Other(Value::Number(_))));
    assert!(matches!(read(json!(null)), models::JsonPatchOperationValue::Other(Value::Null)));
    assert!(matches!(read(json!(7)), models::JsonPatchOperationValue::Integer(7)));
    assert!(matches!(read(json!("a")), models::JsonPatchOperationValue::String(text) if text == "a"));
    assert!(matches!(read(json!({ "a": 1 })), models::JsonPatchOperationValue::Object(object) if object["a"] == 1));
    assert!(matches!(read(json!(["a"])), models::JsonPatchOperationValue::Array(items) if items.len() == 1));
}

#[tokio::test]
async fn patch_values_of_every_kind_are_sent() {
    let server = Server::always(Reply::json(200, &json!({}))).await;
    let api = ConnectorsApi::new(&server.client());
    let patch = patch_values().map(|value| models::JsonPatchOperation::new("add", "/a").value(value));
    api.update_connector("a", &patch).await.unwrap();
    let expected = patch_values().map(|value| json!({ "op": "add", "path": "/a", "value": value }));
    assert_eq!(server.only().json(), json!(expected));
    assert_eq!(server.only().header("content-type"), Some("application/json-patch+json"));
}

#[tokio::test]
async fn an_empty_body_is_an_error_only_where_there_must_be_one() {
    let server = Server::always(Reply::status(200)).await;
    let (connectors, customizers) =
        (ConnectorsApi::new(&server.client()), ConnectorCustomizersApi::new(&server.client()));
    let error = decode_error(connectors.get_connector("a").await);
    assert!(matches!(error.reason(), DecodeReason::Empty));
    assert_eq!((error.status().as_u16(), error.bytes().len()), (200, 0));
    assert!(error.to_string().contains("getConnector (GET /v2025/connectors/{scriptName})"), "{error}");
    decode_error(connectors.get_connector_list().await);
    decode_error(connectors.update_connector("a", &[]).await);
    decode_error(customizers.put_connector_customizer("a").await);
    assert_eq!(connectors.get_connector_source_config("a").await.unwrap(), "");
    connectors.delete_custom_connector("a").await.unwrap();
    customizers.delete_connector_customizer("a").await.unwrap();
    assert_eq!(customizers.create_connector_customizer_version("a", b"zip".as_slice()).await.unwrap(), None);
}

#[tokio::test]
async fn a_nullable_answer_may_be_null_or_nothing() {
    let nothing = ["null", "", " \r\n", " null\n"];
    for body in nothing {
        let server = Server::always(Reply::text(200, "application/json", body)).await;
        let api = ConnectorCustomizersApi::new(&server.client());
        assert_eq!(api.create_connector_customizer_version("a", b"zip".as_slice()).await.unwrap(), None, "{body:?}");
    }
    let server = Server::always(Reply::json(200, &json!({}))).await;
    let answer = ConnectorCustomizersApi::new(&server.client())
        .create_connector_customizer_version("a", b"zip".as_slice())
        .await;
    assert_eq!(answer.unwrap(), Some(models::ConnectorCustomizerVersionCreateResponse::default()));
}

#[tokio::test]
async fn a_page_of_html_is_an_error_with_the_page_in_it() {
    let page = "<!doctype html>\n<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>";
    for status in [502, 404, 503] {
        let error = connector(Reply::text(status, "text/html", page)).await.unwrap_err();
        let shown = error.to_string();
        assert!(shown.contains(&status.to_string()) && shown.contains("502 Bad Gateway"), "{shown}");
        let Error::Api(error) = error else { panic!("{error}") };
        assert_eq!((error.status().as_u16(), error.text().as_ref()), (status, page));
        assert!(error.body().is_none());
    }
    let error = decode_error(connector(Reply::text(200, "text/html", page)).await);
    assert_eq!(error.text(), page);
    assert!(error.to_string().contains("text/html"), "{error}");
}

#[tokio::test]
async fn an_error_may_have_any_body() {
    for (body, typed) in [
        ("{}", false),
        (r#"{"title":"Out of credit"}"#, false),
        (r#"{"detailCode":null,"messages":[{"localeOrigin":"NEW","text":7}]}"#, false),
        (r#"{"messages":[{"localeOrigin":"NEW","x":7}]}"#, true),
        ("[]", false),
        ("null", false),
        ("", false),
        ("\"text\"", false),
        ("{\"detailCode\":", false),
    ] {
        let error = connector(Reply::text(404, "application/json", body)).await.unwrap_err();
        let Error::Api(error) = error else { panic!("{error}") };
        assert_eq!(error.bytes(), body);
        assert_eq!(matches!(error.body(), Some(ErrorBody::ErrorResponseDto(_))), typed, "{body}");
    }
    let error = connector(Reply::json(418, &data::error(400))).await.unwrap_err();
    assert_eq!(error.tracking_id(), Some("e7eab60924f64aa284175b9fa3309599"), "also of an undocumented status");
}

#[tokio::test]
async fn what_cannot_be_decoded_is_there_as_bytes_and_says_where() {
    let deep = format!("{{\"unknown\":{}1{}}}", "[".repeat(100_000), "]".repeat(100_000));
    let cases: [(&[u8], &str); 8] = [
        (br#"{"name":17}"#, "name"),
        (br#"{"fileUpload":"true"}"#, "fileUpload"),
        (br#"{"uploadedFiles":["a",{}]}"#, "uploadedFiles[1]"),
        (br#"{"status":7}"#, "status"),
        (br#"{"name":"a""#, "EOF"),
        (b"[]", "ConnectorDetail"),
        (b"{\"name\":\"\xff\"}", "name"),
        (deep.as_bytes(), "recursion"),
    ];
    for (body, says) in cases {
        let error = decode_error(connector(Reply::text(200, "application/json", body)).await);
        assert_eq!(error.bytes(), body);
        assert!(error.to_string().contains(says), "no {says} in {error}");
    }
    let server = Server::always(Reply::json(200, &json!([{}, { "status": [] }]))).await;
    let error = decode_error(ConnectorsApi::new(&server.client()).get_connector_list().await);
    assert!(error.to_string().contains("[1].status"), "{error}");
}

#[tokio::test]
async fn xml_that_is_no_utf_8_is_there_as_bytes() {
    let server = Server::always(Reply::text(200, "application/xml", b"<a>\xe4</a>")).await;
    let error = decode_error(ConnectorsApi::new(&server.client()).get_connector_source_config("a").await);
    assert!(matches!(error.reason(), DecodeReason::NotText(_)));
    assert_eq!(error.bytes().as_ref(), b"<a>\xe4</a>");
}

#[tokio::test]
async fn an_answer_that_breaks_off_is_an_error() {
    let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{\"name\":";
    for raw in [head, "", "HTTP/1.1 2", "no HTTP at all\r\n\r\n"] {
        let error = connector(Reply::raw(raw)).await.unwrap_err();
        assert!(matches!(error, Error::Transport(_)), "{raw}: {error}");
    }
}

#[tokio::test]
async fn read_modify_write_keeps_what_is_not_known() {
    let mut stored = data::customizer();
    stored["owner"] = json!({ "type": "IDENTITY", "id": "17" });
    let server = Server::always(Reply::json(200, &stored)).await;
    let api = ConnectorCustomizersApi::new(&server.client());
    let read = api.get_connector_customizer("a").await.unwrap();
    let body: models::ConnectorCustomizerUpdateRequest =
        serde_json::from_value(serde_json::to_value(&read).unwrap()).unwrap();
    let answer = api.put_connector_customizer("a").body(&body.name("Another")).await.unwrap();
    assert_same(&answer, &stored);
    stored["name"] = json!("Another");
    assert_eq!(server.seen()[1].json(), stored);
}

#[tokio::test]
async fn a_patch_that_was_read_is_sent_with_what_is_not_known() {
    let server = Server::always(Reply::json(200, &json!({}))).await;
    let mut stored =
        json!([{ "op": "move", "from": "/a", "path": "/b", "value": null }, { "op": "merge", "path": "" }]);
    let mut patch: Vec<models::JsonPatchOperation> = serde_json::from_value(stored.clone()).unwrap();
    patch[0].path = Some("/c".to_owned());
    ConnectorsApi::new(&server.client()).update_connector("a", &patch).await.unwrap();
    stored[0]["path"] = json!("/c");
    assert_eq!(server.only().json(), stored);
}

#[test]
fn what_lacks_a_required_property_is_read_and_written_as_it_is() {
    for stored in [json!({ "name": "a" }), json!({ "name": null, "className": "b" })] {
        let read: models::V3CreateConnectorDto = serde_json::from_value(stored.clone()).unwrap();
        assert_eq!(serde_json::to_value(&read).unwrap(), stored);
    }
}
