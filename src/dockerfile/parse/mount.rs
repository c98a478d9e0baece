//! The values of `RUN --mount` and `RUN --device`.
//!
//! One line of comma separated values, as BuildKit's `instructions/commands_runmount.go` and
//! `commands_rundevice.go` read it. What depends on a variable is left alone.

use std::ops::Range;

use crate::diagnostic::{Applicability, Fix, SyntaxError};
use crate::grammar::excerpt;
use crate::text::{Cooked, CookedBuilder, Edit, Span, Spanned};

use super::super::mount::{Device, Mount, MountField, MountKey, MountKind};
use super::super::nearest::nearest;
use super::super::word::Word;
use super::reader::Reader;

/// Reads the value of one `--mount`.
pub(super) fn mount(reader: &mut Reader<'_, '_>, value: &Word) -> Mount {
    let fields = fields(reader, value, "invalid-run-mount");
    let kind_word = fields
        .iter()
        .rev()
        .find(|field| field.name == Some(MountKey::Type))
        .and_then(|field| field.value.clone());
    let kind = match &kind_word {
        None => Some(MountKind::Bind),
        Some(word) => word.literal().and_then(|name| MountKind::parse(&name)),
    };
    let mount = Mount {
        kind,
        kind_word,
        fields,
        span: value.span,
    };
    check(reader, &mount);
    mount
}

/// Reads the value of one `--device`.
pub(super) fn device(reader: &mut Reader<'_, '_>, value: &Word) -> Device {
    let fields = fields(reader, value, "invalid-flag-value");
    let mut name: Option<Spanned<Box<str>>> = None;
    for (field, text) in fields.iter().zip(value.raw.split(',')) {
        let literal = field.value.as_ref().map(Word::value);
        match (&*field.key.value, literal) {
            ("required", None) => {}
            ("required", Some(value)) => {
                if parse_bool(&value).is_none() {
                    let error = bad_value(field, &value, "`true` or `false`");
                    reader.error(SyntaxError {
                        rule: "invalid-flag-value",
                        ..error
                    });
                }
            }
            ("name", Some(value)) => {
                if name.is_some() {
                    let message = format!("a second device `{}` is named", excerpt(&value));
                    reader.error(
                        SyntaxError::new("invalid-flag-value", field.span, message)
                            .with_help("give each device its own `--device`"),
                    );
                } else if let Some(word) = &field.value {
                    name = Some(Spanned::new(value.into_owned().into(), word.span));
                }
            }
            _ if name.is_none() => {
                let whole = text.trim_matches('"').into();
                name = Some(Spanned::new(whole, field.span));
            }
            _ => {
                let message = format!("`{}` is no key of `--device`", excerpt(&field.key.value));
                reader.error(
                    SyntaxError::new("invalid-flag-value", field.span, message)
                        .with_help("it takes a name and `required`"),
                );
            }
        }
    }
    Device {
        name,
        fields,
        span: value.span,
    }
}

/// The fields of a line of comma separated values, each split at its first `=`.
fn fields(reader: &mut Reader<'_, '_>, value: &Word, rule: &'static str) -> Vec<MountField> {
    if value.raw.is_empty() {
        let error = SyntaxError::new(rule, value.span, "the value is empty")
            .with_help("write `type=…` and what else it needs");
        reader.error(error);
        return Vec::new();
    }
    if !value.raw.contains('"') {
        let mut fields = Vec::new();
        let cooked = value.cooked();
        let mut at = 0;
        for text in value.raw.split(',') {
            fields.push(field(reader, value, &cooked, at..at + text.len()));
            at += text.len() + 1;
        }
        return fields;
    }
    quoted_fields(reader, value, rule)
}

/// One field without quotes.
fn field(
    reader: &mut Reader<'_, '_>,
    line: &Word,
    cooked: &Cooked<'_>,
    range: Range<usize>,
) -> MountField {
    let text = &line.raw[range.clone()];
    let key_len = text.find('=').unwrap_or(text.len());
    let key = range.start..range.start + key_len;
    let value = (key_len < text.len()).then(|| {
        let value = key.end + 1..range.end;
        let word = Word::plain(cooked.slice(value.clone()), line.span_of(value));
        reader.lex(word)
    });
    named_field(
        Spanned::new(
            line.raw[key.clone()].to_lowercase().into(),
            line.span_of(key),
        ),
        value,
        line.span_of(range),
    )
}

