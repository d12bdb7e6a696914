//! Parameters in path, query, header and cookie, and the names of the enums that stand inline in them.

use std::collections::BTreeMap;

use openapiv3::{
    Content, MediaType, Parameter as Source, ParameterSchemaOrContent, PathStyle, QueryStyle, ReferenceOr, Schema,
};

use super::body::{essence, is_json};
use super::context::{DraftKind, Lowering, Site, Use, follow};
use super::docs;
use super::operation::Call;
use super::shape::{Shape, shape};
use crate::ir::{
    Deprecation, Docs, Form, ListStyle, Name, ObjectStyle, Parameter, Place, Rank, Type, TypeId, TypeKind,
};
use crate::pointer::escape;

/// A parameter and whether it may be left out.
pub(super) struct Lowered {
    pub parameter: Parameter,
    pub required: bool,
    /// What the schema says of numbers: the largest value, and the default.
    pub bounds: Bounds,
}

/// What the schema of a number allows.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Bounds {
    pub maximum: Option<i64>,
    pub default: Option<i64>,
}

/// The values of an enum, sorted: their order makes no other type.
type Values = Vec<String>;

/// The enums that stand inline in parameters: one type for each parameter name and set of values, however many
/// operations repeat it.
///
/// The set that most operations use is called after the parameter alone (`Locale`); any other after the operation
/// too. Ties go to the first operation id in alphabetical order, so the order of the document does not matter.
#[derive(Debug, Default)]
pub(super) struct ParameterNames {
    roots: BTreeMap<(String, Values), String>,
    /// The site that first defined each root, which later ones share.
    sites: BTreeMap<String, Site>,
}

impl ParameterNames {
    /// Names the inline enums of all parameters of `calls`.
    pub(super) fn new<'a>(lowering: &Lowering<'a>, calls: &[Call<'a>]) -> Self {
        let mut users: BTreeMap<String, BTreeMap<Values, Vec<String>>> = BTreeMap::new();
        for call in calls {
            for (parameter, _) in call.parameters(lowering) {
                if let Some(values) = inline_values(parameter) {
                    let sets = users.entry(parameter.parameter_data_ref().name.clone()).or_default();
                    sets.entry(values).or_default().push(call.id.clone());
                }
            }
        }
        let mut roots = BTreeMap::new();
        for (name, sets) in users {
            let mut sets: Vec<(Values, Vec<String>)> = sets.into_iter().collect();
            for (_, ids) in &mut sets {
                ids.sort();
            }
            sets.sort_by(|(_, a), (_, b)| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
            for (index, (values, ids)) in sets.into_iter().enumerate() {
                let root = match ids.first() {
                    Some(id) if index > 0 => format!("{id} {name}"),
                    _ => name.clone(),
                };
                roots.insert((name.clone(), values), root);
            }
        }
        Self { roots, sites: BTreeMap::new() }
    }
}

/// The values of an enum that stands inline in a parameter, or in the items of its list.
fn inline_values(parameter: &Source) -> Option<Values> {
    let ParameterSchemaOrContent::Schema(ReferenceOr::Item(schema)) = &parameter.parameter_data_ref().format else {
        return None;
    };
    let mut values: Values = match shape(schema) {
        Shape::StringEnum(values) => values.into_iter().map(str::to_owned).collect(),
        Shape::IntegerEnum(values) => values.into_iter().map(|value| value.to_string()).collect(),
        Shape::List(Some(ReferenceOr::Item(items))) => match shape(items) {
            Shape::StringEnum(values) => values.into_iter().map(str::to_owned).collect(),
            _ => return None,
        },
        _ => return None,
    };
    values.sort();
    Some(values)
}

impl<'a> Lowering<'a> {
    /// Lowers one parameter of the operation `id`, found at `pointer`.
    pub(super) fn parameter(&mut self, id: &str, parameter: &'a Source, pointer: &str) -> Lowered {
        let data = parameter.parameter_data_ref();
        let mut bounds = Bounds::default();
        let mut words = Docs {
            description: data.description.clone(),
            example: data.example.clone(),
            deprecation: docs::deprecation(data.deprecated.unwrap_or(false)),
            ..Docs::default()
        };
        let value = match &data.format {
            ParameterSchemaOrContent::Schema(schema) => {
                if let Some((_, schema)) = self.resolve(schema) {
                    add_words(&mut words, schema);
                    bounds = bounds_of(schema);
                }
                let site = self.parameter_site(id, parameter, &format!("{pointer}/schema"));
                self.schema(&site, schema)
            }
            ParameterSchemaOrContent::Content(content) => self.document(id, parameter, pointer, content),
        };
        let place = place(parameter);
        self.check_style(parameter, pointer);
        let form = match &data.format {
            ParameterSchemaOrContent::Content(content) if is_json_content(content) => Form::Json,
            _ if self.is_object(&value.ty) => object_style(parameter).map_or(Form::Text, Form::Members),
            _ => Form::Text,
        };
        let ty = if form == Form::Text { self.sendable(pointer, value.ty) } else { value.ty };
        let is_path = place == Place::Path;
        let is_preset = data.required && !is_path && form == Form::Text;
        let preset = words.default.as_ref().filter(|_| is_preset).and_then(text_of);
        Lowered {
            required: is_path || (data.required && preset.is_none()),
            parameter: Parameter { name: Name::wire(&data.name), place, ty, form, preset, docs: words },
            bounds,
        }
    }

