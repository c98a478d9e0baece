//! SARIF 2.1.0, which code hosts, editors and security dashboards read.
//!
//! Written after the OASIS standard (<https://docs.oasis-open.org/sarif/sarif/v2.1.0/>); sections in comments
//! are its. Columns count Unicode code points from 1, ends are just behind the last character, byte offsets
//! are those in the file. Suppressed findings are there with their suppressions; fixes that need a value
//! from the user are not, because a consumer would apply them as they are.

mod artifacts;
mod rules;

use std::borrow::Cow;
use std::io::{self, Write};

use serde::Serialize;

use self::artifacts::{Artifacts, Location, PhysicalLocation, Region};
use self::rules::Rules;
use super::Report;
use super::harmless::{serialize, write_lines};
use crate::diagnostic::{
    Applicability, Diagnostic, Fix, Label, Problem, Severity, SuppressedBy, Suppression,
};
use crate::text::Edit;
use crate::text::source::printed;

/// The schema that the log follows.
const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// The name that relative addresses are resolved against: where the run began.
const BASE: &str = "%SRCROOT%";

/// The fingerprint's name; its number changes when the way of making it does.
const FINGERPRINT: &str = "dockworthy/v1";

/// Writes the log with its one run.
pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let rules = Rules::of(report);
    let artifacts = Artifacts::of(report);
    let mut text = Vec::new();
    write!(
        out,
        "{{\"$schema\":\"{SCHEMA}\",\"version\":\"2.1.0\",\"runs\":[{{"
    )?;
    write!(
        out,
        "\"tool\":{{\"driver\":{{\"name\":\"dockworthy\",\"version\":\"{0}\",\"semanticVersion\":\"{0}\",\
         \"informationUri\":\"{1}\",\n\"rules\":",
        env!("CARGO_PKG_VERSION"),
        env!("CARGO_PKG_REPOSITORY"),
    )?;
    write_lines(rules.descriptors(report), &mut text, out)?;
    out.write_all(b"}},\n\"invocations\":[")?;
    text.clear();
    serialize(&Invocation::new(report.problems), &mut text)?;
    out.write_all(&text)?;
    write!(
        out,
        "],\n\"originalUriBaseIds\":{{\"{BASE}\":{{\"description\":{{\"text\":\
         \"the folder that dockworthy was started in\"}}}}}},\n\
         \"columnKind\":\"unicodeCodePoints\",\n\"artifacts\":"
    )?;
    write_lines(artifacts.all(), &mut text, out)?;
    out.write_all(b",\n\"results\":")?;
    let results = report
        .diagnostics
        .iter()
        .map(|diagnostic| SarifResult::new(diagnostic, &rules, &artifacts));
    write_lines(results, &mut text, out)?;
    out.write_all(b"}]}\n")
}

/// The word for a severity (section 3.27.10).
fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

/// A text for a reader.
#[derive(Serialize)]
struct Message {
    text: String,
}

impl Message {
    /// A message that says what `text` says. `{0}` would be a placeholder (3.11.5) and `[…](…)` a link
    /// (3.11.6), which no text of ours is. Other braces are not doubled, as the former section asks:
    /// readers show them as they are, and messages quote `${VARIABLES}`.
    fn new(text: &str) -> Message {
        let mut result = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(at) = rest.find(['{', ']']) {
            let (before, behind) = rest.split_at(at);
            result.push_str(before);
            let inside = &behind[1..];
            let digits = inside.len()
                - inside
                    .trim_start_matches(|c: char| c.is_ascii_digit())
                    .len();
            if behind.starts_with("](") {
                result.push_str("\\]");
                rest = inside;
            } else if behind.starts_with('{') && digits > 0 && inside[digits..].starts_with('}') {
                result.push_str(&format!("{{{{{}}}}}", &inside[..digits]));
                rest = &inside[digits + 1..];
            } else {
                result.push_str(&behind[..1]);
                rest = inside;
            }
        }
        result.push_str(rest);
        Message { text: result }
    }

