//! The steps in which a file is replaced, and the faults that tests bring about in them.

/// One step of replacing a file, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(test, derive(Hash))]
pub(super) enum ReplaceStep {
    /// The old file is looked at: what it holds, and who may read it.
    Look,
    Create,
    /// A file without a name is made. Where this fails it is given a name at once.
    #[cfg_attr(not(target_os = "linux"), allow(dead_code, reason = "there are no others"))]
    Unnamed,
    Access,
    Write,
    Sync,
    /// The file is given a name. Where this fails it is copied into one that has a name.
    #[cfg_attr(not(target_os = "linux"), allow(dead_code, reason = "it has one"))]
    Link,
    /// No other run exchanges names in the folder. Where this fails the file is renamed.
    Lock,
    /// The old file is looked at again, right before the names are exchanged.
    Recheck,
    /// The names are exchanged. Where this fails the file is renamed.
    Exchange,
    /// The file that had the name until it was exchanged is looked at: another program may have been faster by a moment.
    Compare,
    /// The names are exchanged again, because it had been.
    Restore,
    /// The file that has come out of that is looked at in turn.
    CompareRestored,
    Remove,
    Rename,
}

/// Faults that tests bring about, and what others do in the middle of a step.
#[cfg(test)]
pub(super) mod fault {
    use std::cell::{Cell, RefCell};
    use std::io;

    use super::ReplaceStep;

    type StepHook = Box<dyn FnMut(ReplaceStep)>;

    thread_local! {
        pub(in crate::atomic) static AT: Cell<&'static [ReplaceStep]> = const { Cell::new(&[]) };
        /// The steps that were begun, once for each row of the same.
        pub(in crate::atomic) static TRACE: RefCell<Vec<ReplaceStep>> = const { RefCell::new(Vec::new()) };
        /// A hook that is run before each step.
        pub(in crate::atomic) static MEANWHILE: RefCell<Option<StepHook>> = const { RefCell::new(None) };
    }

    pub(in crate::atomic) fn at(step: ReplaceStep) -> io::Result<()> {
        TRACE.with_borrow_mut(|trace| {
            trace.push(step);
            trace.dedup();
        });
        MEANWHILE.with_borrow_mut(|other| other.as_mut().map(|other| other(step)));
        if AT.get().contains(&step) { Err(io::Error::other(format!("{step:?} fails"))) } else { Ok(()) }
    }
}

#[cfg(not(test))]
pub(super) mod fault {
    use super::ReplaceStep;

    #[inline]
    #[allow(clippy::unnecessary_wraps, reason = "in a test it may fail")]
    pub(in crate::atomic) fn at(_: ReplaceStep) -> std::io::Result<()> {
        Ok(())
    }
}
