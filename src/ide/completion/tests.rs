//! Scenes: a cursor, and what is offered there.

use super::*;
use crate::ide::testing::Scene;
#[cfg(test)]
use crate::rules::RULES;

/// All that is offered, in order.
fn offered(files: &[(&str, &str)]) -> Vec<Completion> {
    let scene = Scene::new(files);
    let workspace = scene.workspace();
    let found = completions(&workspace, RULES, &scene.path, scene.at);
    let text = workspace.document(&scene.path).expect("a document").text();
    for item in &found.items {
        assert!(item.span.touches(scene.at), "{item:?}");
        assert!(!item.span.text(text).contains('\n'), "{item:?}");
    }
    found.items
}

/// The labels of all that is offered, in order.
fn labels(files: &[(&str, &str)]) -> String {
    let labels: Vec<String> = offered(files).into_iter().map(|item| item.label).collect();
    labels.join(" ")
}

fn dockerfile(text: &str) -> String {
    labels(&[("Dockerfile", text)])
}

fn compose(text: &str) -> String {
    labels(&[("compose.yaml", text)])
}

/// The text after an item was taken.
fn taken(files: &[(&str, &str)], label: &str) -> String {
    let scene = Scene::new(files);
    let workspace = scene.workspace();
    let found = completions(&workspace, RULES, &scene.path, scene.at);
    let labels: Vec<&str> = found.items.iter().map(|item| &*item.label).collect();
    let item = found.items.iter().find(|item| item.label == label);
    let item = item.unwrap_or_else(|| panic!("{label} is not among {labels:?}"));
    let mut text = workspace
        .document(&scene.path)
        .expect("a document")
        .text()
        .to_owned();
    text.replace_range(item.span.range(), &item.text);
    text
}

fn has(labels: &str, label: &str) -> bool {
    labels.split(' ').any(|known| known == label)
}

mod compose_files;
mod dockerfiles;
mod taking;
