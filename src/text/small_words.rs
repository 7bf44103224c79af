//! Small words: the commonest words of the languages that are written in Latin letters, which tell them apart.

use super::language::Language;

/// The number of languages that the small words are of.
pub(super) const LANGUAGES: usize = 11;

/// The tags of the languages, in the order of the bits of [`SmallWord::languages`]. English is the first.
const TAGS: [&str; LANGUAGES] = ["en", "fr", "es", "pt", "it", "de", "nl", "id", "sv", "da", "pl"];

/// The words of each language, in the order of [`TAGS`]. A word may be of several. To those of English belong words of others that
/// English has as well, such as "die", and parts of words that are written with a hyphen; to those of the others, words of English
/// that are as common in them, such as the French "a".
const WORDS: [&str; LANGUAGES] = [
    "a about after against all also am among an and any are as at be because been before being between both but by can co could \
     den die do does door during each few for from further had has have he her him how if in into is it its made make many may \
     me men met might more much must new no non not of on only or other our out over own per shall she should sin since so some \
     son such than that the their them then there these they this those through till to together toward towards two under until \
     up upon us war was we were what when where whether which while who whose will with within without would you your",
    "a à an au aux avec but c ce ces cette d dans de des du elle en est et été être il ils j l la le les leur leurs m mais n ne \
     nos notre nous on ont or où par pas pour qu que qui s sa sans se ses si son sont sous sur tout un une vers",
    "a al como con cual cuyo de del e el ella en entre es esta estas este estos fue ha han la las le lo los más me muy no o para \
     pero por que se según ser si sin sobre son su sus también un una uno y ya",
    "a à ao aos as às até com como da das de do dos e ela em entre é foi há mais mas na não nas no nos o os ou para pela \
     pelas pelo pelos por que se sem ser seu seus são sobre sua suas também um uma",
    "a agli ai al alla alle anche che chi ci come con da dai dal dalla dei del della delle di e è fra gli ha hanno i il in \
     la le lo ma nei nel nella non o per più questa questo se si sono su sua sue sul sulla tra un una",
    "als am an auch auf aus bei beim bis das daß dass dem den der des die durch ein eine einem einen einer eines er es für \
     hat haben ihre im in ist mit nach nicht oder sich sie sind so sowie um und unter vom von vor war was werden wie will \
     wir wird zu zum zur über",
    "aan al als bij dan dat de deze die dit door een en er haar had heeft het hun in is met naar niet of om ook op over te \
     tot tussen uit van voor was we werd wij worden wordt ze zich zij zijn zoals zullen",
    "akan antara atas atau bagi bahwa dalam dan dari dengan di dua ini itu juga ke kedua kepada kita kami mereka oleh pada \
     para sebagai secara serta telah tidak untuk yang",
    "att av de den det detta du ej eller en ett från för genom har hos i inte kan med mellan men mot och om på samt sin ska \
     skall som sina till under ut vi vid vår är även åt",
    "af at blev de dem den der deres det dette eller en er et fra for han har ikke i kan med mellem men mod og om på sin ska \
     skal som samt til ud under ved vi vil være være",
    "a aby ale bez był była było być co czy dla do gdy ich ist jak jako jego jest już ku lub ma na nad nie od oraz po pod przed \
     przez przy są się tak także tego tej to tym w wraz we z za zaś ze że",
];

/// The longest small word, in bytes.
const LONGEST: usize = 8;

/// The number of places in the table: a power of two, a few times as many as there are words.
const SIZE: usize = 1024;

/// One word of the table.
#[derive(Debug, Clone, Copy)]
struct SmallWord {
    /// Its bytes, the first the lowest; 0 where the place is empty.
    key: u64,
    /// A bit for each language.
    languages: Languages,
}

/// All words, each at the place that its hash tells or at the next that was free.
static TABLE: [SmallWord; SIZE] = table();

const fn key(word: &[u8]) -> u64 {
    let mut key = 0;
    let mut at = 0;
    while at < word.len() {
        key |= (word[at] as u64) << (8 * at);
        at += 1;
    }
    key
}

const fn place(key: u64) -> usize {
    (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 54) as usize % SIZE
}

const fn table() -> [SmallWord; SIZE] {
    let mut table = [SmallWord { key: 0, languages: 0 }; SIZE];
    let mut language = 0;
    while language < LANGUAGES {
        let words = WORDS[language].as_bytes();
        let mut at = 0;
        while at < words.len() {
            let mut end = at;
            while end < words.len() && words[end] != b' ' {
                end += 1;
            }
            if end > at {
                let (_, word) = words.split_at(at);
                let (word, _) = word.split_at(end - at);
                add(&mut table, key(word), 1 << language);
            }
            at = end + 1;
        }
        language += 1;
    }
    table
}

const fn add(table: &mut [SmallWord; SIZE], key: u64, language: u16) {
    let mut place = place(key);
    while table[place].key != 0 && table[place].key != key {
        place = (place + 1) % SIZE;
    }
    table[place] = SmallWord { key, languages: table[place].languages | language };
}

