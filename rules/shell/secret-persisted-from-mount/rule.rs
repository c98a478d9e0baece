//! Flags commands that write a mounted secret into a layer.

use std::collections::HashSet;

use crate::diagnostic::Severity;
use crate::dockerfile::ast::Run;
use crate::dockerfile::mount::{Mount, MountKey, MountKind, MountTargets};
use crate::engine::nodes::{Host, ScriptUse};
use crate::engine::{Context, Hooks};
use crate::shell::ast::{Command, Redirect, RedirectOperator, SimpleCommand};
use crate::shell::context::CommandUse;
use crate::shell::invocation::Invocation;
use crate::shell::word::{Word, WordPart};
use crate::text::Span;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.script(check);
}

/// Where the secrets of a `RUN` are, while its script is read.
#[derive(Default)]
struct Secrets {
    /// The files.
    paths: HashSet<String>,
    /// Variables that hold one.
    variables: HashSet<String>,
}

/// A copy of a secret.
struct Copy {
    /// What makes it.
    span: Span,
    /// Where it goes.
    place: Place,
}

/// Where a copy goes.
enum Place {
    /// A file, by its path as far as it is written down.
    File(String),
    /// The settings of a program, which its own commands can take back.
    Settings(&'static str),
}

fn check(script: &ScriptUse<'_>, cx: &mut Context<'_, Host<'_>>) {
    let Some(script) = &script.in_dockerfile() else {
        return;
    };
    let Some(run) = script.run() else { return };
    let mut secrets = Secrets::of(run);
    if secrets.paths.is_empty() && secrets.variables.is_empty() {
        return;
    }
    let mut copies = Vec::new();
    let mut removed: HashSet<String> = HashSet::new();
    let mut tracing = None;
    let mut cleans_up = false;
    for found in script.script.commands() {
        secrets.learn(found.command);
        if let Some(span) = tracing
            && secrets.expands_variable(found.command)
        {
            cx.report(span, "`set -x` prints the secret into the build log")
                .help("leave `-x` out where a secret is used")
                .severity(Severity::Warning);
            tracing = None;
        }
        let Some(invocation) = found.command.unwrapped() else {
            continue;
        };
        match invocation.name() {
            Some("set") => match invocation.args() {
                [options, ..] if has_letter(options, '-') => tracing = Some(options.span),
                [options, ..] if has_letter(options, '+') => tracing = None,
                _ => {}
            },
            Some("trap") => cleans_up = true,
            Some("rm" | "shred" | "unlink") => {
                removed.extend(
                    invocation
                        .args()
                        .iter()
                        .map(|word| file_name(&path_of(word))),
                );
            }
            Some(name) => {
                if let Some(program) = taken_back(name, &invocation) {
                    removed.insert(program.to_owned());
                }
                copies.extend(secrets.copy(&found, &invocation));
            }
            None => {}
        }
    }
    if cleans_up {
        return;
    }
    let stage = script.model.stage_of(script.place.instruction);
    let is_kept = stage.is_some_and(|stage| stage.is_output);
    let mounted = MountTargets::of(&run.mounts);
    for copy in copies {
        let is_gone = match &copy.place {
            Place::File(path) => {
                // `rm -rf $HOME/.ssh`, `rm *` and the like take away whatever is in there.
                path.split('/').any(|part| removed.contains(part))
                    || removed.contains("")
                    || path.starts_with("/dev/")
                    || mounted.may_hold(path)
            }
            Place::Settings(program) => removed.contains(*program),
        };
        if is_gone {
            continue;
        }
        let message = match copy.place {
            Place::File(_) => "this writes the mounted secret into a layer".to_owned(),
            Place::Settings(program) => {
                format!("this writes the mounted secret into the settings of `{program}`")
            }
        };
        let finding = cx.report(copy.span, message);
        finding.help("use the secret where it is mounted, or remove the copy in the same `RUN`");
        if !is_kept {
            finding.severity(Severity::Warning);
        }
    }
}

impl Secrets {
    fn of(run: &Run) -> Secrets {
        let mut secrets = Secrets::default();
        for mount in run
            .mounts
            .iter()
            .filter(|mount| mount.kind == Some(MountKind::Secret))
        {
            let text = |key| {
                mount
                    .value(key)
                    .and_then(crate::dockerfile::word::Word::literal)
            };
            if let Some(name) = text(MountKey::Env) {
                secrets.variables.insert(name.into_owned());
            }
            if let Some(path) = path(mount) {
                secrets.paths.insert(path);
            }
        }
        secrets
    }

    /// Notes the variables that a command gives a secret: `TOKEN=$(cat /run/secrets/token)`.
    fn learn(&mut self, command: &SimpleCommand) {
        for assignment in &command.assignments {
            let holds = assignment.word().is_some_and(|word| self.is_in(word));
            if holds {
                self.variables.insert(assignment.name.value.to_string());
            }
        }
    }

