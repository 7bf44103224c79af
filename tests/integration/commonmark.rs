//! The examples of the specifications of CommonMark and of GitHub's Markdown: a word that is planted into what a reader sees is found, and
//! into nothing else.
//!
//! The examples come from the tests of the parser, in the sources that cargo has of it: the specification itself may not be copied under
//! the licences of comity. What a reader sees is taken from the HTML that an example says it is, which html5gum splits into tags.
//!
//! GitHub's sections on autolinks and on tags that it does not allow have examples of our own.
//!
//! Three things are seen and need not be found, on purpose: code, addresses, and a part of a word that has brackets in it, as editors write
//! "[t]he". Two are found though the specification says that they are hidden: text that is set in by four spaces, as what is pasted is, and what
//! stands behind an empty line in HTML that nothing closes.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::Command;

use comity::{Draft, Format, Pack, RuleSet};
use html5gum::emitters::default::DefaultEmitter;
use html5gum::{Token, Tokenizer};
use syn::visit::{self, Visit};

/// The word that is planted.
const WORD: &str = "quoll";

/// An example: Markdown, and the HTML that it is.
struct Example {
    name: String,
    markdown: String,
    html: String,
}

/// Collects the examples of a file of tests.
#[derive(Default)]
struct Examples {
    found: Vec<Example>,
    name: String,
    markdown: Option<String>,
}

impl<'a> Visit<'a> for Examples {
    fn visit_item_fn(&mut self, item: &'a syn::ItemFn) {
        self.name = item.sig.ident.to_string();
        visit::visit_item_fn(self, item);
    }

    fn visit_local(&mut self, local: &'a syn::Local) {
        let (syn::Pat::Ident(name), Some(init)) = (&local.pat, &local.init) else { return };
        let syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) = &*init.expr else { return };
        if name.ident == "original" {
            self.markdown = Some(text.value());
        } else if let Some(markdown) = self.markdown.take().filter(|_| name.ident == "expected") {
            self.found.push(Example { name: self.name.clone(), markdown, html: text.value() });
        }
    }
}

/// The folder of the tests of the parser.
fn suite() -> PathBuf {
    // Crates of other systems need not be here.
    let host = Command::new(env!("CARGO")).arg("-vV").output().unwrap();
    let host = String::from_utf8(host.stdout).unwrap();
    let host = host.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    let mut metadata = Command::new(env!("CARGO"));
    metadata.args(["metadata", "--locked", "--offline", "--format-version", "1", "--filter-platform", host]);
    let output = metadata.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let mut packages = metadata["packages"].as_array().unwrap().iter();
    let parser = packages.find(|package| package["name"] == "pulldown-cmark").unwrap();
    PathBuf::from(parser["manifest_path"].as_str().unwrap()).with_file_name("tests").join("suite")
}

fn examples() -> Vec<Example> {
    let mut examples = Examples::default();
    for file in ["spec.rs", "gfm_table.rs", "gfm_strikethrough.rs", "gfm_tasklist.rs"] {
        let source = std::fs::read_to_string(suite().join(file)).unwrap();
        examples.visit_file(&syn::parse_file(&source).unwrap());
    }
    let own = AUTOLINKS.iter().enumerate();
    let own = own.map(|(at, (markdown, html))| Example {
        name: format!("autolink {at}"),
        markdown: (*markdown).to_owned(),
        html: (*html).to_owned(),
    });
    examples.found.into_iter().chain(own).collect()
}

/// Examples of our own for the section of GitHub's specification on autolinks, a rule each: the parser has no tests of it.
const AUTOLINKS: &[(&str, &str)] = &[
    (
        "See www.seoul.example for more.",
        "<p>See <a href=\"http://www.seoul.example\">www.seoul.example</a> for more.</p>",
    ),
    (
        "Read www.seoul.example/paper.\n\nMore.",
        "<p>Read <a href=\"http://www.seoul.example/paper\">www.seoul.example/paper</a>.</p>\n<p>More.</p>",
    ),
    (
        "Agreed (www.seoul.example/a(b)) today",
        "<p>Agreed (<a href=\"http://www.seoul.example/a(b)\">www.seoul.example/a(b)</a>) today</p>",
    ),
    (
        "www.seoul.example/?q=a&copy; then",
        "<p><a href=\"http://www.seoul.example/?q=a\">www.seoul.example/?q=a</a>\u{a9} then</p>",
    ),
    ("www.seoul.example/<p there", "<p><a href=\"http://www.seoul.example/\">www.seoul.example/</a>&lt;p there</p>"),
    (
        "From https://seoul.example/a.b?c=d, signed",
        "<p>From <a href=\"https://seoul.example/a.b?c=d\">https://seoul.example/a.b?c=d</a>, signed</p>",
    ),
    ("*http://seoul.example* said", "<p><em><a href=\"http://seoul.example\">http://seoul.example</a></em> said</p>"),
    (
        "Write to desk@seoul.example now",
        "<p>Write to <a href=\"mailto:desk@seoul.example\">desk@seoul.example</a> now</p>",
    ),
    (
        "Write desk+press@seoul.example. Then",
        "<p>Write <a href=\"mailto:desk+press@seoul.example\">desk+press@seoul.example</a>. Then</p>",
    ),
];

