//! Disguises: the ways in which the same words are typed, wrapped and marked up.

use icu_normalizer::DecomposingNormalizerBorrowed;

/// What may be done to a phrase where it stands.
#[derive(Debug, Clone)]
pub(crate) struct Freedom {
    /// What begins a further line; `None` where the text must stay on its line.
    pub(crate) wrap: Option<String>,
    /// Whether Markdown's inline markup is markup here.
    pub(crate) markup: bool,
    /// Whether a word may stand between quotation marks: some rules leave quotations alone.
    pub(crate) quotes: bool,
    /// Whether entities and inline HTML are.
    pub(crate) entities: bool,
    /// Whether all of HTML is, as in a page.
    pub(crate) html: bool,
}

/// Decisions, from bytes that proptest chooses and shrinks towards 0, the plain choice.
#[derive(Debug)]
pub(crate) struct Choices<'b> {
    bytes: &'b [u8],
    next: usize,
}

impl<'b> Choices<'b> {
    pub(crate) fn new(bytes: &'b [u8]) -> Self {
        Choices { bytes, next: 0 }
    }

    /// A number below `most`.
    pub(crate) fn below(&mut self, most: usize) -> usize {
        let byte = self.bytes.get(self.next % self.bytes.len()).copied().unwrap_or(0);
        self.next += 1;
        usize::from(byte) % most
    }
}

/// A disguised phrase, and the bytes from its first to its last own character.
#[derive(Debug, Clone, Default)]
pub(crate) struct Disguised {
    pub(crate) text: String,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

impl Disguised {
    /// Adds characters of the phrase.
    fn own(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        if self.end == 0 {
            self.start = self.text.len();
        }
        self.text.push_str(text);
        self.end = self.text.len();
    }

