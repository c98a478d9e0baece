//! Flags watch rules that copy files to nowhere.
//!
//! compose-go, `loader/validate.go`.

use crate::compose::File;
use crate::compose::service::Service;
use crate::engine::{Context, Hooks};

/// The actions that copy files.
const COPYING: [&str; 3] = ["sync", "sync+restart", "sync+exec"];

pub(super) fn register(on: &mut Hooks<'_>) {
    on.service(check);
}

fn check(service: &Service, cx: &mut Context<'_, File>) {
    for watch in &service.watch {
        let Some(field) = &watch.action else { continue };
        let Some(action) = field
            .value
            .known()
            .filter(|action| COPYING.contains(action))
        else {
            continue;
        };
        let is_missing = match &watch.target {
            None => true,
            Some(target) => target.value.is_empty(),
        };
        if is_missing {
            cx.report(field.text_at(), format!("`{action}` has no `target`"))
                .help("say where in the container the files go");
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn actions_that_copy_need_a_target() {
        compose(
            "watch-target-missing",
            r#"
x-rule: &rule {path: a, action: sync}
#                               ^^^^ `sync` has no `target`
services:
  a:
    build: .
    develop:
      watch:
        - *rule
        - {<<: *rule, target: /a}
        - {path: a, action: "sync+restart", target: ""}
#                            ^^^^^^^^^^^^ `sync+restart` has no `target`
        - {path: a, action: "${A:-sync+exec}"}
#                                 ^^^^^^^^^ `sync+exec` has no `target`
        - {path: a, action: sync, target: "${T}"}
        - {path: a, action: "${A}"}
        - {path: a, action: restart}
        - {path: a, action: rebuild}
"#,
        );
    }
}
