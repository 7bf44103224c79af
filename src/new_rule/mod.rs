//! A rule added to a pack that somebody wrote: its text is put into theirs, and not a byte of theirs changes.

mod insertion;
mod words;

use std::fmt::Write as _;

use crate::escape::yaml_scalar;
use crate::fix::apply_first_suggestions;
use crate::lint::{RuleSet, RuleSetError};
use crate::rule::phrase::Boundary;
use crate::rule::{Fix, Pack, Rule, Severity, is_kebab_case};
use crate::yaml::{Document, Problems};
use crate::{Draft, Format, examples};
use insertion::InsertionPoint;

/// A rule in the words of its author.
#[derive(Debug, Clone, Default)]
pub(crate) struct NewRule {
    /// The phrase to find, in the phrase language.
    pub phrase: String,
    /// The wordings to say instead, the best first.
    pub suggest: Vec<String>,
    /// The name of the rule; made from the phrase if it is not given.
    pub id: Option<String>,
    /// The severity of its findings.
    pub severity: Option<Severity>,
    /// The safety of applying its suggestions.
    pub fix: Option<Fix>,
    /// The message of its findings.
    pub message: Option<String>,
    /// The reason.
    pub why: Option<String>,
    /// Drafts that it must flag; one is made up if there are none.
    pub flag: Vec<String>,
    /// Drafts that it must leave alone; one is made up if there are none.
    pub pass: Vec<String>,
}

/// A pack with a new rule in it.
#[derive(Debug)]
pub(crate) struct Added {
    /// The text of the file.
    pub text: String,
    /// `pack/rule`.
    pub id: String,
    /// The text of the rule, as it stands in the file.
    pub rule: String,
}

/// The reason for which a rule cannot be added.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NewRuleError {
    /// The pack, or the rule, is wrong, or one of their examples fails.
    #[error(transparent)]
    Pack(#[from] Problems),
    /// The phrase cannot be compiled.
    #[error(transparent)]
    Rules(#[from] RuleSetError),
    /// The rules of the pack are written in a way that text cannot be added to.
    #[error("{file}: {what}; nothing was written")]
    Shape {
        /// The file.
        file: String,
        /// The obstacle.
        what: String,
    },
    /// A text of the author is not one line.
    #[error("{what} {why}; nothing was written")]
    Text {
        /// The name of the text.
        what: String,
        /// Its fault.
        why: String,
    },
    /// No name could be made of the phrase.
    #[error(
        "no name for the rule can be made of `{phrase}`: give one with --id, in lower-case letters from a to z, digits and hyphens"
    )]
    Name {
        /// The phrase.
        phrase: String,
    },
    /// Who follows the suggestion is told to write it once more.
    #[error(
        "the suggestion `{suggestion}` holds \"{found}\", which the rule would flag again: suggest other words, or say with --fix none that it is advice"
    )]
    Recurs {
        /// The suggestion.
        suggestion: String,
        /// The words that the rule would flag.
        found: String,
    },
    /// No example could be made up.
    #[error("no example of `{phrase}` could be made up: give one with --flag, and one with --pass")]
    Example {
        /// The phrase.
        phrase: String,
    },
}

/// The name that a pack takes from that of its file; `None` if it has letters that the name of a pack may not have.
pub(crate) fn pack_name(file: &str) -> Option<String> {
    let stem = std::path::Path::new(file).file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    if is_kebab_case(stem) { Some(stem.to_owned()) } else { words::kebab_case(stem) }
}

/// The head of a pack for a file that does not exist yet. Its name is that of the file, or `house`.
pub(crate) fn new_pack(file: &str) -> String {
    let name = pack_name(file).unwrap_or_else(|| "house".to_owned());
    let path = std::path::Path::new(file);
    let file = path.file_name().and_then(|name| name.to_str()).unwrap_or("house.yml");
    format!(
        "# Rules of our own. `comity test {file}` runs their examples; the format: docs/packs.md of comity.\nschema: 1\npack: {name}\nrules:\n"
    )
}

