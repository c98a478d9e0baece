//! Flags named volumes that a container mounts and the file does not declare.

use crate::compose::File;
use crate::compose::extent::Extent;
use crate::compose::mount::Mount;
use crate::diagnostic::{Applicability, Finding, Fix};
use crate::engine::meta::nearest_of;
use crate::engine::{Context, Hooks};
use crate::text::Edit;
use crate::yaml::edit;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.compose(check);
}

fn check(file: &File, cx: &mut Context<'_, File>) {
    let extent = file.extent(&cx.source.path);
    if extent == Extent::Part {
        return;
    }
    for document in file.documents() {
        for owned in document.containers() {
            for mount in &owned.container.volumes {
                reference(file, extent, mount, cx);
            }
        }
    }
}

fn reference(file: &File, extent: Extent, mount: &Mount, cx: &mut Context<'_, File>) {
    let (Some(name), Some(source)) = (mount.volume_name(), &mount.source) else {
        return;
    };
    let declared = |name: &str| {
        file.documents()
            .find_map(|document| document.volumes.get(name))
    };
    if name.is_empty() || declared(name).is_some() {
        return;
    }
    let is_path = name.contains('/');
    let names = file
        .documents()
        .flat_map(|document| document.volumes.names());
    let near = nearest_of(names, name).and_then(declared);
    if !is_path && near.is_none() && extent != Extent::Whole {
        return;
    }
    let text = cx.text();
    let finding = cx.report(source.at, format!("the volume `{name}` is not declared"));
    let literal = source.value.literal().is_some();
    if is_path && near.is_none() {
        finding.help(format!(
            "write `./{name}` if it is a folder beside this file"
        ));
        if literal && mount.short.is_some() {
            let edit = Edit::insert(source.value.span_of(0..name.len()).start, "./");
            let title = "write `./` in front; the folder is then mounted";
            finding.fix(Fix::new(title, Applicability::Unsafe, vec![edit]));
        }
        return;
    }
    finding.help("declare it under `volumes`, with `external: true` if it exists already");
    if let Some(near) = near {
        let right = &near.key.value;
        finding.label(near.key.at.span, format!("`{right}` is declared here"));
        finding.help(format!("did you mean `{right}`?"));
        if literal {
            let edit = Edit::replace(source.value.span_of(0..name.len()), &**right);
            let title = format!("write `{right}`; it may not be what was meant");
            finding.fix(Fix::new(title, Applicability::Unsafe, vec![edit]));
        }
    }
    if literal {
        declare(file, text, name, finding);
    }
}

fn declare(file: &File, text: &str, name: &str, finding: &mut Finding) {
    let key = file.volumes.key.map(|key| key.span);
    let last = file
        .volumes
        .iter()
        .last()
        .map(|last| edit::entry(last.key.at.span, last.at.span));
    if let Some(edit) = edit::declare(text, "volumes", key, last, name) {
        let title = format!("declare `{name}`; Compose then makes a volume of that name");
        finding.fix(Fix::new(title, Applicability::Unsafe, vec![edit]));
    }
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
