//! What may be written at the cursor, and how the instruction there is written.

use lsp_types::{
    CompletionItem, CompletionItemKind, CompletionItemTag, CompletionList, CompletionOptions,
    CompletionRequest, CompletionResponse, InsertTextFormat, InsertTextMode, ParameterInformation,
    SignatureHelp, SignatureHelpOptions, SignatureHelpRequest, SignatureInformation, TextEdit,
};

use super::Asked;
use crate::ide::{self, Completion, CompletionKind, Signature};
use crate::lsp::features::{Failure, Feature};
use crate::lsp::params::At;
use crate::lsp::session::Session;
use crate::rules::RULES;

/// Where the client says what it takes of an item.
const ITEM: &str = "/textDocument/completion/completionItem";
const SIGNATURE: &str = "/textDocument/signatureHelp/signatureInformation";

/// What is typed where something is to be said though it is no letter. A blank is one of them, behind which arguments
/// and values begin.
const TRIGGERS: [&str; 9] = ["$", "{", "-", "=", ":", "/", "[", "*", " "];

pub(super) fn features() -> Vec<Feature> {
    vec![
        Feature::acting::<CompletionRequest, _>(
            "completion",
            |_, capabilities| {
                capabilities.completion_provider = Some(CompletionOptions {
                    trigger_characters: Some(TRIGGERS.map(str::to_owned).to_vec()),
                    ..CompletionOptions::default()
                });
            },
            completion,
        ),
        Feature::acting::<SignatureHelpRequest, _>(
            "signatureHelp",
            |_, capabilities| {
                capabilities.signature_help_provider = Some(SignatureHelpOptions {
                    trigger_characters: Some(vec![" ".to_owned()]),
                    ..SignatureHelpOptions::default()
                });
            },
            signature_help,
        ),
    ]
}

fn completion(session: &mut Session<'_>, place: At) -> Result<Option<CompletionResponse>, Failure> {
    let trigger = place.context.trigger_character;
    Ok(session.ask(&place.text_document.uri, |asked| {
        let at = asked.at(place.position);
        if trigger.as_deref() == Some(" ") && is_indentation(asked, at) {
            return None;
        }
        let found = ide::completions(asked.workspace, RULES, &asked.path, at);
        let takes = Takes::of(asked);
        let items = found.items.into_iter().enumerate();
        let items = items.map(|(number, item)| takes.item(asked, number, item));
        Some(CompletionResponse::CompletionList(CompletionList {
            is_incomplete: found.is_incomplete,
            items: items.collect(),
            ..CompletionList::default()
        }))
    }))
}

/// Whether nothing but blanks stands on the line before the cursor: who types them indents, and wants nothing.
fn is_indentation(asked: &Asked<'_, '_>, at: u32) -> bool {
    let before = asked.document.text().get(..at as usize).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default();
    line.trim().is_empty()
}

/// What the client takes of an item.
struct Takes {
    snippets: bool,
    tags: bool,
    /// Text of several lines as it is.
    lines_as_they_are: bool,
}

impl Takes {
    fn of(asked: &Asked<'_, '_>) -> Takes {
        let list = |name: &str, number: u64| {
            let pointer = format!("{ITEM}/{name}/valueSet");
            let values = asked.session.client.capabilities.pointer(&pointer);
            let values = values.and_then(serde_json::Value::as_array);
            values.is_some_and(|values| values.iter().any(|value| value.as_u64() == Some(number)))
        };
        Takes {
            snippets: asked.can(&format!("{ITEM}/snippetSupport")),
            tags: list("tagSupport", 1),
            lines_as_they_are: list("insertTextModeSupport", 1),
        }
    }

    fn item(&self, asked: &Asked<'_, '_>, number: usize, item: Completion) -> CompletionItem {
        let snippet = item.snippet.filter(|_| self.snippets);
        let has_places = snippet.is_some();
        let new_text = snippet.unwrap_or(item.text);
        let has_lines = new_text.contains('\n');
        let documentation = item.documentation.map(|words| {
            let words = asked.words(words, &format!("{ITEM}/documentationFormat"));
            words.into()
        });
        CompletionItem {
            label: item.label,
            kind: Some(kind(item.kind)),
            tags: (item.is_deprecated && self.tags).then(|| vec![CompletionItemTag::Deprecated]),
            detail: item.detail,
            documentation,
            sort_text: Some(format!("{number:03}")),
            insert_text_format: has_places.then_some(InsertTextFormat::Snippet),
            insert_text_mode: (has_lines && self.lines_as_they_are).then_some(InsertTextMode::AsIs),
            text_edit: Some(
                TextEdit {
                    range: asked.range(item.span),
                    new_text,
                }
                .into(),
            ),
            ..CompletionItem::default()
        }
    }
}

fn kind(kind: CompletionKind) -> CompletionItemKind {
    match kind {
        CompletionKind::Keyword => CompletionItemKind::Keyword,
        CompletionKind::Key => CompletionItemKind::Property,
        CompletionKind::Value => CompletionItemKind::EnumMember,
        CompletionKind::Variable => CompletionItemKind::Variable,
        CompletionKind::Name => CompletionItemKind::Reference,
        CompletionKind::Image => CompletionItemKind::Module,
        CompletionKind::File => CompletionItemKind::File,
        CompletionKind::Folder => CompletionItemKind::Folder,
        CompletionKind::Rule => CompletionItemKind::Constant,
    }
}

fn signature_help(session: &mut Session<'_>, place: At) -> Result<Option<SignatureHelp>, Failure> {
    Ok(session.ask(&place.text_document.uri, |asked| {
        let at = asked.at(place.position);
        let found = ide::signatures(asked.workspace, &asked.path, at)?;
        let active = found.forms.get(found.active)?;
        let active_parameter = active.active.map(crate::text::span::offset);
        let forms = found.forms.iter().map(|form| signature(asked, form));
        Some(SignatureHelp {
            signatures: forms.collect(),
            active_signature: Some(crate::text::span::offset(found.active)),
            active_parameter: active_parameter.map(Into::into),
        })
    }))
}

fn signature(asked: &Asked<'_, '_>, form: &Signature) -> SignatureInformation {
    let words = |text: &str| {
        let words = asked.words(text.to_owned(), &format!("{SIGNATURE}/documentationFormat"));
        Some(words.into())
    };
    let parameters = form
        .parameters
        .iter()
        .map(|(name, doc)| ParameterInformation {
            label: (*name).to_owned().into(),
            documentation: words(doc),
        });
    SignatureInformation {
        label: form.label.to_owned(),
        documentation: words(form.documentation),
        parameters: Some(parameters.collect()),
        active_parameter: None,
    }
}
