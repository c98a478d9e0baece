//! The same trees as from the event parser, whatever is read.

use std::fmt::Write as _;
use std::path::Path;

use super::*;
use crate::yaml::parse;

/// Reads a text in both ways and compares them; whether it is an everyday one.
#[track_caller]
fn is_everyday(text: &str) -> bool {
    let text: Arc<str> = Arc::from(text);
    let Some(document) = read(&text) else {
        return false;
    };
    let attempt = parse::read(&text, &text);
    assert!(attempt.failure.is_none(), "an error is not seen:\n{text}");
    assert!(attempt.strict.is_empty(), "an error is not seen:\n{text}");
    let [other] = attempt.documents.as_slice() else {
        panic!("{} documents:\n{text}", attempt.documents.len());
    };
    let (ours, theirs) = (shown(&document), shown(other));
    let mut lines = ours.lines().zip(theirs.lines());
    let different = lines.find(|(ours, theirs)| ours != theirs);
    assert!(ours == theirs, "{different:?}\n{text}");
    true
}

/// All that a document says, a line for each node.
fn shown(document: &Document) -> String {
    let mut shown = String::new();
    for id in document.ids() {
        let kind = document.kind(id);
        let style = document.collection_style(id);
        let place = (document.span(id), document.place(id), document.parent(id));
        let anchor = document.anchor(id);
        _ = writeln!(shown, "{kind:?} {style:?} {place:?} {anchor:?}");
    }
    let (comments, anchors) = (&document.comments, &document.anchors);
    _ = writeln!(
        shown,
        "{comments:?} {anchors:?} {:?} {:?}",
        document.root, document.span
    );
    shown
}

/// A file with everything that everyday files have.
const EVERYTHING: &str = r#"# A project.
---
x-logging: &logging   # shared
  driver: json-file
  options: {max-size: "10m", 'max-file': 3, labels: [a, "b"],}
name: 'it''s'
services:
  web:
    <<: [*logging, *logging]
    image: "nginx:\"1.27\"\n"   
    command: ["nginx", -g, 'daemon off;', [], {}]
    ports:
    - 80:80
    -   "443:443"   # tls

    - target: 1
      published: 2
    environment:
      - A=b # c
      - B#d
      -
        - nested: &x y
        - - z
          - *x
      - &list
        - 1
    empty:
    url : http://example.com/#a?b=c:d
    healthcheck: &check
      test: >-
        curl
        -f

        http://localhost
      script: |
        #!/bin/sh
          exit 1

      kept: |+
        a

      folded: >
        a
        b
    test:
      ["CMD", true]
    plain:
      text # c
    multi: [
      # one
      a, # two

      #three
      b
    ]
  "db": {}
volumes:
  data:
    # nothing
networks: !reset
"#;

#[test]
fn everything_that_is_everyday_is_read() {
    let text = EVERYTHING.replace(" !reset", "");
    assert!(is_everyday(&text));
    assert!(is_everyday(&text.replace('\n', "\r\n")));
    assert!(!is_everyday(EVERYTHING));
}

#[test]
fn what_is_not_everyday_is_left_to_the_event_parser() {
    for text in [
        "",
        "# nothing\n",
        "a\n",
        "a: b\n---\na: b\n",
        "a: b\n...\n",
        "%YAML 1.1\n---\na: b\n",
        "a: b\n  c\n",
        "a: \"b\n  c\"\n",
        "a: \"\\x41\"\n",
        "a: !!str b\n",
        "? a\n: b\n",
        "&a b: c\n",
        "a: |2\n   b\n",
        "a: |\n  b",
        "a:\tb\n",
        "a: [b: c]\n",
        "a: {b}\n",
        "a: b: c\n",
        "- a\nb: c\n",
        "a:\n  b: c\n d: e\n",
        "a: b\u{feff}\n",
        "a: b\rc: d\n",
    ] {
        assert!(!is_everyday(text), "{text:?}");
    }
    let anchors: String = (0..200)
        .map(|number| format!("a{number}: &a 1\n"))
        .collect();
    assert!(!is_everyday(&anchors));
    let deep = "- ".repeat(50);
    assert!(!is_everyday(&deep));
    let deep = format!("a: {}{}\n", "[".repeat(20), "]".repeat(20));
    assert!(!is_everyday(&deep));
}

