//! Whether a suggestion fits between the words that stand around it.

use comity::fix::fix;
use comity::{Draft, Fix, Format, Pack, RuleSet};

const PACK: &str = r#"
schema: 1
pack: t
rules:
  - {id: plan, fix: safe, phrases: ["the old plan", "the old plans"], suggest: ["peace in the region"], as: noun}
  - {id: map, fix: safe, phrases: ["bad map~"], suggest: ["new chart~"]}
  - {id: same, fix: safe, phrases: ["bad ties"], suggest: ["friendly ties"], as: noun}
  - {id: act, fix: safe, phrases: ["=Old Claim"], suggest: ["new aims"], as: noun}
  - {id: kept, fix: safe, phrases: ["=Old Reef"], suggest: ["New Reef"], as: noun}
  - {id: first, fix: safe, phrases: ["=Blue Claim"], suggest: ["blue aims"], as: noun}
  - {id: pact, fix: safe, phrases: ["minor pact"], suggest: ["the new pact of all"], as: noun}
  - {id: things, fix: safe, phrases: ["weak thing"], suggest: ["strong links"], as: noun}
  - {id: uncounted, fix: safe, phrases: ["weak deal"], suggest: ["cooperation"], as: noun}
  - {id: ness, fix: safe, phrases: ["weak mood"], suggest: ["fairness"], as: noun}
  - {id: both, fix: safe, phrases: ["weak tone"], suggest: ["calm and care"], as: noun}
  - {id: focus, fix: safe, phrases: ["weak view"], suggest: ["main focus"], as: noun}
  - {id: ofs, fix: safe, phrases: ["weak wish"], suggest: ["wishes of the people"], as: noun}
  - {id: agree, fix: safe, phrases: ["consent~ to"], suggest: ["agree~ to"], as: verb}
  - {id: count, fix: safe, phrases: ["consent~ in"], suggest: ["object~ to"], as: verb}
  - {id: push, fix: safe, phrases: ["push~ back against Ruritania", "to push back at once"], suggest: ["work~ with all"], as: verb}
  - {id: mighty, fix: safe, phrases: ["mighty"], suggest: ["keen on"], as: adjective}
  - {id: demand, fix: safe, phrases: ["demand~"], suggest: ["urge~"], as: verb}
  - {id: ban, fix: safe, phrases: ["ban~"], suggest: ["deny~"], as: word}
  - {id: undertake, fix: safe, phrases: ["undertake to", "undertaking to"], suggest: ["will"], as: verb}
  - {id: note, fix: safe, phrases: ["note~ with grief"], suggest: ["deplore~"], as: verb}
  - {id: look, fix: safe, phrases: ["mull~"], suggest: ["look~ into"], as: verb}
  - {id: jointly, fix: safe, phrases: ["meet~ jointly"], suggest: ["gather~"], as: verb}
  - {id: curb, fix: safe, phrases: ["curb~"], suggest: ["support~"], as: word}
  - {id: series, fix: safe, phrases: ["bad series"], suggest: ["good series"], as: noun}
  - {id: way, fix: safe, phrases: ["weak path"], suggest: ["way of talks"], as: noun}
  - {id: bow, fix: safe, phrases: ["bow~ to"], suggest: ["object~ to"], as: verb}
  - {id: deal, fix: safe, phrases: ["small pact"], suggest: ["the new deal"], as: noun}
  - {id: weight, fix: safe, phrases: ["of great weight"], suggest: ["effective"], as: adjective}
  - {id: shun, fix: safe, phrases: ["will shun", "firmly shun", "to shun"], suggest: ["will drop"], as: verb}
  - {id: carry, fix: safe, phrases: ["implement~"], suggest: ["carry~ out"], as: verb}
"#;

