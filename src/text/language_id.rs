//! The language of blocks that nothing marks, told by their letters and by their small words.
//!
//! What is not told is English and checked: to pass over a block of another language spares a false alarm, to pass over one of
//! English loses what stands in it. So names and quotations of another language are no evidence of it, a sentence of English makes
//! its whole block English, and a block that tells little goes with those around it only where nothing in it looks English.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::block::Block;
use super::boundary::is_letter;
use super::class::{is_invisible, joins};
use super::fold::NFKC;
use super::language::Language;
use super::small_words::{IN_ENGLISH, IN_OTHERS, Languages, SmallWordCounts, languages, named};

/// The number of different small words of English alone that makes it certain.
const CERTAIN: usize = 4;

/// The number of different small words that tells another language.
const LEAST: usize = 2;

/// The same where all letters are capitals, so that names cannot be told from words.
const LEAST_SHOUTED: usize = 3;

/// The fewest words that tell another language without those around them.
const SHORT: usize = 6;

/// The most small words that belong to the name that they stand before: "y para la Igualdad".
const LONGEST_CHAIN: usize = 3;

/// Small words of German that stand in names; others stand before any noun.
const IN_GERMAN_NAMES: &[&str] =
    &["am", "dem", "den", "der", "des", "für", "im", "und", "vom", "von", "zu", "zum", "zur"];

/// Words of other languages that English has as well, in pairs.
const LOANS: &[(&str, &str)] = &[
    ("d", "état"),
    ("d", "être"),
    ("de", "facto"),
    ("de", "jure"),
    ("de", "novo"),
    ("en", "bloc"),
    ("en", "masse"),
    ("en", "route"),
    ("et", "al"),
    ("par", "excellence"),
    ("per", "se"),
];

/// Endings of words in English and in none of [`WITHOUT_ENDINGS`].
const ENDINGS: &[&str] = &["ed", "ing", "ly", "ness", "ship", "sh", "th", "ght"];

/// The fewest letters of a word that is told by its ending.
const SHORTEST_ENDED: usize = 5;

/// The languages whose words do not end as those of English do.
const WITHOUT_ENDINGS: Languages = named(&["es", "fr", "id", "it", "pl", "pt"]);

/// The language that the words of a text tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum LanguageGuess {
    English,
    Other(Language),
    /// A small word or two of it and nothing of English: of this language if a text beside it is.
    Leaning(Language),
    /// Nothing but letters that English has not: of the language of the texts before and behind it.
    Accented,
    Nothing,
}

/// Takes blocks without any mark of a language for what their words tell, if that is not English.
pub(crate) fn mark(blocks: &mut [Block]) {
    let is_unmarked = |block: &Block| block.languages().next().is_none();
    let guesses: Vec<LanguageGuess> =
        blocks.iter().map(|block| if is_unmarked(block) { guess(block) } else { LanguageGuess::English }).collect();
    if !guesses.iter().any(|guess| matches!(guess, LanguageGuess::Other(_))) {
        return;
    }
    let around = around(&guesses);
    for ((block, guess), (before, behind)) in blocks.iter_mut().zip(&guesses).zip(around) {
        let language = match *guess {
            LanguageGuess::Other(language) => Some(language),
            LanguageGuess::Leaning(language) => {
                [before, behind].contains(&LanguageGuess::Other(language)).then_some(language)
            }
            LanguageGuess::Accented => agreed(before, behind),
            LanguageGuess::English | LanguageGuess::Nothing => None,
        };
        // Among letters of another script, words in Latin letters may be the very English that a rule looks for; the rest is none.
        if let Some(language) = language.filter(|language| language.is_in_latin_letters()) {
            block.mark_as(language);
        }
    }
}

/// Forgets that text is marked as languages which the words of no text that is marked so tell: programs mark what somebody types as the
/// language of his keyboard.
pub(crate) fn unmark_unproven(blocks: &mut [Block]) {
    let mut unproven: BTreeSet<Language> = blocks.iter().flat_map(Block::languages).collect();
    for block in &*blocks {
        if unproven.is_empty() {
            return;
        }
        if block.languages().any(|language| unproven.contains(&language))
            && let LanguageGuess::Other(language) = guess(block)
            && block.languages().any(|marked| marked == language)
        {
            unproven.remove(&language);
        }
    }
    blocks.iter_mut().for_each(|block| block.unmark(&unproven));
}

