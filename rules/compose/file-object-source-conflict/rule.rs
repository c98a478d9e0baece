//! Flags secrets and configs that come from more than one place.

use crate::compose::project::Project;
use crate::compose::resource::FileObject;
use crate::compose::value::Name;
use crate::engine::{Context, Hooks};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.project(|project, cx| {
        for document in project.merged.documents() {
            for secret in &document.secrets {
                check("secret", secret, cx);
            }
            for config in &document.configs {
                check("config", config, cx);
            }
        }
    });
}

fn check(what: &str, object: &FileObject, cx: &mut Context<'_, Project>) {
    let mut sources = object.keys.iter().filter(|key| {
        matches!(&*key.value, "file" | "environment")
            || what == "config" && &*key.value == "content"
    });
    let Some(first) = sources.next() else {
        return;
    };
    for other in sources.filter(|other| other.value != first.value) {
        report(what, first, other, cx);
    }
}

fn report(what: &str, first: &Name, other: &Name, cx: &mut Context<'_, Project>) {
    let message = format!("the {what} comes from `{}` already", first.value);
    cx.report(other.at, message)
        .help("keep the one that is meant")
        .label(first.at, "this is the first place");
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn places_beyond_the_first_are_marked() {
        compose(
            "file-object-source-conflict",
            r#"
x-file: &file {file: ./a}
secrets:
  a: {environment: A, "file": ""}
#                     ^^^^^^ the secret comes from `environment` already
  b: {<<: *file, name: c}
configs:
  a: {content: a, file: b, environment: C}
#                 ^^^^ the config comes from `content` already
#                          ^^^^^^^^^^^ the config comes from `content` already
"#,
        );
    }
}
