//! Edits that mend a tree: each touches the fewest bytes and is only made where the text allows no doubt.

use crate::text::span::offset;
use crate::text::{Edit, Span};
use crate::yaml::{CollectionStyle, Document, Entry, NodeId, Place, ScalarStyle, edit};

/// The lines that `span` stands on, with their line break, if nothing else stands on them.
fn whole_lines(text: &str, span: Span) -> Option<Span> {
    let before = Span::new(0, span.start).text(text);
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let indent = &before[start..];
    if !indent.bytes().all(|byte| byte == b' ' || byte == b'-') {
        return None;
    }
    let after = text.get(span.end as usize..)?;
    let line = after.find('\n').map_or(after, |at| &after[..at]);
    line.trim().is_empty().then(|| {
        let end = offset(span.end as usize + line.len() + usize::from(line.len() < after.len()));
        Span::new(offset(start), end)
    })
}

/// Takes a whole entry of a block mapping out, if it stands alone on its lines.
pub(super) fn delete_entry(document: &Document, entry: Entry) -> Option<Edit> {
    let mapping = document.parent(entry.key)?;
    if document.collection_style(mapping) != Some(CollectionStyle::Block) {
        return None;
    }
    let span = document.entry_span(entry);
    // The value that is not there stands behind the colon.
    let text = document.text();
    let lines = whole_lines(text, span)?;
    let indent = Span::new(lines.start, span.start).text(text);
    // The first entry of a list item carries the dash.
    (!indent.contains('-')).then(|| Edit::delete(lines))
}

/// Takes a scalar item of a sequence out that has others: in the block style if it stands alone on its lines.
pub(super) fn delete_item(document: &Document, item: NodeId) -> Option<Edit> {
    let list = document.parent(item)?;
    if document.anchor(item).is_some() {
        return None;
    }
    let text = document.text();
    if document.collection_style(list)? == CollectionStyle::Flow {
        return edit::remove_item(text, document.full_span(item));
    }
    let lines = whole_lines(text, document.full_span(item))?;
    let before = Span::new(lines.start, document.full_span(item).start).text(text);
    // Exactly one dash: a list in a list would lose its beginning.
    (before.trim() == "-").then(|| Edit::delete(lines))
}

/// `- KEY: VALUE` to `- KEY=VALUE`, on one line, with the quotes of the value around all of it. Between braces too.
pub(super) fn colon_to_equals(document: &Document, entry: Entry) -> Option<Vec<Edit>> {
    let style = |node: NodeId| {
        let is_bare = document.resolve(node) == node
            && document.anchor(node).is_none()
            && document.tag(node).is_none();
        let scalar = document.scalar(node).filter(|_| is_bare);
        scalar.map(|scalar| scalar.style)
    };
    let (key, value) = (document.span(entry.key), document.span(entry.value));
    let mapping = document.parent(entry.key)?;
    let text = document.text();
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || b"._-/".contains(&byte);
    if style(entry.key) != Some(ScalarStyle::Plain)
        || !key.text(text).bytes().all(is_name)
        || document.span(mapping).text(text).contains('\n')
        || value.is_empty()
    {
        return None;
    }
    let mut edits = match style(entry.value)? {
        ScalarStyle::Plain => vec![Edit::replace(Span::new(key.end, value.start), "=")],
        ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => {
            let quote = Span::new(value.start, value.start + 1).text(text);
            vec![
                Edit::insert(key.start, quote),
                Edit::replace(Span::new(key.end, value.start + 1), "="),
            ]
        }
        ScalarStyle::Literal | ScalarStyle::Folded => return None,
    };
    if document.collection_style(mapping)? == CollectionStyle::Flow {
        let all = document.span(mapping);
        let open = Span::new(all.start, key.start);
        let close = Span::new(value.end, all.end);
        if open.text(text).trim() != "{" || close.text(text).trim() != "}" {
            return None;
        }
        edits.push(Edit::delete(open));
        edits.push(Edit::delete(close));
    }
    Some(edits)
}

/// Puts a plain item in front of another.
pub(super) fn insert_item_before(document: &Document, item: NodeId, text: &str) -> Option<Edit> {
    let list = document.parent(item)?;
    if document.place(item) != Place::Item(0) {
        return None;
    }
    let at = document.full_span(item).start;
    match document.collection_style(list)? {
        CollectionStyle::Flow => {
            let source = document.span(item).text(document.text());
            let quoted = match source.chars().next()? {
                quote @ ('"' | '\'') => format!("{quote}{text}{quote}"),
                _ => text.to_owned(),
            };
            Some(Edit::insert(at, format!("{quoted}, ")))
        }
        CollectionStyle::Block => {
            let before = Span::new(0, at).text(document.text());
            let start = before.rfind('\n').map_or(0, |at| at + 1);
            let indent = &before[start..];
            (indent.trim() == "-").then(|| {
                let blanks: String = indent.chars().take_while(|c| *c != '-').collect();
                Edit::insert(at, format!("{text}\n{blanks}- "))
            })
        }
    }
}
