//! SonarQube's generic issue import, in the form of version 10.3 and later: rules and their issues.
//!
//! The fields are those of "Generic formatted reports" in SonarQube's documentation; what is mandatory is
//! said by `ExternalIssueReportValidator.java` in its source. A severity belongs to a rule there: it is
//! the highest among the rule's findings. Columns count UTF-16 code units from 0. An empty range is given
//! by its line, because SonarQube refuses it. Suppressed findings and what the run could not do have no
//! place there.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;

use super::harmless::write_lines;
use super::place::range_in;
use super::{About, Report};
use crate::diagnostic::{Diagnostic, Severity};
use crate::text::lines::Unit;
use crate::text::{SourceFile, Sources, Span};

/// Writes the object.
pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut rules: BTreeMap<&str, (&Diagnostic, Severity)> = BTreeMap::new();
    for (diagnostic, ..) in report.placed() {
        let severity = diagnostic.severity;
        let (_, highest) = rules
            .entry(diagnostic.rule)
            .or_insert((diagnostic, severity));
        *highest = severity.max(*highest);
    }
    let mut text = Vec::new();
    out.write_all(b"{\"rules\":")?;
    let rules = rules
        .into_values()
        .map(|(diagnostic, severity)| Rule::new(diagnostic, severity, report.about));
    write_lines(rules, &mut text, out)?;
    out.write_all(b",\n\"issues\":")?;
    let issues = report
        .placed()
        .map(|(diagnostic, file, _)| Issue::new(diagnostic, file, report.sources));
    write_lines(issues, &mut text, out)?;
    out.write_all(b"}\n")
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule<'a> {
    id: &'a str,
    name: &'a str,
    description: String,
    engine_id: &'a str,
    clean_code_attribute: &'a str,
    r#type: &'a str,
    severity: &'a str,
    impacts: [Impact<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Impact<'a> {
    software_quality: &'a str,
    severity: &'a str,
}

impl<'a> Rule<'a> {
    fn new(
        diagnostic: &'a Diagnostic,
        severity: Severity,
        about: fn(&str) -> Option<About>,
    ) -> Rule<'a> {
        let about = about(diagnostic.rule);
        let (kind, software_quality, clean_code_attribute) = nature(diagnostic.category);
        // The impact `INFO` is younger than the form.
        let (severity, impact) = match severity {
            Severity::Error => ("CRITICAL", "HIGH"),
            Severity::Warning => ("MAJOR", "MEDIUM"),
            Severity::Info => ("INFO", "LOW"),
        };
        Rule {
            id: diagnostic.rule,
            name: about.map_or(diagnostic.rule, |about| about.summary),
            description: format!(
                "{} {}",
                about.map_or_else(String::new, |about| about.first_paragraph()),
                diagnostic.url
            )
            .trim()
            .to_owned(),
            engine_id: "dockworthy",
            clean_code_attribute,
            r#type: kind,
            severity,
            impacts: [Impact {
                software_quality,
                severity: impact,
            }],
        }
    }
}

/// What SonarQube calls rules of one of our categories: type, software quality, clean code attribute.
fn nature(category: &str) -> (&'static str, &'static str, &'static str) {
    match category {
        "security" | "supply-chain" => ("VULNERABILITY", "SECURITY", "TRUSTWORTHY"),
        "correctness" | "syntax" => ("BUG", "RELIABILITY", "LOGICAL"),
        "reliability" => ("BUG", "RELIABILITY", "COMPLETE"),
        "reproducibility" => ("CODE_SMELL", "RELIABILITY", "COMPLETE"),
        "efficiency" => ("CODE_SMELL", "MAINTAINABILITY", "EFFICIENT"),
        "maintainability" => ("CODE_SMELL", "MAINTAINABILITY", "CLEAR"),
        _ => ("CODE_SMELL", "MAINTAINABILITY", "CONVENTIONAL"),
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Issue<'a> {
    rule_id: &'a str,
    primary_location: Location<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    secondary_locations: Vec<Location<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location<'a> {
    message: &'a str,
    file_path: String,
    text_range: TextRange,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct TextRange {
    start_line: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_line: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    start_column: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_column: Option<u32>,
}

impl<'a> Issue<'a> {
    fn new(diagnostic: &'a Diagnostic, file: &SourceFile, sources: &Sources) -> Issue<'a> {
        let finding = &diagnostic.finding;
        let labels = finding.labels.iter().filter_map(|label| {
            let file = sources.get(label.at.file)?;
            Some(Location::new(&label.text, file, label.at.span))
        });
        Issue {
            rule_id: diagnostic.rule,
            primary_location: Location::new(&finding.message, file, finding.at.span),
            secondary_locations: labels.collect(),
        }
    }
}

impl<'a> Location<'a> {
    fn new(message: &'a str, file: &SourceFile, span: Span) -> Location<'a> {
        Location {
            message,
            file_path: file.display_path(),
            text_range: TextRange::new(file, span),
        }
    }
}

impl TextRange {
    fn new(file: &SourceFile, span: Span) -> TextRange {
        let (start, end) = range_in(file, span, Unit::Utf16);
        let is_empty = start == end;
        let unless_empty = |number: u32| (!is_empty).then_some(number);
        TextRange {
            start_line: start.line + 1,
            end_line: unless_empty(end.line + 1),
            start_column: unless_empty(start.column),
            end_column: unless_empty(end.column),
        }
    }
}
