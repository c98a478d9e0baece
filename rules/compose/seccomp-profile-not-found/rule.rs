//! Flags seccomp profiles of which the file is not there, or is not JSON.

use crate::compose::project::Project;
use crate::compose::project::disk::OnDisk;
use crate::engine::{Context, Hooks};

/// Values that name no file. Compose reads a file called `builtin`; the command line of Docker does not, so that it is
/// left alone.
const NO_FILES: [&str; 2] = ["builtin", "unconfined"];

pub(super) fn register(on: &mut Hooks<'_>) {
    on.project(check);
}

fn check(project: &Project, cx: &mut Context<'_, Project>) {
    for owned in project.merged.containers() {
        for option in owned.container.security_options() {
            let Some(profile) = option.value.filter(|_| option.key.value.is("seccomp")) else {
                continue;
            };
            let Some(path) = profile.value.known() else {
                continue;
            };
            // Paths of included files begin at the folder of the project all the same.
            let begins_here = project.directory_of(profile.at.file) == Some(&*project.directory);
            if NO_FILES.contains(&path) || !begins_here {
                continue;
            }
            let message = match project.look(&profile.value) {
                Some((_, OnDisk::Nothing)) => format!("there is no file `{path}`"),
                Some((_, OnDisk::Folder)) => format!("`{path}` is a folder"),
                Some((file, OnDisk::File)) if project.disk.is_malformed(&file) => {
                    cx.report(profile.at, format!("`{path}` is not JSON"))
                        .help("correct the profile; Compose hands it over as JSON");
                    continue;
                }
                Some((_, OnDisk::File)) | None => continue,
            };
            cx.report(profile.at, message)
                .help("name the file of the profile, from the folder of the project on");
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose_among;

    #[test]
    fn every_profile_is_looked_for() {
        compose_among(
            "seccomp-profile-not-found",
            &[("a/b.json", "{}"), ("a/c.json", "{\"a\": 1,}")],
            "compose.yaml",
            r#"
services:
  a: {image: x, security_opt: ["seccomp:a", seccomp=a/b.json, "seccomp=${P:-c.json}"]}
#                                       ^ error: `a` is a folder
#                                                                           ^^^^^^ there is no file `c.json`
  b: {image: x, security_opt: ["seccomp:a/c.json"]}
#                                       ^^^^^^^^ error: `a/c.json` is not JSON
"#,
        );
    }
}
