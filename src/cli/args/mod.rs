//! The arguments, as `--help` tells them.

mod compare;
mod compare_format;
mod shared;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use super::streams::Color;
use super::values::{Formats, Named, Offered, jobs, rule_ids};
use crate::report::Statistics;
use crate::{Fix, Severity, report};
pub(super) use compare::{CompareArgs, CompareGate};
pub(super) use compare_format::{CompareFormat, CompareShape};
use shared::{DocumentArgs, ThresholdArgs};
pub(super) use shared::{SelectionArgs, SetupArgs, fails};

/// Checks the language of draft joint statements the way a compiler checks a program.
///
/// Packs of rules name wording that a delegation does not want, why, and what to say instead. Findings are printed against the
/// draft at the exact line and column.
#[derive(Debug, Parser)]
#[command(name = "comity", version, max_term_width = 100, arg_required_else_help = true)]
pub(super) struct Cli {
    #[command(subcommand)]
    pub(super) command: Command,
    /// When to use colour; NO_COLOR and CLICOLOR_FORCE are honoured
    #[arg(long, value_enum, value_name = "WHEN", default_value_t = Color::Auto, global = true)]
    pub(super) color: Color,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    Check(CheckArgs),
    Compare(CompareArgs),
    Rules(RulesArgs),
    Explain(ExplainArgs),
    Test(TestArgs),
    Init(InitArgs),
    #[cfg(feature = "lsp")]
    Lsp(LspArgs),
    Schema(SchemaArgs),
    Completions(CompletionsArgs),
    Man(ManArgs),
}

/// Check drafts
///
/// Reads Word documents (.docx, .doc), OpenDocument texts (.odt, .fodt), RTF (.rtf), PDF files (.pdf), and Markdown (.md,
/// .markdown), HTML (.html, .htm, .xhtml) and plain text (.txt) in UTF-8, or in UTF-16 with a byte-order mark. A draft whose
/// content is that of a document is read as what it is, whatever its name. A directory is searched for drafts that version control does not
/// ignore. Findings go to standard output, everything else to standard error.
#[derive(Debug, Args)]
#[command(
    group = clap::ArgGroup::new("fixes").args(["fix", "diff"]).multiple(true),
    after_help = "Exit codes:\n  0  nothing at or above --fail-on\n  1  something is\n  2  the command line, the configuration, a pack or a draft could not be read;\n     the other drafts are still checked and reported"
)]
pub(super) struct CheckArgs {
    /// Files and directories to check; `-` reads a draft from standard input [default: .]
    pub(super) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) setup: SetupArgs,
    #[command(flatten)]
    pub(super) selection: SelectionArgs,
    #[command(flatten)]
    pub(super) thresholds: ThresholdArgs,
    /// Check whether the draft is fit to be issued: with the pack `final` besides the others. Comments, tracked changes, hidden, highlighted
    /// and struck-out words, square brackets and marks of a draft are errors; names of persons, files and templates are warnings
    #[arg(long = "final", help_heading = "Rules")]
    pub(super) is_final: bool,
    /// The shape of the report
    #[arg(long, value_name = "FORMAT", default_value = report::FORMATS[0].name, value_parser = Formats)]
    pub(super) format: report::ReportFormat,
    /// Write the report into this file, which is replaced whole when the report is complete, instead of standard output
    #[arg(long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// Count the findings by rule instead of printing them [default shape: json with --format json or jsonl, else human]
    #[arg(long, value_name = "SHAPE", num_args = 0..=1, require_equals = true, value_parser = Named(Statistics::NAMES))]
    #[allow(clippy::option_option, reason = "clap's way to say: not given, given alone, given with a shape")]
    pub(super) statistics: Option<Option<Statistics>>,
    /// Put safe suggestions into the drafts; what is left is reported. A draft from standard input goes to standard output
    #[arg(long, help_heading = "Fixes", conflicts_with = "statistics")]
    pub(super) fix: bool,
    /// With --fix or --diff: also suggestions after which a person must read the sentence again
    #[arg(long, help_heading = "Fixes", requires = "fixes")]
    pub(super) unsafe_fixes: bool,
    /// Show what --fix would change as a unified diff, and write nothing; exit with code 1 if there is something
    #[arg(long, help_heading = "Fixes", conflicts_with = "statistics")]
    pub(super) diff: bool,
    /// With --diff: a patch of exactly the bytes of the drafts, for `git apply` or `patch -p1`. Without it, what a terminal or the log
    /// of a CI runner may obey is escaped; with it, nothing is written to a terminal
    #[arg(long, help_heading = "Fixes", requires = "diff")]
    pub(super) raw: bool,
    /// Leave out the findings that this file accepts; red lines are reported all the same
    #[arg(long, value_name = "FILE", help_heading = "Baseline", conflicts_with = "write_baseline")]
    pub(super) baseline: Option<PathBuf>,
    /// Accept what is found now: write it into this file, and forget what is no longer there
    #[arg(long, value_name = "FILE", help_heading = "Baseline", conflicts_with_all = ["fixes", "statistics"])]
    pub(super) write_baseline: Option<PathBuf>,
    /// With --statistics: list the rules, and the phrases of rules, that matched nothing in all of these drafts
    #[arg(long, requires = "statistics")]
    pub(super) unused_rules: bool,
    /// What to call the draft from standard input; its ending tells the format where the content does not (Markdown without one), its folder the configuration
    #[arg(long, value_name = "FILE")]
    pub(super) stdin_filename: Option<PathBuf>,
    /// Leave out files that the configuration ignores even if they are named on the command line
    #[arg(long)]
    pub(super) force_exclude: bool,
    /// Write a copy of the document (.docx or .odt) that is checked in which every finding is a comment; with --fix, safe
    /// suggestions are tracked changes, with --unsafe-fixes also others. The document itself is left as it is. A comment of comity's
    /// on which nothing is found any more is taken out. Of a draft in another format a Word document is made. For a folder, or several
    /// drafts, COPY is a folder
    #[arg(long, value_name = "COPY", help_heading = "Documents", conflicts_with_all = ["diff", "statistics", "write_baseline"])]
    pub(super) annotate: Option<PathBuf>,
    /// With --annotate: leave all comments of comity's out of the copy, those that are there and those that would come
    #[arg(long, help_heading = "Documents", requires = "annotate")]
    pub(super) strip: bool,
    /// Replace a file that --annotate would write if there is one already, whatever it is; never the document itself
    #[arg(long, help_heading = "Documents", requires = "annotate")]
    pub(super) force: bool,
    #[command(flatten)]
    pub(super) documents: DocumentArgs,
    /// How many drafts are checked at the same time; together they are never larger than one may be, so that large ones wait for one
    /// another [default: one for each processor]
    #[arg(short, long, value_name = "N", value_parser = jobs)]
    pub(super) jobs: Option<u16>,
    /// Print findings and errors, but no summary and no progress
    #[arg(short, long)]
    pub(super) quiet: bool,
    /// Say which configuration is used, which files are left out, and what each draft is taken for: kind of text, parties, why
    #[arg(short, long, conflicts_with = "quiet")]
    pub(super) verbose: bool,
}

