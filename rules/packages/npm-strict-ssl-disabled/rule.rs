//! Flags npm, Yarn and pnpm that do not check certificates.

use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::ast::InstructionKind;
use crate::dockerfile::removal as pairs;
use crate::engine::nodes::{Host, ScriptUse, SettingUse, VariableSite, VariableUse};
use crate::engine::{Context, Hooks};
use crate::shell::context::CommandUse;
use crate::shell::invocation::{Argument, Invocation};
use crate::shell::removal as parts;
use crate::shell::word::Word;
use crate::text::{Edit, Span};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.variable(variable);
    on.setting(setting);
    on.program(PROGRAMS, command);
}

/// Programs that have the setting, and those that write it into their files.
const PROGRAMS: &[&str] = &["npm", "yarn", "yarnpkg", "pnpm", "echo", "printf"];

/// Whether a variable with this value switches the check off. npm and pnpm read their variables in any case.
fn is_off(name: &str, value: Option<&str>) -> bool {
    let names = [
        "NPM_CONFIG_STRICT_SSL",
        "YARN_STRICT_SSL",
        "YARN_ENABLE_STRICT_SSL",
    ];
    let is_named = names.iter().any(|known| name.eq_ignore_ascii_case(known));
    is_named && value.is_some_and(is_no)
}

fn is_no(value: &str) -> bool {
    matches!(value.trim(), "0") || value.trim().eq_ignore_ascii_case("false")
}

/// Whether a word names the setting, in npm's spelling or that of newer versions of Yarn.
fn is_key(text: &str) -> bool {
    matches!(text, "strict-ssl" | "strictSsl" | "enableStrictSsl")
}

fn variable(variable: &VariableUse<'_>, cx: &mut Context<'_, Host<'_>>) {
    if variable.value.is_none() || !is_off(&variable.name, variable.known.as_deref()) {
        return;
    }
    let edit = match (variable.site, cx.model) {
        (VariableSite::Env(index) | VariableSite::Arg(index), Host::Dockerfile(model)) => {
            let all = match &model.acting(index).kind {
                InstructionKind::Env(env) => Some(&env.pairs),
                InstructionKind::Arg(arg) => Some(&arg.pairs),
                _ => None,
            };
            all.and_then(|all| {
                let whole = &model.ast.instructions[index];
                pairs::pair(whole, all, variable.name_span, cx.text())
            })
        }
        _ => None,
    };
    let fix = edit.map(|edit| ("remove it", edit));
    report(variable.name_span.cover(variable.value_span), fix, cx);
}

fn setting(used: &SettingUse<'_>, cx: &mut Context<'_, ScriptUse<'_>>) {
    let SettingUse { setting, found } = used;
    if is_off(setting.name, setting.value) {
        let edit = setting
            .is_prefix
            .then(|| parts::part(found.command, setting.span, cx.text()));
        report(setting.span, edit.map(|edit| ("remove it", edit)), cx);
    }
}

fn command(found: &CommandUse<'_>, cx: &mut Context<'_, ScriptUse<'_>>) {
    let Some(invocation) = found.command.unwrapped() else {
        return;
    };
    if invocation.is_any(&["npm", "yarn", "yarnpkg", "pnpm"]) {
        by_option(found, &invocation, cx);
        by_config(&invocation, cx);
    } else if invocation.is_any(&["echo", "printf"]) {
        written(found, &invocation, cx);
    }
}

fn by_option(
    found: &CommandUse<'_>,
    invocation: &Invocation<'_>,
    cx: &mut Context<'_, ScriptUse<'_>>,
) {
    for argument in invocation.arguments(&[]) {
        let Argument::Flag(flag) = argument else {
            continue;
        };
        let is_off = match flag.name {
            "strict-ssl" => flag
                .value
                .is_some_and(|value| value.text.is_some_and(is_no)),
            "no-strict-ssl" => true,
            _ => false,
        };
        if is_off {
            let edit = parts::option(found.command, &flag, cx.text());
            report(flag.word.span, edit.map(|edit| ("remove it", edit)), cx);
        }
    }
}

