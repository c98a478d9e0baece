//! What editors ask, over every file of the corpus: no panic, and answers that fit the text.

use std::path::{Path, PathBuf};

use dockworthy::ide::{self, Document, Listed, Style, Symbol, Workspace};
use dockworthy::rules::RULES;
use dockworthy::text::{Span, apply};
use dockworthy::workspace::fs::{Disk, Memory};
use dockworthy::workspace::kind::{Kind, kind_by_name};

use crate::corpus;

/// All files below a folder, by their paths from it.
fn listed(root: &Path) -> Listed {
    let mut listed = Listed::default();
    let mut folders = vec![root.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("readable").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let list = match kind_by_name(&path) {
                Some(Kind::Compose) => &mut listed.compose,
                Some(Kind::Dockerfile) => &mut listed.dockerfiles,
                _ => continue,
            };
            list.push(path.strip_prefix(root).expect("below").to_path_buf());
        }
    }
    listed
}

fn fits(document: &Document, span: Span, what: &str) {
    let is_whole = document.text().get(span.range()).is_some();
    assert!(is_whole, "{}: {what} {span:?}", document.path().display());
}

fn symbols_fit(document: &Document, symbols: &[Symbol], outer: Option<Span>) {
    for symbol in symbols {
        fits(document, symbol.span, "symbol");
        fits(document, symbol.name_span, "name");
        let path = document.path().display();
        assert!(!symbol.name.is_empty(), "{path}: {symbol:?}");
        assert!(symbol.span.contains(symbol.name_span), "{path}: {symbol:?}");
        let is_inside = outer.is_none_or(|outer| outer.contains(symbol.span));
        assert!(is_inside, "{path}: {symbol:?} in {outer:?}");
        symbols_fit(document, &symbol.children, Some(symbol.span));
    }
}

#[test]
fn answers_fit_every_file_of_the_corpus() {
    let Some(corpus) = corpus::dir() else {
        return;
    };
    let folder = corpus.join("files");
    let disk = Disk::new(&folder);
    let mut workspace = Workspace::new(&disk);
    let listed = listed(&folder);
    let paths: Vec<PathBuf> = listed
        .compose
        .iter()
        .chain(&listed.dockerfiles)
        .cloned()
        .collect();
    assert!(paths.len() > 1_500, "{}", paths.len());
    workspace.list(listed);
    let mut counts = [0usize; 4];
    for path in &paths {
        let Some(document) = workspace.document(path) else {
            continue;
        };
        let shown = path.display();
        symbols_fit(document, &ide::symbols(document), None);
        counts[0] += ide::symbols(document).len();
        let lines = document.source.lines.len();
        for fold in ide::folds(document) {
            assert!(
                fold.first < fold.last && fold.last < lines,
                "{shown}: {fold:?} of {lines}"
            );
            counts[1] += 1;
        }
        let mut last = 0;
        for token in ide::tokens(document, None) {
            fits(document, token.span, "token");
            let text = token.span.text(document.text());
            assert!(
                last <= token.span.start && !text.contains(['\n', '\r']),
                "{shown}: {token:?}"
            );
            assert!(!text.trim().is_empty(), "{shown}: {token:?}");
            last = token.span.end;
            counts[2] += 1;
        }
        for link in ide::links(&workspace, path) {
            fits(document, link.span, "link");
            counts[3] += 1;
        }
        // A cursor in every eleventh line.
        for line in (0..lines).step_by(11) {
            let span = document.source.lines.line_span(line);
            let spans = ide::selection(document, span.start);
            assert!(
                spans.windows(2).all(|pair| pair[1].contains(pair[0])),
                "{shown}: {spans:?}"
            );
            spans
                .iter()
                .for_each(|span| fits(document, *span, "selection"));
        }
    }
    assert!(counts.iter().all(|count| *count > 1_000), "{counts:?}");
}

/// What a Dockerfile says, without places and without the blanks between words: its instructions, and its scripts.
fn said(text: &str) -> String {
    let parsed = dockworthy::dockerfile::parse::parse(text);
    let model = dockworthy::dockerfile::Dockerfile::new(parsed.tree);
    let mut said = String::new();
    for (number, instruction) in model.ast.instructions.iter().enumerate() {
        let flags: Vec<&str> = instruction
            .flags
            .iter()
            .map(|flag| &*flag.name.value)
            .collect();
        let words: Vec<_> = instruction
            .words()
            .iter()
            .map(|word| word.raw.clone())
            .collect();
        let bodies: Vec<&str> = instruction
            .heredocs
            .iter()
            .map(|heredoc| heredoc.body.text())
            .collect();
        let keyword = &instruction.keyword.value;
        said.push_str(&format!("{keyword} {flags:?} {words:?} {bodies:?}\n"));
        for script in model.scripts_of(number) {
            match &script.script {
                Some(tree) => said.push_str(&format!("{tree:?}\n")),
                None => said.extend(script.text.text().split_whitespace()),
            }
        }
    }
    for comment in &model.ast.comments {
        said.push_str(&format!("#{}\n", comment.text));
    }
    without_places(&said)
}

