//! In Dockerfiles.

use super::*;

#[test]
fn instructions_are_offered_where_they_may_stand() {
    let first = dockerfile("¦");
    assert_eq!(first, "ARG FROM");
    assert_eq!(dockerfile("FR¦"), "ARG FROM");
    let all = dockerfile("FROM a\n¦\nRUN b\n");
    assert_eq!(
        all,
        "ADD ARG CMD COPY ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK LABEL RUN USER VOLUME WORKDIR MAINTAINER ONBUILD SHELL STOPSIGNAL"
    );
    let trigger = dockerfile("FROM a\nONBUILD ¦\n");
    assert!(has(&trigger, "RUN") && !has(&trigger, "FROM") && !has(&trigger, "ONBUILD"));
    assert_eq!(dockerfile("FROM a\nRUN x \\\n  ¦"), "");
    assert_eq!(
        dockerfile("FROM a\nRUN \\\n  ¦"),
        "--device --mount --network --security"
    );
    assert_eq!(dockerfile("FROM a\nFOO ba¦"), "");
}

#[test]
fn keywords_are_written_as_the_file_writes_them() {
    let files = |text: &'static str| [("Dockerfile", text)];
    assert_eq!(taken(&files("from a\n¦"), "run"), "from a\nrun ");
    assert_eq!(taken(&files("FROM a\nru¦"), "RUN"), "FROM a\nRUN ");
    assert_eq!(taken(&files("FROM a\nR¦UN x"), "RUN"), "FROM a\nRUN x");
    let items = offered(&files("FROM a\nCO¦"));
    let copy = items
        .iter()
        .find(|item| item.label == "COPY")
        .expect("COPY");
    assert_eq!(
        copy.snippet.as_deref(),
        Some("COPY ${1:source} ${2:destination}")
    );
    assert_eq!(
        copy.detail.as_deref(),
        Some("COPY [flags] source… destination")
    );
}

#[test]
fn flags_are_offered_once() {
    assert_eq!(
        dockerfile("FROM a\nCOPY --from=x --¦"),
        "--chmod --chown --exclude --link --parents"
    );
    assert_eq!(
        dockerfile("FROM a\nRUN --net¦ x"),
        "--device --mount --network --security"
    );
    assert_eq!(dockerfile("FROM a\nRUN --network=¦"), "default host none");
    assert_eq!(dockerfile("FROM a\nCOPY --link=¦"), "false true");
    assert_eq!(
        dockerfile("FROM a\nRUN \\\n # x\n  --mount=type=cache,sharing=¦"),
        "locked private shared"
    );
    let text = [("Dockerfile", "FROM a\nCOPY --fr¦")];
    assert_eq!(taken(&text, "--from"), "FROM a\nCOPY --from=");
    // Behind arguments there are no flags.
    assert_eq!(dockerfile("FROM a\nRUN x --¦"), "");
}

#[test]
fn mounts_have_the_fields_of_their_type() {
    assert_eq!(
        dockerfile("FROM a\nRUN --mount=¦"),
        "type from readwrite source target"
    );
    assert_eq!(
        dockerfile("FROM a\nRUN --mount=type=¦"),
        "bind cache secret ssh tmpfs"
    );
    assert_eq!(
        dockerfile("FROM a\nRUN --mount=type=tmpfs,¦"),
        "size target"
    );
    assert_eq!(
        dockerfile("FROM a\nRUN --mount=type=secret,id=x,re¦ cat"),
        "env gid mode required target uid"
    );
    assert_eq!(dockerfile("FROM a\nRUN --mount=type=foo,¦"), "");
}

#[test]
fn secrets_are_those_that_builds_get() {
    let files = [
        ("Dockerfile", "FROM a\nRUN --mount=type=secret,id=¦"),
        (
            "compose.yaml",
            "services:\n  web:\n    build: {context: ., secrets: [token]}\nsecrets: {token: {file: t}}\n",
        ),
    ];
    assert_eq!(labels(&files), "token");
}

