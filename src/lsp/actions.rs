//! Code actions: put a suggestion in, put all safe ones in, silence a rule for a block.

use std::collections::HashMap;

use lsp_types::{
    CodeAction, CodeActionKind, CodeActionOrCommand, CodeActionParams, Diagnostic, DocumentChanges, NumberOrString,
    OneOf, OptionalVersionedTextDocumentIdentifier, TextDocumentEdit, TextEdit, Uri, WorkspaceEdit,
};

use super::check::{self, CheckContent, CheckResult};
use super::client::Client;
use super::diagnostics;
use super::document::OpenDocument;
use crate::draft::Draft;
use crate::escape::Shown;
use crate::finding::{Finding, Suggestion};
use crate::fix;
use crate::rule::Fix;
use crate::span::Span;
use crate::text::{BlockKind, Holder};

/// Puts in every suggestion that is safe.
pub(super) const FIX_ALL: CodeActionKind = CodeActionKind::new("source.fixAll.comity");

/// The characters of a suggestion that a menu shows.
const MENU_WIDTH: usize = 80;

/// The placeholder for a reason, for a person to write one.
const REASON: &str = "REASON";

/// The longest draft, in bytes, that is checked once more to tell what a fix would bring in: a check takes some milliseconds for
/// each 100 KB. In a longer one no fix is made unasked.
const MAX_RECHECKED: usize = 2 << 20;

/// Lists the code actions for the findings in a range.
pub(super) fn actions(
    document: &OpenDocument,
    checked: &CheckResult,
    params: &CodeActionParams,
    client: &Client,
    has_comments: bool,
) -> Vec<CodeActionOrCommand> {
    let CheckContent::Draft(draft, findings) = &checked.content else {
        return Vec::new();
    };
    let only = params.context.only.as_deref();
    let wants = |kind: &CodeActionKind| only.is_none_or(|only| only.iter().any(|asked| is_within(kind, asked)));
    let mut actions = Vec::new();
    if wants(&CodeActionKind::QUICKFIX) {
        let place = document.text.span(params.range);
        let asked = &params.context.diagnostics;
        let near = findings.iter().filter(|finding| touches(finding.span, place));
        let menu = Menu { document, draft, findings, checked, client };
        let chosen: Vec<(&Finding, Diagnostic)> = near
            .filter_map(|finding| {
                let shown = menu.diagnostic(finding);
                let is_asked = asked.is_empty() || asked.iter().any(|asked| is_same(asked, &shown));
                is_asked.then_some((finding, shown))
            })
            .collect();
        let mut seen = false;
        for (finding, diagnostic) in &chosen {
            actions.extend(menu.suggestions(finding, diagnostic, &mut seen));
        }
        let can_be = |finding: &Finding| !finding.rule.is_redline() && finding.site.is_some();
        let may_silence = chosen.iter().filter(|(finding, _)| has_comments && can_be(finding));
        actions.extend(may_silence.filter_map(|(finding, diagnostic)| menu.silence(finding, diagnostic)));
    }
    if wants(&FIX_ALL) {
        actions.extend(Menu { document, draft, findings, checked, client }.fix_all());
    }
    actions.into_iter().map(CodeActionOrCommand::CodeAction).collect()
}

/// True if a kind is `asked`, or a kind of it: `source.fixAll` asks for `source.fixAll.comity`.
fn is_within(kind: &CodeActionKind, asked: &CodeActionKind) -> bool {
    let rest = kind.as_str().strip_prefix(asked.as_str());
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.') || asked.as_str().is_empty())
}

/// True if a place, which may be a mere point, lies in what was found or at its edge.
fn touches(found: Span, place: Span) -> bool {
    found.start() <= place.end() && place.start() <= found.end()
}

fn is_same(asked: &Diagnostic, shown: &Diagnostic) -> bool {
    let code = |diagnostic: &Diagnostic| match &diagnostic.code {
        Some(NumberOrString::String(code)) => Some(code.clone()),
        _ => None,
    };
    asked.range == shown.range && code(asked) == code(shown)
}

struct Menu<'a> {
    document: &'a OpenDocument,
    draft: &'a Draft,
    findings: &'a [Finding],
    checked: &'a CheckResult,
    client: &'a Client,
}