    /// What a finding says: what is wrong, and below it what to do.
    fn of_finding(diagnostic: &Diagnostic) -> Message {
        let finding = &diagnostic.finding;
        match &finding.help {
            Some(help) => Message::new(&format!("{}\nhelp: {help}", finding.message)),
            None => Message::new(&finding.message),
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Invocation<'a> {
    execution_successful: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tool_execution_notifications: Vec<Notification<'a>>,
}

#[derive(Serialize)]
struct Notification<'a> {
    level: &'a str,
    message: Message,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    locations: Vec<Location>,
}

impl<'a> Invocation<'a> {
    fn new(problems: &'a [Problem]) -> Invocation<'a> {
        let notifications = problems.iter().map(|problem| Notification {
            level: "error",
            message: Message::new(&problem.message),
            locations: problem
                .path
                .iter()
                .map(|path| Location::of_path(path))
                .collect(),
        });
        Invocation {
            execution_successful: problems.is_empty(),
            tool_execution_notifications: notifications.collect(),
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifResult<'a> {
    rule_id: &'a str,
    rule_index: usize,
    level: &'a str,
    message: Message,
    locations: Vec<Location>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location>,
    partial_fingerprints: std::collections::BTreeMap<&'static str, &'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<SarifFix>,
    /// Empty for a finding that counts; either all results have suppressions or none has (3.27.23).
    suppressions: Vec<SarifSuppression<'a>>,
    properties: Properties<'a>,
}

#[derive(Serialize)]
struct Properties<'a> {
    category: &'a str,
    confidence: &'a str,
    #[serde(skip_serializing_if = "<[&str]>::is_empty")]
    aliases: Cow<'a, [&'a str]>,
}

impl<'a> SarifResult<'a> {
    fn new(diagnostic: &'a Diagnostic, rules: &Rules<'_>, artifacts: &Artifacts<'_>) -> Self {
        let finding = &diagnostic.finding;
        let related = |(number, label): (usize, &Label)| {
            let location = artifacts.location(label.at)?;
            Some(Location {
                id: Some(number + 1),
                message: Some(Message::new(&label.text)),
                ..location
            })
        };
        let applicable = finding
            .fixes
            .iter()
            .filter(|fix| fix.applicability > Applicability::Manual);
        SarifResult {
            rule_id: diagnostic.rule,
            rule_index: rules.index(diagnostic.rule),
            level: level(diagnostic.severity),
            message: Message::of_finding(diagnostic),
            locations: artifacts.location(finding.at).into_iter().collect(),
            related_locations: finding
                .labels
                .iter()
                .enumerate()
                .filter_map(related)
                .collect(),
            partial_fingerprints: [(FINGERPRINT, &*diagnostic.fingerprint)].into(),
            fixes: applicable
                .filter_map(|fix| SarifFix::new(fix, diagnostic, artifacts))
                .collect(),
            suppressions: diagnostic
                .suppressed
                .iter()
                .map(SarifSuppression::new)
                .collect(),
            properties: Properties {
                category: diagnostic.category,
                confidence: diagnostic.confidence.as_str(),
                aliases: diagnostic.names(),
            },
        }
    }
}

#[derive(Serialize)]
struct SarifSuppression<'a> {
    kind: &'a str,
    status: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    justification: Option<&'a str>,
}

impl SarifSuppression<'_> {
    fn new(suppression: &Suppression) -> SarifSuppression<'_> {
        SarifSuppression {
            kind: match suppression.by {
                SuppressedBy::Comment => "inSource",
                SuppressedBy::Config | SuppressedBy::Baseline => "external",
            },
            status: "accepted",
            justification: suppression.reason.as_deref(),
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifFix {
    description: Message,
    artifact_changes: Vec<ArtifactChange>,
    properties: FixProperties,
}

#[derive(Serialize)]
struct FixProperties {
    applicability: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ArtifactChange {
    artifact_location: artifacts::ArtifactLocation,
    replacements: Vec<Replacement>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Replacement {
    deleted_region: Region,
    #[serde(skip_serializing_if = "Option::is_none")]
    inserted_content: Option<Content>,
}

#[derive(Serialize)]
struct Content {
    text: String,
}

impl SarifFix {
    fn new(fix: &Fix, diagnostic: &Diagnostic, artifacts: &Artifacts<'_>) -> Option<SarifFix> {
        let file = artifacts.file(diagnostic.finding.at.file)?;
        let replacement = |edit: &Edit| Replacement {
            deleted_region: Region::new(file, edit.span),
            inserted_content: (!edit.text.is_empty()).then(|| Content {
                text: edit.text.clone(),
            }),
        };
        let mut changes = Vec::new();
        if !fix.edits.is_empty() {
            let PhysicalLocation {
                artifact_location, ..
            } = artifacts.location(diagnostic.finding.at)?.physical_location;
            changes.push(ArtifactChange {
                artifact_location,
                replacements: fix.edits.iter().map(replacement).collect(),
            });
        }
        if let Some(companion) = &fix.companion {
            let path = file.path.with_file_name(&*companion.name);
            changes.push(ArtifactChange {
                artifact_location: artifacts::ArtifactLocation::of_file(&path),
                replacements: vec![Replacement {
                    deleted_region: Region::at_end(companion.end.unwrap_or_default()),
                    inserted_content: Some(Content {
                        text: companion.text(),
                    }),
                }],
            });
        }
        let mut description = Message::new(&fix.title);
        if let Some(companion) = &fix.companion {
            let path = printed(&file.path.with_file_name(&*companion.name));
            description.text.push_str(&format!(" (changes `{path}`)"));
        }
        Some(SarifFix {
            description,
            artifact_changes: changes,
            properties: FixProperties {
                applicability: fix.applicability.as_str(),
            },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Message;

    #[test]
    fn no_text_is_a_placeholder_or_a_link() {
        let cases = [
            ("`${FOO}` and {a}", "`${FOO}` and {a}"),
            ("{0} {12} {} {1", "{{0}} {{12}} {} {1"),
            ("[a](1) [b] (c) ]", "[a\\](1) [b] (c) ]"),
        ];
        for (text, wanted) in cases {
            assert_eq!(Message::new(text).text, wanted);
        }
    }
}