/// A text without what looks like `1..2`.
fn without_places(text: &str) -> String {
    let mut parts = text.split("..");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let digits = |c: char| c.is_ascii_digit();
        plain.truncate(plain.trim_end_matches(digits).len());
        plain.push_str(part.trim_start_matches(digits));
    }
    plain
}

/// Formats a file, and checks that it says what it said, and that there is no more to do then. Whether it changed.
fn formats(path: &Path, text: &str, style: Style) -> bool {
    let shown = path.display();
    let format = |text: &str| {
        let mut files = Memory::default();
        files.insert(path, text);
        let workspace = Workspace::new(&files);
        let document = workspace.document(path).expect("a document");
        let edits = ide::format(document, style, None);
        let lines = &document.source.lines;
        for edit in &edits {
            let is_small = lines.line(edit.span.start) == lines.line(edit.span.end);
            let blank = |text: &str| text.trim_matches([' ', '\t', '\n', '\r']).is_empty();
            assert!(
                is_small && blank(&edit.text) && blank(edit.span.text(text)),
                "{shown}: {edit:?}"
            );
        }
        let kind = document.kind;
        (apply(text, &edits).expect("edits fit"), kind)
    };
    let (once, kind) = format(text);
    let (twice, _) = format(&once);
    assert_eq!(once, twice, "{shown}: not done at once");
    if once != text {
        match kind {
            Some(Kind::Dockerfile) => assert_eq!(said(text), said(&once), "{shown}"),
            _ => {
                let read = |text: &str| {
                    let parsed = dockworthy::yaml::parse(&text.into());
                    let documents = parsed.tree.documents.iter();
                    let nodes = documents.flat_map(|yaml| {
                        yaml.ids()
                            .map(|id| format!("{} {:?}", yaml.path(id), yaml.scalar(id)))
                    });
                    nodes.collect::<Vec<String>>()
                };
                assert_eq!(read(text), read(&once), "{shown}");
            }
        }
    }
    once != text
}

#[test]
fn formatting_says_the_same_and_is_done_at_once() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders = vec![root.join("examples")];
    folders.extend(corpus::dir().map(|corpus| corpus.join("files")));
    let styles = [(2, false), (4, false), (4, true)].map(|(width, has_tabs)| Style {
        width,
        has_tabs,
        ..Style::default()
    });
    let (mut count, mut changed) = (0, 0);
    for folder in folders {
        let Listed {
            compose,
            dockerfiles,
        } = listed(&folder);
        for path in compose.iter().chain(&dockerfiles) {
            let bytes = std::fs::read(folder.join(path)).expect("readable");
            let Ok(text) = String::from_utf8(bytes) else {
                continue;
            };
            for style in styles {
                count += 1;
                changed += usize::from(formats(path, &text, style));
            }
        }
    }
    assert!(count > 10 && changed > 5, "{changed} of {count}");
}

/// Asks for what may be written at some places of a file, and how it is written.
fn completions_fit(workspace: &Workspace<'_>, path: &Path, count: &mut usize) {
    let Some(document) = workspace.document(path) else {
        return;
    };
    let text = document.text();
    let step = (text.len() / 14).max(1);
    for at in (0..=text.len()).step_by(step) {
        let at = (at..=text.len()).find(|at| text.is_char_boundary(*at));
        let at = u32::try_from(at.unwrap_or(text.len())).expect("a small file");
        let found = ide::completions(workspace, RULES, path, at);
        assert!(found.items.len() < 1_000);
        for item in &found.items {
            fits(document, item.span, "completion");
            let shown = path.display();
            assert!(item.span.touches(at), "{shown}: {item:?} at {at}");
            let replaced = item.span.text(text);
            assert!(!replaced.contains('\n'), "{shown}: {item:?} at {at}");
            assert!(!item.label.is_empty() && !item.text.is_empty());
        }
        *count += found.items.len();
        if let Some(found) = ide::signatures(workspace, path, at) {
            assert!(found.active < found.forms.len());
        }
    }
}

