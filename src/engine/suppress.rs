//! Comments that ask for silence: `# dockworthy: ignore[rule, rule] reason`.
//!
//! On a line of its own such a comment covers the next instruction, or the next YAML node with everything
//! below it; at the end of a YAML line it covers that line. `ignore-file[…]`, before the first instruction
//! or node, covers the file. `until=2027-01-31` at the end of the brackets makes it expire on that day. The
//! comments of other tools mean what they mean there; [`dialect`] has the table. In files with variables only
//! dockworthy's own count ([`env_file`]).

pub mod add;
pub mod configured;
pub mod dialect;
pub mod env_file;
pub mod remove;
pub mod silence;
mod strict;

use crate::dockerfile::Dockerfile;
use crate::dockerfile::ast::DirectiveKind;
use crate::dockerfile::script::{ScriptOrigin, ShellScript};
use crate::shell::walk::Node;
use crate::text::span::offset;
use crate::text::{Span, Spanned, order};
use crate::yaml::{Document, Place, Yaml};

use dialect::{Directive, Scope, Tool};

/// Which comments may ask for silence.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Comments {
    /// Each that was plainly meant to.
    #[default]
    Tolerant,
    /// Those of hadolint only as hadolint itself reads them.
    Strict,
    /// None.
    Off,
}

/// A comment that asks for silence.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct IgnoreComment {
    /// Whose words it uses.
    pub tool: Tool,
    /// The ids or aliases in it, without a tool's own prefixes; the span is the name as written.
    pub rules: Vec<Spanned<String>>,
    /// Where it says that every rule of its tool is meant.
    pub everything: Option<Span>,
    /// What its author says about it.
    pub reason: Option<Spanned<String>>,
    /// The first day, as `YYYY-MM-DD`, on which it no longer counts.
    pub until: Option<Spanned<String>>,
    /// The comment itself.
    pub span: Span,
    /// What can be taken away without losing anything else: the comment, or a part of it.
    pub removable: Span,
    /// The bytes whose findings it silences; `None` when it stands where it covers nothing.
    pub covers: Option<Span>,
    /// Whether it stands in front of the first instruction or node.
    pub in_head: bool,
}

impl IgnoreComment {
    /// Whether it no longer counts on the day `today` (`YYYY-MM-DD`; `None` means that nothing expires). What
    /// is no date never comes.
    pub fn is_expired(&self, today: Option<&str>) -> bool {
        match (&self.until, today) {
            (Some(until), Some(today)) => {
                dialect::is_date(&until.value) && today >= until.value.as_str()
            }
            _ => false,
        }
    }
}

impl Directive {
    /// The suppression of what is in `covers`.
    fn covering(self, covers: Option<Span>, in_head: bool) -> IgnoreComment {
        IgnoreComment {
            tool: self.tool,
            rules: self.rules,
            everything: self.everything,
            reason: self.reason,
            until: self.until,
            span: self.span,
            removable: self.removable,
            covers,
            in_head,
        }
    }
}

/// Covers everything.
const WHOLE_FILE: Span = Span {
    start: 0,
    end: u32::MAX,
};

/// The suppressions in a Dockerfile. A comment between the lines of an instruction covers that instruction.
pub fn in_dockerfile(model: &Dockerfile, text: &str, comments: Comments) -> Vec<IgnoreComment> {
    let ast = &model.ast;
    let mut found = Vec::new();
    if comments == Comments::Off {
        return found;
    }
    let checks = ast.directives.iter();
    for check in checks.filter(|check| check.kind == DirectiveKind::Check && check.counts) {
        if let Some(directive) = Directive::parse(check.span.text(text), check.span.start, false) {
            found.push(directive.covering(Some(WHOLE_FILE), true));
        }
    }
    let mut next = 0;
    for comment in &ast.comments {
        let Some(directive) = Directive::parse(comment.span.text(text), comment.span.start, false)
        else {
            continue;
        };
        // The instruction that it stands in or in front of.
        next += ast.instructions[next..].partition_point(|i| i.span.end < comment.span.start);
        let instruction = ast.instructions.get(next);
        let in_head = next == 0 && !comment.inside;
        if comments == Comments::Strict && directive.tool == Tool::Hadolint {
            if let Some(covers) = strict::covers(&directive, comment, model, next, text) {
                found.push(directive.covering(Some(covers), in_head));
            }
            continue;
        }
        let covers = match directive.scope {
            Scope::File => Some(WHOLE_FILE),
            Scope::Head => in_head.then_some(WHOLE_FILE),
            Scope::Next | Scope::Line => instruction.map(|instruction| instruction.span),
            Scope::Stage => {
                instruction.and_then(|instruction| stage_span(model, next, instruction.span))
            }
        };
        found.push(directive.covering(covers, in_head));
    }
    for script in model.scripts() {
        in_script(script, text, &mut found);
    }
    found
}

