//! `comity compare` over a text and the same text in other clothes: nothing differs.

use comity::compare::compare;
use comity::{Draft, Format};

use crate::common::word::docx;
use crate::common::{comity, folder};

/// A statement by paragraphs: a heading begins with `#`, an item of a list with `*`.
const TEXT: &[&str] = &[
    "# Joint Statement of Avalon and Ulmar",
    "The Ministers of Avalon and Ulmar met in Port Meridian on 12 March 2027. They condemned the attacks on merchant ships, \
     and agreed to lower the fees for small boats by 5 percent within two years.",
    "## The northern crossing",
    "Both sides will keep the crossing \"open to all\", and won't close it without notice. They call on the river commission to:",
    "* publish the findings of the panel each year;",
    "* train two hundred pilots, as appropriate;",
    "* name a coordinator for the river, the bay and the outer reef.",
    "## Next steps",
    "Avalon's envoy shall report to the Ministers at least twice before the next round, which Ulmar is to host in autumn.",
];

/// Lines of no more than so many characters.
fn wrapped(text: &str, width: usize, indent: &str) -> String {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let last = lines.last_mut().expect("there is one");
        if !last.is_empty() && last.chars().count() + word.chars().count() >= width {
            lines.push(format!("{indent}{word}"));
        } else {
            *last += if last.is_empty() { "" } else { " " };
            *last += word;
        }
    }
    lines.join("\n")
}

/// The statement in Markdown, of which `style` writes each part.
fn markdown(style: impl Fn(&str) -> String) -> String {
    TEXT.iter().map(|part| style(part) + "\n\n").collect()
}

fn curly(part: &str) -> String {
    let mut is_open = false;
    let quote = |c: char| match c {
        '"' => {
            is_open = !is_open;
            if is_open { '\u{201c}' } else { '\u{201d}' }
        }
        '\'' => '\u{2019}',
        c => c,
    };
    part.chars().map(quote).collect()
}

/// A heading underlined by a character, and any other part as it is.
fn underlined(part: &str) -> String {
    match part.split_once(' ') {
        Some(("#", words)) => format!("{words}\n{}", "=".repeat(words.len())),
        Some(("##", words)) => format!("{words}\n---"),
        _ => part.to_owned(),
    }
}

/// One sentence of each part in bold or another type.
fn marked(part: &str, sign: &str) -> String {
    match part.split_once(". ") {
        Some((first, rest)) => format!("{sign}{first}.{sign} {rest}"),
        None => part.replacen("Ulmar", &format!("{sign}Ulmar{sign}"), 1),
    }
}

#[test]
fn a_text_that_was_only_restyled_does_not_differ() {
    let plain = markdown(str::to_owned);
    let styles: Vec<(&str, String)> = vec![
        ("wrapped at 60", markdown(|part| wrap_part(part, 60))),
        ("wrapped at 80", markdown(|part| wrap_part(part, 80))),
        ("wrapped at 25", markdown(|part| wrap_part(part, 25))),
        ("lines with spaces behind them", plain.replace('\n', " \n")),
        ("lines of Windows", plain.replace('\n', "\r\n")),
        ("no line between items", plain.replace(";\n\n* ", ";\n* ")),
        ("more lines between parts", plain.replace("\n\n", "\n\n\n\n")),
        ("bold", markdown(|part| marked(part, "**"))),
        ("italics", markdown(|part| marked(part, "_"))),
        ("curly quotes", markdown(curly)),
        ("headings underlined", markdown(underlined)),
        (
            "headings closed",
            markdown(|part| if part.starts_with('#') { format!("{part} ##") } else { part.to_owned() }),
        ),
        ("headings of another level", plain.replace("## ", "#### ")),
        ("items with -", plain.replace("\n* ", "\n- ")),
        ("items with +", plain.replace("\n* ", "\n+ ")),
        ("items with numbers", plain.replace("\n* ", "\n1. ")),
        ("spaces that do not break", plain.replace("12 March", "12\u{a0}March").replace("5 percent", "5\u{a0}percent")),
        ("hyphens that are soft", plain.replace("commission", "com\u{ad}mission")),
        ("characters as entities", plain.replace('"', "&quot;").replace("Avalon and", "Avalon&#32;and")),
        ("all of it", curly(&markdown(|part| marked(&wrap_part(&underlined(part), 40), "**"))).replace("\n* ", "\n- ")),
        ("other spellings", plain.replace("won't", "will not").replace("5 percent", "5%")),
        ("other dates", plain.replace("12 March 2027", "March 12, 2027")),
    ];
    let read = |text: &str| Draft::new(Format::Markdown, text);
    for (name, text) in &styles {
        for (old, new) in [(&plain, text), (text, &plain)] {
            let comparison = compare(&read(old), &read(new), Vec::new(), Vec::new());
            let said: Vec<_> = comparison.sentences.iter().flat_map(|change| &change.remarks).collect();
            assert!(said.is_empty(), "{name}: {said:?}");
            assert!(comparison.is_empty(), "{name}: {:#?}", comparison.sentences);
        }
    }
}

/// A part wrapped, but for a heading, which is one line.
fn wrap_part(part: &str, width: usize) -> String {
    let is_heading = part.starts_with('#') || part.contains("\n---") || part.contains("\n==");
    if is_heading { part.to_owned() } else { wrapped(part, width, if part.starts_with('*') { "  " } else { "" }) }
}

#[test]
fn a_text_in_another_format_does_not_differ() {
    let escaped = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;");
    let paragraph = |part: &&str| {
        let words = part.trim_start_matches(['#', '*', ' ']);
        let style = if part.starts_with('#') { "<w:pPr><w:pStyle w:val=\"Heading1\"/></w:pPr>" } else { "" };
        // A word in bold is a run of its own.
        let (first, rest) = words.split_once(' ').unwrap_or((words, ""));
        let space = "xml:space=\"preserve\"";
        format!(
            "<w:p>{style}<w:r><w:rPr><w:b/></w:rPr><w:t {space}>{} </w:t></w:r><w:r><w:t {space}>{}</w:t></w:r></w:p>",
            escaped(first),
            escaped(rest)
        )
    };
    let element = |part: &&str| {
        let (sign, words) = part.split_once(' ').unwrap_or(("", part));
        match sign {
            "#" => format!("<h1>{}</h1>\n", escaped(words)),
            "##" => format!("<h2>{}</h2>\n", escaped(words)),
            "*" => format!("<ul><li>{}</li></ul>\n", escaped(words)),
            _ => format!("<p>{}</p>\n", escaped(&wrapped(part, 50, "    ")).replace("Ulmar", "<b>Ulmar</b>")),
        }
    };
    let files = folder([
        ("a.md", markdown(str::to_owned).into_bytes()),
        ("a.html", TEXT.iter().map(element).collect::<String>().into_bytes()),
        ("a.docx", docx(&TEXT.iter().map(paragraph).collect::<String>())),
    ]);
    for (old, new) in [("a.md", "a.html"), ("a.html", "a.docx"), ("a.docx", "a.md"), ("a.html", "a.md")] {
        let output = comity().args(["compare", "--no-config", "--select", "framing", old, new]).in_dir(&files).run();
        assert_eq!((output.code, output.stdout.as_str()), (0, "nothing differs\n"), "{old} {new}: {}", output.stderr);
    }
}
