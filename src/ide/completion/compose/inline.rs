//! Dockerfiles that stand in a Compose file.

use std::path::Path;

use crate::dockerfile::Dockerfile;
use crate::dockerfile::parse::parse;
use crate::engine::meta::Rule;
use crate::ide::completion::{Completion, Cursor, dockerfile};
use crate::ide::workspace::Workspace;
use crate::text::Span;
use crate::text::span::offset;

/// What may be written in a Dockerfile whose text begins at a byte of a Compose file.
pub(super) fn completions(
    workspace: &Workspace<'_>,
    rules: &'static [Rule],
    path: &Path,
    cursor: Cursor<'_>,
    body: usize,
) -> Vec<Completion> {
    let Some((text, at)) = outdented(cursor, body) else {
        return Vec::new();
    };
    let model = Dockerfile::new(parse(&text).tree);
    let inner = Cursor { text: &text, at };
    let mut items = dockerfile::completions(workspace, rules, path, &model, inner);
    // What is replaced stands on the line of the cursor, which only lost blanks in front of it.
    let moved = |place: u32| (place + cursor.at).saturating_sub(at);
    for item in &mut items {
        item.span = Span::new(moved(item.span.start), moved(item.span.end));
    }
    items
}

/// The text without its indentation, and where the cursor is in it.
fn outdented(cursor: Cursor<'_>, body: usize) -> Option<(String, u32)> {
    let rest = cursor.text.get(body..)?;
    let mut lines = rest
        .lines()
        .map(|line| (line, line.trim_start_matches(' ')));
    let first = lines.find(|(_, trimmed)| !trimmed.trim().is_empty());
    let indent = first.map_or(0, |(line, trimmed)| line.len() - trimmed.len());
    let mut text = String::new();
    let mut at = None;
    let mut start = body;
    for line in rest.split_inclusive('\n') {
        let blanks = line.len() - line.trim_start_matches(' ').len();
        let end = start + line.len();
        let is_blank = line.trim().is_empty();
        if blanks < indent && !is_blank {
            break;
        }
        let cut = blanks.min(indent);
        let is_here = (start..=end).contains(&(cursor.at as usize)) && at.is_none();
        let is_next_line = cursor.at as usize == end && line.ends_with('\n');
        if is_here && !is_next_line {
            let column = (cursor.at as usize - start).checked_sub(cut)?;
            at = Some(offset(text.len() + column));
        }
        text.push_str(&line[cut..]);
        start = end;
    }
    if at.is_none() && start == cursor.at as usize {
        at = Some(offset(text.len()));
    }
    Some((text, at?))
}
