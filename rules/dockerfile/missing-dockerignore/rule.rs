//! Flags copies of a whole context from which no ignore file keeps anything out.

use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::Dockerfile;
use crate::dockerfile::context::{BuildContext, Ignore, Root};
use crate::dockerfile::source::ContextSource;
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::text::{Span, order};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.dockerfile(check);
}

fn check(file: &Dockerfile, cx: &mut Context<'_, Dockerfile>) {
    let Some(context) = file.context().filter(|context| context.root == Root::Sure) else {
        return;
    };
    let message = match &context.ignore {
        Ignore::Nothing => {
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
        let fix = fix(file, context);
        let finding = cx.report(source.span, message);
        finding.help("write a `.dockerignore` that names what stays out");
        finding.fixes.extend(fix);
    }
}

/// What a build of a project with a certain file does not need, whether or not it is there at the moment.
const USUAL: &[(&str, &str)] = &[
    ("package.json", "node_modules"),
    ("pyproject.toml", "**/__pycache__"),
    ("requirements.txt", "**/__pycache__"),
    ("setup.py", "**/__pycache__"),
];

/// Names that no build needs where they are there: of version control, editors, tools and caches, and of the
/// image's own description.
const IF_THERE: &[&str] = &[
    ".DS_Store",
    ".cache",
    ".circleci",
    ".coverage",
    ".github",
    ".gitlab-ci.yml",
    ".gradle",
    ".hg",
    ".idea",
    ".mypy_cache",
    ".nox",
    ".npm",
    ".nyc_output",
    ".pytest_cache",
    ".ruff_cache",
    ".svn",
    ".terraform",
    ".tox",
    ".travis.yml",
    ".venv",
    ".vscode",
    "Containerfile",
    "Dockerfile",
    "compose.yaml",
    "compose.yml",
    "docker-compose.yaml",
    "docker-compose.yml",
    "node_modules",
    "venv",
];

/// A short ignore file that fits what stands in the folder.
fn fix(file: &Dockerfile, context: &BuildContext) -> Option<Fix> {
    let is_there = |name: &str| context.entry(name).is_some();
    let usual = USUAL.iter().filter(|(marker, _)| is_there(marker));
    let usual = usual.map(|(_, pattern)| *pattern);
    let there = IF_THERE.iter().copied().filter(|name| is_there(name));
    let mut patterns: Vec<&str> = [".git"].into_iter().chain(usual).chain(there).collect();
    order::sort(&mut patterns);
    patterns.dedup();
    // What is copied by its name is needed.
    patterns.retain(|pattern| file.keeping_out(&[pattern], Span::empty(0)).is_some());
    let companion = file.keeping_out(&patterns, Span::empty(0))?;
    let more = match patterns.len() {
        1 => String::new(),
        len => format!(" and {} more", len - 1),
    };
    let title = format!(
        "list `{}`{more} in `{}`; a step that reads them finds them no longer",
        patterns.first()?,
        excerpt(&companion.name)
    );
    Some(Fix::new(title, Applicability::Unsafe, Vec::new()).with_companion(companion))
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::{companions, dockerfile, dockerfile_among};

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
    fn the_fix_lists_what_is_there_and_not_copied_by_name() {
        let files = [("go.mod", ""), (".idea/a", ""), ("node_modules/a", "")];
        let text = "FROM a AS b\nCOPY . /a\nCOPY node_modules /b/\n";
        let lines = ".dockerignore: .git\n.idea\nDockerfile";
        assert_eq!(companions(RULE, &files, text), [lines]);
        let files = [("package.json", ""), (".dockerignore", "!src")];
        let text = "FROM a\nCOPY . /a\nRUN --mount=source=.git,target=/g git log\n";
        let lines = ".dockerignore: Dockerfile\nnode_modules";
        assert_eq!(companions(RULE, &files, text), [lines]);
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
