//! Flags `apt-get install` that also installs what packages recommend.

use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::Dockerfile;
use crate::dockerfile::ast::{InstructionKind, List};
use crate::dockerfile::model::{Base, Lookup};
use crate::dockerfile::mount::MountKey;
use crate::dockerfile::script::ShellScript;
use crate::engine::{Context, Hooks};
use crate::shell::ast::{Command, Pipeline, Script, SimpleCommand};
use crate::shell::packages::Use;
use crate::shell::walk::Node;
use crate::shell::word::Word;
use crate::text::Edit;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.dockerfile(check);
}

/// Where apt's settings are.
const SETTINGS: &str = "/etc/apt/apt.conf";

/// Packages that speak HTTPS and work only with the certificates that they recommend.
const CLIENTS: &[&str] = &[
    "apt-transport-https",
    "aria2",
    "axel",
    "cargo",
    "composer",
    "curl",
    "git",
    "git-core",
    "git-lfs",
    "golang",
    "golang-go",
    "httpie",
    "links",
    "lynx",
    "maven",
    "mercurial",
    "nodejs",
    "npm",
    "openssl",
    "pip",
    "pipx",
    "python-pip",
    "python3-pip",
    "ruby",
    "ruby-full",
    "rustc",
    "subversion",
    "w3m",
    "wget",
    "wget2",
    "yarn",
];

fn check(model: &Dockerfile, cx: &mut Context<'_, Dockerfile>) {
    // For each stage whether apt was perhaps told to leave recommendations alone.
    let mut is_told: Vec<bool> = Vec::with_capacity(model.stages.len());
    for stage in &model.stages {
        let mut told = match stage.base {
            Base::Stage(base) => is_told.get(base).copied().unwrap_or_default(),
            _ => false,
        };
        for index in stage.instructions.clone() {
            match &model.acting(index).kind {
                InstructionKind::Copy(copy) => told |= brings_settings(model, index, &copy.paths),
                InstructionKind::Add(add) => told |= brings_settings(model, index, &add.paths),
                InstructionKind::Env(env) => {
                    told |= env.pairs.iter().any(|pair| *pair.key.raw == *"APT_CONFIG");
                }
                InstructionKind::Run(run) => {
                    let is_mounted = run.mounts.iter().any(|mount| {
                        mount
                            .value(MountKey::Target)
                            .is_some_and(|target| target.raw.starts_with("/etc/apt"))
                    });
                    for place in model.scripts_of(index) {
                        if let Some(script) = &place.script {
                            let is_quiet = told || is_mounted || !stage.is_output;
                            told |= commands(place, script, is_quiet, cx);
                        }
                    }
                }
                _ => {}
            }
        }
        is_told.push(told);
    }
}

/// Whether files are copied to where apt's settings are, or to a folder around it.
fn brings_settings(model: &Dockerfile, index: usize, paths: &List) -> bool {
    let Some(destination) = paths.destination() else {
        return false;
    };
    let value = model.value_at(index, destination);
    let path = value.text().unwrap_or_default();
    path.starts_with("/etc/apt") || matches!(path, "/" | "/etc" | "/etc/")
}

/// Goes through a script; gives whether it changes apt's settings.
fn commands(
    place: &ShellScript,
    script: &Script,
    is_quiet: bool,
    cx: &mut Context<'_, Dockerfile>,
) -> bool {
    let mut told = false;
    for (node, context) in script.nodes() {
        match node {
            Node::Redirect(redirect) if redirect.operator.value.writes() => {
                let is_there = redirect.target.leading_text().starts_with(SETTINGS);
                told |= is_there && context.pipeline().is_none_or(may_say_recommends);
            }
            Node::Command(Command::Simple(command)) => {
                let Some(invocation) = command.unwrapped() else {
                    continue;
                };
                let mut args = invocation.args().iter();
                if invocation.is_any(&["tee", "cp", "mv", "ln", "sed", "install", "curl", "wget"])
                    && args.any(|word| word.leading_text().starts_with(SETTINGS))
                {
                    told |= context.pipeline().is_none_or(may_say_recommends);
                }
                if let Some(found) = Use::of(&invocation)
                    && !is_quiet
                    && !told
                {
                    install(place, script, &found, context.is_exact(), cx);
                }
            }
            _ => {}
        }
    }
    told
}

/// Whether what a pipeline writes can be about recommendations: it says so, or it is not known.
fn may_say_recommends(pipeline: &Pipeline) -> bool {
    pipeline.commands.iter().any(|command| {
        let Some(command) = command.as_simple() else {
            return true;
        };
        let says = |word: &Word| word.has_expansion() || word.text().is_some_and(names_recommends);
        let bodies = command
            .redirects
            .iter()
            .filter_map(|redirect| redirect.heredoc.as_ref()?.body());
        match command.name() {
            Some("echo" | "printf" | "cat" | "tee") => {
                command.args().iter().any(says) || bodies.map(|body| &body.text).any(says)
            }
            _ => true,
        }
    })
}

fn names_recommends(text: &str) -> bool {
    let wanted = "install-recommends";
    text.as_bytes()
        .windows(wanted.len())
        .any(|part| part.eq_ignore_ascii_case(wanted.as_bytes()))
}

