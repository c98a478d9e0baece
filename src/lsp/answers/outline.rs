//! The parts of a document: symbols, folding, growing selections.

use lsp_types::{
    BaseSymbolInformation, DocumentSymbol, DocumentSymbolRequest, DocumentSymbolResponse,
    FoldingRange, FoldingRangeKind, FoldingRangeRequest, Location, SelectionRange,
    SelectionRangeRequest, SymbolInformation, SymbolKind, Uri,
};

use super::{Asked, on};
use crate::ide::{self, FoldKind, Symbol};
use crate::lsp::features::{Failure, Feature};
use crate::lsp::params::{Places, Whole};
use crate::lsp::session::Session;

pub(super) fn features() -> Vec<Feature> {
    vec![
        Feature::acting::<DocumentSymbolRequest, _>(
            "symbols",
            |_, capabilities| on(&mut capabilities.document_symbol_provider),
            symbols,
        ),
        Feature::acting::<FoldingRangeRequest, _>(
            "folding",
            |_, capabilities| on(&mut capabilities.folding_range_provider),
            folds,
        ),
        Feature::acting::<SelectionRangeRequest, _>(
            "selectionRanges",
            |_, capabilities| on(&mut capabilities.selection_range_provider),
            selections,
        ),
    ]
}

fn symbols(
    session: &mut Session<'_>,
    params: Whole,
) -> Result<Option<DocumentSymbolResponse>, Failure> {
    let uri = params.text_document.uri;
    Ok(session.ask(&uri, |asked| {
        let symbols = ide::symbols(asked.document);
        let pointer = "/textDocument/documentSymbol/hierarchicalDocumentSymbolSupport";
        if asked.can(pointer) {
            let symbols = symbols.into_iter().map(|symbol| nested(asked, symbol));
            return Some(DocumentSymbolResponse::DocumentSymbolList(
                symbols.collect(),
            ));
        }
        let mut list = Vec::new();
        flat(asked, &uri, symbols, None, &mut list);
        Some(DocumentSymbolResponse::SymbolInformationList(list))
    }))
}

fn nested(asked: &Asked<'_, '_>, symbol: Symbol) -> DocumentSymbol {
    let children = symbol.children.into_iter();
    let children: Vec<DocumentSymbol> = children.map(|child| nested(asked, child)).collect();
    DocumentSymbol::new(
        symbol.name,
        (!symbol.detail.is_empty()).then_some(symbol.detail),
        symbol_kind(symbol.kind),
        None,
        None,
        asked.range(symbol.span),
        asked.range(symbol.name_span),
        (!children.is_empty()).then_some(children),
    )
}

/// The same without nesting, for clients that know none.
fn flat(
    asked: &Asked<'_, '_>,
    uri: &Uri,
    symbols: Vec<Symbol>,
    container: Option<&str>,
    list: &mut Vec<SymbolInformation>,
) {
    for symbol in symbols {
        let location = Location::new(uri.clone(), asked.range(symbol.span));
        let base = BaseSymbolInformation {
            name: symbol.name.clone(),
            kind: symbol_kind(symbol.kind),
            tags: None,
            container_name: container.map(str::to_owned),
        };
        list.push(SymbolInformation::new(None, location, base));
        flat(asked, uri, symbol.children, Some(&symbol.name), list);
    }
}

fn symbol_kind(kind: ide::SymbolKind) -> SymbolKind {
    match kind {
        ide::SymbolKind::Stage => SymbolKind::Class,
        ide::SymbolKind::Instruction => SymbolKind::Method,
        ide::SymbolKind::Variable => SymbolKind::Variable,
        ide::SymbolKind::Section => SymbolKind::Namespace,
        ide::SymbolKind::Service => SymbolKind::Class,
        ide::SymbolKind::Resource => SymbolKind::Struct,
        ide::SymbolKind::Object => SymbolKind::Object,
        ide::SymbolKind::Property => SymbolKind::Property,
    }
}

fn folds(session: &mut Session<'_>, params: Whole) -> Result<Option<Vec<FoldingRange>>, Failure> {
    Ok(session.ask(&params.text_document.uri, |asked| {
        let limit = asked
            .session
            .client
            .capabilities
            .pointer("/textDocument/foldingRange/rangeLimit");
        let limit = limit.and_then(serde_json::Value::as_u64);
        let limit = limit
            .and_then(|limit| usize::try_from(limit).ok())
            .unwrap_or(usize::MAX);
        let folds = ide::folds(asked.document).into_iter().take(limit);
        let range = |fold: ide::Fold| FoldingRange {
            start_line: fold.first,
            start_character: None,
            end_line: fold.last,
            end_character: None,
            kind: match fold.kind {
                FoldKind::Code => None,
                FoldKind::Comment => Some(FoldingRangeKind::Comment),
                FoldKind::Region => Some(FoldingRangeKind::Region),
            },
            collapsed_text: None,
        };
        Some(folds.map(range).collect())
    }))
}

fn selections(
    session: &mut Session<'_>,
    params: Places,
) -> Result<Option<Vec<SelectionRange>>, Failure> {
    Ok(session.ask(&params.text_document.uri, |asked| {
        let chain = |position| {
            let at = asked.at(position);
            let spans = ide::selection(asked.document, at);
            let outer = spans.iter().rev().fold(None, |parent, span| {
                let range = asked.range(*span);
                Some(Box::new(SelectionRange { range, parent }))
            });
            // A client wants an answer for each position, also in an empty file.
            let empty = lsp_types::Range::new(position, position);
            outer.map_or(
                SelectionRange {
                    range: empty,
                    parent: None,
                },
                |chain| *chain,
            )
        };
        Some(params.positions.into_iter().map(chain).collect())
    }))
}
