//! Flags bytes that are no UTF-8 text.

use crate::diagnostic::Severity;
use crate::dockerfile::Dockerfile;
use crate::engine::{Context, Hooks};
use crate::text::{DamageKind, SourceFile};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.file(check);
    // In a Compose file, the YAML parser refuses them.
    on.dockerfile(check_zero_bytes);
}

fn check(file: &SourceFile, cx: &mut Context<'_, ()>) {
    for damage in &file.damage {
        match damage.kind {
            DamageKind::WideEncoding => {
                cx.report(damage.span, "the file is in UTF-16 or UTF-32, not in UTF-8")
                    .help("save it as UTF-8; nothing else in it can be checked")
                    .severity(Severity::Error);
            }
            DamageKind::InvalidUtf8 => {
                let message = match damage.span.len() {
                    1 => "this byte is not UTF-8".to_owned(),
                    count => format!("these {count} bytes are not UTF-8"),
                };
                cx.report(damage.span, message)
                    .help("save the file as UTF-8");
            }
            DamageKind::Nul => {}
        }
    }
}

fn check_zero_bytes(_: &Dockerfile, cx: &mut Context<'_, Dockerfile>) {
    let damage = cx.source.damage.iter();
    for damage in damage.filter(|damage| damage.kind == DamageKind::Nul) {
        cx.report(damage.span, "a zero byte stands in the file")
            .help("remove it; no command can be started with one");
    }
}

#[cfg(test)]
mod tests {
    use crate::check::lint;
    use crate::diagnostic::Severity;
    use crate::engine::ruleset::Ruleset;
    use crate::engine::settings::Settings;
    use crate::rules::RULES;
    use crate::text::{FileId, SourceFile, Span};
    use crate::workspace::kind::Kind;

    /// Everything that all rules say about some bytes: rule, severity and place.
    fn said(kind: Kind, bytes: &[u8]) -> Vec<(&'static str, Severity, Span)> {
        let source = SourceFile::from_bytes(FileId(0), "file".into(), bytes.to_vec());
        let ruleset = Ruleset::build(RULES, &Settings::default());
        let linted = lint(&source, kind, &ruleset, None);
        let diagnostics = linted.diagnostics.iter();
        diagnostics
            .map(|d| (d.rule, d.severity, d.finding.at.span))
            .collect()
    }

    #[test]
    fn a_wide_file_has_one_finding() {
        let utf16 = b"\xfe\xff\0R\0U\0N\0\n\0x";
        for kind in [Kind::Dockerfile, Kind::Compose] {
            assert_eq!(
                said(kind, utf16),
                [("invalid-encoding", Severity::Error, Span::new(0, 2))]
            );
        }
    }

    #[test]
    fn a_zero_byte_has_one_finding() {
        let found = said(Kind::Dockerfile, b"FROM debian:13\nLABEL a=b\0\n");
        let ours = found
            .iter()
            .filter(|(rule, ..)| *rule == "invalid-encoding");
        let spans: Vec<Span> = ours.map(|(.., span)| *span).collect();
        assert_eq!(spans, [Span::new(24, 25)]);
        let found = said(Kind::Compose, b"services: {a: {image: b\0}}\n");
        assert!(found.iter().all(|(rule, ..)| *rule != "invalid-encoding"));
        assert!(!found.is_empty());
    }

    #[test]
    fn each_run_of_bad_bytes_has_a_finding() {
        let found = said(Kind::Compose, b"# \xe9\xe8 and \xe9\nservices: {}\n");
        let spans: Vec<_> = found
            .iter()
            .filter(|(rule, ..)| *rule == "invalid-encoding")
            .map(|(.., span)| *span)
            .collect();
        assert_eq!(spans, [Span::new(2, 4), Span::new(9, 10)]);
    }
}
