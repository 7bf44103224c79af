//! The tokens of the Rich Text Format (RTF Specification 1.9.1): groups, control words and symbols, text.

/// A token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'r> {
    /// `{`
    Open,
    /// `}`
    Close,
    /// A control word without its backslash, and its number.
    Word(&'r str, Option<i32>),
    /// A control symbol: the byte behind the backslash.
    Symbol(u8),
    /// One byte of text, in the code page of its font.
    Byte(u8),
}

/// The longest name of a control word. A longer one is cut, and means nothing.
const MAX_NAME: usize = 32;

/// Reads the tokens of a file.
#[derive(Debug)]
pub(super) struct Tokens<'r> {
    bytes: &'r [u8],
    /// The byte that comes next.
    pub(super) at: usize,
}

impl<'r> Tokens<'r> {
    pub(super) fn new(bytes: &'r [u8]) -> Tokens<'r> {
        Tokens { bytes, at: 0 }
    }

    /// Leaves out so many bytes, which are no text.
    pub(super) fn pass_over(&mut self, count: usize) {
        self.at = self.at.saturating_add(count).min(self.bytes.len());
    }

    /// The number of words in the bytes that are left: of those that begin with a letter.
    pub(super) fn words_left(&self) -> usize {
        let words = self.bytes[self.at..].split(|byte| byte.is_ascii_whitespace() || *byte == 0);
        words.filter(|word| word.first().is_some_and(u8::is_ascii_alphabetic)).count()
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn take_while(&mut self, most: usize, is: impl Fn(u8) -> bool) -> &'r str {
        let rest = &self.bytes[self.at..];
        let len = rest.iter().take(most).take_while(|&&byte| is(byte)).count();
        self.at += len;
        std::str::from_utf8(&rest[..len]).unwrap_or_default()
    }

    /// The control word or symbol behind a backslash.
    fn control(&mut self) -> Option<Token<'r>> {
        let first = self.peek()?;
        if !first.is_ascii_alphabetic() {
            self.at += 1;
            if first == b'\'' {
                let digits = self.take_while(2, |byte| byte.is_ascii_hexdigit());
                // Where there are no two digits, programs see nothing.
                return Some(u8::from_str_radix(digits, 16).map_or(Token::Symbol(b'\''), Token::Byte));
            }
            return Some(Token::Symbol(first));
        }
        let name = self.take_while(MAX_NAME, |byte| byte.is_ascii_alphabetic());
        let begin = self.at;
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        let digits = self.take_while(10, |byte| byte.is_ascii_digit());
        let number = if digits.is_empty() {
            self.at = begin;
            None
        } else {
            let sign = if self.bytes[begin] == b'-' { -1 } else { 1 };
            Some(digits.parse::<i64>().map_or(0, |number| (sign * number) as i32))
        };
        if self.peek() == Some(b' ') {
            self.at += 1;
        }
        Some(Token::Word(name, number))
    }
}

impl<'r> Iterator for Tokens<'r> {
    type Item = Token<'r>;

    fn next(&mut self) -> Option<Token<'r>> {
        loop {
            let byte = self.peek()?;
            self.at += 1;
            return Some(match byte {
                b'{' => Token::Open,
                b'}' => Token::Close,
                b'\\' => self.control()?,
                b'\r' | b'\n' | 0 => continue,
                byte => Token::Byte(byte),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_those_of_the_specification() {
        let cases: &[(&str, &[Token<'static>])] = &[
            ("{\\b0 a}", &[Token::Open, Token::Word("b", Some(0)), Token::Byte(b'a'), Token::Close]),
            ("\\u-10179?", &[Token::Word("u", Some(-10179)), Token::Byte(b'?')]),
            ("\\par\r\n a", &[Token::Word("par", None), Token::Byte(b' '), Token::Byte(b'a')]),
            ("\\'e9\\'z", &[Token::Byte(0xe9), Token::Symbol(b'\''), Token::Byte(b'z')]),
            ("\\~\\{\\*", &[Token::Symbol(b'~'), Token::Symbol(b'{'), Token::Symbol(b'*')]),
            ("\\li-x", &[Token::Word("li", None), Token::Byte(b'-'), Token::Byte(b'x')]),
            (
                "\\bin99999999999999",
                &[
                    Token::Word("bin", Some(1410065407)),
                    Token::Byte(b'9'),
                    Token::Byte(b'9'),
                    Token::Byte(b'9'),
                    Token::Byte(b'9'),
                ],
            ),
            ("\\", &[]),
        ];
        for (source, expected) in cases {
            assert_eq!(Tokens::new(source.as_bytes()).collect::<Vec<_>>(), *expected, "{source}");
        }
    }
}
