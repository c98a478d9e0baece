//! Where a comment goes that ignores a finding: the edits, for `--add-ignores` and for editors.
//!
//! In a Dockerfile it stands above the instruction, never between its lines. In a Compose file it stands at the end of
//! the line, which is all that it then covers; where the line ends within a text, or has a comment already, above the
//! entry. What stands outside all of these is ignored at the top, for the file. A comment of the same reason that is
//! there already takes the rule in.
//!
//! Not for: which findings are to be ignored, and whether it worked.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Comments, IgnoreComment, WHOLE_FILE, in_dockerfile, in_yaml};
use crate::dockerfile::Dockerfile;
use crate::engine::suppress::dialect::Tool;
use crate::engine::suppress::env_file::{in_env_file, statement_around};
use crate::text::lines::bom_len;
use crate::text::span::offset;
use crate::text::{Edit, Span, order};
use crate::yaml::{self, Document, NodeId, Place, ScalarStyle, Yaml};

/// A finding to ignore.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Wanted {
    /// Where it begins.
    pub at: u32,
    /// Its rule's id.
    pub rule: &'static str,
    /// Whether it is to be ignored for the whole file, because nothing less would do.
    pub in_file: bool,
}

/// The edits that ignore findings in a Dockerfile. They only insert.
pub fn to_dockerfile(text: &str, wanted: &[Wanted], reason: Option<&str>) -> Vec<Edit> {
    let model = Dockerfile::new(crate::dockerfile::parse::parse(text).tree);
    let instructions = &model.ast.instructions;
    let mut writer = Writer::new(
        text,
        in_dockerfile(&model, text, Comments::Tolerant),
        reason,
    );
    for wanted in wanted {
        let next = instructions.partition_point(|i| i.span.end < wanted.at);
        let instruction = instructions.get(next).filter(|_| !wanted.in_file);
        match instruction.filter(|instruction| instruction.span.start <= wanted.at) {
            Some(instruction) => {
                let place = Above {
                    line: instruction.span.start,
                    covers: Some(instruction.span),
                };
                writer.above(place, wanted.rule);
            }
            None => {
                let first = instructions.first().map(|first| first.span.start);
                writer.at_the_top(first.unwrap_or(offset(text.len())), wanted.rule);
            }
        }
    }
    writer.edits()
}

/// The edits that ignore findings in a Compose file. They only insert.
pub fn to_compose(text: &str, wanted: &[Wanted], reason: Option<&str>) -> Vec<Edit> {
    let shared: Arc<str> = text.into();
    let yaml = yaml::parse(&shared).tree;
    let breaks = Breaks::new(&yaml, text);
    let mut writer = Writer::new(text, in_yaml(&yaml, text, Comments::Tolerant), reason);
    for wanted in wanted {
        let line = line_around(text, wanted.at);
        if wanted.in_file {
            writer.at_the_top(offset(bom_len(text)), wanted.rule);
        } else if breaks.may_end_with_a_comment(line, text) {
            writer.behind(line, wanted.rule);
        } else if let Some(comment) = writer.comment_behind(line) {
            writer.join(comment, wanted.rule);
        } else if let Some(place) = above_entry(&yaml, text, wanted.at) {
            writer.above(place, wanted.rule);
        } else {
            writer.at_the_top(offset(bom_len(text)), wanted.rule);
        }
    }
    writer.edits()
}

/// The edits that ignore findings in a file with variables. They only insert.
pub fn to_env_file(text: &str, wanted: &[Wanted], reason: Option<&str>) -> Vec<Edit> {
    let mut writer = Writer::new(text, in_env_file(text, Comments::Tolerant), reason);
    for wanted in wanted {
        if wanted.in_file {
            writer.at_the_top(offset(bom_len(text)), wanted.rule);
            continue;
        }
        let covers = statement_around(text, wanted.at);
        let content = covers.text(text);
        let blanks = offset(content.len() - content.trim_start().len());
        let place = Above {
            line: covers.start + blanks,
            covers: Some(covers),
        };
        writer.above(place, wanted.rule);
    }
    writer.edits()
}

/// The line around a place, without its line break.
fn line_around(text: &str, at: u32) -> Span {
    let (before, behind) = text.split_at_checked(at as usize).unwrap_or((text, ""));
    let start = before
        .rfind(['\n', '\r'])
        .map_or(bom_len(text), |end| end + 1);
    let length = behind.find(['\n', '\r']).unwrap_or(behind.len());
    Span::new(offset(start), offset(before.len() + length))
}

/// Where lines of a YAML file cannot be followed by a comment.
struct Breaks {
    /// Texts of more than one line, and what could not be read, sorted; and whether the last line ends it.
    texts: Vec<(Span, bool)>,
    /// The ends of comments.
    comments: BTreeSet<u32>,
}

