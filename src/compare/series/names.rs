//! Those who are named in texts of several years: states, bodies and documents that come in, go and come back.

use std::collections::HashMap;

use super::super::DraftSentences;
use super::super::figure::{Counts, NameClass};
use crate::names::{self, Referent};
use crate::text::fold::fold_str;

/// A name or a formula, and how often each text has it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct NameThread {
    /// The name, or the words, as the last text that has it writes it first.
    pub name: String,
    /// For each text how often it stands there, however it is written.
    pub counts: Vec<usize>,
}

/// What becomes of a name or a formula in a text, against the texts before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum NameStep {
    /// It is there for the first time.
    CameIn,
    /// It is there again after a text without it.
    CameBack,
    /// It was in the text before, and is not any more.
    Went,
}

impl NameStep {
    /// All of them, in the order in which reports have them.
    pub const ALL: [NameStep; 3] = [NameStep::CameIn, NameStep::CameBack, NameStep::Went];

    /// The name that reports use.
    pub fn name(self) -> &'static str {
        match self {
            NameStep::CameIn => "came in",
            NameStep::CameBack => "came back",
            NameStep::Went => "went",
        }
    }
}

impl NameThread {
    /// What becomes of it in a text, by its number; none if it stays, or stays away, and in the first text.
    pub fn step(&self, text: usize) -> Option<NameStep> {
        let is_there = |text: usize| self.counts.get(text).is_some_and(|count| *count > 0);
        match (text.checked_sub(1).map(is_there)?, is_there(text)) {
            (true, false) => Some(NameStep::Went),
            (false, true) if (0..text).any(is_there) => Some(NameStep::CameBack),
            (false, true) => Some(NameStep::CameIn),
            _ => None,
        }
    }
}

/// The names of all texts, in the order in which they come in.
pub(super) fn names(texts: &[DraftSentences<'_>]) -> Vec<NameThread> {
    let mut found: Vec<(NameThread, usize)> = Vec::new();
    let mut known: HashMap<String, usize> = HashMap::new();
    for (text, side) in texts.iter().enumerate() {
        for at in 0..side.sentences.len() {
            let one = side.side(at);
            for figure in &one.sentence.figures {
                if !matches!(figure.counts, Counts::Name(NameClass::State | NameClass::Body | NameClass::Instrument)) {
                    continue;
                }
                let tokens = &one.sentence.tokens[figure.tokens.clone()];
                let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else {
                    continue;
                };
                let name = &one.block.text()[first.span.start()..last.span.end()];
                let Some(key) = key(name) else {
                    continue;
                };
                let number = *known.entry(key).or_insert_with(|| {
                    found.push((NameThread { name: String::new(), counts: vec![0; texts.len()] }, usize::MAX));
                    found.len() - 1
                });
                let (thread, last) = &mut found[number];
                thread.counts[text] += 1;
                if *last != text {
                    *last = text;
                    name.clone_into(&mut thread.name);
                }
            }
        }
    }
    found.into_iter().map(|(thread, _)| thread).collect()
}

/// The most words of a body in front of the name of something else.
const MOST_WORDS: usize = 5;

/// What a name is known by, however it is written: "UN Charter" is "United Nations Charter". None of a capital, which tells where
/// they met.
fn key(name: &str) -> Option<String> {
    let whole = names::named(name);
    if matches!(whole, Some(Referent::Seat(_))) {
        return None;
    }
    if let Some(actor) = whole.and_then(Referent::actor) {
        return Some(actor.code().to_owned());
    }
    let words: Vec<&str> = name.split(' ').collect();
    let of = |len: usize| {
        let actor = names::named(&words[..len].join(" ")).and_then(Referent::actor)?;
        Some(format!("{} {}", actor.code(), fold_str(&words[len..].join(" "))))
    };
    (1..words.len().min(MOST_WORDS)).rev().find_map(of).or_else(|| Some(fold_str(name)))
}
