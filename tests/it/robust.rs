//! Any byte string is accepted: no panic, no hang, no overflow, every place inside the file.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use dockworthy::check;
use dockworthy::engine::meta::Preset;
use dockworthy::engine::ruleset::Ruleset;
use dockworthy::engine::settings::Settings;
use dockworthy::report::{Format, Report, Style, write};
use dockworthy::rules::RULES;
use dockworthy::text::{FileId, SourceFile, Sources, Span, apply};
use dockworthy::workspace::kind::{Kind, kind_by_name};

use super::corpus;

/// Every rule, so that none is spared.
fn all_rules() -> Arc<Ruleset> {
    Ruleset::build(
        RULES,
        &Settings {
            presets: vec![Preset::All],
            ..Settings::default()
        },
    )
}

/// Lints bytes and checks everything that must hold for any input. Gives the number of findings.
fn survives(bytes: &[u8], kind: Kind, ruleset: &Ruleset, name: &str) -> usize {
    let source = SourceFile::from_bytes(FileId(0), PathBuf::from("input"), bytes.to_vec());
    let linted = check::lint(&source, kind, ruleset, None);
    assert!(linted.internal.is_empty(), "{name}: {:?}", linted.internal);
    for error in &linted.syntax_errors {
        fits(error.span, &source, name);
    }
    for diagnostic in &linted.diagnostics {
        let finding = &diagnostic.finding;
        fits(finding.at.span, &source, name);
        for label in &finding.labels {
            fits(label.at.span, &source, name);
        }
        for fix in &finding.fixes {
            assert!(
                apply(&source.text, &fix.edits).is_ok(),
                "{name}: {}: {fix:?}",
                diagnostic.rule
            );
        }
    }
    linted.diagnostics.len()
}

fn fits(span: Span, source: &SourceFile, name: &str) {
    assert!(
        source.text.get(span.range()).is_some(),
        "{name}: {span:?} is no range of the text"
    );
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else {
            continue;
        };
        for entry in entries {
            let path = entry.expect("readable").path();
            // The suite of `conformance` is not files as they are linted, and large.
            if path.ends_with("tests/fixtures/projects") {
                continue;
            }
            if path.is_dir() {
                folders.push(path)
            } else {
                found.push(path)
            }
        }
    }
    found.sort();
    found
}

fn kind_of(path: &Path) -> Kind {
    let yaml = path
        .extension()
        .is_some_and(|ending| ending == "yaml" || ending == "yml");
    kind_by_name(path).unwrap_or(if yaml {
        Kind::Compose
    } else {
        Kind::Dockerfile
    })
}

#[test]
fn every_prefix_of_every_fixture_is_linted() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let ruleset = all_rules();
    let mut count = 0;
    for folder in ["tests/fixtures", "examples"] {
        for path in files_below(&root.join(folder)) {
            let bytes = std::fs::read(&path).expect("readable");
            for end in 0..=bytes.len().min(6000) {
                survives(
                    &bytes[..end],
                    kind_of(&path),
                    &ruleset,
                    &format!("{}[..{end}]", path.display()),
                );
                count += 1;
            }
        }
    }
    assert!(count > 1000, "hardly any fixture was found");
}

/// A small generator of numbers that are the same in every run (xorshift).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % (limit.max(1) as u64)).expect("small")
    }
}

#[test]
fn ten_thousand_mutations_of_real_files_are_linted() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = corpus::dir().map_or_else(|| root.join("examples"), |corpus| corpus.join("files"));
    let files: Vec<(PathBuf, Kind, Vec<u8>)> = files_below(&folder)
        .into_iter()
        .filter_map(|path| {
            let kind = kind_by_name(&path)
                .filter(|kind| matches!(kind, Kind::Dockerfile | Kind::Compose))?;
            let bytes = std::fs::read(&path)
                .ok()
                .filter(|bytes| !bytes.is_empty() && bytes.len() < 8000)?;
            Some((path, kind, bytes))
        })
        .collect();
    let ruleset = all_rules();
    let mut numbers = Numbers(0x2545_f491_4f6c_dd1d);
    // Bytes that mean something to one of the grammars, besides any others.
    let telling = b"\\`\"'$#{}[]()<>|&;:=-!*@,/ \t\r\n\0~%?^\xff\xc3\xe2";
    for round in 0..10_000 {
        let (path, kind, bytes) = &files[numbers.below(files.len())];
        let mut bytes = bytes.clone();
        let at = numbers.below(bytes.len());
        let byte = match numbers.below(2) {
            0 => telling[numbers.below(telling.len())],
            _ => u8::try_from(numbers.below(256)).expect("a byte"),
        };
        match numbers.below(4) {
            0 => bytes[at] = byte,
            1 => bytes.insert(at, byte),
            2 => drop(bytes.remove(at)),
            _ => bytes.insert(at, bytes[at]),
        }
        survives(
            &bytes,
            *kind,
            &ruleset,
            &format!("round {round}: {} at {at}", path.display()),
        );
    }
}

