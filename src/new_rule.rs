//! A rule added to a pack that somebody wrote: its text is put into theirs, and not a byte of theirs changes.

use std::fmt::Write as _;
use std::ops::Range;

use crate::examples;
use crate::fix::apply_first_suggestions;
use crate::lint::{RuleSet, RuleSetError};
use crate::rule::{Fix, Pack, Rule, Severity, is_kebab_case};
use crate::yaml::Problems;
use crate::{Draft, Format};

/// What the author of a rule says of it.
#[derive(Debug, Clone, Default)]
pub struct NewRule {
    /// The phrase to find, in the phrase language.
    pub phrase: String,
    /// What to say instead, the best first.
    pub suggest: Vec<String>,
    /// The name of the rule; made from the phrase if it is not given.
    pub id: Option<String>,
    /// How grave its findings are.
    pub severity: Option<Severity>,
    /// Whether its suggestions may be applied.
    pub fix: Option<Fix>,
    /// What is wrong.
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
pub struct Added {
    /// The text of the file.
    pub text: String,
    /// `pack/rule`.
    pub id: String,
    /// The text of the rule, as it stands in the file.
    pub rule: String,
}

/// Why a rule cannot be added.
#[derive(Debug, thiserror::Error)]
pub enum NewRuleError {
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
        /// What is in the way.
        what: String,
    },
    /// No example could be made up.
    #[error("no example of `{phrase}` could be made up: give one with --flag, and one with --pass")]
    Example {
        /// The phrase.
        phrase: String,
    },
}

/// The head of a pack for a file that does not exist yet; its name is that of the file.
pub fn new_pack(file: &str) -> String {
    let stem = std::path::Path::new(file).file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    let name =
        if is_kebab_case(stem) { stem.to_owned() } else { kebab_case(stem).unwrap_or_else(|| "house".to_owned()) };
    format!(
        "# Rules of our own. `comity test {stem}.yml` runs their examples; the format: docs/packs.md of comity.\nschema: 1\npack: {name}\nrules:\n"
    )
}

