//! Formatting: indentation and white space at the ends of lines. Lines stay the lines that they are, comments stay
//! where they are, and what a build or Compose reads stays the same.
//!
//! Edits are small: each changes the blanks at one end of one line, so that cursors and folds survive.

mod compose;
mod dockerfile;

use super::document::Document;
use crate::text::span::offset;
use crate::text::{Edit, Span, TextEnd, order};

/// What an editor says about white space.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Style {
    /// How many columns an indentation has.
    pub width: u32,
    /// Whether tabs indent. Never in YAML, which forbids them.
    pub has_tabs: bool,
    /// Whether blanks at the ends of lines go.
    pub trims: bool,
    /// Whether the last line gets a line end.
    pub ends_lines: bool,
    /// Whether empty lines at the end of the file go.
    pub trims_end: bool,
}

impl Default for Style {
    fn default() -> Style {
        Style {
            width: 4,
            has_tabs: false,
            trims: true,
            ends_lines: true,
            trims_end: false,
        }
    }
}

/// The widest indentation that is taken from an editor.
const MOST: u32 = 16;

impl Style {
    /// The columns of one indentation.
    fn unit(self) -> u32 {
        self.width.clamp(1, MOST)
    }

    /// Blanks up to a column.
    fn blanks(self, column: u32) -> String {
        let tabs = if self.has_tabs {
            column / self.unit()
        } else {
            0
        };
        let spaces = column - tabs * self.unit();
        ["\t".repeat(tabs as usize), " ".repeat(spaces as usize)].concat()
    }

    /// The column behind blanks.
    fn column(self, blanks: &str) -> u32 {
        blanks.bytes().fold(0, |column, byte| match byte {
            b'\t' => (column / self.unit() + 1) * self.unit(),
            _ => column + 1,
        })
    }
}

/// A line of a text, as bytes of it.
#[derive(Clone, Copy, Debug)]
struct Line {
    /// Where it begins, behind a byte order mark.
    start: u32,
    /// The first byte that is no blank.
    content: u32,
    /// Behind the last byte that is no blank; not before `content`.
    trimmed: u32,
    /// Where it ends, without the line break.
    end: u32,
}

impl Line {
    /// The blanks that it begins with.
    fn indentation(self) -> Span {
        Span::new(self.start, self.content)
    }

    /// Whether there is nothing but blanks in it.
    fn is_blank(self) -> bool {
        self.content == self.end
    }

    /// The blanks that it ends with; all of a blank line.
    fn tail(self) -> Span {
        match self.is_blank() {
            true => Span::new(self.start, self.end),
            false => Span::new(self.trimmed, self.end),
        }
    }
}

/// The lines of a text, as they end with `\n` or `\r\n`.
fn lines(text: &str) -> Vec<Line> {
    let is_blank = |c: char| c == ' ' || c == '\t';
    let mut at = crate::text::lines::bom_len(text);
    let mut lines = Vec::new();
    for whole in text[at..].split_inclusive('\n') {
        let line = whole.strip_suffix('\n').unwrap_or(whole);
        let line = line.trim_end_matches('\r');
        let content = line.len() - line.trim_start_matches(is_blank).len();
        let trimmed = line.trim_end_matches(is_blank).len().max(content);
        lines.push(Line {
            start: offset(at),
            content: offset(at + content),
            trimmed: offset(at + trimmed),
            end: offset(at + line.len()),
        });
        at += whole.len();
    }
    lines
}

/// The changes that format a document, or those of its lines that a range touches. None for a Compose file that is no
/// YAML.
pub fn format(document: &Document, style: Style, range: Option<Span>) -> Vec<Edit> {
    let text = document.text();
    let range = range.map(|range| whole_lines(text, range));
    let mut edits = if let Some(dockerfile) = document.dockerfile() {
        dockerfile::edits(text, &dockerfile.model, style)
    } else if let Some(compose) = document.compose() {
        compose::edits(text, compose, style, range)
    } else {
        return Vec::new();
    };
    if let Some(range) = range {
        edits.retain(|edit| edit.span.start <= range.end && range.start <= edit.span.end);
    }
    order::sort_by_key(&mut edits, |edit| edit.span);
    edits
}