    /// Whether a word has a secret in it when the shell is done with it.
    fn is_in(&self, word: &Word) -> bool {
        word.pieces().any(|part| match part {
            WordPart::Parameter(parameter) => self.variables.contains(&*parameter.name.value),
            WordPart::CommandSubstitution(substitution) => {
                let mut items = substitution.body.items.iter();
                items.any(|item| {
                    item.pipeline
                        .commands
                        .first()
                        .and_then(Command::as_simple)
                        .is_some_and(|command| self.reads(command))
                })
            }
            _ => false,
        })
    }

    /// Whether a command prints a secret: `cat /run/secrets/token`, `< /run/secrets/token`, `echo $TOKEN`.
    fn reads(&self, command: &SimpleCommand) -> bool {
        let mut inputs = command
            .redirects
            .iter()
            .filter(|redirect| matches!(redirect.operator.value, RedirectOperator::Input));
        let is_input = inputs.any(|redirect| self.is_path(&redirect.target));
        match command.name() {
            None => is_input && command.words.is_empty(),
            Some("cat" | "base64" | "head" | "tail" | "tr" | "sed" | "awk" | "jq") => {
                is_input || command.args().iter().any(|word| self.is_path(word))
            }
            Some("echo" | "printf") => command.args().iter().any(|word| self.is_in(word)),
            Some(_) => false,
        }
    }

    fn is_path(&self, word: &Word) -> bool {
        word.text().is_some_and(|path| self.paths.contains(path))
    }

    fn expands_variable(&self, command: &SimpleCommand) -> bool {
        command.words.iter().any(|word| self.is_in(word))
    }

    /// The copy that a command makes.
    fn copy(&self, found: &CommandUse<'_>, invocation: &Invocation<'_>) -> Option<Copy> {
        let command = found.command;
        let name = invocation.name()?;
        let span = command.span;
        let args = invocation.args();
        let file = |word: &Word| Copy {
            span,
            place: Place::File(path_of(word)),
        };
        if matches!(name, "cp" | "install" | "mv") {
            let (last, sources) = args.split_last()?;
            return sources
                .iter()
                .any(|word| self.is_path(word))
                .then(|| file(last));
        }
        let output = command
            .redirects
            .iter()
            .find(|redirect| is_output(redirect));
        if let Some(output) = output
            && (self.reads(command) || self.is_in_heredoc(command))
        {
            return Some(file(&output.target));
        }
        if name == "tee" {
            let piped = found.context.piped_from().and_then(Command::as_simple);
            let reads = piped.is_some_and(|piped| self.reads(piped))
                || self.is_in_heredoc(command)
                || command.redirects.iter().any(|redirect| {
                    redirect.operator.value == RedirectOperator::Input
                        && self.is_path(&redirect.target)
                });
            let target = invocation.operands(&[]).next();
            return target.filter(|_| reads).map(file);
        }
        let program = settings(name, invocation)?;
        args.iter().any(|word| self.is_in(word)).then_some(Copy {
            span,
            place: Place::Settings(program),
        })
    }

