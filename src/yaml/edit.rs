//! Edits that add or remove entries of mappings, for fixes.
//!
//! They work on the text and the places of keys and values, and keep the style around them: indentation, line
//! breaks, brackets, comments of others. Where the style gives no clear answer there is no edit.
//!
//! Not for: changing the text of a scalar, which an [`Edit`] does by itself.

use crate::text::span::offset;
use crate::text::{Edit, Span};

/// Removes an entry, from the start of its key to the end of its value. In the block style its lines go, with
/// what is behind it on the last of them; between braces it goes with one comma.
pub fn remove_entry(text: &str, entry: Span) -> Option<Edit> {
    let before = line_before(text, entry.start);
    if let Some(comma) = comma_behind(text, entry.end) {
        let after = &text[comma + 1..];
        let blanks = after.len() - after.trim_start_matches([' ', '\t']).len();
        return Some(Edit::delete(Span::from_range(
            entry.range().start..comma + 1 + blanks,
        )));
    }
    if is_in_flow(text, entry.end) {
        let kept = text[..entry.range().start].trim_end().strip_suffix(',')?;
        return Some(Edit::delete(Span::from_range(
            kept.len()..entry.range().end,
        )));
    }
    let next_line = line_end(text, entry.end);
    if before.trim_matches(' ').is_empty() {
        let start = entry.range().start - before.len();
        return Some(Edit::delete(Span::from_range(start..next_line)));
    }
    // The first entry of a list item gives its place behind the `-` to the next one.
    let column = before.len();
    let starts_item = before
        .trim_matches(' ')
        .bytes()
        .all(|byte| byte == b'-' || byte == b' ');
    let following = text.get(next_line..)?;
    let indent = following.len() - following.trim_start_matches(' ').len();
    let has_key = following[indent..].starts_with(|c: char| !"-#\r\n".contains(c));
    (starts_item && indent == column && has_key)
        .then(|| Edit::delete(Span::from_range(entry.range().start..next_line + indent)))
}

/// Removes an item of a list that has others, from its start to the end of its value. In the block style its lines
/// go, with what is behind it on the last of them; between brackets it goes with one comma.
pub fn remove_item(text: &str, item: Span) -> Option<Edit> {
    if comma_behind(text, item.end).is_some() || is_in_flow(text, item.end) {
        return remove_entry(text, item);
    }
    let before = line_before(text, item.start);
    let start = item.range().start - before.len();
    let end = line_end(text, item.end);
    let dash = before.trim_end_matches(' ');
    let is_item = |line: &&str| line.starts_with(dash);
    let is_passed = |line: &&str| {
        let content = line.trim_start_matches(' ');
        content.trim_end().is_empty()
            || content.starts_with('#')
            || line.len() - content.len() >= dash.len()
    };
    let above = text[..start].lines().rev().find(|line| !is_passed(line));
    let below = text[end..].lines().find(|line| !is_passed(line));
    let has_others = above.as_ref().is_some_and(is_item) || below.as_ref().is_some_and(is_item);
    (dash.trim_start_matches(' ') == "-" && has_others)
        .then(|| Edit::delete(Span::from_range(start..end)))
}

/// Writes an item behind another one of the same list.
pub fn insert_item_behind(text: &str, other: Span, item: &str) -> Option<Edit> {
    if is_in_flow(text, other.end) {
        return Some(Edit::insert(other.end, format!(", {item}")));
    }
    let before = line_before(text, other.start);
    let indent = before.trim_end_matches(' ').strip_suffix('-')?;
    let is_indent = indent.bytes().all(|byte| byte == b' ');
    is_indent.then(|| {
        let (at, column) = (line_end(text, other.end), indent.len());
        insert_line(text, at, column, &format!("{}{item}", &before[column..]))
    })
}