/// The languages that `word`, in lower case, is a small word of: a bit for each.
pub(super) fn languages(word: &str) -> Languages {
    if word.is_empty() || word.len() > LONGEST {
        return 0;
    }
    let key = key(word.as_bytes());
    let mut place = place(key);
    while TABLE[place].key != 0 {
        if TABLE[place].key == key {
            return TABLE[place].languages;
        }
        place = (place + 1) % SIZE;
    }
    0
}

/// A set of languages: a bit for each, in the order of [`TAGS`].
pub(super) type Languages = u16;

/// The place of English.
const ENGLISH: usize = 0;

/// English alone.
pub(super) const IN_ENGLISH: Languages = 1 << ENGLISH;

/// All languages but English.
pub(super) const IN_OTHERS: Languages = (1 << LANGUAGES) - 1 - IN_ENGLISH;

/// The languages that these tags name.
pub(super) const fn named(tags: &[&str]) -> Languages {
    let mut languages = 0;
    let mut at = 0;
    while at < tags.len() {
        let mut place = 0;
        while place < LANGUAGES {
            if key(tags[at].as_bytes()) == key(TAGS[place].as_bytes()) {
                languages |= 1 << place;
            }
            place += 1;
        }
        at += 1;
    }
    languages
}

/// The language besides English of which a text has the most small words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ForeignLanguage {
    pub(super) language: Language,
    /// Its bit.
    pub(super) bit: Languages,
    /// The number of small words of it that are none of English.
    pub(super) seen: usize,
    /// The number of different ones of those that have more than a letter.
    pub(super) different: usize,
    /// The number of words that are English and not of it.
    pub(super) english: usize,
}

/// The small words of a text.
#[derive(Debug, Default, Clone)]
pub(super) struct SmallWordCounts {
    /// All words, small or not.
    pub(super) words: usize,
    /// The number of small words of English and of no other language.
    pub(super) english: usize,
    /// For each language, how many are small words of it and not of English.
    others: [usize; LANGUAGES],
    /// For each language, how many are English and not of it.
    against: [usize; LANGUAGES],
    /// The different small words, each with its languages.
    different: Vec<(u64, Languages)>,
}

impl SmallWordCounts {
    /// Counts a word, which is in lower case.
    pub(super) fn add(&mut self, word: &str) {
        self.words += 1;
        self.add_small(word, languages(word));
    }

    /// Counts a word, which is in lower case, as a small word of these languages.
    pub(super) fn add_small(&mut self, word: &str, languages: Languages) {
        if languages == 0 {
            return;
        }
        if languages & IN_ENGLISH == 0 {
            count(&mut self.others, languages);
        } else {
            self.add_english(!languages);
        }
        self.english += usize::from(languages == IN_ENGLISH);
        let key = key(word.as_bytes());
        if !self.different.iter().any(|(other, _)| *other == key) {
            self.different.push((key, languages));
        }
    }

    /// Counts a word that is English and of none of the languages in `against`.
    pub(super) fn add_english(&mut self, against: Languages) {
        count(&mut self.against, against);
    }

    /// True if there is any small word of English, be it of others as well.
    pub(super) fn has_english(&self) -> bool {
        self.against.iter().any(|seen| *seen > 0)
    }

    /// Counts the different words that are small words of English and of no other language.
    pub(super) fn different_english(&self) -> usize {
        self.different.iter().filter(|(_, languages)| *languages == IN_ENGLISH).count()
    }

    /// The language besides English of which there are the most small words, if there is any.
    pub(super) fn other(&self) -> Option<ForeignLanguage> {
        let (seen, place) = (1..LANGUAGES).map(|place| (self.others[place], place)).max()?;
        let bit = 1 << place;
        let is_own = |key: u64, languages: Languages| languages & bit != 0 && languages & IN_ENGLISH == 0 && key > 0xff;
        let different = self.different.iter().filter(|(key, languages)| is_own(*key, *languages)).count();
        let language = Language::from_tag(TAGS[place])?;
        (seen > 0).then_some(ForeignLanguage { language, bit, seen, different, english: self.against[place] })
    }
}

/// Counts one for each of the languages.
fn count(counts: &mut [usize; LANGUAGES], languages: Languages) {
    for (place, seen) in counts.iter_mut().enumerate() {
        *seen += usize::from(languages >> place & 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_in_the_table() {
        for (language, words) in WORDS.iter().enumerate() {
            for word in words.split_whitespace() {
                assert!(word.len() <= LONGEST, "{word}");
                assert_eq!(languages(word) >> language & 1, 1, "{word}");
            }
        }
        assert_eq!(languages("treaty"), 0);
        assert!(TABLE.iter().filter(|word| word.key != 0).count() < SIZE / 2);
    }

    #[test]
    fn words_of_two_languages_are_of_neither_alone() {
        for (text, english, expected) in [
            ("the two sides talked in the city and agreed", 4, None),
            ("die beiden seiten haben vereinbart", 0, Some(("de", 1))),
            ("les deux parties se sont félicitées de la visite", 0, Some(("fr", 5))),
            ("las dos partes se felicitaron por la visita", 0, Some(("es", 4))),
        ] {
            let mut tally = SmallWordCounts::default();
            text.split(' ').for_each(|word| tally.add(word));
            assert_eq!(tally.english, english, "{text}");
            let other = tally.other();
            assert_eq!(other.as_ref().map(|other| (other.language.as_str(), other.different)), expected, "{text}");
        }
    }
}