fn named_field(key: Spanned<Box<str>>, value: Option<Word>, span: Span) -> MountField {
    MountField {
        name: MountKey::parse(&key.value),
        key,
        value,
        span,
    }
}

/// Fields of which some stand in double quotes, `""` being a quote inside.
fn quoted_fields(reader: &mut Reader<'_, '_>, line: &Word, rule: &'static str) -> Vec<MountField> {
    let cooked = line.cooked();
    let mut fields = Vec::new();
    let mut at = 0;
    loop {
        let rest = &line.raw[at..];
        if !rest.starts_with('"') {
            let len = rest.find(',').unwrap_or(rest.len());
            if let Some(quote) = rest[..len].find('"') {
                let span = line.span_of(at + quote..at + quote + 1);
                let message = "a quote stands inside of a value that does not begin with one";
                reader.error(
                    SyntaxError::new(rule, span, message)
                        .with_help("put the whole field in quotes: `\"key=value\"`"),
                );
            }
            fields.push(field(reader, line, &cooked, at..at + len));
            at += len;
        } else {
            let Some(end) = closing_quote(rest) else {
                let message = "a quote is not closed";
                let span = line.span_of(at..at + 1);
                reader.error(SyntaxError::new(rule, span, message).with_help("close the quote"));
                return fields;
            };
            fields.push(unquoted_field(reader, line, &cooked, at + 1..at + end));
            at += end + 1;
            let behind = line.raw[at..].find(',').unwrap_or(line.raw.len() - at);
            if behind > 0 {
                let span = line.span_of(at..at + behind);
                let message = "text stands behind a closing quote";
                reader.error(
                    SyntaxError::new(rule, span, message)
                        .with_help("put the whole field in quotes: `\"key=value\"`"),
                );
                at += behind;
            }
        }
        if at == line.raw.len() {
            return fields;
        }
        at += 1;
    }
}

/// The offset of the quote that closes the one at the start.
fn closing_quote(text: &str) -> Option<usize> {
    let mut at = 1;
    loop {
        at += text.get(at..)?.find('"')?;
        if text[at + 1..].starts_with('"') {
            at += 2;
        } else {
            return Some(at);
        }
    }
}

fn unquoted_field(
    reader: &mut Reader<'_, '_>,
    line: &Word,
    cooked: &Cooked<'_>,
    range: Range<usize>,
) -> MountField {
    let text = &line.raw[range.clone()];
    if !text.contains('"') {
        return field(reader, line, cooked, range);
    }
    let mut builder = CookedBuilder::with_capacity(text.len());
    let mut after_quote = false;
    for (at, c) in text.char_indices() {
        // The second of two quotes is dropped.
        after_quote = c == '"' && !after_quote;
        if c == '"' && !after_quote {
            continue;
        }
        let at = range.start + at;
        builder.verbatim(&line.raw[at..at + c.len_utf8()], cooked.start_of(at));
    }
    let span = line.span_of(range);
    let unquoted = Word::plain(builder.finish(span.start), span);
    let cooked = unquoted.cooked();
    field(reader, &unquoted, &cooked, 0..unquoted.raw.len())
}

/// Reports what BuildKit refuses once it knows the values.
fn check(reader: &mut Reader<'_, '_>, mount: &Mount) {
    // Some keys look at the type, which counts only when it was given before them.
    let mut kind_so_far = Some(MountKind::Bind);
    for field in &mount.fields {
        let Some(name) = field.name else {
            reader.error(unknown_key(field));
            continue;
        };
        let Some(word) = &field.value else {
            match name {
                MountKey::ReadOnly | MountKey::ReadWrite => {}
                MountKey::Required => check_kind(reader, field, kind_so_far),
                _ => {
                    let message = format!("`{}` has no value", field.key.value);
                    reader.error(
                        SyntaxError::new("invalid-run-mount", field.span, message)
                            .with_help(format!("write `{}=VALUE`", field.key.value)),
                    );
                }
            }
            continue;
        };
        if matches!(name, MountKey::Required | MountKey::Size) {
            check_kind(reader, field, kind_so_far);
        }
        let literal = word.literal();
        match name {
            MountKey::Type => {
                kind_so_far = literal.as_deref().and_then(MountKind::parse);
                if let (Some(value), None) = (&literal, kind_so_far) {
                    reader.error(unknown_kind(word, value));
                }
            }
            MountKey::From => check_from(reader, word),
            _ => {
                if let Some(value) = &literal {
                    check_value(reader, field, name, value);
                }
            }
        }
    }
    if let Some(kind) = mount.kind {
        check_combination(reader, mount, kind);
    }
}

