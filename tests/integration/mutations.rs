//! `comity compare` over single changes of sentences: each kind of change, in twenty sentences, has a remark of the right direction.

use comity::compare::{Effect, SentenceChange, compare};
use comity::{Draft, Format};

/// Things that sentences judge, ask about and promise: twenty of each.
const MATTERS: [&str; 20] = [
    "the attacks on merchant ships off Avalon",
    "the tests of long-range rockets in March",
    "the closing of the northern crossing",
    "the use of force against fishing boats",
    "the transfer of machine parts through third ports",
    "the detention of the crew of the Haneul",
    "the statement made in Port Meridian",
    "the dredging of the outer reef",
    "the new tariff on cable and glass",
    "the report of the joint panel of experts",
    "the programme of the third round",
    "the exercises held near the lighthouse",
    "the recent changes of the fishing code",
    "the list of goods drawn up in spring",
    "the plan for a common weather service",
    "the flights along the eastern border",
    "the order of the harbour court",
    "the steps taken by the river commission",
    "the proposal for a shared archive",
    "the resumption of mining on the shelf",
];

const PROMISES: [&str; 20] = [
    "share the data on dangerous cargo",
    "open a second office in Port Meridian",
    "train two hundred pilots each year",
    "publish the findings of the panel",
    "lower the fees for small boats",
    "repair the cable across the bay",
    "return the papers to the archive",
    "keep the northern crossing open",
    "hold a round of talks in autumn",
    "fund the school for harbour masters",
    "build a common warning service",
    "lift the ban on glass and paper",
    "send observers to the vote",
    "map the wrecks along the coast",
    "protect the old town of Ulmar",
    "pay for the removal of the nets",
    "restore the flights to the islands",
    "meet the needs of the displaced",
    "cut the paperwork of exporters",
    "name a coordinator for the river",
];

/// A change of one place, and the direction in which it goes.
enum Kind {
    /// The verb of a sentence on a matter.
    Judges(&'static str, &'static str, Effect),
    /// The words before what a sentence promises.
    Promises(&'static str, &'static str, Effect),
    /// Words behind what a sentence promises.
    Behind(&'static str, &'static str, Effect),
}

use Effect::{Other, Stronger, Weaker};
use Kind::{Behind, Judges, Promises};