/// A large number, a tenth of it where the code is not optimised.
fn few(count: usize) -> usize {
    if cfg!(debug_assertions) {
        count / 10
    } else {
        count
    }
}

#[test]
fn hostile_dockerfiles_are_linted() {
    let ruleset = all_rules();
    let deep = |open: &str, close: &str, count: usize| open.repeat(count) + &close.repeat(count);
    let cases: Vec<(&str, Vec<u8>)> = vec![
        ("empty", Vec::new()),
        ("only a byte order mark", b"\xef\xbb\xbf".to_vec()),
        ("UTF-16", b"\xff\xfeF\0R\0O\0M\0 \0a\0\n\0".to_vec()),
        ("not UTF-8", b"FROM a\xff\xfe\nRUN \x80\x81 \xc3\n".to_vec()),
        ("NUL", b"FROM a\0b\nRUN echo \0\0\n".to_vec()),
        (
            "CRLF",
            b"FROM a\r\nRUN a \\\r\n  # c\r\n\r\n  b\r\nENV A b\r\n".to_vec(),
        ),
        ("lone CR", b"FROM a\rRUN b\rENV A b\r".to_vec()),
        (
            "one endless line",
            format!("FROM a\nRUN {}", "a ".repeat(few(5_000_000))).into_bytes(),
        ),
        (
            "one endless word",
            format!("FROM a\nRUN {}", "a".repeat(few(10_000_000))).into_bytes(),
        ),
        (
            "100,000 instructions",
            format!(
                "FROM a\n{}",
                "RUN apt-get install -y curl\n".repeat(few(100_000))
            )
            .into_bytes(),
        ),
        (
            "10,000 stages",
            "FROM a AS b\nCOPY --from=b x y\n"
                .repeat(few(10_000))
                .into_bytes(),
        ),
        (
            "chained stages",
            (0..few(5000))
                .map(|n| format!("FROM s{n} AS s{}\nUSER u\n", n + 1))
                .collect::<String>()
                .into_bytes(),
        ),
        (
            "100,000 variables",
            format!("FROM a\nENV {}", "A=$A ".repeat(few(100_000))).into_bytes(),
        ),
        (
            "doubling variables",
            format!("FROM a\nARG A=xxxxxxxxxx\n{}", "ENV A=$A$A\n".repeat(200)).into_bytes(),
        ),
        (
            "endless continuation",
            format!("FROM a\nRUN a \\\n{}", "b \\\n".repeat(few(200_000))).into_bytes(),
        ),
        (
            "blank continuation",
            format!("FROM a\nRUN a \\\n{}", "\n".repeat(few(200_000))).into_bytes(),
        ),
        (
            "comments in a continuation",
            format!("FROM a\nRUN a \\\n{}", "# c\n".repeat(few(200_000))).into_bytes(),
        ),
        (
            "open heredocs",
            format!("FROM a\nRUN {}\n", "<<A ".repeat(few(10_000))).into_bytes(),
        ),
        (
            "nested heredocs",
            "FROM a\nRUN <<A\n".repeat(2000).into_bytes(),
        ),
        (
            "deep JSON",
            format!("FROM a\nCMD {}", deep("[", "]", few(100_000))).into_bytes(),
        ),
        (
            "open JSON",
            format!("FROM a\nCMD {}", "[\"a\",".repeat(few(200_000))).into_bytes(),
        ),
        (
            "deep parentheses",
            format!("FROM a\nRUN {}", deep("(", ")", few(100_000))).into_bytes(),
        ),
        (
            "deep substitutions",
            format!("FROM a\nRUN {}", deep("$(", ")", few(50_000))).into_bytes(),
        ),
        (
            "deep quoted substitutions",
            format!("FROM a\nRUN {}", deep("\"$(", ")\"", few(50_000))).into_bytes(),
        ),
        (
            "deep parameters",
            format!("FROM a\nENV A={}", deep("${a:-", "}", few(50_000))).into_bytes(),
        ),
        (
            "deep shell parameters",
            format!("FROM a\nRUN echo {}", deep("${a:-", "}", few(50_000))).into_bytes(),
        ),
        (
            "deep arithmetic",
            format!("FROM a\nRUN echo $(({}1", "(".repeat(few(50_000))).into_bytes(),
        ),
        (
            "deep if",
            format!("FROM a\nRUN {}", "if a; then ".repeat(few(20_000))).into_bytes(),
        ),
        (
            "deep groups",
            format!("FROM a\nRUN {}", "{ ".repeat(few(50_000))).into_bytes(),
        ),
        (
            "deep sh -c",
            format!("FROM a\nRUN {}", "sh -c '".repeat(few(20_000))).into_bytes(),
        ),
        (
            "backticks",
            format!("FROM a\nRUN {}", "`".repeat(few(100_001))).into_bytes(),
        ),
        (
            "open quotes",
            format!("FROM a\nRUN {}", "\"'".repeat(few(100_001))).into_bytes(),
        ),
        (
            "ONBUILD of ONBUILD",
            format!("FROM a\n{}RUN x\n", "ONBUILD ".repeat(few(50_000))).into_bytes(),
        ),
        (
            "flags",
            format!(
                "FROM a\nRUN {} x\n",
                "--mount=type=cache,target=/a ".repeat(few(50_000))
            )
            .into_bytes(),
        ),
        (
            "pipes",
            format!("FROM a\nRUN a {}", "| b ".repeat(few(200_000))).into_bytes(),
        ),
        (
            "100,000 copies from images",
            format!(
                "FROM a\n{}",
                (0..few(100_000))
                    .map(|n| format!("COPY --from=x{n} a b\n"))
                    .collect::<String>()
            )
            .into_bytes(),
        ),
        (
            "copies from a stage of instructions that bring nothing",
            format!(
                "FROM scratch AS a\n{}FROM b\n{}",
                "ENV A=b\n".repeat(few(50_000)),
                "COPY --from=a x y\nCOPY --from=a / /\n".repeat(few(50_000))
            )
            .into_bytes(),
        ),
        (
            "100,000 variables of their own",
            format!(
                "FROM a\n{}",
                (0..few(100_000))
                    .map(|n| format!("ENV A{n}=$A{n}\n"))
                    .collect::<String>()
            )
            .into_bytes(),
        ),
        (
            "50,000 undefined variables in one line",
            format!(
                "FROM a\nEXPOSE{}\n",
                (0..few(50_000))
                    .map(|n| format!(" $A{n}"))
                    .collect::<String>()
            )
            .into_bytes(),
        ),
        (
            "50,000 expansions in one word",
            format!("FROM a\nRUN echo {}\n", "${a:-b}".repeat(few(50_000))).into_bytes(),
        ),
        (
            "a pipeline of writers of settings",
            format!(
                "FROM a\nRUN echo a {}\n",
                "| tee -a /root/.npmrc ".repeat(few(50_000))
            )
            .into_bytes(),
        ),
        (
            "terminal escapes",
            b"FROM \x1b[31mred\x1b]0;t\x07\xc2\x9b:latest\nRUN \xe2\x80\xae\n".to_vec(),
        ),
    ];
    for (name, bytes) in cases {
        survives(&bytes, Kind::Dockerfile, &ruleset, name);
    }
}

