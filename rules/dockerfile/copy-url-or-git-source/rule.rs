//! Flags URLs and Git repositories among the sources of `COPY` (`dispatchCopy` of BuildKit refuses them).

use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::Dockerfile;
use crate::dockerfile::ast::{Copy, Instruction};
use crate::dockerfile::source::{SourceKind, is_heredoc};
use crate::engine::nodes::Placed;
use crate::engine::{Context, Hooks};
use crate::text::Edit;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.copy(check);
}

fn check(copy: &Placed<'_, Copy>, cx: &mut Context<'_, Dockerfile>) {
    let instruction = copy.instruction;
    for word in copy.paths.sources() {
        // The variables of a trigger are those of another file.
        if is_heredoc(instruction, word) || (instruction.is_trigger && word.has_variables()) {
            continue;
        }
        let value = cx.model.value_at(copy.index, word);
        let message = match value.text().map(SourceKind::of) {
            Some(SourceKind::Url) => "`COPY` downloads nothing",
            Some(SourceKind::Git) => "`COPY` clones no Git repository",
            Some(SourceKind::Path) | None => continue,
        };
        cx.report(word.span, message)
            .help("write `ADD`")
            .fixes
            .extend(fix(instruction));
    }
}

/// Writes `ADD`, where it takes the flags as well.
fn fix(instruction: &Instruction) -> Option<Fix> {
    let is_known = |name: &str| matches!(name, "chown" | "chmod" | "link" | "exclude");
    let mut flags = instruction.flags.iter();
    if !flags.all(|flag| is_known(&flag.name.value)) {
        return None;
    }
    let keyword = &instruction.keyword;
    let mut letters = keyword.value.bytes().map(|byte| byte.is_ascii_uppercase());
    let add = match (letters.next(), letters.next()) {
        (Some(true), Some(false)) => "Add",
        (Some(false), _) => "add",
        _ => "ADD",
    };
    let title = "write `ADD`, so that every build asks that server";
    let edit = Edit::replace(keyword.span, add);
    Some(Fix::new(title, Applicability::Unsafe, vec![edit]))
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{dockerfile, fixed};

    #[test]
    fn the_source_is_marked() {
        dockerfile(
            "copy-url-or-git-source",
            r#"
FROM a AS b
ARG U=http://example.com/c
COPY a "https://example.com/b" \
#      ^^^^^^^^^^^^^^^^^^^^^^^ error: `COPY` downloads nothing
  $U ssh://example.com/d /e/
# ^^ error: `COPY` downloads nothing
#    ^^^^^^^^^^^^^^^^^^^ error: `COPY` clones no Git repository
COPY ["https://example.com/a.git", "/"]
#     ^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: `COPY` clones no Git repository
ONBUILD COPY --from=b https://example.com/b $U /
#                     ^^^^^^^^^^^^^^^^^^^^^ error: `COPY` downloads nothing
COPY github.com/a/b ftp://example.com/a $X https: /c
COPY <<https://x /c
https://x
ADD https://example.com/b /
"#,
        );
    }

    #[test]
    fn the_fix_keeps_the_case_and_needs_flags_of_add() {
        for (before, after) in [
            ("copy https://a/b /", "add https://a/b /"),
            ("COPY --from=b https://a/b /", "COPY --from=b https://a/b /"),
            (
                "COPY https://a/b https://c/d /",
                "ADD https://a/b https://c/d /",
            ),
        ] {
            let text = format!("FROM a\n{before}\n");
            let fixed = fixed("copy-url-or-git-source", Applicability::Unsafe, &text);
            assert_eq!(fixed, format!("FROM a\n{after}\n"));
        }
    }
}
