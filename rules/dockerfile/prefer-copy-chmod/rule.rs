//! Flags `RUN chmod` of the file that the `COPY` before it copied.

use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::Dockerfile;
use crate::dockerfile::copied::{Copied, Pair};
use crate::dockerfile::frontend::{SYMBOLIC_CHMOD, flag_since};
use crate::dockerfile::keyword::Keyword;
use crate::engine::{Context, Hooks};
use crate::grammar::mode::Mode;
use crate::shell::permissions::mode_use;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.dockerfile(check);
}

fn check(model: &Dockerfile, cx: &mut Context<'_, Dockerfile>) {
    let since = flag_since(Keyword::Copy, "chmod");
    if since.is_some_and(|since| model.older_frontend(since).is_some()) {
        return;
    }
    for pair in model.copies_before_commands() {
        check_pair(&pair, cx);
    }
}

fn check_pair(pair: &Pair<'_>, cx: &mut Context<'_, Dockerfile>) {
    let model = cx.model;
    let Some(invocation) = pair.command.invocation() else {
        return;
    };
    let is_chmod = invocation.is_any(&["chmod"]) && pair.arguments.chmod.is_none();
    let Some(change) = mode_use(&invocation).filter(|_| is_chmod) else {
        return;
    };
    let copied = model.copied_target(pair, &change.targets);
    let Some(copied) = copied.filter(|_| !change.is_recursive) else {
        return;
    };
    let takes_letters = model.older_frontend(SYMBOLIC_CHMOD).is_none();
    let is_symbolic = |mode: &&str| mode.starts_with(|first: char| !first.is_ascii_digit());
    let mode = change
        .mode
        .filter(|mode| takes_letters || !is_symbolic(mode));
    let fix = mode.and_then(|mode| fix(pair, mode, &copied, cx.text()));
    cx.report(
        pair.command.span,
        "the copied file is stored a second time for its mode",
    )
    .help("set the mode with `COPY --chmod`")
    .label(pair.copy.keyword.span, "it is copied here")
    .fixes
    .extend(fix);
}

fn fix(pair: &Pair<'_>, mode: &str, copied: &Copied, text: &str) -> Option<Fix> {
    let (mode, title, applicability) = match Mode::parse(mode)? {
        Mode::Octal(_) if copied.is_file => {
            (mode.to_owned(), "use `COPY --chmod`", Applicability::Safe)
        }
        Mode::Octal(_) => (
            mode.to_owned(),
            "use `COPY --chmod`; in a directory, all files get the mode",
            Applicability::Unsafe,
        ),
        Mode::Symbolic(_) => {
            // What nobody is named for is taken away by the umask, other than running and reading.
            let mode = match mode {
                "+x" => "a+x",
                "+rx" => "a+rx",
                _ if mode.starts_with(['+', '-', '=']) || mode.contains([',']) => return None,
                _ => mode,
            };
            (
                mode.to_owned(),
                "use `COPY --chmod`; letters need version 1.14 of the syntax",
                Applicability::Unsafe,
            )
        }
    };
    let edits = pair.replaced_by(&format!("--chmod={mode}"), text)?;
    Some(Fix::new(title, applicability, edits))
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{dockerfile, fixed};

    #[test]
    fn the_command_is_marked() {
        dockerfile(
            "prefer-copy-chmod",
            r#"
FROM debian:13
COPY a.sh /b/
RUN chmod \
#   ^^^^^^^ the copied file is stored a second time for its mode
  755 /b/a.sh
COPY --from=x /bin/tool /usr/bin/tool
RUN chmod u+x /usr/bin/tool
#   ^^^^^^^^^^^^^^^^^^^^^^^ the copied file
COPY --chmod=755 a.sh /b/
RUN chmod 700 /b/a.sh
COPY a.sh /b/
RUN chmod 755 /b
ADD a.sh /b/
RUN chmod 755 /b/a.sh
COPY a.sh b.sh /b/
RUN chmod 755 /b/a.sh
COPY a.sh /b/
RUN chmod -R 755 /b/a.sh
"#,
        );
    }

    #[test]
    fn old_versions_of_the_syntax_cannot_do_it() {
        let text = "FROM x\nCOPY a.sh /b\nRUN chmod u+x /b\n";
        let with = |tag: &str| format!("# syntax=docker/dockerfile:{tag}\n{text}");
        dockerfile("prefer-copy-chmod", &with("1.1"));
        let letters = with("1.13");
        let unsafely = Applicability::Unsafe;
        assert_eq!(fixed("prefer-copy-chmod", unsafely, &letters), letters);
        assert!(
            fixed("prefer-copy-chmod", unsafely, &with("1.14")).contains("COPY --chmod=u+x a.sh")
        );
    }

    #[test]
    fn the_fix_is_as_safe_as_it_can_be_known() {
        let check = |threshold, before: &str, after: &str| {
            let text = |rest| format!("FROM x\r\n{rest}\r\nCMD a\r\n");
            let fixed = fixed("prefer-copy-chmod", threshold, &text(before));
            assert_eq!(fixed, text(after));
        };
        let (safe, unsafely) = (Applicability::Safe, Applicability::Unsafe);
        check(
            safe,
            "COPY a.sh /\r\n# note\r\n  RUN chmod 0700 /a.sh",
            "COPY --chmod=0700 a.sh /\r\n# note",
        );
        check(
            safe,
            "COPY <<E /a\r\nb\r\nE\r\nRUN chmod 755 /a",
            "COPY --chmod=755 <<E /a\r\nb\r\nE",
        );
        for (before, after) in [
            ("COPY a /b\r\nRUN chmod 755 /b", "COPY --chmod=755 a /b"),
            (
                "COPY a.sh /b\r\nRUN chmod u+x /b",
                "COPY --chmod=u+x a.sh /b",
            ),
        ] {
            check(safe, before, before);
            check(unsafely, before, after);
        }
        for text in [
            "COPY a.sh /b\r\nRUN chmod +w /b",
            "COPY a.sh /b\r\nRUN chmod $MODE /b",
            "COPY a.sh /b\r\nRUN chmod \\\r\n# note\r\n755 /b",
        ] {
            check(unsafely, text, text);
        }
    }
}
