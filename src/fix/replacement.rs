//! Wording put in the place of other wording without tearing apart what surrounds it: markup, quotation marks, line breaks.

use super::{Edit, agree, marks};
use crate::draft::inline::Inline;
use crate::draft::{Draft, Format};
use crate::escape::{html_attribute, html_text, markdown};
use crate::span::{Plain, Span, floor_char};
use crate::text::class::is_note_sign;
use crate::text::marks::{Make, is_opening_alone, mark};
use crate::text::script::is_east_asian;
use crate::text::{Block, BlockKind, Holder};

/// The edits that put `wording` in the place of `span` of a block. `None` where that cannot be done without harm: a footnote mark
/// or code lies between the words, markup that goes on behind them, a bracket by which a delegation reserves its position.
pub(super) fn edits(draft: &Draft, block: &Block, span: Span<Plain>, wording: &str) -> Option<Vec<Edit>> {
    let text = block.text();
    if is_glued(text, span) {
        return None;
    }
    let apart = Apart::split(text, span, wording);
    let (span, wording) = apart.as_ref().map_or((span, wording), |apart| apart.words);
    if marks::hold_square_bracket(&text[span.range()]) {
        return None;
    }
    let span = marks::with_marks(text, span)?;
    // A mark that is text here may be markup to whoever reads on, or lead to a note.
    if text[span.range()].contains(|c| matches!(c, '_' | '`' | '~' | '\\') || is_note_sign(c)) {
        return None;
    }
    let source = block.source(span);
    let place = ReplacementSite::find(draft, block, span, source)?;
    let escaped = escape(draft, block, wording)?;
    let (region, text) = place.fill(draft, block, &escaped);
    let whole = Edit { span: region, text };
    let mut edits = match apart {
        Some(Apart { article: (article, text), .. }) => {
            let article = Edit { span: block.source(article), text: text.to_owned() };
            agree::possessive(block, span, wording).into_iter().chain([article]).collect()
        }
        None => agree::edits(block, span, wording),
    };
    edits.retain(|edit| !edit.span.overlaps(whole.span));
    edits.push(whole);
    edits.retain(|edit| draft.slice(edit.span) != edit.text);
    edits.sort_by_key(|edit| edit.span.start());
    (!edits.is_empty()).then_some(edits)
}

/// True if only a mark parts the words of `span` from a letter before or behind them: they may be a part of a word, as in
/// `[dis]agree`. Hangul, Han and kana stand right behind a closing mark, as particles do.
fn is_glued(text: &str, span: Span<Plain>) -> bool {
    let is_mark =
        |c: char| mark(c).is_some_and(|mark| mark.make != Make::Single) || is_opening_alone(c) || is_note_sign(c);
    let (before, behind) = (&text[..span.start()], &text[span.end()..]);
    let (outer, rest) = (before.trim_end_matches(is_mark), behind.trim_start_matches(is_mark));
    let is_letter = |c: char| c.is_alphabetic() && !is_east_asian(c);
    (outer.len() < before.len() && outer.ends_with(is_letter))
        || (rest.len() < behind.len() && rest.starts_with(is_letter))
}

