//! A YAML file while it is read: its values, and what is found wrong with them.

use std::collections::HashSet;
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};
use std::sync::Arc;

use super::problem::{Problem, Problems};
use super::tree::{Tree, YamlValue};
use super::{events, json};
use crate::span::Span;
use crate::text::counted;

/// The most problems of one file that are listed.
const MAX_PROBLEMS: usize = 200;

/// A parsed YAML file, and the problems that are found while it is read.
#[derive(Debug)]
pub(crate) struct Document {
    pub(super) tree: Arc<Tree>,
    problems: std::cell::RefCell<Vec<Problem>>,
    /// The problems beyond those that are listed, each by a hash of what and where: a value that is asked for twice is wrong
    /// twice.
    unlisted: std::cell::RefCell<HashSet<u64>>,
}

impl Document {
    /// Parses a file.
    ///
    /// # Errors
    /// The one problem that ends a parse.
    pub(crate) fn parse(name: &str, text: &str) -> Result<Document, Problems> {
        let (tree, problems) = events::parse(name, text)?;
        Ok(Document::with_problems(Arc::new(tree), &problems))
    }

    /// A file from the JSON that its values are in. Problems have no places.
    ///
    /// # Errors
    /// As [`Document::parse`], if the JSON is none.
    pub(crate) fn from_json(name: &str, json: &'static str) -> Result<Document, Problems> {
        match json::parse(name, json) {
            Ok(tree) => Ok(Document::new(Arc::new(tree))),
            Err(_) => Document::parse(name, json),
        }
    }

    /// A file that has been parsed, with nothing wrong so far.
    pub(crate) fn new(tree: Arc<Tree>) -> Document {
        Document { tree, problems: Default::default(), unlisted: Default::default() }
    }

    /// A file that has been parsed, with these problems so far.
    pub(super) fn with_problems(tree: Arc<Tree>, problems: &[Problem]) -> Document {
        let document = Document::new(tree);
        for Problem { code, message, span, help } in problems {
            document.problem(code, *span, message.clone(), help.clone());
        }
        document
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

    /// True if there is nothing in the file but comments.
    pub(crate) fn is_empty(&self) -> bool {
        *self.tree.value(self.tree.root()) == YamlValue::Null
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

    /// True if as many problems have been recorded as are listed.
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
