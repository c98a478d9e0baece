//! In Compose files.

use super::*;

#[test]
fn sections_and_keys_are_offered_once() {
    assert_eq!(
        compose("ser¦\nvolumes: {}\n"),
        "configs include jobs models name networks secrets services version"
    );
    let keys = compose("services:\n  web:\n    image: a\n    ¦\n");
    assert!(has(&keys, "build") && !has(&keys, "image"), "{keys}");
    assert_eq!(
        compose("services:\n  web:\n    healthcheck:\n      ti¦\n      test: x\n"),
        "disable interval retries start_interval start_period timeout"
    );
    assert_eq!(
        compose("services:\n  web:\n    ports:\n      - target: 80\n        pro¦"),
        "app_protocol host_ip mode name protocol published"
    );
    assert_eq!(
        compose("services:\n  web:\n    healthcheck: {test: x, ¦"),
        "disable interval retries start_interval start_period timeout"
    );
    assert_eq!(compose("x-a:\n  ¦"), "");
    // A name is the user's to choose.
    assert_eq!(compose("services:\n  we¦"), "");
}

#[test]
fn keys_are_written_with_what_follows_them() {
    let files = |text: &'static str| [("compose.yaml", text)];
    assert_eq!(taken(&files("serv¦"), "services"), "services:\n  ");
    assert_eq!(
        taken(&files("services:\n    web:\n        ima¦"), "image"),
        "services:\n    web:\n        image: "
    );
    assert_eq!(
        taken(&files("services:\n    web:\n        cap¦"), "cap_add"),
        "services:\n    web:\n        cap_add:\n            - "
    );
    assert_eq!(
        taken(&files("services:\n  web:\n    i¦age: x\n"), "image"),
        "services:\n  web:\n    image: x\n"
    );
    assert_eq!(
        taken(&files("services:\n  web: {im¦}\n"), "image"),
        "services:\n  web: {image: }\n"
    );
}

#[test]
fn keys_are_explained() {
    let items = offered(&[("compose.yaml", "services:\n  web:\n    at¦")]);
    let attach = items
        .iter()
        .find(|item| item.label == "attach")
        .expect("attach");
    let doc = attach.documentation.as_deref().expect("words");
    assert!(doc.contains("Docker Compose 2.20.0 and later"), "{doc}");
    let items = offered(&[("compose.yaml", "ver¦")]);
    let version = items
        .iter()
        .find(|item| item.label == "version")
        .expect("version");
    assert!(version.is_deprecated);
}

#[test]
fn words_of_lists_are_offered() {
    assert_eq!(
        compose("services:\n  web:\n    restart: ¦"),
        "always no on-failure unless-stopped"
    );
    assert_eq!(compose("services:\n  web:\n    init: ¦"), "false true");
    assert_eq!(
        compose("services:\n  web:\n    pull_policy: ¦"),
        "always build daily every_12h missing never weekly"
    );
    assert_eq!(
        compose("services:\n  web:\n    depends_on:\n      db:\n        condition: ser¦"),
        "service_completed_successfully service_healthy service_started"
    );
    assert!(has(
        &compose("services:\n  web:\n    cap_add: [NET¦]"),
        "NET_ADMIN"
    ));
    assert!(compose("services:\n  web:\n    cap_drop:\n      - ¦").starts_with("ALL "));
    assert_eq!(
        compose("services:\n  web:\n    platform: \"¦"),
        "linux/amd64 linux/arm/v7 linux/arm64"
    );
    let files = |text: &'static str| [("compose.yaml", text)];
    assert_eq!(
        taken(&files("services:\n  web:\n    restart: n¦"), "no"),
        "services:\n  web:\n    restart: \"no\""
    );
    assert_eq!(
        taken(&files("services:\n  web:\n    restart: \"¦\""), "no"),
        "services:\n  web:\n    restart: \"no\""
    );
    assert_eq!(
        taken(&files("services:\n  web:\n    init:¦"), "true"),
        "services:\n  web:\n    init: true"
    );
    let modes = compose("services:\n  web:\n    network_mode: ¦\n  db: {}\n");
    assert!(
        has(&modes, "host") && has(&modes, "service:db") && !has(&modes, "service:web"),
        "{modes}"
    );
}

