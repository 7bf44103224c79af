//! `comity compare --series`: what recurs in texts of several years.

use std::path::PathBuf;

use crate::common::{Comity, comity, folder, root};
use comity::compare::{NameStep, Series, Step, follow};
use comity::{Draft, Format};
use snapbox::Data;
use snapbox::assert_data_eq;

fn comparing() -> Comity {
    comity().args(["compare", "--no-config"])
}

fn series(texts: &[&str]) -> Series {
    let draft = |(at, text): (usize, &&str)| Draft::new(Format::Text, *text).named(&format!("{}.txt", 2020 + at));
    follow(&texts.iter().enumerate().map(draft).collect::<Vec<_>>())
}

#[test]
fn a_thread_is_followed_from_text_to_text() {
    let toll = "They welcome the joint commission on river tolls in Ulmar.";
    let other = "The coast guards hold an exercise named Steady Lantern.";
    let cases: &[(&[&str], &[&str])] = &[
        (&[toll, toll], &["first text", "same"]),
        (&[toll, "They note the joint commission on river tolls in Ulmar."], &["first text", "weakened"]),
        (
            &[toll, "They strongly welcome the joint commission on river tolls in Ulmar."],
            &["first text", "strengthened"],
        ),
        (&[toll, "They condemn the joint commission on river tolls in Ulmar."], &["first text", "turned"]),
        (&[toll, "They do not welcome the joint commission on river tolls in Ulmar."], &["first text", "turned"]),
        (&[toll, "They welcome the joint commission on river tolls and pilots in Ulmar."], &["first text", "changed"]),
        // What it gained besides does not hide that it was turned.
        (
            &[
                toll,
                "They do not welcome the joint commission on river tolls in Ulmar, which has cost more than all that it has brought.",
            ],
            &["first text", "turned"],
        ),
        (&[toll, toll, other], &["first text", "same", "dropped"]),
        (&[toll, toll, other, other], &["first text", "same", "dropped", ""]),
        (&[toll, other, toll], &["first text", "dropped", "back"]),
        (
            &[toll, other, "They note the joint commission on river tolls in Ulmar."],
            &["first text", "dropped", "back, weakened"],
        ),
        (&[other, toll, toll], &["", "new", "same"]),
        (&[toll, "THEY  welcome the\njoint commission on river tolls in Ulmar."], &["first text", "same"]),
        (
            &[
                "They met on 3 May 2027 over river tolls and timber.",
                "They met on May 3, 2027 over river tolls and timber.",
            ],
            &["first text", "same"],
        ),
        // What was cut to its core is still the same thread.
        (
            &[
                "They strongly condemn the unlawful and brutal seizure of fishing vessels in the Strait of Oril by its neighbour.",
                "They note the seizure of fishing vessels in the Strait of Oril.",
            ],
            &["first text", "weakened"],
        ),
    ];
    for (texts, expected) in cases {
        let found = series(texts);
        let told: Vec<Vec<String>> =
            found.threads.iter().map(|thread| thread.cells.iter().map(|cell| cell.told()).collect()).collect();
        assert!(told.iter().any(|cells| cells == expected), "{texts:?}: {told:?}");
    }
}

#[test]
fn a_sentence_that_was_split_is_one_thread() {
    let whole = "They met in Ulmar. The two sides will share radar data on dangerous cargo and train two hundred pilots in Lastra each spring.";
    let parts = "They met in Ulmar. The two sides will share radar data on dangerous cargo. They will train two hundred pilots in Lastra each \
                 spring.";
    let found = series(&[whole, parts]);
    let split: Vec<&str> =
        found.threads.iter().filter(|thread| thread.last().contains("cargo")).map(|thread| thread.last()).collect();
    assert_eq!(split, [&parts["They met in Ulmar. ".len()..]], "{:?}", found.threads);
    assert_eq!(found.once, [0, 0]);
    assert!(found.threads.iter().all(|thread| !thread.gravest().is_weaker()), "{:?}", found.threads);
}

