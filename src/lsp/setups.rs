//! The setup that each open document is checked with: of a configuration that is wrong at the moment, the last that was right.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::ServerSettings;
use crate::session::{Session, Setup, SetupError};

/// The setup of a document.
#[derive(Debug, Clone, Default)]
pub(super) struct FoundSetup {
    /// The rules: of a configuration that is wrong at the moment, those that it had before.
    pub(super) setup: Option<Arc<Setup>>,
    /// The fault of the configuration.
    pub(super) trouble: Option<SetupError>,
}

/// The configurations of the open documents.
#[derive(Debug, Default)]
pub(super) struct DocumentSetups {
    generation: u64,
    session: Session,
    /// The last setup of each configuration that was right.
    last_good: HashMap<Option<PathBuf>, Arc<Setup>>,
}

impl DocumentSetups {
    /// Forgets what was read under other settings, or before a file changed.
    pub(super) fn renew(&mut self, generation: u64, settings: &ServerSettings) {
        if self.generation != generation {
            self.generation = generation;
            self.session = Session::new(settings.options.clone(), settings.choice.clone()).at(settings.root.clone());
        }
    }

    /// Returns the setup for the draft at `path`; without a path, for one in the folder of the workspace.
    pub(super) fn find(&mut self, path: Option<&Path>) -> FoundSetup {
        // Not every editor tells of files that come and go.
        self.session.look_again();
        let file = self.session.file_for(path);
        self.at(file)
    }

    /// The configuration in `file`.
    pub(super) fn at(&mut self, file: Option<PathBuf>) -> FoundSetup {
        match self.session.setup_of(file.clone()) {
            Ok(setup) => {
                self.last_good.insert(file, Arc::clone(&setup));
                FoundSetup { setup: Some(setup), trouble: None }
            }
            Err(trouble) => FoundSetup { setup: self.last_good.get(&file).cloned(), trouble: Some(trouble) },
        }
    }
}
