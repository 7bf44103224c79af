//! Packs: YAML files of rules. This file knows their keys; `docs/packs.md` describes them to those who write packs.

use std::borrow::Cow;
use std::collections::HashMap;
use std::path::Path as FilePath;
use std::sync::Arc;

use super::builtin::declared::Builtin;
use super::forms::read_forms;
use super::holds::Holds;
use super::kind::KINDS;
use super::lists;
use super::message::Message;
use super::part::PartOfSpeech;
use super::phrase::{Boundary, NamedList, PhraseLists, PhraseSet, Shared};
use super::scope::{Quoted, Scope};
use super::self_flagged::{SelfFlagged, self_flagged};
use super::source::{HOUSE, read_named_source, read_sources};
use super::{Details, Example, Examples, Fix, LazyDetails, Rule, RuleId, Severity, Source, is_kebab_case};
use crate::text::{BlockKind, Language};
use crate::yaml::{self, Document, Fields, Problems, Sort, Tree, YamlError, YamlNode, YamlString};

/// The version of the format that this program reads.
const SCHEMA: u64 = 1;

/// A pack: rules that belong together.
#[derive(Debug, Clone)]
pub struct Pack {
    name: String,
    title: String,
    description: Option<String>,
    optional: bool,
    /// Its lists, those that it uses of other packs before its own.
    lists: Vec<NamedList>,
    rules: Vec<Arc<Rule>>,
    /// The file, which is shown, and in which failures of examples are; with nothing in it where the pack is only checked with.
    tree: Arc<Tree>,
}

impl Pack {
    /// Reads the pack in the file at `path`.
    ///
    /// # Errors
    /// If the file cannot be read, or with everything that is wrong with its content.
    pub fn read(path: impl AsRef<FilePath>) -> Result<Pack, YamlError> {
        let path = path.as_ref();
        let text = yaml::read_file(path, &Pack::SORT)?;
        Ok(Pack::parse(&path.display().to_string(), &text)?)
    }

    /// The pack that `text` is. `file` is what problems call it.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn parse(file: &str, text: &str) -> Result<Pack, Problems> {
        Pack::from_document(Document::parse(file, text)?, false)
    }

    pub(super) fn from_document(document: Document, tested: bool) -> Result<Pack, Problems> {
        let pack = document.root().fields().map(|fields| read_pack(&document, &fields, tested));
        document.finish(pack)
    }

    /// A pack that is compiled into the program, with rules that are read when they are needed.
    pub(super) fn unread(pack: &Builtin, rules: Vec<Arc<Rule>>) -> Pack {
        Pack {
            name: pack.name.to_owned(),
            title: pack.title.to_owned(),
            description: pack.description.map(str::to_owned),
            optional: pack.optional,
            lists: Vec::new(),
            rules,
            tree: Tree::empty(pack.file),
        }
    }

    /// The marks by which the file of a pack is told from others.
    pub(crate) const SORT: Sort = Sort {
        what: "a pack of rules, which has the keys `schema`, `pack` and `rules`",
        keys: &[&["pack"], &["schema", "rules"]],
        may_be_empty: false,
    };

    /// The name, in kebab case.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The title.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// The purpose of the pack, and whose sensitivity it guards.
    pub fn description(&self) -> Option<&str> {
        self.description.as_deref()
    }

    /// True if a check runs it only where it is asked for by name.
    pub fn is_optional(&self) -> bool {
        self.optional
    }

    /// The named lists that its phrases may use; none of a pack that was read only to check with.
    pub(super) fn lists(&self) -> &[NamedList] {
        &self.lists
    }

    /// The rules, in the order of the file.
    pub fn rules(&self) -> &[Arc<Rule>] {
        &self.rules
    }

    pub(crate) fn file(&self) -> &Arc<str> {
        self.tree.name()
    }

    /// The file that the pack was read from, with nothing wrong so far.
    pub(crate) fn document(&self) -> Document {
        Document::new(Arc::clone(&self.tree))
    }

    pub(super) fn tree(&self) -> &Tree {
        &self.tree
    }

    /// The suggestions of its rules that their own rules would flag again, but for those that are advice. `document` is the file of
    /// the pack.
    pub(crate) fn self_flagged<'d>(&self, document: &'d Document) -> Vec<SelfFlagged<'d>> {
        let rules = self.rules_with_fields(document).into_iter().filter(|(rule, _)| rule.fix() != Fix::None);
        rules.flat_map(|(rule, fields)| self_flagged(rule, &fields)).collect()
    }

    /// The rules, each with its keys in `document`, the file of the pack.
    pub(super) fn rules_with_fields<'d>(&self, document: &'d Document) -> Vec<(&Rule, Fields<'d>)> {
        let nodes = document.root().fields().and_then(|fields| fields.get("rules")?.items()).unwrap_or_default();
        self.rules.iter().zip(nodes).filter_map(|(rule, node)| Some((&**rule, node.fields()?))).collect()
    }

    /// Lets go of what only those need who show the pack or run its examples.
    pub(crate) fn only_checks(&mut self) {
        self.tree = Tree::empty(self.file());
    }
}

