//! Flags copies of a whole context from which no ignore file keeps anything out.

use crate::dockerfile::Dockerfile;
use crate::dockerfile::context::{Ignore, Root};
use crate::dockerfile::source::ContextSource;
use crate::engine::{Context, Hooks};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.dockerfile(check);
}

fn check(file: &Dockerfile, cx: &mut Context<'_, Dockerfile>) {
    let Some(context) = file.context().filter(|context| context.root == Root::Sure) else {
        return;
    };
    let message = match &context.ignore {
        Ignore::Nothing if context.entry(".containerignore").is_none() => {
            "the whole context is copied, and there is no `.dockerignore`".to_owned()
        }
        Ignore::File(name, ignore) if ignore.is_idle() => {
            format!("the whole context is copied, and `{name}` keeps nothing out")
        }
        _ => return,
    };
    // One ignore file mends all copies.
    let excludes = |source: &ContextSource| {
        let instruction = &file.ast.instructions[source.instruction];
        instruction.flag("exclude").is_some()
    };
    let mut sources = file.context_sources().iter();
    if let Some(source) = sources.find(|source| source.is_everything() && !excludes(source)) {
        // What is worse than a missing file is what gets into the image without it.
        let stage = file.stage_of(source.instruction);
        if stage.is_some_and(|stage| stage.is_output) && !context.secrets().is_empty() {
            return;
        }
        cx.report(source.span, message)
            .help("write a `.dockerignore` that names what stays out");
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::{dockerfile, dockerfile_among};

    const RULE: &str = "missing-dockerignore";

    #[test]
    fn the_first_whole_copy_is_marked() {
        dockerfile_among(
            RULE,
            &[("go.mod", "")],
            r#"
FROM a AS b
COPY go.mod /x/
COPY --exclude=.git . /x
COPY --chown=1 \
  ./ /y
# ^^ info: the whole context is copied, and there is no `.dockerignore`
FROM a
COPY . /z
"#,
        );
    }

    #[test]
    fn a_secret_that_is_copied_is_another_finding() {
        let files = [("go.mod", ""), (".env", "A=hunter2")];
        dockerfile_among(RULE, &files, "FROM a\nCOPY . /a\n");
        let text = "FROM a AS b\nCOPY . /a\n#    ^ info: the whole\nFROM c\n";
        dockerfile_among(RULE, &files, text);
    }

    #[test]
    fn what_is_not_known_stays_silent() {
        let text = "FROM a\nCOPY . /a\n";
        dockerfile(RULE, text);
        dockerfile_among(RULE, &[("main.c", "")], text);
        dockerfile_among(RULE, &[("go.mod", ""), (".containerignore", "x")], text);
        dockerfile_among(
            RULE,
            &[("go.mod", ""), ("Dockerfile.dockerignore", "x")],
            text,
        );
        dockerfile_among(
            RULE,
            &[("go.mod", "")],
            "FROM a\nCOPY services/api/go.mod /a\nCOPY . /a\n",
        );
    }
}
