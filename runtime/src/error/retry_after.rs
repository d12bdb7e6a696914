//! When a server asks to come back: `Retry-After` (RFC 9110, section 10.2.3).

use std::time::{Duration, SystemTime};

use http::HeaderMap;
use http::header::RETRY_AFTER;
use time::{Date, Month, OffsetDateTime, Time};

/// How far ahead a year of two digits can be; beyond that it is one of the past (RFC 9110, section 5.6.7).
const TWO_DIGIT_YEARS: i32 = 50;

/// The time that the header asks for, in seconds or as an HTTP date. A date that is over means now; a number that is too
/// large to count with means [`Duration::MAX`]; what is neither means nothing.
pub(crate) fn retry_after(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(text.parse().map_or(Duration::MAX, Duration::from_secs));
    }
    let date: SystemTime = http_date(text, OffsetDateTime::from(now).year())?.into();
    Some(date.duration_since(now).unwrap_or_default())
}

/// An HTTP date in any of its three forms (RFC 9110, section 5.6.7).
fn http_date(text: &str, this_year: i32) -> Option<OffsetDateTime> {
    let parts: Vec<&str> = text.split_ascii_whitespace().collect();
    let (day, month, year, time) = match parts.as_slice() {
        // Sun, 06 Nov 1994 08:49:37 GMT
        [_, day, month, year, time, "GMT" | "UTC" | "+0000"] if year.len() == 4 => (*day, *month, number(year)?, *time),
        // Sunday, 06-Nov-94 08:49:37 GMT
        [_, date, time, "GMT" | "UTC"] => {
            let mut date = date.splitn(3, '-');
            let (day, month, year) = (date.next()?, date.next()?, date.next()?);
            let year = if year.len() == 2 { full_year(number(year)?, this_year) } else { number(year)? };
            (day, month, year, *time)
        }
        // Sun Nov  6 08:49:37 1994
        [_, month, day, time, year] if year.len() == 4 => (*day, *month, number(year)?, *time),
        _ => return None,
    };
    let mut clock = time.splitn(3, ':');
    let (hour, minute, second) = (clock.next()?, clock.next()?, clock.next()?);
    let date = Date::from_calendar_date(year, month_of(month)?, small(day)?).ok()?;
    // A leap second is the last one of its minute here.
    let time = Time::from_hms(small(hour)?, small(minute)?, small(second)?.min(59)).ok()?;
    Some(date.with_time(time).assume_utc())
}

fn number(text: &str) -> Option<i32> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

fn small(text: &str) -> Option<u8> {
    number(text).and_then(|number| u8::try_from(number).ok())
}

/// The year that ends in these two digits: of this century, unless that is too far ahead.
fn full_year(digits: i32, this_year: i32) -> i32 {
    let year = this_year - this_year.rem_euclid(100) + digits;
    if year > this_year + TWO_DIGIT_YEARS { year - 100 } else { year }
}

fn month_of(name: &str) -> Option<Month> {
    const NAMES: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let place = NAMES.iter().position(|known| name.eq_ignore_ascii_case(known))?;
    Month::try_from(u8::try_from(place + 1).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    fn asked(text: &str) -> Option<Duration> {
        let mut headers = HeaderMap::new();
        headers.insert(RETRY_AFTER, HeaderValue::from_str(text).unwrap());
        // 1994-11-06T08:49:07Z
        retry_after(&headers, SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_747))
    }

    #[test]
    fn it_comes_in_seconds_or_as_a_date_of_three_forms() {
        assert_eq!(asked("7"), Some(Duration::from_secs(7)));
        assert_eq!(asked(" 86400 "), Some(Duration::from_secs(86_400)));
        for date in ["Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"] {
            assert_eq!(asked(date), Some(Duration::from_secs(30)), "{date}");
        }
        assert_eq!(asked("Sun, 06 Nov 1994 08:00:00 GMT"), Some(Duration::ZERO));
    }

    #[test]
    fn a_number_that_does_not_fit_is_very_long() {
        for text in ["18446744073709551616", "99999999999999999999", "99999999999999999999999999"] {
            assert_eq!(asked(text), Some(Duration::MAX), "{text}");
        }
    }

    #[test]
    fn a_year_of_two_digits_is_at_most_fifty_years_ahead() {
        assert_eq!(full_year(94, 2026), 1994);
        assert_eq!(full_year(27, 2026), 2027);
        assert_eq!(full_year(76, 2026), 2076);
        assert_eq!(full_year(77, 2026), 1977);
    }

    #[test]
    fn anything_else_says_nothing() {
        for text in [
            "",
            "soon",
            "-1",
            "1.5",
            "Sun, 99 Nov 1994 08:49:37 GMT",
            "Sun, 06 Nov 1994 08:49 GMT",
            "Sun, 06 Nov 1994 8:4x:37 GMT",
            "Sunday, 06-Nov 08:49:37 GMT",
            "Sun Foo 6 08:49:37 1994",
            "Sun, 06 Nov 1994 08:49:37 CET",
        ] {
            assert_eq!(asked(text), None, "{text}");
        }
    }
}
