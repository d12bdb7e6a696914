//! Whether emitted text is sound, as far as that can be seen without a compiler: it parses, and no two names of a kind
//! collide.

use std::collections::BTreeSet;

use syn::{Fields, ImplItem, Item, Type};

/// Panics where `text`, the file at `path`, could not be compiled.
pub(crate) fn is_sound(path: &str, text: &str) {
    if path.ends_with(".toml") {
        if let Err(error) = toml::from_str::<toml::Table>(text) {
            panic!("{path} is no TOML: {error}\n{text}");
        }
        return;
    }
    match syn::parse_file(text) {
        Ok(file) => items(path, &file.items),
        Err(error) => panic!("{path} is no Rust: {error}\n{text}"),
    }
}

fn items(path: &str, items: &[Item]) {
    let mut types = Names::new(path, "types");
    let mut values = Names::new(path, "values");
    let mut methods = Names::new(path, "members of implementations");
    for item in items {
        match item {
            Item::Struct(it) => {
                types.add(&it.ident);
                fields(path, &it.fields);
            }
            Item::Enum(it) => {
                types.add(&it.ident);
                let mut variants = Names::new(path, &format!("variants of {}", it.ident));
                for variant in &it.variants {
                    variants.add(&variant.ident);
                    fields(path, &variant.fields);
                }
            }
            Item::Type(it) => types.add(&it.ident),
            Item::Trait(it) => types.add(&it.ident),
            Item::Mod(it) => {
                types.add(&it.ident);
                if let Some((_, inner)) = &it.content {
                    self::items(path, inner);
                }
            }
            Item::Fn(it) => values.add(&it.sig.ident),
            Item::Const(it) => values.add(&it.ident),
            Item::Impl(it) if it.trait_.is_none() => {
                let Type::Path(of) = &*it.self_ty else { continue };
                let of = of.path.segments.last().map(|segment| segment.ident.to_string()).unwrap_or_default();
                for member in &it.items {
                    match member {
                        ImplItem::Fn(function) => methods.add_text(format!("{of}::{}", function.sig.ident)),
                        ImplItem::Const(constant) => methods.add_text(format!("{of}::{}", constant.ident)),
                        _ => {}
                    }
                    if let ImplItem::Fn(function) = member {
                        arguments(path, &function.sig);
                    }
                }
            }
            _ => {}
        }
    }
}

fn fields(path: &str, fields: &Fields) {
    let mut names = Names::new(path, "fields");
    for name in fields.iter().filter_map(|field| field.ident.as_ref()) {
        names.add(name);
    }
}

fn arguments(path: &str, signature: &syn::Signature) {
    let mut names = Names::new(path, &format!("arguments of {}", signature.ident));
    for argument in &signature.inputs {
        if let syn::FnArg::Typed(argument) = argument
            && let syn::Pat::Ident(name) = &*argument.pat
        {
            names.add(&name.ident);
        }
    }
}

/// Names that must differ from each other.
struct Names<'a> {
    path: &'a str,
    kind: String,
    seen: BTreeSet<String>,
}

impl<'a> Names<'a> {
    fn new(path: &'a str, kind: &str) -> Self {
        Self { path, kind: kind.to_owned(), seen: BTreeSet::new() }
    }

    fn add(&mut self, name: &syn::Ident) {
        self.add_text(name.to_string());
    }

    fn add_text(&mut self, name: String) {
        if let Some(name) = self.seen.replace(name) {
            panic!("{}: two {} are called {name}", self.path, self.kind);
        }
    }
}
