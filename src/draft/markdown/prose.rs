//! Tells text that is set in from code: what is pasted has its paragraphs set in, and Markdown takes them for code.

use std::borrow::Cow;

/// True if a paragraph that is set in by four spaces is text: at most half of its words have signs of code in them, such as `=`, `{`, `<`,
/// `f(x)`, `a_b`, `--flag` or a path; signs that stand alone count as words. Statements count as code, word by word: the lines behind the
/// prompt of a shell, and short ones that end with `;` or a brace. Tags, references of characters and addresses count for neither. In doubt
/// it is text: code that is read costs a false finding, text that is not read all that is in it.
pub(super) fn is_prose(paragraph: &str) -> bool {
    let (words, code) = count(paragraph);
    words > 0 && code <= words
}

/// True if a block of several paragraphs is text as a whole: at most every third word has a sign of code in it. Its paragraphs are text then,
/// but for those with statements.
pub(super) fn is_mostly_prose(block: &str) -> bool {
    let (words, code) = count(block);
    words > 0 && code <= words / 2
}

/// True if a line is a statement.
pub(super) fn has_statement(paragraph: &str) -> bool {
    paragraph.lines().any(is_statement)
}

/// The number of words without and with signs of code.
fn count(text: &str) -> (usize, usize) {
    let (mut words, mut code) = (0, 0);
    for line in text.lines() {
        let is_statement = is_statement(line);
        for word in without_markup(line).split_whitespace() {
            if is_statement || is_code(word) {
                code += 1;
            } else if word.contains(char::is_alphabetic) {
                words += 1;
            }
        }
    }
    (words, code)
}

/// The most words of a line that is a statement for what it ends with.
const MAX_STATEMENT: usize = 5;

fn is_statement(line: &str) -> bool {
    // A remark may stand behind it.
    let line = line.split(" //").next().unwrap_or_default().trim();
    let command = line.strip_prefix("$ ").filter(|command| !command.starts_with(|c: char| c.is_ascii_digit()));
    // What stands between quotation marks is a string.
    let outside = line.split('"').step_by(2).flat_map(str::split_whitespace);
    let is_ended = line.ends_with([';', '{', '}'])
        && line.contains(['=', '{', '}', '('])
        && outside.filter(|word| word.contains(char::is_alphabetic)).count() <= MAX_STATEMENT;
    command.is_some() || (is_ended && line.split_whitespace().any(is_code))
}

/// A line without its tags and references of characters.
fn without_markup(line: &str) -> Cow<'_, str> {
    if !line.contains(['<', '&']) {
        return Cow::Borrowed(line);
    }
    let mut text = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(at) = rest.find(['<', '&']) {
        text.push_str(&rest[..at]);
        let mark = &rest[at..];
        let is_name = |c: char| c.is_ascii_alphanumeric() || c == '#';
        let len = if let Some(name) = mark.strip_prefix('&') {
            let len = 1 + name.find(|c| !is_name(c)).unwrap_or(name.len());
            (len > 1 && mark[len..].starts_with(';')).then_some(len + 1)
        } else {
            let name = mark[1..].trim_start_matches('/');
            mark.find('>').filter(|_| name.starts_with(|c: char| c.is_ascii_alphabetic())).map(|end| end + 1)
        };
        text.push_str(if len.is_some() { " " } else { &mark[..1] });
        rest = &mark[len.unwrap_or(1)..];
    }
    text.push_str(rest);
    Cow::Owned(text)
}

