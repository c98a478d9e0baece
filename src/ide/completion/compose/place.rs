//! Where in a Compose file the cursor is, by the indentation of the lines above.
//!
//! A tree of the file is no help here: the line at the cursor is half-typed, and what a parser makes of it changes with
//! every key that is pressed. Flow collections are followed from their opening bracket.

use super::flow::{self, Frame};

/// A step from the file to a node.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Step {
    /// The value of a key.
    Key(String),
    /// An item of a list.
    Item,
}

/// What is being written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Slot {
    /// A value behind its key, on the same line.
    Value,
    /// The beginning of a node: a key of a mapping, or a scalar.
    Node,
    /// A key of a flow mapping.
    Key,
    /// An item of a flow list.
    Item,
}

/// A place in a file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Place {
    /// The way to the node that is being written, or that the key belongs to.
    pub(super) path: Vec<Step>,
    /// What is being written.
    pub(super) slot: Slot,
    /// What there is of it up to the cursor, without an opening quote.
    pub(super) typed: String,
    /// The quote that is open.
    pub(super) quote: Option<char>,
    /// The other keys of the mapping, with what stands behind them on their lines.
    pub(super) siblings: Vec<(String, String)>,
    /// The column of the node, in bytes.
    pub(super) column: usize,
    /// Whether it stands in a flow collection.
    pub(super) is_flow: bool,
    /// Whether a dash of a list stands before it on the line.
    pub(super) has_dash: bool,
}

/// A line taken apart.
#[derive(Debug)]
struct Parts<'t> {
    /// The columns of its dashes.
    dashes: Vec<usize>,
    /// The column of what follows.
    column: usize,
    content: &'t str,
    /// The key, and what stands behind its colon.
    pair: Option<(&'t str, &'t str)>,
}

/// What the cursor is in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum At {
    /// A node.
    Place(Place),
    /// A comment; its text up to the cursor.
    Comment(String),
    /// The text of a block scalar under a key, that begins at this byte.
    Block(String, usize),
    /// Text in which nothing of YAML is known, such as what follows a value.
    Text,
}

/// What the cursor is in.
pub(super) fn at(text: &str, at: usize) -> At {
    let before = text.get(..at).unwrap_or_default();
    let start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let line = before[start..].trim_start_matches('\u{feff}');
    if let Some(comment) = comment_of(line) {
        return At::Comment(comment.to_owned());
    }
    let parts = parts(line);
    let mut path = Vec::new();
    let mut flow = None;
    let above = &text[..start];
    match upwards(above, &parts.dashes, parts.column, &mut path) {
        Above::Root => {}
        Above::Block(key, body) => return At::Block(key, body),
        Above::Flow(opening) => flow = Some(opening),
    }
    path.reverse();
    if let Some(opening) = flow {
        return in_flow(text, opening, at, path);
    }
    let has_dash = !parts.dashes.is_empty();
    if let Some((key, value)) = parts.pair {
        path.push(Step::Key(key.to_owned()));
        let value_start = at - value.len();
        return match value.starts_with(['{', '[']) {
            true => in_flow(text, value_start, at, path),
            false => value_at(
                value,
                path,
                &siblings(text, start, parts.column),
                parts.column,
                has_dash,
            ),
        };
    }
    if parts.content.starts_with(['{', '[']) {
        let opening = at - parts.content.len();
        return in_flow(text, opening, at, path);
    }
    let (typed, quote) = unquoted(parts.content);
    let Some(typed) = typed else {
        return At::Text;
    };
    At::Place(Place {
        path,
        slot: Slot::Node,
        typed: typed.to_owned(),
        quote,
        siblings: siblings(text, start, parts.column),
        column: parts.column,
        is_flow: false,
        has_dash,
    })
}

fn value_at(
    value: &str,
    path: Vec<Step>,
    siblings: &[(String, String)],
    column: usize,
    has_dash: bool,
) -> At {
    let is_block = value.starts_with(['|', '>']);
    // An anchor or a tag stands before the value.
    let value = match value.strip_prefix(['&', '!']) {
        Some(rest) => rest
            .split_once(' ')
            .map_or("", |(_, value)| value.trim_start()),
        None => value,
    };
    let (typed, quote) = unquoted(value);
    match typed {
        Some(typed) if !is_block => At::Place(Place {
            path,
            slot: Slot::Value,
            typed: typed.to_owned(),
            quote,
            siblings: siblings.to_vec(),
            column,
            is_flow: false,
            has_dash,
        }),
        _ => At::Text,
    }
}

