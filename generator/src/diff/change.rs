//! Everything that can be found: the ids that scripts rely on, the classes, and what to do about each change.

use std::fmt;

use serde::{Serialize, Serializer};

/// What a change means for users, the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Class {
    /// Code compiles as before, and means something else.
    OtherMeaning,
    /// Code no longer compiles, because the API changed.
    BreakingWire,
    /// Code no longer compiles, though nothing that it sends or receives has changed.
    BreakingNames,
    /// There is more to use.
    Added,
    /// Code compiles as before: words, defaults, scopes, error bodies and the like have changed.
    Unnoticed,
}

impl Class {
    /// Every class, the worst first.
    pub const ALL: [Self; 5] =
        [Self::OtherMeaning, Self::BreakingWire, Self::BreakingNames, Self::Added, Self::Unnoticed];

    /// What it means, for a heading.
    pub fn title(self) -> &'static str {
        match self {
            Self::OtherMeaning => "same name, other meaning",
            Self::BreakingWire => "breaking, the wire demands it",
            Self::BreakingNames => "breaking, names only",
            Self::Added => "added",
            Self::Unnoticed => "changed without effect on code",
        }
    }

    /// Whether code has to change.
    pub fn is_breaking(self) -> bool {
        matches!(self, Self::OtherMeaning | Self::BreakingWire | Self::BreakingNames)
    }
}

/// What a release must be called (Semantic Versioning 2.0.0).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Release {
    /// Nothing that code can notice has changed.
    Patch,
    /// There is more to use, or something is deprecated.
    Minor,
    /// Code has to change.
    Major,
}

impl Release {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }
}

/// Makes the enum of changes from one table: the id, the classes that it occurs in, what happened, what to do.
macro_rules! changes {
    ($($change:ident = $id:literal [$($class:ident),+] $about:literal, $help:literal;)*) => {
        /// A kind of change.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum Change {
            $(#[doc = $about] $change,)*
        }

        impl Change {
            /// Every kind of change.
            pub const ALL: &'static [Self] = &[$(Self::$change),*];

            /// The name for scripts. It never changes.
            pub fn id(self) -> &'static str {
                match self {
                    $(Self::$change => $id,)*
                }
            }

            /// The classes that it may be of.
            pub fn classes(self) -> &'static [Class] {
                match self {
                    $(Self::$change => &[$(Class::$class),+],)*
                }
            }

            /// What happened, in a few words.
            pub fn about(self) -> &'static str {
                match self {
                    $(Self::$change => $about,)*
                }
            }

            /// What users do about it; empty where there is nothing to do.
            pub fn help(self) -> &'static str {
                match self {
                    $(Self::$change => $help,)*
                }
            }
        }
    };
}