/// Forgets that a part of a text is marked as a language of which neither its words nor those of its sentence or of the whole text are:
/// in a document that is in two languages, one word of an English sentence may be typed with the keyboard of the other.
pub(crate) fn unmark_parts(blocks: &mut [Block]) {
    for block in blocks.iter_mut().filter(|block| block.languages().next().is_some()) {
        let mut of_block: Option<LanguageGuess> = None;
        // The bounds of the sentence that was looked at last, and what it tells.
        let mut of_sentence: Option<(usize, usize, LanguageGuess)> = None;
        block.retain_marks(|block, span, language| {
            let text = block.text();
            let is_outside = |c: char| c.is_alphabetic();
            if language.as_str() == "en"
                || !text[..span.start()].contains(is_outside) && !text[span.end()..].contains(is_outside)
            {
                return true;
            }
            use LanguageGuess::{Accented, Leaning, Other};
            match guess_of(&text[span.range()]) {
                Accented => return true,
                Other(told) | Leaning(told) if told == language => return true,
                _ => {}
            }
            let (from, to) = (block.sentence_start(span.start()), block.sentence_end(span.end().saturating_sub(1)));
            let sentence = match of_sentence {
                Some((start, end, guess)) if (start, end) == (from, to) => guess,
                _ => guess_of(&text[from..to]),
            };
            of_sentence = Some((from, to, sentence));
            sentence == Other(language) || *of_block.get_or_insert_with(|| guess(block)) == Other(language)
        });
    }
}

/// For each text what the last one before it and the first one behind it tell that tell for sure.
fn around(guesses: &[LanguageGuess]) -> impl Iterator<Item = (LanguageGuess, LanguageGuess)> {
    let next = |last: &mut LanguageGuess, guess: &LanguageGuess| {
        let before = *last;
        *last = if matches!(guess, LanguageGuess::English | LanguageGuess::Other(_)) { *guess } else { before };
        Some(before)
    };
    let before: Vec<LanguageGuess> = guesses.iter().scan(LanguageGuess::Nothing, next).collect();
    let mut behind: Vec<LanguageGuess> = guesses.iter().rev().scan(LanguageGuess::Nothing, next).collect();
    behind.reverse();
    before.into_iter().zip(behind)
}

/// The language of two texts, if it is one; at the start and at the end of a draft there is only one of the two.
fn agreed(before: LanguageGuess, behind: LanguageGuess) -> Option<Language> {
    match (before, behind) {
        (LanguageGuess::Other(one), LanguageGuess::Other(other)) if one == other => Some(one),
        (LanguageGuess::Other(language), LanguageGuess::Nothing)
        | (LanguageGuess::Nothing, LanguageGuess::Other(language)) => Some(language),
        _ => None,
    }
}

fn guess(block: &Block) -> LanguageGuess {
    guess_without(block.text(), quotations(block))
}

/// The language that the words of a text tell, those of quotations among them.
fn guess_of(text: &str) -> LanguageGuess {
    guess_without(text, std::iter::empty())
}

/// The language that the words of a text tell outside of its quotations, which are told by their bounds.
fn guess_without(text: &str, quotations: impl Iterator<Item = (usize, usize)>) -> LanguageGuess {
    if is_surely_english(text) {
        return LanguageGuess::English;
    }
    let mut letters = LetterCounts::default();
    words(text).for_each(|word| letters.add(&word.text));
    if let Some(language) = letters.language() {
        return LanguageGuess::Other(language);
    }
    let mut evidence = Evidence::new(text);
    let mut quotations = quotations.peekable();
    for word in words(text) {
        while quotations.next_if(|(_, end)| *end <= word.at).is_some() {}
        if quotations.peek().is_none_or(|(start, _)| word.at < *start) {
            evidence.add(&word);
        }
    }
    evidence.guess()
}

/// True if a text has so many small words of English that nothing else in it matters.
fn is_surely_english(text: &str) -> bool {
    let shouted = is_shouted(text);
    let (mut seen, mut english) = (0, 0);
    let mut different: Vec<Cow<'_, str>> = Vec::new();
    words(text).any(|word| {
        seen += 1;
        let small = match word.text.chars().next() {
            Some(c) if c.is_lowercase() => word.text,
            Some(_) if shouted => word.text.to_lowercase().into(),
            // A name, or the first word of a sentence.
            _ => return false,
        };
        if languages(&small) == IN_ENGLISH {
            english += 1;
            if !different.contains(&small) {
                different.push(small);
            }
        }
        english >= CERTAIN && english * 6 >= seen && different.len() >= CERTAIN
    })
}

