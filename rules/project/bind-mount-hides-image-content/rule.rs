//! Flags bind mounts that hide what the build has installed.

use crate::compose::mount::{Mount, MountType};
use crate::compose::project::{OnDisk, Project};
use crate::compose::value::Scalar;
use crate::diagnostic::{Applicability, Fix};
use crate::engine::built::{BuildUse, Reading};
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::text::{Location, Span, order};
use crate::yaml::edit;

/// Signs in a Dockerfile or a command that what is installed is found elsewhere, or is installed again.
const SIGNS: [&str; 5] = [
    "NODE_PATH",
    "modules-folder",
    "nodeLinker",
    "ln -s",
    "vendor-dir",
];

/// Programs by which what is installed comes to lie elsewhere.
const MOVES: [&str; 3] = ["cd ", "cp ", "mv "];

pub(super) fn register(on: &mut Hooks<'_>) {
    on.build(check);
}

fn check(used: &BuildUse<'_>, cx: &mut Context<'_, Project>) {
    let container = used.container;
    if container.volumes.is_empty() || !used.is_settled(cx.model) || installs_at_start(used) {
        return;
    }
    let Some(reading) = used.reading() else {
        return;
    };
    if SIGNS.iter().any(|sign| reading.file.text.contains(sign)) {
        return;
    }
    for (folder, place) in installed(&reading) {
        hidden(&folder, reading.file.location(place), used, cx);
    }
}

/// Whether the container installs what it needs when it starts, or may do so.
fn installs_at_start(used: &BuildUse<'_>) -> bool {
    let container = used.container;
    let commands = [&container.command, &container.entrypoint];
    commands.into_iter().flatten().any(|command| {
        let words = command.value.words();
        let is_of_installing = |text: &str| {
            ["install", "ci", "sync", "yarn"].contains(&text)
                || text.contains("install")
                || text.contains("npm ci")
                || text.ends_with(".sh")
        };
        words
            .iter()
            .any(|word| word.value.known().is_none_or(is_of_installing))
    })
}

/// The folders that commands of the image install into, with the places of the instructions.
fn installed(reading: &Reading<'_>) -> Vec<(String, Span)> {
    let model = reading.model();
    let mut found = Vec::new();
    for stage in model.chain(reading.stage) {
        for number in stage.instructions.clone() {
            let Some(directory) = model
                .config_at(number)
                .directory()
                .known()
                .map(str::to_owned)
            else {
                continue;
            };
            for script in model.scripts_of(number) {
                let text = script.text.text();
                if script.is_trigger || MOVES.iter().any(|program| text.contains(program)) {
                    continue;
                }
                let Some(name) = installs(text) else {
                    continue;
                };
                if let Some(instruction) = model.ast.instructions.get(number)
                    && instruction.keyword.value.eq_ignore_ascii_case("run")
                {
                    let folder = format!("{}/{name}", directory.trim_end_matches('/'));
                    found.push((folder, instruction.span));
                }
            }
        }
    }
    order::sort(&mut found);
    found.dedup_by(|a, b| a.0 == b.0);
    found
}

/// The folder that a script installs packages into, below the one that it runs in.
fn installs(script: &str) -> Option<&'static str> {
    let commands = script.split(['&', ';', '|', '\n']);
    let mut folders = commands.filter_map(|command| {
        let mut words = command.split_whitespace();
        let program = words.next()?;
        let verb = words.next();
        let is_elsewhere = words.any(|word| {
            matches!(word, "-g" | "--global" | "--prefix" | "-C" | "--cwd" | "-d")
                || word.starts_with("--prefix=")
                || word.starts_with("--working-dir")
        });
        match (program, verb) {
            _ if is_elsewhere => None,
            ("npm", Some("ci" | "install" | "i"))
            | ("yarn" | "pnpm" | "bun", Some("install"))
            | ("yarn", None) => Some("node_modules"),
            ("composer", Some("install")) => Some("vendor"),
            _ => None,
        }
    });
    folders.next()
}