#[test]
fn stages_before_can_be_taken_from() {
    let text = "FROM a AS one\nFROM b AS two\nCOPY --from=¦ x y\nFROM c AS three\n";
    let stages = dockerfile(text);
    assert!(stages.starts_with("one adminer"), "{stages}");
    assert!(!has(&stages, "three") && !has(&stages, "two"));
    let from = dockerfile("FROM a AS one\nFROM on¦");
    assert!(from.starts_with("one "), "{from}");
    assert!(has(&from, "scratch") && has(&from, "alpine") && !has(&from, "openjdk"));
    let mount = dockerfile("FROM a AS one\nFROM b\nRUN --mount=type=bind,from=¦");
    assert!(mount.starts_with("one "), "{mount}");
    assert_eq!(dockerfile("FROM a ¦"), "AS");
    assert_eq!(dockerfile("from a a¦"), "as");
    // A tag is not ours to know.
    assert_eq!(dockerfile("FROM alpine:¦"), "scratch");
}

#[test]
fn contexts_of_builds_can_be_taken_from() {
    let files = [
        ("Dockerfile", "FROM a\nCOPY --from=l¦"),
        (
            "compose.yaml",
            "services:\n  web:\n    build:\n      context: .\n      additional_contexts: {lib: ../lib}\n",
        ),
    ];
    assert!(labels(&files).starts_with("lib "));
}

#[test]
fn variables_in_scope_are_offered() {
    let text = "ARG G=1\nFROM a\nARG B=2\nENV E=3\nRUN echo $¦\nENV LATE=1\n";
    let items = offered(&[("Dockerfile", text)]);
    let found: Vec<(&str, &str)> = items
        .iter()
        .map(|item| (&*item.label, item.detail.as_deref().unwrap_or_default()))
        .collect();
    assert_eq!(
        found[..2],
        [("B", "2 unless the build sets it (ARG)"), ("E", "3 (ENV)")]
    );
    assert!(found.contains(&("HTTP_PROXY", "set by the builder")));
    assert!(!found.iter().any(|(name, _)| ["G", "LATE"].contains(name)));
    let from = dockerfile("ARG G=1\nFROM a:${¦");
    assert!(from.starts_with("G ") && has(&from, "TARGETARCH"), "{from}");
    // What a container runs does not see arguments.
    assert_eq!(dockerfile("FROM a\nARG B\nENV E=1\nCMD echo $¦"), "E");
    assert_eq!(
        dockerfile("FROM a\nENV E=1\nRUN <<EOF\necho $¦\nEOF\n")
            .split(' ')
            .next(),
        Some("E")
    );
    assert_eq!(
        dockerfile("FROM a\nENV E=1\nCOPY <<'EOF' /x\n$¦\nEOF\n"),
        ""
    );
    let files = [("Dockerfile", "FROM a\nENV EE=1\nUSER ${E¦")];
    assert_eq!(taken(&files, "EE"), "FROM a\nENV EE=1\nUSER ${EE}");
    let files = [("Dockerfile", "FROM a\nENV EE=1\nUSER ${E¦}")];
    assert_eq!(taken(&files, "EE"), "FROM a\nENV EE=1\nUSER ${EE}");
}

#[test]
fn arguments_that_builds_pass_can_be_declared() {
    let files = [
        ("Dockerfile", "ARG G=1\nFROM a\nARG K\nARG ¦"),
        (
            "compose.yaml",
            "services:\n  web:\n    build: {context: ., args: {K: 1, WANTED: 2}}\n",
        ),
    ];
    let found = labels(&files);
    assert!(found.starts_with("WANTED G BUILDARCH"), "{found}");
    assert!(!has(&found, "K"));
}

#[test]
fn users_are_those_that_were_created() {
    let text = "FROM a\nRUN adduser -D web\nUSER ¦\nRUN adduser late\n";
    assert_eq!(dockerfile(text), "web root");
    assert_eq!(
        dockerfile("FROM a\nRUN useradd app && x\nCOPY --chown=¦"),
        "app root"
    );
}

