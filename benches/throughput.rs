//! Parse and lint throughput: on the corpus where it is present (`DOCKWORTHY_CORPUS`, or beside the checkout),
//! else on the examples, repeated.
//!
//! `cargo bench --bench throughput` prints bytes per second for one core.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use divan::Bencher;
use divan::counter::BytesCount;
use dockworthy::check;
use dockworthy::engine::ruleset::Ruleset;
use dockworthy::engine::settings::Settings;
use dockworthy::rules::RULES;
use dockworthy::text::{FileId, SourceFile};
use dockworthy::workspace::kind::{Kind, kind_by_name};

/// As in the program.
#[cfg(feature = "mimalloc")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    divan::main();
}

/// All files of a kind.
fn load(wanted: Kind) -> Vec<SourceFile> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let corpus = std::env::var_os("DOCKWORTHY_CORPUS")
        .map_or_else(|| root.join("../shared/corpus"), PathBuf::from);
    let corpus = corpus.join("files");
    let (folder, repeat) = if corpus.is_dir() {
        (corpus, 1)
    } else {
        (root.join("examples"), 200)
    };
    let mut files = Vec::new();
    let mut folders = vec![folder];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a readable folder") {
            let path = entry.expect("readable").path();
            if path.is_dir() {
                folders.push(path);
            } else if kind_by_name(&path) == Some(wanted) {
                let bytes = std::fs::read(&path).expect("a readable file");
                files.push(SourceFile::from_bytes(FileId(0), path, bytes));
            }
        }
    }
    let once = files.clone();
    files.extend((1..repeat).flat_map(|_| once.clone()));
    files
}

fn bytes(files: &[SourceFile]) -> BytesCount {
    BytesCount::new(files.iter().map(|file| file.text.len()).sum::<usize>())
}

#[divan::bench]
fn parse_dockerfiles(bencher: Bencher<'_, '_>) {
    let files = load(Kind::Dockerfile);
    bencher.counter(bytes(&files)).bench(|| {
        for file in &files {
            divan::black_box(dockworthy::dockerfile::parse::parse(&file.text));
        }
    });
}

#[divan::bench]
fn parse_yaml(bencher: Bencher<'_, '_>) {
    let files = load(Kind::Compose);
    bencher.counter(bytes(&files)).bench(|| {
        for file in &files {
            divan::black_box(dockworthy::yaml::parse(&file.text));
        }
    });
}

fn lint(bencher: Bencher<'_, '_>, kind: Kind) {
    let files = load(kind);
    let ruleset: Arc<Ruleset> = Ruleset::build(RULES, &Settings::default());
    bencher.counter(bytes(&files)).bench(|| {
        for file in &files {
            divan::black_box(check::lint(file, kind, &ruleset, None));
        }
    });
}

#[divan::bench]
fn lint_dockerfiles(bencher: Bencher<'_, '_>) {
    lint(bencher, Kind::Dockerfile);
}

#[divan::bench]
fn lint_compose_files(bencher: Bencher<'_, '_>) {
    lint(bencher, Kind::Compose);
}
