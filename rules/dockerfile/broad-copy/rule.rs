//! Flags copies of a whole context that take along what does not belong into an image.

use crate::dockerfile::Dockerfile;
use crate::dockerfile::context::{BuildContext, Ignore};
use crate::dockerfile::ignorefile::Verdict;
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
    let (message, help) = match file.context() {
        Some(context) => match taken(context) {
            Some(found) => found,
            None => return,
        },
        None if options.unknown_context => (
            "the whole build context is copied, whatever is in it".to_owned(),
            "name what the image needs".to_owned(),
        ),
        None => return,
    };
    for source in file.context_sources() {
        let stage = file.stage_of(source.instruction);
        let excludes = file.ast.instructions[source.instruction].flag("exclude");
        if source.is_everything()
            && excludes.is_none()
            && stage.is_some_and(|stage| stage.is_output)
        {
            cx.report(source.span, message.as_str()).help(help.as_str());
        }
    }
}

/// Says what a copy of the whole context takes along that nobody wants in an image, and what to do.
fn taken(context: &BuildContext) -> Option<(String, String)> {
    // Without a working ignore file, that is what is missing.
    let Ignore::File(name, ignore) = &context.ignore else {
        return None;
    };
    // Of a folder, what is in it counts: `.git/**` leaves nothing but its name.
    let is_taken = |name: &&&str| {
        let inside = || context.verdict(&format!("{name}/*")) == Verdict::Kept;
        context.entry(name).is_some() && context.verdict(name) == Verdict::Kept && inside()
    };
    let taken: Vec<String> = UNWANTED
        .iter()
        .filter(is_taken)
        .map(|name| format!("`{name}`"))
        .collect();
    let (first, more) = taken.split_first().filter(|_| !ignore.is_idle())?;
    let list = match more {
        [] => first.clone(),
        [second] => format!("{first} and {second}"),
        [second, more @ ..] => format!("{first}, {second} and {} more", more.len()),
    };
    Some((
        format!("this copies {list} as well"),
        format!("name what the image needs, or list the rest in `{name}`"),
    ))
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
# ^ info: this copies `.git`, `.idea` and 1 more as well
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