/// Wording that begins with an article, in the place of words of which a mark parts the article from the others: `a "weak partner"`.
/// The mark stays, and each is put on its side of it.
struct Apart<'w> {
    /// The article of the text, and what is to stand in its place.
    article: (Span<Plain>, &'w str),
    /// The other words, and theirs.
    words: (Span<Plain>, &'w str),
}

impl<'w> Apart<'w> {
    fn split(text: &str, span: Span<Plain>, wording: &'w str) -> Option<Apart<'w>> {
        let (found, rest) = text[span.range()].split_once(' ')?;
        let (put, words) = wording.split_once(' ')?;
        let opened = rest.len() - rest.trim_start_matches(marks::opens).len();
        let words_span = Span::new(span.end() - rest.len() + opened, span.end());
        let is_whole = || marks::with_marks(text, words_span) == Some(words_span);
        let fits = opened > 0 && [found, put].into_iter().all(agree::is_article) && is_whole();
        let article = (Span::new(span.start(), span.start() + found.len()), put);
        fits.then_some(Apart { article, words: (words_span, words) })
    }
}

/// The bytes that wording replaces, and what is kept of them.
#[derive(Debug)]
struct ReplacementSite {
    /// The bytes that go: the words, and the markup that is around them alone.
    region: Span,
    /// Markup that is put around the new words.
    kept: Option<Inline>,
    /// The first line break in the words, with what begins the next line.
    line_break: Option<Span>,
}

impl ReplacementSite {
    fn find(draft: &Draft, block: &Block, plain: Span<Plain>, source: Span) -> Option<ReplacementSite> {
        let mut region = source;
        let mut inside: Vec<Inline> = Vec::new();
        let mut around = draft.markup().overlapping(source)?;
        // From the inside out: what is in a link may be emphasised.
        around.sort_by_key(|inline| inline.outer.len());
        for inline in around {
            if inline.is_fixed {
                return None;
            }
            if inline.inner.contains(region) {
                continue;
            }
            if !region.contains(inline.inner) {
                return None;
            }
            region = hull(region, inline.outer);
            inside.push(inline);
        }
        // Markup that holds some of the region must hold all of it, or lie in it.
        let torn = |inline: &Inline| !inline.inner.contains(region) && !region.contains(inline.outer);
        if draft.markup().overlapping(region)?.iter().any(torn) {
            return None;
        }
        if !is_free(draft, block, plain, &inside) {
            return None;
        }
        let line_break = line_break(draft, source, &inside);
        let links = inside.iter().filter(|inline| inline.is_link).count();
        let weightiest =
            inside.iter().filter(|inline| links == 0 || inline.is_link).max_by_key(|inline| inline.inner.len());
        let kept = weightiest.filter(|inline| inline.is_link || inline.inner.len() * 2 >= plain.len()).copied();
        // An escape, or an exclamation mark, would make something else of what is kept.
        let escaped = draft.source()[..region.start()].ends_with(['\\', '!']);
        (links <= 1 && !escaped).then_some(ReplacementSite { region, kept, line_break })
    }

    /// The bytes that are replaced, and what is put there.
    fn fill(&self, draft: &Draft, block: &Block, wording: &str) -> (Span, String) {
        let (open, close) = match self.kept {
            Some(inline) => (
                draft.slice(Span::new(inline.outer.start(), inline.inner.start())),
                draft.slice(Span::new(inline.inner.end(), inline.outer.end())),
            ),
            None => ("", ""),
        };
        let Some(line_break) = self.line_break else {
            return (self.region, format!("{open}{wording}{close}"));
        };
        let line_break = draft.slice(line_break);
        let source = draft.source();
        let line_start = source[..self.region.start()].rfind('\n').map_or(0, |at| at + 1);
        let before = source[line_start..self.region.start()].chars().count();
        let width = block.line_width(source);
        let words: Vec<&str> = wording.split(' ').collect();
        // As many words as fit on the line; one at least goes to the next, where the line was broken before.
        let mut columns = before + open.chars().count();
        let fits = |word: &&&str| {
            columns += word.chars().count() + 1;
            columns <= width + 1
        };
        let fitting = words.iter().take_while(fits).count();
        let breakable = |at: &usize| *at > 0 && words.get(*at).is_none_or(|word| !begins_a_block(word));
        // The word behind, if one follows on the same line and may stand at the start of one.
        let behind = source[self.region.end()..].strip_prefix(' ').is_some_and(|rest| {
            let word = rest.split(char::is_whitespace).next().unwrap_or_default();
            !word.is_empty() && !begins_a_block(word)
        });
        if fitting == words.len() && behind {
            return (
                Span::new(self.region.start(), self.region.end() + 1),
                format!("{open}{wording}{close}{line_break}"),
            );
        }
        let at = (1..=fitting.min(words.len() - 1)).rev().find(breakable);
        if let Some(at) = at {
            return (
                self.region,
                format!("{open}{}{line_break}{}{close}", words[..at].join(" "), words[at..].join(" ")),
            );
        }
        // Text of the block stands before it on the line, and not only the mark of a list.
        let text_start = block.source(Span::new(0, 1)).start().max(line_start);
        let before = source.get(text_start..self.region.start()).unwrap_or_default();
        let spaced = before.ends_with(' ') && !before.trim().is_empty();
        if spaced && words.first().is_some_and(|word| !begins_a_block(word)) {
            // All of the spaces: two of them before a line break would say that it is wanted.
            let start = text_start + before.trim_end_matches(' ').len();
            return (Span::new(start, self.region.end()), format!("{line_break}{open}{wording}{close}"));
        }
        (self.region, format!("{open}{wording}{close}"))
    }
}

fn hull(a: Span, b: Span) -> Span {
    Span::new(a.start().min(b.start()), a.end().max(b.end()))
}

/// True if nothing lies between the words that must not be lost.
fn is_free(draft: &Draft, block: &Block, plain: Span<Plain>, inside: &[Inline]) -> bool {
    let mut done = block.source(plain).start();
    block.stretches(plain).into_iter().all(|(here, from, copied)| {
        let gap: Span = Span::new(done.min(from.start()), from.start());
        done = from.end();
        let is_object = block.text()[here.range()].contains(crate::text::fold::OBJECT);
        // A line break that somebody wants: a backslash at the end of a line, `<br>`.
        let is_wanted = !copied && draft.slice(from).starts_with(['\\', '<']);
        !is_object && !is_wanted && gap.range().all(|at| is_mark(at, inside) || is_layout(draft.source(), at))
    })
}

/// The first line break between the words, with the spaces before it and what begins the next line.
fn line_break(draft: &Draft, source: Span, inside: &[Inline]) -> Option<Span> {
    let text = draft.slice(source);
    let (at, _) = text.match_indices('\n').find(|(at, _)| !is_mark(source.start() + at, inside))?;
    let start = text[..at].trim_end().len();
    let end = text.len() - text[at..].trim_start_matches(|c: char| c.is_whitespace() || c == '>').len();
    Some(Span::new(source.start() + start, source.start() + end))
}

/// True if the byte at `at` between words is white space, a mark of a quotation at the start of a line, the backslash of an
/// escape, or part of a character that shows nothing.
fn is_layout(source: &str, at: usize) -> bool {
    let start = floor_char(source, at);
    let c = source[start..].chars().next().unwrap_or(' ');
    // A backslash at the end of a line is a line break that somebody wants.
    let is_escape = c == '\\' && !source[start + 1..].starts_with(['\n', '\r']);
    c.is_whitespace() || c == '>' || is_escape || crate::text::class::is_invisible(c)
}

/// True if the byte at `at` is a mark of the markup that goes with the words.
fn is_mark(at: usize, inside: &[Inline]) -> bool {
    inside.iter().any(|Inline { outer, inner, .. }| {
        (outer.start() <= at && at < inner.start()) || (inner.end() <= at && at < outer.end())
    })
}

/// True if a word at the start of a line would make a list item, a heading or a quotation of it.
fn begins_a_block(word: &str) -> bool {
    let numbered =
        word.strip_suffix(['.', ')']).is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()));
    numbered
        || word.starts_with(['#', '>', '|', '=', '~', '`', '<'])
        || word.chars().all(|c| matches!(c, '-' | '+' | '*' | '_'))
}

/// The wording as it has to be written where the block stands so that it reads as it is. `None` in the value of an attribute
/// without quotation marks, which a space would end, and where nothing can be escaped.
fn escape(draft: &Draft, block: &Block, wording: &str) -> Option<String> {
    match block.holder() {
        Holder::Draft if draft.format() == Format::Markdown => {
            Some(markdown::wording(wording, block.kind() == BlockKind::Table))
        }
        Holder::Draft => Some(wording.to_owned()),
        Holder::Element | Holder::Name | Holder::Raw => Some(html_text(wording)),
        Holder::Attribute(Some(mark)) => Some(html_attribute(wording, mark)),
        Holder::Attribute(None) | Holder::Verbatim => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_that_would_make_a_block_of_a_line_is_known() {
        let cases = [
            ("1.", true),
            ("12)", true),
            ("#", true),
            ("#5", true),
            (">", true),
            ("-", true),
            ("***", true),
            ("<br>", true),
            ("partners.", false),
            (".", false),
            ("-x", false),
            ("regional", false),
        ];
        for (word, expected) in cases {
            assert_eq!(begins_a_block(word), expected, "{word}");
        }
    }
}
