//! YAML trees: against `serde_yaml` on real files, in shape on our own, and whole on hostile ones.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use dockworthy::yaml::{self, Document, Kind, NodeId, Resolved, ScalarStyle, Yaml};

use super::corpus;

fn read(path: &Path) -> Arc<str> {
    let bytes = std::fs::read(path).expect("readable");
    // The repair that `text::source` makes: offsets stay true.
    String::from_utf8_lossy(&bytes)
        .replace('\u{fffd}', "?")
        .into()
}

/// The Compose files of the corpus that Compose calls valid.
fn compose_files() -> Vec<(PathBuf, Arc<str>)> {
    let Some(corpus) = corpus::dir() else {
        return Vec::new();
    };
    let list = std::fs::read_to_string(corpus.join("compose.jsonl")).expect("readable");
    let mut files = Vec::new();
    for line in list.lines() {
        let answer: serde_json::Value = serde_json::from_str(line).expect("JSON");
        if answer["valid"] == true {
            let path = corpus.join(answer["file"].as_str().expect("a path"));
            let text = read(&path);
            files.push((path, text));
        }
    }
    assert!(files.len() > 600, "the corpus has changed");
    files
}

/// Every promise that a tree makes about itself.
fn assert_whole(text: &str, yaml: &Yaml) {
    assert!(!yaml.documents.is_empty());
    let mut end = 0;
    for document in &yaml.documents {
        assert_eq!(document.span.start, end, "documents cover the file");
        end = document.span.end;
        for id in document.ids() {
            assert_node(text, document, id);
        }
        for pair in document.comments.windows(2) {
            assert!(pair[0].span.end <= pair[1].span.start);
        }
        for comment in &document.comments {
            assert!(comment.span.text(text).starts_with('#'));
        }
        for anchor in &document.anchors {
            assert!(anchor.span.text(text).starts_with('&'));
            assert_eq!(
                document.anchor(anchor.node).map(|anchor| anchor.1),
                Some(anchor.span)
            );
        }
    }
    assert_eq!(end as usize, text.len());
    for span in &yaml.skipped {
        assert!(text.get(span.range()).is_some());
    }
}

fn assert_node(text: &str, document: &Document, id: NodeId) {
    let span = document.span(id);
    let source = text.get(span.range()).expect("a span on boundaries");
    assert!(document.span.contains(span));
    let children: Vec<NodeId> = match document.kind(id) {
        Kind::Sequence(items) => items.to_vec(),
        Kind::Mapping(entries) => entries.iter().flat_map(|e| [e.key, e.value]).collect(),
        Kind::Scalar(scalar) => {
            let quotes = match scalar.style {
                ScalarStyle::SingleQuoted => "''",
                ScalarStyle::DoubleQuoted => "\"\"",
                ScalarStyle::Literal => "|",
                ScalarStyle::Folded => ">",
                ScalarStyle::Plain => "",
            };
            assert!(
                source.starts_with(&quotes[..quotes.len().min(1)]),
                "{span:?} {source:?}"
            );
            assert!(source.ends_with(&quotes[quotes.len() / 2..]) || quotes.len() == 1);
            let cooked = document.cooked(id).expect("a scalar");
            assert_eq!(cooked.text(), scalar.value);
            let whole = cooked.span(0..cooked.text().len());
            assert!(whole.is_empty() || text.get(whole.range()).is_some());
            Vec::new()
        }
        Kind::Alias(alias) => {
            assert_eq!(source, format!("*{}", alias.name));
            Vec::new()
        }
    };
    let mut last = span.start;
    for child in children {
        let inside = document.full_span(child);
        assert!(span.contains(inside), "{span:?} does not hold {inside:?}");
        assert!(last <= inside.start, "{inside:?} begins before {last}");
        last = inside.end;
        assert_eq!(document.parent(child), Some(id));
    }
}

#[test]
fn valid_compose_files_have_no_errors() {
    for (path, text) in compose_files() {
        let parse = yaml::parse(&text);
        assert_eq!(parse.errors, [], "{}", path.display());
        assert_eq!(parse.tree.skipped, []);
        assert_whole(&text, &parse.tree);
    }
}

