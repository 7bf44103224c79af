//! Amounts as English texts write them: sums of money, percentages, shares of a product and ratios, in digits and in words.
//!
//! Read are "$10 billion", "10bn dollars", "US$ 1,000", "two and a half per cent", "3.5 percent of GDP", "percentage points",
//! "twofold", "three times", "doubling".

use crate::declare::choices;
use crate::span::{Plain, Span};

choices! {
    /// What a number counts.
    pub(crate) enum Unit {
        /// Sums in any currency.
        Money = "money",
        /// Per cent.
        Percent = "percent",
        /// A share of gross domestic product.
        Gdp = "gdp",
        /// Ninefold, three times, tripling.
        Ratio = "ratio",
    }
}

/// A number with its unit; the currency, if it is money.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Amount {
    pub(crate) unit: Unit,
    value: f64,
    currency: Option<&'static str>,
}

impl Amount {
    fn of(unit: Unit, value: f64) -> Amount {
        Amount { unit, value, currency: None }
    }

    fn of_money(value: f64, currency: &'static str) -> Amount {
        Amount { unit: Unit::Money, value, currency: Some(currency) }
    }

    /// Whether the two say the same, however they are written.
    pub(crate) fn is(&self, other: &Amount) -> bool {
        let close = (self.value - other.value).abs() <= 1e-9 * self.value.abs().max(other.value.abs());
        self.unit == other.unit && self.currency == other.currency && close
    }
}

/// The amounts of a text, with their places, in order.
pub(crate) fn amounts(text: &str) -> Vec<(Amount, Span<Plain>)> {
    let bytes = text.as_bytes();
    let reader = Reader { text, has_cases: !text.is_ascii() && text.contains(|c| plain(c) != c) };
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let read = if may_begin(bytes, at) { reader.any(at) } else { None };
        match read {
            Some((amount, end)) => {
                found.extend(amount.map(|amount| (amount, Span::new(at, end))));
                at = end;
            }
            None => at += 1,
        }
    }
    found
}

/// Whether an amount may begin at a byte: a digit or a word of a number where a word begins, or the sign of a currency.
fn may_begin(bytes: &[u8], at: usize) -> bool {
    match bytes[at] {
        b'$' | 0xc2 | 0xe2 => true,
        byte if byte.is_ascii_digit() => opens_word(bytes, at),
        byte => match byte | 0x20 {
            // "USD", "A$" may stand right behind another word.
            b'u' | b'a' | b'c' | b'e' | b'g' | b'j' | b'k' => true,
            b't' | b'f' | b's' | b'n' | b'o' | b'h' | b'd' | b'q' => opens_word(bytes, at),
            _ => false,
        },
    }
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

fn opens_word(bytes: &[u8], at: usize) -> bool {
    at == 0 || !is_word(bytes[at - 1])
}

/// An amount, if its number can be read, and the byte behind it.
type Read = Option<(Option<Amount>, usize)>;

/// What reads parts of amounts from a byte of a text on, and tells the byte behind them.
#[derive(Clone, Copy)]
struct Reader<'t> {
    text: &'t str,
    /// Whether it holds letters that are another case of one of ASCII.
    has_cases: bool,
}

/// What stands before a sum, in small letters, with the code of the currency.
const SYMBOLS: &[(&str, &str)] = &[
    ("us$", "USD"),
    ("a$", "AUD"),
    ("c$", "CAD"),
    ("$", "USD"),
    ("\u{20ac}", "EUR"),
    ("\u{a3}", "GBP"),
    ("\u{a5}", "JPY"),
    ("\u{20a9}", "KRW"),
    ("usd", "USD"),
    ("eur", "EUR"),
    ("gbp", "GBP"),
    ("jpy", "JPY"),
    ("krw", "KRW"),
    ("cny", "CNY"),
];

