//! Flags search paths with places that others can write to, and a `PATH` without the system's directories.

use crate::dockerfile::Dockerfile;
use crate::dockerfile::ast::Env;
use crate::dockerfile::runs_as::is_below;
use crate::dockerfile::word::Word;
use crate::engine::nodes::Placed;
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.env(check);
}

/// Directories that every user of a system can write to.
const WRITABLE: [&str; 3] = ["/tmp", "/var/tmp", "/dev/shm"];

fn check(env: &Placed<'_, Env>, cx: &mut Context<'_, Dockerfile>) {
    for pair in &env.pairs {
        let name = &*pair.key.raw;
        let Some(value) = &pair.value else { continue };
        match name {
            "PATH" => {
                check_entries(name, value, true, cx);
                check_system(env.index, value, cx);
            }
            "LD_PRELOAD" | "LD_LIBRARY_PATH" | "PYTHONPATH" => {
                check_entries(name, value, false, cx);
            }
            _ => {}
        }
    }
}

/// Windows separates entries with `;` and has `\` in them, of which the file's escape is none.
fn is_windows(text: &str) -> bool {
    text.contains([';', '\\'])
}

fn check_entries(name: &str, value: &Word, is_path: bool, cx: &mut Context<'_, Dockerfile>) {
    let text = value.value_cooked();
    if is_windows(text.text()) {
        return;
    }
    let mut has_empty = false;
    for range in entries(text.text()) {
        let entry = &text.text()[range.clone()];
        let span = text.span(range.clone());
        if WRITABLE.iter().any(|folder| is_below(entry, folder)) {
            cx.report(
                span,
                format!(
                    "`{name}` has `{}`, where everybody can write",
                    excerpt(entry)
                ),
            )
            .help("use a directory that belongs to root");
        } else if is_path && entry.is_empty() && !text.text().is_empty() {
            // Nothing is there to be marked but the colon.
            let colon = range.start.saturating_sub(1);
            if std::mem::replace(&mut has_empty, true) {
                continue;
            }
            cx.report(
                text.span(colon..colon + 1),
                "`PATH` has an empty entry, which is the working directory",
            )
            .help("delete the surplus `:`");
        } else if is_path && !entry.starts_with(['/', '$', '~', '%']) && !entry.is_empty() {
            let shown = excerpt(entry);
            cx.report(
                span,
                format!("`PATH` has `{shown}`, which depends on the working directory"),
            )
            .help("write the absolute path");
        }
    }
}

/// The ranges between colons, those inside of `${…}` left alone.
fn entries(text: &str) -> Vec<std::ops::Range<usize>> {
    let (mut ranges, mut start, mut depth) = (Vec::new(), 0, 0_u32);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            b':' if depth == 0 => {
                ranges.push(start..at);
                start = at + 1;
            }
            _ => {}
        }
    }
    ranges.push(start..text.len());
    ranges
}

/// Reports a `PATH` in which the programs of the system are no longer found.
fn check_system(index: usize, value: &Word, cx: &mut Context<'_, Dockerfile>) {
    let model = cx.model;
    let stage = model.stage_of(index);
    // On nothing there are no programs to find.
    if stage.is_none_or(|stage| model.root_of(stage).is_from_scratch()) {
        return;
    }
    if value
        .references()
        .any(|reference| value.name_of(reference).0 == "PATH")
    {
        return;
    }
    let Some(text) = model
        .config_at(index)
        .value(value)
        .known()
        .map(str::to_owned)
    else {
        return;
    };
    let has_system = text.split(':').any(|entry| {
        matches!(
            entry.trim_end_matches('/'),
            "/bin" | "/usr/bin" | "/busybox"
        )
    });
    if !has_system && !is_windows(&text) && text.starts_with('/') {
        cx.report(value.span, "this `PATH` drops `/usr/bin` and `/bin`")
            .help("put `:$PATH` behind it");
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn entries_are_marked() {
        dockerfile(
            "env-path-dangerous",
            r#"
FROM debian:13
ENV A=b PATH="/opt/bin:./bin:/tmp/x:${PATH:-/a:b}" \
#                      ^^^^^ `PATH` has `./bin`, which depends on the working directory
#                            ^^^^^^ `PATH` has `/tmp/x`, where everybody can write
  LD_PRELOAD=/var/tmp/a.so PYTHONPATH=.:/tmpfiles
#            ^^^^^^^^^^^^^ `LD_PRELOAD` has `/var/tmp/a.so`, where everybody can write
ENV PATH ::$PATH
#        ^ `PATH` has an empty entry
ENV PATH=$HOME/bin:~/bin
"#,
        );
    }

    #[test]
    fn an_image_of_ones_own_programs_needs_no_system() {
        dockerfile(
            "env-path-dangerous",
            "FROM gcr.io/distroless/static\nENV PATH=/a:/bin\nFROM a\nENV PATH=\nENV PATH=/busybox:/b\n",
        );
    }
}