fn install(
    place: &ShellScript,
    script: &Script,
    found: &Use<'_>,
    is_exact: bool,
    cx: &mut Context<'_, Dockerfile>,
) {
    let is_install = found.is_apt() && found.is_install();
    let mut flags = found.flags();
    let installs_something =
        !found.operands.is_empty() || flags.any(|flag| matches!(flag.name, "f" | "fix-broken"));
    if !is_install || !installs_something {
        return;
    }
    let is_decided = found.flags().any(|flag| match flag.name {
        "no-install-recommends" | "install-recommends" => true,
        "o" | "option" => flag
            .value
            .is_none_or(|value| value.text.is_none_or(names_recommends)),
        // Another file with settings.
        "c" | "config-file" => true,
        _ => false,
    });
    let may_decide = |word: &Word| {
        word.parameters().all(|parameter| {
            !is_without_option(cx.model, place, script, parameter.name.value.as_str())
        })
    };
    if is_decided || found.perhaps_flags().any(may_decide) {
        return;
    }
    let verb = found.verb.span;
    let manager = found.manager.name;
    let message = format!("`{manager} install` also installs what the packages recommend");
    let finding = cx.report(verb, message);
    finding.help("add `--no-install-recommends`, and name the recommended packages that you need");
    if !is_exact {
        return;
    }
    let names = || {
        found
            .operands
            .iter()
            .map(|word| word.text().map(package_name))
    };
    let has_certificates = names().any(|name| name == Some("ca-certificates"));
    let needs_certificates = names().any(|name| name.is_none_or(|name| CLIENTS.contains(&name)));
    let (title, applicability) = if has_certificates || !needs_certificates {
        ("add `--no-install-recommends`", Applicability::Safe)
    } else {
        let title = "add `--no-install-recommends`; `ca-certificates` may be missing then";
        (title, Applicability::Unsafe)
    };
    let edit = Edit::insert(verb.end, " --no-install-recommends");
    finding.fix(Fix::new(title, applicability, vec![edit]));
}

/// The name in `name=version`, `name:arch`, `name/release`.
fn package_name(text: &str) -> &str {
    text.split(['=', ':', '/']).next().unwrap_or(text)
}

/// Whether a variable's value is known and holds no option about recommendations.
fn is_without_option(model: &Dockerfile, place: &ShellScript, script: &Script, name: &str) -> bool {
    let mut is_assigned = false;
    let says_nothing = |text: &str| !names_recommends(text);
    for found in script.commands() {
        for assignment in assignments(found.command) {
            if assignment.name.value.as_str() != name {
                continue;
            }
            is_assigned = true;
            let text = assignment.word().and_then(Word::text);
            if !text.is_some_and(says_nothing) {
                return false;
            }
        }
    }
    is_assigned
        || match model.config_at(place.instruction).lookup(name) {
            Lookup::Defined(definition) => definition.value.text().is_some_and(says_nothing),
            _ => false,
        }
}

fn assignments(command: &SimpleCommand) -> impl Iterator<Item = &crate::shell::ast::Assignment> {
    command.assignments.iter()
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn every_way_to_decide_counts() {
        dockerfile(
            "apt-get-missing-no-install-recommends",
            r#"
FROM debian:13
RUN apt-get install -y curl && sudo apt -y -qq install git
#           ^^^^^^^ `apt-get install` also installs
#                                              ^^^^^^^ `apt install` also installs
RUN apt-get -o APT::Install-Recommends=0 install a; apt-get install --no-install-recommends a
RUN apt-get install --install-recommends a; apt-get install -y -o "apt::install-recommends=false" a
RUN apt-get install $OPTIONS a && apt-get -y $OPTIONS install a && apt-get install $UNKNOWN
RUN deps='a b' && apt-get install -y $deps && apt-get install a $MORE
#                         ^^^^^^^ `apt-get install` also installs
#                                                     ^^^^^^^ `apt-get install` also installs
RUN opts='--no-install-recommends' && apt-get install $opts a
RUN apt-get -f install && apt-get remove a && apt-get install && apt-get build-dep a
#              ^^^^^^^ `apt-get install` also installs
RUN echo apt-get install a
"#,
        );
    }

    #[test]
    fn settings_count_from_where_they_are_made() {
        dockerfile(
            "apt-get-missing-no-install-recommends",
            r#"
FROM debian:13 AS a
RUN apt-get install a && echo 'Acquire::Retries "3";' >/etc/apt/apt.conf.d/80retries && apt-get install b
#           ^^^^^^^ `apt-get install` also
#                                                                                               ^^^^^^^ `apt-get install` also
RUN echo 'APT::Install-Recommends "false";' | tee /etc/apt/apt.conf.d/99x && apt-get install c
FROM a
RUN apt-get install d
"#,
        );
        dockerfile(
            "apt-get-missing-no-install-recommends",
            r#"
FROM debian:13
COPY apt.conf /etc/apt/apt.conf.d/
RUN apt-get install d
FROM debian:13 AS builder
RUN apt-get install d
FROM debian:13
COPY --from=builder /x /x
RUN cat <<EOF >/etc/apt/apt.conf.d/x
APT::Install-Recommends "0";
EOF
RUN apt-get install d
"#,
        );
    }
}
