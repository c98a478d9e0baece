//! Flags watch rules that run no command.
//!
//! docker/compose, `pkg/compose/watch.go`. An `exec` without the key `command` is refused by the schema.

use crate::compose::File;
use crate::compose::service::Service;
use crate::engine::{Context, Hooks};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.service(check);
}

fn check(service: &Service, cx: &mut Context<'_, File>) {
    for watch in &service.watch {
        let action = watch.action.as_ref();
        let Some(action) = action.filter(|action| action.value.is("sync+exec")) else {
            continue;
        };
        match &watch.exec {
            None => {
                cx.report(action.text_at(), "`sync+exec` has no command to run")
                    .help("add `exec` with a `command`, or write `sync`");
            }
            Some(exec) => {
                let command = exec.value.command.as_ref();
                if let Some(command) = command.filter(|command| command.value.is_empty()) {
                    cx.report(command.at, "the command of `sync+exec` is empty")
                        .help("write the command, or use the action `sync`");
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn a_command_is_needed() {
        compose(
            "watch-exec-without-command",
            r#"
x-rule: &rule {path: a, target: /a, action: "sync+exec"}
#                                            ^^^^^^^^^ `sync+exec` has no command to run
services:
  a:
    build: .
    develop:
      watch:
        - *rule
        - {<<: *rule, exec: {command: ""}}
#                                     ^^ the command of `sync+exec` is empty
        - {<<: *rule, exec: {command: []}}
#                                     ^^ the command of `sync+exec` is empty
        - {<<: *rule, exec: {command: "${C}"}}
        - {<<: *rule, exec: {command: [a]}}
        - {path: a, target: /a, action: sync}
"#,
        );
    }
}
