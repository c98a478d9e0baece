//! Flags paths of a container at which two things are mounted.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::compose::File;
use crate::compose::container::Container;
use crate::compose::grant::Grant;
use crate::compose::mount::{TmpfsMount, clean};
use crate::diagnostic::Severity;
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::text::Location;

/// Something that is mounted.
struct Mounted<'f> {
    /// Where, as it is written.
    written: &'f str,
    at: Location,
    is_tmpfs: bool,
    /// What tells it from others that are mounted there: its source, or the options of a tmpfs.
    what: Cow<'f, str>,
}

pub(super) fn register(on: &mut Hooks<'_>) {
    on.compose(check);
}

fn check(file: &File, cx: &mut Context<'_, File>) {
    for owned in file.documents().flat_map(File::containers) {
        let mut by_target: HashMap<String, Mounted<'_>> = HashMap::new();
        for (target, mounted) in all(owned.container) {
            if let Some(first) = by_target.get(&target) {
                report(&target, first, &mounted, cx);
            } else {
                by_target.insert(target, mounted);
            }
        }
    }
}

/// Everything that is mounted at a known path, with that path.
fn all(container: &Container) -> Vec<(String, Mounted<'_>)> {
    let mut all = Vec::new();
    for mount in &container.volumes {
        let Some(target) = mount
            .target
            .as_ref()
            .filter(|_| mount.mistaken_drive().is_none())
        else {
            continue;
        };
        if let Some(path) = target.value.known().and_then(clean) {
            let source = mount.source.as_ref().map(|source| source.value.text());
            let mounted = Mounted {
                written: target.value.text(),
                at: target.at,
                is_tmpfs: false,
                what: source.unwrap_or_default().into(),
            };
            all.push((path, mounted));
        }
    }
    for mount in &container.tmpfs {
        if let Some(path) = mount.target.value.known().and_then(clean) {
            let mounted = Mounted {
                written: mount.target.value.text(),
                at: mount.target.at,
                is_tmpfs: true,
                what: options(mount).into(),
            };
            all.push((path, mounted));
        }
    }
    let secrets = container
        .secrets
        .iter()
        .filter_map(|grant| granted(grant, "/run/secrets/"));
    let configs = container
        .configs
        .iter()
        .filter_map(|grant| granted(grant, "/"));
    all.extend(secrets.chain(configs));
    all
}

/// The options of a tmpfs.
fn options(mount: &TmpfsMount) -> String {
    let options = mount.options.iter().map(|option| option.value.text());
    options.collect::<Vec<&str>>().join(",")
}

/// Where a secret or config appears.
fn granted<'f>(grant: &'f Grant, folder: &str) -> Option<(String, Mounted<'f>)> {
    let source = grant.source.as_ref()?;
    let (written, at) = match &grant.target {
        Some(target) if !target.value.is_empty() => (target.value.known()?, target.at),
        _ => (source.value.known()?, source.at),
    };
    let path = match clean(written) {
        Some(path) => path,
        None => clean(&format!("{folder}{written}"))?,
    };
    let mounted = Mounted {
        written,
        at,
        is_tmpfs: false,
        what: source.value.text().into(),
    };
    Some((path, mounted))
}

fn report(target: &str, first: &Mounted<'_>, second: &Mounted<'_>, cx: &mut Context<'_, File>) {
    // The same thing twice does no harm.
    if first.is_tmpfs == second.is_tmpfs && first.what == second.what {
        return;
    }
    let has_tmpfs = first.is_tmpfs || second.is_tmpfs;
    // Compose compares the path of a tmpfs as it is written.
    let is_refused = has_tmpfs && first.written == second.written;
    let message = format!("something is mounted at `{}` already", excerpt(target));
    let finding = cx.report(second.at, message);
    finding.label(first.at, "this is the first");
    if has_tmpfs {
        finding.help("remove one of them, or correct its path");
    } else {
        finding.help("only the last one counts; remove one of them, or correct its path");
    }
    if !is_refused {
        finding.severity(Severity::Warning);
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn paths_are_compared_without_detours() {
        compose(
            "duplicate-mount-target",
            r#"
services:
  a:
    image: x
    volumes:
      - ./a:/x
      - "./b:/x/./:ro"
#            ^^^^^ warning: something is mounted at `/x` already
      - ./a:/x
      - {type: tmpfs, target: /t}
      - ${E}:/e
      - ./e:${E}
    tmpfs: [/t, "/y:size=1m", /y, /y/z/, /y/z/]
#           ^^ error: something is mounted at `/t` already
#                             ^^ error: something is mounted at `/y` already
    secrets: [{source: s, target: /x/../y/z}, s, {source: t, target: s}]
#                                 ^^^^^^^^^ warning: something is mounted at `/y/z` already
#                                                                    ^ warning: something is mounted at `/run/secrets/s`
    configs: [c, {source: d, target: /c}]
#                                    ^^ warning: something is mounted at `/c`
  b: {image: x, volumes: [./a:/x, ./b:/x/y]}
secrets: {s: {file: ./s}, t: {file: ./t}}
configs: {c: {content: c}, d: {content: d}}
"#,
        );
    }
}
