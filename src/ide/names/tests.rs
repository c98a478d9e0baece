//! Names in a few files, kind by kind, and what holds for all of them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::occurrence::Form;
use super::reach::{Extent, Reach};
use super::*;
use crate::ide::testing::Scene;
use crate::text::apply;

type Files<'f> = &'f [(&'f str, &'f str)];

/// A place as path, line and text.
fn shown(workspace: &Workspace<'_>, place: &Place) -> String {
    let document = workspace.document(&place.path).expect("a document");
    let text = document.text();
    let line = text[..place.span.range().start].matches('\n').count() + 1;
    let name = place.span.text(text);
    format!("{}:{line} {name}", place.path.display())
}

/// Where the name at the cursor is declared.
fn defined(files: Files<'_>) -> Vec<String> {
    let scene = Scene::new(files);
    let workspace = scene.workspace();
    let targets = definition(&workspace, &scene.path, scene.at);
    for target in &targets {
        assert!(target.origin.touches(scene.at), "{target:?}");
        assert!(target.full.span.contains(target.place.span), "{target:?}");
    }
    let places = targets
        .iter()
        .map(|target| shown(&workspace, &target.place));
    places.collect()
}

/// Where the name at the cursor is used or declared.
fn uses(files: Files<'_>) -> Vec<String> {
    let scene = Scene::new(files);
    let workspace = scene.workspace();
    let places = references(&workspace, &scene.path, scene.at, true);
    places
        .iter()
        .map(|place| shown(&workspace, place))
        .collect()
}

/// The texts of all files without the cursor.
fn texts(files: Files<'_>) -> BTreeMap<String, String> {
    let texts = files.iter();
    let texts = texts.map(|(path, text)| ((*path).to_owned(), text.replace('¦', "")));
    texts.collect()
}

/// The files that change when the name at the cursor becomes another one, or why it does not.
fn renamed(files: Files<'_>, new: &str) -> Result<BTreeMap<String, String>, String> {
    let scene = Scene::new(files);
    let workspace = scene.workspace();
    let edits =
        rename(&workspace, &scene.path, scene.at, new).map_err(|error| error.to_string())?;
    let ready = prepare_rename(&workspace, &scene.path, scene.at);
    assert!(ready.is_some_and(|(span, _)| span.touches(scene.at)));
    let texts = texts(files);
    let change = |(path, edits): (PathBuf, Vec<_>)| {
        let path = path.display().to_string();
        let text = apply(&texts[&path], &edits).expect("edits that fit");
        (path, text)
    };
    Ok(edits.into_iter().map(change).collect())
}

/// The names at the cursor in its document, with what is done to them.
fn highlighted(files: Files<'_>) -> String {
    let scene = Scene::new(files);
    let workspace = scene.workspace();
    let text = workspace.document(&scene.path).expect("a document").text();
    let spans = highlights(&workspace, &scene.path, scene.at);
    let spans = spans.iter().map(|(span, access)| match access {
        Access::Read => format!("{}?", span.text(text)),
        Access::Write => format!("{}!", span.text(text)),
    });
    spans.collect::<Vec<_>>().join(" ")
}

/// That a rename of the name at the cursor changes the files into these.
fn assert_renamed(files: Files<'_>, new: &str, expected: Files<'_>) {
    let found = renamed(files, new).expect("a rename");
    let expected = expected.iter();
    let expected = expected.map(|(path, text)| ((*path).to_owned(), (*text).to_owned()));
    assert_eq!(found, expected.collect::<BTreeMap<_, _>>());
}

#[test]
fn stages_are_found_by_name_in_any_case_and_by_number() {
    let text = "FROM a AS One\nFROM o¦ne AS two\nCOPY --from=ONE x y\nCOPY --from=0 x y\n\
        RUN --mount=from=one,target=/x z\n";
    assert_eq!(defined(&[("Dockerfile", text)]), ["Dockerfile:1 One"]);
    assert_eq!(
        uses(&[("Dockerfile", text)]),
        [
            "Dockerfile:1 One",
            "Dockerfile:2 one",
            "Dockerfile:3 ONE",
            "Dockerfile:4 0",
            "Dockerfile:5 one"
        ]
    );
    assert_eq!(
        highlighted(&[("Dockerfile", text)]),
        "One! one? ONE? 0? one?"
    );
    let changed = "FROM a AS Base\nFROM base AS two\nCOPY --from=Base x y\nCOPY --from=0 x y\n\
        RUN --mount=from=Base,target=/x z\n";
    assert_renamed(&[("Dockerfile", text)], "Base", &[("Dockerfile", changed)]);
    let text = "FROM a\nFROM b\nCOPY --from=¦0 x y\n";
    assert_eq!(defined(&[("Dockerfile", text)]), ["Dockerfile:1 FROM"]);
    assert_eq!(
        renamed(&[("Dockerfile", text)], "x"),
        Err("there is no name that can be changed".to_owned())
    );
}

#[test]
fn the_target_of_a_build_is_a_stage() {
    let compose = "services:\n  a:\n    build: {context: ., target: de¦v}\n  b:\n    build: .\n";
    let dockerfile = "FROM x AS dev\nFROM dev AS prod\n";
    let files = [("compose.yaml", compose), ("Dockerfile", dockerfile)];
    assert_eq!(defined(&files), ["Dockerfile:1 dev"]);
    assert_eq!(
        uses(&files),
        ["Dockerfile:1 dev", "Dockerfile:2 dev", "compose.yaml:3 dev"]
    );
    let changed = compose.replace("de¦v", "next");
    assert_renamed(
        &files,
        "next",
        &[
            ("Dockerfile", "FROM x AS next\nFROM next AS prod\n"),
            ("compose.yaml", &changed),
        ],
    );
    // The last stage is built by those who ask for none.
    let compose = compose.replace('¦', "");
    let files = [
        ("compose.yaml", &*compose),
        ("Dockerfile", "FROM x AS dev\nFROM dev AS pr¦od\n"),
    ];
    assert_eq!(uses(&files), ["Dockerfile:2 prod", "compose.yaml:5 ."]);
}

