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
        ("They thanked President Mori for the meeting.", "They thanked President Joseph R. Mori for the meeting."),
        ("They thanked President Mori for the meeting.", "They thanked Mori for the meeting."),
        ("They uphold the UN Charter in all respects.", "They uphold the United Nations (UN) Charter in all respects."),
        ("They support the World Trade Organization in this.", "They support the WTO in this."),
        ("They support the World Trade Organization (WTO) in this.", "They support the WTO in this."),
        ("The U.S. Secretary of Commerce Irene Vale spoke first.", "Secretary of Commerce Irene Vale spoke first."),
        ("They met in the Republic of Korea in May.", "They met in the ROK in May."),
        ("They thank the Government of Japan for it.", "They thank the Japanese Government for it."),
        ("They support the Association of Southeast Asian Nations in this.", "They support ASEAN in this."),
        (
            "Prime Minister Vale of Avalon and President Mori met in Lastra.",
            "President Mori and Prime Minister Vale of Avalon met in Lastra.",
        ),
        ("They welcome the Treaty of Friendship and Trade.", "They welcome the Treaty of Friendship & Trade."),
        ("The Council of the European Union adopted it.", "The EU Council adopted it."),
        ("President Yoon Suk Yeol hosted the dinner.", "President Yoon hosted the dinner."),
        (
            "They support the Global Partnership on Artificial Intelligence (GPAI) in this.",
            "They support the Global Partnership on AI in this.",
        ),
    ];
    for (old, new) in same {
        let found = changes(old, new);
        let remarks: Vec<_> = found.iter().flat_map(|change| &change.remarks).map(ToString::to_string).collect();
        assert_eq!(remarks, [""; 0], "{old} => {new}");
    }
}