#[test]
fn hostile_compose_files_are_linted() {
    let ruleset = all_rules();
    let bomb: String = std::iter::once("a0: &a0 [x, x]\n".to_owned())
        .chain((1..40).map(|n| format!("a{n}: &a{n} [*a{p}, *a{p}, *a{p}, *a{p}]\n", p = n - 1)))
        .chain([
            "services: {web: {image: a, command: *a39, environment: *a39, ports: *a39}}\n"
                .to_owned(),
        ])
        .collect();
    let merge_bomb: String = std::iter::once("x0: &x0 {a: 1}\n".to_owned())
        .chain((1..40).map(|n| format!("x{n}: &x{n} {{<<: [*x{p}, *x{p}], b{n}: 1}}\n", p = n - 1)))
        .chain(["services: {web: {<<: *x39}}\n".to_owned()])
        .collect();
    let service_bomb: String =
        std::iter::once("x-s: &s {image: a, ports: [\"80:80\"]}\nservices:\n".to_owned())
            .chain((0..few(10_000)).map(|n| format!("  s{n}: *s\n")))
            .collect();
    let cases: Vec<(&str, Vec<u8>)> = vec![
        ("empty", Vec::new()),
        ("only a byte order mark", b"\xef\xbb\xbf".to_vec()),
        ("UTF-16", b"\xff\xfes\0e\0r\0".to_vec()),
        ("not UTF-8", b"services:\n  \xff: {image: \xfe}\n".to_vec()),
        ("NUL", b"services:\n  a\0: {}\n".to_vec()),
        ("tabs", b"services:\n\tweb:\n\t\timage: a\n".to_vec()),
        ("lone CR", b"services:\r  web:\r    image: a\r".to_vec()),
        ("a million open brackets", b"[".repeat(few(1_000_000))),
        ("a million open braces", b"{a: ".repeat(few(250_000))),
        ("a million dashes", b"- ".repeat(few(500_000))),
        (
            "10,000 levels",
            (0..few(10_000))
                .map(|n| " ".repeat(n.min(500)) + "a:\n")
                .collect::<String>()
                .into_bytes(),
        ),
        (
            "10,000 levels of services",
            format!("services: {}", "{a: ".repeat(few(10_000))).into_bytes(),
        ),
        (
            "a wide map",
            (0..few(200_000))
                .map(|n| format!("k{n}: v\n"))
                .collect::<String>()
                .into_bytes(),
        ),
        (
            "200,000 equal keys",
            "services: {}\n".repeat(few(200_000)).into_bytes(),
        ),
        (
            "an endless line",
            format!(
                "services: {{web: {{image: \"{}\"}}}}\n",
                "a".repeat(few(10_000_000))
            )
            .into_bytes(),
        ),
        (
            "an endless plain scalar",
            format!("a: {}", "b ".repeat(few(2_000_000))).into_bytes(),
        ),
        (
            "8 MB of comments",
            "# comment\n".repeat(few(800_000)).into_bytes(),
        ),
        (
            "100,000 aliases",
            format!("a: &a 1\nb: [{}]\n", "*a, ".repeat(few(100_000))).into_bytes(),
        ),
        ("an alias bomb", bomb.into_bytes()),
        ("a bomb of merges", merge_bomb.into_bytes()),
        ("10,000 times one service", service_bomb.into_bytes()),
        (
            "an alias of itself",
            b"a: &a [*a]\nservices: &s {web: *s}\nb: &b {<<: *b}\n".to_vec(),
        ),
        (
            "100,000 documents",
            "---\na: 1\n".repeat(few(100_000)).into_bytes(),
        ),
        (
            "errors on every line",
            "a: b: c\n\"\n".repeat(few(20_000)).into_bytes(),
        ),
        (
            "deep interpolation",
            format!("a: \"{}\"\n", "${a:-".repeat(few(100_000))).into_bytes(),
        ),
        (
            "deep interpolation of an image",
            format!(
                "services: {{web: {{image: \"{}\"}}}}\n",
                "${a:-".repeat(few(100_000))
            )
            .into_bytes(),
        ),
        (
            "terminal escapes",
            b"services:\n  \"\\e[31m\": {image: \"\xc2\x9b\xe2\x80\xae\"}\n".to_vec(),
        ),
    ];
    for (name, bytes) in cases {
        survives(&bytes, Kind::Compose, &ruleset, name);
    }
}

