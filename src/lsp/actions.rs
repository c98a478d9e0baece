//! Code actions: each fix of a finding, all fixes of a rule or of the file, a comment that ignores a finding, and the
//! page of its rule; and what may be said otherwise, whether there is a finding or not.
//!
//! Everything is made from the findings as they are, and nothing is handed to the client to be handed back.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use lsp_types::{CodeAction, CodeActionKind, CodeActionResponse, Command, WorkspaceEdit};
use serde_json::json;

use super::commands;
use super::diagnostics;
use super::documents::Name;
use super::edits::{Change, difference, workspace_edit};
use super::features::Failure;
use super::index::Finding;
use super::params::Doing;
use super::session::Session;
use super::shown::Shown;
use crate::check;
use crate::diagnostic::{Applicability, Diagnostic, Fix};
use crate::engine::fix::{self, Fixed};
use crate::engine::suppress::add::{self, Wanted};
use crate::text::{SourceFile, order};
use crate::workspace::kind::Kind;

/// The feature's name in the settings.
pub const FEATURE: &str = "codeActions";

/// The kind of the action that applies every safe fix.
pub const FIX_ALL: CodeActionKind = CodeActionKind::new("source.fixAll.dockworthy");

/// What stands in a comment until its author says why.
const REASON: &str = "say why";

/// Answers `textDocument/codeAction`.
pub fn code_actions(
    session: &mut Session<'_>,
    params: Doing,
) -> Result<Option<Vec<CodeActionResponse>>, Failure> {
    let name = Name::new(&params.text_document.uri);
    let Some(source) = session.source(&name) else {
        return Ok(None);
    };
    let span = session.client.encoding.span(params.range, &source);
    let only = params.context.only.as_deref();
    let mut actions = Vec::new();
    if wants(only, &CodeActionKind::QuickFix) {
        let session = &*session;
        let findings = session.findings(&name);
        let here: Vec<Finding<'_>> = findings
            .into_iter()
            .filter(|finding| {
                let at = finding.diagnostic.finding.at.span;
                at.start <= span.end && span.start <= at.end
            })
            .collect();
        let asked = Asked {
            session,
            name: &name,
            source: &source,
            kind: session.kind(&name, &source),
        };
        for finding in &here {
            actions.extend(asked.fixes(*finding));
        }
        let mut seen = BTreeSet::new();
        for finding in &here {
            let Finding { diagnostic, .. } = finding;
            if seen.insert((diagnostic.rule, diagnostic.finding.at.span.start)) {
                actions.extend(asked.ignoring(*finding));
            }
        }
        actions.extend(asked.documentation(&here));
    }
    actions.extend(rewrites(session, &name, &source, params.range, only));
    if wants(only, &FIX_ALL) {
        let is_asked_for = only.is_some_and(|only| only.iter().any(|kind| holds(kind, &FIX_ALL)));
        actions.extend(fix_all_action(session, &name, &source, is_asked_for));
    }
    if !session.client.takes_action_literals {
        let commands = actions.into_iter().filter_map(|action| action.command);
        return Ok(Some(commands.map(CodeActionResponse::from).collect()));
    }
    Ok(Some(
        actions.into_iter().map(CodeActionResponse::from).collect(),
    ))
}

/// The kind of the actions that write the same otherwise.
pub const REWRITE: CodeActionKind = CodeActionKind::RefactorRewrite;

/// The kind of the actions that give what is said twice a name.
pub const EXTRACT: CodeActionKind = CodeActionKind::RefactorExtract;

/// What may be said otherwise at a place.
fn rewrites(
    session: &mut Session<'_>,
    name: &Name,
    source: &SourceFile,
    range: lsp_types::Range,
    only: Option<&[CodeActionKind]>,
) -> Vec<CodeAction> {
    if !wants(only, &REWRITE) && !wants(only, &EXTRACT) {
        return Vec::new();
    }
    let found = session.rewrites(name, range).into_iter();
    let actions = found.filter_map(|rewrite| {
        let kind = if rewrite.is_extraction {
            EXTRACT
        } else {
            REWRITE
        };
        wants(only, &kind).then(|| CodeAction {
            title: rewrite.title,
            kind: Some(kind),
            edit: Some(workspace_edit(
                session,
                vec![Change::new(session, name, source, &rewrite.edits)],
            )),
            ..CodeAction::default()
        })
    });
    actions.collect()
}

