//! Flags `RUN chown` of what the `COPY` before it copied.

use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::Dockerfile;
use crate::dockerfile::copied::{Copied, Pair};
use crate::engine::{Context, Hooks};
use crate::shell::permissions::owner_use;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.dockerfile(check);
}

fn check(model: &Dockerfile, cx: &mut Context<'_, Dockerfile>) {
    for pair in model.copies_before_commands() {
        check_pair(&pair, cx);
    }
}

fn check_pair(pair: &Pair<'_>, cx: &mut Context<'_, Dockerfile>) {
    let model = cx.model;
    let Some(invocation) = pair.command.invocation() else {
        return;
    };
    let change = owner_use(&invocation)
        .filter(|change| pair.arguments.chown.is_none() && !change.has_other_options);
    let Some(change) = change else { return };
    let copied = model.copied_target(pair, &change.targets);
    // Without `-R`, only the directory itself gets the owner.
    let Some(copied) = copied.filter(|copied| copied.is_file || change.is_recursive) else {
        return;
    };
    let fix = change
        .owner
        .and_then(|owner| fix(pair, owner, &copied, cx.text()));
    let message = if copied.is_file {
        "the copied file is stored a second time for its owner"
    } else {
        "the copied files are stored a second time for their owner"
    };
    cx.report(pair.command.span, message)
        .help("set the owner with `COPY --chown`")
        .label(pair.copy.keyword.span, "copied here")
        .fixes
        .extend(fix);
}

fn fix(pair: &Pair<'_>, owner: &str, copied: &Copied, text: &str) -> Option<Fix> {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b':');
    if !owner.bytes().all(is_plain) {
        return None;
    }
    let owner = match owner.split_once(':') {
        // The primary group of the user, which only the image knows.
        Some((_, "")) => return None,
        Some(("", group)) => format!("0:{group}"),
        Some(_) => owner.to_owned(),
        None => format!("{owner}:0"),
    };
    let (title, applicability) = if copied.is_file {
        ("use `COPY --chown`", Applicability::Safe)
    } else {
        (
            "use `COPY --chown`; what is in the directory already keeps its owner",
            Applicability::Unsafe,
        )
    };
    let edits = pair.replaced_by(&format!("--chown={owner}"), text)?;
    Some(Fix::new(title, applicability, edits))
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{dockerfile, fixed};

    #[test]
    fn the_command_is_marked() {
        dockerfile(
            "prefer-copy-chown",
            r#"
FROM debian:13
WORKDIR /app
COPY . .
RUN chown \
#   ^^^^^^^ the copied files are stored a second time for their owner
  -R a:a /app
COPY a.txt b/
RUN chown $A ./b/a.txt
#   ^^^^^^^^^^^^^^^^^^ the copied file is stored a second time for its owner
COPY --chown=a . .
RUN chown -R b .
COPY . .
RUN chown a .
COPY . .
RUN chown -hR a .
COPY a.txt /b/
RUN chown -R a /b
COPY . .
RUN chown -R a . /c
"#,
        );
    }

    #[test]
    fn the_group_stays_what_it_was() {
        let check = |threshold, before: &str, after: &str| {
            let text = |rest| format!("FROM x\n{rest}\nCMD a\n");
            assert_eq!(
                fixed("prefer-copy-chown", threshold, &text(before)),
                text(after)
            );
        };
        let copy = |owner: &str| format!("COPY a.txt /b/\nRUN chown {owner} /b/a.txt");
        for (owner, flag) in [("u:g", "u:g"), ("1000", "1000:0"), (":g", "0:g")] {
            check(
                Applicability::Safe,
                &copy(owner),
                &format!("COPY --chown={flag} a.txt /b/"),
            );
        }
        for owner in ["u:", "u.g", "$U"] {
            check(Applicability::Unsafe, &copy(owner), &copy(owner));
        }
        let directory = "COPY --link . /b\nRUN chown -R u:g /b";
        check(Applicability::Safe, directory, directory);
        check(
            Applicability::Unsafe,
            directory,
            "COPY --chown=u:g --link . /b",
        );
    }
}