/// True if a word, with the signs around it, has something that code has and text has not.
fn is_code(word: &str) -> bool {
    let is_mail = word.split_once('@').is_some_and(|(before, behind)| !before.is_empty() && behind.contains('.'));
    if word.contains("://") || is_mail {
        // An address is no word of either.
        return false;
    }
    let between = |before: fn(char) -> bool, sign: char, behind: fn(char) -> bool| {
        word.match_indices(sign)
            .any(|(at, _)| word[..at].ends_with(before) && word[at + sign.len_utf8()..].starts_with(behind))
    };
    let is_lower = |c: char| c.is_ascii_lowercase();
    let is_word = |c: char| c.is_alphanumeric();
    let is_flag = word.strip_prefix("--").or_else(|| word.strip_prefix('-').filter(|flag| flag.len() <= 2));
    word.contains(['=', '{', '}', '<', '\\', '^'])
        || ["&&", "||", "->", "::", "//", "/*", "*/"].iter().any(|sign| word.contains(sign))
        || (word.contains('>') && word.contains(is_word))
        || ["/", "./", "../", "~/"]
            .iter()
            .any(|path| word.strip_prefix(path).is_some_and(|rest| rest.starts_with(is_word)))
        || is_flag.is_some_and(|flag| flag.starts_with(is_lower))
        || word.strip_prefix('$').is_some_and(|name| name.starts_with(char::is_alphabetic))
        || between(is_word, '_', is_word)
        || between(is_word, ';', is_word)
        || is_file(word)
        || is_call(word)
}

/// True for `file.txt` and `os.path`, not for `U.S.`, `e.g.` or a full stop without the space behind it.
fn is_file(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    word.split_once('.').is_some_and(|(before, behind)| {
        let is_name = |part: &str| part.len() > 1 && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
        is_name(before) && is_name(behind) && !before.ends_with(|c: char| c.is_ascii_digit())
    })
}

/// True for `f(x)`, not for `State(s)`, `5(2)` or `II(a)`.
fn is_call(word: &str) -> bool {
    let Some((before, inner)) = word.split_once('(') else {
        return false;
    };
    let is_plural = ["s)", "es)", "ies)", "n)"].iter().any(|end| inner.starts_with(end));
    before.ends_with(|c: char| c.is_ascii_lowercase() || c == '_') && !is_plural
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_of_words_are_text() {
        let text = [
            "The junior partner shall act.",
            "China containment",
            "containment",
            "- The two sides met;\n- they will meet again in 2027;",
            "1. Article 5(2) and Annex II(a) bind the State(s) and Party(ies).",
            "They pledged US$350 billion (up from $10 billion), i.e. 3.5% of GDP.",
            "$ 350 billion was pledged",
            "See https://example.org/a_b?c=d for the text",
            "두 정상은 동맹을 재확인하였다.",
            "The two sides -- or their experts -- will meet and/or write to each other",
            "He wrote \u{2018}China & Russia\u{2019} in the U.S. text.",
            "Call foo() with x=1 or y=2.",
            "| The junior partner | shall act |",
            "# The leaders met\n> and spoke of it",
            "**The** _junior_ partner shall act",
            "China_containment is our aim",
            "China -> containment",
            "China containment = policy",
            ">>> The leaders met\n>>> in Seoul",
            "<td>China containment</td>",
            "China&nbsp;containment",
            "<b>China</b> containment",
            "To: kim@mofa.example, lee@mofa.example, <park@mofa.example>",
            "the partner (as of 2027) shall act;",
            "cargo test --test integration",
        ];
        for paragraph in text {
            assert!(is_prose(paragraph), "{paragraph}");
        }
    }

    #[test]
    fn paragraphs_of_signs_are_code() {
        let code = [
            "let x = 5;",
            "let a_b = \"The leaders\"; // they met",
            "let quotation = \"The leaders met and went on\";",
            "fn main() {\n    println!(\"The leaders met.\");\n}",
            "$ comity check draft.md",
            "if (a < b && a < 0) then {",
            "<div class=\"x\">",
            "print(x)",
            "foo_bar",
            "./configure && make",
            "}",
            "12345",
            "+---+---+",
            "comity.yml: extends: house.yml",
            "echo $HOME --all",
            "",
        ];
        for paragraph in code {
            assert!(!is_prose(paragraph), "{paragraph}");
        }
    }

    #[test]
    fn a_block_is_weighed_as_a_whole() {
        let block =
            "The leaders met in the city and spoke of it.\n\na_b -> c\n\nlet x = f(y);\n\nThey went on to the next.";
        assert!(is_mostly_prose(block));
        assert!(!has_statement("a_b -> c") && has_statement("let x = f(y);"));
        assert!(!is_mostly_prose("foo_bar = baz\n\nThey met."));
    }
}
