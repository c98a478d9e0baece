//! Where `COPY` puts a file, and what the next instruction does to it.
//!
//! A mode or an owner that a `RUN` sets behind a `COPY` stores the file a second time; `COPY` can set both itself.

use crate::shell::ast::{Command as ShellCommand, ListOperator, SimpleCommand};
use crate::shell::word::Word as ShellWord;
use crate::text::Edit;

use super::ast::{Copy, Instruction, InstructionKind, Run};
use super::model::{Dockerfile, Value};
use super::script::ScriptOrigin;
use super::word::Word;

/// What a `COPY` with one source makes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copied {
    /// Its path in the image, without `.` and `..`; relative where the working directory is not known.
    pub path: String,
    /// Whether it is a file for sure, not a directory with files.
    pub is_file: bool,
}

/// A `COPY` and the `RUN` right behind it, which does one thing.
#[derive(Clone, Copy, Debug)]
pub struct Pair<'m> {
    /// The `COPY`.
    pub copy: &'m Instruction,
    /// Its arguments.
    pub arguments: &'m Copy,
    /// Its number in the file.
    pub index: usize,
    /// The `RUN`.
    pub run: &'m Instruction,
    /// The one command that it runs.
    pub command: &'m SimpleCommand,
}

impl Pair<'_> {
    /// Gives the `COPY` a flag and takes the `RUN` away. None where comments between its lines would go with it.
    pub fn replaced_by(&self, flag: &str, text: &str) -> Option<Vec<Edit>> {
        self.run.comments_inside.is_empty().then(|| {
            vec![
                Edit::insert(self.copy.keyword.span.end, format!(" {flag}")),
                Edit::delete_lines(text, self.run.span),
            ]
        })
    }
}

impl Dockerfile {
    /// Every `COPY` that a `RUN` of a single command follows.
    pub fn copies_before_commands(&self) -> impl Iterator<Item = Pair<'_>> {
        let pairs = self.ast.instructions.windows(2).enumerate();
        pairs.filter_map(|(index, pair)| {
            let [copy, run] = pair else { return None };
            let InstructionKind::Copy(arguments) = &copy.kind else {
                return None;
            };
            self.stage_of(index)?;
            let command = self.lone_command(run, index + 1)?;
            Some(Pair {
                copy,
                arguments,
                index,
                run,
                command,
            })
        })
    }

    /// The command of a `RUN` that has no flags and runs nothing else.
    fn lone_command<'m>(
        &'m self,
        instruction: &'m Instruction,
        index: usize,
    ) -> Option<&'m SimpleCommand> {
        let InstructionKind::Run(run) = &instruction.kind else {
            return None;
        };
        let Run {
            mounts,
            network: None,
            security: None,
            devices,
            ..
        } = &**run
        else {
            return None;
        };
        let [script] = self.scripts_of(index) else {
            return None;
        };
        let is_plain = mounts.is_empty()
            && devices.is_empty()
            && instruction.heredocs.is_empty()
            && script.origin == ScriptOrigin::ShellForm
            && script.errors.is_empty();
        let [item] = &*script.script.as_ref().filter(|_| is_plain)?.body.items else {
            return None;
        };
        let in_background = item
            .operator
            .is_some_and(|operator| operator.value == ListOperator::Background);
        let [ShellCommand::Simple(command)] = &*item.pipeline.commands else {
            return None;
        };
        let is_alone = command.assignments.is_empty()
            && command.redirects.is_empty()
            && item.pipeline.negation.is_none()
            && !in_background;
        is_alone.then_some(command)
    }

    /// What a `COPY` makes, if it has one source and its paths are known.
    pub fn copied(&self, index: usize, copy: &Copy) -> Option<Copied> {
        let [source, destination] = copy.paths.words.as_slice() else {
            return None;
        };
        let heredoc = self.ast.instructions[index].heredocs.first();
        let destination = self.known_path(index, destination)?;
        let is_parents = copy.parents.is_some();
        let is_directory = destination.ends_with('/')
            || destination.ends_with("/.")
            || matches!(&*destination, "." | "..");
        let directory = self.directory_at(index);
        if let Some(heredoc) = heredoc {
            let path = if is_directory {
                format!("{destination}/{}", heredoc.delimiter.value)
            } else {
                destination
            };
            return Some(Copied {
                path: joined(directory.as_deref(), &path),
                is_file: true,
            });
        }
        let source = self.known_path(index, source)?;
        let name = source.trim_end_matches('/').rsplit('/').next()?;
        let is_pattern = source.contains(['*', '?', '[']);
        let is_remote = source.contains("://");
        if is_pattern || is_remote || is_parents || matches!(name, "" | "." | "..") {
            // All of a directory, or who knows what.
            let is_whole = matches!(name, "" | "." | "..") && !is_pattern && !is_parents;
            return is_whole.then(|| Copied {
                path: joined(directory.as_deref(), &destination),
                is_file: false,
            });
        }
        let has_ending = |name: &str| {
            name.rsplit_once('.')
                .is_some_and(|(stem, ending)| !stem.is_empty() && !ending.is_empty())
        };
        let is_file = has_ending(name) && !source.ends_with('/');
        // The contents of a directory would stand right in the destination, so that only a file has its name
        // there.
        let (path, is_file) = if is_directory && !source.ends_with('/') {
            (format!("{destination}/{name}"), true)
        } else {
            (destination, is_file)
        };
        Some(Copied {
            path: joined(directory.as_deref(), &path),
            is_file,
        })
    }

    /// What the `COPY` of a pair makes, if that is the one path that the command behind it is given.
    pub fn copied_target(&self, pair: &Pair<'_>, targets: &[&ShellWord]) -> Option<Copied> {
        let [target] = targets else { return None };
        let target = target.literal()?;
        let copied = self.copied(pair.index, pair.arguments)?;
        (copied.path == self.path_at(pair.index, target)).then_some(copied)
    }

    /// A path that a command behind a `COPY` is given, in the form of [`Copied::path`].
    pub fn path_at(&self, index: usize, path: &str) -> String {
        joined(self.directory_at(index).as_deref(), path)
    }

    fn known_path(&self, index: usize, word: &Word) -> Option<String> {
        match self.value_at(index, word) {
            Value::Known(text) => Some(text.into()),
            Value::Default(_) | Value::Unknown => None,
        }
    }

    fn directory_at(&self, index: usize) -> Option<String> {
        let directory = self.config_at(index).directory();
        directory.known().map(str::to_owned)
    }
}

