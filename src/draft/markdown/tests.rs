//! What is read of Markdown: blocks, places, and what is passed over.

use super::*;
use crate::draft::{Draft, Format};

#[test]
fn blocks_are_counted_before_they_are_read() {
    let cases = [
        ("", 0),
        ("One.\n\nTwo.", 2),
        ("One\ngoes on.\n", 1),
        ("- a\n- b\n* c\n+ d\n# e", 5),
        ("a dash\n-is no item\na b", 1),
        // Cells, and the line below the head of a table.
        ("| a | b |\n| c | d |", 4),
        ("|a|\n|b|\n|c|", 3),
        ("a | b\n--- | ---\nc | d", 4),
    ];
    for (source, expected) in cases {
        assert_eq!(estimate(source), expected, "{source}");
    }
}

#[test]
fn what_is_not_read_is_listed() {
    use UnreadReason::{Code, CodeSpan, Comment, FrontMatter, Hidden, Math};
    let source = "\u{feff}---\ntitle: x\n---\nThey `met` and <!-- TODO --> went <span hidden>by *car* today</span> on.\n\n> ```\n> \
                  code\n> ```\n\n<!-- comity: off -- here -->\n\n<div>A<p hidden>one</p>\n<p hidden>two</p> <b>B</b><!-- c \
                  --><pre><code>f(x)</code></pre><kbd>q</kbd><script>s</script><math><mi>n</mi></math></div>\n";
    let draft = Draft::new(Format::Markdown, source);
    let listed: Vec<_> = draft.unread().iter().map(|unread| (unread.reason, draft.slice(unread.span))).collect();
    let expected = [
        (FrontMatter, "---\ntitle: x\n---\n"),
        (CodeSpan, "`met`"),
        (Comment, "<!-- TODO -->"),
        (Hidden, "by *car* today"),
        (Code, "```\n> code\n> ```"),
        (Hidden, "one</p>\n<p hidden>two"),
        (Comment, "<!-- c -->"),
        (Code, "f(x)"),
        (CodeSpan, "q"),
        (Math, "n"),
    ];
    assert_eq!(listed, expected);
}

/// The blocks of a draft, and what of it is not read.
fn read(source: &str) -> (Vec<String>, Vec<String>) {
    let draft = Draft::new(Format::Markdown, source);
    let blocks = draft.blocks().iter().map(|block| format!("{}: {}", block.kind().name(), block.text()));
    let unread = draft.unread().iter().map(|unread| draft.slice(unread.span).to_owned());
    (blocks.collect(), unread.collect())
}

#[track_caller]
fn check(cases: &[(&str, &[&str], &[&str])]) {
    for (source, blocks, unread) in cases {
        let (read, passed) = read(source);
        assert_eq!(
            (read, passed),
            (blocks.iter().map(|s| (*s).to_owned()).collect(), unread.iter().map(|s| (*s).to_owned()).collect()),
            "{source:?}"
        );
    }
}

#[test]
fn text_that_is_set_in_is_text_and_code_is_not() {
    check(&[
        ("    The junior partner\n    shall act.\n", &["paragraph: The junior partner shall act."], &[]),
        (
            "\tThe junior partner\r\n\tshall act.\r\n\r\n\tThey met.",
            &["paragraph: The junior partner shall act.", "paragraph: They met."],
            &[],
        ),
        ("- a\n\n      The junior\n      partner\n", &["list: a", "list: The junior partner"], &[]),
        ("-\ta\n\n\t\tThe junior\n\t\tpartner\n", &["list: a", "list: The junior partner"], &[]),
        ("> a\n>\n>     The junior\n>     partner\n", &["quotation: a", "quotation: The junior partner"], &[]),
        (
            "    They will:\n    - meet;\n      and talk;\n    2. act.\n",
            &["paragraph: They will:", "list: meet; and talk;", "list: act."],
            &[],
        ),
        (
            "    They met.\n\n    let x = 1;\n\n    They went on.\n",
            &["paragraph: They met.", "paragraph: They went on."],
            &["let x = 1;"],
        ),
        ("```\nThey met.\n```\n", &[], &["```\nThey met.\n```"]),
        ("a\n\n    **b** &amp; [c](d) e&nbsp;f\n", &["paragraph: a", "paragraph: b & c e f"], &[]),
        (
            "    China <b>containment</b>\n    stays <!-- a -->",
            &["paragraph: China containment stays"],
            &["<!-- a -->"],
        ),
        ("> - a\n>\n>       `b` c\n>       d", &["list: a", "list: \u{fffc} c d"], &["`b`"]),
        (
            "    They met in the city and spoke of it.\n\n    a_b -> c_d\n\n    They went on to the next.\n",
            &[
                "paragraph: They met in the city and spoke of it.",
                "paragraph: a_b -> c_d",
                "paragraph: They went on to the next.",
            ],
            &[],
        ),
        // Deeper than anybody sets in.
        ("    -     -     -     - They met", &[], &["- They met"]),
    ]);
    let source = "> a\n>\n>     of China\r\n>     containment\n";
    let draft = Draft::new(Format::Markdown, source);
    let block = &draft.blocks()[1];
    let at = block.text().find("China").unwrap();
    assert_eq!(draft.slice(block.source(Span::new(at, block.text().len()))), "China\r\n>     containment");
    assert_eq!(draft.slice(block.source(Span::new(at + 5, at + 6))), "\r\n");
    let source = "- a\n\n      \u{c9}t\u{e9} **of China&nbsp;\n      contain*ment*** stays\n";
    let draft = Draft::new(Format::Markdown, source);
    let block = &draft.blocks()[1];
    assert_eq!(block.text(), "\u{c9}t\u{e9} of China containment stays");
    let at = |word: &str| Span::new(block.text().find(word).unwrap(), block.text().find(word).unwrap() + word.len());
    let places =
        ["China", "containment", "China containment", "stays"].map(|words| draft.slice(block.source(at(words))));
    assert_eq!(places, ["China", "contain*ment", "China&nbsp;\n      contain*ment", "stays"]);
    let strong = draft.markup().overlapping(block.source(at("of"))).unwrap();
    assert_eq!(draft.slice(strong[0].outer), "**of China&nbsp;\n      contain*ment***");
}

