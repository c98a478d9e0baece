//! Dockerfiles: instructions, and what may follow each.

mod flags;
mod names;

use std::path::{Path, PathBuf};

use super::{Completion, CompletionKind, Cursor, comment, in_name, open_variable, path, plain};
use crate::dockerfile::Dockerfile;
use crate::dockerfile::ast::InstructionKind;
use crate::dockerfile::keyword::Keyword;
use crate::engine::meta::Rule;
use crate::grammar::signal::Signal;
use crate::ide::line::{self, At, Line};
use crate::ide::words;
use crate::ide::workspace::Workspace;
use crate::knowledge::labels;
use crate::text::order;

/// What may be written in a Dockerfile.
pub(super) fn completions(
    workspace: &Workspace<'_>,
    rules: &'static [Rule],
    path: &Path,
    model: &Dockerfile,
    cursor: Cursor<'_>,
) -> Vec<Completion> {
    let here = Here {
        workspace,
        path,
        model,
        cursor,
    };
    match line::at(model, cursor.text, cursor.at) {
        At::Line(line) => here.line(&line),
        At::Heredoc {
            number,
            is_quoted,
            before,
        } => here.heredoc(number, is_quoted, &before),
        At::Comment(text) => {
            let at = (cursor.at as usize).saturating_sub(cursor.before().len());
            let above = cursor.text.get(..at).unwrap_or_default();
            let mut items = comment::completions(rules, &text, false, cursor);
            items.extend(comment::directives(&text, above, cursor));
            items
        }
        At::Start(typed) => here.keywords(&typed),
        At::Nowhere => Vec::new(),
    }
}

/// What questions about a place need.
struct Here<'h> {
    workspace: &'h Workspace<'h>,
    path: &'h Path,
    model: &'h Dockerfile,
    cursor: Cursor<'h>,
}

