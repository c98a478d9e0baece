//! Comments that ask for silence in files with variables: `.env`, and the `env_file` of a service.
//!
//! A comment on a line of its own covers the next line, with everything that a value in quotes takes up; one with
//! `ignore-file`, in front of the first variable, covers the file. Only dockworthy's own words count: no other tool has
//! comments there.

use super::dialect::{Directive, Scope, Tool};
use super::{Comments, IgnoreComment, WHOLE_FILE, next_line};
use crate::compose::dotenv::{self, Entry, Format};
use crate::text::lines::bom_len;
use crate::text::span::offset;
use crate::text::{Span, Spanned};

/// The suppressions in a file with variables.
pub fn in_env_file(text: &str, comments: Comments) -> Vec<IgnoreComment> {
    let mut found = Vec::new();
    if comments == Comments::Off || !text.contains("dockworthy:") {
        return found;
    }
    let entries = dotenv::parse(text, Format::Dotenv).tree;
    let first = next_line(offset(bom_len(text)), text).map_or(u32::MAX, |line| line.start);
    for comment in comments_of(text, &entries) {
        let directive = Directive::parse(comment.value, comment.span.start, false);
        let Some(directive) = directive.filter(|directive| directive.tool == Tool::Dockworthy)
        else {
            continue;
        };
        let in_head = comment.span.start <= first;
        let covers = match directive.scope {
            Scope::Head | Scope::File => in_head.then_some(WHOLE_FILE),
            _ => next_line(comment.span.end, text).map(|line| with_values(line, &entries, text)),
        };
        found.push(directive.covering(covers, in_head));
    }
    found
}

/// The lines of a statement, from that on which nothing else is still open; `at` is a place in it.
pub(super) fn statement_around(text: &str, at: u32) -> Span {
    let entries = dotenv::parse(text, Format::Dotenv).tree;
    let mut line = line_around(text, at);
    // A statement may begin behind the end of another one, which takes up lines above.
    while let Some(entry) = entry_over(line.start, &entries) {
        line = line_around(text, entry.span.start);
    }
    with_values(line, &entries, text)
}

/// The comments that have a line of their own.
fn comments_of<'t>(text: &'t str, entries: &[Entry]) -> Vec<Spanned<&'t str>> {
    let mut comments = Vec::new();
    let mut at = bom_len(text);
    for line in text.get(at..).unwrap_or_default().split_inclusive('\n') {
        let content = line.trim_end();
        let blanks = content.len() - content.trim_start().len();
        let span = Span::new(offset(at + blanks), offset(at + content.len()));
        if content[blanks..].starts_with('#') && entry_over(span.start, entries).is_none() {
            comments.push(Spanned {
                value: &content[blanks..],
                span,
            });
        }
        at += line.len();
    }
    comments
}

/// The entry that begins in front of a place and ends behind it.
fn entry_over(at: u32, entries: &[Entry]) -> Option<&Entry> {
    let before = entries.partition_point(|entry| entry.span.start < at);
    let entry = entries.get(before.checked_sub(1)?)?;
    (entry.span.end > at).then_some(entry)
}

/// A line with all lines that the values which begin on it take up.
fn with_values(line: Span, entries: &[Entry], text: &str) -> Span {
    let mut all = line;
    let first = entries.partition_point(|entry| entry.span.start < line.start);
    for entry in &entries[first..] {
        if entry.span.start > all.end {
            break;
        }
        if entry.span.end > all.end {
            all.end = line_around(text, entry.span.end).end;
        }
    }
    all
}

/// The line around a place, without its line break.
fn line_around(text: &str, at: u32) -> Span {
    let (before, behind) = text.split_at_checked(at as usize).unwrap_or((text, ""));
    let start = before.rfind('\n').map_or(bom_len(text), |end| end + 1);
    let length = behind.find(['\n', '\r']).unwrap_or(behind.len());
    Span::new(offset(start), offset(before.len() + length))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn covered(text: &str) -> Vec<Option<&str>> {
        let comments = in_env_file(text, Comments::Tolerant);
        let show = |comment: &IgnoreComment| {
            let covers = comment.covers?;
            Some(if covers == WHOLE_FILE {
                "the file"
            } else {
                covers.text(text)
            })
        };
        comments.iter().map(show).collect()
    }

    #[test]
    fn a_comment_covers_the_next_line() {
        assert_eq!(
            covered("A=1\n # dockworthy: ignore[x] why\n\n# more\nexport B=2\nC=3\n"),
            [Some("export B=2")]
        );
        assert_eq!(
            covered("# dockworthy: ignore[x]\r\nA='1\n2'\r\nC=3\n"),
            [Some("A='1\n2'")]
        );
        assert_eq!(covered("A=1\n# dockworthy: ignore[x]\n"), [None]);
    }

    #[test]
    fn one_at_the_top_covers_the_file() {
        let text = "\u{feff}# a\n# dockworthy: ignore-file[x] why\nA=1\n# dockworthy: ignore-file[x]\nB=1\n";
        assert_eq!(covered(text), [Some("the file"), None]);
    }

    #[test]
    fn what_is_no_comment_or_another_tools_counts_not() {
        assert!(covered("A=\"\n# dockworthy: ignore[x]\n\"\n").is_empty());
        assert!(covered("A=1 # dockworthy: ignore[x]\n").is_empty());
        assert!(covered("# hadolint ignore=DL3006 dockworthy: ignore[x]\nA=1\n").is_empty());
    }

    #[test]
    fn a_statement_is_more_than_its_line() {
        let text = "A=1\nB='2\n3' C=4\nD=5\n";
        let at = |needle: &str| offset(text.find(needle).expect("it is there"));
        for (needle, wanted) in [("A", "A=1"), ("C", "B='2\n3' C=4"), ("D", "D=5")] {
            assert_eq!(statement_around(text, at(needle)).text(text), wanted);
        }
    }
}