#[test]
fn what_nothing_closes_ends_at_an_empty_line() {
    check(&[
        ("A.\n\n<!-- b\nc\n\nThey **met**.\n", &["paragraph: A.", "paragraph: They met."], &["<!-- b\nc"]),
        ("<?php b\r\n\r\nThey met.\r\n\r\n- c", &["paragraph: They met.", "list: c"], &["<?php b"]),
        ("<script>\nb\n\n# They met\n", &["title: They met"], &["<script>\nb"]),
        ("<style>b\n\nThey met.", &["paragraph: They met."], &["<style>b"]),
        ("<!ELEMENT b\n\nThey met.", &["paragraph: They met."], &["<!ELEMENT b"]),
        ("<![CDATA[b\n\nThey met.", &["paragraph: They met."], &["<![CDATA[b"]),
        (
            "> a\n>\n> <!-- b\n> c\n>\n> d\n\ne\n\n- f\n\n  <!-- g\n\n  h\n",
            &["quotation: a", "quotation: d", "paragraph: e", "list: f", "list: h"],
            &["<!-- b\n> c", "<!-- g"],
        ),
        // To the end of the draft, or of what is around it.
        ("They met.\n\n<!-- b\nc", &["paragraph: They met."], &["<!-- b\nc"]),
        ("- <!-- b\n\nThey met.", &["paragraph: They met."], &["<!-- b"]),
        // What is closed is as CommonMark has it.
        ("<!-- a\n\nb -->\n\nThey met.", &["paragraph: They met."], &["<!-- a\n\nb -->"]),
        ("They <script> met.\n\nOn.", &["paragraph: They", "paragraph: On."], &[" met."]),
    ]);
    let many = "<!-- b\n\nThey met.\n\n".repeat(100);
    let (blocks, unread) = read(&many);
    assert_eq!((blocks.iter().filter(|block| *block == "paragraph: They met.").count(), unread.len()), (100, 8));
    let reason = |source: &str| Draft::new(Format::Markdown, source).unread()[0].reason;
    assert_eq!(reason("<!-- b\n\nThey met."), UnreadReason::Unclosed);
    assert_eq!(reason("a <!-- b <!-- c --> d"), UnreadReason::Unclosed);
    assert_eq!(reason("<div><!-- b\n\nThey met."), UnreadReason::Unclosed);
}

#[test]
fn values_of_front_matter_that_are_words_are_text() {
    check(&[
        (
            "---\ntitle: The *two* sides met\nplace: Seoul\nsummary: >\n  They went\n  on and on.\n---\nA.",
            &["caption: The *two* sides met", "caption: They went on and on.", "paragraph: A."],
            &["---\ntitle: ", "\nplace: Seoul\nsummary: >\n  ", "\n---\n"],
        ),
        ("---\nSEOUL: The sides met.\n\n---\nA.", &["paragraph: SEOUL: The sides met.", "paragraph: A."], &[]),
    ]);
    let draft = Draft::new(Format::Markdown, "---\nsummary: >\n  They went\n  on and on.\n---\nA.");
    assert_eq!(draft.slice(draft.blocks()[0].source(Span::new(5, 12))), "went\n  on");
}

