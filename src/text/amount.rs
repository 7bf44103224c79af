//! Amounts as English texts write them: sums of money, percentages, shares of a product and ratios, in digits and in words.
//!
//! Read are "$10 billion", "10bn dollars", "US$ 1,000", "two and a half per cent", "3.5 percent of GDP", "percentage points",
//! "twofold", "three times", "doubling".

use super::number::{Decimal, NumberReader, opens_word, value};
use crate::declare::choices;
use crate::span::{Plain, Span};

choices! {
    /// The unit of a number.
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

/// A number with its unit, as it stands in a text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Amount<'t> {
    pub(crate) unit: Unit,
    /// The code of the currency, if it is money in one that is known.
    currency: Option<&'static str>,
    /// True if it counts percentage points.
    is_points: bool,
    /// The number in digits or in words, and the power of ten of the scale behind it.
    number: &'t str,
    scale: i32,
    /// The byte behind the number and its unit; of what its share is stands behind it.
    pub(crate) end: usize,
}

/// The value of an amount, however it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct AmountValue {
    unit: Unit,
    currency: Option<&'static str>,
    is_points: bool,
    number: Decimal,
}

impl<'t> Amount<'t> {
    fn new(unit: Unit, number: &'t str, end: usize) -> Amount<'t> {
        Amount { unit, currency: None, is_points: false, number, scale: 0, end }
    }

    /// Its value; `None` if its currency is not known, or its number is longer than any that means something.
    pub(crate) fn value(&self) -> Option<AmountValue> {
        let number = value(self.number)?.times_ten_to(self.scale);
        let is_known = self.unit != Unit::Money || self.currency.is_some();
        is_known.then_some(AmountValue { unit: self.unit, currency: self.currency, is_points: self.is_points, number })
    }
}

impl AmountValue {
    /// The same without that of which it is a share.
    pub(crate) fn without_product(self) -> AmountValue {
        AmountValue { unit: if self.unit == Unit::Gdp { Unit::Percent } else { self.unit }, ..self }
    }
}

/// The amounts of a text, with their places, in order.
pub(crate) fn amounts(text: &str) -> Vec<(Amount<'_>, Span<Plain>)> {
    let bytes = text.as_bytes();
    let reader = NumberReader::new(text);
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let read = if may_begin(bytes, at) { reader.any(at) } else { None };
        match read {
            Some((amount, end)) => {
                found.push((amount, Span::new(at, end)));
                at = end;
            }
            None => at += 1,
        }
    }
    found
}

/// True if an amount may begin at a byte: a digit or a word of a number where a word begins, or the sign of a currency.
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

/// An amount, and the byte behind it.
type ReadAmount<'t> = Option<(Amount<'t>, usize)>;

/// The codes of currencies, in small letters, which stand before a sum or behind it.
const CODES: &[(&str, &str)] =
    &[("usd", "USD"), ("eur", "EUR"), ("gbp", "GBP"), ("jpy", "JPY"), ("krw", "KRW"), ("cny", "CNY")];

/// The signs that stand before a sum, in small letters, each with the code of its currency.
const SYMBOLS: &[(&str, &str)] = &[
    ("us$", "USD"),
    ("a$", "AUD"),
    ("c$", "CAD"),
    ("$", "USD"),
    ("\u{20ac}", "EUR"),
    ("\u{a3}", "GBP"),
    ("\u{a5}", "JPY"),
    ("\u{20a9}", "KRW"),
];

/// The names of currencies, which stand behind a sum, in the same way; of what begins alike the longest first.
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
];

/// The scales that may stand right behind the digits of a sum, and of nothing else: "5 m" is a length.
const SHORT_SCALES: &[(&str, i32)] = &[("k", 3), ("m", 6), ("b", 9), ("trn", 12)];

/// The beginnings of verbs of ratios, each with the ratio.
const VERBS: &[(&str, &str)] = &[("doubl", "2"), ("tripl", "3"), ("quadrupl", "4"), ("quintupl", "5"), ("halv", "0.5")];

