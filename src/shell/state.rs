//! Commands that change nothing but the shell that runs them: directory, variables, options.
//!
//! Each `RUN` has a shell of its own, so that such a command at the end of one is in vain. Not for: what becomes
//! of files, nor whether later commands of the same script use the change.

use super::ast::{Command, ListOperator, Script, SimpleCommand};
use super::invocation::Invocation;
use super::word::{Word, WordPart};

/// What a command changes in its shell.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum StateChange {
    /// The working directory: `cd`, `pushd`, `popd`.
    Directory,
    /// A variable goes away: `unset x`, `export -n x`, `export x=`.
    Unset,
    /// A variable gets a value: `x=1`, `export x=1`.
    Variable,
    /// Settings of an environment are read: `. venv/bin/activate`, `conda activate`, `nvm use`.
    Environment,
    /// Anything else: `set`, `umask`, `alias` and so on.
    Setting,
}

/// Files that set up a shell and do nothing else.
const ENVIRONMENT_FILES: &[&str] = &[
    ".bash_profile",
    ".bashrc",
    ".profile",
    ".zshrc",
    "activate",
    "asdf.sh",
    "bash.bashrc",
    "conda.sh",
    "env",
    "environment",
    "nvm.sh",
    "profile",
    "rvm",
    "sdkman-init.sh",
    "setup.bash",
    "setup.sh",
    "setupvars.sh",
    "setvars.sh",
    "virtualenvwrapper.sh",
];

impl Script {
    /// The command that ends the script, if it is a simple one that nothing else is run beside.
    pub fn last_simple(&self) -> Option<&SimpleCommand> {
        let mut items = self.body.items.iter().rev();
        // `a; true` ends with `a` as far as effects go.
        let item = items.find(|item| {
            !matches!(&*item.pipeline.commands, [Command::Simple(command)]
                if command.args().is_empty() && matches!(command.name(), Some("true" | ":")))
        })?;
        let is_plain = item.pipeline.negation.is_none()
            && item.operator.is_none_or(|operator| {
                !matches!(operator.value, ListOperator::Background | ListOperator::Or)
            });
        match &*item.pipeline.commands {
            [Command::Simple(command)] if is_plain => Some(command),
            _ => None,
        }
    }
}

impl SimpleCommand {
    /// What it changes in its shell, if it does nothing else.
    pub fn state_change(&self) -> Option<StateChange> {
        let Some(invocation) = self.invocation() else {
            // What is substituted may have done the work.
            let is_plain = self
                .assignments
                .iter()
                .all(|assignment| assignment.word().is_none_or(|word| !runs_commands(word)));
            let is_it = !self.assignments.is_empty() && self.redirects.is_empty() && is_plain;
            return is_it.then_some(StateChange::Variable);
        };
        let args = invocation.args();
        let first = args.first();
        match invocation.path()? {
            "cd" | "pushd" | "popd" => Some(StateChange::Directory),
            "unset" => (!args.is_empty()).then_some(StateChange::Unset),
            "export" | "declare" | "typeset" | "readonly" => self.declaration(&invocation),
            "alias" | "unalias" | "umask" | "ulimit" | "shopt" | "set" => {
                (!args.is_empty()).then_some(StateChange::Setting)
            }
            "." | "source" => {
                let file = first?.text().or_else(|| first.and_then(tail))?;
                let name = file.rsplit('/').next().unwrap_or(file);
                let is_environment = ENVIRONMENT_FILES.contains(&name);
                is_environment.then_some(StateChange::Environment)
            }
            "conda" | "mamba" | "micromamba" => {
                let verb = first?.literal()?;
                matches!(verb, "activate" | "deactivate").then_some(StateChange::Environment)
            }
            "nvm" | "rvm" | "sdk" => first?.is("use").then_some(StateChange::Environment),
            "workon" | "deactivate" => Some(StateChange::Environment),
            "eval" => is_agent(first?).then_some(StateChange::Environment),
            _ => None,
        }
    }

    fn declaration(&self, invocation: &Invocation<'_>) -> Option<StateChange> {
        if invocation.has_flag("p") || invocation.has_flag("f") {
            return None;
        }
        let declared = self.declarations();
        if invocation.path() == Some("export") {
            let is_emptied = !declared.is_empty()
                && declared
                    .iter()
                    .all(|assignment| assignment.word().and_then(Word::text) == Some(""));
            if invocation.has_flag("n") || is_emptied {
                return Some(StateChange::Unset);
            }
        }
        let names_something = !declared.is_empty() || !invocation.args().is_empty();
        names_something.then_some(StateChange::Variable)
    }
}

/// The text behind the last expansion of a word: `/activate` of `$VENV/bin/activate` is its end.
fn tail(word: &Word) -> Option<&str> {
    match word.pieces().last()? {
        WordPart::Literal(text) => Some(&text.value),
        WordPart::SingleQuoted(text) => Some(&text.value),
        _ => None,
    }
}

fn runs_commands(word: &Word) -> bool {
    word.pieces().any(|part| {
        matches!(
            part,
            WordPart::CommandSubstitution(_) | WordPart::ProcessSubstitution(_)
        )
    })
}

/// Whether a word is the output of `ssh-agent`, which says where the agent is.
fn is_agent(word: &Word) -> bool {
    word.pieces().any(|part| match part {
        WordPart::CommandSubstitution(substitution) => {
            let first = substitution.body.items.first();
            let command = first.and_then(|item| item.pipeline.commands.first());
            let command = command.and_then(Command::as_simple);
            command.and_then(SimpleCommand::name) == Some("ssh-agent")
        }
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell::{Dialect, parse};
    use crate::text::Cooked;

    fn last_change(script: &str) -> Option<StateChange> {
        let parsed = parse(&Cooked::verbatim(script, 0), Dialect::Bash);
        parsed.tree.last_simple()?.state_change()
    }

    #[test]
    fn commands_that_change_only_the_shell_are_known() {
        use StateChange as Change;
        let cases = [
            ("cd /a", Some(Change::Directory)),
            ("a && pushd b", Some(Change::Directory)),
            ("unset a", Some(Change::Unset)),
            ("export -n a", Some(Change::Unset)),
            ("export a=", Some(Change::Unset)),
            ("export a=''", Some(Change::Unset)),
            ("export a=b", Some(Change::Variable)),
            ("export a", Some(Change::Variable)),
            ("declare -x a=$(b)", Some(Change::Variable)),
            ("a=b c=$d", Some(Change::Variable)),
            ("a=$(b)", None),
            ("a=b c", None),
            ("export -p", None),
            ("export", None),
            (". venv/bin/activate", Some(Change::Environment)),
            (
                "source \"$NVM_DIR/nvm.sh\"; true",
                Some(Change::Environment),
            ),
            ("source ./build.sh", None),
            ("conda activate a", Some(Change::Environment)),
            ("conda install a", None),
            ("eval \"$(ssh-agent -s)\"", Some(Change::Environment)),
            ("eval \"$(a)\"", None),
            ("umask 077", Some(Change::Setting)),
            ("umask", None),
            ("a && set -e", Some(Change::Setting)),
            ("cd a &", None),
            ("! cd a", None),
            ("cd a | b", None),
            ("(cd a)", None),
            ("cd a || b", None),
            ("cd a && b", None),
            ("cd a; :", Some(Change::Directory)),
            ("", None),
        ];
        for (script, expected) in cases {
            assert_eq!(last_change(script), expected, "{script}");
        }
    }
}
