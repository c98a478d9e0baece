//! A place in a document: what there is to say of it, and where it leads.

use lsp_types::{
    DocumentLink, DocumentLinkOptions, DocumentLinkParams, DocumentLinkRequest, Hover, HoverParams,
    HoverRequest, MarkupContent, MarkupKind,
};

use super::{on, shown};
use crate::ide::{self, LinkTarget};
use crate::lsp::convert;
use crate::lsp::features::{Failure, Feature};
use crate::lsp::session::Session;
use crate::rules::RULES;

pub(super) fn features() -> Vec<Feature> {
    vec![
        Feature::acting::<HoverRequest>(
            "hover",
            |_, capabilities| on(&mut capabilities.hover_provider),
            hover,
        ),
        Feature::acting::<DocumentLinkRequest>(
            "links",
            |_, capabilities| {
                capabilities.document_link_provider = Some(DocumentLinkOptions::default());
            },
            links,
        ),
    ]
}

fn hover(session: &mut Session<'_>, params: HoverParams) -> Result<Option<Hover>, Failure> {
    let place = params.text_document_position_params;
    Ok(session.ask(&place.text_document.uri, |asked| {
        let at = asked.at(place.position);
        let hover = ide::hover(asked.workspace, RULES, &asked.path, at)?;
        let markdown = shown(asked.session, &hover.markdown);
        let formats = asked
            .session
            .client
            .capabilities
            .pointer("/textDocument/hover/contentFormat");
        let formats = formats.and_then(serde_json::Value::as_array);
        let takes_markdown = formats.is_none_or(|formats| formats.iter().any(|f| f == "markdown"));
        let content = if takes_markdown {
            MarkupContent {
                kind: MarkupKind::Markdown,
                value: markdown,
            }
        } else {
            MarkupContent {
                kind: MarkupKind::PlainText,
                value: plain(&markdown),
            }
        };
        Some(Hover {
            contents: content.into(),
            range: Some(asked.range(hover.span)),
        })
    }))
}

/// Markdown without the marks that a reader of plain text can do without.
fn plain(markdown: &str) -> String {
    let lines = markdown.lines().filter(|line| !line.starts_with("```"));
    let lines: Vec<String> = lines
        .map(|line| line.trim_end().replace(['`', '*'], ""))
        .collect();
    lines.join("\n")
}

fn links(
    session: &mut Session<'_>,
    params: DocumentLinkParams,
) -> Result<Option<Vec<DocumentLink>>, Failure> {
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

#[cfg(test)]
mod tests {
    #[test]
    fn plain_text_has_no_marks() {
        let markdown = "```yaml\na: b\n```\n\n**image**: `x`  \nnext";
        assert_eq!(super::plain(markdown), "a: b\n\nimage: x\nnext");
    }
}
