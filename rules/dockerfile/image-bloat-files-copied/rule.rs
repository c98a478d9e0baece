//! Flags `COPY` and `ADD` of folders and files that only development needs.

use crate::dockerfile::Dockerfile;
use crate::dockerfile::ignorefile::Verdict;
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.dockerfile(check);
}

fn check(file: &Dockerfile, cx: &mut Context<'_, Dockerfile>) {
    for source in file.context_sources() {
        let stage = file.stage_of(source.instruction);
        if !stage.is_some_and(|stage| stage.is_output)
            || matches!(source.verdict, Verdict::Ignored(_))
        {
            continue;
        }
        let Some(what) = what(source.name()) else {
            continue;
        };
        cx.report(
            source.span,
            format!("`{}` {what}, and the image gets it", excerpt(&source.path)),
        )
        .help("leave it out, and list it in `.dockerignore`");
    }
}

/// What a file or folder with this name is for, if it is for development.
fn what(name: &str) -> Option<&'static str> {
    Some(match name {
        ".git" => "is the history of the project",
        ".aws" | ".azure" | ".gcp" => "is the login of a person",
        ".npm" | ".cache" => "is a cache",
        ".vscode" | ".idea" => "is the settings of an editor",
        ".terraform" => "is a working folder of Terraform",
        "node_modules" => "is installed for another machine",
        "Dockerfile"
        | "docker-compose.yml"
        | "docker-compose.yaml"
        | "compose.yml"
        | "compose.yaml" => "describes the image",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::{dockerfile, dockerfile_among};

    #[test]
    fn the_source_is_marked() {
        dockerfile(
            "image-bloat-files-copied",
            r#"
FROM a AS b
COPY .git /x
FROM a
COPY a \
  ./.git/ web/node_modules .cache/ /x/
# ^^^^^^^ info: `.git` is the history of the project, and the image gets it
#         ^^^^^^^^^^^^^^^^ info: `web/node_modules` is installed for another machine
#                          ^^^^^^^ info: `.cache` is a cache
ADD ["docker-compose.yml", "/"]
#    ^^^^^^^^^^^^^^^^^^^^ info: `docker-compose.yml` describes the image
COPY --from=b /app/node_modules /app/node_modules
COPY .gitignore git node_modules/x /y/
"#,
        );
    }

    #[test]
    fn what_is_kept_out_is_not_copied() {
        dockerfile_among(
            "image-bloat-files-copied",
            &[(".dockerignore", ".git"), ("a", "")],
            "FROM a\nCOPY a .git /x/\n",
        );
    }
}
