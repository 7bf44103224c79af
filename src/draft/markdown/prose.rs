//! Tells text that is set in from code: what is pasted has its paragraphs set in, and Markdown takes them for code.

/// True if a paragraph that is set in by four spaces is text. Of its words at most every fifth has signs of code in it, such as `=`, `{`,
/// `<`, `f(x)`, `a_b`, `--flag` or a path, where a sign that stands alone counts twice; in what begins with a capital and ends as a
/// sentence does, at most half. No line begins with the prompt of a shell. In doubt it is text: code that is read costs a false finding,
/// text that is not read all that is in it.
pub(super) fn is_prose(paragraph: &str) -> bool {
    let (mut words, mut code) = (0, 0);
    for line in paragraph.lines() {
        if is_prompt(line.trim_start()) {
            return false;
        }
        for word in line.split_whitespace() {
            if is_code(word) {
                code += if word.contains(char::is_alphanumeric) { 1 } else { 2 };
            } else if word.contains(char::is_alphabetic) {
                words += 1;
            }
        }
    }
    let most = if is_sentence(paragraph) { words } else { words / 4 };
    words > 0 && code <= most
}

fn is_prompt(line: &str) -> bool {
    let behind = line.strip_prefix("$ ").filter(|command| !command.starts_with(|c: char| c.is_ascii_digit()));
    behind.is_some() || line.starts_with(">>> ")
}

/// True if a text begins with a capital letter, and ends with a mark that ends a sentence.
fn is_sentence(text: &str) -> bool {
    let first = text.chars().find(|c| c.is_alphanumeric());
    let last = text.trim_end().trim_end_matches(['"', '\'', '\u{201d}', '\u{2019}']);
    first.is_some_and(char::is_uppercase) && last.ends_with(['.', '?', '!', ':', '\u{3002}'])
}

/// True if a word, with the signs around it, has something that code has and text has not.
fn is_code(word: &str) -> bool {
    if word.contains("://") {
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
        ];
        for paragraph in text {
            assert!(is_prose(paragraph), "{paragraph}");
        }
    }

    #[test]
    fn paragraphs_of_signs_are_code() {
        let code = [
            "let x = 5;",
            "let quotation = \"The leaders met\";",
            "fn main() {\n    println!(\"The leaders met.\");\n}",
            "$ comity check draft.md",
            "cargo test --test integration",
            "if (a < b && a < 0) then {",
            "<div class=\"x\">",
            "print(x)",
            "foo_bar",
            "./configure && make",
            "}",
            "12345",
            "+---+---+",
            ">>> import this",
            "comity.yml: extends: house.yml",
            "echo $HOME",
            "",
        ];
        for paragraph in code {
            assert!(!is_prose(paragraph), "{paragraph}");
        }
    }
}
