use super::*;
use crate::span::{Plain, Span};
use crate::text::BlockKind;

fn paragraph(text: &str) -> Block {
    Block::of_text(BlockKind::Paragraph, text).unwrap()
}

/// The names of a text as they are typed, with what each is.
fn shown(block: &Block) -> Vec<String> {
    let show = |name: &Name| {
        let what = match name.referent {
            Referent::State(country) => format!("{country:?}"),
            Referent::Adjective(country) => format!("of {country:?}"),
            Referent::Seat(country) => format!("in {country:?}"),
            Referent::Body(body) => format!("{body:?}"),
            other => format!("{other:?}"),
        };
        let short = name.short.map(|short| format!(" ({})", &block.text()[short.range()])).unwrap_or_default();
        format!("{}{short} {what}", &block.text()[name.span.range()])
    };
    find(block).iter().map(show).collect()
}

#[test]
fn names_of_the_gazetteer_are_found_longest_first() {
    let cases: &[(&str, &[&str])] = &[
        ("They urged North Korea to return.", &["North Korea KP"]),
        ("The Republic of Korea (ROK) and Japan met.", &["Republic of Korea (ROK) KR", "Japan JP"]),
        (
            "the Democratic People\u{2019}s Republic of Korea\u{2019}s (DPRK) tests",
            &["Democratic People\u{2019}s Republic of Korea (DPRK) KP"],
        ),
        (
            "the Republic of Korea (hereinafter referred to as \u{201c}the ROK\u{201d}) says",
            &["Republic of Korea (ROK) KR"],
        ),
        ("the U.S.-ROK alliance, the U.S.\u{2019}s forces and the US", &["U.S. US", "ROK KR", "U.S. US", "US US"]),
        ("THEY ASKED US AND THE US AND THE ROK", &["US US", "ROK KR"]),
        ("they paid US$ 5 million", &[]),
        ("join us, who turkey, china plates, chad and jordan", &[]),
        ("peace in the South China Sea and the Taiwan Strait", &["South China Sea Place", "Taiwan Strait Place"]),
        ("the Korean peninsula and Korean firms", &["Korean peninsula Place", "Korean of KR"]),
        ("with Papua New Guinea, Guinea-Bissau and Guinea", &["Papua New Guinea PG", "Guinea-Bissau GW", "Guinea GN"]),
        ("the U.S.S.R. and the U.S.A. and the F.U.S.", &["U.S.S.R. Place", "U.S.A. US"]),
        ("firms in New Mexico and in the Gulf of Mexico", &["New Mexico Place", "Gulf of Mexico Place"]),
        ("leaders of the G7 and the G-20 in The Hague", &["G7 g7", "G-20 g20", "The Hague in NL"]),
        ("under the Charter of the United Nations, the UN", &["Charter of the United Nations Instrument", "UN un"]),
        (
            "the People's Republic of China and the Republic of China",
            &["People's Republic of China CN", "Republic of China TW"],
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(shown(&paragraph(text)), *expected, "{text}");
    }
}

/// The name that the marked words lie inside, if they do.
#[test]
fn a_longer_name_encloses_what_is_inside_it() {
    // What is asked about stands between bars.
    let cases: &[(&str, Option<&str>)] = &[
        // Names inside names of the gazetteer.
        ("They urged North |Korea| to return.", Some("North Korea")),
        ("the Democratic People's |Republic of Korea| said", Some("Democratic People's Republic of Korea")),
        ("the Democratic People's Republic of Korea's (|DPRK|) tests", Some("Democratic People's Republic of Korea")),
        ("the Republic of Korea (|ROK|) said", Some("Republic of Korea")),
        ("the |Republic of Korea| (ROK) said", None),
        ("the |Republic of Korea (ROK)| said", None),
        ("peace in the South |China| Sea", Some("South China Sea")),
        ("the |United States| of America", Some("United States of America")),
        ("|Japan| met them", None),
        ("the |United States|' allies and |Japan|'s", None),
        // Words in capitals side by side.
        ("students of IIT |Bombay| met", Some("IIT Bombay")),
        ("IIT |Bombay| hosted them", Some("IIT Bombay")),
        ("shares on the |Bombay| Stock Exchange fell", Some("Bombay Stock Exchange")),
        ("|Bombay| Stock Exchange shares fell", Some("Bombay Stock Exchange")),
        ("They met in |Bombay| and left.", None),
        ("Yesterday |Bombay| was closed.", None),
        ("They thanked Mr. |Holland| for it.", Some("Mr. Holland")),
        ("Mr |Holland| spoke.", Some("Mr Holland")),
        ("Ms. |Jordan| and Dr. Chad spoke.", Some("Ms. Jordan")),
        ("They met Richard |Holland| in Lyon.", Some("Richard Holland")),
        ("They met Joseph R. |Holland| in Lyon.", Some("Joseph R. Holland")),
        ("They met Joseph A. |Holland| in Lyon.", Some("Joseph A. Holland")),
        ("Senator |Holland| spoke.", Some("Senator Holland")),
        ("They left |Holland| for Lyon.", None),
        // Titles and offices make no other name.
        ("The |Macedonia| Prime Minister spoke.", None),
        ("then |Macedonia| Foreign Minister Dimitrov spoke", None),
        ("the |Czech Republic| President spoke", None),
        ("the President of |Macedonia| spoke", None),
        ("the Government of |Burma| and the |Burma| Army", None),
        ("the |Burma| Armed Forces and the Embassy of |Burma|", None),
        ("President of the Republic of |Macedonia|", Some("Republic of Macedonia")),
        ("when Foreign Minister Israel |Katz| spoke", Some("Israel Katz")),
        ("United States President Joseph |Biden| spoke", Some("Joseph Biden")),
        ("they told Prime Minister |Holland| so", None),
        ("the Ambassador to |Mexico| John Smith spoke", None),
        ("the President of the |Republic of Macedonia| Stevo Smith spoke", None),
        ("the Ambassador to Mexico John |Smith| spoke", Some("John Smith")),
        ("they saw Northern |Burma| and |Burma| LNG", None),
        ("they saw the |Burma| Department of Health", None),
        ("they heard BBC |Burma| say so", Some("BBC Burma")),
        // Names side by side are names.
        ("the China-|Japan|-Republic of Korea summit", None),
        ("between |Burma| and Thailand, in |Burma| on Monday", None),
        ("On Monday |Burma| said so.", None),
        ("In May |Burma| said so.", None),
        ("They met. |Burma| Today", None),
    ];
    for (marked, expected) in cases {
        let text = marked.replace('|', "");
        let block = paragraph(&text);
        let names = find(&block);
        let bars: Vec<usize> = marked.match_indices('|').enumerate().map(|(seen, (at, _))| at - seen).collect();
        for pair in bars.chunks(2) {
            let found = encloses(&names, Span::new(pair[0], pair[1])).map(|name| &text[name.span.range()]);
            assert_eq!(found, *expected, "{marked}: {:?}", shown(&block));
        }
    }
}

/// Names that a style rule leaves alone, whatever small words they have.
#[test]
fn runs_of_capitals_are_names_in_the_middle_of_a_sentence() {
    // The name stands between bars; a text without bars has none.
    let cases = [
        "under the |Treaty of Amity, Commerce and Navigation| of old",
        "under the |Pact of Mutual Aid and Comfort| of old",
        "the |Mutual Cooperation Working Group| met",
        "the |Mutual Cooperation Working Group (MCWG)| met",
        "The |Mutual Cooperation Working Group| met",
        "Recalling the |Pact of Mutual Aid|, they met",
        "Welcoming the |Joint Training Centre| in Lyon",
        "the |Working Group on Trade and Peace| met",
        "|Pact of Mutual Aid| in hand, they met",
        "the |Ministry of Foreign Trade| said",
        "They met. |Regional Mutual Aid Forum| members came.",
        "the |Bay of Pigs Veterans Circle| met",
        "(a) the |Joint Oversight Board| meets",
        "he read the |Journal of Mutual Aid| there",
        "Mutual cooperation is good.",
        "Mutual Cooperation is good.",
        "(a) Mutual Cooperation is good.",
        "They agreed: Mutual Cooperation is good.",
        "They said \u{201c}Mutual Cooperation is good\u{201d}.",
        "THE MUTUAL COOPERATION WORKING GROUP MET",
        "They met on Monday, Thursday and Sunday in May and June.",
        "Both Leaders met.",
        "Utilize |Joint Working Group| meetings and more",
        "Fully utilize the |Joint Working Group|",
        "Lesotho And Swaziland Share The Mutual River Basin",
        "Debt Relief For Third World Countries Was Agreed",
    ];
    for marked in cases {
        let text = marked.replace('|', "");
        let block = paragraph(&text);
        let names = find(&block);
        let runs: Vec<&str> =
            names.iter().filter(|name| !name.referent.is_known()).map(|name| &text[name.whole().range()]).collect();
        let expected: Vec<&str> = marked.split('|').skip(1).step_by(2).collect();
        let longest: Vec<&str> = runs
            .iter()
            .filter(|run| !runs.iter().any(|other| other.len() > run.len() && other.contains(**run)))
            .copied()
            .collect();
        assert_eq!(longest, expected, "{marked}: {:?}", shown(&block));
    }
}

#[test]
fn capitals_tell_nothing_in_a_heading_that_has_them_all() {
    let cases: &[(&str, &[&str])] = &[
        ("Strengthening Mutual Cooperation and Regional Peace", &[]),
        ("Mutual Cooperation with the Republic of Korea", &["Republic of Korea KR"]),
        ("Meeting with Mr. Holland", &["Mr. Holland Compound", "Holland NL"]),
        ("How they welcomed the Mutual Aid Forum to their country", &["Mutual Aid Forum Compound"]),
    ];
    for (text, expected) in cases {
        let block = Block::of_text(BlockKind::Heading, text).unwrap();
        assert_eq!(shown(&block), *expected, "{text}");
    }
}

/// Every name of the gazetteer, as it may stand in a text.
#[test]
fn every_name_of_the_gazetteer_is_found_however_it_is_typed() {
    for entry in gazetteer::entries() {
        let written = entry.written;
        let divided = written.replacen(' ', "\n", 1);
        let curly = written.replace('\'', "\u{2019}");
        let spaced = written.replace(' ', "\u{a0}");
        let variants = [written.to_owned(), written.to_uppercase(), divided, curly, spaced];
        for typed in variants {
            let block = paragraph(&format!("They met {typed} today."));
            let start = "They met ".len();
            let plain = block.text().len() - " today.".len();
            let found = find(&block);
            let name = found.iter().find(|name| name.referent.is_known());
            assert_eq!(name.map(|name| name.span), Some(Span::new(start, plain)), "{typed}: {:?}", shown(&block));
        }
        let lower = written.to_lowercase();
        if lower != written {
            let block = paragraph(&format!("They met {lower} today."));
            let whole = Span::new("They met ".len(), "They met ".len() + lower.len());
            assert!(find(&block).iter().all(|name| name.span != whole), "{lower}");
        }
    }
}

#[test]
fn a_name_divided_at_the_end_of_a_line_is_found() {
    let block = paragraph("They urged North Ko-\nrea and the Demo-\ncratic People's Republic of Korea.");
    assert_eq!(shown(&block), ["North Ko- rea KP", "Demo- cratic People's Republic of Korea KP"]);
}

#[test]
fn actors_go_by_codes_and_by_names() {
    let cases = [
        ("KR", Some("Republic of Korea")),
        ("kor", Some("Republic of Korea")),
        ("south korea", Some("Republic of Korea")),
        ("the Republic of Korea", Some("Republic of Korea")),
        ("R.O.K.", Some("Republic of Korea")),
        ("dprk", Some("Democratic People's Republic of Korea")),
        ("us", Some("United States")),
        ("The United States", Some("United States")),
        ("uk", Some("United Kingdom")),
        ("turkey", Some("T\u{fc}rkiye")),
        ("TURKIYE", Some("T\u{fc}rkiye")),
        ("Swaziland", Some("Eswatini")),
        ("C\u{f4}te d\u{2019}Ivoire", Some("C\u{f4}te d'Ivoire")),
        ("eu", Some("European Union")),
        ("the Taliban", Some("Taliban")),
        ("Polisario Front", Some("Polisario Front")),
        ("Beijing", None),
        ("Korean", None),
        ("South China Sea", None),
        ("", None),
    ];
    for (text, expected) in cases {
        assert_eq!(Actor::named(text).map(|actor| actor.to_string()).as_deref(), expected, "{text}");
    }
    let wrong = "South Corea".parse::<Actor>().unwrap_err();
    assert_eq!((wrong.text.as_str(), wrong.nearest), ("South Corea", Some("South Korea")));
}

#[test]
fn every_actor_and_role_is_read_as_it_is_shown() {
    for country in Country::all() {
        let actor = Actor::State(country);
        for text in [country.code(), country.alpha3(), country.name(), &country.name().to_uppercase()] {
            assert_eq!(Actor::named(text), Some(actor), "{text}");
        }
        assert_eq!(country.to_string().parse(), Ok(Objector::Actor(actor)));
    }
    for body in Body::all() {
        let actor = Actor::Body(body);
        assert_eq!(body.name().parse(), Ok(actor));
        assert_eq!(body.code().parse(), Ok(actor));
    }
    for (name, role) in Role::NAMES {
        assert_eq!(name.parse(), Ok(Objector::Role(*role)));
        assert_eq!(role.to_string(), *name);
    }
    assert_eq!("Whoever is named".parse(), Ok(Objector::Role(Role::WhoeverIsNamed)));
    assert_eq!("whoever is name".parse::<Objector>().unwrap_err().nearest, Some("whoever is named"));
}

#[test]
fn a_body_tells_its_members_and_a_state_its_former_names() {
    let members = |name: &str| -> Vec<&str> {
        Actor::named(name).unwrap().states().iter().map(|country| country.code()).collect()
    };
    assert_eq!(members("G7"), ["CA", "FR", "DE", "IT", "JP", "GB", "US"]);
    assert_eq!((members("EU").len(), members("ASEAN").len(), members("NATO").len()), (27, 11, 32));
    assert_eq!(members("KR"), ["KR"]);
    let eswatini = Country::from_code("SZ").unwrap();
    assert_eq!(eswatini.former_until("Swaziland"), Some("2018-04-19"));
    assert_eq!(eswatini.former_until("Eswatini"), None);
}

/// The longer name that `span` lies strictly inside: one of the gazetteer, or words in capitals side by side.
fn encloses(names: &[Name], span: Span<Plain>) -> Option<&Name> {
    let whole = |name: &Name| Span::new(name.span.start(), name.end);
    let holds = |name: &Name| whole(name).contains(span) && span != name.span && span != whole(name);
    names.iter().find(|name| name.referent != Referent::Run && holds(name))
}