/// Reports `required` outside of secrets and agents, and `size` outside of memory.
fn check_kind(reader: &mut Reader<'_, '_>, field: &MountField, kind: Option<MountKind>) {
    let Some(kind) = kind else { return };
    let (allowed, which) = match field.name {
        Some(MountKey::Size) => (kind == MountKind::Tmpfs, "`type=tmpfs`"),
        _ => (
            matches!(kind, MountKind::Secret | MountKind::Ssh),
            "`type=secret` or `type=ssh`",
        ),
    };
    if !allowed {
        let message = format!(
            "`{}` is no key of a `{}` mount",
            field.key.value,
            kind.as_str()
        );
        reader.error(
            SyntaxError::new("invalid-run-mount", field.span, message)
                .with_help(format!("it has to follow {which}")),
        );
    }
}

fn check_from(reader: &mut Reader<'_, '_>, word: &Word) {
    if word.raw.find('$').is_some_and(|at| at + 1 < word.raw.len()) {
        reader.error(variable_in_from("from", word));
    }
}

/// A variable in `--from=` or `from=`, where BuildKit takes none.
pub(super) fn variable_in_from(flag: &str, word: &Word) -> SyntaxError {
    let message = format!("`{}` in `{flag}` is not replaced", excerpt(&word.raw));
    SyntaxError::new("variable-in-from-flag", word.span, message).with_help(format!(
        "add a stage `FROM {} AS name` and refer to it by its name",
        excerpt(&word.raw)
    ))
}

fn check_value(reader: &mut Reader<'_, '_>, field: &MountField, name: MountKey, value: &str) {
    let expected = match name {
        MountKey::ReadOnly | MountKey::ReadWrite | MountKey::Required => {
            parse_bool(value).is_none().then_some("`true` or `false`")
        }
        MountKey::Sharing => (!["shared", "private", "locked"]
            .iter()
            .any(|mode| mode.eq_ignore_ascii_case(value)))
        .then_some("`shared`, `private` or `locked`"),
        MountKey::Mode => (!is_number(value, 8)).then_some("an octal number such as `0755`"),
        MountKey::Uid | MountKey::Gid => (!is_number(value, 10)).then_some("a number"),
        MountKey::Size => (!is_size(value)).then_some("a size such as `64m`"),
        _ => None,
    };
    if let Some(expected) = expected {
        reader.error(bad_value(field, value, expected));
    }
}

fn bad_value(field: &MountField, value: &str, expected: &str) -> SyntaxError {
    let span = field.value.as_ref().map_or(field.span, |word| word.span);
    let message = format!("`{}` is no value for `{}`", excerpt(value), field.key.value);
    SyntaxError::new("invalid-run-mount", span, message).with_help(format!("it takes {expected}"))
}

fn check_combination(reader: &mut Reader<'_, '_>, mount: &Mount, kind: MountKind) {
    if !matches!(kind, MountKind::Secret | MountKind::Ssh | MountKind::Cache) {
        for key in [MountKey::Mode, MountKey::Uid, MountKey::Gid] {
            if let Some(field) = mount.field(key) {
                reader.error(not_for(field, kind, "invalid-run-mount"));
            }
        }
    }
    let filled = |key| mount.value(key).is_some_and(|word| !word.raw.is_empty());
    if kind != MountKind::Cache
        && filled(MountKey::Sharing)
        && let Some(field) = mount.field(MountKey::Sharing)
    {
        let rule = if kind == MountKind::Secret {
            "invalid-secret-mount"
        } else {
            "invalid-run-mount"
        };
        reader.error(not_for(field, kind, rule));
    }
    check_target(reader, mount, kind);
    if kind == MountKind::Ssh
        && filled(MountKey::Source)
        && let Some(field) = mount.field(MountKey::Source)
    {
        reader.error(not_for(field, kind, "invalid-secret-mount"));
    }
    if kind != MountKind::Secret {
        return;
    }
    if filled(MountKey::From)
        && let Some(field) = mount.field(MountKey::From)
    {
        reader.error(not_for(field, kind, "invalid-secret-mount"));
    }
    let named = [
        MountKey::Source,
        MountKey::Target,
        MountKey::Id,
        MountKey::Env,
    ];
    if !named.into_iter().any(filled) {
        reader.error(
            SyntaxError::new(
                "invalid-secret-mount",
                mount.span,
                "the secret is not named",
            )
            .with_help("add `id=NAME`"),
        );
    }
    if filled(MountKey::Source)
        && filled(MountKey::Id)
        && let Some(field) = mount.field(MountKey::Source)
    {
        let message = "the secret has both `id` and `source`";
        reader.error(
            SyntaxError::new("invalid-secret-mount", field.span, message)
                .with_help("keep `id`; both name the same thing"),
        );
    }
}

