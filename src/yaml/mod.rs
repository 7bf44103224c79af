//! YAML files that people write, packs and configurations: parsed, read strictly, every problem at its line and column.
//!
//! A file is parsed once, by `serde_yaml`. Where a value stands is asked for only when there is something to say about it:
//! [`locate`] then walks the file again to that value.

mod depth;
mod fields;
mod locate;

use std::collections::HashSet;
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Arc;

pub(crate) use fields::{Fields, Node, Text, did_you_mean, nearest};

use crate::draft::DecodeError;
use crate::draft::decode::{decode, is_text};
use crate::draft::lines::Lines;
use crate::shown::counted;
use crate::span::{Position, Span};

/// The largest YAML file that is read, in bytes.
pub(crate) const MAX_BYTES: u64 = 8 << 20;

/// The most problems of one file that are listed.
const MAX_PROBLEMS: usize = 200;

/// The fewest problems that are listed, of however large a file.
const MIN_PROBLEMS: usize = 5;

/// How much of a file is read again to tell where its problems are, in bytes: each costs a reading of the file.
const MAX_REREAD: usize = 8 << 20;

/// One thing wrong with a YAML file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// A stable kebab-case name, such as `unknown-key`.
    pub code: &'static str,
    /// What is wrong.
    pub message: String,
    /// Where, in bytes of the file's text.
    pub span: Span,
    /// What to do about it.
    pub help: Option<String>,
}

/// All that is wrong with one YAML file.
#[derive(Debug, Clone)]
pub struct Problems {
    /// What the file is called.
    pub name: Arc<str>,
    /// The text of the file.
    pub text: Arc<str>,
    /// What is wrong, in the order of the file.
    pub list: Vec<Problem>,
}

impl Problems {
    /// What is wrong, each in a sentence: the file, the line and the column, the message, and what to do about it.
    pub fn sentences(&self) -> impl Iterator<Item = String> {
        let lines = Lines::new(&self.text);
        self.list.iter().map(move |problem| {
            let at = lines.position(&self.text, problem.span.start());
            let help = problem.help.iter().map(|help| format!("; {help}")).collect::<String>();
            format!("{}:{at}: error: {} [{}]{help}", self.name, problem.message, problem.code)
        })
    }

    /// The line and column of a byte of the file.
    pub fn position(&self, offset: usize) -> Position {
        Lines::new(&self.text).position(&self.text, offset)
    }
}

impl std::error::Error for Problems {}

impl std::fmt::Display for Problems {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (i, sentence) in self.sentences().enumerate() {
            let separator = if i > 0 { "\n" } else { "" };
            write!(f, "{separator}{sentence}")?;
        }
        Ok(())
    }
}

/// Why a YAML file could not be used.
#[derive(Debug, thiserror::Error)]
pub enum YamlError {
    /// The file could not be read.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The file is larger than comity reads.
    #[error("{}: larger than {} MiB, the most that a pack or a configuration may have", path.display(), MAX_BYTES >> 20)]
    TooLarge {
        /// The file.
        path: PathBuf,
    },
    /// The bytes are not text in an encoding that is read.
    #[error("{}: {source}", path.display())]
    Decode {
        /// The file.
        path: PathBuf,
        /// The byte, its place and the remedy.
        source: DecodeError,
    },
    /// The file is none of those that are read here. Nothing of it is quoted: it may be any file of the machine.
    #[error("{}: not {what}", path.display())]
    Foreign {
        /// The file.
        path: PathBuf,
        /// What it is to be, and by which keys that is told.
        what: &'static str,
    },
    /// Its content is wrong.
    #[error(transparent)]
    Invalid(#[from] Problems),
}

impl YamlError {
    /// What the file is called.
    pub(crate) fn name(&self) -> std::borrow::Cow<'_, str> {
        match self {
            YamlError::Io { path, .. }
            | YamlError::TooLarge { path }
            | YamlError::Decode { path, .. }
            | YamlError::Foreign { path, .. } => path.to_string_lossy(),
            YamlError::Invalid(problems) => (&*problems.name).into(),
        }
    }
}

