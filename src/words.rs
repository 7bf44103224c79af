//! Classes of English words, told from short lists and from their endings: enough to see whether a suggestion fits where it is put.
//!
//! In doubt a word is a noun.

/// Words that a noun follows.
const PREPOSITIONS: &[&str] = &[
    "about", "above", "across", "after", "against", "along", "alongside", "amid", "among", "amongst", "around", "as",
    "at", "before", "behind", "below", "beneath", "beside", "besides", "between", "beyond", "by", "concerning",
    "despite", "down", "during", "except", "following", "for", "from", "given", "in", "including", "inside", "into",
    "like", "near", "of", "off", "on", "onto", "out", "outside", "over", "per", "regarding", "since", "through",
    "throughout", "till", "to", "toward", "towards", "under", "until", "unto", "up", "upon", "versus", "via", "with",
    "within", "without", "worth",
];

/// Small words that belong to the verb before them: carry out, push back.
const PARTICLES: &[&str] = &[
    "about", "along", "apart", "around", "aside", "away", "back", "by", "down", "forward", "in", "off", "on", "out",
    "over", "through", "together", "up",
];

/// Words that begin a noun phrase.
const DETERMINERS: &[&str] = &[
    "a", "all", "an", "another", "any", "both", "each", "either", "enough", "every", "few", "fewer", "her", "his",
    "its", "many", "more", "most", "much", "my", "neither", "no", "one", "our", "several", "some", "such", "that",
    "the", "their", "these", "this", "those", "three", "two", "what", "whatever", "whichever", "whose", "your",
];

/// Words that stand for a noun phrase and may be what a verb speaks of.
const PRONOUNS: &[&str] = &[
    "anyone", "everyone", "everything", "he", "i", "it", "none", "nothing", "she", "someone", "something", "there",
    "they", "we", "who", "you",
];

/// Verbs that another verb follows, and forms of "be", "have" and "do".
const AUXILIARIES: &[&str] = &[
    "am", "are", "be", "been", "being", "can", "cannot", "could", "did", "do", "does", "had", "has", "have", "is",
    "may", "might", "must", "shall", "should", "was", "were", "will", "would",
];

/// Those that stand in one form and are followed by a bare verb.
const MODALS: &[&str] = &["can", "cannot", "could", "may", "might", "must", "shall", "should", "will", "would"];

/// Adverbs without an ending that tells.
const ADVERBS: &[&str] = &[
    "again", "ago", "ahead", "almost", "already", "also", "altogether", "always", "anew", "at", "away", "better",
    "else", "elsewhere", "even", "ever", "far", "fast", "first", "forward", "further", "furthermore", "hard", "hence",
    "henceforth", "here", "however", "indeed", "instead", "just", "last", "later", "least", "less", "long", "moreover",
    "never", "nevertheless", "next", "not", "now", "often", "once", "only", "otherwise", "perhaps", "quite", "rather",
    "seldom", "so", "sometimes", "soon", "still", "straight", "then", "thereby", "therefore", "thus", "today",
    "together", "tomorrow", "too", "twice", "very", "well", "yesterday", "yet",
];

/// Words that join words or sentences.
const CONJUNCTIONS: &[&str] = &[
    "although", "and", "as", "because", "but", "how", "if", "lest", "nor", "once", "or", "provided", "since", "so",
    "than", "that", "though", "unless", "until", "when", "whenever", "where", "whereas", "whereby", "wherever",
    "whether", "which", "while", "who", "whom", "why",
];

/// Adjectives without an ending that tells.
const ADJECTIVES: &[&str] = &[
    "apt", "bad", "big", "blunt", "bold", "brief", "broad", "calm", "cheap", "clean", "clear", "close", "common",
    "cool", "costly", "deep", "early", "equal", "exact", "fair", "false", "far", "fast", "final", "firm", "fit",
    "flat", "foreign", "formal", "free", "fresh", "full", "good", "grave", "great", "hard", "heavy", "high", "honest",
    "joint", "just", "keen", "key", "large", "late", "light", "likely", "long", "low", "main", "mere", "minor",
    "modern", "mutual", "near", "neat", "new", "next", "old", "open", "other", "own", "past", "plain", "poor", "prime",
    "prompt", "proper", "quick", "quiet", "rapid", "rare", "real", "rich", "right", "rough", "safe", "same", "sharp",
    "short", "simple", "slow", "small", "smooth", "soft", "sole", "sound", "special", "strict", "strong", "sudden",
    "sure", "swift", "thorough", "timely", "tough", "true", "unfair", "uniform", "unique", "upper", "urgent", "usual",
    "vague", "valid", "vast", "vital", "warm", "weak", "whole", "wide", "wise", "worth", "wrong", "young",
];

