//! Where Docker Compose is stricter than YAML.
//!
//! Compose reads with go-yaml, which follows libyaml: tabs, empty keys, some text between brackets, names of
//! anchors and directives that the event parser lets pass are errors there. Each case was tried with
//! `docker compose config` 5.6.1.
//!
//! Invariant: the work is proportional to the number of tabs and the size of the tree.

use super::diagnose::{TAB, TAB_HELP, char_at, error, shown};
use super::layout::{content, indent, line_at, previous_line};
use super::node::Repr;
use super::{CollectionStyle, Document, Entry, NodeId, Place, ScalarStyle};
use crate::diagnostic::SyntaxError;
use crate::text::Span;
use crate::text::span::offset;

/// Everything in a document that YAML allows and Compose does not.
pub(super) fn check(document: &Document, errors: &mut Vec<SyntaxError>) {
    for id in document.ids() {
        for check in [empty_key, tag_end, text_in_brackets, json_escape] {
            // To extend the list by nothing would cost more than to look.
            if let Some(error) = check(document, id) {
                errors.push(error);
            }
        }
        if is_flow(document, id) {
            for entry in document.entries(id) {
                errors.extend(split_key(document, *entry));
            }
        }
    }
    for anchor in &document.anchors {
        let name = anchor.span.text(&document.text);
        if !name.is_ascii() {
            let message = format!("the anchor {} has a name that is not ASCII", shown(name));
            let error = error(anchor.span, message);
            errors.push(
                error.with_help("Docker Compose takes letters, digits and `_`, `-` and the like"),
            );
        }
    }
    tabs(document, errors);
}

/// The directives in front of a document that begins with `---` at `span.end`: Compose takes `%YAML 1.1`
/// and `%TAG` only.
pub(super) fn directives(text: &str, span: Span, errors: &mut Vec<SyntaxError>) {
    let mut lines = span.text(text).split_inclusive('\n');
    let mut at = span.start;
    while let Some(line) = lines.next().filter(|_| at < span.end) {
        let place = content(text, line_at(text, at));
        at += offset(line.len());
        let mut words = place.text(text).split_ascii_whitespace();
        let name = words.next().filter(|name| name.starts_with('%'));
        let message = match (name, words.next()) {
            (None | Some("%TAG"), _) | (Some("%YAML"), Some("1.1")) => continue,
            (Some("%YAML"), _) => "Docker Compose reads `%YAML 1.1` only".to_owned(),
            (Some(name), _) => format!("the directive {} is not known", shown(name)),
        };
        errors.push(
            error(place, message).with_help("remove the line; Compose files need no directive"),
        );
    }
}

/// A document behind `...` that does not begin with `---`.
pub(super) fn bare_document(text: &str, at: u32) -> SyntaxError {
    let place = content(text, line_at(text, at));
    error(place, "a document behind `...` does not begin with `---`")
        .with_help("remove the line `...`, or write `---` below it")
}

/// `: value` without a key. With `? ` in front it is an empty key, which Compose refuses as such.
fn empty_key(document: &Document, id: NodeId) -> Option<SyntaxError> {
    let span = document.span(id);
    if !span.is_empty() || !matches!(document.place(id), Place::Key(_)) {
        return None;
    }
    let text: &str = &document.text;
    let rest = text.get(span.start as usize..)?;
    let blanks = rest.bytes().take_while(|byte| *byte == b' ').count();
    let colon = char_at(text, span.start + offset(blanks));
    // Between braces `? : value` is fine, and so is `?` on a line of its own.
    let explicit = text.get(..span.start as usize)?.ends_with('?');
    let bare = document.anchor(id).is_none() && document.tag(id).is_none();
    if colon.text(text) != ":" || explicit && in_flow(document, id) || !bare {
        return None;
    }
    Some(error(colon, "a key is missing before `:`").with_help("write `key: value`"))
}

/// A tag that is followed by a bracket or a comma, which go-yaml takes for a part of it.
fn tag_end(document: &Document, id: NodeId) -> Option<SyntaxError> {
    let tag = document.tag(id)?;
    let next = char_at(&document.text, tag.span.end);
    let glued = matches!(next.text(&document.text), "," | "]" | "}");
    if !glued && !tag.text.contains('#') {
        return None;
    }
    let message = format!("no blank after the tag {}", shown(tag.text));
    Some(
        error(tag.span, message)
            .with_help("put a blank or a value between the tag and what follows"),
    )
}

