//! Flags builds whose context has not what the Dockerfile copies from it.

use crate::compose::project::{OnDisk, Project};
use crate::diagnostic::Severity;
use crate::dockerfile::ignorefile::Verdict;
use crate::dockerfile::source::ContextSource;
use crate::engine::built::BuildUse;
use crate::engine::built_context::{Taken, Taking};
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::knowledge::secrets;

/// Folders that hold what a step before the build made, as a rule.
const MADE_FOLDERS: &[&str] = &[
    ".next",
    ".nuxt",
    ".output",
    "_build",
    "artifact",
    "artifacts",
    "bin",
    "build",
    "builds",
    "cert",
    "certs",
    "dist",
    "generated",
    "libs",
    "node_modules",
    "obj",
    "out",
    "output",
    "package",
    "packages",
    "public",
    "publish",
    "release",
    "releases",
    "ssl",
    "target",
    "tmp",
    "vendor",
    "wheels",
];

/// Ends of names of files that a step before the build made or fetched, as a rule.
const MADE_ENDS: &[&str] = &[
    "apk", "bin", "bz2", "cer", "crt", "csr", "deb", "der", "dll", "ear", "env", "exe", "gz",
    "jar", "key", "local", "log", "pem", "rpm", "so", "tar", "tgz", "war", "wasm", "whl", "xz",
    "zip", "zst",
];

/// How many places in the Dockerfile are shown.
const MAX_LABELS: usize = 4;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.build(check);
}

fn check(used: &BuildUse<'_>, cx: &mut Context<'_, Project>) {
    let Some(taking) = used.taking(cx.model) else {
        return;
    };
    let missing: Vec<_> = missing(&taking).collect();
    let Some(&(first, taken)) = missing.first() else {
        return;
    };
    let is_elsewhere = missing.iter().any(|(_, taken)| taken.beside.is_some());
    if !is_elsewhere && !is_checked_out(&taking) {
        return;
    }
    let context = match &used.build.value.context {
        Some(context) => format!("the context `{}`", excerpt(context.value.text())),
        None => "the build context".to_owned(),
    };
    let what = excerpt(&first.path).to_string();
    let message = match missing.len() {
        1 => format!("`{what}`, which the Dockerfile copies, is not in {context}"),
        more => {
            let more = more - 1;
            format!("`{what}` and {more} more that the Dockerfile copies are not in {context}")
        }
    };
    let finding = cx.report(used.context_at(), message);
    let places = missing.iter().take(MAX_LABELS);
    for (source, _) in places {
        let at = taking.reading.file.location(source.span);
        finding.label(at, "copied here");
    }
    match &taken.beside {
        Some(path) => finding.help(format!(
            "`{}` stands beside the Dockerfile; paths in `COPY` begin at the context",
            excerpt(&path.to_string_lossy())
        )),
        None => {
            finding.help("paths in `COPY` begin at the context: correct the path, or the context")
        }
    };
    // What has no ending may well be a program that is compiled before.
    let is_file = |source: &ContextSource| source.name().contains('.');
    if !is_elsewhere && !missing.iter().any(|(source, _)| is_file(source)) {
        finding.severity(Severity::Warning);
    }
}

/// What surely is to be copied and is not there.
fn missing<'t>(taking: &'t Taking<'_>) -> impl Iterator<Item = (&'t ContextSource, &'t Taken)> {
    taking.sources().filter(|(source, taken)| {
        let is_missing = taken.found == Some(OnDisk::Nothing) && taken.verdict == Verdict::Kept;
        // Beside the Dockerfile it would not be if it were made later.
        let is_made = taken.is_made_later || taken.beside.is_none() && is_made(&source.path);
        is_missing && source.is_sure && !is_made
    })
}

/// Whether a path looks like something that is not kept in a repository.
fn is_made(path: &str) -> bool {
    let mut parts = path.split('/').map(str::to_ascii_lowercase);
    let name = path
        .rsplit('/')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    let end = name.rsplit_once('.').map(|(_, end)| end);
    parts.any(|part| MADE_FOLDERS.contains(&&*part))
        || end.is_some_and(|end| MADE_ENDS.contains(&end))
        || name.starts_with(".env")
        || secrets::file::kind(path).is_some()
}

/// Whether the context is there as its author has it: something that is copied is found, or a project.
fn is_checked_out(taking: &Taking<'_>) -> bool {
    let is_there = |(source, taken): (&ContextSource, &Taken)| {
        let is_found = matches!(taken.found, Some(OnDisk::File | OnDisk::Folder));
        is_found && !source.is_everything()
    };
    taking.context.root.is_project() || taking.sources().any(is_there)
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose_among;

    const RULE: &str = "copy-source-missing";

    #[test]
    fn the_context_is_marked() {
        let files = [
            (
                "api/Dockerfile",
                "FROM a AS x\nCOPY gone.txt /\nFROM b\nARG D=d\nCOPY go.mod \\\n  main.go main.js ./lib /\nCOPY *.txt $D ../e .env server.crt https://example.com/f <<g /\ng\nADD sub/h.txt /\n",
            ),
            ("api/go.mod", ""),
            ("api/main.go", ""),
            ("web/.gitignore", "main.*\n/lib/\n"),
            ("web/go.mod", ""),
            ("web/sub/x", ""),
            ("web/sub/h.example.txt", ""),
            ("web/sub/h.txt.example", ""),
        ];
        compose_among(
            RULE,
            &files,
            "compose.yaml",
            r#"
services:
  a:
    build: "./api"
#           ^^^^^ error: `main.js` and 2 more that the Dockerfile copies are not in the context `./api`
  b:
    build:
      dockerfile: api/Dockerfile
      context: .
#              ^ error: `go.mod` and 4 more that the Dockerfile copies are not in the context `.`
  c:
    build: {context: web, dockerfile: ../api/Dockerfile}
  d:
    build: {context: api, target: x}
#                    ^^^ error: `gone.txt`, which the Dockerfile copies, is not in the context `api`
  e:
    build: {context: "${WHERE}", dockerfile: ../api/Dockerfile}
  f:
    build: {context: api, target: "$STAGE"}
"#,
        );
    }

    #[test]
    fn a_tree_that_is_not_there_as_a_whole_is_not_compared() {
        let files = [
            ("Dockerfile", "FROM a\nCOPY main.js /\n"),
            ("b/Dockerfile", "FROM a\nCOPY lib /\n"),
            ("b/package.json", ""),
            ("c/Dockerfile", "FROM a\nCOPY sub/lib /\n"),
            ("c/package.json", ""),
        ];
        compose_among(
            RULE,
            &files,
            "compose.yaml",
            r#"
services:
  a: {build: .}
  b: {build: b}
#            ^ warning: `lib`, which the Dockerfile copies, is not in the context `b`
  i:
    build:
#   ^^^^^ error: `x.js`, which the Dockerfile copies, is not in the build context
      dockerfile_inline: |
        FROM a
        COPY b/package.json x.js /
"#,
        );
    }
}