impl NewRule {
    /// Adds the rule to the pack with this `text`, which problems call `file`. Nothing that stands there changes.
    ///
    /// # Errors
    /// If the pack or the rule is wrong, if an example of either fails, or if the pack is written in a way that text cannot be
    /// added to.
    pub fn add_to(&self, file: &str, text: &str) -> Result<Added, NewRuleError> {
        let shape = |what: &str| NewRuleError::Shape { file: file.to_owned(), what: what.to_owned() };
        let place = Place::in_pack(text).map_err(shape)?;
        let before = if place.is_first { None } else { Some(Pack::parse(file, text)?) };
        let rules = before.as_ref().map_or(&[][..], Pack::rules);
        let mut rule = self.clone();
        rule.complete(rules)?;
        let written = rule.yaml(&place);
        let mut new = text.to_owned();
        new.replace_range(place.at.clone(), &written);
        let pack = Pack::parse(file, &new)?;
        // That the rule stands where it should is not left to the look of the text.
        let kept = before
            .as_ref()
            .is_none_or(|before| before.given()[..] == pack.given()[..rules.len().min(pack.rules().len())]);
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

    /// Gives the rule a name and examples.
    fn complete(&mut self, others: &[std::sync::Arc<Rule>]) -> Result<(), NewRuleError> {
        // The rule by itself tells what its phrase stands for, and what its suggestion makes of an example.
        let mut alone = self.clone();
        alone.id = Some("new-rule".to_owned());
        let head = "schema: 1\npack: new\nrules:\n";
        let place = Place { at: head.len()..head.len(), ..Place::default() };
        let pack = Pack::parse("the new rule", &format!("{head}{}", alone.yaml(&place)))?;
        let wordings: Vec<String> = pack.rules().iter().flat_map(|rule| rule.looks_for()).collect();
        let wording = wordings.first().map_or("", String::as_str);
        if self.id.is_none() {
            let taken = |id: &str| others.iter().any(|rule| rule.id().as_str().split('/').nth(1) == Some(id));
            let base = kebab_case(wording).unwrap_or_else(|| "rule".to_owned());
            let numbered = (2..).map(|number| format!("{base}-{number}"));
            self.id = std::iter::once(base.clone()).chain(numbered).find(|id| !taken(id));
        }
        let rules = RuleSet::new(pack.rules().iter().cloned())?;
        let flags = |text: &String| !rules.check(&Draft::new(Format::Markdown, text.as_str())).is_empty();
        let missing = || NewRuleError::Example { phrase: self.phrase.clone() };
        if self.flag.is_empty() {
            let made = sentences(wording).find(|text| flags(text)).ok_or_else(missing)?;
            self.flag.push(made);
        }
        if self.pass.is_empty() {
            let suggested = self.suggest.iter().map(|suggestion| suggestion.replace('~', ""));
            let other = ["another matter".to_owned(), "nothing".to_owned(), "42".to_owned()];
            let made = suggested.chain(other).flat_map(|text| sentences(&text).take(1).collect::<Vec<_>>());
            let made = made.into_iter().find(|text| !flags(text)).ok_or_else(missing)?;
            self.pass.push(made);
        }
        Ok(())
    }

    /// What the first suggestion makes of the first example.
    fn fixed(&self) -> Option<(String, String)> {
        let flag = self.flag.first()?;
        let mut alone = self.clone();
        (alone.id, alone.flag, alone.pass) = (Some("new-rule".to_owned()), Vec::new(), Vec::new());
        let text = format!("schema: 1\npack: new\nrules:\n{}", alone.yaml(&Place::default()));
        let rules = RuleSet::new(Pack::parse("the new rule", &text).ok()?.rules().iter().cloned()).ok()?;
        let draft = Draft::new(Format::Markdown, flag.as_str());
        let fixed = apply_first_suggestions(&draft, &rules.check(&draft));
        (fixed != *flag).then(|| (flag.clone(), fixed))
    }

    /// The rule as an item of the list at `place`.
    fn yaml(&self, place: &Place) -> String {
        let list =
            |texts: &[String]| format!("[{}]", texts.iter().map(|text| quoted(text)).collect::<Vec<_>>().join(", "));
        let mut keys: Vec<(&str, String)> = vec![("id", self.id.clone().unwrap_or_default())];
        keys.extend(self.severity.map(|severity| ("severity", severity.name().to_owned())));
        keys.push(("phrases", list(std::slice::from_ref(&self.phrase))));
        if !self.suggest.is_empty() {
            keys.push(("suggest", list(&self.suggest)));
        }
        keys.extend(self.fix.map(|fix| ("fix", fix.name().to_owned())));
        keys.extend(self.message.as_ref().map(|message| ("message", quoted(message))));
        if let Some(why) = &self.why {
            keys.extend([("why", quoted(why)), ("source", "house".to_owned())]);
        }
        let mut lines: Vec<String> = keys.into_iter().map(|(key, value)| format!("  {key}: {value}")).collect();
        if !self.flag.is_empty() || !self.pass.is_empty() {
            lines.push("  examples:".to_owned());
            for (key, texts) in [("flag", &self.flag), ("pass", &self.pass)] {
                if !texts.is_empty() {
                    lines.push(format!("    {key}:"));
                    lines.extend(texts.iter().map(|text| format!("      - {}", quoted(text))));
                }
            }
            if let Some((before, after)) = self.fixed() {
                lines.push(format!("    fixed:\n{}      {}: {}", place.indent, quoted(&before), quoted(&after)));
            }
        }
        lines[0].replace_range(0..1, "-");
        let mut text = place.before.clone();
        for line in lines {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "{}{line}", place.indent);
        }
        if place.line_end == "\n" { text } else { text.replace("\r\n", "\n").replace('\n', place.line_end) }
    }
}

/// A text as YAML in double quotes, which is as JSON writes it.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// Some words as a name; `None` if they have no letters that a name may have.
fn kebab_case(words: &str) -> Option<String> {
    let lower = words.to_ascii_lowercase().replace(['\'', '\u{2019}'], "");
    let parts = lower.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty());
    let name = parts.take(6).collect::<Vec<_>>().join("-");
    (!name.is_empty()).then_some(name)
}

/// Sentences with a wording in them, whose gaps are filled.
fn sentences(wording: &str) -> impl Iterator<Item = String> {
    let is_gap =
        |word: &&str| word.strip_prefix('*').is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()));
    let filled: Vec<&str> = wording.split(' ').map(|word| if is_gap(&word) { "some" } else { word }).collect();
    let bare: Vec<&str> = wording.split(' ').filter(|word| !is_gap(word)).collect();
    let (filled, bare) = (filled.join(" "), bare.join(" "));
    [format!("The draft says {filled} here."), format!("The draft says {bare} here."), filled].into_iter()
}

