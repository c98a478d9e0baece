//! Flags containers whose processes may gain rights, and values that Docker does not understand.

use crate::compose::File;
use crate::compose::security_opt::{SecurityOption, parse_bool};
use crate::compose::value::Knowledge;
use crate::diagnostic::{Applicability, Fix, Severity};
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::text::Edit;

/// Words that mean yes elsewhere.
const YES: [&str; 5] = ["enable", "enabled", "on", "y", "yes"];

pub(super) fn register(on: &mut Hooks<'_>) {
    on.compose(check);
}

fn check(file: &File, cx: &mut Context<'_, File>) {
    for document in file.documents() {
        for owned in document.containers() {
            let container = owned.container;
            let last = container.last_security_option("no-new-privileges");
            let last = last.map(|last| last.text.at);
            for option in container.security_options() {
                if option.key.value.is("no-new-privileges") {
                    check_option(&option, Some(option.text.at) == last, cx);
                }
            }
        }
    }
}

fn check_option(option: &SecurityOption<'_>, is_last: bool, cx: &mut Context<'_, File>) {
    let Some(value) = &option.value else { return };
    let Some(word) = value.value.known() else {
        return;
    };
    let place = value.value.span_of(0..word.len());
    let meaning = parse_bool(word);
    let finding = match meaning {
        Some(false) if is_last => {
            let place = option.text.value.span_of(0..option.text.value.text().len());
            cx.report(place, "processes of the container may gain rights")
        }
        None => {
            let message = format!(
                "`{}` is neither `true` nor `false` for Docker",
                excerpt(word)
            );
            cx.report(place, message)
        }
        Some(_) => return,
    };
    finding.help("write `true`");
    match value.value.knowledge() {
        Knowledge::Known => {}
        _ if meaning.is_some() => {
            finding.severity(Severity::Info);
            return;
        }
        _ => return,
    }
    // What Docker refuses has no other meaning.
    let is_yes =
        YES.iter().any(|yes| word.eq_ignore_ascii_case(yes)) || word.eq_ignore_ascii_case("true");
    let fix = if meaning.is_none() && is_yes {
        Fix::new(
            "write `true`",
            Applicability::Safe,
            vec![Edit::replace(place, "true")],
        )
    } else {
        let title = "write `true`; programs such as `sudo` will fail";
        Fix::new(
            title,
            Applicability::Unsafe,
            vec![Edit::replace(place, "true")],
        )
    };
    finding.fix(fix);
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{compose, fixed_compose};

    #[test]
    fn the_last_one_counts_and_every_word_is_read() {
        compose(
            "no-new-privileges-disabled",
            r#"
services:
  a: {image: x, security_opt: ["no-new-privileges:F"]}
#                               ^^^^^^^^^^^^^^^^^^^ warning: processes of the container may gain
  b: {image: x, security_opt: ["no-new-privileges:tRUE", no-new-privileges=0, no-new-privileges]}
#                                                 ^^^^ `tRUE` is neither
  c: {image: x, security_opt: ["no-new-privileges=${C}", "no-new-privileges:${D:-false}"]}
#                                                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ info: processes
  e: {image: x, security_opt: ["no-new-privileges:false", "${E}"]}
"#,
        );
    }

    #[test]
    fn only_what_docker_refuses_is_mended_without_asking() {
        let text = "services:\n  a: {security_opt: ['no-new-privileges:On']}\n  c: {security_opt: ['no-new-privileges:no']}\n  b: {security_opt: ['no-new-privileges:false']}\n";
        let wanted = text.replace(":On", ":true");
        let fixed =
            |applicability| fixed_compose("no-new-privileges-disabled", applicability, text);
        assert_eq!(fixed(Applicability::Safe), wanted);
        let wanted = wanted.replace(":no'", ":true'").replace(":false", ":true");
        assert_eq!(fixed(Applicability::Unsafe), wanted);
    }
}
