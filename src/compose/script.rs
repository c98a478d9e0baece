//! The texts of a Compose file that a shell in a container runs: the string of `sh -c` in `command`, `entrypoint`
//! and hooks, and health checks.
//!
//! What the shell gets is what is left when YAML is read, variables are replaced and a line is split into words
//! ([`super::command`]): `$$` is one dollar, and a reference to a variable of Compose is a hole, since its value
//! may be anything, shell syntax included. A hole is written as [`HOLE`] into the text.
//!
//! Which program `sh` is depends on the image. Not for: what a script does.

use std::collections::HashSet;

use super::command::Command;
use super::container::Container;
use super::develop::Hook;
use super::healthcheck::Test;
use super::interpolate::Reference;
use super::value::{Name, Scalar, Setting, Text};
use super::{File, service::Service};
use crate::diagnostic::SyntaxError;
use crate::shell::ast::Script;
use crate::shell::inner::{HOLE, script_word};
use crate::shell::{self, Dialect};
use crate::text::{Cooked, CookedBuilder, FileId, Location, Span};

/// A text that a shell of a container runs, read if it is in a language that we read.
#[derive(Clone, Debug)]
pub struct ContainerScript<'f> {
    /// The name of the service or job.
    pub owner: &'f Name,
    /// The container.
    pub container: &'f Container,
    /// What runs it.
    pub site: ScriptSite,
    /// The file that it stands in.
    pub file: FileId,
    /// The words that the shell is started with, the shell itself first; none for a health check's line.
    pub shell: Vec<Text>,
    /// The language it is in.
    pub dialect: Dialect,
    /// The text as the shell gets it, with a [`HOLE`] for each variable of Compose.
    pub text: Cooked<'static>,
    /// Its tree; `None` in a language that we do not read.
    pub script: Option<Script>,
    /// Where it does not follow the shell's grammar. Nothing where variables of Compose may bring syntax.
    pub errors: Vec<SyntaxError>,
    /// The variables of Compose in it that stand in no other one, in order.
    pub holes: Vec<Reference>,
}

/// What runs a script.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum ScriptSite {
    /// `entrypoint` and `command`, which are one list of words in the end.
    Process,
    /// `healthcheck.test`.
    Healthcheck,
    /// `post_start`, `pre_stop` or `develop.watch[].exec`.
    Hook,
}

impl ContainerScript<'_> {
    /// Whether a variable of Compose stands somewhere in a place.
    pub fn has_hole_in(&self, span: Span) -> bool {
        let first = self
            .holes
            .partition_point(|hole| hole.span.end <= span.start);
        let hole = self.holes.get(first);
        hole.is_some_and(|hole| hole.span.start < span.end)
    }
}

impl File {
    /// Every script of this document and of the ones behind it, in no particular order. One that reaches several
    /// containers through an alias is given once, for the first of them.
    pub fn scripts(&self) -> Vec<ContainerScript<'_>> {
        let mut found = Found::default();
        for document in self.documents() {
            for owned in document.containers() {
                found.container(owned.owner, owned.container);
            }
            for service in &document.services {
                service.hooks().for_each(|hook| found.hook(service, hook));
            }
        }
        found.scripts
    }
}

#[derive(Default)]
struct Found<'f> {
    scripts: Vec<ContainerScript<'f>>,
    /// The places of what was read already.
    seen: HashSet<(Location, Option<Location>)>,
}

impl<'f> Found<'f> {
    fn container(&mut self, owner: &'f Name, container: &'f Container) {
        self.process(owner, container);
        let test = container
            .healthcheck
            .as_ref()
            .and_then(|check| check.value.test.as_ref());
        let Some(test) = test.filter(|test| self.seen.insert((test.at, None))) else {
            return;
        };
        let site = ScriptSite::Healthcheck;
        match &test.value {
            Test::Text(line) => {
                let dialect = default_dialect(container);
                self.add(owner, container, site, Vec::new(), dialect, line);
            }
            Test::CmdShell { words, .. } => {
                if let Some(line) = words.first() {
                    let dialect = default_dialect(container);
                    self.add(owner, container, site, Vec::new(), dialect, &line.value);
                }
            }
            Test::Cmd { words, .. } => {
                let words: Vec<&Text> = words.iter().collect();
                self.words(owner, container, site, &words);
            }
            Test::None { .. } | Test::Other(_) => {}
        }
    }

