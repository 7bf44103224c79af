//! What writes a `Dictionary` of `src/dictionary.rs`.

use std::error::Error;
use std::fs;
use std::path::Path;

use crate::starts::Starts;

pub(crate) struct Writer {
    texts: fst::MapBuilder<Vec<u8>>,
    starts: Starts<Vec<u8>>,
}

impl Writer {
    pub(crate) fn new() -> Writer {
        Writer { texts: fst::MapBuilder::memory(), starts: Starts::new() }
    }

    /// Adds a text; they come in order.
    pub(crate) fn add(&mut self, text: &str, number: u64) -> Result<(), Box<dyn Error>> {
        if text.len() < 2 {
            return Err(format!("`{text}` is too short to be looked for").into());
        }
        self.starts.add(text.as_bytes());
        Ok(self.texts.insert(text, number)?)
    }

    /// Writes `NAME.fst` and `NAME-starts.bin`.
    pub(crate) fn write(self, out: &Path, name: &str) -> Result<(), Box<dyn Error>> {
        fs::write(out.join(format!("{name}.fst")), self.texts.into_inner()?)?;
        fs::write(out.join(format!("{name}-starts.bin")), self.starts.bits)?;
        Ok(())
    }
}
