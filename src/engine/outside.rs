//! What a program outside says of scripts: ShellCheck, where the configuration asks for it.
//!
//! The walk shows each script to a function that whoever builds the [`Ruleset`](super::ruleset::Ruleset) gives it, and
//! hands what comes back to the rules that want to see a [`Remark`]. What a rule of ours answers to is left out: there
//! it has been judged already, whether the rule speaks, is silent or is off.
//!
//! Not for: starting the program, which is `cli`'s.

use std::ops::Range;

use super::settings::is_script_code;
use crate::diagnostic::Severity;
use crate::shell::Dialect;
use crate::text::{Cooked, SourceFile, Span};

/// Shows a script to a program outside; `None` when it gave no answer, which whoever asks tells by itself.
pub type Ask = dyn Fn(&Question<'_>) -> Option<Vec<Remark>> + Send + Sync;

/// Codes that are never asked for: those about files that a script reads, which nobody has here, about a dialect that
/// nobody asked for, about variables, which `ENV`, `ARG` and Compose may set, and about blanks, of which there are many
/// where lines go on.
pub const LEFT_OUT: [&str; 6] = ["SC1090", "SC1091", "SC2153", "SC2154", "SC2187", "SC2291"];

/// A script that is shown to a program outside.
#[derive(Clone, Copy, Debug)]
pub struct Question<'q> {
    /// The file that it stands in.
    pub source: &'q SourceFile,
    /// The language.
    pub dialect: Dialect,
    /// The text as the shell gets it.
    pub text: &'q str,
}

/// Something that the program said.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Remark {
    /// Its code, such as `SC2010`.
    pub code: Box<str>,
    /// How much the program thinks it matters.
    pub severity: Severity,
    /// What it says.
    pub message: String,
    /// The bytes of the script, on character boundaries.
    pub range: Range<usize>,
}

/// A remark and the place of the file that it is about.
#[derive(Clone, Copy, Debug)]
pub struct RemarkUse<'r> {
    /// The remark.
    pub remark: &'r Remark,
    /// Where.
    pub at: Span,
}

/// Whether ShellCheck is asked about a script: not about zsh, which it does not read, and not about what is plainly
/// meant as a JSON array, which other rules tell of.
pub(super) fn is_asked_about(dialect: Dialect, text: &str) -> bool {
    let text = text.trim();
    let quoted = text.trim_start_matches(['\'', '"']);
    let is_array = ["[\"", "['", "[\\\""]
        .iter()
        .any(|begin| quoted.starts_with(begin));
    let is_read = matches!(dialect, Dialect::Posix | Dialect::Bash | Dialect::Ksh);
    is_read && !is_array && !text.is_empty()
}

/// The place of a remark in the file that the script stands in; `None` for one that is not of its kind.
pub(super) fn place(remark: &Remark, text: &Cooked<'_>) -> Option<Span> {
    let range = remark.range.clone();
    let is_inside = text.text().get(range.clone()).is_some();
    (is_inside && is_script_code(&remark.code)).then(|| text.span(range))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrays_that_are_none_are_not_asked_about() {
        for (text, wanted) in [
            ("[ -f a ] && b", true),
            ("[[ a ]]", true),
            ("'a' [\"b\"]", true),
            ("['a', 'b']", false),
            (" [\"a\", b]", false),
            ("'[\"a\"]'", false),
            ("\"[\\\"a\\\"]\"", false),
            (" ", false),
        ] {
            assert_eq!(is_asked_about(Dialect::Posix, text), wanted, "{text}");
        }
        assert!(!is_asked_about(Dialect::Zsh, "a"));
    }
}