/// A sort of file, and how it is told from all others.
#[derive(Debug)]
pub(crate) struct Sort {
    /// What it is, and by which keys that is told.
    pub(crate) what: &'static str,
    /// A file of this sort has all keys of one of these lists.
    pub(crate) keys: &'static [&'static [&'static str]],
    /// Whether a file with nothing in it is one.
    pub(crate) may_be_empty: bool,
}

impl Sort {
    /// Whether a text is to be a file of this sort, whatever else is wrong with it.
    fn is_meant(&self, text: &str) -> bool {
        if self.has_keys(|key| text.lines().any(|line| begins_with_key(line, key))) {
            return true;
        }
        match serde_yaml::from_str::<serde_yaml::Value>(text) {
            Ok(serde_yaml::Value::Mapping(map)) if map.is_empty() => self.may_be_empty,
            Ok(serde_yaml::Value::Mapping(map)) => self.has_keys(|key| map.contains_key(key)),
            Ok(serde_yaml::Value::Null) => self.may_be_empty,
            _ => false,
        }
    }

    fn has_keys(&self, has: impl Fn(&str) -> bool) -> bool {
        self.keys.iter().any(|keys| keys.iter().all(|key| has(key)))
    }
}

/// Whether a line of YAML, which may be broken, begins with a key of the outermost mapping.
fn begins_with_key(line: &str, key: &str) -> bool {
    let line = line.trim_start_matches(['\u{feff}', '{', '"', '\'']);
    line.strip_prefix(key).is_some_and(|rest| rest.trim_start_matches(['"', '\'']).trim_start().starts_with(':'))
}

/// The text of a YAML file of this sort.
pub(crate) fn read_file(path: &std::path::Path, sort: &Sort) -> Result<String, YamlError> {
    decode_file(path, read_bytes(path)?, sort)
}

/// The bytes of a YAML file.
pub(crate) fn read_bytes(path: &std::path::Path) -> Result<Vec<u8>, YamlError> {
    use std::io::Read;
    let io = |source| YamlError::Io { path: path.to_owned(), source };
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path).map_err(io)?;
    file.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(io)?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(YamlError::TooLarge { path: path.to_owned() });
    }
    Ok(bytes)
}

/// The text of the bytes of a YAML file of this sort.
pub(crate) fn decode_file(path: &std::path::Path, bytes: Vec<u8>, sort: &Sort) -> Result<String, YamlError> {
    let text = decode(bytes).map_err(|source| YamlError::Decode { path: path.to_owned(), source })?;
    if sort.is_meant(&text) { Ok(text) } else { Err(YamlError::Foreign { path: path.to_owned(), what: sort.what }) }
}

/// The way from the root of a file to a value.
#[derive(Debug, Clone, Default)]
pub(crate) struct Path(Option<Rc<(Path, Step)>>);

#[derive(Debug, Clone, Hash)]
enum Step {
    Key(String),
    Item(usize),
}

impl Path {
    pub(crate) fn key(&self, key: &str) -> Path {
        Path(Some(Rc::new((self.clone(), Step::Key(key.to_owned())))))
    }

    pub(crate) fn item(&self, index: usize) -> Path {
        Path(Some(Rc::new((self.clone(), Step::Item(index)))))
    }

    fn steps(&self) -> Vec<Step> {
        let mut steps = Vec::new();
        let mut at = self;
        while let Some(link) = &at.0 {
            steps.push(link.1.clone());
            at = &link.0;
        }
        steps.reverse();
        steps
    }
}

/// What about a value a problem is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Part {
    /// Its key.
    Key,
    /// The value.
    Value,
    /// These bytes of the value, which is a string.
    Within(std::ops::Range<usize>),
}

/// A parsed YAML file, and what has been found wrong with it so far.
#[derive(Debug)]
pub(crate) struct Document {
    name: Arc<str>,
    text: Arc<str>,
    value: serde_yaml::Value,
    problems: std::cell::RefCell<Vec<Problem>>,
    /// What more is wrong than is listed, each by a hash of what and where: a value that is asked for twice is wrong twice.
    unlisted: std::cell::RefCell<HashSet<u64>>,
}

