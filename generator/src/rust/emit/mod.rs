//! From the plan to tokens, one module for each kind of item.
//!
//! What there is, what it is called and in which order it comes, the plan says. Decided here is only how it is spelled, and
//! what the documentation and its examples show of it.
//!
//! The result is a list of files, each a list of items; [`crate::render`] makes text of them.

mod by_status;
mod context;
mod credentials;
mod docs;
mod enums;
mod error;
mod example;
mod inputs;
mod json_patch;
mod manifest;
mod module;
mod object;
mod operation;
mod operation_docs;
mod prelude;
mod program;
mod union;

use std::collections::BTreeMap;

use crate::config::CrateConfig;
use crate::render::{Block, SourceFile, tight};
use crate::rust::plan::{Api, Group, Operation, Type, TypeDef, TypeKind};
use crate::rust::summary::Summary;
use context::{Context, Scope, Types};

/// The manifest of the crate.
pub(crate) fn manifest(krate: &CrateConfig, apis: &[Summary], header: &str) -> String {
    manifest::emit(krate, apis, header)
}

/// The root of the crate.
pub(crate) fn lib(krate: &CrateConfig, apis: &[Summary]) -> SourceFile {
    module::lib(krate, apis)
}

/// The command line of the crate, if it has one.
pub(crate) fn program(krate: &CrateConfig, apis: &[Summary]) -> Option<SourceFile> {
    krate.cli.is_some().then(|| program::emit(krate, apis))
}

/// A page of documentation.
pub(crate) fn page(markdown: &str) -> SourceFile {
    module::page(markdown)
}

/// Emits the files of one API, each on its own.
pub(crate) struct Emitter<'a> {
    api: &'a Api,
    crate_ident: String,
    types: Types<'a>,
    files: Vec<File<'a>>,
}

/// A file that is to be emitted.
pub(crate) struct File<'a> {
    /// Its path below the crate.
    pub path: String,
    content: Content<'a>,
}

/// What a file holds.
enum Content<'a> {
    /// The module of the API.
    Api,
    /// Its error type.
    Error,
    /// The list of its models, by their modules.
    Models(BTreeMap<&'a str, Vec<&'a TypeDef>>),
    /// The operations of a tag.
    Group(&'a Group),
    /// A type and those of its parts.
    Model(Vec<&'a TypeDef>),
}

impl<'a> Emitter<'a> {
    pub(crate) fn new(api: &'a Api, crate_name: &str) -> Self {
        let folder = format!("src/{}", api.module);
        let mut by_module: BTreeMap<&str, Vec<&TypeDef>> = BTreeMap::new();
        for def in &api.types {
            by_module.entry(&def.module).or_default().push(def);
        }
        let file = |path: &str, content: Content<'a>| File { path: format!("{folder}/{path}.rs"), content };
        let mut files = vec![
            file("mod", Content::Api),
            file("error", Content::Error),
            file("models/mod", Content::Models(by_module.clone())),
        ];
        files.extend(api.groups.iter().map(|group| file(&group.module, Content::Group(group))));
        let models = by_module.into_iter();
        files.extend(models.map(|(module, types)| file(&format!("models/{module}"), Content::Model(types))));
        Self {
            api,
            crate_ident: crate_name.replace('-', "_"),
            types: api.types.iter().map(|def| (def.id, def)).collect(),
            files,
        }
    }

    /// What there is to emit.
    pub(crate) fn files(&self) -> &[File<'a>] {
        &self.files
    }

    /// How code that has imported `models` spells a type; nothing where the type is not emitted.
    pub(crate) fn spelled(&self, ty: &Type, nullable: bool) -> Option<String> {
        if ty.named().is_some_and(|id| !self.types.contains_key(&id)) {
            return None;
        }
        let ty = if nullable { &Type::Optional(Box::new(ty.clone())) } else { ty };
        Some(tight(&self.context(&[]).ty(ty, Scope::Example)))
    }

    /// The lines of the example of an operation; those that only compile it start with `# `.
    pub(crate) fn example(&self, group: &Group, operation: &Operation) -> Option<Vec<String>> {
        example::of_operation(&self.context(&[]), group, operation)
    }

    /// The items of one file.
    pub(crate) fn emit(&self, file: &File<'_>) -> SourceFile {
        match &file.content {
            Content::Api => module::api(self.api),
            Content::Error => error_file(&self.context(&[])),
            Content::Models(by_module) => module::models(self.api, by_module),
            Content::Group(group) => {
                let builders = group.operations.iter().map(|operation| operation.builder.as_str());
                let former = group.operations.iter().flat_map(|operation| &operation.former);
                let builders = builders.chain(former.map(|former| former.builder.as_str()));
                let defined: Vec<&str> = builders.chain([group.ident.as_str()]).collect();
                group_file(&self.context(&defined), group)
            }
            Content::Model(types) => {
                let names = types.iter().flat_map(|def| std::iter::once(&def.ident).chain(&def.former));
                let defined: Vec<&str> = names.map(String::as_str).collect();
                model_file(&self.context(&defined), types)
            }
        }
    }

    /// For a file that defines types called `defined`.
    fn context(&self, defined: &[&str]) -> Context<'_> {
        Context::new(self.api, &self.crate_ident, &self.types, defined.iter().copied())
    }
}

fn error_file(context: &Context<'_>) -> SourceFile {
    let line = "The errors of this API: one type for all its operations, with bodies typed by status.".to_owned();
    let blocks = error::emit(context).into_iter().map(Block::from).collect();
    SourceFile { attributes: docs::inner_lines(&[line]), blocks }
}

fn group_file(context: &Context<'_>, group: &Group) -> SourceFile {
    let line = format!("The operations of {}.", docs::code(&group.tag));
    let mut blocks = operation::api(context, group);
    for operation in &group.operations {
        blocks.extend(operation::builder(context, group, operation));
    }
    blocks.extend(group.operations.iter().map(|operation| operation::constant(context, operation).into()));
    SourceFile { attributes: docs::inner_lines(&[line]), blocks }
}

fn model_file(context: &Context<'_>, types: &[&TypeDef]) -> SourceFile {
    let line = match types {
        [only] => format!("The type {}.", docs::code(&only.ident)),
        [first, ..] => format!("The type {} and those of its parts.", docs::code(&first.ident)),
        [] => "No types.".to_owned(),
    };
    let blocks = types.iter().flat_map(|def| items(context, def)).collect();
    SourceFile { attributes: docs::inner_lines(&[line]), blocks }
}

fn items(context: &Context<'_>, def: &TypeDef) -> Vec<Block> {
    let mut blocks = match &def.kind {
        TypeKind::Struct(object) => object::emit(context, def, object),
        TypeKind::StringEnum(values) => enums::emit_strings(def, values),
        TypeKind::IntegerEnum(values) => enums::emit_integers(def, values),
        TypeKind::Union(union) => union::emit(context, def, union),
        TypeKind::TaggedUnion(union) => union::emit_tagged(context, def, union),
        TypeKind::ByStatus(found) => by_status::emit(context, def, found),
    };
    blocks.extend(def.former.iter().map(|former| docs::alias(former, &def.ident).into()));
    blocks
}