impl Here<'_> {
    fn line(&self, line: &Line) -> Vec<Completion> {
        if let Some((typed, has_brace)) = open_variable(&line.rest) {
            return self.variables(line.number, line.keyword, typed, has_brace);
        }
        if line.current.starts_with("--") && line.takes_flags() {
            return self.flag(line);
        }
        let mut items = self.arguments(line);
        if line.current.is_empty() && line.takes_flags() {
            let flags = self.flag(line).into_iter();
            items.extend(flags.map(|item| item.rank(8)));
        }
        items
    }

    /// What an instruction may have besides flags and variables.
    fn arguments(&self, line: &Line) -> Vec<Completion> {
        let typed = &*line.current;
        let arguments = line.arguments();
        match line.keyword {
            Keyword::From => self.from(line),
            Keyword::Copy | Keyword::Add => self.sources(line),
            Keyword::Arg => self.undeclared(line),
            Keyword::User if arguments.is_empty() => self.users(line),
            Keyword::StopSignal if arguments.is_empty() => {
                let names = Signal::names().map(|name| format!("SIG{name}"));
                self.values(typed, names)
            }
            Keyword::Expose => match typed.split_once('/') {
                Some((port, protocol)) if !port.is_empty() => {
                    self.values(protocol, ["tcp", "udp", "sctp"].map(str::to_owned))
                }
                _ => Vec::new(),
            },
            Keyword::Healthcheck if arguments.is_empty() => self.healthcheck(line),
            Keyword::Shell => self.shells(line),
            Keyword::Label => self.labels(line),
            _ => Vec::new(),
        }
    }

    fn values(&self, typed: &str, values: impl IntoIterator<Item = String>) -> Vec<Completion> {
        let span = self.cursor.word(typed, in_name);
        let values = values.into_iter();
        values
            .map(|value| Completion::new(value, CompletionKind::Value, span))
            .collect()
    }

    /// Instructions. `typed` is what stands on the line.
    fn keywords(&self, typed: &str) -> Vec<Completion> {
        let words: Vec<&str> = typed.split_whitespace().collect();
        let is_open = !typed.ends_with(char::is_whitespace);
        let (before, word) = match (words.split_last(), is_open) {
            (Some((last, before)), true) => (before, *last),
            _ => (&words[..], ""),
        };
        let is_trigger = match before {
            [] => false,
            [onbuild] if onbuild.eq_ignore_ascii_case("onbuild") => true,
            _ => return Vec::new(),
        };
        let span = self.cursor.word(word, |c| c.is_ascii_alphanumeric());
        let is_small = self.is_small(word);
        // Behind a keyword that stands in front of something nothing is added.
        let is_bare = self.cursor.text.get(span.end as usize..);
        let is_bare = is_bare.is_none_or(|rest| rest.is_empty() || rest.starts_with(['\r', '\n']));
        let items = self.possible(is_trigger).map(|keyword| {
            let found = words::instruction(keyword);
            let name = match is_small {
                true => keyword.as_str().to_ascii_lowercase(),
                false => keyword.as_str().to_owned(),
            };
            let mut item = Completion::new(&*name, CompletionKind::Keyword, span)
                .doc(format!(
                    "{}\n\n[Dockerfile reference]({})",
                    found.doc,
                    words::instruction_page(keyword)
                ))
                .detail(found.forms.first().map_or("", |form| form.label));
            if is_bare {
                item = item.text(format!("{name} "));
                item = item.snippet(format!("{name} {}", places(keyword)));
            }
            item.is_deprecated = keyword == Keyword::Maintainer;
            item.rank(if item_is_rare(keyword) { 6 } else { 5 })
        });
        items.collect()
    }

    /// The instructions that may stand at the cursor.
    fn possible(&self, is_trigger: bool) -> impl Iterator<Item = Keyword> {
        let mut before = self.model.stages.iter();
        let has_stage = before.any(|stage| {
            let from = &self.model.ast.instructions[stage.from];
            from.span.end < self.cursor.at && !from.keyword.span.touches(self.cursor.at)
        });
        Keyword::ALL
            .into_iter()
            .filter(move |keyword| match keyword {
                Keyword::From => !is_trigger,
                Keyword::Arg => has_stage || !is_trigger,
                Keyword::Maintainer | Keyword::Onbuild => has_stage && !is_trigger,
                _ => has_stage,
            })
    }

    /// Whether keywords are written in small letters: as the word that was begun, or as the first one of the file.
    fn is_small(&self, word: &str) -> bool {
        let instructions = self.model.ast.instructions.iter();
        let mut known = instructions.filter(|one| !matches!(one.kind, InstructionKind::Unknown(_)));
        match word.chars().next() {
            Some(first) => {
                first.is_ascii_lowercase() && {
                    known.all(|one| {
                        one.keyword
                            .value
                            .starts_with(|c: char| c.is_ascii_lowercase())
                    })
                }
            }
            None => known.next().is_some_and(|one| {
                one.keyword
                    .value
                    .starts_with(|c: char| c.is_ascii_lowercase())
            }),
        }
    }

    fn healthcheck(&self, line: &Line) -> Vec<Completion> {
        let span = self.cursor.word(&line.current, |c| c.is_ascii_alphabetic());
        let mut items = vec![
            Completion::new("CMD", CompletionKind::Keyword, span)
                .doc("The command that finds out whether the container works.")
                .text("CMD "),
        ];
        if line.words.is_empty() {
            items.push(
                Completion::new("NONE", CompletionKind::Keyword, span)
                    .doc("Switches off the check of the base image."),
            );
        }
        items
    }

    /// Shells that are often used, as arrays.
    fn shells(&self, line: &Line) -> Vec<Completion> {
        let behind = self.cursor.behind().trim_end();
        let is_alone = matches!(behind, "" | "]" | "\"]" | "\"");
        let typed = line.rest.trim_end();
        if !is_alone
            || !matches!(typed, "" | "[" | "[\"")
            || self.cursor.before().len() < line.rest.len()
        {
            return Vec::new();
        }
        let mut span = self.cursor.word(&line.rest, |_| false);
        span.end += crate::text::span::offset(behind.len());
        let shells = [
            "[\"/bin/sh\", \"-c\"]",
            "[\"/bin/bash\", \"-o\", \"pipefail\", \"-c\"]",
            "[\"/bin/ash\", \"-eo\", \"pipefail\", \"-c\"]",
            "[\"powershell\", \"-Command\"]",
            "[\"cmd\", \"/S\", \"/C\"]",
        ];
        let shells = shells.into_iter();
        shells
            .map(|shell| Completion::new(shell, CompletionKind::Value, span))
            .collect()
    }

    /// Labels that the OCI image specification knows and that the stage does not have.
    fn labels(&self, line: &Line) -> Vec<Completion> {
        let typed = line.current.trim_start_matches('"');
        if typed.contains('=') {
            return Vec::new();
        }
        let span = self.cursor.word(typed, in_name);
        let has_value = self.cursor.text.get(span.end as usize..);
        let has_value = has_value.is_some_and(|rest| rest.starts_with(['=', '"']));
        let config = self.model.config_at(line.number);
        let items = labels::ANNOTATIONS.iter().filter_map(|(name, doc)| {
            let key = format!("org.opencontainers.image.{name}");
            let is_there = config.label(&key).is_some()
                || line
                    .words
                    .iter()
                    .any(|word| word.starts_with(&format!("{key}=")));
            if is_there {
                return None;
            }
            let item = Completion::new(&*key, CompletionKind::Key, span).doc(*doc);
            if has_value || line.current.starts_with('"') {
                return Some(item);
            }
            let snippet = format!("{key}=\"$1\"");
            Some(item.text(format!("{key}=")).snippet(snippet))
        });
        items.collect()
    }

    /// Files that `COPY` and `ADD` can take. Where a destination may stand, only what was begun is gone on with.
    fn sources(&self, line: &Line) -> Vec<Completion> {
        let is_first = line.arguments().is_empty();
        let typed = line.current.trim_start_matches(['[', '"', '\'', ',']);
        if line.flag("from").is_some() || (!is_first && typed.is_empty()) {
            return Vec::new();
        }
        self.context_paths(typed)
    }

    /// Files of the folders that builds take files from.
    fn context_paths(&self, typed: &str) -> Vec<Completion> {
        let mut items = Vec::new();
        for folder in self.contexts() {
            items.extend(path::paths(
                self.workspace.files(),
                &folder,
                typed,
                self.cursor,
            ));
        }
        items
    }

    /// The folders of the builds; without any, that of the Dockerfile.
    fn contexts(&self) -> Vec<PathBuf> {
        let builds = self.workspace.builds_of(self.path);
        let folders =
            builds.filter_map(|(_, linked, build)| linked.project.context_path(build.build));
        let mut folders: Vec<PathBuf> = folders.collect();
        if folders.is_empty() {
            folders.extend(self.path.parent().map(Path::to_path_buf));
        }
        order::sort(&mut folders);
        folders.dedup();
        folders
    }
}

