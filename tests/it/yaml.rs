//! YAML trees: against `serde_yaml` on real files, in shape on our own, and whole on hostile ones.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use dockworthy::yaml::{
    self, CollectionStyle, Document, Kind, NodeId, Resolved, ScalarStyle, Yaml,
};

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
pub fn assert_whole(text: &str, yaml: &Yaml) {
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

fn fixtures() -> Vec<(String, Arc<str>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/yaml");
    let mut fixtures: Vec<(String, Arc<str>)> = std::fs::read_dir(folder)
        .expect("readable")
        .map(|entry| entry.expect("readable").path())
        .map(|path| {
            let name = path
                .file_stem()
                .expect("a name")
                .to_string_lossy()
                .into_owned();
            (name, std::fs::read_to_string(&path).expect("UTF-8").into())
        })
        .collect();
    fixtures.sort();
    fixtures
}

pub fn snapshot(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(concat!(env!("CARGO_MANIFEST_DIR"), "/snapshots/parse"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(format!("yaml-{name}"), text));
}

/// The tree of a file, one node a line: place, kind, and for scalars the value and what it means.
fn dump(yaml: &Yaml) -> String {
    let mut out = String::new();
    for document in &yaml.documents {
        writeln!(out, "document {:?}", document.span).expect("writable");
        for comment in &document.comments {
            let place = if comment.own_line { "above" } else { "beside" };
            let text = document.comment_text(*comment);
            writeln!(out, "  comment {:?} {place} {text:?}", comment.span).expect("writable");
        }
        if let Some(root) = document.root {
            dump_node(document, root, "", 1, &mut out);
        }
    }
    out
}

fn dump_node(document: &Document, id: NodeId, role: &str, depth: usize, out: &mut String) {
    let what = match document.kind(id) {
        Kind::Scalar(scalar) => {
            let style = match scalar.style {
                ScalarStyle::Plain => "plain",
                ScalarStyle::SingleQuoted => "single",
                ScalarStyle::DoubleQuoted => "double",
                ScalarStyle::Literal => "literal",
                ScalarStyle::Folded => "folded",
            };
            let meaning = match scalar.resolve() {
                Resolved::Str if scalar.is_timestamp() => " = timestamp".to_owned(),
                Resolved::Str => String::new(),
                other => format!(" = {other:?}"),
            };
            format!("{style} {:?}{meaning}", scalar.value)
        }
        Kind::Sequence(_) => format!("{} sequence", collection(document, id)),
        Kind::Mapping(_) => format!("{} mapping", collection(document, id)),
        Kind::Alias(alias) => match alias.target {
            Some(target) => format!("alias *{} of {:?}", alias.name, document.span(target)),
            None => format!("alias *{}", alias.name),
        },
    };
    let tag = document
        .tag(id)
        .map(|tag| format!(" {} at {:?}", tag.text, tag.span));
    let anchor = document
        .anchor(id)
        .map(|(name, span)| format!(" &{name} at {span:?}"));
    let (tag, anchor) = (tag.unwrap_or_default(), anchor.unwrap_or_default());
    let span = document.span(id);
    let indent = depth * 2;
    writeln!(out, "{:indent$}{role}{span:?} {what}{tag}{anchor}", "").expect("writable");
    match document.kind(id) {
        Kind::Sequence(items) => {
            for item in items {
                dump_node(document, *item, "- ", depth + 1, out);
            }
        }
        Kind::Mapping(entries) => {
            for entry in entries {
                dump_node(document, entry.key, "? ", depth + 1, out);
                dump_node(document, entry.value, ": ", depth + 1, out);
            }
        }
        Kind::Scalar(_) | Kind::Alias(_) => {}
    }
}

fn collection(document: &Document, id: NodeId) -> &'static str {
    match document.collection_style(id) {
        Some(CollectionStyle::Flow) => "flow",
        _ => "block",
    }
}

#[test]
fn fixtures_have_these_trees() {
    for (name, text) in fixtures() {
        let parse = yaml::parse(&text);
        assert_eq!(parse.errors, [], "{name}");
        assert_whole(&text, &parse.tree);
        snapshot(&name, &dump(&parse.tree));
    }
}

#[test]
fn fixtures_mean_what_serde_yaml_says() {
    for (name, text) in fixtures() {
        let mut different = Vec::new();
        let theirs = serde_yaml::Deserializer::from_str(&text);
        let ours = yaml::parse(&text).tree.documents;
        for (document, value) in ours.iter().zip(theirs) {
            let value: serde_yaml::Value = serde::Deserialize::deserialize(value).expect("valid");
            if let Some(root) = document.root {
                compare(document, root, &value, &mut different);
            }
        }
        assert_eq!(different, [""; 0], "{name}");
    }
}

/// The values of all nodes, without their places.
fn values(yaml: &Yaml) -> Vec<String> {
    let documents = yaml.documents.iter();
    let nodes = documents.flat_map(|document| document.ids().map(move |id| (document, id)));
    nodes
        .map(|(document, id)| match document.kind(id) {
            Kind::Scalar(scalar) => format!("{scalar:?}"),
            Kind::Alias(alias) => format!("{alias:?}"),
            Kind::Sequence(items) => format!("sequence of {}", items.len()),
            Kind::Mapping(entries) => format!("mapping of {}", entries.len()),
        })
        .collect()
}

#[test]
fn line_endings_do_not_change_values() {
    for (name, text) in fixtures() {
        let expected = values(&yaml::parse(&text).tree);
        for ending in ["\r\n", "\r"] {
            let text: Arc<str> = text.replace('\n', ending).into();
            let parse = yaml::parse(&text);
            assert_eq!(parse.errors, [], "{name} with {ending:?}");
            assert_whole(&text, &parse.tree);
            assert_eq!(values(&parse.tree), expected, "{name} with {ending:?}");
        }
    }
}

#[test]
fn every_prefix_of_every_fixture_is_read_to_its_end() {
    for (_, text) in fixtures() {
        for (end, _) in text.char_indices() {
            let text: Arc<str> = text[..end].into();
            assert_whole(&text, &yaml::parse(&text).tree);
        }
    }
}