/// A draft, and what becomes of it.
const FITS: &[(&str, &str)] = &[
    ("They saw the old plan, of theirs.", "They saw peace in the region, of theirs."),
    ("They saw the old plan, they met and left.", "They saw peace in the region, they met and left."),
    ("They saw the old plan, threat.", "They saw peace in the region, threat."),
    (
        "They saw the old plan, threat that they and others fear.",
        "They saw peace in the region, threat that they and others fear.",
    ),
    (
        "They saw the old plan, threat they and others fear.",
        "They saw peace in the region, threat they and others fear.",
    ),
    ("They saw the old plan, threat is near and dear.", "They saw peace in the region, threat is near and dear."),
    ("They saw the old plan, and threats.", "They saw peace in the region, and threats."),
    ("They saw the old plan as well.", "They saw peace in the region as well."),
    ("They saw the old plan as such as threats.", "They saw peace in the region as such as threats."),
    ("They saw the old plan and they met.", "They saw peace in the region and they met."),
    ("They saw the old plan and will meet.", "They saw peace in the region and will meet."),
    ("They saw the old plan and left.", "They saw peace in the region and left."),
    ("They saw the old plan and met with others.", "They saw peace in the region and met with others."),
    ("They saw the old plan and.", "They saw peace in the region and."),
    ("They saw the old plan and in the sea.", "They saw peace in the region and in the sea."),
    ("They saw the old plan - related acts.", "They saw peace in the region - related acts."),
    ("They saw the old plan alone.", "They saw peace in the region alone."),
    ("They saw the old plan adopted then.", "They saw peace in the region adopted then."),
    ("The old plan limits them.", "Peace in the region limits them."),
    ("The old plan limits talks.", "Peace in the region limits talks."),
    ("The old plan limits.", "Peace in the region limits."),
    ("They saw the old plan support it.", "They saw peace in the region support it."),
    ("They saw the old plan making them.", "They saw peace in the region making them."),
    ("They saw the old plan making a stir.", "They saw peace in the region making a stir."),
    ("They saw the old plan commit.", "They saw peace in the region commit."),
    ("They saw the old plan x.", "They saw peace in the region x."),
    ("They saw the old plan 을.", "They saw peace in the region 을."),
    ("The old plan is, Ruritania says.", "Peace in the region is, Ruritania says."),
    ("The old plan is here.", "Peace in the region is here."),
    ("They did not, as ever, see the old plan.", "They did not, as ever, see peace in the region."),
    ("They did not rest but saw the old plan.", "They did not rest but saw peace in the region."),
    ("It is far of the old plan.", "It is far of peace in the region."),
    ("They saw not only the old plan.", "They saw not only peace in the region."),
    ("There is no doubt of the old plan.", "There is no doubt of peace in the region."),
    ("They spoke of the Old Claim in Ruritania.", "They spoke of the new aims in Ruritania."),
    ("They spoke of the Old Claim, Ruritania.", "They spoke of the new aims, Ruritania."),
    ("They spoke there again about talks of Old Claim.", "They spoke there again about talks of new aims."),
    ("They spoke there again about Ruritania, of Old Claim.", "They spoke there again about Ruritania, of new aims."),
    ("They spoke there again about Ruritania, Old Claim.", "They spoke there again about Ruritania, new aims."),
    ("They spoke there again about the Great, Old Claim.", "They spoke there again about the Great, new aims."),
    ("Old Claim was there when nobody came.", "New aims was there when nobody came."),
    ("Ruritania Old Claim was there when nobody came.", "Ruritania new aims was there when nobody came."),
    ("They spoke there again about the Old Reef Act.", "They spoke there again about the New Reef Act."),
    (
        "They spoke there again about the Ruritanian Blue Claim.",
        "They spoke there again about the Ruritanian blue aims.",
    ),
    ("They spoke of minor pact.", "They spoke of the new pact of all."),
    ("They spoke of a weak view.", "They spoke of a main focus."),
    ("They spoke of a weak wish.", "They spoke of a wishes of the people."),
    ("They spoke of war and bad ties.", "They spoke of war and friendly ties."),
    ("They consent to meet.", "They agree to meet."),
    ("They consent to support efforts.", "They agree to support efforts."),
    ("They consent to support them.", "They agree to support them."),
    ("They consent to be there.", "They agree to be there."),
    ("They consent to not meet.", "They agree to not meet."),
    ("They consent to further meet.", "They agree to further meet."),
    ("They consent to jointly meet.", "They agree to jointly meet."),
    ("They consent to, as ever, talks.", "They agree to, as ever, talks."),
    ("They consent to.", "They agree to."),
    ("They consent to press lists.", "They agree to press lists."),
    ("They consent to press glass.", "They agree to press glass."),
    ("They consent to press its case.", "They agree to press its case."),
    ("They consent in talks.", "They object to talks."),
    ("They push back against Ruritania and met.", "They work with all and met."),
    ("They are pushing back against Ruritania and urging others.", "They are working with all and urging others."),
    ("They push back against Ruritania and with others.", "They work with all and with others."),
    ("They push back against Ruritania, and meet.", "They work with all, and meet."),
    ("They demand it.", "They urge it."),
    ("The strong demand was met.", "The strong urge was met."),
    ("The demanded list was here.", "The urged list was here."),
    ("The demanding list was here.", "The urging list was here."),
    ("They ban it.", "They deny it."),
    ("They undertake to meet.", "They will meet."),
    ("They note with grief the loss.", "They deplore the loss."),
    ("They note with grief that it was lost.", "They deplore that it was lost."),
    ("They mull it.", "They look into it."),
    ("They mull \"it\".", "They look into \"it\"."),
    ("They implement it.", "They carry out it."),
    ("They implement and meet.", "They carry out and meet."),
    ("They meet jointly.", "They gather."),
    ("They meet jointly, and with others.", "They gather, and with others."),
    ("They meet jointly and others.", "They gather and others."),
    ("They are mighty and fair.", "They are keen on and fair."),
    ("They are mighty about it.", "They are keen on about it."),
    ("They saw the old plan; policy.", "They saw peace in the region; policy."),
    ("They saw the old plan: policy and threat.", "They saw peace in the region: policy and threat."),
    ("They saw the old plan \u{2013} policy and threat.", "They saw peace in the region \u{2013} policy and threat."),
    ("They saw the old plan limits.", "They saw peace in the region limits."),
    ("The old plan for Ruritania was there and then.", "Peace in the region for Ruritania was there and then."),
    (
        "They saw the old plan, threat which others and friends fear.",
        "They saw peace in the region, threat which others and friends fear.",
    ),
    ("They did not rest; they saw the old plan.", "They did not rest; they saw peace in the region."),
    ("The curb is here.", "The support is here."),
    ("They had a bad series.", "They had a good series."),
    ("They had a weak path.", "They had a way of talks."),
    ("They consent to trade work.", "They agree to trade work."),
    ("They consent to trade rings.", "They agree to trade rings."),
    ("They consent to do so.", "They agree to do so."),
    ("They consent to have it.", "They agree to have it."),
    ("They bow to talks.", "They object to talks."),
    ("They saw bad map's end.", "They saw new chart's end."),
    ("They saw small pact's end.", "They saw the new deal's end."),
    ("To meet jointly is the aim of Ruritania.", "To gather is the aim of Ruritania."),
    ("To meet jointly is Ruritania now and then.", "To gather is Ruritania now and then."),
    ("The talks are long and of great weight.", "The talks are long and effective."),
    ("They are not of great weight.", "They are not effective."),
    ("They will shun and leave.", "They will drop and leave."),
    ("They firmly shun and leave.", "They will drop and leave."),
    ("They will shun, and leave.", "They will drop, and leave."),
    ("They will shun policy.", "They will drop policy."),
    ("They firmly shun policy.", "They will drop policy."),
    ("The old plan uses.", "Peace in the region uses."),
    ("The Ruritanian Old Claim Act Was There Again.", "The Ruritanian new aims Act Was There Again."),
    // In a quotation nothing is changed unasked.
    ("They saw 'the old plan'.", "They saw 'the old plan'."),
];

