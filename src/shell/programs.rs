//! Which programs a script and each of its commands may run, known at once and without a look at any name.

use super::ast::{Script, SimpleCommand};
use super::context::CommandUse;

/// A set of names in which a name can seem to be, but never seem not to be (a Bloom filter of one bit a name).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Programs([u64; WORDS]);

/// How many words of bits a set has: enough for some dozen names with few that seem to be there and are not.
const WORDS: usize = 4;

/// What is left of a name in a set: the number of its bit.
pub(super) type Mark = u8;

impl Programs {
    /// The set of these names.
    pub const fn of(names: &[&str]) -> Programs {
        let mut all = Programs([0; WORDS]);
        let mut index = 0;
        while index < names.len() {
            all.insert(mark(names[index]));
            index += 1;
        }
        all
    }

    /// This set and another one.
    pub const fn and(mut self, other: Programs) -> Programs {
        let mut word = 0;
        while word < WORDS {
            self.0[word] |= other.0[word];
            word += 1;
        }
        self
    }

    /// Adds the name with this mark.
    pub(super) const fn insert(&mut self, mark: Mark) {
        self.0[mark as usize / 64] |= 1 << (mark % 64);
    }

    /// False if a name is not in the set.
    pub const fn may_have(&self, name: &str) -> bool {
        self.has(mark(name))
    }

    const fn has(&self, mark: Mark) -> bool {
        self.0[mark as usize / 64] & 1 << (mark % 64) != 0
    }

    /// Whether a name may be in both sets.
    #[inline]
    fn meets(&self, other: &Programs) -> bool {
        let pairs = self.0.iter().zip(&other.0);
        pairs.fold(0, |common, (one, two)| common | one & two) != 0
    }
}

impl Script {
    /// False if no command of the script, those in substitutions and inner scripts included, runs one of these
    /// programs, by itself or behind a wrapper. True says nothing for certain; it is for leaving scripts out that
    /// a rule has no business with.
    pub fn may_run(&self, programs: &Programs) -> bool {
        self.programs.meets(programs)
    }

    /// Every simple command that [may run](SimpleCommand::may_run) one of these programs. Whether it does is still to
    /// be asked.
    pub fn commands_of<'a>(
        &'a self,
        programs: &'a Programs,
    ) -> impl Iterator<Item = CommandUse<'a>> + use<'a> {
        let all = self.may_run(programs).then(|| self.commands());
        let all = all.into_iter().flatten();
        all.filter(|found| found.command.may_run(programs))
    }
}

impl SimpleCommand {
    /// False if what the command runs is none of these programs, be it named with a path. True says nothing for
    /// certain; behind a wrapper such as `sudo` it is always true.
    pub fn may_run(&self, programs: &Programs) -> bool {
        self.program > 0 || programs.has(self.mark)
    }
}

/// The mark of a name: by its length and its first, second and last letter.
pub(super) const fn mark(name: &str) -> Mark {
    let bytes = name.as_bytes();
    let len = bytes.len();
    if len == 0 {
        return 0;
    }
    let second = if len > 1 { bytes[1] } else { 0 };
    let mixed = bytes[0] as usize * 31 + second as usize * 17 + bytes[len - 1] as usize * 7 + len;
    (mixed % (64 * WORDS)) as Mark
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell::{Dialect, parse};
    use crate::text::Cooked;

    #[test]
    fn what_runs_is_there() {
        let script = "a; sudo -u b /usr/bin/curl c | (xargs d) && E=$(wget f) sh -c 'git g' <<X\n`cd h`\nX\n";
        let tree = parse(&Cooked::verbatim(script, 0), Dialect::Bash).tree;
        for name in ["a", "sudo", "curl", "xargs", "d", "wget", "sh", "git", "cd"] {
            let programs = Programs::of(&["nothing", name]);
            assert!(tree.may_run(&programs), "{name}");
            let mut commands = tree.commands_of(&programs);
            let is_it = |found: CommandUse<'_>| {
                let mut next = found.command.invocation();
                while let Some(invocation) = next {
                    if invocation.is_any(&[name]) {
                        return true;
                    }
                    next = invocation.inside_wrapper();
                }
                false
            };
            assert!(commands.any(is_it), "{name}");
        }
        assert!(!tree.may_run(&Programs::of(&["b"])) && !tree.may_run(&Programs::of(&[])));
        assert_eq!(tree.commands_of(&Programs::of(&["b"])).count(), 0);
        // Behind a wrapper it may be anything.
        assert_eq!(tree.commands_of(&Programs::of(&["git"])).count(), 3);
    }
}