impl NewRule {
    /// Adds the rule to the pack with this `text`, which problems call `file`. Nothing that stands there changes.
    ///
    /// # Errors
    /// If the pack or the rule is wrong, if an example of either fails, or if the pack is written in a way that text cannot be
    /// added to.
    pub(crate) fn add_to(&self, file: &str, text: &str) -> Result<Added, NewRuleError> {
        self.texts_are_lines(file)?;
        let shape = |what: &str| NewRuleError::Shape { file: file.to_owned(), what: what.to_owned() };
        let point = InsertionPoint::in_pack(&Document::parse(file, text)?, text).map_err(shape)?;
        let before = if point.is_first { None } else { Some(Pack::parse(file, text)?) };
        let rules = before.as_ref().map_or(&[][..], Pack::rules);
        let mut rule = self.clone();
        rule.complete(rules)?;
        let written = rule.yaml(&point);
        let mut new = text.to_owned();
        new.replace_range(point.at.clone(), &written);
        let pack = Pack::parse(file, &new)?;
        // That the rule stands where it should is not left to the look of the text.
        let kept = before
            .as_ref()
            .is_none_or(|before| before.settings()[..] == pack.settings()[..rules.len().min(pack.rules().len())]);
        let id = rule.id.unwrap_or_default();
        let added = pack.rules().last().filter(|rule| rule.id().as_str().ends_with(&format!("/{id}")));
        let Some(added) = added.filter(|_| kept && pack.rules().len() == rules.len() + 1) else {
            return Err(shape("the end of its rules is not found"));
        };
        let outcome = examples::run(&pack)?;
        if !outcome.failures.list.is_empty() {
            return Err(outcome.failures.into());
        }
        let id = added.id().to_string();
        Ok(Added { text: new, id, rule: written.trim_matches(['\r', '\n']).to_owned() })
    }

    /// Checks that every text of the author has something in it, and stands on one line.
    fn texts_are_lines(&self, file: &str) -> Result<(), NewRuleError> {
        let one = [("the phrase", Some(&self.phrase)), ("the name", self.id.as_ref())];
        let more = [("the message", self.message.as_ref()), ("the reason", self.why.as_ref())];
        let lists = [("a suggestion", &self.suggest), ("an example", &self.flag), ("an example", &self.pass)];
        let one = one.into_iter().chain(more).filter_map(|(what, text)| Some((what, text?.as_str())));
        let listed = lists.iter().flat_map(|(what, texts)| texts.iter().map(|text| (*what, text.as_str())));
        let all = one.chain(listed).chain([("the name of the file", file)]);
        let wrong = all.filter_map(|(what, text)| Some((what, not_a_line(text)?)));
        match wrong.into_iter().next() {
            Some((what, why)) => Err(NewRuleError::Text { what: what.to_owned(), why }),
            None => Ok(()),
        }
    }

    /// Gives the rule a name and examples.
    fn complete(&mut self, others: &[std::sync::Arc<Rule>]) -> Result<(), NewRuleError> {
        // The rule by itself tells what its phrase stands for, and what its suggestion makes of an example.
        let pack = self.alone()?;
        let wordings: Vec<String> = pack.rules().iter().flat_map(|rule| rule.looks_for()).collect();
        let wording = wordings.first().map_or("", String::as_str);
        if self.id.is_none() {
            let taken = |id: &str| others.iter().any(|rule| rule.id().as_str().split('/').nth(1) == Some(id));
            let base = words::kebab_case(&words::filled(wording, None));
            let base = base.ok_or_else(|| NewRuleError::Name { phrase: self.phrase.clone() })?;
            let numbered = (2..).map(|number| format!("{base}-{number}"));
            self.id = std::iter::once(base.clone()).chain(numbered).find(|id| !taken(id));
        }
        let rules = RuleSet::new(pack.rules().iter().cloned())?;
        let flags = |text: &String| !rules.check(&Draft::new(Format::Markdown, text.as_str())).is_empty();
        let missing = || NewRuleError::Example { phrase: self.phrase.clone() };
        if self.flag.is_empty() {
            let made = words::with(wording).into_iter().find(flags).ok_or_else(missing)?;
            self.flag.push(made);
        }
        if self.pass.is_empty() {
            let made = words::without(wording, self.suggest.iter().map(String::as_str));
            let made = made.into_iter().find(|text| !flags(text)).ok_or_else(missing)?;
            self.pass.push(made);
        }
        Ok(())
    }