/// `npm config set strict-ssl false`, `npm set strict-ssl=false`.
fn by_config(invocation: &Invocation<'_>, cx: &mut Context<'_, ScriptUse<'_>>) {
    let mut operands = invocation.operands(&[]).filter(|word| !word.is("--"));
    let is_set = match operands.next().and_then(Word::literal) {
        Some("set") => true,
        Some("config" | "c") => operands.next().is_some_and(|word| word.is("set")),
        _ => false,
    };
    if !is_set {
        return;
    }
    while let Some(word) = operands.next() {
        let Some(text) = word.text() else {
            continue;
        };
        let (span, value) = match text.split_once('=') {
            Some((key, value)) if is_key(key) && is_no(value) => (word.span, word.span),
            None if is_key(text) => match operands.next() {
                Some(value) if value.text().is_some_and(is_no) => {
                    (word.span.cover(value.span), value.span)
                }
                _ => continue,
            },
            _ => continue,
        };
        let written = value.text(cx.text());
        // What quotes are around it stays.
        let at = written.rfind("false").map(|at| (at, "false".len(), "true"));
        let at = at.or_else(|| Some((written.rfind('0')?, 1, "1")));
        let edit = at.and_then(|(at, length, new)| {
            let start = value.start + u32::try_from(at).ok()?;
            let end = start + u32::try_from(length).ok()?;
            Some(Edit::replace(Span::new(start, end), new))
        });
        report(span, edit.map(|edit| ("switch it on", edit)), cx);
    }
}

/// `echo strict-ssl=false >.npmrc`.
fn written(
    found: &CommandUse<'_>,
    invocation: &Invocation<'_>,
    cx: &mut Context<'_, ScriptUse<'_>>,
) {
    let mut redirects = found.command.redirects.iter();
    let is_settings = redirects.any(|redirect| {
        let path = redirect
            .target
            .span
            .text(cx.text())
            .trim_end_matches(['"', '\'']);
        redirect.operator.value.writes()
            && (path.ends_with("npmrc")
                || path.ends_with(".yarnrc")
                || path.ends_with(".yarnrc.yml"))
    });
    let is_line = |line: &str| {
        let parts = line.trim().split_once(['=', ':', ' ']);
        parts.is_some_and(|(key, value)| {
            is_key(key.trim()) && is_no(value.trim_start_matches(['=', ' ']))
        })
    };
    if is_settings {
        for word in invocation.args() {
            let mut lines = word.text().unwrap_or_default().split('\n');
            if lines.any(|line| line.split("\\n").any(is_line)) {
                report(word.span, None, cx);
            }
        }
    }
}

fn report<M>(span: Span, fix: Option<(&str, Edit)>, cx: &mut Context<'_, M>) {
    let shown: String = span.text(cx.text()).chars().take(40).collect();
    let message = format!("`{shown}` takes packages from whoever answers");
    let finding = cx.report(span, message);
    finding.help("leave the check on; name a certificate of your own with `cafile`");
    if let Some((title, edit)) = fix {
        finding.fix(Fix::new(title, Applicability::Safe, vec![edit]));
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{dockerfile, fixed};

    #[test]
    fn every_way_to_switch_it_off_is_found() {
        dockerfile(
            "npm-strict-ssl-disabled",
            r#"
FROM node:24
RUN npm config -g set \
      strict-ssl  "false" && pnpm config set a b strict-ssl false
#     ^^^^^^^^^^^^^^^^^^^ `strict-ssl  "false"` takes packages from whoever answers
#                                                ^^^^^^^^^^^^^^^^ `strict-ssl false` takes
ENV npm_config_strict_ssl=0 YARN_ENABLE_STRICT_SSL=1 NPM_CONFIG_STRICT_SSL=$X
#   ^^^^^^^^^^^^^^^^^^^^^^^ `npm_config_strict_ssl=0` takes
RUN npm ci --no-strict-ssl; YARN_ENABLE_STRICT_SSL=false yarn; yarn config set enableStrictSsl false
#          ^^^^^^^^^^^^^^^ `--no-strict-ssl` takes
#                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `YARN_ENABLE_STRICT_SSL=false` takes
#                                                                              ^^^^^^^^^^^^^^^^^^^^^ `enableStrictSsl false`
RUN printf 'a=b\nstrict-ssl = false\n' > /root/.npmrc; echo strict-ssl=false; npm config get strict-ssl false
#          ^^^^^^^^^^^^^^^^^^^^^^^^^^^ `'a=b
"#,
        );
    }

    #[test]
    fn the_fix_leaves_the_check_on() {
        assert_eq!(
            fixed(
                "npm-strict-ssl-disabled",
                Applicability::Safe,
                "FROM node:24\nENV A=1 NPM_CONFIG_STRICT_SSL=false\nRUN npm set 'strict-ssl=false' && npm i --strict-ssl=0 \\\n  a\n",
            ),
            "FROM node:24\nENV A=1\nRUN npm set 'strict-ssl=true' && npm i \\\n  a\n"
        );
    }
}
