//! A strict reader of the little XML that reports use: elements, attributes and text, nothing else.

use std::collections::BTreeMap;

/// An element.
#[derive(Debug, Default)]
pub struct Element {
    pub name: String,
    pub attributes: BTreeMap<String, String>,
    pub children: Vec<Element>,
    pub text: String,
}

impl Element {
    /// An attribute that must be there.
    pub fn attribute(&self, name: &str) -> &str {
        self.attributes
            .get(name)
            .unwrap_or_else(|| panic!("<{}> has no `{name}`", self.name))
    }

    /// An attribute that is a number.
    pub fn number(&self, name: &str) -> u64 {
        self.attribute(name).parse().expect("a number")
    }
}

/// Reads a document.
pub fn parse(text: &str) -> Result<Element, String> {
    let allowed = |c: char| {
        // https://www.w3.org/TR/xml/#charsets
        matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
    };
    if let Some(bad) = text.chars().find(|c| !allowed(*c)) {
        return Err(format!("{bad:?} cannot stand in XML"));
    }
    let text = match text.strip_prefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n") {
        Some(text) => text,
        None => text,
    };
    let mut stack = vec![Element::default()];
    let mut rest = text;
    while !rest.is_empty() {
        let Some(at) = rest.find('<') else {
            add_text(&mut stack, rest)?;
            break;
        };
        add_text(&mut stack, &rest[..at])?;
        let end = rest[at..].find('>').ok_or("a tag is not closed")? + at;
        tag(&mut stack, &rest[at + 1..end])?;
        rest = &rest[end + 1..];
    }
    let mut root = stack.pop().ok_or("a tag is closed that was not opened")?;
    if !stack.is_empty() || root.children.len() != 1 || !root.text.trim().is_empty() {
        return Err("there is not one root element".to_owned());
    }
    root.children.pop().ok_or_else(String::new)
}

fn add_text(stack: &mut [Element], text: &str) -> Result<(), String> {
    if text.contains("]]>") {
        return Err("`]]>` in a text".to_owned());
    }
    let top = stack.last_mut().ok_or("text outside of elements")?;
    top.text.push_str(&unescaped(text)?);
    Ok(())
}

fn tag(stack: &mut Vec<Element>, tag: &str) -> Result<(), String> {
    if let Some(name) = tag.strip_prefix('/') {
        let element = stack.pop().ok_or("a tag too much")?;
        if element.name != name {
            return Err(format!("</{name}> closes <{}>", element.name));
        }
        stack.last_mut().ok_or("no parent")?.children.push(element);
        return Ok(());
    }
    let (tag, is_empty) = match tag.strip_suffix('/') {
        Some(tag) => (tag, true),
        None => (tag, false),
    };
    let (name, mut rest) = tag.split_once(' ').unwrap_or((tag, ""));
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '-';
    if name.is_empty() || !name.chars().all(is_name) {
        return Err(format!("`{tag}` has no name"));
    }
    let mut element = Element {
        name: name.to_owned(),
        ..Element::default()
    };
    while !rest.is_empty() {
        let (key, behind) = rest.split_once("=\"").ok_or("an attribute has no value")?;
        let (value, behind) = behind.split_once('"').ok_or("a quote is not closed")?;
        if value.contains(['\n', '\t', '\r', '<']) {
            return Err(format!("the value of `{key}` would be changed by a reader"));
        }
        let old = element
            .attributes
            .insert(key.trim().to_owned(), unescaped(value)?);
        if old.is_some() {
            return Err(format!("`{key}` stands twice"));
        }
        rest = behind;
    }
    if is_empty {
        stack.last_mut().ok_or("no parent")?.children.push(element);
    } else {
        stack.push(element);
    }
    Ok(())
}

fn unescaped(text: &str) -> Result<String, String> {
    let mut result = String::new();
    let mut pieces = text.split('&');
    result.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        let (name, behind) = piece.split_once(';').ok_or("a lone `&`")?;
        result.push(match name {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "apos" => '\'',
            _ => return Err(format!("`&{name};` is unknown")),
        });
        result.push_str(behind);
    }
    Ok(result)
}

/// An element, its attributes (`?` behind one that may be absent), its children.
type Shape = (&'static str, &'static str, &'static str);

/// What the documents consist of, by the names of their schemas.
const SHAPES: [(&str, &[Shape]); 2] = [
    (
        "checkstyle.xsd",
        &[
            ("checkstyle", "version", "file"),
            ("file", "name", "error"),
            ("error", "line? column? severity message source", ""),
        ],
    ),
    (
        "junit.xsd",
        &[
            ("testsuites", "name tests failures errors", "testsuite"),
            (
                "testsuite",
                "name file? tests failures errors skipped",
                "testcase",
            ),
            ("testcase", "name classname", "failure error skipped"),
            ("failure", "type message", ""),
            ("skipped", "type message", ""),
            ("error", "type message", ""),
        ],
    ),
];

/// Fails when an element is not as `schema` says.
pub fn check(root: &Element, schema: &str) {
    let shapes = SHAPES.iter().find(|(name, _)| *name == schema);
    let (_, shapes) = shapes.expect("a known schema");
    assert_eq!(root.name, shapes[0].0);
    let mut open = vec![root];
    while let Some(element) = open.pop() {
        let shape = shapes.iter().find(|(name, ..)| *name == element.name);
        let (name, attributes, children) = shape.expect("a known element");
        let known: Vec<&str> = attributes.split(' ').collect();
        for attribute in element.attributes.keys() {
            let is_known = known.iter().any(|k| k.trim_end_matches('?') == attribute);
            assert!(is_known, "<{name}> has `{attribute}`");
        }
        for attribute in known.iter().filter(|known| !known.ends_with('?')) {
            element.attribute(attribute);
        }
        for child in &element.children {
            let is_known = children.split(' ').any(|known| known == child.name);
            assert!(is_known, "<{name}> holds <{}>", child.name);
        }
        open.extend(&element.children);
    }
}