/// Plain text between brackets that begins with `:` or holds a `?` before a blank. Both have a meaning for
/// go-yaml there.
fn text_in_brackets(document: &Document, id: NodeId) -> Option<SyntaxError> {
    let Repr::Scalar {
        style: ScalarStyle::Plain,
        ..
    } = document.nodes[id.index()].repr
    else {
        return None;
    };
    let span = document.span(id);
    let source = span.text(&document.text);
    let question = memchr::memchr_iter(b'?', source.as_bytes()).find_map(|at| {
        let mark = char_at(&document.text, span.start + offset(at));
        let next = document.text.as_bytes().get(mark.end as usize);
        next.is_none_or(u8::is_ascii_whitespace).then_some(mark)
    });
    let colon = source
        .starts_with(':')
        .then(|| char_at(&document.text, span.start));
    let mark = question.or(colon).filter(|_| in_flow(document, id))?;
    let message = format!(
        "{} cannot stand here in text between brackets",
        shown(mark.text(&document.text))
    );
    Some(error(mark, message).with_help("put the text in quotes"))
}

/// The first escape of a double-quoted scalar that only JSON knows: `\/`, or two `\u` for one character.
fn json_escape(document: &Document, id: NodeId) -> Option<SyntaxError> {
    let Repr::Scalar {
        style: ScalarStyle::DoubleQuoted,
        ..
    } = document.nodes[id.index()].repr
    else {
        return None;
    };
    let span = document.span(id);
    let source = span.text(&document.text).as_bytes();
    let mut at = memchr::memchr(b'\\', source)?;
    let len = loop {
        match source.get(at + 1..)? {
            [b'/', ..] => break 2,
            [
                b'u',
                b'd' | b'D',
                b'8' | b'9' | b'a' | b'b' | b'A' | b'B',
                ..,
            ] => break 12,
            _ => at += 2,
        }
        at += memchr::memchr(b'\\', source.get(at..)?)?;
    };
    let start = span.start + offset(at);
    let span = Span::new(start, (start + len).min(span.end));
    let message = format!(
        "{} is not an escape for Docker Compose",
        shown(span.text(&document.text))
    );
    Some(error(span, message).with_help("write the character itself"))
}

/// A key between braces that goes over a line break, or whose `:` stands on another line.
fn split_key(document: &Document, entry: Entry) -> Option<SyntaxError> {
    let text: &str = &document.text;
    let key = document.full_span(entry.key);
    let value = document.full_span(entry.value);
    let whole = Span::new(key.start, value.start).text(text);
    let line = whole.find(['\n', '\r'])?;
    let behind = Span::new(key.end, value.start).text(text);
    let colon = behind.find(':')?;
    let explicit = Span::new(0, key.start).text(text).trim_end().ends_with('?');
    if explicit || line > key.len() as usize + colon {
        return None;
    }
    let message = "the `:` does not stand on the line on which its key begins";
    Some(
        error(document.span(entry.key), message).with_help("write the key and its `:` on one line"),
    )
}

/// What a place in the file that is no part of a value is inside of.
enum Around {
    /// A quoted scalar.
    Quotes,
    /// A plain scalar of several lines, or the end of its last line.
    Plain(NodeId),
    /// A block scalar, or the blank lines behind it.
    Block(NodeId),
    /// Brackets.
    Flow,
    /// Anything else.
    Between,
}

/// What the blanks at `at` belong to, when `last` is the last byte before them that is no blank.
fn around(document: &Document, at: u32, last: Option<u32>) -> Around {
    let deepest = document.node_at(at);
    let inside = deepest.filter(|id| {
        let span = document.span(*id);
        span.start < at && at < span.end
    });
    let before = last.and_then(|last| {
        let id = document.node_at(last + 1)?;
        (document.span(id).end == last + 1).then_some(id)
    });
    for id in [inside, before].into_iter().flatten() {
        if let Repr::Scalar { style, .. } = document.nodes[id.index()].repr {
            match style {
                ScalarStyle::Plain => return Around::Plain(id),
                ScalarStyle::Literal | ScalarStyle::Folded => return Around::Block(id),
                _ if Some(id) == inside => return Around::Quotes,
                _ => {}
            }
        }
    }
    let mut around = deepest.into_iter().flat_map(|id| document.ancestors(id));
    let in_brackets = around.any(|id| {
        let span = document.span(id);
        is_flow(document, id) && span.start < at && at < span.end
    });
    if in_brackets {
        Around::Flow
    } else {
        Around::Between
    }
}