/// A scalar without its opening quote; `None` if the quote is closed again.
fn unquoted(value: &str) -> (Option<&str>, Option<char>) {
    for quote in ['"', '\''] {
        if let Some(inner) = value.strip_prefix(quote) {
            return ((!inner.contains(quote)).then_some(inner), Some(quote));
        }
    }
    (Some(value), None)
}

/// What has to be found above.
#[derive(Clone, Copy, Debug)]
enum Need {
    /// The collection that a node at this column is in.
    Node(usize),
    /// The key that the list with dashes at this column belongs to.
    List(usize),
}

enum Above {
    Root,
    /// The place is in the block scalar of a key; its text begins at this byte.
    Block(String, usize),
    /// The place is in a flow collection that begins at this byte.
    Flow(usize),
}

/// Collects the steps to a node at a column from the bottom to the top. `dashes` are those of its own line.
fn upwards(above: &str, dashes: &[usize], column: usize, path: &mut Vec<Step>) -> Above {
    let mut need = Need::Node(column);
    for dash in dashes.iter().rev() {
        path.push(Step::Item);
        need = Need::List(*dash);
    }
    let mut end = above.len();
    while end > 0 {
        let start = above[..end - 1]
            .rfind('\n')
            .map_or(0, |newline| newline + 1);
        let line = above[start..end].trim_end_matches(['\n', '\r']);
        let line = line.trim_start_matches('\u{feff}');
        let (line_start, line_end) = (start, end);
        end = start;
        if line.starts_with("---") || line.starts_with("...") {
            break;
        }
        let trimmed = line.trim_start();
        let indent = line.len() - trimmed.len();
        let limit = match need {
            Need::Node(0) => break,
            Need::Node(column) => column,
            Need::List(column) => column + 1,
        };
        if trimmed.is_empty() || trimmed.starts_with('#') || indent >= limit {
            continue;
        }
        let parts = parts(line);
        let value = parts.pair.map_or(parts.content, |(_, value)| value);
        let value_start = line_start + above[line_start..].find(line).unwrap_or(0) + line.len()
            - trailing(line, value);
        let is_mine = match need {
            Need::Node(column) => parts.column < column,
            Need::List(column) => parts.pair.is_some() && parts.column <= column,
        };
        // In a flow collection indentation means little.
        let begins_flow = value.starts_with(['{', '[']) && flow::is_open(&above[value_start..]);
        if is_mine || begins_flow {
            if value.starts_with(['|', '>']) {
                let key = parts.pair.map_or("", |(key, _)| key);
                return Above::Block(key.to_owned(), line_end);
            }
            if let Some((key, _)) = parts.pair {
                path.push(Step::Key(key.to_owned()));
            }
            if begins_flow {
                finish(&parts, above, start, path);
                return Above::Flow(value_start);
            }
            if parts.pair.is_some() {
                need = Need::Node(parts.column);
            }
        }
        for dash in parts.dashes.iter().rev() {
            let is_mine = match need {
                Need::Node(column) => *dash < column,
                Need::List(column) => *dash < column,
            };
            if is_mine {
                path.push(Step::Item);
                need = Need::List(*dash);
            }
        }
    }
    Above::Root
}

/// The rest of the way from a line that was found.
fn finish(parts: &Parts<'_>, above: &str, start: usize, path: &mut Vec<Step>) {
    // What is above a flow collection is no part of one.
    upwards(&above[..start], &parts.dashes, parts.column, path);
}

/// How long the rest of a line is from a part of it on.
fn trailing(line: &str, part: &str) -> usize {
    let at = (part.as_ptr() as usize).saturating_sub(line.as_ptr() as usize);
    line.len().saturating_sub(at)
}

fn parts(line: &str) -> Parts<'_> {
    let mut column = line.len() - line.trim_start_matches([' ', '\t']).len();
    let mut dashes = Vec::new();
    loop {
        let rest = &line[column..];
        let Some(behind) = rest.strip_prefix('-') else {
            break;
        };
        if !behind.is_empty() && !behind.starts_with([' ', '\t', '\r']) {
            break;
        }
        dashes.push(column);
        let blanks = behind.len() - behind.trim_start_matches([' ', '\t']).len();
        column += 1 + blanks;
    }
    let content = line[column..].trim_end_matches('\r');
    // An anchor or a tag of a mapping stands on its line alone.
    let is_only_anchor = content.starts_with(['&', '!']) && !content.contains(' ');
    let content = if is_only_anchor { "" } else { content };
    Parts {
        dashes,
        column,
        content,
        pair: pair(content),
    }
}

