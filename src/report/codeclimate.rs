//! Issues as engines of Code Climate print them ("Issues" in `spec/analyzers/SPEC.md` of
//! `codeclimate/platform`).
//!
//! The fields are those of the `gitlab` format and more: a type, categories, the rule's text and the places
//! of labels. Unlike there, the issues are no array: each ends with a NUL byte, which is how the
//! specification has engines stream them, and a line break for people.

use std::borrow::Cow;
use std::io::{self, Write};

use serde::Serialize;

use super::gitlab::{Location, severity};
use super::harmless::serialize;
use super::place::{Range, range};
use super::{About, Report, clean};
use crate::diagnostic::Diagnostic;
use crate::text::{SourceFile, Sources};

/// Writes all issues.
pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut text = Vec::new();
    for (diagnostic, file, range) in report.placed() {
        text.clear();
        let about = (report.about)(diagnostic.rule);
        let issue = Issue::new(diagnostic, file, range, report.sources, about);
        serialize(&issue, &mut text)?;
        text.extend_from_slice(b"\0\n");
        out.write_all(&text)?;
    }
    Ok(())
}

#[derive(Serialize)]
struct Issue<'a> {
    r#type: &'a str,
    check_name: &'a str,
    /// On one line, as the specification demands.
    description: Cow<'a, str>,
    content: Content<'a>,
    categories: [&'a str; 1],
    location: Location,
    #[serde(skip_serializing_if = "Option::is_none")]
    trace: Option<Trace>,
    severity: &'a str,
    fingerprint: &'a str,
}

#[derive(Serialize)]
struct Content<'a> {
    body: &'a str,
}

#[derive(Serialize)]
struct Trace {
    locations: Vec<Location>,
    stacktrace: bool,
}

impl<'a> Issue<'a> {
    fn new(
        diagnostic: &'a Diagnostic,
        file: &SourceFile,
        at: Range,
        sources: &Sources,
        about: Option<About>,
    ) -> Issue<'a> {
        let finding = &diagnostic.finding;
        let labels = finding.labels.iter().filter_map(|label| {
            let file = sources.get(label.at.file)?;
            Some(Location::new(file, range(file, label.at)))
        });
        let locations: Vec<Location> = labels.collect();
        let prose = about.map_or("", |about| about.prose());
        let body = [prose, finding.help.as_deref().unwrap_or("")]
            .into_iter()
            .find(|text| !text.is_empty())
            .unwrap_or(&finding.message);
        Issue {
            r#type: "issue",
            check_name: diagnostic.rule,
            description: clean::one_line(&finding.message, true),
            content: Content { body },
            categories: [category(diagnostic.category)],
            location: Location::new(file, at),
            trace: (!locations.is_empty()).then_some(Trace {
                locations,
                stacktrace: false,
            }),
            severity: severity(diagnostic),
            fingerprint: &diagnostic.fingerprint,
        }
    }
}

/// The specification's category that comes nearest to one of ours.
fn category(ours: &str) -> &'static str {
    match ours {
        "security" | "supply-chain" => "Security",
        "efficiency" => "Performance",
        "maintainability" => "Clarity",
        "style" => "Style",
        "reproducibility" => "Compatibility",
        _ => "Bug Risk",
    }
}
