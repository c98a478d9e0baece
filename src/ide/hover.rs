//! What there is to say of the thing at the cursor: what it means, what it comes to, and what is known of it.

mod compose;
mod dockerfile;
mod image;

use std::path::Path;

pub(super) use compose::keys_of;
pub(super) use dockerfile::Builds;

use super::workspace::Workspace;
use crate::engine::meta::{self, Rule};
use crate::engine::readme;
use crate::text::Span;
use crate::text::span::offset;

/// An answer to a question about a place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Hover {
    /// The thing that it is about.
    pub span: Span,
    /// The answer, in Markdown.
    pub markdown: String,
}

/// What there is to say of the thing at a byte. `rules` are those that comments may name.
pub fn hover(
    workspace: &Workspace<'_>,
    rules: &'static [Rule],
    path: &Path,
    at: u32,
) -> Option<Hover> {
    let document = workspace.document(path)?;
    if let Some(dockerfile) = document.dockerfile() {
        let ast = &dockerfile.model.ast;
        let mut comments = ast.comments.iter().map(|comment| comment.span);
        if let Some(comment) = comments.find(|span| span.touches(at)) {
            return rule_at(rules, document.text(), comment, at);
        }
        let builds = Builds::of(workspace, path);
        return dockerfile::hover(&dockerfile.model, document.text(), &builds, at);
    }
    let compose = document.compose()?;
    let documents = &compose.loaded.yaml.documents;
    let mut comments = documents.iter().flat_map(|document| &document.comments);
    if let Some(comment) = comments.find(|comment| comment.span.touches(at)) {
        return rule_at(rules, document.text(), comment.span, at);
    }
    compose::hover(workspace, document, compose, at)
}

/// The rule that a comment names at the cursor.
fn rule_at(rules: &'static [Rule], text: &str, comment: Span, at: u32) -> Option<Hover> {
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let before = Span::new(comment.start, at).text(text);
    let behind = Span::new(at, comment.end).text(text);
    let start = at - offset(before.len() - before.trim_end_matches(is_name).len());
    let end = at + offset(behind.len() - behind.trim_start_matches(is_name).len());
    let span = Span::new(start, end);
    let rule = meta::find(rules, span.text(text))?;
    Some(Hover {
        span,
        markdown: rule_words(rule),
    })
}

/// What a rule is for: its summary, and its README as far as the examples.
pub fn rule_words(rule: &Rule) -> String {
    let meta = &rule.meta;
    let body = readme::body(rule.meta.readme);
    let prose = body.split("\n## ").next().unwrap_or_default();
    let prose = match prose.trim_start().strip_prefix("# ") {
        Some(headed) => headed.split_once('\n').map_or("", |(_, rest)| rest),
        None => prose,
    };
    format!(
        "**{}**: {}\n\n{}\n\n[More about the rule]({})",
        meta.id,
        meta.summary,
        prose.trim(),
        meta.url()
    )
}

/// Text between backquotes, whatever is in it.
fn code(text: &str) -> String {
    let line: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .take(200)
        .collect();
    let mut fence = "`".to_owned();
    while line.contains(&fence) {
        fence.push('`');
    }
    if line.starts_with('`') || line.ends_with('`') || line.trim().is_empty() {
        format!("{fence} {line} {fence}")
    } else {
        format!("{fence}{line}{fence}")
    }
}

/// A block of code in a language.
fn block(language: &str, text: &str) -> String {
    let mut fence = "```".to_owned();
    while text.contains(&fence) {
        fence.push('`');
    }
    format!("{fence}{language}\n{}\n{fence}", text.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ide::testing::Scene;

    #[test]
    fn code_is_fenced() {
        assert_eq!(code("a"), "`a`");
        assert_eq!(code("a`b"), "``a`b``");
        assert_eq!(code("`a\n"), "`` `a  ``");
        assert_eq!(block("sh", "a\n```\n"), "````sh\na\n```\n````");
    }

    /// The answer at the cursor, with the text that it is about in front.
    pub(super) fn hovered(files: &[(&str, &str)]) -> Option<String> {
        let scene = Scene::new(files);
        let workspace = scene.workspace();
        let hover = hover(&workspace, &[], &scene.path, scene.at)?;
        let document = workspace.document(&scene.path).expect("a document");
        assert!(hover.span.touches(scene.at));
        let about = hover.span.text(document.text());
        Some(format!("{about}: {}", hover.markdown))
    }
}
