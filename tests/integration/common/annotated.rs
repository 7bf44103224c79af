//! What the tests of annotated copies share, whatever the format.

use proptest::prelude::*;

/// The text of XML, without its tags.
pub(crate) fn text(xml: &str) -> String {
    let mut text = String::new();
    let mut rest = xml;
    while let Some(at) = rest.find('<') {
        text += &rest[..at];
        rest = rest[at..].split_once('>').map_or("", |(_, behind)| behind);
    }
    (text + rest).replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

/// Paragraphs of texts, some of which hold what the packs find, or parts of it. Each is dressed in XML that has `@` in its place.
pub(crate) fn paragraphs(dressed: impl Strategy<Value = &'static str>) -> impl Strategy<Value = Vec<String>> {
    let text = prop_oneof![
        3 => "[a-d한]{1,4} ?".prop_map(|text| text),
        2 => Just("China containment".to_owned()),
        1 => Just(" China ".to_owned()),
        1 => Just("containment of China ".to_owned()),
        1 => Just("bloc ".to_owned()),
        1 => Just("politics and burden-sharing".to_owned()),
    ];
    let paragraph = prop::collection::vec((dressed, text), 1..6).prop_map(|texts| {
        let dress = |(dress, text): &(&'static str, String)| dress.replacen('@', text, 1);
        texts.iter().map(dress).collect::<String>()
    });
    prop::collection::vec(paragraph, 1..4)
}
