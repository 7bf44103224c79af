//! `comity.yml`: which packs and rules a house checks with, found from each draft's folder upward.

use std::cell::LazyCell;
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ignore::gitignore::{Gitignore, GitignoreBuilder};

use crate::context::{Declared, Taken, TextContext};
use crate::draft::Draft;
use crate::finding::Finding;
use crate::lint::{ChangeReport, RuleSet};
use crate::names::Actor;
use crate::rule::{Detail, Pack, Rule, Severity};
use crate::span::Span;
use crate::yaml::{self, Document, Fields, Sort, YamlError, YamlNode, YamlString, did_you_mean};

/// The name of a configuration's file.
pub const FILE_NAME: &str = "comity.yml";

/// Names that a configuration might be given, and that are not looked for.
const MISNAMED: [&str; 3] = ["comity.yaml", ".comity.yml", ".comity.yaml"];

/// The keys by any of which a configuration is told from other files.
const SORT: Sort = Sort {
    what: "a configuration, which has keys such as `packs` and `rules`; `comity init` writes one",
    keys: &[
        &["packs"],
        &["rules"],
        &["disable"],
        &["severity"],
        &["ignore"],
        &["fail-on"],
        &["document"],
        &["parties"],
        &["guard"],
        &["overrides"],
    ],
    may_be_empty: true,
};

/// The choices of the command line. They go before what a configuration says.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Packs compiled into the program to check with; those of the configuration, or all, if empty.
    pub packs: Vec<String>,
    /// Packs compiled into the program to check with besides those, optional ones for the most part.
    pub with: Vec<String>,
    /// Files of packs to check with as well.
    pub rules: Vec<PathBuf>,
    /// Rules, packs or tags to check alone; all if empty.
    pub select: Vec<String>,
    /// Rules, packs or tags to leave out.
    pub ignore: Vec<String>,
    /// The part of the packs compiled into the program that is read.
    pub(crate) detail: Detail,
    /// The texts of configurations and packs that an editor has and the disk does not have yet: by absolute path, without `..` and
    /// with the links on the way to its folder followed.
    pub unsaved: HashMap<PathBuf, Arc<str>>,
}

impl Options {
    /// The text of a configuration or a pack.
    fn text(&self, file: &Path, sort: &Sort) -> Result<Arc<str>, YamlError> {
        // Nothing is unsaved but in an editor: other runs need not look where links lead.
        let unsaved = if self.unsaved.is_empty() { None } else { self.unsaved.get(&resolve(file)) };
        unsaved.map_or_else(|| yaml::read_file(file, sort).map(Arc::from), |text| Ok(Arc::clone(text)))
    }
}

/// The reason why there is no configuration to check with.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ConfigError {
    /// The configuration, or the packs that it names, are wrong: each file with what is wrong.
    #[error("{}", .0.iter().map(|file| file.error.to_string()).collect::<Vec<_>>().join("\n"))]
    Files(Vec<BrokenFile>),
    /// The command line names a pack that does not exist.
    #[error("there is no pack `{name}`; {help}")]
    UnknownPack {
        /// The name.
        name: String,
        /// The remedy.
        help: String,
    },
    /// Two packs have a rule of the same name.
    #[error(
        "{first} and {second} both have a rule `{id}`; give one of the packs another name, or leave one out (`packs`, `--pack`)"
    )]
    Repeated {
        /// The name.
        id: String,
        /// The file of one pack.
        first: String,
        /// The file of the other.
        second: String,
    },
    /// The command line names something that is no rule, pack or tag.
    #[error("`{name}` is no rule, pack, tag, state or body; {help}")]
    UnknownName {
        /// The name.
        name: String,
        /// The remedy.
        help: String,
    },
}

/// A configuration or a pack that cannot be used.
#[derive(Debug)]
#[non_exhaustive]
pub struct BrokenFile {
    /// The reason.
    pub error: YamlError,
    /// The place where the configuration names the file, in bytes of its text; none of the configuration itself, and of what the command line
    /// names.
    pub named: Option<Span>,
}

impl<E: Into<YamlError>> From<E> for BrokenFile {
    fn from(error: E) -> Self {
        BrokenFile { error: error.into(), named: None }
    }
}

impl<E: Into<YamlError>> From<E> for ConfigError {
    fn from(error: E) -> Self {
        ConfigError::Files(vec![error.into().into()])
    }
}

