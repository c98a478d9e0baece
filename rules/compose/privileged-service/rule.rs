//! Flags containers and hooks that run privileged.

use crate::compose::File;
use crate::compose::develop::Hook;
use crate::compose::value::{Flag, Knowledge};
use crate::diagnostic::{Applicability, Fix, Severity};
use crate::engine::{Context, Hooks};
use crate::yaml::edit;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.compose(check);
}

fn check(file: &File, cx: &mut Context<'_, File>) {
    for document in file.documents() {
        for owned in document.containers() {
            report(owned.container.privileged.as_ref(), "container", cx);
        }
        for service in &document.services {
            let watched = service.watch.iter().filter_map(|watch| watch.exec.as_ref());
            let hooks = service.post_start.iter().chain(&service.pre_stop);
            for hook in hooks.chain(watched.map(|exec| &exec.value)) {
                command(hook, cx);
            }
        }
    }
}

fn command(hook: &Hook, cx: &mut Context<'_, File>) {
    report(hook.privileged.as_ref(), "command", cx);
}

fn report(flag: Option<&Flag>, what: &str, cx: &mut Context<'_, File>) {
    let Some(flag) = flag.filter(|flag| flag.value.is(&true)) else {
        return;
    };
    let text = cx.text();
    let message = format!("`privileged` gives the {what} every right on the host");
    let finding = cx.report(flag.key, message);
    finding.help("grant the device, capability or sysctl that is needed instead");
    if flag.value.scalar.knowledge() == Knowledge::Default {
        finding.severity(Severity::Warning);
    }
    if let Some(edit) = flag
        .entry(text)
        .and_then(|entry| edit::remove_entry(text, entry))
    {
        let title = "remove `privileged`; what needs it will fail";
        finding.fix(Fix::new(title, Applicability::Unsafe, vec![edit]));
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn every_spelling_of_true_counts() {
        compose(
            "privileged-service",
            r#"
services:
  a:
    image: x
    privileged: Yes
#   ^^^^^^^^^^ `privileged` gives the container
  b: {image: x, privileged: "on"}
#               ^^^^^^^^^^ `privileged` gives the container
  c:
    image: x
    privileged: ${P:-true}
#   ^^^^^^^^^^ `privileged` gives the container
  d: {image: x, privileged: "off"}
  e: {image: x, privileged: "${P}"}
"#,
        );
    }

    #[test]
    fn jobs_steps_and_hooks_are_looked_at() {
        compose(
            "privileged-service",
            r"
services:
  a:
    image: x
    pre_start:
      - image: y
        privileged: true
#       ^^^^^^^^^^ `privileged` gives the container
    pre_stop:
      - command: z
        privileged: true
#       ^^^^^^^^^^ `privileged` gives the command
    develop:
      watch:
        - path: .
          action: sync+exec
          target: /x
          exec:
            command: z
            privileged: true
#           ^^^^^^^^^^ `privileged` gives the command
jobs:
  b:
    image: x
    privileged: true
#   ^^^^^^^^^^ `privileged` gives the container
    triggers: {manual: true}
",
        );
    }

    #[test]
    fn what_two_services_share_is_one_finding() {
        compose(
            "privileged-service",
            r"
x-base: &base
  privileged: true
# ^^^^^^^^^^ `privileged` gives the container
services:
  a:
    <<: *base
    image: x
  b:
    <<: *base
    image: y
",
        );
    }
}