#[test]
fn stages_keep_their_names_where_a_variable_decides() {
    for (dockerfile, error) in [
        (
            "ARG S=dev\nFROM x AS d¦ev\nFROM $S\n",
            "a variable decides whether `dev` is meant: Dockerfile:3",
        ),
        (
            "FROM x AS d¦ev\nFROM y AS Prod\n",
            "a variable decides whether `dev` is meant: compose.yaml:3",
        ),
    ] {
        let compose = "services:\n  a:\n    build: {context: ., target: $T}\n";
        let files = [("Dockerfile", dockerfile), ("compose.yaml", compose)];
        assert_eq!(renamed(&files, "next"), Err(error.to_owned()));
    }
    let text = "FROM x AS d¦ev\nFROM y AS Prod\nFROM alpine\n";
    for (new, error) in [
        (
            "prod",
            "`prod` is already the name of something else: Dockerfile:2",
        ),
        (
            "ALPINE",
            "`ALPINE` is already the name of something else: Dockerfile:3",
        ),
        (
            "1st",
            "`1st` cannot be a stage: a name begins with a letter and goes on with letters, digits, `-`, \
             `_` and `.`",
        ),
    ] {
        assert_eq!(renamed(&[("Dockerfile", text)], new), Err(error.to_owned()));
    }
    assert!(renamed(&[("Dockerfile", text)], "scratch").is_err());
}

#[test]
fn an_argument_is_one_in_all_stages() {
    let text = "ARG V=1\nFROM a:$V\nARG V\nRUN x \"${V:-2}\" '$V' && echo $((V + 1))\nENV V=$V\nRUN $V\n\
        FROM b\nARG V¦=3\nLABEL v=$V\nCOPY <<E /x\n$V\nE\n";
    assert_eq!(
        highlighted(&[("Dockerfile", text)]),
        "V! V? V! V? V? V? V! V? V?"
    );
    let changed = "ARG W=1\nFROM a:$W\nARG W\nRUN x \"${W:-2}\" '$V' && echo $((W + 1))\nENV V=$W\nRUN $V\n\
        FROM b\nARG W=3\nLABEL v=$W\nCOPY <<E /x\n$W\nE\n";
    assert_eq!(
        renamed(&[("Dockerfile", text)], "V"),
        Ok(BTreeMap::new()),
        "its own name"
    );
    let taken = "`W` is already the name of something else: Dockerfile";
    let used = text.replace("RUN $V", "RUN $W");
    assert_eq!(
        renamed(&[("Dockerfile", &used)], "W"),
        Err(taken.to_owned())
    );
    assert_renamed(&[("Dockerfile", text)], "W", &[("Dockerfile", changed)]);
}

#[test]
fn a_variable_leads_to_the_definition_in_force() {
    for (text, expected) in [
        ("ARG V=1\nFROM a\nARG V\nRUN $¦V\n", "Dockerfile:3 V"),
        ("ARG V=1\nFROM a\nARG ¦V\n", "Dockerfile:1 V"),
        ("ARG V=1\nFROM a:$¦V\nARG V\n", "Dockerfile:1 V"),
        ("FROM a\nARG V=1\nENV V=$V\nRUN $¦V\n", "Dockerfile:3 V"),
        ("FROM a\nARG V=1\nENV V=$¦V\n", "Dockerfile:2 V"),
        ("FROM a AS b\nENV V=1\nFROM b\nUSER $¦V\n", "Dockerfile:2 V"),
        ("FROM a\nARG V=1 W=$¦V\n", "Dockerfile:2 V"),
        ("FROM a\nCMD echo $¦V\nENV V=1\n", "Dockerfile:3 V"),
        ("FROM a\nENV V=1\nONBUILD RUN echo $¦V\n", "Dockerfile:2 V"),
    ] {
        assert_eq!(defined(&[("Dockerfile", text)]), [expected], "{text}");
    }
    for text in [
        "ARG V=1\nFROM a\nRUN $¦V\n",
        "FROM a\nARG V=1\nCMD echo $¦V\n",
        "FROM a\nARG V\nRUN --mount=type=secret,id=x,env=V $¦V\n",
        "FROM a\nRUN ¦V=1; $V\n",
        "FROM alp¦ine\n",
    ] {
        assert_eq!(defined(&[("Dockerfile", text)]), [""; 0], "{text}");
        assert_eq!(highlighted(&[("Dockerfile", text)]), "", "{text}");
    }
}