/// The severity from which on a run fails; `None`: it never fails for a finding.
pub type FailOn = Option<Severity>;

/// The values of `fail-on`.
pub(crate) const FAIL_ON: &[(&str, FailOn)] = &[
    ("error", Some(Severity::Error)),
    ("warning", Some(Severity::Warning)),
    ("note", Some(Severity::Note)),
    ("never", None),
];

/// The command line and a configuration file, merged: the rules to check with, and where.
#[derive(Debug)]
#[non_exhaustive]
pub struct Config {
    /// The rules, with the severities that the configuration gives them.
    pub rules: Vec<Arc<Rule>>,
    /// The packs that the rules come from, with all their rules as the packs give them.
    pub packs: Vec<Pack>,
    /// The value of `fail-on`.
    pub fail_on: Option<FailOn>,
    /// The drafts to leave out, and what holds for some drafts only.
    pub policy: Policy,
}

/// The part of a configuration that goes by the paths of drafts.
#[derive(Debug, Default)]
pub struct Policy {
    root: PathBuf,
    ignore: Option<Gitignore>,
    declared: Declared,
    overrides: Vec<Override>,
}

/// An override: what holds for some drafts.
#[derive(Debug)]
struct Override {
    files: Gitignore,
    declared: Declared,
    adjust: Adjust,
}

/// Rules that are left out, or have another severity.
#[derive(Debug, Default)]
struct Adjust {
    disable: Vec<String>,
    severity: Vec<(String, Severity)>,
}

/// The absolute path of a file, without `..` and with the links on the way to its folder followed.
pub(crate) fn resolve(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let folder = absolute.parent().and_then(|folder| folder.canonicalize().ok());
    match (folder, absolute.file_name()) {
        (Some(folder), Some(name)) => folder.join(name),
        _ => absolute,
    }
}

/// The configuration for drafts in `folder`: the nearest, from the folder upward.
pub(crate) fn find(folder: &Path) -> Option<PathBuf> {
    folder.ancestors().map(|folder| folder.join(FILE_NAME)).find(|file| file.is_file())
}

/// The files in `folder` that would be configurations if they were called [`FILE_NAME`].
pub(crate) fn misnamed(folder: &Path) -> impl Iterator<Item = PathBuf> {
    MISNAMED.iter().map(|name| folder.join(name)).filter(|file| file.is_file())
}

/// The files of packs that the configuration in `file` names.
///
/// # Errors
/// If the configuration cannot be read or is wrong.
pub(crate) fn own_packs(file: &Path) -> Result<Vec<PathBuf>, YamlError> {
    let text = yaml::read_file(file, &SORT)?;
    let document = Document::parse(&shown_path(file), &text)?;
    let rules = read(&document, file.parent().unwrap_or(Path::new(""))).rules;
    let files = rules.into_iter().map(|(file, _)| file).collect();
    Ok(document.finish(Some(files))?)
}

impl Config {
    /// The configuration in `file`, if there is one, under the command line's options.
    ///
    /// # Errors
    /// If the file or a pack cannot be read or is wrong, or a name means nothing.
    pub fn load(file: Option<&Path>, options: &Options) -> Result<Config, ConfigError> {
        let Some(file) = file else {
            return Config::assemble(Written::default(), options, None);
        };
        let text = options.text(Path::new(&shown_path(file)), &SORT)?;
        let document = Document::parse(&shown_path(file), &text)?;
        let root = file.parent().map(Path::to_owned).unwrap_or_default();
        let written = read(&document, &root);
        let config = Config::assemble(written, options, Some(root));
        match (document.finish(Some(())), config) {
            (Ok(()), config) => config,
            (Err(problems), Err(ConfigError::Files(mut files))) => {
                files.insert(0, problems.into());
                Err(ConfigError::Files(files))
            }
            (Err(problems), _) => Err(problems.into()),
        }
    }

    /// True if a pack of this name is among those that the rules come from.
    pub(crate) fn has_pack(&self, name: &str) -> bool {
        self.packs.iter().any(|pack| pack.name() == name)
    }

