//! The language of blocks that nothing marks, told by their letters and by their small words.
//!
//! English is certain after a few words of most paragraphs; only what is not English is read to its end.

use super::block::Block;
use super::language::Language;
use super::small_words::Tally;

/// How many different small words of English alone make it certain.
const CERTAIN: usize = 4;

/// How many different small words tell another language.
const LEAST: usize = 2;

/// The most words of a text that may belong to the language of those around it though a small word or two say otherwise.
const SHORT: usize = 6;

/// What the words of a text tell of its language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Told {
    English,
    Other(Language),
    Nothing,
}

/// The language of a text: by its script, else by small words; `None` where they do not tell.
#[cfg(test)]
fn language(text: &str) -> Option<Language> {
    match told(text) {
        Told::English => Language::of("en"),
        Told::Other(language) => Some(language),
        Told::Nothing => None,
    }
}

/// Takes blocks without any mark of a language for what their words tell, if that is not English. What tells nothing goes with what
/// stands before and behind it, if both are of one language.
pub(super) fn mark(blocks: &mut [Block]) {
    let is_unmarked = |block: &Block| block.languages().next().is_none();
    let told: Vec<Told> =
        blocks.iter().map(|block| if is_unmarked(block) { told(block.text()) } else { Told::English }).collect();
    if !told.iter().any(|told| matches!(told, Told::Other(_))) {
        return;
    }
    let around = around(&told);
    for ((block, told), around) in blocks.iter_mut().zip(told).zip(around) {
        match (told, around) {
            // Among letters of another script, words in Latin letters may be the very English that a rule looks for; the rest is none.
            (Told::Other(language), _) | (Told::Nothing, Some(language)) if language.is_in_latin_letters() => {
                block.mark_as(language);
            }
            _ => {}
        }
    }
}

/// For each text the language that those are of which stand before and behind it and tell; at the start and at the end, one of the two.
fn around(told: &[Told]) -> Vec<Option<Language>> {
    let next = |last: &mut Told, told: &Told| {
        let before = *last;
        *last = if *told == Told::Nothing { before } else { *told };
        Some(before)
    };
    let before: Vec<Told> = told.iter().scan(Told::Nothing, next).collect();
    let mut behind: Vec<Told> = told.iter().rev().scan(Told::Nothing, next).collect();
    behind.reverse();
    let agreed = |(before, behind): (Told, Told)| match (before, behind) {
        (Told::Other(one), Told::Other(other)) if one == other => Some(one),
        (Told::Other(language), Told::Nothing) | (Told::Nothing, Told::Other(language)) => Some(language),
        _ => None,
    };
    before.into_iter().zip(behind).map(agreed).collect()
}

fn told(text: &str) -> Told {
    let shouted = !text.contains(char::is_lowercase);
    let mut tally = Tally::default();
    let mut letters = Letters::default();
    for word in words(text) {
        letters.add(word);
        match word.chars().next() {
            Some(c) if c.is_lowercase() => tally.add(word),
            // A name, or the first word of a sentence.
            Some(_) if !shouted => tally.words += 1,
            _ => tally.add(&word.to_lowercase()),
        }
        if tally.english >= CERTAIN && tally.english * 6 >= tally.words && tally.different_english() >= CERTAIN {
            return Told::English;
        }
    }
    if let Some(language) = letters.language() {
        return Told::Other(language);
    }
    let english = tally.different_english();
    match tally.other() {
        Some((language, seen, different))
            if different >= LEAST && seen * 5 >= tally.words && seen > 2 * tally.english && tally.words >= SHORT =>
        {
            Told::Other(language)
        }
        Some((_, seen, _)) if english >= LEAST || seen < tally.english => Told::English,
        _ => Told::Nothing,
    }
}

/// The stretches of letters in a text.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty())
}

/// The letters of a text: how many are Latin, and how many are of a script that tells a language.
#[derive(Debug, Default)]
struct Letters {
    latin: usize,
    others: usize,
    language: Option<Language>,
}

impl Letters {
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
    use crate::draft::block::BlockKind;
    use crate::draft::{Draft, Format};

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
            ("Rio de Janeiro", None),
            ("They met the Ministro de la Defensa of the Republic in the city of La Paz.", Some("en")),
            (
                "The Embassy thanked Médecins sans Frontières and the Organisation internationale de la Francophonie.",
                Some("en"),
            ),
            ("Luiz Inácio Lula da Silva, José Manuel Durão Barroso, Javier Solana de Madariaga", None),
            ("de-escalation, non-proliferation, e-commerce, co-operation, de facto control", None),
            ("(a) (e) (i) (o) item", None),
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
    fn what_tells_nothing_goes_with_what_is_around_it() {
        let texts = [
            "Déclaration commune",
            "Les deux ministres se sont rencontrés dans la capitale et ont signé un accord.",
            "Coopération économique",
            "Le ministre a remercié son hôte pour la qualité de son accueil dans cette ville.",
            "Annex",
            "The two ministers thanked each other for the work that they had done with their teams.",
        ];
        let mut blocks: Vec<Block> =
            texts.iter().filter_map(|text| Block::of_text(BlockKind::Paragraph, text)).collect();
        mark(&mut blocks);
        let marked: Vec<Option<String>> =
            blocks.iter().map(|block| block.languages().next().map(|language| language.to_string())).collect();
        let french = || Some("fr".to_owned());
        assert_eq!(marked, [french(), french(), french(), french(), None, None]);
    }
}
