//! Formatting: of a document, of a part of it, and of a line that was begun.

use lsp_types::{
    DocumentFormattingParams, DocumentFormattingRequest, DocumentOnTypeFormattingOptions,
    DocumentOnTypeFormattingParams, DocumentOnTypeFormattingRequest, DocumentRangeFormattingParams,
    DocumentRangeFormattingRequest, FormattingOptions, TextEdit,
};

use super::{Asked, on};
use crate::ide::{self, Style};
use crate::lsp::features::{Failure, Feature};
use crate::lsp::session::Session;
use crate::text::Edit;

pub(super) fn features() -> Vec<Feature> {
    let name = "formatting";
    vec![
        Feature::acting::<DocumentFormattingRequest, _>(
            name,
            |_, capabilities| on(&mut capabilities.document_formatting_provider),
            whole,
        ),
        Feature::acting::<DocumentRangeFormattingRequest, _>(
            name,
            |_, capabilities| on(&mut capabilities.document_range_formatting_provider),
            part,
        ),
        Feature::acting::<DocumentOnTypeFormattingRequest, _>(
            name,
            |_, capabilities| {
                capabilities.document_on_type_formatting_provider =
                    Some(DocumentOnTypeFormattingOptions {
                        first_trigger_character: "\n".to_owned(),
                        more_trigger_character: None,
                    });
            },
            new_line,
        ),
    ]
}

/// What an editor's options come to.
fn style(options: &FormattingOptions) -> Style {
    Style {
        width: options.tab_size,
        has_tabs: !options.insert_spaces,
        trims: options.trim_trailing_whitespace != Some(false),
        ends_lines: options.insert_final_newline != Some(false),
        trims_end: options.trim_final_newlines == Some(true),
    }
}

/// Edits as the protocol has them.
fn shown(asked: &Asked<'_, '_>, edits: Vec<Edit>) -> Option<Vec<TextEdit>> {
    let edit = |edit: Edit| TextEdit::new(asked.range(edit.span), edit.text);
    Some(edits.into_iter().map(edit).collect())
}

fn whole(
    session: &mut Session<'_>,
    params: DocumentFormattingParams,
) -> Result<Option<Vec<TextEdit>>, Failure> {
    Ok(session.ask(&params.text_document.uri, |asked| {
        let style = style(&params.options);
        shown(asked, ide::format(asked.document, style, None))
    }))
}

fn part(
    session: &mut Session<'_>,
    params: DocumentRangeFormattingParams,
) -> Result<Option<Vec<TextEdit>>, Failure> {
    Ok(session.ask(&params.text_document.uri, |asked| {
        let style = style(&params.options);
        let range = asked.span(params.range);
        shown(asked, ide::format(asked.document, style, Some(range)))
    }))
}

fn new_line(
    session: &mut Session<'_>,
    params: DocumentOnTypeFormattingParams,
) -> Result<Option<Vec<TextEdit>>, Failure> {
    Ok(session.ask(&params.text_document.uri, |asked| {
        let at = asked.at(params.position);
        let style = style(&params.options);
        shown(asked, ide::format_new_line(asked.document, style, at))
    }))
}
