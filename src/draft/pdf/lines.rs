//! The lines of a page: letters that stand beside each other.

/// Some letters that stand on one line, without a gap.
#[derive(Debug, Clone)]
pub(super) struct Fragment {
    pub(super) text: String,
    /// The beginning of the line of its feet, and its end, along the line.
    pub(super) left: f64,
    pub(super) right: f64,
    /// The height of that line on the page; larger is further up.
    pub(super) base: f64,
    /// The size of its letters.
    pub(super) size: f64,
    /// The direction that it runs in, in quarters of a turn; 4 for what is written from top to bottom, 5 for any other.
    pub(super) turn: u8,
    /// True for what the file says belongs to the page: its header, its number.
    pub(super) is_artifact: bool,
    /// The gaps between its letters, until it is known which of them part words.
    gaps: Vec<Gap>,
}

/// A gap between two letters.
#[derive(Debug, Clone, Copy)]
struct Gap {
    /// The byte of the text that it stands before.
    at: usize,
    /// Its width, in sizes of letters.
    width: f64,
}

impl Fragment {
    /// Letters that run from one point of the page to another.
    pub(super) fn new(
        text: String,
        begin: [f64; 2],
        end: [f64; 2],
        size: f64,
        is_artifact: bool,
        is_vertical: bool,
    ) -> Fragment {
        let (x, y) = (end[0] - begin[0], end[1] - begin[1]);
        let mostly = |one: f64, other: f64| one.abs() >= other.abs() * 4.0;
        // A letter without width runs as letters do.
        let turn = match () {
            () if is_vertical => 4,
            () if mostly(x, y) && x >= 0.0 => 0,
            () if mostly(y, x) && y > 0.0 => 1,
            () if mostly(x, y) => 2,
            () if mostly(y, x) => 3,
            () => 5,
        };
        let along = |[x, y]: [f64; 2]| match turn {
            0 => [x, y],
            1 => [y, -x],
            2 => [-x, -y],
            3 => [-y, x],
            // From top to bottom, lines from right to left.
            4 => [-y, x],
            // Along a slope: how far it is from one end to the other is what counts.
            _ => {
                let (cos, sin) = unit(end[0] - begin[0], end[1] - begin[1]);
                [x * cos + y * sin, y * cos - x * sin]
            }
        };
        let ([left, base], [right, _]) = (along(begin), along(end));
        let gaps = Vec::new();
        Fragment { text, left, right: right.max(left), base, size: size.max(0.01), turn, is_artifact, gaps }
    }

    /// Adds letters behind a gap of so many sizes.
    fn add(&mut self, next: &Fragment, width: f64) {
        self.gaps.push(Gap { at: self.text.len(), width });
        self.text.push_str(&next.text);
        self.right = self.right.max(next.right);
    }

    /// The usual gap between its letters, in sizes of these, if they are spaced out, as those of titles are: `C H I N A`. Nearly all
    /// gaps are wide then, and those between words wider.
    fn spacing(&self) -> Option<f64> {
        let is_letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
        let is_between = |gap: &&Gap| {
            let (before, behind) = self.text.split_at(gap.at);
            is_letter(before.chars().next_back()) && is_letter(behind.chars().next())
        };
        let mut widths: Vec<f64> = self.gaps.iter().filter(is_between).map(|gap| gap.width).collect();
        widths.sort_by(f64::total_cmp);
        // One gap in five may be none: letters that are one sign, such as a ligature.
        let least = *widths.get(widths.len() / 5)?;
        (widths.len() >= LEAST_SPACED && least > WORD_GAP).then(|| widths[widths.len() / 2])
    }

    /// The same with spaces where gaps part words.
    fn settled(mut self) -> Fragment {
        let word = self.spacing().map_or(WORD_GAP, |spacing| spacing * SPACED_WORD_GAP);
        let gaps = std::mem::take(&mut self.gaps);
        if !gaps.iter().any(|gap| gap.width > word) {
            return self;
        }
        let text = std::mem::take(&mut self.text);
        let mut done = 0;
        for (index, gap) in gaps.iter().enumerate().filter(|(_, gap)| gap.width > word) {
            self.text.push_str(&text[done..gap.at]);
            let end = gaps.get(index + 1).map_or(text.len(), |next| next.at);
            join(&mut self.text, &text[gap.at..end], true);
            done = end;
        }
        self.text.push_str(&text[done..]);
        self
    }
}

fn unit(x: f64, y: f64) -> (f64, f64) {
    let len = x.hypot(y);
    if len > 0.0 { (x / len, y / len) } else { (1.0, 0.0) }
}

/// The widest gap within a word, and the narrowest between words, in sizes of letters.
pub(super) const WORD_GAP: f64 = 0.13;

/// The widest gap that is one between words, in sizes of letters. A wider one may be that between columns.
pub(super) const COLUMN_GAP: f64 = 1.2;

/// The fewest gaps that tell that letters are spaced out.
const LEAST_SPACED: usize = 3;

/// The most letters of a line that is taken for such a title.
const MOST_SPACED: usize = 256;

/// The narrowest gap between words whose letters are spaced out, in usual gaps of these.
const SPACED_WORD_GAP: f64 = 1.6;

/// The fragments of a page, in the order in which the file has them.
#[derive(Debug, Default)]
pub(super) struct Fragments {
    pub(super) all: Vec<Fragment>,
    open: Option<Fragment>,
}

impl Fragments {
    /// Adds letters, to those before them where they stand beside these. True if they do not.
    pub(super) fn push(&mut self, next: Fragment) -> bool {
        let Some(open) = &mut self.open else {
            self.open = Some(next);
            return true;
        };
        let gap = next.left - open.right;
        let size = open.size.max(next.size);
        let is_same = open.is_artifact == next.is_artifact
            && open.turn == next.turn
            && (open.base - next.base).abs() < size * 0.1
            && (open.size - next.size).abs() < size * 0.1;
        // What is printed twice to look bold stands where the same stands already.
        if is_same && gap < -size * 0.3 && (next.left - open.left).abs() < size * 0.1 && next.text == open.text {
            return false;
        }
        // The words of a title whose letters are spaced out stand further apart.
        let spacing = || if open.gaps.len() < MOST_SPACED { open.spacing() } else { None };
        let is_spaced = || gap < size * 4.0 && spacing().is_some_and(|gaps| gap < size * (COLUMN_GAP + gaps * 2.0));
        if is_same && gap >= -size * 0.3 && (gap < size * COLUMN_GAP || is_spaced()) {
            open.add(&next, gap / size);
            return false;
        }
        self.all.extend(self.open.replace(next).map(Fragment::settled));
        true
    }

    /// Ends the last one.
    pub(super) fn end(&mut self) {
        self.all.extend(self.open.take().map(Fragment::settled));
    }
}

/// Adds text to a line, behind a space where there is a gap.
pub(super) fn join(line: &mut String, text: &str, is_gap: bool) {
    let has_space = line.ends_with(char::is_whitespace) || text.starts_with(char::is_whitespace);
    if is_gap && !has_space && !line.is_empty() {
        line.push(' ');
    }
    line.push_str(text);
}
