//! A model of a folder in which two runs fix the same draft while an editor saves it, and each run may be killed: every order of
//! their steps is gone through. The steps of a run are those that the trace of a real one has.

use std::collections::HashSet;

use super::ReplaceStep;

/// The content of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum FileContent {
    Empty,
    Draft,
    FixedDraft,
    /// The content that the editor saves.
    Saved,
    FixedSave,
}

impl FileContent {
    /// The content that comity makes of it, if there is something to fix.
    fn fixed(self) -> Option<FileContent> {
        match self {
            FileContent::Draft => Some(FileContent::FixedDraft),
            FileContent::Saved => Some(FileContent::FixedSave),
            FileContent::Empty | FileContent::FixedDraft | FileContent::FixedSave => None,
        }
    }

    fn is_of_the_editor(self) -> bool {
        matches!(self, FileContent::Saved | FileContent::FixedSave)
    }
}

/// A file by its number: that of the draft, one for each run, and that of an editor which renames.
type Inode = usize;
const DRAFT: Inode = 0;
const EDITED: Inode = 3;

fn new_of(run: usize) -> Inode {
    run + 1
}

/// A file as a run has seen it.
type SeenFile = (Inode, FileContent);

/// The next act of a run, where that is no [`ReplaceStep`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Act {
    /// The draft is read, long before it is replaced.
    Read,
    Step(ReplaceStep),
    /// Its temporary goes, because it is given up.
    Drop(RunEnd),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum RunEnd {
    /// There was nothing to fix.
    Nothing,
    Fixed,
    Changed,
    /// There is a file that somebody may miss, and its name is told.
    Left,
    Killed,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct ModelRun {
    next: Result<Act, RunEnd>,
    read: FileContent,
    old: Option<SeenFile>,
    /// The files that the last exchange but one and the last put at the target.
    put: Option<SeenFile>,
    back: Option<SeenFile>,
    /// The end of the run once its temporary is removed.
    end: RunEnd,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Editor {
    Waiting,
    /// It has made the file empty, and writes next.
    Opened(Inode),
    Done,
}

/// The system and the editor that a run meets.
#[derive(Debug, Clone, Copy)]
struct World {
    exchanges: bool,
    /// True if a run waits for another that has locked the folder.
    waits: bool,
    saves_in_place: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct ModelState {
    files: [FileContent; 4],
    target: Inode,
    temporaries: [Option<Inode>; 2],
    /// The run that has locked the folder.
    locked: Option<usize>,
    runs: [ModelRun; 2],
    editor: Editor,
}

impl ModelState {
    fn new() -> ModelState {
        let run = ModelRun {
            next: Ok(Act::Read),
            read: FileContent::Empty,
            old: None,
            put: None,
            back: None,
            end: RunEnd::Fixed,
        };
        ModelState {
            files: [FileContent::Draft, FileContent::Empty, FileContent::Empty, FileContent::Saved],
            target: DRAFT,
            temporaries: [None; 2],
            locked: None,
            runs: [run; 2],
            editor: Editor::Waiting,
        }
    }

    fn seen(&self, inode: Inode) -> SeenFile {
        (inode, self.files[inode])
    }

    /// True if a run that is alive has a file open and locked.
    fn is_locked(&self, inode: Inode) -> bool {
        (0..2).any(|run| {
            let ModelRun { next, old, put, back, .. } = self.runs[run];
            next.is_ok() && (inode == new_of(run) || [old, put, back].iter().flatten().any(|seen| seen.0 == inode))
        })
    }

    /// Takes away what runs that were killed have left; `false` if there is something that somebody may miss.
    fn clear(&mut self) -> bool {
        let mut nothing_left = true;
        for run in 0..2 {
            let Some(inode) = self.temporaries[run].filter(|inode| !self.is_locked(*inode)) else { continue };
            let read = self.runs[run].read;
            if read == self.files[inode] || read.fixed() == Some(self.files[inode]) {
                self.temporaries[run] = None;
            } else {
                nothing_left = false;
            }
        }
        nothing_left
    }

    /// Exchanges the names of the target and the temporary of a run.
    fn exchange(&mut self, run: usize) -> bool {
        let Some(temporary) = self.temporaries[run] else { return false };
        self.temporaries[run] = Some(std::mem::replace(&mut self.target, temporary));
        true
    }

    /// The state when a run has taken a step, and what it does then.
    fn step(mut self, run: usize, act: Act, world: World) -> ModelState {
        use ReplaceStep::{
            Access, Compare, CompareRestored, Create, Exchange, Link, Lock, Look, Recheck, Remove, Rename, Restore,
            Sync, Unnamed, Write,
        };
        let then = |step| Ok(Act::Step(step));
        let temporary = self.temporaries[run].map(|inode| self.seen(inode));
        let target = self.seen(self.target);
        let me = self.runs[run];
        self.runs[run].next = match act {
            Act::Read => {
                self.runs[run].read = target.1;
                target.1.fixed().map_or(Err(RunEnd::Nothing), |_| then(Look))
            }
            Act::Drop(end) => {
                self.temporaries[run] = None;
                Err(end)
            }
            Act::Step(step) => match step {
                Look if target.1 != me.read => Err(RunEnd::Changed),
                Look => {
                    self.runs[run].old = Some(target);
                    then(Create)
                }
                Create if !self.clear() => Err(RunEnd::Left),
                Create => then(Unnamed),
                Unnamed => then(Access),
                Access => then(Write),
                Write => {
                    self.files[new_of(run)] = me.read.fixed().expect("it is written because there is something to fix");
                    then(Sync)
                }
                Sync => then(Link),
                Link => {
                    self.temporaries[run] = Some(new_of(run));
                    then(Lock)
                }
                // It waits, which is another order, or has waited for long enough.
                Lock if world.waits && self.locked.is_some() => Ok(Act::Drop(RunEnd::Changed)),
                Lock => {
                    self.locked = Some(run);
                    then(Recheck)
                }
                Recheck if Some(target) != me.old => Ok(Act::Drop(RunEnd::Changed)),
                Recheck => then(Exchange),
                Exchange if !world.exchanges || !self.exchange(run) => then(Rename),
                Exchange => then(Compare),
                Compare if temporary == me.old => then(Remove),
                Compare => {
                    (self.runs[run].put, self.runs[run].back) = (Some(self.seen(new_of(run))), temporary);
                    then(Restore)
                }
                Restore if !self.exchange(run) => Err(RunEnd::Left),
                Restore => then(CompareRestored),
                CompareRestored if temporary == me.put => {
                    self.runs[run].end = RunEnd::Changed;
                    then(Remove)
                }
                CompareRestored => {
                    (self.runs[run].put, self.runs[run].back) = (me.back, temporary);
                    then(Restore)
                }
                Remove => {
                    self.temporaries[run] = None;
                    Err(me.end)
                }
                Rename => match self.temporaries[run].take() {
                    Some(new) => {
                        self.target = new;
                        Err(RunEnd::Fixed)
                    }
                    None => Err(RunEnd::Changed),
                },
            },
        };
        if let Err(end) = self.runs[run].next {
            self.end(run, end);
        }
        self
    }

    /// A run has ended. What it knew is of no matter any more, but for what its temporary may hold, and its locks are gone.
    fn end(&mut self, run: usize, end: RunEnd) {
        self.runs[run] = ModelRun { next: Err(end), old: None, put: None, back: None, ..self.runs[run] };
        self.locked = self.locked.filter(|by| *by != run);
    }

    /// The state when the editor has gone on with its save.
    fn edit(mut self, world: World) -> Option<ModelState> {
        match self.editor {
            Editor::Waiting if world.saves_in_place => {
                self.files[self.target] = FileContent::Empty;
                self.editor = Editor::Opened(self.target);
            }
            Editor::Waiting => {
                self.target = EDITED;
                self.editor = Editor::Done;
            }
            Editor::Opened(inode) => {
                self.files[inode] = FileContent::Saved;
                self.editor = Editor::Done;
            }
            Editor::Done => return None,
        }
        Some(self)
    }

    /// Returns the fault of the state, if it has one.
    fn fault(mut self) -> Option<&'static str> {
        let content = self.files[self.target];
        if content == FileContent::Empty && self.editor != Editor::Opened(self.target) {
            return Some("the draft is torn");
        }
        let [Err(one), Err(other)] = [self.runs[0].next, self.runs[1].next] else { return None };
        if matches!(self.editor, Editor::Opened(_)) {
            return None;
        }
        let ends = [one, other];
        // What the next run over the folder comes upon.
        let nothing_left = self.clear();
        let left = self.temporaries.iter().flatten().map(|inode| self.files[*inode]);
        let kept: Vec<_> = left.collect();
        if kept.iter().any(|content| !content.is_of_the_editor()) {
            return Some("a temporary is left that nobody misses");
        }
        if self.editor == Editor::Done && !content.is_of_the_editor() {
            if !kept.contains(&FileContent::Saved) || nothing_left {
                return Some("a save is lost");
            }
            if !ends.contains(&RunEnd::Killed) && !ends.contains(&RunEnd::Left) {
                return Some("a save is put aside, and nobody is told");
            }
        }
        if content == FileContent::Draft && (ends.contains(&RunEnd::Fixed) || !ends.contains(&RunEnd::Killed)) {
            return Some("the draft is said to be fixed, or to be changed, and is neither");
        }
        if !kept.is_empty() && !ends.contains(&RunEnd::Killed) && !ends.contains(&RunEnd::Left) {
            return Some("a temporary is left by a run that was not killed");
        }
        None
    }
}

/// Every state that can be come to, or the first that is wrong and the way to it.
fn explore(world: World) -> Result<usize, (&'static str, Vec<String>)> {
    fn go(
        state: ModelState,
        world: World,
        seen: &mut HashSet<ModelState>,
        way: &mut Vec<String>,
    ) -> Result<(), (&'static str, Vec<String>)> {
        if !seen.insert(state) {
            return Ok(());
        }
        if let Some(fault) = state.fault() {
            return Err((fault, way.clone()));
        }
        let mut to = |state, what: String| {
            way.push(what);
            let result = go(state, world, seen, way);
            way.pop();
            result
        };
        for run in 0..2 {
            let Ok(act) = state.runs[run].next else { continue };
            to(state.step(run, act, world), format!("run {run}: {act:?}"))?;
            let mut killed = state;
            killed.end(run, RunEnd::Killed);
            to(killed, format!("run {run} is killed"))?;
        }
        state.edit(world).map_or(Ok(()), |edited| to(edited, format!("the editor, {:?}", state.editor)))
    }
    let mut seen = HashSet::new();
    go(ModelState::new(), world, &mut seen, &mut Vec::new())?;
    Ok(seen.len())
}

#[test]
fn no_order_of_two_runs_and_a_save_tears_a_draft_or_loses_the_save() {
    for saves_in_place in [false, true] {
        let world = World { exchanges: true, waits: true, saves_in_place };
        let states = explore(world).unwrap_or_else(|(fault, way)| panic!("{fault}:\n{}", way.join("\n")));
        assert!(states > 2_000, "{states} states are not all that there are");
        // The model sees the moment that is left where names cannot be exchanged, and why only one run may exchange them at a time.
        for (world, last) in
            [(World { exchanges: false, ..world }, "Rename"), (World { waits: false, ..world }, "Restore")]
        {
            let (fault, way) = explore(world).unwrap_err();
            assert_eq!(fault, "a save is lost");
            assert!(way.iter().any(|step| step.contains(last)), "{way:?}");
        }
    }
}

/// The steps of one run, before one of which an editor saves.
#[cfg(target_os = "linux")]
fn steps(world: World, saves_at: Option<ReplaceStep>) -> Vec<ReplaceStep> {
    let mut state = ModelState::new();
    let mut steps = Vec::new();
    while let Ok(act) = state.runs[0].next {
        if let Act::Step(step) = act {
            if Some(step) == saves_at {
                state = state.edit(world).expect("it has not saved yet");
            }
            steps.push(step);
        }
        state = state.step(0, act, world);
    }
    steps
}

#[cfg(target_os = "linux")]
#[test]
fn the_steps_of_the_model_are_those_of_a_run() {
    use super::tests::{Saving, meanwhile, with_faults};
    use super::{Expected, fault, replace};
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("draft.md");
    for (exchanges, faults) in [(true, &[][..]), (false, &[ReplaceStep::Exchange])] {
        let world = World { exchanges, waits: true, saves_in_place: false };
        let mut moments: Vec<_> = steps(world, None).into_iter().map(Some).collect();
        moments.push(None);
        for saves_at in moments {
            std::fs::write(&path, "old").unwrap();
            let target = path.clone();
            if let Some(step) = saves_at {
                meanwhile(step, move || Saving::Renamed.save(&target, "saved"));
            }
            let (_, trace) = with_faults(faults, || replace(&path, Expected::Read(b"old"), b"new"));
            fault::MEANWHILE.take();
            assert_eq!(trace, steps(world, saves_at), "the editor saves at {saves_at:?}");
        }
    }
}