    fn is_in_heredoc(&self, command: &SimpleCommand) -> bool {
        command
            .name()
            .is_some_and(|name| matches!(name, "cat" | "tee"))
            && command.redirects.iter().any(|redirect| {
                let body = redirect.heredoc.as_ref().and_then(|heredoc| heredoc.body());
                body.is_some_and(|body| self.is_in(&body.text))
                    || redirect.operator.value == RedirectOperator::HereString
                        && self.is_in(&redirect.target)
            })
    }
}

fn is_output(redirect: &Redirect) -> bool {
    redirect.operator.value.writes() && redirect.operator.value != RedirectOperator::ReadWrite
}

/// Where a secret is mounted: `/run/secrets/` and its name, unless a variable gets it or a target is given
/// (BuildKit's `dispatchSecret`).
fn path(mount: &Mount) -> Option<String> {
    let text = |key| {
        mount
            .value(key)
            .and_then(crate::dockerfile::word::Word::literal)
    };
    if let Some(target) = mount.value(MountKey::Target) {
        return target.literal().map(std::borrow::Cow::into_owned);
    }
    if mount.value(MountKey::Env).is_some() {
        return None;
    }
    let name = text(MountKey::Id).or_else(|| text(MountKey::Source))?;
    let name = name.rsplit('/').next().unwrap_or(&name);
    Some(format!("/run/secrets/{name}"))
}

/// A path without quotes, variables as they are written.
fn path_of(word: &Word) -> String {
    if let Some(text) = word.text() {
        return text.to_owned();
    }
    let mut path = String::new();
    for part in word.pieces() {
        match part {
            WordPart::Literal(text) | WordPart::SingleQuoted(text) | WordPart::Tilde(text) => {
                path.push_str(&text.value);
            }
            WordPart::Parameter(parameter) => {
                path.push('$');
                path.push_str(&parameter.name.value);
            }
            _ => path.push('*'),
        }
    }
    path
}

/// The last part of a path that is removed; nothing for `*` alone.
fn file_name(path: &str) -> String {
    let path = path.trim_end_matches(['/', '*']);
    path.rsplit('/').next().unwrap_or_default().to_owned()
}

/// The program whose settings a command writes.
fn settings(name: &str, invocation: &Invocation<'_>) -> Option<&'static str> {
    let mut operands = invocation.operands(&[]).filter_map(Word::literal);
    let (first, second) = (operands.next(), operands.next());
    match (name, first, second) {
        ("git", Some("config"), _) => Some("git"),
        ("npm" | "pnpm" | "yarn", Some("config" | "set"), _) => Some("npm"),
        ("pip" | "pip3", Some("config"), Some("set")) => Some("pip"),
        ("composer", Some("config"), _) => Some("composer"),
        ("poetry", Some("config"), _) => Some("poetry"),
        ("bundle", Some("config"), _) => Some("bundle"),
        ("docker" | "podman", Some("login"), _) => Some("docker"),
        _ => None,
    }
}

/// The program whose settings a command takes back, or the file that holds them.
fn taken_back(name: &str, invocation: &Invocation<'_>) -> Option<&'static str> {
    let has = |words: &[&str]| {
        invocation
            .args()
            .iter()
            .filter_map(Word::literal)
            .any(|word| words.contains(&word))
    };
    match name {
        "git" => has(&["--unset", "--unset-all", "--remove-section"]).then_some("git"),
        "npm" | "pnpm" | "yarn" => has(&["delete", "rm", "logout"]).then_some("npm"),
        "pip" | "pip3" => has(&["unset"]).then_some("pip"),
        "composer" | "poetry" | "bundle" => {
            let program = ["composer", "poetry", "bundle"];
            let program = program.into_iter().find(|program| *program == name)?;
            has(&["--unset", "unset"]).then_some(program)
        }
        "docker" | "podman" => has(&["logout"]).then_some("docker"),
        _ => None,
    }
}

/// Whether an argument of `set` has the letter that prints commands, behind this sign.
fn has_letter(word: &Word, sign: char) -> bool {
    word.text()
        .is_some_and(|text| text.starts_with(sign) && !text.starts_with("--") && text.contains('x'))
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn the_command_that_copies_is_marked() {
        dockerfile(
            "secret-persisted-from-mount",
            r#"
FROM debian:13
RUN --mount=type=secret,id=a \
    --mount=type=secret,id=b,target=/b,env=B \
    cp /b /c && cat /run/secrets/a > /d && \
#   ^^^^^^^^ error: this writes the mounted secret into a layer
#               ^^^^^^^^^^^^^^^^^^^^^^^ error: this writes
    x="u:$B" && printf '%s' "$x" | tee -a /e && \
#                                  ^^^^^^^^^ error: this writes
    npm config set _auth "$(cat /run/secrets/a)"
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: this writes the mounted secret into the settings of `npm`
RUN --mount=type=secret,id=a,env=A cat <<DOC >/f
#                                  ^^^^^^^^^^^^^ error: this writes
password=$A
DOC
RUN --mount=type=secret,id=a,env=A set -ex && use "$A" && use "$A"
#                                      ^^^ warning: `set -x` prints the secret into the build log
RUN --mount=type=secret,id=a cp /run/secrets/a /g && rm -rf /var/lib/apt/lists/*
#                            ^^^^^^^^^^^^^^^^^^^^ error: this writes
"#,
        );
    }

    #[test]
    fn what_leaves_nothing_behind_is_silent() {
        for command in [
            "cp /run/secrets/a /c && use && rm -f /c",
            "mkdir /k && cp /run/secrets/a /k/c && rm -r /k",
            "cat /run/secrets/a | use",
            "use <\"/run/secrets/a\" >/out",
            "curl -u \"$A\" x > /out",
            "echo \"$OTHER\" > /out",
            "echo \"$A\" > /dev/stderr",
            "echo \"$A\" > \"$HOME/.netrc\" && use && rm ~/.netrc",
            "trap 'rm /c' EXIT; cp /run/secrets/a /c",
            "git config --global x \"$A\" && use && git config --global --unset x",
            "cp /etc/a /c",
            "set -e && use \"$A\"",
            "set -x && use && set +x && use \"$A\"",
            "echo \"$A\" > /cache/a",
        ] {
            let mounts = "--mount=type=secret,id=a --mount=type=secret,id=a,env=A \
                --mount=type=cache,target=/cache";
            dockerfile(
                "secret-persisted-from-mount",
                &format!("FROM a\nRUN {mounts} {command}\n"),
            );
        }
        dockerfile(
            "secret-persisted-from-mount",
            "FROM a\nRUN cp /run/secrets/a /c && echo $A > /d\n",
        );
    }
}
