//! Which programs a script may run, known at once and without a look at its commands.

use super::ast::Script;
use super::walk::Commands;

/// A set of names in which a name can seem to be, but never seem not to be (a Bloom filter of one bit a name).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Programs([u64; WORDS]);

/// How many words of bits a set has: enough for some dozen names with few that seem to be there and are not.
const WORDS: usize = 4;

impl Programs {
    /// Adds a name.
    pub(super) const fn insert(&mut self, name: &str) {
        let (word, bit) = place(name);
        self.0[word] |= bit;
    }

    /// Adds all of another set.
    pub(super) const fn extend(&mut self, other: Programs) {
        let mut word = 0;
        while word < WORDS {
            self.0[word] |= other.0[word];
            word += 1;
        }
    }

    /// The set of these names.
    pub(super) const fn of(names: &[&str]) -> Programs {
        let mut all = Programs([0; WORDS]);
        let mut index = 0;
        while index < names.len() {
            all.insert(names[index]);
            index += 1;
        }
        all
    }

    /// False if a name is not in the set.
    pub(super) const fn may_have(&self, name: &str) -> bool {
        let (word, bit) = place(name);
        self.0[word] & bit != 0
    }
}

impl Script {
    /// False if no command of the script, those in substitutions and inner scripts included, runs one of these
    /// programs, by itself or behind a wrapper. True says nothing for certain; it is for leaving scripts out that
    /// a rule has no business with.
    pub fn may_run(&self, names: &[&str]) -> bool {
        names.iter().any(|name| self.programs.may_have(name))
    }

    /// Every simple command of a script that [may run](Script::may_run) one of these programs; none of another
    /// script. Which command it is that runs it, if any, is still to be asked.
    pub fn commands_around(&self, names: &[&str]) -> Commands<'_> {
        if self.may_run(names) {
            self.commands()
        } else {
            Commands::none(&self.body)
        }
    }
}

/// The word and the bit of a name: by its length and its first, second and last letter.
const fn place(name: &str) -> (usize, u64) {
    let bytes = name.as_bytes();
    let len = bytes.len();
    if len == 0 {
        return (0, 1);
    }
    let second = if len > 1 { bytes[1] } else { 0 };
    let mixed = bytes[0] as usize * 31 + second as usize * 17 + bytes[len - 1] as usize * 7 + len;
    (mixed / 64 % WORDS, 1 << (mixed % 64))
}

#[cfg(test)]
mod tests {
    use crate::shell::{Dialect, parse};
    use crate::text::Cooked;

    #[test]
    fn what_runs_is_there() {
        let script = "a; sudo -u b /usr/bin/curl c | (xargs d) && E=$(wget f) sh -c 'git g' <<X\n`cd h`\nX\n";
        let tree = parse(&Cooked::verbatim(script, 0), Dialect::Bash).tree;
        for name in ["a", "sudo", "curl", "xargs", "d", "wget", "sh", "git", "cd"] {
            assert!(tree.may_run(&["nothing", name]), "{name}");
        }
        assert!(!tree.may_run(&["b"]) && !tree.may_run(&[]));
        assert_eq!(tree.commands_around(&["b"]).count(), 0);
        assert!(
            tree.commands_around(&["git"])
                .any(|found| found.command.name() == Some("git"))
        );
    }
}
