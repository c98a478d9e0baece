//! Flags copies of a whole context in which a file with secrets lies that nothing keeps out.

use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::Dockerfile;
use crate::dockerfile::context::{MAX_SECRETS, Root};
use crate::dockerfile::ignorefile::{Fuel, Verdict};
use crate::dockerfile::keep_out::pattern_of;
use crate::dockerfile::source::excluded;
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::text::Span;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.dockerfile(check);
}

/// How many findings of a file get a fix; each is a look at all that is copied.
const MAX_FIXES: usize = 32;

fn check(file: &Dockerfile, cx: &mut Context<'_, Dockerfile>) {
    let Some(context) = file.context().filter(|context| context.root == Root::Sure) else {
        return;
    };
    let secrets = context.secrets();
    if secrets.is_empty() {
        return;
    }
    let mut reported = 0;
    for source in file.context_sources() {
        let stage = file.stage_of(source.instruction);
        if !source.is_everything() || !stage.is_some_and(|stage| stage.is_output) {
            continue;
        }
        let Some(excluded) = excluded(&file.ast.instructions[source.instruction]) else {
            continue;
        };
        let mut fuel = Fuel::new(100_000);
        let is_copied = |name: &&&str| excluded.verdict(name, &mut fuel) == Verdict::Kept;
        let copied: Vec<&&str> = secrets.iter().filter(is_copied).collect();
        let Some((first, rest)) = copied.split_first() else {
            continue;
        };
        let more = match rest.len() {
            0 => String::new(),
            more => format!(" and {more} more like it"),
        };
        let is_one_of_few = reported < MAX_FIXES;
        let fix = is_one_of_few
            .then(|| fix(file, secrets.len(), &copied))
            .flatten();
        reported += 1;
        let finding = cx.report(
            source.span,
            format!("this copies `{}`{more} into the image", excerpt(first)),
        );
        finding.help("list it in `.dockerignore`");
        finding.fixes.extend(fix);
    }
}

/// Lists the files in the ignore file; nothing where there are so many that not all were looked at.
fn fix(file: &Dockerfile, found: usize, copied: &[&&str]) -> Option<Fix> {
    if found >= MAX_SECRETS {
        return None;
    }
    let patterns: Option<Vec<&str>> = copied.iter().map(|name| pattern_of(name)).collect();
    let companion = file.keeping_out(&patterns?, Span::empty(0))?;
    let what = match copied {
        [name] => format!("`{}`", excerpt(name)),
        more => format!("the {} files", more.len()),
    };
    let title = format!(
        "list {what} in `{}`; what reads them in a build fails",
        excerpt(&companion.name)
    );
    let title = match copied {
        [_] => title.replace("reads them", "reads it"),
        _ => title,
    };
    Some(Fix::new(title, Applicability::Unsafe, Vec::new()).with_companion(companion))
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::{companions, dockerfile, dockerfile_among};

    const RULE: &str = "copied-secret-not-ignored";
    const FILES: &[(&str, &str)] = &[
        ("go.mod", ""),
        (".env", "A=hunter2"),
        (".env.example", ""),
        ("id_rsa", ""),
        ("server.key/a", ""),
    ];

    #[test]
    fn the_source_is_marked() {
        dockerfile_among(
            RULE,
            FILES,
            r#"
FROM a AS b
COPY . /a
FROM a
COPY --chown=1 \
  . /a
# ^ warning: this copies `.env` and 1 more like it into the image
ADD --exclude=id_* ["./", "/b"]
#                   ^^^^ warning: this copies `.env` into the image
COPY --exclude=.env* --exclude=id_rsa . /c
COPY --exclude=$X . /d
COPY --from=b . /e
"#,
        );
    }

    #[test]
    fn the_fix_lists_what_is_copied() {
        let text = "FROM a\nCOPY --exclude=id_rsa . /a\nADD . /b\n";
        let lines = [".dockerignore: .env", ".dockerignore: .env\nid_rsa"];
        assert_eq!(companions(RULE, FILES, text), lines);
        let text = "FROM a AS b\nCOPY id_rsa /a\nFROM a\nCOPY . /a\n";
        assert!(companions(RULE, FILES, text).is_empty());
        let files = [("go.mod", ""), ("my key.pem", "")];
        assert!(companions(RULE, &files, "FROM a\nCOPY . /a\n").is_empty());
    }

    #[test]
    fn an_ignore_file_or_a_doubt_silences_it() {
        let text = "FROM a\nCOPY . /a\n";
        dockerfile(RULE, text);
        dockerfile_among(RULE, &[(".env", ""), ("main.c", "")], text);
        let ignore = (".dockerignore", ".env\nid_*");
        let files: Vec<_> = FILES.iter().copied().chain([ignore]).collect();
        dockerfile_among(RULE, &files, text);
    }
}