/// A text as a scalar in double quotes.
pub fn double_quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            c if c.is_control() => quoted.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// Writes an entry behind another one of the same mapping. `entry` is one line, such as `key: value`; in the block
/// style it may have more lines, each with the indentation that it has below the key.
pub fn insert_entry_behind(text: &str, other: Span, entry: &str) -> Option<Edit> {
    if is_in_flow(text, other.end) {
        return Some(Edit::insert(other.end, format!(", {entry}")));
    }
    let before = line_before(text, other.start);
    let is_indent = before.bytes().all(|byte| byte == b' ' || byte == b'-');
    is_indent.then(|| insert_line(text, line_end(text, other.end), before.len(), entry))
}

/// The place of an entry, given those of its key and value. A value in front of its key stands behind an alias.
pub fn entry(key: Span, value: Span) -> Span {
    if value.start >= key.end {
        key.cover(value)
    } else {
        key
    }
}

/// Writes an entry at the end of the text, as the last one of the outermost mapping.
pub fn append_entry(text: &str, entry: &str) -> Edit {
    insert_line(text, text.len(), 0, entry)
}

/// Declares a name, with nothing said about it, in a section of the outermost mapping that maps names to values.
/// `key` is where the section's key stands, `last` its last entry; without a key the section is added.
pub fn declare(
    text: &str,
    section: &str,
    key: Option<Span>,
    last: Option<Span>,
    name: &str,
) -> Option<Edit> {
    match (key, last) {
        (_, Some(last)) => insert_entry_behind(text, last, &format!("{name}: {{}}")),
        (None, None)
            if text
                .trim_start_matches('\u{feff}')
                .trim_start()
                .starts_with('{') =>
        {
            None
        }
        (None, None) => Some(append_entry(text, &format!("{section}:\n  {name}: {{}}"))),
        (Some(key), None) => {
            let line = line_end(text, key.end);
            let value = text[key.range().end..line].trim();
            let is_null = value == ":" || value.starts_with(": #");
            let starts_line = line_before(text, key.start).is_empty();
            (is_null && starts_line).then(|| insert_line(text, line, 2, &format!("{name}: {{}}")))
        }
    }
}

/// Writes lines at the start of a line, or behind a last line that has no end.
fn insert_line(text: &str, at: usize, column: usize, entry: &str) -> Edit {
    let line_break = line_break(text, at);
    let indent = " ".repeat(column);
    let mut lines = String::new();
    for line in entry.lines() {
        lines.push_str(&indent);
        lines.push_str(line);
        lines.push_str(line_break);
    }
    if !text[..at].is_empty() && !text[..at].ends_with('\n') {
        lines.insert_str(0, line_break);
        lines.truncate(lines.len() - line_break.len());
    }
    Edit::insert(offset(at), lines)
}

/// How lines end around a place.
fn line_break(text: &str, at: usize) -> &'static str {
    let end = text[..at]
        .rfind('\n')
        .or_else(|| text[at..].find('\n').map(|end| at + end));
    match end {
        Some(end) if text[..end].ends_with('\r') => "\r\n",
        _ => "\n",
    }
}

/// What stands before a place on its line.
fn line_before(text: &str, at: u32) -> &str {
    let before = &text[..at as usize];
    let start = before
        .rfind('\n')
        .map_or(crate::text::lines::bom_len(text), |end| end + 1);
    before.get(start..).unwrap_or_default()
}

/// Where the line behind that of a place begins.
fn line_end(text: &str, at: u32) -> usize {
    let at = at as usize;
    text[at..].find('\n').map_or(text.len(), |end| at + end + 1)
}

/// The comma behind a value between braces.
fn comma_behind(text: &str, end: u32) -> Option<usize> {
    let rest = &text[end as usize..];
    let behind = rest.trim_start();
    behind.starts_with(',').then(|| text.len() - behind.len())
}

