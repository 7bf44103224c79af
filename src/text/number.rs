//! Numbers as English texts write them, in digits and in words, and what they say, exactly.
//!
//! Read are "28,500", "3.5", "3,5", "twenty-one", "two and a half", "three point two five", and a scale behind them: "ten million".

use crate::span::{Plain, Span};

/// An exact decimal number: whole digits, none of them a zero at the end, times a power of ten.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Decimal {
    digits: u128,
    power: i32,
}

impl Decimal {
    pub(crate) fn new(mut digits: u128, mut power: i32) -> Decimal {
        if digits == 0 {
            return Decimal { digits, power: 0 };
        }
        while digits.is_multiple_of(10) {
            digits /= 10;
            power += 1;
        }
        Decimal { digits, power }
    }

    /// A number of these digits before and behind the point, if it has no more of them than any text means.
    fn of_digits(whole: &str, behind: &str) -> Option<Decimal> {
        let behind = behind.trim_end_matches('0');
        let digits = format!("{whole}{behind}").parse().ok()?;
        Some(Decimal::new(digits, -i32::try_from(behind.len()).ok()?))
    }

    /// It times ten to this power.
    pub(crate) fn times_ten_to(self, power: i32) -> Decimal {
        Decimal::new(self.digits, self.power + power)
    }
}

/// The scales that stand behind a number, each with its power of ten.
pub(super) const SCALES: &[(&str, i32)] = &[
    ("hundred", 2),
    ("thousand", 3),
    ("million", 6),
    ("billion", 9),
    ("trillion", 12),
    ("mn", 6),
    ("bn", 9),
    ("tn", 12),
];

/// The numbers below twenty.
const NUMBERS: &[&str] = &[
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
];

/// The tens from twenty on.
pub(super) const TENS: &[&str] = &["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

/// "twenty-one", of a number below a hundred.
pub(crate) fn in_words(number: u32) -> Option<String> {
    let number = number as usize;
    if let Some(word) = NUMBERS.get(number) {
        return Some((*word).to_owned());
    }
    let tens = TENS.get(number / 10 - 2)?;
    Some(if number.is_multiple_of(10) { (*tens).to_owned() } else { format!("{tens}-{}", NUMBERS[number % 10]) })
}

/// The fractions that may stand behind a whole number in words, each with the digits that it adds behind the point.
const FRACTIONS: &[(&str, &str)] =
    &[(" and a half", "5"), (" and one half", "5"), (" and a quarter", "25"), (" and one quarter", "25")];

/// The numbers of a text that stand alone as words, with their places, in order; `None` for one of which it is not sure what it says.
pub(crate) fn numbers(text: &str) -> Vec<(Option<Decimal>, Span<Plain>)> {
    let bytes = text.as_bytes();
    let reader = NumberReader::new(text);
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let read = opens_word(bytes, at).then(|| reader.alone(at)).flatten();
        at = match read {
            Some((number, end)) => {
                found.push((number, Span::new(at, end)));
                end
            }
            None => at + 1,
        };
    }
    found
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

pub(super) fn opens_word(bytes: &[u8], at: usize) -> bool {
    bytes[at].is_ascii_alphanumeric() && (at == 0 || !is_word(bytes[at - 1]))
}

/// A reader of parts of numbers and amounts from a byte of a text on; it tells the byte behind them.
#[derive(Clone, Copy)]
pub(super) struct NumberReader<'t> {
    pub(super) text: &'t str,
    /// True if it holds letters that are another case of one of ASCII.
    has_cases: bool,
}

