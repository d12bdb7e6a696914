//! The tables themselves, in the order and with the words of the specification.

use super::{Field, Kind, Rest, Rule, Shape, Shape::*};

const fn may(name: &'static str, shape: Shape) -> Field {
    Field { name, shape, required: false }
}

const fn must(name: &'static str, shape: Shape) -> Field {
    Field { name, shape, required: true }
}

const fn keys(fields: &'static [Field]) -> Rule {
    Rule { fields, rest: Rest::Nothing }
}

const fn any_key(shape: Shape) -> Rule {
    Rule { fields: &[], rest: Rest::Any(shape) }
}

pub(super) fn rule(kind: Kind) -> &'static Rule {
    match kind {
        Kind::OpenApi => &OPENAPI,
        Kind::Info => &INFO,
        Kind::Contact => &CONTACT,
        Kind::License => &LICENSE,
        Kind::Server => &SERVER,
        Kind::ServerVariable => &SERVER_VARIABLE,
        Kind::Paths => &PATHS,
        Kind::PathItem => &PATH_ITEM,
        Kind::Operation => &OPERATION,
        Kind::ExternalDocs => &EXTERNAL_DOCS,
        Kind::Parameter => &PARAMETER,
        Kind::RequestBody => &REQUEST_BODY,
        Kind::MediaType => &MEDIA_TYPE,
        Kind::Encoding => &ENCODING,
        Kind::Responses => &RESPONSES,
        Kind::Response => &RESPONSE,
        Kind::Callback => &CALLBACK,
        Kind::Example => &EXAMPLE,
        Kind::Link => &LINK,
        Kind::Header => &HEADER,
        Kind::Tag => &TAG,
        Kind::Schema => &SCHEMA,
        Kind::Discriminator => &DISCRIMINATOR,
        Kind::Xml => &XML,
        Kind::SecurityScheme => &SECURITY_SCHEME,
        Kind::OAuthFlows => &OAUTH_FLOWS,
        Kind::ImplicitFlow => &IMPLICIT_FLOW,
        Kind::PasswordFlow => &PASSWORD_FLOW,
        Kind::ClientCredentialsFlow => &CLIENT_CREDENTIALS_FLOW,
        Kind::AuthorizationCodeFlow => &AUTHORIZATION_CODE_FLOW,
        Kind::SecurityRequirement => &SECURITY_REQUIREMENT,
        Kind::Components => &COMPONENTS,
    }
}

pub(super) fn title(kind: Kind) -> &'static str {
    match kind {
        Kind::OpenApi => "the document",
        Kind::Info => "an info object",
        Kind::Contact => "a contact",
        Kind::License => "a licence",
        Kind::Server => "a server",
        Kind::ServerVariable => "a server variable",
        Kind::Paths => "the paths",
        Kind::PathItem => "a path item",
        Kind::Operation => "an operation",
        Kind::ExternalDocs => "a link to documentation",
        Kind::Parameter => "a parameter",
        Kind::RequestBody => "a request body",
        Kind::MediaType => "a media type",
        Kind::Encoding => "an encoding",
        Kind::Responses => "the responses",
        Kind::Response => "a response",
        Kind::Callback => "a callback",
        Kind::Example => "an example",
        Kind::Link => "a link",
        Kind::Header => "a header",
        Kind::Tag => "a tag",
        Kind::Schema => "a schema",
        Kind::Discriminator => "a discriminator",
        Kind::Xml => "an XML object",
        Kind::SecurityScheme => "a security scheme",
        Kind::OAuthFlows => "OAuth flows",
        Kind::ImplicitFlow => "an implicit flow",
        Kind::PasswordFlow => "a password flow",
        Kind::ClientCredentialsFlow => "a client credentials flow",
        Kind::AuthorizationCodeFlow => "an authorization code flow",
        Kind::SecurityRequirement => "a security requirement",
        Kind::Components => "the components",
    }
}

static OPENAPI: Rule = keys(&[
    must("openapi", Text),
    must("info", Object(Kind::Info)),
    may("servers", List(&Object(Kind::Server))),
    must("paths", Object(Kind::Paths)),
    may("components", Object(Kind::Components)),
    may("security", List(&Object(Kind::SecurityRequirement))),
    may("tags", List(&Object(Kind::Tag))),
    may("externalDocs", Object(Kind::ExternalDocs)),
]);