impl Menu<'_> {
    fn diagnostic(&self, finding: &Finding) -> Diagnostic {
        diagnostics::of_finding(finding, self.document, self.client)
    }

    /// Returns the findings of a changed draft.
    fn check(&self, draft: &Draft) -> Vec<Finding> {
        check::findings(&self.checked.found, self.document.path.as_deref(), draft)
    }

    fn may_recheck(&self) -> bool {
        self.draft.source().len() <= MAX_RECHECKED
    }

    /// An action for each suggestion that may be put in. What an editor does unasked is the first safe one of the menu, which is
    /// `seen` then, if it brings in no finding.
    fn suggestions(&self, finding: &Finding, diagnostic: &Diagnostic, seen: &mut bool) -> Vec<CodeAction> {
        let may_put_in = finding.suggestions.iter().filter(|suggestion| suggestion.fix != Fix::None);
        let action = |suggestion: &Suggestion| {
            // What cannot be put in without harm to the text around it is left to a person.
            let edits = fix::edits_for(self.draft, finding, suggestion).filter(|edits| !edits.is_empty())?;
            let is_harmless = || fix::is_harmless(self.draft, self.findings, &edits, |draft| self.check(draft));
            let first_safe = suggestion.fix == Fix::Safe && !*seen;
            *seen |= first_safe;
            let preferred = first_safe && self.may_recheck() && is_harmless();
            Some(CodeAction {
                title: title(finding, suggestion),
                kind: Some(CodeActionKind::QUICKFIX),
                diagnostics: Some(vec![diagnostic.clone()]),
                edit: Some(workspace_edit(self.document, text_edits(self.document, edits), self.client)),
                is_preferred: preferred.then_some(true),
                ..CodeAction::default()
            })
        };
        may_put_in.filter_map(action).collect()
    }

    /// Every safe suggestion that brings in no finding, at once.
    fn fix_all(&self) -> Option<CodeAction> {
        if !self.may_recheck() {
            return None;
        }
        let edits = fix::harmless_edits(self.draft, self.findings, |draft| self.check(draft), Fix::Safe);
        if edits.is_empty() {
            return None;
        }
        Some(CodeAction {
            title: "Put in every safe suggestion of comity".to_owned(),
            kind: Some(FIX_ALL),
            edit: Some(workspace_edit(self.document, text_edits(self.document, edits), self.client)),
            ..CodeAction::default()
        })
    }

    /// A comment before the block that keeps the rule from it, or in a cell of a table or an element of HTML; none where there is no place for one.
    fn silence(&self, finding: &Finding, diagnostic: &Diagnostic) -> Option<CodeAction> {
        let id = finding.rule.id();
        let block = &self.draft.blocks()[finding.site?.block];
        let inside = (block.source(Span::new(0, 1)).start(), String::new(), " ");
        let (at, prefix, line_end) = match (block.holder(), block.kind()) {
            (Holder::Attribute(_) | Holder::Name | Holder::Raw | Holder::Verbatim, _)
            | (Holder::Draft, BlockKind::Caption) => {
                return None;
            }
            (Holder::Element, _) | (_, BlockKind::Table) => inside,
            _ => {
                let (at, prefix) = before_block(self.document, self.draft, finding.span);
                (at, prefix, if self.document.text.as_str().contains("\r\n") { "\r\n" } else { "\n" })
            }
        };
        let place = self.document.text.position(at);
        let edit = TextEdit {
            range: lsp_types::Range { start: place, end: place },
            new_text: format!("{prefix}<!-- comity: ignore {id} -- {REASON} -->{line_end}"),
        };
        Some(CodeAction {
            title: format!("Ignore {id} in this block, with a reason"),
            kind: Some(CodeActionKind::QUICKFIX),
            diagnostics: Some(vec![diagnostic.clone()]),
            edit: Some(workspace_edit(self.document, vec![edit], self.client)),
            ..CodeAction::default()
        })
    }
}

fn title(finding: &Finding, suggestion: &Suggestion) -> String {
    let cut = |text: &str| {
        let mut shown = Shown(text).to_string();
        if let Some((at, _)) = shown.char_indices().nth(MENU_WIDTH) {
            shown.truncate(at);
            shown.push('\u{2026}');
        }
        shown
    };
    let what = match suggestion.text.as_str() {
        "" => format!("Take out \"{}\"", cut(&finding.found)),
        text => format!("Say \"{}\"", cut(text)),
    };
    if suggestion.fix == Fix::Safe { what } else { format!("{what}, then read the sentence again") }
}

