//! Flags `COPY` and `ADD` of folders and files that only development needs.

use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::Dockerfile;
use crate::dockerfile::ignorefile::Verdict;
use crate::dockerfile::keep_out::pattern_of;
use crate::dockerfile::source::{ContextSource, written_paths};
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::text::{Edit, Span};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.dockerfile(check);
}

/// How many sources of a file can be listed in its ignore file; each is a look at all that is copied.
const MAX_LISTED: usize = 32;

fn check(file: &Dockerfile, cx: &mut Context<'_, Dockerfile>) {
    let mut listed = 0;
    for source in file.context_sources() {
        let stage = file.stage_of(source.instruction);
        if !stage.is_some_and(|stage| stage.is_output)
            || matches!(source.verdict, Verdict::Ignored(_))
        {
            continue;
        }
        let Some(what) = what(source.name()) else {
            continue;
        };
        let edit = without(file, source, cx.text());
        let finding = cx.report(
            source.span,
            format!("`{}` {what}, and the image gets it", excerpt(&source.path)),
        );
        finding.help("leave it out, and list it in `.dockerignore`");
        let Some(edit) = edit else { continue };
        let path = excerpt(&source.path);
        let pattern = pattern_of(&source.path).filter(|_| listed < MAX_LISTED);
        listed += 1;
        if let Some(companion) =
            pattern.and_then(|pattern| file.keeping_out(&[pattern], source.span))
        {
            let title = format!(
                "do not copy `{path}`, and list it in `{}`; what needs it fails",
                excerpt(&companion.name)
            );
            let edits = vec![edit.clone()];
            finding.fix(Fix::new(title, Applicability::Unsafe, edits).with_companion(companion));
        }
        let title = format!("do not copy `{path}`; what needs it in the image fails");
        finding.fix(Fix::new(title, Applicability::Unsafe, vec![edit]));
    }
}

/// Takes a source out of its instruction, or the instruction out of the file when it copies nothing else.
fn without(file: &Dockerfile, source: &ContextSource, text: &str) -> Option<Edit> {
    let instruction = &file.ast.instructions[source.instruction];
    let paths = written_paths(instruction)?;
    if !source.is_sure || !instruction.heredocs.is_empty() {
        return None;
    }
    if let [_] = paths.sources() {
        return Some(Edit::delete_lines(text, instruction.span));
    }
    let next = paths.words.get(source.word + 1)?;
    let directory = paths.destination()?.literal()?;
    let gap = source.span.end..next.span.start;
    let is_blank = text.get(gap.start as usize..gap.end as usize)?.chars();
    let escape = file.ast.escape.as_char();
    let mut is_blank = is_blank.filter(|char| !char.is_ascii_whitespace() && *char != escape);
    let is_simple = !paths.is_json && is_blank.next().is_none();
    (is_simple && (directory.ends_with('/') || matches!(&*directory, "." | "..")))
        .then(|| Edit::delete(Span::new(source.span.start, next.span.start)))
}

/// What a file or folder with this name is for, if it is for development.
fn what(name: &str) -> Option<&'static str> {
    Some(match name {
        ".git" => "is the history of the project",
        ".aws" | ".azure" | ".gcp" => "is the login of a person",
        ".npm" | ".cache" => "is a cache",
        ".vscode" | ".idea" => "is the settings of an editor",
        ".terraform" => "is a working folder of Terraform",
        "node_modules" => "is installed for another machine",
        "Dockerfile"
        | "docker-compose.yml"
        | "docker-compose.yaml"
        | "compose.yml"
        | "compose.yaml" => "describes the image",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{companions, dockerfile, dockerfile_among, fixed};

    #[test]
    fn the_source_is_marked() {
        dockerfile(
            "image-bloat-files-copied",
            r#"
FROM a AS b
COPY .git /x
FROM a
COPY a \
  ./.git/ web/node_modules .cache/ /x/
# ^^^^^^^ info: `.git` is the history of the project, and the image gets it
#         ^^^^^^^^^^^^^^^^ info: `web/node_modules` is installed for another machine
#                          ^^^^^^^ info: `.cache` is a cache
ADD ["docker-compose.yml", "/"]
#    ^^^^^^^^^^^^^^^^^^^^ info: `docker-compose.yml` describes the image
COPY --from=b /app/node_modules /app/node_modules
COPY .gitignore git node_modules/x /y/
"#,
        );
    }

    #[test]
    fn the_fix_takes_it_out() {
        let fix = |text: &str| fixed("image-bloat-files-copied", Applicability::Unsafe, text);
        for (before, after) in [
            (
                "COPY a \\\n  ./.git/ \\\n  .cache b /x/\n",
                "COPY a \\\n  b /x/\n",
            ),
            (
                "# the history\nCOPY .git /x\nUSER 1\n",
                "# the history\nUSER 1\n",
            ),
            ("COPY .git .cache ./", ""),
            ("ADD [\".git\", \"/\"]\nUSER 1\n", "USER 1\n"),
        ] {
            assert_eq!(
                fix(&format!("FROM a\n{before}")).trim_end(),
                format!("FROM a\n{after}").trim_end()
            );
        }
        for kept in [
            "COPY [\".git\", \"a\", \"/x/\"]\n",
            "ARG A=.git\nCOPY $A /x/\n",
            "COPY a .git /x\n",
            "COPY a .git \\\n# why\n b /x/\n",
        ] {
            let text = format!("FROM a\n{kept}");
            assert_eq!(fix(&text), text);
        }
    }

    #[test]
    fn the_fix_lists_it_unless_another_stage_needs_it() {
        let names = [(".git/a", ""), ("a", ""), ("web/node_modules/a", "")];
        let lines = |text: &str| companions("image-bloat-files-copied", &names, text);
        let text = "FROM a\nCOPY a .git web/node_modules /x/\n";
        assert_eq!(
            lines(text),
            [".dockerignore: .git", ".dockerignore: web/node_modules"]
        );
        let text = "FROM a AS b\nCOPY .git /\nFROM a\nCOPY a .git web/node_modules /x/\n";
        assert_eq!(lines(text), [".dockerignore: web/node_modules"]);
    }

    #[test]
    fn what_is_kept_out_is_not_copied() {
        dockerfile_among(
            "image-bloat-files-copied",
            &[(".dockerignore", ".git"), ("a", "")],
            "FROM a\nCOPY a .git /x/\n",
        );
    }
}
