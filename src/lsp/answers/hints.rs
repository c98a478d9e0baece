//! Inlay hints.

use lsp_types::{InlayHint, InlayHintRequest};

use super::on;
use crate::ide;
use crate::lsp::features::{Failure, Feature};
use crate::lsp::params::Part;
use crate::lsp::session::Session;
use crate::text::Span;

pub(super) fn features() -> Vec<Feature> {
    vec![Feature::acting::<InlayHintRequest, _>(
        "inlayHints",
        |_, capabilities| on(&mut capabilities.inlay_hint_provider),
        hints,
    )]
}

fn hints(session: &mut Session<'_>, params: Part) -> Result<Option<Vec<InlayHint>>, Failure> {
    Ok(session.ask(&params.text_document.uri, |asked| {
        let hints = ide::hints(asked.workspace, &asked.path, asked.span(params.range));
        let hint = |hint: ide::Hint| InlayHint {
            position: asked.range(Span::empty(hint.at)).start,
            label: hint.label.into(),
            kind: None,
            text_edits: None,
            tooltip: Some(hint.tooltip.into()),
            padding_left: Some(true),
            padding_right: Some(false),
            data: None,
        };
        Some(hints.into_iter().map(hint).collect())
    }))
}
