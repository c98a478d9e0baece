//! Flags `ADD --checksum` that BuildKit refuses (`dispatchCopy`, `digest.Parse`, and its Git source).

use crate::dockerfile::Dockerfile;
use crate::dockerfile::ast::Add;
use crate::dockerfile::source::{SourceKind, git_query, is_heredoc};
use crate::engine::nodes::Placed;
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.add(check);
}

fn check(add: &Placed<'_, Add>, cx: &mut Context<'_, Dockerfile>) {
    let Some(checksum) = &add.checksum else {
        return;
    };
    let Some(value) = checksum.literal().filter(|value| !value.is_empty()) else {
        return;
    };
    let instruction = add.instruction;
    let flag = instruction
        .flag("checksum")
        .map_or(checksum.span, |flag| flag.span);
    let sources = add.paths.sources().iter();
    let sources: Vec<_> = sources
        .filter(|word| !is_heredoc(instruction, word))
        .collect();
    let source = match sources.as_slice() {
        [] => return,
        [source] => *source,
        more => {
            cx.report(flag, format!("one checksum for {} sources", more.len()))
                .help("give each download an `ADD` of its own");
            return;
        }
    };
    if instruction.is_trigger && source.has_variables() {
        return;
    }
    let text = cx.model.value_at(add.index, source);
    let Some(text) = text.known() else { return };
    match SourceKind::of(text) {
        SourceKind::Path => {
            cx.report(
                flag,
                "a checksum is for downloads, not for files of the build context",
            )
            .help("remove `--checksum`");
        }
        SourceKind::Url => {
            if let Some(fault) = fault(&value) {
                cx.report(checksum.span, format!("`{}` {fault}", excerpt(&value)))
                    .help("write `sha256:` and the 64 digits that `sha256sum` prints");
            }
        }
        SourceKind::Git if !is_hex(&value) => {
            cx.report(
                checksum.span,
                format!("`{}` is not the hash of a commit", excerpt(&value)),
            )
            .help("write the hash, or its beginning, in hexadecimal digits");
        }
        SourceKind::Git => {
            let other = git_query(text, "checksum").or_else(|| git_query(text, "commit"));
            if let Some(other) = other.filter(|other| **other != *value) {
                cx.report(
                    checksum.span,
                    format!("the source asks for another commit, `{}`", excerpt(other)),
                )
                .help("write the commit once");
            }
        }
    }
}

/// What is wrong with a digest (`go-digest`).
fn fault(digest: &str) -> Option<String> {
    let Some((algorithm, hex)) = digest.split_once(':') else {
        return Some("does not say which algorithm it is of".to_owned());
    };
    let wanted = match algorithm {
        "sha256" => 64,
        "sha384" => 96,
        "sha512" => 128,
        _ => return Some("is of an algorithm that BuildKit does not know".to_owned()),
    };
    if hex.len() != wanted {
        return Some(format!(
            "has {} digits instead of {wanted}",
            hex.chars().count()
        ));
    }
    if !is_hex(hex) {
        return Some("has characters that are no hexadecimal digits".to_owned());
    }
    let is_lower = !hex.bytes().any(|byte| byte.is_ascii_uppercase());
    (!is_lower).then(|| "is not in lower case".to_owned())
}

fn is_hex(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn the_flag_or_its_value_is_marked() {
        dockerfile(
            "invalid-add-checksum",
            r#"
FROM a
ADD --checksum=sha256:abc https://example.com/a /
#              ^^^^^^^^^^ error: `sha256:abc` has 3 digits instead of 64
ADD --checksum=abc \
#              ^^^ error: `abc` does not say which algorithm
  https://example.com/a /
ADD --checksum=md5:abc https://example.com/a /
#              ^^^^^^^ error: `md5:abc` is of an algorithm that BuildKit does not know
ADD --checksum=sha256:zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz https://example.com/a /
#              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: `sha256:zzzz
ADD --link --checksum=a a b /
#          ^^^^^^^^^^^^ error: one checksum for 2 sources
ADD --checksum=a a /
#   ^^^^^^^^^^^^ error: a checksum is for downloads
ADD --checksum=xyz git@example.com:a /
#              ^^^ error: `xyz` is not the hash of a commit
ADD --checksum=abc https://example.com/a.git?checksum=abd#v1 /
#              ^^^ error: the source asks for another commit, `abd`
ADD --checksum=abc https://example.com/a.git?commit=abc /
ADD --checksum=$A https://example.com/a /
ADD --checksum=abc $A /
ADD --checksum= a /
"#,
        );
    }
}
