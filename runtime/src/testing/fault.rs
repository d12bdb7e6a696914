//! Faults that can be ordered: what servers and the way to them do to programs.

use std::str::FromStr;

/// A fault that a mock server shows when it is told to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Fault {
    /// 429 with `Retry-After: 1`.
    TooManyRequests,
    /// 502 with a page of HTML, as gateways send it.
    BadGateway,
    /// 401: the token has expired.
    ExpiredToken,
    /// The connection ends before there is a response.
    Cut,
    /// The connection ends in the middle of the body.
    CutBody,
    /// The body arrives in pieces, with a pause before each.
    SlowBody,
    /// A list holds exactly as many items as one page may hold, so that a client has to ask for a second page.
    FullPage,
    /// The first property that has a list of allowed values holds another value.
    UnknownEnumValue,
    /// Every object holds a property that no schema declares.
    UnknownProperty,
    /// Dates are written in a form that is not RFC 3339.
    OddDates,
}

impl Fault {
    /// Every fault, in the order of the documentation.
    pub const ALL: [Self; 10] = [
        Self::TooManyRequests,
        Self::BadGateway,
        Self::ExpiredToken,
        Self::Cut,
        Self::CutBody,
        Self::SlowBody,
        Self::FullPage,
        Self::UnknownEnumValue,
        Self::UnknownProperty,
        Self::OddDates,
    ];

    /// The name under which it is ordered over HTTP, for instance `too-many-requests`.
    pub fn name(self) -> &'static str {
        match self {
            Self::TooManyRequests => "too-many-requests",
            Self::BadGateway => "bad-gateway",
            Self::ExpiredToken => "expired-token",
            Self::Cut => "cut",
            Self::CutBody => "cut-body",
            Self::SlowBody => "slow-body",
            Self::FullPage => "full-page",
            Self::UnknownEnumValue => "unknown-enum-value",
            Self::UnknownProperty => "unknown-property",
            Self::OddDates => "odd-dates",
        }
    }
}

impl FromStr for Fault {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        Self::ALL.into_iter().find(|fault| fault.name() == name).ok_or_else(|| {
            let names: Vec<&str> = Self::ALL.iter().map(|fault| fault.name()).collect();
            format!("there is no fault `{name}`; there are {}", names.join(", "))
        })
    }
}

/// A fault that waits for requests.
#[derive(Clone, Debug)]
pub(super) struct Ordered {
    pub(super) fault: Fault,
    /// How many requests it still meets.
    pub(super) left: u32,
    /// The operation that it is for; any where there is none.
    pub(super) operation: Option<String>,
}

/// The faults that meet a request to this operation; each is used up once.
pub(super) fn take(ordered: &mut Vec<Ordered>, operation: Option<&str>) -> Vec<Fault> {
    let mut met = Vec::new();
    for order in ordered.iter_mut() {
        let concerned = order.operation.is_none() || order.operation.as_deref() == operation;
        if concerned && !met.contains(&order.fault) {
            order.left -= 1;
            met.push(order.fault);
        }
    }
    ordered.retain(|order| order.left > 0);
    met
}