fn hidden(folder: &str, place: Location, used: &BuildUse<'_>, cx: &mut Context<'_, Project>) {
    let project = cx.model;
    let volumes = &used.container.volumes;
    // What is mounted nearest to the folder decides.
    let mut nearest: Option<(&Mount, String)> = None;
    for mount in volumes {
        let Some(target) = mount.target_path() else {
            return;
        };
        let target = target.trim_end_matches('/').to_owned();
        let holds = folder == target || folder.starts_with(&format!("{target}/"));
        let is_nearer = nearest
            .as_ref()
            .is_none_or(|(_, other)| target.len() >= other.len());
        if holds && is_nearer {
            nearest = Some((mount, target));
        }
    }
    let in_memory = used.container.tmpfs.iter().any(|tmpfs| {
        tmpfs
            .target
            .value
            .known()
            .is_none_or(|target| folder.starts_with(target.trim_end_matches('/')))
    });
    let Some((mount, target)) = nearest else {
        return;
    };
    if in_memory || mount.kind() != Some(MountType::Bind) {
        return;
    }
    let Some(source) = &mount.source else {
        return;
    };
    let inside = folder.strip_prefix(target.as_str()).unwrap_or_default();
    let inside = inside.trim_start_matches('/');
    if inside.is_empty() || on_host(project, &source.value, inside) != Some(OnDisk::Nothing) {
        return;
    }
    let message = format!(
        "the mount hides `{}`, which the build installs and the host does not have",
        excerpt(folder)
    );
    let at = mount.target.as_ref().map_or(mount.at, |target| target.at);
    let text = project.text(mount.at.file);
    let is_plain = folder
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || b"/._-".contains(&byte));
    let is_own = volumes
        .origin
        .as_ref()
        .is_some_and(|origin| origin.via.is_none());
    let edit = (is_plain && is_own)
        .then(|| edit::insert_item_behind(text, mount.at.span, folder))
        .flatten();
    let finding = cx.report(at, message);
    finding.label(place, "installed here");
    finding.help(format!(
        "mount a volume on `{}` as well, or only the folders that change",
        excerpt(folder)
    ));
    if let Some(edit) = edit {
        finding.fix(Fix::new(
            format!("mount a volume on `{folder}`; it keeps its files when the image changes"),
            Applicability::Unsafe,
            vec![edit],
        ));
    }
}

/// What stands below a mounted folder of the host.
fn on_host(project: &Project, source: &Scalar, inside: &str) -> Option<OnDisk> {
    let (path, found) = project.look(source)?;
    if found != OnDisk::Folder {
        return None;
    }
    project.disk.at(&path.join(inside))
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose_among;

    #[test]
    fn the_target_is_marked() {
        let files = [
            (
                "Dockerfile",
                "FROM node:24\nWORKDIR /app\nRUN npm ci && npm cache clean\n",
            ),
            (
                "web/Dockerfile",
                "FROM node:24\nWORKDIR /app\nRUN npm install -g x\n",
            ),
            (
                "php/Dockerfile",
                "FROM php:8\nWORKDIR /srv/\nRUN composer install\n",
            ),
            (
                "moved/Dockerfile",
                "FROM node:24\nWORKDIR /app\nRUN npm ci && mv /app/node_modules /node_modules\n",
            ),
            ("has/Dockerfile", "FROM node:24\nWORKDIR /app\nRUN yarn\n"),
            ("has/node_modules/x", ""),
        ];
        compose_among(
            "bind-mount-hides-image-content",
            &files,
            "compose.yaml",
            r#"
services:
  a: {build: ., volumes: [".:/app"]}
#                            ^^^^ warning: the mount hides `/app/node_modules`, which the build installs
  b: {build: php, volumes: [{type: bind, source: ./php, target: /srv}]}
#                                                               ^^^^ warning: the mount hides `/srv/vendor`
  c: {build: ., volumes: [".:/app", /app/node_modules]}
  d: {build: ., volumes: ["./web:/app/src"]}
  e: {build: ., volumes: ["data:/app"]}
  f: {build: web, volumes: ["./web:/app"]}
  g: {build: has, volumes: ["./has:/app"]}
  h: {build: ., volumes: [".:/app"], command: sh -c "npm install && npm start"}
  i: {build: ., volumes: ["/srv/app:/app"]}
  j: {build: ., volumes: ["$X:/app"]}
  l: {build: moved, volumes: ["./moved:/app"]}
  k: {build: ., volumes: [".:/app"], tmpfs: /app/node_modules}
volumes: {data: }
"#,
        );
    }
}
