//! Package managers: which command installs packages, which one fetches the lists.
//!
//! One table says what each manager understands, by its manual page. Not for: whether a manager is there,
//! nor what a package brings.

use super::invocation::{Argument, Flag, FlagValue, Invocation};
use super::word::Word;

/// What is known of a package manager's command line.
#[derive(Debug)]
pub struct Manager {
    /// Its program.
    pub name: &'static str,
    /// The verbs that install the packages behind them.
    pub install: &'static [&'static str],
    /// The verbs that fetch the lists of packages.
    pub update: &'static [&'static str],
    /// Options that take a value, without dashes.
    with_value: &'static [&'static str],
}

/// The managers that are known. Sources: apt-get(8), apt(8), apk-tools' apk(8), yum(8), dnf(8), zypper(8).
pub const MANAGERS: &[Manager] = &[
    Manager {
        name: "apt-get",
        install: &["install"],
        update: &["update"],
        with_value: APT_VALUES,
    },
    Manager {
        name: "apt",
        install: &["install"],
        update: &["update"],
        with_value: APT_VALUES,
    },
    Manager {
        name: "apk",
        install: &["add"],
        update: &["update"],
        with_value: &[
            "X",
            "repository",
            "p",
            "root",
            "t",
            "virtual",
            "arch",
            "cache-dir",
            "cache-max-age",
            "keys-dir",
            "progress-fd",
            "repositories-file",
            "timeout",
            "wait",
        ],
    },
    Manager {
        name: "yum",
        install: &["install", "localinstall", "reinstall"],
        update: &["makecache"],
        with_value: DNF_VALUES,
    },
    Manager {
        name: "dnf",
        install: &["install", "reinstall", "in"],
        update: &["makecache"],
        with_value: DNF_VALUES,
    },
    Manager {
        name: "microdnf",
        install: &["install", "reinstall"],
        update: &["makecache"],
        with_value: DNF_VALUES,
    },
    Manager {
        name: "zypper",
        install: &["install", "in"],
        update: &["refresh", "ref"],
        with_value: &[
            "C",
            "cache-dir",
            "c",
            "config",
            "D",
            "reposd-dir",
            "p",
            "plus-repo",
            "R",
            "root",
            "from",
            "r",
            "repo",
            "t",
            "type",
        ],
    },
];

const APT_VALUES: &[&str] = &[
    "a",
    "c",
    "o",
    "t",
    "P",
    "build-profiles",
    "config-file",
    "default-release",
    "host-architecture",
    "option",
    "target-release",
];

const DNF_VALUES: &[&str] = &[
    "c",
    "config",
    "d",
    "debuglevel",
    "e",
    "errorlevel",
    "R",
    "randomwait",
    "x",
    "exclude",
    "disablerepo",
    "enablerepo",
    "installroot",
    "releasever",
    "repo",
    "repofrompath",
    "setopt",
];

/// A command of a package manager.
#[derive(Clone, Debug)]
pub struct Use<'a> {
    /// The manager.
    pub manager: &'static Manager,
    /// The command without its wrappers.
    pub invocation: Invocation<'a>,
    /// What it is asked to do: `install`.
    pub verb: &'a Word,
    /// What stands behind the verb and is no option: packages, files, unresolved variables.
    pub operands: Vec<&'a Word>,
}

