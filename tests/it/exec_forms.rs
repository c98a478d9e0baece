//! Commands in exec form get the findings of the same commands in shell form, but for those about the shell itself.

use std::collections::BTreeSet;

use dockworthy::check;
use dockworthy::engine::ruleset::Ruleset;
use dockworthy::text::{FileId, SourceFile};
use dockworthy::workspace::kind::Kind;

use crate::peers::all_rules;

/// Rules about the form itself, or about what only a shell does.
const OF_A_FORM: &[&str] = &[
    "bashism-in-sh",
    "entrypoint-shell-form-ignores-cmd",
    "env-unset-has-no-effect",
    "exec-form-no-expansion",
    "expansion-in-single-quotes",
    "read-without-raw",
    "shell-form-entrypoint",
    "shell-state-lost",
    "unportable-echo-escape",
];

/// The rules that say something about the last line of a file, with the text that they mark, without quotes.
fn found(text: &str, rules: &Ruleset) -> BTreeSet<(&'static str, String)> {
    let source = SourceFile::from_text(FileId(0), "Dockerfile".into(), text);
    let linted = check::lint(&source, Kind::Dockerfile, rules, None);
    assert_eq!(linted.internal, [], "{text}");
    let last = text.trim_end().rfind('\n').map_or(0, |end| end + 1);
    let found = linted.diagnostics.iter();
    let found = found.filter(|found| found.finding.at.span.range().start >= last);
    let shown = found.map(|found| {
        let marked = found.finding.at.span.text(text);
        let marked = marked.replace("\", \"", " ").replace(['"', '\''], "");
        (found.rule, marked)
    });
    shown.collect()
}

#[test]
fn both_forms_of_a_command_are_looked_at_alike() {
    let rules = all_rules();
    let mut seen = BTreeSet::new();
    for (head, command) in [
        ("RUN", "apt-get install curl"),
        ("RUN", "/usr/bin/apt-get update"),
        ("RUN", "sudo apt-get install -y curl=1"),
        ("RUN", "sudo -u www-data id"),
        ("RUN", "env A=1 pip install flask"),
        ("RUN", "pip install --trusted-host example.com a==1"),
        ("RUN", "npm config set strict-ssl false"),
        ("RUN", "env NODE_TLS_REJECT_UNAUTHORIZED=0 npm ci"),
        ("RUN", "gem install rails"),
        ("RUN", "go install example.com/a@latest"),
        ("RUN", "apk add --allow-untrusted a.apk"),
        ("RUN", "dnf install -y --nogpgcheck a"),
        ("RUN", "yum install a"),
        ("RUN", "zypper install a"),
        ("RUN", "apt upgrade"),
        ("RUN", "wget http://example.com/a"),
        ("RUN", "curl -k -O https://example.com/a"),
        ("RUN", "curl -u user:pa55w0rdX https://example.com/a"),
        ("RUN", "git clone http://github.com/a/b"),
        ("RUN", "git config --global http.sslVerify false"),
        ("RUN", "chmod 777 /a"),
        ("RUN", "chmod u+s /a"),
        ("RUN", "mkdir -p -m 700 /a/b"),
        ("RUN", "rm -rf /"),
        ("RUN", "cd /a"),
        ("RUN", "useradd -u 123456 a"),
        ("RUN", "useradd -p secret a"),
        ("RUN", "ln -sf /bin/bash /bin/sh"),
        ("RUN", "ssh-keygen -A"),
        ("RUN", "openssl s_client -tls1"),
        ("RUN", "systemctl start a"),
        ("RUN", "docker run --privileged a"),
        ("RUN", "bundle exec rake assets:precompile"),
        ("RUN", "["),
        ("RUN --mount=type=secret,id=a", "cp /run/secrets/a /b"),
        ("ONBUILD RUN", "apt-get install a"),
        ("HEALTHCHECK CMD", "curl http://localhost/"),
        ("HEALTHCHECK CMD", "true"),
        ("CMD", "service a start"),
        ("CMD", "curl --insecure https://example.com/"),
        ("ENTRYPOINT", "npm start"),
        ("ENTRYPOINT", "tini -- docker run --privileged a"),
        ("RUN", "export A=1"),
        ("RUN", "set -e"),
        ("RUN", "unset PATH"),
        ("RUN", "read a"),
        ("RUN", "echo a"),
    ] {
        let array = command.replace(' ', "\", \"");
        let shell = found(&format!("FROM debian:13\n{head} {command}\n"), &rules);
        let exec = found(&format!("FROM debian:13\n{head} [\"{array}\"]\n"), &rules);
        let is_common = |found: &&(&str, String)| !OF_A_FORM.contains(&found.0);
        let of_shell: Vec<_> = shell.iter().filter(is_common).collect();
        let of_exec: Vec<_> = exec.iter().filter(is_common).collect();
        assert_eq!(of_exec, of_shell, "{head} {command}");
        seen.extend(of_exec.iter().map(|(rule, _)| *rule));
    }
    // The families are all there.
    for rule in [
        "apt-get-missing-yes",
        "cd-has-no-effect",
        "dangerous-rm-path",
        "empty-or-static-password",
        "healthcheck-always-passes",
        "insecure-http-url",
        "large-uid-without-no-log-init",
        "privileged-run-argument",
        "secret-generated-in-image",
        "secret-in-run-command",
        "secret-persisted-from-mount",
        "setuid-setgid-bit",
        "shell-changed-with-ln",
        "sudo-in-run",
        "tls-verification-disabled",
        "unpinned-git-clone",
        "unpinned-pip-package",
        "unverified-download",
        "useless-command",
        "weak-tls-version",
        "wget-progress",
        "world-writable-permissions",
    ] {
        assert!(seen.contains(rule), "{rule}");
    }
}