    fn process(&mut self, owner: &'f Name, container: &'f Container) {
        let place = |command: &Setting<Command>| command.as_ref().map(|command| command.at);
        let entrypoint = place(&container.entrypoint);
        let command = place(&container.command);
        let Some(first) = entrypoint.or(command) else {
            return;
        };
        if !self.seen.insert((first, command)) {
            return;
        }
        let command: Vec<&Text> = words_of(&container.command).iter().collect();
        let mut all: Vec<&Text> = words_of(&container.entrypoint).iter().collect();
        let site = ScriptSite::Process;
        let own = all.len();
        all.extend(&command);
        let before = self.scripts.len();
        self.words(owner, container, site, &all);
        // Other entrypoints mostly end by running the command.
        if own > 0 && self.scripts.len() == before {
            self.words(owner, container, site, &command);
        }
    }

    fn hook(&mut self, service: &'f Service, hook: &Hook) {
        if let Some(command) = &hook.command
            && self.seen.insert((command.at, None))
        {
            let words: Vec<&Text> = command.value.words().iter().collect();
            self.words(&service.name, &service.container, ScriptSite::Hook, &words);
        }
    }

    /// Words that are run without a shell, one of which may be a script for a shell among them.
    fn words(
        &mut self,
        owner: &'f Name,
        container: &'f Container,
        site: ScriptSite,
        words: &[&Text],
    ) {
        let texts: Vec<&str> = words.iter().map(|word| word.value.text()).collect();
        let first = wrapped(&texts);
        let Some((at, dialect)) = texts.get(first..).and_then(script_word) else {
            return;
        };
        let (shell, script) = (&words[first..first + at], &words[first + at]);
        self.add(
            owner,
            container,
            site,
            shell.iter().copied().cloned().collect(),
            dialect,
            &script.value,
        );
    }

    fn add(
        &mut self,
        owner: &'f Name,
        container: &'f Container,
        site: ScriptSite,
        shell: Vec<Text>,
        dialect: Dialect,
        line: &Scalar,
    ) {
        let (text, holes) = with_holes(line);
        let (mut script, mut errors) = (None, Vec::new());
        if dialect.is_posix() {
            let parsed = shell::parse(&text, dialect);
            script = Some(parsed.tree);
            if holes.is_empty() {
                errors = parsed.errors;
            }
        }
        self.scripts.push(ContainerScript {
            owner,
            container,
            site,
            file: line.file(),
            shell,
            dialect,
            text,
            script,
            errors,
            holes,
        });
    }
}

fn words_of(command: &Setting<Command>) -> &[Text] {
    command
        .as_ref()
        .map_or(&[], |command| command.value.words())
}

/// The language of a line that the image's own shell runs.
fn default_dialect(container: &Container) -> Dialect {
    let platform = container.platform.as_ref();
    let platform = platform.and_then(|platform| platform.value.known());
    match platform.and_then(|platform| platform.split('/').next()) {
        Some("windows") => Dialect::Cmd,
        _ => Dialect::Posix,
    }
}

/// Where the command begins that small programs in front of it run: `tini -- sh -c …`.
fn wrapped(words: &[&str]) -> usize {
    let mut at = 0;
    while let Some(word) = words.get(at) {
        let rest = &words[at + 1..];
        let skipped = match word.rsplit('/').next().unwrap_or_default() {
            "tini" | "tini-static" | "docker-init" | "dumb-init" | "catatonit" => {
                let options = rest.iter().take_while(|word| word.starts_with('-')).count();
                // `-e 143` and `-p SIGTERM` of tini, `-r 15:3` of dumb-init.
                let takes_value = |word: &&str| matches!(*word, "-e" | "-p" | "-r");
                options + usize::from(rest[..options].last().is_some_and(takes_value))
            }
            "env" => {
                let is_setting = |word: &&&str| word.starts_with('-') || word.contains('=');
                rest.iter().take_while(is_setting).count()
            }
            "gosu" | "su-exec" => 1,
            "busybox" => 0,
            _ => break,
        };
        at += 1 + skipped;
    }
    at
}

