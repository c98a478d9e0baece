//! Semantic tokens: of a whole document, and of a part of it.

use lsp_types::{
    SemanticToken, SemanticTokens, SemanticTokensLegend, SemanticTokensOptions,
    SemanticTokensRangeRequest, SemanticTokensRequest, ServerCapabilities, WorkDoneProgressOptions,
};

use super::{Asked, told_elsewhere};
use crate::ide::{self, TokenKind};
use crate::lsp::client::Client;
use crate::lsp::features::{Failure, Feature};
use crate::lsp::params::{Part, Whole};
use crate::lsp::session::Session;
use crate::text::Span;
use crate::text::span::offset;

pub(super) fn features() -> Vec<Feature> {
    let name = "semanticTokens";
    vec![
        Feature::acting::<SemanticTokensRequest, _>(name, advertise, whole),
        Feature::acting::<SemanticTokensRangeRequest, _>(name, told_elsewhere, part),
    ]
}

fn advertise(_: &Client, capabilities: &mut ServerCapabilities) {
    let options = SemanticTokensOptions {
        legend: SemanticTokensLegend {
            token_types: TokenKind::ALL.map(|kind| kind.as_str().to_owned()).to_vec(),
            token_modifiers: Vec::new(),
        },
        range: Some(true.into()),
        full: Some(true.into()),
        work_done_progress_options: WorkDoneProgressOptions::default(),
    };
    capabilities.semantic_tokens_provider = Some(options.into());
}

fn whole(session: &mut Session<'_>, params: Whole) -> Result<Option<SemanticTokens>, Failure> {
    Ok(session.ask(&params.text_document.uri, |asked| Some(tokens(asked, None))))
}

fn part(session: &mut Session<'_>, params: Part) -> Result<Option<SemanticTokens>, Failure> {
    Ok(session.ask(&params.text_document.uri, |asked| {
        Some(tokens(asked, Some(asked.span(params.range))))
    }))
}

/// The tokens, each by its distance from the one before.
fn tokens(asked: &Asked<'_, '_>, range: Option<Span>) -> SemanticTokens {
    let (mut line, mut column) = (0, 0);
    let mut data = Vec::new();
    for token in ide::tokens(asked.document, range) {
        let range = asked.range(token.span);
        let delta_line = range.start.line - line;
        let before = if delta_line == 0 { column } else { 0 };
        let kind = TokenKind::ALL.iter().position(|kind| *kind == token.kind);
        data.push(SemanticToken {
            delta_line,
            delta_start: range.start.character - before,
            length: range.end.character - range.start.character,
            token_type: offset(kind.unwrap_or_default()),
            token_modifiers_bitset: 0,
        });
        (line, column) = (range.start.line, range.start.character);
    }
    SemanticTokens {
        result_id: None,
        data,
    }
}
