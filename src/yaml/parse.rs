//! One reading of a YAML text: events in, documents out, up to the first error.
//!
//! The only file that names the event parser; what it reports becomes a [`Failure`] in our own words here.
//!
//! Not for: going on after an error (`recover`).
//!
//! Invariant: all spans that leave this file are ranges of the text that was read.

use std::sync::Arc;

use granit_parser::{ErrorKind, Event, Parser, ScanError, StructureStyle, Tag, options};

use super::builder::{Builder, RawProperties, RawScalar};
use super::layout::line_at;
use super::node::CoreTag;
use super::problem::{Failure, Problem};
use super::{CollectionStyle, Comment, Document, ScalarStyle, strict};
use crate::diagnostic::SyntaxError;
use crate::text::span::offset;
use crate::text::{Span, order};

/// How many collections may be open at once. Compose files rarely pass ten.
pub const MAX_DEPTH: usize = 200;

/// How many nodes all documents of a file may have together.
pub const MAX_NODES: usize = 1_000_000;

/// What one reading gave.
pub(super) struct Attempt {
    /// The documents up to the failure; what was open there is closed.
    pub documents: Vec<Document>,
    /// What only Docker Compose minds.
    pub strict: Vec<SyntaxError>,
    /// Why it went no further.
    pub failure: Option<Failure>,
}

impl Attempt {
    /// The reading of a file that is one document without a fault.
    pub fn whole(document: Document) -> Attempt {
        Attempt {
            documents: vec![document],
            strict: Vec::new(),
            failure: None,
        }
    }
}

/// Reads `buffer`, which is `text` with some bytes blanked out; the documents refer to `text`.
pub(super) fn read(text: &Arc<str>, buffer: &str) -> Attempt {
    let limits = options! {
        emit_anchor_events: true,
        emit_unresolved_aliases: true,
        block_scalar_eof_without_line_feed: true,
        bom_inside_document_as_content: true,
        max_buffered_comment_events: usize::MAX,
        // go-yaml, which Compose reads with, has no limit on the length of a key.
        simple_key_max_lookahead: usize::MAX,
        block_nesting_limit: MAX_DEPTH,
        flow_nesting_limit: MAX_DEPTH,
    };
    let mut reader = Reader {
        text,
        buffer,
        builder: Builder::new(text, 0),
        documents: Vec::new(),
        comments: Vec::new(),
        strict: Vec::new(),
        nodes_before: 0,
        document_ended: false,
    };
    let mut failure = None;
    for event in Parser::new_from_str_with_options(buffer, limits) {
        let result = match event {
            Ok((event, span)) => reader.take(event, &span),
            Err(error) => Err(reader.explain(&error)),
        };
        if let Err(error) = result {
            failure = Some(error);
            break;
        }
    }
    let (documents, strict) = reader.finish();
    Attempt {
        documents,
        strict,
        failure,
    }
}

struct Reader<'t> {
    text: &'t Arc<str>,
    buffer: &'t str,
    builder: Builder,
    documents: Vec<Document>,
    comments: Vec<Comment>,
    strict: Vec<SyntaxError>,
    /// Nodes of the documents that are complete.
    nodes_before: usize,
    /// Whether the document under construction has ended, so that the next one begins behind it.
    document_ended: bool,
}

