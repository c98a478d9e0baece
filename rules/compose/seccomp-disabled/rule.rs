//! Flags containers without a seccomp profile, and has what the rule about AppArmor shares.

use crate::compose::File;
use crate::compose::container::Container;
use crate::compose::security_opt::SecurityOption;
use crate::compose::value::{Knowledge, is_true};
use crate::diagnostic::{Applicability, Finding, Fix, Severity};
use crate::engine::{Context, Hooks};
use crate::text::Span;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.compose(|file, cx| {
        let message = "the container may call every function of the kernel";
        let help = "remove it, or name a profile that allows what is missing";
        unconfined(file, cx, "seccomp", (message, help));
    });
}

/// Reports containers in which the last option with a key is `unconfined`, unless they are privileged, which says so
/// already.
pub(super) fn unconfined(
    file: &File,
    cx: &mut Context<'_, File>,
    key: &str,
    (message, help): (&str, &str),
) {
    for document in file.documents() {
        for owned in document.containers() {
            let container = owned.container;
            if is_true(&container.privileged) {
                continue;
            }
            let last = container.last_security_option(key);
            let Some(last) = last.filter(|last| last.known_value() == Some("unconfined")) else {
                continue;
            };
            let all = container.security_options().filter(|option| {
                option.key.value.is(key) && option.known_value() == Some("unconfined")
            });
            let all: Vec<Span> = all.map(|option| option.text.at.span).collect();
            report(container, &last, &all, message, cx).help(help);
        }
    }
}

/// Reports an option, with a fix that removes it and others like it.
pub(super) fn report<'c>(
    container: &Container,
    option: &SecurityOption<'_>,
    all: &[Span],
    message: &str,
    cx: &'c mut Context<'_, File>,
) -> &'c mut Finding {
    let text = cx.text();
    let scalar = &option.text.value;
    let name = scalar.text();
    let finding = cx.report(scalar.span_of(0..name.len()), message);
    if scalar.knowledge() == Knowledge::Default {
        finding.severity(Severity::Info);
    }
    if let Some(edits) = container.security_opt.removal(text, all) {
        let title = format!("remove `{name}`; what needs it will fail");
        finding.fix(Fix::new(title, Applicability::Unsafe, edits));
    }
    finding
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{compose, fixed_compose};

    #[test]
    fn the_last_option_counts() {
        compose(
            "seccomp-disabled",
            r#"
services:
  a:
    image: x
    security_opt: ["seccomp:unconfined", label=disable]
#                   ^^^^^^^^^^^^^^^^^^ warning: the container may call every function
  b: {image: x, security_opt: [seccomp=unconfined, seccomp=unconfined]}
#                                                  ^^^^^^^^^^^^^^^^^^ the container may call
  c: {image: x, security_opt: [seccomp=unconfined, "seccomp=./a.json"]}
  d: {image: x, security_opt: [seccomp=unconfined, "${D}"]}
  e: {image: x, security_opt: ["${E}", "seccomp=${F:-unconfined}"]}
#                                       ^^^^^^^^^^^^^^^^^^^^^^^ info: the container may call
  g: {image: x, security_opt: [seccomp=Unconfined], privileged: false}
"#,
        );
    }

    #[test]
    fn all_that_say_so_go() {
        let text = "services:\n  a:\n    image: x\n    security_opt:\n    - seccomp=unconfined\n    - b=c\n    - seccomp:unconfined\n";
        let left = "services:\n  a:\n    image: x\n    security_opt:\n    - b=c\n";
        assert_eq!(
            fixed_compose("seccomp-disabled", Applicability::Unsafe, text),
            left
        );
    }
}
