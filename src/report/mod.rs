//! Output formats, one function each.
//!
//! A report is a pure function of what a run found: the same diagnostics give the same bytes, whatever
//! the machine. Nothing that stands in a file can steer a terminal or break out of an annotation.
//!
//! Not for: deciding what is reported, in which order, or what the exit status is.

mod clean;
mod concise;
pub mod diff;
mod excerpt;
mod full;
mod github;
mod json;
mod object;
mod place;

use std::borrow::Cow;
use std::io::{self, Write};

use crate::diagnostic::{Applicability, Diagnostic, Problem, Severity};
use crate::text::Sources;

/// How a report is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Format {
    /// For people: source excerpts with underlined ranges, help and fixes, and a summary at the end.
    Full,
    /// One line for each diagnostic: `path:line:column: severity[rule] message`.
    Concise,
    /// One JSON object, whatever the number of files.
    Json,
    /// GitHub's workflow commands, which become annotations.
    Github,
}

impl Format {
    /// All formats, in the order in which help lists them.
    pub const ALL: [Format; 4] = [Format::Full, Format::Concise, Format::Json, Format::Github];

    /// The word for it on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Format::Full => "full",
            Format::Concise => "concise",
            Format::Json => "json",
            Format::Github => "github",
        }
    }

    /// The format that a word names.
    pub fn parse(word: &str) -> Option<Format> {
        Format::ALL
            .into_iter()
            .find(|format| format.as_str() == word)
    }
}

/// How many of what a run found; what is suppressed counts only as that.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
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
        }
    }

    /// The diagnostics that are not suppressed.
    fn shown(&self) -> impl Iterator<Item = &'a Diagnostic> {
        self.diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.suppressed.is_none())
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
        Format::Full => full::write(report, style, out),
        Format::Concise => concise::write(report, style, out),
        Format::Json => json::write(report, out),
        Format::Github => github::write(report, out),
    }
}

/// `1 error`, `2 errors`.
fn count(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}