/// The values of a pack that its rules need.
struct PackHead {
    name: String,
    language: Option<Language>,
    boundary: Boundary,
    sources: HashMap<String, Source>,
    lists: Arc<PhraseLists>,
    defaults: RuleDefaults,
    tested: bool,
}

/// The values of the rules of a pack that do not say otherwise.
#[derive(Default)]
struct RuleDefaults {
    severity: Option<Severity>,
    source: Option<Option<Source>>,
    tags: Vec<String>,
    fix: Option<Fix>,
    holds: Holds,
}

fn read_pack(document: &Document, fields: &Fields<'_>, tested: bool) -> Pack {
    if let Some(schema) = fields.require("schema", "write `schema: 1` at the top")
        && schema.version().is_some_and(|version| version != SCHEMA)
    {
        schema.problem(
            "unknown-schema",
            "this version of comity reads packs of schema 1",
            Some("write `schema: 1`".into()),
        );
    }
    let name =
        fields.require("pack", "give the pack a name in kebab case, such as `pack: house`").and_then(|n| n.text());
    if let Some(name) = &name
        && !is_kebab_case(name.value)
    {
        let help = "write lower-case letters, digits and single hyphens".to_owned();
        name.problem("bad-name", format!("`{}` is no name for a pack", name.value), Some(help));
    }
    let title = fields.text("title");
    let description = fields.text("description");
    let language = fields.text("language").and_then(|text| read_language(&text));
    let boundary = fields.text("boundary").and_then(|text| text.choose("boundary", Boundary::NAMES));
    let sources = fields.get("sources").map(|node| read_sources(&node)).unwrap_or_default();
    let optional = fields.get("optional").and_then(|node| node.bool());
    let (named, lists) = lists::read(document.name(), fields, tested);
    let defaults = fields.get("defaults").and_then(|node| node.fields());
    let defaults = defaults.map(|fields| read_defaults(&fields, &sources)).unwrap_or_default();
    let head = PackHead {
        name: name.filter(|name| is_kebab_case(name.value)).map_or("pack", |name| name.value).to_owned(),
        language,
        boundary: boundary.unwrap_or_default(),
        sources,
        lists: Arc::new(lists),
        defaults,
        tested,
    };
    let rules =
        fields.require("rules", "list the rules under `rules:`").and_then(|node| node.items()).unwrap_or_default();
    fields.finish();

    let mut seen: HashMap<String, YamlString<'_>> = HashMap::new();
    let mut read = Vec::with_capacity(rules.len());
    for node in &rules {
        let Some(fields) = node.fields() else {
            continue;
        };
        if let Some(rule) = read_rule(&fields, &head) {
            report_repeated(document, &fields, &rule, &mut seen);
            read.push(Arc::new(rule));
        }
    }
    Pack {
        title: title.map_or_else(|| head.name.clone(), |text| text.value.to_owned()),
        description: description.map(|text| text.value.to_owned()),
        name: head.name,
        optional: optional.unwrap_or(false),
        lists: named,
        rules: read,
        tree: Arc::clone(document.tree()),
    }
}

fn read_defaults(fields: &Fields<'_>, sources: &HashMap<String, Source>) -> RuleDefaults {
    let source = fields.text("source");
    let defaults = RuleDefaults {
        severity: fields.text("severity").and_then(|text| text.choose("severity", Severity::NAMES)),
        source: source.map(|name| if name.value == HOUSE { None } else { read_named_source(&name, sources) }),
        tags: fields.strings("tags"),
        fix: fields.text("fix").and_then(|text| text.choose("fix", Fix::NAMES)),
        holds: Holds::read(fields, &Holds::default()),
    };
    fields.finish();
    defaults
}

fn read_language(text: &YamlString<'_>) -> Option<Language> {
    let language = Language::from_tag(text.value);
    if language.is_none() {
        let help = "write its tag, such as `en` or `ko`".to_owned();
        text.problem("bad-language", format!("`{}` is no language", text.value), Some(help));
    }
    language
}

fn report_repeated<'d>(
    document: &Document,
    fields: &Fields<'d>,
    rule: &Rule,
    seen: &mut HashMap<String, YamlString<'d>>,
) {
    let Some(id) = fields.text("id") else {
        return;
    };
    if let Some(first) = seen.get(rule.id().as_str()).filter(|_| !document.is_full()) {
        let at = first.position();
        id.problem(
            "repeated-id",
            format!("`{}` is the id of another rule", id.value),
            Some(format!("the first is on line {}", at.line)),
        );
    } else {
        seen.insert(rule.id().as_str().to_owned(), id);
    }
}