#[test]
fn completions_fit_every_file_of_the_corpus() {
    let Some(corpus) = corpus::dir() else {
        return;
    };
    let folder = corpus.join("files");
    let disk = Disk::new(&folder);
    let Listed {
        compose,
        dockerfiles,
    } = listed(&folder);
    // By themselves, since the files of the corpus belong to many strangers.
    for paths in [&compose, &dockerfiles] {
        let mut count = 0;
        for path in paths {
            let mut workspace = Workspace::new(&disk);
            let is_compose = paths.as_ptr() == compose.as_ptr();
            let (own, none) = (vec![path.clone()], Vec::new());
            workspace.list(match is_compose {
                true => Listed {
                    compose: own,
                    dockerfiles: none,
                },
                false => Listed {
                    compose: none,
                    dockerfiles: own,
                },
            });
            completions_fit(&workspace, path, &mut count);
        }
        assert!(count > 50_000, "{count}");
    }
}

#[test]
fn completion_takes_time_as_the_file_is_long() {
    let mut files = Memory::default();
    let mut compose = String::from("services:\n");
    for number in 0..15_000 {
        compose.push_str(&format!(
            "  s{number}:\n    image: a\n    command: [x,\n      y]\n"
        ));
    }
    let flow = format!("a: [{}", "{b: [c, ".repeat(50_000));
    let dockerfile = format!(
        "FROM a\n{}RUN x \\\n{}",
        "ENV A=1\n".repeat(20_000),
        "  y \\\n".repeat(50_000)
    );
    let texts = [
        ("compose.yaml", compose.as_str()),
        ("docker-compose.yml", &flow),
        ("Dockerfile", &dockerfile),
    ];
    for (path, text) in texts {
        files.insert(path, text);
    }
    let workspace = Workspace::new(&files);
    for (path, text) in texts {
        // Reading the file is not what is measured.
        ide::completions(&workspace, RULES, Path::new(path), 0);
        let start = std::time::Instant::now();
        let end = u32::try_from(text.len()).expect("small");
        for at in [end, end / 2, end / 3] {
            ide::completions(&workspace, RULES, Path::new(path), at);
        }
        let time = start.elapsed();
        assert!(time.as_secs() < 10, "{path}: {time:?}");
    }
}

/// What Docker Compose makes of a file; nothing where it is not installed.
fn config(folder: &Path, text: &str) -> Option<String> {
    let compose = crate::peers::program("docker-compose")?;
    std::fs::write(folder.join("compose.yaml"), text).expect("writable");
    let output = std::process::Command::new(compose)
        .args(["config", "--format", "json"])
        .current_dir(folder)
        .output()
        .expect("it runs");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{text}{output:?}");
    // The short syntax of a volume brings options that are none.
    let lines: Vec<&str> = said.split_whitespace().collect();
    Some(lines.join(" ").replace(", \"volume\": {}", ""))
}

#[test]
fn rewritings_come_to_the_same_for_docker_compose() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("rewritings");
    std::fs::create_dir_all(&folder).expect("writable");
    let text = "services:\n  a:\n    image: b\n    environment:\n      - A=1\n      - B=$HOME:x\n      - C\n      - D=\n      - E=010 'x' \"y\"\n    labels: {a.b: yes, c: 12, d: x y, e: 'a: b #c', f: \"t\\tn\"}\n    ports: [\"127.0.0.1:8080-8081:80/udp\", 90, \"[::1]:1:1\"]\n    volumes: [./x:/y:ro, data:/z:nocopy, /q, ~/h:/h, data:/k]\n    logging: {driver: local}\n    sysctls: [net.core.somaxconn=1024]\n  c:\n    build: {context: ., args: {X: 1, Y: true, Z: }}\n    logging: {driver: local}\nvolumes: {data: {labels: [x=1]}}\n";
    let Some(before) = config(&folder, text) else {
        return;
    };
    let mut files = Memory::default();
    files.insert("compose.yaml", text);
    let workspace = Workspace::new(&files);
    let mut seen = std::collections::BTreeSet::new();
    for at in 0..text.len() {
        let at = Span::empty(u32::try_from(at).expect("small"));
        for rewrite in ide::rewrites(&workspace, Path::new("compose.yaml"), at) {
            let after = apply(text, &rewrite.edits).expect("edits fit");
            if seen.insert(after.clone()) {
                assert_eq!(config(&folder, &after), Some(before.clone()), "{after}");
            }
        }
    }
    // Three ports, five mounts, five collections and one name.
    assert_eq!(seen.len(), 14, "{seen:#?}");
}
