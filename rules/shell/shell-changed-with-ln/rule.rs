//! Flags commands that put another shell in the place of `/bin/sh`.

use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::script::{REPLACERS, ScriptOrigin, replaces_sh};
use crate::engine::nodes::{InstructionScript, ScriptUse};
use crate::engine::{Context, Hooks};
use crate::shell::context::CommandUse;
use crate::shell::invocation::Invocation;
use crate::shell::word::Word;
use crate::text::Edit;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.program(REPLACERS, check);
}

fn check(found: &CommandUse<'_>, cx: &mut Context<'_, ScriptUse<'_>>) {
    let script = cx.model.in_dockerfile();
    let Some(script) = script.filter(|script| script.run().is_some()) else {
        return;
    };
    let Some(invocation) = found.command.unwrapped() else {
        return;
    };
    if replaces_sh(&invocation) {
        let name = invocation.name().unwrap_or_default();
        let message = format!("`{name}` puts another shell in the place of `/bin/sh`");
        let fix = fix(&script, &invocation);
        let finding = cx.report(invocation.span(), message);
        finding.help("write `SHELL [\"/bin/bash\", \"-c\"]` instead");
        finding.fixes.extend(fix);
    }
}

/// `SHELL` in place of a `RUN` that does nothing but this.
fn fix(script: &InstructionScript<'_>, invocation: &Invocation<'_>) -> Option<Fix> {
    let instruction = script.instruction();
    let is_bash = |word: &Word| word.is("bash") || word.is("/bin/bash") || word.is("/usr/bin/bash");
    let is_whole = script.script.body.items.len() == 1
        && script.place.origin == ScriptOrigin::ShellForm
        && instruction.flags.is_empty()
        && !script.place.is_trigger;
    if !is_whole || !invocation.args().iter().any(is_bash) {
        return None;
    }
    let line = "SHELL [\"/bin/bash\", \"-c\"]";
    let edit = Edit::replace(instruction.span, line);
    let title = "let bash run what follows; other scripts then keep the image's `sh`";
    Some(Fix::new(title, Applicability::Unsafe, vec![edit]))
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn only_replacing_sh_counts() {
        dockerfile(
            "shell-changed-with-ln",
            r#"
FROM debian:13
RUN rm /bin/sh && ln -s /bin/bash /bin/sh
#                 ^^^^^^^^^^^^^^^^^^^^^^^ `ln` puts another shell in the place of `/bin/sh`
RUN sudo ln -snf bash \
#        ^^^^^^^^^^^^^^ `ln` puts
  /usr/bin/sh
RUN mv /bin/bash /bin/sh; echo dash dash/sh boolean false | debconf-set-selections && dpkg-reconfigure dash
#   ^^^^^^^^^^^^^^^^^^^^ `mv` puts
#                                                                                     ^^^^^^^^^^^^^^^^^^^^^ `dpkg-reconfigure` puts
RUN ln -s /bin/sh /bin/bash && ln -s /bin/bash /usr/local/bin/sh && cp /bin/sh /target/bin/sh && echo ln -s a /bin/sh
CMD ln -s /bin/bash /bin/sh
"#,
        );
    }
}
