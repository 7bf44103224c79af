//! Problems of packs and configurations, drawn like findings: in the YAML file, at their line and column.

use std::io;

use codespan_reporting::diagnostic::{Diagnostic, Label};
use termcolor::WriteColor;

use super::snippet::draw;
use super::view::{ReportedText, View};
use super::{DEFAULT_WIDTH, ReportSettings};
use crate::escape::Shown;
use crate::text::lines::Lines;
use crate::yaml::Problems;

/// Writes each problem of a file as a diagnostic.
///
/// # Errors
/// If it cannot be written.
pub fn write_problems(out: &mut dyn WriteColor, problems: &Problems, settings: &ReportSettings) -> io::Result<()> {
    let lines = Lines::new(&problems.text);
    let page = ReportedText { name: &problems.name, text: &problems.text, lines: &lines, layout: None };
    for problem in &problems.list {
        let view = View::new(&page, &[problem.span], settings.width.min(DEFAULT_WIDTH));
        let help = problem.help.iter().map(|help| format!("help: {}", Shown(help))).collect();
        let diagnostic = Diagnostic::error()
            .with_code(problem.code)
            .with_message(Shown(&problem.message))
            .with_labels(vec![Label::primary((), view.labels[0].clone())])
            .with_notes(help);
        draw(out, &view, &diagnostic)?;
    }
    Ok(())
}
