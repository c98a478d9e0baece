//! Every flag and argument, defined once; help, completions and the man page come from here.

use std::path::PathBuf;
use std::str::FromStr;

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};

use super::words::Words;
use crate::config::FailOn;
use crate::engine::meta::Preset;
use crate::report::Format;

/// Lints Dockerfiles and Compose files.
#[derive(Parser, Debug)]
#[command(
    name = "dockworthy",
    version,
    about,
    args_conflicts_with_subcommands = true,
    after_help = "Exit status: 0 no finding at or above --fail-on, 1 such findings, 2 the run could not do all \
                  its work (bad flag, bad configuration, unreadable file)."
)]
pub struct Args {
    /// The command; `check` when there is none.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// Arguments of `check` when no command is given.
    #[command(flatten)]
    pub check: Check,
}

/// The commands.
#[derive(Subcommand, Debug)]
pub enum Command {
    /// Lint files and folders
    Check(Box<Check>),
    /// Show why a rule exists and what to do about it
    Explain(Explain),
    /// List every rule
    Rules(Rules),
    /// Show what would be linted, which Compose files make a project, and what each service builds
    Files(Files),
    /// Show the settings in force for a path, and where each comes from
    Config(ConfigArgs),
    /// Write a dockworthy.yaml to begin with
    Init(Init),
    /// Write the settings of other linters as a dockworthy.yaml
    Migrate(Migrate),
    /// Print a script that completes commands, flags and their values in a shell
    Completions(Completions),
    /// Print a manual page
    Man(Man),
    /// Serve an editor over standard input and output
    Lsp(Lsp),
}

/// Arguments of `lsp`.
#[derive(ClapArgs, Debug)]
pub struct Lsp {
    /// Ignored: standard input and output are all there is, but many clients say so
    #[arg(long, hide = true)]
    pub stdio: bool,
}

/// Arguments of `check`.
#[derive(ClapArgs, Debug, Default)]
pub struct Check {
    /// Files and folders; `-` reads standard input
    #[arg(value_name = "PATH", default_value = ".", hide_default_value = true)]
    pub paths: Vec<PathBuf>,

    /// The name that decides what standard input is, and that findings show
    #[arg(long, value_name = "NAME")]
    pub stdin_filename: Option<PathBuf>,

    /// Output format, with `=FILE` into a file; may be repeated [full, concise, grouped, json, json-lines, sarif,
    /// github, gitlab, codeclimate, checkstyle, junit, sonarqube, rdjson, azure, markdown]
    #[arg(
        long,
        value_name = "FORMAT[=FILE]",
        value_parser = Words::new(sink, Format::ALL.iter().map(|format| format.as_str())),
        hide_possible_values = true
    )]
    pub format: Vec<Sink>,

    /// Apply the fixes that cannot change anything but what a rule is about
    #[arg(long)]
    pub fix: bool,

    /// Apply also the fixes that may change behaviour
    #[arg(long)]
    pub unsafe_fixes: bool,

    /// Show what fixing would change, and write nothing
    #[arg(long)]
    pub diff: bool,

    /// Run only these rules: ids, aliases, categories, or globs over them
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub select: Vec<String>,

    /// Do not run these rules: ids, aliases, categories, or globs over them
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub ignore: Vec<String>,

    /// Use these sets of rules instead of the configured ones
    /// [recommended, hardened, production, cis, style, hadolint, all, none]
    #[arg(
        long,
        value_name = "PRESET",
        value_delimiter = ',',
        value_parser = Words::new(preset, Preset::ALL.iter().map(|preset| preset.as_str())),
        hide_possible_values = true
    )]
    pub preset: Vec<Preset>,

    /// The least severity that fails the run: error, warning, info or never [default: warning]
    #[arg(
        long,
        value_name = "SEVERITY",
        value_parser = Words::new(fail_on, ["error", "warning", "info", "never"]),
        hide_possible_values = true
    )]
    pub fail_on: Option<FailOn>,

    /// Use this configuration for every file: a dockworthy.yaml or a .hadolint.yaml
    #[arg(long, value_name = "FILE", conflicts_with = "no_config")]
    pub config: Option<PathBuf>,

    /// Use no configuration
    #[arg(long)]
    pub no_config: bool,

    /// Do not look into files and folders that match
    #[arg(long, value_name = "GLOB")]
    pub exclude: Vec<String>,

    /// Leave out named files, too, when they are excluded or turn out to be something else
    #[arg(long)]
    pub force_exclude: bool,

    /// Look into files that git ignores, too
    #[arg(long)]
    pub no_ignore_files: bool,

    /// Show only findings that are not in this file; `dockworthy-baseline.json` here or above counts by itself
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,

    /// Put all findings into the baseline, and take those out that are gone
    #[arg(long, conflicts_with_all = ["since", "staged", "fix", "unsafe_fixes", "diff"])]
    pub write_baseline: bool,

    /// Ignore what would fail the run, by comments in the files; with `--diff`, show them only
    #[arg(long, conflicts_with_all = ["fix", "unsafe_fixes", "staged", "write_baseline"])]
    pub add_ignores: bool,

    /// Why it is ignored; stands in each comment of `--add-ignores`
    #[arg(long, value_name = "TEXT", requires = "add_ignores", value_parser = reason)]
    pub reason: Option<String>,

    /// Show only findings in files that changed since this branch left a revision, or that git does not know yet
    #[arg(long, value_name = "REV", group = "changes")]
    pub since: Option<String>,

    /// Show only findings in files that are staged, linted as they will be committed
    #[arg(long, group = "changes", conflicts_with_all = ["fix", "unsafe_fixes", "diff"])]
    pub staged: bool,

    /// With `--since` or `--staged`, show only findings that touch a changed line
    #[arg(long, requires = "changes", conflicts_with_all = ["fix", "unsafe_fixes", "diff", "add_ignores"])]
    pub changed_lines: bool,

    /// Count the findings by rule: `full`, `concise` and `grouped` show nothing else, `json` and `json-lines` show the
    /// counts as well
    #[arg(long)]
    pub statistics: bool,

    /// Print findings only, without a summary
    #[arg(long, short)]
    pub quiet: bool,

    /// When to use colour
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub color: Color,

    /// How many files are linted at once [default: as many as there are processors]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub jobs: Option<u16>,

    /// Link rule names to their documentation, for terminals that can
    #[arg(long)]
    pub hyperlinks: bool,
}

