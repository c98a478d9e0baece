//! Flags `COPY` of a tar archive that a later `RUN` unpacks, as `ADD` would have done.

use crate::dockerfile::Dockerfile;
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.dockerfile(check);
}

fn check(file: &Dockerfile, cx: &mut Context<'_, Dockerfile>) {
    for found in file.unpacked_archives() {
        let stage = file.stage_of(found.instruction);
        if found.is_remote || !stage.is_some_and(|stage| stage.is_output) {
            continue;
        }
        let message = format!(
            "`{}` is copied, and a later `RUN` unpacks it",
            excerpt(&found.name)
        );
        cx.report(found.span, message)
            .help("write `ADD`, which unpacks it and leaves no archive in the image")
            .label(found.command, "unpacked here");
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn the_archive_is_marked() {
        dockerfile(
            "unnecessary-archive-copy",
            r#"
FROM a AS b
COPY x \
  a.tar.gz b.tgz "c.tar" /tmp/
# ^^^^^^^^ info: `a.tar.gz` is copied, and a later `RUN` unpacks it
#          ^^^^^ info: `b.tgz` is copied
#                ^^^^^^^ info: `c.tar` is copied
RUN cd /tmp && tar xzvf a.tar.gz && rm a.tar.gz
RUN sudo tar --extract --file=/tmp/b.tgz -C /srv; tar xf "c.tar"
COPY e.tar.xz f.tar.bz2 g.tar.zst /e/
#    ^^^^^^^^ info: `e.tar.xz`
COPY h.tar /x/i.tar
#    ^^^^^ info: `i.tar`
FROM b
RUN tar Cxf /srv /e/e.tar.xz
RUN tar -tf /e/f.tar.bz2; tar xf /other/f.tar.bz2; tar xf /e/g.tar.zst one
RUN tar xf /x/i.tar
COPY *.tar.gz /tmp
#    ^^^^^^^^ info: `*.tar.gz`
RUN tar xf /tmp/*.tar.gz
"#,
        );
    }

    #[test]
    fn order_and_doubt_count() {
        dockerfile(
            "unnecessary-archive-copy",
            r#"
FROM a
ARG V=1
RUN tar xf /tmp/a.tar
COPY a.tar a-$V.tar /tmp/
RUN tar xf /tmp/a-$V.tar
RUN echo tar xf a.tar; tar cf a.tar .; tar xf "$A"
ADD b.tar /tmp/
COPY b.tar.gz.asc c.gz /tmp/
RUN tar xf /tmp/b.tar; tar xf /tmp/b.tar.gz.asc; gunzip /tmp/c.gz
RUN tar -xf a.tar --transform s/a/b/; tar xf a.tar -T list
FROM b AS left-behind
COPY c.tar /
RUN tar xf /c.tar
FROM a
RUN tar xf /tmp/a.tar
"#,
        );
    }
}
