//! Text as Markdown (CommonMark 0.31.2, 2.4, with the extensions of GitHub): whatever it holds, a reader sees that text, and nothing in it
//! is markup.

use super::terminal::Shown;
use super::uri::is_web_url;

/// A text in a paragraph, a list item or a table cell, on one line.
pub(crate) fn text(raw: &str) -> String {
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
    // A bare address would become a link.
    out.replace("://", ":\\//").replace("www.", "www\\.")
}

/// A text as code in a paragraph or a list item, on one line.
pub(crate) fn code(raw: &str) -> String {
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
pub(crate) fn block(raw: &str) -> String {
    let ticks = "`".repeat(longest_run(raw).max(2) + 1);
    let mut out = format!("{ticks}text\n");
    for line in raw.lines() {
        out += &format!("  {}\n", Shown(line));
    }
    out + "  " + &ticks
}

/// A link with this text; the text alone, if the address is none of the web.
pub(crate) fn link(title: &str, url: Option<&str>) -> String {
    match url {
        Some(url) if is_web_url(url) => format!("[{}]({})", text(title), address(url)),
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

/// Wording that is written into a draft: only what would be markup where it stands is escaped, for people go on writing it.
pub(crate) fn wording(wording: &str, in_table: bool) -> String {
    let mut escaped = String::with_capacity(wording.len());
    let mut before = ' ';
    for (at, c) in wording.char_indices() {
        let inside_a_word = before.is_alphanumeric() && wording[at + c.len_utf8()..].starts_with(char::is_alphanumeric);
        match c {
            '<' => escaped.push_str("&lt;"),
            '&' if wording[at..].contains(';') => escaped.push_str("&amp;"),
            '_' if inside_a_word => escaped.push(c),
            '\\' | '*' | '_' | '`' | '[' | ']' | '~' => escaped.extend(['\\', c]),
            '|' if in_table => escaped.push_str("\\|"),
            _ => escaped.push(c),
        }
        before = c;
    }
    escaped
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
        "see https://example.org/x and www.example.org",
        "12) item ![i](j) 5 % # x | y",
        "한국 \"China\" — $x$",
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

    #[test]
    fn wording_of_a_draft_is_escaped_where_it_has_to_be() {
        let cases = [
            ("a *b* c_d _e_ [f]", "a \\*b\\* c_d \\_e\\_ \\[f\\]", "a \\*b\\* c_d \\_e\\_ \\[f\\]"),
            ("R&D", "R&D", "R&D"),
            ("<b> &amp;", "&lt;b> &amp;amp;", "&lt;b> &amp;amp;"),
            ("a | b - c!", "a | b - c!", "a \\| b - c!"),
        ];
        for (raw, outside, inside) in cases {
            assert_eq!([wording(raw, false), wording(raw, true)], [outside, inside]);
            assert_eq!(plain(&wording(raw, false)).as_deref(), Some(raw));
        }
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