    /// Warns of the styles that put signs of their own into a path.
    fn check_style(&mut self, parameter: &Source, pointer: &str) {
        let Source::Path { style: style @ (PathStyle::Matrix | PathStyle::Label), .. } = parameter else { return };
        let (name, sign) = if *style == PathStyle::Label { ("label", ".") } else { ("matrix", ";") };
        let origin = self.origin(&format!("{pointer}/style"));
        self.report.warning(
            "path-style",
            Some(origin),
            format!("the style `{name}` puts `{sign}` before a value in the path, but values are written as they are"),
            "use the style `simple`, and write the sign into the path if there is one".to_owned(),
        );
    }

    /// A parameter that holds a document: typed if that is JSON, else text.
    fn document(&mut self, id: &str, parameter: &Source, pointer: &str, content: &'a Content) -> Use {
        let pointer = format!("{pointer}/content");
        match content.iter().next().filter(|_| is_json_content(content)) {
            Some((media_type, MediaType { schema: Some(schema), .. })) => {
                let at = format!("{pointer}/{}/schema", escape(media_type));
                let root = format!("{id} {}", parameter.parameter_data_ref().name);
                self.schema(&Site::root(at, Rank::Operation, root), schema)
            }
            Some(_) => Use { ty: Type::Json, nullable: true },
            // Text of another kind is for the caller to write.
            None => Use { ty: Type::String, nullable: false },
        }
    }

    /// Whether values of this type are objects, or can be.
    fn is_object(&self, ty: &Type) -> bool {
        match ty {
            Type::Map(_) | Type::JsonObject => true,
            Type::Named(id) | Type::Boxed(id) => !self.is_enum(*id) && !self.is_union_of_scalars(*id),
            _ => false,
        }
    }

    /// Whether a type is one of several of which none is an object.
    fn is_union_of_scalars(&self, id: TypeId) -> bool {
        match self.draft(id).map(|draft| &draft.kind) {
            Some(DraftKind::Done(TypeKind::Union(union))) => {
                !union.variants.iter().any(|variant| self.is_object(&variant.ty))
            }
            _ => false,
        }
    }

    /// Where the type of an inline enum is defined: the same place for all that share it.
    fn parameter_site(&mut self, id: &str, parameter: &Source, pointer: &str) -> Site {
        let name = &parameter.parameter_data_ref().name;
        let shared = inline_values(parameter)
            .and_then(|values| self.parameter_names.roots.get(&(name.clone(), values)).cloned());
        match shared {
            Some(root) => {
                let site = Site::root(pointer, Rank::Parameter, root.clone());
                self.parameter_names.sites.entry(root).or_insert(site).clone()
            }
            None => Site::root(pointer, Rank::Operation, format!("{id} {name}")),
        }
    }

