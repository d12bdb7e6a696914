//! Points in time: any text is kept, the usual forms are understood.

use std::time::{Duration, SystemTime};

use openapi_client_runtime::DateTime;
use serde_json::{Value, json};

use crate::round_trip;
use crate::types::Connector;

/// Seconds since 1970 of 2009-11-10T23:00:00Z.
const THEN: u64 = 1_257_894_000;

fn then() -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(THEN)
}

#[test]
fn forms_of_one_instant() {
    for text in [
        "2009-11-10T23:00:00Z",
        "2009-11-10t23:00:00z",
        "2009-11-10 23:00:00Z",
        "2009-11-10T23:00:00.000Z",
        "2009-11-10T23:00:00.000000000+00:00",
        "2009-11-10T23:00:00,000Z",
        "2009-11-10T23:00Z",
        "2009-11-10T23:00:00",
        "2009-11-10 23:00",
        "2009-11-10T23:00:00+0000",
        "2009-11-10T18:00:00-05:00",
        "2009-11-10T18:00:00-0500",
        "2009-11-11T01:00:00+02",
        "2009-11-10 23:00:00 +0000 UTC",
        "2009-11-10 18:00:00 -0500 EST",
        "2009-11-10 23:00:00 UTC",
        "2009-11-10T23:00:00+00:00[UTC]",
        " 2009-11-10T23:00:00Z ",
    ] {
        let date: DateTime = round_trip(json!(text));
        assert_eq!(date.as_str(), text);
        assert_eq!(date.to_string(), text);
        assert_eq!(date.instant(), Some(then()), "{text}");
    }
}

#[test]
fn fractions_leap_days_and_days_alone() {
    let at = |text: &str| DateTime::from(text).instant().unwrap();
    assert_eq!(at("2009-11-10T23:00:00.123456789Z"), then() + Duration::from_nanos(123_456_789));
    assert_eq!(at("2009-11-10 23:00:00.5 +0000 UTC"), then() + Duration::from_millis(500));
    assert_eq!(at("2009-11-10"), then() - Duration::from_secs(23 * 3600));
    assert_eq!(at("2024-02-29"), SystemTime::UNIX_EPOCH + Duration::from_secs(1_709_164_800));
    assert_eq!(at("1969-12-31T23:59:59Z"), SystemTime::UNIX_EPOCH - Duration::from_secs(1));
}

#[test]
fn odd_texts_are_kept_and_are_no_instant() {
    for text in [
        "",
        " ",
        "soon",
        "0",
        "2009",
        "2009-11",
        "2009-13-01",
        "2023-02-29",
        "2009-11-10T25:00:00Z",
        "2009-11-10T23:00:00+99:00",
        "2009-11-10T23:00:00 in the evening",
        "10/11/2009",
        "20091110T230000Z",
        "٢٠٠٩-١١-١٠",
        "2009-11-1ö",
        "2009-11-10T23:00:00+ö0",
        "2009-11-10T23:00:00-1ö1",
        "+2009-11-10",
        "2009-11-10+",
    ] {
        let date: DateTime = round_trip(json!(text));
        assert_eq!(date.instant(), None, "{text}");
    }
    let connector: Connector = round_trip(json!({ "created": "the day before" }));
    assert_eq!(connector.created.unwrap().as_str(), "the day before");
}

#[test]
fn numbers_stay_numbers() {
    let date: DateTime = round_trip(json!(1_257_894_000_123_u64));
    assert_eq!(date.as_str(), "1257894000123");
    assert_eq!(date.instant(), Some(then() + Duration::from_millis(123)));
    assert_eq!(round_trip::<DateTime>(json!(-1000)).instant(), Some(SystemTime::UNIX_EPOCH - Duration::from_secs(1)));
    assert_eq!(round_trip::<DateTime>(json!(1.5e12)).instant(), None);
    assert_eq!(round_trip::<DateTime>(json!(u64::MAX)).instant(), None);
    assert_eq!(round_trip::<DateTime>(json!(i64::MIN)).instant(), None);
    // The same digits in quotes are a text.
    assert_ne!(DateTime::from("1257894000123"), date);
    assert_eq!(DateTime::from("1257894000123").instant(), None);
}

#[test]
fn instants_are_written_in_rfc_3339() {
    let written = |instant: SystemTime| DateTime::from(instant).as_str().to_owned();
    assert_eq!(written(then()), "2009-11-10T23:00:00Z");
    assert_eq!(written(then() + Duration::from_millis(120)), "2009-11-10T23:00:00.12Z");
    assert_eq!(written(SystemTime::UNIX_EPOCH - Duration::from_secs(1)), "1969-12-31T23:59:59Z");
    assert_eq!(DateTime::from(then()).instant(), Some(then()));
}

#[test]
fn instants_beyond_what_can_be_written_become_the_nearest() {
    let far = Duration::from_secs(60 * 60 * 24 * 366 * 10_000);
    let late = DateTime::from(SystemTime::UNIX_EPOCH + far);
    assert_eq!(late.as_str(), "9999-12-31T23:59:59.999999999Z");
    let early = DateTime::from(SystemTime::UNIX_EPOCH - far);
    assert_eq!(early.as_str(), "0000-01-01T00:00:00Z");
    assert!(late.instant() > early.instant());
    let last = SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(i64::MAX as u64)).unwrap();
    assert_eq!(DateTime::from(last), late);
}

#[test]
fn other_kinds_of_values_are_errors() {
    for value in [json!(true), json!(null), json!([1]), json!({ "a": 1 })] {
        let error = serde_json::from_str::<DateTime>(&value.to_string()).unwrap_err().to_string();
        assert!(error.contains("expected a point in time, as a string or a number"), "{error}");
        assert!(serde_json::from_value::<DateTime>(value).is_err());
    }
}

#[test]
fn debug_shows_the_form() {
    assert_eq!(format!("{:?}", DateTime::from("soon")), r#""soon""#);
    let number: DateTime = serde_json::from_value(Value::from(5)).unwrap();
    assert_eq!(format!("{number:?}"), "5");
}
