//! The events of a YAML parser, and what they make: the values of a file.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use granit_parser::{ErrorKind, Event, Marker, Parser, ScalarStyle, ScanError, StrInput, StructureStyle, Tag};

use super::tree::{At, Tree, YamlValue};
use super::{Problem, Problems};
use crate::span::Span;
use crate::text::decode::is_text;

/// The deepest nesting that is read; no pack and no configuration nests so deeply.
const MAX_DEPTH: usize = 128;

/// The most values that aliases (`*name`) may repeat.
const MAX_REPEATED: usize = 1 << 20;

/// The number of keys from which on a mapping is hashed to find one that it has twice.
const MANY_KEYS: usize = 32;

/// The events of a text, which is read as PyYAML and libyaml read it: that is what other programs take for YAML.
pub(super) fn parser(text: &str) -> Parser<'_, StrInput<'_>> {
    let options = granit_parser::options! {
        flow_nesting_limit: MAX_DEPTH,
        block_nesting_limit: MAX_DEPTH,
        bom_inside_document_as_content: true,
        block_scalar_eof_without_line_feed: true,
    };
    Parser::new_from_str_with_options(text, options)
}

/// The byte of a place, which a parser of a text knows.
pub(super) fn byte(marker: Marker) -> u32 {
    u32::try_from(marker.byte_offset().unwrap_or(0)).unwrap_or(u32::MAX)
}

fn yaml_problem(message: String, span: Span, help: Option<String>) -> Problem {
    Problem { code: "yaml", message, span, help }
}

fn too_deep(at: Span) -> Problem {
    let help = "close brackets that are open; no pack and no configuration nests so deeply".to_owned();
    yaml_problem(format!("nested more than {MAX_DEPTH} levels deep"), at, Some(help))
}

/// The end of the word that begins at `start`; at least one character behind it where there is one.
fn word(text: &str, start: usize) -> Span {
    let rest = &text[start..];
    let len = rest.find(|c: char| c.is_whitespace() || matches!(c, ':' | ',' | '}' | ']')).unwrap_or(rest.len());
    Span::new(start, start + len.max(rest.chars().next().filter(|c| *c != '\n').map_or(0, char::len_utf8)))
}

/// A list or a mapping that is being read.
struct OpenCollection {
    at: At,
    anchor: usize,
    /// The number of values that had been read before it.
    before: usize,
    /// A key whose value has not been read.
    key: Option<At>,
}

/// Makes a tree of events.
struct TreeBuilder<'t> {
    tree: &'t mut Tree,
    open: Vec<OpenCollection>,
    /// The values with an anchor, each with how many values it holds.
    anchors: HashMap<usize, (At, usize)>,
    /// The number of values that aliases have repeated.
    repeated: usize,
    problems: Vec<Problem>,
}

/// Parses a file. With it come the problems that do not keep it from being read.
///
/// # Errors
/// The one problem that ends a parse.
pub(super) fn parse(name: &str, text: &str) -> Result<(Tree, Vec<Problem>), Problems> {
    let zero = is_text(text.as_bytes());
    let mark = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut tree = Tree::new(name.into(), text[mark..].into());
    // A file that holds one is not read at all; this is the text of an editor.
    let zero = zero.map_err(|error| {
        let at = error.offset - mark;
        yaml_problem(error.to_string(), Span::new(at, at + 1), None)
    });
    match zero.and_then(|()| read(&mut tree)) {
        Ok(problems) => Ok((tree, problems)),
        Err(problem) => Err(Problems { name: tree.name, text: tree.text, list: vec![problem] }),
    }
}

/// True if a text is YAML, and a mapping. What comity makes of the values in it, such as a number that is out of range, does not matter.
pub(crate) fn is_mapping(text: &str) -> bool {
    let mut is_mapping = None;
    let mut documents = 0;
    for event in parser(text) {
        match event {
            Err(_) => return false,
            Ok((Event::DocumentStart(..), _)) => documents += 1,
            Ok((Event::MappingStart(..), _)) => _ = is_mapping.get_or_insert(true),
            Ok((Event::Scalar(..) | Event::SequenceStart(..) | Event::Alias(..), _)) => {
                _ = is_mapping.get_or_insert(false);
            }
            Ok(_) => {}
        }
    }
    documents <= 1 && is_mapping == Some(true)
}

