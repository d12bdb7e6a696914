//! Bodies as the API's servers send them, each with a value for every property that is documented.

use serde_json::{Value, json};

/// A connector in outline.
pub fn connector() -> Value {
    json!({
        "name": "ServiceNow",
        "type": "ServiceNow",
        "scriptName": "servicenow",
        "className": "sailpoint.connector.OpenConnectorAdapter",
        "features": ["PROVISIONING", "SEARCH"],
        "directConnect": true,
        "connectorMetadata": { "platform": "ccg", "supportedUI": "EXTJS", "rank": 3 },
        "status": "RELEASED",
    })
}

/// A connector in full.
pub fn connector_detail() -> Value {
    json!({
        "name": "ServiceNow",
        "type": "ServiceNow",
        "className": "sailpoint.connector.OpenConnectorAdapter",
        "scriptName": "servicenow",
        "applicationXml": "<?xml version='1.0'?>\n<Application/>",
        "correlationConfigXml": "<CorrelationConfig/>",
        "sourceConfigXml": "<Form/>",
        "sourceConfig": "<Form/>",
        "sourceConfigFrom": "sp-connect",
        "s3Location": "custom-connector/servicenow",
        "uploadedFiles": ["pod/org/connectorFiles/servicenow/a.jar"],
        "fileUpload": true,
        "directConnect": false,
        "translationProperties": { "de": "name=Größe" },
        "connectorMetadata": { "platform": "ccg" },
        "status": "DEVELOPMENT",
    })
}

/// What became of an upload.
pub fn update_detail() -> Value {
    json!({
        "message": "unchanged: the same file",
        "scriptName": "servicenow",
        "updatedFiles": ["pod/org/connectorFiles/servicenow/a.jar"],
        "status": "UNCHANGED",
    })
}

/// A connector customizer as it is stored.
pub fn customizer() -> Value {
    json!({
        "id": "b07dc46a-1498-4de8-bfbb-259a68e70c8a",
        "name": "My Custom Connector",
        "imageVersion": 1,
        "imageID": "2c91808568c529c60168cca6f90c1324",
        "tenantID": "2c91808568c529c60168cca6f90c1325",
        "created": "2009-11-10 23:00:00 +0000 UTC",
    })
}

/// A connector customizer that was just created.
pub fn created_customizer() -> Value {
    let mut customizer = customizer();
    let properties = customizer.as_object_mut().unwrap();
    properties.remove("imageVersion");
    properties.remove("imageID");
    customizer
}

/// A version of a connector customizer.
pub fn customizer_version() -> Value {
    json!({
        "customizerID": "b07dc46a-1498-4de8-bfbb-259a68e70c8a",
        "imageID": "2c91808568c529c60168cca6f90c1324",
        "version": 4,
        "created": "2024-02-29T12:34:56.789Z",
    })
}

/// The body of an error of this status.
pub fn error(status: u16) -> Value {
    match status {
        401 => json!({ "error": "JWT validation failed: JWT is expired" }),
        429 => json!({ "message": " Rate Limit Exceeded " }),
        _ => json!({
            "detailCode": format!("{status}.1 Something"),
            "trackingId": "e7eab60924f64aa284175b9fa3309599",
            "messages": [
                { "locale": "de", "localeOrigin": "REQUEST", "text": "So geht es nicht." },
                { "locale": "en-US", "localeOrigin": "DEFAULT", "text": "That will not do." },
            ],
            "causes": [{ "locale": "en-US", "localeOrigin": "DEFAULT", "text": "Nobody knows." }],
        }),
    }
}
