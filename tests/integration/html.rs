//! HTML drafts: what is text and what is not, what a block is, where it stands, and what is left to packs of another language.

use crate::common::{comity, folder};
use comity::fix::fix;
use comity::{BlockKind, Draft, Fix, Format, Pack, RuleSet, Span};

/// The blocks of a page, each as `kind: text`.
fn blocks(source: &str) -> Vec<String> {
    let draft = Draft::new(Format::Html, source);
    let name = |kind: BlockKind| BlockKind::NAMES.iter().find(|(_, known)| *known == kind).unwrap().0;
    draft.blocks().iter().map(|block| format!("{}: {}", name(block.kind()), block.text())).collect()
}

/// Compares all at once, so that a failure shows everything that is not as it should be.
#[track_caller]
fn check(cases: &[(&str, &[&str])], seen: impl Fn(&str) -> Vec<String>) {
    let wrong = |(source, expected): &(&str, &[&str])| {
        let seen = seen(source);
        (seen != *expected).then(|| format!("{source:?}\n  is {seen:?}\n  not {expected:?}"))
    };
    let wrong: Vec<String> = cases.iter().filter_map(wrong).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The blocks of a page, and behind them what is passed over, each with its reason.
fn not_read(source: &str) -> Vec<String> {
    let draft = Draft::new(Format::Html, source);
    let unread = draft.unread().iter().map(|unread| format!("{}: {}", unread.reason.name(), draft.slice(unread.span)));
    blocks(source).into_iter().chain(unread).collect()
}

#[test]
fn what_stands_in_a_form_is_told_as_not_read() {
    check(
        &[
            ("<input value=a>", &["hidden: <input value=a>"]),
            ("<input type=search placeholder=a>", &["hidden: <input type=search placeholder=a>"]),
            ("<textarea placeholder=a></textarea>", &["hidden: <textarea placeholder=a>"]),
            ("<select><optgroup label=a><option label=b></select>", &["hidden: <optgroup label=a><option label=b>"]),
            ("<iframe srcdoc='<p>a'></iframe>", &["hidden: <iframe srcdoc='<p>a'>"]),
            ("<p hidden><input type=submit value=a></p>", &["hidden: <input type=submit value=a>"]),
            // Which nobody sees, or in which there are no words.
            ("<input type=hidden value=a><input type=checkbox value=a><input type=radio value=a>", &[]),
            ("<input><input value='' placeholder='...'><iframe src=a></iframe>", &[]),
        ],
        not_read,
    );
}

#[test]
fn what_nothing_closes_hides_a_paragraph_and_not_the_page() {
    check(
        &[
            ("<p>A\n<!-- b\nc\n\n<p>D", &["paragraph: A", "paragraph: D", "unclosed: <!-- b\nc"]),
            ("<p>A\n<!-- b\n\n", &["paragraph: A", "unclosed: <!-- b"]),
            ("<p>A<script>b\n\n<p>D", &["paragraph: A", "paragraph: D", "unclosed: b"]),
            ("<p>A<script>b</script> c", &["paragraph: A c"]),
            ("<style>b\n\nD</sty", &["paragraph: D", "unclosed: b"]),
            ("<title>A\n\n<p>D", &["title: A", "paragraph: D"]),
            ("<p>A<textarea>b\n\n<p>D", &["paragraph: A\u{fffc}", "paragraph: D", "hidden: b"]),
            ("<p>A<?php b\n\nD", &["paragraph: A D", "unclosed: <?php b"]),
            ("<p>A<template>b\n\n<p>d", &["paragraph: A", "hidden: b\n\n<p>d"]),
            ("A <!-- b <!-- c --> D", &["paragraph: A D", "unclosed: <!-- b <!-- c -->"]),
            ("A <!--> D <!---> E", &["paragraph: A D E", "comment: <!-->", "comment: <!--->"]),
        ],
        not_read,
    );
    let many = Draft::new(Format::Html, "<!-- b\n\n<p>A".repeat(100));
    assert_eq!((many.blocks().len(), many.unread().len()), (8, 9));
}

#[test]
fn elements_tell_what_a_block_is() {
    check(
        &[
            ("<h2>A</h2><h1>B</h1><h1>C</h1>", &["heading: A", "title: B", "heading: C"]),
            ("<title>A | B</title><h2>C</h2>", &["caption: A | B", "title: C"]),
            ("<head><title>A</title></head><p>B", &["title: A", "paragraph: B"]),
            ("<div role=heading aria-level=1>A</div><h2>B</h2>", &["title: A", "heading: B"]),
            (
                "<ul><li>A<li><p>B</p>C<ul><li>D</ul>E</ul>F",
                &["list: A", "list: B", "list: C", "list: D", "list: E", "paragraph: F"],
            ),
            ("<dl><dt>A<dd>B<dt>C</dl>D", &["list: A", "list: B", "list: C", "paragraph: D"]),
            ("<blockquote>A<p>B</blockquote>C", &["quotation: A", "quotation: B", "paragraph: C"]),
            (
                "<table><caption>A<tr><th>B<td>C<tr><td>D<tbody><td>E</table>F",
                &["caption: A", "table: B", "table: C", "table: D", "table: E", "paragraph: F"],
            ),
            ("<table><tr><td><p>A<div>B</div></table>", &["paragraph: A", "table: B"]),
            ("<i><h2>A</i> b</h2>C", &["title: A b", "paragraph: C"]),
            // Outside of every table a cell is none.
            ("<table><tr><td><table><tr><td>A</table></table><td>B", &["table: A", "paragraph: B"]),
            (
                "<figure><img src=x alt=\"A &amp; B\"><figcaption>C</figcaption></figure>",
                &["caption: A & B", "caption: C"],
            ),
            ("a <img alt='B' src=x> c", &["caption: B", "paragraph: a \u{fffc} c"]),
            ("a<img alt='' src=x> c<img src=x>", &["paragraph: a c"]),
            ("<img alt=a><img alt='b&'>", &["caption: a", "caption: b&"]),
            (
                "a <image alt='B' src=x> c<svg><image><text>D</text></svg>",
                &["caption: B", "caption: D", "paragraph: a \u{fffc} c\u{fffc}"],
            ),
            ("a <input type=submit value='B &amp; c'> d", &["caption: B & c", "paragraph: a \u{fffc} d"]),
            (
                "<input type=BUTTON value=A><input type=reset value=B><input type=image alt=C value=d>",
                &["caption: A", "caption: B", "caption: C"],
            ),
            ("<map><area alt=A href=b></map><p>c<input type=submit>", &["caption: A", "paragraph: c\u{fffc}"]),
            ("<p class=MsoCaption>A<p>B", &["caption: A", "paragraph: B"]),
            (
                "<p>A<aside role='doc-footnote'>B<p>C</aside>D",
                &["paragraph: A", "footnote: B", "footnote: C", "paragraph: D"],
            ),
            ("<aside epub:type=footnote>A</aside>B", &["footnote: A", "paragraph: B"]),
            ("<section role=doc-endnotes><ol><li>A<li><p>B</ol></section>", &["footnote: A", "footnote: B"]),
            ("<div class='x footnotes'><p>A</div>", &["footnote: A"]),
            ("<p>a<span class=footnote>b</span> c", &["footnote: b", "paragraph: a c"]),
            ("<div style='mso-element:footnote-list'><div style='mso-element:footnote'><p>A", &["footnote: A"]),
            ("<p class=MsoTitle>A</p><h1>B</h1>", &["title: A", "heading: B"]),
            ("<p class=MsoListParagraph style='text-indent:-18pt;mso-list:l0 level1 lfo1'>A", &["list: A"]),
            (
                "a<p>b<div>c</div>d<hr>e<section>f",
                &["paragraph: a", "paragraph: b", "paragraph: c", "paragraph: d", "paragraph: e", "paragraph: f"],
            ),
            ("<pre>A\nb\n\nC\r\n \r\nD</pre>", &["paragraph: A b", "paragraph: C", "paragraph: D"]),
            ("A<br>b<br><br>C<br>&nbsp;<br/>D", &["paragraph: A b", "paragraph: C", "paragraph: D"]),
            ("A<br>b<br>c<br>&amp;<br>d", &["paragraph: A b c & d"]),
            ("<svg><title>A</title><text>B</text><text>C</text></svg>", &["caption: A", "caption: B", "caption: C"]),
            ("a <svg><path/><title>B</title></svg> c", &["caption: B", "paragraph: a \u{fffc} c"]),
            ("<details><summary>A</summary>B</details>", &["paragraph: A", "paragraph: B"]),
            ("<span style='Display: block'>A</span><span>B</span>", &["paragraph: A", "paragraph: B"]),
        ],
        blocks,
    );
}

#[test]
fn text_goes_on_through_what_does_not_part_it() {
    let whole = |source: &str| {
        let blocks = blocks(source);
        assert_eq!(blocks.len(), 1, "{source}: {blocks:?}");
        blocks
    };
    check(
        &[
            ("<p>a <b>b</b><i> c</i> <a href='x>y'>d</a>", &["paragraph: a b c d"]),
            ("<p>a<wbr>b&shy;c&#8203;d", &["paragraph: abcd"]),
            ("a<!-- b -->c<!DOCTYPE d>e<?f g?>h", &["paragraph: aceh"]),
            ("a<![if !supportLists]>b<![endif]>c", &["paragraph: abc"]),
            ("a<!--[if gte mso 9]><xml>b</xml><![endif]-->c", &["paragraph: ac"]),
            ("a <![CDATA[b < c & <d>]]> e", &["paragraph: a b < c & <d> e"]),
            ("a &lt; b &amp c &copy; d & e &nosuch; f<>g</>h", &["paragraph: a < b & c \u{a9} d & e &nosuch; f<>gh"]),
            (
                "a<sup>1</sup> b<sup>th</sup><a role=doc-noteref href=x>2</a><a class=footnote>[3]</a>",
                &["paragraph: a bth"],
            ),
            ("<del>a</del> <s>b</s> <ins>c</ins>", &["paragraph: a b c"]),
            ("<p>a <q>b</q>", &["paragraph: a \u{201c}b\u{201d}"]),
            ("a <code>b</code> c <button>d</button>", &["paragraph: a \u{fffc} c \u{fffc}d\u{fffc}"]),
            ("<ruby>a<rp>(</rp><rt>b</rt><rp>)</rp>c<rt>d</ruby>e", &["paragraph: ace"]),
            ("a<o:p></o:p> <st1:place>b</st1:place>", &["paragraph: a b"]),
            ("<p>a\r\n\tb&nbsp; c", &["paragraph: a b c"]),
            ("a<b", &["paragraph: a"]),
            ("<noscript>a</noscript> <font color=red>b", &["paragraph: a b"]),
        ],
        whole,
    );
}

#[test]
fn what_is_not_seen_is_not_text() {
    check(
        &[
            ("<script>a('</p>') <!-- </script>b", &["paragraph: b"]),
            ("<style>p > a {}</style><template><p>a</template><iframe>c</iframe>b", &["paragraph: b"]),
            ("<style>/* <!-- */</style><p>a", &["paragraph: a"]),
            ("<script src=x /><p>b<script/><title/>c", &["paragraph: b", "paragraph: c"]),
            ("<p hidden>a<p>b", &["paragraph: b"]),
            (
                "a<dialog>b</dialog><dialog open>c</dialog><dialog style='display: block'>d</dialog>",
                &["paragraph: a", "paragraph: c", "paragraph: d"],
            ),
            ("a<span hidden>b</span><i style='display:none'>c</i>d", &["paragraph: ad"]),
            // What is hidden from screen readers only is seen; so is what a style shows in what is hidden.
            ("a<i aria-hidden='true'>b</i>", &["paragraph: ab"]),
            ("<p hidden style='display:block'>a", &["paragraph: a"]),
            ("<p style='visibility:hidden'>a <span style='visibility: visible'>b</span> c", &["paragraph: b"]),
            ("<p style='content: \";display:none;\"'>a", &["paragraph: a"]),
            ("<p style=\"font-family:'a;b';display:none\">a<p>b", &["paragraph: b"]),
            ("<template shadowrootmode=open><p>a</template><template><p>b</template>", &["paragraph: a"]),
            // An end tag that was forgotten hides nothing behind it.
            ("<nav hidden><svg><path d='M0'></nav><p>a", &["paragraph: a"]),
            ("<p><math><mi>x</mi><p>a<h2>b</h2>", &["paragraph: a", "title: b"]),
            ("<p><svg><text>a</text><b>b</b> c", &["caption: a", "paragraph: b c"]),
            ("<p>a <select><option>b<select><option>c</select> d", &["paragraph: a \u{fffc}", "paragraph: c d"]),
            ("<select><option>a<input> b", &["paragraph: b"]),
            ("<a hidden href=x>a<a href=y>b</a> c", &["paragraph: b c"]),
            ("<button hidden>a<button>b</button> c", &["paragraph: b\u{fffc} c"]),
            ("<form>a<form hidden>b</form>c", &["paragraph: a", "paragraph: b", "paragraph: c"]),
            ("<td hidden>a</td> b", &["paragraph: a b"]),
            ("<plaintext>a <b hidden>b</b>", &["paragraph: a <b hidden>b</b>"]),
            ("<div hidden>a<div>b</div>c</div>d", &["paragraph: d"]),
            ("<p hidden=until-found>a</p><p aria-hidden=false>b", &["paragraph: a", "paragraph: b"]),
            ("<p style='color: red; DISPLAY : none !important'>a</p>b", &["paragraph: b"]),
            ("<p style='display:none;display:inline'>a</p><p style='visibility:hidden'>b", &["paragraph: a"]),
            ("<p><span style='mso-list:Ignore'>1.&nbsp; </span>a", &["paragraph: a"]),
            ("<div style='mso-element:comment-list'><p>a</div>b", &["paragraph: b"]),
            ("a<span class=MsoCommentReference><a class=msocomanchor href=#x>[K1]</a></span>", &["paragraph: a"]),
            (
                "<select><option>a<option>b</select>c<textarea>d</textarea><input value=e>",
                &["paragraph: c\u{fffc}\u{fffc}"],
            ),
            ("<p title=a data-x='a' aria-label=a>b<meta content=a>", &["paragraph: b"]),
            ("<img hidden alt=a><p hidden><img alt=a></p>b", &["paragraph: b"]),
            ("<math><mi>a</mi></math>b", &["paragraph: b"]),
            ("a<input type=HIDDEN value=b> c", &["paragraph: a c"]),
            ("<html style='visibility:hidden'><body hidden>a", &["paragraph: a"]),
            ("<!-- a", &[]),
            ("", &[]),
            ("\u{feff}a", &["paragraph: a"]),
        ],
        blocks,
    );
}

#[test]
fn tags_that_are_not_balanced_hide_nothing() {
    check(
        &[
            // An end tag ends nothing outside of its cell, and nothing that is not open.
            ("<div hidden><table><tr><td></div>a</table>b</div>c", &["paragraph: c"]),
            ("a</div></span>b</td>c</p>d", &["paragraph: abc", "paragraph: d"]),
            ("<table><tr><td>a</div>b</table>", &["table: ab"]),
            ("<b hidden>a<p>b</b>c", &["paragraph: c"]),
            ("<table><tr><td hidden>a<td>b</table>c", &["table: b", "paragraph: c"]),
            ("<ul><li hidden>a<li>b</ul>", &["list: b"]),
            ("<dl><dt hidden>a<dd>b</dl>", &["list: b"]),
            ("<h2 hidden>a</h3>b", &["paragraph: b"]),
            ("<html lang=fr><body><p hidden>a</body></html><html><p>b", &["paragraph: b"]),
            // What a tag ends without an end tag is no longer hidden either.
            ("<table><tr hidden><td>a<tr><td>b</table>", &["table: b"]),
            ("<table><tbody hidden><tr><td>a<tbody><tr><td>b</table>", &["table: b"]),
            ("<ruby>a<rt>b<rb>c<rt>d</ruby>e", &["paragraph: ace"]),
            ("<h1 hidden>a<h2>b</h2>c", &["title: b", "paragraph: c"]),
            ("<head hidden><title>a</title><body>b", &["paragraph: b"]),
            ("<nobr hidden>a<nobr>b</nobr>c", &["paragraph: bc"]),
            ("<p>a</body>b</html>c", &["paragraph: a", "paragraph: b", "paragraph: c"]),
            ("<math><mtext><p>a</mtext></math>b", &[]),
            ("<a href=x><div>a</div></a>b", &["paragraph: a", "paragraph: b"]),
            // Bold text and its like end without the blocks in them.
            ("<b><p>a</b> b</p>c", &["paragraph: a b", "paragraph: c"]),
            (
                "<a href=x><div>a<p>b</a> c</p>d</div>e</a>f",
                &["paragraph: a", "paragraph: b c", "paragraph: d", "paragraph: ef"],
            ),
            ("<b><table><tr><td>a</b> b<td>c</table>d", &["table: a b", "table: c", "paragraph: d"]),
            ("<p>a <b><i>b</b> c</i></p>d", &["paragraph: a b c", "paragraph: d"]),
            ("<p>a<span class=footnote>b<p>c", &["footnote: b", "paragraph: a", "paragraph: c"]),
        ],
        blocks,
    );
}

#[test]
fn elements_that_are_nested_too_deeply_end_where_they_end() {
    for depth in [1, 255, 256, 257, 300] {
        let page = format!("<span hidden>{}never{}</span>seen", "<span>".repeat(depth), "</span>".repeat(depth));
        assert_eq!(blocks(&page), ["paragraph: seen"], "{depth}");
    }
}

fn rules(language: &str) -> RuleSet {
    let pack = format!(
        "schema: 1\npack: t\nlanguage: {language}\nrules:\n  - {{id: r, phrases: [China containment], fix: safe, \
         suggest: ['peace & <calm>']}}\n  - {{id: need, kind: require, phrases: [peace]}}\n"
    );
    RuleSet::new(Pack::parse("t.yml", &pack).unwrap().rules().to_vec()).unwrap()
}

/// What the rule finds in a page, as it stands there.
fn found(source: &str) -> Vec<String> {
    let draft = Draft::new(Format::Html, source);
    let findings = rules("en").check(&draft);
    let of_phrase = findings.iter().filter(|finding| finding.rule.id().as_str() == "t/r");
    of_phrase.map(|finding| draft.slice(finding.span).to_owned()).collect()
}

#[test]
fn a_phrase_is_found_at_its_bytes_whatever_is_between_its_words() {
    check(
        &[
            ("<p>of <b>China</b>\n<i>containment</i> now", &["China</b>\n<i>containment"]),
            (
                "China&nbsp;<span\nclass='a>b'>contain&shy;ment</span>",
                &["China&nbsp;<span\nclass='a>b'>contain&shy;ment"],
            ),
            ("&#67;hina&#32containment", &["&#67;hina&#32containment"]),
            ("China<br>containment", &["China<br>containment"]),
            ("China<sup><a href=#1>1</a></sup> containment", &["China<sup><a href=#1>1</a></sup> containment"]),
            (
                "China <span hidden>x</span><script>y</script>contain<wbr>ment",
                &["China <span hidden>x</span><script>y</script>contain<wbr>ment"],
            ),
            ("<img src=a alt='no\nChina\ncontainment'>", &["China\ncontainment"]),
            ("<img src=a alt='no &#67;hina containmen&#116;'>", &["&#67;hina containmen&#116;"]),
            ("<title>China&#32;containment</title>", &["China&#32;containment"]),
            ("<td>China <![CDATA[containment]]>", &["China <![CDATA[containment"]),
            ("한국 <b>China</b> containments", &[]),
            ("한국 <b>China</b> containment", &["China</b> containment"]),
            ("<p>China<p>containment<li>China</li>containment<td>China<td>containment", &[]),
            ("China<br><br>containment", &[]),
            ("<pre>China\n\ncontainment, China\ncontainment</pre>", &["China\ncontainment"]),
            ("<p title='China containment'>", &[]),
            ("<b><p>China</b> containment</p>", &["China</b> containment"]),
        ],
        found,
    );
}

#[test]
fn no_place_begins_or_ends_within_a_line_end() {
    let sources = [
        (
            Format::Html,
            "<p>of China\r\n<b>contain</b>ment \r\n now\r\n<br>\r\nhere</p>\r\n<pre>a\r\n\r\nb\r\nc</pre>\r\n",
        ),
        (Format::Html, "<p title='x\r\ny'>a<img alt='b\r\nc'>\r\n<!-- x\r\n -->\r\nd"),
        (Format::Markdown, "of China\r\ncontainment  \r\n> now\r\n> and\\\r\n\r\n    here and\r\n    there\r\n"),
        (Format::Text, "of China\r\ncontainment\r\n> now\r\n> here\r\n"),
    ];
    for (format, source) in sources {
        let draft = Draft::new(format, source);
        let splits = |at: usize| source[..at].ends_with('\r') && source[at..].starts_with('\n');
        for block in draft.blocks() {
            for (at, c) in block.text().char_indices() {
                let place = block.source(Span::new(at, at + c.len_utf8()));
                assert!(!splits(place.start()) && !splits(place.end()), "{source:?}: {at} of {:?}", block.text());
            }
        }
    }
    let pack = "schema: 1\npack: t\nrules:\n  - {id: r, kind: pattern, regex: 'containment\\s'}\n";
    let rules = RuleSet::new(Pack::parse("t.yml", pack).unwrap().rules().to_vec()).unwrap();
    let draft = Draft::new(Format::Html, "<p>of containment\r\nnow");
    assert_eq!(draft.slice(rules.check(&draft)[0].span), "containment\r\n");
}

#[test]
fn text_that_is_marked_as_another_language_is_left_alone() {
    const PHRASE: &[&str] = &["China containment"];
    check(
        &[
            ("<html lang=fr><p>China containment", &[]),
            ("<html lang=fr><p lang=en-GB>China containment", PHRASE),
            ("<html xml:lang='fr'><p>China containment", &[]),
            ("<html lang=en><p lang=FR-ca>China containment</p><p>China containment", PHRASE),
            (
                "<p>the <span lang=fr>China containment</span> and <i lang=de>China</i> containment",
                &["China</i> containment"],
            ),
            ("<p lang=fr>x<p lang=''>China containment", PHRASE),
            ("<html lang=en_US><p>China containment", PHRASE),
            ("<p lang=fr>Le <img alt='China containment'><img lang=en alt='China containment'>", PHRASE),
            ("<p lang=fr xml:lang=en>China containment", PHRASE),
            // What the letters contradict does not count.
            ("<html lang=ko><p>China containment", PHRASE),
            ("<html lang=ko><p>한국은 중국을 China containment", PHRASE),
            (
                "<html lang=ko><p>한국은 중국을 봉쇄하지 않는다고 밝혔다. China containment 한국은 중국을 봉쇄하지 않는다고 밝혔다.",
                &[],
            ),
            // So it does where the words are English.
            (
                "<html lang=fr><p>Les ministres ont parl\u{e9} de la paix et de la mer avec leurs amis dans la ville. \u{201c}They spoke of China containment and of their alliance\u{201d}",
                &[],
            ),
            (
                "<html lang=fr><p>They spoke of China containment and of their alliance Les ministres ont parl\u{e9} de la paix et de la mer avec leurs amis dans la ville",
                PHRASE,
            ),
            ("<html lang=fr><p>They spoke of China containment and of their alliance", PHRASE),
            ("<html lang=fr><h1>China containment</h1><p>They met with the press and gave their views", PHRASE),
            ("<html lang=fr><p>China containment<p lang=en>They met with the press and gave their views", &[]),
            ("<html lang=fr><p>China containment<p lang=de>They met with the press and gave their views", &[]),
            ("<html lang=und><p>China containment", PHRASE),
            ("<html lang='{{ lang }}'><p>China containment", PHRASE),
            // Whether it is to be translated does not matter.
            ("<p translate=no>China containment", PHRASE),
        ],
        found,
    );
}

#[test]
fn what_is_required_is_looked_for_in_text_of_the_language() {
    let missing = |source: &str| {
        let draft = Draft::new(Format::Html, source);
        let findings = rules("en").check(&draft);
        let missing = findings.iter().filter(|finding| finding.rule.id().as_str() == "t/need");
        missing.map(|finding| draft.slice(finding.span).to_owned()).collect::<Vec<_>>()
    };
    check(
        &[
            ("<h1>A</h1><p>Peace.", &[]),
            ("<h1>A</h1><p lang=fr>Peace.", &["A"]),
            ("<h1 lang=fr>A</h1><p lang=en>War.", &["War."]),
            ("<html lang=fr><h1>A</h1><p>B", &[]),
        ],
        missing,
    );
}

#[test]
fn what_is_left_to_other_packs_is_said() {
    let files = folder([
        ("a.html", "<h1>A</h1><p lang=fr>La paix.<p lang=ko>Peace.<p>B<p lang=fr>C <b lang=de>d</b>"),
        ("b.html", "<html lang=en><p>Peace."),
    ]);
    let run = comity().args(["check", "--no-config", "."]).in_dir(&files).run();
    assert_eq!(
        run.stderr,
        "a.html: 1 block marked de not checked by packs in en; 2 blocks marked fr not checked by packs in en\n\
         2 drafts checked: nothing found\n"
    );
    let quiet = comity().args(["check", "--no-config", "--quiet", "."]).in_dir(&files).run();
    // Who hears nothing of a draft takes it for clean.
    assert!(
        quiet.stderr.starts_with("a.html: 1 block marked de not checked") && !quiet.stderr.contains("nothing found")
    );
}

#[test]
fn a_suggestion_keeps_the_markup_and_is_escaped() {
    let rules = rules("en");
    let fixed = |source: &str| {
        let fixed = fix(Draft::new(Format::Html, source), |draft| rules.check(draft), Fix::Safe);
        vec![fixed.draft.source().to_owned()]
    };
    check(
        &[
            ("<p>of <b class=x>China containment</b> now", &["<p>of <b class=x>peace &amp; &lt;calm></b> now"]),
            ("<p>of <a href='x>y'>China</a> <b>containment</b>", &["<p>of <a href='x>y'>peace &amp; &lt;calm></a>"]),
            ("<p>of China&nbsp;containment now", &["<p>of peace &amp; &lt;calm> now"]),
            ("<p>It speaks of China\n   containment now", &["<p>It speaks of peace\n   &amp; &lt;calm> now"]),
            ("<img alt=\"of China containment\">", &["<img alt=\"of peace &amp; &lt;calm>\">"]),
            ("\u{feff}<p>of China containment\r\n<p>\tx ", &["\u{feff}<p>of peace &amp; &lt;calm>\r\n<p>\tx "]),
        ],
        fixed,
    );
    let untouched = [
        "<p>of China <i>containment policy</i>",
        "<p>of <b>China<p>x</b> y <b>China containment<p>z",
        "<p>of China <!-- x --> containment",
        "<p>of China<br>containment",
        "<p>of China <span hidden>x</span>containment",
        "<p>of China <img alt=''>containment",
        "<p>of China<sup>1</sup> containment",
        "<p>of China <b>containment",
        "<p>of <q>China</q> containment",
    ];
    for source in untouched.iter().filter(|source| !source.contains("<b>China containment")) {
        assert_eq!(fixed(source), [*source]);
    }
}

#[test]
fn a_suggestion_does_not_tear_an_attribute() {
    let pack =
        "schema: 1\npack: t\nrules:\n  - {id: r, phrases: [containment], fix: safe, suggest: [\"a 'b' \\\"c\\\"\"]}\n";
    let rules = RuleSet::new(Pack::parse("t.yml", pack).unwrap().rules().to_vec()).unwrap();
    let cases = [
        ("<img alt='of containment'>", "<img alt='of a &#39;b&#39; \"c\"'>"),
        ("<img alt=\"of containment\">", "<img alt=\"of a 'b' &quot;c&quot;\">"),
        ("<img alt=containment>", "<img alt=containment>"),
        ("<img alt=containment/>", "<img alt=containment/>"),
    ];
    for (source, expected) in cases {
        let fixed = fix(Draft::new(Format::Html, source), |draft| rules.check(draft), Fix::Safe);
        assert_eq!(fixed.draft.source(), expected);
    }
}

#[test]
fn a_page_in_another_encoding_is_refused_with_a_remedy() {
    let said = |name: &'static str, bytes: &[u8]| {
        let files = folder([(name, bytes)]);
        let run = comity().args(["check", "--no-config", name]).in_dir(&files).run();
        (run.code, run.stderr.lines().next().unwrap_or_default().to_owned())
    };
    assert_eq!(
        said("korean.html", b"<meta charset=euc-kr>\n<p>\xc7\xd1\xb1\xb9"),
        (
            2,
            "error: korean.html: byte 0xC7 at offset 25 (line 2): not UTF-8, the page says that it is in euc-kr; save it \
             as UTF-8, and write <meta charset=\"utf-8\"> in it"
                .to_owned()
        )
    );
    assert_eq!(
        said("latin.htm", b"<p>Cura\xe7ao"),
        (2, "error: latin.htm: byte 0xE7 at offset 7 (line 1): not UTF-8, it looks like Windows-1252 or Latin-1; save the file as UTF-8".to_owned())
    );
    // Some encodings look like UTF-8, and are none.
    let (code, error) = said("japanese.html", b"<meta charset=iso-2022-jp>\n<p>\x1b$BF|K\\\x1b(B");
    assert!(
        code == 2 && error.starts_with("error: japanese.html: byte 0x1B at offset 30 (line 2): not UTF-8"),
        "{error}"
    );
    // What is said of the encoding does not matter where the bytes are UTF-8, or UTF-16 with its mark.
    assert_eq!(said("plain.xhtml", b"<meta charset=euc-kr><p>Peace").0, 0);
    let utf16: Vec<u8> = "\u{feff}<meta charset=utf-8><p>평화".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(said("wide.html", &utf16).0, 0);
}