/// List the rules, or add one to a pack of your own
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(super) struct RulesArgs {
    #[command(subcommand)]
    pub(super) command: Option<RulesCommand>,
    #[command(flatten)]
    pub(super) setup: SetupArgs,
    #[command(flatten)]
    pub(super) selection: SelectionArgs,
    /// The shape of the list
    #[arg(long, value_enum, default_value_t = ListFormat::Human)]
    pub(super) format: ListFormat,
}

#[derive(Debug, Subcommand)]
pub(super) enum RulesCommand {
    New(NewRuleArgs),
}

/// Add a rule, with its examples, to a pack of your own
///
/// The text of the rule is put behind the last one; nothing else in the file changes. It is written only if the pack is sound
/// and all of its examples hold: examples that are not given are made up.
#[derive(Debug, Args)]
pub(super) struct NewRuleArgs {
    /// The phrase to find, in the phrase language of packs, such as "junior partner~"
    pub(super) phrase: String,
    /// What to say instead; may be repeated, the best first
    #[arg(long, value_name = "WORDING")]
    pub(super) suggest: Vec<String>,
    /// The file of the pack; made if it does not exist
    #[arg(long, value_name = "FILE")]
    pub(super) pack: PathBuf,
    /// The name of the rule, in kebab case [default: made from the phrase]
    #[arg(long)]
    pub(super) id: Option<String>,
    /// How grave its findings are [default: warning]
    #[arg(long, value_parser = Named(Severity::NAMES))]
    pub(super) severity: Option<Severity>,
    /// Whether a suggestion may be applied [default: unsafe]
    #[arg(long, value_parser = Named(Fix::NAMES))]
    pub(super) fix: Option<Fix>,
    /// What is wrong; `{match}` is the text found, `{suggestion}` the first suggestion
    #[arg(long, value_name = "TEXT")]
    pub(super) message: Option<String>,
    /// The reason
    #[arg(long, value_name = "TEXT")]
    pub(super) why: Option<String>,
    /// A text that the rule must flag; may be repeated
    #[arg(long = "flag", value_name = "EXAMPLE")]
    pub(super) flag_examples: Vec<String>,
    /// A text that the rule must leave alone; may be repeated
    #[arg(long = "pass", value_name = "EXAMPLE")]
    pub(super) pass_examples: Vec<String>,
}