impl<'t> NumberReader<'t> {
    pub(super) fn new(text: &'t str) -> NumberReader<'t> {
        NumberReader { text, has_cases: !text.is_ascii() && text.contains(|c| plain(c) != c) }
    }

    /// A number that is a word or several: no "a" that might be one, and not the digits of "10th".
    fn alone(self, at: usize) -> Option<(Option<Decimal>, usize)> {
        if matches!(self.text.as_bytes()[at] | 0x20, b'a' | b'h') {
            return None;
        }
        self.numbers(at).into_iter().find_map(|end| {
            let scaled = self.scale(end).and_then(|(power, behind)| Some((power, self.edge(behind)?)));
            let (power, behind) = scaled.or_else(|| Some((0, self.edge(end)?)))?;
            let text = &self.text[at..end];
            let number = if may_be_label(text) { None } else { value(text) };
            Some((number.map(|number| number.times_ten_to(power)), behind))
        })
    }

    /// Lists the possible ends of a number that begins here, the likeliest first.
    pub(super) fn numbers(self, at: usize) -> Vec<usize> {
        if let Some(end) = self.digits(at) {
            return vec![end];
        }
        let mut ends = Vec::new();
        let mut add = |end: usize| ends.extend(self.fraction(end).into_iter().chain([end]));
        if let Some(end) = self.any_of(at, TENS) {
            let with_one =
                self.text[end..].starts_with(['-', ' ']).then(|| self.any_of(end + 1, &NUMBERS[1..10])).flatten();
            with_one.into_iter().chain([end]).for_each(&mut add);
        }
        let simple = NUMBERS[1..].iter().chain(&["a", "half a"]);
        simple.filter_map(|number| self.word(at, number)).for_each(add);
        ends
    }

    /// " point five", " and a half", behind the number.
    fn fraction(self, end: usize) -> Option<usize> {
        if let Some(point) = self.word(end, " point") {
            let digit = |at: &usize| self.any_of(self.word(*at, " ")?, &NUMBERS[..10]);
            return std::iter::successors(digit(&point), digit).last();
        }
        let and = self.word(end, " and ")?;
        self.any_of(self.any_of(and, &["a ", "one "])?, &["half", "quarter"])
    }

    /// A number in digits: "1,000.5", "3,5", "12".
    pub(super) fn digits(self, at: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let run = |at: usize| at + bytes[at.min(bytes.len())..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        let end = run(at);
        if end == at {
            return None;
        }
        let point = |end: usize| self.word(end, ".").map(run).filter(|&behind| behind > end + 1);
        // Groups of three.
        let mut grouped = end;
        while end - at <= 3 && bytes.get(grouped) == Some(&b',') && run(grouped + 1) >= grouped + 4 {
            grouped += 4;
        }
        if grouped > end {
            return Some(point(grouped).unwrap_or(grouped));
        }
        let decimal = || {
            let from = self.word(end, ",").or_else(|| self.word(end, "\u{b7}"))?;
            let digits = (run(from) - from).min(2);
            (digits > 0).then_some(from + digits)
        };
        Some(point(end).or_else(decimal).unwrap_or(end))
    }

    /// A scale, behind a space or a hyphen or right here.
    pub(super) fn scale(self, at: usize) -> Option<(i32, usize)> {
        self.one_of(self.gap(at), SCALES)
    }

    /// The first of these words that stands here, and what it says.
    pub(super) fn one_of<T: Copy>(self, at: usize, words: &[(&str, T)]) -> Option<(T, usize)> {
        words.iter().find_map(|(word, says)| Some((*says, self.word(at, word)?)))
    }

    pub(super) fn any_of(self, at: usize, words: &[&str]) -> Option<usize> {
        words.iter().find_map(|word| self.word(at, word))
    }

    /// These letters, in any case.
    pub(super) fn word(self, at: usize, word: &str) -> Option<usize> {
        let end = at + word.len();
        let found = self.text.as_bytes().get(at..end)?;
        if !self.has_cases || !word.is_ascii() {
            return found.eq_ignore_ascii_case(word.as_bytes()).then_some(end);
        }
        let mut end = at;
        let mut letters = self.text[at..].chars();
        let stands = word.chars().all(|wanted| {
            letters.next().is_some_and(|c| {
                end += c.len_utf8();
                plain(c).eq_ignore_ascii_case(&wanted)
            })
        });
        stands.then_some(end)
    }

    /// A character of white space.
    pub(super) fn space(self, at: usize) -> Option<usize> {
        let c = self.text[at..].chars().next().filter(|c| c.is_whitespace())?;
        Some(at + c.len_utf8())
    }

    /// Returns the byte behind a space or a hyphen, if one stands here.
    pub(super) fn gap(self, at: usize) -> usize {
        self.space(at).or_else(|| self.word(at, "-")).unwrap_or(at)
    }

    /// The same place, if the word that ends there does not go on.
    pub(super) fn edge(self, at: usize) -> Option<usize> {
        self.text.as_bytes().get(at).is_none_or(|&byte| !is_word(byte)).then_some(at)
    }
}

/// A letter as it is written, if it is another case of one of ASCII: the long s and the sign of Kelvin.
fn plain(c: char) -> char {
    match c {
        '\u{17f}' => 's',
        '\u{212a}' => 'k',
        _ => c,
    }
}

/// Splits a number at its decimal comma: one before one or two digits at the end.
fn decimal_comma(text: &str) -> Option<(&str, &str)> {
    text.rsplit_once(',').filter(|(_, digits)| digits.len() < 3 && !text.contains('.'))
}

/// True if digits may be no number: "articles 3,5" may be two of them, section 1.10 is not 1.1, and "007" has its zeros.
fn may_be_label(text: &str) -> bool {
    let zeros = text.len() > 1 && text.starts_with('0') && !text.starts_with("0.");
    decimal_comma(text).is_some() || zeros || (text.contains('.') && text.ends_with('0'))
}

/// The value of a number in digits or in words, as [`NumberReader::numbers`] finds it.
pub(super) fn value(text: &str) -> Option<Decimal> {
    if text.starts_with(|c: char| c.is_ascii_digit()) {
        let point = || text.split_once('.').or_else(|| text.split_once('\u{b7}'));
        let (whole, behind) = decimal_comma(text).or_else(point).unwrap_or((text, ""));
        return Decimal::of_digits(&whole.replace(',', ""), behind);
    }
    let text = text.chars().map(plain).collect::<String>().to_ascii_lowercase();
    if text == "half a" {
        return Some(Decimal::new(5, -1));
    }
    if let Some((whole, digits)) = text.split_once(" point ") {
        let digit = |word| NUMBERS[..10].iter().position(|known| *known == word).map(|digit| digit.to_string());
        let digits: Option<String> = digits.split(' ').map(digit).collect();
        return Decimal::of_digits(&whole_number(whole)?.to_string(), &digits?);
    }
    let fraction = FRACTIONS.iter().find_map(|(ending, digits)| Some((text.strip_suffix(ending)?, *digits)));
    let (whole, behind) = fraction.unwrap_or((&text, ""));
    Decimal::of_digits(&whole_number(whole)?.to_string(), behind)
}

/// A number below a hundred in small letters: "a", "twelve", "twenty-one", "half a" not among them.
fn whole_number(text: &str) -> Option<usize> {
    if text == "a" {
        return Some(1);
    }
    let word = |word: &str| {
        let one = NUMBERS.iter().position(|known| *known == word);
        let ten = TENS.iter().position(|known| *known == word).map(|tens| (tens + 2) * 10);
        one.or(ten)
    };
    text.split(['-', ' ']).map(word).sum()
}