/// What stands behind a sum, in the same way; of what begins alike the longest first.
const CURRENCIES: &[(&str, &str)] = &[
    ("dollars", "USD"),
    ("dollar", "USD"),
    ("euros", "EUR"),
    ("euro", "EUR"),
    ("pounds", "GBP"),
    ("pound", "GBP"),
    ("yen", "JPY"),
    ("yuan", "CNY"),
    ("won", "KRW"),
    ("usd", "USD"),
    ("eur", "EUR"),
    ("gbp", "GBP"),
    ("jpy", "JPY"),
    ("krw", "KRW"),
    ("cny", "CNY"),
];

const SCALES: &[(&str, f64)] = &[
    ("hundred", 1e2),
    ("thousand", 1e3),
    ("million", 1e6),
    ("billion", 1e9),
    ("trillion", 1e12),
    ("mn", 1e6),
    ("bn", 1e9),
    ("tn", 1e12),
];

const NUMBERS: &[&str] = &[
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: &[&str] = &["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
const VERBS: &[(&str, f64)] = &[("doubl", 2.0), ("tripl", 3.0), ("quadrupl", 4.0), ("quintupl", 5.0), ("halv", 0.5)];

impl<'t> Reader<'t> {
    /// Any amount.
    fn any(self, at: usize) -> Read {
        if let Some(read) = self.sum(at) {
            return Some(read);
        }
        if !opens_word(self.text.as_bytes(), at) {
            return None;
        }
        let numbers = self.numbers(at);
        let first = |read: &dyn Fn(usize) -> Read| numbers.iter().find_map(|&end| read(end));
        let value = |end: usize| number(&self.text[at..end]);
        let of = |unit, end: usize| value(end).map(|value| Amount::of(unit, value));
        first(&|end| self.money(at, end))
            .or_else(|| first(&|end| self.percent(end).map(|(unit, behind)| (of(unit, end), behind))))
            .or_else(|| first(&|end| Some((of(Unit::Ratio, end), self.edge(self.word(self.gap(end), "fold")?)?))))
            .or_else(|| first(&|end| Some((of(Unit::Ratio, end), self.edge(self.word(self.space(end)?, "times")?)?))))
            .or_else(|| self.verb(at))
    }

    /// "$10 billion"
    fn sum(self, at: usize) -> Read {
        let (currency, end) = self.one_of(at, SYMBOLS)?;
        let from = self.space(end).unwrap_or(end);
        let end = self.digits(from)?;
        let scaled = self.scale(end).and_then(|(scale, end)| Some((scale, self.edge(end)?)));
        let (scale, behind) = scaled.unwrap_or((1.0, end));
        let amount = number(&self.text[from..end]).map(|value| Amount::of_money(value * scale, currency));
        Some((amount, behind))
    }

    /// "10 billion U.S. dollars", of which the number ends at `end`.
    fn money(self, start: usize, end: usize) -> Read {
        let name = |at: usize| {
            CURRENCIES.iter().find_map(|(name, currency)| Some((*currency, self.edge(self.word(at, name)?)?)))
        };
        let behind = |end: usize| {
            let at = self.space(end)?;
            let of_country = ["u.s.", "us", "american", "korean"].iter().find_map(|of| self.space(self.word(at, of)?));
            of_country.and_then(name).or_else(|| name(at))
        };
        let scaled = self.scale(end).and_then(|(scale, end)| Some((scale, behind(end)?)));
        let (scale, (currency, behind)) = scaled.or_else(|| Some((1.0, behind(end)?)))?;
        let amount = number(&self.text[start..end]).map(|value| Amount::of_money(value * scale, currency));
        Some((amount, behind))
    }

    /// "percent", "% of GDP", "percentage points", behind the number.
    fn percent(self, end: usize) -> Option<(Unit, usize)> {
        let at = self.gap(end);
        let cent = |at: usize| self.edge(self.word(at, "cent")?);
        let per_cent = || {
            let per = self.word(at, "per")?;
            self.space(per).and_then(cent).or_else(|| cent(per))
        };
        let points = || {
            let point = self.word(self.space(self.word(at, "percentage")?)?, "point")?;
            Some(self.word(point, "s").unwrap_or(point))
        };
        let end = self.word(at, "%").or_else(per_cent).or_else(points)?;
        Some(self.of_product(end).map_or((Unit::Percent, end), |end| (Unit::Gdp, end)))
    }

    /// "of its annual GDP"
    fn of_product(self, end: usize) -> Option<usize> {
        let mut at = self.space(self.word(self.space(end)?, "of")?)?;
        for _ in 0..=4 {
            let both = |first, second| self.word(self.space(self.word(at, first)?)?, second);
            let product = || {
                let middle = both("gross", "domestic").or_else(|| both("gross", "national"))?;
                self.word(self.space(middle)?, "product")
            };
            let found = self
                .word(at, "gdp")
                .or_else(|| self.word(at, "gnp"))
                .or_else(product)
                .or_else(|| both("national", "income"));
            if found.is_some() {
                return found;
            }
            let is_of_word = |c: char| c.is_ascii_alphabetic() || matches!(c, '\'' | '\u{2019}' | '.');
            let rest = &self.text[at..];
            let len = rest.find(|c: char| !is_of_word(c)).unwrap_or(rest.len());
            at = self.space(at + len).filter(|_| len > 0)?;
        }
        None
    }

    /// "doubling", "double its"
    fn verb(self, at: usize) -> Read {
        let (value, end) = self.one_of(at, VERBS)?;
        let ending = |ending: &&str| self.edge(self.word(end, ending)?);
        let object = || {
            let at = self.space(self.word(end, "e")?)?;
            ["its", "the", "their", "our", "this", "that"].iter().find_map(|object| self.edge(self.word(at, object)?))
        };
        let end = ["es", "ed", "ing"].iter().find_map(ending).or_else(object)?;
        Some((Some(Amount::of(Unit::Ratio, value)), end))
    }

    /// Where a number that begins here may end, the likeliest first.
    fn numbers(self, at: usize) -> Vec<usize> {
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
    fn digits(self, at: usize) -> Option<usize> {
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
    fn scale(self, at: usize) -> Option<(f64, usize)> {
        self.one_of(self.gap(at), SCALES)
    }

    /// The first of these words that stands here, and what it says.
    fn one_of<T: Copy>(self, at: usize, words: &[(&str, T)]) -> Option<(T, usize)> {
        words.iter().find_map(|(word, says)| Some((*says, self.word(at, word)?)))
    }

    fn any_of(self, at: usize, words: &[&str]) -> Option<usize> {
        words.iter().find_map(|word| self.word(at, word))
    }

    /// These letters, in any case.
    fn word(self, at: usize, word: &str) -> Option<usize> {
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
    fn space(self, at: usize) -> Option<usize> {
        let c = self.text[at..].chars().next().filter(|c| c.is_whitespace())?;
        Some(at + c.len_utf8())
    }

    /// Behind a space or a hyphen, if one stands here.
    fn gap(self, at: usize) -> usize {
        self.space(at).or_else(|| self.word(at, "-")).unwrap_or(at)
    }

    /// The same place, if the word that ends there does not go on.
    fn edge(self, at: usize) -> Option<usize> {
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

/// What a number in digits or in words says.
fn number(text: &str) -> Option<f64> {
    let text = text.chars().map(plain).collect::<String>().to_lowercase();
    if text.starts_with(|c: char| c.is_ascii_digit()) {
        // A comma before one or two digits at the end is a decimal comma.
        let decimal = text.rsplit_once([',', '\u{b7}']).filter(|(_, digits)| digits.len() < 3 && !text.contains('.'));
        return match decimal {
            Some((whole, digits)) => format!("{}.{digits}", whole.replace(',', "")).parse().ok(),
            None => text.replace(',', "").parse().ok(),
        };
    }
    for (ending, more) in
        [(" and a half", 0.5), (" and one half", 0.5), (" and a quarter", 0.25), (" and one quarter", 0.25)]
    {
        if let Some(whole) = text.strip_suffix(ending) {
            return Some(number(whole)? + more);
        }
    }
    if let Some((whole, digits)) = text.split_once(" point ") {
        let digit = |word: &str| NUMBERS.iter().position(|known| *known == word).filter(|digit| *digit < 10);
        let digits: Option<String> = digits.split(' ').map(|word| digit(word).map(|d| d.to_string())).collect();
        let fraction: f64 = format!("0.{}", digits?).parse().ok()?;
        return Some(number(whole)? + fraction);
    }
    match text.as_str() {
        "a" => return Some(1.0),
        "half a" => return Some(0.5),
        _ => {}
    }
    let word = |word: &str| {
        let one = NUMBERS.iter().position(|known| *known == word);
        let ten = TENS.iter().position(|known| *known == word).map(|tens| (tens + 2) * 10);
        one.or(ten)
    };
    let parts: Option<Vec<usize>> = text.split(['-', ' ']).map(word).collect();
    parts.map(|parts| parts.iter().sum::<usize>() as f64)
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use proptest::prelude::*;
    use regex::{Captures, Regex};

    use super::*;

    const NUMBER: &str = r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+|[,\x{b7}][0-9]{1,2})?)";
    const NUMBER_WORDS: &str = "(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|a|half a)(?: point(?: (?:zero|one|two|three|four|five|six|seven|eight|nine))+| and (?:a|one) (?:half|quarter))?";
    const SCALE: &str = r"(?:hundred|thousand|million|billion|trillion|mn|bn|tn)";

    /// Every way to write an amount, as an expression. The groups say which it is.
    static AMOUNT: LazyLock<Regex> = LazyLock::new(|| {
        let any = format!("(?:{NUMBER}|{NUMBER_WORDS})");
        let pattern = format!(
            r"(?i)(?P<symbol>US\$|A\$|C\$|[$\u{{20ac}}\u{{a3}}\u{{a5}}\u{{20a9}}]|USD|EUR|GBP|JPY|KRW|CNY)\s?(?P<sum>{NUMBER})(?:[\s-]?(?P<sumscale>{SCALE})(?-u:\b))?|(?-u:\b)(?P<amount>{any})(?:[\s-]?(?P<amountscale>{SCALE}))?\s(?:U\.S\.\s|US\s|American\s|Korean\s)?(?P<currency>dollars?|euros?|pounds?|yen|yuan|won|USD|EUR|GBP|JPY|KRW|CNY)(?-u:\b)|(?-u:\b)(?P<percent>{any})[\s-]?(?:%|per\s?cent(?-u:\b)|percent(?-u:\b)|percentage\spoints?)(?P<gdp>\sof\s(?:[a-z'\u{{2019}}.]+\s){{0,4}}?(?:GDP|GNP|gross\s(?:domestic|national)\sproduct|national\sincome))?|(?-u:\b)(?P<fold>{any})[\s-]?fold(?-u:\b)|(?-u:\b)(?P<times>{any})\stimes(?-u:\b)|(?-u:\b)(?P<verb>doubl|tripl|quadrupl|quintupl|halv)(?:es|ed|ing|e\s(?:its|the|their|our|this|that))(?-u:\b)"
        );
        Regex::new(&pattern).unwrap()
    });

    fn amount(captures: &Captures<'_>) -> Option<Amount> {
        let group = |name: &str| captures.name(name).map(|found| found.as_str());
        let of = |unit, value| Some(Amount { unit, value, currency: None });
        if let Some(sum) = group("sum") {
            let value = number(sum)? * scale_of(group("sumscale"));
            return Some(Amount { unit: Unit::Money, value, currency: says(SYMBOLS, group("symbol")?) });
        }
        if let Some(sum) = group("amount") {
            let value = number(sum)? * scale_of(group("amountscale"));
            return Some(Amount { unit: Unit::Money, value, currency: says(CURRENCIES, group("currency")?) });
        }
        if let Some(percent) = group("percent") {
            return of(if group("gdp").is_some() { Unit::Gdp } else { Unit::Percent }, number(percent)?);
        }
        if let Some(times) = group("fold").or(group("times")) {
            return of(Unit::Ratio, number(times)?);
        }
        let verb = group("verb")?.to_lowercase();
        of(Unit::Ratio, VERBS.iter().find(|(stem, _)| *stem == verb)?.1)
    }

    fn says<T: Copy>(words: &[(&str, T)], word: &str) -> Option<T> {
        words.iter().find(|(known, _)| *known == word.to_lowercase()).map(|(_, says)| *says)
    }

    fn scale_of(scale: Option<&str>) -> f64 {
        scale.and_then(|scale| says(SCALES, scale)).unwrap_or(1.0)
    }

    fn by_expression(text: &str) -> Vec<(Amount, Span<Plain>)> {
        let read = |captures: Captures<'_>| {
            let whole = captures.get(0)?;
            Some((amount(&captures)?, Span::new(whole.start(), whole.end())))
        };
        AMOUNT.captures_iter(text).filter_map(read).collect()
    }

    /// What amounts are made of, and what stands around them.
    #[rustfmt::skip]
    const PIECES: &[&str] = &[
        " ", " ", " ", "-", ",", ".", "\u{a0}", "\u{b7}", "(", "x", "_", "\u{e9}", "1", "25", "300", "4,567", "12,345,678.9", "0.5", "7,5", "8.", "1234,5",
        "$", "US$", "us$", "A$", "C$", "\u{20ac}", "\u{a3}", "\u{a5}", "\u{20a9}", "USD", "eur", "GBP", "cny", "million", "Billion", "bn", "mn", "tn", "hundred",
        "dollars", "dollar", "euro", "Pounds", "yen", "yuan", "won", "U.S.", "US", "American", "Korean", "%", "percent", "per", "cent", "percentage", "points",
        "point", "of", "GDP", "its", "Korea\u{2019}s", "annual", "gross", "domestic", "national", "product", "income", "fold", "times", "time", "doubl", "Tripl",
        "halv", "es", "ed", "ing", "e", "the", "their", "that", "twenty", "sixty", "seventy", "one", "two", "six", "sixteen", "seven", "nine", "nineteen", "four",
        "fourteen", "ten", "a", "half", "quarter", "and", "zero", "five", "fifty",
    ];

    fn texts() -> impl Strategy<Value = String> {
        let piece = prop::sample::select(PIECES);
        let spaced = (piece, prop::sample::select(&["", " ", " ", "-"][..]))
            .prop_map(|(piece, space)| format!("{piece}{space}"));
        prop::collection::vec(spaced, 1..12).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn an_amount_is_what_an_expression_tells(text in texts()) {
            prop_assert_eq!(amounts(&text), by_expression(&text));
        }
    }

    #[test]
    fn amounts_are_read_however_they_are_written() {
        let cases: &[(&str, &[&str])] = &[
            ("They pay $10 billion, US$ 1,000.50 and 10bn.", &["$10 billion", "US$ 1,000.50"]),
            ("10 billion U.S. dollars; five hundred won; 3 wonders", &["10 billion U.S. dollars", "five hundred won"]),
            (
                "2.6 percent of its annual GDP, 3 per cent, three percentage points",
                &["2.6 percent of its annual GDP", "3 per cent", "three percentage points"],
            ),
            (
                "two and a half times, ninefold, twenty-one times, doubling, halve its, doubles",
                &["two and a half times", "ninefold", "twenty-one times", "doubling", "halve its", "doubles"],
            ),
            ("of the 5 times tables 1,23,456 yen", &["5 times", "23,456 yen"]),
            (
                "fourteen percent, sixteenfold, one point two five percent",
                &["fourteen percent", "sixteenfold", "one point two five percent"],
            ),
        ];
        // Other cases of a letter, which the expression does not take for one everywhere.
        let (sum, times) = ("5 thou\u{17f}and dollars", "5 time\u{17f}");
        assert_eq!(amounts(sum), [(Amount::of_money(5000.0, "USD"), Span::new(0, sum.len()))]);
        assert_eq!(amounts(times), [(Amount::of(Unit::Ratio, 5.0), Span::new(0, times.len()))]);
        assert_eq!(amounts("\u{212a}RW 7"), [(Amount::of_money(7.0, "KRW"), Span::new(0, 7))]);
        for (text, expected) in cases {
            let found: Vec<&str> = amounts(text).iter().map(|(_, span)| &text[span.range()]).collect();
            assert_eq!(found, *expected, "{text}");
            assert_eq!(amounts(text), by_expression(text), "{text}");
        }
    }
}
