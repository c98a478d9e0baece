//! The shell parser on our own scripts, on the corpus, on hostile texts, and beside bash.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a file that cannot be read fails the test; a test that is skipped says so"
)]

mod dump;

use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use dockworthy::diagnostic::Parse;
use dockworthy::dockerfile::{self, Dockerfile};
use dockworthy::shell::ast::Script;
use dockworthy::shell::{self, Dialect};
use dockworthy::text::{Cooked, CookedBuilder, Span};

use super::corpus;

/// Name and text of every fixture.
fn fixtures() -> Vec<(String, String)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/shell");
    let mut fixtures: Vec<(String, String)> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| {
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            (name, std::fs::read_to_string(path).unwrap())
        })
        .collect();
    fixtures.sort();
    fixtures
}

/// A text as BuildKit hands it to the shell: backslash and line break gone, so that most lines are one.
fn joined(text: &str) -> Cooked<'static> {
    let mut builder = CookedBuilder::default();
    let mut at = 0;
    for piece in text.split_inclusive("\\\n") {
        let kept = piece.strip_suffix("\\\n").unwrap_or(piece);
        builder.verbatim(kept, at);
        at += u32::try_from(piece.len()).unwrap();
    }
    builder.finish(0)
}

/// Reads a text and checks everything that holds for any text.
fn sound(text: &Cooked<'_>, file: &str, dialect: Dialect) -> Parse<Script> {
    let parsed = shell::parse(text, dialect);
    dump::check(&parsed.tree, file);
    let mut before = Span::default();
    for error in &parsed.errors {
        assert!(file.get(error.span.range()).is_some(), "{error:?}");
        assert!(before.start <= error.span.start, "errors are out of order");
        before = error.span;
        let message = &error.message;
        assert!(message.chars().count() <= 100, "{message}");
    }
    for (node, _) in parsed.tree.nodes() {
        assert!(file.get(node.span().range()).is_some(), "{node:?}");
    }
    parsed
}

