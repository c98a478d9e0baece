//! What editors ask, over every file of the corpus: no panic, and answers that fit the text.

use std::path::{Path, PathBuf};

use dockworthy::ide::{self, Document, Listed, Symbol, Workspace};
use dockworthy::text::Span;
use dockworthy::workspace::fs::Disk;
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