impl Document {
    /// Parses a file.
    ///
    /// # Errors
    /// The one problem that ends a parse.
    pub(crate) fn parse(name: &str, text: &str) -> Result<Document, Problems> {
        let zero = is_text(text.as_bytes());
        // The parser takes a byte-order mark for a document of its own.
        let mark = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        let (name, text): (Arc<str>, Arc<str>) = (name.into(), text[mark..].into());
        // A file that holds one is not read at all; this is the text of an editor.
        if let Err(error) = zero {
            let at = error.offset - mark;
            let problem = Problem { code: "yaml", message: error.to_string(), span: Span::new(at, at + 1), help: None };
            return Err(Problems { name, text, list: vec![problem] });
        }
        if let Some(at) = depth::too_deep(&text) {
            let message = format!("nested more than {} levels deep", depth::MAX);
            let span = Span::new(at, locate::end_of_word(&text, at));
            let help = Some("close brackets that are open; no pack and no configuration nests so deeply".to_owned());
            return Err(Problems { name, text, list: vec![Problem { code: "yaml", message, span, help }] });
        }
        match serde_yaml::from_str(&text) {
            Ok(value) => Ok(Document::new(name, text, value)),
            Err(error) => {
                let (message, span, help) = locate::describe(&error, &text);
                let problem = Problem { code: "yaml", message, span, help };
                Err(Problems { name, text, list: vec![problem] })
            }
        }
    }

    /// A file from the JSON that its values are in. Problems have no places.
    ///
    /// # Errors
    /// As [`Document::parse`], if the JSON is none.
    pub(crate) fn from_json(name: &str, json: &str) -> Result<Document, Problems> {
        match serde_json::from_str(json) {
            Ok(value) => Ok(Document::new(name.into(), "".into(), value)),
            Err(_) => Document::parse(name, json),
        }
    }

    fn new(name: Arc<str>, text: Arc<str>, value: serde_yaml::Value) -> Document {
        Document { name, text, value, problems: Default::default(), unlisted: Default::default() }
    }

    pub(crate) fn name(&self) -> &Arc<str> {
        &self.name
    }

    pub(crate) fn text(&self) -> &Arc<str> {
        &self.text
    }

    /// Whether there is nothing in the file but comments.
    pub(crate) fn is_empty(&self) -> bool {
        self.value.is_null()
    }

    pub(crate) fn root(&self) -> Node<'_> {
        Node::new(self, &self.value, Path::default())
    }

    /// Records a problem. Of a file that is wrong throughout the first are listed, the others counted.
    pub(crate) fn problem(&self, code: &'static str, path: &Path, part: &Part, message: String, help: Option<String>) {
        if self.is_full() {
            let state = BuildHasherDefault::<DefaultHasher>::default();
            self.unlisted.borrow_mut().insert(state.hash_one((code, path.steps(), part, message)));
            return;
        }
        let span = locate::locate(&self.text, path, part);
        self.problems.borrow_mut().push(Problem { code, message, span, help });
    }

    /// Whether as many problems have been recorded as are listed.
    pub(crate) fn is_full(&self) -> bool {
        let most = (MAX_REREAD / self.text.len().max(1)).clamp(MIN_PROBLEMS, MAX_PROBLEMS);
        self.problems.borrow().len() >= most
    }

    /// The line and column of a value.
    pub(crate) fn position(&self, path: &Path) -> Position {
        let span = locate::locate(&self.text, path, &Part::Value);
        Lines::new(&self.text).position(&self.text, span.start())
    }

    /// `result`, if nothing was found wrong.
    ///
    /// # Errors
    /// Everything that was found wrong, in the order of the file.
    pub(crate) fn finish<T>(self, result: Option<T>) -> Result<T, Problems> {
        let mut list = self.problems.into_inner();
        list.sort_by_key(|problem| problem.span);
        // A value that is asked for twice is wrong twice.
        list.dedup();
        let unlisted = self.unlisted.into_inner().len();
        if unlisted > 0 {
            let message = format!("{} in this file", counted(unlisted, "more problem"));
            let help = Some("mend those that are listed, and run comity again".to_owned());
            list.push(Problem { code: "too-many-problems", message, span: Span::new(0, 0), help });
        }
        match result {
            Some(result) if list.is_empty() => Ok(result),
            _ => Err(Problems { name: self.name, text: self.text, list }),
        }
    }
}
