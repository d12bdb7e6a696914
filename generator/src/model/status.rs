//! The statuses that a response is documented for.

use std::cmp::Ordering;
use std::fmt;

use serde::{Serialize, Serializer};

/// One status, a hundred of them, or all others.
///
/// Ordered as documents list them: by the first digit, a range after the codes that it contains, `default` last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Status {
    /// One status, such as 404.
    Code(u16),
    /// A hundred of them: `Range(4)` is 400 to 499.
    Range(u16),
    /// Every status that nothing else covers: `default`.
    Default,
}

impl Status {
    /// As a document writes it: `200`, `4XX`, `default`.
    pub fn parse(text: &str) -> Option<Self> {
        match text.strip_suffix("XX") {
            _ if text == "default" => Some(Self::Default),
            Some(hundred) => hundred.parse().ok().map(Self::Range),
            None => text.parse().ok().map(Self::Code),
        }
    }

    /// What it is called, as one word in capitals and small letters (RFC 9110, section 15; RFC 4918, 5842, 3229 and
    /// 6585).
    pub fn word(self) -> Option<&'static str> {
        Some(match self {
            Self::Range(2) => "Success",
            Self::Code(200) => "Ok",
            Self::Code(201) => "Created",
            Self::Code(202) => "Accepted",
            Self::Code(203) => "NonAuthoritativeInformation",
            Self::Code(204) => "NoContent",
            Self::Code(205) => "ResetContent",
            Self::Code(206) => "PartialContent",
            Self::Code(207) => "MultiStatus",
            Self::Code(208) => "AlreadyReported",
            Self::Code(226) => "ImUsed",
            Self::Code(400) => "BadRequest",
            Self::Code(401) => "Unauthorized",
            Self::Code(402) => "PaymentRequired",
            Self::Code(403) => "Forbidden",
            Self::Code(404) => "NotFound",
            Self::Code(405) => "MethodNotAllowed",
            Self::Code(406) => "NotAcceptable",
            Self::Code(408) => "RequestTimeout",
            Self::Code(409) => "Conflict",
            Self::Code(410) => "Gone",
            Self::Code(412) => "PreconditionFailed",
            Self::Code(413) => "ContentTooLarge",
            Self::Code(415) => "UnsupportedMediaType",
            Self::Code(422) => "UnprocessableContent",
            Self::Code(429) => "TooManyRequests",
            Self::Code(500) => "InternalServerError",
            Self::Code(502) => "BadGateway",
            Self::Code(503) => "ServiceUnavailable",
            Self::Code(504) => "GatewayTimeout",
            _ => return None,
        })
    }

    /// Whether every status of it says that the call succeeded (RFC 9110, section 15.3). `default` does not.
    pub fn is_success(self) -> bool {
        match self {
            Self::Code(code) => code / 100 == 2,
            Self::Range(hundred) => hundred == 2,
            Self::Default => false,
        }
    }

    /// Whether responses with it never have a body (RFC 9110, sections 15.3.5, 15.3.6 and 15.4.5).
    pub fn is_bodiless(self) -> bool {
        matches!(self, Self::Code(204 | 205 | 304))
    }

    fn rank(self) -> (u16, bool, u16) {
        match self {
            Self::Code(code) => (code / 100, false, code),
            Self::Range(hundred) => (hundred, true, 0),
            Self::Default => (u16::MAX, true, 0),
        }
    }
}

impl Ord for Status {
    fn cmp(&self, other: &Self) -> Ordering {
        self.rank().cmp(&other.rank())
    }
}

impl PartialOrd for Status {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// As a document writes it: `200`, `4XX`, `default`.
impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Code(code) => write!(f, "{code}"),
            Self::Range(hundred) => write!(f, "{hundred}XX"),
            Self::Default => f.write_str("default"),
        }
    }
}

impl Serialize for Status {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::Status::{Code, Default, Range};

    #[test]
    fn ranges_follow_their_codes_and_default_comes_last() {
        let mut all = [Default, Range(5), Code(503), Range(2), Code(204), Code(200), Code(404), Range(4)];
        all.sort();
        let shown: Vec<String> = all.iter().map(ToString::to_string).collect();
        assert_eq!(shown, ["200", "204", "2XX", "404", "4XX", "503", "5XX", "default"]);
    }

    #[test]
    fn only_the_second_hundred_is_a_success() {
        assert!([Code(200), Code(299), Range(2)].into_iter().all(super::Status::is_success));
        assert!(![Code(199), Code(300), Range(4), Default].into_iter().any(super::Status::is_success));
    }
}
