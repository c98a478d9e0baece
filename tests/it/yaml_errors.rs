//! YAML with mistakes: what is said about them, where, and what is still read.

use std::fmt::Write as _;
use std::sync::Arc;

use dockworthy::diagnostic::SyntaxError;
use dockworthy::text::lines::Unit;
use dockworthy::text::{LineIndex, Span};
use dockworthy::yaml::{self, Kind};

use super::yaml::{assert_whole, snapshot};

/// A name and a broken document.
const BROKEN: [(&str, &str); 46] = [
    ("a value with a colon", "a:\n  b: c: d\n  e: f\n"),
    (
        "a line without colon",
        "a:\n  image nginx\n  ports: []\n  b: c\n",
    ),
    (
        "a line without colon, later",
        "a:\n  b: c\n  ports\n    - 80\n  d: e\n",
    ),
    (
        "no blank after a colon",
        "a:\n  b:c\n  d: e\nf:\n  g: h\n  i:j\n",
    ),
    ("no blank after a dash", "a:\n  - b\n  -c\nd: e\n"),
    (
        "indented too deep",
        "a:\n  b: c\n    d: e\n    f: g\n  h: i\n",
    ),
    (
        "indented too little",
        "a:\n    b: c\n   d: e\n    f: g\nh: i\n",
    ),
    ("outside the root", "  a:\n    b: c\nd:\n  e: f\n"),
    (
        "a list item among keys",
        "a:\n  b: c\n  - d\n  - e\n  f: g\n",
    ),
    ("keys in a list", "a:\n  - b\n  c: d\n  - e\nf: g\n"),
    ("a list item on its key's line", "a: - b\n   - c\nd: e\n"),
    ("an unclosed double quote", "a: \"b\nc: d\ne: f\n"),
    ("an unclosed single quote", "a: 'b\nc: it's\ne: f\n"),
    (
        "an unclosed quote that another closes",
        "a: \"b\nc: \"d\"\ne: f\n",
    ),
    ("text after a quote", "a: \"b\" c\nd: 'it's'\ne: f\n"),
    (
        "text after a quote between brackets",
        "a: [\"b\" c, d]\ne: f\n",
    ),
    ("wrong escapes", "a: \"C:\\Users\\x\"\nb: \"\\z\"\nc: d\n"),
    ("an unclosed bracket", "a:\n  b: [1, 2\n  c: d\ne: f\n"),
    (
        "an unclosed bracket over lines",
        "a: [\n  \"b\",\n  \"c\"\nd: e\n",
    ),
    ("an unclosed brace", "a: {b: c\nd: e\n"),
    ("the wrong bracket", "a: [b, c}\nd: {e: [f}]\ng: h\n"),
    ("a stray bracket", "a: b\nc: ]\nd: {e: f}}\ng: h\n"),
    (
        "no comma in JSON",
        "{\n  \"a\": 1\n  \"b\": 2,\n  \"c\": 3\n}\n",
    ),
    ("no colon in JSON", "{\n  \"a\" 1,\n  \"b\": 2\n}\n"),
    ("a missing value between brackets", "a: [b,, c]\nd: e\n"),
    ("a dash between brackets", "a: [- b]\nd: e\n"),
    (
        "two colons between brackets",
        "a: {b: c: d}\ne: [\n  f: g: h,\n  i\n]\nj: k\n",
    ),
    ("text after a bracket", "a: [b] c\nd: e\n"),
    ("tabs", "a:\n\tb: c\n\td: e\nf: g\n"),
    ("tabs once more", "a:\n  - b\n\t- c\n  - d\ne: f\n"),
    (
        "characters that begin no value",
        "a: @b\nc: `d`\ne: %f\ng: [@h, i]\nj: k\n",
    ),
    ("a control character", "a: b\u{7}c\nd: e\n"),
    ("a question mark", "a: ? b\nc: d\n"),
    ("names missing", "a: *\nb: &\nc: d\n"),
    ("bad tags", "a: !<x\nb: !e!x y\nc: d\n"),
    ("bad block headers", "a: |0\n  b\nc: |x\n  d\ne: f\n"),
    (
        "a block indented less than its first line",
        "a: |\n    \n  b\nc: d\n",
    ),
    ("a comment inside a value", "a: b\n  # c\n  d\ne: f\n"),
    (
        "a merge conflict",
        "<<<<<<< HEAD\na: b\n=======\na: c\n>>>>>>> other\nd: e\n",
    ),
    ("templates", "a: b\n{{ c }}\nd: e\n{% if f %}\ng: h\n"),
    ("a directive without document", "%YAML 1.1\na: b\n"),
    (
        "text after the end of a document",
        "a: b\n... c\n---\nd: e\n",
    ),
    (
        "mistakes in several documents",
        "a: [b\n---\nc: d: e\n---\nf: g\n",
    ),
    ("an invisible line break", "a: b # c\u{2028}d\ne: f\n"),
    (
        "aliases",
        "a: &base b\nc: *bsae\nd: *later\ne: &later f\ng: &h {i: *h}\nj: *.txt\n",
    ),
    (
        "duplicate keys",
        "a: 1\n\"a\": 2\nb: {c: 1, d: 2, c: 3}\na: 4\ne:\n  <<: {f: g}\n  f: h\n",
    ),
];

fn errors(text: &str) -> Vec<SyntaxError> {
    yaml::parse(&Arc::from(text)).errors
}