/// Arguments of `explain`.
#[derive(ClapArgs, Debug)]
pub struct Explain {
    /// A rule's id, or what another tool calls it (DL3008, CKV_DOCKER_3, CL-0005…)
    #[arg(value_name = "RULE")]
    pub rule: String,
}

/// Arguments of `rules`.
#[derive(ClapArgs, Debug)]
pub struct Rules {
    /// As a table or as JSON
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: RulesFormat,
}

/// Arguments of `files`.
#[derive(ClapArgs, Debug)]
pub struct Files {
    /// Files and folders
    #[arg(value_name = "PATH", default_value = ".", hide_default_value = true)]
    pub paths: Vec<PathBuf>,

    /// For people or as JSON
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: RulesFormat,

    /// Use no configuration
    #[arg(long)]
    pub no_config: bool,

    /// Do not look into files and folders that match
    #[arg(long, value_name = "GLOB")]
    pub exclude: Vec<String>,

    /// Look into files that git ignores, too
    #[arg(long)]
    pub no_ignore_files: bool,
}

/// Arguments of `completions`.
#[derive(ClapArgs, Debug)]
pub struct Completions {
    /// The shell
    #[arg(value_name = "SHELL")]
    pub shell: clap_complete::Shell,
}

/// Arguments of `man`.
#[derive(ClapArgs, Debug)]
pub struct Man {
    /// The command that the page is about; without it, `dockworthy` itself
    #[arg(value_name = "COMMAND")]
    pub command: Option<String>,
}

/// Arguments of `config`.
#[derive(ClapArgs, Debug)]
pub struct ConfigArgs {
    /// A file or folder
    #[arg(value_name = "PATH", default_value = ".", hide_default_value = true)]
    pub path: PathBuf,

    /// For people or as JSON
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: RulesFormat,

    /// Use this configuration: a dockworthy.yaml or a .hadolint.yaml
    #[arg(long, value_name = "FILE", conflicts_with = "no_config")]
    pub config: Option<PathBuf>,

    /// Use no configuration
    #[arg(long)]
    pub no_config: bool,

    /// Print the JSON Schema of dockworthy.yaml instead
    #[arg(long)]
    pub schema: bool,
}

/// Arguments of `init`.
#[derive(ClapArgs, Debug)]
pub struct Init {
    /// The folder to write to
    #[arg(value_name = "FOLDER", default_value = ".", hide_default_value = true)]
    pub folder: PathBuf,

    /// Overwrite what is there
    #[arg(long)]
    pub force: bool,
}

/// Arguments of `migrate`.
#[derive(ClapArgs, Debug)]
#[command(
    after_help = "Reads .hadolint.yaml, .dclintrc (JSON, YAML, and JavaScript that exports a literal), the key \
                  `dclint` of package.json, .compose-lint.yml, .tally.toml and droast.toml, and says line by line \
                  what became of each key."
)]
pub struct Migrate {
    /// A folder with such files, or one of them
    #[arg(value_name = "PATH", default_value = ".", hide_default_value = true)]
    pub path: PathBuf,

    /// Print the file and write nothing
    #[arg(long)]
    pub dry_run: bool,

    /// Overwrite what is there
    #[arg(long)]
    pub force: bool,
}

/// How `rules`, `files` and `config` print.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum RulesFormat {
    /// A table for people.
    Text,
    /// One JSON object.
    Json,
}

/// When to use colour.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Color {
    /// On a terminal, unless `NO_COLOR` is set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// A format and where it goes.
#[derive(Clone, Debug)]
pub struct Sink {
    /// The format.
    pub format: Format,
    /// The file; standard output when absent.
    pub file: Option<PathBuf>,
}

impl FromStr for Sink {
    type Err = String;

    fn from_str(text: &str) -> Result<Sink, String> {
        let (format, file) = match text.split_once('=') {
            Some((_, "")) => return Err("a file name is missing behind `=`".to_owned()),
            Some((format, file)) => (format, Some(PathBuf::from(file))),
            None => (text, None),
        };
        match Format::parse(format) {
            Some(format) => Ok(Sink { format, file }),
            None => {
                let known: Vec<&str> = Format::ALL.iter().map(|format| format.as_str()).collect();
                Err(format!("formats are {}", known.join(", ")))
            }
        }
    }
}

fn sink(text: &str) -> Result<Sink, String> {
    text.parse()
}

fn preset(word: &str) -> Result<Preset, String> {
    Preset::parse(word).ok_or_else(|| {
        let known: Vec<&str> = Preset::ALL.iter().map(|preset| preset.as_str()).collect();
        format!("presets are {}", known.join(", "))
    })
}

fn reason(text: &str) -> Result<String, String> {
    let text = text.trim();
    if text.is_empty() || text.contains(char::is_control) {
        return Err("a reason is a text on one line".to_owned());
    }
    Ok(text.to_owned())
}

fn fail_on(word: &str) -> Result<FailOn, String> {
    FailOn::parse(word).ok_or_else(|| "severities are error, warning, info, never".to_owned())
}