#[test]
fn a_variable_of_the_image_is_one_with_those_that_it_overrides() {
    let text = "FROM a AS b\nENV ¦A=1 \"B\"=2\nFROM b\nENV A=$A:2\nRUN A=3 && export A && echo $A\nFROM c\nENV A=4\n";
    let changed = "FROM a AS b\nENV C=1 \"B\"=2\nFROM b\nENV C=$C:2\nRUN C=3 && export C && echo $C\nFROM c\nENV A=4\n";
    let text_of_last = "FROM c\nENV ¦A=4\nENV Z 1\n";
    assert_eq!(highlighted(&[("Dockerfile", text_of_last)]), "A!");
    // The third one is another variable, but has the name of the first.
    assert_renamed(&[("Dockerfile", text)], "C", &[("Dockerfile", changed)]);
    assert!(renamed(&[("Dockerfile", text)], "B").is_err());
    let path = "FROM a\nENV ¦PATH=/x:$PATH\n";
    assert_eq!(
        renamed(&[("Dockerfile", path)], "P"),
        Err("`PATH` has a meaning of its own for Docker".to_owned())
    );
    let predefined = "FROM a\nARG ¦TARGETARCH\n";
    assert_eq!(
        renamed(&[("Dockerfile", predefined)], "P"),
        Err("`TARGETARCH` has a meaning of its own for Docker".to_owned())
    );
    let other = "FROM a\nARG ¦X\n";
    assert!(renamed(&[("Dockerfile", other)], "HTTP_PROXY").is_err());
    assert!(renamed(&[("Dockerfile", other)], "1X").is_err());
    let windows = "FROM a\nARG ¦X\nSHELL [\"powershell\"]\nRUN echo $env:X\n";
    assert_eq!(
        renamed(&[("Dockerfile", windows)], "Y"),
        Err("`X` may be used in a text that is not read: Dockerfile:4".to_owned())
    );
}

#[test]
fn build_arguments_are_those_of_the_dockerfile() {
    let compose = "services:\n  a:\n    build:\n      context: .\n      args:\n        - V=${V:-1}\n  b:\n    build:\n      context: .\n      args: {\"V\": 2, W: 3}\n";
    let dockerfile = "ARG ¦V\nFROM a:$V\n";
    let files = [("compose.yaml", compose), ("Dockerfile", dockerfile)];
    assert_eq!(
        uses(&files),
        [
            "Dockerfile:1 V",
            "Dockerfile:2 V",
            "compose.yaml:6 V",
            "compose.yaml:10 V"
        ]
    );
    let changed = compose.replace("V=$", "N=$").replace("\"V\"", "\"N\"");
    assert_renamed(
        &files,
        "N",
        &[
            ("Dockerfile", "ARG N\nFROM a:$N\n"),
            ("compose.yaml", &changed),
        ],
    );
    assert_eq!(
        renamed(&files, "W"),
        Err("`W` is already the name of something else: compose.yaml:10".to_owned())
    );
    let compose = compose.replace("\"V\"", "\"¦V\"");
    let dockerfile = dockerfile.replace('¦', "");
    let files = [("compose.yaml", &*compose), ("Dockerfile", &*dockerfile)];
    assert_eq!(defined(&files), ["Dockerfile:1 V"]);
    // One that the Dockerfile does not know.
    let compose = compose.replace('¦', "").replace("W:", "¦W:");
    let files = [("compose.yaml", &*compose), ("Dockerfile", &*dockerfile)];
    assert_eq!(uses(&files), [""; 0]);
}

#[test]
fn an_argument_without_a_value_is_the_variable_too() {
    let compose =
        "services:\n  a:\n    build:\n      context: .\n      args: [V]\n    image: a:${V}\n";
    let files = [
        ("compose.yaml", compose),
        ("Dockerfile", "FROM a\nARG ¦V\n"),
        (".env", "V=1\n"),
    ];
    assert_renamed(
        &files,
        "W",
        &[
            (".env", "W=1\n"),
            ("Dockerfile", "FROM a\nARG W\n"),
            (
                "compose.yaml",
                "services:\n  a:\n    build:\n      context: .\n      args: [W]\n    image: a:${W}\n",
            ),
        ],
    );
}

#[test]
fn services_are_named_in_many_ways() {
    let compose = "services:\n  d¦b: {image: x}\n  a:\n    depends_on: [db]\n    links: ['db:other']\n    volumes_from: [db:ro]\n    network_mode: service:db\n    environment:\n      URL: postgres://u:p@db:5432/db\n      DB_HOST: db\n      NAME: db\n  b:\n    depends_on:\n      db: {condition: service_started}\n    extends: db\n    build:\n      context: .\n      additional_contexts: {base: \"service:db\"}\n";
    let changed = compose
        .replace("d¦b", "data")
        .replace("[db]", "[data]")
        .replace("db:other", "data:other")
        .replace("[db:ro]", "[data:ro]")
        .replace("service:db", "service:data")
        .replace("@db:", "@data:")
        .replace("HOST: db", "HOST: data")
        .replace("db: {c", "data: {c")
        .replace("extends: db", "extends: data");
    assert_renamed(
        &[("compose.yaml", compose)],
        "data",
        &[("compose.yaml", &changed)],
    );
    let quoted = changed
        .replace("data: {", "\"1\": {")
        .replace("[data]", "[\"1\"]")
        .replace("HOST: data", "HOST: \"1\"")
        .replace("extends: data", "extends: \"1\"")
        .replace("data", "1");
    assert_renamed(
        &[("compose.yaml", compose)],
        "1",
        &[("compose.yaml", &quoted)],
    );
    for (new, error) in [
        (
            "a",
            "`a` is already the name of something else: compose.yaml:3",
        ),
        (
            "a b",
            "`a b` cannot be a service: a name is made of letters, digits, `-`, `_` and `.`",
        ),
    ] {
        assert_eq!(
            renamed(&[("compose.yaml", compose)], new),
            Err(error.to_owned())
        );
    }
    for at in ["other", "NAME: ", "5432/"] {
        let text = compose.replace('¦', "").replace(at, &format!("{at}¦"));
        assert_eq!(defined(&[("compose.yaml", &text)]), [""; 0], "{at}");
    }
    for at in ["[", "'", "service:", "@", "HOST: "] {
        let text = compose.replace('¦', "").replacen(at, &format!("{at}¦"), 1);
        assert_eq!(
            defined(&[("compose.yaml", &text)]),
            ["compose.yaml:2 db"],
            "{at}"
        );
    }
}

