//! Flags `external.name`.

use crate::compose::File;
use crate::compose::resource::External;
use crate::compose::value::{Field, Scalar, Setting};
use crate::diagnostic::{Applicability, Fix};
use crate::engine::{Context, Hooks};
use crate::text::{Edit, Span};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.compose(|file, cx| {
        for document in file.documents() {
            check(document, cx);
        }
    });
}

fn check(file: &File, cx: &mut Context<'_, File>) {
    for volume in &file.volumes {
        report(&volume.external, &volume.name, cx);
    }
    for network in &file.networks {
        report(&network.external, &network.name, cx);
    }
    for object in file.secrets.iter().chain(&file.configs) {
        report(&object.external, &object.name, cx);
    }
}

fn report(external: &Setting<External>, name: &Setting<Scalar>, cx: &mut Context<'_, File>) {
    let Some(field) = external else {
        return;
    };
    let External::Name(Some(inner)) = &field.value else {
        return;
    };
    let text = cx.text();
    let finding = cx.report(inner.key, "`name` inside `external` is deprecated");
    finding.help("write `external: true`, and `name` beside it");
    if name.is_none()
        && let Some(edits) = edits(text, field, inner)
    {
        let title = "write `external: true` and `name`";
        finding.fix(Fix::new(title, Applicability::Safe, edits));
    }
}

/// Takes the name out, if nothing else stands between the keys.
fn edits(text: &str, external: &Field<External>, name: &Field<Scalar>) -> Option<Vec<Edit>> {
    let entry = external.entry(text)?;
    let value = name.entry(text)?;
    let between = Span::new(external.key.span.end, value.start);
    let blanks = between.text(text);
    let is_flow = blanks.contains('{');
    let plain = |c: char| c.is_whitespace() || c == ':' || c == '{';
    if !blanks.chars().all(plain) {
        return None;
    }
    let line_start = text[..external.key.span.start as usize]
        .rfind('\n')
        .map_or(0, |at| at + 1);
    let before = &text[line_start..external.key.span.start as usize];
    let behind = Span::new(value.end, entry.end);
    if is_flow
        && !behind
            .text(text)
            .chars()
            .all(|c| c.is_whitespace() || c == '}' || c == ',')
    {
        return None;
    }
    let separator = if before.chars().all(|c| c == ' ') {
        let line_break = if text[..line_start].ends_with("\r\n") {
            "\r\n"
        } else {
            "\n"
        };
        format!(": true{line_break}{before}")
    } else if is_flow {
        ": true, ".to_owned()
    } else {
        return None;
    };
    let mut edits = vec![Edit::replace(between, separator)];
    if is_flow {
        edits.push(Edit::delete(behind));
    }
    Some(edits)
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{compose, fixed_compose};

    #[test]
    fn every_kind_is_looked_at() {
        compose(
            "deprecated-external-name",
            r#"
volumes: {a: {external: {"name": b}}, c: {external: true}, d: {external: {}}}
#                        ^^^^^^ `name` inside `external` is deprecated
networks: {a: {external: {name: b}, name: b}}
#                         ^^^^ `name` inside
secrets: {a: {external: {name: b}}}
#                        ^^^^ `name` inside
configs: {a: {external: {name: b}}}
#                        ^^^^ `name` inside
"#,
        );
    }

    #[test]
    fn the_name_comes_out_in_every_style() {
        let fixed = |text| fixed_compose("deprecated-external-name", Applicability::Safe, text);
        assert_eq!(
            fixed(
                "volumes:\n  a:\n    # kept\n    external:\n      name: 'b' # kept\n    x-a: 1\n  c: {external: {name: $D}}\n  e:\n    external: { name: f }\n"
            ),
            "volumes:\n  a:\n    # kept\n    external: true\n    name: 'b' # kept\n    x-a: 1\n  c: {external: true, name: $D}\n  e:\n    external: true\n    name: f\n"
        );
        let kept = "volumes:\n  a:\n    external:\n      # why\n      name: b\n";
        assert_eq!(fixed(kept), kept);
    }
}
