//! The index of all packs: for each text that a rule looks for, the rules that look for it.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fs;
use std::path::Path;

use serde_json::Value as Json;
use serde_yaml::{Mapping, Value};

use crate::rule::inflect::Inflector;
use crate::rule::layout::{PAIRS, pair};
use crate::rule::literal::{
    Clause, MAX_CLAUSES, SIMILARITY, TELLING, formula_words, is_telling, may_differ, required_by,
};
use crate::rule::phrase::beginning::{Beginning, beginnings};
use crate::rule::phrase::lists::PhraseLists;
use crate::rule::phrase::parse::parse;
use crate::rule::phrase::tree::ItemKind;
use crate::rule::shape::{Shape, needed, shapes};
use crate::rule::text_role::{MOST_PHRASES, TextRole, packed};
use crate::table;
use crate::text::tokens::Tokens;
use crate::texts;

/// For each kind the keys under which phrases stand: in lists, in lists of lists, as the values of a mapping, or as its keys. The
/// schema of packs tells them, which the program writes from what the kinds declare.
pub(crate) type PhraseKeys = BTreeMap<String, Vec<String>>;

/// Format of a phrase in the schema.
const PHRASE: &str = "phrase";

/// The keys that hold phrases, by the schema of packs.
pub(crate) fn phrase_keys(schema: &str) -> Result<PhraseKeys, Box<dyn Error>> {
    let schema: Json = serde_json::from_str(schema)?;
    let kinds = schema.pointer("/properties/rules/items/allOf").and_then(Json::as_array).ok_or("it has no kinds")?;
    let mut keys = PhraseKeys::new();
    for kind in kinds {
        if let Some(name) = kind.pointer("/if/properties/kind/const").and_then(Json::as_str) {
            let own = kind.pointer("/then/properties").and_then(Json::as_object).into_iter().flatten();
            let of_phrases = own.filter(|(_, value)| has_phrases(value)).map(|(key, _)| key.clone());
            keys.insert(name.to_owned(), of_phrases.collect());
        }
    }
    Ok(keys)
}

/// True if anything in a schema has the form of a phrase.
fn has_phrases(schema: &Json) -> bool {
    match schema {
        Json::Object(map) => map.get("format").is_some_and(|form| form == PHRASE) || map.values().any(has_phrases),
        Json::Array(items) => items.iter().any(has_phrases),
        _ => false,
    }
}

/// The key under which exceptions stand: they matter only in a block that holds another phrase of the rule.
const EXCEPTIONS: &str = "except";

/// The key under which phrases are the keys of a mapping.
const SWAP: &str = "swap";

/// The kinds that look for nothing but phrases, and need look at no draft that holds none of them.
const OF_PHRASES: &[&str] =
    &["phrase", "near", "require", "term", "consistent", "limit", "figure", "order", "balance", "undefined"];

/// The kind that reports two phrases that stand in one block.
const NEAR: &str = "near";

/// The kind that is about comments, and not looked for in the text.
const OF_COMMENTS: &str = "suppression";

/// The kind that is about what a draft carries besides its text.
const OF_RESIDUES: &str = "residue";

/// The kind that is about what became of a draft since another of the same text.
const OF_CHANGES: &str = "change";

/// Texts that a rule looks for, and the way to tell that a draft holds none of them.
#[derive(Debug, Default)]
pub(crate) struct SearchTerms {
    /// Its phrases; the index names them by their place here.
    pub(crate) phrases: Vec<String>,
    /// From this place on they are exceptions.
    pub(crate) exceptions: usize,
    /// Up to this place they are those that must stand in one block with one behind it; 0 where none must.
    pub(crate) paired: usize,
    /// The places of phrases with a gap.
    pub(crate) gapped: Vec<usize>,
    /// Of the clauses that the index has for it, how many a block must hold.
    pub(crate) clauses: usize,
    /// Beginnings of the matches of its expression, if it has no clauses.
    pub(crate) shapes: Vec<Shape>,
    /// The first bytes of the characters of which every match holds one, three at most; none if that is not told.
    pub(crate) needed: Vec<u8>,
    pub(crate) prefilter: Prefilter,
}

