//! Accounts that commands make: users, their numbers and groups.
//!
//! Options as in shadow's useradd(8), usermod(8), gpasswd(1) and userdel(8), Debian's adduser(8) and
//! addgroup(8), and BusyBox' adduser and addgroup. What a condition or a loop may leave out is marked.
//!
//! Not for: passwords, and who runs the image (see [`user`](super::user)).

use crate::shell::ast::{ListOperator, Script};
use crate::shell::context::{CommandUse, Context};
use crate::shell::invocation::{Argument, FlagValue, Invocation};
use crate::shell::programs::Programs;
use crate::shell::word::Word;
use crate::text::Span;

use super::model::{Dockerfile, Stage};

/// Options of `useradd` (shadow) and `adduser` (Debian, BusyBox) that take a value.
pub const USER_OPTIONS: &[&str] = &[
    "b",
    "base-dir",
    "c",
    "comment",
    "conf",
    "d",
    "e",
    "expiredate",
    "f",
    "firstgid",
    "firstuid",
    "G",
    "g",
    "gecos",
    "gid",
    "groups",
    "h",
    "home",
    "home-dir",
    "inactive",
    "ingroup",
    "K",
    "k",
    "key",
    "lastgid",
    "lastuid",
    "P",
    "p",
    "password",
    "prefix",
    "R",
    "root",
    "s",
    "selinux-user",
    "shell",
    "skel",
    "u",
    "uid",
    "Z",
];

/// Options of `usermod` that take a value.
pub const USERMOD_OPTIONS: &[&str] = &[
    "c",
    "comment",
    "d",
    "e",
    "expiredate",
    "f",
    "G",
    "g",
    "gid",
    "groups",
    "home",
    "inactive",
    "l",
    "login",
    "P",
    "p",
    "password",
    "prefix",
    "R",
    "root",
    "s",
    "selinux-user",
    "shell",
    "u",
    "uid",
    "Z",
];

/// A user that a command creates.
#[derive(Clone, Copy, Debug)]
pub struct CreatedUser<'m> {
    /// The name, if it is known.
    pub name: Option<&'m str>,
    /// Where the name stands.
    pub span: Span,
    /// The number that is asked for.
    pub uid: Option<FlagValue<'m>>,
    /// Whether the number may be another user's as well: `-o`.
    pub is_shared: bool,
    /// Whether the command may not be run: it stands in a condition's body, behind `||`, in a loop.
    pub is_perhaps: bool,
    /// The instruction, by its number in the file.
    pub instruction: usize,
}

impl CreatedUser<'_> {
    /// The number as the system reads it.
    pub fn number(&self) -> Option<u32> {
        self.uid?.text?.parse().ok()
    }
}

/// A user that a command puts into a further group.
#[derive(Clone, Copy, Debug)]
pub struct Membership<'m> {
    /// The user.
    pub user: &'m str,
    /// The groups, between commas.
    pub groups: &'m str,
    /// Where the groups stand.
    pub span: Span,
}

/// The programs that create users.
const CREATORS: Programs = Programs::of(&["adduser", "useradd"]);

impl Dockerfile {
    /// False if surely no command creates a user.
    pub fn may_create_users(&self) -> bool {
        self.may_run(&CREATORS)
    }

    /// The users that commands of a stage and of those that it is built on create, the stage's own first.
    pub fn created_users(&self, stage: &Stage) -> Vec<CreatedUser<'_>> {
        if !self.may_create_users() {
            return Vec::new();
        }
        self.chain(stage)
            .flat_map(|stage| stage.instructions.clone())
            .flat_map(|index| {
                let found = self.run_commands_of(index, &CREATORS);
                found.map(move |found| (index, found))
            })
            .filter_map(|(index, found)| created_user(found, index))
            .collect()
    }

    /// The commands of an instruction that are run when it is built; none for an `ONBUILD`.
    pub fn run_commands(&self, index: usize) -> impl Iterator<Item = CommandUse<'_>> {
        self.scripts_of(index)
            .iter()
            .filter(|script| !script.is_trigger)
            .filter_map(|script| script.script.as_ref())
            .flat_map(Script::commands)
    }

    /// Like [`Dockerfile::run_commands`], but without the commands that surely run none of these programs.
    pub fn run_commands_of<'m>(
        &'m self,
        index: usize,
        programs: &'m Programs,
    ) -> impl Iterator<Item = CommandUse<'m>> {
        self.scripts_of(index)
            .iter()
            .filter(|script| !script.is_trigger)
            .filter_map(|script| script.script.as_ref())
            .flat_map(|script| script.commands_of(programs))
    }
}

/// Whether a command may be left out when the script is run.
pub fn is_perhaps(context: &Context<'_>) -> bool {
    context.in_branch()
        || context.in_loop()
        || context.in_condition()
        || context.in_function()
        || context.operator_before() == Some(ListOperator::Or)
        || context.operator_behind() == Some(ListOperator::Or)
}

