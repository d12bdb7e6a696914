//! Every operation of beta, called: what is sent, and what comes back.

#![cfg(feature = "beta")]
#![allow(clippy::unwrap_used, reason = "all of it is part of a test")]

mod support;

use sailpoint_connectors::beta::{ConnectorsApi, models};
use serde_json::json;
use support::case::{assert_all_typed, case, run_all};
use support::{Reply, data};

#[tokio::test]
async fn every_operation_sends_and_returns_what_is_documented() {
    let page = json!([data::connector(), { "scriptName": "ad" }]);
    let list =
        case("getConnectorList", Reply::json(200, &page).header("X-Total-Count", "2"), move |client| async move {
            let api = ConnectorsApi::new(&client);
            let call = api.get_connector_list().filters(r#"directConnect eq "true""#).limit(250).offset(0).count(true);
            let answer = call.locale("pt").send().await.unwrap();
            assert_eq!((answer.status().as_u16(), answer.total_count()), (200, Some(2)));
            assert_all_typed(answer.body(), &page);
            assert_eq!(answer.body()[0].status.as_deref(), Some("RELEASED"));
            let mut outline = models::V3ConnectorDto::default();
            outline.script_name = Some("ad".to_owned());
            assert_eq!(answer.body()[1], outline);
        })
        .target("/beta/connectors?filters=directConnect%20eq%20%22true%22&limit=250&offset=0&count=true&locale=pt");
    run_all("beta", vec![list]).await;
}
