//! Flags `mkdir -p -m`, whose mode is only for the last directory.

use crate::engine::nodes::ScriptUse;
use crate::engine::{Context, Hooks};
use crate::shell::context::CommandUse;
use crate::shell::invocation::Argument;
use crate::shell::word::{Word, WordPart};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.program(&["mkdir"], check);
}

/// Options of `mkdir` that take a value.
const VALUES: &[&str] = &["m", "mode", "context"];

/// Directories that every image has, by the Filesystem Hierarchy Standard 3.0: nothing has to be made above
/// what is in them.
const PRESENT: &[&str] = &[
    "/",
    "/bin",
    "/dev",
    "/etc",
    "/home",
    "/lib",
    "/mnt",
    "/opt",
    "/root",
    "/run",
    "/sbin",
    "/srv",
    "/tmp",
    "/usr",
    "/usr/bin",
    "/usr/lib",
    "/usr/local",
    "/usr/local/bin",
    "/usr/local/etc",
    "/usr/local/lib",
    "/usr/local/share",
    "/usr/sbin",
    "/usr/share",
    "/usr/src",
    "/var",
    "/var/cache",
    "/var/lib",
    "/var/log",
    "/var/run",
    "/var/spool",
    "/var/tmp",
];

fn check(found: &CommandUse<'_>, cx: &mut Context<'_, ScriptUse<'_>>) {
    let Some(invocation) = found.command.unwrapped() else {
        return;
    };
    if invocation.name() != Some("mkdir") {
        return;
    }
    let mut mode = None;
    let mut has_parents = false;
    for argument in invocation.arguments(VALUES) {
        if let Argument::Flag(flag) = argument {
            match flag.name {
                "p" | "parents" => has_parents = true,
                "m" | "mode" => mode = Some(flag.word),
                _ => {}
            }
        }
    }
    let Some(mode) = mode.filter(|_| has_parents) else {
        return;
    };
    let Some(path) = invocation.operands(VALUES).find(|path| makes_parents(path)) else {
        return;
    };
    let finding = cx.report(
        mode.span,
        "the mode is for the last directory only, not for those above it",
    );
    finding.label(path.span, "those above may be made as well");
    finding.help("make them one by one with `mkdir -m`, or use `chmod` behind it");
}

/// Whether directories above the last one are perhaps made as well.
fn makes_parents(path: &Word) -> bool {
    // What follows the last expansion; the expansion itself may well be a directory that is there.
    let mut tail = String::new();
    let mut is_known = true;
    for part in path.pieces() {
        match part {
            WordPart::Literal(text) | WordPart::SingleQuoted(text) => tail.push_str(&text.value),
            WordPart::Escaped(escaped) => tail.push(escaped.value),
            WordPart::Brace(_) | WordPart::Glob(_) => {}
            _ => {
                tail.clear();
                is_known = false;
            }
        }
        if tail.len() > 4096 {
            return false;
        }
    }
    let tail = tail.trim_end_matches('/');
    let Some((parent, _)) = tail.rsplit_once('/') else {
        return false;
    };
    if !is_known {
        return parent.split('/').any(|part| !part.is_empty());
    }
    let parent = if parent.is_empty() { "/" } else { parent };
    let is_present = PRESENT.contains(&parent)
        || parent
            .split('/')
            .all(|part| matches!(part, "" | "." | ".."));
    !is_present
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn only_paths_whose_parents_may_be_made_count() {
        dockerfile(
            "mkdir-mode-with-parents",
            r#"
FROM debian:13
RUN mkdir -p -m 755 /a/b && mkdir -pm 0700 "/a b/c" && sudo mkdir --parents --mode=700 a/b/
#            ^^ the mode is for the last directory only, not for those above it
#                                 ^^^ the mode is for the last directory only
#                                                                           ^^^^^^^^^^ the mode
RUN mkdir \
  -m755 -p c $x/d/e
# ^^^^^ the mode is for the last directory only
RUN mkdir -m 755 /a/b && mkdir -p /a/b && mkdir -p -m 755 a /a /etc/a ./a ../../a /var/lib/a $x "$x/a" ~/a
RUN install -d -m 755 /a/b && echo mkdir -p -m 755 /a/b
"#,
        );
    }
}