/// Reads the text of a tree into its values. Returns the problems that do not keep it from being read.
///
/// # Errors
/// What keeps it from being read.
fn read(tree: &mut Tree) -> Result<Vec<Problem>, Problem> {
    let text = Arc::clone(&tree.text);
    let (open, anchors, problems) = (Vec::new(), HashMap::new(), Vec::new());
    let mut builder = TreeBuilder { tree, open, anchors, repeated: 0, problems };
    for event in parser(&text) {
        let (event, span) = event.map_err(|error| builder.syntax(&error))?;
        builder.event(event, (byte(span.start), byte(span.end)))?;
    }
    if builder.tree.items.is_empty() {
        builder.tree.push(YamlValue::Null, (0, 0), false);
    }
    Ok(builder.problems)
}

impl TreeBuilder<'_> {
    /// Counts the values that have been read, those that aliases repeat among them.
    fn count(&self) -> usize {
        self.tree.items.len() + self.repeated
    }

    fn event(&mut self, event: Event<'_>, bytes: (u32, u32)) -> Result<(), Problem> {
        match event {
            Event::DocumentStart(..) if !self.tree.items.is_empty() => {
                let help = "a file holds one document: take the `---` line out".to_owned();
                let at = word(&self.tree.text, bytes.0 as usize);
                Err(yaml_problem("a second document begins here".to_owned(), at, Some(help)))
            }
            Event::Scalar(text, style, anchor, tag) => {
                let value = self.scalar(text.into_owned(), style, tag.as_deref(), bytes)?;
                let is_quoted = matches!(style, ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted);
                let at = self.tree.push(value, bytes, is_quoted);
                self.name(anchor, at, 1);
                self.attach(at);
                Ok(())
            }
            Event::SequenceStart(style, anchor, tag) => {
                self.opens(YamlValue::List(Vec::new()), (style, anchor), tag.as_deref(), bytes)
            }
            Event::MappingStart(style, anchor, tag) => {
                self.opens(YamlValue::Map(Vec::new()), (style, anchor), tag.as_deref(), bytes)
            }
            Event::SequenceEnd | Event::MappingEnd => {
                if let Some(open) = self.open.pop() {
                    self.tree.items[open.at as usize].bytes.1 = bytes.1;
                    self.report_repeated(open.at);
                    self.name(open.anchor, open.at, self.count() - open.before);
                    self.attach(open.at);
                }
                Ok(())
            }
            Event::Alias(anchor) => {
                let span = word(&self.tree.text, bytes.0 as usize);
                let Some(&(at, size)) = self.anchors.get(&anchor) else {
                    return Err(yaml_problem("this alias stands inside what it names".to_owned(), span, None));
                };
                self.repeated += size;
                if self.repeated > MAX_REPEATED {
                    let message = format!("aliases repeat more than {MAX_REPEATED} values");
                    return Err(yaml_problem(message, span, Some("write the values out".to_owned())));
                }
                self.attach(at);
                Ok(())
            }
            // The others are the beginning and the end of the file, and what is not asked for.
            _ => Ok(()),
        }
    }

    fn name(&mut self, anchor: usize, at: At, size: usize) {
        if anchor > 0 {
            self.anchors.insert(anchor, (at, size));
        }
    }

    fn opens(
        &mut self,
        value: YamlValue,
        (style, anchor): (StructureStyle, usize),
        tag: Option<&Tag>,
        bytes: (u32, u32),
    ) -> Result<(), Problem> {
        if self.open.len() == MAX_DEPTH {
            return Err(too_deep(word(&self.tree.text, bytes.0 as usize)));
        }
        let before = self.count();
        let value = if tag.is_none_or(Tag::is_yaml_core_schema) { value } else { YamlValue::Tagged };
        let at = self.tree.push(value, bytes, style == StructureStyle::Flow);
        self.open.push(OpenCollection { at, anchor, before, key: None });
        Ok(())
    }

    /// Puts a value that has been read where it belongs.
    fn attach(&mut self, at: At) {
        let Some(open) = self.open.last_mut() else {
            self.tree.root = at;
            return;
        };
        match (&mut self.tree.items[open.at as usize].value, open.key.take()) {
            (YamlValue::List(items), _) => items.push(at),
            (YamlValue::Map(entries), Some(key)) => entries.push((key, at)),
            (YamlValue::Map(_), None) => open.key = Some(at),
            _ => {}
        }
    }

    /// Records each key that a mapping which has been read has already.
    fn report_repeated(&mut self, map: At) {
        let tree = &self.tree;
        let YamlValue::Map(entries) = tree.value(map) else { return };
        let mut many = HashSet::new();
        for (i, &(at, _)) in entries.iter().enumerate() {
            let Some(key) = tree.text_at(at) else { continue };
            let is_new =
                if entries.len() > MANY_KEYS { many.insert(key) } else { tree.entry(&entries[..i], key).is_none() };
            if !is_new {
                let help = "a mapping has each of its keys once: put both values under one".to_owned();
                let message = format!("the key `{key}` is here a second time");
                self.problems.push(yaml_problem(message, tree.span(at), Some(help)));
            }
        }
    }

    /// Resolves a scalar. A plain one is told by the core schema of YAML 1.2 (chapter 10.3.2), numbers as `serde_yaml` does it.
    ///
    /// # Errors
    /// A whole number that is out of range.
    fn scalar(
        &self,
        text: String,
        style: ScalarStyle,
        tag: Option<&Tag>,
        bytes: (u32, u32),
    ) -> Result<YamlValue, Problem> {
        let is_plain = match tag {
            None => style == ScalarStyle::Plain,
            Some(tag) if tag.is_yaml_core_schema() => tag.suffix() != "str",
            Some(tag) if tag.handle().is_empty() && tag.suffix() == "!" => false,
            Some(_) => return Ok(YamlValue::Tagged),
        };
        if !is_plain {
            return Ok(YamlValue::Text(text.into()));
        }
        Ok(match text.as_str() {
            "" | "~" | "null" | "Null" | "NULL" => YamlValue::Null,
            "true" | "True" | "TRUE" => YamlValue::Bool(true),
            "false" | "False" | "FALSE" => YamlValue::Bool(false),
            number if number.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c)) => match number.parse() {
                Ok(number) => YamlValue::Number(number),
                Err(_) if number.parse::<i128>().is_ok() && !is_padded(number) => {
                    let help = "write a number that the key takes; what is no number but looks like one goes between quotation marks".to_owned();
                    let (least, most) = (i64::MIN, u64::MAX);
                    let message = format!(
                        "the number {number} is out of range: comity reads whole numbers from {least} to {most}"
                    );
                    let at = word(&self.tree.text, bytes.0 as usize);
                    return Err(yaml_problem(message, at, Some(help)));
                }
                Err(_) => YamlValue::Text(text.into()),
            },
            _ => YamlValue::Text(text.into()),
        })
    }

    /// Puts an error of the parser in words for the author of the file.
    fn syntax(&self, error: &ScanError) -> Problem {
        let text = &self.tree.text;
        let at = byte(*error.marker()) as usize;
        // Where the parser looks ahead.
        if *error.kind() == ErrorKind::RecursionLimitExceeded {
            return too_deep(word(text, at));
        }
        let message = error.kind();
        let line_start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
        let indent = text[line_start..].split(|c: char| !c.is_whitespace()).next().unwrap_or_default();
        let help = if text[at..].starts_with(|c: char| c.is_control() && c != '\t') {
            "take the character out: it cannot be seen"
        } else if indent.contains('\t') || text[..at].ends_with('\t') {
            "YAML is indented with spaces, not with tabs, and a space stands behind a colon"
        } else {
            "a value that holds `: ` or ` #`, or begins with a quotation mark, `*`, `[` or `{`, goes between single quotes"
        };
        yaml_problem(format!("not YAML: {message}"), word(text, at), Some(help.to_owned()))
    }
}

