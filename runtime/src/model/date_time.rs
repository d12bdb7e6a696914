//! Points in time as servers write them: the text is kept, the instant is worked out when it is asked for.

use std::fmt;
use std::time::SystemTime;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Unexpected, Visitor};
use serde::ser::{Serialize, Serializer};
use serde_json::Number;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::{Knowable, read_knowable};

/// A point in time, exactly as the server wrote it.
///
/// Servers write dates in more ways than RFC 3339 allows. Whatever comes is kept and sent again unchanged;
/// [`instant`](Self::instant) understands the usual forms, and says `None` for others instead of failing the response.
/// Two are equal if they are written in the same way: compare their instants to compare the times.
///
/// ```
/// use openapi_client_runtime::DateTime;
///
/// let odd = DateTime::from("2009-11-10 23:00:00 +0000 UTC");
/// assert_eq!(odd.as_str(), "2009-11-10 23:00:00 +0000 UTC");
/// assert_eq!(odd.instant(), DateTime::from("2009-11-10T23:00:00Z").instant());
/// assert_eq!(DateTime::from("soon").instant(), None);
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct DateTime {
    text: Box<str>,
    form: Form,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Form {
    Text,
    /// To be written as a number again.
    Number,
}

impl DateTime {
    /// The text as the server wrote it; the digits of a number.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The instant, if the text is of a form that is understood.
    ///
    /// That is RFC 3339; the same with a blank instead of `T`, without a colon in the offset, without seconds, without an
    /// offset (taken as UTC) or without a time (midnight, UTC), or with the name of the zone behind the offset, as in
    /// Go's `2009-11-10 23:00:00 +0000 UTC`; and a whole number, taken as milliseconds since 1970.
    pub fn instant(&self) -> Option<SystemTime> {
        let instant = match self.form {
            Form::Text => parsed(&self.text)?,
            Form::Number => {
                let milliseconds: i64 = self.text.parse().ok()?;
                OffsetDateTime::from_unix_timestamp_nanos(i128::from(milliseconds) * 1_000_000).ok()?
            }
        };
        Some(SystemTime::from(instant))
    }

    fn number(number: &Number) -> Self {
        Self { text: number.to_string().into(), form: Form::Number }
    }
}

fn parsed(text: &str) -> Option<OffsetDateTime> {
    OffsetDateTime::parse(text, &Rfc3339).ok().or_else(|| OffsetDateTime::parse(&tidied(text)?, &Rfc3339).ok())
}

/// The text as RFC 3339 would have it.
fn tidied(text: &str) -> Option<String> {
    let text = text.trim();
    let (date, rest) = (text.get(..10)?, text.get(10..)?);
    let rest = rest.trim_start_matches(['T', 't', ' ']);
    if rest.is_empty() {
        return Some(format!("{date}T00:00:00Z"));
    }
    let end = rest.find(|c: char| !c.is_ascii_digit() && !matches!(c, ':' | '.' | ',')).unwrap_or(rest.len());
    let (time, zone) = rest.split_at(end);
    let time = time.replace(',', ".");
    let seconds = if time.len() == "23:00".len() { ":00" } else { "" };
    // What follows the offset names the zone; the offset says it all.
    let offset = zone.split(|c: char| c.is_whitespace() || c == '[').find(|part| !part.is_empty()).unwrap_or("Z");
    let (hours, colon, minutes) = match offset.len() {
        _ if !offset.starts_with(['+', '-']) => {
            (if matches!(offset, "z" | "UTC" | "GMT") { "Z" } else { offset }, "", "")
        }
        3 => (offset, ":", "00"),
        5 => (offset.get(..3)?, ":", offset.get(3..)?),
        _ => (offset, "", ""),
    };
    Some(format!("{date}T{time}{seconds}{hours}{colon}{minutes}"))
}

impl From<&str> for DateTime {
    fn from(text: &str) -> Self {
        Self { text: text.into(), form: Form::Text }
    }
}

impl From<String> for DateTime {
    fn from(text: String) -> Self {
        Self { text: text.into(), form: Form::Text }
    }
}

/// In RFC 3339 and UTC, to the nanosecond if need be. RFC 3339 has no years beyond 0 and 9999: a time that lies there
/// becomes the first or the last one that can be written.
impl From<SystemTime> for DateTime {
    fn from(instant: SystemTime) -> Self {
        let (past, distance) = match instant.duration_since(SystemTime::UNIX_EPOCH) {
            Ok(since) => (false, since.as_nanos()),
            Err(before) => (true, before.duration().as_nanos()),
        };
        let written = i128::try_from(distance).ok().and_then(|distance| {
            let distance = if past { -distance } else { distance };
            OffsetDateTime::from_unix_timestamp_nanos(distance).ok()?.format(&Rfc3339).ok()
        });
        match (written, past) {
            (Some(text), _) => Self::from(text),
            (None, true) => Self::from("0000-01-01T00:00:00Z"),
            (None, false) => Self::from("9999-12-31T23:59:59.999999999Z"),
        }
    }
}

impl fmt::Debug for DateTime {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.form {
            Form::Text => self.text.fmt(to),
            Form::Number => to.write_str(&self.text),
        }
    }
}

impl fmt::Display for DateTime {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.pad(&self.text)
    }
}

impl Serialize for DateTime {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match (self.form, self.text.parse::<Number>()) {
            (Form::Number, Ok(number)) => number.serialize(to),
            _ => to.serialize_str(&self.text),
        }
    }
}

impl<'de> Deserialize<'de> for DateTime {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        read_knowable(from)
    }
}

/// Known is what is a date in the schema's sense, a text; numbers are taken, but a type for numbers explains them better.
impl Knowable for DateTime {
    fn is_known(&self) -> bool {
        self.form == Form::Text && self.instant().is_some()
    }

    fn read<'de, D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(DateTimeVisitor)
    }
}

struct DateTimeVisitor;

impl<'de> Visitor<'de> for DateTimeVisitor {
    type Value = DateTime;

    fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("a point in time, as a string or a number")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<DateTime, E> {
        Ok(DateTime::from(text))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<DateTime, E> {
        Ok(DateTime::from(text))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<DateTime, E> {
        Ok(DateTime::number(&number.into()))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<DateTime, E> {
        Ok(DateTime::number(&number.into()))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<DateTime, E> {
        match Number::from_f64(number) {
            Some(number) => Ok(DateTime::number(&number)),
            None => Err(E::invalid_value(Unexpected::Float(number), &self)),
        }
    }

    /// With its feature `arbitrary_precision`, `serde_json` hands numbers over as maps.
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<DateTime, A::Error> {
        match Number::deserialize(MapAccessDeserializer::new(map)) {
            Ok(number) => Ok(DateTime::number(&number)),
            Err(_) => Err(A::Error::invalid_type(Unexpected::Map, &self)),
        }
    }

    /// Reads the array to its end, so that the error is placed behind it and not inside.
    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<DateTime, A::Error> {
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Err(A::Error::invalid_type(Unexpected::Seq, &self))
    }
}
