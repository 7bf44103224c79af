//! Text of packs as Markdown: whatever it holds, a reader sees that text, and nothing in it is markup.

use comity::Shown;

/// A text in a paragraph, a list item or a table cell, on one line.
pub(super) fn text(raw: &str) -> String {
    let words: Vec<&str> = raw.split_ascii_whitespace().collect();
    let line = Shown(&words.join(" ")).to_string();
    let mut out = String::with_capacity(line.len() + 8);
    // What opens a list, a heading or an underline at the beginning of a line.
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let opener = if line[digits..].starts_with(['.', ')']) { Some(digits) } else { None }
        .or_else(|| line.starts_with(['#', '+', '-', '=', ':']).then_some(0));
    for (at, c) in line.char_indices() {
        // `$` opens a formula on GitHub.
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '&' | '$' | '^')
            || opener == Some(at)
        {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// A text as code in a paragraph or a list item, on one line.
pub(super) fn code(raw: &str) -> String {
    let line = Shown(&raw.replace("\r\n", " ").replace(['\n', '\r'], " ")).to_string();
    if line.is_empty() {
        return "(empty)".to_owned();
    }
    let ticks = "`".repeat(longest_run(&line) + 1);
    // Markdown takes one space from both ends, where there is one at both.
    let pad = if line.starts_with(['`', ' ']) || line.ends_with(['`', ' ']) { " " } else { "" };
    let pad = if line.trim_matches(' ').is_empty() { "" } else { pad };
    format!("{ticks}{pad}{line}{pad}{ticks}")
}

/// A text of several lines as a block of code inside a list item.
pub(super) fn block(raw: &str) -> String {
    let ticks = "`".repeat(longest_run(raw).max(2) + 1);
    let mut out = format!("{ticks}text\n");
    for line in raw.lines() {
        out += &format!("  {}\n", Shown(line));
    }
    out + "  " + &ticks
}

/// A link with this text; the text alone, if the address is none of the web.
pub(super) fn link(title: &str, url: Option<&str>) -> String {
    match url {
        Some(url) if url.starts_with("https://") || url.starts_with("http://") => {
            format!("[{}]({})", text(title), address(url))
        }
        Some(url) => format!("{}, {}", text(title), code(url)),
        None => text(title),
    }
}

/// The address with everything encoded that would end it or be read as something else.
fn address(url: &str) -> String {
    let mut out = String::with_capacity(url.len());
    for byte in url.bytes() {
        match byte {
            b'&' => out += "&amp;",
            b'!'..=b'~' if !b"()<>\\|`*_[]\"$^{}".contains(&byte) => out.push(char::from(byte)),
            // An underscore is no emphasis inside an address.
            b'_' => out.push('_'),
            _ => out += &format!("%{byte:02X}"),
        }
    }
    out
}

fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

    use super::*;

    const HOSTILE: &[&str] = &[
        "<script>alert(1)</script> <b>x</b> <!-- x -->",
        "a | b || c\\| d",
        "`code` ``x`` [a](b) ![a](b) [^1] [x]: y",
        "# no heading",
        "- no list",
        "1. no list, 2) nor here",
        "> no quotation",
        "*a* _b_ **c** ~~d~~ $x$ $$y$$ &amp; &copy; ==x== ^y^",
        "---",
        "===",
        ": no definition",
        "\\ at the end\\",
        "~~~",
        "    no code",
        "<https://example.org> a@example.org",
        "::error::x",
        "a ##[error]x",
    ];

    fn events(markdown: &str) -> Vec<Event<'_>> {
        let all = Options::all()
            - Options::ENABLE_SMART_PUNCTUATION
            - Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
            - Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS;
        Parser::new_ext(markdown, all).collect()
    }

    /// The text of a document that is one paragraph of text.
    fn plain(markdown: &str) -> Option<String> {
        let events = events(markdown);
        let [Event::Start(Tag::Paragraph), inside @ .., Event::End(TagEnd::Paragraph)] = events.as_slice() else {
            return None;
        };
        let text = |event: &Event<'_>| match event {
            Event::Text(text) => Some(text.to_string()),
            _ => None,
        };
        inside.iter().map(text).collect()
    }

    fn one_line(raw: &str) -> String {
        Shown(&raw.split_ascii_whitespace().collect::<Vec<_>>().join(" ")).to_string()
    }

    #[test]
    fn no_text_is_markup() {
        for raw in HOSTILE {
            assert_eq!(plain(&text(raw)), Some(one_line(raw)), "{}", text(raw));
            let row = format!("| {} | end |", text(raw));
            let table = format!("| a | b |\n|---|---|\n{row}\n");
            let cells = events(&table).iter().filter(|e| matches!(e, Event::Start(Tag::TableCell))).count();
            assert_eq!(cells, 4, "{row}");
            assert!(
                !events(&table).iter().any(|e| matches!(e, Event::Html(_) | Event::InlineHtml(_) | Event::Code(_)))
            );
        }
    }

    #[test]
    fn code_is_what_was_given() {
        for raw in HOSTILE.iter().chain(&["`", "``", " a ", " ", "a`` `b", " `"]) {
            let markdown = format!("x {} y", code(raw));
            let found = events(&markdown).into_iter().find_map(|event| match event {
                Event::Code(code) => Some(code.to_string()),
                _ => None,
            });
            assert_eq!(found, Some(Shown(raw).to_string()), "{markdown}");
        }
        assert_eq!(code("a\nb"), "`a b`");
    }

    #[test]
    fn a_block_ends_where_it_was_meant_to() {
        let markdown = format!("- {}\n- next\n", block("# a\n```\n<b>\n````\n\u{1b}"));
        let items = events(&markdown).iter().filter(|event| matches!(event, Event::Start(Tag::Item))).count();
        let code: String = events(&markdown)
            .iter()
            .filter_map(|event| match event {
                Event::Text(text) => Some(text.to_string()),
                _ => None,
            })
            .collect();
        assert_eq!((items, code.as_str()), (2, "# a\n```\n<b>\n````\n\u{241b}\nnext"));
    }

    #[test]
    fn only_addresses_of_the_web_are_links() {
        let cases = [
            ("https://example.org/a?b=1&copy=2", "[t \\[x\\]](https://example.org/a?b=1&amp;copy=2)"),
            ("https://example.org/a_(b) <c>", "[t \\[x\\]](https://example.org/a_%28b%29%20%3Cc%3E)"),
            ("javascript:alert(1)", "t \\[x\\], `javascript:alert(1)`"),
        ];
        for (url, expected) in cases {
            assert_eq!(link("t [x]", Some(url)), expected);
        }
        assert_eq!(link("t [x]", None), "t \\[x\\]");
    }

    proptest! {
        #[test]
        fn no_text_at_all_is_markup(raw in "[ -~\u{e9}\n]{1,40}") {
            let line = one_line(&raw);
            prop_assume!(!line.is_empty());
            prop_assert_eq!(plain(&text(&raw)), Some(line));
        }

        #[test]
        fn any_code_is_what_was_given(raw in "[ -~]{1,40}") {
            let markdown = format!("x {} y", code(&raw));
            let found = events(&markdown);
            prop_assert_eq!(&found[2], &Event::Code(Shown(&raw).to_string().into()));
        }
    }
}
