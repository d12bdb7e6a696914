//! `cargo xtask docs`: checks the links of the reference pages, and makes a book of them.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;
use std::process::{Command, ExitCode};

use anstream::println;
use clap::Args;

use crate::style::{bold, green, red};

/// Check the links of the reference pages, and build a book of them with mdBook
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// Only check the links
    #[arg(long)]
    check: bool,
}

/// Where the pages are, and where mdBook puts the book, as `book.toml` says.
const PAGES: &str = "generated/docs";
const BOOK: &str = "target/book";

/// Runs the command in the repository at `root`.
pub(crate) fn run(root: &Path, arguments: &Arguments) -> Result<ExitCode, String> {
    let folder = root.join(PAGES);
    let mut pages = BTreeMap::new();
    read(&folder, "", &mut pages).map_err(|error| format!("{PAGES} cannot be read: {error}"))?;
    let (links, broken) = check(&pages);
    if !broken.is_empty() {
        println!("{} {PAGES}/ has links that lead nowhere:", red("✗"));
        broken.iter().for_each(|link| println!("  {link}"));
        return Ok(ExitCode::FAILURE);
    }
    println!("{} {PAGES}/: {} pages, {links} links between them", green("✓"), pages.len());
    if arguments.check {
        return Ok(ExitCode::SUCCESS);
    }
    match Command::new("mdbook").arg("build").arg(&folder).status() {
        Ok(status) if status.success() => {
            println!("{} {BOOK}/index.html", green("✓"));
            Ok(ExitCode::SUCCESS)
        }
        Ok(status) => Err(format!("mdbook failed: {status}")),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            Err(format!("no book was built: mdBook is not installed; {} installs it", bold("cargo install mdbook")))
        }
        Err(error) => Err(format!("mdbook cannot be started: {error}")),
    }
}

/// Reads the pages below `folder`, by their paths.
fn read(folder: &Path, below: &str, pages: &mut BTreeMap<String, String>) -> io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = if below.is_empty() { name } else { format!("{below}/{name}") };
        if entry.file_type()?.is_dir() {
            read(&entry.path(), &path, pages)?;
        } else if path.ends_with(".md") {
            pages.insert(path, std::fs::read_to_string(entry.path())?);
        }
    }
    Ok(())
}

/// How many links between pages there are, and those that lead nowhere.
fn check(pages: &BTreeMap<String, String>) -> (usize, Vec<String>) {
    let headings: BTreeMap<&str, BTreeSet<String>> =
        pages.iter().map(|(path, text)| (path.as_str(), anchors(text))).collect();
    let (mut count, mut broken) = (0, Vec::new());
    for (path, text) in pages {
        for (line, link) in links(text) {
            if link.contains("://") || link.starts_with("mailto:") {
                continue;
            }
            count += 1;
            let (to, anchor) = link.split_once('#').unwrap_or((link, ""));
            let target = if to.is_empty() { path.clone() } else { joined(path, to) };
            let why = match headings.get(target.as_str()) {
                None => Some("there is no such page"),
                Some(known) if !anchor.is_empty() && !known.contains(anchor) => Some("the page has no such heading"),
                Some(_) => None,
            };
            broken.extend(why.map(|why| format!("{PAGES}/{path}:{line}: {link}: {why}")));
        }
    }
    (count, broken)
}

/// The lines of a page that are not in a block of code, with their numbers.
fn prose(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut fence: Option<usize> = None;
    text.lines().enumerate().filter_map(move |(index, line)| {
        let ticks = line.len() - line.trim_start_matches('`').len();
        match fence {
            None if ticks >= 3 => fence = Some(ticks),
            None => return Some((index + 1, line)),
            Some(open) if ticks >= open && line.len() == ticks => fence = None,
            Some(_) => {}
        }
        None
    })
}

/// The targets of the links of a page, each with its line.
fn links(text: &str) -> impl Iterator<Item = (usize, &str)> {
    prose(text)
        .flat_map(|(line, text)| text.split("](").skip(1).filter_map(move |rest| Some((line, rest.split_once(')')?.0))))
}

/// The places that a page offers: its headings as forges and mdBook spell them in addresses.
fn anchors(text: &str) -> BTreeSet<String> {
    let headings = prose(text).filter(|(_, line)| line.starts_with('#')).map(|(_, line)| line.trim_start_matches('#'));
    headings.map(|heading| slug(heading.trim())).collect()
}

fn slug(heading: &str) -> String {
    heading
        .chars()
        .filter_map(|letter| match letter {
            ' ' => Some('-'),
            '-' | '_' => Some(letter),
            letter if letter.is_alphanumeric() => Some(letter.to_ascii_lowercase()),
            _ => None,
        })
        .collect()
}

/// Where a link on a page leads.
fn joined(page: &str, to: &str) -> String {
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in to.split('/') {
        match part {
            "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_that_lead_nowhere_are_named() {
        let page = "# The *Page*\n\n[ok](a/b.md#the-one) [self](#the-page) [out](https://example.com/x)\n\n```\n[code](no.md)\n```\n\
                    [gone](a/c.md)\n[lost](a/b.md#another)\n";
        let pages = [("README.md", page), ("a/b.md", "## The one\n[up](../README.md)\n")];
        let pages = pages.map(|(path, text)| (path.to_owned(), text.to_owned())).into();
        let (count, broken) = check(&pages);
        assert_eq!(count, 5);
        assert_eq!(
            broken,
            [
                "generated/docs/README.md:8: a/c.md: there is no such page",
                "generated/docs/README.md:9: a/b.md#another: the page has no such heading",
            ]
        );
    }
}
