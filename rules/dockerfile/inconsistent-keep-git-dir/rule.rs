//! Flags `ADD --keep-git-dir` that the source contradicts, or that has nothing to keep.

use crate::diagnostic::Severity;
use crate::dockerfile::Dockerfile;
use crate::dockerfile::ast::Add;
use crate::dockerfile::source::{SourceKind, git_query};
use crate::engine::nodes::Placed;
use crate::engine::{Context, Hooks};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.add(check);
}

fn check(add: &Placed<'_, Add>, cx: &mut Context<'_, Dockerfile>) {
    let Some(keep) = &add.keep_git_dir else {
        return;
    };
    let flag = add.instruction.flag("keep-git-dir");
    let span = flag.map_or(keep.span, |flag| flag.span);
    let sources = add.paths.sources();
    // Whether one of them is, or may be, a repository.
    let mut is_needed = sources.is_empty();
    for source in sources {
        if add.instruction.is_trigger && source.has_variables() {
            return;
        }
        let value = cx.model.value_at(add.index, source);
        let Some(text) = value.known() else {
            is_needed = true;
            continue;
        };
        if SourceKind::of(text) != SourceKind::Git {
            continue;
        }
        is_needed = true;
        let other = git_query(text, "keep-git-dir").and_then(boolean);
        if other.is_some_and(|other| other != keep.value) {
            cx.report(span, "the source says the opposite of `--keep-git-dir`")
                .help("say it once, here or in the URL")
                .label(source.span, "the source");
        }
    }
    if !is_needed {
        cx.report(
            span,
            "`--keep-git-dir` has no effect, since nothing is cloned",
        )
        .severity(Severity::Warning)
        .help("remove the flag, or write the URL of a repository");
    }
}

/// Go's `strconv.ParseBool`; no value means yes.
fn boolean(text: &str) -> Option<bool> {
    match text {
        "" | "1" | "t" | "T" | "TRUE" | "true" | "True" => Some(true),
        "0" | "f" | "F" | "FALSE" | "false" | "False" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn the_flag_is_marked() {
        dockerfile(
            "inconsistent-keep-git-dir",
            r#"
FROM a
ADD --link --keep-git-dir https://example.com/a.git?ref=x&keep-git-dir=0#y /
#          ^^^^^^^^^^^^^^ error: the source says the opposite
ADD --keep-git-dir=false https://example.com/a.git?keep-git-dir /
#   ^^^^^^^^^^^^^^^^^^^^ error: the source says the opposite
ADD --keep-git-dir=true a \
#   ^^^^^^^^^^^^^^^^^^^ warning: `--keep-git-dir` has no effect
  https://example.com/b /
ADD --keep-git-dir=true https://example.com/a.git?keep-git-dir=1 /
ADD --keep-git-dir=true a git@example.com:b /
ADD --keep-git-dir=true $A /
"#,
        );
    }
}
