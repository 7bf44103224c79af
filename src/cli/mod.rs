//! The command line: its arguments, and one file a subcommand.

mod annotate;
mod baseline;
mod check;
mod compare;
mod completions;
mod discover;
mod explain;
mod fix;
mod init;
mod lsp;
mod man;
mod markdown;
mod new_rule;
mod output;
mod reference;
mod revision;
mod rules;
mod schema;
mod setup;
mod streams;
mod test;

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};
use comity::config::{FAIL_ON, FailOn, Options};
use comity::report::Statistics;
use comity::{Detail, Fix, MAX_BYTES, Pack, Reading, Revisions, Severity, report};

use streams::{Color, Streams};

/// How a run ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Status {
    /// Nothing to report.
    Clean,
    /// Something was found.
    Found,
    /// The command line, the configuration, a pack or a draft could not be read.
    Failed,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        ExitCode::from(match status {
            Status::Clean => 0,
            Status::Found => 1,
            Status::Failed => 2,
        })
    }
}

/// Checks the language of draft joint statements the way a compiler checks a program.
///
/// Packs of rules name wording that a delegation does not want, why, and what to say instead. Findings are printed against the
/// draft at the exact line and column.
#[derive(Debug, Parser)]
#[command(name = "comity", version, max_term_width = 100, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    /// When to use colour; NO_COLOR and CLICOLOR_FORCE are honoured
    #[arg(long, value_enum, value_name = "WHEN", default_value_t = Color::Auto, global = true)]
    color: Color,
}

#[derive(Debug, Subcommand)]
enum Command {
    Check(CheckArgs),
    Compare(CompareArgs),
    Rules(RulesArgs),
    Explain(ExplainArgs),
    Test(TestArgs),
    Init(InitArgs),
    Lsp(LspArgs),
    Schema(SchemaArgs),
    Completions(CompletionsArgs),
    Man(ManArgs),
}