/// The same as `Prefilter` of `src/rule/builtin/`.
#[derive(Debug, Default)]
pub(crate) enum Prefilter {
    Phrases,
    Text,
    Comments,
    Residues,
    Changes,
    #[default]
    Always,
}

#[derive(Debug)]
pub(crate) struct Index {
    keys: PhraseKeys,
    rules: u16,
    /// The number of phrases of the rules so far.
    phrases: usize,
    /// Texts that are found by their tokens.
    tokens: table::TableBuilder,
    /// Texts that may stand within words, or in other tokens, each of two bytes at least.
    uses: BTreeMap<String, BTreeSet<u32>>,
}

impl Index {
    pub(crate) fn new(keys: PhraseKeys) -> Index {
        Index { keys, rules: 0, phrases: 0, tokens: table::TableBuilder::default(), uses: BTreeMap::new() }
    }

    /// Adds what a rule looks for.
    pub(crate) fn add(&mut self, rule: &Mapping, lists: &PhraseLists) -> Result<SearchTerms, Box<dyn Error>> {
        let number = self.rules;
        self.rules = number.checked_add(1).ok_or("too many rules for the index")?;
        match rule.get("kind").and_then(Value::as_str).unwrap_or("phrase") {
            "pattern" => self.add_pattern(rule, number, lists),
            "formula" => self.add_formula(rule, number, lists),
            OF_RESIDUES => Ok(SearchTerms { prefilter: Prefilter::Residues, ..SearchTerms::default() }),
            OF_CHANGES => Ok(SearchTerms { prefilter: Prefilter::Changes, ..SearchTerms::default() }),
            OF_COMMENTS => Ok(SearchTerms { prefilter: Prefilter::Comments, ..SearchTerms::default() }),
            kind => self.add_phrases(rule, number, kind, lists),
        }
    }

    /// Numbers the phrases of the next rule among those of all: the number of the first.
    pub(crate) fn number_phrases(&mut self, count: usize) -> usize {
        let first = self.phrases;
        self.phrases += count;
        first
    }

    fn add_phrases(
        &mut self,
        rule: &Mapping,
        number: u16,
        kind: &str,
        lists: &PhraseLists,
    ) -> Result<SearchTerms, Box<dyn Error>> {
        let keys = self.keys.get(kind).ok_or_else(|| format!("the schema of packs has no kind `{kind}`"))?;
        let of_key = |key: &String| match (key.as_str(), rule.get(key)) {
            (SWAP, Some(Value::Mapping(swap))) => swap.keys().filter_map(Value::as_str).map(str::to_owned).collect(),
            (_, value) => below(value),
        };
        let mut phrases: Vec<String> = keys.iter().flat_map(of_key).collect();
        let mut known = BTreeSet::new();
        phrases.retain(|phrase| known.insert(phrase.clone()));
        let mut exceptions = phrases.len();
        let paired = if kind == NEAR { paired(rule, &phrases) } else { 0 };
        phrases.extend(below(rule.get(EXCEPTIONS)).into_iter().filter(|phrase| known.insert(phrase.clone())));
        let gapped = self.insert_phrases(&phrases, number, &inflector(rule), lists)?;
        let absent = kind == "require" && rule.get("when").is_none();
        let nowhere = kind == "figure" && rule.get("near").is_none();
        let always = !OF_PHRASES.contains(&kind) || exceptions == 0 || absent || nowhere;
        if always {
            // What it looks for is not phrases alone: its exceptions are always looked for.
            exceptions = phrases.len();
        }
        let prefilter = if always { Prefilter::Always } else { Prefilter::Phrases };
        Ok(SearchTerms { phrases, exceptions, paired, gapped, prefilter, ..SearchTerms::default() })
    }

