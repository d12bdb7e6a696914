//! What requests leave behind.

use openapi_client_runtime::testing::Mock;
use serde_json::json;

use crate::catalog::CATALOG;
use crate::{get, json, read, send};

#[test]
fn a_resource_lives_from_its_creation_to_its_removal() {
    let mock = Mock::new(&[&CATALOG]);
    let (status, made) = json(&mock, "POST", "/v1/lamps", r#"{"name":"reading","watts":7}"#);
    assert_eq!((status, &made["name"], &made["watts"]), (201, &json!("reading"), &json!(7)));
    let path = format!("/v1/lamps/{}", made["lampId"].as_str().unwrap());
    assert_eq!(get(&mock, &path), (200, made.clone()));
    assert_eq!(get(&mock, "/v1/lamps"), (200, json!([made])));

    let patch = r#"[{"op":"replace","path":"/watts","value":9},{"op":"remove","path":"/spare"}]"#;
    let typed = [("content-type", "application/json-patch+json")];
    let (status, changed) = read(&send(&mock, "PATCH", &path, &typed, patch));
    assert_eq!((status, &changed["watts"], changed.get("spare")), (200, &json!(9), None));
    assert_eq!(get(&mock, &path).1, changed);
    let (status, refused) = read(&send(&mock, "PATCH", &path, &typed, r#"[{"op":"remove","path":"/spare"}]"#));
    assert_eq!(
        (status, &refused["faults"][0]),
        (400, &json!("body: operation 0 of the patch: there is nothing at `/spare`"))
    );

    assert_eq!(send(&mock, "DELETE", &path, &[], "").status, 204);
    assert_eq!(get(&mock, &path).0, 404);
    assert_eq!(send(&mock, "DELETE", &path, &[], "").status, 404);
    assert_eq!(get(&mock, "/v1/lamps"), (200, json!([])));
}

#[test]
fn what_is_replaced_keeps_what_only_the_server_writes() {
    let mock = Mock::new(&[&CATALOG]);
    mock.seed(json!({ "/v1/lamps": [{ "lampId": "a", "name": "lamp", "watts": 7, "kind": "FLOOR" }] })).unwrap();
    let replaced = json!({ "lampId": "a", "name": "other", "kind": "FLOOR" });
    assert_eq!(json(&mock, "PUT", "/v1/lamps/a", r#"{"name":"other"}"#), (200, replaced.clone()));
    assert_eq!(get(&mock, "/v1/lamps/a"), (200, replaced));
}

#[test]
fn a_change_that_the_response_could_not_show_is_refused() {
    let mock = Mock::new(&[&CATALOG]);
    mock.seed(json!({ "/v1/lamps": [{ "lampId": "a", "name": "lamp" }] })).unwrap();
    let typed = [("content-type", "application/json-patch+json")];
    let patch = r#"[{"op":"add","path":"/kind","value":"CEILING"}]"#;
    let (status, refused) = read(&send(&mock, "PATCH", "/v1/lamps/a", &typed, patch));
    let fault = "body: the resource would be wrong at `/kind`: \"CEILING\" is not one of \"DESK\" or \"FLOOR\"";
    assert_eq!((status, &refused["faults"][0]), (400, &json!(fault)));
    assert_eq!(json(&mock, "PUT", "/v1/lamps/a", r#"{"name":"x"}"#).0, 400, "a name has three letters at least");
    assert_eq!(get(&mock, "/v1/lamps/a").1, json!({ "lampId": "a", "name": "lamp" }));
}

#[test]
fn a_file_that_was_uploaded_is_read_again() {
    let mock = Mock::new(&[&CATALOG]);
    let form = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"m.xml\"\r\n\r\n<on/>\r\n--b--\r\n";
    let typed = [("content-type", "multipart/form-data; boundary=b")];
    assert_eq!(send(&mock, "PUT", "/v1/lamps/a/manual", &typed, form).status, 204);
    let manual = send(&mock, "GET", "/v1/lamps/a/manual", &[], "");
    assert_eq!(
        (&manual.body[..], &manual.headers["content-type"]),
        (&b"<on/>"[..], &"application/xml".parse().unwrap())
    );
}

#[test]
fn pages_are_cut_from_what_is_kept() {
    let mock = Mock::new(&[&CATALOG]);
    let lamps: Vec<_> = (0..7).map(|n| json!({ "lampId": format!("l{n}"), "name": "lamp" })).collect();
    mock.seed(json!({ "/v1/lamps": lamps, "/v1/lamps/l0/manual": "<manual/>" })).unwrap();
    let reply = send(&mock, "GET", "/v1/lamps?limit=3&offset=5&count=true", &[], "");
    assert_eq!(read(&reply).1, json!([lamps[5], lamps[6]]));
    assert_eq!(reply.headers["x-total-count"], "7");
    assert_eq!(get(&mock, "/v1/lamps?offset=9").1, json!([]));
    assert_eq!(send(&mock, "GET", "/v1/lamps/l0/manual", &[], "").body, "<manual/>");
}

#[test]
fn a_reset_leaves_the_seed() {
    let mock = Mock::new(&[&CATALOG]);
    mock.seed(json!({ "/v1/lamps": [{ "lampId": "a", "name": "lamp" }] })).unwrap();
    send(&mock, "DELETE", "/v1/lamps/a", &[], "");
    assert_eq!(send(&mock, "POST", "/__mock/reset", &[], "").status, 204);
    assert_eq!(get(&mock, "/v1/lamps/a").0, 200);
    let (_, log) = get(&mock, "/__mock/log");
    assert_eq!(
        log,
        json!([{
            "method": "GET", "target": "/v1/lamps/a", "operation": "getLamp", "status": 200, "faults": [],
        }])
    );
}

#[test]
fn a_seed_that_cannot_be_used_says_why() {
    let mock = Mock::new(&[&CATALOG]);
    let error = |seed| mock.seed(seed).unwrap_err().to_string();
    assert_eq!(error(json!([])), "the seed is not a JSON object");
    assert_eq!(error(json!({ "/v1/lamps": [{}] })), "item 0 of `/v1/lamps` has neither `lampId` nor `id`");
    assert_eq!(
        error(json!({ "/v1/lampshades/a": {} })),
        "nothing is kept at `/v1/lampshades/a`: no operation both reads and changes it"
    );
    assert_eq!(error(json!({ "/v1/lamps": {} })), "`/v1/lamps` is a collection: its value has to be a list");
}