/// Check drafts
///
/// Reads Word documents (.docx), OpenDocument texts (.odt), and Markdown (.md, .markdown), HTML (.html, .htm, .xhtml) and plain
/// text (.txt) in UTF-8, or in UTF-16 with a byte-order mark. A directory is searched for drafts that version control does not
/// ignore. Findings go to standard output, everything else to standard error.
#[derive(Debug, Args)]
#[command(
    group = clap::ArgGroup::new("fixes").args(["fix", "diff"]).multiple(true),
    after_help = "Exit codes:\n  0  nothing at or above --fail-on\n  1  something is\n  2  the command line, the configuration, a pack or a draft could not be read;\n     the other drafts are still checked and reported"
)]
struct CheckArgs {
    /// Files and directories to check; `-` reads a draft from standard input [default: .]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    setup: SetupArgs,
    #[command(flatten)]
    selection: SelectionArgs,
    /// Leave out findings below this severity
    #[arg(long, value_name = "SEVERITY", value_parser = Named(Severity::NAMES))]
    min_severity: Option<Severity>,
    /// Exit with code 1 from this severity on: error, warning, note or never [default: error]
    #[arg(long, value_name = "SEVERITY", value_parser = Named(FAIL_ON))]
    fail_on: Option<FailOn>,
    /// The shape of the report
    #[arg(long, value_name = "FORMAT", default_value = report::FORMATS[0].name, value_parser = Formats)]
    format: report::Format,
    /// Write the report into this file, which is replaced whole when the report is complete, instead of standard output
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Count the findings by rule instead of printing them [default shape: json with --format json or jsonl, else human]
    #[arg(long, value_name = "SHAPE", num_args = 0..=1, require_equals = true, value_parser = Named(Statistics::NAMES))]
    #[allow(clippy::option_option, reason = "clap's way to say: not given, given alone, given with a shape")]
    statistics: Option<Option<Statistics>>,
    /// Put safe suggestions into the drafts; what is left is reported. A draft from standard input goes to standard output
    #[arg(long, help_heading = "Fixes", conflicts_with = "statistics")]
    fix: bool,
    /// With --fix or --diff: also suggestions after which a person must read the sentence again
    #[arg(long, help_heading = "Fixes", requires = "fixes")]
    unsafe_fixes: bool,
    /// Show what --fix would change as a unified diff, and write nothing; exit with code 1 if there is something
    #[arg(long, help_heading = "Fixes", conflicts_with = "statistics")]
    diff: bool,
    /// Leave out the findings that this file accepts; red lines are reported all the same
    #[arg(long, value_name = "FILE", help_heading = "Baseline", conflicts_with = "write_baseline")]
    baseline: Option<PathBuf>,
    /// Accept what is found now: write it into this file, and forget what is no longer there
    #[arg(long, value_name = "FILE", help_heading = "Baseline", conflicts_with_all = ["fixes", "statistics"])]
    write_baseline: Option<PathBuf>,
    /// With --statistics: list the rules, and the phrases of rules, that matched nothing in all of these drafts
    #[arg(long, requires = "statistics")]
    unused_rules: bool,
    /// What to call the draft from standard input; its ending tells the format (Markdown without one), its folder the configuration
    #[arg(long, value_name = "FILE")]
    stdin_filename: Option<PathBuf>,
    /// Leave out files that the configuration ignores even if they are named on the command line
    #[arg(long)]
    force_exclude: bool,
    /// Write a copy of the document (.docx or .odt) that is checked in which every finding is a comment; with --fix, safe
    /// suggestions are tracked changes, with --unsafe-fixes also others. The document itself is left as it is
    #[arg(long, value_name = "FILE", help_heading = "Documents", conflicts_with_all = ["diff", "statistics", "write_baseline"])]
    annotate: Option<PathBuf>,
    /// The text of a document with tracked changes: as if all were accepted, as it was before them, or both; both says which
    /// findings a change brings in or takes out
    #[arg(long, value_name = "TEXT", help_heading = "Documents", default_value = "accepted", value_parser = Named(Revisions::NAMES))]
    revisions: Revisions,
    /// The largest draft that is read, in MiB: the text of a document when unpacked, whose file may have eight times as much
    #[arg(long, value_name = "MIB", help_heading = "Documents", default_value_t = MAX_BYTES >> 20, value_parser = clap::value_parser!(u64).range(1..=2048))]
    max_size: u64,
    /// Print findings and errors, but no summary and no progress
    #[arg(short, long)]
    quiet: bool,
    /// Say which configuration is used, and which files are left out
    #[arg(short, long, conflicts_with = "quiet")]
    verbose: bool,
}

impl CheckArgs {
    /// How drafts are read.
    fn reading(&self) -> Reading {
        Reading { max_bytes: self.max_size << 20, revisions: self.revisions }
    }
}

/// Compare two drafts of one text
///
/// Tells which findings came in, which went out and which moved, and which sentences were weakened, strengthened or changed
/// otherwise: verbs, negations, numbers, dates, names, brackets. With a draft behind `--`, OLD and NEW are revisions of its git
/// repository; without NEW, the draft as it is now.
#[derive(Debug, Args)]
#[command(
    override_usage = "comity compare [OPTIONS] OLD NEW\n       comity compare [OPTIONS] REVISION [REVISION] -- DRAFT",
    after_help = "Exit codes:\n  0  no finding at or above --fail-on came in\n  1  one did, or with --fail-on-change a sentence changed\n  2  the command line, the configuration, a pack or a draft could not be read"
)]
struct CompareArgs {
    /// The old and the new draft; `-` reads one of them from standard input. With a draft behind `--`, revisions
    #[arg(value_names = ["OLD", "NEW"], num_args = 1..=2, required = true)]
    versions: Vec<String>,
    /// The draft to compare in two revisions, or in one and as it is now
    #[arg(last = true)]
    draft: Vec<PathBuf>,
    #[command(flatten)]
    setup: SetupArgs,
    #[command(flatten)]
    selection: SelectionArgs,
    /// Leave out findings below this severity
    #[arg(long, value_name = "SEVERITY", value_parser = Named(Severity::NAMES))]
    min_severity: Option<Severity>,
    /// Exit with code 1 if a finding from this severity on came in: error, warning, note or never [default: error]
    #[arg(long, value_name = "SEVERITY", value_parser = Named(FAIL_ON))]
    fail_on: Option<FailOn>,
    /// Exit with code 1 also if any sentence changed, moved, came or went
    #[arg(long)]
    fail_on_change: bool,
    /// The shape of the comparison
    #[arg(long, value_enum, default_value_t = CompareFormat::Human)]
    format: CompareFormat,
}

