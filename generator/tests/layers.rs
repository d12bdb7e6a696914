//! The layers of the generator: which module may import which. A file that imports one behind it fails here.
//!
//! The arrows are read from the tokens of the files: whatever stands behind `crate::` and `super::`, in `use` lines or
//! elsewhere. Unit tests are left out, since they may look anywhere.
#![allow(clippy::expect_used, clippy::panic, reason = "tests assert by panicking")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// A folder, and the modules in it in their order: each imports only those that stand before it.
///
/// What is not listed here may import each other: `model` and `rust/plan` are one description in several files, and the
/// files of `lower/schema` follow schemas, which hold schemas.
const ORDERS: [(&str, &str); 12] = [
    (
        "",
        "pointer parallel clock keyword suggest markdown origin source position diagnostic load config document values \
         grammar paths correct modernise repair validate bundle model lower check render rust names catalog reference diff examples",
    ),
    (
        "lower",
        "source docs site shape call names_of_errors names_of_parameters context schema content parameter response \
         paging api operation",
    ),
    ("correct", "path action overlay merge remove"),
    ("rust", "plan name settle check summary emit surface"),
    ("catalog", "literal schema security entry"),
    ("reference", "settings text places types elsewhere sample command front prose operation schema"),
    ("diff", "spelling change finding outline compare"),
    ("diff/outline", "remarks item inputs groups types"),
    ("diff/compare", "counterparts comparison inputs remarks groups types"),
    ("rust/name", "ident scope calls members schemas types lock follow replaced keep"),
    ("rust/settle", "context types recursion json_patch errors security switches parameter body response operation"),
    (
        "rust/emit",
        "prelude context docs inputs example operation_docs operation by_status enums json_patch object union error credentials \
         module program manifest",
    ),
];

/// What is made of the model. None knows another, beyond the names that the plan gives, and none looks at a document.
const PRODUCTS: [&str; 4] = ["rust", "catalog", "reference", "diff"];

/// What a document is before it is a model.
const DOCUMENTS: [&str; 8] = ["load", "document", "correct", "grammar", "validate", "repair", "bundle", "lower"];