#[test]
fn the_files_of_a_project_share_their_names() {
    let files = [
        (
            "compose.yaml",
            "include: [part.yaml]\nservices:\n  web: {image: x, depends_on: [db]}\n",
        ),
        ("compose.override.yaml", "services:\n  w¦eb: {tty: true}\n"),
        (
            "part.yaml",
            "services:\n  db: {image: x, links: [web]}\nvolumes: {web: }\n",
        ),
    ];
    assert_eq!(
        uses(&files),
        [
            "compose.override.yaml:2 web",
            "compose.yaml:3 web",
            "part.yaml:2 web"
        ]
    );
    assert_eq!(
        defined(&files),
        ["compose.override.yaml:2 web", "compose.yaml:3 web"]
    );
    let taken = "`db` is already the name of something else: part.yaml:2";
    assert_eq!(renamed(&files, "db"), Err(taken.to_owned()));
}

#[test]
fn a_file_that_is_extended_keeps_its_services() {
    let compose = "services:\n  web:\n    extends: {file: base.yaml, service: web¦}\n  other: {image: x, depends_on: [web]}\n";
    let base = "services:\n  web: {image: x, networks: [n]}\nnetworks: {n: }\n";
    let files = [("compose.yaml", compose), ("base.yaml", base)];
    assert_eq!(defined(&files), ["base.yaml:2 web"]);
    assert_eq!(uses(&files), ["base.yaml:2 web", "compose.yaml:3 web"]);
    let compose = compose.replace('¦', "").replace("[web", "[w¦eb");
    let files = [("compose.yaml", &*compose), ("base.yaml", base)];
    assert_eq!(uses(&files), ["compose.yaml:2 web", "compose.yaml:4 web"]);
    let compose = compose.replace('¦', "").replace("base", "ba¦se");
    let files = [("compose.yaml", &*compose), ("base.yaml", base)];
    assert_eq!(defined(&files), ["base.yaml:1 "]);
}

#[test]
fn resources_are_one_kind_each() {
    let compose = "services:\n  a:\n    image: x\n    networks: {nn: }\n    volumes: ['nn:/x']\n    secrets: [nn]\n    configs: [{source: nn, target: /n}]\n    models: [nn]\nnetworks: {nn: }\nvolumes: {nn: }\nsecrets: {nn: {environment: N}}\nconfigs: {nn: {file: f}}\nmodels: {nn: {model: m}}\n";
    for (section, used) in [
        ("networks", 4),
        ("volumes", 5),
        ("secrets", 6),
        ("configs", 7),
        ("models", 8),
    ] {
        let at = compose.rfind(&format!("{section}: {{nn")).expect("there");
        let mut text = compose.to_owned();
        text.insert(at + section.len() + 4, '¦');
        let line = compose[..at].matches('\n').count() + 1;
        let expected = [
            format!("compose.yaml:{used} nn"),
            format!("compose.yaml:{line} nn"),
        ];
        assert_eq!(uses(&[("compose.yaml", &text)]), expected, "{section}");
    }
    let network = "services:\n  a: {image: x, networks: [default]}\nnetworks: {def¦ault: }\n";
    assert!(renamed(&[("compose.yaml", network)], "x").is_err());
}

#[test]
fn profiles_are_named_by_services_and_in_env_files() {
    let compose =
        "services:\n  a: {image: x, profiles: [d¦ev]}\n  b: {image: x, profiles: [test, dev]}\n";
    let files = [
        ("compose.yaml", compose),
        (".env", "COMPOSE_PROFILES=test, dev\n"),
    ];
    assert_eq!(
        uses(&files),
        [".env:1 dev", "compose.yaml:2 dev", "compose.yaml:3 dev"]
    );
    assert!(renamed(&files, "test").is_err());
    assert_eq!(
        renamed(&files, "ops").expect("a rename")[".env"],
        "COMPOSE_PROFILES=test, ops\n"
    );
}

#[test]
fn variables_lead_to_the_env_file() {
    let compose =
        "services:\n  a:\n    image: x:${T¦AG:-$OTHER}\n    command: [\"$TAG\", \"$$TAG\", TAG]\n";
    let files = [
        ("compose.yaml", compose),
        (".env", "export TAG=1\nOTHER=\"${TAG}2\"\n"),
    ];
    assert_eq!(defined(&files), [".env:1 TAG"]);
    assert_renamed(
        &files,
        "T",
        &[
            (".env", "export T=1\nOTHER=\"${T}2\"\n"),
            (
                "compose.yaml",
                "services:\n  a:\n    image: x:${T:-$OTHER}\n    command: [\"$T\", \"$$TAG\", TAG]\n",
            ),
        ],
    );
    assert!(renamed(&files, "OTHER").is_err());
    assert!(renamed(&files, "COMPOSE_FILE").is_err());
    // From the other side.
    let compose = compose.replace('¦', "");
    let files = [("compose.yaml", &*compose), (".env", "¦TAG=1\n")];
    assert_eq!(
        uses(&files),
        [".env:1 TAG", "compose.yaml:3 TAG", "compose.yaml:4 TAG"]
    );
    let container = "services:\n  a: {image: \"x:$TAG\", environment: [TAG]}\n";
    let files = [("compose.yaml", container), (".env", "¦TAG=1\n")];
    assert_eq!(
        renamed(&files, "T"),
        Err("a container gets `TAG` under this name: compose.yaml:2".to_owned())
    );
}