#[test]
fn no_words_are_put_where_nothing_can_be_escaped() {
    let pack = "schema: 1\npack: t\nrules:\n  - {id: r, phrases: [China containment], suggest: [R&D], fix: safe, message: m, \
                why: w, source: house, examples: {flag: [China containment], pass: [x]}}\n";
    let pages = [
        ("<p>China containment", "<p>R&amp;D"),
        ("<p><![CDATA[a & China containment]]> China containment", "<p><![CDATA[a & China containment]]> R&amp;D"),
        ("<p>China containment<plaintext>China containment", "<p>R&amp;D<plaintext>China containment"),
    ];
    for (before, after) in pages {
        let files = folder([("a.html", before), ("t.yml", pack)]);
        comity()
            .args(["check", "--no-config"])
            .args(["--rules", "t.yml", "--select", "t", "--fix", "a.html"])
            .in_dir(&files)
            .run();
        assert_eq!(files.read("a.html"), after);
    }
}

#[test]
fn html_in_markdown_is_read_by_the_same_rules() {
    let found = |source: &str| {
        let draft = Draft::new(Format::Markdown, source);
        let findings = rules("en").check(&draft);
        let of_phrase = findings.iter().filter(|finding| finding.rule.id().as_str() == "t/r");
        of_phrase.map(|finding| draft.slice(finding.span).to_owned()).collect::<Vec<_>>()
    };
    check(
        &[
            ("<div lang=fr>China containment</div>\n\nof <i lang=fr>China containment</i>", &[]),
            ("<div hidden>China containment</div>\n\nof <i hidden>China containment</i> x", &[]),
            ("<ul><li>China<li>containment</ul>", &[]),
            ("> <p>China\n> <b\n> title=x>containment", &["China\n> <b\n> title=x>containment"]),
            ("- <div>\n  China\n  containment\n  </div>", &["China\n  containment"]),
            ("\t<p>x\n\n- <p>\n\tChina\n\tcontainment", &["China\n\tcontainment"]),
            ("x <img alt='China containment'> y", &["China containment"]),
            ("a<br>China containment<br>b", &["China containment"]),
            ("a <span class=footnote>China</span> containment", &[]),
        ],
        found,
    );
}