#[test]
fn trees_of_the_fixtures_are_as_reviewed() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(concat!(env!("CARGO_MANIFEST_DIR"), "/snapshots/parse"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    for (name, text) in fixtures() {
        let parsed = sound(&joined(&text), &text, Dialect::Bash);
        let mut shown = dump::dump(&parsed.tree, &text);
        for error in &parsed.errors {
            let _ = writeln!(shown, "{:?} error: {}", error.span, error.message);
        }
        settings.bind(|| insta::assert_snapshot!(format!("shell-{name}"), shown));
    }
}

#[test]
fn every_prefix_and_suffix_of_a_fixture_is_sound() {
    for (_, text) in fixtures() {
        for (at, _) in text.char_indices() {
            for dialect in [Dialect::Posix, Dialect::Bash] {
                sound(&Cooked::verbatim(&text[..at], 0), &text, dialect);
                sound(&joined(&text[..at]), &text, dialect);
            }
            let start = u32::try_from(at).unwrap();
            sound(&Cooked::verbatim(&text[at..], start), &text, Dialect::Bash);
        }
    }
}

/// The bodies of all shell-form `RUN`s of the corpus that a POSIX shell runs and that have no heredoc, with
/// the file that each is from; and how many were left out because Windows runs them.
fn run_bodies() -> Option<(Vec<(String, String)>, usize)> {
    let answers = std::fs::read_to_string(corpus::dir()?.join("buildkit.jsonl")).unwrap();
    let mut bodies = Vec::new();
    let mut foreign = 0;
    for line in answers.lines() {
        let answer: serde_json::Value = serde_json::from_str(line).unwrap();
        let file = answer["file"].as_str().unwrap_or_default();
        let instructions = answer["instructions"].as_array();
        let mut dialect = Dialect::Posix;
        for instruction in instructions.into_iter().flatten() {
            let args: Vec<&str> = instruction["args"].as_array().map_or(Vec::new(), |args| {
                args.iter().filter_map(|arg| arg.as_str()).collect()
            });
            let name = instruction["name"].as_str().unwrap_or_default();
            match name.to_ascii_uppercase().as_str() {
                "FROM" => {
                    let base = args.join(" ").to_lowercase();
                    let is_windows = base.contains("windows") || base.contains("nanoserver");
                    dialect = if is_windows {
                        Dialect::Cmd
                    } else {
                        Dialect::Posix
                    };
                }
                "SHELL" => dialect = Dialect::from_shell(&args),
                "RUN" if instruction["json_form"] == false && instruction["heredocs"] == 0 => {
                    if !dialect.is_posix() {
                        foreign += 1;
                    } else if let [body] = &args[..] {
                        bodies.push((file.to_owned(), (*body).to_owned()));
                    }
                }
                _ => {}
            }
        }
    }
    Some((bodies, foreign))
}

#[test]
fn every_run_of_the_corpus_is_read_without_error() {
    let Some((bodies, foreign)) = run_bodies() else {
        return;
    };
    assert!(bodies.len() > 3000 && foreign < 200);
    for (file, body) in &bodies {
        let parsed = sound(&Cooked::verbatim(body, 0), body, Dialect::Posix);
        assert_eq!(parsed.errors, [], "{file}: {body}");
    }
    println!("{} bodies; {foreign} for Windows left out", bodies.len());
}

#[test]
fn every_script_of_the_corpus_has_sound_places_in_its_file() {
    let Some(dir) = corpus::dir() else { return };
    let answers = std::fs::read_to_string(dir.join("buildkit.jsonl")).unwrap();
    let mut count = 0;
    for line in answers.lines() {
        let answer: serde_json::Value = serde_json::from_str(line).unwrap();
        let path = dir.join(answer["file"].as_str().unwrap());
        let text = String::from_utf8_lossy(&std::fs::read(path).unwrap()).into_owned();
        let model = Dockerfile::new(dockerfile::parse::parse(&text).tree);
        for script in model.scripts() {
            if script.dialect.is_posix() {
                sound(&script.text, &text, script.dialect);
                count += 1;
            }
        }
    }
    assert!(count > 3500, "{count}");
}

/// What `bash -n` says of each script: whether it is fine.
fn bash_verdicts(scripts: &[&str]) -> Option<Vec<bool>> {
    let probe = Command::new("bash").arg("-c").arg("exit 7").status();
    if probe.ok().and_then(|status| status.code()) != Some(7) {
        println!("skipped: no bash");
        return None;
    }
    // One bash asks another for each script; the scripts go through a file, with NUL between them.
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let path = folder.join("shell-bodies");
    std::fs::write(&path, scripts.join("\0")).unwrap();
    let program = "while IFS= read -r -d '' body || [ -n \"$body\" ]; do \
         if message=$(bash -n 2>&1 <<<\"$body\") && [ -z \"$message\" ]; then echo y; else echo n; fi; \
         done";
    let mut child = Command::new("bash")
        .arg("-c")
        .arg(program)
        .stdin(std::fs::File::open(&path).unwrap())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let output = child.stdout.take().map(std::io::read_to_string);
    child.wait().unwrap();
    let verdicts: Vec<bool> = output?.unwrap().lines().map(|line| line == "y").collect();
    assert_eq!(verdicts.len(), scripts.len());
    Some(verdicts)
}

#[test]
fn bash_agrees_on_every_run_of_the_corpus() {
    let Some((bodies, _)) = run_bodies() else {
        return;
    };
    let scripts: Vec<&str> = bodies.iter().map(|(_, body)| &**body).collect();
    let Some(verdicts) = bash_verdicts(&scripts) else {
        return;
    };
    let mut differences = 0;
    for ((file, body), is_fine) in bodies.iter().zip(verdicts) {
        let errors = shell::parse(&Cooked::verbatim(body, 0), Dialect::Bash).errors;
        if errors.is_empty() != is_fine {
            differences += 1;
            println!("{file}: bash {is_fine}, we {errors:?}: {body}");
        }
    }
    assert_eq!(differences, 0);
}

/// The hostile scripts of the corpus, by name.
fn hostile() -> Vec<(String, String)> {
    let Some(dir) = corpus::dir() else {
        return Vec::new();
    };
    let mut found: Vec<(String, String)> = std::fs::read_dir(dir.join("hostile-shell"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| {
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            let bytes = std::fs::read(&path).unwrap();
            (name, String::from_utf8_lossy(&bytes).into_owned())
        })
        .collect();
    found.sort();
    found
}

#[test]
fn hostile_scripts_are_survived() {
    for (_, text) in hostile() {
        for dialect in [Dialect::Posix, Dialect::Bash] {
            sound(&Cooked::verbatim(&text, 0), &text, dialect);
        }
    }
}

/// A piece many times, which would take minutes if reading were not linear.
fn repeated(piece: &str, bytes: usize) -> String {
    piece.repeat(bytes / piece.len())
}

#[test]
fn long_lines_take_linear_time() {
    let pieces = [
        "a ",
        "a;",
        "a && ",
        "a | ",
        "a b c d e f\n",
        "(",
        ")",
        "((",
        "$((",
        "$(",
        "${",
        "${a:-",
        "{ ",
        "} ",
        "'",
        "\"",
        "`",
        "\\`",
        "\\",
        "$'",
        "$'\\'",
        "\"$(",
        "$(\"",
        "\"`",
        "[",
        "[[ ",
        "[a",
        "a[",
        " a[1",
        "a=(",
        "a=([",
        "{a,",
        "{",
        "{a..",
        ",",
        "~",
        "*(",
        "${a#*(",
        "@(",
        "@(a|",
        "<(",
        "> ",
        ">",
        "2>",
        "<<A ",
        "<<A\n",
        "<<A $(",
        "<<-A;",
        "cat <<A\nA\n",
        "if ",
        "then ",
        "fi;",
        "if a;then b;",
        "case ",
        "case a in ",
        "a) ",
        "case a in b) c;; esac;",
        "for ",
        "for a in ",
        "for((",
        "while ",
        "do ",
        "done;",
        "f() ",
        "function f ",
        "! ",
        "time ",
        "coproc ",
        "&& ",
        "; ",
        "| ",
        "&",
        ";;",
        "\n",
        "\r\n",
        "\r",
        "#",
        " #",
        "#\n",
        "$[",
        "$[a]",
        "$",
        "$$",
        "é",
        "\0",
        "sh -c 'a';",
        "sh -c \"sh -c ",
        "eval '",
        "eval ",
        "export a=b ",
        "a=b ",
        "a\\\n",
        "[[ a && ",
        "[[ ( ",
        "[[ ! ",
        "[[ a =~ (",
        "((a))",
        "$((a))",
        "${a[",
        "${a:",
        "${a/",
        "in ",
        "select a in ",
    ];
    for piece in pieces {
        let text = repeated(piece, 100_000);
        sound(&Cooked::verbatim(&text, 0), &text, Dialect::Bash);
        let wrapped = format!("echo \"$(x {text}");
        sound(&Cooked::verbatim(&wrapped, 0), &wrapped, Dialect::Posix);
    }
}

#[test]
fn a_script_beyond_the_limit_of_nodes_is_cut_there() {
    let text = repeated("a ", 4_400_000);
    let parsed = shell::parse(&Cooked::verbatim(&text, 0), Dialect::Posix);
    let messages: Vec<&str> = parsed.errors.iter().map(|error| &*error.message).collect();
    assert_eq!(
        messages,
        ["the script has more than 2000000 words and expansions"]
    );
}

#[test]
fn nesting_of_every_kind_is_cut_at_the_limit() {
    let openings = [
        "( ",
        "{ ",
        "$( ",
        "\"$( ",
        "<( ",
        "${a:-",
        "\"${a:-",
        "${a#",
        "${a[",
        "@(",
        "if ",
        "while ",
        "for a in $(",
        "case a in b) ",
        "case $( ",
        "f() { ",
        "f() ",
        "function f { ",
        "coproc { ",
        "coproc ",
        "a=( $( ",
        "a[$( ",
        "$(( $( ",
        "(( $(( ",
        "[[ $( ",
        "cat <<E\n$( ",
        "cat <<E; $( ",
        "! { ",
        "if a; then ",
        "`$( ",
        "echo `echo \"$( ",
        "sh -c '$( ",
        "until { ",
        "select a in b; do ",
        "for ((;;)); do ",
        "x && { y || ( ",
    ];
    let in_brackets = ["[[ ", &"( ".repeat(5_000)].concat();
    let repeated = openings.map(|opening| opening.repeat(5_000));
    for text in repeated.into_iter().chain([in_brackets]) {
        sound(&Cooked::verbatim(&text, 0), &text, Dialect::Posix);
        let errors = sound(&Cooked::verbatim(&text, 0), &text, Dialect::Bash).errors;
        let is_cut = errors
            .iter()
            .any(|error| error.message == "commands nest deeper than 100 levels");
        assert!(is_cut, "{:.20}: {errors:?}", text);
    }
}

#[test]
fn any_mixture_of_pieces_is_survived() {
    // A small generator of its own, so that every run reads the same texts.
    let pieces = [
        "a",
        " ",
        ";",
        "&&",
        "|",
        "\n",
        "$(",
        ")",
        "`",
        "\"",
        "'",
        "\\",
        "${",
        "}",
        "{",
        "((",
        "))",
        "[[ ",
        " ]]",
        "if ",
        "then ",
        "fi",
        "case ",
        " in ",
        ";;",
        "esac",
        "for ",
        "do ",
        "done",
        "<<E",
        "\nE\n",
        "<<-'E'",
        "\t",
        ">",
        "&",
        "=",
        "+=",
        "[",
        "]",
        "*",
        "?",
        "@(",
        "$'",
        "$\"",
        "$((",
        "#",
        "~",
        "é",
        "𝄞",
        "\0",
        "\r\n",
        "!",
        "sh -c ",
        "eval ",
        "function f",
        "()",
        "1",
        ",",
        "..",
        ":",
        "/",
        "%",
        "-",
        "\\\n",
        "export ",
        "x",
        "=~",
    ];
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % u64::try_from(below).unwrap()).unwrap()
    };
    for _ in 0..20_000 {
        let mut text = String::new();
        for _ in 0..=next(24) {
            text.push_str(pieces[next(pieces.len())]);
        }
        for dialect in [Dialect::Posix, Dialect::Bash] {
            sound(&Cooked::verbatim(&text, 0), &text, dialect);
            sound(&joined(&text), &text, dialect);
        }
    }
}