/// List the rules, or add one to a pack of your own
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
struct RulesArgs {
    #[command(subcommand)]
    command: Option<RulesCommand>,
    #[command(flatten)]
    setup: SetupArgs,
    #[command(flatten)]
    selection: SelectionArgs,
    /// The shape of the list
    #[arg(long, value_enum, default_value_t = ListFormat::Human)]
    format: ListFormat,
}

#[derive(Debug, Subcommand)]
enum RulesCommand {
    New(NewRuleArgs),
}

/// Add a rule, with its examples, to a pack of your own
///
/// The text of the rule is put behind the last one; nothing else in the file changes. It is written only if the pack is sound
/// and all of its examples hold: examples that are not given are made up.
#[derive(Debug, Args)]
struct NewRuleArgs {
    /// The phrase to find, in the phrase language of packs, such as "junior partner~"
    phrase: String,
    /// What to say instead; may be repeated, the best first
    #[arg(long, value_name = "WORDING")]
    suggest: Vec<String>,
    /// The file of the pack; made if it does not exist
    #[arg(long, value_name = "FILE")]
    pack: PathBuf,
    /// The name of the rule, in kebab case [default: made from the phrase]
    #[arg(long)]
    id: Option<String>,
    /// How grave its findings are [default: warning]
    #[arg(long, value_parser = Named(Severity::NAMES))]
    severity: Option<Severity>,
    /// Whether a suggestion may be applied [default: unsafe]
    #[arg(long, value_parser = Named(Fix::NAMES))]
    fix: Option<Fix>,
    /// What is wrong; `{match}` is the text found, `{suggestion}` the first suggestion
    #[arg(long, value_name = "TEXT")]
    message: Option<String>,
    /// The reason
    #[arg(long, value_name = "TEXT")]
    why: Option<String>,
    /// A text that the rule must flag; may be repeated
    #[arg(long = "flag", value_name = "EXAMPLE")]
    flag_examples: Vec<String>,
    /// A text that the rule must leave alone; may be repeated
    #[arg(long = "pass", value_name = "EXAMPLE")]
    pass_examples: Vec<String>,
}

/// Explain a rule: its reason, its source, every wording that it finds, its suggestions and examples
#[derive(Debug, Args)]
struct ExplainArgs {
    /// The rule, such as framing/china-containment
    #[arg(value_parser = Offered(rule_ids), hide_possible_values = true)]
    rule: String,
    #[command(flatten)]
    setup: SetupArgs,
}

/// Run the examples of packs: what each rule must flag, must leave alone, and what its suggestion makes of a draft
#[derive(Debug, Args)]
struct TestArgs {
    /// Files of packs; without any, the packs of comity and those of the configuration
    files: Vec<PathBuf>,
    /// Print failures only
    #[arg(short, long)]
    quiet: bool,
}

/// Write a commented comity.yml into the current directory
#[derive(Debug, Args)]
struct InitArgs {
    /// Replace a comity.yml that is there
    #[arg(long)]
    force: bool,
    /// Write the JSON Schemas into schemas/ as well, so that editors complete and check comity.yml and packs
    #[arg(long)]
    schema: bool,
}