#[test]
fn hostile_pages_take_time_and_memory_in_proportion_to_their_size() {
    let size = 1 << 20;
    let nested = |open: &str, close: &str| {
        open.repeat(size / (open.len() + close.len())) + &close.repeat(size / (open.len() + close.len()))
    };
    let pages = [
        nested("<div>", "</div>"),
        nested("<b>", "</i>"),
        nested("<table><tr><td>", "</div>"),
        nested("<svg>", ""),
        nested("<span class=footnote>a", "</span>"),
        nested("<p hidden lang=fr><ul><li>", "</section>"),
        nested("<!--", ""),
        nested("<![CDATA[", ""),
        nested("<!-- comity: off a -->", ""),
        nested("&", ""),
        nested("&#", "1"),
        nested("</>", ""),
        nested("<", ""),
        nested("<a b", ""),
        nested("<script>", ""),
        nested("<title>", ""),
        nested("<p lang=fr>a<p lang=ko>b", ""),
        format!("<p {}>China containment", "a=b lang=ko ".repeat(size / 12)),
        format!("<img alt='{}'>China containment", "&amp".repeat(size / 4)),
    ];
    let rules = rules("en");
    for page in &pages {
        let draft = Draft::new(Format::Html, page.as_str());
        rules.check(&draft);
        for block in draft.blocks() {
            let span = block.source(Span::new(0, block.text().len()));
            assert!(page.get(span.range()).is_some());
        }
    }
    // Beyond the depth that is looked at, text is still text.
    let deep = format!("{}<p>China containment{}<p>China containment", "<div>".repeat(5000), "</div>".repeat(5000));
    assert_eq!(found(&deep).len(), 2);
}