#[test]
fn names_of_the_project_are_offered() {
    let rest = "\n  db:\n    profiles: [debug]\nnetworks: {front: }\nvolumes: {data: }\nsecrets: {token: {file: t}}\nconfigs: {conf: {file: c}}\n";
    let web = |text: &str| compose(&format!("services:\n  web:\n{text}{rest}"));
    assert_eq!(web("    depends_on:\n      - ¦"), "db");
    assert_eq!(web("    depends_on: [¦]"), "db");
    assert_eq!(web("    depends_on:\n      ¦"), "db - db");
    assert_eq!(web("    networks:\n      - ¦"), "front");
    assert_eq!(
        web("    secrets:\n      - ¦"),
        "source token gid mode target uid"
    );
    assert_eq!(web("    configs: [c¦]"), "conf");
    assert_eq!(web("    profiles: [¦]"), "debug");
    assert!(web("    volumes:\n      - ¦").starts_with("data "));
    assert_eq!(web("    volumes:\n      - data:/x:¦"), "Z ro rw z");
    assert_eq!(
        web("    volumes:\n      - type: volume\n        source: ¦"),
        "data"
    );
    assert_eq!(web("    extends: ¦"), "db");
}

#[test]
fn names_are_found_though_the_line_at_the_cursor_breaks_the_file() {
    let text = "services:\n  web:\n    depends_on: [\n      ¦\n  db:\n    image: x\n";
    assert_eq!(compose(text), "db");
    let text =
        "services:\n  web:\n    networks:\n      - \"f¦\n    image: x\nnetworks:\n  front:\n";
    assert_eq!(compose(text), "front");
    let text = "services:\n  web:\n   im¦\n    build: .\n";
    assert!(has(&compose(text), "image"));
}

#[test]
fn the_dockerfile_says_targets_arguments_and_ports() {
    let files = |text: &'static str| {
        [
            ("compose.yaml", text),
            (
                "api/Dockerfile",
                "ARG TAG=1\nFROM a:$TAG AS base\nARG MODE\nFROM base AS run\nEXPOSE 8080 90/udp\n",
            ),
        ]
    };
    assert_eq!(
        labels(&files(
            "services:\n  a:\n    build:\n      context: api\n      target: ¦"
        )),
        "base run"
    );
    assert_eq!(
        labels(&files(
            "services:\n  a:\n    build:\n      context: api\n      args:\n        ¦\n        TAG: 2\n"
        )),
        "MODE"
    );
    assert_eq!(
        labels(&files(
            "services:\n  a:\n    build:\n      context: api\n      args:\n        - M¦\n"
        )),
        "MODE TAG"
    );
    let text = "services:\n  a:\n    build: api\n    ports:\n      - ¦\n";
    assert!(
        labels(&files(text)).starts_with("target 8080:8080 90:90"),
        "{}",
        labels(&files(text))
    );
    assert!(taken(&files(text), "8080:8080").ends_with("- \"8080:8080\"\n"));
    assert_eq!(
        labels(&files("services:\n  a:\n    build: api\n    expose: [¦]\n")),
        "8080 90"
    );
}

#[test]
fn paths_are_offered_a_component_at_a_time() {
    let files = |text: &'static str| {
        [
            ("compose.yaml", text),
            ("api/Dockerfile.dev", "FROM a\n"),
            ("api/src/a.txt", ""),
            ("more.yaml", "services:\n  base: {image: a}\n"),
            ("app.env", ""),
        ]
    };
    assert_eq!(
        labels(&files("services:\n  a:\n    build:\n      context: ¦")),
        "api/"
    );
    assert_eq!(
        labels(&files(
            "services:\n  a:\n    build:\n      context: api\n      dockerfile: ¦"
        )),
        "Dockerfile.dev src/"
    );
    assert_eq!(
        labels(&files("services:\n  a:\n    env_file:\n      - ¦")),
        "path api/ app.env compose.yaml format more.yaml required"
    );
    assert_eq!(
        labels(&files("include:\n  - m¦")),
        "api/ compose.yaml env_file more.yaml path project_directory"
    );
    assert_eq!(
        labels(&files("services:\n  a:\n    extends:\n      file: ¦")),
        "api/ compose.yaml more.yaml"
    );
    assert_eq!(
        labels(&files(
            "services:\n  a:\n    extends:\n      file: more.yaml\n      service: ¦"
        )),
        "base"
    );
    assert_eq!(
        labels(&files("services:\n  a:\n    volumes:\n      - ./api/¦")),
        "Dockerfile.dev src/"
    );
    assert_eq!(
        labels(&files("secrets:\n  a:\n    file: ./a¦")),
        "api/ app.env compose.yaml more.yaml"
    );
    assert_eq!(
        labels(&files("services:\n  a:\n    volumes:\n      - /¦")),
        ""
    );
}

