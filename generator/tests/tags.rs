//! Tags: which operations they select, which group an operation belongs to, and what each can be switched on with.
#![allow(clippy::expect_used, clippy::panic, reason = "tests assert by panicking")]

mod support;

use generator::{Generation, Memory};

/// The crate of `support::TAGS`, whose API is configured so.
fn generate(api: &str) -> Generation {
    let reader = Memory::new()
        .with("apis.yaml", format!("{}  - {{ module: v1, document: tags.yaml, {api} }}\n", support::CONFIG))
        .with("tags.yaml", support::TAGS);
    let generation = generator::generate(&reader, "apis.yaml", "cargo test");
    assert!(generation.report.diagnostics().is_empty(), "{}", generation.report.render(&reader));
    generation
}

/// The modules of the groups.
fn groups(generation: &Generation) -> Vec<&str> {
    let beside_models = generation.files.keys().filter_map(|path| path.strip_prefix("src/v1/")?.strip_suffix(".rs"));
    beside_models.filter(|name| !name.contains('/') && !matches!(*name, "mod" | "error")).collect()
}

#[test]
fn an_operation_belongs_to_its_first_tag() {
    assert_eq!(groups(&generate("tags: []")), ["other", "plants", "things"]);
}

#[test]
fn any_tag_selects_an_operation_and_the_first_that_is_wanted_is_its_group() {
    let generation = generate("tags: [Plants]");
    assert_eq!(groups(&generation), ["plants"]);
    let plants = &generation.files["src/v1/plants.rs"];
    assert!(plants.contains("fn list_plants(") && plants.contains("fn list_seeds("), "{plants}");
    assert_eq!((generation.apis[0].declared, generation.apis[0].operations), (2, 2));
}

#[test]
fn a_group_is_switched_on_with_the_types_that_it_reaches() {
    let generation = generate("features: tags");
    let manifest = &generation.files["Cargo.toml"];
    for line in [
        r#"v1 = ["v1-other", "v1-plants", "v1-things"]"#,
        "v1-core = []",
        r#"v1-plants = ["v1-core"]"#,
        r#"v1-things = ["v1-core"]"#,
    ] {
        assert!(manifest.contains(&format!("{line}\n")), "{line} is not in {manifest}");
    }
    let models = &generation.files["src/v1/models/mod.rs"];
    for (module, switch) in [
        // Reached by a property, by undeclared properties, and by both tags.
        ("thing", Some(r#"feature = "v1-things""#)),
        ("part", Some(r#"feature = "v1-things""#)),
        ("rest", Some(r#"feature = "v1-things""#)),
        ("owner", Some(r#"any(feature = "v1-plants", feature = "v1-things")"#)),
        ("plant", Some(r#"feature = "v1-plants""#)),
        // The error type of the API names it, so it is always there.
        ("problem", None),
    ] {
        let line = switch.map_or_else(|| format!("\nmod {module};"), |s| format!("#[cfg({s})]\nmod {module};"));
        assert!(models.contains(&line), "{line} is not in {models}");
        let follows_switch = models.contains(&format!(")]\nmod {module};"));
        assert_eq!(follows_switch, switch.is_some(), "{module} in {models}");
    }
    let module = &generation.files["src/v1/mod.rs"];
    assert!(module.contains("#[cfg(feature = \"v1-plants\")]\npub mod plants;"), "{module}");
}

/// Fault: a tag called `Core` made two features `v1-core`, which Cargo refuses.
#[test]
fn a_tag_is_not_taken_for_what_all_tags_need() {
    let reader = Memory::new()
        .with("apis.yaml", format!("{}  - {{ module: v1, document: tags.yaml, features: tags }}\n", support::CONFIG))
        .with("tags.yaml", support::TAGS.replace("Plants", "Core"));
    let generation = generator::generate(&reader, "apis.yaml", "cargo test");
    let manifest = &generation.files["Cargo.toml"];
    for line in ["v1 = [\"v1-core_\", ", "v1-core = []\n", "v1-core_ = [\"v1-core\"]\n"] {
        assert!(manifest.contains(line), "{line} is not in {manifest}");
    }
    assert!(generation.files["src/v1/mod.rs"].contains("#[cfg(feature = \"v1-core_\")]\npub mod core;"));
}

/// Fault: an API called like another feature made a manifest that Cargo refuses.
#[test]
fn an_api_is_not_called_like_another_feature() {
    for module in ["default", "catalog", "cli", "gzip"] {
        let config = support::CONFIG.replace("apis:", "  features: { gzip: [runtime/gzip] }\napis:");
        let reader = Memory::new()
            .with("apis.yaml", format!("{config}  - {{ module: {module}, document: tags.yaml }}\n"))
            .with("tags.yaml", support::TAGS);
        let report = generator::generate(&reader, "apis.yaml", "cargo test").report;
        assert!(report.render(&reader).contains(&format!("another feature `{module}`")), "{}", report.render(&reader));
    }
}