#[test]
fn a_sentence_that_was_merged_is_told_where_it_went() {
    let met = "Timber grows. ";
    let apart = "The two sides will share radar data on dangerous cargo. They will train two hundred pilots in Lastra each spring.";
    let one =
        "The two sides will share radar data on dangerous cargo and train two hundred pilots in Lastra each spring.";
    let weaker = "The two sides will share radar data on dangerous cargo and may train two hundred pilots in Lastra each spring.";
    let elsewhere =
        "They strongly condemn piracy in the Gulf of Oril.\n\nThey will send patrol vessels to the coastal villages.";
    let lost = "They note piracy in the Gulf of Oril and will send patrol vessels to the coastal villages.";
    let cases: &[(&[&str], [&[&str]; 2])] = &[
        // What stood in another paragraph tells for itself what it lost.
        (&[elsewhere, lost], [&["first text", "weakened"], &["first text", "changed"]]),
        (&[apart, one], [&["first text", "changed"], &["first text", "merged"]]),
        (&[apart, weaker], [&["first text", "weakened"], &["first text", "merged"]]),
        // It stays a part of it, is split off again, or goes with it.
        (&[apart, one, one], [&["first text", "changed", "same"], &["first text", "merged", "merged"]]),
        (&[apart, one, apart], [&["first text", "changed", "changed"], &["first text", "merged", "same"]]),
        (&[apart, one, ""], [&["first text", "changed", "dropped"], &["first text", "merged", "dropped"]]),
    ];
    for (texts, expected) in cases {
        let texts: Vec<String> = texts.iter().map(|text| format!("{met}{text}")).collect();
        let found = series(&texts.iter().map(String::as_str).collect::<Vec<_>>());
        let told: Vec<Vec<String>> =
            found.threads.iter().map(|thread| thread.cells.iter().map(|cell| cell.told()).collect()).collect();
        for cells in expected {
            assert!(told.iter().any(|told| told == cells), "{texts:?}: {told:?}");
        }
    }
}

#[test]
fn a_formula_that_opens_two_sentences_makes_them_one_thread() {
    let texts = [
        "Timber grows. We reaffirm our commitment to the complete demining of Northern Brennia in accordance with the Charter of the \
         Commission, and confirm that the fishermen of Selm must be home by winter.",
        "It rains. We reaffirm our commitment to the complete demining of the Oril Peninsula and call on all coasts to pay what they pledged.",
    ];
    let found = series(&texts);
    assert_eq!(found.threads.len(), 1, "{:?}", found.threads);
    // Words that open many sentences are no formula.
    let texts = [
        "Timber grows. We look forward to continuing our work on lighthouses in Selm.",
        "It rains. We look forward to continuing our work on the price of salt.",
    ];
    let often = "We look forward to it. Looking ahead we look forward to continuing. ".repeat(5);
    let found = series(&texts.map(|text| format!("{text} {often}")).each_ref().map(String::as_str));
    assert!(found.threads.iter().all(|thread| !thread.last().contains("salt")), "{:?}", found.threads);
}

#[test]
fn formulas_are_found_in_whatever_sentence_they_stand() {
    let found = series(&[
        "They thank the host. Ministers of Avalon and Brennia aim at the complete and verifiable removal of mines by way of a joint \
         company of divers in Lastra.",
        "Timber grows. Without a complete and verifiable removal of mines vessels from Corvo cannot call at the quays of Selm in winter.",
        "Fishermen asked for a new lighthouse. Insurance of tankers hangs on a complete and verifiable removal of mines, said experts \
         from Dorn.",
        "Nothing of it is in here.",
    ]);
    let told: Vec<(&str, &[usize])> =
        found.formulas.iter().map(|formula| (formula.name.as_str(), formula.counts.as_slice())).collect();
    assert_eq!(told, [("complete and verifiable removal of mines", &[1, 1, 1, 0][..])]);
    // What a thread has told is not told once more.
    let same = "They aim at the complete and verifiable removal of mines by spring.";
    assert_eq!(series(&[same, same]).formulas, []);
}