/// Changes of names, and of small words and nouns that decide what a sentence says, with all that is said of them.
const TELLING: &[(&str, &str, &[&str])] = &[
    (
        "They welcomed the Agreement on Reciprocal Trade of 2024.",
        "They welcomed the Agreement on Reciprocal, Fair, and Balanced Trade of 2024.",
        &["name: Agreement on Reciprocal Trade -> Agreement on Reciprocal, Fair, and Balanced Trade"],
    ),
    (
        "They signed the Agreement on Trade in Ulmar.",
        "They signed the Interim Agreement on Trade in Ulmar.",
        &["name: Agreement on Trade -> Interim Agreement on Trade"],
    ),
    (
        "They will sign the Additional Protocol in spring.",
        "They will sign the Protocol in spring.",
        &["name: Additional Protocol -> Protocol"],
    ),
    (
        "They support the Comprehensive Test Ban Treaty.",
        "They support the Test Ban Treaty.",
        &["name: Comprehensive Test Ban Treaty -> Test Ban Treaty"],
    ),
    (
        "They accept the rulings of the Permanent Court of Arbitration.",
        "They accept the rulings of the Court of Arbitration.",
        &["name: Permanent Court of Arbitration -> Court of Arbitration"],
    ),
    (
        "They thank the Permanent Joint Commission for its work.",
        "They thank the Joint Commission for its work.",
        &["name: Permanent Joint Commission -> Joint Commission"],
    ),
    (
        "The Northern Fleet Command will host the exercise.",
        "The Fleet Command will host the exercise.",
        &["name: Northern Fleet Command -> Fleet Command"],
    ),
    (
        "They will expand the Quad in this decade.",
        "They will expand the Quad Plus in this decade.",
        &["name: Quad -> Quad Plus"],
    ),
    (
        "They support the World Trade Organization in its work.",
        "They support the Trade Organization in its work.",
        &["name: World Trade Organization -> Trade Organization"],
    ),
    (
        "They met under the Swedish Presidency of the Council of the European Union in Lulea.",
        "They met in Lulea.",
        &["name dropped: Swedish Presidency of the Council of the European Union"],
    ),
    (
        "The meeting was hosted by the Swedish Presidency of the Council.",
        "The meeting was hosted by the Presidency of the Council.",
        &["name: Swedish Presidency of the Council -> Presidency of the Council"],
    ),
    (
        "The co-chairs, Executive Vice-President Dorn and Secretary Vale, led the meeting.",
        "The co-chairs, Secretary Vale, led the meeting.",
        &["name dropped: Executive Vice-President Dorn"],
    ),
    (
        "The meeting of the Trade and Technology Council was co-chaired by Secretary of State Mori, Secretary of Commerce Vale and Executive Vice-President Dorn.",
        "The meeting of the Trade and Technology Council was co-chaired by Secretary of State Mori and Executive Vice-President Dorn.",
        &["name dropped: Secretary of Commerce Vale"],
    ),
    (
        "Japan and Korea thank Japan for its hospitality and Korea for its support.",
        "Korea thanks Japan for its hospitality and Korea for its support.",
        &["name dropped: Japan"],
    ),
    (
        "Australia, Japan and India support the centrality of ASEAN and thank Japan.",
        "Australia and India support the centrality of ASEAN and thank Japan.",
        &["name dropped: Japan"],
    ),
    (
        "They reaffirm the Joint Declaration on Denuclearization.",
        "They reaffirm the Declaration on Denuclearization.",
        &["name: Joint Declaration on Denuclearization -> Declaration on Denuclearization"],
    ),
    (
        "They support the Six-Party Talks.",
        "They support the Talks.",
        &["number dropped: Six", "name: Party Talks -> Talks"],
    ),
    (
        "They will work through the United Nations Security Council.",
        "They will work through the United Nations.",
        &["name: United Nations Security Council -> United Nations"],
    ),
    (
        "They call on the Security Council to act.",
        "They call on the Council to act.",
        &["name: Security Council -> Council"],
    ),
    (
        "They recall the Budapest Memorandum on Security Assurances.",
        "They recall the Budapest Memorandum.",
        &["name: Budapest Memorandum on Security Assurances -> Budapest Memorandum"],
    ),
    (
        "They adopted the Framework for Strategic Economic Partnership.",
        "They adopted the Framework for Economic Partnership.",
        &["name: Framework for Strategic Economic Partnership -> Framework for Economic Partnership"],
    ),
    (
        "They reaffirm the Treaty of Mutual Cooperation and Security.",
        "They reaffirm the Treaty of Mutual Cooperation.",
        &["name dropped: Treaty of Mutual Cooperation and Security"],
    ),
    (
        "They welcome the Enhanced Trilateral Security Dialogue.",
        "They welcome the Trilateral Security Dialogue.",
        &["name: Enhanced Trilateral Security Dialogue -> Trilateral Security Dialogue"],
    ),
    (
        "They launched the Critical Minerals Partnership.",
        "They launched the Minerals Partnership.",
        &["name: Critical Minerals Partnership -> Minerals Partnership"],
    ),
    (
        "President Mori and Prime Minister Vale signed it.",
        "President Mori signed it.",
        &["name dropped: Prime Minister Vale"],
    ),
    (
        "President Mori thanked Prime Minister Vale.",
        "President Mori thanked Foreign Minister Vale.",
        &["name: Prime Minister Vale -> Foreign Minister Vale"],
    ),
    (
        "Deputy Secretary Mori opened the meeting.",
        "Secretary Mori opened the meeting.",
        &["name: Deputy Secretary Mori -> Mori"],
    ),
    ("Acting President Mori opened the meeting.", "President Mori opened the meeting.", &["limit dropped: Acting"]),
    (
        "Former President Mori opened the meeting.",
        "President Mori opened the meeting.",
        &["name: Former President Mori -> Mori"],
    ),
    (
        "They thank the People's Republic of China.",
        "They thank the Republic of China.",
        &["name: People's Republic of China -> Republic of China"],
    ),
    ("They support South Korea in this.", "They support Korea in this.", &["name: South Korea -> Korea"]),
    (
        "They condemn the attacks on West Brennia.",
        "They condemn the attacks on Brennia.",
        &["name: West Brennia -> Brennia"],
    ),
    (
        "They will invest 500 million dollars in ports.",
        "They will invest [500] million dollars in ports.",
        &["money dropped: 500 million dollars"],
    ),
    (
        "The two sides strongly condemn the launches.",
        "The two sides note the launches.",
        &["weakened: strongly condemn -> note"],
    ),
    (
        "The two sides strongly condemn the launches of missiles.",
        "The ministers note the launches of missiles.",
        &["weakened: strongly condemn -> note"],
    ),
    (
        "The two sides jointly and strongly condemn the launches of missiles.",
        "The two sides take note of the launches of missiles.",
        &["weakened: strongly condemn -> take note of", "qualifier dropped: jointly"],
    ),
    (
        "The leaders unequivocally condemn the invasion of Avalon by Brennia.",
        "The leaders note the invasion of Avalon by Brennia.",
        &["weakened: unequivocally condemn -> note"],
    ),
    (
        "They fully and firmly support the territorial integrity of Avalon.",
        "They acknowledge the territorial integrity of Avalon.",
        &["qualifier dropped: fully", "weakened: firmly support -> acknowledge"],
    ),
    (
        "They strongly condemned the brutal attack on Ulmar.",
        "They expressed concern about the attack on Ulmar.",
        &["weakened: strongly condemned -> expressed concern"],
    ),
    (
        "They demand that Brennia withdraw all of its forces at once.",
        "They hope that Brennia will withdraw its forces.",
        &["weakened: demand -> hope that", "qualifier dropped: all of", "qualifier dropped: at once"],
    ),
    (
        "They thanked Deputy Secretary Mori for the meeting.",
        "They thanked Secretary Mori for the meeting.",
        &["name: Deputy Secretary Mori -> Secretary Mori"],
    ),
    (
        "They thanked Acting President Mori for the meeting.",
        "They thanked President Mori for the meeting.",
        &["name: Acting President Mori -> President Mori"],
    ),
    (
        "They thanked former President Mori for the meeting.",
        "They thanked President Mori for the meeting.",
        &["limit dropped: former"],
    ),
    (
        "They will not, under any circumstances, use force.",
        "They will, under any circumstances, use force.",
        &["negation dropped: not"],
    ),
    (
        "No State may use force in the Strait.",
        "States may use force in the Strait.",
        &["negation dropped: No", "name dropped: State"],
    ),
    (
        "Neither side will station troops there.",
        "Either side will station troops there.",
        &["negation dropped: Neither"],
    ),
    (
        "They reject any attempt to change the status quo.",
        "They reject some attempts to change the status quo.",
        &["narrowed: any -> some"],
    ),
    ("They will deploy two battalions.", "They will deploy one battalion.", &["number: two -> one"]),
    ("They will deploy up to five ships.", "They will deploy ships.", &["number dropped: five"]),
    ("All three parties will share the data.", "The parties will share the data.", &["qualifier dropped: All"]),
    (
        "They will meet before 5 May 2027.",
        "They will meet after 5 May 2027.",
        &["date: before 5 May 2027 -> after 5 May 2027"],
    ),
    ("They will meet by May 2027.", "They will meet in May 2027.", &["date: by May 2027 -> in May 2027"]),
    (
        "They will cut emissions by 43 per cent by 2030 relative to 2019.",
        "They will cut emissions by 43 per cent by 2030 relative to 2025.",
        &["date: 2019 -> 2025"],
    ),
    (
        "They will cut emissions by 43 per cent from 2019 levels.",
        "They will cut emissions to 43 per cent from 2019 levels.",
        &["per cent: by 43 per cent -> to 43 per cent"],
    ),
    (
        "They will provide $500 million in grants.",
        "They will provide $500 million in loans.",
        &["weakened: grants -> loans"],
    ),
    (
        "They will provide at least $500 million.",
        "They will provide about $500 million.",
        &["weakened: at least -> about"],
    ),
    (
        "The agreement enters into force on 1 May.",
        "The agreement may enter into force on 1 May.",
        &["weakened: enters -> may enter"],
    ),
    (
        "Avalon will withdraw its forces from Brennia.",
        "Brennia will withdraw its forces from Avalon.",
        &[
            "names change places: Avalon will withdraw its forces from Brennia -> Brennia will withdraw its forces from Avalon",
        ],
    ),
    (
        "Avalon is responsible for the incident.",
        "Avalon is not responsible for the incident.",
        &["negation added: not"],
    ),
    (
        "Avalon is responsible for the incident.",
        "Avalon is allegedly responsible for the incident.",
        &["hedge added: allegedly"],
    ),
    ("They condemn the attack by Avalon.", "They condemn the attack on Avalon.", &["name: by Avalon -> on Avalon"]),
    ("They condemn the attack by Avalon.", "They condemn the attack.", &["name dropped: Avalon"]),
    (
        "They condemn the war of aggression against Brennia.",
        "They condemn the conflict in Brennia.",
        &["weakened: war of aggression -> conflict"],
    ),
    (
        "They condemn the invasion of Brennia by Avalon.",
        "They condemn the crisis in Brennia.",
        &["weakened: invasion -> crisis", "name dropped: Avalon"],
    ),
    (
        "They condemn the illegal annexation of Lastra.",
        "They condemn the incorporation of Lastra.",
        &["reversed: illegal annexation -> incorporation"],
    ),
    (
        "They reaffirm the sovereignty and territorial integrity of Brennia.",
        "They reaffirm the territorial integrity of Brennia.",
        &["term dropped: sovereignty"],
    ),
    (
        "They reaffirm the sovereignty of Brennia within its internationally recognized borders.",
        "They reaffirm the sovereignty of Brennia.",
        &["term dropped: internationally recognized borders"],
    ),
    (
        "They call for an immediate ceasefire.",
        "They call for an immediate humanitarian pause.",
        &["weakened: ceasefire -> humanitarian pause"],
    ),
    (
        "They call for the release of all hostages.",
        "They call for the release of the hostages.",
        &["qualifier dropped: all"],
    ),
    (
        "They call for the complete withdrawal of forces.",
        "They call for the withdrawal of forces.",
        &["qualifier dropped: complete"],
    ),
    (
        "They agreed that sanctions will remain in force.",
        "They agreed that sanctions will be reviewed.",
        &["weakened: remain in force -> be reviewed"],
    ),
    (
        "They agreed that sanctions remain in force until Avalon complies.",
        "They agreed that sanctions remain in force.",
        &["name dropped: Avalon"],
    ),
    (
        "They recall that the islands belong to Brennia.",
        "They recall that the islands are claimed by Brennia.",
        &["weakened: belong to -> are claimed by"],
    ),
    ("The commitment is ironclad.", "The commitment is strong.", &["qualifier dropped: ironclad"]),
    ("They share intelligence with each other.", "They share intelligence with Avalon.", &["name added: Avalon"]),
    ("They will jointly develop the missile.", "They will develop the missile.", &["qualifier dropped: jointly"]),
    ("They will take all necessary measures.", "They will take measures.", &["qualifier dropped: all"]),
    ("They will take all necessary measures.", "They will take appropriate measures.", &["qualifier dropped: all"]),
    ("The islands, including Selm, are part of Brennia.", "The islands are part of Brennia.", &["name dropped: Selm"]),
    (
        "The treaty covers the islands of Selm and Ost.",
        "The treaty covers the islands of Selm.",
        &["name dropped: Selm and Ost"],
    ),
    (
        "They do not recognize the results of the vote.",
        "They note the results of the vote.",
        &["weakened: not recognize -> note"],
    ),
    (
        "They do not recognize the results of the vote.",
        "They do not comment on the results of the vote.",
        &["other verb: not recognize -> comment on"],
    ),
    (
        "They will never use nuclear weapons first.",
        "They will not use nuclear weapons first.",
        &["negation: never -> not"],
    ),
    (
        "They have decided to suspend the talks.",
        "They are considering to suspend the talks.",
        &["weakened: decided to -> considering"],
    ),
    (
        "The two sides see no alternative to the two-state solution.",
        "The two sides see alternatives to the two-state solution.",
        &["negation dropped: no"],
    ),
    ("Aid is conditional on reform.", "Aid is linked to reform.", &["hedge dropped: conditional on"]),
    (
        "They recognize the right of Avalon to vote.",
        "They do not recognize the right of Avalon to vote.",
        &["negation added: not"],
    ),
    ("They agree to resume the talks.", "They do not agree to resume the talks.", &["negation added: not"]),
    (
        "Talks end no later than 31 December 2027.",
        "Talks end no earlier than 31 December 2027.",
        &["date: later than 31 December 2027 -> earlier than 31 December 2027"],
    ),
    ("Talks end no later than 1 May 2027.", "Talks end by 1 May 2027.", &[]),
    (
        "They stand with Avalon, and condemn the war of Brennia against Avalon.",
        "They stand with Avalon, and condemn the war of Brennia.",
        &["name dropped: Avalon"],
    ),
    ("They will send two ships to the port.", "They will send ships to the port.", &["number dropped: two"]),
    ("The two leaders met in the port.", "The leaders met in the port.", &[]),
    (
        "They agreed on a moratorium of five years.",
        "They agreed on a moratorium of five months.",
        &["number: five years -> five months"],
    ),
    (
        "The measures are consistent with the pact.",
        "The measures are inconsistent with the pact.",
        &["reversed: consistent with -> inconsistent with"],
    ),
    (
        "The two sides strongly condemn the launches.",
        "They note the launches.",
        &["weakened: strongly condemn -> note"],
    ),
    (
        "They will not use force and will use sanctions.",
        "They will use force and will not use sanctions.",
        &["negation dropped: not", "negation added: not"],
    ),
    ("They do not fully support it.", "They do not support it fully.", &[]),
    ("They will train at least 500 pilots.", "They will train no fewer than 500 pilots.", &[]),
    ("All prisoners will be released.", "All prisoners will be released, except officers.", &["hedge added: except"]),
    (
        "The ceasefire will be extended.",
        "The ceasefire will be extended if both sides agree.",
        &["hedge added: if both sides"],
    ),
    ("They will support the fund.", "They will cease to support the fund.", &["negation added: cease to"]),
    ("The passage was illegal.", "The passage was legal.", &["reversed: illegal -> legal"]),
    ("The treaty prohibits flights.", "The treaty permits flights.", &["reversed: prohibits -> permits"]),
    (
        "Decisions are taken by consensus.",
        "Decisions are taken by majority.",
        &["weakened: by consensus -> by majority"],
    ),
];

#[test]
fn names_and_small_words_that_change_are_told() {
    for (old, new, expected) in TELLING {
        let met = "The ministers met in the spring.\n\n";
        let found = changes(&format!("{met}{old}"), &format!("{met}{new}"));
        let remarks: Vec<_> = found.iter().flat_map(|change| &change.remarks).map(ToString::to_string).collect();
        assert_eq!(remarks, *expected, "{old} => {new}");
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
            &[
                "weakened: strongly condemn -> express concern",
                "weakened: war of aggression -> war",
                "name dropped: Russia",
            ],
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