impl Breaks {
    fn new(yaml: &Yaml, text: &str) -> Breaks {
        let skipped = yaml.skipped.iter();
        let mut texts: Vec<(Span, bool)> = skipped.map(|span| (*span, false)).collect();
        let mut comments = BTreeSet::new();
        for document in &yaml.documents {
            comments.extend(document.comments.iter().map(|comment| comment.span.end));
            for id in document.ids() {
                let span = document.span(id);
                if let Some(scalar) = document.scalar(id)
                    && span.text(text).contains(['\n', '\r'])
                {
                    let block = [ScalarStyle::Literal, ScalarStyle::Folded];
                    texts.push((span, !block.contains(&scalar.style)));
                }
            }
        }
        order::sort(&mut texts);
        Breaks { texts, comments }
    }

    fn may_end_with_a_comment(&self, line: Span, text: &str) -> bool {
        let content = line.text(text).trim_end();
        let end = line.start + offset(content.len());
        let behind = self
            .texts
            .partition_point(|(span, _)| span.start <= line.end);
        // Texts do not overlap, but what could not be read may lie around some of them.
        let mut before = self.texts[..behind].iter().rev().take(8);
        let is_within = |(span, ends): &(Span, bool)| match ends {
            true => line.end < span.end,
            false => line.start < span.end,
        };
        !content.is_empty()
            && !self.comments.contains(&end)
            && !self.comments.contains(&line.end)
            && !before.any(is_within)
    }
}

/// The nearest entry or item around a place that begins a line.
fn above_entry(yaml: &Yaml, text: &str, at: u32) -> Option<Above> {
    let (document, node) = yaml.node_at(at)?;
    let begins_line = |start: u32| {
        let line = line_around(text, start);
        let before = Span::new(line.start, start).text(text);
        let is_blank = before.chars().all(|c| c == ' ' || c == '-' || c == '\t');
        is_blank.then(|| line.start + offset(before.len() - before.trim_start().len()))
    };
    let around = std::iter::once(node).chain(document.ancestors(node));
    for id in around {
        let Some(span) = entry_of(document, id) else {
            continue;
        };
        if let Some(line) = begins_line(span.start) {
            return Some(Above { line, covers: None });
        }
    }
    None
}

fn entry_of(document: &Document, id: NodeId) -> Option<Span> {
    match document.place(id) {
        Place::Item(_) => Some(document.full_span(id)),
        Place::Key(index) | Place::Value(index) => {
            let entries = document.entries(document.parent(id)?);
            Some(document.entry_span(*entries.get(index as usize)?))
        }
        Place::Root => None,
    }
}

/// A place for a comment on a line of its own.
#[derive(Clone, Copy)]
struct Above {
    /// The first byte that is not blank of the line below.
    line: u32,
    /// What a comment there covers, where that is known.
    covers: Option<Span>,
}

/// What is to be written, joined place by place.
struct Writer<'w> {
    text: &'w str,
    comments: Vec<IgnoreComment>,
    /// What the comments say why.
    reason: Option<&'w str>,
    end_of_line: &'static str,
    /// Rules to be added to a comment that is there.
    joined: BTreeMap<usize, BTreeSet<&'static str>>,
    /// Lines above a line; those for the file first.
    above: BTreeMap<u32, [BTreeSet<&'static str>; 2]>,
    /// Comments at the end of a line.
    behind: BTreeMap<u32, BTreeSet<&'static str>>,
}

