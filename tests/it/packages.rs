//! What the crate, the image and the npm packages are made of. `.ci/run` builds and installs them for real.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::peers;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).expect("readable")
}

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("packages")
        .join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("writable");
    folder
}

fn copy(from: &Path, to: &Path) {
    if from.is_dir() {
        for entry in std::fs::read_dir(from).expect("readable") {
            let name = entry.expect("readable").file_name();
            copy(&from.join(&name), &to.join(&name));
        }
    } else {
        std::fs::create_dir_all(to.parent().expect("a folder")).expect("writable");
        std::fs::copy(from, to).expect("readable");
    }
}

fn cargo(folder: &Path, args: &[&str]) -> String {
    let output = Command::new(env!("CARGO"))
        .args(args)
        .current_dir(folder)
        .output()
        .expect("cargo runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn the_crate_holds_what_it_needs_and_no_more() {
    let listed = cargo(root(), &["package", "--list", "--allow-dirty", "--offline"]);
    let files: Vec<String> = listed.lines().map(|line| line.replace('\\', "/")).collect();
    for needed in [
        "src/main.rs",
        "rules/mod.rs",
        "LICENSE-MIT",
        "Cargo.lock",
        "README.md",
    ] {
        assert!(files.iter().any(|file| file == needed), "{needed}");
    }
    let rest: Vec<&String> = files
        .iter()
        .filter(|file| !file.starts_with("src/") && !file.starts_with("rules/"))
        .collect();
    // The rest is what every crate has, by name.
    assert!(rest.len() < 10, "{rest:?}");
}

#[test]
fn the_build_context_of_the_image_holds_what_cargo_needs() {
    let ignored = read(".dockerignore");
    assert!(ignored.lines().any(|line| line == "*"));
    let context = folder("context");
    for path in ignored.lines().filter_map(|line| line.strip_prefix('!')) {
        copy(&root().join(path), &context.join(path));
    }
    let args = [
        "metadata",
        "--no-deps",
        "--offline",
        "--format-version",
        "1",
    ];
    let metadata: serde_json::Value = serde_json::from_str(&cargo(&context, &args)).expect("JSON");
    assert_eq!(
        metadata["workspace_members"].as_array().map(Vec::len),
        Some(1)
    );
    // What the Dockerfile takes besides.
    for file in ["src/main.rs", "LICENSE-APACHE", "LICENSE-MIT"] {
        assert!(context.join(file).is_file(), "{file}");
    }
    assert!(!context.join("target").exists());
}

#[cfg(unix)]
#[test]
fn npm_packages_install_and_run() {
    use std::os::unix::fs::PermissionsExt;

    if peers::program("npm").is_none() || peers::program("bash").is_none() {
        return;
    }
    // A stand-in that starts the binary: packing the real one, with all that a debugger wants, takes long.
    let binary = folder("npm").join("dockworthy");
    let start = format!(
        "#!/bin/sh\nexec '{}' \"$@\"\n",
        env!("CARGO_BIN_EXE_dockworthy")
    );
    std::fs::write(&binary, start).expect("writable");
    let all = std::fs::Permissions::from_mode(0o755);
    std::fs::set_permissions(&binary, all).expect("writable");
    let output = Command::new(root().join("packaging/npm-test.sh"))
        .arg(&binary)
        .output()
        .expect("bash runs");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success() && said.contains("npm: "),
        "{said}{}",
        String::from_utf8_lossy(&output.stderr)
    );
}