/// The user that a command creates.
pub fn created_user(found: CommandUse<'_>, instruction: usize) -> Option<CreatedUser<'_>> {
    let invocation = found.command.unwrapped()?;
    let is_adduser = invocation.is_any(&["adduser"]);
    if !is_adduser && !invocation.is_any(&["useradd"]) {
        return None;
    }
    let mut operands = invocation.operands(USER_OPTIONS);
    let name = operands.next()?;
    // `adduser user group` puts a user into a group.
    if is_adduser && operands.next().is_some() {
        return None;
    }
    Some(CreatedUser {
        name: name.text(),
        span: name.span,
        uid: option(&invocation, USER_OPTIONS, &["u", "uid"]),
        is_shared: ["o", "non-unique"]
            .iter()
            .any(|name| invocation.flag(name, USER_OPTIONS).is_some()),
        is_perhaps: is_perhaps(&found.context),
        instruction,
    })
}

/// The value of the last option with one of these names.
pub fn option<'a>(
    invocation: &Invocation<'a>,
    with_value: &'static [&'static str],
    names: &[&str],
) -> Option<FlagValue<'a>> {
    let arguments = invocation.arguments(with_value);
    let values = arguments.filter_map(|argument| match argument {
        Argument::Flag(flag) if names.contains(&flag.name) => flag.value,
        _ => None,
    });
    values.last()
}

/// The further groups that a command puts a user into.
pub fn membership<'a>(invocation: &Invocation<'a>) -> Option<Membership<'a>> {
    let pair = |user: Option<&'a Word>, groups: Option<FlagValue<'a>>| {
        let groups = groups?;
        Some(Membership {
            user: user?.text()?,
            groups: groups.text?,
            span: groups.word.span,
        })
    };
    let whole = |word: &'a Word| FlagValue {
        word,
        text: word.text(),
    };
    match invocation.name()? {
        "useradd" => pair(
            invocation.operands(USER_OPTIONS).next(),
            option(invocation, USER_OPTIONS, &["G", "groups"]),
        ),
        "usermod" => pair(
            invocation.operands(USERMOD_OPTIONS).next(),
            option(invocation, USERMOD_OPTIONS, &["G", "groups"]),
        ),
        "gpasswd" => {
            const OPTIONS: &[&str] = &["a", "add", "d", "delete", "M", "members", "A", "Q", "root"];
            let user = option(invocation, OPTIONS, &["a", "add"])?;
            let group = invocation.operands(OPTIONS).next();
            pair(Some(user.word), group.map(whole))
        }
        "adduser" | "addgroup" => {
            let mut operands = invocation.operands(USER_OPTIONS);
            let (user, group) = (operands.next(), operands.next());
            pair(user, group.map(whole)).filter(|_| operands.next().is_none())
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::parse::parse;
    use super::*;

    fn model(command: &str) -> Dockerfile {
        Dockerfile::new(parse(&format!("FROM a\nRUN {command}\n")).tree)
    }

    #[test]
    fn created_users_are_named() {
        let users = |command: &str| -> Vec<Option<String>> {
            let model = model(command);
            let users = model.created_users(model.last_stage().unwrap());
            users
                .iter()
                .map(|user| user.name.map(str::to_owned))
                .collect()
        };
        let app = [Some("app".to_owned())];
        for command in [
            "useradd app",
            "useradd -r -g app -u 999 --shell=/bin/false app",
            "groupadd app && /usr/sbin/useradd -mU -c 'The app' 'app'",
            "adduser --disabled-password --gecos '' app",
            "addgroup -S app && adduser -SDH -G app -h /app app",
            "adduser --system --group app && adduser app audio",
        ] {
            assert_eq!(users(command), app, "{command}");
        }
        assert_eq!(users("useradd \"$NAME\""), [None]);
        assert!(users("echo useradd app; useradd -D").is_empty());
    }

    #[test]
    fn created_users_have_numbers() {
        for (command, number, is_shared, is_perhaps) in [
            ("useradd -u 10001 app", Some(10001), false, false),
            ("useradd --uid=1 -o app", Some(1), true, false),
            ("adduser -D -u1000 app", Some(1000), false, false),
            ("useradd -u $UID app", None, false, false),
            ("id app || useradd app", None, false, true),
            ("if a; then useradd app; fi", None, false, true),
        ] {
            let model = model(command);
            let users = model.created_users(model.last_stage().unwrap());
            let user = users[0];
            assert_eq!(
                (user.number(), user.is_shared, user.is_perhaps),
                (number, is_shared, is_perhaps),
                "{command}"
            );
        }
    }

    #[test]
    fn memberships() {
        for (command, expected) in [
            ("useradd -G video,audio app", Some(("app", "video,audio"))),
            ("usermod -aG docker app", Some(("app", "docker"))),
            (
                "usermod --append --groups=docker app",
                Some(("app", "--groups=docker")),
            ),
            ("gpasswd -a app docker", Some(("app", "docker"))),
            ("adduser app docker", Some(("app", "docker"))),
            ("addgroup app docker", Some(("app", "docker"))),
            ("useradd -g app app", None),
            ("adduser -D -G app app", None),
            ("usermod -aG docker $USER", None),
        ] {
            let model = model(command);
            let found = model.run_commands(1).next().unwrap();
            let found = membership(&found.command.invocation().unwrap());
            let text = format!("FROM a\nRUN {command}\n");
            let found = found.map(|found| (found.user, found.span.text(&text)));
            assert_eq!(found, expected, "{command}");
        }
    }
}
