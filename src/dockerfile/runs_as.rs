//! Images that run as root because nothing in the file or its base image says otherwise, and where the line
//! that says otherwise would stand.
//!
//! Not for: an explicit `USER root` (the model's settings say it), nor which commands give root up (see
//! [`user`](super::user)).

use crate::knowledge::images::{DefaultUser, Family, Image};
use crate::shell::Dialect;
use crate::shell::programs::Programs;
use crate::text::{Edit, Span};

use super::account::CreatedUser;
use super::ast::{Command, Escape, Instruction, InstructionKind};
use super::model::{Base, Config, Dockerfile, Setting, Stage, Value, is_absolute};
use super::script::ScriptOrigin;

/// Why an image runs as root, although no `USER` says so.
#[derive(Clone, Debug)]
pub struct ImplicitRoot<'m> {
    /// Who the base image runs as; `None` where it is not known.
    pub user: Option<DefaultUser>,
    /// What is known of the base image.
    pub image: Option<Image>,
    /// The users that the file creates.
    pub created: Vec<CreatedUser<'m>>,
    /// Whether one of these is named again, so that it has some use.
    pub uses_created: bool,
}

impl Dockerfile {
    /// Whether a stage's image runs as root by default, and why. `None` also where that is not known or not
    /// the whole story: the program gives up root, somebody types in it, or it is no image that is asked for.
    pub fn implicit_root(&self, stage: &Stage) -> Option<ImplicitRoot<'_>> {
        let config = self.final_config(stage);
        if !stage.is_target || config.user().effective().is_some() {
            return None;
        }
        let image = self.base_image(stage);
        let user = match (&self.root_of(stage).base, &image) {
            (Base::Unresolved, _) => return None,
            (Base::Scratch, _) => Some(DefaultUser::Root),
            (_, Some(image)) => image.user,
            (_, None) => None,
        };
        match user {
            Some(DefaultUser::NonRoot) => return None,
            Some(DefaultUser::StepsDown) if config.entrypoint().is_inherited() => return None,
            None if self.is_perhaps_windows(config, image.as_ref()) => return None,
            Some(DefaultUser::Root | DefaultUser::StepsDown) | None => {}
        }
        if self.is_typed_in(config)
            || self.gives_up_root(stage)
            || self.has_user_of_its_platform(stage)
            || self.leaves_user_to_trigger(stage)
            || self.has_open_heredoc(stage)
        {
            return None;
        }
        let created = self.created_users(stage);
        if !created.is_empty() && is_run_by_a_script(config) {
            return None;
        }
        let uses_created = created
            .iter()
            .take(MAX_USERS)
            .any(|user| self.mentions(stage, user));
        Some(ImplicitRoot {
            user,
            image,
            created,
            uses_created,
        })
    }

    /// Whether a stage is built on an image whose containers are started by a platform that picks the user.
    fn has_user_of_its_platform(&self, stage: &Stage) -> bool {
        let Base::Image(value) = &self.root_of(stage).base else {
            return false;
        };
        let name = value.text().unwrap_or_default();
        PLATFORMS.iter().any(|platform| name.starts_with(platform))
    }

    /// Whether a heredoc that is not closed swallows the rest of a stage.
    fn has_open_heredoc(&self, stage: &Stage) -> bool {
        self.ast.instructions[stage.instructions.clone()]
            .iter()
            .flat_map(|instruction| &instruction.heredocs)
            .any(|heredoc| heredoc.terminator.is_none())
    }

    /// Whether `ONBUILD USER` sets a user for the images that are built on this one.
    fn leaves_user_to_trigger(&self, stage: &Stage) -> bool {
        self.chain(stage)
            .flat_map(|stage| stage.instructions.clone())
            .any(|index| {
                let is_trigger = matches!(
                    self.ast.instructions[index].kind,
                    InstructionKind::Onbuild(_)
                );
                match &self.acting(index).kind {
                    InstructionKind::User(user) if is_trigger => user
                        .user
                        .as_ref()
                        .is_some_and(|name| !is_root(without_group(&name.raw))),
                    _ => false,
                }
            })
    }

    /// Whether the program of a stage's image is a server that only starts as root: what it does for others is
    /// done by processes of another user, by its own configuration.
    pub fn serves_as_another_user(&self, stage: &Stage) -> bool {
        let config = self.final_config(stage);
        let settings = [config.cmd(), config.entrypoint()];
        let Some(last) = settings
            .into_iter()
            .find(|setting| setting.effective().is_some())
        else {
            return false;
        };
        self.program(last).is_some_and(|words| {
            words
                .first()
                .is_some_and(|word| SERVERS.contains(&file_name(word).trim_end_matches(is_version)))
        })
    }

    /// Where a stage or one that it is built on shows that the program keeps data: a `VOLUME`, or a directory
    /// that systems keep data in.
    pub fn state_of(&self, stage: &Stage) -> Option<Span> {
        let config = self.final_config(stage);
        let volume = config.volumes().find_map(|(_, instruction)| {
            let InstructionKind::Volume(volume) = &instruction.kind else {
                return None;
            };
            volume.paths.words.first().map(|word| word.span)
        });
        volume.or_else(|| {
            self.chain(stage)
                .flat_map(|stage| stage.instructions.clone())
                .find_map(|index| self.state_at(index))
        })
    }

    fn state_at(&self, index: usize) -> Option<Span> {
        let instruction = &self.ast.instructions[index];
        let word = match &instruction.kind {
            InstructionKind::Workdir(workdir) => workdir.path.as_ref()?,
            InstructionKind::Copy(copy) => copy.paths.destination()?,
            InstructionKind::Run(_) => {
                let mut made = self
                    .run_commands_of(index, const { &Programs::of(&["mkdir"]) })
                    .filter(|found| found.command.name() == Some("mkdir"))
                    .flat_map(|found| found.command.args());
                let made = made.find(|word| word.text().is_some_and(is_data_path));
                return made.map(|word| word.span);
            }
            _ => return None,
        };
        let value = self.value_at(index, word);
        value.text().is_some_and(is_data_path).then_some(word.span)
    }

    /// The edit that puts lines behind the last instruction of a stage that may need root.
    pub fn insertion_before_program(
        &self,
        stage: &Stage,
        lines: &[String],
        text: &str,
    ) -> Option<Edit> {
        let instructions = &self.ast.instructions[..stage.instructions.end];
        let before = instructions[stage.from..]
            .iter()
            .rposition(|instruction| !is_about_running(instruction))?;
        let before = &instructions[stage.from + before];
        // The file can end in the midst of an instruction; what is put behind it would be part of it.
        let line = text[..before.span.end as usize].trim_end();
        let behind = text[before.span.end as usize..].lines().next();
        let escape = self.ast.escape.as_char();
        if line.ends_with(escape) || behind.is_some_and(|rest| rest.contains(escape)) {
            return None;
        }
        let is_lower_case = before.keyword.value.bytes().all(|b| b.is_ascii_lowercase());
        let line_break = if text.contains("\r\n") { "\r\n" } else { "\n" };
        let mut inserted = String::new();
        for line in lines {
            let (keyword, rest) = line.split_once(' ').unwrap_or((line, ""));
            inserted.push_str(line_break);
            if is_lower_case {
                inserted.push_str(&keyword.to_ascii_lowercase());
            } else {
                inserted.push_str(keyword);
            }
            inserted.push(' ');
            inserted.push_str(rest);
        }
        Some(Edit::insert(before.span.end, inserted))
    }

    /// Whether an instruction of a stage's chain names a created user, other than to create it or to make a
    /// path of the name.
    fn mentions(&self, stage: &Stage, user: &CreatedUser<'_>) -> bool {
        let Some(name) = user.name else {
            // A variable: whatever uses it uses it by the variable, too.
            return true;
        };
        // Development environments run as these by a setting of their own.
        if matches!(name, "vscode" | "codespace" | "gitpod") {
            return true;
        }
        self.chain(stage)
            .flat_map(|stage| stage.instructions.clone())
            .any(|index| self.mentions_at(index, name))
    }

    fn mentions_at(&self, index: usize, name: &str) -> bool {
        let instruction = &self.ast.instructions[index];
        let owner = match &instruction.kind {
            InstructionKind::Copy(copy) => copy.chown.as_ref(),
            InstructionKind::Add(add) => add.chown.as_ref(),
            InstructionKind::Env(env) => {
                let values = env.pairs.iter().filter_map(|pair| pair.value.as_ref());
                let mut values = values.map(|value| value.value());
                return values.any(|value| value == name);
            }
            InstructionKind::Run(_) => {
                return self.run_commands(index).any(|found| {
                    let Some(invocation) = found.command.unwrapped() else {
                        return false;
                    };
                    !is_about_accounts(invocation.name())
                        && (invocation
                            .args()
                            .iter()
                            .any(|word| names(&word.leading_text(), name))
                            || found
                                .command
                                .words
                                .iter()
                                .take(invocation.first)
                                .any(|word| names(&word.leading_text(), name)))
                }) || heredocs_name(instruction, name);
            }
            _ => None,
        };
        owner.is_some_and(|owner| names(&owner.value(), name)) || heredocs_name(instruction, name)
    }

    /// The words of an instruction's command, if all are known. A script is none.
    fn program<'m>(&'m self, setting: Setting<'m>) -> Option<Vec<&'m str>> {
        let effective = setting.effective()?;
        match effective.instruction.command()? {
            Command::Exec(form) => Some(form.arguments.iter().map(|word| &*word.raw).collect()),
            Command::Shell(_) => {
                let mut scripts = self.scripts_of(effective.index).iter();
                let script = scripts.find(|script| script.origin == ScriptOrigin::ShellForm)?;
                let [item] = &*script.script.as_ref()?.body.items else {
                    return None;
                };
                let [command] = &*item.pipeline.commands else {
                    return None;
                };
                let words = &command.as_simple()?.words;
                words.iter().map(|word| word.literal()).collect()
            }
        }
    }

    /// Whether what an image runs is a shell or an interpreter that somebody types in.
    fn is_typed_in(&self, config: Config<'_>) -> bool {
        // An entrypoint usually ends by running the words of `CMD`.
        let settings = [config.cmd(), config.entrypoint()];
        let Some(last) = settings
            .iter()
            .find(|setting| setting.effective().is_some())
        else {
            return false;
        };
        let words = self.program(*last).unwrap_or_default();
        let Some((program, arguments)) = words.split_first() else {
            return false;
        };
        let program = file_name(program);
        let is_interactive = match program {
            "php" => matches!(arguments.first(), Some(&("-a" | "--interactive"))),
            // `python3.14`
            program => {
                TYPED_IN.contains(&program.trim_end_matches(is_version))
                    || TYPED_IN.contains(&program)
            }
        };
        is_interactive && arguments.iter().all(|word| word.starts_with('-'))
    }

    /// Whether a stage's image is one of Windows, or perhaps one, where other users and rights are at home.
    pub fn is_perhaps_for_windows(&self, stage: &Stage) -> bool {
        let image = self.base_image(stage);
        self.is_perhaps_windows(self.final_config(stage), image.as_ref())
    }

    /// Whether something says that an image whose user is not known is one of Windows.
    fn is_perhaps_windows(&self, config: Config<'_>, image: Option<&Image>) -> bool {
        let shell = config.shell_words().map(|words| {
            let words: Vec<&str> = words.iter().map(|word| &*word.raw).collect();
            Dialect::from_shell(&words)
        });
        image.is_some_and(|image| image.family == Some(Family::Windows))
            || self.ast.escape == Escape::Backtick
            || matches!(shell, Some(Dialect::Cmd | Dialect::PowerShell))
    }
}

