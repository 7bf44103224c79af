//! Several drafts, compared one after the other.

use super::Run;
use super::compared::Comparer;
use super::folders::{Pairing, Sides};
use super::likeness::Likeness;
use super::sources::{VersionError, Versions};
use crate::Reading;
use crate::cli::configurations::Configurations;
use crate::cli::streams::Streams;

impl Run<'_> {
    /// Compares the drafts of two sides.
    pub(super) fn several(&mut self, mut sides: Sides, configurations: &mut Configurations, streams: &mut Streams) {
        if sides.is_empty() {
            let names = self.args.versions.iter().cloned();
            let places: Vec<String> =
                names.chain(self.args.draft.iter().map(|path| path.display().to_string())).collect();
            self.fail(&[VersionError::NoDrafts(places.join(", "))], streams);
            return;
        }
        // What is wrong with a configuration is told when its drafts are compared.
        sides.leave_out(|path| configurations.setup_for(path, streams).is_some_and(|setup| setup.policy.ignores(path)));
        let reading = Reading { residues: false, ..self.args.documents.reading() };
        let pairs = sides.pairs(|source| source.read(&reading).ok().map(|draft| Likeness::new(&draft)));
        for pairing in pairs {
            self.one_of_several(pairing, configurations, streams);
        }
        self.output.write(streams, |out| self.writer.total(out));
    }

    fn one_of_several(&mut self, pairing: Pairing, configurations: &mut Configurations, streams: &mut Streams) {
        let Pairing { fate, old, new, path, called } = pairing;
        let Some(setup) = configurations.setup_for(&path, streams) else {
            self.not_set_up(&path, configurations, streams);
            return;
        };
        let comparer = Comparer { args: self.args, setup: &setup, path: &path };
        let compared = match (old, new) {
            (Some(old), Some(new)) => comparer.pair(&Versions { old, new, path: path.clone() }, fate, streams),
            (None, Some(new)) => comparer.added(&new, streams),
            (Some(old), None) => comparer.dropped(&old, streams),
            (None, None) => return,
        };
        match compared {
            Ok(compared) => {
                self.output.write(streams, |out| self.writer.one_of_several(out, &compared, &called));
                self.judge(&setup, &compared);
            }
            Err(errors) => self.fail(&errors, streams),
        }
    }
}