const KINDS: &[Kind] = &[
    // Judgement, from step to step and from end to end.
    Judges("condemn", "deplore", Weaker),
    Judges("condemn", "oppose", Weaker),
    Judges("condemn", "express concern about", Weaker),
    Judges("condemn", "express grave concern about", Weaker),
    Judges("condemn", "note", Weaker),
    Judges("condemn", "take note of", Weaker),
    Judges("strongly condemn", "condemn", Weaker),
    Judges("strongly condemn", "express concern over", Weaker),
    Judges("condemn in the strongest terms", "condemn", Weaker),
    Judges("deplore", "note with concern", Weaker),
    Judges("deplore", "reject", Weaker),
    Judges("reject", "oppose", Weaker),
    Judges("reject", "note", Weaker),
    Judges("oppose", "do not support", Weaker),
    Judges("do not recognize", "do not welcome", Weaker),
    Judges("do not accept", "do not support", Weaker),
    Judges("express grave concern about", "express concern about", Weaker),
    Judges("express concern about", "note", Weaker),
    Judges("warmly welcome", "welcome", Weaker),
    Judges("welcome", "note", Weaker),
    Judges("fully support", "support", Weaker),
    Judges("applaud", "welcome", Weaker),
    Judges("commend", "take note of", Weaker),
    Judges("note", "condemn", Stronger),
    Judges("welcome", "applaud", Stronger),
    Judges("welcome", "condemn", Other),
    Judges("voice strong condemnation of", "voice concern over", Weaker),
    Judges("regard as unacceptable", "regard as regrettable", Weaker),
    // To affirm, and to ask.
    Judges("reaffirm", "affirm", Weaker),
    Judges("reaffirm", "recall", Weaker),
    Judges("affirm", "recall", Weaker),
    Judges("recall", "note", Weaker),
    Judges("reiterate", "recall", Weaker),
    Judges("demand an end to", "call for an end to", Weaker),
    Judges("demand an end to", "hope for an end to", Weaker),
    Judges("call on all sides to end", "urge all sides to end", Weaker),
    Judges("urge all sides to end", "encourage all sides to end", Weaker),
    Judges("urge all sides to end", "invite all sides to end", Weaker),
    Judges("encourage all sides to end", "invite all sides to end", Weaker),
    Judges("demand a review of", "note a review of", Weaker),
    // Across the scales.
    Judges("demand a halt to", "welcome a halt to", Weaker),
    Judges("commit to", "take note of", Weaker),
    Judges("condemn", "call for", Other),
    Judges("condemn", "discuss", Weaker),
    // What is promised.
    Promises("shall", "will", Weaker),
    Promises("shall", "must", Weaker),
    Promises("shall", "should", Weaker),
    Promises("shall", "may", Weaker),
    Promises("will", "should", Weaker),
    Promises("will", "intend to", Weaker),
    Promises("will", "may", Weaker),
    Promises("will", "can", Weaker),
    Promises("must", "will", Weaker),
    Promises("will", "stand ready to", Weaker),
    Promises("will", "are encouraged to", Weaker),
    Promises("are required to", "are invited to", Weaker),
    Promises("decided to", "agreed to", Weaker),
    Promises("decided to", "considered whether to", Weaker),
    Promises("agreed to", "committed to", Weaker),
    Promises("agreed to", "discussed whether to", Weaker),
    Promises("agreed to", "agreed to explore ways to", Weaker),
    Promises("commit to", "aim to", Weaker),
    Promises("pledge to", "seek to", Weaker),
    Promises("restate their commitment to", "restate their intention to", Weaker),
    Promises("will", "will endeavour to", Weaker),
    Promises("will", "will consider how to", Weaker),
    Promises("may", "shall", Stronger),
    Promises("intend to", "will", Stronger),
    Promises("will", "will not", Other),
    Promises("can not", "should not", Weaker),
    Promises("must not", "should not", Weaker),
    Promises("may not", "might not", Weaker),
    // Qualifiers that are put in, taken out or swapped.
    Behind(" immediately", "", Weaker),
    Behind(" without delay", "", Weaker),
    Behind(" unconditionally", "", Weaker),
    Behind(" in full", " in part", Weaker),
    Behind(" immediately", " in due course", Weaker),
    Behind(" under a legally binding plan", " under a voluntary plan", Weaker),
    Behind(" under a legally binding plan", " under a plan", Weaker),
    Behind(" in a verifiable manner", " in a manner", Weaker),
    Behind(" in an irreversible manner", " in a manner", Weaker),
    Behind(" with unwavering care", " with care", Weaker),
    Behind(" in all ports", " in some ports", Weaker),
    Behind(" in all ports", " in ports", Weaker),
    Behind(" in the entire region", " in the region", Weaker),
    Behind(" at least 20 times", " up to 20 times", Weaker),
    Behind("", ", as appropriate", Weaker),
    Behind("", " in accordance with domestic law", Weaker),
    Behind("", " consistent with their respective laws", Weaker),
    Behind("", " as far as possible", Weaker),
    Behind("", ", where feasible", Weaker),
    Behind("", ", where applicable", Weaker),
    Behind("", " within available resources", Weaker),
    Behind("", " on a case-by-case basis", Weaker),
    Behind("", " if requested", Weaker),
    Behind("", ", if they wish", Weaker),
    Behind("", " to the best of their ability", Weaker),
    Promises("undertake to", "undertake to explore ways to", Weaker),
    Promises("will", "will be invited to", Weaker),
    Behind("", ", unless otherwise agreed", Weaker),
    Behind("", ", provided that funds are there", Weaker),
    Behind("", " subject to the availability of funds", Weaker),
    Behind(", as appropriate", "", Stronger),
    Behind(" on 5 May", " on 6 May", Other),
    Behind(" for $40 million", " for $35 million", Other),
    Behind(" with Japan and Korea", " with Japan", Other),
    Behind(" with Japan, Korea, and Australia", " with Japan and Australia", Other),
    // How often, only, how much of what is ended.
    Promises("must not", "need not", Weaker),
    Promises("shall not", "need not", Weaker),
    Behind(" annually", " periodically", Weaker),
    Behind(" annually", " from time to time", Weaker),
    Behind(" weekly", " monthly", Weaker),
    Behind(" daily", " regularly", Weaker),
    Behind(" annually", "", Weaker),
    Behind(" annually", " as needed", Weaker),
    Behind(" periodically", " every month", Stronger),
    Behind(" with all neighbours", " only with all neighbours", Other),
    Promises("may only", "may", Other),
    Judges("call for no part in", "call for no new part in", Weaker),
    Judges("will phase out", "will phase out unabated forms of", Weaker),
    Judges("will end all aid to", "will end inefficient aid to", Weaker),
    Judges("condemn attacks on", "condemn indiscriminate attacks on", Weaker),
    Judges("apologize for", "regret", Weaker),
    Promises("will", "will immediately consider whether to", Weaker),
    Promises("will", "will jointly explore how to", Weaker),
    Judges("shall comply with", "shall act in full respect of", Weaker),
    Judges("will abide by", "will take into account", Weaker),
    Promises("will", "hopefully will", Weaker),
    Behind(" for Avalon, which owes Port Meridian", " for Port Meridian, which owes Avalon", Other),
];