fn read_rule(fields: &Fields<'_>, head: &PackHead) -> Option<Rule> {
    let id =
        fields.require("id", "give the rule a name in kebab case, such as `id: junior-partner`").and_then(|n| n.text());
    let id = id.and_then(|id| match RuleId::new(&head.name, id.value) {
        Ok(full) => Some(full),
        Err(_) => {
            let help = "write lower-case letters, digits and single hyphens".to_owned();
            id.problem("bad-name", format!("`{}` is no name for a rule", id.value), Some(help));
            None
        }
    });
    let severity = fields.text("severity").map_or(Some(head.defaults.severity.unwrap_or(Severity::Warning)), |text| {
        text.choose("severity", Severity::NAMES)
    });
    let redline = fields.get("redline").and_then(|node| Some((node.bool()?, node)));
    if let (Some((true, node)), Some(Severity::Warning | Severity::Note)) = (&redline, severity) {
        node.problem("bad-redline", "a red line is an error", Some("write `severity: error`".into()));
    }
    let fix =
        fields.text("fix").map_or(Some(head.defaults.fix.unwrap_or_default()), |text| text.choose("fix", Fix::NAMES));
    let part = fields.text("as").and_then(|text| text.choose("part of a sentence", PartOfSpeech::NAMES));
    let scope = read_scope(fields);
    let why = fields.text("why");
    let source = read_source(fields, why.as_ref(), head);
    let boundary = fields.text("boundary").and_then(|text| text.choose("boundary", Boundary::NAMES));
    let shared = Shared {
        boundary: boundary.unwrap_or(head.boundary),
        inflector: Arc::new(fields.get("forms").map(|node| read_forms(&node)).unwrap_or_default()),
        lists: Arc::clone(&head.lists),
        tested: head.tested,
    };
    let except = PhraseSet::read(&fields.texts("except"), &shared);
    let names: Vec<(&'static str, usize)> = KINDS.iter().enumerate().map(|(i, kind)| (kind.name, i)).collect();
    let entry = fields.text("kind").map_or(Some(0), |text| text.choose("kind", &names)).map(|i| &KINDS[i]);
    if let Some(entry) = entry {
        fields.know(entry.keys.names());
    }
    let kind = entry.and_then(|entry| (entry.read)(fields, &shared));
    let message = fields.text("message").map(|text| read_message(&text));
    let holds = Holds::read(fields, &head.defaults.holds);
    let tags = if fields.get("tags").is_some() { fields.strings("tags") } else { head.defaults.tags.clone() };
    let examples = read_examples(fields);
    // The keys of an unknown kind are not known.
    if entry.is_some() {
        fields.finish();
    }
    let has_suggestions = kind.as_ref().is_some_and(|kind| !kind.suggestions().is_empty());
    let details = Details {
        kind_name: entry?.name,
        kind: kind?,
        scope,
        message: message.unwrap_or_else(|| Some(Message::known((entry?.message)(has_suggestions))))?,
        why: why.map(|text| text.value.trim().to_owned()),
        holds,
        source,
        fix: fix?,
        part,
        except,
        examples,
    };
    let redline = redline.is_some_and(|(value, _)| value);
    let (language, body) = (head.language, Arc::new(LazyDetails::read(details)));
    let rule = Rule {
        id: id?,
        severity: severity?,
        set: false,
        asked_for: false,
        redline,
        tags: tags.into_iter().map(Cow::from).collect(),
        language,
        body,
    };
    // What may be applied unasked must come to an end. Of what a person reads again, `comity test` says it.
    if rule.fix() == Fix::Safe && !head.tested {
        self_flagged(&rule, fields).iter().for_each(SelfFlagged::report);
    }
    Some(rule)
}

fn read_message(text: &YamlString<'_>) -> Option<Message> {
    match Message::parse(text.value) {
        Ok(message) => Some(message),
        Err(error) => {
            text.problem_within("unknown-placeholder", error.at, error.message, &error.help);
            None
        }
    }
}

fn read_scope(fields: &Fields<'_>) -> Scope {
    let blocks =
        fields.texts("scope").iter().filter_map(|text| text.choose("kind of block", BlockKind::NAMES)).collect();
    let quoted = fields.text("quoted").and_then(|text| text.choose("way with quotations", Quoted::NAMES));
    Scope { blocks, skip_quoted: quoted == Some(Quoted::Skip) }
}

/// The source that a rule names: a key of `sources`, or `house`, whose reason is `why`.
fn read_source(fields: &Fields<'_>, why: Option<&YamlString<'_>>, head: &PackHead) -> Option<Source> {
    let Some(name) = fields.text("source") else {
        return head.defaults.source.clone().flatten();
    };
    if name.value == HOUSE {
        if why.is_none() {
            name.problem("missing-key", "a rule of the house needs a reason", Some("say it in `why`".into()));
        }
        return None;
    }
    read_named_source(&name, &head.sources)
}

fn read_examples(fields: &Fields<'_>) -> Examples {
    let Some(fields) = fields.get("examples").and_then(|node| node.fields()) else {
        return Examples::default();
    };
    let example = |text: &YamlString<'_>| Example { text: text.value.to_owned(), at: text.span() };
    let list = |key| fields.texts(key).iter().map(example).collect();
    let fixed = fields.get("fixed").map(|node| node.entries()).unwrap_or_default();
    let pair =
        |(before, after): (YamlString<'_>, YamlNode<'_>)| Some((example(&before), after.text()?.value.to_owned()));
    let examples =
        Examples { flag: list("flag"), pass: list("pass"), fixed: fixed.into_iter().filter_map(pair).collect() };
    fields.finish();
    examples
}