/// Why a suggestion is advice, and the drafts in which it is.
const MISFITS: &[(&str, &[&str])] = &[
    (
        "words of it stand beside it already",
        &[
            "They saw the old plan in the region.",
            "They saw the Old Plan in the Region again.",
            "They want peace in the old plan in the region.",
        ],
    ),
    (
        "a possessive follows",
        &["They saw the old plan's end.", "They saw the old plans' end.", "They push back against Ruritania's claims."],
    ),
    (
        "an of-phrase follows",
        &[
            "They saw the old plan of theirs.",
            "They push back against Ruritania of old.",
            "They saw \"the old plan\" of theirs.",
        ],
    ),
    (
        "only half of a coordinated pair would be replaced",
        &[
            "They saw the old plan and threat.",
            "They saw the old plan (or threat).",
            "They saw the old plan \u{2014} and threats.",
            "They saw the old plan, threat and ruse.",
            "They saw the old plan, Ruritania and others.",
            "They saw a map, the old plan, and threats.",
            "They saw the old plan nor threats.",
            "They saw the old plan, nor did they meet.",
            "They saw the old plan as well as threats.",
            "They saw the old plan and met ruritanian envoys.",
            "They spoke of an old and weak thing.",
            "They spoke of war and weak thing.",
            "They spoke of war or push back against Ruritania.",
            "They push back against Ruritania and others.",
            "They push back against Ruritania and meet.",
            "They push back against Ruritania and talks.",
            "They push back against Ruritania and urging others.",
            "They push back against Ruritania and against others.",
            "They push back against Ruritania and Graustark.",
            "They push back against Ruritania, and Graustark.",
            "They want to push back at once and for all.",
            "They meet jointly and with others.",
            "They meet jointly or with others.",
            "They saw: the threat and the old plan.",
            "They saw threat and the old plan.",
            "They saw the old plan/threat.",
        ],
    ),
    (
        "another noun follows",
        &[
            "They saw the old plan policy.",
            "They saw the old plan-related acts.",
            "They saw the old plan Act.",
            "They saw the old plan matters.",
            "The old plan matters.",
            "They saw the old plan making.",
            "They saw \"the old plan\" policy.",
            "Under the old plan support came.",
            "They saw the old plan tv.",
            "They discussed the old plan uses.",
            "They will, the old plan uses.",
            "Their talks limit the old plan uses.",
        ],
    ),
    (
        "the sentence goes on to say what it is",
        &["The old plan is Ruritania.", "The old plan remains Ruritania.", "The old plan is the Ruritania of old."],
    ),
    (
        "the sentence denies or rejects it, and would turn against what is suggested",
        &[
            "The old plan, they said, is not an aim.",
            "The old plan is no aim.",
            "They reject the old plan.",
            "They did not see the old plan.",
            "It is far from the old plan.",
            "It is short of the old plan.",
            "They saw nor the old plan.",
        ],
    ),
    (
        "it would cut a longer name",
        &[
            "They spoke of the Old Claim Act.",
            "They spoke there again about the Ruritanian Old Claim.",
            "They spoke there again about Ruritania of Old Claim.",
            "They spoke there again about the Ruritanian Old Reef.",
            "They spoke there again about the Blue Claim Act.",
            "By the Ruritanian Old Claim.",
            "The Ruritanian Old Claim was near.",
            "The Ruritanian Old Claim was near there.",
        ],
    ),
    (
        "an article or the like stands before it",
        &[
            "They spoke of our minor pact.",
            "They spoke of the minor pact.",
            "They spoke of a weak thing.",
            "They spoke of a weak deal.",
            "They spoke of a weak mood.",
            "They spoke of a weak tone.",
        ],
    ),
    (
        "`to` is followed by a noun",
        &[
            "They consent to talks.",
            "They consent to trade talks.",
            "They consent to further talks.",
            "They consent to jointly talks.",
            "They consent to old work.",
        ],
    ),
    (
        "a noun stands here, and not a verb",
        &[
            "The demand is here.",
            "The demands are here.",
            "Their demand of old.",
            "Ruritania's demands it.",
            "The clearly demand was met.",
            "The ban is here.",
            "The bans are here.",
        ],
    ),
    ("the verb before it asks for another form", &["They will undertake to meet.", "They want to undertake to meet."]),
    ("the form in -ing stands here", &["They are undertaking to meet."]),
    (
        "what follows does not go with it",
        &[
            "They mull that it was so.",
            "They mull how it was so.",
            "They mull to meet.",
            "They mull and meet.",
            "They mull in vain.",
            "They mull.",
            "They mull, it seems.",
        ],
    ),
];

/// The draft with what fits put into it, and what is said of the rest.
fn fixed(rules: &RuleSet, source: &str) -> (String, Vec<String>) {
    let fixed = fix(Draft::new(Format::Text, source), |draft| rules.check(draft), Fix::Safe);
    let notes = fixed.left.iter().flat_map(|finding| finding.notes.clone()).collect();
    (fixed.draft.source().to_owned(), notes)
}

#[test]
fn a_suggestion_that_fits_between_its_words_is_put_there_and_another_is_advice() {
    let rules = RuleSet::new(Pack::parse("t.yml", PACK).unwrap().rules().to_vec()).unwrap();
    for (source, expected) in FITS {
        assert_eq!(fixed(&rules, source), ((*expected).to_owned(), Vec::new()), "{source}");
    }
    for (reason, sources) in MISFITS {
        let note = format!("the suggestion does not fit as it is: {reason}");
        for source in *sources {
            assert_eq!(fixed(&rules, source), ((*source).to_owned(), vec![note.clone()]), "{source}");
        }
    }
}