/// Programs that wait for something to be typed when they get no argument but options.
const TYPED_IN: &[&str] = &[
    "R", "ash", "bash", "dash", "erl", "fish", "ghci", "iex", "ipython", "ipython3", "irb",
    "jshell", "julia", "ksh", "lua", "node", "pwsh", "python", "python2", "python3", "pypy",
    "pypy3", "sbcl", "scala", "sh", "swipl", "zsh",
];

/// Servers whose first process stays root, and whose workers run as the user that their configuration names.
/// Sources: Apache's `User` (mod_unixd), the `user` of nginx's core module and of a pool of PHP-FPM, and
/// sshd(8). The `apache2-foreground` and `httpd-foreground` of the official images only start the server.
const SERVERS: &[&str] = &[
    "apache2",
    "apache2-foreground",
    "apache2ctl",
    "apachectl",
    "httpd",
    "httpd-foreground",
    "nginx",
    "php-fpm",
    "sshd",
];

/// How the names of images begin whose containers run as a user that the platform picks, whatever `USER` says.
/// Sources: "Create a Lambda function using a container image" of AWS, and `remoteUser` in the metadata of the
/// development containers (<https://github.com/devcontainers/images>).
const PLATFORMS: [&str; 4] = [
    "amazon/aws-lambda-",
    "mcr.microsoft.com/devcontainers/",
    "mcr.microsoft.com/vscode/devcontainers/",
    "public.ecr.aws/lambda/",
];