/// Where in the text of a pack a rule is to be put, and how the rules there are written.
#[derive(Debug, Clone)]
struct Place {
    /// What is replaced: nothing, or the `[]` of an empty list.
    at: Range<usize>,
    /// What stands before each line of a rule.
    indent: String,
    /// What goes before the rule: a line end, an empty line.
    before: String,
    line_end: &'static str,
    /// Whether the pack has no rules yet.
    is_first: bool,
}

impl Default for Place {
    fn default() -> Self {
        Place { at: 0..0, indent: "  ".to_owned(), before: String::new(), line_end: "\n", is_first: true }
    }
}

impl Place {
    fn in_pack(text: &str) -> Result<Place, &'static str> {
        let mut at = 0;
        let lines: Vec<(usize, &str)> = text
            .split_inclusive('\n')
            .map(|line| {
                at += line.len();
                (at - line.len(), line)
            })
            .collect();
        let content = |line: &str| line.trim_start_matches('\u{feff}').trim_end().to_owned();
        let head = lines.iter().position(|(_, line)| {
            content(line).strip_prefix("rules").is_some_and(|rest| rest.trim_start().starts_with(':'))
        });
        let head = head.ok_or("`rules:` is not found at the beginning of a line")?;
        let (start, line) = lines[head];
        let line_end = if line.ends_with("\r\n") { "\r\n" } else { "\n" };
        let colon = line.find(':').map_or(0, |colon| colon + 1);
        let value = &line[colon..];
        let value = value.split(" #").next().unwrap_or_default().trim();
        let mut place = Place { line_end, ..Place::default() };
        let behind_line = |index: usize| lines[index].0 + lines[index].1.len();
        if value == "[]" {
            let open = start + colon + line[colon..].find("[]").unwrap_or(0);
            // What stands behind the brackets, a comment, stays on its line.
            if !line[colon..].trim_end().ends_with("[]") {
                return Err("a comment stands behind `rules: []`; write `rules:` there");
            }
            place.at = open..start + line.len();
            place.before = line_end.to_owned();
            return Ok(place);
        }
        if !value.is_empty() {
            return Err("its rules stand in brackets; write each as `- id: ...` on lines of its own");
        }
        let is_item = |line: &str| line.trim_start_matches(' ').starts_with("- ") || line.trim() == "-";
        let indent_of = |line: &str| line.len() - line.trim_start_matches(' ').len();
        let is_blank = |line: &str| line.trim().is_empty();
        let is_comment = |line: &str| line.trim_start().starts_with('#');
        let first = (head + 1..lines.len()).find(|&i| !is_blank(lines[i].1) && !is_comment(lines[i].1));
        let first = first.filter(|&i| is_item(lines[i].1));
        let mut last = head;
        if let Some(first) = first {
            let indent = indent_of(lines[first].1);
            place.indent = " ".repeat(indent);
            place.is_first = false;
            let mut spaced = false;
            last = first;
            for (index, (_, line)) in lines.iter().enumerate().skip(first) {
                if is_blank(line) {
                    continue;
                }
                let depth = indent_of(line);
                let item = depth == indent && is_item(line) && !line.starts_with("---");
                if depth > indent || item {
                    let above = (first..index).rev().find(|&above| !is_comment(lines[above].1));
                    spaced |= item && above.is_some_and(|above| is_blank(lines[above].1));
                    last = index;
                } else if !is_comment(line) {
                    break;
                }
            }
            if spaced {
                place.before = line_end.to_owned();
            }
        }
        if !lines[last].1.ends_with('\n') {
            place.before.insert_str(0, line_end);
        }
        place.at = behind_line(last)..behind_line(last);
        Ok(place)
    }
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
      - \"The draft says junior partner here.\"
    pass:
      - \"The draft says strategic partner here.\"
    fixed:
      \"The draft says junior partner here.\": \"The draft says strategic partner here.\"
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
        assert_eq!(id("(China|PRC) *2 'threat'"), "a/china-2-threat");
        assert_eq!(id("\u{c911}\u{ad6d} \u{bd09}\u{c1c4}"), "a/rule");
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
            added.rule.contains("\"The draft says agree to here.\": \"The draft says decide to here.\""),
            "{}",
            added.rule
        );
        let advice = NewRule { fix: Some(Fix::None), ..rule("agree~ to", &["decide~ to"]) };
        assert!(!advice.add_to("a.yml", &new_pack("a.yml")).unwrap().rule.contains("fixed"));
    }
}
