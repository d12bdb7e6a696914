//! Parameters in path, query, header and cookie.

use openapiv3::{
    Content, MediaType as SourceType, Parameter as Source, ParameterSchemaOrContent, PathStyle, QueryStyle, Schema,
};

use super::call::Call;
use super::context::Lowering;
use super::docs;
use super::site::Site;
use super::source::Found;
use crate::model::{
    Deprecation, Docs, Encoding, MediaType, Need, Parameter, Place, Rank, Style, Syntax, TextFormat, Value, ValueKind,
};
use crate::pointer::escape;

impl<'a> Lowering<'a> {
    /// Lowers one parameter of an operation.
    pub(super) fn parameter(&mut self, call: &Call<'a>, found: &Found<'a, Source>) -> Parameter {
        let Found { item: parameter, pointer, .. } = found;
        let data = parameter.parameter_data_ref();
        let mut words = Docs {
            description: data.description.clone(),
            example: data.example.clone(),
            deprecation: docs::deprecation(data.deprecated.unwrap_or(false)),
            ..Docs::default()
        };
        let (value, encoding) = match &data.format {
            ParameterSchemaOrContent::Schema(schema) => {
                if let Some((_, schema)) = self.source.schema(schema) {
                    add_words(&mut words, schema);
                }
                let site = self.parameter_names.site(parameter).unwrap_or_else(|| {
                    Site::root(format!("{pointer}/schema"), Rank::Operation, format!("{} {}", call.id, data.name))
                });
                (self.schema(&site, schema), encoding(parameter))
            }
            ParameterSchemaOrContent::Content(content) => self.document(&call.id, parameter, pointer, content),
        };
        let place = place(parameter);
        Parameter {
            name: data.name.clone(),
            place,
            encoding,
            value,
            need: if data.required || place == Place::Path { Need::Required } else { Need::Optional },
            docs: words,
            examples: docs::examples(self.source, None, &data.examples),
            origin: self.source.origin(pointer),
        }
    }

    /// A parameter that holds a document: typed if that is JSON, else text.
    fn document(&mut self, id: &str, parameter: &Source, pointer: &str, content: &'a Content) -> (Value, Encoding) {
        let Some((name, media)) = content.iter().next() else { return (Value::any(), encoding(parameter)) };
        let media_type = MediaType::new(name);
        let value = match (media_type.syntax(), media) {
            (Syntax::Json, SourceType { schema: Some(schema), .. }) => {
                let at = format!("{pointer}/content/{}/schema", escape(name));
                let root = format!("{id} {}", parameter.parameter_data_ref().name);
                self.schema(&Site::root(at, Rank::Operation, root), schema)
            }
            (Syntax::Json, _) => Value::any(),
            _ => Value::new(ValueKind::text(TextFormat::Plain)),
        };
        (value, Encoding::Content(media_type))
    }
}

fn place(parameter: &Source) -> Place {
    match parameter {
        Source::Path { .. } => Place::Path,
        Source::Header { .. } => Place::Header,
        Source::Cookie { .. } => Place::Cookie,
        Source::Query { .. } => Place::Query,
    }
}

fn encoding(parameter: &Source) -> Encoding {
    let style = match parameter {
        Source::Path { style: PathStyle::Simple, .. } | Source::Header { .. } => Style::Simple,
        Source::Path { style: PathStyle::Label, .. } => Style::Label,
        Source::Path { style: PathStyle::Matrix, .. } => Style::Matrix,
        Source::Query { style: QueryStyle::Form, .. } | Source::Cookie { .. } => Style::Form,
        Source::Query { style: QueryStyle::SpaceDelimited, .. } => Style::SpaceDelimited,
        Source::Query { style: QueryStyle::PipeDelimited, .. } => Style::PipeDelimited,
        Source::Query { style: QueryStyle::DeepObject, .. } => Style::DeepObject,
    };
    // OpenAPI 3.0.3, Parameter Object: `form` explodes unless told otherwise, the other styles do not.
    let explode = parameter.parameter_data_ref().explode.unwrap_or(style == Style::Form);
    Encoding::Style { style, explode }
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
