//! Flags named volumes that a container mounts and the file does not declare.

use crate::compose::File;
use crate::compose::extent::Extent;
use crate::compose::mount::Mount;
use crate::compose::references::Declared;
use crate::compose::resource::Volume;
use crate::compose::value::Named;
use crate::diagnostic::{Applicability, Fix};
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
    let volumes = file
        .documents()
        .flat_map(|document| document.volumes.iter());
    let mut declared = Declared::new(volumes);
    for document in file.documents() {
        for owned in document.containers() {
            for mount in &owned.container.volumes {
                reference(extent, &mut declared, mount, cx);
            }
        }
    }
}

fn reference(
    extent: Extent,
    declared: &mut Declared<'_, Volume>,
    mount: &Mount,
    cx: &mut Context<'_, File>,
) {
    let (Some(name), Some(source)) = (mount.volume_name(), &mount.source) else {
        return;
    };
    if name.is_empty() || declared.contains(name) {
        return;
    }
    // No volume has a slash in its name.
    let is_path = name.contains('/');
    let near = if is_path {
        None
    } else {
        declared.nearest(name)
    };
    let is_slip = near.as_ref().is_some_and(|near| near.is_slip);
    if extent == Extent::Unclear && !is_slip && !is_path {
        return;
    }
    let (file, text) = (cx.model, cx.text());
    let literal = source.value.literal().is_some();
    let place = source.value.span_of(0..name.len());
    let finding = cx.report(place, format!("the volume `{name}` is not declared"));
    if is_path {
        finding.help(format!(
            "write `./{name}` if it is a folder beside this file"
        ));
        if literal && mount.short.is_some() {
            let edit = Edit::insert(place.start, "./");
            let title = "write `./` in front; the folder is then mounted";
            finding.fix(Fix::new(title, Applicability::Unsafe, vec![edit]));
        }
        return;
    }
    finding.help("declare it under `volumes`, with `external: true` if it exists already");
    if let Some(near) = near {
        let right = near.item.name();
        finding.label(right.at.span, format!("`{}` is declared here", right.value));
        finding.help(format!("did you mean `{}`?", right.value));
        if literal {
            let edit = Edit::replace(place, &*right.value);
            let title = format!("write `{}`; it may not be what was meant", right.value);
            finding.fix(Fix::new(title, Applicability::Unsafe, vec![edit]));
        }
    }
    if literal && let Some(edit) = declaration(file, text, name) {
        let title = format!("declare `{name}`; Compose then makes a volume of that name");
        finding.fix(Fix::new(title, Applicability::Unsafe, vec![edit]));
    }
}

/// The edit that declares a volume.
fn declaration(file: &File, text: &str, name: &str) -> Option<Edit> {
    let key = file.volumes.key.map(|key| key.span);
    let last = file.volumes.iter().last();
    let last = last.map(|last| edit::entry(last.key.at.span, last.at.span));
    edit::declare(text, "volumes", key, last, name)
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