#[test]
fn hostile_series_come_to_an_end() {
    let many = |text: fn(usize) -> String| (0..4000).map(text).collect::<String>() + "and that is all.";
    let texts = [
        many(|_| "They will share radar data on dangerous cargo. ".into()),
        many(|at| format!("They will share radar data on dangerous cargo {at}. ")),
        many(|at| format!("word{at} ")),
        many(|_| "share radar data cargo ".into()),
    ];
    for text in &texts {
        let found = series(&[text, text, text]);
        assert!(!found.threads.is_empty());
    }
}

#[test]
fn frequent_words_make_no_thread() {
    let cases: &[[&str; 2]] = &[
        [
            "They welcome the progress made in the work of the panel on fisheries. They met. It rained.",
            "They welcome the progress made in the work of the panel on railways. They met again. It was dry.",
        ],
        ["# Conclusions\n\nThey met.", "# Conclusions\n\nIt rained."],
        ["The two sides will continue to work together.", "The two sides will begin to talk elsewhere."],
    ];
    // What most sentences of a statement are made of.
    let subjects = ["The two sides", "The panel", "The group", "Both delegations", "The experts"];
    let filler = subjects.map(|subject| {
        format!(
            "{subject} will continue the work of the panel. {subject} welcome progress made in the work of the group. \
             {subject} made progress in the work. {subject} will work together on this."
        )
    });
    let filler = filler.join(" ");
    for [one, other] in cases {
        let draft = |text: &str| Draft::new(Format::Markdown, format!("{text}\n"));
        let (old, new) = (format!("{one}\n\n{filler}"), format!("{other}\n\n{filler}"));
        let found = follow(&[draft(&old), draft(&new)]);
        let moved: Vec<&str> =
            found.threads.iter().filter(|thread| thread.gravest() != Step::Same).map(|thread| thread.last()).collect();
        assert!(moved.is_empty(), "{one} | {other}: {moved:?}");
    }
}

#[test]
fn what_says_less_stands_first() {
    let one = "They welcome the joint commission on river tolls. They will share radar data on cargo. Pilots train in Lastra each spring. \
               Timber of Selm is certified by both.";
    let two = "They welcome the joint commission on river tolls. They shall share radar data on cargo. Pilots train in Lastra each spring. \
               Timber of Selm is certified by both.";
    let three = "They note the joint commission on river tolls. They shall share radar data on cargo. Timber of Selm is certified by both.";
    let found = series(&[one, two, three]);
    let steps: Vec<Step> = found.threads.iter().map(|thread| thread.gravest()).collect();
    assert_eq!(steps, [Step::Weakened, Step::Dropped, Step::Strengthened, Step::Same]);
    assert_eq!(found.summary(), "4 sentences recur in 3 texts; in the last: 1 weakened, 1 dropped, 2 same");
    assert_eq!(found.once, [0, 0, 0]);
}

#[test]
fn those_who_are_named_come_go_and_come_back() {
    let found = series(&[
        "They thank Japan and the United Nations. They recall the UN Charter.",
        "They thank the U.N. and Kenya. They recall the Charter of the United Nations.",
        "They thank Japan and Kenya in Nairobi.",
    ]);
    let named = |text: usize, step: NameStep| -> Vec<&str> {
        let taking = found.names.iter().filter(|name| name.step(text) == Some(step));
        taking.map(|name| name.name.as_str()).collect()
    };
    assert_eq!(named(0, NameStep::CameIn), [""; 0]);
    assert_eq!(named(1, NameStep::CameIn).first(), Some(&"Kenya"));
    assert!(named(1, NameStep::Went).contains(&"Japan"));
    assert_eq!(named(2, NameStep::CameBack), ["Japan"]);
    assert!(named(2, NameStep::Went).contains(&"U.N."), "{:?}", found.names);
}