/// Verbs of statements, memoranda and resolutions in their bare form.
const VERBS: &[&str] = &[
    "abandon", "abide", "accede", "accelerate", "accept", "accommodate", "accomplish", "achieve", "acknowledge",
    "acquire", "act", "adapt", "add", "address", "adhere", "adjust", "administer", "adopt", "advance", "advise",
    "affirm", "afford", "agree", "align", "allocate", "allow", "amend", "amplify", "announce", "answer", "anticipate",
    "appear", "apply", "appoint", "appreciate", "approve", "argue", "arise", "arrange", "articulate", "ask", "assess",
    "assign", "assist", "assume", "assure", "attain", "attend", "attract", "authorise", "authorize", "avoid", "await",
    "balance", "be", "bear", "become", "begin", "benefit", "bolster", "boost", "bring", "broaden", "build", "buttress",
    "buy", "call", "cancel", "carry", "catalyze", "cease", "celebrate", "challenge", "champion", "change", "charge",
    "check", "choose", "clarify", "close", "collaborate", "collect", "combat", "combine", "come", "commemorate",
    "commence", "commend", "commit", "communicate", "compete", "complement", "complete", "comply", "conclude",
    "condemn", "conduct", "confer", "confirm", "confront", "connect", "conserve", "consider", "consist", "consolidate",
    "constitute", "construct", "consult", "contain", "continue", "contribute", "control", "convene", "convert",
    "convey", "cooperate", "coordinate", "counter", "cover", "create", "cultivate", "curb", "cut", "deal", "decide",
    "declare", "deepen", "defend", "define", "degrade", "delay", "deliver", "demand", "demonstrate", "denounce",
    "deny", "depend", "deploy", "deposit", "design", "designate", "detect", "deter", "determine", "develop", "devise",
    "direct", "disclose", "discontinue", "discourage", "discuss", "dismantle", "display", "disrupt", "disseminate",
    "dissuade", "diversify", "do", "donate", "double", "draft", "draw", "drive", "earn", "ease", "elaborate",
    "elevate", "eliminate", "embark", "embed", "embrace", "emphasise", "emphasize", "empower", "enable", "encourage",
    "end", "endeavor", "endeavour", "endorse", "enforce", "engage", "enhance", "enjoy", "enlarge", "ensure", "enter",
    "equip", "eradicate", "escalate", "establish", "evaluate", "evolve", "examine", "exceed", "exchange", "exclude",
    "execute", "exempt", "exercise", "exert", "expand", "expedite", "explore", "export", "express", "extend",
    "extradite", "face", "facilitate", "fight", "file", "fill", "finalise", "finalize", "finance", "find", "finish",
    "focus", "follow", "forge", "form", "formalise", "formalize", "formulate", "forward", "foster", "fulfil",
    "fulfill", "fund", "further", "gain", "gather", "generate", "get", "give", "go", "govern", "grant", "grow",
    "guarantee", "guide", "halt", "handle", "harmonise", "harmonize", "harness", "have", "hear", "help", "highlight",
    "hold", "honor", "honour", "host", "identify", "impede", "implement", "import", "impose", "improve", "include",
    "incorporate", "increase", "indicate", "inform", "initiate", "innovate", "insist", "inspect", "institute",
    "institutionalise", "institutionalize", "integrate", "intensify", "interact", "introduce", "invest", "investigate",
    "invite", "involve", "issue", "join", "keep", "know", "launch", "lay", "lead", "learn", "leave", "lend",
    "leverage", "liberalise", "liberalize", "lift", "limit", "link", "listen", "live", "look", "lose", "lower",
    "maintain", "make", "manage", "mark", "maximise", "maximize", "measure", "meet", "merge", "minimise", "minimize",
    "mitigate", "mobilise", "mobilize", "modernise", "modernize", "modify", "monitor", "move", "narrow", "navigate",
    "negotiate", "nominate", "normalise", "normalize", "note", "notify", "observe", "obtain", "occur", "offer", "open",
    "operate", "operationalise", "operationalize", "oppose", "optimise", "optimize", "organise", "organize",
    "overcome", "oversee", "own", "participate", "pass", "pause", "pay", "perform", "permit", "pilot", "place", "plan",
    "play", "pledge", "pool", "position", "postpone", "practise", "prefer", "prepare", "present", "preserve", "press",
    "prevent", "prioritise", "prioritize", "procure", "produce", "prohibit", "project", "prolong", "promote",
    "propose", "protect", "prove", "provide", "publish", "purchase", "pursue", "push", "put", "raise", "ratify",
    "reach", "read", "reaffirm", "realise", "realize", "receive", "recognise", "recognize", "recommend", "reconsider",
    "reconvene", "record", "recover", "redouble", "reduce", "refer", "refine", "reform", "refrain", "regard",
    "register", "regulate", "reinforce", "reinvigorate", "reject", "release", "relocate", "rely", "remain", "remedy",
    "remind", "remove", "render", "renew", "reopen", "reorganise", "reorganize", "repair", "repeal", "repeat",
    "replace", "report", "represent", "request", "require", "resettle", "resist", "resolve", "respect", "respond",
    "restart", "restore", "restrain", "restrict", "restructure", "result", "resume", "retain", "return", "review",
    "revise", "revisit", "revitalise", "revitalize", "revive", "rise", "run", "safeguard", "say", "scale", "secure",
    "see", "seek", "select", "sell", "send", "separate", "serve", "set", "settle", "shape", "share", "show", "sign",
    "signal", "simplify", "solve", "speak", "speed", "spend", "sponsor", "spread", "stabilise", "stabilize", "stand",
    "standardise", "standardize", "start", "stay", "step", "stop", "streamline", "strengthen", "stress", "strive",
    "study", "submit", "succeed", "suggest", "supply", "support", "suspend", "sustain", "tackle", "take", "talk",
    "target", "tell", "terminate", "test", "think", "threaten", "trade", "train", "transfer", "transform", "transit",
    "translate", "transmit", "transport", "travel", "treat", "try", "turn", "undergo", "underline", "underscore",
    "understand", "undertake", "unify", "unite", "update", "upgrade", "uphold", "urge", "use", "utilise", "utilize",
    "vacate", "value", "verify", "view", "visit", "vote", "wait", "waive", "want", "welcome", "widen", "withdraw",
    "withhold", "witness", "work", "write",
];