#[test]
fn variables_of_the_project_are_offered() {
    let files = |text: &'static str| {
        [
            ("compose.yaml", text),
            (".env", "TAG=3.22\nDB_PASSWORD=correct-horse-battery\n"),
        ]
    };
    let text = "services:\n  a:\n    image: alpine:${¦}\n    user: ${WHO}\n";
    let items = offered(&files(text));
    let found: Vec<(&str, &str)> = items
        .iter()
        .map(|item| (&*item.label, item.detail.as_deref().unwrap_or_default()))
        .collect();
    assert_eq!(
        found,
        [
            ("DB_PASSWORD", "set in .env"),
            ("TAG", "3.22 (.env)"),
            ("WHO", "")
        ]
    );
    assert!(taken(&files(text), "TAG").contains("alpine:${TAG}\n"));
    assert_eq!(
        labels(&files("services:\n  a:\n    image: $T¦")),
        "DB_PASSWORD TAG"
    );
    assert_eq!(labels(&files("services:\n  a:\n    image: $$¦")), "");
    assert_eq!(
        labels(&files("services:\n  a:\n    command: |\n      echo ${¦\n")),
        "DB_PASSWORD TAG"
    );
    assert_eq!(
        labels(&files("services:\n  a:\n    environment:\n      - ¦")),
        "DB_PASSWORD TAG"
    );
}

#[test]
fn anchors_images_and_comments() {
    assert_eq!(
        compose("x-a: &base\n  init: true\nservices:\n  a:\n    <<: *b¦\n"),
        "base"
    );
    let images = compose("services:\n  a:\n    image: p¦\n  b:\n    image: ghcr.io/x/y:1\n");
    assert!(images.starts_with("ghcr.io/x/y:1 adminer"), "{images}");
    let rules = compose("services:\n  # dockworthy: ignore[¦\n  a: {}\n");
    assert!(
        has(&rules, "latest-tag") || has(&rules, "privileged-container") || rules.len() > 1_000,
        "{rules}"
    );
    assert!(has(
        &compose("# dclint disable-file ¦\nservices: {}\n"),
        "services-alphabetical-order"
    ));
}

#[test]
fn a_dockerfile_in_a_compose_file_is_a_dockerfile() {
    let files = |text: &'static str| [("compose.yaml", text)];
    let text = "services:\n  a:\n    build:\n      dockerfile_inline: |\n        FROM x AS one\n        FROM y\n        COPY --from=¦\n    image: x\n";
    assert!(labels(&files(text)).starts_with("one "));
    assert!(taken(&files(text), "one").contains("        COPY --from=one\n    image"));
    let text =
        "services:\n  a:\n    build:\n      dockerfile_inline: |\n        FROM x\n        ¦\n";
    assert!(has(&labels(&files(text)), "WORKDIR"));
    assert!(taken(&files(text), "RUN").ends_with("        FROM x\n        RUN \n"));
    let text = "services:\n  a:\n    build:\n      dockerfile_inline: |\n        FROM x\n        RUN y \\\n          --¦";
    assert_eq!(labels(&files(text)), "");
    // A single dollar sign is Compose's.
    let text = "services:\n  a:\n    user: $WHO\n    build:\n      dockerfile_inline: |\n        FROM x\n        USER ${¦\n";
    assert_eq!(labels(&files(text)), "WHO");
}

#[test]
fn what_is_known_of_the_image() {
    assert_eq!(
        compose(
            "services:\n  db:\n    image: postgres:17\n    volumes:\n      - data:/¦\nvolumes: {data: {}}\n"
        ),
        "/var/lib/postgresql/data"
    );
    assert_eq!(
        compose(
            "services:\n  db:\n    image: postgres:17\n    volumes:\n      - type: volume\n        target: ¦\n"
        ),
        "/var/lib/postgresql/data"
    );
    let names = compose("services:\n  db:\n    image: postgres:17\n    environment:\n      P¦\n");
    assert!(has(&names, "PGDATA") && has(&names, "PG_MAJOR"), "{names}");
    let dockerfile = "FROM scratch\nENV MODE=x\nVOLUME /data\n";
    for (text, wanted) in [
        (
            "services:\n  a:\n    build: .\n    environment:\n      - ¦\n",
            "MODE",
        ),
        (
            "services:\n  a:\n    build: .\n    volumes: ['x:¦']\n",
            "/data",
        ),
    ] {
        let files = [("compose.yaml", text), ("Dockerfile", dockerfile)];
        assert_eq!(labels(&files), wanted);
    }
}

#[test]
fn kernel_parameters() {
    for text in [
        "services:\n  a:\n    image: b\n    sysctls:\n      net.core¦\n",
        "services:\n  a:\n    image: b\n    sysctls:\n      - net.core¦\n",
    ] {
        let found = compose(text);
        assert!(has(&found, "net.core.somaxconn"), "{found}");
    }
}