/// Print the JSON Schema of packs or of comity.yml, for editors that complete and check YAML
#[derive(Debug, Args)]
struct SchemaArgs {
    /// What the schema is of
    #[arg(value_enum, default_value_t = SchemaOf::Pack)]
    of: SchemaOf,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum SchemaOf {
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
struct CompletionsArgs {
    /// The shell
    #[arg(value_enum)]
    shell: clap_complete::Shell,
}

/// Print the manual page, or write one for each command
#[derive(Debug, Args)]
struct ManArgs {
    /// The folder to write comity.1 and a page for each command into; without it, comity.1 goes to standard output
    folder: Option<PathBuf>,
}

/// Serve an editor: a language server on standard input and output
///
/// An editor starts it, and shows what comity finds while a draft is written: Markdown, HTML and plain text as they are typed, with the
/// reason and the source of each finding, suggestions to put in, and names of rules to complete. Packs and comity.yml are checked
/// as they are edited, and the drafts after them. It speaks the Language Server Protocol 3.17 and counts places in UTF-8, UTF-16 or
/// UTF-32. It opens no connection, runs no other program and writes no file.
#[derive(Debug, Args)]
#[command(
    after_help = "Settings of the editor, as initializationOptions or under `comity`; they go before the options here:\n  config  the configuration to use, instead of the nearest comity.yml\n  packs   packs of comity to check with, instead of those of the configuration\n\nExit codes:\n  0  the editor asked for the end\n  1  the editor left without asking, or what it sent could not be read\n\ndocs/lsp.md tells how to set up Neovim, Helix, VS Code, Emacs, Sublime Text and Kate."
)]
struct LspArgs {
    /// Taken and passed over: many editors say it, and there is no other way to speak
    #[arg(long)]
    stdio: bool,
    #[command(flatten)]
    setup: SetupArgs,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Rules")]
struct SetupArgs {
    /// The configuration to use, instead of the nearest comity.yml
    #[arg(long, value_name = "FILE", conflicts_with = "no_config")]
    config: Option<PathBuf>,
    /// Use no configuration
    #[arg(long)]
    no_config: bool,
    /// A pack of comity to check with, instead of those of the configuration, or all; may be repeated
    #[arg(long = "pack", value_name = "PACK", value_delimiter = ',', value_parser = Offered(pack_names))]
    packs: Vec<String>,
    /// A file with a pack of your own to check with as well; may be repeated
    #[arg(long = "rules", value_name = "FILE")]
    rules: Vec<PathBuf>,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Rules")]
struct SelectionArgs {
    /// Only these rules, packs or tags; may be repeated, or separated by commas
    #[arg(long, value_name = "ID|TAG", value_delimiter = ',')]
    select: Vec<String>,
    /// All but these rules, packs or tags; may be repeated, or separated by commas
    #[arg(long, value_name = "ID|TAG", value_delimiter = ',')]
    ignore: Vec<String>,
}

impl SetupArgs {
    fn options(&self, selection: Option<&SelectionArgs>) -> Options {
        Options {
            packs: self.packs.clone(),
            rules: self.rules.clone(),
            select: selection.map(|s| s.select.clone()).unwrap_or_default(),
            ignore: selection.map(|s| s.ignore.clone()).unwrap_or_default(),
            detail: Detail::ForChecking,
            unsaved: Default::default(),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ListFormat {
    /// A line a rule
    Human,
    /// A JSON array
    Json,
    /// A page for each pack: every rule with its reason, source, phrases, suggestions and examples
    Markdown,
    /// A table of the packs in Markdown that links to a page PACK.md for each
    Index,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum CompareFormat {
    /// The sentences side by side, or one below the other where there is no room
    Human,
    /// One JSON document
    Json,
}

/// Parses one of some names.
#[derive(Clone)]
struct Named<T: 'static>(&'static [(&'static str, T)]);

impl<T: Copy + Send + Sync + 'static> clap::builder::TypedValueParser for Named<T> {
    type Value = T;

    fn parse_ref(
        &self,
        cmd: &clap::Command,
        arg: Option<&clap::Arg>,
        value: &std::ffi::OsStr,
    ) -> Result<T, clap::Error> {
        let name = clap::builder::PossibleValuesParser::new(self.0.iter().map(|(name, _)| *name))
            .parse_ref(cmd, arg, value)?;
        let found = self.0.iter().find(|(known, _)| *known == name);
        found.map(|&(_, value)| value).ok_or_else(|| clap::Error::new(clap::error::ErrorKind::InvalidValue))
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = clap::builder::PossibleValue> + '_>> {
        Some(Box::new(self.0.iter().map(|(name, _)| clap::builder::PossibleValue::new(*name))))
    }
}

/// Takes any text, for there may be others, and offers those of comity to the completion of a shell.
#[derive(Clone)]
struct Offered(fn() -> Vec<String>);

impl clap::builder::TypedValueParser for Offered {
    type Value = String;

    fn parse_ref(
        &self,
        cmd: &clap::Command,
        arg: Option<&clap::Arg>,
        value: &std::ffi::OsStr,
    ) -> Result<String, clap::Error> {
        clap::builder::StringValueParser::new().parse_ref(cmd, arg, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = clap::builder::PossibleValue> + '_>> {
        Some(Box::new((self.0)().into_iter().map(clap::builder::PossibleValue::new)))
    }
}

fn pack_names() -> Vec<String> {
    Pack::builtin_names().map(str::to_owned).collect()
}

fn rule_ids() -> Vec<String> {
    let packs = Pack::builtin_names().filter_map(|name| Pack::builtin_named(name, Detail::ForChecking)?.ok());
    packs.flat_map(|pack| pack.rules().iter().map(|rule| rule.id().to_string()).collect::<Vec<_>>()).collect()
}

/// Parses the name of a report format.
#[derive(Clone)]
struct Formats;

impl clap::builder::TypedValueParser for Formats {
    type Value = report::Format;

    fn parse_ref(
        &self,
        cmd: &clap::Command,
        arg: Option<&clap::Arg>,
        value: &std::ffi::OsStr,
    ) -> Result<report::Format, clap::Error> {
        let names = report::FORMATS.iter().map(|format| format.name);
        let name = clap::builder::PossibleValuesParser::new(names).parse_ref(cmd, arg, value)?;
        let found = report::FORMATS.iter().find(|format| format.name == name);
        found.copied().ok_or_else(|| clap::Error::new(clap::error::ErrorKind::InvalidValue))
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = clap::builder::PossibleValue> + '_>> {
        let values =
            report::FORMATS.iter().map(|format| clap::builder::PossibleValue::new(format.name).help(format.about));
        Some(Box::new(values))
    }
}

/// Runs the command that the process was started with.
pub(crate) fn run() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(said) => return instead(&said).into(),
    };
    let mut streams = Streams::new(cli.color);
    let status = match &cli.command {
        Command::Check(args) => check::run(args, &mut streams),
        Command::Compare(args) => compare::run(args, &mut streams),
        Command::Rules(args) => rules::run(args, &mut streams),
        Command::Explain(args) => explain::run(args, &mut streams),
        Command::Test(args) => test::run(args, &mut streams),
        Command::Init(args) => init::run(args, &mut streams),
        Command::Lsp(args) => lsp::run(args, &mut streams),
        Command::Schema(args) => schema::run(args, &mut streams),
        Command::Completions(args) => completions::run(args, &mut streams),
        Command::Man(args) => man::run(args, &mut streams),
    };
    streams.finish(status).into()
}

/// Prints what takes the place of a run: help or the version, which were asked for, or what is wrong with the arguments.
fn instead(said: &clap::Error) -> Status {
    let printed = said.print().and_then(|()| std::io::stdout().flush());
    if said.use_stderr() {
        return Status::Failed;
    }
    let mut streams = Streams::new(Color::Auto);
    streams.wrote(printed);
    streams.finish(Status::Clean)
}