/// Reads amounts from a byte of a text on.
impl<'t> NumberReader<'t> {
    /// Any amount.
    fn any(self, at: usize) -> ReadAmount<'t> {
        if let Some(read) = self.sum(at) {
            return Some(read);
        }
        if !opens_word(self.text.as_bytes(), at) {
            return None;
        }
        let numbers = self.numbers(at);
        let first = |read: &dyn Fn(usize) -> ReadAmount<'t>| numbers.iter().find_map(|&end| read(end));
        let ratio = |end: usize, behind: usize| (Amount::new(Unit::Ratio, &self.text[at..end], behind), behind);
        first(&|end| self.money(at, end))
            .or_else(|| first(&|end| self.percent(at, end)))
            .or_else(|| first(&|end| Some(ratio(end, self.edge(self.word(self.gap(end), "fold")?)?))))
            .or_else(|| first(&|end| Some(ratio(end, self.edge(self.word(self.space(end)?, "times")?)?))))
            .or_else(|| self.verb(at))
    }

    /// "$10 billion"
    fn sum(self, at: usize) -> ReadAmount<'t> {
        let (currency, end) = self.one_of(at, SYMBOLS).or_else(|| self.one_of(at, CODES))?;
        let from = self.space(end).unwrap_or(end);
        let end = self.digits(from)?;
        let (scale, behind) = self.scale_of_sum(end, |end| self.edge(end)).unwrap_or((0, end));
        // Which dollars "HK$" are is not known here.
        let is_known = at == 0 || !self.text.as_bytes()[at - 1].is_ascii_alphabetic();
        let currency = Some(currency).filter(|_| is_known);
        Some((Amount { currency, scale, ..Amount::new(Unit::Money, &self.text[from..end], behind) }, behind))
    }

    /// "10 billion U.S. dollars", of which the number ends at `end`.
    fn money(self, start: usize, end: usize) -> ReadAmount<'t> {
        let name = |at: usize| {
            CURRENCIES
                .iter()
                .chain(CODES)
                .find_map(|(name, currency)| Some((*currency, self.edge(self.word(at, name)?)?)))
        };
        let behind = |end: usize| {
            let at = self.space(end)?;
            let of_country = ["u.s.", "us", "american", "korean"].iter().find_map(|of| self.space(self.word(at, of)?));
            of_country.and_then(name).or_else(|| name(at))
        };
        let scaled = self.scale_of_sum(end, behind);
        let (scale, (currency, behind)) = scaled.or_else(|| Some((0, behind(end)?)))?;
        let amount = Amount::new(Unit::Money, &self.text[start..end], behind);
        Some((Amount { currency: Some(currency), scale, ..amount }, behind))
    }

    /// A scale of a sum behind its number, in full or short, and what is read behind it.
    fn scale_of_sum<T>(self, end: usize, behind: impl Fn(usize) -> Option<T>) -> Option<(i32, T)> {
        let full = self.scale(end).and_then(|(scale, end)| Some((scale, behind(end)?)));
        full.or_else(|| {
            let bytes = self.text.as_bytes();
            if !bytes[end - 1].is_ascii_digit() || !bytes.get(end)?.is_ascii_alphabetic() {
                return None;
            }
            let (scale, end) = self.one_of(end, SHORT_SCALES)?;
            Some((scale, behind(end)?))
        })
    }

    /// "percent", "% of GDP", "percentage points", behind the number that ends at `end`.
    fn percent(self, start: usize, end: usize) -> ReadAmount<'t> {
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
        let percent = self.word(at, "%").or_else(per_cent);
        let behind = percent.or_else(points)?;
        let product = self.of_product(behind);
        let unit = if product.is_some() { Unit::Gdp } else { Unit::Percent };
        let amount = Amount::new(unit, &self.text[start..end], behind);
        Some((Amount { is_points: percent.is_none(), ..amount }, product.unwrap_or(behind)))
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
    fn verb(self, at: usize) -> ReadAmount<'t> {
        let (number, end) = self.one_of(at, VERBS)?;
        let ending = |ending: &&str| self.edge(self.word(end, ending)?);
        let object = || {
            let at = self.space(self.word(end, "e")?)?;
            ["its", "the", "their", "our", "this", "that"].iter().find_map(|object| self.edge(self.word(at, object)?))
        };
        let end = ["es", "ed", "ing"].iter().find_map(ending).or_else(object)?;
        Some((Amount::new(Unit::Ratio, number, end), end))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use proptest::prelude::*;
    use regex::{Captures, Regex};

    use super::super::number::SCALES;
    use super::*;

    const NUMBER: &str = r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+|[,\x{b7}][0-9]{1,2})?)";
    const NUMBER_WORDS: &str = "(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|a|half a)(?: point(?: (?:zero|one|two|three|four|five|six|seven|eight|nine))+| and (?:a|one) (?:half|quarter))?";
    const SCALE: &str = r"(?:hundred|thousand|million|billion|trillion|mn|bn|tn)";

    /// Every way to write an amount, as an expression. The groups say which it is.
    static AMOUNT: LazyLock<Regex> = LazyLock::new(|| {
        let any = format!("(?:{NUMBER}|{NUMBER_WORDS})");
        let pattern = format!(
            r"(?i)(?P<symbol>US\$|A\$|C\$|[$\u{{20ac}}\u{{a3}}\u{{a5}}\u{{20a9}}]|USD|EUR|GBP|JPY|KRW|CNY)\s?(?P<sum>{NUMBER})(?:[\s-]?(?P<sumscale>{SCALE})(?-u:\b)|(?P<sumshort>[kmb]|trn)(?-u:\b))?|(?-u:\b)(?:(?P<amount>{any})(?:[\s-]?(?P<amountscale>{SCALE}))?|(?P<digits>{NUMBER})(?P<short>[kmb]|trn))\s(?:U\.S\.\s|US\s|American\s|Korean\s)?(?P<currency>dollars?|euros?|pounds?|yen|yuan|won|USD|EUR|GBP|JPY|KRW|CNY)(?-u:\b)|(?-u:\b)(?P<percent>{any})[\s-]?(?:%|per\s?cent(?-u:\b)|percent(?-u:\b)|(?P<points>percentage\spoints?))(?P<gdp>\sof\s(?:[a-z'\u{{2019}}.]+\s){{0,4}}?(?:GDP|GNP|gross\s(?:domestic|national)\sproduct|national\sincome))?|(?-u:\b)(?P<fold>{any})[\s-]?fold(?-u:\b)|(?-u:\b)(?P<times>{any})\stimes(?-u:\b)|(?-u:\b)(?P<verb>doubl|tripl|quadrupl|quintupl|halv)(?:es|ed|ing|e\s(?:its|the|their|our|this|that))(?-u:\b)"
        );
        Regex::new(&pattern).unwrap()
    });

    fn amount(captures: &Captures<'_>) -> Option<AmountValue> {
        let group = |name: &str| captures.name(name).map(|found| found.as_str());
        let value_of = |unit, number| AmountValue { unit, currency: None, is_points: false, number };
        let money = |number: &str, scale, currency| {
            let number = value(number)?.times_ten_to(scale);
            Some(AmountValue { currency: Some(currency), ..value_of(Unit::Money, number) })
        };
        let currency_of = |list, text| says(list, text).or_else(|| says(CODES, text));
        if let Some(sum) = group("sum") {
            let currency = currency_of(SYMBOLS, group("symbol")?)?;
            return money(sum, scale_of(group("sumscale").or(group("sumshort"))), currency);
        }
        if let Some(sum) = group("amount").or(group("digits")) {
            let currency = currency_of(CURRENCIES, group("currency")?)?;
            return money(sum, scale_of(group("amountscale").or(group("short"))), currency);
        }
        if let Some(percent) = group("percent") {
            let unit = if group("gdp").is_some() { Unit::Gdp } else { Unit::Percent };
            return Some(AmountValue { is_points: group("points").is_some(), ..value_of(unit, value(percent)?) });
        }
        if let Some(times) = group("fold").or(group("times")) {
            return Some(value_of(Unit::Ratio, value(times)?));
        }
        Some(value_of(Unit::Ratio, value(says(VERBS, group("verb")?)?)?))
    }

    fn says<T: Copy>(words: &[(&str, T)], word: &str) -> Option<T> {
        words.iter().find(|(known, _)| *known == word.to_lowercase()).map(|(_, says)| *says)
    }

    fn scale_of(scale: Option<&str>) -> i32 {
        scale.and_then(|scale| says(SCALES, scale).or_else(|| says(SHORT_SCALES, scale))).unwrap_or(0)
    }

    /// The values of sums with an unknown currency are left open.
    fn by_expression(text: &str) -> Vec<(Option<AmountValue>, Span<Plain>)> {
        let read = |captures: Captures<'_>| {
            let whole = captures.get(0).unwrap();
            let is_glued = text[..whole.start()].ends_with(|c: char| c.is_ascii_alphabetic());
            (amount(&captures).filter(|_| !is_glued), Span::new(whole.start(), whole.end()))
        };
        AMOUNT.captures_iter(text).map(read).collect()
    }

    fn read(text: &str) -> Vec<(Option<AmountValue>, Span<Plain>)> {
        amounts(text).into_iter().map(|(amount, span)| (amount.value(), span)).collect()
    }

    /// The pieces that amounts are made of, and that stand around them.
    #[rustfmt::skip]
    const PIECES: &[&str] = &[
        " ", " ", " ", "-", ",", ".", "\u{a0}", "\u{b7}", "(", "x", "_", "\u{e9}", "1", "25", "300", "4,567", "12,345,678.9", "0.5", "7,5", "8.", "1234,5",
        "k", "m", "b", "trn", "$", "US$", "us$", "A$", "C$", "\u{20ac}", "\u{a3}", "\u{a5}", "\u{20a9}", "USD", "eur", "GBP", "cny", "million", "Billion", "bn", "mn", "tn", "hundred",
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
            prop_assert_eq!(read(&text), by_expression(&text));
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
        for (text, same) in
            [("5 thou\u{17f}and dollars", "$5,000"), ("5 time\u{17f}", "five times"), ("\u{212a}RW 7", "7 won")]
        {
            assert_eq!(read(text), [(read(same)[0].0, Span::new(0, text.len()))], "{text}");
        }
        for (text, expected) in cases {
            let found: Vec<&str> = amounts(text).iter().map(|(_, span)| &text[span.range()]).collect();
            assert_eq!(found, *expected, "{text}");
            assert_eq!(read(text), by_expression(text), "{text}");
        }
    }
}
