//! The Dockerfile parser on our own files: readable trees, and what holds for every text.

#![expect(
    clippy::unwrap_used,
    reason = "a fixture that cannot be read fails the test"
)]

use std::fmt::Write as _;
use std::path::PathBuf;

use dockworthy::dockerfile::Dockerfile;
use dockworthy::dockerfile::ast::{
    Ast, Command, Heredoc, Instruction, InstructionKind, List, Pair,
};
use dockworthy::dockerfile::mount::MountField;
use dockworthy::dockerfile::parse::parse;
use dockworthy::dockerfile::word::Word;
use dockworthy::text::{Span, Spanned};

/// Name and text of every fixture.
fn fixtures() -> Vec<(String, String)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/dockerfile");
    let mut fixtures: Vec<(String, String)> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "Dockerfile"))
        .map(|path| {
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            (name, std::fs::read_to_string(path).unwrap())
        })
        .collect();
    fixtures.sort();
    fixtures
}

#[test]
fn trees_of_the_fixtures_are_as_reviewed() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(concat!(env!("CARGO_MANIFEST_DIR"), "/snapshots/parse"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    for (name, text) in fixtures() {
        let tree = dump(&text);
        settings.bind(|| insta::assert_snapshot!(format!("dockerfile-{name}"), tree));
    }
}

#[test]
fn every_prefix_of_a_fixture_parses_to_a_sound_tree() {
    for (_, text) in fixtures() {
        for end in (0..=text.len()).filter(|end| text.is_char_boundary(*end)) {
            assert_sound(&text[..end]);
        }
    }
}

#[test]
fn every_suffix_of_a_fixture_parses_to_a_sound_tree() {
    for (_, text) in fixtures() {
        for start in (0..=text.len()).filter(|start| text.is_char_boundary(*start)) {
            assert_sound(&text[start..]);
        }
    }
}

#[test]
fn hostile_texts_parse_to_a_sound_tree() {
    for text in [
        "\0",
        "\\",
        "\\\n\\\n\\",
        "\u{feff}",
        "\u{feff}\u{feff}FROM a",
        "FROM\u{a0}a",
        "FROM a\u{2028}RUN b",
        "RUN <<\"\"\nx\n\ny",
        "RUN <<A <<A <<A\nA\nA",
        "ONBUILD ONBUILD ONBUILD ONBUILD ONBUILD ONBUILD RUN <<A\nA",
        "COPY --=x --=\"y\" --\"z=1\" a b",
        "RUN --mount=\"\"\" x",
        "RUN --mount=\\\"\\\",\\\" x",
        "RUN --mount=type=secret,\\\n# c\n,id=$a${ x",
        "ENV \\\n a\\\n=\\\n\"b\\\n c\"\\\n d",
        "COPY [\"\\ud800\\\n\", \"\\u00e9\"]",
        "HEALTHCHECK \u{85}CMD\u{a0}x",
        "FROM a AS \u{130}",
        "LABEL '=\"'=\"='",
        "RUN\r\n\r\rUSER\ra\r",
    ] {
        assert_sound(text);
    }
    assert_sound(&format!("FROM a\nENV b={}", "${c:-".repeat(100_000)));
    assert_sound(&format!("FROM a\nRUN {}", "[".repeat(100_000)));
    assert_sound(&format!("FROM a\n{}RUN b", "ONBUILD ".repeat(100_000)));
}

/// Every token lies inside the file on character boundaries, instructions follow one another, and what
/// is between them is white space.
fn assert_sound(text: &str) {
    let parse = parse(text);
    let check = |span: Span, within: Span, what: &str| {
        assert!(
            text.get(span.range()).is_some() && within.contains(span),
            "{what} {span:?} in {within:?} of {text:?}"
        );
    };
    let ast = &parse.tree;
    for error in &parse.errors {
        check(error.span, ast.span, error.rule);
        for (span, _) in &error.labels {
            check(*span, ast.span, error.rule);
        }
        for edit in error.fix.iter().flat_map(|fix| &fix.edits) {
            check(edit.span, ast.span, error.rule);
        }
    }
    for instruction in &ast.instructions {
        let mut tree = Tree::default();
        tree.instruction(text, instruction);
        for (what, span) in tree.spans {
            check(span, instruction.span, &what);
        }
    }
    let mut pieces: Vec<Span> = ast.instructions.iter().map(|i| i.span).collect();
    pieces.extend(ast.directives.iter().map(|directive| directive.span));
    pieces.extend(ast.comments.iter().filter(|c| !c.inside).map(|c| c.span));
    pieces.sort();
    let mut at = 0;
    for piece in pieces {
        check(piece, ast.span, "piece");
        assert_blank(text, Span::new(at, piece.start));
        assert!(at <= piece.start, "overlap at {at} in {text:?}");
        at = piece.end;
    }
    assert_blank(text, Span::new(at, ast.span.end));
    assert_model_is_sound(text, parse.tree);
}

/// Every question about every instruction has an answer, with spans inside the file.
fn assert_model_is_sound(text: &str, ast: Ast) {
    let mut model = Dockerfile::new(ast);
    model.set_targets(&[0, usize::MAX]);
    for index in 0..=model.ast.instructions.len() {
        let config = model.config_at(index);
        let _ = (config.user(), config.directory(), config.shell_words());
        assert!(config.exposes().count() + config.volumes().count() <= index * index);
        for found in model.unresolved(index) {
            assert!(
                text.get(found.span.range()).is_some(),
                "{found:?} in {text:?}"
            );
            let _ = model.similar_variable(index, found.name);
        }
    }
    for stage in &model.stages {
        assert!(model.needed_by(stage)[stage.index]);
        assert!(model.root_of(stage).index <= stage.index);
        assert_eq!(
            model.stage_of(stage.from).map(|s| s.index),
            Some(stage.index)
        );
        let _ = model.final_config(stage).labels().count();
    }
}

fn assert_blank(text: &str, gap: Span) {
    let between = gap.text(text).trim_start_matches('\u{feff}');
    assert!(between.trim().is_empty(), "{between:?} in {text:?}");
}

/// The tree of a text, one token a line, with the errors below.
fn dump(text: &str) -> String {
    let parse = parse(text);
    let mut tree = Tree::default();
    tree.file(text, &parse.tree);
    let mut out = tree.out;
    for error in &parse.errors {
        let _ = writeln!(out, "\nerror[{}] {}", error.rule, shown(text, error.span));
        let _ = writeln!(out, "  {}", error.message);
        for (span, label) in &error.labels {
            let _ = writeln!(out, "  label {}: {label}", shown(text, *span));
        }
        if let Some(help) = &error.help {
            let _ = writeln!(out, "  help: {help}");
        }
        if let Some(fix) = &error.fix {
            let _ = writeln!(out, "  fix ({}): {}", fix.applicability.as_str(), fix.title);
            for edit in &fix.edits {
                let _ = writeln!(out, "    {} -> {:?}", shown(text, edit.span), edit.text);
            }
        }
    }
    out
}

fn shown(text: &str, span: Span) -> String {
    format!("{span:?} {:?}", span.text(text))
}

/// Writes a tree, and collects its spans.
#[derive(Default)]
struct Tree {
    out: String,
    depth: usize,
    spans: Vec<(String, Span)>,
}

impl Tree {
    fn node(&mut self, text: &str, what: &str, span: Span, more: &str) {
        let indent = "  ".repeat(self.depth);
        let _ = writeln!(self.out, "{indent}{what} {}{more}", shown(text, span));
        self.spans.push((what.to_owned(), span));
    }

    fn file(&mut self, text: &str, ast: &Ast) {
        let _ = writeln!(self.out, "escape {:?}", ast.escape);
        for directive in &ast.directives {
            let more = format!(" line {}, counts: {}", directive.line, directive.counts);
            self.node(text, "directive", directive.span, &more);
            self.depth += 1;
            self.node(text, directive.kind.as_str(), directive.name.span, "");
            self.node(text, "value", directive.value.span, "");
            self.depth -= 1;
        }
        for comment in &ast.comments {
            let inside = if comment.inside { ", inside" } else { "" };
            let more = format!(" line {}{inside}", comment.line);
            self.node(text, "comment", comment.span, &more);
        }
        for instruction in &ast.instructions {
            self.out.push('\n');
            self.instruction(text, instruction);
        }
    }

    fn instruction(&mut self, text: &str, instruction: &Instruction) {
        let name = instruction.kind.keyword().map_or("?", |k| k.as_str());
        let lines = instruction.lines;
        let trigger = if instruction.is_trigger {
            ", trigger"
        } else {
            ""
        };
        let more = format!(" lines {}-{}{trigger}", lines.first, lines.last);
        self.node(text, name, instruction.span, &more);
        self.depth += 1;
        self.node(text, "keyword", instruction.keyword.span, "");
        for span in &instruction.blank_lines {
            self.node(text, "blank line", *span, "");
        }
        for flag in &instruction.flags {
            self.node(text, "flag", flag.span, "");
            self.depth += 1;
            self.node(text, "name", flag.name.span, "");
            self.word(text, "value", flag.value.as_ref());
            self.depth -= 1;
        }
        self.node(text, "arguments", instruction.arguments, "");
        self.kind(text, &instruction.kind);
        for heredoc in &instruction.heredocs {
            self.heredoc(text, heredoc);
        }
        self.depth -= 1;
    }

    fn kind(&mut self, text: &str, kind: &InstructionKind) {
        match kind {
            InstructionKind::From(from) => {
                self.word(text, "platform", from.platform.as_ref());
                self.word(text, "image", from.image.as_ref());
                self.spanned(text, "as", from.as_keyword.as_ref());
                self.spanned(text, "name", from.name.as_ref());
            }
            InstructionKind::Run(run) => {
                for mount in &run.mounts {
                    let more = format!(" {:?}", mount.kind);
                    self.node(text, "mount", mount.span, &more);
                    self.fields(text, &mount.fields);
                }
                for device in &run.devices {
                    let name = device.name.as_ref().map(|name| &name.value);
                    self.node(text, "device", device.span, &format!(" {name:?}"));
                    self.fields(text, &device.fields);
                }
                self.word(text, "network", run.network.as_ref());
                self.word(text, "security", run.security.as_ref());
                self.command(text, run.command.as_ref());
            }
            InstructionKind::Copy(copy) => {
                self.word(text, "from", copy.from.as_ref());
                self.word(text, "chown", copy.chown.as_ref());
                self.word(text, "chmod", copy.chmod.as_ref());
                self.switch(text, "link", copy.link);
                self.switch(text, "parents", copy.parents);
                self.words(text, "exclude", &copy.exclude);
                self.list(text, &copy.paths);
            }
            InstructionKind::Add(add) => {
                self.word(text, "chown", add.chown.as_ref());
                self.word(text, "chmod", add.chmod.as_ref());
                self.word(text, "checksum", add.checksum.as_ref());
                self.switch(text, "link", add.link);
                self.switch(text, "keep git dir", add.keep_git_dir);
                self.switch(text, "unpack", add.unpack);
                self.words(text, "exclude", &add.exclude);
                self.list(text, &add.paths);
            }
            InstructionKind::Env(env) => self.pairs(text, &env.pairs),
            InstructionKind::Label(label) => self.pairs(text, &label.pairs),
            InstructionKind::Arg(arg) => self.pairs(text, &arg.pairs),
            InstructionKind::Expose(expose) => self.words(text, "port", &expose.ports),
            InstructionKind::User(user) => self.word(text, "user", user.user.as_ref()),
            InstructionKind::Workdir(workdir) => self.word(text, "path", workdir.path.as_ref()),
            InstructionKind::Volume(volume) => self.list(text, &volume.paths),
            InstructionKind::StopSignal(stop) => self.word(text, "signal", stop.signal.as_ref()),
            InstructionKind::Maintainer(maintainer) => {
                self.word(text, "name", maintainer.name.as_ref());
            }
            InstructionKind::Cmd(cmd) => self.command(text, cmd.command.as_ref()),
            InstructionKind::Entrypoint(entrypoint) => {
                self.command(text, entrypoint.command.as_ref());
            }
            InstructionKind::Shell(shell) => self.command(text, shell.command.as_ref()),
            InstructionKind::Healthcheck(healthcheck) => {
                self.word(text, "interval", healthcheck.interval.as_ref());
                self.word(text, "timeout", healthcheck.timeout.as_ref());
                self.word(text, "start period", healthcheck.start_period.as_ref());
                self.word(text, "start interval", healthcheck.start_interval.as_ref());
                self.word(text, "retries", healthcheck.retries.as_ref());
                self.spanned(text, "test", healthcheck.test.as_ref());
                self.command(text, healthcheck.command.as_ref());
            }
            InstructionKind::Onbuild(onbuild) => {
                if let Some(trigger) = &onbuild.trigger {
                    self.instruction(text, trigger);
                }
            }
            InstructionKind::Unknown(_) => {}
        }
    }

    fn spanned(&mut self, text: &str, what: &str, value: Option<&Spanned<Box<str>>>) {
        if let Some(value) = value {
            self.node(text, what, value.span, "");
        }
    }

    fn switch(&mut self, text: &str, what: &str, value: Option<Spanned<bool>>) {
        if let Some(value) = value {
            self.node(text, what, value.span, &format!(" = {}", value.value));
        }
    }

    fn words(&mut self, text: &str, what: &str, words: &[Word]) {
        for word in words {
            self.word(text, what, Some(word));
        }
    }

    fn word(&mut self, text: &str, what: &str, word: Option<&Word>) {
        let Some(word) = word else { return };
        let value = word.value();
        let more = if *value == *word.span.text(text) {
            String::new()
        } else {
            format!(" = {value:?}")
        };
        self.node(text, what, word.span, &more);
        let mapped = word.value_cooked();
        assert_eq!(mapped.text(), value);
        self.spans
            .push((what.to_owned(), mapped.span(0..value.len())));
        self.depth += 1;
        for reference in word.references() {
            self.node(text, "variable", word.span_of(reference.range.clone()), "");
            self.spans
                .push((what.to_owned(), word.name_of(reference).1));
        }
        self.depth -= 1;
    }

    fn list(&mut self, text: &str, list: &List) {
        let what = if list.is_json { "element" } else { "word" };
        self.words(text, what, &list.words);
        if let Some(fault) = &list.json_fault {
            let more = format!(" {:?}, closed: {}", fault.reason, fault.is_closed);
            self.node(text, "no json", fault.at, &more);
        }
    }

    fn pairs(&mut self, text: &str, pairs: &[Pair]) {
        for pair in pairs {
            self.node(text, "pair", pair.span, &format!(" {:?}", pair.separator));
            self.depth += 1;
            self.word(text, "key", Some(&pair.key));
            self.word(text, "value", pair.value.as_ref());
            self.depth -= 1;
        }
    }

    fn fields(&mut self, text: &str, fields: &[MountField]) {
        self.depth += 1;
        for field in fields {
            let more = format!(" {:?}", field.name);
            self.node(text, "field", field.span, &more);
            self.depth += 1;
            self.node(text, "key", field.key.span, "");
            self.word(text, "value", field.value.as_ref());
            self.depth -= 1;
        }
        self.depth -= 1;
    }

    fn command(&mut self, text: &str, command: Option<&Command>) {
        match command {
            None => {}
            Some(Command::Shell(shell)) => {
                let cooked = shell.text.text();
                let more = if cooked == shell.span.text(text) {
                    String::new()
                } else {
                    format!(" = {cooked:?}")
                };
                self.node(text, "shell", shell.span, &more);
                if let Some(fault) = &shell.json_fault {
                    let more = format!(" {:?}, closed: {}", fault.reason, fault.is_closed);
                    self.node(text, "no json", fault.at, &more);
                }
            }
            Some(Command::Exec(exec)) => {
                self.node(text, "exec", exec.span, "");
                self.depth += 1;
                self.words(text, "argument", &exec.arguments);
                self.depth -= 1;
            }
        }
    }

    fn heredoc(&mut self, text: &str, heredoc: &Heredoc) {
        let quoted = if heredoc.quoted { ", quoted" } else { "" };
        let tabs = if heredoc.strip_tabs { ", no tabs" } else { "" };
        let more = format!(" descriptor {}{quoted}{tabs}", heredoc.descriptor);
        self.node(text, "heredoc", heredoc.word, &more);
        self.depth += 1;
        self.node(text, "delimiter", heredoc.delimiter.span, "");
        let body = heredoc.body.text();
        let more = if body == heredoc.body_span.text(text) {
            String::new()
        } else {
            format!(" = {body:?}")
        };
        self.node(text, "body", heredoc.body_span, &more);
        if let Some(terminator) = heredoc.terminator {
            self.node(text, "terminator", terminator, "");
        }
        self.depth -= 1;
    }
}