/// The key of a line, and what stands behind the colon.
fn pair(content: &str) -> Option<(&str, &str)> {
    if content.starts_with(['{', '[', '#', '|', '>', '*']) {
        return None;
    }
    for quote in ['"', '\''] {
        if let Some(inner) = content.strip_prefix(quote) {
            let (key, rest) = inner.split_once(quote)?;
            let value = rest.trim_start().strip_prefix(':')?;
            let is_key = value.is_empty() || value.starts_with([' ', '\t']);
            return is_key.then(|| (key, value.trim_start()));
        }
    }
    let colon = content.match_indices(':').find(|(at, _)| {
        let behind = content.as_bytes().get(at + 1);
        behind.is_none_or(|byte| matches!(byte, b' ' | b'\t'))
    });
    let (at, _) = colon?;
    let key = content[..at].trim_end();
    // A colon at the end may belong to a mount or a port that is being written.
    let is_path = at + 1 == content.len() && key.contains([':', '/']);
    let is_key = !key.contains(" #") && !is_path;
    is_key.then(|| (key, content[at + 1..].trim_start()))
}

/// The comment that a line ends with, from its `#`.
pub(super) fn comment_of(line: &str) -> Option<&str> {
    let mut quote = None;
    let mut last = ' ';
    for (at, c) in line.char_indices() {
        match quote {
            Some(open) if c == open => quote = None,
            Some(_) => {}
            None if c == '#' && last.is_whitespace() => return Some(&line[at..]),
            // A quote counts where a value may begin.
            None if matches!(c, '"' | '\'') && matches!(last, ' ' | '\t' | '[' | '{' | ',') => {
                quote = Some(c);
            }
            None => {}
        }
        last = c;
    }
    None
}

/// The other keys of the mapping that a line belongs to. `start` is where the line begins.
fn siblings(text: &str, start: usize, column: usize) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut end = start;
    // Whether the line's own dash begins the mapping.
    let own = text[start..].split('\n').next().unwrap_or_default();
    let begins = !parts(own).dashes.is_empty();
    while end > 0 && !begins {
        let from = text[..end - 1].rfind('\n').map_or(0, |newline| newline + 1);
        let line = &text[from..end];
        end = from;
        match sibling(line, column) {
            Sibling::Key(key, value, is_first) => {
                found.push((key, value));
                if is_first {
                    break;
                }
            }
            Sibling::Other => {}
            Sibling::Outside => break,
        }
    }
    let next = text[start..]
        .find('\n')
        .map_or(text.len(), |at| start + at + 1);
    for line in text[next..].split_inclusive('\n') {
        match sibling(line, column) {
            Sibling::Key(_, _, true) | Sibling::Outside => break,
            Sibling::Key(key, value, false) => found.push((key, value)),
            Sibling::Other => {}
        }
    }
    found
}

enum Sibling {
    /// A key, its value, and whether a dash stands before it.
    Key(String, String, bool),
    /// Something inside the mapping.
    Other,
    Outside,
}

fn sibling(line: &str, column: usize) -> Sibling {
    let line = line
        .trim_end_matches(['\n', '\r'])
        .trim_start_matches('\u{feff}');
    let trimmed = line.trim_start();
    if trimmed.is_empty() || trimmed.starts_with('#') {
        return Sibling::Other;
    }
    let indent = line.len() - trimmed.len();
    if indent > column {
        return Sibling::Other;
    }
    if line.starts_with("---") {
        return Sibling::Outside;
    }
    let parts = parts(line);
    match parts.pair {
        Some((key, value)) if parts.column == column => {
            let value = comment_of(value).map_or(value, |comment| {
                value[..value.len() - comment.len()].trim_end()
            });
            let value = value.trim_matches(['"', '\'']);
            Sibling::Key(key.to_owned(), value.to_owned(), !parts.dashes.is_empty())
        }
        _ if indent < column => Sibling::Outside,
        // A list at the column of its key.
        _ => Sibling::Other,
    }
}