    /// The rule as the only one of a pack, without its name and its examples.
    fn alone(&self) -> Result<Pack, NewRuleError> {
        let mut alone = self.clone();
        (alone.id, alone.flag, alone.pass) = (Some("new-rule".to_owned()), Vec::new(), Vec::new());
        // Whether a suggestion is flagged again is told below, in words of the command line.
        alone.fix = alone.fix.filter(|fix| *fix == Fix::None);
        let text = format!("schema: 1\npack: new\nrules:\n{}", alone.yaml(&InsertionPoint::default()));
        let pack = Pack::parse("the new rule", &text)?;
        let document = pack.document();
        let recurrence = pack.self_flagged(&document).into_iter().next();
        match recurrence {
            Some(recurrence) => Err(NewRuleError::Recurs {
                suggestion: recurrence.suggestion.value.to_owned(),
                found: recurrence.found,
            }),
            None => Ok(pack),
        }
    }

    /// Returns the first example, and what the first suggestion makes of it.
    fn fixed(&self) -> Option<(String, String)> {
        let flag = self.flag.first()?;
        let rules = RuleSet::new(self.alone().ok()?.rules().iter().cloned()).ok()?;
        let draft = Draft::new(Format::Markdown, flag.as_str());
        let fixed = apply_first_suggestions(&draft, &rules.check(&draft));
        (fixed != *flag).then(|| (flag.clone(), fixed))
    }

    /// The rule as an item of the list at `place`.
    fn yaml(&self, point: &InsertionPoint) -> String {
        let list = |texts: &[String]| {
            format!("[{}]", texts.iter().map(|text| yaml_scalar(text)).collect::<Vec<_>>().join(", "))
        };
        let mut keys: Vec<(&str, String)> = vec![("id", self.id.clone().unwrap_or_default())];
        keys.extend(self.severity.map(|severity| ("severity", severity.name().to_owned())));
        keys.push(("phrases", list(std::slice::from_ref(&self.phrase))));
        let boundary = words::boundary(&self.phrase).filter(|boundary| *boundary != point.boundary);
        let boundary = Boundary::NAMES.iter().find(|(_, named)| Some(*named) == boundary);
        keys.extend(boundary.map(|(name, _)| ("boundary", (*name).to_owned())));
        if !self.suggest.is_empty() {
            keys.push(("suggest", list(&self.suggest)));
        }
        keys.extend(self.fix.map(|fix| ("fix", fix.name().to_owned())));
        keys.extend(self.message.as_ref().map(|message| ("message", yaml_scalar(message))));
        if let Some(why) = &self.why {
            keys.extend([("why", yaml_scalar(why)), ("source", "house".to_owned())]);
        }
        let mut lines: Vec<String> = keys.into_iter().map(|(key, value)| format!("  {key}: {value}")).collect();
        if !self.flag.is_empty() || !self.pass.is_empty() {
            lines.push("  examples:".to_owned());
            for (key, texts) in [("flag", &self.flag), ("pass", &self.pass)] {
                if !texts.is_empty() {
                    lines.push(format!("    {key}:"));
                    lines.extend(texts.iter().map(|text| format!("      - {}", yaml_scalar(text))));
                }
            }
            if let Some((before, after)) = self.fixed() {
                lines.push(format!(
                    "    fixed:\n{}      {}: {}",
                    point.indent,
                    yaml_scalar(&before),
                    yaml_scalar(&after)
                ));
            }
        }
        lines[0].replace_range(0..1, "-");
        let mut text = point.before.clone();
        for line in lines {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "{}{line}", point.indent);
        }
        if point.line_end == "\n" { text } else { text.replace("\r\n", "\n").replace('\n', point.line_end) }
    }
}