/// The lines that a range touches, without the last line break.
fn whole_lines(text: &str, range: Span) -> Span {
    let start = text.get(..range.start as usize).unwrap_or_default();
    let start = start.rfind('\n').map_or(0, |end| end + 1);
    // What ends where a line begins does not touch that line.
    let has_break = !range.is_empty() && range.text(text).ends_with('\n');
    let end = range.end as usize - usize::from(has_break);
    let rest = text.get(end..).unwrap_or_default();
    let end = rest
        .find('\n')
        .map_or(text.len(), |line_break| end + line_break);
    Span::from_range(start.min(end)..end)
}

/// The changes to the line that the cursor is in after a line break was typed: a Dockerfile's instruction that goes on
/// is indented.
pub fn format_new_line(document: &Document, style: Style, at: u32) -> Vec<Edit> {
    match document.dockerfile() {
        Some(dockerfile) => dockerfile::new_line(document.text(), &dockerfile.model, style, at)
            .into_iter()
            .collect(),
        None => Vec::new(),
    }
}

/// The change of the blanks that a line begins with, if they are others.
fn indent(text: &str, line: Line, blanks: &str) -> Option<Edit> {
    let span = line.indentation();
    (span.text(text) != blanks).then(|| Edit::replace(span, blanks))
}

/// The change of the end of a text: one line end, and no empty lines where these go.
fn end(text: &str, lines: &[Line], style: Style) -> Option<Edit> {
    let last = lines.iter().rposition(|line| !line.is_blank())?;
    let end = TextEnd::of(text);
    if end.is_open {
        let at = lines.last()?.end;
        let is_kept = style.ends_lines && last + 1 == lines.len();
        let line_break = if end.has_returns { "\r\n" } else { "\n" };
        return is_kept.then(|| Edit::insert(at, line_break));
    }
    let first = lines.get(last + 1)?;
    style
        .trims_end
        .then(|| Edit::delete(Span::new(first.start, offset(text.len()))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ide::testing::Scene;
    use crate::text::apply;

    fn formatted(path: &str, text: &str, style: Style) -> String {
        let scene = Scene::new(&[(path, &format!("¦{text}"))]);
        let workspace = scene.workspace();
        let document = workspace.document(&scene.path).expect("a document");
        apply(text, &format(document, style, None)).expect("edits fit")
    }

    #[track_caller]
    fn becomes(path: &str, text: &str, wanted: &str) {
        let style = Style {
            width: if path == "Dockerfile" { 4 } else { 2 },
            ..Style::default()
        };
        assert_eq!(formatted(path, text, style), wanted, "{text}");
        assert_eq!(formatted(path, wanted, style), wanted, "again: {text}");
    }

    #[test]
    fn continued_lines_are_indented() {
        becomes(
            "Dockerfile",
            "  FROM a \n\n \t\n  # c \nRUN a \\\n&& b \\  \n  && c\n\tCMD [ \\\n\"a\", \\\n \"b\"]",
            "FROM a\n\n\n# c\nRUN a \\\n    && b \\\n      && c\nCMD [ \\\n    \"a\", \\\n     \"b\"]\n",
        );
    }

    #[test]
    fn deeper_lines_stay_deeper() {
        becomes(
            "Dockerfile",
            "FROM a\nRUN if a; then \\\n  b; \\\n  # why\n    c; \\\n# also\n  fi\n",
            "FROM a\nRUN if a; then \\\n    b; \\\n    # why\n      c; \\\n    # also\n    fi\n",
        );
    }

    #[test]
    fn what_blanks_are_part_of_is_left_alone() {
        for text in [
            "FROM a\nRUN echo \"a \\\n  b\" \\\n    c\n",
            "FROM a\nRUN cu\\\nrl x\n",
            "FROM a\nENV A b \\\n  c\n",
            "FROM a\nENV A=\"b \\\n  c\"\n",
            "FROM a\nENV A=b\\\nC=d\n",
            "FROM a\nLABEL a='b\\\n  c'\n",
            "FROM a\nCMD [\"a\\\n  b\"]\n",
            "FROM a\nRUN <<EOF\n  a  \n b\nEOF\n",
            "FROM a\nCOPY <<A <<B /x/\n\ta\nA\n  b\nB\n",
            "FROM a\n  && b \\\n c\n",
            "FROM a\nSHELL [\"cmd\", \"/C\"]\nRUN echo \"a \\\n  b\"\n",
            "FROM a\nRUN a &\\\n&& b\n",
            "FROM a\nRUN echo \"\\\n  # c\n  b\"\n",
        ] {
            becomes("Dockerfile", text, text);
        }
    }

    #[test]
    fn tabs_and_line_ends_are_the_editors() {
        let style = Style {
            has_tabs: true,
            ..Style::default()
        };
        let text = "FROM a\r\nRUN b \\\r\n  c \\\r\n      d";
        let wanted = "FROM a\r\nRUN b \\\r\n\tc \\\r\n\t\td\r\n";
        assert_eq!(formatted("Dockerfile", text, style), wanted);
        let style = Style {
            trims: false,
            ends_lines: false,
            ..Style::default()
        };
        let text = "FROM a \n";
        assert_eq!(formatted("Dockerfile", text, style), text);
        let style = Style {
            trims_end: true,
            ..Style::default()
        };
        assert_eq!(formatted("Dockerfile", "FROM a\n\n \n", style), "FROM a\n");
    }

    #[test]
    fn mappings_and_lists_are_indented() {
        becomes(
            "compose.yaml",
            "services:\n    # about a\n    a:\n        image: b \n        command:\n          - x\n          -   y: 1\n              z: 2\n        ports:\n        - 80\n    # end\nvolumes: {}",
            "services:\n  # about a\n  a:\n    image: b\n    command:\n      - x\n      -   y: 1\n          z: 2\n    ports:\n    - 80\n  # end\nvolumes: {}\n",
        );
    }

    #[test]
    fn scalars_and_brackets_move_as_a_whole() {
        becomes(
            "compose.yaml",
            "services:\n    a:\n        command: |\n            x  \n              y\n\n            z\n        entrypoint: [\n            a,\n              b ]\n        image: \"a\n            b\"\n        user:\n            x\n",
            "services:\n  a:\n    command: |\n        x  \n          y\n\n        z\n    entrypoint: [\n        a,\n          b ]\n    image: \"a\n        b\"\n    user:\n      x\n",
        );
    }

    #[test]
    fn what_would_say_something_else_is_left_alone() {
        for text in [
            "services:\n    a: [\n",
            "services:\n\ta: 1\n",
            "a: |2\n   x\nb: >+\n  y \n  \n",
            "x: 1  # c\n",
            "a: |\n  b\n     \n",
        ] {
            becomes("compose.yaml", text, text);
        }
    }

    #[test]
    fn a_range_changes_its_lines_only() {
        let text = "FROM a \nUSER b \nUSER c \n";
        let scene = Scene::new(&[("Dockerfile", &format!("¦{text}"))]);
        let workspace = scene.workspace();
        let document = workspace.document(&scene.path).expect("a document");
        let edits = format(document, Style::default(), Some(Span::new(10, 12)));
        assert_eq!(
            apply(text, &edits).as_deref(),
            Ok("FROM a \nUSER b\nUSER c \n")
        );
        let text = "services:\n    a:\n        image: b \n        user: c \n";
        let scene = Scene::new(&[("compose.yaml", &format!("¦{text}"))]);
        let workspace = scene.workspace();
        let document = workspace.document(&scene.path).expect("a document");
        // The mapping would fall apart.
        let edits = format(document, Style::default(), Some(Span::new(20, 22)));
        let wanted = "services:\n    a:\n        image: b\n        user: c \n";
        assert_eq!(apply(text, &edits).as_deref(), Ok(wanted));
    }

    #[test]
    fn a_new_line_of_an_instruction_is_indented() {
        for (text, wanted) in [
            ("FROM a\nRUN b \\\n¦\n", "FROM a\nRUN b \\\n    \n"),
            ("FROM a\nRUN b \\\n¦", "FROM a\nRUN b \\\n    "),
            (
                "FROM a\nRUN b \\\n      c \\\n¦\nUSER d\n",
                "FROM a\nRUN b \\\n      c \\\n      \nUSER d\n",
            ),
            (
                "FROM a\nRUN b \\\n  ¦&& c\n",
                "FROM a\nRUN b \\\n    && c\n",
            ),
            ("FROM a\n  ¦\n", "FROM a\n  \n"),
            ("FROM a\nRUN <<E\n ¦\nE\n", "FROM a\nRUN <<E\n \nE\n"),
            (
                "FROM a\nRUN echo \"b \\\n ¦c\"\n",
                "FROM a\nRUN echo \"b \\\n c\"\n",
            ),
        ] {
            let scene = Scene::new(&[("Dockerfile", text)]);
            let workspace = scene.workspace();
            let document = workspace.document(&scene.path).expect("a document");
            let edits = format_new_line(document, Style::default(), scene.at);
            let plain = text.replace('¦', "");
            assert_eq!(apply(&plain, &edits).as_deref(), Ok(wanted), "{text}");
        }
    }
}
