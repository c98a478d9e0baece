//! The end of a run: what is printed where, and the exit status.

use std::io::{self, Write};

use super::super::args::{Check, Color, Sink};
use super::super::{Status, Stop, output, write};
use super::tell;
use crate::check::Outcome;
use crate::config::FailOn;
use crate::config::discover::Configs;
use crate::diagnostic::{Diagnostic, Severity};
use crate::engine::readme;
use crate::report::{self, About, Format, Report, Style};
use crate::rules::RULES;

/// Prints what there is to print, and says how the run ended.
pub(super) fn finish(
    args: &Check,
    outcome: &Outcome,
    fail_on: &[Option<FailOn>],
    diff: &[u8],
) -> Result<Status, Stop> {
    outcome.problems.iter().for_each(tell);
    if args.diff {
        output::stdout(diff).map_err(|error| Stop::writing("to standard output", &error))?;
        return Ok(status(args, outcome, fail_on, diff));
    }
    let default = [Sink {
        format: Format::Full,
        file: None,
    }];
    let sinks = if args.format.is_empty() {
        &default[..]
    } else {
        &args.format
    };
    let mut failed = Vec::new();
    for sink in sinks {
        match &sink.file {
            Some(path) => {
                let text = rendered(sink.format, args, outcome, &Style::default());
                // Whoever reads another report gets it all the same.
                if let Err(error) = write::create(path, &text) {
                    let Stop(message) = Stop::writing(&path.display().to_string(), &error);
                    failed.push(message);
                }
            }
            None => {
                let style = style(args, &io::stdout());
                output::to_stdout(|out| render(sink.format, args, outcome, &style, out))
                    .map_err(|error| Stop::writing("to standard output", &error))?;
            }
        }
    }
    failed.retain(|message| !message.is_empty());
    if !failed.is_empty() {
        return Err(Stop(failed.join("\n")));
    }
    Ok(status(args, outcome, fail_on, &[]))
}

/// The thresholds of all files with findings, by their numbers: `configured` holds those of the files that are linted.
pub(super) fn thresholds(
    configured: &[Option<FailOn>],
    outcome: &Outcome,
    configs: &mut Configs<'_>,
) -> Vec<Option<FailOn>> {
    let mut all = configured.to_vec();
    for diagnostic in &outcome.diagnostics {
        let number = diagnostic.finding.at.file.0 as usize;
        if number < configured.len() {
            continue;
        }
        if let Some(source) = outcome.sources.get(diagnostic.finding.at.file) {
            all.resize(all.len().max(number + 1), None);
            all[number] = configs.for_file(&source.path).fail_on;
        }
    }
    all
}

/// A report as a whole.
pub(super) fn rendered(format: Format, args: &Check, outcome: &Outcome, style: &Style) -> Vec<u8> {
    let mut text = Vec::new();
    let written = render(format, args, outcome, style, &mut text);
    written.expect("writing to memory does not fail");
    text
}

fn render(
    format: Format,
    args: &Check,
    outcome: &Outcome,
    style: &Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    let report = Report::new(
        &outcome.diagnostics,
        &outcome.sources,
        &outcome.problems,
        outcome.files,
    );
    let report = Report {
        quiet: args.quiet,
        statistics: args.statistics,
        about,
        ..report
    };
    report::write(format, &report, style, out)
}

/// What a rule's documentation says.
fn about(id: &str) -> Option<About> {
    // Rules are sorted by their ids.
    let index = RULES.binary_search_by_key(&id, |rule| rule.meta.id).ok()?;
    let meta = &RULES[index].meta;
    Some(About {
        summary: meta.summary,
        page: readme::body(meta.readme),
        severity: meta.severity,
    })
}

pub(super) fn style(args: &Check, stream: &impl anstream::stream::RawStream) -> Style {
    let color = match args.color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => anstream::AutoStream::choice(stream) != anstream::ColorChoice::Never,
    };
    let unicode = Style::unicode_locale(|name| std::env::var(name).ok());
    Style {
        color,
        hyperlinks: args.hyperlinks,
        unicode,
        ..Style::default()
    }
}

/// Whether a finding fails the run; `configured` holds the threshold of each file, by its number.
pub(super) fn fails(args: &Check, configured: &[Option<FailOn>], diagnostic: &Diagnostic) -> bool {
    let file = diagnostic.finding.at.file;
    let configured = configured.get(file.0 as usize).copied().flatten();
    let threshold = args
        .fail_on
        .or(configured)
        .unwrap_or(FailOn::AtLeast(Severity::Warning));
    diagnostic.suppressed.is_none() && threshold.fails(diagnostic.severity)
}

/// How the run ended; `configured` as for [`fails`].
pub(super) fn status(
    args: &Check,
    outcome: &Outcome,
    configured: &[Option<FailOn>],
    diff: &[u8],
) -> Status {
    let mut diagnostics = outcome.diagnostics.iter();
    if !outcome.problems.is_empty() {
        Status::Trouble
    } else if !diff.is_empty() || diagnostics.any(|d| fails(args, configured, d)) {
        Status::Findings
    } else {
        Status::Clean
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_has_a_page() {
        for rule in RULES {
            let about = about(rule.meta.id).expect("rules are sorted by id");
            assert_eq!(about.summary, rule.meta.summary);
            assert!(about.page.starts_with("# "), "{}", rule.meta.id);
        }
        assert_eq!(about("no-such-rule"), None);
    }
}