#[test]
fn an_alias_means_the_nearest_anchor_before_it() {
    let text = "x-a: &a {tty: true}\nx-b: &b\n  <<: *a\nx-c: &a {init: true}\nservices:\n  s: {image: x, <<: [*¦a, *b]}\n";
    assert_eq!(defined(&[("compose.yaml", text)]), ["compose.yaml:4 a"]);
    assert_eq!(highlighted(&[("compose.yaml", text)]), "a! a?");
    let changed = text.replace("&a {init", "&c {init").replace("*¦a", "*c");
    assert_renamed(
        &[("compose.yaml", text)],
        "c",
        &[("compose.yaml", &changed)],
    );
    assert!(renamed(&[("compose.yaml", text)], "b").is_err());
    assert!(renamed(&[("compose.yaml", text)], "c d").is_err());
    let text = "x: &a 1\n---\nservices: {s: {image: *¦a}}\n";
    assert_eq!(defined(&[("compose.yaml", text)]), ["compose.yaml:1 a"]);
}

#[test]
fn what_is_given_to_a_build_is_asked_for_in_its_dockerfile() {
    let compose = "services:\n  a:\n    build:\n      context: .\n      secrets: [tok, {source: tok, target: other}]\n      ssh: [key=/k]\n      additional_contexts: {src: ./s, alpine: x}\nsecrets: {tok: {file: t}}\n";
    let dockerfile = "FROM alpine\nCOPY --from=src . .\nRUN --mount=type=secret,id=tok --mount=type=secret,id=other --mount=type=ssh,id=key x\n";
    for (at, expected) in [
        ("from=", "compose.yaml:7 src"),
        ("secret,id=", "compose.yaml:8 tok"),
        ("tok --mount=type=secret,id=", "compose.yaml:5 other"),
        ("ssh,id=", "compose.yaml:6 key"),
        ("FROM ", "compose.yaml:7 alpine"),
    ] {
        let dockerfile = dockerfile.replacen(at, &format!("{at}¦"), 1);
        let files = [("compose.yaml", compose), ("Dockerfile", &*dockerfile)];
        assert_eq!(defined(&files), [expected], "{at}");
        let changed = renamed(&files, "fresh").expect("a rename");
        assert_eq!(changed.len(), 2, "{at}");
    }
    let tok = compose.replace("{tok", "{t¦ok");
    let files = [("compose.yaml", &*tok), ("Dockerfile", dockerfile)];
    assert_eq!(uses(&files).len(), 4);
}

#[test]
fn secrets_are_read_from_files_of_their_names() {
    let compose = "services:\n  a:\n    build: {context: ., secrets: [t¦ok]}\n    secrets: [tok]\n    environment: {F: /run/secrets/tok, G: /run/secrets/token}\n    command: [\"--file=/run/secrets/tok\"]\nsecrets: {tok: {file: t}}\n";
    let dockerfile = "FROM x\nRUN --mount=type=secret,id=tok a \"$(cat /run/secrets/tok)\" '/run/secrets/tok' \"--f=/run/secrets/tok\" /run/secrets/token\nRUN --mount=type=secret,id=tok,target=/x cat /run/secrets/tok\n";
    let changed = compose
        .replace("t¦ok", "tok")
        .replace("tok,", "key,")
        .replace("tok]", "key]");
    let changed = changed.replace("/tok\"", "/key\"").replace("{tok", "{key");
    let built = dockerfile
        .replacen("tok)", "key)", 1)
        .replacen("tok'", "key'", 1);
    let built = built
        .replacen("tok\"", "key\"", 1)
        .replace("id=tok", "id=key");
    assert_renamed(
        &[("compose.yaml", compose), ("Dockerfile", dockerfile)],
        "key",
        &[("compose.yaml", &changed), ("Dockerfile", &built)],
    );
}

#[test]
fn jobs_are_named_as_services_are() {
    let text = "services:\n  a: {image: x, depends_on: {j: {condition: service_completed_successfully}}, command: curl http://a:80/}\njobs:\n  j¦: {image: x, depends_on: [a]}\n";
    assert_eq!(
        uses(&[("compose.yaml", text)]),
        ["compose.yaml:2 j", "compose.yaml:4 j"]
    );
    let text = text.replace('¦', "").replace("[a", "[a¦");
    assert_eq!(
        uses(&[("compose.yaml", &text)]),
        ["compose.yaml:2 a", "compose.yaml:2 a", "compose.yaml:4 a"]
    );
}

#[test]
fn a_dockerfile_in_a_compose_file_has_names_there() {
    let text = "services:\n  a:\n    build:\n      target: b¦ase\n      args: {V: 1}\n      dockerfile_inline: |\n        FROM x AS base\n        ARG V\n        RUN echo $$V ${V}\n        FROM base\n";
    assert_eq!(defined(&[("compose.yaml", text)]), ["compose.yaml:7 base"]);
    let changed = text.replace("b¦ase", "one").replace("base", "one");
    assert_renamed(
        &[("compose.yaml", text)],
        "one",
        &[("compose.yaml", &changed)],
    );
    let text = text.replace('¦', "").replace("{V:", "{¦V:");
    assert_eq!(highlighted(&[("compose.yaml", &text)]), "V! V! V?");
}