/// The text of a scalar with a [`HOLE`] for each variable in it, and those variables.
fn with_holes(scalar: &Scalar) -> (Cooked<'static>, Vec<Reference>) {
    let cooked = scalar.cooked();
    let references = scalar.references().iter();
    let references: Vec<Reference> = references
        .filter(|reference| !reference.nested)
        .cloned()
        .collect();
    if references.is_empty() {
        return (cooked.clone(), references);
    }
    let holes: Vec<Span> = references.iter().map(|reference| reference.span).collect();
    let text = cooked.text();
    let mut builder = CookedBuilder::with_capacity(text.len());
    let mut map = cooked.mapper();
    let mut next = 0;
    let mut is_written = false;
    // What was read and not appended yet begins here.
    let mut from = 0;
    for (at, c) in text.char_indices() {
        let place = map.start_of(at);
        // Those without a text of their own, such as `${A:-}`, are in front of what follows them.
        while let Some(hole) = holes.get(next).filter(|hole| hole.end <= place) {
            if !is_written {
                builder.append(cooked, from..at);
                from = at;
                builder.replaced(HOLE, *hole);
            }
            is_written = false;
            next += 1;
        }
        if let Some(hole) = holes.get(next).filter(|hole| hole.start <= place) {
            if !is_written {
                builder.append(cooked, from..at);
                builder.replaced(HOLE, *hole);
                is_written = true;
            }
            from = at + c.len_utf8();
        }
    }
    builder.append(cooked, from..text.len());
    for (index, hole) in holes.iter().enumerate().skip(next) {
        if index > next || !is_written {
            builder.replaced(HOLE, *hole);
        }
    }
    (builder.finish(cooked.start_of(0)), references)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Site, language and text of each script.
    fn scripts(text: &str) -> Vec<(ScriptSite, Dialect, String)> {
        let file = File::lower(&crate::yaml::parse(&text.into()).tree, FileId(0));
        let shown = |script: &ContainerScript<'_>| {
            (script.site, script.dialect, script.text.text().to_owned())
        };
        file.scripts().iter().map(shown).collect()
    }

    fn one(service: &str) -> (ScriptSite, Dialect, String) {
        let mut all = scripts(&format!("services:\n  a:\n    {service}\n"));
        assert_eq!(all.len(), 1, "{service}: {all:?}");
        all.remove(0)
    }

    #[test]
    fn a_shell_runs_its_script_however_the_command_is_written() {
        let cases = [
            ("command: sh -c 'a && b'", Dialect::Posix),
            ("command: [bash, -ec, a && b]", Dialect::Bash),
            ("command: [tini, --, sh, -c, a && b]", Dialect::Posix),
            ("entrypoint: [/bin/sh, -c, a && b]", Dialect::Posix),
            (
                "{entrypoint: [/bin/sh, -c], command: [a && b]}",
                Dialect::Posix,
            ),
            (
                "{entrypoint: /start, command: sh -c 'a && b'}",
                Dialect::Posix,
            ),
            ("post_start: [{command: [sh, -c, a && b]}]", Dialect::Posix),
            ("healthcheck: {test: a && b}", Dialect::Posix),
            ("healthcheck: {test: [CMD-SHELL, a && b]}", Dialect::Posix),
            (
                "healthcheck: {test: [CMD, bash, -c, a && b]}",
                Dialect::Bash,
            ),
        ];
        for (service, dialect) in cases {
            let text = if service.starts_with('{') {
                format!("services:\n  a: {service}\n")
            } else {
                format!("services:\n  a:\n    {service}\n")
            };
            let found = scripts(&text);
            let [(_, found, text)] = &found[..] else {
                panic!("{service}: {found:?}");
            };
            assert_eq!((*found, &**text), (dialect, "a && b"), "{service}");
        }
    }

    #[test]
    fn without_a_shell_there_is_no_script() {
        for service in [
            "command: a && b",
            "command: [sh, a.sh]",
            "entrypoint: [sh, -c]",
            "healthcheck: {test: [CMD, a, b]}",
            "healthcheck: {test: [NONE]}",
        ] {
            let text = format!("services:\n  a:\n    {service}\n");
            assert!(scripts(&text).is_empty(), "{service}");
        }
    }

    #[test]
    fn variables_of_compose_are_holes_and_two_dollars_are_one() {
        let cases = [
            ("a $$B $$1 $1 $$(c)", "a $B $1 $1 $(c)"),
            ("a ${B} c$D", "a ${__} c${__}"),
            ("a ${B:-x y}c", "a ${__}c"),
            ("a ${B:-}c ${D:-}", "a ${__}c ${__}"),
            ("${A:-b ${C}} d", "${__} d"),
        ];
        for (written, wanted) in cases {
            let service = format!("healthcheck: {{test: [CMD-SHELL, '{written}']}}");
            assert_eq!(one(&service).2, wanted);
        }
    }

    #[test]
    fn ranges_are_those_of_the_file() {
        let text = "services:\n  a:\n    command: >-\n      sh -c \"echo $$A\n      ${B:-c}d\"\n";
        let file = File::lower(&crate::yaml::parse(&text.into()).tree, FileId(0));
        let scripts = file.scripts();
        let script = scripts[0].script.as_ref().expect("sh is read");
        let words = script.commands().flat_map(|found| &found.command.words);
        let words: Vec<&str> = words.map(|word| word.span.text(text)).collect();
        assert_eq!(words, ["echo", "$A", "${B:-c}d"]);
        assert!(scripts[0].has_hole_in(script.span));
    }

    #[test]
    fn an_alias_is_read_once() {
        let text = "services:\n  a: &a {command: [sh, -c, x]}\n  b: *a\n";
        assert_eq!(scripts(text).len(), 1);
    }
}
