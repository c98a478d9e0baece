//! Flags options of mounts that Compose does not know, and those that contradict each other.

use crate::compose::File;
use crate::compose::mount::Mount;
use crate::compose::value::Text;
use crate::diagnostic::{Applicability, Fix, Severity};
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::text::Edit;

/// What Compose heeds (compose-go, `format/volume.go`).
const KNOWN: [&str; 11] = [
    "ro", "rw", "nocopy", "z", "Z", "private", "rprivate", "shared", "rshared", "slave", "rslave",
];

/// What Docker Desktop for Mac heeded once.
const CONSISTENCY: [&str; 3] = ["cached", "consistent", "delegated"];

/// What people write for `ro`, in lower case.
const READ_ONLY: [&str; 8] = [
    "or",
    "r",
    "r0",
    "read",
    "read-only",
    "read_only",
    "readonly",
    "rx",
];

pub(super) fn register(on: &mut Hooks<'_>) {
    on.compose(check);
}

fn check(file: &File, cx: &mut Context<'_, File>) {
    for owned in file.documents().flat_map(File::containers) {
        for mount in &owned.container.volumes {
            if mount.mistaken_drive().is_none() {
                options(mount, cx);
            }
        }
    }
}

fn options(mount: &Mount, cx: &mut Context<'_, File>) {
    let mut access: Option<&Text> = None;
    for option in &mount.options {
        let Some(word) = option.value.known().filter(|word| !word.is_empty()) else {
            continue;
        };
        if matches!(word, "ro" | "rw") {
            if let Some(before) = access.filter(|before| !before.value.is(word)) {
                let message = format!(
                    "`{}` has no effect, since `{word}` follows",
                    before.value.text()
                );
                cx.report(before.at, message)
                    .help("keep the one that is meant")
                    .label(option.at, "this one counts");
            }
            access = Some(option);
        } else if CONSISTENCY.contains(&word) {
            cx.report(option.at, format!("`{word}` has no effect any more"))
                .help("leave it out")
                .severity(Severity::Info);
        } else if !KNOWN.contains(&word) {
            unknown(word, option, cx);
        }
    }
}

fn unknown(word: &str, option: &Text, cx: &mut Context<'_, File>) {
    let lower = word.to_ascii_lowercase();
    let meant = if READ_ONLY.contains(&&*lower) {
        Some("ro")
    } else {
        let mut known = KNOWN.iter().copied();
        known.find(|known| known.eq_ignore_ascii_case(word))
    };
    let message = format!("`{}` is no mount option, and is ignored", excerpt(word));
    let finding = cx.report(option.at, message);
    match meant {
        Some(meant) => finding.help(format!("write `{meant}`")),
        None => finding.help("options are `ro`, `rw`, `nocopy`, `z`, `Z` and kinds of propagation"),
    };
    if let Some(meant) = meant
        && option.value.literal().is_some()
    {
        let edit = Edit::replace(option.at.span, meant);
        let title = format!("write `{meant}`; it may not be what was meant");
        finding.fix(Fix::new(title, Applicability::Unsafe, vec![edit]));
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn only_words_that_are_known_are_let_through() {
        compose(
            "unknown-mount-option",
            r#"
services:
  a:
    image: x
    volumes:
      - "./a:/a:rx"
#               ^^ error: `rx` is no mount option
      - ./b:/b:z,RO
#                ^^ `RO` is no mount option
      - ./c:/c:cached
#              ^^^^^^ info: `cached` has no effect any more
      - ./d:/d:rw,z,ro
#              ^^ error: `rw` has no effect, since `ro` follows
      - ./e:/e:ro,ro
      - ./f:/f:$MODE
      - ./g:/g:rw,rslave,nocopy,Z
      - ./h:/h:${MODE:-noexec}
#                      ^^^^^^ `noexec` is no mount option
volumes: {v: }
"#,
        );
    }
}
