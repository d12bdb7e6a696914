//! The catalog: what an API says about itself, as constant data for command lines, mock servers and test kits.
//!
//! It says what the document says; of the client it knows the names that the plan gives: of methods, of types, and of the
//! constants that a call needs, which it refers to instead of saying them again. Schemas are JSON Schema text, so that
//! they cost nothing to compile.
//!
//! May import: the model, the plan, rendering. Not the client's emitters, and no document.

mod entry;
mod literal;
mod schema;
mod security;

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Api, Group};
use crate::render::SourceFile;
use crate::rust::name::{SchemaNames, token};
use crate::rust::plan;
use literal::{imports, optional_text, raw};

/// Emits the files of one API's catalog, each on its own.
pub(crate) struct Catalog<'a> {
    api: &'a Api,
    plan: &'a plan::Api,
    names: SchemaNames<'a>,
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
    /// The catalog itself.
    Root,
    /// What is said about the operations of a tag.
    Group(&'a plan::Group, &'a Group),
    /// The schemas.
    Schemas,
}

impl<'a> Catalog<'a> {
    pub(crate) fn new(api: &'a Api, plan: &'a plan::Api) -> Self {
        let file = |name: &str, content| File { path: format!("src/{}/catalog/{name}.rs", plan.module), content };
        let mut files = vec![file("mod", Content::Root), file("schemas", Content::Schemas)];
        files.extend(groups(api, plan).map(|(planned, group)| file(&module(planned), Content::Group(planned, group))));
        Self { api, plan, names: SchemaNames::new(api, plan), files }
    }

    /// What there is to emit.
    pub(crate) fn files(&self) -> &[File<'a>] {
        &self.files
    }

    /// The items of one file.
    pub(crate) fn emit(&self, file: &File<'_>) -> SourceFile {
        match file.content {
            Content::Root => root(self.api, self.plan),
            Content::Group(planned, group) => entry::group(group, planned, &self.names),
            Content::Schemas => schemas(self.api, &self.names),
        }
    }
}

/// The groups of the plan, each with what the model says of it.
fn groups<'a>(api: &'a Api, plan: &'a plan::Api) -> impl Iterator<Item = (&'a plan::Group, &'a Group)> {
    plan.groups.iter().filter_map(|planned| Some((planned, api.groups.iter().find(|group| group.tag == planned.tag)?)))
}

/// The module of a group; none is called like the module of the schemas.
fn module(group: &plan::Group) -> String {
    format!("of_{}", group.module)
}

fn root(api: &Api, plan: &plan::Api) -> SourceFile {
    let (name, title, version) = (&plan.module, &api.info.title, &api.info.version);
    let description = optional_text(api.info.docs.description.as_deref());
    let (servers, schemes) = (servers(api), security::schemes(api));
    let switch = |group: &plan::Group| plan.group_switch(&group.module);
    let modules = groups(api, plan).map(|(group, _)| {
        let (module, switch) = (token(&module(group)), switch(group));
        quote!(#switch mod #module;)
    });
    let members = groups(api, plan).map(|(group, _)| {
        let (module, switch) = (token(&module(group)), switch(group));
        quote!(#switch #module::GROUP)
    });
    SourceFile {
        attributes: quote!(#![doc = " What the API says about itself, as constant data."]),
        blocks: vec![
            quote!(#(#modules)* mod schemas;).into(),
            imports(),
            quote! {
                /// What the API says about itself: its operations, their parameters, bodies and responses, its schemas.
                pub static CATALOG: Catalog = Catalog {
                    name: #name,
                    title: #title,
                    version: #version,
                    description: #description,
                    servers: &[#(#servers),*],
                    security_schemes: &[#(#schemes),*],
                    groups: &[#(#members),*],
                    schemas: schemas::SCHEMAS,
                };
            }
            .into(),
        ],
    }
}

fn servers(api: &Api) -> Vec<TokenStream> {
    let server = |server: &crate::model::Server| {
        let url = &server.url;
        let description = optional_text(server.description.as_deref());
        let variables = server.variables.iter().map(|variable| {
            let (name, default, allowed) = (&variable.name, &variable.default, &variable.allowed);
            quote!((#name, #default, &[#(#allowed),*]))
        });
        quote! {
            Server { url: #url, description: #description, variables: &[#(#variables),*] }
        }
    };
    api.servers.iter().map(server).collect()
}

fn schemas(api: &Api, names: &SchemaNames<'_>) -> SourceFile {
    let rows = names.sorted().filter_map(|(name, id)| {
        let schema = raw(&schema::of(api.schema(id)?, names).to_string());
        Some(quote!(Schema { name: #name, schema: #schema }))
    });
    SourceFile {
        attributes: quote!(#![doc = " The schemas that operations reach, as JSON Schema, in the order of their names."]),
        blocks: vec![
            imports(),
            quote! {
                pub(super) static SCHEMAS: &[Schema] = &[#(#rows),*];
            }
            .into(),
        ],
    }
}
