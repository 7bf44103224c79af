//! Sessions: from a configuration to findings, for drafts in any number of folders.
//!
//! The command line, the language server and users of the library check through one of these.
//!
//! ```no_run
//! use comity::session::Session;
//!
//! let mut session = Session::default();
//! for finding in session.check("drafts/summit.md")? {
//!     println!("{finding}");
//! }
//! # Ok::<(), comity::session::SessionError>(())
//! ```

mod checked;
mod setup;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::baseline::Baseline;
use crate::config::{self, Options};
use crate::draft::{Draft, DraftError, Reading};
use crate::finding::Finding;
pub(crate) use checked::{Checked, Task};
pub use setup::{Setup, SetupError};

/// The choice of the configuration that drafts are checked with.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Choice {
    /// The nearest to each, from its folder upward.
    #[default]
    Nearest,
    /// This file, for all of them.
    File(PathBuf),
    /// None.
    Nothing,
}

/// The reason why a draft could not be checked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SessionError {
    /// There is nothing to check it with.
    #[error(transparent)]
    Setup(#[from] SetupError),
    /// The draft could not be read.
    #[error(transparent)]
    Draft(#[from] DraftError),
}

/// The configurations that drafts are checked with: each is found, read and compiled once.
#[derive(Debug, Default)]
pub struct Session {
    options: Options,
    choice: Choice,
    root: PathBuf,
    reading: Reading,
    baseline: Option<Baseline>,
    /// For each folder the configuration that holds in it.
    files: HashMap<PathBuf, Option<PathBuf>>,
    setups: HashMap<Option<PathBuf>, Result<Arc<Setup>, SetupError>>,
}

impl Session {
    /// A session that checks with this configuration, under these options.
    pub fn new(options: Options, choice: Choice) -> Session {
        Session { options, choice, ..Session::default() }
    }

    /// The same session, whose relative paths start from `root` instead of the current directory.
    #[must_use]
    pub fn at(self, root: PathBuf) -> Session {
        Session { root, ..self }
    }

    /// The same session, which reads drafts in this way.
    #[must_use]
    pub fn reading(self, reading: Reading) -> Session {
        Session { reading, ..self }
    }

    /// The same session, which leaves out the findings that a baseline accepts.
    #[must_use]
    pub fn baseline(self, baseline: Baseline) -> Session {
        Session { baseline: Some(baseline), ..self }
    }

    /// The options that go before every configuration.
    pub fn options(&self) -> &Options {
        &self.options
    }

    /// Looks for the configuration of each folder anew, for files come and go. Those that were read are kept.
    pub fn look_again(&mut self) {
        self.files.clear();
    }

    /// The configuration for the draft at `path`; without a path, for one in the folder that the session starts from.
    pub fn file_for(&mut self, path: Option<&Path>) -> Option<PathBuf> {
        match &self.choice {
            Choice::Nothing => None,
            Choice::File(file) => Some(config::resolve(&self.root.join(file))),
            Choice::Nearest => {
                let folder = match path {
                    Some(path) => config::resolve(path).parent().map(Path::to_owned).unwrap_or_default(),
                    None => self.root.canonicalize().unwrap_or_else(|_| self.root.clone()),
                };
                let options = &self.options;
                self.files.entry(folder).or_insert_with_key(|folder| nearest(folder, options)).clone()
            }
        }
    }

    /// The setup for the draft at `path`; without a path, for one in the folder that the session starts from.
    ///
    /// # Errors
    /// If its configuration or a pack that this names is wrong.
    pub fn setup(&mut self, path: Option<&Path>) -> Result<Arc<Setup>, SetupError> {
        let file = self.file_for(path);
        self.setup_of(file)
    }

    /// The setup of this configuration, or of none.
    ///
    /// # Errors
    /// As [`Session::setup`].
    pub fn setup_of(&mut self, file: Option<PathBuf>) -> Result<Arc<Setup>, SetupError> {
        let options = &self.options;
        self.setups.entry(file).or_insert_with_key(|file| Setup::read(file.as_deref(), options).map(Arc::new)).clone()
    }

    /// The findings in the draft at `path` that nothing silences; none if its configuration leaves it out.
    ///
    /// # Errors
    /// As [`Session::setup`], or if the draft cannot be read.
    pub fn check(&mut self, path: impl AsRef<Path>) -> Result<Vec<Finding>, SessionError> {
        let path = path.as_ref();
        let setup = self.setup(Some(path))?;
        if setup.policy.ignores(path) {
            return Ok(Vec::new());
        }
        let draft = Draft::read_with(path, &setup.reading(self.reading))?;
        let task = Task { baseline: self.baseline.as_ref(), ..Task::default() };
        let mut findings = setup.check(path, draft, task).fixed.left;
        findings.retain(|finding| finding.suppressed.is_none());
        Ok(findings)
    }
}

/// The configuration that is nearest to a folder. One that an editor has, and that was never saved, counts where it is nearer.
fn nearest(folder: &Path, options: &Options) -> Option<PathBuf> {
    let on_disk = config::find(folder);
    let unsaved =
        |folder: &Path| Some(folder.join(config::FILE_NAME)).filter(|file| options.unsaved.contains_key(file));
    let open = folder.ancestors().find_map(unsaved);
    [on_disk, open].into_iter().flatten().max_by_key(|file| file.components().count())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_draft_is_checked_with_the_nearest_configuration_and_each_is_read_once() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::create_dir_all(at("a/b")).unwrap();
        for name in ["one.md", "a/two.md", "a/b/three.md", "a/b/left-out.md"] {
            fs::write(at(name), "They support China containment.\n").unwrap();
        }
        fs::write(at("a/comity.yml"), "disable: [framing]\n").unwrap();
        fs::write(at("a/b/comity.yml"), "packs: [framing]\nignore: [left-out.md]\n").unwrap();
        let mut session = Session::default();
        let mut count = |name: &str| session.check(at(name)).unwrap().len();
        assert_eq!(["one.md", "a/two.md", "a/b/three.md", "a/b/left-out.md"].map(&mut count), [1, 0, 1, 0]);
        let [one, other] = ["a/b/three.md", "a/b/left-out.md"].map(|name| session.setup(Some(&at(name))).unwrap());
        assert!(Arc::ptr_eq(&one, &other));
        // One that has come since is found when it is looked for again.
        fs::write(at("comity.yml"), "disable: [framing]\n").unwrap();
        assert_eq!(session.check(at("one.md")).unwrap().len(), 1);
        session.look_again();
        assert_eq!(session.check(at("one.md")).unwrap().len(), 0);
    }

    #[test]
    fn a_baseline_and_a_limit_hold_for_all_drafts() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::write(at("comity.yml"), "packs: [names]\n").unwrap();
        fs::write(at("draft.md"), "They met in Kiev.\n").unwrap();
        let found = Session::default().check(at("draft.md")).unwrap();
        assert_eq!(found.len(), 1);
        let mut baseline = Baseline::new(&at("baseline.yml"));
        baseline.accept(&at("draft.md"), found.iter());
        let mut session = Session::default().baseline(baseline);
        assert_eq!(session.check(at("draft.md")).unwrap().len(), 0);
        fs::write(at("draft.md"), "They met in Kiev. They left Kiev.\n").unwrap();
        assert_eq!(session.check(at("draft.md")).unwrap().len(), 1);
        let mut session = Session::default().reading(Reading { max_bytes: 8, ..Reading::default() });
        assert!(matches!(session.check(at("draft.md")), Err(SessionError::Draft(_))));
    }

    #[test]
    fn what_is_wrong_is_told_of_each_draft() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::write(at("comity.yml"), "packs: [farming]\n").unwrap();
        fs::write(at("draft.md"), "Text.\n").unwrap();
        let mut session = Session::default();
        for _ in 0..2 {
            let error = session.check(at("draft.md")).unwrap_err();
            assert!(
                matches!(error, SessionError::Setup(SetupError::Config(_))) && error.to_string().contains("farming"),
                "{error}"
            );
        }
        let mut session = Session::new(Options::default(), Choice::Nothing);
        assert_eq!(session.check(at("draft.md")).unwrap().len(), 0);
        assert!(matches!(session.check(at("no-such.md")), Err(SessionError::Draft(_))));
        let mut session = Session::new(Options::default(), Choice::File("comity.yml".into())).at(folder.path().into());
        assert_eq!(session.file_for(None), Some(config::resolve(&at("comity.yml"))));
        assert!(session.setup(None).is_err());
    }
}