impl<'w> Writer<'w> {
    fn new(text: &'w str, comments: Vec<IgnoreComment>, reason: Option<&'w str>) -> Writer<'w> {
        let first = text.find('\n').map(|at| &text[..at]);
        let has_returns = first.is_some_and(|line| line.ends_with('\r'));
        Writer {
            text,
            comments,
            reason,
            end_of_line: if has_returns { "\r\n" } else { "\n" },
            joined: BTreeMap::new(),
            above: BTreeMap::new(),
            behind: BTreeMap::new(),
        }
    }

    /// Whether a comment can take in a rule without saying something else about it.
    fn is_open(&self, comment: &IgnoreComment) -> bool {
        let reason = comment.reason.as_ref().map(|reason| reason.value.as_str());
        comment.tool == Tool::Dockworthy
            && comment.until.is_none()
            && comment.everything.is_none()
            && !comment.rules.is_empty()
            && (reason.is_none() || reason == self.reason)
    }

    fn join(&mut self, comment: usize, rule: &'static str) {
        self.joined.entry(comment).or_default().insert(rule);
    }

    fn above(&mut self, place: Above, rule: &'static str) {
        let is_own_line = |comment: &IgnoreComment| {
            let line = line_around(self.text, comment.span.start);
            Span::new(line.start, comment.span.start)
                .text(self.text)
                .trim()
                .is_empty()
        };
        let fits = |comment: &IgnoreComment| {
            let is_same = match (place.covers, comment.covers) {
                (Some(wanted), Some(covers)) => wanted == covers,
                (None, Some(covers)) => covers != WHOLE_FILE && covers.touches(place.line),
                _ => false,
            };
            let between = Span::new(comment.span.end, place.line.max(comment.span.end));
            // Only comments and blank lines lie between it and the line.
            let mut lines = between.text(self.text).lines().map(str::trim);
            comment.span.end <= place.line
                && is_same
                && is_own_line(comment)
                && lines.all(|line| line.is_empty() || line.starts_with('#'))
                && self.is_open(comment)
        };
        match self.comments.iter().position(fits) {
            Some(comment) => self.join(comment, rule),
            None => {
                let lines = self.above.entry(place.line).or_default();
                lines[1].insert(rule);
            }
        }
    }

    fn at_the_top(&mut self, line: u32, rule: &'static str) {
        let fits = |comment: &IgnoreComment| {
            comment.in_head && comment.covers == Some(WHOLE_FILE) && self.is_open(comment)
        };
        match self.comments.iter().position(fits) {
            Some(comment) => self.join(comment, rule),
            None => {
                let lines = self.above.entry(line).or_default();
                lines[0].insert(rule);
            }
        }
    }

    fn behind(&mut self, line: Span, rule: &'static str) {
        let content = line.text(self.text).trim_end();
        let end = line.start + offset(content.len());
        self.behind.entry(end).or_default().insert(rule);
    }

    /// The comment at the end of a line, if it can take in a rule.
    fn comment_behind(&self, line: Span) -> Option<usize> {
        let content = line.text(self.text).trim_end();
        let end = line.start + offset(content.len());
        self.comments.iter().position(|comment| {
            let before = Span::new(line.start, comment.span.start.max(line.start));
            comment.span.end == end
                && comment.span.start > line.start
                && !before.text(self.text).trim().is_empty()
                && self.is_open(comment)
        })
    }

    fn comment(&self, word: &str, rules: &BTreeSet<&'static str>) -> String {
        let rules: Vec<&str> = rules.iter().copied().collect();
        let mut comment = format!("# dockworthy: {word}[{}]", rules.join(", "));
        if let Some(reason) = self.reason {
            comment.push(' ');
            comment.push_str(reason);
        }
        comment
    }

    fn edits(self) -> Vec<Edit> {
        let mut edits = Vec::new();
        for (line, [in_file, here]) in &self.above {
            let around = line_around(self.text, *line);
            let start = around.start.min(*line);
            let indentation = Span::new(start, *line).text(self.text);
            let indentation = if indentation.trim().is_empty() {
                indentation
            } else {
                ""
            };
            let mut lines = String::new();
            // The last line may have no end yet.
            let is_behind_all = *line as usize == self.text.len() && *line > around.start;
            if is_behind_all {
                lines.push_str(self.end_of_line);
            }
            for (word, rules) in [("ignore-file", in_file), ("ignore", here)] {
                if !rules.is_empty() {
                    lines.push_str(indentation);
                    lines.push_str(&self.comment(word, rules));
                    lines.push_str(self.end_of_line);
                }
            }
            let at = if is_behind_all { *line } else { start };
            edits.push(Edit::insert(at, lines));
        }
        for (end, rules) in &self.behind {
            edits.push(Edit::insert(
                *end,
                format!("  {}", self.comment("ignore", rules)),
            ));
        }
        for (comment, rules) in &self.joined {
            let comment = &self.comments[*comment];
            let is_named = |rule: &&&str| comment.rules.iter().any(|name| name.value == ***rule);
            let names: String = rules
                .iter()
                .filter(|rule| !is_named(rule))
                .map(|rule| format!(", {rule}"))
                .collect();
            if let Some(last) = comment.rules.last().filter(|_| !names.is_empty()) {
                edits.push(Edit::insert(last.span.end, names));
                if let (None, Some(reason)) = (&comment.reason, self.reason) {
                    edits.push(Edit::insert(comment.span.end, format!(" {reason}")));
                }
            }
        }
        order::sort(&mut edits);
        edits
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Ignores the rules at the first places of some texts.
    fn added(
        text: &str,
        reason: Option<&str>,
        wanted: &[(&str, &'static str)],
        yaml: bool,
    ) -> String {
        let wanted: Vec<Wanted> = wanted
            .iter()
            .map(|(place, rule)| Wanted {
                at: offset(text.find(place).expect("it is there")),
                rule,
                in_file: place.is_empty(),
            })
            .collect();
        let edits = match yaml {
            true => to_compose(text, &wanted, reason),
            false => to_dockerfile(text, &wanted, reason),
        };
        crate::text::apply(text, &edits).expect("they fit")
    }

    #[test]
    fn above_an_instruction_never_within_it() {
        for (before, wanted, after) in [
            (
                "FROM a\nUSER root\n",
                &[("root", "x"), ("USER", "b")][..],
                "FROM a\n# dockworthy: ignore[b, x] why\nUSER root\n",
            ),
            (
                "FROM a\n  RUN b \\\n    # note\n    c\n",
                &[("c\n", "x")],
                "FROM a\n  # dockworthy: ignore[x] why\n  RUN b \\\n    # note\n    c\n",
            ),
            (
                "FROM a AS b\r\nRUN <<EOF\r\nc\r\nEOF\r\nFROM d\r\n",
                &[("c\r", "x"), ("d\r", "y")],
                "FROM a AS b\r\n# dockworthy: ignore[x] why\r\nRUN <<EOF\r\nc\r\nEOF\r\n# dockworthy: ignore[y] why\r\nFROM d\r\n",
            ),
            (
                "\u{feff}# escape=`\n# syntax=x\nFROM a",
                &[("syntax", "x"), ("FROM", "y")],
                "\u{feff}# escape=`\n# syntax=x\n# dockworthy: ignore-file[x] why\n# dockworthy: ignore[y] why\nFROM a",
            ),
            (
                "# only this",
                &[("only", "x")],
                "# only this\n# dockworthy: ignore-file[x] why\n",
            ),
            ("", &[("", "x")], "# dockworthy: ignore-file[x] why\n"),
        ] {
            assert_eq!(added(before, Some("why"), wanted, false), after);
        }
    }

    #[test]
    fn a_comment_of_the_same_reason_takes_the_rule_in() {
        for (comment, after) in [
            (
                "# dockworthy: ignore[a] why",
                "# dockworthy: ignore[a, x] why\n",
            ),
            (
                "# dockworthy: ignore[a]",
                "# dockworthy: ignore[a, x] why\n",
            ),
            (
                "# dockworthy: ignore[a] other",
                "# dockworthy: ignore[a] other\n# dockworthy: ignore[x] why\n",
            ),
            (
                "# dockworthy: ignore[a until=2026-01-01] why",
                "# dockworthy: ignore[a until=2026-01-01] why\n# dockworthy: ignore[x] why\n",
            ),
            (
                "# hadolint ignore=DL3006",
                "# hadolint ignore=DL3006\n# dockworthy: ignore[x] why\n",
            ),
            (
                "# dockworthy: ignore[a] why\n\n# note",
                "# dockworthy: ignore[a, x] why\n\n# note\n",
            ),
        ] {
            let text = format!("{comment}\nFROM a\n");
            let wanted = [("FROM", "x")];
            assert_eq!(
                added(&text, Some("why"), &wanted, false),
                format!("{after}FROM a\n")
            );
        }
        let text = "b: # dockworthy: ignore[a] why\n  c: d\n";
        assert_eq!(
            added(text, Some("why"), &[("b", "x")], true),
            "b: # dockworthy: ignore[a, x] why\n  c: d\n"
        );
    }

    #[test]
    fn at_the_end_of_a_line_or_above_the_entry() {
        for (before, wanted, after) in [
            (
                "a:\n  b: c\n",
                &[("b", "x"), ("c", "y")][..],
                "a:\n  b: c  # dockworthy: ignore[x, y]\n",
            ),
            (
                "a:\r\n  b: c \r\n",
                &[("c", "x")],
                "a:\r\n  b: c  # dockworthy: ignore[x] \r\n",
            ),
            (
                "a:\n  - b: |\n      c\n",
                &[("c\n", "x")],
                "a:\n  # dockworthy: ignore[x]\n  - b: |\n      c\n",
            ),
            (
                "a:\n  b: >-\n    c\n  d: e",
                &[("c\n", "x"), ("e", "y")],
                "a:\n  # dockworthy: ignore[x]\n  b: >-\n    c\n  d: e  # dockworthy: ignore[y]",
            ),
            (
                "a:\n  b: \"c\n    d\"\n",
                &[("c\n", "x"), ("d\"", "y")],
                "a:\n  # dockworthy: ignore[x]\n  b: \"c\n    d\"  # dockworthy: ignore[y]\n",
            ),
            (
                "a: # note\n  b: c\n",
                &[("a", "x")],
                "# dockworthy: ignore[x]\na: # note\n  b: c\n",
            ),
            (
                "a: {b: c,\n  d: e}\n",
                &[("b", "x"), ("e", "y")],
                "a: {b: c,  # dockworthy: ignore[x]\n  d: e}  # dockworthy: ignore[y]\n",
            ),
            (
                "# note\n---\na: b\n",
                &[("note", "x")],
                "# dockworthy: ignore-file[x]\n# note\n---\na: b\n",
            ),
        ] {
            assert_eq!(added(before, None, wanted, true), after);
        }
    }
}
