//! Two edits of one base for people: collisions first, then what both did, then what each did by itself.

use std::io;

use termcolor::{Color, WriteColor};

use super::super::report::{Column, at, heading, one_below_another, write_change, write_findings, write_remarks};
use super::super::{Excerpt, SentenceChange};
use super::{Collision, CollisionKind, ThreeWay, base_of};
use crate::escape::Shown;
use crate::text::counted;

/// How much of a document's name marks the lines of one side.
const MOST_NAME: usize = 24;

impl CollisionKind {
    /// What has happened, for people.
    fn told(self) -> &'static str {
        match self {
            CollisionKind::Deleted => "one deleted what the other changed",
            CollisionKind::Reworded => "both changed the same words",
            CollisionKind::Inserted => "both put another text here",
            CollisionKind::Moved => "each moved it elsewhere",
            CollisionKind::Beside => "both changed other words of it, and both changes may stand",
        }
    }
}

impl ThreeWay {
    /// Writes what the two did for people, in lines of at most `width` columns where words allow it.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn write(&self, out: &mut dyn WriteColor, width: usize) -> io::Result<()> {
        writeln!(out, "{}", Shown(&self.summary()))?;
        for collision in &self.collisions {
            writeln!(out)?;
            self.write_collision(out, collision, width)?;
        }
        let names = self.names();
        let both = format!("{} and {}", names[0], names[1]);
        for (who, came, went) in [
            (&both, &self.came.both, &self.went.both),
            (&names[0], &self.came.alone[0], &self.went.alone[0]),
            (&names[1], &self.came.alone[1], &self.went.alone[1]),
        ] {
            write_findings(out, &format!("came in, by {who}"), came, Color::Red)?;
            write_findings(out, &format!("went out, by {who}"), went, Color::Green)?;
        }
        if !self.agreed.is_empty() {
            writeln!(out)?;
            heading(out, &format!("both, by {both}:"), None)?;
        }
        for [left, right] in &self.agreed {
            writeln!(out)?;
            let right = right.new.as_ref().map(|place| at(&self.sides[1].new, place));
            write_change(out, left, [&self.base, &self.sides[0].new], right, width)?;
        }
        for (side, name) in names.iter().enumerate() {
            if !self.alone[side].is_empty() {
                writeln!(out)?;
                heading(out, &format!("only {name}:"), None)?;
            }
            for change in &self.alone[side] {
                writeln!(out)?;
                write_change(out, change, [&self.base, &self.sides[side].new], None, width)?;
            }
        }
        Ok(())
    }

    /// Counts what the two did, in one line.
    pub fn summary(&self) -> String {
        if self.is_empty() {
            return "nothing differs".to_owned();
        }
        let beside = self.count(CollisionKind::Beside);
        let mut told = match self.collisions.len() {
            0 => "no collision".to_owned(),
            count => counted(count, "collision"),
        };
        if beside > 0 {
            told += &format!(" ({beside} in other words of one sentence)");
        }
        let names = self.names();
        let alone = |side: usize| format!("{} by {} alone", self.alone[side].len(), names[side]);
        format!("{told}; {} of both, {}, {}", counted(self.agreed.len(), "change"), alone(0), alone(1))
    }

    /// The names of the two drafts.
    fn names(&self) -> [String; 2] {
        [0, 1].map(|side: usize| self.sides[side].new.to_string())
    }

    fn write_collision(&self, out: &mut dyn WriteColor, collision: &Collision, width: usize) -> io::Result<()> {
        let base = base_of(collision);
        let place = match (base.first(), collision.sides[0].first().and_then(|change| change.new.as_ref())) {
            (Some(place), _) => at(&self.base, place),
            (None, Some(place)) => at(&self.sides[0].new, place),
            (None, None) => self.base.to_string(),
        };
        heading(out, &format!("{place}: collision: {}", collision.kind.told()), Some(Color::Magenta))?;
        let marked = out.supports_color();
        let names = self.names();
        // As short as they can be told apart.
        let label = |name: &str| {
            let short = name.rsplit(['/', '\\']).next().unwrap_or(name);
            let is_one = names.iter().filter(|name| name.rsplit(['/', '\\']).next() == Some(short)).count() == 1;
            let name = if is_one { short } else { name };
            let cut = name.char_indices().rev().nth(MOST_NAME).map_or(0, |(at, _)| at);
            if cut > 0 { format!("\u{2026}{}", &name[cut..]) } else { name.to_owned() }
        };
        for place in &base {
            one_below_another(out, "base: ", &Column::new(place, "[-", "-]", Color::Red, marked), width)?;
        }
        for (changes, name) in collision.sides.iter().zip(&names) {
            let label = Shown(&label(name)).to_string();
            for change in changes {
                write_side(out, change, &label, width)?;
            }
        }
        Ok(())
    }
}

/// Writes what one side did to the place of a collision.
fn write_side(out: &mut dyn WriteColor, change: &SentenceChange, label: &str, width: usize) -> io::Result<()> {
    let marked = out.supports_color();
    match &change.new {
        None => writeln!(out, "  {label}: {}", change.kind.name())?,
        Some(place) => {
            // What was added as a whole is marked by where it stands.
            let new: &Excerpt = place;
            one_below_another(out, &format!("{label}: "), &Column::new(new, "{+", "+}", Color::Green, marked), width)?;
        }
    }
    write_remarks(out, change, "    ")
}
