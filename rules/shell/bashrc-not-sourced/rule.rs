//! Flags settings in files that the shells of later instructions do not read.

use crate::dockerfile::Dockerfile;
use crate::dockerfile::model::{Base, Lookup};
use crate::dockerfile::script::ShellScript;
use crate::engine::{Context, Hooks};
use crate::shell::ast::{Command, RedirectOperator, Script, SimpleCommand};
use crate::shell::programs::Programs;
use crate::shell::walk::{Kinds, Node};
use crate::shell::word::{Word, WordPart};
use crate::text::Span;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.dockerfile(check);
}

/// Files that only login shells and interactive shells read.
const FILES: &[&str] = &[
    ".bash_login",
    ".bash_profile",
    ".bashrc",
    ".profile",
    ".zshrc",
    "bash.bashrc",
    "bashrc",
    "profile",
];

/// Texts that make a shell function, and the function. None of these is a program.
const FUNCTIONS: &[(&str, &str)] = &[
    ("nvm.sh", "nvm"),
    ("sdkman-init.sh", "sdk"),
    ("virtualenvwrapper", "workon"),
];

/// How many settings are followed in a file.
const MAX_SETTINGS: usize = 64;

/// How many stages are followed from one to the next.
const MAX_CHAIN: usize = 64;

/// Something that is written to such a file.
struct Setting<'m> {
    /// The variable or function.
    name: &'m str,
    is_function: bool,
    /// The file as written.
    file: &'m str,
    at: Span,
    /// The stage that writes it.
    stage: usize,
}

fn check(model: &Dockerfile, cx: &mut Context<'_, Dockerfile>) {
    let mut settings: Vec<Setting<'_>> = Vec::new();
    for place in model.scripts() {
        let (Some(script), Some(stage)) = (&place.script, model.stage_of(place.instruction)) else {
            continue;
        };
        if !settings.is_empty() && !reads_files(model, place, script) {
            let found = first_use(model, place, script, &settings, |setting| {
                is_inherited(model, stage.index, setting.stage)
            });
            if let Some((index, at)) = found {
                report(&settings[index], at, cx);
                settings.swap_remove(index);
            }
        }
        for found in script.commands_of(const { &Programs::of(&["echo", "printf"]) }) {
            let room = MAX_SETTINGS.saturating_sub(settings.len());
            settings.extend(written(found.command, stage.index).into_iter().take(room));
        }
    }
}

fn report(setting: &Setting<'_>, used: Span, cx: &mut Context<'_, Dockerfile>) {
    let file: String = setting.file.chars().take(40).collect();
    let name: String = setting.name.chars().take(40).collect();
    let what = if setting.is_function { "" } else { "$" };
    let message =
        format!("no `RUN` or `CMD` reads `{file}`, so that `{what}{name}` is not set there");
    let finding = cx.report(setting.at, message);
    finding.label(used, "used here");
    if setting.is_function {
        finding.help("read the file in the same `RUN`: `. file && …`");
    } else {
        finding.help("set the variable with `ENV`");
    }
}

/// Whether a stage has what another one has written.
fn is_inherited(model: &Dockerfile, stage: usize, writer: usize) -> bool {
    let mut at = stage;
    for _ in 0..MAX_CHAIN {
        match model.stages[at].base {
            _ if at == writer => return true,
            Base::Stage(base) => at = base,
            _ => return false,
        }
    }
    false
}

/// The settings that a command writes to a file for interactive shells.
fn written(command: &SimpleCommand, stage: usize) -> Vec<Setting<'_>> {
    let mut found = Vec::new();
    let is_echo = matches!(command.name(), Some("echo" | "printf"));
    let file = command.redirects.iter().find_map(|redirect| {
        let writes = matches!(
            redirect.operator.value,
            RedirectOperator::Append | RedirectOperator::Output
        );
        let path = redirect.target.text().or_else(|| end(&redirect.target))?;
        let name = path.rsplit('/').next().unwrap_or(path);
        let is_one = FILES.contains(&name) || path.starts_with("/etc/profile.d/");
        (writes && is_one).then_some((path, redirect.target.span))
    });
    let Some((file, at)) = file.filter(|_| is_echo) else {
        return found;
    };
    for part in command.args().iter().flat_map(Word::pieces) {
        let text: &str = match part {
            WordPart::Literal(text) | WordPart::SingleQuoted(text) => &text.value,
            _ => continue,
        };
        let mut push = |name, is_function| {
            found.push(Setting {
                name,
                is_function,
                file,
                at,
                stage,
            });
        };
        for (sign, name) in FUNCTIONS {
            if text.contains(sign) {
                push(name, true);
            }
        }
        for line in text.split(['\n', ';', '&']) {
            let line = line.trim_start();
            let Some(rest) = line.strip_prefix("export ") else {
                continue;
            };
            let Some((name, _)) = rest.trim_start().split_once('=') else {
                continue;
            };
            let is_name = |byte: u8| byte == b'_' || byte.is_ascii_alphanumeric();
            // The shell itself sets `PATH`, only to another value.
            if !name.is_empty() && name.bytes().all(is_name) && name != "PATH" {
                push(name, false);
            }
        }
    }
    found
}