    /// Inserts how phrases may begin, and what must come behind their gaps; returns the places of those with a gap.
    fn insert_phrases(
        &mut self,
        phrases: &[String],
        number: u16,
        inflector: &Inflector,
        lists: &PhraseLists,
    ) -> Result<Vec<usize>, Box<dyn Error>> {
        if phrases.len() > MOST_PHRASES {
            return Err("too many phrases for the index".into());
        }
        let mut gapped = Vec::new();
        for (place, phrase) in phrases.iter().enumerate() {
            let tree = parse(phrase, lists).map_err(|error| format!("`{phrase}`: {error}"))?;
            for begun in beginnings(&tree, inflector) {
                self.insert_beginning(begun, number, TextRole::Phrase(place));
            }
            let gap = tree.iter().position(|item| matches!(item.kind, ItemKind::Gap(_)));
            let behind = gap.map(|gap| beginnings(&tree[gap + 1..], inflector)).unwrap_or_default();
            // What stands behind the gap may all be missing.
            if !behind.is_empty() && behind.iter().all(|begun| !begun.text.is_empty()) {
                gapped.push(place);
                behind.into_iter().for_each(|begun| self.insert_beginning(begun, number, TextRole::Later(place)));
            }
        }
        Ok(gapped)
    }

    fn add_pattern(&mut self, rule: &Mapping, number: u16, lists: &PhraseLists) -> Result<SearchTerms, Box<dyn Error>> {
        let regex = rule.get("regex").and_then(Value::as_str).ok_or("`regex` is no text")?;
        let hir = regex_syntax::parse(regex)?;
        let mut clauses = required_by(&hir);
        let mut shapes = shapes(&hir).unwrap_or_default();
        // A text of a few letters is in nearly every block.
        if !shapes.is_empty() && clauses.iter().flatten().any(|text| text.len() < TELLING) {
            clauses.clear();
        }
        if !clauses.is_empty() {
            shapes.clear();
        }
        let mut needed: Vec<u8> = needed(&hir).iter().flatten().map(|c| c.to_string().as_bytes()[0]).collect();
        needed.sort_unstable();
        needed.dedup();
        if needed.len() > 3 {
            needed.clear();
        }
        let is_untold = clauses.is_empty() && shapes.is_empty() && needed.is_empty();
        let prefilter = if is_untold { Prefilter::Always } else { Prefilter::Text };
        for (text, role) in each(&clauses) {
            self.insert(text, number, role);
        }
        let terms = SearchTerms { clauses: clauses.len(), shapes, needed, prefilter, ..SearchTerms::default() };
        self.add_exceptions(rule, number, (&inflector(rule), lists), terms)
    }

    /// A formula that is nearly quoted lacks some of its words, but not more than its similarity allows.
    fn add_formula(&mut self, rule: &Mapping, number: u16, lists: &PhraseLists) -> Result<SearchTerms, Box<dyn Error>> {
        let similarity =
            rule.get("similarity").map_or(Some(SIMILARITY), Value::as_f64).ok_or("`similarity` is no number")?;
        let inflected = rule.get("inflected").and_then(Value::as_bool).unwrap_or(false);
        let inflector = inflector(rule);
        let mut all: BTreeSet<Clause> = BTreeSet::new();
        let mut least = usize::MAX;
        for text in texts(rule.get("text")) {
            let words = formula_words(&text);
            let may_lack = may_differ(words.len(), similarity);
            let clause = |word: String| -> Clause {
                let relatives = if inflected { inflector.relatives(&word) } else { Vec::new() };
                std::iter::once(word).chain(relatives).collect()
            };
            let is_sure = |clause: &Clause| clause.iter().all(|word| is_telling(word) && word.is_ascii());
            let telling: BTreeSet<Clause> = words.into_iter().map(|(_, word)| clause(word)).filter(is_sure).collect();
            least = least.min(telling.len().saturating_sub(may_lack));
            all.extend(telling);
        }
        if !(1..=all.len()).contains(&least) || all.len() > MAX_CLAUSES {
            return self.add_phrases(rule, number, "formula", lists);
        }
        let clauses: Vec<Clause> = all.into_iter().collect();
        for (word, role) in each(&clauses) {
            self.insert_tokens(word, false, number, role);
        }
        let terms = SearchTerms { clauses: least, prefilter: Prefilter::Text, ..SearchTerms::default() };
        self.add_exceptions(rule, number, (&inflector, lists), terms)
    }

