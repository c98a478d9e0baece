//! Flags `--chown` and `--chmod` in stages for Windows.

use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::Dockerfile;
use crate::dockerfile::ast::{Add, Copy, Instruction};
use crate::engine::nodes::Placed;
use crate::engine::{Context, Hooks};
use crate::text::{Edit, Span};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.copy(|copy: &Placed<'_, Copy>, cx| check(copy.instruction, copy.index, cx));
    on.add(|add: &Placed<'_, Add>, cx| check(add.instruction, add.index, cx));
}

fn check(instruction: &Instruction, index: usize, cx: &mut Context<'_, Dockerfile>) {
    let is_unix = |name: &str| matches!(name, "chown" | "chmod");
    if !instruction
        .flags
        .iter()
        .any(|flag| is_unix(&flag.name.value))
    {
        return;
    }
    let stage = cx.model.stage_of(index);
    if !stage.is_some_and(|stage| cx.model.is_for_windows(stage)) {
        return;
    }
    let text = cx.text();
    for flag in &instruction.flags {
        let name = &flag.name.value;
        if !is_unix(name) {
            continue;
        }
        let behind = text.get(flag.span.end as usize..).unwrap_or_default();
        let blanks = behind.len() - behind.trim_start_matches([' ', '\t']).len();
        let gap = Span::from_range(flag.span.range().start..flag.span.range().end + blanks);
        let finding = cx.report(flag.span, format!("`--{name}` has no effect on Windows"));
        finding.help("leave it away, and set permissions with `icacls` in a `RUN`");
        let edit = Edit::delete(gap);
        // The builder of old Docker engines knows some owners of Windows.
        let title = format!("remove `--{name}`, which only the old builder may look at");
        finding.fix(Fix::new(title, Applicability::Unsafe, vec![edit]));
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{dockerfile, fixed};

    #[test]
    fn only_stages_for_windows_count() {
        dockerfile(
            "windows-chown-flag",
            r"
FROM mcr.microsoft.com/windows/servercore:ltsc2025
COPY --chown=app --link a C:/b/
#    ^^^^^^^^^^^ `--chown` has no effect on Windows
ADD --chmod=755 \
#   ^^^^^^^^^^^ `--chmod` has no effect on Windows
  --chown=app a C:/b/
# ^^^^^^^^^^^ `--chown` has
COPY --from=x a C:/b/
FROM debian
COPY --chown=app a /b/
",
        );
    }

    #[test]
    fn the_fix_takes_the_blanks_with_it() {
        let before = "FROM mcr.microsoft.com/windows/servercore\nCOPY --chown=a  --link b c\n";
        let after = "FROM mcr.microsoft.com/windows/servercore\nCOPY --link b c\n";
        assert_eq!(
            fixed("windows-chown-flag", Applicability::Unsafe, before),
            after
        );
    }
}