/// The YAML files below a folder.
fn yaml_files(folder: &Path, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).expect("readable") {
        let path = entry.expect("readable").path();
        let is_yaml = path
            .extension()
            .is_some_and(|extension| extension == "yaml" || extension == "yml");
        if path.is_dir() {
            yaml_files(&path, found);
        } else if is_yaml && let Ok(text) = std::fs::read_to_string(&path) {
            found.push(text);
        }
    }
}

#[test]
fn real_files_are_read_as_the_event_parser_reads_them() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    yaml_files(&root.join("examples"), &mut files);
    if let Some(corpus) = std::env::var_os("DOCKWORTHY_CORPUS") {
        yaml_files(&Path::new(&corpus).join("files"), &mut files);
    }
    let everyday = files.iter().filter(|text| is_everyday(text)).count();
    assert!(
        everyday * 10 >= files.len() * 8,
        "{everyday} of {}",
        files.len()
    );
}

/// Numbers that look random and are the same everywhere.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit.max(1)
    }
}

/// What mistakes and rare forms are made of.
const PIECES: &[&str] = &[
    " ", "  ", "\n", "\n\n", "\n  ", "\r\n", "\r", "\t", ":", ": ", " :", "-", "- ", "\n- ", " #",
    "#", "#x\n", "'", "\"", "''", "\\", "\\n", "\\x", "[", "]", "[a, b]", "{", "}", "{a: b}",
    "{a}", "{a: }", ",", ", ", "&", "&a ", "*", "*a", "!", "!t ", "|", "|\n", ">", "|-\n", "|2\n",
    "? ", "?", "%", "@", "`", "---", "\n---\n", "\n...\n", "~", "é", "\u{a0}", "\u{85}",
    "\u{2028}", "\u{feff}", "\0", "<<: ", "a: b", "\u{3000}", "=", "a", "\n    \n",
];

/// Changes a text in one place.
fn damage(text: &str, numbers: &mut Numbers) -> String {
    let boundary = |mut at: usize| {
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let at = boundary(numbers.below(text.len() + 1));
    if lines.is_empty() {
        return "\n".to_owned();
    }
    match numbers.below(8) {
        0 => {
            let end = boundary((at + 1 + numbers.below(3)).min(text.len()));
            format!("{}{}", &text[..at], &text[end.max(at)..])
        }
        1 => {
            let gone = numbers.below(lines.len());
            let kept = lines.iter().enumerate().filter(|(index, _)| *index != gone);
            kept.map(|(_, line)| *line).collect()
        }
        2 => {
            let from = lines[numbers.below(lines.len())];
            let mut lines = lines.clone();
            let to = numbers.below(lines.len());
            lines.insert(to, from);
            lines.concat()
        }
        3 => {
            let which = numbers.below(lines.len());
            let blanks = " ".repeat(numbers.below(5));
            let moved = format!("{blanks}{}", lines[which].trim_start_matches(' '));
            let mut lines = lines.clone();
            lines[which] = &moved;
            lines.concat()
        }
        4 => text[..at].to_owned(),
        _ => format!(
            "{}{}{}",
            &text[..at],
            PIECES[numbers.below(PIECES.len())],
            &text[at..]
        ),
    }
}

#[test]
fn damaged_files_are_read_as_the_event_parser_reads_them() {
    let mut numbers = Numbers(1);
    let whole = EVERYTHING.replace(" !reset", "");
    let mut everyday = 0;
    for _ in 0..4_000 {
        let mut text = damage(&whole, &mut numbers);
        if numbers.below(2) == 0 {
            text = damage(&text, &mut numbers);
        }
        everyday += usize::from(is_everyday(&text));
    }
    assert!((1_000..3_900).contains(&everyday), "{everyday}");
}