#[test]
fn paths_lead_to_files() {
    let compose = "include:\n  - part.yaml\nservices:\n  a:\n    build:\n      context: api\n      dockerfile: prod.Dockerfile\n    env_file: a.env\n  b:\n    build: ./api\nsecrets:\n  s:\n    file: ./s.txt\n  t:\n    file: ./none.txt\n";
    for (at, expected) in [
        ("part", "part.yaml:1 "),
        ("prod", "api/prod.Dockerfile:1 "),
        ("a.env", "a.env:1 "),
        ("./api", "api/Dockerfile:1 "),
        ("./s.txt", "s.txt:1 "),
    ] {
        let compose = compose.replacen(at, &format!("¦{at}"), 1);
        let files = [
            ("compose.yaml", &*compose),
            ("part.yaml", "services: {}\n"),
            ("api/Dockerfile", "FROM x\n"),
            ("api/prod.Dockerfile", "FROM x\n"),
            ("a.env", "A=1\n"),
            ("s.txt", "x"),
        ];
        assert_eq!(defined(&files), [expected], "{at}");
    }
    let compose = compose.replace("none", "no¦ne");
    assert_eq!(defined(&[("compose.yaml", &compose)]), [""; 0]);
}

#[test]
fn broken_texts_have_names() {
    for (path, text, expected) in [
        ("Dockerfile", "FROM a AS x\nCOPY --from=¦x\n", "x! x?"),
        (
            "Dockerfile",
            "ARG A\nFROM ${A:-\nARG ¦A\nRUN echo \"${A",
            "A! A?  A! A?",
        ),
        (
            "compose.yaml",
            "services:\n  a:\n    depends_on: [¦b\n  b:\n    image:",
            "b? b!",
        ),
        (
            "compose.yaml",
            "services:\n  b: {}\n  a:\n    depends_on:\n      - ¦b\n      - \"b",
            "b! b?",
        ),
    ] {
        let found = highlighted(&[(path, text)]);
        let names = expected.split_whitespace().collect::<Vec<_>>();
        // What is lost is the parser's business; what is there has its place.
        assert!(
            found.split_whitespace().all(|name| names.contains(&name)),
            "{text}: {found}"
        );
    }
    assert_eq!(
        highlighted(&[("Dockerfile", "FROM a AS x\nCOPY --from=¦x\nFROM ")]),
        "x! x?"
    );
}

#[test]
fn a_project_with_a_part_elsewhere_keeps_its_names() {
    let compose =
        "include: [oci://example.com/x]\nservices:\n  a¦: {image: x}\nx-k: &k {image: \"$V\"}\n";
    assert_eq!(
        renamed(&[("compose.yaml", compose)], "b"),
        Err("`a` may be used in a file of the project that cannot be read".to_owned())
    );
    let anchor = compose.replace('¦', "").replace("&k", "&¦k");
    assert!(renamed(&[("compose.yaml", &anchor)], "b").is_ok());
}

#[test]
fn an_anchor_shared_by_builds_joins_their_dockerfiles() {
    let compose = "x-b: &b {args: {V¦: 1}}\nservices:\n  a: {build: {<<: *b, context: a}}\n  b: {build: {<<: *b, context: b}}\n";
    let files = [
        ("compose.yaml", compose),
        ("a/Dockerfile", "FROM x\nARG V\n"),
        ("b/Dockerfile", "FROM y\nARG V=2\nRUN $V\n"),
    ];
    assert_eq!(
        uses(&files),
        [
            "a/Dockerfile:2 V",
            "b/Dockerfile:2 V",
            "b/Dockerfile:3 V",
            "compose.yaml:1 V"
        ]
    );
    assert_eq!(renamed(&files, "W").expect("a rename").len(), 3);
}

#[test]
fn names_are_found_by_their_letters() {
    let scene = Scene::new(&[
        (
            "compose.yaml",
            "¦services: {web-app: {image: x}}\njobs: {wipe: {image: x}}\nvolumes: {\"data\": }\n",
        ),
        (
            "Dockerfile",
            "ARG W\nFROM x AS warm\nENV WEAPON=1\nARG W\nFROM y\n",
        ),
    ]);
    let workspace = scene.workspace();
    let found = |query: &str| {
        let found = workspace_symbols(&workspace, query);
        let shown = found.iter().map(|named| {
            let kind = match named.kind {
                NamedKind::Job => "job".to_owned(),
                NamedKind::Name(kind) => format!("{kind:?}"),
            };
            let place = shown(&workspace, &named.place);
            assert!(place.ends_with(&named.name), "{place}");
            format!("{} {kind} {}", named.name, named.container)
        });
        shown.collect::<Vec<_>>()
    };
    assert_eq!(
        found("WA"),
        [
            "WEAPON Environment warm in Dockerfile",
            "warm Stage Dockerfile",
            "web-app Service compose.yaml"
        ]
    );
    assert_eq!(found("wip"), ["wipe job compose.yaml"]);
    assert_eq!(found("data"), ["data Volume compose.yaml"]);
    assert_eq!(found("").len(), 7);
    assert_eq!(found("zz"), [""; 0]);
}

/// All that has to hold for every occurrence of some files.
fn assert_sound(files: Files<'_>) {
    let plain = texts(files);
    for path in plain.keys() {
        let count = occurrences(&plain, path).len();
        for index in 0..count {
            assert_occurrence(&plain, path, index);
        }
    }
}