/// Returns the offset, at the start of a line, for a comment before the block of `span`, and what that line has to begin with to
/// stay in the quotation or the list that the block lies in.
fn before_block(document: &OpenDocument, draft: &Draft, span: Span) -> (usize, String) {
    let text = document.text.as_str();
    let blocks = draft.blocks().iter().map(|block| block.source(Span::new(0, block.text().len())));
    let block = blocks.filter(|place| place.contains(span)).min_by_key(|place| place.len());
    let start = block.map_or(span.start(), Span::start);
    let at = start_of_line(text, start);
    let prefix = text[at..].chars().take_while(|c| matches!(c, ' ' | '\t' | '>')).collect();
    (at, prefix)
}

/// The start of the line that holds byte `at`, behind a byte-order mark.
fn start_of_line(text: &str, at: usize) -> usize {
    let before = &text.as_bytes()[..at];
    // The end of the line above counts to that line.
    let before = before.strip_suffix(b"\r").filter(|_| text.as_bytes().get(at) == Some(&b'\n')).unwrap_or(before);
    let start = memchr::memrchr2(b'\n', b'\r', before).map_or(0, |end| end + 1);
    if start == 0 && text.starts_with('\u{feff}') { '\u{feff}'.len_utf8().min(at) } else { start }
}

fn text_edits(document: &OpenDocument, edits: Vec<fix::Edit>) -> Vec<TextEdit> {
    let to_text_edit = |edit: fix::Edit| TextEdit { range: document.text.range(edit.span), new_text: edit.text };
    edits.into_iter().map(to_text_edit).collect()
}

fn workspace_edit(document: &OpenDocument, edits: Vec<TextEdit>, client: &Client) -> WorkspaceEdit {
    let uri = document.uri.clone();
    if client.versioned_edits {
        let text_document = OptionalVersionedTextDocumentIdentifier { uri, version: Some(document.version) };
        let edits = edits.into_iter().map(OneOf::Left).collect();
        let changes = DocumentChanges::Edits(vec![TextDocumentEdit { text_document, edits }]);
        return WorkspaceEdit { document_changes: Some(changes), ..WorkspaceEdit::default() };
    }
    #[allow(clippy::mutable_key_type, reason = "the type of the protocol; a URI is compared by its text")]
    let changes: HashMap<Uri, Vec<TextEdit>> = HashMap::from([(uri, edits)]);
    WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::Format;
    use crate::lsp::text::{EditorText, PositionEncoding};

    #[test]
    fn a_comment_goes_before_the_block_and_stays_where_the_block_is() {
        let cases = [
            ("One\ntwo HERE.\n", 0, ""),
            ("\u{feff}HERE\n", 3, ""),
            ("A.\r\n\r\nOne HERE.\r\n", 6, ""),
            ("A.\n\n- one\n- HERE\n", 10, ""),
            ("- one\n  - HERE\n    more\n", 6, "  "),
            ("> quoted\n> HERE\n", 0, "> "),
            ("A\n\nHERE\n====\n", 3, ""),
        ];
        for (source, expected, prefix) in cases {
            let draft = Draft::new(Format::Markdown, source);
            let uri: Uri = "file:///a.md".parse().unwrap();
            let document = OpenDocument {
                path: None,
                language: String::new(),
                version: 1,
                text: EditorText::new(source.to_owned(), PositionEncoding::Utf8),
                revision: 0,
                checked: None,
                published: Default::default(),
                uri,
            };
            let at = source.find("HERE").unwrap();
            let found = before_block(&document, &draft, Span::new(at, at + 4));
            assert_eq!(found, (expected, prefix.to_owned()), "{source:?}");
        }
    }

    #[test]
    fn an_asked_kind_stands_for_all_kinds_below_it() {
        let cases = [
            ("source.fixAll.comity", true),
            ("source.fixAll", true),
            ("source", true),
            ("", true),
            ("source.fix", false),
            ("source.fixAll.eslint", false),
            ("quickfix", false),
        ];
        for (asked, expected) in cases {
            assert_eq!(is_within(&FIX_ALL, &CodeActionKind::from(asked.to_owned())), expected, "{asked}");
        }
    }
}