#[test]
fn hostile_files_of_the_corpus_are_linted() {
    let Some(corpus) = corpus::dir() else { return };
    let ruleset = all_rules();
    for path in files_below(&corpus.join("hostile-yaml")) {
        let bytes = std::fs::read(&path).expect("readable");
        survives(&bytes, Kind::Compose, &ruleset, &path.display().to_string());
    }
    for path in files_below(&corpus.join("hostile-shell")) {
        let mut bytes = b"FROM debian:13\nRUN <<HOSTILE_END\n".to_vec();
        bytes.extend(std::fs::read(&path).expect("readable"));
        bytes.extend(b"\nHOSTILE_END\n");
        survives(
            &bytes,
            Kind::Dockerfile,
            &ruleset,
            &path.display().to_string(),
        );
    }
}

#[test]
fn ten_thousand_findings_in_one_line_are_rendered() {
    let ruleset = all_rules();
    let text = format!(
        "FROM debian:13\nENV {}\n",
        "A_PASSWORD=hunter2hunter2 ".repeat(10_000)
    );
    let source = SourceFile::from_text(FileId(0), "Dockerfile".into(), text);
    let linted = check::lint(&source, Kind::Dockerfile, &ruleset, None);
    let mut sources = Sources::default();
    sources.insert(source);
    for format in Format::ALL {
        let report = Report::new(&linted.diagnostics, &sources, &[], 1);
        let mut out = Vec::new();
        write(format, &report, &Style::default(), &mut out).expect("a vector takes all");
        assert!(!out.is_empty());
    }
}