impl Reader<'_> {
    fn take(&mut self, event: Event<'_>, span: &granit_parser::Span) -> Result<(), Failure> {
        let at = place(span);
        let tag_span = || span.tag_span().map(|tag| place(&tag));
        match event {
            Event::Scalar(value, style, anchor, tag) => {
                let properties = properties(tag.as_deref(), tag_span(), anchor);
                let raw = RawScalar {
                    value: &value,
                    style: scalar_style(style),
                    span: at,
                };
                self.builder.scalar(self.buffer, &raw, properties);
                self.check_nodes(at)
            }
            Event::SequenceStart(style, anchor, tag) => {
                let properties = properties(tag.as_deref(), tag_span(), anchor);
                self.begin(false, style, at, properties)
            }
            Event::MappingStart(style, anchor, tag) => {
                let properties = properties(tag.as_deref(), tag_span(), anchor);
                self.begin(true, style, at, properties)
            }
            Event::SequenceEnd | Event::MappingEnd => {
                self.builder.end(at);
                Ok(())
            }
            Event::Alias(anchor) => {
                self.builder.alias(at, Some(anchor));
                self.check_nodes(at)
            }
            Event::UnresolvedAlias(_) => {
                self.builder.alias(at, None);
                self.check_nodes(at)
            }
            Event::Anchor(..) => {
                self.builder.anchor(at);
                Ok(())
            }
            Event::Comment(..) => {
                let own_line = begins_line(self.text, at.start);
                self.comments.push(Comment { span: at, own_line });
                Ok(())
            }
            Event::DocumentStart(explicit, _) => {
                let gap = Span::new(self.builder.last(), at.start);
                if explicit {
                    strict::directives(self.buffer, gap, &mut self.strict);
                } else if self.document_ended {
                    self.strict
                        .push(strict::bare_document(self.buffer, at.start));
                }
                if self.document_ended {
                    let dots = Span::new(0, gap.start).text(self.buffer).ends_with("...");
                    let line_end = line_at(self.buffer, gap.start).end;
                    self.next_document(if dots { line_end } else { gap.end });
                }
                // The place of a document without `---` is that of its first token.
                if explicit {
                    self.builder.advance(at.end);
                }
                Ok(())
            }
            Event::DocumentEnd => {
                self.builder.advance(at.end);
                self.document_ended = true;
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn begin(
        &mut self,
        mapping: bool,
        style: StructureStyle,
        at: Span,
        properties: RawProperties,
    ) -> Result<(), Failure> {
        if self.builder.depth() >= MAX_DEPTH {
            return Err(self.failure(Problem::TooDeep, at.start));
        }
        let style = match style {
            StructureStyle::Block => CollectionStyle::Block,
            StructureStyle::Flow => CollectionStyle::Flow,
        };
        self.builder
            .begin(self.buffer, mapping, style, at, properties);
        self.check_nodes(at)
    }

    fn check_nodes(&self, at: Span) -> Result<(), Failure> {
        if self.nodes_before + self.builder.len() > MAX_NODES {
            return Err(self.failure(Problem::TooManyNodes, at.start));
        }
        Ok(())
    }

    fn next_document(&mut self, start: u32) {
        let done = std::mem::replace(&mut self.builder, Builder::new(self.text, start));
        self.nodes_before += done.len();
        self.documents.push(done.finish(start));
        self.document_ended = false;
    }

    fn failure(&self, problem: Problem, at: u32) -> Failure {
        Failure {
            problem,
            at,
            flow_opener: self.builder.flow_opener(),
        }
    }

    fn explain(&self, error: &ScanError) -> Failure {
        let at = offset(error.marker().byte_offset().unwrap_or(self.buffer.len()));
        self.failure(problem(error.kind()), at.min(offset(self.buffer.len())))
    }

    fn finish(mut self) -> (Vec<Document>, Vec<SyntaxError>) {
        let end = offset(self.text.len());
        self.documents.push(self.builder.finish(end));
        order::sort_by_key(&mut self.comments, |comment| comment.span.start);
        let mut rest = self.comments.as_slice();
        for document in &mut self.documents {
            let count = rest.partition_point(|comment| comment.span.start < document.span.end);
            let (here, later) = rest.split_at(count);
            document.comments = here.to_vec();
            rest = later;
        }
        (self.documents, self.strict)
    }
}

fn place(span: &granit_parser::Span) -> Span {
    span.byte_range().map_or(Span::empty(0), Span::from_range)
}

/// Whether only blanks (or a byte-order mark) stand before the byte on its line.
fn begins_line(text: &str, at: u32) -> bool {
    let before = Span::new(0, at).text(text);
    let before = before.trim_end_matches([' ', '\t', '\u{feff}']);
    before.is_empty() || before.ends_with(['\n', '\r'])
}

fn scalar_style(style: granit_parser::ScalarStyle) -> ScalarStyle {
    match style {
        granit_parser::ScalarStyle::Plain => ScalarStyle::Plain,
        granit_parser::ScalarStyle::SingleQuoted => ScalarStyle::SingleQuoted,
        granit_parser::ScalarStyle::DoubleQuoted => ScalarStyle::DoubleQuoted,
        granit_parser::ScalarStyle::Literal => ScalarStyle::Literal,
        granit_parser::ScalarStyle::Folded => ScalarStyle::Folded,
    }
}

fn properties(tag: Option<&Tag>, span: Option<Span>, anchor: usize) -> RawProperties {
    RawProperties {
        tag: span.zip(tag.map(core_tag)),
        anchor,
    }
}

fn core_tag(tag: &Tag) -> CoreTag {
    let (handle, suffix) = tag.parts();
    if handle == "!" && suffix.is_empty() || handle.is_empty() && suffix == "!" {
        return CoreTag::Str;
    }
    match tag.suffix_in_namespace("tag:yaml.org,2002:").as_deref() {
        Some("str") => CoreTag::Str,
        Some("int") => CoreTag::Int,
        Some("float") => CoreTag::Float,
        Some("bool") => CoreTag::Bool,
        Some("null") => CoreTag::Null,
        Some("seq") => CoreTag::Seq,
        Some("map") => CoreTag::Map,
        Some("binary") => CoreTag::Binary,
        Some("timestamp") => CoreTag::Timestamp,
        Some("merge") => CoreTag::Merge,
        _ => CoreTag::Other,
    }
}

fn problem(kind: &ErrorKind) -> Problem {
    match kind {
        ErrorKind::MappingValueNotAllowed => Problem::ColonInValue,
        ErrorKind::SimpleKeyExpected | ErrorKind::InvalidSimpleKey => Problem::MissingColon,
        ErrorKind::ExpectedBlockMappingKey
        | ErrorKind::InvalidIndentation
        | ErrorKind::InvalidFlowScalarIndent
        | ErrorKind::InvalidQuotedScalarIndent => Problem::KeyExpected,
        ErrorKind::InvalidBlockScalarIndent => Problem::BlockIndent,
        ErrorKind::ExpectedBlockSequenceEntry => Problem::ItemExpected,
        ErrorKind::UnclosedQuotedScalar | ErrorKind::DocumentIndicatorInQuotedScalar => {
            Problem::UnclosedQuote
        }
        ErrorKind::InvalidTrailingSingleQuotedScalar
        | ErrorKind::InvalidTrailingDoubleQuotedScalar => Problem::AfterQuote,
        ErrorKind::UnknownQuotedScalarEscape
        | ErrorKind::InvalidQuotedScalarHexEscape
        | ErrorKind::InvalidLowSurrogateHexEscape
        | ErrorKind::InvalidLowSurrogate
        | ErrorKind::MissingLowSurrogate
        | ErrorKind::UnpairedLowSurrogate
        | ErrorKind::InvalidUnicodeEscape => Problem::BadEscape,
        ErrorKind::UnclosedFlowCollection { .. }
        | ErrorKind::MismatchedFlowCollectionEnd { .. }
        | ErrorKind::UnexpectedEofFlowSequence
        | ErrorKind::UnexpectedEofFlowMapping => Problem::UnclosedBracket,
        ErrorKind::MisplacedFlowCollectionEnd => Problem::StrayBracket,
        ErrorKind::InvalidColonPlacement
        | ErrorKind::ExpectedFlowMappingSeparator
        | ErrorKind::ExpectedFlowSequenceSeparator
        | ErrorKind::UnexpectedEofImplicitFlowMapping
        | ErrorKind::FlowMappingValueAdjacentCollection
        | ErrorKind::BlockEntryInFlowCollection => Problem::Flow,
        ErrorKind::TabNotAllowed
        | ErrorKind::TabInBlockIndentation
        | ErrorKind::TabInIndentation
        | ErrorKind::TabInPlainScalar
        | ErrorKind::TabAtBlockScalarStart => Problem::Tab,
        ErrorKind::UnexpectedCharacter { character } => Problem::Character(*character),
        ErrorKind::BlockSequenceEntryNotAllowed => Problem::ItemNotAllowed,
        ErrorKind::MappingKeyNotAllowed => Problem::QuestionMark,
        ErrorKind::MissingAnchorOrAliasName => Problem::MissingName,
        ErrorKind::UnclosedVerbatimTag
        | ErrorKind::UndeclaredTagHandle
        | ErrorKind::ExpectedTagBang
        | ErrorKind::InvalidGlobalTagCharacter
        | ErrorKind::InvalidTagTerminator
        | ErrorKind::MissingTagUri
        | ErrorKind::InvalidTagEscape
        | ErrorKind::InvalidTagUtf8LeadingByte
        | ErrorKind::InvalidTagUtf8TrailingByte
        | ErrorKind::InvalidTagUtf8 => Problem::Tag,
        ErrorKind::DuplicateVersionDirective
        | ErrorKind::UnsupportedYamlMajorVersion
        | ErrorKind::DuplicateTagDirective
        | ErrorKind::ExpectedDocumentStart
        | ErrorKind::MissingDocumentEndBeforeDirective
        | ErrorKind::ExpectedTagDirectiveBang
        | ErrorKind::InvalidDirectiveTerminator
        | ErrorKind::MissingYamlVersionSeparator
        | ErrorKind::MissingDirectiveName
        | ErrorKind::InvalidDirectiveName
        | ErrorKind::DirectiveByteLimitExceeded { .. }
        | ErrorKind::YamlVersionTooLong
        | ErrorKind::MissingYamlVersion
        | ErrorKind::InvalidTagDirectiveTerminator => Problem::Directive,
        ErrorKind::InvalidDocumentEnd => Problem::AfterDocumentEnd,
        ErrorKind::PlainScalarStartsWithDashFlowIndicator => Problem::DashInBrackets,
        ErrorKind::CommentNotSeparated => Problem::CommentTooClose,
        ErrorKind::CommentInterceptedScalar => Problem::CommentInValue,
        ErrorKind::ZeroBlockScalarIndent | ErrorKind::InvalidBlockScalarHeader => {
            Problem::BlockHeader
        }
        ErrorKind::RecursionLimitExceeded => Problem::TooDeep,
        other => Problem::Other(other.to_string()),
    }
}