/// Returns what keeps a text from being a line with something in it.
fn not_a_line(text: &str) -> Option<String> {
    if text.trim().is_empty() {
        return Some("is empty".to_owned());
    }
    let is_break = |c: char| matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}');
    let c = text.chars().find(|&c| c.is_control() || is_break(c))?;
    let what = if is_break(c) { "a line break" } else { "a control character" };
    Some(format!("holds {what} (U+{:04X}), and must be one line of plain text", u32::from(c)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(phrase: &str, suggest: &[&str]) -> NewRule {
        let suggest = suggest.iter().map(|text| (*text).to_owned()).collect();
        NewRule { phrase: phrase.to_owned(), suggest, ..NewRule::default() }
    }

    const NEW: &str = "- id: junior-partner
  phrases: [\"junior partner\"]
  suggest: [\"strategic partner\"]
  examples:
    flag:
      - 'An early draft said \"junior partner\".'
    pass:
      - 'The final text says \"strategic partner\".'
    fixed:
      'An early draft said \"junior partner\".': 'An early draft said \"strategic partner\".'
";

    #[test]
    fn the_rule_goes_behind_the_last_one_and_nothing_else_changes() {
        // `|` is where the rule is put, with its indentation and what goes before it.
        let cases: &[(&str, &str, &str)] = &[
            ("schema: 1\npack: a\nrules:\n  - id: x\n    phrases: [y] # z\n|", "  ", ""),
            ("schema: 1\npack: a\nrules:\n- id: x\n  phrases: [y]\n|\n# the end\n", "", ""),
            (
                "schema: 1\nrules: # ours\n\n  - {id: x, phrases: [y]}\n\n  # why\n  - {id: z, phrases: ['w']}\n|\npack: a\n",
                "  ",
                "\n",
            ),
            (
                "schema: 1\npack: a\nrules:\n  - id: x\n    phrases: [y]\n    why: |\n      # no comment\n      text|",
                "  ",
                "\n",
            ),
            ("schema: 1\npack: a\nrules:\n|# nothing yet\n", "  ", ""),
            ("schema: 1\npack: a\nrules:\n  - &r {id: x, phrases: [y]}\n|", "  ", ""),
            ("schema: 1\npack: a\nrules:\n  -\n    id: x\n    phrases: [y]\n    # set in\n|# not\n", "  ", ""),
            ("\u{feff}rules:\n    - id: x\n      phrases: [y]\n|schema: 1\npack: \"a\"\n", "    ", ""),
        ];
        for (marked, indent, before) in cases {
            let at = marked.rfind('|').unwrap();
            let text = format!("{}{}", &marked[..at], &marked[at + 1..]);
            let added: String = NEW.lines().map(|line| format!("{indent}{line}\n")).collect();
            let expected = format!("{}{before}{added}{}", &marked[..at], &marked[at + 1..]);
            let found = rule("junior partner", &["strategic partner"]).add_to("a.yml", &text).unwrap();
            assert_eq!(found.text, expected, "{marked}");
            assert_eq!(found.id, "a/junior-partner");
            let windows = text.replace('\n', "\r\n");
            let found = rule("junior partner", &["strategic partner"]).add_to("a.yml", &windows).unwrap();
            assert_eq!(found.text, expected.replace('\n', "\r\n"), "{marked}");
        }
    }

    #[test]
    fn an_empty_list_gives_way() {
        let found =
            rule("junior partner", &["strategic partner"]).add_to("a.yml", "schema: 1\npack: a\nrules: []\n").unwrap();
        let added: String = NEW.lines().map(|line| format!("  {line}\n")).collect();
        assert_eq!(found.text, format!("schema: 1\npack: a\nrules: \n{added}"));
    }

    #[test]
    fn names_are_made_of_the_phrase_and_are_its_own() {
        let pack = "schema: 1\npack: a\nrules:\n  - {id: agree-to, phrases: [y]}\n";
        let id = |phrase: &str| rule(phrase, &[]).add_to("a.yml", pack).map(|added| added.id).unwrap();
        assert_eq!(id("agree~ to"), "a/agree-to-2");
        assert_eq!(id("(China|PRC) *2 'threat'"), "a/china-threat");
        assert_eq!(id("r\u{e9}unification"), "a/reunification");
    }

    #[test]
    fn what_cannot_be_added_is_refused() {
        let ours = "schema: 1\npack: a\nrules:\n  - {id: x, phrases: [y]}\n";
        let said =
            |rule: NewRule, text: &str| rule.add_to("a.yml", text).map(|added| added.text).unwrap_err().to_string();
        let cases = [
            (
                rule("z", &[]),
                "schema: 1\npack: a\nrules: [{id: x, phrases: [y]}]\n",
                "a.yml: its rules stand in brackets",
            ),
            (rule("z", &[]), "{schema: 1, pack: a, rules: []}\n", "a.yml: `rules:` is not found"),
            (rule("z", &[]), "schema: 1\npack: a\nrules:\n  - {id: x, phrases: [y], foo: 1}\n", "a.yml:4:"),
            (rule("(z", &[]), ours, "the new rule:5:"),
            (
                NewRule { id: Some("x".into()), ..rule("z", &[]) },
                ours,
                "a.yml:5:9: error: `x` is the id of another rule",
            ),
            (NewRule { flag: vec!["No.".into()], ..rule("z", &[]) }, ours, "a.yml:"),
            (NewRule { pass: vec!["A z.".into()], ..rule("z", &[]) }, ours, "a.yml:"),
            (rule("한미동맹", &[]), ours, "no name for the rule can be made of `한미동맹`: give one with --id, "),
            (rule("z\nq", &[]), ours, "the phrase holds a line break (U+000A), and must be one line of plain text"),
            (rule("z", &["\u{7}"]), ours, "a suggestion holds a control character (U+0007), "),
            (rule("z", &[" "]), ours, "a suggestion is empty; "),
            (
                NewRule { why: Some("a\u{2028}b".into()), ..rule("z", &[]) },
                ours,
                "the reason holds a line break (U+2028), ",
            ),
            (
                rule("ROK", &["Rok"]),
                ours,
                "the suggestion `Rok` holds \"Rok\", which the rule would flag again: suggest other",
            ),
            (rule("ally~", &["the allied side"]), ours, "the suggestion `the allied side` holds \"allied\", "),
        ];
        for (rule, text, expected) in cases {
            let found = said(rule, text);
            assert!(found.starts_with(expected), "{found} {expected}");
        }
    }

    #[test]
    fn a_suggestion_and_its_example_agree() {
        let added = rule("agree~ to", &["decide~ to"]).add_to("a.yml", &new_pack("a.yml")).unwrap();
        assert!(
            added.rule.contains("'An early draft said \"agree to\".': 'An early draft said \"decide to\".'"),
            "{}",
            added.rule
        );
        let advice = NewRule { fix: Some(Fix::None), ..rule("agree~ to", &["decide~ to"]) };
        assert!(!advice.add_to("a.yml", &new_pack("a.yml")).unwrap().rule.contains("fixed"));
    }
    #[test]
    fn a_rule_of_another_script_ends_where_its_words_may() {
        let head = |boundary: &str| format!("schema: 1\npack: a\n{boundary}rules:\n");
        let added = |phrase: &str, suggest: &[&str], boundary: &str| {
            let named = NewRule { id: Some("x".into()), ..rule(phrase, suggest) };
            named.add_to("a.yml", &head(boundary)).unwrap().rule
        };
        let korean = added("하위 동반자", &["전략적 동반자"], "");
        let expected = "  - id: x
    phrases: [\"하위 동반자\"]
    boundary: left
    suggest: [\"전략적 동반자\"]
    examples:
      flag:
        - '초안에는 \"하위 동반자\" 표현이 있다.'
      pass:
        - '최종안에는 \"전략적 동반자\" 표현이 있다.'
      fixed:
        '초안에는 \"하위 동반자\" 표현이 있다.': '초안에는 \"전략적 동반자\" 표현이 있다.'";
        assert_eq!(korean, expected);
        assert!(!added("하위 동반자", &[], "boundary: left\n").contains("boundary"));
        assert!(added("하위 동반자", &[], "boundary: none\n").contains("boundary: left\n"));
        let japanese = added("台湾カード", &[], "boundary: word\n");
        assert!(
            japanese.contains("boundary: none\n") && japanese.contains("案文には「台湾カード」とある。"),
            "{japanese}"
        );
        assert!(!added("台湾", &[], "boundary: none\n").contains("boundary"));
        assert!(!added("junior partner", &[], "boundary: left\n").contains("boundary"));
    }

    #[test]
    fn a_new_pack_is_called_as_its_file_is() {
        let names =
            [("a/house rules.yml", Some("house-rules")), ("한국.yml", None), ("x.y.yml", Some("x-y")), ("", None)];
        for (file, name) in names {
            assert_eq!(pack_name(file).as_deref(), name, "{file}");
        }
        assert_eq!(new_pack("a/b.yaml").lines().next().map(|line| line.contains("`comity test b.yaml`")), Some(true));
        assert!(new_pack("한국.yml").contains("\npack: house\n"));
    }
}
