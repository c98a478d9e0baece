//! Flags downloads that are run unseen.

use crate::diagnostic::Severity;
use crate::engine::nodes::{Host, ScriptUse};
use crate::engine::{Context, Hooks};
use crate::shell::execution::executions;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.script(check);
}

fn check(script: &ScriptUse<'_>, cx: &mut Context<'_, Host<'_>>) {
    for execution in executions(script.script, cx.text()) {
        let name = execution.download.tool.name();
        let is_insecure = execution.download.is_insecure();
        let shown: String = execution.at.text(cx.text()).chars().take(40).collect();
        let message = if is_insecure {
            format!("`{shown}` runs what `{name}` downloads over an unverified connection")
        } else {
            format!("`{shown}` runs what `{name}` downloads without a check")
        };
        let finding = cx.report(execution.at, message);
        finding.label(execution.download.place(), "downloaded here");
        finding.help("save the file, compare its checksum or signature, then run it");
        if is_insecure {
            finding.severity(Severity::Error);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn interpreters_that_read_a_program_count() {
        dockerfile(
            "curl-pipe-shell",
            r#"
FROM debian:13
RUN curl -fsSL https://example.com/i | sudo -E bash -
#                                              ^^^^ `bash` runs what `curl` downloads without a check
RUN wget -qO- https://example.com/i | tee log | sh -s -- -y --default-toolchain none
#                                               ^^ `sh` runs what `wget` downloads
RUN (curl https://a.example || wget -O- https://b.example) | python3
#                                                            ^^^^^^^ `python3` runs what `curl` downloads
RUN curl https://example.com/i | V=1 bash -ex -o pipefail
#                                    ^^^^ `bash` runs what `curl` downloads
RUN curl https://example.com/i | python3 -c 'import json' && curl https://example.com/i | python -m json.tool
RUN curl https://example.com/i | perl -ne print && curl https://example.com/i | xargs sh
RUN curl https://example.com/i | sh script.sh && echo curl | sh && curl https://example.com | grep sh
RUN curl file:///etc/i | sh && curl http://localhost:80/i | sh
"#,
        );
    }

    #[test]
    fn substitutions_count() {
        dockerfile(
            "curl-pipe-shell",
            r#"
FROM debian:13
SHELL ["/bin/bash", "-c"]
RUN bash <(curl -s https://example.com/i) --yes
#   ^^^^ `bash` runs what `curl` downloads
RUN bash -c "$(curl -s https://example.com/i)" && . <(wget -qO- https://example.com/i)
#   ^^^^ `bash` runs what `curl` downloads
#                                                 ^ `.` runs what `wget` downloads
RUN eval "$(curl -s https://example.com/i)" && ruby -e "`curl https://example.com/i`"
#   ^^^^ `eval` runs what `curl` downloads
#                                              ^^^^ `ruby` runs what `curl` downloads
RUN bash <<<"$(curl -s https://example.com/i)"; bash < <(curl https://example.com/i)
#   ^^^^ `bash` runs what `curl` downloads
#                                               ^^^^ `bash` runs what `curl` downloads
RUN sh -c "echo $(curl https://example.com)" && V=$(curl https://example.com) && eval "$V x"
"#,
        );
    }

    #[test]
    fn saved_files_count_until_they_are_checked() {
        dockerfile(
            "curl-pipe-shell",
            r#"
FROM debian:13
RUN curl -fsSLo /tmp/i.sh https://example.com/i && chmod +x /tmp/i.sh && /tmp/i.sh -b && rm /tmp/i.sh
#                                                                        ^^^^^^^^^ `/tmp/i.sh` runs what `curl` downloads
RUN wget -P /tmp "https://example.com/${V}/get.py?x=1" && python3 /tmp/get.py
#                                                                 ^^^^^^^^^^^ `/tmp/get.py` runs what
RUN cd /x; curl -O https://example.com/run.sh; bash -e ./run.sh
#                                                      ^^^^^^^^ `./run.sh` runs what
RUN curl https://example.com/i >"$D/i.sh" && sh ${D}/i.sh && . $D/i.sh
#                                               ^^^^^^^^^ `${D}/i.sh` runs what
RUN curl -o i.sh https://example.com/i && echo "$S i.sh" | sha256sum -c - && sh i.sh
RUN curl -o i.sh https://example.com/i && gpg --batch --verify i.sh.asc i.sh && sh i.sh
RUN curl -o i.sh https://example.com/i && sh i.sh && sha256sum -c sums
#                                            ^^^^ `i.sh` runs what
RUN curl -o a.tar https://example.com/a && tar xf a.tar && sh install.sh
RUN curl -so /dev/null https://example.com/a && wget -O /usr/bin/jq https://example.com/jq && jq .
CMD curl -k https://example.com/i | sh
#                                   ^^ `sh` runs what `curl` downloads over an unverified connection
"#,
        );
    }
}