/// Every place of the value can be mapped back, and a place that stands for itself shows itself.
#[test]
fn cooked_text_maps_back_to_itself() {
    for (path, text) in compose_files() {
        for document in &yaml::parse(&text).tree.documents {
            for id in document.ids() {
                let Some(cooked) = document.cooked(id).filter(|_| document.resolve(id) == id)
                else {
                    continue;
                };
                for (at, c) in cooked.text().char_indices() {
                    let span = cooked.span(at..at + c.len_utf8());
                    let own = document.span(id);
                    // The line break that a block of text ends with lies behind its last line.
                    let last_break = c == '\n' && span.start >= own.end;
                    assert!(own.contains(span) || last_break, "{}", path.display());
                    let shown = span.text(&text);
                    let folded = matches!(c, ' ' | '\n') && shown.trim().is_empty();
                    let escaped = shown.starts_with(['\\', '\'']);
                    let same = shown.chars().eq([c]) || folded || escaped;
                    assert!(same, "{}: {shown:?} for {c:?}", path.display());
                }
            }
        }
    }
}

#[test]
fn values_equal_those_of_serde_yaml() {
    for (path, text) in compose_files() {
        let ours = yaml::parse(&text).tree.documents;
        let theirs: Vec<serde_yaml::Value> = serde_yaml::Deserializer::from_str(&text)
            .map(|document| serde::Deserialize::deserialize(document).expect("valid"))
            .collect();
        assert_eq!(ours.len(), theirs.len(), "{}", path.display());
        for (document, value) in ours.iter().zip(&theirs) {
            let mut different = Vec::new();
            match document.root {
                Some(root) => compare(document, root, value, &mut different),
                None => assert!(value.is_null()),
            }
            assert_eq!(different, [""; 0], "{}", path.display());
        }
    }
}

/// Compares a node with `serde_yaml`'s value. Scalars may differ only where go-yaml, which Compose reads
/// with, knows more numbers than YAML 1.2.
fn compare(document: &Document, id: NodeId, value: &serde_yaml::Value, out: &mut Vec<String>) {
    let id = document.resolve(id);
    let value = match value {
        serde_yaml::Value::Tagged(tagged) => &tagged.value,
        other => other,
    };
    let same = match (document.kind(id), value) {
        (Kind::Sequence(items), serde_yaml::Value::Sequence(values)) => {
            for (item, value) in items.iter().zip(values) {
                compare(document, *item, value, out);
            }
            items.len() == values.len()
        }
        (Kind::Mapping(entries), serde_yaml::Value::Mapping(values)) => {
            for (entry, (key, value)) in entries.iter().zip(values) {
                compare(document, entry.key, key, out);
                compare(document, entry.value, value, out);
            }
            entries.len() == values.len()
        }
        (Kind::Scalar(scalar), value) => {
            let more_numbers = scalar.value.contains('_')
                || scalar.value.trim_start_matches(['+', '-']).starts_with('0');
            match (scalar.resolve(), value) {
                (Resolved::Null, serde_yaml::Value::Null) => true,
                (Resolved::Bool(ours), serde_yaml::Value::Bool(theirs)) => ours == *theirs,
                (Resolved::Int(ours), serde_yaml::Value::Number(theirs)) => {
                    let theirs = theirs
                        .as_i64()
                        .map(i128::from)
                        .or(theirs.as_u64().map(i128::from));
                    theirs == Some(ours)
                }
                (Resolved::Float(ours), serde_yaml::Value::Number(theirs)) => theirs
                    .as_f64()
                    .is_some_and(|theirs| theirs.to_bits() == ours.to_bits()),
                (Resolved::Int(_) | Resolved::Float(_), serde_yaml::Value::String(theirs)) => {
                    more_numbers && scalar.value == theirs
                }
                (Resolved::Str, serde_yaml::Value::String(theirs)) => scalar.value == theirs,
                _ => false,
            }
        }
        _ => false,
    };
    if !same {
        out.push(format!(
            "{}: {:?} is not {value:?}",
            document.path(id),
            document.kind(id)
        ));
    }
}