#[test]
fn files_of_the_build_context_are_offered_a_component_at_a_time() {
    let files = |text: &'static str| {
        [
            ("api/Dockerfile", text),
            ("src/main.rs", ""),
            ("src/lib/a.rs", ""),
            ("go.mod", ""),
            (
                "compose.yaml",
                "services:\n  api:\n    build: {context: ., dockerfile: api/Dockerfile}\n",
            ),
        ]
    };
    let first = labels(&files("FROM a\nCOPY g¦"));
    assert_eq!(first, "api/ compose.yaml go.mod src/");
    assert_eq!(labels(&files("FROM a\nCOPY src/¦")), "lib/ main.rs");
    assert_eq!(
        taken(&files("FROM a\nCOPY src/m¦ /x"), "main.rs"),
        "FROM a\nCOPY src/main.rs /x"
    );
    assert_eq!(labels(&files("FROM a\nCOPY [\"src/¦")), "lib/ main.rs");
    assert_eq!(labels(&files("FROM a\nCOPY a ¦")), "");
    assert_eq!(labels(&files("FROM a\nCOPY --from=b s¦")), "");
    assert_eq!(labels(&files("FROM a\nCOPY /¦")), "");
    assert_eq!(
        labels(&files("FROM a\nRUN --mount=type=bind,source=src/¦")),
        "lib/ main.rs"
    );
}

#[test]
fn small_things() {
    assert!(has(&dockerfile("FROM a\nSTOPSIGNAL SIGT¦"), "SIGTERM"));
    assert_eq!(dockerfile("FROM a\nEXPOSE 80/¦"), "sctp tcp udp");
    assert_eq!(dockerfile("FROM a\nEXPOSE 8¦"), "");
    assert_eq!(dockerfile("FROM a\nHEALTHCHECK C¦"), "CMD NONE");
    assert_eq!(
        dockerfile("FROM a\nHEALTHCHECK --interval=1s ¦")
            .split(' ')
            .next(),
        Some("CMD")
    );
    assert!(
        dockerfile("FROM a\nSHELL ¦").contains("[\"/bin/bash\", \"-o\", \"pipefail\", \"-c\"]")
    );
    assert_eq!(
        taken(
            &[("Dockerfile", "FROM a\nSHELL [¦]")],
            "[\"cmd\", \"/S\", \"/C\"]"
        ),
        "FROM a\nSHELL [\"cmd\", \"/S\", \"/C\"]"
    );
    let labels = dockerfile("FROM a\nLABEL org.opencontainers.image.source=x\nLABEL org¦");
    assert!(has(&labels, "org.opencontainers.image.title"));
    assert!(!has(&labels, "org.opencontainers.image.source"));
    assert_eq!(dockerfile("FROM a\nWORKDIR ¦"), "");
}

#[test]
fn comments_name_rules_and_directives() {
    let start = dockerfile("#¦\nFROM a\n");
    assert!(
        has(&start, "syntax=docker/dockerfile:1") && has(&start, "hadolint"),
        "{start}"
    );
    assert_eq!(dockerfile("# syntax=¦\nFROM a\n"), "docker/dockerfile:1");
    assert_eq!(dockerfile("# escape=¦\nFROM a\n"), "\\ `");
    assert!(!dockerfile("FROM a\n# s¦\n").contains("syntax="));
    let own = dockerfile("FROM a\n# dockworthy: ignore[latest-tag, ¦]\n");
    assert!(has(&own, "root-user") && !has(&own, "latest-tag"), "{own}");
    let hadolint = dockerfile("FROM a\n# hadolint ignore=DL¦\nRUN x\n");
    assert!(
        has(&hadolint, "DL3008") && hadolint.split(' ').all(|code| code.len() == 6),
        "{hadolint}"
    );
    assert!(has(
        &dockerfile("# check=skip=¦\nFROM a\n"),
        "StageNameCasing"
    ));
    assert_eq!(
        dockerfile("FROM a\n# dockworthy: ignore[latest-tag] bec¦\n"),
        ""
    );
    let inside = dockerfile("FROM a\nRUN x \\\n  # hadolint ignore=¦\n  y\n");
    assert!(has(&inside, "DL3008"));
    let files = [("Dockerfile", "FROM a\n# dockworthy: ignore[lat¦]\n")];
    assert_eq!(
        taken(&files, "latest-tag"),
        "FROM a\n# dockworthy: ignore[latest-tag]\n"
    );
}