changes! {
    MethodIsAnother = "method-is-another" [OtherMeaning] "The method calls another operation.",
        "read every call: the compiler does not find them";
    ArgumentIsAnother = "argument-is-another" [OtherMeaning] "An argument of a method is sent as something else.",
        "read every call: the compiler does not find them";
    SetterIsAnother = "setter-is-another" [OtherMeaning] "A setter of a call sets another parameter.",
        "read every use: the compiler does not find them";
    TypeIsAnother = "type-is-another" [OtherMeaning] "The name belongs to another type.",
        "read every use: the compiler does not find them";
    NewArgumentIsAnother = "new-argument-is-another" [OtherMeaning] "An argument of `new` sets another property.",
        "read every call: the compiler does not find them";
    FieldIsAnother = "field-is-another" [OtherMeaning] "A field is another property.",
        "read every use: the compiler does not find them";
    VariantIsAnother = "variant-is-another" [OtherMeaning] "A variant stands for another value.",
        "read every use: the compiler does not find them";
    ApiRemoved = "api-removed" [BreakingWire] "The module of an API is gone.", "remove its uses";
    GroupRemoved = "group-removed" [BreakingWire] "All operations of the group are gone.", "remove its uses";
    MethodRemoved = "method-removed" [BreakingWire] "The operation is gone.", "remove the call";
    MethodGainedArgument = "method-gained-argument" [BreakingWire, BreakingNames] "A method takes another argument.",
        "pass the new argument";
    MethodLostArgument = "method-lost-argument" [BreakingWire, BreakingNames] "A method takes an argument less.",
        "pass it no longer, or with its setter if there is one";
    MethodArgumentChanged = "method-argument-changed" [BreakingWire, BreakingNames] "An argument has another type.",
        "pass the new type";
    ResultChanged = "result-changed" [BreakingWire, BreakingNames] "A call returns another type.", "read the new type";
    PagesRemoved = "pages-removed" [BreakingWire] "A call is no longer read page by page.",
        "await the call instead of `stream` or `pages`";
    EventsRemoved = "events-removed" [BreakingWire] "A call no longer offers a stream of events.",
        "await the call instead of `send_for_events`";
    SetterRemoved = "setter-removed" [BreakingWire, BreakingNames] "A setter is gone.", "set it no longer";
    SetterChanged = "setter-changed" [BreakingWire, BreakingNames] "A setter takes another type.", "pass the new type";
    TypeRemoved = "type-removed" [BreakingWire] "No operation uses the type any more.", "remove its uses";
    TypeKindChanged = "type-kind-changed" [BreakingWire] "A type is of another kind, such as a union instead of a struct.",
        "use it as what it is now";
    FieldRemoved = "field-removed" [BreakingWire] "A property is gone.",
        "remove its uses; what a server still sends is in the field for undeclared properties";
    FieldChanged = "field-changed" [BreakingWire, BreakingNames] "A field has another type.", "use the new type";
    VariantRemoved = "variant-removed" [BreakingWire] "A value, or an alternative of a union, is gone.",
        "remove its uses; what a server still sends is read as unknown";
    VariantChanged = "variant-changed" [BreakingWire, BreakingNames] "A variant holds another type.", "use the new type";
    NewGainedArgument = "new-gained-argument" [BreakingWire, BreakingNames] "`new` takes another argument.",
        "pass the new argument";
    NewLostArgument = "new-lost-argument" [BreakingWire, BreakingNames] "`new` takes an argument less.",
        "pass it no longer, or with its setter if there is one";
    NewArgumentChanged = "new-argument-changed" [BreakingWire, BreakingNames] "An argument of `new` has another type.",
        "pass the new type";
    ConversionRemoved = "conversion-removed" [BreakingWire] "A type no longer converts from another, or has a constructor less.",
        "name the variant, or the fields";
    ErrorBodyRemoved = "error-body-removed" [BreakingWire] "No operation has an error body of the type any more.",
        "remove its match arm";
    ErrorBodyChanged = "error-body-changed" [BreakingWire, BreakingNames] "A variant of the error bodies holds another type.",
        "use the new type";
    GroupRenamed = "group-renamed" [BreakingNames] "The operations are in a group of another name.",
        "keep the old name in the lock of names";
    MethodRenamed = "method-renamed" [BreakingNames] "The operation is there, under another name.",
        "keep the old name in the lock of names, or list it there under `was`";
    MethodArgumentsReordered = "method-arguments-reordered" [BreakingNames] "A method takes its arguments in another order.",
        "keep the order in the lock of names";
    BuilderRenamed = "builder-renamed" [BreakingNames] "The type of a call has another name.",
        "keep the old name in the lock of names, or list it there under `was`";
    SetterRenamed = "setter-renamed" [BreakingNames] "The parameter is there, under another name.",
        "keep the old name in the lock of names";
    TypeRenamed = "type-renamed" [BreakingNames] "The type is there, under another name.",
        "keep the old name in the lock of names, or list it there under `was`";
    FieldRenamed = "field-renamed" [BreakingNames] "The property is there, under another name.",
        "keep the old name in the lock of names";
    VariantRenamed = "variant-renamed" [BreakingNames] "The value is there, under another name.",
        "keep the old name in the lock of names";
    NewRemoved = "new-removed" [BreakingNames] "A type is no longer sent, and has no `new` any more.",
        "start from its default";
    NewArgumentsReordered = "new-arguments-reordered" [BreakingNames] "`new` takes its arguments in another order.",
        "keep the order in the lock of names";
    ErrorBodyRenamed = "error-body-renamed" [BreakingNames] "A variant of the error bodies has another name.",
        "keep the old name in the lock of names";
    FeatureRemoved = "feature-removed" [BreakingNames] "A feature of Cargo is gone.", "enable the feature of the new name";
    ApiAdded = "api-added" [Added] "The module of an API is new.", "";
    GroupAdded = "group-added" [Added] "A group is new.", "";
    MethodAdded = "method-added" [Added] "An operation is new.", "";
    SetterAdded = "setter-added" [Added] "A parameter is new, or may be left out.", "";
    PagesAdded = "pages-added" [Added] "A call can be read page by page.", "";
    EventsAdded = "events-added" [Added] "A call offers a stream of events.", "";
    TypeAdded = "type-added" [Added] "A type is new.", "";
    FieldAdded = "field-added" [Added] "A property is new.", "";
    VariantAdded = "variant-added" [Added] "A value, or an alternative of a union, is new.", "";
    NewAdded = "new-added" [Added] "A type is sent too, and has a `new`.", "";
    ConversionAdded = "conversion-added" [Added] "A type converts from another, or has another constructor.", "";
    ErrorBodyAdded = "error-body-added" [Added] "A type of error body is new.", "";
    FeatureAdded = "feature-added" [Added] "A feature of Cargo is new.", "";
    MethodRenamedWithAlias = "method-renamed-with-alias" [Added] "The operation has another name; the old one is deprecated.",
        "use the new name before the old one goes";
    TypeRenamedWithAlias = "type-renamed-with-alias" [Added] "The type has another name; the old one is deprecated.",
        "use the new name before the old one goes";
    Deprecated = "deprecated" [Unnoticed] "The document deprecates it.", "see what its documentation recommends";
    NoLongerDeprecated = "no-longer-deprecated" [Unnoticed] "The document deprecates it no longer.", "";
    AddressChanged = "address-changed" [Unnoticed] "Requests go to another path or host.", "";
    DefaultChanged = "default-changed" [Unnoticed] "The value that is assumed has changed.", "";
    RequiredChanged = "required-changed" [Unnoticed] "It is required now, or may be left out.", "";
    NullableChanged = "nullable-changed" [Unnoticed] "It may be null, or no longer.", "";
    LimitsChanged = "limits-changed" [Unnoticed] "Its limits or its format have changed.", "";
    AccessChanged = "access-changed" [Unnoticed] "Another side sets the property.", "";
    UsageChanged = "usage-changed" [Unnoticed] "A type travels another way.", "";
    UndeclaredChanged = "undeclared-changed" [Unnoticed] "Undeclared properties are treated otherwise.", "";
    TagsChanged = "tags-changed" [Unnoticed] "The values that tell variants apart have changed.", "";
    EncodingChanged = "encoding-changed" [Unnoticed] "A parameter is written otherwise.", "";
    MediaTypesChanged = "media-types-changed" [Unnoticed] "Bodies are in other media types.", "";
    ScopesChanged = "scopes-changed" [Unnoticed] "A caller needs other scopes or permissions.", "";
    ResponsesChanged = "responses-changed" [Unnoticed] "Successful responses have other statuses or bodies.", "";
    ErrorBodiesChanged = "error-bodies-changed" [Unnoticed] "Unsuccessful responses have other statuses or bodies.", "";
    TypeMoved = "type-moved" [Unnoticed] "The document defines the type in another place.", "";
    TitleChanged = "title-changed" [Unnoticed] "The API has another title or version.", "";
    DocsChanged = "docs-changed" [Unnoticed] "The description has changed.", "";
    ExampleChanged = "example-changed" [Unnoticed] "The example has changed.", "";
}

impl Change {
    /// The release that it demands.
    pub(super) fn release(self, class: Class) -> Release {
        match class {
            Class::OtherMeaning | Class::BreakingWire | Class::BreakingNames => Release::Major,
            Class::Added => Release::Minor,
            // Who denies warnings notices it.
            Class::Unnoticed if self == Self::Deprecated => Release::Minor,
            Class::Unnoticed => Release::Patch,
        }
    }
}

impl fmt::Display for Change {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(self.id())
    }
}

impl Serialize for Change {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.id())
    }
}