impl Kind {
    /// The twenty sentences before and after the change.
    fn texts(&self) -> (Vec<String>, Vec<String>, Effect) {
        let judged = |verb: &str| MATTERS.map(|matter| format!("The two Ministers {verb} {matter}.")).to_vec();
        let promised = |words: &str| PROMISES.map(|promise| format!("The two sides {words} {promise}.")).to_vec();
        let behind = |words: &str| PROMISES.map(|promise| format!("The two sides will {promise}{words}.")).to_vec();
        match self {
            Judges(old, new, effect) => (judged(old), judged(new), *effect),
            Promises(old, new, effect) => (promised(old), promised(new), *effect),
            Behind(old, new, effect) => (behind(old), behind(new), *effect),
        }
    }

    fn name(&self) -> String {
        let (Judges(old, new, _) | Promises(old, new, _) | Behind(old, new, _)) = self;
        format!("{old} -> {new}")
    }
}

fn changes(old: &str, new: &str) -> Vec<SentenceChange> {
    let read = |text: &str| Draft::new(Format::Markdown, text);
    compare(&read(old), &read(new), Vec::new(), Vec::new()).sentences
}

#[test]
fn a_change_of_one_place_is_told_with_its_direction() {
    const { assert!(KINDS.len() >= 60) };
    let (mut right, mut wrong, mut silent) = (0, Vec::new(), Vec::new());
    for kind in KINDS {
        let (olds, news, effect) = kind.texts();
        for (old, new) in olds.iter().zip(&news) {
            let found = changes(old, new);
            let remarks: Vec<_> = found.iter().flat_map(|change| &change.remarks).collect();
            let has = |effect: Effect| remarks.iter().any(|remark| remark.effect == effect);
            let opposite = if effect == Weaker { Stronger } else { Weaker };
            let is_wrong = has(opposite) || (effect == Other && (has(Weaker) || has(Stronger)));
            if is_wrong {
                wrong.push(format!("{}: {remarks:?}", kind.name()));
            } else if has(effect) {
                right += 1;
            } else {
                silent.push(format!("{}: {remarks:?}", kind.name()));
            }
        }
    }
    silent.dedup();
    wrong.dedup();
    let total = KINDS.len() * 20;
    assert!(wrong.is_empty(), "{wrong:#?}\nsilent: {silent:#?}");
    assert!(right * 100 >= total * 95, "{right} of {total}: {silent:#?}");
}

#[test]
fn what_says_the_same_has_no_remark() {
    let same = [
        ("They met on 12 March 2024.", "They met on March 12, 2024."),
        ("They will pay $500 million.", "They will pay 500 million dollars."),
        ("They will pay $500 million.", "They will pay $0.5 billion."),
        ("All 28,500 troops stay.", "All 28500 troops stay."),
        ("They do not accept it.", "They don't accept it."),
        ("We are committed to it.", "We\u{2019}re committed to it."),
        ("They will accept it.", "They'll accept it."),
        ("They cannot accept it.", "They can\u{2019}t accept it."),
        ("The United States stands by it.", "The U.S. stands by it."),
        ("They thank the Republic of Korea for it.", "They thank the ROK for it."),
        ("They called it \"fair\".", "They called it \u{201c}fair\u{201d}."),
        ("The defence programme of the centre is recognised.", "The defense program of the center is recognized."),
        ("The labour ministers organised it.", "The labor ministers organized it."),
        ("They value co-operation and coordination.", "They value cooperation and co-ordination."),
        ("They met in Washington, DC in spring.", "They met again in Washington, D.C. in spring."),
        ("The UN Charter holds.", "The United Nations (UN) Charter holds here."),
        ("President Anna Vale spoke.", "President Vale spoke once more."),
        ("Avalon, Ulmar and Japan met.", "Japan, Ulmar and Avalon met."),
        ("The Minister says that Japan will join.", "The Minister said that Japan would join."),
    ];
    for (old, new) in same {
        let found = changes(old, new);
        let remarks: Vec<_> = found.iter().flat_map(|change| &change.remarks).map(ToString::to_string).collect();
        assert_eq!(remarks, [""; 0], "{old} => {new}");
    }
}