fn scene(files: &BTreeMap<String, String>) -> Scene {
    let mut texts: Vec<(&str, String)> = Vec::new();
    for (index, (path, text)) in files.iter().enumerate() {
        let cursor = if index == 0 { "¦" } else { "" };
        texts.push((path, format!("{cursor}{text}")));
    }
    let texts: Vec<(&str, &str)> = texts.iter().map(|(path, text)| (*path, &**text)).collect();
    Scene::new(&texts)
}

/// Where names stand in a file, with kind and name.
fn occurrences(
    files: &BTreeMap<String, String>,
    path: &str,
) -> Vec<(Span, Form, NameKind, String)> {
    let scene = scene(files);
    let workspace = scene.workspace();
    let document = workspace.document(Path::new(path)).expect("a document");
    let local = document.names();
    let occurrences = local.occurrences.iter();
    let shown = occurrences.map(|found| {
        let entity = &local.entities[found.entity];
        (found.span, found.form, entity.kind, entity.name.to_string())
    });
    shown.collect()
}

fn assert_occurrence(files: &BTreeMap<String, String>, path: &str, index: usize) {
    const FRESH: &str = "fresh_1x";
    let (span, ..) = occurrences(files, path)[index].clone();
    let scene_before = scene(files);
    let workspace = scene_before.workspace();
    let here = Path::new(path);
    let reach = Reach::of(&workspace, here, Extent::Wide).expect("a reach");
    let all = references_in(&reach, here, span.start, true);
    for target in definition_in(&reach, here, span.start) {
        let is_file = target.place.span == Span::empty(0);
        assert!(is_file || all.contains(&target.place), "{path} {span:?}");
    }
    for (span, _) in highlights_in(&reach, here, span.start) {
        let place = Place {
            path: here.to_path_buf(),
            span,
        };
        assert!(all.contains(&place), "{path} {span:?}");
    }
    let Ok(edits) = rename(&workspace, here, span.start, FRESH) else {
        return;
    };
    let (old_span, old) = prepare_rename(&workspace, here, span.start).expect("a name");
    assert_eq!(old_span.text(&files[path]), old);
    let mut changed = files.clone();
    for (path, edits) in &edits {
        let path = path.display().to_string();
        let text = apply(&files[&path], edits).expect("edits that fit");
        changed.insert(path, text);
    }
    for path in files.keys() {
        let (before, after) = (occurrences(files, path), occurrences(&changed, path));
        assert_eq!(
            before.len(),
            after.len(),
            "{path}: {old}\n{}",
            changed[path]
        );
        for (before, after) in before.iter().zip(&after) {
            assert_eq!((before.1, before.2), (after.1, after.2), "{path}: {old}");
            assert!(before.3 == after.3 || after.3 == FRESH, "{path}: {old}");
        }
    }
    let back = occurrences(&changed, path)[index].0;
    let scene_after = scene(&changed);
    let workspace = scene_after.workspace();
    let edits = rename(&workspace, here, back.start, &old).expect("the way back");
    for (path, edits) in &edits {
        let path = path.display().to_string();
        let text = apply(&changed[&path], edits).expect("edits that fit");
        changed.insert(path, text);
    }
    assert_eq!(*files, changed, "{path}: {old}");
}

#[test]
fn every_occurrence_is_sound() {
    let compose = "name: p\ninclude: [part.yaml]\nx-env: &env\n  URL: \"http://web:80/${PATH_PART:-x}\"\nservices:\n  web:\n    build:\n      context: .\n      target: run\n      args: [VERSION=1, TOKEN]\n      secrets: [npm]\n      additional_contexts: [extra=./x]\n    depends_on:\n      \"db\": {condition: service_healthy}\n    environment:\n      <<: *env\n    networks: [front, 'back']\n    profiles: [dev]\n  worker:\n    extends: {service: web}\n    volumes: [\"data:/data\", {type: volume, source: data, target: /x}]\n    secrets: [npm]\n    profiles: [dev, ops]\nnetworks: {front: , back: }\nvolumes:\n  data:\nsecrets:\n  npm: {environment: TOKEN}\n";
    let part = "services:\n  db:\n    image: postgres:${VERSION}\n    networks: &n [back]\n  db2: {image: x, networks: *n}\n";
    let dockerfile = "ARG VERSION\nFROM node:$VERSION AS base\nARG VERSION TOKEN=x\nENV HOME_DIR=/h\nWORKDIR $HOME_DIR\nRUN --mount=type=secret,id=npm echo ${VERSION} \"$TOKEN\"\nFROM base AS run\nCOPY --from=0 a b\nCOPY --from=base a b\nCOPY --from=extra a b\nENV HOME_DIR=$HOME_DIR/x\nCMD echo $HOME_DIR\n";
    assert_sound(&[
        ("compose.yaml", compose),
        ("part.yaml", part),
        ("Dockerfile", dockerfile),
        (".env", "VERSION=1\nTOKEN='x'\nPATH_PART=${VERSION}\n"),
    ]);
    let inline = "services:\n  a:\n    build:\n      args:\n        V: 1\n      dockerfile_inline: |\n        FROM x AS one\n        ARG V\n        RUN echo $$V\n        FROM one\n        COPY --from=one a b\n      no_cache_filter: [one]\n";
    assert_sound(&[("compose.yaml", inline)]);
}

/// The folders of real files, if they are there.
fn corpus() -> Vec<PathBuf> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    let corpus = std::env::var_os("DOCKWORTHY_CORPUS").map_or_else(beside, PathBuf::from);
    let folders = std::fs::read_dir(corpus.join("files"))
        .into_iter()
        .flatten();
    let mut folders: Vec<PathBuf> = folders
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    folders.sort();
    folders
}