    fn assemble(written: Written<'_>, options: &Options, root: Option<PathBuf>) -> Result<Config, ConfigError> {
        let packs = load_packs(&written, options)?;
        let all: Vec<&Arc<Rule>> = packs.iter().flat_map(Pack::rules).collect();
        let names = LazyCell::new(|| KnownNames::new(&all));
        for name in &written.names {
            if let Some(help) = names.help(name.value) {
                name.problem("unknown-rule", format!("`{}` is no rule, pack or tag", name.value), Some(help));
            }
        }
        for name in options.select.iter().chain(&options.ignore) {
            if names.objector(name).is_none()
                && let Some(help) = names.help(name)
            {
                return Err(ConfigError::UnknownName { name: name.clone(), help });
            }
        }
        let concerns = |rule: &Rule, name: &String| names.objector(name).is_some_and(|actor| rule.concerns(actor));
        let answers =
            |rule: &Rule, asked: &[String]| asked.iter().any(|name| rule.answers_to(name) || concerns(rule, name));
        let concerns_selected = |rule: &Rule| options.select.iter().any(|name| concerns(rule, name));
        let rules = all
            .iter()
            .filter(|rule| options.select.is_empty() || answers(rule, &options.select))
            .filter(|rule| !answers(rule, &options.ignore))
            .filter_map(|rule| written.adjust.apply(rule))
            .map(|rule| if concerns_selected(&rule) { Arc::new(rule.asked_for()) } else { rule })
            .collect();
        let policy = Policy {
            root: root.unwrap_or_default(),
            ignore: written.ignore,
            declared: written.declared,
            overrides: written.overrides,
        };
        Ok(Config { rules, packs, fail_on: written.fail_on, policy })
    }
}

impl Adjust {
    /// The rule as it is to be checked; `None` if it is left out.
    fn apply(&self, rule: &Arc<Rule>) -> Option<Arc<Rule>> {
        if self.disable.iter().any(|name| rule.answers_to(name)) {
            return None;
        }
        // The most particular name decides: a rule's own before its tags and its pack.
        let own = self.severity.iter().find(|(name, _)| name == rule.id().as_str());
        let found = own.or_else(|| self.severity.iter().rev().find(|(name, _)| rule.answers_to(name)));
        match found {
            Some(&(_, severity)) => Some(Arc::new(rule.with_severity(severity))),
            None => Some(Arc::clone(rule)),
        }
    }
}

impl Policy {
    /// True if the draft at `path` is to be left out.
    pub fn ignores(&self, path: &Path) -> bool {
        self.ignore.as_ref().is_some_and(|globs| self.matches(globs, path))
    }

    /// All that `rules`, with what holds for the draft at `path`, have to say of it: [`RuleSet::examine`].
    pub fn examine(&self, path: &Path, rules: &RuleSet, draft: &Draft) -> Vec<Finding> {
        self.examine_text(path, rules, &TextContext::new(draft, &self.declared(path)))
    }

    /// Examines a draft as [`Policy::examine`] does, and tells what it is taken for.
    pub fn examine_taken(&self, path: &Path, rules: &RuleSet, draft: &Draft) -> (Vec<Finding>, Taken) {
        let text = TextContext::new(draft, &self.declared(path));
        (self.examine_text(path, rules, &text), text.taken())
    }

    fn examine_text(&self, path: &Path, rules: &RuleSet, text: &TextContext<'_>) -> Vec<Finding> {
        rules.examine_adjusted(text, &self.adjusting(path))
    }

    /// Examines a draft as [`Policy::examine`] does, with what has become of it since another of the same text.
    pub(crate) fn examine_changed(
        &self,
        path: &Path,
        rules: &RuleSet,
        draft: &Draft,
        changes: &[ChangeReport],
    ) -> Vec<Finding> {
        rules.examine_changed(&TextContext::new(draft, &self.declared(path)), &self.adjusting(path), changes)
    }

    /// Each rule as it is to be for the draft at `path`, or left out.
    fn adjusting(&self, path: &Path) -> impl Fn(&Arc<Rule>) -> Option<Arc<Rule>> {
        let holding: Vec<&Adjust> = self.holding(path).map(|o| &o.adjust).collect();
        move |rule| holding.iter().try_fold(Arc::clone(rule), |rule, adjust| adjust.apply(&rule))
    }

    /// The kind, parties and language that the draft at `path` is taken for, and why; its own front matter goes before what is declared here.
    pub fn taken(&self, path: &Path, draft: &Draft) -> Taken {
        TextContext::new(draft, &self.declared(path)).taken()
    }

