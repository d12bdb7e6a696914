//! The outlines of types: what they are, what is in them, and what makes them.

use std::collections::BTreeMap;

use super::inputs::Spell;
use super::item::{Input, Member, Type, UNDECLARED};
use super::remarks::Remarks;
use crate::diff::spelling::Spelling;
use crate::model::{self, SchemaId, SchemaKind};
use crate::origin::Origin;
use crate::rust::name::place;
use crate::rust::plan::{
    self, Additional, Api, Entry, Field, Need, Struct, TaggedUnion, TypeDef, TypeKind, Union, Usage, Variant,
};

/// A member before it is put under its name.
type Named = (String, Member);

impl Spell<'_> {
    pub(super) fn def(&self, api: &model::Api, def: &TypeDef) -> Type {
        let schema = api.schema(SchemaId(def.id.0));
        let mut found = Type {
            place: place(def),
            kind: kind(&def.kind),
            former: def.former.clone(),
            members: self.members(def, schema),
            new: None,
            setters: BTreeMap::new(),
            offers: Vec::new(),
            origin: def.origin.clone(),
            remarks: schema.map(Remarks::of_schema).unwrap_or_default(),
        };
        match &def.kind {
            TypeKind::Struct(object) => {
                if def.usage != Usage::Read {
                    let input = |field: &Field| self.field_input(field, property(schema, field), &def.origin);
                    found.new = Some(object.arguments().into_iter().map(input).collect());
                    let setters = object.fields.iter().filter(|field| field.entry == Entry::Setter);
                    found.setters = setters.map(|field| (field.name.ident.clone(), input(field))).collect();
                }
                let ops = object.patch.iter().flat_map(|patch| &patch.ops);
                found.offers = ops.map(|op| Spelling::known(op.as_str())).collect();
            }
            TypeKind::Union(union) => found.offers = self.conversions(union),
            TypeKind::TaggedUnion(union) => {
                let exact = |(variant, _): &(Variant, _)| from(self.exact(&variant.ty));
                found.offers = union.variants.iter().map(exact).collect();
            }
            TypeKind::StringEnum(_) | TypeKind::IntegerEnum(_) | TypeKind::ByStatus(_) => {}
        }
        found
    }

    fn field_input(&self, field: &Field, property: Option<&model::Property>, origin: &Origin) -> Input {
        Input {
            wire: field.name.wire.clone(),
            ty: self.given(&field.ty),
            need: property.map_or(Need::Optional, |property| property.need),
            origin: property.map_or_else(|| origin.clone(), |property| property.origin.clone()),
            // The field of the same name says it.
            remarks: Remarks::default(),
        }
    }

    fn members(&self, def: &TypeDef, schema: Option<&model::Schema>) -> BTreeMap<String, Member> {
        let values = def.origin.below("enum");
        match &def.kind {
            TypeKind::Struct(object) => self.fields(object, schema, &def.origin),
            TypeKind::StringEnum(set) => set.variants.iter().map(|name| plain(name, &values)).collect(),
            TypeKind::IntegerEnum(set) => set.variants.iter().map(|(name, _)| plain(name, &values)).collect(),
            TypeKind::Union(Union { variants, .. }) => {
                variants.iter().map(|variant| self.variant(variant, &def.origin)).collect()
            }
            TypeKind::TaggedUnion(TaggedUnion { variants, .. }) => {
                variants.iter().map(|(variant, _)| self.variant(variant, &def.origin)).collect()
            }
            TypeKind::ByStatus(found) => {
                let member = |variant: &plan::StatusVariant| Member {
                    wire: variant.status.to_string(),
                    ty: self.success(&variant.body),
                    origin: def.origin.below(&variant.status.to_string()),
                    remarks: Remarks::default(),
                };
                found.variants.iter().map(|variant| (variant.name.ident.clone(), member(variant))).collect()
            }
        }
    }

    fn fields(&self, object: &Struct, schema: Option<&model::Schema>, origin: &Origin) -> BTreeMap<String, Member> {
        let field = |field: &Field| -> Named {
            let known = property(schema, field);
            let member = Member {
                wire: field.name.wire.clone(),
                ty: self.exact(&field.ty).within("Option<", ">"),
                origin: known.map_or_else(|| origin.clone(), |known| known.origin.clone()),
                remarks: known.map(Remarks::of_property).unwrap_or_default(),
            };
            (field.name.ident.clone(), member)
        };
        let rest = |which: &str, ty| Member {
            wire: format!("{UNDECLARED}{which}"),
            ty,
            origin: origin.clone(),
            remarks: Remarks::default(),
        };
        let mut members: BTreeMap<_, _> = object.fields.iter().map(field).collect();
        members.insert(object.extra.clone(), rest("", Spelling::known("JsonObject")));
        if let Additional::Typed { ident, ty } = &object.additional {
            members.insert(ident.clone(), rest(", of one type", self.exact(ty).within("BTreeMap<String, ", ">")));
        }
        members
    }

    /// A variant stands for what it holds, which its type says.
    fn variant(&self, variant: &Variant, origin: &Origin) -> Named {
        let member = Member {
            wire: variant.name.ident.clone(),
            ty: self.exact(&variant.ty),
            origin: origin.clone(),
            remarks: Remarks::default(),
        };
        (variant.name.ident.clone(), member)
    }

    /// What a union without a tag converts from.
    fn conversions(&self, union: &Union) -> Vec<Spelling> {
        let types: Vec<&plan::Type> = union.variants.iter().map(|variant| &variant.ty).collect();
        let lists = types.iter().filter(|ty| matches!(ty, plan::Type::List(_))).count();
        let mut found = vec![from(Spelling::known("Value"))];
        for variant in union.variants.iter().filter(|variant| variant.text.is_none()) {
            found.push(from(self.exact(&variant.ty)));
            match &variant.ty {
                plan::Type::List(item) if lists == 1 => {
                    found.push(from(self.exact(item).within("Vec<impl Into<", ">>")));
                }
                plan::Type::String => found.extend(["&str", "&String"].map(|ty| from(Spelling::known(ty)))),
                plan::Type::Int64 => found.extend(["i32", "f64"].map(|ty| from(Spelling::known(ty)))),
                plan::Type::Boxed(id) => found.push(from(self.exact(&plan::Type::Named(*id)))),
                _ => {}
            }
        }
        if union.variants.iter().any(|variant| variant.text.is_some()) {
            found.extend(["String", "&str", "&String"].map(|ty| from(Spelling::known(ty))));
        } else if types.iter().any(|ty| self.is_words(ty)) {
            found.push(from(Spelling::known("&str")));
        }
        if union.is_scalar {
            found.push(Spelling::known("Display"));
        }
        found
    }

    pub(super) fn errors(&self, plan: &Api) -> BTreeMap<String, Member> {
        let variant = |variant: &plan::ErrorVariant| -> Option<Named> {
            let def = plan.types.iter().find(|def| def.id == variant.ty)?;
            let ty = self.exact(&plan::Type::Named(def.id));
            let (wire, origin) = (ty.to_string(), def.origin.clone());
            Some((def.first_name.clone(), Member { wire, ty, origin, remarks: Remarks::default() }))
        };
        plan.errors.variants.iter().filter_map(variant).collect()
    }
}

fn kind(kind: &TypeKind) -> &'static str {
    match kind {
        TypeKind::Struct(_) => "a struct",
        TypeKind::StringEnum(_) => "a set of strings",
        TypeKind::IntegerEnum(_) => "a set of integers",
        TypeKind::Union(_) => "a union",
        TypeKind::TaggedUnion(_) => "a tagged union",
        TypeKind::ByStatus(_) => "a response by status",
    }
}

fn from(ty: Spelling) -> Spelling {
    ty.within("From<", ">")
}

fn plain(name: &plan::Name, origin: &Origin) -> Named {
    let member = Member {
        wire: name.wire.clone(),
        ty: Spelling::default(),
        origin: origin.clone(),
        remarks: Remarks::default(),
    };
    (name.ident.clone(), member)
}

/// What the model says of a field.
fn property<'m>(schema: Option<&'m model::Schema>, field: &Field) -> Option<&'m model::Property> {
    match &schema?.kind {
        SchemaKind::Object(object) => object.properties.iter().find(|property| property.name == field.name.wire),
        _ => None,
    }
}
