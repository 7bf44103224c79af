//! `toy`: a kind that only tests have, to show what it takes to add one: this file, a `mod` and a line of [`super::KINDS`].

use super::{Context, Kind, KindEntry, Report};
use crate::declare::{choices, keys};
use crate::rule::phrase::Shared;
use crate::yaml::Fields;

pub(super) const ENTRY: KindEntry = KindEntry {
    name: "toy",
    about: "reports blocks that are too loud",
    message: |_| "\"{match}\" is loud",
    fills: &["expected", "suggestion"],
    keys: KEYS,
    read,
};

keys! {
    /// The loudness that is too loud.
    loud: Loud,
}

choices! {
    /// The loudness of a block.
    enum Loud {
        /// It has an exclamation mark.
        Cried = "cried",
        /// It is in capitals.
        Shouted = "shouted",
    }
}

#[derive(Debug)]
struct ToyKind(Loud);

fn read(fields: &Fields<'_>, _shared: &Shared) -> Option<Box<dyn Kind>> {
    let loud =
        fields.require("loud", "say how loud is too loud: `loud: cried`")?.text()?.choose("loudness", Loud::NAMES)?;
    Some(Box::new(ToyKind(loud)))
}

impl Kind for ToyKind {
    fn check(&self, context: &Context<'_>) -> Vec<Report> {
        let is_loud = |text: &str| match self.0 {
            Loud::Cried => text.contains('!'),
            Loud::Shouted => !text.contains(char::is_lowercase),
        };
        let loud = context.blocks.iter().filter(|&&block| is_loud(context.block(block).text()));
        loud.map(|&block| Report::at(context.whole(block))).collect()
    }

    fn looks_for(&self) -> Vec<String> {
        vec![self.0.name().to_owned()]
    }

    fn suggestions(&self) -> Vec<&str> {
        Vec::new()
    }
}

#[cfg(test)]
mod tests {
    use crate::draft::{Draft, Format};
    use crate::lint::RuleSet;
    use crate::rule::Pack;

    fn pack(keys: &str) -> Result<Pack, String> {
        let text = format!("schema: 1\npack: t\nrules:\n  - {{id: r, kind: toy, why: W., source: house, {keys}}}\n");
        Pack::parse("t.yml", &text).map_err(|problems| problems.to_string())
    }

    #[test]
    fn one_file_and_one_line_make_a_kind() {
        let examples = "examples: {flag: [\"Peace!\"], pass: [Peace.]}";
        let rules = RuleSet::new(pack(&format!("loud: cried, {examples}")).unwrap().rules().iter().cloned()).unwrap();
        let found = rules.check(&Draft::new(Format::Markdown, "Peace.\n\nWAR\n\nPeace!\n"));
        assert_eq!(found.iter().map(|found| found.message.as_str()).collect::<Vec<_>>(), ["\"Peace!\" is loud"]);
        let problems = pack(&format!("laud: cried, {examples}")).unwrap_err();
        assert!(problems.contains("unknown key `laud`") && problems.contains("did you mean `loud`?"), "{problems}");
        let problems = pack(&format!("loud: cryed, {examples}")).unwrap_err();
        assert!(
            problems.contains("`cryed` is no loudness") && problems.contains("did you mean `cried`?"),
            "{problems}"
        );
        let schema = crate::schema::pack();
        let all = schema.pointer("/properties/rules/items/allOf").and_then(serde_json::Value::as_array).unwrap();
        let toy = all.iter().find(|one| one.pointer("/if/properties/kind/const").is_some_and(|kind| kind == "toy"));
        let loud = toy.unwrap().pointer("/then/properties/loud").unwrap();
        assert_eq!(loud["description"], "The loudness that is too loud.");
        assert_eq!(loud["enum"], serde_json::json!(["cried", "shouted"]));
        assert_eq!(loud["enumDescriptions"], serde_json::json!(["It has an exclamation mark.", "It is in capitals."]));
    }
}