/// All of the stage that an instruction belongs to; before the first stage, the instruction alone.
fn stage_span(model: &Dockerfile, instruction: usize, alone: Span) -> Option<Span> {
    let Some(stage) = model.stage_of(instruction) else {
        return Some(alone);
    };
    let from = model.ast.instructions.get(stage.from)?;
    let last = model
        .ast
        .instructions
        .get(stage.instructions.end.checked_sub(1)?)?;
    Some(from.span.cover(last.span))
}

/// ShellCheck's comments in a heredoc: each covers the command behind it, the first one, in front of all
/// commands, the script.
fn in_script(script: &ShellScript, text: &str, found: &mut Vec<IgnoreComment>) {
    let (Some(tree), ScriptOrigin::Heredoc) = (&script.script, script.origin) else {
        return;
    };
    let directives = tree
        .comments
        .iter()
        .filter_map(|comment| Directive::parse(comment.span.text(text), comment.span.start, false));
    let mut directives = directives
        .filter(|directive| directive.tool == Tool::ShellCheck)
        .peekable();
    if directives.peek().is_none() {
        return;
    }
    let mut commands: Vec<Span> = tree
        .nodes()
        .filter_map(|(node, _)| match node {
            Node::Pipeline(pipeline) => Some(pipeline.span),
            _ => None,
        })
        .collect();
    order::sort_by_key(&mut commands, |span| {
        (span.start, std::cmp::Reverse(span.end))
    });
    for directive in directives {
        let next = commands.partition_point(|span| span.start < directive.span.end);
        let covers = match next {
            0 => Some(tree.span),
            _ => commands.get(next).copied(),
        };
        found.push(directive.covering(covers, false));
    }
}

/// The suppressions in a YAML file.
pub fn in_yaml(yaml: &Yaml, text: &str, comments: Comments) -> Vec<IgnoreComment> {
    let mut found = Vec::new();
    if comments == Comments::Off {
        return found;
    }
    for document in &yaml.documents {
        let first = document
            .root
            .map_or(u32::MAX, |root| document.full_span(root).start);
        for comment in &document.comments {
            let Some(directive) =
                Directive::parse(comment.span.text(text), comment.span.start, true)
            else {
                continue;
            };
            let in_head = comment.span.start <= first;
            let covers = match directive.scope {
                Scope::File => Some(WHOLE_FILE),
                Scope::Head => in_head.then_some(WHOLE_FILE),
                Scope::Next | Scope::Stage if comment.own_line => {
                    next_node(document, comment.span.end, text)
                }
                Scope::Line if comment.own_line => next_line(comment.span.end, text),
                Scope::Next | Scope::Stage | Scope::Line => Some(line_of(comment.span, text)),
            };
            found.push(directive.covering(covers, in_head));
        }
    }
    found
}

/// The bytes of the line that a comment ends, without its line break.
fn line_of(comment: Span, text: &str) -> Span {
    let before = text.get(..comment.start as usize).unwrap_or_default();
    let start = before.rfind(['\n', '\r']).map_or(0, |at| at + 1);
    Span::new(offset(start), comment.end)
}

/// The first line behind `from` that is neither blank nor a comment.
fn next_line(from: u32, text: &str) -> Option<Span> {
    let mut at = from as usize;
    for line in text.get(at..)?.split_inclusive(['\n', '\r']) {
        let content = line.trim();
        if !content.is_empty() && !content.starts_with('#') {
            let end = line.trim_end_matches(['\n', '\r']).len();
            return Some(Span::new(offset(at), offset(at + end)));
        }
        at += line.len();
    }
    None
}