static INFO: Rule = keys(&[
    must("title", Text),
    may("description", Text),
    may("termsOfService", Text),
    may("contact", Object(Kind::Contact)),
    may("license", Object(Kind::License)),
    must("version", Text),
]);

static CONTACT: Rule = keys(&[may("name", Text), may("url", Text), may("email", Text)]);

static LICENSE: Rule = keys(&[must("name", Text), may("url", Text)]);

static SERVER: Rule =
    keys(&[must("url", Text), may("description", Text), may("variables", Map(&Object(Kind::ServerVariable)))]);

static SERVER_VARIABLE: Rule = keys(&[may("enum", List(&Text)), must("default", Text), may("description", Text)]);

static PATHS: Rule = any_key(Component(Kind::PathItem));

static PATH_ITEM: Rule = keys(&[
    may("$ref", Text),
    may("summary", Text),
    may("description", Text),
    may("get", Object(Kind::Operation)),
    may("put", Object(Kind::Operation)),
    may("post", Object(Kind::Operation)),
    may("delete", Object(Kind::Operation)),
    may("options", Object(Kind::Operation)),
    may("head", Object(Kind::Operation)),
    may("patch", Object(Kind::Operation)),
    may("trace", Object(Kind::Operation)),
    may("servers", List(&Object(Kind::Server))),
    may("parameters", List(&Component(Kind::Parameter))),
]);

static OPERATION: Rule = keys(&[
    may("tags", List(&Text)),
    may("summary", Text),
    may("description", Text),
    may("externalDocs", Object(Kind::ExternalDocs)),
    may("operationId", Text),
    may("parameters", List(&Component(Kind::Parameter))),
    may("requestBody", Component(Kind::RequestBody)),
    must("responses", Object(Kind::Responses)),
    may("callbacks", Map(&Component(Kind::Callback))),
    may("deprecated", Flag),
    may("security", List(&Object(Kind::SecurityRequirement))),
    may("servers", List(&Object(Kind::Server))),
]);

static EXTERNAL_DOCS: Rule = keys(&[may("description", Text), must("url", Text)]);

static PARAMETER: Rule = keys(&[
    must("name", Text),
    must("in", Word(&["path", "query", "header", "cookie"])),
    may("description", Text),
    may("required", Flag),
    may("deprecated", Flag),
    may("allowEmptyValue", Flag),
    may("style", Word(&["matrix", "label", "form", "simple", "spaceDelimited", "pipeDelimited", "deepObject"])),
    may("explode", Flag),
    may("allowReserved", Flag),
    may("schema", Component(Kind::Schema)),
    may("example", Sample),
    may("examples", Map(&Component(Kind::Example))),
    may("content", Map(&Object(Kind::MediaType))),
]);

static REQUEST_BODY: Rule =
    keys(&[may("description", Text), must("content", Map(&Object(Kind::MediaType))), may("required", Flag)]);

static MEDIA_TYPE: Rule = keys(&[
    may("schema", Component(Kind::Schema)),
    may("example", Sample),
    may("examples", Map(&Component(Kind::Example))),
    may("encoding", Map(&Object(Kind::Encoding))),
]);

static ENCODING: Rule = keys(&[
    may("contentType", Text),
    may("headers", Map(&Component(Kind::Header))),
    may("style", Word(&["form", "spaceDelimited", "pipeDelimited", "deepObject"])),
    may("explode", Flag),
    may("allowReserved", Flag),
]);

static RESPONSES: Rule = any_key(Component(Kind::Response));

static RESPONSE: Rule = keys(&[
    must("description", Text),
    may("headers", Map(&Component(Kind::Header))),
    may("content", Map(&Object(Kind::MediaType))),
    may("links", Map(&Component(Kind::Link))),
]);

static CALLBACK: Rule = any_key(Component(Kind::PathItem));

static EXAMPLE: Rule =
    keys(&[may("summary", Text), may("description", Text), may("value", Sample), may("externalValue", Text)]);

static LINK: Rule = keys(&[
    may("operationRef", Text),
    may("operationId", Text),
    may("parameters", Map(&Data)),
    may("requestBody", Data),
    may("description", Text),
    may("server", Object(Kind::Server)),
]);

