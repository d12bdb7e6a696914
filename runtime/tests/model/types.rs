//! The types of these tests, each as the generator writes it.

#![allow(unreachable_pub, reason = "generated types are public")]

use std::collections::BTreeMap;

use openapi_client_runtime::{DateTime, JsonObject, UnknownValue, Value};

/// Only read: everything is optional.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Connector {
    pub name: Option<String>,
    pub r#type: Option<String>,
    pub features: Option<Vec<String>>,
    pub created: Option<DateTime>,
    pub status: Option<Status>,
    pub rank: Option<i64>,
    pub extra: JsonObject,
}

openapi_client_runtime::object! {
    Connector {
        "name" => name,
        "type" => r#type,
        "features" => features,
        "created" => created,
        "status" => status,
        "rank" => rank,
    }
}

#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum Status {
    Demo,
    Released,
    Unknown(UnknownValue),
}

openapi_client_runtime::string_enum! {
    Status {
        Demo = "DEMO",
        Released = "RELEASED",
    }
}

#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum Level {
    Low,
    High,
    Unknown(i64),
}

openapi_client_runtime::integer_enum! {
    Level {
        Low = -1,
        High = 10,
    }
}

/// Declared properties, and others of one type beside them; and one that has taken the name of what is left.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Counters {
    pub name: Option<String>,
    pub extra: Option<bool>,
    pub additional: BTreeMap<String, i64>,
    pub extra_: JsonObject,
}

openapi_client_runtime::object! {
    Counters, extra_ {
        "name" => name,
        "extra" => extra,
        _ => additional,
    }
}

/// Nothing is declared.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Empty {
    pub extra: JsonObject,
}

openapi_client_runtime::object! {
    Empty {
    }
}

/// The value of a JSON Patch operation.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum PatchValue {
    String(String),
    Boolean(bool),
    Integer(i64),
    Object(JsonObject),
    Array(Vec<PatchItem>),
    Other(Value),
}

openapi_client_runtime::union! {
    PatchValue {
        String(String),
        Boolean(bool),
        Integer(i64),
        Object(JsonObject),
        Array(Vec<PatchItem>),
    }
}

#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum PatchItem {
    String(String),
    Integer(i64),
    Object(JsonObject),
    Other(Value),
}

openapi_client_runtime::union! {
    PatchItem {
        String(String),
        Integer(i64),
        Object(JsonObject),
    }
}

/// A set of one value, as it is used to tell objects apart.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum CircleType {
    Circle,
    Unknown(UnknownValue),
}

openapi_client_runtime::string_enum! {
    CircleType {
        Circle = "CIRCLE",
    }
}

#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum SquareType {
    Square,
    Unknown(UnknownValue),
}

openapi_client_runtime::string_enum! {
    SquareType {
        Square = "SQUARE",
    }
}

#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Circle {
    pub r#type: Option<CircleType>,
    pub size: Option<f64>,
    pub extra: JsonObject,
}

openapi_client_runtime::object! {
    Circle {
        "type" => r#type,
        "size" => size,
    }
}

#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Square {
    pub r#type: Option<SquareType>,
    pub size: Option<f64>,
    pub extra: JsonObject,
}

openapi_client_runtime::object! {
    Square {
        "type" => r#type,
        "size" => size,
    }
}

/// Told apart by nothing but the values of `type`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Shape {
    Circle(Circle),
    Square(Box<Square>),
    Other(Value),
}

openapi_client_runtime::union! {
    Shape {
        Circle(Circle),
        Square(Box<Square>),
    }
}

/// Told apart by a tag, which a square declares not.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Tagged {
    Circle(Circle),
    Plain(Box<Plain>),
    Group(Group),
    Unknown(Value),
}

openapi_client_runtime::tagged_union! {
    Tagged, "type" {
        Circle(Circle) = "CIRCLE",
        Plain(Box<Plain>) = "plain" | "simple",
        Group(Group) = "group",
    }
}

#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Plain {
    pub size: Option<i64>,
    pub extra: JsonObject,
}

openapi_client_runtime::object! {
    Plain {
        "size" => size,
    }
}

#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Group {
    pub members: Option<Vec<Tagged>>,
    pub by_name: Option<BTreeMap<String, Tagged>>,
    pub extra: JsonObject,
}

openapi_client_runtime::object! {
    Group {
        "members" => members,
        "byName" => by_name,
    }
}
