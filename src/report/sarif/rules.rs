//! The rules that results belong to, described as code hosts show them.

use std::collections::BTreeMap;

use serde::Serialize;

use super::level;
use crate::diagnostic::{Confidence, Diagnostic, Severity};
use crate::report::uri::is_plain;
use crate::report::{About, Report};

/// The rules that occur, by id: a number for each and a finding that it made.
pub(super) struct Rules<'a>(BTreeMap<&'a str, (usize, &'a Diagnostic)>);

impl<'a> Rules<'a> {
    /// The rules of all findings, suppressed ones too.
    pub(super) fn of(report: &Report<'a>) -> Rules<'a> {
        let mut rules = BTreeMap::new();
        for diagnostic in report.diagnostics {
            rules.entry(diagnostic.rule).or_insert((0, diagnostic));
        }
        for (index, (number, _)) in rules.values_mut().enumerate() {
            *number = index;
        }
        Rules(rules)
    }

    /// Where in the list of descriptors a rule stands.
    pub(super) fn index(&self, rule: &str) -> usize {
        self.0.get(rule).map_or(0, |(index, _)| *index)
    }

    /// The list of descriptors.
    pub(super) fn descriptors(&self, report: &Report<'_>) -> impl Iterator<Item = Descriptor<'a>> {
        let about = report.about;
        self.0
            .values()
            .map(move |(_, diagnostic)| Descriptor::new(diagnostic, about(diagnostic.rule)))
    }
}

/// A rule (section 3.49).
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Descriptor<'a> {
    id: &'a str,
    name: String,
    short_description: Text,
    full_description: Text,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<Help>,
    #[serde(skip_serializing_if = "str::is_empty")]
    help_uri: &'a str,
    default_configuration: Configuration,
    properties: Properties<'a>,
}

#[derive(Serialize)]
struct Text {
    text: String,
}

#[derive(Serialize)]
struct Help {
    text: &'static str,
    markdown: &'static str,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

/// `precision`, `problem.severity` and `security-severity` are read by GitHub ("SARIF support for code
/// scanning" in its documentation).
#[derive(Serialize)]
struct Properties<'a> {
    tags: Vec<&'a str>,
    category: &'a str,
    confidence: &'a str,
    precision: &'a str,
    #[serde(rename = "problem.severity")]
    problem_severity: &'a str,
    #[serde(rename = "security-severity", skip_serializing_if = "Option::is_none")]
    security_severity: Option<&'a str>,
}

impl<'a> Descriptor<'a> {
    fn new(diagnostic: &'a Diagnostic, about: Option<About>) -> Descriptor<'a> {
        let severity = about.map_or(diagnostic.severity, |about| about.severity);
        let text = |text: String| Text { text };
        let prose = about.map(|about| (about.prose(), about.help()));
        Descriptor {
            id: diagnostic.rule,
            name: name(diagnostic.rule),
            short_description: text(
                about
                    .map_or(diagnostic.rule, |about| about.summary)
                    .to_owned(),
            ),
            full_description: text(
                about.map_or_else(|| diagnostic.rule.to_owned(), |a| a.first_paragraph()),
            ),
            help: prose
                .filter(|(prose, _)| !prose.is_empty())
                .map(|(text, markdown)| Help { text, markdown }),
            help_uri: if is_plain(&diagnostic.url) {
                &diagnostic.url
            } else {
                ""
            },
            default_configuration: Configuration {
                level: level(severity),
            },
            properties: Properties::new(diagnostic, severity),
        }
    }
}

impl<'a> Properties<'a> {
    fn new(diagnostic: &'a Diagnostic, severity: Severity) -> Properties<'a> {
        let is_security = matches!(diagnostic.category, "security" | "supply-chain");
        let mut tags = vec![diagnostic.category];
        if is_security && diagnostic.category != "security" {
            tags.push("security");
        }
        tags.push("docker");
        Properties {
            tags,
            category: diagnostic.category,
            confidence: diagnostic.confidence.as_str(),
            precision: match diagnostic.confidence {
                Confidence::High => "high",
                Confidence::Medium => "medium",
                Confidence::Low => "low",
            },
            problem_severity: match severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Info => "recommendation",
            },
            // High is 7.0 to 8.9, medium 4.0 to 6.9, low below.
            security_severity: is_security.then_some(match severity {
                Severity::Error => "8.0",
                Severity::Warning => "5.5",
                Severity::Info => "2.0",
            }),
        }
    }
}

/// `root-user` as `RootUser`: a name that a program could have (section 3.49.7).
fn name(id: &str) -> String {
    let mut name = String::with_capacity(id.len());
    for word in id.split('-') {
        let mut characters = word.chars();
        name.extend(characters.next().map(|first| first.to_ascii_uppercase()));
        name.push_str(characters.as_str());
    }
    name
}

#[cfg(test)]
mod tests {
    #[test]
    fn ids_become_names() {
        assert_eq!(super::name("root-user"), "RootUser");
        assert_eq!(super::name("x"), "X");
    }
}
