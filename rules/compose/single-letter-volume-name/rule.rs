//! Flags volumes whose name is a single letter, in the short form.

use std::collections::HashSet;

use crate::compose::File;
use crate::compose::mount::{Drive, Mount};
use crate::diagnostic::{Applicability, Fix};
use crate::engine::{Context, Hooks};
use crate::text::Edit;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.compose(check);
}

fn check(file: &File, cx: &mut Context<'_, File>) {
    let volumes = file
        .documents()
        .flat_map(|document| document.volumes.names());
    let declared: HashSet<&str> = volumes.filter(|name| name.len() == 1).collect();
    for owned in file.documents().flat_map(File::containers) {
        for mount in &owned.container.volumes {
            if let Some(drive) = mount.mistaken_drive() {
                report(mount, drive, declared.contains(drive.letter), cx);
            }
        }
    }
}

fn report(mount: &Mount, drive: Drive<'_>, is_declared: bool, cx: &mut Context<'_, File>) {
    // On Windows there are such drives, and those who use them write them large.
    if !is_declared && drive.letter.starts_with(|c: char| c.is_ascii_uppercase()) {
        return;
    }
    let Some(short) = &mount.short else {
        return;
    };
    let letter = drive.letter;
    let message =
        format!("`{letter}:` is read as a drive of Windows, not as the volume `{letter}`");
    let finding = cx.report(short.span_of(0..1), message);
    finding.help("give the volume a longer name, or use the long form");
    if is_declared && let Some(long) = long_form(drive) {
        let edit = Edit::replace(mount.at.span, long);
        let title = format!("use the long form; the volume `{letter}` is then mounted");
        finding.fix(Fix::new(title, Applicability::Safe, vec![edit]));
    }
}

/// The mount as it is meant, in one line.
fn long_form(drive: Drive<'_>) -> Option<String> {
    let Drive {
        letter,
        target,
        options,
    } = drive;
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "/._-".contains(c);
    let options = match options {
        None | Some("rw") => "",
        Some("ro") => ", read_only: true",
        Some(_) => return None,
    };
    // A word such as `n` is a boolean to some readers of YAML.
    let source = match letter {
        "n" | "N" | "y" | "Y" => format!("\"{letter}\""),
        _ => letter.to_owned(),
    };
    (target.starts_with('/') && target.chars().all(is_plain))
        .then(|| format!("{{type: volume, source: {source}, target: {target}{options}}}"))
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{compose, fixed_compose};

    #[test]
    fn letters_are_marked_where_no_drive_can_be_meant() {
        compose(
            "single-letter-volume-name",
            r#"
services:
  a:
    image: x
    volumes:
      - v:/a
#       ^ error: `v:` is read as a drive of Windows
      - "V:/b:ro"
#        ^ `V:` is read as a drive
      - x:/c
#       ^ `x:` is read as a drive
      - C:/d
      - c:/e:/f
      - c:\\g
      - vv:/h
      - {type: volume, source: v, target: /i}
      - $V:/j
      - d:data/k
#       ^ `d:` is read as a drive
volumes: {v: , V: , vv: }
"#,
        );
    }

    #[test]
    fn the_long_form_says_the_same() {
        let text = "services: {a: {image: x, volumes: ['v:/a:ro', \"n:/b\", 'v:/c:z']}}\nvolumes: {v: , n: }\n";
        assert_eq!(
            fixed_compose("single-letter-volume-name", Applicability::Safe, text),
            "services: {a: {image: x, volumes: [{type: volume, source: v, target: /a, read_only: true}, \
             {type: volume, source: \"n\", target: /b}, 'v:/c:z']}}\nvolumes: {v: , n: }\n"
        );
    }
}
