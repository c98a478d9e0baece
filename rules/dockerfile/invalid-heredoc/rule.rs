//! Passes on the parser's errors about heredocs.

use crate::engine::Hooks;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.syntax();
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn the_opener_is_marked() {
        dockerfile(
            "invalid-heredoc",
            r##"
FROM debian:13
RUN cat <<EOF > /etc/motd
#       ^^^^^ the heredoc `EOF` is not closed
welcome
"##,
        );
    }

    #[test]
    fn what_follows_a_nearly_closed_heredoc_is_read() {
        dockerfile(
            "invalid-heredoc",
            r##"
FROM debian:13
COPY <<EOF /etc/motd
#    ^^^^^ the heredoc `EOF` is not closed
welcome
 EOF
COPY motd <<EOT
#         ^^^^^ `COPY` copies to a heredoc
EOT
"##,
        );
    }
}
