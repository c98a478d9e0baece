//! Flags `sudo` where `RUN` runs it.

use crate::diagnostic::{Applicability, Fix, Severity};
use crate::dockerfile::Dockerfile;
use crate::dockerfile::model::Setting;
use crate::engine::nodes::ScriptUse;
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::knowledge::images::DefaultUser;
use crate::shell::context::CommandUse;
use crate::shell::invocation::Invocation;
use crate::text::{Edit, Span};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.program(&["sudo"], check);
}

fn check(found: &CommandUse<'_>, cx: &mut Context<'_, ScriptUse<'_>>) {
    let script = cx.model.in_dockerfile();
    let Some(script) = script.filter(|script| script.run().is_some()) else {
        return;
    };
    let mut invocation = found.command.invocation();
    while let Some(outer) = invocation {
        let inner = outer.inside_wrapper();
        if outer.name() == Some("sudo") {
            let runs_as = user(
                script.model,
                script.place.instruction,
                script.place.is_trigger,
            );
            let span = outer.name_word().span;
            let edit = inner
                .filter(|_| runs_as == User::Root && found.context.is_exact())
                .and_then(|inner| dropped(&outer, &inner, cx.text()));
            let other = other_user(&outer, inner.as_ref());
            report(span, runs_as, other, edit, cx);
            return;
        }
        invocation = inner;
    }
}

/// The user that `sudo` is told to become, if that is somebody else than root.
fn other_user<'c>(outer: &Invocation<'c>, inner: Option<&Invocation<'c>>) -> Option<&'c str> {
    let own = inner.map_or(outer.args().len(), |inner| inner.first - outer.first - 1);
    let own = outer.args().get(..own)?;
    let at = own
        .iter()
        .position(|word| word.is("-u") || word.is("--user"))?;
    let name = own.get(at + 1)?.literal()?;
    (!matches!(name, "root" | "0" | "#0")).then_some(name)
}

fn report<M>(
    span: Span,
    runs_as: User,
    other: Option<&str>,
    edit: Option<Edit>,
    cx: &mut Context<'_, M>,
) {
    if let Some(other) = other {
        let other = excerpt(other);
        let message = format!("`sudo` is called in `RUN` to become `{other}`");
        let finding = cx.report(span, message);
        finding.help(format!(
            "write `USER {other}` above the command, and change back behind it"
        ));
        if runs_as == User::Other {
            finding.severity(Severity::Info);
        }
        return;
    }
    let finding = match runs_as {
        User::Root => cx.report(span, "`sudo` runs as root already"),
        User::Other => cx.report(span, "`sudo` lets the user of this stage become root"),
        User::Unknown => cx.report(span, "`sudo` is called in `RUN`"),
    };
    if runs_as == User::Root {
        finding.help("run the command without it");
    } else {
        finding.help("switch to `USER root` for the command, and back behind it");
    }
    if runs_as == User::Other {
        finding.severity(Severity::Info);
    }
    if let Some(edit) = edit {
        let title = "remove `sudo`; the variables that it takes away stay set then";
        finding.fix(Fix::new(title, Applicability::Unsafe, vec![edit]));
    }
}

/// Who runs a command.
#[derive(Clone, Copy, PartialEq, Eq)]
enum User {
    Root,
    Other,
    Unknown,
}

fn user(model: &Dockerfile, instruction: usize, is_trigger: bool) -> User {
    // Who runs a trigger is up to the file that uses the image.
    if is_trigger {
        return User::Unknown;
    }
    match model.config_at(instruction).user() {
        Setting::Nothing => User::Root,
        Setting::Set(effective) => {
            let Some(text) = effective.value.text() else {
                return User::Unknown;
            };
            let name = text.split_once(':').map_or(text, |(name, _)| name);
            match name {
                "" | "root" | "0" => User::Root,
                _ => User::Other,
            }
        }
        Setting::Inherited => {
            let stage = model.stage_of(instruction);
            match stage
                .and_then(|stage| model.base_facts(stage))
                .and_then(|image| image.user)
            {
                Some(DefaultUser::Root | DefaultUser::StepsDown) => User::Root,
                Some(DefaultUser::NonRoot) => User::Other,
                None => User::Unknown,
            }
        }
    }
}

/// The edit that leaves only the command, where `sudo` is told nothing that would get lost.
fn dropped(outer: &Invocation<'_>, inner: &Invocation<'_>, text: &str) -> Option<Edit> {
    let own = outer.args().get(..inner.first - outer.first - 1)?;
    let harmless = ["-E", "-H", "-n", "-S", "-EH", "-HE", "--"];
    let is_harmless = own
        .iter()
        .all(|word| word.literal().is_some_and(|word| harmless.contains(&word)));
    let span = Span::new(outer.name_word().span.start, inner.name_word().span.start);
    let is_plain = !span.text(text).contains('#');
    (is_harmless && is_plain).then(|| Edit::delete(span))
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn only_commands_count() {
        dockerfile(
            "sudo-in-run",
            r#"
FROM debian:13
RUN apt-get install -y sudo && echo "sudo x" >/etc/sudoers.d/x && ls /usr/bin/sudo
RUN a && (b; /usr/bin/sudo -u www-data c)
#            ^^^^^^^^^^^^^ `sudo` is called in `RUN` to become `www-data`
RUN sh -c 'env A=1 sudo d $(sudo e)'
#                  ^^^^ `sudo` runs as root already
#                           ^^^^ `sudo` runs as root already
RUN ["sudo", "f"]
#    ^^^^^^ `sudo` runs as root already
RUN ["/usr/bin/env", "A=1", "sudo", "-u", "www-data", "f"]
#                           ^^^^^^ `sudo` is called in `RUN` to become `www-data`
RUN bash <<'DOC'
sudo i
#^^^ `sudo` runs as root already
DOC
CMD sudo g
ONBUILD RUN sudo h
#           ^^^^ `sudo` is called in `RUN`
"#,
        );
    }

    #[test]
    fn the_user_decides_about_the_message() {
        dockerfile(
            "sudo-in-run",
            r"
FROM example/unknown
RUN sudo a
#   ^^^^ `sudo` is called in `RUN`
USER 1000:1000
RUN sudo a
#   ^^^^ `sudo` lets the user of this stage become root
USER root
RUN sudo a
#   ^^^^ `sudo` runs as root already
",
        );
    }
}
