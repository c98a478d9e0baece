//! Flags secrets in the content of configs.

use std::ops::Range;

use crate::compose::File;
use crate::compose::project::Project;
use crate::compose::resource::FileObject;
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::knowledge::secrets::file::is_for_show;
use crate::knowledge::secrets::token::token;
use crate::knowledge::secrets::url::passwords;
use crate::knowledge::secrets::value::{is_placeholder_value, is_weak_default};
use crate::knowledge::secrets::{Suspicion, in_compose};
use crate::text::Location;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.compose(|file, cx| {
        let configs = file
            .documents()
            .flat_map(|document| document.configs.iter());
        configs.for_each(|config| check(config, cx));
    });
    on.project(|project, cx| {
        for config in &project.merged.configs {
            check_file(config, cx);
        }
    });
}

/// The file of a config, if git tracks it or takes it with the next `git add`.
fn check_file(config: &FileObject, cx: &mut Context<'_, Project>) {
    let Some(file) = config.file.as_ref().filter(|_| !config.is_external()) else {
        return;
    };
    let written = file.value.text();
    let Some(path) = cx.model.local_path(&file.value) else {
        return;
    };
    let source = cx.model.disk.text_for_git(&path);
    let Some(source) = source.filter(|_| !is_for_show(written)) else {
        return;
    };
    let is_secret = |(name, value): &(&str, Range<usize>), line: &str| {
        let value = line.get(value.clone()).unwrap_or_default();
        !is_weak_default(value) && !is_placeholder_value(value) && !name.starts_with('#')
    };
    let found = source.text.lines().find_map(|line| {
        let found = assigned(line)?;
        is_secret(&found, line).then_some(found.0)
    });
    if let Some(name) = found {
        let (name, shown) = (excerpt(name), excerpt(written));
        let message = format!("`{name}` is a secret in clear text in `{shown}`, which git takes");
        cx.report(file.at, message)
            .help("make the file a secret and keep it out of the repository");
    }
}

fn check(config: &FileObject, cx: &mut Context<'_, File>) {
    let Some(content) = &config.content else {
        return;
    };
    let Some(masked) = content.value.masked() else {
        return;
    };
    let mut start = 0;
    for line in masked.text().split_inclusive('\n') {
        let assigned = assigned(line);
        if let Some((name, value)) = assigned {
            let range = start + value.start..start + value.end;
            let at = Location {
                file: content.at.file,
                span: masked.span(range),
            };
            if token(at.span.text(cx.text())).is_none() {
                let message = format!("`{}` is a secret in clear text", excerpt(name));
                cx.report(at, message)
                    .help("make it a secret, or leave a variable without default in its place");
            }
        }
        start += line.len();
    }
}

/// The name and the secret that a line gives it.
fn assigned(line: &str) -> Option<(&str, Range<usize>)> {
    let at = line.find(['=', ':'])?;
    let (before, behind) = line.split_at_checked(at)?;
    let behind = behind.get(1..)?;
    let is_separator = line.as_bytes()[at] == b'=' || behind.starts_with([' ', '\t', '"']);
    let name = before.trim_matches([' ', '\t', '"', '\'', '{', '-']);
    let name = name.strip_prefix("export ").unwrap_or(name);
    let is_name = !name.is_empty()
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte));
    let value = behind.trim_start_matches([' ', '\t']);
    let quote = value
        .chars()
        .next()
        .filter(|first| matches!(first, '"' | '\''));
    let start = line.len() - value.len() + quote.map_or(0, char::len_utf8);
    let value = line.get(start..)?;
    let value = match quote {
        Some(quote) => value.split(quote).next(),
        None => value.split(" #").next(),
    };
    let value = value?.trim_end_matches([' ', '\t', '\r', '\n', ',', '}', ';']);
    let is_one_word = value.len() > 3
        && value
            .chars()
            .all(|c| c.is_ascii_graphic() && !"(){}[]<>$%|*&`".contains(c));
    if !is_separator || !is_name || !is_one_word {
        return None;
    }
    let last = name.rsplit('.').next().unwrap_or(name).replace('-', "_");
    let is_secret = in_compose(&last, Some(value), value) == Suspicion::Value;
    (is_secret && passwords(value).next().is_none()).then_some((name, start..start + value.len()))
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::{compose, compose_among};

    #[test]
    fn files_of_configs_are_read_if_git_has_them() {
        let secret = "# password = x\nuser = a\npassword = x7Gq0TzK2m\n";
        let files = [
            (".gitignore", "ignored.conf\n"),
            ("a.conf", secret),
            ("ignored.conf", secret),
            ("a.conf.example", secret),
            ("none.conf", "user = a\npassword = changeme\n"),
        ];
        let text = "
services: {a: {image: a}}
configs:
  a: {file: a.conf}
#           ^^^^^^ warning: `password` is a secret in clear text in `a.conf`, which git takes
  b: {file: ignored.conf}
  c: {file: a.conf.example}
  d: {file: none.conf}
  e: {file: not.conf}
";
        compose_among("secret-in-config-content", &files, "compose.yaml", text);
        let alone = text.replace("#           ^^^^^^ warning: `password` is a secret in clear text in `a.conf`, which git takes\n", "");
        compose_among(
            "secret-in-config-content",
            &files[1..],
            "compose.yaml",
            &alone,
        );
    }

    #[test]
    fn only_what_is_written_down_is_marked() {
        compose(
            "secret-in-config-content",
            r##"
services:
  a: {image: a, configs: [b]}
configs:
  b: {content: "# password: nothing\n[auth]\nadmin_password = 'hunter2' # the old one"}
#                                                              ^^^^^^^ `admin_password` is a secret in clear text
  c: {content: "db.password=hunter2\nuser: a"}
#                           ^^^^^^^ `db.password` is a secret
  d: {content: "auth:\n  - api-token: hunter2"}
#                                     ^^^^^^^ `api-token` is a secret
  e: {content: '{"client_secret": "hunter2", "a": 1}'}
#                                  ^^^^^^^ `client_secret` is a secret
  f: {content: 'password: a${PASSWORD:-hunter2}'}
#                         ^^^^^^^^^^^^^^^^^^^^ `password` is a secret
  g:
    content: |
      password: ${PASSWORD}
      password: {{ .Password }}
      password: $$PASSWORD
      password = get_password()
      password_file: hunter2
      token_url: https://a:hunter2@b
      secret: |
      password:
      the password: one two
      https://example.com/token=hunter2
"##,
        );
    }
}
