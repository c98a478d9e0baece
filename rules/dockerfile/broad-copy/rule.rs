//! Flags copies of a whole context that take along what does not belong into an image.

use crate::dockerfile::Dockerfile;
use crate::dockerfile::context::{BuildContext, Ignore};
use crate::dockerfile::ignorefile::Verdict;
use crate::dockerfile::source::ContextSource;
use crate::engine::{Context, Hooks};

pub(super) fn register(on: &mut Hooks<'_>) {
    let options: Options = on.options();
    on.dockerfile(move |file, cx| check(&options, file, cx));
}

#[derive(serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Options {
    unknown_context: bool,
}

/// What is never meant to be in an image.
const UNWANTED: &[&str] = &[
    ".aws",
    ".azure",
    ".gcp",
    ".git",
    ".hg",
    ".idea",
    ".ssh",
    ".svn",
    ".terraform",
    ".venv",
    ".vscode",
    "node_modules",
];

fn check(options: &Options, file: &Dockerfile, cx: &mut Context<'_, Dockerfile>) {
    let context = file.context();
    for source in file.context_sources() {
        let stage = file.stage_of(source.instruction);
        let excludes = file.ast.instructions[source.instruction].flag("exclude");
        if !source.is_everything()
            || excludes.is_some()
            || !stage.is_some_and(|stage| stage.is_output)
        {
            continue;
        }
        match context {
            Some(context) => known(context, source, cx),
            None if options.unknown_context => {
                cx.report(source.span, "the whole build context is copied, whatever is in it")
                    .help("name what the image needs");
            }
            None => {}
        }
    }
}

fn known(context: &BuildContext, source: &ContextSource, cx: &mut Context<'_, Dockerfile>) {
    // Without a working ignore file, that is what is missing.
    let Ignore::File(name, ignore) = &context.ignore else {
        return;
    };
    if ignore.is_idle() || matches!(source.verdict, Verdict::Ignored(_)) {
        return;
    }
    let is_taken = |name: &&&str| {
        context.entry(name).is_some() && context.verdict(name) == Verdict::Kept
    };
    let taken: Vec<String> = UNWANTED
        .iter()
        .filter(is_taken)
        .map(|name| format!("`{name}`"))
        .collect();
    let Some((last, first)) = taken.split_last() else {
        return;
    };
    let list = match first {
        [] => last.clone(),
        [one] => format!("{one} and {last}"),
        [one, ..] => format!("{one}, {last} and {} more", first.len() - 1),
    };
    cx.report(source.span, format!("this copies {list} as well"))
        .help(format!("name what the image needs, or list the rest in `{name}`"));
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::{dockerfile, dockerfile_among};

    const RULE: &str = "broad-copy";

    #[test]
    fn what_is_taken_along_is_named() {
        let files = [
            (".dockerignore", "**/node_modules\n.vscode/**"),
            (".git/HEAD", ""),
            (".vscode/a", ""),
            ("node_modules/a", ""),
            (".idea/a", ""),
            (".svn/a", ""),
            ("src/a", ""),
        ];
        dockerfile_among(
            RULE,
            &files,
            r#"
FROM a AS b
COPY . /a
FROM a
COPY a \
  * /b/
# ^ info: this copies `.git`, `.vscode` and 2 more as well
COPY --exclude=.git . /c
COPY --from=b . /d
COPY src /e
"#,
        );
    }

    #[test]
    fn what_is_missing_altogether_is_another_matter() {
        let text = "FROM a\nCOPY . /a\n";
        dockerfile(RULE, text);
        dockerfile_among(RULE, &[(".git/HEAD", "")], text);
        dockerfile_among(RULE, &[(".git/HEAD", ""), (".dockerignore", "#")], text);
        dockerfile_among(RULE, &[(".git/HEAD", ""), (".dockerignore", "[")], text);
    }
}
