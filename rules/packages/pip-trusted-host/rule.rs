//! Flags hosts whose certificates pip and uv do not check.

use crate::diagnostic::Severity;
use crate::engine::nodes::{Host, ScriptUse, SettingUse, VariableUse};
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::shell::context::CommandUse;
use crate::shell::downloads::Url;
use crate::shell::packages::Use;
use crate::shell::packages::managers::System;
use crate::shell::word::Word;
use crate::text::Span;
use crate::text::span::offset;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.variable(variable);
    on.setting(setting);
    on.script(script);
}

fn is_list_of_hosts(name: &str) -> bool {
    name == "PIP_TRUSTED_HOST" || name == "UV_INSECURE_HOST"
}

fn variable(variable: &VariableUse<'_>, cx: &mut Context<'_, Host<'_>>) {
    if is_list_of_hosts(&variable.name)
        && variable
            .value
            .as_deref()
            .is_some_and(|value| !value.trim().is_empty())
        && variable.known.as_deref() != Some("")
    {
        let span = variable.name_span.cover(variable.value_span);
        report(span, variable.known.as_deref(), cx);
    }
}

fn setting(used: &SettingUse<'_>, cx: &mut Context<'_, ScriptUse<'_>>) {
    let setting = &used.setting;
    if is_list_of_hosts(setting.name) && setting.value.is_some_and(|value| !value.is_empty()) {
        report(setting.span, setting.value, cx);
    }
}

fn script(script: &ScriptUse<'_>, cx: &mut Context<'_, Host<'_>>) {
    if ["trusted-host", "insecure-host"]
        .iter()
        .any(|name| script.text.contains(name))
    {
        for found in script.script.commands() {
            command(&found, cx);
        }
    }
}

fn command(found: &CommandUse<'_>, cx: &mut Context<'_, Host<'_>>) {
    let Some(invocation) = found.command.unwrapped() else {
        return;
    };
    if invocation.is_any(&["echo", "printf", "cat", "tee"]) {
        written(found, invocation.args(), cx);
        return;
    }
    let Some(found) = Use::of(&invocation) else {
        return;
    };
    if !matches!(found.manager.system, System::Pip | System::Uv) {
        return;
    }
    for flag in found.flags() {
        if matches!(flag.name, "trusted-host" | "allow-insecure-host")
            && let Some(value) = flag.value
        {
            report(flag.word.span.cover(value.word.span), value.text, cx);
        }
    }
    if found.verb.name == "config" {
        let mut operands = found.operands();
        if operands.next().is_some_and(|word| word.is("set"))
            && let (Some(key), Some(value)) = (operands.next(), operands.next())
            && key.text().is_some_and(|key| key.ends_with(".trusted-host"))
        {
            report(key.span.cover(value.span), value.text(), cx);
        }
    }
}

/// Lines of a `pip.conf`.
fn written(found: &CommandUse<'_>, args: &[Word], cx: &mut Context<'_, Host<'_>>) {
    let redirects = &found.command.redirects;
    let is_settings = |word: &Word| {
        let path = word.span.text(cx.text()).trim_end_matches(['"', '\'']);
        path.ends_with("pip.conf") || path.ends_with("pip/config")
    };
    let writes = redirects
        .iter()
        .any(|redirect| redirect.operator.value.writes() && is_settings(&redirect.target))
        || (found.command.name() == Some("tee") && args.iter().any(is_settings));
    let is_piped = || {
        let reader = found
            .context
            .piped_into()
            .and_then(|reader| reader.as_simple());
        reader.is_some_and(|reader| {
            reader.name() == Some("tee") && reader.args().iter().any(is_settings)
        })
    };
    if !writes && !is_piped() {
        return;
    }
    let bodies = redirects
        .iter()
        .filter_map(|redirect| redirect.heredoc.as_ref()?.body());
    for word in args.iter().chain(bodies.map(|body| &body.text)) {
        let Some(text) = word.text() else {
            continue;
        };
        let lines = text.split('\n').flat_map(|line| line.split("\\n"));
        for line in lines {
            let pair = line.split_once(['=', ':']);
            if let Some((key, value)) = pair
                && key.trim() == "trusted-host"
                && !value.trim().is_empty()
            {
                report(line_of(word.span, cx.text()), Some(value), cx);
                break;
            }
        }
    }
}

/// The setting inside the text that is written; all of it where it is not found as it is.
fn line_of(span: Span, text: &str) -> Span {
    let written = span.text(text);
    let Some((before, line)) = written.split_once("trusted-host") else {
        return span;
    };
    let end = line
        .find(['\n', '\r', '\\', '"', '\''])
        .unwrap_or(line.len());
    let start = span.start + offset(before.len());
    Span::new(start, start + offset("trusted-host".len() + end))
}

/// Reports a list of hosts; `None` where only the build knows it.
fn report<M>(span: Span, hosts: Option<&str>, cx: &mut Context<'_, M>) {
    if hosts.is_some_and(|hosts| hosts.trim().is_empty()) {
        return;
    }
    let mut all = hosts.unwrap_or_default().split([' ', '\t', '\n', ',']);
    let is_near = |host: &str| {
        let url = Url::parse(host, true);
        url.is_local() || url.is_private()
    };
    let outside = all.find(|host| !host.is_empty() && !is_near(host));
    let message = match outside {
        Some(host) => format!("packages come from whoever answers for `{}`", excerpt(host)),
        None => "packages come from whoever answers for a host".to_owned(),
    };
    let finding = cx.report(span, message);
    finding.help("remove it; name a certificate of your own with `--cert`");
    if hosts.is_some() && outside.is_none() {
        finding.severity(Severity::Info);
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn every_way_to_trust_a_host_is_found() {
        dockerfile(
            "pip-trusted-host",
            r#"
FROM python:3.13
RUN python -m pip install --trusted-host "" \
      --trusted-host=b.example c && pip --trusted-host $X list
#     ^^^^^^^^^^^^^^^^^^^^^^^^ error: packages come from whoever answers for `b.example`
#                                       ^^^^^^^^^^^^^^^^^ error: packages come from whoever answers for a host
ENV PIP_TRUSTED_HOST="localhost 10.0.0.1"
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ info: packages come
ENV PIP_TRUSTED_HOST= UV_INSECURE_HOST=
RUN PIP_TRUSTED_HOST=a.example:8080 pip install b; uv pip install --allow-insecure-host a.example b
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ packages come from whoever answers for `a.example:8080`
#                                                                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ packages
RUN pip3 config --user set install.trusted-host a.example; pip config set global.index-url https://a.example
#                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ packages come
RUN echo "trusted-host = a.example" | tee ~/.pip/pip.conf; echo "trusted-host = a.example"
#         ^^^^^^^^^^^^^^^^^^^^^^^^ packages come
RUN <<EOF cat >/etc/pip.conf
[global]
a=b
  trusted-host=db
# ^^^^^^^^^^^^^^^ info: packages
EOF
RUN grep --trusted-host x
"#,
        );
    }
}
