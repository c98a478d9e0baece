//! What becomes of a file when something that is offered is taken.

use super::*;
use crate::ide::workspace::Workspace;
use crate::workspace::fs::Memory;

/// Each text that taking one of the items at the cursor makes, with its label.
fn all_taken(path: &str, marked: &str) -> Vec<(String, String)> {
    let items = offered(&[(path, marked)]);
    assert!(!items.is_empty(), "nothing is offered in {marked}");
    let text = marked.replace('¦', "");
    let take = |item: Completion| {
        let mut text = text.clone();
        text.replace_range(item.span.range(), &item.text);
        (item.label, text)
    };
    items.into_iter().map(take).collect()
}

/// How many errors of syntax a text has.
fn errors(path: &str, text: &str) -> usize {
    let files: Memory = [(path, text)].into_iter().collect();
    let workspace = Workspace::new(&files);
    let document = workspace.document(Path::new(path)).expect("a document");
    match (document.dockerfile(), document.compose()) {
        (Some(dockerfile), _) => dockerfile.errors.len(),
        (_, Some(compose)) => compose.errors.len(),
        _ => panic!("{path} is neither"),
    }
}

#[test]
fn values_and_names_leave_a_sound_dockerfile() {
    for marked in [
        "FROM a AS b\nFROM ¦\n",
        "FROM a AS b\nFROM c\nCOPY --from=¦ /x /y\n",
        "FROM a\nCOPY --link=¦ x y\n",
        "FROM --platform=¦ a\n",
        "FROM a\nARG A\nRUN echo ${¦\n",
        "FROM a\nENV A=1\nWORKDIR /x/${¦\n",
        "FROM a\nUSER ¦\n",
        "FROM a\nSTOPSIGNAL ¦\n",
        "FROM a\nSHELL ¦\n",
        "FROM a\nSHELL [\"¦\"]\n",
        "FROM a\nEXPOSE 80/¦\n",
        "FROM a\nHEALTHCHECK --interval=¦ CMD x\n",
        "FROM a\nRUN --mount=type=cache,target=/x,sharing=¦ y\n",
        "FROM a\nRUN --network=¦ y\n",
        "FROM a\nARG ¦\n",
        "FROM a\nL¦ABEL a=b\n",
    ] {
        for (label, text) in all_taken("Dockerfile", marked) {
            // A flag still wants its value, another keyword other arguments.
            let is_half = label.starts_with("--") || marked.contains("L¦ABEL") && label != "LABEL";
            if !is_half {
                assert_eq!(errors("Dockerfile", &text), 0, "{label}: {text}");
            }
        }
    }
}

#[test]
fn values_and_names_leave_sound_yaml() {
    let rest = "  db: {image: a}\nnetworks: {n: }\nvolumes: {v: }\n";
    for line in [
        "restart: ¦",
        "restart: '¦'",
        "restart:¦",
        "init: ¦",
        "network_mode: ¦",
        "depends_on: [¦]",
        "depends_on:\n      - ¦",
        "depends_on:\n      ¦",
        "networks: [¦]",
        "networks:\n      ¦",
        "volumes: [\"¦\"]",
        "cap_add: [¦]",
        "image: ¦",
        "healthcheck: {¦}",
        "healthcheck: {test: [¦]}",
        "build: {context: ., ¦}",
        "ulimits:\n      ¦",
    ] {
        let marked = format!("services:\n  web:\n    {line}\n{rest}");
        for (label, text) in all_taken("compose.yaml", &marked) {
            assert_eq!(errors("compose.yaml", &text), 0, "{label}: {text}");
        }
    }
}

#[test]
fn every_key_lands_where_it_belongs() {
    let marked = "services:\n  web:\n    ¦\n  db: {image: a}\n";
    for (label, text) in all_taken("compose.yaml", marked) {
        let yaml = crate::yaml::parse(&text.as_str().into());
        assert_eq!(yaml.errors, [], "{text}");
        let document = &yaml.tree.documents[0];
        let found = document.find(&["services", "web", label.as_str()]);
        assert!(found.is_some(), "{text}");
        assert!(
            document.find(&["services", "db", "image"]).is_some(),
            "{text}"
        );
    }
}