    /// Adds what is not part of the phrase.
    fn other(&mut self, text: &str) {
        self.text.push_str(text);
    }
}

const FILLERS: &[&str] = &["calm", "steady", "(broad)", "co-ordinated", "\u{201c}so-called\u{201d}"];

/// Disguises a wording in which `*N` stands for up to N words. `any_case`: its capitals may be changed.
pub(crate) fn disguise(wording: &str, freedom: &Freedom, any_case: bool, choices: &mut Choices) -> Disguised {
    let mut out = Disguised::default();
    let case = if any_case { choices.below(4) } else { 0 };
    let mut after_period = false;
    for (i, word) in words(wording, choices).iter().enumerate() {
        if i > 0 {
            out.other(&separator(freedom, choices));
        }
        let word = match case {
            1 => upper(word),
            2 if !after_period => capitalized(word),
            3 => lower(word),
            _ => word.clone(),
        };
        // A capital behind an abbreviation may open a sentence, and a small letter never does.
        let word = if after_period && any_case && case == 1 { word.to_lowercase() } else { word };
        after_period = word.ends_with('.');
        add_word(&word, freedom, choices, &mut out);
    }
    out
}

/// The words of a wording, with fillers for its gaps, hyphens taken for spaces.
fn words(wording: &str, choices: &mut Choices) -> Vec<String> {
    let mut words = Vec::new();
    for token in wording.split(' ') {
        match token.strip_prefix('*').and_then(|digits| digits.parse::<usize>().ok()) {
            Some(most) => {
                for _ in 0..choices.below(most + 1) {
                    words.push(FILLERS[choices.below(FILLERS.len())].to_owned());
                }
            }
            None => words.extend(token.split('-').filter(|part| !part.is_empty()).map(str::to_owned)),
        }
    }
    words
}

fn capitalized(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

fn separator(freedom: &Freedom, choices: &mut Choices) -> String {
    const TYPED: &[&str] = &[
        " ", "\u{a0}", "-", "\u{2013}", "\u{2011}", "  ", "\u{202f}", "\u{2009}", " \u{200b}", "-\u{ad}", "\u{2010}",
        "\u{3000}",
    ];
    const MARKED_UP: &[&str] = &["&nbsp;", "<br>", " <!-- note --> ", "&#8209;", "&ensp;"];
    const IN_HTML: &[&str] = &[
        "<br/>\n",
        "&nbsp<!---->",
        "<sup><a href=#n1>1</a></sup> ",
        "<o:p>&#32;</o:p>",
        " <span hidden>no</span>",
        "<script>if (a < b) { '</p>' }</script> ",
        "\t<!--[if gte mso 9]><xml><p></xml><![endif]-->",
        "<![if !x]> <![endif]>",
        " <img src=x alt=''>",
    ];
    match (choices.below(4), &freedom.wrap) {
        (1, Some(prefix)) => format!("\n{prefix}"),
        (2, Some(prefix)) => format!(" \n{prefix}"),
        (3, _) if freedom.html && choices.below(2) == 1 => IN_HTML[choices.below(IN_HTML.len())].to_owned(),
        (3, _) if freedom.entities => MARKED_UP[choices.below(MARKED_UP.len())].to_owned(),
        _ => TYPED[choices.below(TYPED.len())].to_owned(),
    }
}

fn add_word(word: &str, freedom: &Freedom, choices: &mut Choices, out: &mut Disguised) {
    let letters = word.chars().all(char::is_alphabetic);
    let decomposed = DecomposingNormalizerBorrowed::new_nfd().normalize(word);
    let composed = word;
    let word = if choices.below(2) == 1 { &*decomposed } else { composed };
    if freedom.html && word.is_ascii() && letters && choices.below(3) == 1 {
        return in_html(word, choices, out);
    }
    match choices.below(14) {
        1 if freedom.quotes => around(word, "\u{201c}", "\u{201d}", out),
        2 if letters => around(word, "[", "]", out),
        3 => split(word, "\u{ad}", choices, out),
        4 => split(word, "\u{200b}", choices, out),
        5 if letters => own_letters(word, full_width, out),
        6 if freedom.markup && letters => around(word, "**", "**", out),
        7 if freedom.markup && letters => around(word, "[", "](https://example.org/a-b)", out),
        8 if freedom.markup && letters => split(word, "**", choices, out),
        9 if freedom.entities && letters => around(word, "<em>", "</em>", out),
        10 if freedom.entities => own_letters(word, |c| format!("&#x{:x};", c as u32), out),
        12 if letters => own_letters(word, lookalike, out),
        13 => split(word, UNSEEN[choices.below(UNSEEN.len())], choices, out),
        11 if letters && freedom.quotes => around(word, "\u{2018}", "\u{2019}", out),
        _ => plain(&word.replace('\'', "\u{2019}"), out),
    }
}

/// Adds a word as editors of pages write it: marked up, or with something that is not seen in the middle of it.
fn in_html(word: &str, choices: &mut Choices, out: &mut Disguised) {
    const AROUND: &[(&str, &str)] = &[
        ("<b class='x>y'>", "</b>"),
        ("<a href=x\nTITLE=\"a > b\">", "</a>"),
        ("<span lang=EN-US style='mso-fareast-language:KO'>", "</span>"),
        ("<font color=red><i>", "</font></i>"),
        ("<del>", "</del>"),
    ];
    const WITHIN: &[&str] =
        &["<wbr>", "&shy;", "&shy", "<!-- a -->", "<span style='display: none'>x</span>", "</b>", "&#x200b;"];
    let middle = choices.below(word.len());
    match choices.below(3) {
        0 => {
            let (before, after) = AROUND[choices.below(AROUND.len())];
            around(word, before, after, out);
        }
        1 if middle > 0 => {
            out.own(&word[..middle]);
            out.other(WITHIN[choices.below(WITHIN.len())]);
            out.own(&word[middle..]);
        }
        // Half of the word.
        _ => {
            out.own(&word[..middle]);
            out.other("<b>");
            out.own(&word[middle..]);
            out.other("</b>");
        }
    }
}

/// Adds a word; an apostrophe at its edge is not part of what is found.
fn plain(word: &str, out: &mut Disguised) {
    let inner = word.trim_end_matches(['\'', '\u{2019}']);
    out.own(inner);
    out.other(&word[inner.len()..]);
}

fn around(word: &str, before: &str, after: &str, out: &mut Disguised) {
    out.other(before);
    plain(word, out);
    out.other(after);
}

/// Puts something between two letters of the word, twice where it is markup that must be closed.
fn split(word: &str, with: &str, choices: &mut Choices, out: &mut Disguised) {
    let places: Vec<usize> = word
        .char_indices()
        .filter(|&(at, c)| at > 0 && is_whole(c) && word[..at].ends_with(is_whole))
        .map(|(at, _)| at)
        .collect();
    if places.is_empty() {
        return plain(word, out);
    }
    let first = choices.below(places.len());
    out.own(&word[..places[first]]);
    out.other(with);
    let rest = &word[places[first]..];
    if with == "**" {
        // The emphasis goes on to the end of the word.
        out.own(rest);
        out.other(with);
    } else {
        plain(rest, out);
    }
}

/// Whether `c` is a letter by itself, and no part of one, as a combining mark or a Hangul jamo is.
fn is_whole(c: char) -> bool {
    c.is_alphabetic() && !matches!(c, '\u{1100}'..='\u{11ff}')
}

fn own_letters(word: &str, disguise: impl Fn(char) -> String, out: &mut Disguised) {
    for c in word.chars() {
        if c.is_ascii_alphabetic() {
            out.own(&disguise(c));
        } else {
            plain(&c.to_string(), out);
        }
    }
}

/// What shows nothing, of every kind: it joins the letter before it, or keeps letters apart, or selects a form.
const UNSEEN: &[&str] = &[
    "\u{fe0f}", "\u{fe00}", "\u{34f}", "\u{e0101}", "\u{2060}", "\u{feff}", "\u{61c}", "\u{180b}", "\u{3164}",
    "\u{1d173}",
];

/// A letter of the Cyrillic alphabet that looks like `c`, if there is one.
fn lookalike(c: char) -> String {
    const PAIRS: &[(char, char)] = &[
        ('a', '\u{430}'),
        ('c', '\u{441}'),
        ('e', '\u{435}'),
        ('i', '\u{456}'),
        ('o', '\u{43e}'),
        ('p', '\u{440}'),
        ('s', '\u{455}'),
        ('x', '\u{445}'),
        ('y', '\u{443}'),
        ('A', '\u{410}'),
        ('C', '\u{421}'),
        ('H', '\u{41d}'),
        ('I', '\u{406}'),
        ('K', '\u{41a}'),
        ('O', '\u{41e}'),
        ('T', '\u{422}'),
    ];
    PAIRS.iter().find(|(latin, _)| *latin == c).map_or(c, |(_, other)| *other).to_string()
}

fn full_width(c: char) -> String {
    char::from_u32(c as u32 - 0x20 + 0xff00).map_or_else(String::new, String::from)
}

pub(crate) fn lower(text: &str) -> String {
    text.to_lowercase()
}

pub(crate) fn upper(text: &str) -> String {
    text.to_uppercase()
}

/// Every word with a capital.
pub(crate) fn title(text: &str) -> String {
    text.split(' ').map(capitalized).collect::<Vec<_>>().join(" ")
}
