//! Flags stages called `scratch` or `context`.

use crate::dockerfile::Dockerfile;
use crate::dockerfile::ast::From;
use crate::engine::nodes::Placed;
use crate::engine::{Context, Hooks};

/// As in BuildKit (`dockerfile2llb/convert.go`, `reservedStageNames`).
const RESERVED: [(&str, &str); 2] = [
    ("scratch", "the empty image"),
    ("context", "the files of the build"),
];

pub(super) fn register(on: &mut Hooks<'_>) {
    on.from(check);
}

fn check(from: &Placed<'_, From>, cx: &mut Context<'_, Dockerfile>) {
    let Some(name) = &from.name else { return };
    let reserved = RESERVED
        .iter()
        .find(|(word, _)| name.value.eq_ignore_ascii_case(word));
    if let Some((_, meaning)) = reserved {
        cx.report(name.span, format!("`{}` also means {meaning}", name.value))
            .help("give the stage another name");
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn the_name_is_marked() {
        dockerfile(
            "reserved-stage-name",
            r#"
FROM scratch AS Scratch
#               ^^^^^^^ `Scratch` also means the empty image
FROM scratch \
  AS context
#    ^^^^^^^ `context` also means the files of the build
FROM a AS contexts
"#,
        );
    }
}