/// What a reader sees of a page.
#[derive(Default)]
struct Seen {
    /// The text that is no code, with a line end where a block ends and a space where something stands between words.
    text: String,
    /// The text of blocks of code.
    code: String,
}

fn seen(html: &str) -> Seen {
    const BLOCKS: &[&str] = &[
        "blockquote", "br", "del", "div", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "table",
        "tbody", "td", "th", "thead", "tr", "ul",
    ];
    const UNSEEN: &[&str] = &["script", "style", "textarea"];
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    let mut seen = Seen::default();
    let (mut in_code, mut in_pre, mut unseen) = (false, false, false);
    let mut link = (0, String::new());
    for token in Tokenizer::new_with_emitter(html, emitter) {
        match token.unwrap() {
            Token::StartTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                match name.as_str() {
                    "code" => in_code = true,
                    "pre" => in_pre = true,
                    "img" => {
                        let words = tag
                            .attributes
                            .get(b"alt".as_slice())
                            .map(|words| String::from_utf8_lossy(words).into_owned());
                        seen.text += &format!("\n{}\n", words.unwrap_or_default());
                    }
                    "a" => {
                        let target = tag.attributes.get(b"href".as_slice());
                        link = (
                            seen.text.len(),
                            target.map(|target| String::from_utf8_lossy(target).into_owned()).unwrap_or_default(),
                        );
                    }
                    name => unseen |= UNSEEN.contains(&name),
                }
                seen.text += if name == "code" { " " } else { "" };
                seen.text += if BLOCKS.contains(&name.as_str()) { "\n" } else { "" };
            }
            Token::EndTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                match name.as_str() {
                    "code" => in_code = false,
                    "a" if is_address(seen.text.get(link.0..).unwrap_or_default(), &link.1) => {
                        seen.text.truncate(link.0);
                        seen.text.push(' ');
                    }
                    "pre" => in_pre = false,
                    name if UNSEEN.contains(&name) => unseen = false,
                    _ => {}
                }
                seen.text += if BLOCKS.contains(&name.as_str()) { "\n" } else { "" };
            }
            Token::String(text) if !unseen => {
                let text = String::from_utf8_lossy(&text);
                match (in_code, in_pre) {
                    (true, true) => seen.code += &text,
                    (true, false) => {}
                    _ => seen.text += &text,
                }
            }
            _ => {}
        }
    }
    seen
}

/// True if the text of a link is no more than where it leads.
fn is_address(text: &str, target: &str) -> bool {
    let is_whole = text == target || target.strip_prefix("mailto:") == Some(text);
    is_whole || text.split_once("://").is_some_and(|(scheme, _)| target.starts_with(&format!("{scheme}://")))
}

/// The number of times that a word stands in a text by itself. Addresses are no text.
fn count(text: &str, word: &str) -> usize {
    let words = text
        .split_whitespace()
        .filter(|piece| !piece.contains("://") && !piece.contains('@') && !piece.contains("www."));
    words
        .map(|piece| {
            runs(piece).filter(|(at, run)| run.eq_ignore_ascii_case(word) && is_alone(piece, *at, run)).count()
        })
        .sum()
}

/// The runs of Latin letters in a text.
fn runs(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_letter = |c: char| c.is_ascii_alphabetic();
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find(is_letter)?;
        let end = start + text[start..].find(|c| !is_letter(c)).unwrap_or(text.len() - start);
        at = end;
        Some((start, &text[start..end]))
    })
}

/// True if no letter, digit or sign beside a run of letters makes one word of both.
fn is_alone(text: &str, at: usize, run: &str) -> bool {
    let joins = |c: char| c.is_alphanumeric() || matches!(c, '_' | '\'' | '.' | ':' | '\u{200d}');
    !text[..at].ends_with(joins) && !text[at + run.len()..].starts_with(joins)
}

