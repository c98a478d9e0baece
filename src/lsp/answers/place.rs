//! A place in a document: what there is to say of it, and where it leads.

use lsp_types::{DocumentLink, DocumentLinkOptions, DocumentLinkRequest, Hover, HoverRequest};

use super::{on, shown};
use crate::ide::{self, LinkTarget};
use crate::lsp::convert;
use crate::lsp::features::{Failure, Feature};
use crate::lsp::params::{At, Whole};
use crate::lsp::session::Session;
use crate::rules::RULES;

pub(super) fn features() -> Vec<Feature> {
    vec![
        Feature::acting::<HoverRequest, _>(
            "hover",
            |_, capabilities| on(&mut capabilities.hover_provider),
            hover,
        ),
        Feature::acting::<DocumentLinkRequest, _>(
            "links",
            |_, capabilities| {
                capabilities.document_link_provider = Some(DocumentLinkOptions::default());
            },
            links,
        ),
    ]
}

fn hover(session: &mut Session<'_>, place: At) -> Result<Option<Hover>, Failure> {
    Ok(session.ask(&place.text_document.uri, |asked| {
        let at = asked.at(place.position);
        let hover = ide::hover(asked.workspace, RULES, &asked.path, at)?;
        let markdown = shown(asked.session, &hover.markdown);
        let content = asked.words(markdown, "/textDocument/hover/contentFormat");
        Some(Hover {
            contents: content.into(),
            range: Some(asked.range(hover.span)),
        })
    }))
}

fn links(session: &mut Session<'_>, params: Whole) -> Result<Option<Vec<DocumentLink>>, Failure> {
    Ok(session.ask(&params.text_document.uri, |asked| {
        let links = ide::links(asked.workspace, &asked.path).into_iter();
        let has_tooltips = asked.can("/textDocument/documentLink/tooltipSupport");
        let link = |link: ide::Link| DocumentLink {
            range: asked.range(link.span),
            target: Some(match link.target {
                LinkTarget::Address(address) => address.into(),
                LinkTarget::File(path) => convert::uri(&path),
            }),
            tooltip: has_tooltips.then(|| link.tooltip.to_owned()),
            data: None,
        };
        Some(links.map(link).collect())
    }))
}
