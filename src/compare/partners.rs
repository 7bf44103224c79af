//! Cues of two sentences that belong together: what one became in the other.

use std::collections::{HashMap, HashSet};

use super::align::DiffRun;
use super::cue::{Cue, SentenceInBlock};
use super::figure::NameClass;
use super::lexicon::Lexicon;
use super::remark::Topic;

/// The most words of a change in which a verb of one ladder became one of another.
const MOST_CHANGED: usize = 12;

/// Cues that belong together, by their numbers in the old and in the new sentence; one of the two may be missing.
pub(super) type CuePair = (Option<usize>, Option<usize>);

/// What a cue is looked for by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum PartnerKey {
    Ladder(usize),
    /// Any verb that has force.
    Force,
    Name(Option<NameClass>),
    Other(Topic),
}

/// The function that says what a cue is looked for by.
type KeysOf<'f> = &'f dyn Fn(&Cue) -> Vec<PartnerKey>;

/// Leaves out what is in both sentences at the same place, and returns it, as it is in either.
pub(super) fn drop_unchanged(olds: &mut Vec<Cue>, news: &mut Vec<Cue>, runs: &[DiffRun]) -> Vec<[Cue; 2]> {
    let at_new = |token: usize| {
        let next = runs.partition_point(|run| run.old.end <= token);
        let run = runs.get(next).filter(|run| run.same && run.old.contains(&token))?;
        Some(run.new.start + (token - run.old.start))
    };
    let image = |cue: &Cue| -> Option<Cue> {
        let (first, last) = (at_new(cue.tokens.start)?, at_new(cue.tokens.end - 1)?);
        // What stands between two brackets may change without them.
        let whole = cue.topic == Topic::Bracket
            || cue.tokens.clone().zip(first..).all(|(token, image)| at_new(token) == Some(image));
        whole.then(|| Cue { tokens: first..last + 1, ..cue.clone() })
    };
    let known: HashSet<(usize, usize, bool)> = news.iter().map(place).collect();
    let mut seen = HashSet::new();
    let mut unchanged = Vec::new();
    olds.retain(|cue| match image(cue).filter(|image| known.contains(&place(image))) {
        Some(image) => {
            seen.insert(place(&image));
            unchanged.push([cue.clone(), image]);
            false
        }
        None => true,
    });
    news.retain(|cue| !seen.contains(&place(cue)));
    unchanged
}

/// The place of a cue: brackets may have the place of the words in them.
fn place(cue: &Cue) -> (usize, usize, bool) {
    (cue.tokens.start, cue.tokens.end, cue.topic == Topic::Bracket)
}

/// Pairs the cues of two sentences: first those of one ladder or topic that one change touches, then verbs of any ladder. What only
/// stands elsewhere in the sentence is left out.
pub(super) fn pairs(
    lexicon: &Lexicon,
    (old, olds): (SentenceInBlock<'_>, &[Cue]),
    (new, news): (SentenceInBlock<'_>, &[Cue]),
    hunks: &[&DiffRun],
) -> Vec<CuePair> {
    let mut partners: Vec<Option<usize>> = vec![None; olds.len()];
    let mut taken = vec![false; news.len()];
    let own = |cue: &Cue| match cue.topic {
        Topic::Ladder(_) => cue.rungs.iter().map(|rung| PartnerKey::Ladder(rung.ladder)).collect(),
        Topic::Name => vec![PartnerKey::Name(cue.class)],
        topic => vec![PartnerKey::Other(topic)],
    };
    let any = |cue: &Cue| {
        let has_force = cue.rungs.iter().any(|rung| lexicon.ladders[rung.ladder].has_force());
        if has_force { vec![PartnerKey::Force] } else { Vec::new() }
    };
    // Of verbs of two ladders nothing tells that one became the other but that one change of few words holds both.
    let short: Vec<&DiffRun> =
        hunks.iter().filter(|hunk| hunk.old.len().max(hunk.new.len()) <= MOST_CHANGED).copied().collect();
    let (own, any): (KeysOf<'_>, KeysOf<'_>) = (&own, &any);
    for (keys, hunks) in [(own, hunks), (any, short.as_slice())] {
        let mut pending = PendingCues::by_key(news, keys);
        for (at, cue) in olds.iter().enumerate().filter(|(at, _)| partners[*at].is_none()).collect::<Vec<_>>() {
            let touched = touched(cue, hunks);
            let mut found = keys(cue).into_iter().filter_map(|key| pending.get_mut(&key)?.take(news, &taken, touched));
            if let Some(new) = found.next() {
                partners[at] = Some(new);
                taken[new] = true;
            }
        }
    }
    // What only stands elsewhere, by its words.
    let mut elsewhere: HashMap<(bool, Vec<u32>), Vec<usize>> = HashMap::new();
    // A negation goes with what it turns over: "will not use force and will pay", "will use force and will not pay".
    let turned = |side: SentenceInBlock<'_>, cue: &Cue| {
        let tokens = &side.sentence.tokens;
        let tells = |at: &usize| {
            let word = side.token_text(*at).to_lowercase();
            !crate::words::is_small(&word) && !crate::words::is_adverb(&word)
        };
        (cue.tokens.end..tokens.len()).filter(tells).take(2).map(|at| tokens[at].id).collect::<Vec<u32>>()
    };
    let key = |side: SentenceInBlock<'_>, cue: &Cue| {
        let mut ids = side.ids(cue.tokens.clone());
        if cue.topic == Topic::Negation {
            ids.extend(turned(side, cue));
        }
        (cue.topic == Topic::Bracket, ids)
    };
    for (at, cue) in news.iter().enumerate().filter(|(at, _)| !taken[*at]) {
        elsewhere.entry(key(new, cue)).or_default().push(at);
    }
    let mut found = Vec::new();
    for (at, cue) in olds.iter().enumerate() {
        match partners[at] {
            Some(partner) => found.push((Some(at), Some(partner))),
            None => match elsewhere.get_mut(&key(old, cue)).and_then(Vec::pop) {
                Some(partner) => taken[partner] = true,
                None => found.push((Some(at), None)),
            },
        }
    }
    found.extend((0..news.len()).filter(|&at| !taken[at]).map(|at| (None, Some(at))));
    found
}