/// Where systems keep data (Filesystem Hierarchy Standard 3.0, 3.17 and chapter 5), and where images do.
fn is_data_path(path: &str) -> bool {
    const DATA: [&str; 7] = [
        "/data",
        "/srv",
        "/var/cache",
        "/var/lib",
        "/var/log",
        "/var/opt",
        "/var/spool",
    ];
    // What package managers and systems keep there is no data of the program.
    const SYSTEM: [&str; 4] = [
        "/var/cache/apt",
        "/var/lib/apt",
        "/var/lib/dpkg",
        "/var/cache/apk",
    ];
    is_absolute(path)
        && DATA.iter().any(|data| is_below(path, data))
        && !SYSTEM.iter().any(|system| is_below(path, system))
        && !matches!(
            path.trim_end_matches('/'),
            "/var/lib" | "/var/log" | "/var/cache"
        )
}

/// Whether a path is a directory or lies in it.
pub fn is_below(path: &str, directory: &str) -> bool {
    path.strip_prefix(directory.trim_end_matches('/'))
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Whether an instruction says how the image is run, and does nothing when it is built.
fn is_about_running(instruction: &Instruction) -> bool {
    matches!(
        instruction.kind,
        InstructionKind::Cmd(_)
            | InstructionKind::Entrypoint(_)
            | InstructionKind::Expose(_)
            | InstructionKind::Healthcheck(_)
            | InstructionKind::StopSignal(_)
    )
}

/// Whether a program makes or changes accounts, or only directories.
fn is_about_accounts(program: Option<&str>) -> bool {
    matches!(
        program,
        Some(
            "addgroup"
                | "adduser"
                | "chpasswd"
                | "getent"
                | "gpasswd"
                | "groupadd"
                | "groupmod"
                | "id"
                | "mkdir"
                | "passwd"
                | "useradd"
                | "usermod"
        )
    )
}

/// Whether a text has a name in it, and not as a part of a path or of another word.
fn names(text: &str, name: &str) -> bool {
    let is_inside = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    text.match_indices(name).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + name.len()..].chars().next();
        !before.is_some_and(|c| is_inside(c) || c == '/')
            && !after.is_some_and(|c| is_inside(c) || c == '/')
    })
}

