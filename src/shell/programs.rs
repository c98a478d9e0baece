//! Which programs a script may run, known at once and without a look at its commands.

use super::ast::Script;

/// A set of names in which a name can seem to be, but never seem not to be (a Bloom filter of one bit a name).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Programs(u64);

impl Programs {
    /// Adds a name.
    pub(super) fn insert(&mut self, name: &str) {
        self.0 |= bit(name);
    }

    /// Adds all of another set.
    pub(super) fn extend(&mut self, other: Programs) {
        self.0 |= other.0;
    }

    fn may_have(self, name: &str) -> bool {
        self.0 & bit(name) != 0
    }
}

impl Script {
    /// False if no command of the script, those in substitutions and inner scripts included, runs one of these
    /// programs, by itself or behind a wrapper. True says nothing for certain; it is for leaving scripts out that
    /// a rule has no business with.
    pub fn may_run(&self, names: &[&str]) -> bool {
        names.iter().any(|name| self.programs.may_have(name))
    }
}

/// The bit of a name: by its length, its first and its last letter.
fn bit(name: &str) -> u64 {
    let bytes = name.as_bytes();
    let [first, last] = [bytes.first(), bytes.last()].map(|byte| byte.map_or(0, |b| u64::from(*b)));
    let mixed = first * 31 + last * 7 + bytes.len() as u64;
    1 << (mixed % 64)
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
    }
}
