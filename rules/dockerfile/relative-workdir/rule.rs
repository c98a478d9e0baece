//! Flags `WORKDIR` with a relative path.

use crate::diagnostic::{Applicability, Fix, Severity};
use crate::dockerfile::Dockerfile;
use crate::dockerfile::ast::{InstructionKind, Workdir};
use crate::dockerfile::model::{Config, Setting, Value, is_absolute};
use crate::dockerfile::word::Word;
use crate::engine::nodes::Placed;
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::grammar::variable::Piece;
use crate::text::Edit;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.workdir(check);
}

fn check(workdir: &Placed<'_, Workdir>, cx: &mut Context<'_, Dockerfile>) {
    // Where a trigger is run, another image decides.
    if workdir.instruction.is_trigger {
        return;
    }
    let Some(word) = &workdir.path else { return };
    let config = cx.model.config_at(workdir.index);
    if !is_relative(word, config) {
        return;
    }
    let shown = excerpt(&word.value());
    match config.workdir() {
        Setting::Inherited => {
            let message = format!("`{shown}` is relative to a directory of the base image");
            let title = "take it for a path below `/`, where most base images end";
            let fix = prepend(word, "").map(|edit| unsafe_fix(title, edit));
            cx.report(word.span, message)
                .help("write the whole path, beginning with `/`")
                .fixes
                .extend(fix);
        }
        Setting::Nothing => {
            let message = format!("`{shown}` is relative, and an image from scratch begins at `/`");
            let fix = prepend(word, "").map(|edit| unsafe_fix("put `/` in front", edit));
            cx.report(word.span, message)
                .severity(Severity::Info)
                .help("write the whole path, beginning with `/`")
                .fixes
                .extend(fix);
        }
        Setting::Set(above) => {
            // Mending the first relative path mends all.
            let Some(directory) = above.value.text() else {
                return;
            };
            let message = format!("`{shown}` is relative to `{}`", excerpt(directory));
            let fix = absolute(word, above.value, workdir.index, cx.model)
                .map(|edit| unsafe_fix("write the whole path", edit));
            let finding = cx.report(word.span, message);
            finding.severity(Severity::Info).fixes.extend(fix);
            finding.help("write the whole path");
            if let InstructionKind::Workdir(Workdir { path: Some(path) }) = &above.instruction.kind
            {
                finding.label(path.span, "goes on from here");
            }
        }
    }
}

fn unsafe_fix(title: &str, edit: Edit) -> Fix {
    Fix::new(title, Applicability::Unsafe, vec![edit])
}

/// Whether a path is relative for sure. An empty one changes nothing.
fn is_relative(word: &Word, config: Config<'_>) -> bool {
    if let Some(path) = config.value(word).text() {
        return !path.is_empty() && !is_absolute(path);
    }
    // What stands in front of the first variable tells as much.
    let pieces = word.template().map_or(&[][..], |template| &template.pieces);
    match pieces.first() {
        Some(Piece::Literal(range)) => {
            let text = word.raw.get(range.clone()).unwrap_or_default();
            !text.is_empty() && !is_absolute(text)
        }
        _ => false,
    }
}

/// The path with a directory in front, `./` at its beginning taken away. Nothing for one that begins with
/// `..`, or with another thing than a plain name.
fn prepend(word: &Word, directory: &str) -> Option<Edit> {
    let value = word.value_cooked();
    let text = value.text();
    let rest = text.trim_start_matches("./");
    if rest.is_empty() || rest.starts_with(['.', '~', '/']) {
        return None;
    }
    let dropped = text.len() - rest.len();
    let start = value.start_of(0);
    let edit = if dropped == 0 {
        Edit::insert(start, format!("{directory}/"))
    } else {
        Edit::replace(value.span(0..dropped), format!("{directory}/"))
    };
    Some(edit)
}

/// The whole path in place of a relative one, where `directory` is known in every build.
fn absolute(word: &Word, directory: &Value, index: usize, model: &Dockerfile) -> Option<Edit> {
    let directory = directory.known()?.trim_end_matches('/');
    if let Some(edit) = prepend(word, directory) {
        return Some(edit);
    }
    let is_plain = word.literal().is_some_and(|text| *text == *word.raw);
    let stage = model.stage_of(index)?;
    let after = if index + 1 < stage.instructions.end {
        model.config_at(index + 1)
    } else {
        model.final_config(stage)
    };
    let path = after.directory().known()?.to_owned();
    is_plain.then(|| Edit::replace(word.span, path))
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{dockerfile, fixed};

    #[test]
    fn the_path_is_marked() {
        dockerfile(
            "relative-workdir",
            r#"
FROM a AS b
WORKDIR "b c"
#       ^^^^^ warning: `b c` is relative to a directory of the base image
WORKDIR d
WORKDIR /
WORKDIR e
#       ^ info: `e` is relative to `/`
FROM b
WORKDIR f/g
#       ^^^ info: `f/g` is relative to `/e`
FROM scratch
WORKDIR h
#       ^ info: `h` is relative, and an image from scratch begins at `/`
"#,
        );
    }

    #[test]
    fn variables_are_looked_through() {
        dockerfile(
            "relative-workdir",
            r#"
ARG GLOBAL=x
FROM a
ARG A=b
ARG C
ARG E=
WORKDIR $C/d
WORKDIR $UNKNOWN
WORKDIR $E
WORKDIR /r
WORKDIR $A
#       ^^ info: `$A` is relative to `/r`
WORKDIR c$C
#       ^^^ info: `c$C` is relative to `/r/b`
WORKDIR d
"#,
        );
    }

    #[test]
    fn triggers_are_run_elsewhere() {
        dockerfile("relative-workdir", "FROM a\nONBUILD WORKDIR b\n");
    }

    #[test]
    fn fixing_gives_the_whole_path() {
        for (before, after) in [
            ("WORKDIR b", "WORKDIR /b"),
            ("WORKDIR \"b c\"", "WORKDIR \"/b c\""),
            ("WORKDIR ././b", "WORKDIR /b"),
            ("WORKDIR ..", "WORKDIR .."),
            ("WORKDIR ~/b", "WORKDIR ~/b"),
            ("WORKDIR /a\nWORKDIR ../b/", "WORKDIR /a\nWORKDIR /b"),
            ("WORKDIR /a\nWORKDIR .", "WORKDIR /a\nWORKDIR /a"),
            (
                "ARG B\nWORKDIR /a/\nWORKDIR \"b$B\"",
                "ARG B\nWORKDIR /a/\nWORKDIR \"/a/b$B\"",
            ),
            (
                "ARG A=/a\nWORKDIR $A\nWORKDIR b",
                "ARG A=/a\nWORKDIR $A\nWORKDIR b",
            ),
        ] {
            let before = format!("FROM x\n{before}\n");
            let fixed = fixed("relative-workdir", Applicability::Unsafe, &before);
            assert_eq!(fixed, format!("FROM x\n{after}\n"));
        }
    }
}