fn heredocs_name(instruction: &Instruction, name: &str) -> bool {
    let is_written = |instruction: &Instruction| {
        matches!(
            instruction.kind,
            InstructionKind::Copy(_) | InstructionKind::Add(_)
        )
    };
    is_written(instruction)
        && instruction
            .heredocs
            .iter()
            .any(|heredoc| names(heredoc.body.text(), name))
}

/// Whether an image's program is started by a script of its own, which can do anything before.
fn is_run_by_a_script(config: Config<'_>) -> bool {
    let effective = config.entrypoint().effective().or(config.cmd().effective());
    let command = effective
        .map(|effective| effective.instruction)
        .and_then(Instruction::command);
    match command {
        Some(Command::Exec(form)) => form
            .arguments
            .iter()
            .take(MAX_WORDS)
            .any(|word| is_script(&word.raw)),
        Some(Command::Shell(form)) => form
            .text
            .text()
            .split_ascii_whitespace()
            .take(MAX_WORDS)
            .any(is_script),
        None => false,
    }
}

/// How many created users are looked for.
const MAX_USERS: usize = 16;

/// How many words of a program are looked at.
const MAX_WORDS: usize = 16;

/// Whether a word of a program's command line names a script, or what starts processes by a file of its own.
fn is_script(word: &str) -> bool {
    let name = file_name(word);
    name.ends_with(".sh")
        || name.contains("entrypoint")
        || matches!(name, "supervisord" | "runsvdir" | "s6-svscan" | "circusd")
}

fn is_version(c: char) -> bool {
    c.is_ascii_digit() || c == '.'
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

impl Dockerfile {
    /// The name of the user that is in force before an instruction, without its group, where `USER` says it.
    pub fn user_at(&self, instruction: usize) -> Value {
        match self.config_at(instruction).user() {
            Setting::Set(effective) => match effective.value {
                Value::Known(text) => Value::Known(without_group(text).into()),
                Value::Default(text) => Value::Default(without_group(text).into()),
                Value::Unknown => Value::Unknown,
            },
            Setting::Inherited | Setting::Nothing => Value::Unknown,
        }
    }
}

/// The user of `user:group`.
pub fn without_group(user: &str) -> &str {
    user.split(':').next().unwrap_or(user)
}

/// Whether a name or number of a user is root's, as the runtime reads it: it takes every spelling of 0 that
/// Go's `strconv.Atoi` takes (runc's `user.GetExecUser`).
pub fn is_root(user: &str) -> bool {
    let digits = user.strip_prefix(['+', '-']).unwrap_or(user);
    user == "root" || !digits.is_empty() && digits.bytes().all(|digit| digit == b'0')
}
