//! The forms of words that a rule gives itself.

use super::inflect::Inflector;
use crate::yaml::YamlNode;

/// The forms that a rule gives for words: what `~` stands for, in its phrases and its suggestions.
pub(super) fn read_forms(node: &YamlNode<'_>) -> Inflector {
    let entries = node.entries().into_iter();
    let strings = |forms: &YamlNode<'_>| forms.texts().iter().map(|form| form.value.to_owned()).collect();
    Inflector::new(entries.map(|(word, forms)| (word.value.to_owned(), strings(&forms))).collect())
}