/// Those that are nouns in the same form.
const NOUNS_TOO: &[&str] = &[
    "address", "advance", "answer", "appeal", "attempt", "award", "balance", "benefit", "boost", "call", "campaign",
    "challenge", "champion", "change", "charge", "claim", "combat", "conduct", "contact", "contract", "control",
    "counter", "cover", "decline", "delay", "demand", "deposit", "design", "display", "draft", "draw", "drive", "ease",
    "end", "exchange", "exercise", "export", "face", "fight", "file", "finance", "focus", "force", "forge", "form",
    "forward", "function", "fund", "gain", "grant", "group", "guarantee", "guide", "halt", "handle", "help", "hold",
    "honor", "honour", "host", "impact", "implement", "import", "increase", "influence", "interest", "invite", "issue",
    "join", "journey", "judge", "launch", "lead", "link", "list", "look", "mandate", "mark", "measure", "meet",
    "monitor", "move", "need", "note", "notice", "object", "offer", "order", "pause", "pay", "permit", "pilot",
    "place", "plan", "play", "pledge", "pool", "position", "practise", "press", "process", "produce", "profit",
    "program", "progress", "project", "promise", "purchase", "purpose", "push", "question", "raise", "range", "reach",
    "read", "record", "reform", "regard", "regret", "release", "remedy", "repair", "repeal", "repeat", "reply",
    "report", "request", "rescue", "research", "reserve", "resort", "respect", "restart", "result", "return", "review",
    "revise", "rise", "risk", "run", "scale", "search", "seat", "share", "shift", "show", "signal", "stand", "start",
    "state", "stay", "step", "stop", "stress", "study", "supply", "support", "surge", "survey", "talk", "target",
    "test", "touch", "trade", "train", "transfer", "transport", "travel", "treat", "trust", "try", "turn", "update",
    "upgrade", "use", "value", "view", "visit", "vote", "vow", "wait", "want", "warrant", "watch", "welcome", "will",
    "wish", "witness", "work",
];