    /// What can be written into a URL or a header: scalars, enums, and lists of them.
    fn sendable(&mut self, pointer: &str, ty: Type) -> Type {
        match ty {
            Type::List(item) => match self.sendable(pointer, *item) {
                // A list in a list has no form in a URL.
                Type::List(inner) => Type::List(inner),
                item => Type::List(Box::new(item)),
            },
            Type::Optional(inner) => self.sendable(pointer, *inner),
            Type::Map(_) | Type::JsonObject | Type::Json => Type::String,
            Type::Named(id) | Type::Boxed(id) if !self.is_enum(id) => {
                self.unsupported(pointer);
                Type::String
            }
            scalar => scalar,
        }
    }

    /// Whether a type is written as one word.
    pub(super) fn is_enum(&self, id: TypeId) -> bool {
        matches!(
            self.draft(id).map(|draft| &draft.kind),
            Some(DraftKind::Done(TypeKind::StringEnum(_) | TypeKind::IntegerEnum(_)))
        )
    }

    fn unsupported(&mut self, pointer: &str) {
        let origin = self.origin(&format!("{pointer}/schema"));
        self.report.warning(
            "parameter-as-text",
            Some(origin),
            "an object has no form in this place and style, so the parameter takes text".to_owned(),
            "in a query, use the style `form` or `deepObject`; elsewhere, `content` with `application/json`".to_owned(),
        );
    }
}

/// A scalar as it is written into a URL or a header.
fn text_of(value: &serde_json::Value) -> Option<String> {
    match value {
        serde_json::Value::String(text) => Some(text.clone()),
        serde_json::Value::Bool(_) | serde_json::Value::Number(_) => Some(value.to_string()),
        _ => None,
    }
}

fn place(parameter: &Source) -> Place {
    match parameter {
        Source::Path { .. } => Place::Path,
        Source::Header { .. } => Place::Header,
        Source::Cookie { .. } => Place::Cookie,
        // OpenAPI 3.0.3, Parameter Object: `form` explodes unless told otherwise, the other styles do not.
        Source::Query { style, parameter_data, .. } => Place::Query(match (style, parameter_data.explode) {
            (QueryStyle::Form, Some(false)) => ListStyle::Comma,
            (QueryStyle::SpaceDelimited, None | Some(false)) => ListStyle::Space,
            (QueryStyle::PipeDelimited, None | Some(false)) => ListStyle::Pipe,
            _ => ListStyle::Multi,
        }),
    }
}

/// How an object is written in this parameter, if there is a form for it (OpenAPI 3.0.3, Style Values).
fn object_style(parameter: &Source) -> Option<ObjectStyle> {
    match parameter {
        Source::Query { style: QueryStyle::DeepObject, .. } => Some(ObjectStyle::Deep),
        Source::Query { style: QueryStyle::Form, parameter_data, .. } => {
            Some(if parameter_data.explode == Some(false) { ObjectStyle::Comma } else { ObjectStyle::Members })
        }
        _ => None,
    }
}

/// Whether a parameter holds a JSON document.
fn is_json_content(content: &Content) -> bool {
    content.keys().next().is_some_and(|media_type| is_json(&essence(media_type)))
}

/// A parameter's own words come first; what it lacks its schema may have.
fn add_words(words: &mut Docs, schema: &Schema) {
    let from = docs::of_schema(schema);
    words.description = words.description.take().or(from.description);
    words.example = words.example.take().or(from.example);
    words.default = from.default;
    if from.deprecation == Deprecation::Deprecated {
        words.deprecation = Deprecation::Deprecated;
    }
}

fn bounds_of(schema: &Schema) -> Bounds {
    use openapiv3::{SchemaKind, Type};
    let maximum = match &schema.schema_kind {
        SchemaKind::Type(Type::Integer(integer)) => integer.maximum,
        _ => None,
    };
    Bounds { maximum, default: schema.schema_data.default.as_ref().and_then(serde_json::Value::as_i64) }
}

/// The parameter behind a reference, with the pointer of its definition.
pub(super) fn resolve_parameter<'a>(
    lowering: &Lowering<'a>,
    parameter: &'a ReferenceOr<Source>,
    at: String,
) -> Option<(&'a Source, String)> {
    let openapi = lowering.openapi;
    follow(parameter, at, "parameters", |name| openapi.components.as_ref()?.parameters.get(name))
        .map(|(parameter, pointer, _)| (parameter, pointer))
}
