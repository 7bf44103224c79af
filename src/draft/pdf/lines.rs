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
        Fragment { text, left, right: right.max(left), base, size: size.max(0.01), turn, is_artifact }
    }
}

fn unit(x: f64, y: f64) -> (f64, f64) {
    let len = x.hypot(y);
    if len > 0.0 { (x / len, y / len) } else { (1.0, 0.0) }
}

/// The widest gap within a word, and the narrowest between words, in sizes of letters.
const WORD_GAP: f64 = 0.13;

/// The widest gap that is one between words, in sizes of letters. A wider one may be that between columns.
pub(super) const COLUMN_GAP: f64 = 1.2;

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
        if is_same && (-size * 0.3..size * COLUMN_GAP).contains(&gap) {
            join(&mut open.text, &next.text, gap > size * WORD_GAP);
            open.right = open.right.max(next.right);
            return false;
        }
        self.all.extend(self.open.replace(next));
        true
    }

    /// Ends the last one.
    pub(super) fn end(&mut self) {
        self.all.extend(self.open.take());
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
