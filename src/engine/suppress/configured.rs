//! What the configuration suppresses: findings of some rules, at some paths or in some services, with a reason.
//!
//! The rules run and their findings stay visible as suppressed ones, unlike those of a rule that is off.

use globset::GlobMatcher;

use super::dialect::is_date;
use crate::diagnostic::{SuppressedBy, Suppression};
use crate::engine::context::RawFinding;
use crate::engine::ruleset::Ruleset;
use crate::engine::settings::Selector;
use crate::text::{SourceFile, Span};
use crate::workspace::discover::Exclude;

/// An entry of `ignore:` in the configuration.
#[derive(Clone, Debug)]
pub struct Ignored {
    /// The rules.
    pub rules: Vec<Selector>,
    /// The files; every file when absent.
    pub files: Option<Exclude>,
    /// The names of services that a finding has to stand in; anywhere when empty.
    pub services: Vec<GlobMatcher>,
    /// Why.
    pub reason: String,
    /// The first day, as `YYYY-MM-DD`, on which it no longer counts.
    pub until: Option<String>,
}

impl Ignored {
    /// Whether it no longer counts on the day `today` (`YYYY-MM-DD`; `None` means that nothing expires).
    pub fn is_expired(&self, today: Option<&str>) -> bool {
        match (&self.until, today) {
            (Some(until), Some(today)) => is_date(until) && today >= until.as_str(),
            _ => false,
        }
    }
}

/// Suppresses those findings of a file that the configuration names and no comment has silenced. `by` holds what
/// became of each finding so far.
pub(crate) fn suppress(
    findings: &[RawFinding],
    source: &SourceFile,
    ruleset: &Ruleset,
    today: Option<&str>,
    by: &mut [Option<Suppression>],
) {
    let in_force = ruleset.ignored().iter().filter(|ignored| {
        let is_here = |files: &Exclude| files.matches_file(&source.path);
        !ignored.is_expired(today) && ignored.files.as_ref().is_none_or(is_here)
    });
    let in_force: Vec<&Ignored> = in_force.collect();
    let wants_services = in_force.iter().any(|ignored| !ignored.services.is_empty());
    let services = match wants_services {
        true => services(source),
        false => Vec::new(),
    };
    for (raw, by) in findings.iter().zip(by).filter(|(_, by)| by.is_none()) {
        let meta = ruleset.meta(raw.rule);
        let found = in_force.iter().find(|ignored| {
            let is_in_service = || {
                let at = raw.finding.at.span;
                let mut here = services.iter().filter(|(_, span)| span.contains(at));
                here.any(|(name, _)| ignored.services.iter().any(|glob| glob.is_match(name)))
            };
            let code = raw.finding.code.as_deref();
            let is_meant = |rule: &Selector| {
                rule.matches(meta) || code.is_some_and(|code| rule.matches_code(code))
            };
            ignored.rules.iter().any(is_meant) && (ignored.services.is_empty() || is_in_service())
        });
        *by = found.map(|ignored| Suppression {
            by: SuppressedBy::Config,
            reason: Some(ignored.reason.clone()),
        });
    }
}

/// The services of a Compose file with all that belongs to each.
pub(crate) fn services(source: &SourceFile) -> Vec<(String, Span)> {
    let yaml = crate::yaml::parse(&source.text).tree;
    let mut found = Vec::new();
    for document in &yaml.documents {
        let services = document.find(&["services"]);
        for entry in services.map_or(&[][..], |services| document.entries(services)) {
            let name = document.as_str(entry.key).unwrap_or_default().to_owned();
            found.push((name, document.entry_span(*entry)));
        }
    }
    found
}
