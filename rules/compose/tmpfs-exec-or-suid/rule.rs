//! Flags tmpfs mounts from which programs can be started.

use crate::compose::File;
use crate::diagnostic::{Applicability, Fix};
use crate::engine::{Context, Hooks};
use crate::text::{Edit, Span};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.compose(check);
}

fn check(file: &File, cx: &mut Context<'_, File>) {
    let text = cx.text();
    let documents = file.documents();
    for owned in documents.flat_map(File::containers) {
        for option in owned
            .container
            .tmpfs
            .iter()
            .flat_map(|mount| &mount.options)
        {
            let what = match option.value.known() {
                Some("exec") => "lets programs be started from the tmpfs",
                Some("suid") => "lets programs in the tmpfs run as their owner",
                _ => continue,
            };
            let finding = cx.report(option.at, format!("`{}` {what}", option.value.text()));
            finding.help("leave it out unless the program needs it");
            if option.value.literal().is_some() {
                let edit = Edit::delete(with_separator(text, option.at.span));
                let title = "remove the option; what is in the tmpfs can then not be run";
                finding.fix(Fix::new(title, Applicability::Unsafe, vec![edit]));
            }
        }
    }
}

/// The option with the comma behind it, or else with the comma or colon before it.
fn with_separator(text: &str, option: Span) -> Span {
    if text[option.end as usize..].starts_with(',') {
        return Span::new(option.start, option.end + 1);
    }
    let has_one = text[..option.start as usize].ends_with([',', ':']);
    Span::new(option.start - u32::from(has_one), option.end)
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{compose, fixed_compose};

    #[test]
    fn whole_words_count() {
        compose(
            "tmpfs-exec-or-suid",
            r#"
services:
  a:
    image: x
    tmpfs: ["/a:exec,suid", '/b:rw,suid', "/c:noexec,nosuid", /exec, "/d:dev", "/e:mode=exec", "/f:$MODE"]
#               ^^^^ info: `exec` lets programs be started
#                    ^^^^ `suid` lets programs in the tmpfs run
#                                  ^^^^ `suid` lets
"#,
        );
    }

    #[test]
    fn commas_go_with_their_options() {
        let text = "services:\n  a:\n    image: x\n    tmpfs: ['/a:exec', '/b:exec,size=1m', '/c:rw,suid']\n";
        assert_eq!(
            fixed_compose("tmpfs-exec-or-suid", Applicability::Unsafe, text),
            "services:\n  a:\n    image: x\n    tmpfs: ['/a', '/b:size=1m', '/c:rw']\n"
        );
    }
}