/// The changes that touch a cue of the old text: words that were put in behind "agreed to" touch it.
fn touched<'h>(old: &Cue, hunks: &'h [&'h DiffRun]) -> &'h [&'h DiffRun] {
    let first = hunks.partition_point(|hunk| hunk.old.end < old.tokens.start);
    let count = hunks[first..].partition_point(|hunk| hunk.old.start <= old.tokens.end);
    &hunks[first..first + count]
}

/// Cues of the new text with one key, in its order, that are no partners yet. There may be as many as words, and all in one change.
#[derive(Default)]
struct PendingCues {
    /// Their places among all cues.
    cues: Vec<usize>,
    /// For each the farthest end of it and those before it.
    reach: Vec<usize>,
    /// For each the next one, from itself on, that may wait still: a forest whose roots do, or are behind the last.
    next: Vec<usize>,
}

impl PendingCues {
    fn by_key(news: &[Cue], keys: KeysOf<'_>) -> HashMap<PartnerKey, PendingCues> {
        let mut all: HashMap<PartnerKey, PendingCues> = HashMap::new();
        for (at, cue) in news.iter().enumerate() {
            for key in keys(cue) {
                let waiting = all.entry(key).or_default();
                let reach = waiting.reach.last().copied().unwrap_or(0).max(cue.tokens.end);
                waiting.reach.push(reach);
                waiting.cues.push(at);
            }
        }
        all.values_mut().for_each(|waiting| waiting.next = (0..=waiting.cues.len()).collect());
        all
    }

    /// The first one, from `place` on, that waits still.
    fn first(&mut self, mut place: usize) -> usize {
        while self.next[place] != place {
            // Halves the way for those who ask later.
            self.next[place] = self.next[self.next[place]];
            place = self.next[place];
        }
        place
    }

    /// Takes the first cue that one of these changes touches and that nobody has taken.
    fn take(&mut self, news: &[Cue], taken: &[bool], hunks: &[&DiffRun]) -> Option<usize> {
        let (first, last) = (hunks.first()?, hunks.last()?);
        let mut place = self.first(self.reach.partition_point(|&end| end < first.new.start));
        while let Some(&at) = self.cues.get(place) {
            let tokens = &news[at].tokens;
            if tokens.start > last.new.end {
                return None;
            }
            // Changes are in the order of both texts.
            let next = hunks.get(hunks.partition_point(|hunk| hunk.new.end < tokens.start));
            let is_touched = next.is_some_and(|hunk| hunk.new.start <= tokens.end);
            if taken[at] || is_touched {
                self.next[place] = place + 1;
            }
            if is_touched && !taken[at] {
                return Some(at);
            }
            place = self.first(place + 1);
        }
        None
    }
}