/// Whether a client asks for actions of a kind.
fn wants(only: Option<&[CodeActionKind]>, kind: &CodeActionKind) -> bool {
    only.is_none_or(|only| only.iter().any(|wanted| holds(wanted, kind)))
}

/// Whether a kind is another one or a part of it.
fn holds(kind: &CodeActionKind, part: &CodeActionKind) -> bool {
    let rest = part.as_str().strip_prefix(kind.as_str());
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.') || kind.as_str().is_empty())
}

/// What actions are made of.
struct Asked<'a, 'f> {
    session: &'a Session<'f>,
    name: &'a Name,
    source: &'a SourceFile,
    kind: Option<Kind>,
}

impl Asked<'_, '_> {
    /// An action for each fix of a finding.
    fn fixes(&self, finding: Finding<'_>) -> Vec<CodeAction> {
        let fixes = finding.diagnostic.finding.fixes.iter();
        let shown = self.shown(finding);
        let actions = fixes.enumerate().filter_map(|(number, fix)| {
            let is_preferred = number == 0 && fix.applicability == Applicability::Safe;
            Some(CodeAction {
                title: capitalized(&diagnostics::clean(&fix.title)),
                kind: Some(CodeActionKind::QuickFix),
                diagnostics: Some(shown.iter().cloned().collect()),
                is_preferred: is_preferred.then_some(true),
                edit: Some(self.fix(fix)?),
                ..CodeAction::default()
            })
        });
        actions.collect()
    }

    fn shown(&self, finding: Finding<'_>) -> Option<lsp_types::Diagnostic> {
        Some(Shown::finding(self.session, finding)?.into_value())
    }

    fn fix(&self, fix: &Fix) -> Option<WorkspaceEdit> {
        let mut changes = Vec::new();
        if !fix.edits.is_empty() {
            changes.push(Change::new(
                self.session,
                self.name,
                self.source,
                &fix.edits,
            ));
        }
        if let Some(companion) = &fix.companion {
            let folder = self.name.path()?.parent()?;
            changes.push(Change::companion(self.session, folder, companion)?);
        }
        Some(workspace_edit(self.session, changes))
    }

    /// The actions that write a comment which ignores a finding, in the manner of the document's language.
    fn ignoring(&self, finding: Finding<'_>) -> Vec<CodeAction> {
        let at = finding.diagnostic.finding.at.span.start;
        let rule = finding.diagnostic.rule;
        let action = |in_file: bool, title: String| {
            let wanted = Wanted { at, rule, in_file };
            let edits = match self.kind? {
                Kind::Dockerfile => add::to_dockerfile(&self.source.text, &[wanted], Some(REASON)),
                Kind::Compose => add::to_compose(&self.source.text, &[wanted], Some(REASON)),
                Kind::Dockerignore | Kind::Env | Kind::Config => return None,
            };
            let change = Change::with_hole(self.session, self.name, self.source, &edits, REASON);
            Some(CodeAction {
                title,
                kind: Some(CodeActionKind::QuickFix),
                diagnostics: self.shown(finding).map(|shown| vec![shown]),
                edit: Some(workspace_edit(self.session, vec![change])),
                ..CodeAction::default()
            })
        };
        let here = action(false, format!("Ignore `{rule}` here, with a reason"));
        let in_file = action(true, format!("Ignore `{rule}` in this file, with a reason"));
        here.into_iter().chain(in_file).collect()
    }