/// Nouns with the ending of an adjective or an adverb.
const NOUNS_IN_DISGUISE: &[&str] = &[
    "ability", "adversary", "ally", "alternative", "anniversary", "anomaly", "anthology", "appeal", "apply",
    "appraisal", "approval", "archive", "arctic", "arrival", "arsenal", "assembly", "bed", "belly", "beneficiary",
    "betrayal", "boundary", "breed", "bully", "butterfly", "cable", "capital", "captive", "category", "centenary",
    "clinic", "collective", "commentary", "comply", "compromise", "constituency", "coral", "criminal", "critic",
    "deal", "deed", "denial", "depositary", "detective", "dialogue", "dictionary", "directive", "disposal",
    "enterprise", "epidemic", "executive", "exercise", "expertise", "fabric", "factory", "family", "feed", "festival",
    "finery", "fly", "folly", "franchise", "glossary", "goal", "greed", "history", "hospital", "hundred", "imply",
    "incentive", "individual", "industry", "initiative", "inventory", "italy", "jelly", "jolly", "journal",
    "judiciary", "july", "jury", "kindred", "laboratory", "library", "logic", "manual", "material", "meal", "memory",
    "mercenary", "merchandise", "metal", "metric", "mineral", "monopoly", "motive", "multiply", "music", "narrative",
    "native", "need", "noise", "objective", "offensive", "official", "pandemic", "paradise", "perspective", "plastic",
    "portal", "potential", "premise", "principal", "principle", "prize", "promise", "proposal", "public", "purchase",
    "rally", "referral", "refusal", "rehearsal", "relative", "rely", "removal", "renewal", "reply", "representative",
    "republic", "rise", "rival", "salary", "sanctuary", "secretary", "seed", "shed", "signal", "signatory", "size",
    "speed", "story", "summary", "supply", "surprise", "survival", "table", "tally", "terminal", "territory",
    "testimonial", "theory", "topic", "traffic", "treasury", "trial", "tribunal", "tributary", "variable", "victory",
    "withdrawal",
];

/// Adjectives in -ant, -ent, -ing and -ly: most words with these endings are something else.
const ADJECTIVES_IN_DISGUISE: &[&str] = &[
    "abundant", "adjacent", "ancient", "apparent", "binding", "buoyant", "changing", "coherent", "compelling",
    "competent", "concurrent", "confident", "consequent", "consistent", "constant", "continuing", "costly", "current",
    "daily", "damaging", "decent", "demanding", "dependent", "developing", "different", "distant", "disturbing",
    "dominant", "early", "efficient", "elderly", "emerging", "encouraging", "enduring", "equivalent", "evident",
    "excellent", "existing", "frequent", "friendly", "growing", "hostile", "important", "inconsistent", "increasing",
    "independent", "insufficient", "intelligent", "kindly", "lasting", "leading", "likely", "lively", "lonely",
    "monthly", "neighboring", "neighbouring", "neighbourly", "ongoing", "orderly", "outstanding", "permanent",
    "persistent", "pertinent", "pressing", "prevalent", "prominent", "promising", "quarterly", "recent", "relevant",
    "reliant", "reluctant", "remaining", "resilient", "resultant", "scholarly", "significant", "silent", "stringent",
    "subsequent", "sufficient", "threatening", "timely", "transparent", "unlikely", "urgent", "vibrant", "vigilant",
    "violent", "weekly", "worrying", "yearly",
];