    /// The declarations for the draft at `path`: of several overrides that hold, the last says it.
    fn declared(&self, path: &Path) -> Declared {
        self.holding(path).fold(self.declared.clone(), |declared, o| o.declared.or(&declared))
    }

    fn holding(&self, path: &Path) -> impl Iterator<Item = &Override> {
        self.overrides.iter().filter(move |o| self.matches(&o.files, path))
    }

    fn matches(&self, globs: &Gitignore, path: &Path) -> bool {
        match resolve(path).strip_prefix(&self.root) {
            Ok(relative) => globs.matched_path_or_any_parents(relative, false).is_ignore(),
            Err(_) => false,
        }
    }
}

/// A path as problems show it: relative to the current directory where it lies below it.
pub(crate) fn shown_path(file: &Path) -> String {
    let here = std::env::current_dir().and_then(|here| here.canonicalize()).unwrap_or_default();
    file.strip_prefix(&here).unwrap_or(file).display().to_string()
}

/// A configuration file as it is written, before its names are looked up.
#[derive(Default)]
struct Written<'d> {
    packs: Option<Vec<YamlString<'d>>>,
    /// Own packs, each with where it is named.
    rules: Vec<(PathBuf, Span)>,
    adjust: Adjust,
    ignore: Option<Gitignore>,
    fail_on: Option<FailOn>,
    declared: Declared,
    overrides: Vec<Override>,
    /// Every name of a rule, pack or tag in the file.
    names: Vec<YamlString<'d>>,
}

fn read<'d>(document: &'d Document, root: &Path) -> Written<'d> {
    let mut written = Written::default();
    if document.is_empty() {
        return written;
    }
    let Some(fields) = document.root().fields() else {
        return written;
    };
    written.packs = fields.get("packs").map(|node| node.texts());
    for name in written.packs.iter().flatten() {
        if let Some(help) = unknown_pack(name.value) {
            name.problem("unknown-pack", format!("there is no pack `{}`", name.value), Some(help));
        }
    }
    written.rules = fields.texts("rules").iter().map(|file| (root.join(file.value), file.span())).collect();
    written.adjust = read_adjust(&fields, &mut written.names);
    written.ignore = fields.get("ignore").and_then(|node| globs(&node, root));
    written.declared = Declared::read(&fields);
    written.fail_on = fields.text("fail-on").and_then(|text| text.choose("severity", FAIL_ON));
    for node in fields.get("overrides").and_then(|node| node.items()).unwrap_or_default() {
        let Some(fields) = node.fields() else {
            continue;
        };
        let files =
            fields.require("files", "say which drafts: `files: [drafts/**]`").and_then(|node| globs(&node, root));
        let (declared, adjust) = (Declared::read(&fields), read_adjust(&fields, &mut written.names));
        fields.finish();
        written.overrides.extend(files.map(|files| Override { files, declared, adjust }));
    }
    fields.finish();
    written
}

fn read_adjust<'d>(fields: &Fields<'d>, names: &mut Vec<YamlString<'d>>) -> Adjust {
    let disabled = fields.texts("disable");
    let disable = disabled.iter().map(|name| name.value.to_owned()).collect();
    names.extend(disabled);
    let mut severity = Vec::new();
    for (name, node) in fields.get("severity").map(|node| node.entries()).unwrap_or_default() {
        if let Some(level) = node.text().and_then(|text| text.choose("severity", Severity::NAMES)) {
            severity.push((name.value.to_owned(), level));
        }
        names.push(name);
    }
    Adjust { disable, severity }
}

/// Globs as `.gitignore` files have them, relative to the folder of the configuration.
fn globs(node: &YamlNode<'_>, root: &Path) -> Option<Gitignore> {
    let mut builder = GitignoreBuilder::new(root);
    for text in node.texts() {
        if let Err(error) = builder.add_line(None, text.value) {
            text.problem("bad-glob", format!("not a glob: {error}"), Some("write it as in a .gitignore file".into()));
        }
    }
    builder.build().ok()
}

/// True if a pack runs where none is named: one that is optional only if it, or a rule of it, is selected.
fn is_wanted(pack: &str, options: &Options) -> bool {
    let selects = |name: &String| name.split('/').next() == Some(pack);
    Pack::default_names().any(|name| name == pack) || options.select.iter().any(selects)
}

/// The name that stands for all packs that run where none is named.
pub(crate) const DEFAULT_PACKS: &str = "default";