fn in_flow(document: &Document, id: NodeId) -> bool {
    document.ancestors(id).any(|id| is_flow(document, id))
}

fn is_flow(document: &Document, id: NodeId) -> bool {
    document.collection_style(id) == Some(CollectionStyle::Flow)
}

/// At which column the text of a scalar in the block around it must at least stand.
fn required_column(document: &Document, id: NodeId) -> u32 {
    let block = |id: &NodeId| document.collection_style(*id) == Some(CollectionStyle::Block);
    let block = document.ancestors(id).skip(1).find(block);
    block.map_or(0, |block| {
        column(&document.text, document.span(block).start) + 1
    })
}

fn column(text: &str, at: u32) -> u32 {
    let before = Span::new(line_at(text, at).start, at).text(text);
    offset(before.trim_start_matches('\u{feff}').chars().count())
}

/// How deep the lines of a block scalar are indented.
fn block_column(document: &Document, id: NodeId) -> u32 {
    let span = document.span(id);
    let header = line_at(&document.text, span.start);
    let first = super::layout::next_line(&document.text, header);
    first
        .filter(|first| first.start < span.end)
        .map_or(0, |first| indent(&document.text, first))
}

/// Tabs that stand for indentation. A run of blank lines is reported once.
fn tabs(document: &Document, errors: &mut Vec<SyntaxError>) {
    let text: &str = &document.text;
    let bytes = text.as_bytes();
    let end = document.span.end as usize;
    let mut at = document.span.start as usize;
    if document.root.is_none() {
        return;
    }
    while let Some(found) = bytes
        .get(at..end)
        .and_then(|rest| memchr::memchr(b'\t', rest))
    {
        let tab = offset(at + found);
        let line = line_at(text, tab);
        let before = Span::new(line.start, tab).text(text);
        let before = match line.start {
            0 => before.trim_start_matches('\u{feff}'),
            _ => before,
        };
        let blank = line.text(text).trim().is_empty();
        let mut next = line.end as usize;
        if before.trim_start_matches(' ').is_empty() {
            if blank {
                next += bytes[next..]
                    .iter()
                    .take_while(|byte| byte.is_ascii_whitespace())
                    .count();
                next = if next < bytes.len() {
                    line_at(text, offset(next)).start as usize
                } else {
                    next
                };
            }
            if is_indentation(document, tab, offset(before.len()), blank) {
                let run = bytes[tab as usize..]
                    .iter()
                    .take_while(|byte| **byte == b'\t');
                let span = Span::new(tab, tab + offset(run.count()));
                errors.push(error(span, TAB).with_help(TAB_HELP));
            }
        } else if indicators_only(before) {
            // `-⇥item`: only a blank may separate the two. Inside a scalar this is just text.
            let around = around(document, tab, None);
            if matches!(around, Around::Between) {
                let message = format!("a tab follows {}", shown(before.trim()));
                let error = error(Span::new(tab, tab + 1), message);
                errors.push(
                    error.with_help("write a space; Docker Compose does not allow a tab there"),
                );
            }
        }
        at = next.max(tab as usize + 1);
    }
}

/// Whether a text is a row of `- `, `? ` and `: `.
fn indicators_only(text: &str) -> bool {
    text.split(' ')
        .all(|word| matches!(word, "" | "-" | "?" | ":"))
}

/// Whether a tab that only blanks stand before on its line counts as indentation.
fn is_indentation(document: &Document, tab: u32, column: u32, blank: bool) -> bool {
    let text: &str = &document.text;
    let last = previous_line(text, line_at(text, tab)).map(|line| {
        let end = line.text(text).trim_end().len();
        line.start + offset(end) - 1
    });
    match around(document, tab, last) {
        Around::Quotes | Around::Flow => false,
        Around::Plain(id) => column < required_column(document, id),
        Around::Block(id) => {
            let span = document.span(id);
            let header = Span::new(span.start, line_at(text, span.start).end);
            let between = Span::new(header.end, tab).text(text);
            let detects = !header.text(text).contains(|c: char| c.is_ascii_digit());
            // Before the first line with text go-yaml does not know the indentation yet.
            detects && between.trim().is_empty()
                || column < block_column(document, id) && (blank || span.end <= tab)
        }
        Around::Between => true,
    }
}