/// Explain a rule: its reason, its source, every wording that it finds, its suggestions and examples
#[derive(Debug, Args)]
pub(super) struct ExplainArgs {
    /// The rule, such as framing/china-containment
    #[arg(value_parser = Offered(rule_ids), hide_possible_values = true)]
    pub(super) rule: String,
    #[command(flatten)]
    pub(super) setup: SetupArgs,
}

/// Run the examples of packs: what each rule must flag, must leave alone, and what its suggestion makes of a draft
#[derive(Debug, Args)]
pub(super) struct TestArgs {
    /// Files of packs; without any, the packs of comity and those of the configuration
    pub(super) files: Vec<PathBuf>,
    /// Print failures only
    #[arg(short, long)]
    pub(super) quiet: bool,
}

/// Write a commented comity.yml into the current directory
#[derive(Debug, Args)]
pub(super) struct InitArgs {
    /// Replace a comity.yml that is there
    #[arg(long)]
    pub(super) force: bool,
    /// Write the JSON Schemas into schemas/ as well, so that editors complete and check comity.yml and packs
    #[arg(long)]
    pub(super) schema: bool,
}

/// Print the JSON Schema of packs or of comity.yml, for editors that complete and check YAML
#[derive(Debug, Args)]
pub(super) struct SchemaArgs {
    /// What the schema is of
    #[arg(value_enum, default_value_t = SchemaOf::Pack)]
    pub(super) of: SchemaOf,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum SchemaOf {
    /// A pack of rules
    Pack,
    /// comity.yml
    Config,
}

/// Print a script that completes comity's arguments in a shell
#[derive(Debug, Args)]
#[command(
    after_help = "To try it in the shell that you are in:\n  bash: source <(comity completions bash)\n  zsh:  source <(comity completions zsh)\n  fish: comity completions fish | source"
)]
pub(super) struct CompletionsArgs {
    /// The shell
    #[arg(value_enum)]
    pub(super) shell: clap_complete::Shell,
}

/// Print the manual page, or write one for each command
#[derive(Debug, Args)]
pub(super) struct ManArgs {
    /// The folder to write comity.1 and a page for each command into; without it, comity.1 goes to standard output
    pub(super) folder: Option<PathBuf>,
}

/// Serve an editor: a language server on standard input and output
///
/// An editor starts it, and shows what comity finds while a draft is written: Markdown, HTML and plain text as they are typed, with the
/// reason and the source of each finding, suggestions to put in, and names of rules to complete. Packs and comity.yml are checked
/// as they are edited, and the drafts after them. It speaks the Language Server Protocol 3.17 and counts places in UTF-8, UTF-16 or
/// UTF-32. It opens no connection, runs no other program and writes no file.
#[cfg(feature = "lsp")]
#[derive(Debug, Args)]
#[command(
    after_help = "Settings of the editor, as initializationOptions or under `comity`; they go before the options here:\n  config  the configuration to use, instead of the nearest comity.yml\n  packs   packs of comity to check with, instead of those of the configuration\n  select  only these rules, packs or tags, or what a state or body is likely to object to: [China]\n  ignore  all but these\n\nExit codes:\n  0  the editor asked for the end\n  1  the editor left without asking, or what it sent could not be read\n\ndocs/lsp.md tells how to set up Neovim, Helix, VS Code, Emacs, Sublime Text and Kate."
)]
pub(super) struct LspArgs {
    /// Taken and passed over: many editors say it, and there is no other way to speak
    #[arg(long)]
    pub(super) stdio: bool,
    #[command(flatten)]
    pub(super) setup: SetupArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ListFormat {
    /// A line a rule
    Human,
    /// A JSON array
    Json,
    /// A page for each pack: every rule with its reason, source, phrases, suggestions and examples
    Markdown,
    /// A table of the packs in Markdown that links to a page PACK.md for each
    Index,
    /// A table of the sources in Markdown: the rules of each, and when and how it was last looked up
    Sources,
}
