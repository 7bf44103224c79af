//! The values of data in TOML, as those of YAML are.

use std::ops::Range;

use serde_yaml::Number;
use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use super::problem::{Problem, Problems};
use super::tree::{At, Tree, YamlValue};
use crate::span::Span;

/// Parses data in TOML. Dates are texts, and so are numbers that are too large.
///
/// # Errors
/// The one problem that ends a parse.
pub(super) fn parse(name: &str, text: &str) -> Result<Tree, Problems> {
    let mut tree = Tree::new(name.into(), text.into());
    match DeTable::parse(text) {
        Ok(table) => {
            let bytes = table.span();
            tree.root = add_table(&mut tree, table.into_inner(), bytes);
            Ok(tree)
        }
        Err(error) => {
            let at = error.span().map_or(0, |span| span.start).min(text.len());
            let help =
                Some("put text between quotation marks, each key with its value on a line of its own".to_owned());
            let message = format!("not TOML: {}", error.message());
            let problem = Problem { code: "toml", message, span: Span::new(at, at), help };
            Err(Problems { name: tree.name, text: tree.text, list: vec![problem] })
        }
    }
}

fn add_table(tree: &mut Tree, table: DeTable<'_>, bytes: Range<usize>) -> At {
    let mut entries: Vec<(Spanned<DeString<'_>>, Spanned<DeValue<'_>>)> = table.into_iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    let mut read = Vec::with_capacity(entries.len());
    for (key, value) in entries {
        let at = key.span();
        let key = push(tree, YamlValue::Text(key.into_inner().into_owned().into()), &at, false);
        read.push((key, add(tree, value)));
    }
    push(tree, YamlValue::Map(read), &bytes, true)
}

fn add(tree: &mut Tree, value: Spanned<DeValue<'_>>) -> At {
    let bytes = value.span();
    let number = |text: String| text.parse().map_or(YamlValue::Text(text.into()), YamlValue::Number);
    let (value, is_marked) = match value.into_inner() {
        DeValue::String(text) => (YamlValue::Text(text.into_owned().into()), true),
        DeValue::Integer(integer) => {
            let read = i64::from_str_radix(integer.as_str(), integer.radix());
            (
                read.map_or_else(
                    |_| YamlValue::Text(integer.to_string().into()),
                    |n| YamlValue::Number(Number::from(n)),
                ),
                false,
            )
        }
        DeValue::Float(float) => (number(float.to_string()), false),
        DeValue::Boolean(value) => (YamlValue::Bool(value), false),
        DeValue::Datetime(date) => (YamlValue::Text(date.to_string().into()), false),
        DeValue::Array(items) => {
            let items = items.into_iter().map(|item| add(tree, item)).collect();
            (YamlValue::List(items), true)
        }
        DeValue::Table(table) => return add_table(tree, table, bytes),
    };
    push(tree, value, &bytes, is_marked)
}

fn push(tree: &mut Tree, value: YamlValue, bytes: &Range<usize>, is_marked: bool) -> At {
    let byte = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    tree.push(value, (byte(bytes.start), byte(bytes.end)), is_marked)
}