/// Whether an instruction is seldom what is wanted.
fn item_is_rare(keyword: Keyword) -> bool {
    matches!(
        keyword,
        Keyword::Maintainer | Keyword::Onbuild | Keyword::StopSignal | Keyword::Shell
    )
}

/// What follows a keyword, with places to fill in.
fn places(keyword: Keyword) -> String {
    let exec = format!("[\"${{1:{}}}\"]", plain("executable"));
    match keyword {
        Keyword::Add | Keyword::Copy => "${1:source} ${2:destination}".to_owned(),
        Keyword::Arg => "${1:name}".to_owned(),
        Keyword::Cmd | Keyword::Entrypoint => exec,
        Keyword::Env | Keyword::Label => "${1:key}=${2:value}".to_owned(),
        Keyword::Expose => "${1:port}".to_owned(),
        Keyword::From => "${1:image}".to_owned(),
        Keyword::Healthcheck => "CMD ${1:command}".to_owned(),
        Keyword::Maintainer => "${1:name}".to_owned(),
        Keyword::Onbuild => "$0".to_owned(),
        Keyword::Run => "${1:command}".to_owned(),
        Keyword::Shell => "[\"${1:/bin/sh}\", \"${2:-c}\"]".to_owned(),
        Keyword::StopSignal => "${1:signal}".to_owned(),
        Keyword::User => "${1:user}".to_owned(),
        Keyword::Volume | Keyword::Workdir => "${1:path}".to_owned(),
    }
}
