//! The format for people: excerpts of the sources with underlined ranges, help, fixes, and a summary.
//!
//! The only place that names miette, which draws. It is given an [`Excerpt`] instead of whole files,
//! because it reads its source from the beginning for each mark and passes control characters on.

use std::fmt;
use std::io::{self, Write};

use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents,
    SourceCode, SourceSpan, SpanContents,
};
use textwrap::{Options, WordSeparator, WordSplitter};

use super::concise::heading;
use super::excerpt::{Excerpt, Room};
use super::place::place;
use super::{Report, Style, clean, count, summary};
use crate::diagnostic::{Applicability, Diagnostic, Fix, Severity};

/// The most fixes of one diagnostic that are listed.
const MOST_FIXES: usize = 3;

/// The least columns that text is wrapped at.
const NARROWEST: usize = 40;

/// Writes all diagnostics that are not suppressed, then the summary.
/// What the run could not do is told on standard error.
pub(super) fn write(report: &Report<'_>, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let handler = handler(style);
    for diagnostic in report.shown() {
        let text = render(diagnostic, report, style, &handler);
        out.write_all(text.as_bytes())?;
    }
    if report.quiet {
        return Ok(());
    }
    writeln!(out, "{}", summary::line(report))
}

fn handler(style: &Style) -> GraphicalReportHandler {
    let theme = match (style.unicode, style.color) {
        (true, true) => GraphicalTheme::unicode(),
        (true, false) => GraphicalTheme::unicode_nocolor(),
        (false, true) => GraphicalTheme::ascii(),
        (false, false) => GraphicalTheme::none(),
    };
    GraphicalReportHandler::new_themed(theme)
        .with_urls(false)
        .with_width(style.width.max(NARROWEST))
        .without_syntax_highlighting()
        // A word is often a path, a flag or an image, which stays whole.
        .with_break_words(false)
        .with_word_separator(WordSeparator::AsciiSpace)
        .with_word_splitter(WordSplitter::NoHyphenation)
}

/// One diagnostic, with an empty line at its end.
fn render(
    diagnostic: &Diagnostic,
    report: &Report<'_>,
    style: &Style,
    handler: &GraphicalReportHandler,
) -> String {
    let finding = &diagnostic.finding;
    let room = Room {
        width: style.width,
        unicode: style.unicode,
    };
    let drawn = Drawn {
        message: clean::one_line(&finding.message, style.unicode).into_owned(),
        help: finding
            .help
            .as_ref()
            .map(|help| clean::lines(help, style.unicode).into_owned()),
        severity: diagnostic.severity,
        excerpt: Excerpt::new(finding, report.sources, room),
    };
    let mut text = heading(diagnostic, style);
    text.push('\n');
    let start = text.len();
    if handler.render_report(&mut text, &drawn).is_err() {
        // The excerpt holds every mark, so this does not happen; if it does, nothing is lost.
        text.truncate(start);
        let (path, range) = place(report.sources, finding.at);
        let path = clean::one_line(&path, style.unicode);
        let (line, column) = (range.start.line, range.start.column);
        text.push_str(&format!("  {path}:{line}:{column}: {}\n", drawn.message));
    }
    let left_out = drawn.excerpt.left_out;
    if left_out > 0 {
        let places = count(left_out, "more place");
        push_note(&mut text, "note", &format!("{places} not shown"), style);
    }
    for fix in finding.fixes.iter().take(MOST_FIXES) {
        push_note(&mut text, "fix", &fix_hint(fix, style), style);
    }
    text.push('\n');
    text
}

/// What a fix does and how to have it done.
fn fix_hint(fix: &Fix, style: &Style) -> String {
    let title = clean::one_line(&fix.title, style.unicode);
    match fix.applicability {
        Applicability::Safe => format!("{title} (`--fix` applies it)"),
        Applicability::Unsafe => format!("{title} (`--unsafe-fixes` applies it)"),
        Applicability::Manual => format!("{title} (by hand)"),
    }
}

/// Appends a text behind a word, laid out as miette lays out the help.
fn push_note(text: &mut String, word: &str, note: &str, style: &Style) {
    let word = format!("{word:>6}: ");
    let word = if style.color {
        format!("\x1b[36m{word}\x1b[0m")
    } else {
        word
    };
    let options = Options::new(style.width.max(NARROWEST) - 2)
        .initial_indent(&word)
        .subsequent_indent("        ")
        .break_words(false)
        .word_separator(WordSeparator::AsciiSpace)
        .word_splitter(WordSplitter::NoHyphenation);
    text.push_str(&textwrap::fill(note, options));
    text.push('\n');
}

/// A diagnostic as miette wants it: clean texts and an excerpt.
#[derive(Debug)]
struct Drawn {
    message: String,
    help: Option<String>,
    severity: Severity,
    excerpt: Excerpt,
}

impl fmt::Display for Drawn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Drawn {}

impl miette::Diagnostic for Drawn {
    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Info => miette::Severity::Advice,
        })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        let help = self.help.as_ref()?;
        Some(Box::new(help))
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.excerpt)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.excerpt.marks.iter().map(|mark| {
            let span = SourceSpan::from(mark.range.clone());
            if mark.is_finding {
                LabeledSpan::new_primary_with_span(mark.text.clone(), span)
            } else {
                LabeledSpan::new_with_span(mark.text.clone(), span)
            }
        })))
    }
}

impl SourceCode for Excerpt {
    /// The whole window that `span` lies in. Asked for no context, miette wants to know where a mark
    /// begins; else it wants lines to draw.
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        context_before: usize,
        context_behind: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let range = span.offset()..span.offset() + span.len();
        let window = self.window(&range).ok_or(MietteError::OutOfBounds)?;
        let mark = self
            .marks
            .iter()
            .find(|mark| mark.range == range)
            .filter(|_| context_before == 0 && context_behind == 0);
        let (line, column) = mark.map_or((window.first_line, 0), |mark| {
            (mark.position.line - 1, mark.position.column - 1)
        });
        let data = &self.text.as_bytes()[window.range.clone()];
        let span = SourceSpan::from(window.range.clone());
        Ok(Box::new(MietteSpanContents::new_named(
            window.path.clone(),
            data,
            span,
            line as usize,
            column as usize,
            window.lines as usize,
        )))
    }
}