fn is_shouted(text: &str) -> bool {
    !text.contains(char::is_lowercase)
}

/// The bounds of the quotations of a block; none if all of it is one.
fn quotations(block: &Block) -> impl Iterator<Item = (usize, usize)> {
    let (text, quotations) = (block.text(), block.quotations());
    let is_whole = matches!(quotations, [whole] if !text[..whole.start()].contains(char::is_alphabetic)
        && !text[whole.end()..].contains(char::is_alphabetic));
    let counted = if is_whole { &[] } else { quotations };
    counted.iter().map(|quotation| (quotation.start(), quotation.end()))
}

/// A stretch of letters in a text.
#[derive(Debug, Clone)]
struct LetterRun<'t> {
    /// Its letters as a reader sees them: whole, and nothing that is invisible.
    text: Cow<'t, str>,
    /// Its offset, in bytes.
    at: usize,
    /// The text between it and the word before it.
    before: &'t str,
    /// The character behind it.
    after: Option<char>,
}

impl LetterRun<'_> {
    fn follows_apostrophe(&self) -> bool {
        matches!(self.before, "'" | "\u{2019}")
    }

    /// True if it is a part of a word that is written with a hyphen.
    fn is_hyphenated(&self) -> bool {
        self.before == "-" || self.after == Some('-')
    }

    /// True if it is a letter that is no word here: of a label, or one that only stands for a word before an apostrophe.
    fn is_letter(&self) -> bool {
        let is_vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
        self.text.len() == 1
            && match self.after {
                Some('\'' | '\u{2019}') => false,
                Some(')' | '.') => true,
                _ => !self.text.to_ascii_lowercase().contains(is_vowel),
            }
    }
}

/// A stretch of letters as a reader sees it.
fn seen(letters: &str) -> Cow<'_, str> {
    if letters.chars().all(is_letter) {
        return Cow::Borrowed(letters);
    }
    match letters.contains(is_invisible) {
        true => NFKC.normalize(&letters.replace(is_invisible, "")).into_owned().into(),
        false => NFKC.normalize(letters),
    }
}

/// The stretches of letters in a text.
fn words(text: &str) -> impl Iterator<Item = LetterRun<'_>> {
    let bytes = text.as_bytes();
    let mut end = 0;
    std::iter::from_fn(move || {
        let mut at = end;
        while bytes.get(at).is_some_and(|byte| byte.is_ascii() && !byte.is_ascii_alphabetic()) {
            at += 1;
        }
        if !bytes.get(at)?.is_ascii() {
            at += text[at..].find(char::is_alphabetic)?;
        }
        let ascii = bytes[at..].iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
        let (stop, letters) = match bytes.get(at + ascii) {
            Some(byte) if !byte.is_ascii() => {
                let goes_on = |c: char| c.is_alphabetic() || (!c.is_ascii() && (is_invisible(c) || joins(c)));
                let stop = text[at..].find(|c: char| !goes_on(c)).map_or(text.len(), |len| at + len);
                (stop, seen(&text[at..stop]))
            }
            _ => (at + ascii, Cow::Borrowed(&text[at..at + ascii])),
        };
        let word = LetterRun { text: letters, at, before: &text[end..at], after: text[stop..].chars().next() };
        end = stop;
        Some(word)
    })
}

/// The evidence for the language of a text, from its words that are neither quoted nor of names.
#[derive(Debug)]
struct Evidence {
    shouted: bool,
    tally: SmallWordCounts,
    /// The number of words with letters that English has not.
    accented: usize,
    /// Small words of other languages that belong to a name if one follows.
    chain: Vec<(String, Languages)>,
    /// The languages that a word of the sentence is not of, and is English.
    against: Languages,
    /// True if the sentence has small words of other languages alone.
    mixed: bool,
    /// The languages that a whole sentence is not of, and is English.
    sentences: Languages,
    /// True if the next word is the first of a sentence whatever stands before it.
    is_start: bool,
}

impl Evidence {
    fn new(text: &str) -> Evidence {
        Evidence {
            shouted: is_shouted(text),
            tally: SmallWordCounts::default(),
            accented: 0,
            chain: Vec::new(),
            against: 0,
            mixed: false,
            sentences: 0,
            is_start: true,
        }
    }