    /// An action for each rule that opens its page.
    fn documentation(&self, findings: &[Finding<'_>]) -> Vec<CodeAction> {
        let findings = findings.iter();
        let rules = order::map(findings.map(|finding| (finding.diagnostic.rule, *finding)));
        let actions = rules.into_iter().map(|(rule, finding)| {
            let title = format!("Open the page of `{rule}`");
            CodeAction {
                title: title.clone(),
                kind: Some(CodeActionKind::QuickFix),
                diagnostics: self.shown(finding).map(|shown| vec![shown]),
                command: Some(Command {
                    title,
                    command: commands::OPEN_DOCUMENTATION.to_owned(),
                    arguments: Some(vec![json!(rule)]),
                    tooltip: None,
                }),
                ..CodeAction::default()
            }
        });
        actions.collect()
    }
}

/// A text that begins with a capital letter, as entries of menus do.
fn capitalized(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(characters).collect()
}

/// The action that applies every safe fix: as an edit if the client asks for it, else as a command, which costs
/// nothing until it is chosen.
fn fix_all_action(
    session: &mut Session<'_>,
    name: &Name,
    source: &SourceFile,
    is_asked_for: bool,
) -> Option<CodeAction> {
    let findings = session.findings(name);
    let safe = |finding: &&Finding<'_>| {
        finding
            .diagnostic
            .fix_at_least(Applicability::Safe)
            .is_some()
    };
    let count = findings.iter().filter(safe).count();
    if count == 0 {
        return None;
    }
    let title = format!(
        "Fix {count} finding{} in this file",
        if count == 1 { "" } else { "s" }
    );
    let uri = session.uri(name);
    let (edit, command) = match is_asked_for {
        true => (Some(fix_all(session, name, source, |_| true)?), None),
        false => {
            let command = Command {
                title: title.clone(),
                command: commands::FIX_ALL.to_owned(),
                arguments: Some(vec![json!(uri)]),
                tooltip: None,
            };
            (None, Some(command))
        }
    };
    Some(CodeAction {
        title,
        kind: Some(FIX_ALL),
        edit,
        command,
        ..CodeAction::default()
    })
}

/// The changes of every safe fix of the findings that are `wanted`; nothing if there are none.
pub fn fix_all(
    session: &mut Session<'_>,
    name: &Name,
    source: &SourceFile,
    wanted: impl Fn(&Diagnostic) -> bool,
) -> Option<WorkspaceEdit> {
    let is_possible = {
        let session = &*session;
        let folder = name.path().and_then(Path::parent);
        let can_have = move |fix: &Fix| match &fix.companion {
            Some(companion) => {
                folder.is_some_and(|folder| Change::companion(session, folder, companion).is_some())
            }
            None => true,
        };
        let findings = session.findings(name);
        let impossible = findings.iter().filter_map(|finding| {
            let fix = finding.diagnostic.fix_at_least(Applicability::Safe)?;
            (!can_have(fix)).then_some(finding.diagnostic.rule)
        });
        let impossible: Vec<&'static str> = impossible.collect();
        move |diagnostic: &Diagnostic| !impossible.contains(&diagnostic.rule) && wanted(diagnostic)
    };
    let Fixed {
        text, companions, ..
    } = match name {
        Name::Path(_) => session
            .index
            .fixed(source, Applicability::Safe, is_possible)?,
        Name::Uri(_) => fixed_alone(session, name, source, is_possible)?,
    };
    let mut changes = Vec::new();
    let edits = difference(&source.text, &text);
    if !edits.is_empty() {
        changes.push(Change::new(session, name, source, &edits));
    }
    let mut lines: BTreeMap<Box<str>, crate::diagnostic::Companion> = BTreeMap::new();
    for companion in companions {
        match lines.get_mut(&companion.name) {
            Some(known) => known.lines.extend(companion.lines),
            None => drop(lines.insert(companion.name.clone(), companion)),
        }
    }
    for companion in lines.values() {
        let folder = name.path()?.parent()?;
        changes.extend(Change::companion(session, folder, companion));
    }
    (!changes.is_empty()).then(|| workspace_edit(session, changes))
}

/// Fixes a document that is no file.
fn fixed_alone(
    session: &mut Session<'_>,
    name: &Name,
    source: &SourceFile,
    wanted: impl Fn(&Diagnostic) -> bool,
) -> Option<Fixed> {
    let kind = session.documents.get(name)?.kind()?;
    let path = session.stand_in(source);
    Some(fix::fix(&source.text, Applicability::Safe, |text| {
        let source = SourceFile::from_text(source.id, source.path.clone(), text);
        let linted: check::Linted = session.index.lint_text(&source, kind, &path);
        let mut linted = linted.into_fixable();
        linted.diagnostics.retain(&wanted);
        linted
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_holds_its_parts() {
        let holds = |kind: &'static str, part: &'static str| {
            holds(&CodeActionKind::new(kind), &CodeActionKind::new(part))
        };
        assert!(holds("source", "source.fixAll.dockworthy"));
        assert!(holds(
            "source.fixAll.dockworthy",
            "source.fixAll.dockworthy"
        ));
        assert!(holds("", "quickfix"));
        assert!(!holds("source.fixAll.other", "source.fixAll.dockworthy"));
        assert!(!holds("quick", "quickfix"));
    }
}