/// A path below a directory, without `.`, `..` and doubled slashes.
fn joined(directory: Option<&str>, path: &str) -> String {
    let whole = match directory {
        Some(directory) if !path.starts_with('/') => format!("{directory}/{path}"),
        _ => path.to_owned(),
    };
    let mut parts: Vec<&str> = Vec::new();
    for part in whole.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    let root = if whole.starts_with('/') { "/" } else { "" };
    format!("{root}{}", parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::super::parse::parse;
    use super::*;

    fn copied(text: &str) -> Option<(String, bool)> {
        let model = Dockerfile::new(parse(text).tree);
        let index = model.ast.instructions.len() - 1;
        let InstructionKind::Copy(copy) = &model.ast.instructions[index].kind else {
            panic!("{text}");
        };
        let copied = model.copied(index, copy)?;
        Some((copied.path, copied.is_file))
    }

    #[test]
    fn the_path_of_a_copied_file() {
        for (text, expected) in [
            ("COPY a.sh /b.sh", Some(("/b.sh", true))),
            ("COPY x/a.sh /bin/", Some(("/bin/a.sh", true))),
            ("COPY a /b", Some(("/b", false))),
            ("COPY a /b/", Some(("/b/a", true))),
            ("COPY . /app", Some(("/app", false))),
            ("COPY src/ /app/", Some(("/app", false))),
            ("WORKDIR /w\nCOPY a.sh .", Some(("/w/a.sh", true))),
            ("WORKDIR /w\nCOPY a.sh ../b/./", Some(("/b/a.sh", true))),
            ("COPY a.sh ./b/", Some(("b/a.sh", true))),
            ("COPY <<E /a\nE", Some(("/a", true))),
            ("COPY <<run.sh /bin/\nrun.sh", Some(("/bin/run.sh", true))),
            ("COPY a b /c/", None),
            ("COPY *.sh /c/", None),
            ("COPY $A /c", None),
        ] {
            let found = copied(&format!("FROM x\n{text}"));
            let expected = expected.map(|(path, is_file)| (path.to_owned(), is_file));
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn a_lone_command_follows() {
        let count = |run: &str| {
            let model = Dockerfile::new(parse(&format!("FROM x\nCOPY a b\n{run}")).tree);
            model.copies_before_commands().count()
        };
        assert_eq!(count("RUN chmod 1 b"), 1);
        assert_eq!(count("# note\nRUN chmod 1 b;"), 1);
        for run in [
            "RUN chmod 1 b && c",
            "RUN --mount=type=tmpfs,target=/t chmod 1 b",
            "RUN [\"chmod\", \"1\", \"b\"]",
            "RUN chmod 1 b > c",
            "RUN <<E\nchmod 1 b\nE",
            "ENV a=b\nRUN chmod 1 b",
            "FROM y\nRUN chmod 1 b",
            "CMD chmod 1 b",
        ] {
            assert_eq!(count(run), 0, "{run}");
        }
    }
}