/// True if a text is digits with a zero before them, which are no number.
fn is_padded(number: &str) -> bool {
    let digits = number.strip_prefix(['-', '+']).unwrap_or(number);
    digits.len() > 1 && digits.starts_with('0')
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;

    fn parse(text: &str) -> Result<(Tree, Vec<Problem>), Problems> {
        super::parse("a.yml", text)
    }

    /// The content of a tree, with all that aliases repeat.
    fn written(tree: &Tree, at: At) -> serde_yaml::Value {
        use serde_yaml::Value as Yaml;
        match tree.value(at) {
            YamlValue::Null => Yaml::Null,
            YamlValue::Bool(value) => Yaml::Bool(*value),
            YamlValue::Number(value) => Yaml::Number(value.clone()),
            YamlValue::Text(text) => Yaml::String(text.to_string()),
            YamlValue::List(items) => Yaml::Sequence(items.iter().map(|&item| written(tree, item)).collect()),
            YamlValue::Map(entries) => {
                Yaml::Mapping(entries.iter().map(|&(key, value)| (written(tree, key), written(tree, value))).collect())
            }
            YamlValue::Tagged => Yaml::String("tagged".to_owned()),
        }
    }

    #[test]
    fn values_are_what_another_parser_takes_them_for() {
        let scalars = "~ null Null NULL nULL true True TRUE tRUE yes no on 0 -0 +1 012 0x1F 0o17 0b11 1_000 1. .5 1e3 -1.5E-2 .inf -.INF .nan \
                       + . -- 1.2.3 2024-05-01 18446744073709551615 -9223372036854775808 '12'";
        let mut cases: Vec<String> = scalars.split(' ').map(|scalar| format!("a: {scalar}\nb: [{scalar}]\n")).collect();
        cases.extend(
            [
                "",
                "# nothing\n",
                "---\na: b\n...\n",
                "a: !!str 12\nb: !!int \"12\"",
                "a: &x [1, {b: c}]\nd: *x\ne: &y z\nf: *y",
                "a: |\n  b\n   c\n\n  d\ne: >-\n  f\n  g\n\n  h\n",
                "a: b\n  c\n  d\n\"e f\": 'it''s'\n? g\n: \"h\\u00e9\\n\"\n",
                "- - a\n  - b\n-\n- c: d\n  e:\n  - f\n",
                "{a: [], b: {}, c: , ? d, 'e':f}",
                "한국: [미국, \"日本\"] # 中国\n",
            ]
            .map(str::to_owned),
        );
        for folder in ["rules", "data"] {
            let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
            let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
            let yaml = files.filter(|file| file.extension().is_some_and(|extension| extension == "yml"));
            cases.extend(yaml.map(|file| std::fs::read_to_string(file).unwrap()));
        }
        assert!(cases.iter().any(|text| text.contains("pack: ")));
        for text in cases {
            let (tree, problems) = parse(&text).unwrap_or_else(|problems| panic!("{text}: {problems}"));
            assert_eq!(
                written(&tree, tree.root()),
                serde_yaml::from_str::<serde_yaml::Value>(&text).unwrap(),
                "{text}"
            );
            assert_eq!(problems, [], "{text}");
        }
    }

    #[test]
    fn every_value_knows_where_it_stands() {
        let text = "# 한국\nname: &n framing # c\nrules: # c\n  - id: \"a\" # c\n    phrases: [x, 'y (z', 'it''s', w] # c\n  - id: !!str b\n    1: q\n    note: |\n      long ones\n      text\n    none:\n    \"say \\\"no\\\"\": {한국: 미국, x: *n}\n    flow: [\n      y, z\n    ]\n    folded: one\n      two\n";
        let (tree, _) = parse(text).unwrap();
        let mut shown = String::new();
        for at in 0..tree.items.len() as u32 {
            let kind = match tree.value(at) {
                YamlValue::List(_) => "list ",
                YamlValue::Map(_) => "map ",
                YamlValue::Null => "null ",
                _ => "",
            };
            let _ = writeln!(shown, "{kind}`{}`", &text[tree.span(at).range()]);
        }
        let expected = "map `name: &n framing`\n`name`\n`framing`\n`rules`\nlist `- id: \"a\"`\nmap `id: \"a\"`\n`id`\n`\"a\"`\n`phrases`\nlist `[x, 'y (z', 'it''s', w]`\n\
            `x`\n`'y (z'`\n`'it''s'`\n`w`\nmap `id: !!str b`\n`id`\n`b`\n`1`\n`q`\n`note`\n`long ones`\n`none`\nnull ``\n`\"say \\\"no\\\"\"`\n\
            map `{한국: 미국, x: *n}`\n`한국`\n`미국`\n`x`\n`flow`\nlist `[`\n`y`\n`z`\n`folded`\n`one`\n";
        assert_eq!(shown, expected);
        let at = |value: &str| (0..tree.items.len() as u32).find(|&at| tree.text_at(at) == Some(value)).unwrap();
        let within = |value: &str, range| &text[tree.span_within(at(value), &range).range()];
        let cases = [
            ("y (z", 2..3, "("),
            ("framing", 0..2, "fr"),
            ("미국", 3..6, "국"),
            ("long ones\ntext\n", 5..9, "ones"),
            // What stands there in another way is shown whole.
            ("it's", 2..4, "'it''s'"),
            ("say \"no\"", 5..7, "\"say \\\"no\\\"\""),
            ("long ones\ntext\n", 10..14, "long ones"),
            ("one two", 4..7, "one"),
            ("x", 1..1, "x"),
        ];
        for (value, range, expected) in cases {
            assert_eq!(within(value, range.clone()), expected, "{value} {range:?}");
        }
    }

    #[test]
    fn what_keeps_a_file_from_being_read_is_told_at_its_place() {
        let mut many = "- &a [1, 2, 3, 4, 5, 6, 7, 8]\n".to_owned();
        for (last, name) in ('a'..='g').zip('b'..='h') {
            many += &format!("- &{name} [{}]\n", vec![format!("*{last}"); 8].join(", "));
        }
        let cases = [
            ("a: b\n---\nc: d".to_owned(), "---", "a second document begins here"),
            ("a: b\n--- c".to_owned(), "---", "a second document begins here"),
            ("a: [x\nb: c".to_owned(), "", "not YAML: "),
            ("a: \"x".to_owned(), "\"x", "not YAML: unclosed quote"),
            ("a: b: c".to_owned(), ":", "not YAML: mapping values are not allowed"),
            ("a:\n\tb: c".to_owned(), "", "not YAML: "),
            ("한국: @x".to_owned(), "@x", "not YAML: unexpected character"),
            ("a: *b".to_owned(), "*b", "not YAML: while parsing node, found unknown anchor"),
            ("a: &x [*x]".to_owned(), "*x", "this alias stands inside what it names"),
            (
                "a: 18446744073709551616".to_owned(),
                "18446744073709551616",
                "the number 18446744073709551616 is out of range",
            ),
            (format!("a: {}", "[".repeat(1000)), "[", "nested more than 128 levels deep"),
            ("a: 'b\u{7f}'".to_owned(), "\u{7f}", "not YAML: unexpected character"),
            ("a: [\u{ffff}]".to_owned(), "\u{ffff}", "not YAML: unexpected character"),
            ("a\0b".to_owned(), "\0", ""),
            (format!("a: {}{}", "[".repeat(MAX_DEPTH), "]".repeat(MAX_DEPTH)), "[", "nested more than 128 levels deep"),
            (
                format!("a: {}{}", "{b: ".repeat(MAX_DEPTH), "}".repeat(MAX_DEPTH)),
                "{b",
                "nested more than 128 levels deep",
            ),
            ("- ".repeat(MAX_DEPTH + 1), "-", "nested more than 128 levels deep"),
            (many, "*f", "aliases repeat more than 1048576 values"),
        ];
        for (text, place, message) in cases {
            let problems = parse(&text).map(|_| ()).unwrap_err();
            let [problem] = &problems.list[..] else { panic!("{text}: {problems}") };
            assert!(problem.message.starts_with(message), "{text}: {}", problem.message);
            assert!(
                text[problem.span.range()].starts_with(place),
                "{text}: {:?} {}",
                &text[problem.span.range()],
                problem.message
            );
        }
    }

    #[test]
    fn a_key_that_stands_twice_is_told_and_the_file_read() {
        let many = (0..100).map(|key| format!("k{key}: v\n")).collect::<String>();
        let cases = [
            ("a: 1\nb: 2\na: 3\n".to_owned(), vec![10]),
            ("- {a: 1, \"a\": 2, 'a': {b: 1, b: 2}}\n".to_owned(), vec![29, 9, 17]),
            (format!("{many}k7: w\nk8: w\n"), vec![many.len(), many.len() + 6]),
            (format!("{many}1: w\n1: w\n"), vec![]),
        ];
        for (text, expected) in cases {
            let (_, problems) = parse(&text).unwrap();
            let found: Vec<_> = problems.iter().map(|problem| problem.span.start()).collect();
            assert_eq!(found, expected, "{text}");
            assert!(problems.iter().all(|problem| problem.message.ends_with("is here a second time")));
        }
    }
}
