//! Flags names of projects that Compose changes.

use crate::compose::File;
use crate::diagnostic::{Applicability, Fix, Severity};
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::text::Edit;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.compose(|file, cx| file.documents().for_each(|document| check(document, cx)));
}

fn check(file: &File, cx: &mut Context<'_, File>) {
    let Some(name) = &file.name else { return };
    // An empty name is as good as none.
    let Some(known) = name.value.known().filter(|known| !known.is_empty()) else {
        return;
    };
    let normal = normalized(known);
    if normal == known {
        return;
    }
    let shown = excerpt(known);
    if normal.is_empty() {
        cx.report(
            name.at,
            format!("nothing of the project's name `{shown}` is left"),
        )
        .help("write lower-case letters, digits, `-` and `_`")
        .severity(Severity::Error);
        return;
    }
    let message = format!(
        "the project is called `{}` and not `{shown}`",
        excerpt(&normal)
    );
    let apart: String = known
        .trim()
        .chars()
        .map(|c| if matches!(c, ' ' | '.' | '/') { '-' } else { c })
        .collect();
    let better = normalized(&apart);
    let finding = cx.report(name.at, message);
    finding.help("write lower-case letters, digits, `-` and `_`");
    if name.value.literal().is_some() {
        finding.fix(Fix::new(
            "write a name that Compose keeps; volumes of the old one are not taken over",
            Applicability::Unsafe,
            vec![Edit::replace(
                name.at.span,
                better.trim_end_matches('-').to_owned(),
            )],
        ));
    }
}

/// What Compose makes of a name (`NormalizeProjectName` in `loader/loader.go` of compose-go).
fn normalized(name: &str) -> String {
    let lower = name.to_lowercase();
    let kept: String = lower
        .chars()
        .filter(|c| matches!(c, 'a'..='z' | '0'..='9' | '_' | '-'))
        .collect();
    kept.trim_start_matches(['_', '-']).to_owned()
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn what_compose_drops_is_told() {
        compose(
            "invalid-project-name",
            "\nname: \"_A.b\"\n#     ^^^^^^ warning: the project is called `ab` and not `_A.b`\nservices: {a: {image: a}}\n",
        );
        compose(
            "invalid-project-name",
            "\nname: ${P:-My App}\n#     ^^^^^^^^^^^^ warning: the project is called `myapp`\nservices: {a: {image: a}}\n",
        );
        compose(
            "invalid-project-name",
            "name: \"\"\nservices: {a: {image: a}}\n",
        );
    }
}