/// Reports files that are to be mounted over the whole file system (`dockerfile2llb/convert_runmount.go`).
fn check_target(reader: &mut Reader<'_, '_>, mount: &Mount, kind: MountKind) {
    if matches!(kind, MountKind::Secret | MountKind::Ssh) {
        return;
    }
    let Some(target) = mount.value(MountKey::Target) else {
        return;
    };
    let is_root = |path: &str| {
        path.starts_with('/') && path.split('/').all(|part| matches!(part, "" | "." | ".."))
    };
    if target.literal().is_some_and(|path| is_root(&path)) {
        reader.error(
            SyntaxError::new(
                "invalid-run-mount",
                target.span,
                "nothing can be mounted in the place of `/`",
            )
            .with_help("name a directory below `/`"),
        );
    }
}

fn not_for(field: &MountField, kind: MountKind, rule: &'static str) -> SyntaxError {
    let message = format!(
        "`{}` is no key of a `{}` mount",
        field.key.value,
        kind.as_str()
    );
    SyntaxError::new(rule, field.span, message).with_help("take it away, or change the type")
}

fn unknown_key(field: &MountField) -> SyntaxError {
    let key = &*field.key.value;
    let message = format!("`{}` is no key of `--mount`", excerpt(key));
    let error = SyntaxError::new("invalid-run-mount", field.key.span, message);
    let known = MountKey::SPELLINGS.iter().map(|(spelling, _)| *spelling);
    match nearest(key, known) {
        Some(near) => error
            .with_help(format!("`{near}` may be meant"))
            .with_fix(replace_by(near, field.key.span)),
        None => error.with_help(
            "it takes `type`, `from`, `source`, `target`, `id`, `sharing`, `required`, `mode`, …",
        ),
    }
}

fn unknown_kind(word: &Word, value: &str) -> SyntaxError {
    let message = format!("`{}` is no type of mount", excerpt(value));
    let error = SyntaxError::new("invalid-run-mount", word.span, message)
        .with_help("it is one of `bind`, `cache`, `tmpfs`, `secret`, `ssh`");
    match nearest(value, MountKind::ALL.map(MountKind::as_str)) {
        Some(near) => error.with_fix(replace_by(near, word.span)),
        None => error,
    }
}

fn replace_by(near: &str, span: Span) -> Fix {
    Fix::new(
        format!("write `{near}`; it may not be what was meant"),
        Applicability::Unsafe,
        vec![Edit::replace(span, near)],
    )
}

/// A truth value as Go's `strconv.ParseBool` reads it.
fn parse_bool(value: &str) -> Option<bool> {
    match value {
        "1" | "t" | "T" | "TRUE" | "true" | "True" => Some(true),
        "0" | "f" | "F" | "FALSE" | "false" | "False" => Some(false),
        _ => None,
    }
}

/// Whether it is an unsigned number of at most 32 bits.
fn is_number(value: &str, radix: u32) -> bool {
    !value.starts_with('+') && u32::from_str_radix(value, radix).is_ok()
}

/// Whether it is a size in bytes as `docker/go-units` reads it: a number and a unit such as `k` or `MiB`.
fn is_size(value: &str) -> bool {
    let digits = value
        .find(|c: char| !(c.is_ascii_digit() || c == '.'))
        .unwrap_or(value.len());
    let (number, unit) = value.split_at(digits);
    let unit = unit.trim_start_matches(' ').to_ascii_lowercase();
    let prefix = unit
        .strip_suffix("ib")
        .or_else(|| unit.strip_suffix('b'))
        .unwrap_or(&unit);
    number.parse::<f64>().is_ok()
        && (prefix.is_empty() && !unit.ends_with("ib")
            || matches!(prefix, "k" | "m" | "g" | "t" | "p"))
}

#[cfg(test)]
mod tests {
    use super::super::tests::errors;
    use super::*;
    use crate::dockerfile::ast::InstructionKind;
    use crate::dockerfile::parse::parse;