fn show(text: &str) -> String {
    let arc: Arc<str> = text.into();
    let parse = yaml::parse(&arc);
    assert_whole(&arc, &parse.tree);
    let mut out = String::new();
    for line in text.lines() {
        writeln!(out, "    {}", line.replace('\t', "→").replace('\u{7}', "␇")).expect("writable");
    }
    let lines = LineIndex::new(text);
    let place = |span: Span| {
        let start = lines.position(span.start, Unit::Utf32, text);
        format!("{}:{} {:?}", start.line, start.column, span.text(text))
    };
    for error in &parse.errors {
        writeln!(
            out,
            "  {} {}: {}",
            place(error.span),
            error.rule,
            error.message
        )
        .expect("writable");
        for (label, text) in &error.labels {
            writeln!(out, "    {}: {text}", place(*label)).expect("writable");
        }
        if let Some(help) = &error.help {
            writeln!(out, "    help: {help}").expect("writable");
        }
    }
    for document in &parse.tree.documents {
        for id in document.ids() {
            if let Kind::Scalar(scalar) = document.kind(id)
                && !matches!(document.place(id), yaml::Place::Key(_))
            {
                let path = document.path(id);
                writeln!(out, "  {path} = {:?}", scalar.value).expect("writable");
            }
        }
    }
    out
}

#[test]
fn mistakes_are_explained_and_the_rest_is_read() {
    let mut out = String::new();
    for (name, text) in BROKEN {
        writeln!(out, "# {name}\n{}", show(text)).expect("writable");
    }
    snapshot("errors", &out);
}

#[test]
fn each_mistake_is_one_error() {
    let text = "a: \"b\nc: [d\ne: f: g\nh: @i\nj: k l\n  m: n\n";
    let starts: Vec<u32> = errors(text).iter().map(|error| error.span.start).collect();
    assert_eq!(starts, [3, 9, 15, 23, 35]);
}

/// Each of these was tried with `docker compose config` 5.6.1, which refuses it.
#[test]
fn what_only_docker_compose_refuses_is_an_error() {
    for text in [
        "a:\n  -\tb\n",
        "a:\n  - \t- b\n",
        "a: b\n\t\nc: d\n",
        "a:\n\t\n  b: c\n",
        "a: 'b'\n   \t\nc: d\n",
        "a:\n\t# c\n  b: c\n",
        "a: b\n\t",
        "a: |\n  b\n\t\n  c\n",
        "a: |\n  \tb\n",
        "a: [b,\n\tc\n\t]\n",
        ": a\n",
        "a: {: b}\n",
        "a: [b ? c]\n",
        "a: {b: :c}\n",
        "a: {b\n  : c}\n",
        "a: {b\n c: d}\n",
        "a: [!b, c]\n",
        "a: &é b\n",
        "a: \"\\/\"\n",
        "a: \"\\ud83d\\ude00\"\n",
        "%YAML 1.2\n---\na: b\n",
        "%FOO\n---\na: b\n",
        "a: b\n...\nc: d\n",
        "# a\u{85}b\nc: d\n",
    ] {
        let errors = errors(text);
        assert!(!errors.is_empty(), "{text:?}");
        assert!(
            errors.iter().all(|error| error.rule == "invalid-yaml"),
            "{text:?}"
        );
    }
}

/// Each of these was tried with `docker compose config` 5.6.1, which reads it.
#[test]
fn what_docker_compose_reads_is_no_error() {
    for text in [
        "a:\tb\n",
        "a: b\t\nc:\t\n  d: e\n",
        "a: b\n   \t\nc: d\n",
        "a: b\n     \t# c\nd: e\n",
        "a: \"b\t\n\t\n\tc\"\n",
        "a: |\n  b\n  \t\n  c\n",
        "a: [\n\tb,\n\t\"c\"\n\t]\n",
        "a: \"b\"#c\nd: [e]#f\n",
        "a: [-, b]\nc: [-]\n",
        "a: b\u{7f}c\n",
        "a: \"don\\'t\"\n",
        "a: b\u{feff}c\nd: \u{feff}e\n",
        "\u{feff}a: b\n",
        "a: b\u{2028}\nc: d\n",
        "a: [b?, c?d, http://e/?f]\n",
        "a: {b:c, \"d\":e}\n",
        "a: \"b\nc\"\n",
        "a: [\nb\n]\n",
        "%YAML 1.1\n---\na: b\n",
        "a: &b/c.d e\nf: *b/c.d\n",
    ] {
        assert_eq!(errors(text), [], "{text:?}");
    }
}

#[test]
fn repaired_text_keeps_its_own_characters() {
    for (text, value) in [
        ("a: \"don\\'t\"\n", "don't"),
        ("a: b\u{7f}c\n", "b\u{7f}c"),
        ("a: [-]\n", "-"),
        ("a: \"C:\\Users\"\n", "C:Users"),
    ] {
        let document = &yaml::parse(&Arc::from(text)).tree.documents[0];
        let mut scalars = document.ids().filter_map(|id| document.as_str(id));
        assert_eq!(scalars.next_back(), Some(value), "{text:?}");
    }
}

#[test]
fn what_is_left_out_is_told() {
    let parse = yaml::parse(&Arc::from("a: b\nc d\ne: f\n"));
    assert_eq!(parse.tree.skipped, [Span::new(5, 8)]);
}
