//! Flags names of projects that Compose changes or refuses.

use std::path::Path;

use crate::compose::File;
use crate::compose::project::Project;
use crate::diagnostic::{Applicability, Fix, Severity};
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::text::{Edit, Location};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.compose(|file, cx| file.documents().for_each(|document| check(document, cx)));
    on.project(in_environment);
}

/// A name in the `.env` that Compose reads first has to be right as it is.
fn in_environment(project: &Project, cx: &mut Context<'_, Project>) {
    let is_first = |path: &Path| {
        let folder = path.parent().unwrap_or(Path::new(""));
        project.directory.starts_with(folder)
    };
    let mut files = project.variables.iter().filter(|file| file.of_project);
    let Some(file) = files.next().filter(|file| is_first(&file.path)) else {
        return;
    };
    let mut entries = file.entries.iter().rev();
    let entry = entries.find(|entry| *entry.name == *"COMPOSE_PROJECT_NAME");
    let Some(written) = entry.and_then(|entry| entry.value.as_ref()) else {
        return;
    };
    let name = written.text.text();
    if name.contains('$') && written.is_interpolated() || normalized(name) == name {
        return;
    }
    let at = Location {
        file: file.id,
        span: written.span,
    };
    let message = format!("Compose takes no project with the name `{}`", excerpt(name));
    cx.report(at, message)
        .help("write lower-case letters, digits, `-` and `_`")
        .severity(Severity::Error);
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
    use crate::engine::testing::{beside_compose, compose};

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

    #[test]
    fn a_name_in_the_environment_is_refused() {
        let compose = "services: {a: {image: a}}\n";
        let beside = |text| beside_compose("invalid-project-name", compose, ".env", text);
        beside(
            "COMPOSE_PROJECT_NAME=My Shop\n#                    ^^^^^^^ error: Compose takes no project with the name `My Shop`\n",
        );
        beside("COMPOSE_PROJECT_NAME=A\nCOMPOSE_PROJECT_NAME=\n");
        beside("COMPOSE_PROJECT_NAME=a_b-1\n");
        beside("COMPOSE_PROJECT_NAME=$A\n");
    }
}
