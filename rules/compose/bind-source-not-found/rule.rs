//! Flags bind mounts of files that do not exist.

use crate::compose::mount::{Mount, MountType};
use crate::compose::project::{OnDisk, Project};
use crate::compose::value::is_false;
use crate::diagnostic::Severity;
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;

/// Extensions of files that programs read.
const EXTENSIONS: [&str; 38] = [
    "cert",
    "cfg",
    "cnf",
    "conf",
    "config",
    "crt",
    "csv",
    "env",
    "gz",
    "htm",
    "html",
    "htpasswd",
    "ini",
    "jar",
    "js",
    "json",
    "key",
    "lua",
    "md",
    "mjs",
    "pem",
    "php",
    "pl",
    "properties",
    "py",
    "rb",
    "rules",
    "sh",
    "sql",
    "tmpl",
    "toml",
    "ts",
    "txt",
    "vcl",
    "war",
    "xml",
    "yaml",
    "yml",
];

pub(super) fn register(on: &mut Hooks<'_>) {
    on.project(|project, cx| {
        for owned in project.merged.containers() {
            for mount in &owned.container.volumes {
                check(mount, cx);
            }
        }
    });
}

fn check(mount: &Mount, cx: &mut Context<'_, Project>) {
    let Some(source) = mount
        .source
        .as_ref()
        .filter(|_| mount.kind() == Some(MountType::Bind))
    else {
        return;
    };
    let Some((local, OnDisk::Nothing)) = cx.model.look(&source.value) else {
        return;
    };
    if cx.model.disk.is_made_later(&local) {
        return;
    }
    let path = excerpt(source.value.text());
    if is_false(&mount.bind.create_host_path) {
        cx.report(
            source.at,
            format!("`{path}` does not exist, and Docker may not make it"),
        )
        .help("correct the path, or make the folder or file")
        .severity(Severity::Error);
    } else if is_file(mount) {
        cx.report(
            source.at,
            format!("`{path}` does not exist, so that Docker makes a folder of it"),
        )
        .help("correct the path, or make the file");
    }
}

/// Whether both sides of a mount have names of files.
fn is_file(mount: &Mount) -> bool {
    let is_file = |text: Option<&str>| {
        let name = text
            .unwrap_or_default()
            .rsplit('/')
            .next()
            .unwrap_or_default();
        let extension = name.rsplit_once('.').filter(|(stem, _)| !stem.is_empty());
        extension.is_some_and(|(_, extension)| EXTENSIONS.contains(&extension))
    };
    let known = |text: &Option<crate::compose::value::Text>| {
        text.as_ref()
            .is_some_and(|text| is_file(text.value.known()))
    };
    known(&mount.source) && known(&mount.target)
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose_among;

    #[test]
    fn only_what_looks_like_a_file_counts() {
        compose_among(
            "bind-source-not-found",
            &[
                ("app/there.conf", "x"),
                ("up.conf", "x"),
                ("app/own.conf.example", "x"),
                ("app/.gitignore", "/made.conf\n"),
            ],
            "app/compose.yaml",
            r#"
services:
  a:
    image: x
    volumes:
      - "./not.conf:/a.conf:ro"
#        ^^^^^^^^^^ warning: `./not.conf` does not exist, so that
      - {type: bind, source: "${F:-not.yml}", target: /b.yml}
#                            ^^^^^^^^^^^^^^^ `not.yml` does not exist
      - ./there.conf:/c.conf
      - ../up.conf:/d.conf
      - ./conf.d:/etc/conf.d
      - ./data:/data
      - ./v1.2:/srv/v1.2
      - ./x.conf:/etc/x
      - /etc/not.conf:/e.conf
      - ./.htpasswd:/etc/.htpasswd
      - ./own.conf:/f.conf
      - ./made.conf:/g.conf
      - {type: bind, source: ./dir, target: /dir, bind: {create_host_path: false}}
#                            ^^^^^ error: `./dir` does not exist, and Docker may not make it
jobs:
  b: {image: x, triggers: {manual: true}, volumes: ["./not.sh:/run.sh"]}
#                                                    ^^^^^^^^ `./not.sh` does not exist
"#,
        );
    }
}
