//! Output formats, one function each.
//!
//! A report is a pure function of what a run found: the same diagnostics give the same bytes, whatever
//! the machine. Nothing that stands in a file can steer a terminal or break out of an annotation.
//!
//! Not for: deciding what is reported, in which order, or what the exit status is.

mod about;
mod azure;
mod checkstyle;
mod clean;
mod codeclimate;
mod concise;
pub mod diff;
mod excerpt;
mod format;
mod full;
mod github;
mod gitlab;
mod grouped;
mod harmless;
mod json;
mod json_lines;
mod junit;
mod markdown;
mod place;
mod rdjson;
mod sarif;
mod sonarqube;
mod statistics;
mod summary;
mod uri;
mod xml;

use std::borrow::Cow;
use std::io::{self, Write};

use crate::diagnostic::{Applicability, Diagnostic, Problem, Severity};
use crate::text::{SourceFile, Sources};

pub use about::About;
pub use format::Format;

use place::{Range, range};

/// How many of what a run found; what is suppressed counts only as that.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, serde::Serialize)]
pub struct Summary {
    /// Files that were looked at.
    pub files: usize,
    /// Diagnostics that are errors.
    pub errors: usize,
    /// Diagnostics that are warnings.
    pub warnings: usize,
    /// Diagnostics that are only worth knowing.
    pub infos: usize,
    /// Diagnostics that `--fix` makes go away.
    pub fixable: usize,
    /// Diagnostics that are suppressed.
    pub suppressed: usize,
}

/// What a run found.
#[derive(Clone, Copy, Debug)]
pub struct Report<'a> {
    /// All diagnostics, suppressed ones too, sorted by path, position and rule.
    pub diagnostics: &'a [Diagnostic],
    /// The files that they point into.
    pub sources: &'a Sources,
    /// What the run could not do.
    pub problems: &'a [Problem],
    /// The counts.
    pub summary: Summary,
    /// Whether formats for people leave out the summary at the end.
    pub quiet: bool,
    /// Whether findings are counted by rule: formats for people then show nothing else, `json` and
    /// `json-lines` show the counts as well.
    pub statistics: bool,
    /// What is known of the rule with an id.
    pub about: fn(&str) -> Option<About>,
}

impl<'a> Report<'a> {
    /// A report over `files` linted files, its counts worked out.
    pub fn new(
        diagnostics: &'a [Diagnostic],
        sources: &'a Sources,
        problems: &'a [Problem],
        files: usize,
    ) -> Report<'a> {
        let mut summary = Summary {
            files,
            ..Summary::default()
        };
        for diagnostic in diagnostics {
            if diagnostic.suppressed.is_some() {
                summary.suppressed += 1;
                continue;
            }
            match diagnostic.severity {
                Severity::Error => summary.errors += 1,
                Severity::Warning => summary.warnings += 1,
                Severity::Info => summary.infos += 1,
            }
            summary.fixable += usize::from(diagnostic.fix_at_least(Applicability::Safe).is_some());
        }
        Report {
            diagnostics,
            sources,
            problems,
            summary,
            quiet: false,
            statistics: false,
            about: |_| None,
        }
    }

    /// The diagnostics that are not suppressed.
    fn shown(&self) -> impl Iterator<Item = &'a Diagnostic> {
        self.diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.suppressed.is_none())
    }

    /// The same with the file and the range that each is about. One in a file that is not among the
    /// sources is left out; the engine makes none.
    fn placed(&self) -> impl Iterator<Item = (&'a Diagnostic, &'a SourceFile, Range)> {
        let sources = self.sources;
        self.shown().filter_map(|diagnostic| {
            let at = diagnostic.finding.at;
            let file: &SourceFile = sources.get(at.file)?;
            Some((diagnostic, file, range(file, at)))
        })
    }
}

/// What the reader's screen can do; of no meaning to formats for programs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Style {
    /// Whether to colour, by ANSI sequences.
    pub color: bool,
    /// Whether rule names are links to their documentation, by OSC 8 sequences.
    pub hyperlinks: bool,
    /// Whether there is more to draw with than ASCII.
    pub unicode: bool,
    /// Columns before text is wrapped and source lines are cut.
    pub width: usize,
}

impl Default for Style {
    /// The style for files and pipes: no sequences, 100 columns.
    fn default() -> Style {
        Style {
            color: false,
            hyperlinks: false,
            unicode: true,
            width: 100,
        }
    }
}

impl Style {
    /// Whether a terminal with these environment variables shows more than ASCII: the first of `LC_ALL`,
    /// `LC_CTYPE` and `LANG` that is set and not empty names UTF-8 (POSIX, "Environment Variables"). A
    /// system without any of them, as Windows, is taken to.
    pub fn unicode_locale(variable: impl Fn(&str) -> Option<String>) -> bool {
        ["LC_ALL", "LC_CTYPE", "LANG"]
            .into_iter()
            .filter_map(variable)
            .find(|value| !value.is_empty())
            .is_none_or(|value| {
                let value = value.to_ascii_lowercase();
                value.contains("utf-8") || value.contains("utf8")
            })
    }
}

/// A text on one line, without anything that could steer a terminal.
pub fn one_line(text: &str) -> Cow<'_, str> {
    clean::one_line(text, true)
}

/// Writes `report` in `format`, in many small pieces: `out` had better be buffered.
///
/// # Errors
/// Those of `out`.
pub fn write(
    format: Format,
    report: &Report<'_>,
    style: &Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    match format {
        Format::Full | Format::Concise | Format::Grouped if report.statistics => {
            statistics::write(report, style, out)
        }
        Format::Full => full::write(report, style, out),
        Format::Concise => concise::write(report, style, out),
        Format::Grouped => grouped::write(report, style, out),
        Format::Json => json::write(report, out),
        Format::JsonLines => json_lines::write(report, out),
        Format::Sarif => sarif::write(report, out),
        Format::Github => github::write(report, out),
        Format::Gitlab => gitlab::write(report, out),
        Format::Codeclimate => codeclimate::write(report, out),
        Format::Checkstyle => checkstyle::write(report, out),
        Format::Junit => junit::write(report, out),
        Format::Sonarqube => sonarqube::write(report, out),
        Format::Rdjson => rdjson::write(report, out),
        Format::Azure => azure::write(report, out),
        Format::Markdown => markdown::write(report, out),
    }
}

/// `1 error`, `2 errors`.
fn count(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}
