//! Flags secrets that can be told by their own shape, wherever they stand: in instructions, heredocs and
//! values, and in comments as well.

use crate::engine::{Context, Hooks};
use crate::knowledge::secrets::token::tokens;
use crate::text::{SourceFile, Span};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.file(check);
}

fn check(source: &SourceFile, cx: &mut Context<'_, ()>) {
    for token in tokens(&source.text) {
        let message = format!("this {} stands in clear text", token.kind);
        cx.report(Span::from_range(token.range), message)
            .help("revoke it, and hand the next one over as a secret instead of writing it down");
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::{compose, dockerfile};

    #[test]
    fn a_token_is_marked_wherever_it_stands() {
        dockerfile(
            "hardcoded-secret",
            r#"
# FROM ghp_NotARealTokenJustForThisLittleTest00/old
#      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ this GitHub token stands in clear text
FROM debian:13
RUN git clone https://x:ghp_NotARealTokenJustForThisLittleTest00@example.com/a.git
#                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ this GitHub token stands in clear text
RUN <<DOC
  login ghp_NotARealTokenJustForThisLittleTest00
#       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ this GitHub token stands in clear text
DOC
ENV A="ghp_NotARealTokenJustForThisLittleTest00" \
#      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ this GitHub token stands in clear text
    B=ghp_NotARealTokenJustForThisLittleTest00
#     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ this GitHub token stands in clear text
LABEL a=xghp_NotARealTokenJustForThisLittleTest00
"#,
        );
    }

    #[test]
    fn values_and_comments_of_compose_files_count() {
        compose(
            "hardcoded-secret",
            r#"
services:
  a:
    image: a # ghp_NotARealTokenJustForThisLittleTest00
#              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ this GitHub token stands in clear text
    environment: { A: "ghp_NotARealTokenJustForThisLittleTest00" }
#                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ this GitHub token stands in clear text
x-b:
  - >-
    a
    ghp_NotARealTokenJustForThisLittleTest00
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ this GitHub token stands in clear text
"#,
        );
    }
}