static HEADER: Rule = keys(&[
    may("description", Text),
    may("required", Flag),
    may("deprecated", Flag),
    may("allowEmptyValue", Flag),
    may("style", Word(&["simple"])),
    may("explode", Flag),
    may("allowReserved", Flag),
    may("schema", Component(Kind::Schema)),
    may("example", Sample),
    may("examples", Map(&Component(Kind::Example))),
    may("content", Map(&Object(Kind::MediaType))),
]);

static TAG: Rule =
    keys(&[must("name", Text), may("description", Text), may("externalDocs", Object(Kind::ExternalDocs))]);

static SCHEMA: Rule = keys(&[
    may("title", Text),
    may("multipleOf", Number),
    may("maximum", Number),
    may("exclusiveMaximum", Flag),
    may("minimum", Number),
    may("exclusiveMinimum", Flag),
    may("maxLength", Count),
    may("minLength", Count),
    may("pattern", Text),
    may("maxItems", Count),
    may("minItems", Count),
    may("uniqueItems", Flag),
    may("maxProperties", Count),
    may("minProperties", Count),
    may("required", List(&Text)),
    may("enum", List(&Data)),
    may("type", Word(&["string", "number", "integer", "boolean", "array", "object"])),
    may("allOf", List(&Component(Kind::Schema))),
    may("oneOf", List(&Component(Kind::Schema))),
    may("anyOf", List(&Component(Kind::Schema))),
    may("not", Component(Kind::Schema)),
    may("items", Component(Kind::Schema)),
    may("properties", Map(&Component(Kind::Schema))),
    may("additionalProperties", FlagOrSchema),
    may("description", Text),
    may("format", Text),
    may("default", Data),
    may("nullable", Flag),
    may("discriminator", Object(Kind::Discriminator)),
    may("readOnly", Flag),
    may("writeOnly", Flag),
    may("xml", Object(Kind::Xml)),
    may("externalDocs", Object(Kind::ExternalDocs)),
    may("example", Sample),
    may("deprecated", Flag),
]);

static DISCRIMINATOR: Rule = keys(&[must("propertyName", Text), may("mapping", Map(&SchemaName))]);

static XML: Rule = keys(&[
    may("name", Text),
    may("namespace", Text),
    may("prefix", Text),
    may("attribute", Flag),
    may("wrapped", Flag),
]);

static SECURITY_SCHEME: Rule = keys(&[
    must("type", Word(&["apiKey", "http", "oauth2", "openIdConnect"])),
    may("description", Text),
    may("name", Text),
    may("in", Word(&["query", "header", "cookie"])),
    may("scheme", Text),
    may("bearerFormat", Text),
    may("flows", Object(Kind::OAuthFlows)),
    may("openIdConnectUrl", Text),
]);

static OAUTH_FLOWS: Rule = keys(&[
    may("implicit", Object(Kind::ImplicitFlow)),
    may("password", Object(Kind::PasswordFlow)),
    may("clientCredentials", Object(Kind::ClientCredentialsFlow)),
    may("authorizationCode", Object(Kind::AuthorizationCodeFlow)),
]);

static IMPLICIT_FLOW: Rule =
    keys(&[must("authorizationUrl", Text), may("refreshUrl", Text), must("scopes", Map(&Text))]);

static PASSWORD_FLOW: Rule = keys(&[must("tokenUrl", Text), may("refreshUrl", Text), must("scopes", Map(&Text))]);

static CLIENT_CREDENTIALS_FLOW: Rule =
    keys(&[must("tokenUrl", Text), may("refreshUrl", Text), must("scopes", Map(&Text))]);

static AUTHORIZATION_CODE_FLOW: Rule = keys(&[
    must("authorizationUrl", Text),
    must("tokenUrl", Text),
    may("refreshUrl", Text),
    must("scopes", Map(&Text)),
]);

static SECURITY_REQUIREMENT: Rule = any_key(List(&Text));

static COMPONENTS: Rule = keys(&[
    may("schemas", Map(&Component(Kind::Schema))),
    may("responses", Map(&Component(Kind::Response))),
    may("parameters", Map(&Component(Kind::Parameter))),
    may("examples", Map(&Component(Kind::Example))),
    may("requestBodies", Map(&Component(Kind::RequestBody))),
    may("headers", Map(&Component(Kind::Header))),
    may("securitySchemes", Map(&Component(Kind::SecurityScheme))),
    may("links", Map(&Component(Kind::Link))),
    may("callbacks", Map(&Component(Kind::Callback))),
]);