/// The text behind the last expansion of a word.
fn end(word: &Word) -> Option<&str> {
    match word.pieces().last()? {
        WordPart::Literal(text) | WordPart::SingleQuoted(text) => Some(&text.value),
        _ => None,
    }
}

/// Whether the shell of a script reads such files: a login or interactive one, one that is told to, or a script
/// that reads some file itself.
fn reads_files(model: &Dockerfile, place: &ShellScript, script: &Script) -> bool {
    let is_asked = place.shell_words(model).iter().any(|word| {
        matches!(*word, "--login")
            || (word.starts_with('-') && !word.starts_with("--") && word.contains(['l', 'i']))
    });
    let config = model.config_at(place.instruction);
    let is_set = ["BASH_ENV", "ENV"]
        .iter()
        .any(|name| matches!(config.lookup(name), Lookup::Defined(_)));
    is_asked
        || is_set
        || script.commands().any(|found| {
            let command = found.command;
            let is_login = command.inner_script().is_some()
                && command.args().iter().any(|word| {
                    let text = word.leading_piece();
                    text == "--login" || (text.starts_with('-') && text.contains(['l', 'i']))
                });
            is_login || matches!(command.name(), Some("." | "source"))
        })
}

/// The first use of a setting in a script, where nothing else sets it.
fn first_use(
    model: &Dockerfile,
    place: &ShellScript,
    script: &Script,
    settings: &[Setting<'_>],
    is_there: impl Fn(&Setting<'_>) -> bool,
) -> Option<(usize, Span)> {
    let config = model.config_at(place.instruction);
    let mut assigned: Vec<&str> = Vec::new();
    for (node, _) in script.nodes_of(
        const {
            Kinds::COMMANDS
                .and(Kinds::ASSIGNMENTS)
                .and(Kinds::PARAMETERS)
        },
    ) {
        let (name, is_function, span) = match node {
            Node::Assignment(assignment) => {
                if assigned.len() < MAX_SETTINGS {
                    assigned.push(&assignment.name.value);
                }
                continue;
            }
            Node::Part(WordPart::Parameter(parameter)) if parameter.operation.is_none() => {
                (&*parameter.name.value, false, parameter.span)
            }
            Node::Command(Command::Simple(command)) => {
                let Some(invocation) = command.invocation() else {
                    continue;
                };
                let Some(name) = invocation.path() else {
                    continue;
                };
                (name, true, invocation.name_word().span)
            }
            _ => continue,
        };
        let found = settings.iter().position(|setting| {
            setting.name == name && setting.is_function == is_function && is_there(setting)
        });
        let Some(index) = found else { continue };
        let is_defined = !is_function
            && (assigned.contains(&name)
                || !matches!(config.lookup(name), Lookup::Undefined { .. }));
        if !is_defined {
            return Some((index, span));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn only_what_later_instructions_need_is_reported() {
        dockerfile(
            "bashrc-not-sourced",
            r#"
FROM debian:13 AS a
RUN echo 'export JAVA_HOME=/opt/java' >> ~/.bashrc && echo "export A=b" >>/etc/profile
#                                        ^^^^^^^^^ no `RUN` or `CMD` reads
ENV A=c
RUN echo $A && D=1; echo $D
RUN "$JAVA_HOME/bin/java" -version
RUN echo 'export NVM_DIR=/n; . /n/nvm.sh' \
  > /root/.profile
#   ^^^^^^^^^^^^^^ no `RUN` or `CMD` reads `/root/.profile`, so that `nvm` is not set there
FROM a
RUN nvm install 24
FROM debian:13
RUN echo 'export X=1' >> ~/.bashrc && echo 'export Y=1' >> /etc/app.conf && echo 'export PATH=/a:$PATH' >>~/.bashrc
RUN . ~/.bashrc && echo $X
RUN bash -lc 'echo $X'
RUN echo $Y $PATH ${X:-2}
SHELL ["/bin/bash", "-lc"]
RUN echo $X
FROM debian:13
RUN echo $X
"#,
        );
    }
}
