//! Flags patterns whose matches may begin with a dash.

use crate::diagnostic::{Applicability, Fix};
use crate::engine::nodes::ScriptUse;
use crate::engine::{Context, Hooks};
use crate::shell::context::CommandUse;
use crate::shell::word::{Glob, Word, WordPart};
use crate::text::Edit;

/// Programs that only open, change or delete the files that they are given, whatever is in front of the name.
const OPENING: &[&str] = &[
    "apt", "apt-get", "bzip2", "cat", "chgrp", "chmod", "chown", "cp", "dpkg", "dos2unix",
    "gunzip", "gzip", "install", "ls", "mv", "patch", "rm", "rmdir", "rpm", "strip", "touch",
    "unzip", "xz",
];

/// Commands whose patterns are no files, or that take no options.
const OTHERS: &[&str] = &["[", "echo", "printf", "expr", "find"];

pub(super) fn register(on: &mut Hooks<'_>) {
    on.command(check);
}

fn check(found: &CommandUse<'_>, cx: &mut Context<'_, ScriptUse<'_>>) {
    let args = found.command.args();
    let begins = |word: &Word| matches!(word.parts.first(), Some(WordPart::Glob(glob)) if matches!(glob.value, Glob::Star | Glob::Question));
    if !args.iter().any(begins) || !found.context.is_exact() {
        return;
    }
    let outer = found.command.name();
    if outer.is_some_and(|name| matches!(name, "echo" | "printf" | "[")) {
        return;
    }
    let name = found
        .command
        .unwrapped()
        .and_then(|invocation| invocation.name());
    let before_end = args.iter().take_while(|word| !word.is("--"));
    for word in before_end.filter(|word| begins(word)) {
        let Some(first) = word.parts.first() else {
            continue;
        };
        let finding = cx.report(
            first.span(),
            "files whose names begin with `-` would be options here",
        );
        finding.help("begin the pattern with `./`, or put `--` in front of it");
        if name.is_some_and(|name| OTHERS.contains(&name)) {
            continue;
        }
        let applicability = if name.is_some_and(|name| OPENING.contains(&name)) {
            Applicability::Safe
        } else {
            Applicability::Unsafe
        };
        let edit = Edit::insert(word.span.start, "./");
        finding.fix(Fix::new(
            "begin the pattern with `./`",
            applicability,
            vec![edit],
        ));
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{dockerfile, fixed};

    #[test]
    fn only_patterns_that_can_begin_with_a_dash_count() {
        dockerfile(
            "glob-starting-with-dash",
            r#"
FROM debian:13
RUN rm *.c a ?b "x"* [a]* $x* \* '*' {*.c,*.h} ./* && tar xf *"y" */ && ls -- * && sudo cp \
#      ^ files whose names begin with `-` would be options here
#            ^ files
#                                                            ^ files
#                                                                 ^ files
  *$x /y; echo *; printf '%s' *; for i in *; do a; done; case x in *) ;; esac; [ * ]; a=* b >*
# ^ files
CMD sh -c 'rm *'
#             ^ files
"#,
        );
    }

    #[test]
    fn a_folder_in_front_is_the_fix() {
        let fix = |applicability, text: &str| fixed("glob-starting-with-dash", applicability, text);
        let text = "FROM a\nRUN rm * && tar cf x * && find *\n";
        let safe = "FROM a\nRUN rm ./* && tar cf x * && find *\n";
        assert_eq!(fix(Applicability::Safe, text), safe);
        let all = "FROM a\nRUN rm ./* && tar cf x ./* && find *\n";
        assert_eq!(fix(Applicability::Unsafe, text), all);
    }
}