#[test]
fn the_words_of_a_remark_are_those_that_changed() {
    let cases: &[(&str, &str, &[&str])] = &[
        (
            "Japan, Korea, and Australia condemn Russia.",
            "Japan and Australia condemn Russia.",
            &["name dropped: Korea"],
        ),
        ("Japan reaffirms the pact.", "We reaffirm the pact.", &["name dropped: Japan"]),
        ("No State may close the strait.", "No State should close the strait.", &["weakened: may -> should"]),
        (
            "They do not recognize the vote.",
            "They do not welcome the vote.",
            &["weakened: not recognize -> not welcome"],
        ),
        ("They oppose the vote.", "They do not support the vote.", &["weakened: oppose -> not support"]),
        ("They will act without delay.", "They will act.", &["qualifier dropped: without delay"]),
        (
            "Avalon will pay Port Meridian in June.",
            "Port Meridian will pay Avalon in June.",
            &["names change places: Avalon will pay Port Meridian -> Port Meridian will pay Avalon"],
        ),
        (
            "They guarantee aid from Avalon to Ulmar.",
            "They guarantee aid from Ulmar to Avalon.",
            &["names change places: Avalon to Ulmar -> Ulmar to Avalon"],
        ),
        ("They welcome sanctions on Russia.", "They welcome sanctions on all parties.", &["name dropped: Russia"]),
        ("Neither side may close it.", "Either side may close it.", &["negation dropped: Neither"]),
        ("They will not lift the ban.", "They will ~~not~~ lift the ban.", &["negation dropped: not"]),
        ("They will ~~may~~ lift the ban.", "They may lift the ban.", &["weakened: will -> may"]),
        ("It keeps the bay, the reef and a mill without stamps.", "It keeps the bay, the reef and a mill.", &[]),
        ("Trade is subject to a tariff of note.", "Trade is a tariff of note.", &[]),
        ("They will reply as soon as possible.", "They will reply.", &[]),
        ("They will phase out coal.", "They will phase down coal.", &["weakened: phase out -> phase down"]),
        ("They will cease the flights.", "They will reduce the flights.", &["weakened: cease -> reduce"]),
        ("They will ensure safety.", "They will promote safety.", &["weakened: ensure -> promote"]),
        (
            "They will establish a fund.",
            "They will consider establishing a fund.",
            &["weakened: will -> will consider"],
        ),
        ("They will implement the plan.", "They will explore the plan.", &["weakened: will -> will explore"]),
        (
            "They strongly condemn Russia\u{2019}s war of aggression against Ukraine.",
            "They express concern over the war in Ukraine.",
            &["weakened: strongly condemn -> express concern", "name dropped: Russia"],
        ),
        (
            "They call for complete, verifiable and irreversible disarmament.",
            "They call for disarmament.",
            &["qualifier dropped: complete", "qualifier dropped: verifiable", "qualifier dropped: irreversible"],
        ),
    ];
    for (old, new, expected) in cases {
        let found = changes(old, new);
        let remarks: Vec<_> = found.iter().flat_map(|change| &change.remarks).map(ToString::to_string).collect();
        assert_eq!(remarks, *expected, "{old} => {new}");
    }
}

#[test]
fn a_name_that_goes_out_of_a_long_list_is_told() {
    const NAMES: &str = "Albania, Andorra, Angola, Argentina, Armenia, Australia, Austria, Azerbaijan, Bahrain, Bangladesh, Barbados, \
        Belgium, Belize, Benin, Bhutan, Bolivia, Botswana, Brazil, Bulgaria, Burundi, Cambodia, Cameroon, Canada, Chad, Chile, \
        Colombia, Comoros, Croatia, Cuba, Cyprus, Denmark, Djibouti, Dominica, Ecuador, Egypt, Eritrea, Estonia, Ethiopia, Fiji, \
        Finland, France, Gabon, Georgia, Germany, Ghana, Greece, Grenada, Guatemala, Guinea and Guyana";
    let old = format!("{NAMES} welcome the plan.");
    for name in ["Andorra", "Chile", "Ghana"] {
        let new = old.replace(&format!("{name}, "), "");
        let found = changes(&old, &new);
        let remarks: Vec<_> = found.iter().flat_map(|change| &change.remarks).map(ToString::to_string).collect();
        assert_eq!(remarks, [format!("name dropped: {name}")]);
    }
}
