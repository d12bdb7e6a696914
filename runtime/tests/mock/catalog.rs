//! A catalog written by hand: lamps, which are created, read, changed and removed.

use http::Method;
use openapi_client_runtime::catalog::*;
use openapi_client_runtime::{Api, Json, ListStyle, NoContent, Operation, PageParameters, TypedOperation, Value};

/// How the servers of the API behave.
static API: Api = Api::new();

macro_rules! operation {
    ($name:ident, $id:literal, $method:ident, $path:literal, $page:expr) => {
        pub(crate) static $name: Operation = Operation {
            api: &API,
            id: $id,
            method: Method::$method,
            path: $path,
            accept: "application/json",
            page: $page,
        };
    };
}

const PAGE: PageParameters = PageParameters { offset: "offset", limit: "limit", size: 250 };

operation!(LIST, "listLamps", GET, "/v1/lamps", Some(PAGE));
operation!(CREATE, "createLamp", POST, "/v1/lamps", None);
operation!(GET, "getLamp", GET, "/v1/lamps/{lampId}", None);
operation!(PATCH, "patchLamp", PATCH, "/v1/lamps/{lampId}", None);
operation!(DELETE, "deleteLamp", DELETE, "/v1/lamps/{lampId}", None);
operation!(GET_MANUAL, "getManual", GET, "/v1/lamps/{lampId}/manual", None);
operation!(PUT, "putLamp", PUT, "/v1/lamps/{lampId}", None);
operation!(PUT_MANUAL, "putManual", PUT, "/v1/lamps/{lampId}/manual", None);

pub(crate) fn get_lamp() -> TypedOperation<Json<Value>> {
    TypedOperation::new(&GET)
}

pub(crate) fn create_lamp() -> TypedOperation<Json<Value>> {
    TypedOperation::new(&CREATE)
}

pub(crate) fn delete_lamp() -> TypedOperation<NoContent> {
    TypedOperation::new(&DELETE)
}

const LAMP: &str = r##"{"$ref":"#/schemas/Lamp"}"##;
const FAULT: &str = r##"{"$ref":"#/schemas/Fault"}"##;
const BEARER: &[&[Requirement]] = &[&[Requirement { scheme: "oauth", scopes: &[] }]];

const fn form(name: &'static str, schema: &'static str) -> MediaType {
    MediaType { name, schema, parts: &[], examples: &[] }
}

const fn response(code: u16, media_types: &'static [MediaType]) -> Response {
    Response { status: Status::Code(code), description: "", headers: &[], media_types }
}

const fn parameter(name: &'static str, place: Place, schema: &'static str) -> Parameter {
    Parameter {
        name,
        rust_name: name,
        place,
        style: Style::Text(ListStyle::Csv),
        required: matches!(place, Place::Path),
        description: "",
        schema,
        example: None,
        deprecated: false,
    }
}

const fn entry(
    operation: &'static Operation,
    parameters: &'static [Parameter],
    body: Option<Body>,
    responses: &'static [Response],
) -> Entry {
    Entry {
        operation,
        name: operation.id,
        summary: "",
        description: "",
        deprecated: false,
        parameters,
        body,
        responses,
        security: BEARER,
        facts: &[],
    }
}

const fn body(media_types: &'static [MediaType]) -> Option<Body> {
    Some(Body { required: true, description: "", media_types })
}

const LAMP_ID: &[Parameter] = &[parameter("lampId", Place::Path, r#"{"type":"string"}"#)];
const BAD: Response = response(400, &[form("application/json", FAULT)]);
const ABSENT: Response = response(404, &[form("application/json", FAULT)]);
const ONE: Response = response(200, &[form("application/json", LAMP)]);

const OPERATIONS: &[Entry] = &[
    entry(
        &CREATE,
        &[],
        body(&[form("application/json", LAMP)]),
        &[response(201, &[form("application/json", LAMP)]), BAD],
    ),
    entry(&DELETE, LAMP_ID, None, &[response(204, &[]), ABSENT]),
    entry(&GET, LAMP_ID, None, &[ONE, ABSENT, response(500, &[])]),
    entry(&GET_MANUAL, LAMP_ID, None, &[response(200, &[form("application/xml", r#"{"type":"string"}"#)]), ABSENT]),
    entry(
        &LIST,
        &[
            parameter("limit", Place::Query, r#"{"type":"integer","minimum":0,"maximum":250}"#),
            parameter("offset", Place::Query, r#"{"type":"integer","minimum":0}"#),
            parameter("count", Place::Query, r#"{"type":"boolean"}"#),
            parameter("kinds", Place::Query, r##"{"type":"array","items":{"enum":["DESK","FLOOR"],"type":"string"}}"##),
        ],
        None,
        &[
            Response {
                status: Status::Code(200),
                description: "",
                headers: &[],
                media_types: &[MediaType {
                    name: "application/json",
                    schema: r##"{"type":"array","items":{"$ref":"#/schemas/Lamp"}}"##,
                    parts: &[],
                    examples: &[("", r#"["no lamp"]"#), ("dark", r#"[{"name":"cellar","kind":"FLOOR"}]"#)],
                }],
            },
            BAD,
        ],
    ),
    entry(&PATCH, LAMP_ID, body(&[form("application/json-patch+json", r#"{"type":"array"}"#)]), &[ONE, BAD, ABSENT]),
    entry(&PUT, LAMP_ID, body(&[form("application/json", r##"{"$ref":"#/schemas/LampUpdate"}"##)]), &[ONE, BAD]),
    entry(
        &PUT_MANUAL,
        LAMP_ID,
        body(&[MediaType {
            name: "multipart/form-data",
            schema: "",
            parts: &[Part {
                name: "file",
                rust_name: "file",
                required: true,
                kind: PartKind::File,
                description: "",
                schema: "",
            }],
            examples: &[],
        }]),
        &[response(204, &[]), BAD],
    ),
];

pub(crate) static CATALOG: Catalog = Catalog {
    name: "v1",
    title: "Lamps",
    version: "1",
    description: "",
    servers: &[],
    security_schemes: &[SecurityScheme {
        name: "oauth",
        kind: SecurityKind::ClientCredentials("https://lamps.example/oauth/token"),
    }],
    groups: &[Group { name: "lamps", tag: "Lamps", description: "", operations: OPERATIONS }],
    schemas: &[
        Schema {
            name: "Fault",
            schema: r#"{"type":"object","properties":{"code":{"type":"string","example":"400.1"}},"required":["code"]}"#,
        },
        Schema {
            name: "Lamp",
            schema: r##"{"type":"object","required":["name"],"properties":{"lampId":{"type":"string"},
                "name":{"type":"string","minLength":3},"kind":{"type":"string","enum":["DESK","FLOOR"]},
                "watts":{"type":"integer","minimum":5},"made":{"type":"string","format":"date-time"},
                "spare":{"anyOf":[{"$ref":"#/schemas/Lamp"},{"type":"null"}]}}}"##,
        },
        Schema {
            name: "LampUpdate",
            schema: r#"{"type":"object","required":["name"],"properties":{"name":{"type":"string"},
                "watts":{"type":"integer"}}}"#,
        },
    ],
};