    #[test]
    fn sizes_have_a_number_and_at_most_a_unit() {
        for size in ["1", "64m", "1.5GiB", "10 kb", "3T", "7b"] {
            assert!(is_size(size), "{size}");
        }
        for size in ["", "m", "1x", "1mm", "-1", "1ib"] {
            assert!(!is_size(size), "{size}");
        }
    }

    #[test]
    fn doubled_quotes_do_not_close() {
        assert_eq!(closing_quote(r#""a""b",c"#), Some(5));
        assert_eq!(closing_quote(r#""a"#), None);
        assert_eq!(closing_quote(r#""","#), Some(1));
    }

    #[test]
    fn sound_mounts_are_accepted() {
        for mount in [
            "type=bind,source=b,target=/c",
            "target=/c,from=d,rw",
            "type=cache,id=e,sharing=locked,target=/c,mode=0755,uid=1,gid=1",
            "type=tmpfs,size=64m,target=/c",
            "type=secret,id=f,required,env=G",
            "type=secret,target=/run/h,required=true",
            "type=ssh,required=1",
            "type=$i,required,size=$j",
            "'\"type=bind\",\"target=/a,b\"'",
        ] {
            let text = format!("FROM a\nRUN --mount={mount} x");
            assert_eq!(errors(&text), [], "{mount}");
        }
    }

    #[test]
    fn faulty_mounts_are_reported_at_the_field() {
        for (mount, rule, at) in [
            ("type=bond,target=/c", "invalid-run-mount", "bond"),
            ("type=cache,trget=/c", "invalid-run-mount", "trget"),
            ("type=cache,target", "invalid-run-mount", "target"),
            ("type=bind,required", "invalid-run-mount", "required"),
            ("required,type=secret,id=d", "invalid-run-mount", "required"),
            ("type=cache,size=1m", "invalid-run-mount", "size=1m"),
            ("type=tmpfs,mode=0700", "invalid-run-mount", "mode=0700"),
            ("type=cache,mode=9", "invalid-run-mount", "9"),
            ("type=cache,uid=x", "invalid-run-mount", "x"),
            ("type=cache,ro=yes", "invalid-run-mount", "yes"),
            ("type=cache,sharing=both", "invalid-run-mount", "both"),
            (
                "type=bind,sharing=locked",
                "invalid-run-mount",
                "sharing=locked",
            ),
            (
                "type=secret,id=d,sharing=locked",
                "invalid-secret-mount",
                "sharing=locked",
            ),
            ("type=secret,id=d,from=e", "invalid-secret-mount", "from=e"),
            (
                "type=secret,id=d,source=e",
                "invalid-secret-mount",
                "source=e",
            ),
            ("type=secret", "invalid-secret-mount", "type=secret"),
            ("from=$d,target=/c", "variable-in-from-flag", "$d"),
            ("", "invalid-run-mount", ""),
        ] {
            let text = format!("FROM a\nRUN --mount={mount} x");
            assert_eq!(errors(&text), [(rule, at)], "{mount}");
        }
    }

    #[test]
    fn a_mount_keeps_its_fields() {
        let text = "FROM a\nRUN --mount=type=cache,SRC=b,dst=/c,src=d e";
        let ast = parse(text).tree;
        let InstructionKind::Run(run) = &ast.instructions[1].kind else {
            panic!()
        };
        let mount = &run.mounts[0];
        assert_eq!(mount.kind, Some(MountKind::Cache));
        assert_eq!(&*mount.value(MountKey::Source).unwrap().raw, "d");
        assert_eq!(mount.fields[1].key.span.text(text), "SRC");
        assert_eq!(mount.fields[2].span.text(text), "dst=/c");
    }

    #[test]
    fn devices_have_a_name() {
        let text = "FROM a\nRUN --device=v/gpu=all,required --device=name=w b";
        assert_eq!(errors(text), []);
        let ast = parse(text).tree;
        let InstructionKind::Run(run) = &ast.instructions[1].kind else {
            panic!()
        };
        let names: Vec<&str> = run
            .devices
            .iter()
            .map(|d| &*d.name.as_ref().unwrap().value)
            .collect();
        assert_eq!(names, ["v/gpu=all", "w"]);
        assert_eq!(
            errors("FROM a\nRUN --device=a,b c"),
            [("invalid-flag-value", "b")]
        );
    }
}
