//! Flags items of `security_opt` that Docker refuses.

use crate::compose::File;
use crate::compose::security_opt::SecurityOption;
use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::nearest::nearest;
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::text::Edit;

/// The keys that Compose or the engine knows (`parseSecurityOpts` of docker/compose, `parseSecurityOpt` of
/// `daemon/daemon_unix.go` and `daemon/oci_windows.go` of moby/moby, read on 2026-11-23).
const KEYS: [&str; 7] = [
    "apparmor",
    "credentialspec",
    "label",
    "no-new-privileges",
    "seccomp",
    "systempaths",
    "writable-cgroups",
];

pub(super) fn register(on: &mut Hooks<'_>) {
    on.compose(check);
}

fn check(file: &File, cx: &mut Context<'_, File>) {
    for document in file.documents() {
        for owned in document.containers() {
            for option in owned.container.security_options() {
                check_option(&option, cx);
            }
        }
    }
}

fn check_option(option: &SecurityOption<'_>, cx: &mut Context<'_, File>) {
    let key = &option.key.value;
    let Some(name) = key.known() else { return };
    let place = key.span_of(0..name.len());
    let is_literal = key.literal().is_some();
    let fix = |title: String, edit: Edit| Fix::new(title, Applicability::Unsafe, vec![edit]);
    if !KEYS.contains(&name) {
        let finding = cx.report(
            place,
            format!("`{}` is not a security option", excerpt(name)),
        );
        let Some(near) = nearest(name, KEYS) else {
            finding.help(format!("there are {}", KEYS.join(", ")));
            return;
        };
        finding.help(format!("did you mean `{near}`?"));
        if is_literal {
            let title = format!("write `{near}`; it may not be what was meant");
            finding.fix(fix(title, Edit::replace(place, near)));
        }
    } else if option.value.is_none() && name != "no-new-privileges" {
        let finding = cx.report(place, format!("`{name}` has no value"));
        finding.help(format!("write `{name}=…`"));
        if is_literal && name == "writable-cgroups" {
            let title = "write `=true`; it opens control groups to the container";
            finding.fix(fix(title.to_owned(), Edit::insert(place.end, "=true")));
        }
    } else if name == "systempaths" {
        check_system_paths(option, cx);
    }
}

/// Compose knows `systempaths=unconfined` as a whole; the engine does not know the key at all.
fn check_system_paths(option: &SecurityOption<'_>, cx: &mut Context<'_, File>) {
    let whole = &option.text.value;
    let Some(text) = whole
        .known()
        .filter(|text| *text != "systempaths=unconfined")
    else {
        return;
    };
    let message = format!("`{}` is not a security option", excerpt(text));
    let finding = cx.report(whole.span_of(0..text.len()), message);
    finding.help("only `systempaths=unconfined` is known");
    if whole.literal() == Some("systempaths:unconfined") {
        let colon = "systempaths".len();
        let edit = Edit::replace(whole.span_of(colon..colon + 1), "=");
        let title = "write `=`; it opens files of the host's kernel to the container";
        finding.fix(Fix::new(title, Applicability::Unsafe, vec![edit]));
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn keys_are_exact_and_have_values() {
        compose(
            "invalid-security-opt",
            r#"
services:
  a:
    image: x
    security_opt: ["foo", Seccomp=unconfined, "seccomp", "systempaths=none", 'label:user:"x"']
#                   ^^^ `foo` is not a security option
#                         ^^^^^^^ `Seccomp` is not a security option
#                                              ^^^^^^^ `seccomp` has no value
#                                                         ^^^^^^^^^^^^^^^^ `systempaths=none` is not
  b: {image: x, security_opt: ["seccomp:a=b", "${C:-bar}=1", "no-new-privileges "]}
#                               ^^^^^^^^^ `seccomp:a` is not a security option
#                                                   ^^^ `bar` is not a security option
#                                                             ^^^^^^^^^^^^^^^^^^ `no-new-privileges ` is not
"#,
        );
    }
}
