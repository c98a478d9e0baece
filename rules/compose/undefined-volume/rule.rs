//! Flags named volumes that a container mounts and the project does not declare.

use crate::compose::project::Project;
use crate::compose::project::disk::OnDisk;
use crate::compose::resource::Volume;
use crate::compose::uses::{Use, UsedBy};
use crate::diagnostic::{Applicability, Fix};
use crate::engine::undefined::{is_certain, of, offer_declaration, report};
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::text::Edit;
use crate::text::path::lexical;

const HELP: &str = "declare it under `volumes`, with `external: true` if it exists already";

pub(super) fn register(on: &mut Hooks<'_>) {
    on.project(check);
}

fn check(project: &Project, cx: &mut Context<'_, Project>) {
    for undefined in of(project, &[UsedBy::Volumes]) {
        let used = &undefined.used;
        // No volume has a slash in its name.
        let is_path = used.name.contains('/');
        if !is_path && !is_certain(project, undefined) {
            continue;
        }
        let name = excerpt(&used.name);
        let message = format!("the volume `{name}` is not declared");
        if is_path || is_folder(project, used) {
            let help = match is_path {
                true => format!("write `./{name}` if it is a folder beside this file"),
                false => format!("write `./{name}` if the folder beside this file is meant"),
            };
            let finding = report(cx, undefined, message, &help);
            // In the long form the type would have to change as well.
            let text = project.text(used.at.file);
            let behind = text.get(used.at.span.range().end..);
            if used.is_literal && behind.is_some_and(|behind| behind.starts_with(':')) {
                let edit = Edit::insert(used.at.span.start, "./");
                let title = "write `./` in front; the folder is then mounted";
                finding.fix(Fix::new(title, Applicability::Unsafe, vec![edit]));
            }
            continue;
        }
        let finding = report(cx, undefined, message, HELP);
        let title = format!("declare `{name}`; Compose then makes a volume of that name");
        let section = ("volumes", &project.merged.volumes);
        let place = |volume: &Volume| volume.at;
        offer_declaration(finding, project, undefined, section, place, title);
    }
}

/// Whether a folder of that name stands where a relative path would begin.
fn is_folder(project: &Project, used: &Use) -> bool {
    let directory = project.directory_of(used.at.file);
    let path = directory.map(|directory| lexical(&directory.join(&*used.name)));
    path.is_some_and(|path| project.disk.at(&path) == Some(OnDisk::Folder))
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn names_and_paths_are_told_apart() {
        compose(
            "undefined-volume",
            r#"
services:
  a:
    image: x
    volumes:
      - data:/data
      - "logs:/logs:ro"
#        ^^^^ the volume `logs` is not declared
      - sub/dir:/dir
#       ^^^^^^^ the volume `sub/dir` is not declared
      - ${V}:/v
      - ${W:-work}:/w
#            ^^^^ the volume `work` is not declared
      - {type: volume, source: cache, target: /c}
#                              ^^^^^ the volume `cache` is not declared
      - {type: volume, target: /d}
      - {type: bind, source: e, target: /e}
      - /anonymous
      - ~/home:/home
volumes:
  data:
"#,
        );
    }

    #[test]
    fn jobs_steps_and_inactive_services_are_looked_at() {
        compose(
            "undefined-volume",
            r"
services:
  a:
    image: x
    profiles: [debug]
    volumes: ['one:/one']
#              ^^^ the volume `one` is not declared
    pre_start:
      - {image: y, volumes: ['two:/two']}
#                             ^^^ the volume `two` is not declared
jobs:
  d: {image: x, volumes: ['three:/three'], triggers: {manual: true}}
#                          ^^^^^ the volume `three` is not declared
",
        );
    }
}