    fn add(&mut self, word: &LetterRun) {
        let opens_sentence = self.is_start || ends_sentence(word.before);
        if opens_sentence {
            self.end_sentence();
        } else if word.before != " " && !word.follows_apostrophe() {
            self.count_chain();
        }
        // The label of a paragraph.
        self.is_start = opens_sentence && word.after == Some(')');
        if !self.shouted && !opens_sentence && word.text.starts_with(char::is_uppercase) {
            self.pass_over_name();
            return;
        }
        self.tally.words += 1;
        self.accented += usize::from(!word.text.is_ascii());
        if word.text == "s" && word.follows_apostrophe() {
            self.add_english(IN_OTHERS);
        } else if word.is_hyphenated() || word.is_letter() {
            self.count_chain();
        } else {
            self.add_word(&word.text.to_lowercase());
        }
    }

    fn add_word(&mut self, word: &str) {
        let languages = languages(word);
        if languages & IN_ENGLISH != 0 {
            self.tally.add_small(word, languages);
            self.against |= !languages;
        }
        if self.chain.last().is_some_and(|(first, _)| LOANS.contains(&(first, word))) {
            self.chain.pop();
        } else if languages != 0 && languages & IN_ENGLISH == 0 {
            if self.chain.len() == LONGEST_CHAIN {
                self.count_chain();
            }
            self.chain.push((word.to_owned(), languages));
        } else if languages & IN_OTHERS == 0 {
            self.count_chain();
            if is_ended_as_english(word) {
                self.add_english(WITHOUT_ENDINGS);
            }
        }
    }

    fn add_english(&mut self, against: Languages) {
        self.tally.add_english(against);
        self.against |= against;
    }

    /// Counts the small words after which no name has come.
    fn count_chain(&mut self) {
        self.mixed |= !self.chain.is_empty();
        for (word, languages) in self.chain.drain(..) {
            self.tally.add_small(&word, languages);
        }
    }

    /// Passes over the small words before a name. In German any noun looks like one.
    fn pass_over_name(&mut self) {
        for (word, languages) in self.chain.drain(..) {
            let german = if IN_GERMAN_NAMES.contains(&word.as_str()) { 0 } else { languages & named(&["de"]) };
            self.tally.words -= usize::from(german == 0);
            self.tally.add_small(&word, german);
        }
    }

    fn end_sentence(&mut self) {
        self.count_chain();
        if !self.mixed {
            self.sentences |= self.against;
        }
        (self.against, self.mixed) = (0, false);
    }

    fn guess(mut self) -> LanguageGuess {
        self.end_sentence();
        let words = self.tally.words;
        let Some(other) = self.tally.other() else {
            return match self.accented {
                _ if self.tally.has_english() => LanguageGuess::English,
                accented if accented > 0 && accented * 2 >= words => LanguageGuess::Accented,
                _ => LanguageGuess::Nothing,
            };
        };
        let (least, most_english) = if self.shouted { (LEAST_SHOUTED, 0) } else { (LEAST, (other.seen - 1) / 3) };
        let is_clear = other.different >= least && other.seen * 4 >= words && words >= SHORT;
        if self.sentences & other.bit != 0 || (other.english > 0 && (!is_clear || other.english > most_english)) {
            LanguageGuess::English
        } else if is_clear {
            LanguageGuess::Other(other.language)
        } else if other.different > 0 && other.seen * 6 >= words {
            LanguageGuess::Leaning(other.language)
        } else {
            LanguageGuess::Nothing
        }
    }
}

/// True if a sentence ends in what stands between two words.
fn ends_sentence(between: &str) -> bool {
    between.contains(['.', '!', '?', ':', ';']) && between.contains(char::is_whitespace)
}

/// True if a word, in lower case, ends as words of English do.
fn is_ended_as_english(word: &str) -> bool {
    word.len() >= SHORTEST_ENDED && word.is_ascii() && ENDINGS.iter().any(|ending| word.ends_with(ending))
}

/// The letters of a text: how many are Latin, and how many are of a script that tells a language.
#[derive(Debug, Default)]
struct LetterCounts {
    latin: usize,
    others: usize,
    language: Option<Language>,
}