#[test]
fn modules_import_only_those_before_them() {
    let arrows = arrows();
    let mut wrong = Vec::new();
    for (folder, order) in ORDERS {
        for Arrow { from, to } in &arrows {
            let (Some(importer), Some(imported)) = (child(folder, from), child(folder, to)) else { continue };
            let place = |module: &str| order.split_whitespace().position(|known| known == module);
            match (place(importer), place(imported)) {
                _ if importer == imported => {}
                (Some(importer), Some(imported)) if imported < importer => {}
                (Some(_), Some(_)) => {
                    wrong.push(format!("{} imports {}, which stands behind it", show(from), show(to)))
                }
                (None, _) => wrong.push(format!("`{folder}/{importer}` has no place in the order")),
                // An item of the folder's own file, which knows what is in the folder.
                (_, None) => wrong.push(format!("{} imports {} from the file above it", show(from), show(to))),
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn products_stand_on_the_model_alone() {
    let arrows = arrows();
    let mut wrong = Vec::new();
    for Arrow { from, to } in &arrows {
        let (Some(importer), Some(imported)) = (from.first(), to.first()) else { continue };
        if !PRODUCTS.contains(&importer.as_str()) || importer == imported {
            continue;
        }
        let is_name = matches!(to.get(..2), Some([rust, part]) if rust == "rust" && (part == "plan" || part == "name"));
        if (PRODUCTS.contains(&imported.as_str()) && !is_name) || DOCUMENTS.contains(&imported.as_str()) {
            wrong.push(format!("{} imports {}", show(from), show(to)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_model_knows_nothing_but_origins() {
    let of_model = arrows().into_iter().filter(|arrow| arrow.from.first().is_some_and(|module| module == "model"));
    let imported: BTreeSet<String> = of_model.filter_map(|arrow| arrow.to.first().cloned()).collect();
    assert_eq!(imported.iter().map(String::as_str).collect::<Vec<_>>(), ["model", "origin"]);
}

/// One module names something of another, or of itself.
struct Arrow {
    from: Vec<String>,
    to: Vec<String>,
}

/// The module of `folder` that a path leads into.
fn child<'p>(folder: &str, path: &'p [String]) -> Option<&'p str> {
    let folder: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    let below = path.get(..folder.len()).is_some_and(|start| start.iter().eq(folder.iter()));
    path.get(folder.len()).filter(|_| below).map(String::as_str)
}

fn show(path: &[String]) -> String {
    path.join("::")
}

/// Every arrow in `src`.
fn arrows() -> Vec<Arrow> {
    let mut arrows = Vec::new();
    read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &[], &mut arrows);
    assert!(arrows.len() > 500, "only {} arrows were found", arrows.len());
    arrows
}

fn read(folder: &Path, module: &[String], arrows: &mut Vec<Arrow>) {
    for entry in fs::read_dir(folder).expect("the sources are there") {
        let path = entry.expect("they can be listed").path();
        let name = path.file_stem().expect("files have names").to_string_lossy().into_owned();
        let below: Vec<String> = module.iter().cloned().chain([name.clone()]).collect();
        match name.as_str() {
            _ if path.is_dir() => read(&path, &below, arrows),
            "lib" | "tests" => {}
            name => {
                let text = fs::read_to_string(&path).expect("sources are text");
                let tokens: TokenStream = text.parse().expect("sources are Rust");
                // The file of a folder may know what is in it; what it names elsewhere is looked at all the same.
                let from = if name == "mod" { module } else { &below };
                for to in named(tokens, from) {
                    let is_own = name == "mod" && to.starts_with(from);
                    if !is_own {
                        arrows.push(Arrow { from: from.to_vec(), to });
                    }
                }
            }
        }
    }
}

/// The paths that start with `crate` or `super`, as paths from the root.
fn named(tokens: TokenStream, module: &[String]) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    let trees: Vec<TokenTree> = tokens.into_iter().collect();
    let mut at = 0;
    while let Some(tree) = trees.get(at) {
        match tree {
            // `#[cfg(test)]`, and the module behind it.
            TokenTree::Group(group) if group.stream().to_string() == "cfg (test)" => {
                at += trees[at..].iter().position(is_brace).unwrap_or(0);
            }
            // What is emitted has paths of its own.
            TokenTree::Ident(word) if word == "quote" => at += 2,
            TokenTree::Group(group) => found.extend(named(group.stream(), module)),
            TokenTree::Ident(word) if word == "crate" => follow(&trees[at + 1..], Vec::new(), &mut found),
            // The first of several `super`; `in` stands before those of a visibility.
            TokenTree::Ident(word) if word == "super" && !is_colon(at.checked_sub(1).and_then(|at| trees.get(at))) => {
                let ups = trees[at..].iter().filter(|tree| is_word(tree, "super")).count();
                let ups = trees[at..].chunks(3).take(ups).take_while(|path| is_word(&path[0], "super")).count();
                let start = module[..module.len().saturating_sub(ups)].to_vec();
                follow(&trees[at + 3 * ups - 2..], start, &mut found);
            }
            _ => {}
        }
        at += 1;
    }
    found
}

/// Goes on behind `crate`: `::a::b`, or `::{a::b, c}`.
fn follow(trees: &[TokenTree], mut path: Vec<String>, found: &mut Vec<Vec<String>>) {
    let mut rest = trees;
    while is_colon(rest.first()) && is_colon(rest.get(1)) {
        match rest.get(2) {
            Some(TokenTree::Ident(word)) => path.push(word.to_string()),
            Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
                let inner: Vec<TokenTree> = group.stream().into_iter().collect();
                let is_comma = |tree: &TokenTree| matches!(tree, TokenTree::Punct(mark) if mark.as_char() == ',');
                for one in inner.split(is_comma) {
                    if let Some(TokenTree::Ident(word)) = one.first() {
                        let path = path.iter().cloned().chain([word.to_string()]).collect();
                        follow(&one[1..], path, found);
                    }
                }
                return;
            }
            _ => break,
        }
        rest = &rest[3..];
    }
    if !path.is_empty() {
        found.push(path);
    }
}

fn is_word(tree: &TokenTree, wanted: &str) -> bool {
    matches!(tree, TokenTree::Ident(word) if word == wanted)
}

fn is_colon(tree: Option<&TokenTree>) -> bool {
    matches!(tree, Some(TokenTree::Punct(mark)) if mark.as_char() == ':')
}

fn is_brace(tree: &TokenTree) -> bool {
    matches!(tree, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace)
}
