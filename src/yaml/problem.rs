//! Why a reading stopped.

/// The error at which a reading stopped, and what the reader knew there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Failure {
    pub problem: Problem,
    /// Where the event parser says it is; often behind the mistake.
    pub at: u32,
    /// The bracket of the innermost flow collection that was open.
    pub flow_opener: Option<u32>,
}

/// A kind of mistake.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Problem {
    /// `a: b: c`, or an entry indented deeper than the one above it.
    ColonInValue,
    /// A line of a mapping without `: `.
    MissingColon,
    /// Something that is no key where a mapping goes on, nearly always for its indentation.
    KeyExpected,
    /// Something that does not begin with `- ` where a sequence goes on.
    ItemExpected,
    /// A quote that is never closed.
    UnclosedQuote,
    /// Text behind a closing quote.
    AfterQuote,
    /// A backslash in double quotes followed by what is no escape.
    BadEscape,
    /// A bracket that is never closed, or closed by one of the other kind.
    UnclosedBracket,
    /// A closing bracket without an opening one.
    StrayBracket,
    /// Anything else between brackets.
    Flow,
    /// A tab where only spaces may indent.
    Tab,
    /// A character that begins no value.
    Character(char),
    /// `key: - item`
    ItemNotAllowed,
    /// `key: ? other`
    QuestionMark,
    /// `&` or `*` without a name.
    MissingName,
    /// A tag that is spelt wrongly or whose handle is unknown.
    Tag,
    /// `%YAML`, `%TAG` and the like.
    Directive,
    /// `... text`
    AfterDocumentEnd,
    /// `[-]`, which Compose allows.
    DashInBrackets,
    /// `"text"#comment`, which Compose allows.
    CommentTooClose,
    /// A comment line inside a plain scalar of several lines.
    CommentInValue,
    /// A blank line at the start of a block scalar that is indented deeper than its text.
    BlockIndent,
    /// What follows `|` or `>` on its line.
    BlockHeader,
    /// The limit on nesting.
    TooDeep,
    /// The limit on nodes.
    TooManyNodes,
    /// In the event parser's words.
    Other(String),
}
