//! Names of Rust's prelude in generated code: short where nothing in the file is called the same, absolute otherwise.

use proc_macro2::TokenStream;
use quote::quote;

/// The names that generated code uses, as paths.
#[derive(Clone, Debug)]
pub(crate) struct Prelude {
    pub as_ref: TokenStream,
    pub boxed: TokenStream,
    pub from: TokenStream,
    pub into: TokenStream,
    pub into_iterator: TokenStream,
    pub none: TokenStream,
    pub ok: TokenStream,
    pub option: TokenStream,
    pub result: TokenStream,
    pub some: TokenStream,
    pub string: TokenStream,
    pub to_owned: TokenStream,
    pub vec: TokenStream,
}

/// What a type of the file may be called without getting in the way.
const NAMES: &[&str] = &[
    "AsRef",
    "Box",
    "From",
    "Into",
    "IntoIterator",
    "None",
    "Ok",
    "Option",
    "Result",
    "Some",
    "String",
    "ToOwned",
    "Vec",
];

impl Prelude {
    /// The paths for a file that defines types called `defined`.
    pub(crate) fn beside<'n>(mut defined: impl Iterator<Item = &'n str>) -> Self {
        if defined.any(|name| NAMES.contains(&name)) { Self::absolute() } else { Self::short() }
    }

    fn short() -> Self {
        Self {
            as_ref: quote!(AsRef),
            boxed: quote!(Box),
            from: quote!(From),
            into: quote!(Into),
            into_iterator: quote!(IntoIterator),
            none: quote!(None),
            ok: quote!(Ok),
            option: quote!(Option),
            result: quote!(Result),
            some: quote!(Some),
            string: quote!(String),
            to_owned: quote!(ToOwned),
            vec: quote!(Vec),
        }
    }

    fn absolute() -> Self {
        Self {
            as_ref: quote!(::std::convert::AsRef),
            boxed: quote!(::std::boxed::Box),
            from: quote!(::std::convert::From),
            into: quote!(::std::convert::Into),
            into_iterator: quote!(::std::iter::IntoIterator),
            none: quote!(::std::option::Option::None),
            ok: quote!(::std::result::Result::Ok),
            option: quote!(::std::option::Option),
            result: quote!(::std::result::Result),
            some: quote!(::std::option::Option::Some),
            string: quote!(::std::string::String),
            to_owned: quote!(::std::borrow::ToOwned),
            vec: quote!(::std::vec::Vec),
        }
    }
}