impl<'a> Use<'a> {
    /// Takes a command of a manager apart; `None` for another program, or where no verb is in sight.
    /// Variables in front of the verb are taken for options.
    pub fn of(invocation: &Invocation<'a>) -> Option<Use<'a>> {
        let name = invocation.name()?;
        let manager = MANAGERS.iter().find(|manager| manager.name == name)?;
        let mut operands = invocation
            .operands(manager.with_value)
            .skip_while(|word| word.literal().is_none());
        let verb = operands.next()?;
        Some(Use {
            manager,
            invocation: *invocation,
            verb,
            operands: operands.collect(),
        })
    }

    /// Whether it installs packages.
    pub fn is_install(&self) -> bool {
        self.verb_is_any(self.manager.install)
    }

    /// Whether it fetches the lists of packages.
    pub fn is_update(&self) -> bool {
        self.verb_is_any(self.manager.update)
    }

    /// Whether the manager is `apt-get` or `apt`.
    pub fn is_apt(&self) -> bool {
        matches!(self.manager.name, "apt-get" | "apt")
    }

    /// Whether the verb is one of these.
    pub fn verb_is_any(&self, verbs: &[&str]) -> bool {
        self.verb
            .literal()
            .is_some_and(|verb| verbs.contains(&verb))
    }

    /// Its options, wherever they stand.
    pub fn flags(&self) -> impl Iterator<Item = Flag<'a>> + use<'a> {
        let arguments = self.invocation.arguments(self.manager.with_value);
        arguments.filter_map(|argument| match argument {
            Argument::Flag(flag) => Some(flag),
            Argument::Operand(_) => None,
        })
    }

    /// The values of an option with one of these names, without dashes.
    pub fn values_of(&self, names: &[&str]) -> impl Iterator<Item = FlagValue<'a>> {
        self.flags()
            .filter(|flag| names.contains(&flag.name))
            .filter_map(|flag| flag.value)
    }

    /// The words that may be options, but only the build knows: unquoted variables before the first operand
    /// that is known.
    pub fn perhaps_flags(&self) -> impl Iterator<Item = &'a Word> + use<'a> {
        let known = self.operands.iter().find(|word| word.text().is_some());
        let first = known.map(|word| word.span.start);
        self.invocation.args().iter().filter(move |word| {
            first.is_none_or(|first| word.span.start < first)
                && word.unquoted_expansions().next().is_some()
                && word.leading_piece().is_empty()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell::{Dialect, parse};
    use crate::text::Cooked;

    /// Manager, verb and operands of the first command.
    fn shown(script: &str) -> Option<String> {
        let parsed = parse(&Cooked::verbatim(script, 0), Dialect::Posix);
        let command = parsed.tree.commands().next()?.command;
        let found = Use::of(&command.unwrapped()?)?;
        let operands = found.operands.iter();
        let operands: Vec<&str> = operands.map(|word| word.span.text(script)).collect();
        let verb = found.verb.span.text(script);
        Some(format!(
            "{} {verb}: {}",
            found.manager.name,
            operands.join(" ")
        ))
    }

    #[test]
    fn the_verb_is_found_behind_options_and_wrappers() {
        for script in [
            "apt-get install a b",
            "apt-get -y -qq install a b",
            "apt-get -o Acquire::Retries=3 -yt sid install -y a b",
            "sudo -E env DEBIAN_FRONTEND=noninteractive /usr/bin/apt-get $OPTS install a --yes b",
        ] {
            assert_eq!(
                shown(script).as_deref(),
                Some("apt-get install: a b"),
                "{script}"
            );
        }
        assert_eq!(
            shown("apk --no-cache add -t .deps a $b").as_deref(),
            Some("apk add: a $b")
        );
        assert_eq!(shown("apt-get $X"), None);
        assert_eq!(shown("echo apt-get install a"), None);
    }

    #[test]
    fn variables_before_the_packages_may_be_options() {
        for (script, expected) in [
            ("apt-get install $O a", true),
            ("apt-get $O install a", true),
            ("apt-get install $P", true),
            ("apt-get install a $P", false),
            ("apt-get install \"$P\" a", false),
            ("apt-get install a=$V", false),
        ] {
            let parsed = parse(&Cooked::verbatim(script, 0), Dialect::Posix);
            let command = parsed.tree.commands().next().unwrap().command;
            let found = Use::of(&command.invocation().unwrap()).unwrap();
            assert_eq!(found.perhaps_flags().next().is_some(), expected, "{script}");
        }
    }
}
