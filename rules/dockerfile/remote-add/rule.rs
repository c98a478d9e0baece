//! Flags archives that `ADD` downloads and a later `RUN` unpacks.

use crate::dockerfile::Dockerfile;
use crate::dockerfile::frontend::flag_since;
use crate::dockerfile::keyword::Keyword;
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.dockerfile(check);
}

fn check(file: &Dockerfile, cx: &mut Context<'_, Dockerfile>) {
    let since = flag_since(Keyword::Add, "unpack");
    if since.is_some_and(|since| file.older_frontend(since).is_some()) {
        return;
    }
    for found in file.unpacked_archives() {
        let stage = file.stage_of(found.instruction);
        if !found.is_remote || !stage.is_some_and(|stage| stage.is_output) {
            continue;
        }
        let message = format!(
            "`{}` is downloaded by `ADD`, and a later `RUN` unpacks it",
            excerpt(&found.name)
        );
        cx.report(found.span, message)
            .help("write `ADD --unpack`, which leaves no archive in the image")
            .label(found.command, "unpacked here");
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn the_url_is_marked() {
        dockerfile(
            "remote-add",
            r#"
FROM a
ADD --chown=1 \
  https://example.com/a.tgz?x=/b#c \
# ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ info: `a.tgz` is downloaded by `ADD`
  https://example.com/d.tgz /tmp/
ADD ["https://example.com/download", "/tmp/e f.tar"]
#    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ info: `e f.tar`
ADD https://example.com/g.zip /tmp/
ADD https://example.com/h.git /tmp/h.tgz
ADD i.tgz /tmp/
RUN tar xzf /tmp/a.tgz && tar xf "/tmp/e f.tar" && unzip /tmp/g.zip
RUN tar xf /tmp/d.tgz --strip-components 1; tar xf /tmp/h.tgz; tar xf /tmp/i.tgz
"#,
        );
        dockerfile(
            "remote-add",
            "# syntax=docker/dockerfile:1.16\nFROM a\nADD https://example.com/a.tgz /tmp/\nRUN tar xf /tmp/a.tgz\n",
        );
    }
}