impl LetterCounts {
    fn add(&mut self, word: &str) {
        if word.is_ascii() {
            self.latin += word.len();
            return;
        }
        for c in word.chars() {
            match Language::written_in(c) {
                Some(language) => {
                    self.others += 1;
                    // Kana tell Japanese from Chinese, and letters of its own Ukrainian from Russian.
                    let refines = |known: Language| {
                        matches!((known.as_str(), language.as_str()), ("zh", "ja" | "ko") | ("ru", "uk"))
                    };
                    if self.language.is_none_or(refines) {
                        self.language = Some(language);
                    }
                }
                None => self.latin += 1,
            }
        }
    }

    /// The language that nine of ten letters tell.
    fn language(&self) -> Option<Language> {
        self.language.filter(|_| self.others >= 9 * self.latin)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::{Draft, Format};
    use crate::text::block::BlockKind;

    /// The language of a text: by its script, else by small words; `None` where they do not tell.
    fn language(text: &str) -> Option<Language> {
        match guess(&Block::of_text(BlockKind::Paragraph, text)?) {
            LanguageGuess::English => Language::from_tag("en"),
            LanguageGuess::Other(language) => Some(language),
            LanguageGuess::Leaning(_) | LanguageGuess::Accented | LanguageGuess::Nothing => None,
        }
    }

    #[test]
    fn small_words_and_letters_tell_the_language() {
        let cases = [
            ("The two leaders met in the capital and reaffirmed that their work goes on with all.", Some("en")),
            ("Les deux présidents ont réaffirmé leur engagement et utilisent tous les moyens.", Some("fr")),
            ("En prenant soin de la paix, il utilise l’outil de la coopération.", Some("fr")),
            ("Los dos presidentes reafirmaron su compromiso con la paz en la región.", Some("es")),
            ("Os dois presidentes reafirmaram o seu compromisso com a paz e não aceitam a força.", Some("pt")),
            ("I due presidenti hanno riaffermato il loro impegno per la pace nella regione.", Some("it")),
            ("Die beiden Präsidenten haben ihre Verpflichtung für den Frieden in der Region bekräftigt.", Some("de")),
            ("De twee presidenten hebben hun inzet voor de vrede in de regio en het recht bevestigd.", Some("nl")),
            (
                "Kedua presiden menegaskan kembali komitmen mereka untuk perdamaian di kawasan ini dan dunia.",
                Some("id"),
            ),
            ("ACUERDO SOBRE LA COOPERACION ENTRE LOS GOBIERNOS DE LAS DOS REPUBLICAS", Some("es")),
            ("양 정상은 한미동맹의 미래를 논의하였다.", Some("ko")),
            ("両首脳は協力を確認した。", Some("ja")),
            ("双方重申合作。", Some("zh")),
            ("Президенты подтвердили сотрудничество.", Some("ru")),
            ("Президенти підтвердили співпрацю.", Some("uk")),
            ("Οι πρόεδροι συναντήθηκαν.", Some("el")),
            ("양 정상은 burden sharing을 논의하였다.", None),
            ("Joint Statement", None),
            // However it is typed.
            ("rights \u{ff41}\u{ff4e}\u{ff44} obligations of-both si\u{fe0f}des", Some("en")),
            (
                "Les pre\u{301}sidents ont re\u{301}affirme\u{301} le\u{ad}ur engagement dans la re\u{301}gion.",
                Some("fr"),
            ),
            (
                "\u{ff34}\u{ff48}\u{ff45} sides met in the capital of the region and re\u{ad}affirmed their ties.",
                Some("en"),
            ),
            ("Rio de Janeiro", None),
            ("They met the Ministro de la Defensa of the Republic in the city of La Paz.", Some("en")),
            (
                "The Embassy thanked Médecins sans Frontières and the Organisation internationale de la Francophonie.",
                Some("en"),
            ),
            // Names, mottos and titles of another language in a sentence of English.
            (
                "Under the motto “La paix par le dialogue et la coopération entre les peuples”, it was pursued.",
                Some("en"),
            ),
            ("The project \"Die Zukunft der Arbeit in der Welt von morgen und für uns\" was named.", Some("en")),
            ("The project Die Zukunft der Arbeit in der Welt von morgen und für uns was named.", Some("en")),
            ("The programme Manos a la obra por la paz y por el desarrollo was launched.", Some("en")),
            (
                "They thanked the Universidad de los Andes y de la Paz, the Instituto de la Mujer y para la Igualdad de \
                 Oportunidades and the Comisión Económica para la América Latina.",
                Some("en"),
            ),
            (
                "President Luiz Inácio Lula da Silva, Minister José da Costa e Silva dos Santos and Governor Maria das \
                 Graças do Amaral e Lima da Cunha met Minister Kim.",
                Some("en"),
            ),
            ("President Juan de la Cruz met President Ana de los Santos to advance trade.", Some("en")),
            ("Ambassadors Ana da Silva, José dos Santos and Maria de Souza took part.", Some("en")),
            ("JOÃO DA SILVA, MARIA DE SOUZA, ANA DE MELLO AND JOSÉ DOS SANTOS", Some("en")),
            ("Recognised de facto borders before a coup d’état", Some("en")),
            // A sentence of English behind one of another language.
            ("Les deux parties rejettent la politique des blocs et de la guerre. Both sides reject it.", Some("en")),
            // Names and quotations of English in another language, and a text that is all a quotation.
            (
                "Le ministre a signé le Memorandum of Understanding on Fisheries avec son homologue et les deux pays \
                 coopèrent.",
                Some("fr"),
            ),
            ("« Nous voulons la paix et la coopération entre les peuples de la région. »", Some("fr")),
            ("Luiz Inácio Lula da Silva, José Manuel Durão Barroso, Javier Solana de Madariaga", None),
            ("de-escalation, non-proliferation, e-commerce, co-operation, de facto control", None),
            ("(a) (e) (i) (o) item", None),
            // So much English that a long motto in the same sentence does not outweigh it.
            (
                "Kenya, Rwanda, Uganda, Ghana, Mali, Chad and Togo said with them that it is la paix et la coopération par \
                 le dialogue entre les peuples et les pays de la région, dans le respect du droit et de la mer, et pour le \
                 bien de la terre.",
                Some("en"),
            ),
            // A little English in a long text, and titles of English.
            (
                "Die Außenminister und die Verteidigungsminister der beiden Staaten haben in der Hauptstadt die Lage in der \
                 Region, die Sicherheit der Seewege, die Zusammenarbeit der Streitkräfte und das Motto „with all their \
                 friends and whom they trust“ gewürdigt.",
                Some("de"),
            ),
            (
                "Les ministres ont vu le film What We Should Do With Our Friends dans la capitale et ont signé un accord.",
                Some("fr"),
            ),
            // A long quotation, and what stands before one.
            (
                "The motto “la paix par le dialogue et la coopération entre les peuples et les nations de la région et du \
                 monde” was chosen.",
                Some("en"),
            ),
            ("Les deux ministres se sont rencontrés dans la capitale et ont signé « le Traité »", Some("fr")),
            // Words of one letter, and words before a bracket or before another word and a name.
            (
                "Los ministros trataron comercio y defensa, pesca y turismo, salud y cultura, puertos y energía, con \
                 especial atención.",
                Some("es"),
            ),
            ("Los gobiernos de (Perú), con (Chile), por (Bolivia), según (Quito) y (Lima)", Some("es")),
            ("Acuerdo con ministros Pérez, sobre comercio Lima, según fuentes Quito", Some("es")),
            ("Universidad de los Andes, Instituto de la Mujer y para la Igualdad, Comisión para la América", None),
            // A sentence that one word tells to be English.
            ("Les deux parties rejettent la politique des blocs et de la guerre. Leaders agreed.", Some("en")),
            // Too short to end as English does; one small word, however often.
            ("Falta de agua y sed, red de puertos y red de los mares.", Some("es")),
            ("la paix, la mer, la terre", None),
            // A little Latin and a lot of it.
            ("양 정상은 G7의 미래와 한미동맹의 현대화를 논의하였다.", Some("ko")),
            ("양 정상은 burden sharing 논의하였다.", Some("en")),
            ("양 정상은 burden을 논의하였다.", None),
            ("123", None),
        ];
        for (text, expected) in cases {
            assert_eq!(language(text).as_ref().map(Language::as_str), expected, "{text}");
        }
    }

    #[test]
    fn a_draft_without_marks_is_told_in_every_format_and_marks_go_first() {
        let french =
            "Les deux ministres se sont rencontr\u{e9}s et la coop\u{e9}ration utilise tous les moyens de la paix.";
        let spoken = |format: Format, source: &str| -> Vec<String> {
            let draft = Draft::new(format, source);
            draft.blocks().iter().flat_map(|block| block.languages().map(|language| language.to_string())).collect()
        };
        assert_eq!(spoken(Format::Markdown, french), ["fr"]);
        assert_eq!(spoken(Format::Text, french), ["fr"]);
        assert_eq!(spoken(Format::Word, french), ["fr"]);
        assert_eq!(spoken(Format::Html, &format!("<p>{french}</p>")), ["fr"]);
        assert_eq!(spoken(Format::Html, &format!("<p lang=en>{french}</p>")), ["en"]);
        assert!(
            spoken(Format::Markdown, "The two ministers met the press at the Palais de la Paix in the city.")
                .is_empty()
        );
    }

    #[test]
    fn what_tells_little_goes_with_what_is_around_it() {
        const FRENCH: &str = "Les deux ministres se sont rencontrés dans la capitale et ont signé un accord.";
        const SPANISH: &str = "Los dos presidentes reafirmaron su compromiso con la paz en la región.";
        const GERMAN: &str = "Die beiden Seiten haben sich in der Hauptstadt getroffen und werden weiter verhandeln.";
        const ENGLISH: &str = "The two ministers thanked each other for the work that they had done with their teams.";
        let cases: &[(&[&str], &[&str])] = &[
            (
                &["Déclaration commune", FRENCH, "Coopération économique", FRENCH, "Annex", ENGLISH],
                &["fr", "fr", "fr", "fr", "", ""],
            ),
            (&[FRENCH, "Les Parties contractantes s'engagent à coopérer.", ENGLISH], &["fr", "fr", ""]),
            (&[ENGLISH, "Les Parties contractantes s'engagent à coopérer.", ENGLISH], &["", "", ""]),
            (&[ENGLISH, "Coopération économique", FRENCH], &["", "", "fr"]),
            // English, if not for sure.
            (&[FRENCH, "Both leaders warned of a new Cold War.", FRENCH], &["fr", "", "fr"]),
            (&[FRENCH, "Burden sharing", FRENCH], &["fr", "", "fr"]),
            (&[FRENCH, "Both sides discussed reducing USFK."], &["fr", ""]),
            (&[FRENCH, "Axis of evil.", FRENCH], &["fr", "", "fr"]),
            (&[FRENCH, "Erdoğan’s China containment", FRENCH], &["fr", "", "fr"]),
            (&[FRENCH, "Talks vis-à-vis Taiwan", FRENCH], &["fr", "", "fr"]),
            (&[FRENCH, "(e) China containment", FRENCH], &["fr", "", "fr"]),
            (&[GERMAN, "Müller met Łukasz", GERMAN], &["de", "", "de"]),
            (&[FRENCH, "Erdoğan’s Türkiye", FRENCH], &["fr", "", "fr"]),
            (&[FRENCH, "Erdoğan pledged", FRENCH], &["fr", "", "fr"]),
            // A small word of one letter, and one among six others.
            (&[SPANISH, "Talks y tapas", SPANISH], &["es", "", "es"]),
            (&[FRENCH, "Missile defence cost review panel sans suite", FRENCH], &["fr", "", "fr"]),
            // Small words of names do not count, nor make what is left less.
            (&[FRENCH, "Accord sur pêche avec la Mairie de la Paix et de la Mer", FRENCH], &["fr", "fr", "fr"]),
            // Letters that English has not: of the language of both texts around them, if it is one.
            (
                &[FRENCH, "Coopération économique mondiale, énergies éoliennes marines, santé animale, sport", FRENCH],
                &["fr", "fr", "fr"],
            ),
            (&[FRENCH, "Coopération économique", GERMAN], &["fr", "", "de"]),
            (&[FRENCH, "2024", FRENCH], &["fr", "", "fr"]),
            (&["Ambassadors Ana da Silva, José dos Santos and Maria de Souza took part.", "Axis of evil."], &["", ""]),
            (
                &[
                    "JOINT STATEMENT OF CANADA AND KOREA",
                    "DÉCLARATION COMMUNE DU CANADA ET DE LA CORÉE",
                    "Both sides discussed reducing USFK.",
                    FRENCH,
                ],
                &["", "fr", "", "fr"],
            ),
        ];
        for (texts, expected) in cases {
            let mut blocks: Vec<Block> =
                texts.iter().filter_map(|text| Block::of_text(BlockKind::Paragraph, text)).collect();
            mark(&mut blocks);
            let marked: Vec<String> = blocks
                .iter()
                .map(|block| block.languages().next().map_or_else(String::new, |language| language.to_string()))
                .collect();
            assert_eq!(marked, *expected, "{texts:?}");
        }
    }
}