/// Paths below a folder of files that have names.
fn listed_below(folder: &Path, listed: &mut crate::ide::Listed) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            listed_below(&path, listed);
            continue;
        }
        match crate::workspace::kind::kind_by_name(&path) {
            Some(Kind::Compose) => listed.compose.push(path),
            Some(Kind::Dockerfile) => listed.dockerfiles.push(path),
            _ => {}
        }
    }
}

#[test]
fn real_files_have_sound_names() {
    let disk = crate::workspace::fs::Disk::new("");
    for folder in corpus() {
        let mut workspace = Workspace::new(&disk);
        let mut listed = crate::ide::Listed::default();
        listed_below(&folder, &mut listed);
        workspace.list(listed.clone());
        for path in listed.compose.iter().chain(&listed.dockerfiles) {
            assert_real(&workspace, path);
        }
    }
}

/// What holds for the names of a file that nobody wrote for a test.
fn assert_real(workspace: &Workspace<'_>, path: &Path) {
    /// Of a file with very many names some are enough.
    const ENOUGH: usize = 10;
    let Some(document) = workspace.document(path) else {
        return;
    };
    let Some(reach) = Reach::of(workspace, path, Extent::Wide) else {
        return;
    };
    let occurrences = &document.names().occurrences;
    let step = occurrences.len() / ENOUGH + 1;
    for found in occurrences {
        assert!(document.text().get(found.span.range()).is_some());
        assert!(document.text().get(found.full.range()).is_some());
    }
    for found in occurrences.iter().step_by(step) {
        let at = found.span.start;
        let all = references_in(&reach, path, at, true);
        for target in definition_in(&reach, path, at) {
            let is_file = target.place.span == Span::empty(0);
            assert!(is_file || all.contains(&target.place), "{path:?} {at}");
            assert!(target.full.span.contains(target.place.span));
        }
        for (span, _) in highlights_in(&reach, path, at) {
            assert!(
                all.iter()
                    .any(|place| place.path == path && place.span == span)
            );
        }
        if let Ok(edits) = rename::rename_in(&reach, path, at, "fresh_1x") {
            for (path, edits) in edits {
                let document = workspace.document(&path).expect("a document");
                let text = apply(document.text(), &edits).expect("edits that fit");
                let source = SourceFile::from_text(FileId(0), path.clone(), text);
                let Some(kind) = document.kind else { continue };
                let count = read(&source, kind).occurrences.len();
                assert_eq!(count, document.names().occurrences.len(), "{path:?} {at}");
            }
        }
    }
}

/// That a text can be read as a document of a kind, and its names are in it.
fn assert_readable(text: &str, kind: Kind) {
    let source = SourceFile::from_text(FileId(0), "file".into(), text);
    for found in read(&source, kind).occurrences {
        assert!(text.get(found.span.range()).is_some(), "{text}");
        assert!(text.get(found.full.range()).is_some(), "{text}");
    }
}

#[test]
fn half_typed_texts_have_names_in_them() {
    let compose = "x-e: &é\n  a: b\nservices:\n  \"wéb\": {<<: *é, build: {target: dev, args: [V, W=$X], dockerfile_inline: \"FROM a AS b\\nRUN $$V\"}, environment: {H: 'http://db:1/'}}\n";
    let dockerfile = "ARG A=é\nFROM x:$A AS b\nENV É=1 B=${A:-$B}\nRUN --mount=type=secret,id=é echo \"$B\" $((B)) <<E\n$A\nE\nCOPY --from=b a b\nONBUILD ARG A\n";
    let env = "A=é\nB=\"${A}\"\nCOMPOSE_PROFILES=a,é\n";
    for (text, kind) in [
        (compose, Kind::Compose),
        (dockerfile, Kind::Dockerfile),
        (env, Kind::Env),
    ] {
        for (at, c) in text.char_indices() {
            assert_readable(&text[..at], kind);
            assert_readable(
                &format!("{}{}", &text[..at], &text[at + c.len_utf8()..]),
                kind,
            );
            assert_readable(&format!("\u{feff}{}", &text[at..]), kind);
        }
    }
}

#[test]
fn large_files_take_no_longer_than_they_are() {
    use std::fmt::Write;
    const MANY: usize = 3000;
    let mut dockerfile = "ARG V\n".to_owned();
    let mut compose = "services:\n".to_owned();
    for number in 0..MANY {
        writeln!(
            dockerfile,
            "FROM x AS s{number}\nARG V\nENV E=$V\nRUN $E $V"
        )
        .expect("written");
        writeln!(
            compose,
            "  s{number}: {{build: {{context: ., target: $T, args: {{V: 1}}}}, links: [s0]}}"
        )
        .expect("written");
    }
    let files = [
        ("compose.yaml", &*compose),
        ("Dockerfile", &*format!("¦{dockerfile}")),
    ];
    let scene = Scene::new(&files);
    let workspace = scene.workspace();
    let at = |text: &str, word: &str| crate::text::span::offset(text.find(word).expect("there"));
    let path = Path::new("Dockerfile");
    let all = references(&workspace, path, at(&dockerfile, "V"), true);
    assert_eq!(all.len(), 1 + MANY * 3 + MANY);
    let path = Path::new("compose.yaml");
    let all = references(&workspace, path, at(&compose, "s0"), true);
    assert_eq!(all.len(), 1 + MANY);
    let edits = rename(&workspace, path, at(&compose, "s0"), "first");
    assert_eq!(edits.map(|files| files[0].1.len()), Ok(1 + MANY));
}