/// True if brackets, and nothing else, stand somewhere between this word and another one.
fn is_in_brackets(text: &str, word: &str) -> bool {
    let is_bracket = ['[', ']'];
    let is_word = |c: char| c.is_alphanumeric();
    runs(text).filter(|(_, run)| run.eq_ignore_ascii_case(word)).any(|(at, run)| {
        let (before, behind) = (&text[..at], &text[at + run.len()..]);
        (before.ends_with(is_bracket) && before.trim_end_matches(is_bracket).ends_with(is_word))
            || (behind.starts_with(is_bracket) && behind.trim_start_matches(is_bracket).starts_with(is_word))
    })
}

/// The words of an example that can be another word without making something else of it.
fn words(example: &Example) -> BTreeSet<String> {
    let source = &example.markdown;
    let mut words: BTreeSet<String> = BTreeSet::new();
    let mut fixed: BTreeSet<String> = BTreeSet::new();
    for (at, run) in runs(source) {
        let (before, behind) = (&source[..at], &source[at + run.len()..]);
        // The name of a tag, a reference or a scheme, part of an address, the mark of a task.
        let is_fixed = before.ends_with(['<', '/', '&', '#', '!', '?'])
            || before.ends_with("<![")
            || behind.starts_with(':')
            || (before.ends_with('[') && behind.starts_with(']') && run.eq_ignore_ascii_case("x"))
            || !is_alone(source, at, run);
        let run = run.to_ascii_lowercase();
        if is_fixed {
            fixed.insert(run)
        } else {
            words.insert(run)
        };
    }
    words.difference(&fixed).cloned().collect()
}

/// The source with the word in the place of another one, with the same capitals.
fn planted(source: &str, word: &str) -> String {
    let mut planted = String::new();
    let mut done = 0;
    for (at, run) in runs(source).filter(|(_, run)| run.eq_ignore_ascii_case(word)) {
        let is_upper = |c: char| c.is_ascii_uppercase();
        planted += &source[done..at];
        planted += &match (run.starts_with(is_upper), run.len() > 1 && run.chars().all(is_upper)) {
            (_, true) => WORD.to_uppercase(),
            (true, _) => format!("Q{}", &WORD[1..]),
            _ => WORD.to_owned(),
        };
        done = at + run.len();
    }
    planted + &source[done..]
}

/// The example of a style sheet that nothing closes, which ends at an empty line here.
const UNCLOSED: &[&str] = &["spec_test_173"];

/// GitHub shows these tags as text, with what is in them; browsers hide it.
#[test]
fn what_stands_behind_a_tag_that_github_shows_is_read_or_told() {
    let tags = ["title", "textarea", "style", "xmp", "iframe", "noembed", "noframes", "script", "plaintext"];
    for tag in tags {
        for source in [format!("They <{tag}> saw a {WORD} there."), format!("<{tag}>\na {WORD}\n\nThe end.")] {
            let draft = Draft::new(Format::Markdown, source.as_str());
            let is_read = draft.blocks().iter().any(|block| block.text().contains(WORD));
            let is_told = draft.unread().iter().any(|unread| draft.slice(unread.span).contains(WORD));
            assert!(is_read || is_told, "{source}");
            assert!(
                source.ends_with("there.") || draft.blocks().iter().any(|block| block.text().contains("The end.")),
                "{source}"
            );
        }
    }
}

#[test]
fn a_word_that_is_seen_in_an_example_is_found_and_no_other() {
    let pack = format!("schema: 1\npack: t\nrules:\n  - {{id: r, phrases: [{WORD}]}}\n");
    let rules = RuleSet::new(Pack::parse("t.yml", &pack).unwrap().rules().to_vec()).unwrap();
    let examples = examples();
    assert!(examples.len() > 650, "{}", examples.len());
    let (mut wrong, mut plantings) = (Vec::new(), 0);
    for example in examples.iter().filter(|example| !UNCLOSED.contains(&example.name.as_str())) {
        let seen = seen(&example.html);
        // Code that is set in is read where it is text; between fences it never is.
        let may_be_read = example.markdown.contains("    ") || example.markdown.contains('\t');
        for word in words(example).into_iter().filter(|word| !is_in_brackets(&seen.text, word)) {
            let source = planted(&example.markdown, &word);
            let draft = Draft::new(Format::Markdown, source.as_str());
            let findings = rules.examine(&draft);
            let least = count(&seen.text, &word);
            let most = least + if may_be_read { count(&seen.code, &word) } else { 0 };
            plantings += 1;
            let is_word = findings.iter().all(|finding| draft.slice(finding.span).eq_ignore_ascii_case(WORD));
            if !is_word || !(least..=most).contains(&findings.len()) {
                let (name, found, html) = (&example.name, findings.len(), &example.html);
                wrong.push(format!(
                    "{name}: {word} is seen {least} to {most} times and found {found} times in\n{source}\nwhich is\n{html}"
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {plantings}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(plantings > 1200, "{plantings}");
}