#[test]
fn marks_around_words_are_no_text() {
    let cases: &[(&str, &str, &[&str])] = &[
        ("of ==China== containment", "of China containment", &[]),
        ("of ==**China**== containment", "of China containment", &[]),
        ("of ++China++ containment", "of China containment", &[]),
        ("China\\ containment", "China containment", &[]),
        ("China\\\ncontainment", "China containment", &[]),
        ("China^1^ containment, the 10^th^ and H~2~O", "China containment, the 10th and H2O", &[]),
        ("of {++China++} {==containment==}{>>why?<<}", "of China containment", &["{>>why?<<}"]),
        ("China {--trade--} containment", "China containment", &["{--trade--}"]),
        ("of {~~Asia~>China~~} containment", "of China containment", &["{~~Asia~>"]),
        ("a == b and c = d ++ e", "a == b and c = d ++ e", &[]),
    ];
    for (source, expected, unread) in cases {
        let (read, passed) = read(source);
        assert_eq!(read, [format!("paragraph: {expected}")], "{source}");
        assert_eq!(passed, *unread, "{source}");
    }
}

#[test]
fn syntax_that_programs_take_out_is_no_text() {
    const THING: &str = "\u{fffc}";
    let thing = |text: &str| text.replace('@', THING);
    let cases: &[(&str, &str, &[&str])] = &[
        ("# Burden sharing {#burden-sharing}\n", "title: Burden sharing", &["{#burden-sharing}"]),
        ("Burden sharing {#a .b}\n===\n", "title: Burden sharing", &["{#a .b}"]),
        ("# The {draft} text\n", "title: The {draft} text", &[]),
        (
            "the [words [a]]{.x} and **bold**{lang=fr} on",
            "paragraph: the words [a] and bold on",
            &["{.x}", "{lang=fr}"],
        ),
        ("so $x_1 * y$ and $z*w$ on", "paragraph: so @ and @ on", &["$x_1 * y$", "$z*w$"]),
        ("from $350 billion to $10", "paragraph: from $350 billion to $10", &[]),
        ("a {{< b c=\"d *e* f\" >}} g", "paragraph: a @ g", &["{{< b c=\"d *e* f\" >}}"]),
        ("a {{<b c>}} d {% e <f> %} g", "paragraph: a @ d @ g", &["{{<b c>}}", "{% e <f> %}"]),
        ("a [see @key, p. 3] b [@c](d) e", "paragraph: a [see @, p. 3] b %c e", &["@key"]),
        ("> a $x\n> y$ b", "quotation: a $x y$ b", &[]),
        (
            "import a from 'b'\nexport const c = {\n  d: 1,\n}\n\nThey met.",
            "paragraph: They met.",
            &["import a from 'b'\nexport const c = {\n  d: 1,\n}"],
        ),
        ("a <![CDATA[b]]> c", "paragraph: a c", &["<![CDATA[b]]>"]),
        ("<![CDATA[\nb\n\nc]]>\nd", "paragraph: d", &["<![CDATA[\nb\n\nc]]>"]),
    ];
    for (source, expected, unread) in cases {
        let (read, passed) = read(source);
        assert_eq!(read, [thing(expected).replace('%', "@")], "{source}");
        assert_eq!(passed, *unread, "{source}");
    }
}

#[test]
fn a_table_in_a_paragraph_has_cells() {
    check(&[(
        "They met.\n*a* | `b` c\n--- | ---\nd \\| e | f\n\ng | h",
        &["paragraph: They met.", "table: a", "table: \u{fffc} c", "table: d | e", "table: f", "paragraph: g | h"],
        &["`b`"],
    )]);
}

#[test]
fn each_block_is_of_its_kind() {
    let source = "# Title\n\nText.[^1]\n\n- item\n\n  more\n\n> quoted\n\n| cell |\n|---|\n\n[^1]: A \
                  note.\n\nBehind.";
    let draft = Draft::new(Format::Markdown, source);
    let read: Vec<_> = draft.blocks().iter().map(|block| (block.kind(), block.text())).collect();
    let expected = [
        (BlockKind::Title, "Title"),
        (BlockKind::Paragraph, "Text."),
        (BlockKind::List, "item"),
        (BlockKind::List, "more"),
        (BlockKind::Quotation, "quoted"),
        (BlockKind::Table, "cell"),
        (BlockKind::Footnote, "A note."),
        (BlockKind::Paragraph, "Behind."),
    ];
    assert_eq!(read, expected);
}
