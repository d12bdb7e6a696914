//! How parameters are written: as text, as the members of an object, or as JSON.

use super::context::Settling;
use super::types::ty;
use crate::model::{self, Encoding, Need, SchemaId, Style, Syntax};
use crate::rust::name::InputNames;
use crate::rust::plan::{Form, ListStyle, ObjectStyle, Parameter, Place, Type};

/// How a parameter is written.
pub(super) struct Written {
    place: Place,
    ty: Type,
    form: Form,
    /// What is sent unless a caller says otherwise.
    preset: Option<String>,
}

impl Written {
    /// Whether it is given as an argument of the method: it cannot be left out.
    pub(super) fn is_argument(&self, parameter: &model::Parameter) -> bool {
        parameter.need == Need::Required && self.preset.is_none()
    }

    /// The parameter, with its name.
    pub(super) fn named(self, parameter: &model::Parameter, names: &mut InputNames) -> Parameter {
        let need = if self.is_argument(parameter) { Need::Required } else { Need::Optional };
        let name = names.input(need, &parameter.name);
        let Self { place, ty, form, preset } = self;
        Parameter { name, place, ty, form, preset, docs: parameter.docs.clone() }
    }
}

impl Settling<'_> {
    pub(super) fn written(&mut self, parameter: &model::Parameter) -> Written {
        self.check_style(parameter);
        let value = ty(&parameter.value);
        let form = self.form(parameter, &value);
        let ty = if form == Form::Text { self.sendable(parameter, value) } else { value };
        let place = place(parameter);
        // The default of what must not be left out is sent, until a setter says otherwise.
        let has_preset = parameter.need == Need::Required && place != Place::Path && form == Form::Text;
        let preset = parameter.docs.default.as_ref().filter(|_| has_preset).and_then(text_of);
        Written { place, ty, form, preset }
    }

    fn form(&self, parameter: &model::Parameter, ty: &Type) -> Form {
        match &parameter.encoding {
            Encoding::Content(media_type) if media_type.syntax() == Syntax::Json => Form::Json,
            Encoding::Style { style, explode } if parameter.place == model::Place::Query && self.may_be_object(ty) => {
                object_style(*style, *explode).map_or(Form::Text, Form::Members)
            }
            _ => Form::Text,
        }
    }

    /// Warns of the styles that put signs of their own into a path.
    fn check_style(&mut self, parameter: &model::Parameter) {
        let (name, sign) = match parameter.encoding {
            Encoding::Style { style: Style::Label, .. } => ("label", "."),
            Encoding::Style { style: Style::Matrix, .. } => ("matrix", ";"),
            _ => return,
        };
        self.report.warning(
            "path-style",
            Some(parameter.origin.below("style")),
            format!("the style `{name}` puts `{sign}` before a value in the path, but values are written as they are"),
            "use the style `simple`, and write the sign into the path if there is one".to_owned(),
        );
    }

    /// Whether values of this type can be objects.
    fn may_be_object(&self, ty: &Type) -> bool {
        match ty {
            Type::Map(_) | Type::JsonObject => true,
            Type::Named(id) | Type::Boxed(id) => !self.is_scalar(SchemaId(id.0)),
            _ => false,
        }
    }

    /// What can be written into a URL or a header: scalars, enums, unions of scalars, and lists of them.
    fn sendable(&mut self, parameter: &model::Parameter, ty: Type) -> Type {
        match ty {
            Type::List(item) => match self.sendable(parameter, *item) {
                // A list in a list has no form in a URL.
                Type::List(inner) => Type::List(inner),
                item => Type::List(Box::new(item)),
            },
            Type::Optional(inner) => self.sendable(parameter, *inner),
            Type::Map(_) | Type::JsonObject | Type::Json => Type::String,
            Type::Named(id) | Type::Boxed(id) if !self.is_scalar(SchemaId(id.0)) => {
                self.unsupported(parameter);
                Type::String
            }
            scalar => scalar,
        }
    }

    fn unsupported(&mut self, parameter: &model::Parameter) {
        self.report.warning(
            "parameter-as-text",
            Some(parameter.origin.below("schema")),
            "objects cannot be written in this place and style, so the parameter takes text".to_owned(),
            "in a query, use the style `form` or `deepObject`; elsewhere, `content` with `application/json`".to_owned(),
        );
    }
}

/// Where a parameter goes, and how a list is written there.
fn place(parameter: &model::Parameter) -> Place {
    match parameter.place {
        model::Place::Path => Place::Path,
        model::Place::Header => Place::Header,
        model::Place::Cookie => Place::Cookie,
        model::Place::Query => Place::Query(list_style(&parameter.encoding)),
    }
}

fn list_style(encoding: &Encoding) -> ListStyle {
    match encoding {
        Encoding::Style { style: Style::Form, explode: false } => ListStyle::Comma,
        Encoding::Style { style: Style::SpaceDelimited, explode: false } => ListStyle::Space,
        Encoding::Style { style: Style::PipeDelimited, explode: false } => ListStyle::Pipe,
        _ => ListStyle::Multi,
    }
}

/// How an object is written in the query string, if there is a form for it (OpenAPI 3.0.3, Style Values).
fn object_style(style: Style, explode: bool) -> Option<ObjectStyle> {
    match style {
        Style::DeepObject => Some(ObjectStyle::Deep),
        Style::Form if explode => Some(ObjectStyle::Members),
        Style::Form => Some(ObjectStyle::Comma),
        _ => None,
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