/// Whether a value that ends here stands between braces or brackets: no line of the block style begins with a comma
/// or a closing one.
fn is_in_flow(text: &str, end: u32) -> bool {
    text[end as usize..]
        .trim_start()
        .starts_with([',', '}', ']'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::apply;

    fn place(text: &str, part: &str) -> Span {
        let start = text.find(part).expect(part);
        Span::from_range(start..start + part.len())
    }

    fn removed(text: &str, entry: &str) -> Option<String> {
        let edit = remove_entry(text, place(text, entry))?;
        Some(apply(text, [&edit]).expect("one edit"))
    }

    fn inserted(text: &str, other: &str, entry: &str) -> Option<String> {
        let edit = insert_entry_behind(text, place(text, other), entry)?;
        Some(apply(text, [&edit]).expect("one edit"))
    }

    #[test]
    fn an_entry_of_the_block_style_goes_with_its_lines() {
        for (text, entry, left) in [
            ("a: 1\nb: 2 # two\nc: 3\n", "b: 2", "a: 1\nc: 3\n"),
            (
                "a: 1\r\n  # of c\r\nb:\r\n  d: 2\r\nc: 3",
                "b:\r\n  d: 2",
                "a: 1\r\n  # of c\r\nc: 3",
            ),
            ("a: 1\nb: 2", "b: 2", "a: 1\n"),
            ("\u{feff}a: 1\nb: 2\n", "a: 1", "\u{feff}b: 2\n"),
        ] {
            assert_eq!(removed(text, entry).as_deref(), Some(left), "{text}");
        }
    }

    #[test]
    fn the_first_entry_of_an_item_gives_its_place_to_the_next() {
        assert_eq!(
            removed("x:\n  - a: 1\n    b: 2\n", "a: 1").as_deref(),
            Some("x:\n  - b: 2\n")
        );
        assert_eq!(removed("x:\n  - a: 1\n  - b: 2\n", "a: 1"), None);
        assert_eq!(removed("x:\n  - a: 1\n", "a: 1"), None);
    }

    #[test]
    fn an_entry_between_braces_goes_with_one_comma() {
        assert_eq!(
            removed("x: {a: 1, b: 2}\n", "a: 1").as_deref(),
            Some("x: {b: 2}\n")
        );
        assert_eq!(
            removed("x: {a: 1, b: 2}\n", "b: 2").as_deref(),
            Some("x: {a: 1}\n")
        );
        assert_eq!(
            removed("x: {\n  a: 1,\n  b: 2\n}\n", "b: 2").as_deref(),
            Some("x: {\n  a: 1\n}\n")
        );
        assert_eq!(removed("x: {a: 1}\n", "a: 1"), None);
    }

    #[test]
    fn an_item_goes_with_its_line_or_its_comma() {
        for (text, item, left) in [
            ("x:\n  - a # one\n  - b\n", "a", Some("x:\n  - b\n")),
            ("x:\r\n- 'b'\r\n- c", "c", Some("x:\r\n- 'b'\r\n")),
            ("x: [a, b]\n", "a", Some("x: [b]\n")),
            ("x: [a, b]\n", "b", Some("x: [a]\n")),
            ("x: [\n  a,\n  b,\n]\n", "b", Some("x: [\n  a,\n  \n]\n")),
            ("x: [b]\n", "b", None),
            ("x:\n  - - b\n    - c\n", "b", None),
            ("x:\n  - a\n  - &a b\n", "b", None),
            ("x:\n  - b\ny:\n  - c\n", "b", None),
        ] {
            let edit = remove_item(text, place(text, item));
            let result = edit.map(|edit| apply(text, [&edit]).expect("one edit"));
            assert_eq!(result.as_deref(), left, "{text}");
        }
    }

    #[test]
    fn a_new_item_takes_over_the_dash_of_its_neighbour() {
        for (text, other, wanted) in [
            (
                "x:\n-   a # one\ny: 1\n",
                "a",
                Some("x:\n-   a # one\n-   b\ny: 1\n"),
            ),
            (
                "x:\r\n  - c\r\n  - 'a'",
                "'a'",
                Some("x:\r\n  - c\r\n  - 'a'\r\n  - b"),
            ),
            ("x: [a]\n", "a", Some("x: [a, b]\n")),
            ("x:\n  - &y a\n", "a", None),
        ] {
            let edit = insert_item_behind(text, place(text, other), "b");
            let result = edit.map(|edit| apply(text, [&edit]).expect("one edit"));
            assert_eq!(result.as_deref(), wanted, "{text}");
        }
    }

    #[test]
    fn a_new_entry_takes_over_the_style_of_its_neighbour() {
        for (text, other, entry, wanted) in [
            ("x:\n  - a: 1\n", "a: 1", "b: 2", "x:\n  - a: 1\n    b: 2\n"),
            (
                "x:\n  a: 1 # one\n",
                "a: 1",
                "b: 2",
                "x:\n  a: 1 # one\n  b: 2\n",
            ),
            ("x:\n  a: 1", "a: 1", "b: 2", "x:\n  a: 1\n  b: 2"),
            (
                "x:\r\n  a: 1\r\ny: 2\r\n",
                "a: 1",
                "b:\n  c: 2",
                "x:\r\n  a: 1\r\n  b:\r\n    c: 2\r\ny: 2\r\n",
            ),
            ("x: {a: 1}\n", "a: 1", "b: 2", "x: {a: 1, b: 2}\n"),
            (
                "x: {\n  a: 1\n}\n",
                "a: 1",
                "b: 2",
                "x: {\n  a: 1, b: 2\n}\n",
            ),
        ] {
            assert_eq!(
                inserted(text, other, entry).as_deref(),
                Some(wanted),
                "{text}"
            );
        }
        assert_eq!(inserted("? x\n: a: 1\n", "a: 1", "b: 2"), None);
    }

    #[test]
    fn a_new_item_takes_over_the_style_of_its_neighbour() {
        for (text, other, wanted) in [
            ("x:\n  - a # one\n", "a", Some("x:\n  - a # one\n  - b\n")),
            (
                "x:\r\n- a\r\ny: 1\r\n",
                "a",
                Some("x:\r\n- a\r\n- b\r\ny: 1\r\n"),
            ),
            ("x: [a]\n", "a", Some("x: [a, b]\n")),
            ("x: [a, c]\n", "c", Some("x: [a, c, b]\n")),
            ("- - a\n", "a", None),
        ] {
            let edit = insert_item_behind(text, place(text, other), "b");
            let result = edit.map(|edit| apply(text, [&edit]).expect("one edit"));
            assert_eq!(result.as_deref(), wanted, "{text}");
        }
    }

    #[test]
    fn a_name_is_declared_where_its_kind_is() {
        let x = Some(Span::new(0, 1));
        for (text, key, last, wanted) in [
            (
                "x:\n    a:\n",
                x,
                Some("a:"),
                Some("x:\n    a:\n    n: {}\n"),
            ),
            ("x: {a: }\n", x, Some("a: "), Some("x: {a: , n: {}}\n")),
            (
                "x: # none\ny: 1\n",
                x,
                None,
                Some("x: # none\n  n: {}\ny: 1\n"),
            ),
            ("x: {}\n", x, None, None),
            ("y: 1\n", None, None, Some("y: 1\nx:\n  n: {}\n")),
            ("{y: 1}\n", None, None, None),
        ] {
            let last = last.map(|last| place(text, last));
            let edit = declare(text, "x", key, last, "n");
            let result = edit.map(|edit| apply(text, [&edit]).expect("one edit"));
            assert_eq!(result.as_deref(), wanted, "{text}");
        }
    }

    #[test]
    fn the_last_entry_stands_on_a_line_of_its_own() {
        for (text, wanted) in [
            ("a: 1\n", "a: 1\nb: 2\n"),
            ("a: 1", "a: 1\nb: 2"),
            ("a: 1\r\n", "a: 1\r\nb: 2\r\n"),
        ] {
            let edit = append_entry(text, "b: 2");
            assert_eq!(apply(text, [&edit]).expect("one edit"), wanted);
        }
    }
}
