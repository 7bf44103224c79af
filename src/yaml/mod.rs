//! YAML files that people write, packs and configurations: parsed, read strictly, every problem at its line and column.
//!
//! A file is parsed once, into a [`Tree`] of values that know where they stand.

mod events;
mod fields;
mod json;
mod tree;
mod typed;

use std::collections::HashSet;
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};
use std::path::PathBuf;
use std::sync::Arc;

pub(crate) use fields::{Fields, Node, Text, did_you_mean, nearest};
pub(crate) use tree::{Tree, Value};
pub(crate) use typed::{Role, typed_at};

use crate::draft::DecodeError;
use crate::draft::decode::decode;
use crate::draft::lines::Lines;
use crate::span::{Position, Span};
use crate::text::counted;

/// The largest YAML file that is read, in bytes.
pub(crate) const MAX_BYTES: u64 = 8 << 20;

/// The most problems of one file that are listed.
const MAX_PROBLEMS: usize = 200;

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
        let Ok((tree, _)) = events::parse("", text) else {
            return false;
        };
        match tree.value(tree.root()) {
            Value::Map(map) if map.is_empty() => self.may_be_empty,
            Value::Map(map) => self.has_keys(|key| tree.entry(map, key).is_some()),
            Value::Null => self.may_be_empty,
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

/// What is found wrong with a parsed YAML file, while it is read.
#[derive(Debug)]
pub(crate) struct Document {
    tree: Arc<Tree>,
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
        let (tree, problems) = events::parse(name, text)?;
        let document = Document::of(Arc::new(tree));
        for Problem { code, message, span, help } in problems {
            document.problem(code, span, message, help);
        }
        Ok(document)
    }

    /// A file from the JSON that its values are in. Problems have no places.
    ///
    /// # Errors
    /// As [`Document::parse`], if the JSON is none.
    pub(crate) fn from_json(name: &str, json: &'static str) -> Result<Document, Problems> {
        match json::parse(name, json) {
            Ok(tree) => Ok(Document::of(Arc::new(tree))),
            Err(_) => Document::parse(name, json),
        }
    }

    /// A file that has been parsed, with nothing wrong so far.
    pub(crate) fn of(tree: Arc<Tree>) -> Document {
        Document { tree, problems: Default::default(), unlisted: Default::default() }
    }

    pub(crate) fn tree(&self) -> &Arc<Tree> {
        &self.tree
    }

    pub(crate) fn name(&self) -> &Arc<str> {
        &self.tree.name
    }

    pub(crate) fn text(&self) -> &Arc<str> {
        &self.tree.text
    }

    /// Whether there is nothing in the file but comments.
    pub(crate) fn is_empty(&self) -> bool {
        *self.tree.value(self.tree.root()) == Value::Null
    }

    pub(crate) fn root(&self) -> Node<'_> {
        Node::new(self, self.tree.root())
    }

    /// Records a problem at some bytes of the file. Of a file that is wrong throughout the first are listed, the others counted.
    pub(crate) fn problem(&self, code: &'static str, span: Span, message: String, help: Option<String>) {
        if self.is_full() {
            let state = BuildHasherDefault::<DefaultHasher>::default();
            self.unlisted.borrow_mut().insert(state.hash_one((code, span, message)));
            return;
        }
        self.problems.borrow_mut().push(Problem { code, message, span, help });
    }

    /// Whether as many problems have been recorded as are listed.
    pub(crate) fn is_full(&self) -> bool {
        self.problems.borrow().len() >= MAX_PROBLEMS
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
            _ => Err(Problems { name: Arc::clone(&self.tree.name), text: Arc::clone(&self.tree.text), list }),
        }
    }
}