fn in_flow(text: &str, opening: usize, at: usize, mut path: Vec<Step>) -> At {
    let Some(frames) = flow::frames(&text[opening..at]) else {
        return At::Text;
    };
    let Some((last, outer)) = frames.split_last() else {
        return At::Text;
    };
    let step = |frame: &Frame| match (&frame.key, frame.is_map) {
        (Some(key), true) => Step::Key(key.clone()),
        _ => Step::Item,
    };
    path.extend(outer.iter().map(step));
    let slot = match (last.is_map, &last.key) {
        (true, Some(key)) => {
            path.push(Step::Key(key.clone()));
            Slot::Value
        }
        (true, None) => Slot::Key,
        (false, _) => {
            path.push(Step::Item);
            Slot::Item
        }
    };
    let (typed, quote) = unquoted(&last.typed);
    let Some(typed) = typed else {
        return At::Text;
    };
    let keys = last.keys.iter();
    At::Place(Place {
        path,
        slot,
        typed: typed.to_owned(),
        quote,
        siblings: keys
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect(),
        column: 0,
        is_flow: true,
        has_dash: false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The way, what is being written and what there is of it.
    fn check(marked: &str) -> String {
        let cursor = marked.find('¦').expect("a cursor");
        let text = marked.replace('¦', "");
        match at(&text, cursor) {
            At::Place(place) => {
                let steps = place.path.iter().map(|step| match step {
                    Step::Key(key) => key.as_str(),
                    Step::Item => "-",
                });
                let way: Vec<&str> = steps.collect();
                let keys: Vec<&str> = place.siblings.iter().map(|(key, _)| &**key).collect();
                let slot = match place.slot {
                    Slot::Value => "value",
                    Slot::Node => "node",
                    Slot::Key => "key",
                    Slot::Item => "item",
                };
                format!(
                    "{} {slot} `{}` [{}]",
                    way.join("."),
                    place.typed,
                    keys.join(" ")
                )
            }
            At::Comment(comment) => format!("comment {comment}"),
            At::Block(key, _) => format!("text of {key}"),
            At::Text => "text".to_owned(),
        }
    }

    #[test]
    fn indentation_says_where_the_cursor_is() {
        for (text, expected) in [
            ("¦", " node `` []"),
            ("serv¦\nname: x\n", " node `serv` [name]"),
            ("services:\n  ¦", "services node `` []"),
            (
                "services:\n  web:\n    im¦\n    build: .\n  db:\n    x: 1\n",
                "services.web node `im` [build]",
            ),
            (
                "services:\n  web:\n    image: al¦",
                "services.web.image value `al` []",
            ),
            (
                "services:\n  web:\n    image: \"al¦",
                "services.web.image value `al` []",
            ),
            (
                "services:\n  web:\n    ports:\n      - ¦",
                "services.web.ports.- node `` []",
            ),
            (
                "services:\n  web:\n    ports:\n    - 80¦",
                "services.web.ports.- node `80` []",
            ),
            (
                "a:\n  - target: 80\n    pub¦\n  - x: 1\n",
                "a.- node `pub` [target]",
            ),
            ("a:\n  - x: 1\n  - t¦\n    y: 1\n", "a.- node `t` [y]"),
            ("a:\n- x: 1\n  y: ¦\n", "a.-.y value `` [x]"),
            ("a:\n  b: 1\n\n  # c\n¦\n", " node `` [a]"),
            ("a:\n  - - x¦", "a.-.- node `x` []"),
            ("a: 1\n---\nb¦", " node `b` []"),
            ("a: &x\n  b: 1\n  ¦", "a node `` [b]"),
            ("\u{feff}a:\r\n  b¦\r\n", "a node `b` []"),
        ] {
            assert_eq!(check(text), expected, "{text}");
        }
    }

    #[test]
    fn flow_collections_are_followed() {
        for (text, expected) in [
            ("a: {b: 1, c¦", "a key `c` [b]"),
            ("a: {b: ¦}", "a.b value `` []"),
            ("a: [x, ¦]", "a.- item `` []"),
            ("a: [{b: [1, \"2¦", "a.-.b.- item `2` []"),
            ("a:\n  b: {\n    c: 1,\n    d¦\n  }\n", "a.b key `d` [c]"),
            ("a:\n  - [x,\n    ¦\n", "a.-.- item `` []"),
            ("a: {b: 1} ¦", "text"),
            ("a: [\"x, y\", '#'¦", "text"),
        ] {
            assert_eq!(check(text), expected, "{text}");
        }
    }

    #[test]
    fn comments_and_texts_are_told_from_yaml() {
        for (text, expected) in [
            ("# dock¦", "comment # dock"),
            ("a: b # c¦", "comment # c"),
            ("a: b#c¦", "a value `b#c` []"),
            ("a: '# c¦", "a value `# c` []"),
            ("a: |\n  b: ¦", "text of a"),
            ("a: |\n  b:\n    c¦", "text of a"),
            ("a: \"b\" ¦", "text"),
        ] {
            assert_eq!(check(text), expected, "{text}");
        }
    }
}
