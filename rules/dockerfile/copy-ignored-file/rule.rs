//! Flags sources of `COPY` and `ADD` that the ignore file of the build context keeps out.

use crate::diagnostic::Severity;
use crate::dockerfile::Dockerfile;
use crate::dockerfile::context::{BuildContext, Root};
use crate::dockerfile::ignorefile::Verdict;
use crate::dockerfile::source::ContextSource;
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.dockerfile(check);
}

fn check(file: &Dockerfile, cx: &mut Context<'_, Dockerfile>) {
    let Some(context) = file.context() else {
        return;
    };
    let Some((name, ignore)) = context.ignore_file() else {
        return;
    };
    for source in file.context_sources() {
        let Verdict::Ignored(pattern) = source.verdict else {
            continue;
        };
        let Some(pattern) = ignore.patterns().get(pattern) else {
            continue;
        };
        let what = if source.is_everything() {
            "everything".to_owned()
        } else {
            format!("`{}`", excerpt(&source.path))
        };
        let help = format!(
            "line {} of `{name}` is `{}`; a `!` below it lets in again what is needed",
            pattern.line,
            excerpt(&pattern.text)
        );
        let finding = cx.report(
            source.span,
            format!("`{name}` keeps {what} out of the build context"),
        );
        finding.help(help);
        if !fails(context, name, source) {
            finding.severity(Severity::Warning);
        }
    }
}

/// Whether the build surely fails. Patterns and the context as a whole may copy nothing.
fn fails(context: &BuildContext, name: &str, source: &ContextSource) -> bool {
    let first = source.path.split('/').next().unwrap_or_default();
    // An ignore file with another name is this Dockerfile's own, and applies in any context.
    let is_context =
        name != ".dockerignore" || context.root == Root::Sure || context.entry(first).is_some();
    is_context && source.is_sure && !source.is_pattern() && !source.is_everything()
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::{dockerfile, dockerfile_among};

    const RULE: &str = "copy-ignored-file";

    #[test]
    fn the_source_is_marked() {
        dockerfile_among(
            RULE,
            &[
                (".dockerignore", "# build\n/dist/\n**/*.log\nsecrets/**\n"),
                ("package.json", ""),
                ("dist/a.js", ""),
            ],
            r#"
FROM a
ARG D=dist
COPY package.json \
  ./dist/ a/b.log "dist/x" /c/
# ^^^^^^^ error: `.dockerignore` keeps `dist` out of the build context
#         ^^^^^^^ error: `.dockerignore` keeps `a/b.log` out
#                 ^^^^^^^^ error: `.dockerignore` keeps `dist/x` out
ADD ["dist", "/d/"]
#    ^^^^^^ error: `.dockerignore` keeps `dist` out
COPY *.log dist* secrets/a $D /e/
#    ^^^^^ warning: `.dockerignore` keeps `*.log` out
#                ^^^^^^^^^ error: `.dockerignore` keeps `secrets/a` out
#                          ^^ warning: `.dockerignore` keeps `dist` out
COPY . /f/
COPY --from=x dist /g
COPY $X https://example.com/a.log <<dist /h/
dist
ONBUILD COPY dist /i
"#,
        );
    }

    #[test]
    fn something_that_is_copied_and_not_there_leaves_a_doubt() {
        dockerfile_among(
            RULE,
            &[(".dockerignore", "dist"), ("a", "")],
            "FROM a\nCOPY a b dist /\n#        ^^^^ warning: `.dockerignore`\n",
        );
    }

    #[test]
    fn an_ignore_file_that_may_not_be_in_use_is_none() {
        let text = "FROM a\nCOPY dist /a\n";
        dockerfile(RULE, text);
        dockerfile_among(RULE, &[(".dockerignore", "dist")], text);
        dockerfile_among(
            RULE,
            &[(".dockerignore", "*"), ("Dockerfile.dockerignore", "x")],
            text,
        );
        dockerfile_among(RULE, &[(".dockerignore", "*\n[bad"), ("dist", "")], text);
    }

    #[test]
    fn where_everything_is_out_nothing_is_copied() {
        dockerfile_among(
            RULE,
            &[("Dockerfile.dockerignore", "*")],
            "FROM a\nCOPY . /a\n#    ^ warning: `Dockerfile.dockerignore` keeps everything out\n",
        );
        dockerfile_among(
            RULE,
            &[("Dockerfile.dockerignore", "*\n!a")],
            "FROM a\nCOPY . /a\n",
        );
    }
}