#[test]
fn what_only_a_shell_does_is_not_expected_of_an_array() {
    let rules = all_rules();
    for array in [
        r#"["echo", "a|b", "`c`", "a\\nb", "'$'"]"#,
        r#"["rm", "-rf", "a b", "x*y"]"#,
        r#"["test", "a", "==", "b"]"#,
        r#"["grep", "a*", "b"]"#,
        r#"["find", ".", "-exec", "ls", "{}", ";"]"#,
        r#"["sed", "s/a$/b/", "c"]"#,
        r#"["tr", "[a-z]", "[A-Z]"]"#,
        r#"["let", "a=1"]"#,
        r#"["source", "venv/bin/activate"]"#,
        r#"["", ""]"#,
        r#"[]"#,
    ] {
        let found = found(&format!("FROM debian:13\nRUN {array}\n"), &rules);
        let allowed = ["exec-form-no-expansion", "unknown"];
        let others: Vec<_> = found
            .iter()
            .filter(|(rule, _)| !allowed.contains(rule))
            .collect();
        assert!(others.is_empty(), "{array}: {others:?}");
    }
}

#[test]
fn a_script_that_a_shell_reads_is_looked_at() {
    let rules = all_rules();
    let text = "FROM debian:13\nRUN <<EOF bash\nset -e\npip install 'flask'\nEOF\n";
    let source = SourceFile::from_text(FileId(0), "Dockerfile".into(), text);
    let linted = check::lint(&source, Kind::Dockerfile, &rules, None);
    let marked = |rule: &str| {
        let mut found = linted.diagnostics.iter();
        let found = found.find(|found| found.rule == rule);
        found.map(|found| found.finding.at.span.text(text))
    };
    assert_eq!(marked("unpinned-pip-package"), Some("'flask'"));
    assert_eq!(marked("pip-cache-not-disabled"), Some("install"));
}

#[test]
fn arrays_of_any_size_are_survived() {
    let rules = all_rules();
    for array in [
        "[]".to_owned(),
        "[\"\"]".to_owned(),
        format!("[\"apt-get\", \"install\"{}]", ", \"a\"".repeat(20_000)),
        format!("[\"sudo\"{}]", ", \"sudo\"".repeat(20_000)),
        format!("[\"apt-get\", \"{}\"]", "a".repeat(100_000)),
        // Each address has a fix of its own.
        format!(
            "[\"pip\", \"install\"{}]",
            ", \"http://github.com/a.whl\"".repeat(20_000)
        ),
        "[\"bash\", \"-c\", \"\\u0000\\ud83d\\ude00\"]".to_owned(),
    ] {
        for head in ["RUN", "CMD", "ONBUILD ENTRYPOINT"] {
            found(&format!("FROM debian:13\n{head} {array}\n"), &rules);
        }
    }
}
