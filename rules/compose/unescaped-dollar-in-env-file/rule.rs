//! Flags dollars in files with variables that are taken for variables by accident.

use std::collections::HashSet;

use crate::compose::dotenv::{Entry, Format, Written};
use crate::compose::project::{Project, VariableFile};
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::grammar::variable::{self, Dialect};
use crate::knowledge::secrets::name::is_compose_secret_name;
use crate::text::Location;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.project(check);
}

fn check(project: &Project, cx: &mut Context<'_, Project>) {
    let has_dollar = |entry: &Entry| {
        let value = entry.value.as_ref();
        value.is_some_and(|value| value.is_interpolated() && value.text.text().contains('$'))
    };
    let files = project.variables.iter();
    let files = files.filter(|file| file.format == Format::Dotenv);
    let mut files = files
        .filter(|file| file.entries.iter().any(has_dollar))
        .peekable();
    if files.peek().is_none() {
        return;
    }
    let mut set: HashSet<&str> = HashSet::new();
    for owned in project.merged.containers() {
        let names = owned.container.environment.iter();
        set.extend(names.filter_map(|pair| pair.name.value.known()));
    }
    let entries = project.variables.iter().flat_map(|file| &file.entries);
    set.extend(entries.map(|entry| &*entry.name));
    for file in files {
        for entry in file.entries.iter().filter(|entry| has_dollar(entry)) {
            if let Some(value) = &entry.value {
                value_of(file, entry, value, &set, cx);
            }
        }
    }
}

fn value_of(
    file: &VariableFile,
    entry: &Entry,
    value: &Written,
    set: &HashSet<&str>,
    cx: &mut Context<'_, Project>,
) {
    let text = value.text.text();
    let template = variable::parse(text, Dialect::Compose);
    // Malformed references are refused, which is another matter.
    if !template.errors.is_empty() {
        return;
    }
    let is_secret = is_compose_secret_name(&entry.name);
    let accident = template.references().find(|reference| {
        let name = text.get(reference.name.clone()).unwrap_or_default();
        let is_bare = reference.range.len() == name.len() + 1;
        let is_all = reference.range.len() == text.len();
        let has_small = name.bytes().any(|byte| byte.is_ascii_lowercase());
        is_bare && !is_all && (has_small || is_secret) && !set.contains(name)
    });
    let Some(reference) = accident else {
        return;
    };
    let at = Location {
        file: file.id,
        span: value.text.span(reference.range.clone()),
    };
    let name = excerpt(&entry.name);
    let message = format!("a part of `{name}` is taken for a variable that nothing sets");
    cx.report(at, message)
        .help("put the value in single quotes, or double the `$`");
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::beside_compose;

    #[test]
    fn only_accidents_are_told() {
        let compose = "
services:
  a:
    image: x
    env_file: [b.env, {path: c.env, format: raw}]
    environment: {in_service: x}
";
        let beside =
            |path, text| beside_compose("unescaped-dollar-in-env-file", compose, path, text);
        beside(
            "b.env",
            r#"
FIRST=abc$def
#        ^^^^ error: a part of `FIRST` is taken for a variable that nothing sets
HASH="$2y$05$abc$${x}$in_service"
#           ^^^^ error: a part of `HASH`
DB_PASSWORD=abc$DEF
#              ^^^^ error: a part of `DB_PASSWORD`
quoted='abc$def'
WHOLE=$def
BRACES=a-${def}
OTHER_PASSWORD=${DB_PASSWORD}-$HASH
URL=http://$HOST/
LATER=a-$quoted
ESCAPED="abc\$def"
"#,
        );
        beside("c.env", "FIRST=abc$def\n");
        beside(
            ".env",
            "FIRST=abc$def\n#        ^^^^ error: a part of `FIRST`\n",
        );
    }
}
