//! Items of `security_opt`, taken apart as Compose and the engine do it: `KEY=VALUE`, or `KEY:VALUE` where there is
//! no `=`, or a word (`parseSecurityOpts` of docker/compose, `parseSecurityOpt` of moby/moby).
//!
//! Not for: which keys and values there are, and what they do.

use super::container::Container;
use super::mount::outside_references;
use super::value::{Scalar, Text};
use crate::text::{Located, Location};

/// An item of `security_opt`.
#[derive(Clone, Debug)]
pub struct SecurityOption<'c> {
    /// All of it.
    pub text: &'c Text,
    /// What stands in front of the separator, or all of it.
    pub key: Text,
    /// What stands behind it.
    pub value: Option<Text>,
}

/// A truth value as Go's `strconv.ParseBool` reads it, which the engine does for those of these options.
pub fn parse_bool(word: &str) -> Option<bool> {
    match word {
        "1" | "t" | "T" | "TRUE" | "true" | "True" => Some(true),
        "0" | "f" | "F" | "FALSE" | "false" | "False" => Some(false),
        _ => None,
    }
}

impl SecurityOption<'_> {
    /// Whether the option may have this key: it has, or a variable hides what it has.
    pub fn may_be(&self, key: &str) -> bool {
        self.key
            .value
            .known()
            .is_none_or(|known| known.eq_ignore_ascii_case(key))
    }

    /// The value, if it is known; empty if there is none.
    pub fn known_value(&self) -> Option<&str> {
        match &self.value {
            None => Some(""),
            Some(value) => value.value.known(),
        }
    }
}

impl Container {
    /// The items of `security_opt`, taken apart.
    pub fn security_options(&self) -> impl DoubleEndedIterator<Item = SecurityOption<'_>> {
        self.security_opt.iter().map(|text| {
            let line = text.value.text();
            let mut separators = ['=', ':'].into_iter();
            let at = separators.find_map(|wanted| outside_references(line, wanted).next());
            SecurityOption {
                text,
                key: part(text, 0..at.unwrap_or(line.len())),
                value: at.map(|at| part(text, at + 1..line.len())),
            }
        })
    }

    /// The item with this key that counts where the last one does. `None` if there is none, or if a variable behind
    /// it may bring another one.
    pub fn last_security_option(&self, key: &str) -> Option<SecurityOption<'_>> {
        let last = self
            .security_options()
            .rev()
            .find(|option| option.may_be(key))?;
        last.key.value.is(key).then_some(last)
    }
}

fn part(text: &Text, range: std::ops::Range<usize>) -> Text {
    let span = text.value.span_of(range.clone());
    let value: Scalar = text.value.part(range);
    Located {
        value,
        at: Location {
            file: text.at.file,
            span,
        },
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::compose::File;
    use crate::text::FileId;

    fn file(options: &str) -> File {
        let text = format!("services:\n  a:\n    security_opt: [{options}]\n");
        let yaml = crate::yaml::parse(&Arc::from(&*text)).tree;
        File::lower(&yaml, FileId(0))
    }

    #[test]
    fn options_are_cut_at_the_first_equals_sign_or_else_colon() {
        for (option, key, value) in [
            ("no-new-privileges", "no-new-privileges", None),
            ("seccomp=unconfined", "seccomp", Some("unconfined")),
            ("'seccomp:unconfined'", "seccomp", Some("unconfined")),
            ("label=type:spc_t", "label", Some("type:spc_t")),
            ("'label:type:spc_t'", "label", Some("type:spc_t")),
            ("'a:b=c'", "a:b", Some("c")),
            ("'seccomp=${P:-a=b}'", "seccomp", Some("a=b")),
            ("'${P:?a=b}=c'", "${P:?a=b}", Some("c")),
        ] {
            let file = file(option);
            let container = &file.service("a").expect("the service").container;
            let options: Vec<_> = container.security_options().collect();
            assert_eq!(options[0].key.value.text(), key);
            let found = options[0].value.as_ref().map(|value| value.value.text());
            assert_eq!(found, value, "{option}");
        }
    }

    #[test]
    fn the_last_option_counts_unless_a_variable_may_bring_another() {
        for (options, last) in [
            ("a=1, a=2, b=3", Some("2")),
            ("a=1, '${B}'", None),
            ("'${B}', a=1", Some("1")),
            ("b=1", None),
            ("A=1", None),
        ] {
            let file = file(options);
            let container = &file.service("a").expect("the service").container;
            let found = container.last_security_option("a");
            let found = found.as_ref().and_then(SecurityOption::known_value);
            assert_eq!(found, last, "{options}");
        }
    }
}
