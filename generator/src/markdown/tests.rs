//! Each kind of markup once, and what must never pass.

use super::{line, lines, plain};

#[test]
fn prose_is_made_safe_for_rustdoc() {
    let cases = [
        ("See [the docs](https://a.example/x).", "See [the docs](https://a.example/x)."),
        ("See https://a.example/x.", "See <https://a.example/x>."),
        ("See <https://a.example/x> or <me@a.example>.", "See <https://a.example/x> or <me@a.example>."),
        ("[a (b)](https://a.example/x_(y))", "[a (b)](<https://a.example/x_(y)>)"),
        ("[a][1]\n\n[1]: https://a.example", "[a](https://a.example)"),
        ("![alt](https://a.example/i.png)", "[alt](https://a.example/i.png)"),
        ("Go![x](https://a.example)", "Go[x](https://a.example)"),
        (r"Go\![x](https://a.example)", r"Go\![x](https://a.example)"),
        ("a [Self::x] and [y][z]", r"a \[Self::x\] and \[y\]\[z\]"),
        ("Vec<String> and &lt;b>", r"Vec\<String> and \<b>"),
        ("`<b>` stays, ``a`b`` too", "`<b>` stays, ``a`b`` too"),
        ("one ` backtick", r"one \` backtick"),
        ("snake_case, 2 * 3, a*b, _id and ~5", r"snake_case, 2 * 3, a\*b, \_id and \~5"),
        ("**bold**, _soft_ and ~~gone~~", "**bold**, *soft* and ~~gone~~"),
        ("&amp;copy; AT&T", r"\&copy; AT&T"),
        (r"1986\. A year", r"1986\. A year"),
        (r"\# no heading", r"\# no heading"),
        (r"\- no item", r"\- no item"),
        ("[x](javascript:alert) and [y](/docs)", "x and y"),
        ("\u{202e}hidden\u{7}", "hidden"),
    ];
    for (given, expected) in cases {
        assert_eq!(lines(given), [expected], "{given}");
    }
}

#[test]
fn what_is_written_reads_as_it_did() {
    for text in [
        "- one\n- two\n  - three\n    - four\n- five",
        "1. one\n\n2. two\n\n   more of two",
        "Text\n\n> quoted\n>\n> again\n\nText",
        "# Title\n\nText\n\n---\n\nMore",
        "| a | b |\n|---|---|\n| `x\\|y` | z |",
        "one\\\ntwo",
    ] {
        assert_eq!(lines(text).join("\n"), text);
    }
}

#[test]
fn blocks_of_code_are_never_tests() {
    assert_eq!(lines("```\nlet x = 1;\n```"), ["```text", "let x = 1;", "```"]);
    assert_eq!(lines("~~~rust\npanic!()"), ["```text", "panic!()", "```"]);
    assert_eq!(lines("Text:\n\n    let x = 1;"), ["Text:", "", "```text", "let x = 1;", "```"]);
    assert_eq!(lines("````\n```\n````"), ["````text", "```", "````"]);
}

#[test]
fn html_is_shown_not_obeyed() {
    assert_eq!(lines("<div>\nText <b>bold</b>\n</div>"), [r"\<div> Text \<b>bold\</b> \</div>"]);
    assert_eq!(lines("one<br/>two<BR>three"), ["one\\", "two\\", "three"]);
}

#[test]
fn long_lines_are_broken_between_words() {
    let long = format!("{} - {}", "word ".repeat(19).trim_end(), "more ".repeat(8).trim_end());
    let broken = lines(&long);
    assert_eq!(broken.len(), 2);
    assert!(broken.iter().all(|line| line.len() <= 101), "{broken:?}");
    assert!(!broken[1].starts_with('-'), "{broken:?}");
    let link = format!("{} [a link of words](https://a.example)", "word ".repeat(18).trim_end());
    assert_eq!(lines(&link)[1], "[a link of words](https://a.example)");
}

#[test]
fn one_line_keeps_the_words_of_every_block() {
    assert_eq!(line("# Title\n\nText\n\n- a\n- b\n\n```\ncode\n```"), "Title Text - a - b `code`");
    assert_eq!(line("one  \ntwo"), "one two");
    assert_eq!(plain("a *b*\nc"), "a *b* c");
}

#[test]
fn any_text_comes_to_an_end() {
    for text in ["", "\n\n", "[", "![", "<", "- ", "> ", "|", "||\n|-|", "*", "**", "``", "&", "[](https://a.example)"]
    {
        let once = lines(text).join("\n");
        assert_eq!(lines(&once).join("\n"), once, "{text:?}");
    }
}