/// The entry or item that begins behind `from`, with everything below it.
fn next_node(document: &Document, from: u32, text: &str) -> Option<Span> {
    let rest = text.get(from as usize..)?;
    let mut at = from as usize;
    for line in rest.split_inclusive(['\n', '\r']) {
        let content = line.trim_start();
        if content.is_empty() || content.starts_with('#') {
            at += line.len();
            continue;
        }
        at += line.len() - content.len();
        break;
    }
    // A list item begins at its dash; the node behind it is what is covered, and the dash with it.
    let dash = at;
    let behind = text.get(at..)?.trim_start_matches(['-', ' ']);
    let is_item = text[at..].starts_with("- ");
    let at = if is_item {
        text.len() - behind.len()
    } else {
        at
    };
    let deepest = document.node_at(offset(at))?;
    let mut best = document.full_span(deepest);
    for id in document.ancestors(deepest) {
        if document.full_span(id).start < offset(dash) {
            break;
        }
        match document.place(id) {
            Place::Item(_) if is_item => {
                best = document.full_span(id).cover(Span::empty(offset(dash)))
            }
            Place::Key(index) if !is_item => {
                let entry = document
                    .parent(id)
                    .and_then(|parent| document.entries(parent).get(index as usize));
                best = entry.map_or(best, |entry| document.entry_span(*entry));
                break;
            }
            _ => {}
        }
    }
    Some(best)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn covered(yaml: &str) -> Vec<String> {
        let parsed = crate::yaml::parse(&yaml.into());
        shown(in_yaml(&parsed.tree, yaml, Comments::Tolerant), yaml)
    }

    fn covered_in_dockerfile(text: &str) -> Vec<String> {
        let model = Dockerfile::new(crate::dockerfile::parse::parse(text).tree);
        shown(in_dockerfile(&model, text, Comments::Tolerant), text)
    }

    fn shown(comments: Vec<IgnoreComment>, text: &str) -> Vec<String> {
        let show = |comment: IgnoreComment| match comment.covers {
            None => "nothing".to_owned(),
            Some(WHOLE_FILE) => "the file".to_owned(),
            Some(span) => span.text(text).to_owned(),
        };
        comments.into_iter().map(show).collect()
    }

    #[test]
    fn a_comment_above_a_key_covers_the_entry_and_what_is_below() {
        let yaml = "services:\n  # dockworthy: ignore[x]\n\n  # more\n  web:\n    image: a\n  db:\n    image: b\n";
        assert_eq!(covered(yaml), ["web:\n    image: a"]);
    }

    #[test]
    fn a_comment_above_the_first_key_covers_that_key_only() {
        let yaml = "# dockworthy: ignore[x]\nservices:\n  web: {}\nvolumes: {}\n";
        assert_eq!(covered(yaml), ["services:\n  web: {}"]);
    }

    #[test]
    fn a_comment_above_an_item_covers_the_item() {
        let yaml = "a:\n  # dockworthy: ignore[x]\n  - b: 1\n    c: 2\n  - d: 3\n";
        assert_eq!(covered(yaml), ["- b: 1\n    c: 2"]);
    }

    #[test]
    fn a_comment_at_the_end_of_a_line_covers_that_line() {
        let yaml = "a:\n  b: 1 # dockworthy: ignore[x] why\n  c: 2\n";
        assert_eq!(covered(yaml), ["  b: 1 # dockworthy: ignore[x] why"]);
    }

    #[test]
    fn a_comment_behind_everything_covers_nothing() {
        assert_eq!(covered("a: 1\n# dockworthy: ignore[x]\n"), ["nothing"]);
        assert_eq!(
            covered("a: 1\n# dockworthy: ignore-file[x]\nb: 2\n"),
            ["nothing"]
        );
        assert_eq!(
            covered_in_dockerfile("FROM a\n# hadolint ignore=x\n"),
            ["nothing"]
        );
        assert_eq!(
            covered_in_dockerfile("FROM a\n# dockworthy: ignore-file[x]\nRUN b\n"),
            ["nothing"]
        );
    }

    #[test]
    fn each_dialect_reaches_as_far_as_its_tool_says() {
        let text = "# check=skip=all\n# hadolint global ignore=DL1\n# dockworthy: ignore-file[x]\n\
            # droast ignore=x\n\n# why\nFROM a\n# checkov:skip=x\nRUN b \\\n  # tally ignore=x\n  c\n\
            # hadolint stage ignore=x\nRUN d\n# kics-scan ignore-line\nFROM e\n";
        assert_eq!(
            covered_in_dockerfile(text),
            [
                "the file",
                "the file",
                "the file",
                "FROM a",
                "the file",
                "RUN b \\\n  # tally ignore=x\n  c",
                "FROM a\n# checkov:skip=x\nRUN b \\\n  # tally ignore=x\n  c\n# hadolint stage ignore=x\nRUN d",
                "FROM e",
            ]
        );
    }

    #[test]
    fn comments_in_a_heredoc_are_those_of_shellcheck() {
        let text = "FROM a\nRUN <<EOF\n# shellcheck disable=SC1\nb\n# shellcheck disable=SC2\n\
            if c; then\n  # shellcheck disable=SC3\n  d | e\nfi\n# dockworthy: ignore[x]\nf\nEOF\n";
        assert_eq!(
            covered_in_dockerfile(text)[1..],
            [
                "if c; then\n  # shellcheck disable=SC3\n  d | e\nfi",
                "d | e"
            ]
        );
        assert!(covered_in_dockerfile(text)[0].starts_with("# shellcheck disable=SC1\nb"));
    }
}