    /// Adds the exceptions of a rule that is seen by its text: they are always looked for.
    fn add_exceptions(
        &mut self,
        rule: &Mapping,
        number: u16,
        (inflector, lists): (&Inflector, &PhraseLists),
        terms: SearchTerms,
    ) -> Result<SearchTerms, Box<dyn Error>> {
        let phrases = below(rule.get(EXCEPTIONS));
        let gapped = self.insert_phrases(&phrases, number, inflector, lists)?;
        Ok(SearchTerms { exceptions: phrases.len(), phrases, gapped, ..terms })
    }

    fn insert_beginning(&mut self, begun: Beginning, rule: u16, role: TextRole) {
        self.insert_tokens(begun.text, begun.is_open, rule, role);
    }

    /// Inserts a text that stands between the edges of words; where it `is_open`, the last may go on.
    fn insert_tokens(&mut self, text: String, is_open: bool, rule: u16, role: TextRole) {
        match Tokens::certain(&text, is_open) {
            Some(tokens) => self.tokens.add(&tokens, packed(rule, role)),
            None => self.insert(text, rule, role),
        }
    }

    fn insert(&mut self, text: String, rule: u16, role: TextRole) {
        self.uses.entry(text).or_default().insert(packed(rule, role));
    }

    /// Writes the table of tokens, and the other texts for `src/rule/builtin/within.rs`.
    pub(crate) fn write(&self, out: &Path) -> Result<(), Box<dyn Error>> {
        self.tokens.build().write(out, "table")?;
        let mut numbers = vec![0; PAIRS];
        let mut lists: Vec<Vec<String>> = Vec::new();
        for (text, used) in &self.uses {
            let first =
                text.as_bytes().first_chunk().ok_or_else(|| format!("`{text}` is too short to be looked for"))?;
            let number: &mut u8 = &mut numbers[pair(*first)];
            if *number == 0 {
                // Several pairs share a list where there are more of them than numbers.
                *number = 1 + (lists.len() % usize::from(u8::MAX)) as u8;
                lists.resize_with(lists.len().max((*number).into()), Vec::new);
            }
            lists[usize::from(*number) - 1].push(format!("({text:?}, &{:?})", Vec::from_iter(used)));
        }
        fs::write(out.join("within.bin"), numbers)?;
        let lists: Vec<String> = lists.iter().map(|list| format!("&[{}],\n", list.join(", "))).collect();
        fs::write(out.join("within.rs"), format!("const LISTS: &[&[(&str, &[u32])]] = &[\n{}];\n", lists.concat()))?;
        Ok(())
    }
}

/// The number of phrases of a rule of the kind `near` that are to have another one near them, if none of them is both, and they stand first.
fn paired(rule: &Mapping, phrases: &[String]) -> usize {
    let [first, with] = ["phrases", "with"].map(|key| BTreeSet::from_iter(below(rule.get(key))));
    let stand_first = phrases.iter().take(first.len()).all(|phrase| first.contains(phrase));
    if stand_first && first.is_disjoint(&with) { first.len() } else { 0 }
}

/// The texts of clauses, each with what it is.
fn each(clauses: &[Clause]) -> impl Iterator<Item = (String, TextRole)> {
    let texts = clauses.iter().enumerate();
    texts.flat_map(|(place, clause)| clause.iter().map(move |text| (text.clone(), TextRole::Clause(place))))
}

/// Every string below a value: in lists, in lists of lists, in the values of a mapping.
fn below(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::Mapping(map)) => map.values().flat_map(|value| below(Some(value))).collect(),
        _ => texts(value),
    }
}

/// The inflections that a rule gives, as `read_forms` of `src/rule/forms.rs` reads them.
fn inflector(rule: &Mapping) -> Inflector {
    let Some(forms) = rule.get("forms").and_then(Value::as_mapping) else {
        return Inflector::default();
    };
    let forms = forms.iter().filter_map(|(word, forms)| Some((word.as_str()?.to_owned(), texts(Some(forms)))));
    Inflector::new(forms.collect())
}
