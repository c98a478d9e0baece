//! Flags sources of `COPY` and `ADD` that are meant to lie outside the build context.

use crate::diagnostic::Severity;
use crate::dockerfile::Dockerfile;
use crate::dockerfile::source::{ContextSource, written_paths};
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.dockerfile(check);
}

fn check(file: &Dockerfile, cx: &mut Context<'_, Dockerfile>) {
    for source in file.context_sources() {
        if let Some(inner) = climbs(source) {
            let message = format!(
                "`{}` climbs out of the build context",
                excerpt(&source.path)
            );
            let finding = cx.report(source.span, message);
            finding.help("build with the folder above, or name it with `--build-context`");
            if is_in_context(file, inner) {
                finding.severity(Severity::Warning);
            }
        } else if let Some(written) = of_host(file, source) {
            let message = format!(
                "`{}` is looked for in the build context, not on this machine",
                excerpt(written)
            );
            cx.report(source.span, message)
                .help("put it into the build context, and write the path from there");
        }
    }
}

/// What is left of a path that climbs out.
fn climbs(source: &ContextSource) -> Option<&str> {
    let is_up = |path: &str| path == ".." || path.starts_with("../");
    is_up(&source.path).then(|| {
        let mut rest = &*source.path;
        while let Some(inner) = rest.strip_prefix("..") {
            rest = inner.trim_start_matches('/');
        }
        rest
    })
}

fn is_in_context(file: &Dockerfile, path: &str) -> bool {
    let first = path.split('/').next().unwrap_or_default();
    let context = file.context();
    context.is_some_and(|context| first.is_empty() || context.entry(first).is_some())
}

/// The path as it is written, if it is one of the user's machine: in a home folder, or on a drive.
fn of_host<'m>(file: &'m Dockerfile, source: &ContextSource) -> Option<&'m str> {
    let paths = written_paths(&file.ast.instructions[source.instruction])?;
    let written = paths.words[source.word].raw.trim_matches(['"', '\'']);
    let is_drive = || {
        let mut bytes = written.bytes();
        bytes
            .next()
            .is_some_and(|drive| drive.is_ascii_alphabetic())
            && bytes.next() == Some(b':')
            && matches!(bytes.next(), Some(b'/' | b'\\'))
    };
    let is_home = |home: &str| {
        let inside = written
            .strip_prefix(home)
            .is_some_and(|rest| rest.contains('/'));
        inside && !is_in_context(file, &source.path)
    };
    let is_of_host = written == "~"
        || written.starts_with("~/")
        || is_home("/home/")
        || is_home("/Users/")
        || is_drive();
    is_of_host.then_some(written)
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::{dockerfile, dockerfile_among};

    const RULE: &str = "source-outside-context";

    #[test]
    fn the_source_is_marked() {
        dockerfile(
            RULE,
            r#"
FROM a
ENV UP=../../x
COPY a \
  ../b "../c" $UP/y a/../../d e/../f /g/
# ^^^^ error: `../b` climbs out of the build context
#      ^^^^^^ error: `../c` climbs out
#             ^^^^^ error: `../../x/y` climbs out
#                   ^^^^^^^^^ error: `../d` climbs out
ADD ["~/a b", "C:\\a", "/home/me/a", "/Users/me/b", "/"]
#    ^^^^^^^ error: `~/a b` is looked for in the build context
#             ^^^^^^^ error: `C:\a` is looked for
#                      ^^^^^^^^^^^^ error: `/home/me/a` is looked for
#                                    ^^^^^^^^^^^^^ error: `/Users/me/b` is looked for
COPY /home/a /root/.ssh ..a /a/../../b ~a a:b /c/
COPY --from=x ../y ~/z /
COPY .. /
#    ^^ error: `..` climbs out
"#,
        );
    }

    #[test]
    fn what_is_there_all_the_same_is_found() {
        dockerfile_among(
            RULE,
            &[("lib/a", ""), ("home/me/a", "")],
            r#"
FROM a
COPY ../lib /home/me/a ../x /
#    ^^^^^^ warning: `../lib` climbs out
#                      ^^^^ error: `../x` climbs out
COPY lib /
"#,
        );
    }
}