/// Verbs in the past that do not end in -ed.
const PASTS: &[&str] = &[
    "arisen", "arose", "became", "began", "begun", "bore", "bought", "broke", "brought", "built", "came", "caught",
    "chose", "chosen", "dealt", "drawn", "drew", "drove", "fell", "felt", "forbade", "forgot", "fought", "found",
    "gave", "given", "gone", "got", "grew", "grown", "heard", "held", "hung", "kept", "knew", "known", "laid", "lay",
    "led", "left", "lent", "lost", "made", "meant", "met", "overcame", "oversaw", "paid", "ran", "risen", "rose",
    "said", "sat", "saw", "seen", "sent", "shook", "shown", "shrank", "sold", "sought", "spent", "spoke", "spoken",
    "stood", "struck", "taken", "taught", "thought", "threw", "told", "took", "understood", "undertook", "upheld",
    "went", "withdrawn", "withdrew", "won", "wore", "written", "wrote",
];

/// Words that deny what follows.
const NEGATIONS: &[&str] = &["cannot", "neither", "never", "no", "nobody", "none", "nor", "not", "nothing", "without"];

/// Verbs, in their bare form, and other words by which a text turns against what follows.
const REJECTIONS: &[&str] = &[
    "abandon", "abstain", "against", "avoid", "cease", "combat", "condemn", "condemnation", "counter", "denial",
    "denounce", "deny", "deplore", "discourage", "eschew", "exclude", "forgo", "forswear", "halt", "oppose",
    "opposition", "prevent", "prevention", "prohibit", "refrain", "refusal", "refuse", "refute", "reject", "rejection",
    "renounce", "repudiate", "resist", "stop",
];

fn is_in(list: &[&str], word: &str) -> bool {
    list.binary_search(&word).is_ok()
}

/// True if a noun follows the word, which is in small letters: "of", "against".
pub(crate) fn is_preposition(word: &str) -> bool {
    is_in(PREPOSITIONS, word)
}

/// True if the word denies what follows: "not", "without", "don't".
pub(crate) fn is_negation(word: &str) -> bool {
    is_in(NEGATIONS, word) || word.ends_with("n't") || word.ends_with("n\u{2019}t")
}

/// True if a text turns against what follows the word: "reject", "opposes", "against".
pub(crate) fn is_rejection(word: &str) -> bool {
    is_in(REJECTIONS, word) || verb_of(word).is_some_and(|verb| is_in(REJECTIONS, &verb))
}

/// True if the word belongs to the verb before it, as "out" does in "carry out".
pub(crate) fn is_particle(word: &str) -> bool {
    is_in(PARTICLES, word)
}

/// True if a noun phrase begins with the word: "the", "their", "all".
pub(crate) fn is_determiner(word: &str) -> bool {
    is_in(DETERMINERS, word) || word.starts_with(|c: char| c.is_ascii_digit())
}

/// True if the word stands for a noun phrase, or is one that a verb speaks of: "they", "we".
pub(crate) fn is_pronoun(word: &str) -> bool {
    is_in(PRONOUNS, word)
}

/// True if another verb may follow the word: "will", "are", "has".
pub(crate) fn is_auxiliary(word: &str) -> bool {
    is_in(AUXILIARIES, word)
}

/// True if the word is a form of "be".
pub(crate) fn is_be(word: &str) -> bool {
    ["am", "are", "be", "been", "being", "is", "was", "were"].contains(&word)
}

/// True if a bare verb follows the word: "will", "should".
pub(crate) fn is_modal(word: &str) -> bool {
    is_in(MODALS, word)
}

/// True if the word is an adverb.
pub(crate) fn is_adverb(word: &str) -> bool {
    let is_regular = word.len() > 4 && word.ends_with("ly");
    is_in(ADVERBS, word) || is_regular && !is_in(NOUNS_IN_DISGUISE, word) && !is_in(ADJECTIVES_IN_DISGUISE, word)
}

/// True if the word is one of the small ones, or an adverb: no noun, no adjective and no verb of a meaning of its own.
pub(crate) fn is_small(word: &str) -> bool {
    let lists = [PREPOSITIONS, PARTICLES, DETERMINERS, PRONOUNS, AUXILIARIES, CONJUNCTIONS];
    lists.iter().any(|list| is_in(list, word)) || is_determiner(word) || is_adverb(word)
}

