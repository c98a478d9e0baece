//! The project's own image: its `Dockerfile` and `compose.yaml` are held to the strictest of its presets.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::peers;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).expect("readable")
}

#[test]
fn image_and_project_are_clean_when_hardened() {
    let output = Command::new(env!("CARGO_BIN_EXE_dockworthy"))
        .args(["check", "--no-config", "--preset", "hardened,cis"])
        .args(["--fail-on", "info", "--format", "concise"])
        .args(["Dockerfile", "compose.yaml"])
        .current_dir(root())
        .env_clear()
        .stdin(Stdio::null())
        .output()
        .expect("the binary runs");
    let found = String::from_utf8_lossy(&output.stdout);
    assert_eq!(found, "", "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn hadolint_has_nothing_to_say_of_the_image() {
    let Some(hadolint) = peers::program("hadolint") else {
        return;
    };
    let found = peers::output(&hadolint, root(), &["Dockerfile"]);
    assert_eq!(String::from_utf8_lossy(&found), "");
}

#[test]
fn docker_compose_reads_the_project_hardened() {
    let Some(compose) = peers::program("docker-compose") else {
        return;
    };
    let config = peers::output(&compose, root(), &["config", "--format", "json"]);
    let config: serde_json::Value = serde_json::from_slice(&config).expect("JSON");
    let service = &config["services"]["dockworthy"];
    assert_eq!(service["read_only"], true);
    assert_eq!(service["network_mode"], "none");
    assert_eq!(service["cap_drop"][0], "ALL");
    assert_eq!(service["security_opt"][0], "no-new-privileges:true");
    assert_eq!(service["user"], "65532:65532");
    assert_eq!(service["volumes"][0]["read_only"], true);
    assert_eq!(service["pids_limit"], 64);
}

#[test]
fn the_image_names_this_version() {
    let version = env!("CARGO_PKG_VERSION");
    assert!(read("Dockerfile").contains(&format!("ARG VERSION={version}\n")));
    let image = format!("image: ghcr.io/dockworthy/dockworthy:{version}\n");
    assert!(read("compose.yaml").contains(&image));
    let oldest = env!("CARGO_PKG_RUST_VERSION");
    assert!(read("Dockerfile").contains(&format!("FROM rust:{oldest}-")));
}