fn load_packs(written: &Written<'_>, options: &Options) -> Result<Vec<Pack>, ConfigError> {
    let mut names: Vec<String> = match (&options.packs, &written.packs) {
        (asked, _) if !asked.is_empty() => asked.clone(),
        // One that does not exist has been reported.
        (_, Some(listed)) => {
            listed.iter().map(|name| name.value.to_owned()).filter(|name| unknown_pack(name).is_none()).collect()
        }
        _ => Pack::builtin_names().filter(|name| is_wanted(name, options)).map(str::to_owned).collect(),
    };
    let defaults = |name: String| match name.as_str() {
        DEFAULT_PACKS => Pack::default_names().map(str::to_owned).collect(),
        _ => vec![name],
    };
    names = names.into_iter().flat_map(defaults).chain(options.with.iter().cloned()).collect();
    // A pack that is named twice is read once.
    let mut seen = HashSet::new();
    names.retain(|name| seen.insert(name.clone()));
    let read = |name: &String| match Pack::builtin_with(name, options.detail) {
        Some(pack) => pack.map_err(ConfigError::from),
        None => Err(ConfigError::UnknownPack { name: name.clone(), help: unknown_pack(name).unwrap_or_default() }),
    };
    let mut packs: Vec<Pack> = names.iter().map(read).collect::<Result<_, _>>()?;
    let mut broken = Vec::new();
    let named = written.rules.iter().map(|(file, at)| (file, Some(*at)));
    for (file, named) in named.chain(options.rules.iter().map(|file| (file, None))) {
        let name = shown_path(file);
        let pack = options.text(Path::new(&name), &Pack::SORT).and_then(|text| Ok(Pack::parse(&name, &text)?));
        match pack {
            Ok(mut pack) => {
                if options.detail == Detail::ForChecking {
                    pack.only_checks();
                }
                packs.push(pack);
            }
            Err(error) => broken.push(BrokenFile { error, named }),
        }
    }
    if !broken.is_empty() {
        return Err(ConfigError::Files(broken));
    }
    if packs.len() == names.len() {
        // A test holds the packs of comity to names of their own.
        return Ok(packs);
    }
    let mut seen: HashMap<&str, &Pack> = HashMap::new();
    for pack in &packs {
        for rule in pack.rules() {
            if let Some(first) = seen.insert(rule.id().as_str(), pack) {
                let (id, first, second) = (rule.id().to_string(), first.file().to_string(), pack.file().to_string());
                return Err(ConfigError::Repeated { id, first, second });
            }
        }
    }
    Ok(packs)
}

/// The remedy for a name that is no pack; `None` if it is one.
fn unknown_pack(name: &str) -> Option<String> {
    let names: Vec<&str> = Pack::builtin_names().collect();
    if names.contains(&name) || name == DEFAULT_PACKS {
        return None;
    }
    Some(did_you_mean(name, names.iter().copied()).unwrap_or_else(|| {
        format!("the packs of comity are {}; a pack of your own goes under `rules` or `--rules`", names.join(", "))
    }))
}

/// Everything that a rule answers to.
struct KnownNames<'r> {
    known: Vec<&'r str>,
}

impl<'r> KnownNames<'r> {
    fn new(rules: &[&'r Arc<Rule>]) -> Self {
        let mut known: Vec<&str> = Vec::new();
        for rule in rules {
            known.extend([rule.id().as_str(), rule.id().pack()]);
            known.extend(rule.tags().iter().map(|tag| &**tag));
        }
        known.sort_unstable();
        known.dedup();
        KnownNames { known }
    }

    /// The state or body that a name means which no rule answers to: who is likely to object.
    fn objector(&self, name: &str) -> Option<Actor> {
        if self.known.contains(&name) { None } else { Actor::named(name) }
    }

    /// The remedy for a name that means nothing; `None` if it means something, if only in a pack of comity that is
    /// not checked with.
    fn help(&self, name: &str) -> Option<String> {
        if self.known.contains(&name) || Pack::builtin_names().any(|pack| pack == name) {
            return None;
        }
        let elsewhere =
            || Pack::builtin().is_ok_and(|packs| packs.iter().flat_map(Pack::rules).any(|rule| rule.answers_to(name)));
        if elsewhere() {
            return None;
        }
        let near = did_you_mean(name, self.known.iter().copied());
        Some(near.unwrap_or_else(|| "`comity rules` lists them".to_owned()))
    }
}