/// True if the word is an adjective.
pub(crate) fn is_adjective(word: &str) -> bool {
    const ENDINGS: &[&str] = &["able", "al", "ary", "ed", "ful", "ible", "ic", "ish", "ive", "less", "ory", "ous"];
    // The last part of a compound tells, but for "far-reaching", "human-made".
    let (part, is_compound) = word.rsplit_once('-').map_or((word, false), |(_, part)| (part, true));
    let is_regular = part.len() > 4 && ENDINGS.iter().any(|ending| part.ends_with(ending));
    is_in(ADJECTIVES, part)
        || is_in(ADJECTIVES_IN_DISGUISE, part)
        || is_regular && !is_in(NOUNS_IN_DISGUISE, part)
        || is_compound && (part.ends_with("ing") || part == "made")
}

/// True if the word is a verb in its bare form.
pub(crate) fn is_bare_verb(word: &str) -> bool {
    let is_regular = word.len() > 5 && ["ify", "ise", "ize"].iter().any(|ending| word.ends_with(ending));
    is_in(VERBS, word) || is_regular && !is_in(NOUNS_IN_DISGUISE, word)
}

/// True if the word, a verb in its bare form, is also a noun: "support", "use".
pub(crate) fn is_noun_too(word: &str) -> bool {
    is_in(NOUNS_TOO, word)
}

/// True if the word is a verb in the past, or a participle.
pub(crate) fn is_past(word: &str) -> bool {
    (word.len() > 4 && word.ends_with("ed")) && !is_in(NOUNS_IN_DISGUISE, word) || is_in(PASTS, word)
}

/// The bare verb of which a word is a regular form, if it is one.
pub(crate) fn verb_of(word: &str) -> Option<String> {
    let known = |verb: String| is_bare_verb(&verb).then_some(verb);
    let stems = |ending: &str| {
        let stem = word.strip_suffix(ending)?;
        // committing
        let undoubled = stem.char_indices().next_back().map(|(at, last)| (&stem[..at], last));
        let undoubled = undoubled.filter(|(short, last)| short.ends_with(*last)).map(|(short, _)| short.to_owned());
        let with_y = stem.strip_suffix('i').map(|stem| format!("{stem}y"));
        let candidates = [Some(stem.to_owned()), Some(format!("{stem}e")), undoubled, with_y];
        candidates.into_iter().flatten().find_map(known)
    };
    known(word.to_owned()).or_else(|| ["ing", "ed", "es", "s"].into_iter().find_map(stems))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_in_order() {
        let lists = [
            PREPOSITIONS,
            PARTICLES,
            DETERMINERS,
            PRONOUNS,
            AUXILIARIES,
            MODALS,
            ADVERBS,
            CONJUNCTIONS,
            ADJECTIVES,
            VERBS,
            NOUNS_TOO,
            NOUNS_IN_DISGUISE,
            ADJECTIVES_IN_DISGUISE,
            PASTS,
            NEGATIONS,
            REJECTIONS,
        ];
        for list in lists {
            assert!(list.is_sorted_by(|one, other| one < other), "{list:?}");
        }
    }

    #[test]
    fn a_word_is_told_by_its_ending_unless_a_list_says_otherwise() {
        let adjectives =
            ["regional", "far-reaching", "human-made", "significant", "beneficial", "lasting", "firm", "timely"];
        let nouns = ["proposal", "initiative", "republic", "meeting", "government", "assembly", "territory", "need"];
        for word in adjectives {
            assert!(is_adjective(word) && !is_adverb(word), "{word}");
        }
        for word in nouns {
            assert!(!is_adjective(word) && !is_adverb(word) && !is_small(word), "{word}");
        }
        for word in ["jointly", "today", "never"] {
            assert!(is_adverb(word), "{word}");
        }
        assert!(is_past("met") && is_past("agreed") && !is_past("need"));
        let verbs = [
            ("strengthened", "strengthen"),
            ("modernizing", "modernize"),
            ("urges", "urge"),
            ("carries", "carry"),
            ("committing", "commit"),
        ];
        for (word, verb) in verbs {
            assert_eq!(verb_of(word).as_deref(), Some(verb));
        }
        for word in ["not", "neither", "won't", "don\u{2019}t", "reject", "opposes", "rejecting", "against"] {
            assert!(is_negation(word) || is_rejection(word), "{word}");
        }
        assert!(!is_negation("note") && !is_negation("amendment") && !is_rejection("welcome"));
        for word in ["partner", "trials", "s", ""] {
            assert_eq!(verb_of(word), None, "{word}");
        }
    }
}
