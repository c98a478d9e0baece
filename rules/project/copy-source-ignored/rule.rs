//! Flags builds in whose context an ignore file keeps out what the Dockerfile copies.
//!
//! Where the Dockerfile's own folder is the context, `copy-ignored-file` sees it in the Dockerfile.

use crate::compose::project::Project;
use crate::diagnostic::Severity;
use crate::dockerfile::ignorefile::Verdict;
use crate::dockerfile::source::ContextSource;
use crate::engine::built::BuildUse;
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::text::order;

/// How many places in the Dockerfile are shown.
const MAX_LABELS: usize = 4;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.build(check);
}

fn check(used: &BuildUse<'_>, cx: &mut Context<'_, Project>) {
    let Some(taking) = used.taking(cx.model) else {
        return;
    };
    let context = taking.context;
    let Some((name, ignore)) = context.root.ignore_file() else {
        return;
    };
    if context.seen_alone.is_some() || context.has_own_ignore {
        return;
    }
    let sources = taking.sources();
    let mut kept_out: Vec<(&ContextSource, usize)> = sources
        .filter_map(|(source, taken)| match taken.verdict {
            Verdict::Ignored(pattern) => Some((source, pattern)),
            Verdict::Kept | Verdict::Unknown => None,
        })
        .collect();
    // What stops the build comes first.
    order::sort_by_key(&mut kept_out, |(source, _)| !stops(source));
    let Some(&(first, pattern)) = kept_out.first() else {
        return;
    };
    let Some(pattern) = ignore.patterns().get(pattern) else {
        return;
    };
    let what = match first.is_everything() {
        true => "everything".to_owned(),
        false => format!("`{}`", excerpt(&first.path)),
    };
    let message = match kept_out.len() {
        1 => format!("`{name}` keeps out {what}, which the Dockerfile copies"),
        more => {
            let more = more - 1;
            format!("`{name}` keeps out {what} and {more} more that the Dockerfile copies")
        }
    };
    let path = context.path.join(name);
    let help = format!(
        "line {} of `{}` is `{}`; a `!` below it lets in again what is needed",
        pattern.line,
        excerpt(&path.to_string_lossy()),
        excerpt(&pattern.text)
    );
    let finding = cx.report(used.context_at(), message);
    finding.help(help);
    for (source, _) in kept_out.iter().take(MAX_LABELS) {
        let at = taking.reading.file.location(source.span);
        finding.label(at, "copied here");
    }
    if !stops(first) {
        finding.severity(Severity::Warning);
    }
}

/// Whether the build stops where a source is not there. Of a pattern and of the context as a whole it copies nothing.
fn stops(source: &ContextSource) -> bool {
    source.is_sure && !source.is_pattern() && !source.is_everything()
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose_among;

    #[test]
    fn the_context_is_marked() {
        let files = [
            (".dockerignore", "# web\nweb/dist\n*.log\n/api/src\n"),
            ("package.json", ""),
            ("api/Dockerfile", "FROM a\nCOPY *.log api/src /\n"),
            ("web/Dockerfile", "FROM a\nCOPY web/dist2 /\n"),
            (
                "logs/Dockerfile",
                "FROM a\nARG F=api/src\nCOPY *.log $F /\n",
            ),
            ("own/Dockerfile", "FROM a\nCOPY x /\n"),
            ("own/x", ""),
            ("own/.dockerignore", "x"),
            ("mine.Dockerfile", "FROM a\nCOPY x /\n"),
            ("mine.Dockerfile.dockerignore", "x"),
        ];
        compose_among(
            "copy-source-ignored",
            &files,
            "compose.yaml",
            r#"
services:
  a:
    build:
      context: '.'
#               ^ error: `.dockerignore` keeps out `api/src` and 1 more that the Dockerfile copies
      dockerfile: api/Dockerfile
  b: {build: {context: ., dockerfile: web/Dockerfile}}
  c: {build: {context: ., dockerfile: logs/Dockerfile}}
#                      ^ warning: `.dockerignore` keeps out `*.log` and 1 more that the Dockerfile copies
  d: {build: own}
  e: {build: {context: web, dockerfile: ../own/Dockerfile}}
  f: {build: {context: ., dockerfile: mine.Dockerfile}}
  g:
    build:
#   ^^^^^ error: `.dockerignore` keeps out `api/src/x`, which the Dockerfile copies
      dockerfile_inline: |
        FROM a
        COPY api/src/x /
"#,
        );
    }
}