#[test]
fn a_series_is_told_in_every_format() {
    let place = |name: &str| PathBuf::from("fixtures/compare/series").join(name);
    for format in ["human", "json", "html"] {
        let output = comparing()
            .args(["--format", format, "--series"])
            .arg(place("2024.md"))
            .arg(place("2025.md"))
            .arg(place("2026.md"))
            .run();
        assert_eq!((output.code, output.stderr.as_str()), (0, ""));
        let golden = root().join(place("series").with_extension(format));
        assert_data_eq!(output.stdout, Data::read_from(&golden, None).raw());
    }
}

#[test]
fn a_page_is_well_formed_and_loads_nothing_whatever_the_texts_hold() {
    let hostile = "They welcome </td><script>alert(1)</script> & the \u{202e}joint commission on \u{1b}[31mriver tolls ]]> in \"Ulmar\".";
    let found = series(&[hostile, &hostile.replace("welcome", "note")]);
    let page = found.to_html();
    assert!(!page.contains("<script") && !page.contains('\u{1b}') && !page.contains('\u{202e}'), "{page}");
    assert!(page.contains("&lt;script&gt;") && page.contains("weakened: welcome -&gt; note"), "{page}");
    let mut reader = quick_xml::Reader::from_str(&page);
    loop {
        match reader.read_event() {
            Ok(quick_xml::events::Event::Eof) => break,
            Ok(_) => {}
            Err(error) => panic!("{error}: {page}"),
        }
    }
}

#[test]
fn a_narrow_terminal_has_one_thread_below_another() {
    let found = series(&["They will share radar data on cargo.", "They may share radar data on cargo."]);
    for width in [60, 80, 100, 160] {
        let mut out = termcolor::NoColor::new(Vec::new());
        found.write(&mut out, width).unwrap();
        let text = String::from_utf8(out.into_inner()).unwrap();
        assert!(text.lines().all(|line| line.chars().count() <= width), "{width}: {text}");
        assert!(text.contains("weakened: will -> may"), "{width}: {text}");
    }
    let many: Vec<&str> = vec!["They will share radar data on cargo."; 12];
    let mut out = termcolor::NoColor::new(Vec::new());
    series(&many).write(&mut out, 100).unwrap();
    let text = String::from_utf8(out.into_inner()).unwrap();
    assert!(text.contains("\nThey will share radar data on cargo.\n  2020: first text\n  2021: same\n"), "{text}");
}

#[test]
fn the_code_tells_what_became_of_the_last_text() {
    let files = folder([
        ("will.md", "They met. They will share radar data on cargo.\n"),
        ("may.md", "They met. They may share radar data on cargo.\n"),
        ("none.md", "They met.\n"),
    ]);
    let code = |args: &[&str]| comparing().arg("--series").args(args.iter().copied()).in_dir(&files).run().code;
    assert_eq!(code(&["will.md", "may.md"]), 0);
    assert_eq!(code(&["will.md", "may.md", "--fail-on", "weaker"]), 1);
    assert_eq!(code(&["may.md", "will.md", "--fail-on", "weaker"]), 0);
    assert_eq!(code(&["may.md", "will.md", "--fail-on", "change"]), 1);
    assert_eq!(code(&["will.md", "will.md", "none.md", "--fail-on", "weaker"]), 1);
    assert_eq!(code(&["will.md", "will.md", "--fail-on", "change"]), 0);
    let said = |args: &[&str]| {
        let output = comparing().args(args.iter().copied()).in_dir(&files).run();
        assert_eq!((output.code, output.stdout.as_str()), (2, ""), "{args:?}");
        output.stderr
    };
    assert!(said(&["--series", "will.md"]).starts_with("error: --series takes at least two texts"));
    assert!(said(&["--series", "will.md", "gone.md"]).starts_with("error: gone.md: no such file"));
    assert!(said(&["--series", "-", "will.md", "-"]).starts_with("error: only one of the drafts"));
    assert!(said(&["--series", "will.md", "may.md", "--revisions", "both"]).starts_with("error: --revisions both"));
}
