//! What holds the pages of all APIs together: the front page, the table of contents and the book's settings.

use super::text::{Page, code, link};
use crate::config::ReferenceConfig;
use crate::model::Info;

/// What the table of contents lists of one API.
#[derive(Clone, Debug)]
pub(crate) struct Chapter {
    /// The API's module, and its folder.
    pub module: String,
    /// What the document calls the API.
    pub title: String,
    /// The pages of groups: title, and place below the folder.
    pub groups: Vec<(String, String)>,
    /// The pages of models: name, and place below the folder.
    pub models: Vec<(String, String)>,
    /// How many operations there are.
    pub operations: usize,
}

impl Chapter {
    pub(super) fn new(module: &str, info: &Info) -> Self {
        let (module, title) = (module.to_owned(), info.title.clone());
        Self { module, title, groups: Vec::new(), models: Vec::new(), operations: 0 }
    }
}

/// The front page.
pub(super) fn readme(config: &ReferenceConfig, chapters: &[Chapter]) -> String {
    let mut page = Page::titled(&config.title);
    page.paragraph(config.introduction.trim());
    page.list(&config.pages.iter().map(|page| link(&page.title, page.name())).collect::<Vec<_>>());
    for chapter in chapters {
        page.heading(2, &chapter.module);
        page.words(Some(&chapter.title));
        let mut items: Vec<String> =
            chapter.groups.iter().map(|(name, place)| link(name, &format!("{}/{place}.md", chapter.module))).collect();
        items.push(format!(
            "{} ({})",
            link("Models", &format!("{}/models/index.md", chapter.module)),
            chapter.models.len()
        ));
        page.list(&items);
    }
    page.finish()
}

/// The list of the models of an API.
pub(super) fn models(chapter: &Chapter) -> String {
    let mut page = Page::titled(&format!("Models of {}", chapter.module));
    let here = |place: &str| place.trim_start_matches("models/").to_owned();
    let items: Vec<String> =
        chapter.models.iter().map(|(name, place)| link(name, &format!("{}.md", here(place)))).collect();
    page.list(&items);
    page.finish()
}

/// The table of contents, in the form that mdBook reads.
pub(super) fn summary(config: &ReferenceConfig, chapters: &[Chapter]) -> String {
    let mut text = "# Summary\n\n[Introduction](README.md)\n".to_owned();
    for page in &config.pages {
        text.push_str(&format!("{}\n", link(&page.title, page.name())));
    }
    for Chapter { module, groups, models, .. } in chapters {
        text.push_str(&format!("\n# {module}\n\n"));
        for (name, place) in groups {
            text.push_str(&format!("- {}\n", link(name, &format!("{module}/{place}.md"))));
        }
        text.push_str(&format!("- {}\n", link("Models", &format!("{module}/models/index.md"))));
        for (name, place) in models {
            text.push_str(&format!("  - {}\n", link(name, &format!("{module}/{place}.md"))));
        }
    }
    text
}

/// The settings of the book. It is built outside the folder, whose files are all its pages.
pub(super) fn book(config: &ReferenceConfig) -> String {
    let title = toml::Value::String(config.title.clone());
    format!(
        "[book]\ntitle = {title}\nlanguage = \"en\"\nsrc = \".\"\n\n[build]\nbuild-dir = \"../../target/book\"\n\
         create-missing = false\n\n[output.html]\nno-section-label = true\nadditional-css = [\"book.css\"]\n\n\
         [output.html.fold]\nenable = true\nlevel = 0\n"
    )
}

/// The looks of the book, where they differ from mdBook's own: tables of eight columns want room, and names stay whole.
pub(super) const STYLE: &str = "\
:root { --content-max-width: 1000px; }
.content table { margin-inline: 0; }
.content td { vertical-align: top; }
.content td:first-child { white-space: nowrap; }
.content td:last-child code { overflow-wrap: anywhere; white-space: normal; }
.content thead:not(:has(th:not(:empty))) { display: none; }
";

/// The name of a page in prose.
pub(super) fn group_title(tag: &str) -> String {
    if tag.trim().is_empty() { code(tag) } else { tag.to_owned() }
}
