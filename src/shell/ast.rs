//! The tree of a script: lists, pipelines, commands, redirections.
//!
//! Words and what is inside them are in [`word`](super::word). Spans are those of the file. Names follow
//! the grammar of POSIX and the Bash Reference Manual.

use std::sync::{Arc, OnceLock};

use super::Dialect;
use super::few::Few;
use super::programs::{Mark, Programs};
use super::slice::Text;
use super::word::{Arithmetic, Word};
use crate::text::{Span, Spanned};

/// A whole script: one `RUN` body, one heredoc, one `sh -c` string; or the one command that an exec form is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Script {
    /// The shell it was read for.
    pub dialect: Dialect,
    /// Its commands.
    pub body: List,
    /// Comments in the order of the file, the text without `#`, the span with it.
    pub comments: Vec<Spanned<Text>>,
    /// All of the text, blanks and comments included.
    pub span: Span,
    /// What its commands run.
    pub(super) programs: Programs,
    /// Whether one of its commands holds a script in an argument or heredoc.
    pub(super) has_inner: bool,
}

/// Pipelines and the operators between them, in the order of the text. `&&` and `||` bind equally and from
/// the left, so the flat list is the whole structure; see [`List::chains`].
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct List {
    /// The pipelines; none in an empty script or `case` arm.
    pub items: Few<ListItem>,
    /// From the first pipeline to the last operator that belongs to the list.
    pub span: Span,
}

/// One pipeline and the operator behind it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ListItem {
    /// The pipeline.
    pub pipeline: Pipeline,
    /// What ends it; nothing at the end of the text or before `)`.
    pub operator: Option<Spanned<ListOperator>>,
    /// Whether `&` ends the chain that it is part of.
    pub(super) is_background: bool,
}

/// What joins a pipeline to the next.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum ListOperator {
    /// `;`
    Semicolon,
    /// A line break.
    Newline,
    /// `&`: everything since the last `;`, `&` or line break runs in the background.
    Background,
    /// `&&`
    And,
    /// `||`
    Or,
}

/// Commands joined by `|`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Pipeline {
    /// The reserved word `time`, with its `-p`. Only bash and ksh reserve it.
    pub time: Option<Span>,
    /// The `!` in front.
    pub negation: Option<Span>,
    /// At least one, except behind a lone `!` or `time`.
    pub commands: Few<Command>,
    /// The operators between the commands, one fewer than those.
    pub pipes: Vec<Spanned<PipeOperator>>,
    /// From `!` or `time` to the last command.
    pub span: Span,
}

/// What joins two commands of a pipeline.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum PipeOperator {
    /// `|`
    Output,
    /// `|&` of bash: standard error as well.
    OutputAndError,
}

/// One member of a pipeline.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Command {
    /// Assignments, words and redirections.
    Simple(SimpleCommand),
    /// A construct with a body or an expression, and the redirections behind it.
    Compound(Box<CompoundCommand>),
    /// `f() …` or `function f …`
    Function(Box<Function>),
    /// `coproc …` of bash.
    Coprocess(Box<Coprocess>),
}

/// A program, builtin or function with its arguments, or a lone assignment or redirection.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct SimpleCommand {
    /// What is set in front of the command name, then what a declaration builtin (`export A=1`) sets; see
    /// [`SimpleCommand::declarations`].
    pub assignments: Vec<Assignment>,
    /// The command name and its arguments, without the assignments of a declaration builtin.
    pub words: Vec<Word>,
    /// Its redirections, wherever they stand.
    pub redirects: Vec<Redirect>,
    /// The script in a string argument that the command runs: `sh -c '…'`, `eval "…"`.
    pub(super) inner: Option<Box<InnerScript>>,
    /// From the first assignment, word or redirection to the last.
    pub span: Span,
    /// Whether there are surely no other commands in it.
    pub(super) is_flat: bool,
    /// Which word names what runs in the end, behind wrappers.
    pub(super) program: u32,
    /// Where in the text of that word the name begins, behind the folders.
    pub(super) name_start: u32,
    /// The mark of that name.
    pub(super) mark: Mark,
}

/// A script that stands in a quoted argument or in a heredoc. Its spans are those of the file, too.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct InnerScript {
    /// The script.
    pub script: Script,
    /// False where the outer shell expands variables in the text first: the tree then shows them as if
    /// the inner shell did, which is near enough to recognise commands, and its quoting means nothing.
    pub is_exact: bool,
}

/// `name=value` and its relatives.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Assignment {
    /// The variable.
    pub name: Spanned<Text>,
    /// What is between `[` and `]` of `name[…]=value`.
    pub subscript: Option<Box<Word>>,
    /// Whether the operator is `+=`.
    pub append: bool,
    /// What is assigned.
    pub value: AssignmentValue,
    /// Name to value.
    pub span: Span,
}

/// The right side of an assignment.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum AssignmentValue {
    /// One word, without parts where nothing follows the `=`.
    Word(Word),
    /// `(…)` of bash.
    Array(Array),
}

/// The words of an array assignment.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Array {
    /// Its elements.
    pub elements: Vec<ArrayElement>,
    /// With the parentheses.
    pub span: Span,
}

/// `value` or `[subscript]=value`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ArrayElement {
    /// What is between `[` and `]`.
    pub subscript: Option<Word>,
    /// The value.
    pub value: Word,
}

/// `>file`, `2>&1`, `<<EOF` and so on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Redirect {
    /// The descriptor in front of the operator.
    pub descriptor: Option<Spanned<Descriptor>>,
    /// The operator.
    pub operator: Spanned<RedirectOperator>,
    /// The file, the descriptor behind `>&`, the delimiter of a heredoc as written, or a here-string.
    pub target: Word,
    /// For `<<` and `<<-`.
    pub heredoc: Option<Box<Heredoc>>,
    /// Descriptor to target; the body of a heredoc stands elsewhere.
    pub span: Span,
}

/// Which descriptor is redirected.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Descriptor {
    /// A number; clamped to `u32::MAX`.
    Number(u32),
    /// `{name}` of bash and ksh, which stores a free descriptor in the variable.
    Variable(Box<str>),
}

/// The operators of redirections.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum RedirectOperator {
    /// `<`
    Input,
    /// `>`
    Output,
    /// `>>`
    Append,
    /// `>|`
    Clobber,
    /// `<>`
    ReadWrite,
    /// `<&`
    DuplicateInput,
    /// `>&`
    DuplicateOutput,
    /// `&>` of bash. A POSIX shell reads `&` and then `>`.
    OutputAndError,
    /// `&>>` of bash.
    AppendOutputAndError,
    /// `<<`
    Heredoc,
    /// `<<-`
    HeredocStripped,
    /// `<<<` of bash and ksh.
    HereString,
}

/// What is particular to `<<` and `<<-`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Heredoc {
    /// The delimiter after quote removal.
    pub delimiter: Box<str>,
    /// Whether the delimiter is quoted, so that nothing is expanded in the body.
    pub quoted: bool,
    /// Whether tabs at the start of lines go away.
    pub strip_tabs: bool,
    /// Written once, when the parser comes to the lines behind the command.
    pub(super) body: Arc<OnceLock<HeredocBody>>,
}

/// The lines of a heredoc.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct HeredocBody {
    /// The text, with its expansions unless the delimiter is quoted.
    pub text: Word,
    /// Whether the delimiter was found. Shells take what there is (and bash warns) otherwise.
    pub terminated: bool,
    /// The script that it is, where a shell reads it: `bash <<EOF`.
    pub(super) script: Option<Box<InnerScript>>,
}

impl Heredoc {
    /// The body; `None` where the text ends on the line of the operator, as in a one-line `RUN`.
    pub fn body(&self) -> Option<&HeredocBody> {
        self.body.get()
    }
}

/// A construct that holds other commands, or an expression.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CompoundCommand {
    /// Which one.
    pub kind: CompoundKind,
    /// Redirections behind it.
    pub redirects: Vec<Redirect>,
    /// From its first word to its last redirection.
    pub span: Span,
}

/// The compound commands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum CompoundKind {
    /// `{ …; }`
    Group(List),
    /// `( … )`
    Subshell(List),
    /// `if … fi`
    If(If),
    /// `for … in …` and `select … in …`
    For(For),
    /// `for ((…; …; …))`
    ArithmeticFor(ArithmeticFor),
    /// `while …` and `until …`
    While(While),
    /// `case … esac`
    Case(Case),
    /// `[[ … ]]`
    Conditional(Conditional),
    /// `(( … ))`
    Arithmetic(Arithmetic),
}

/// `if`, every `elif`, `else`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct If {
    /// `if` and the `elif`s.
    pub branches: Vec<Branch>,
    /// `else`.
    pub otherwise: Option<List>,
}

/// A condition and what is run when it succeeds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Branch {
    /// Up to `then`.
    pub condition: List,
    /// Behind `then`.
    pub body: List,
}

/// A loop over words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct For {
    /// Whether it is `select`.
    pub select: bool,
    /// The loop variable.
    pub variable: Spanned<Text>,
    /// What is behind `in`; `None` without `in`, which means `"$@"`.
    pub words: Option<Vec<Word>>,
    /// Between `do` and `done`.
    pub body: List,
}

/// A loop as in C.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ArithmeticFor {
    /// Everything between `((` and `))`, semicolons included.
    pub header: Arithmetic,
    /// Between `do` and `done`.
    pub body: List,
}

/// A loop with a condition.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct While {
    /// Whether it is `until`.
    pub until: bool,
    /// Up to `do`.
    pub condition: List,
    /// Between `do` and `done`.
    pub body: List,
}

/// A choice by pattern.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Case {
    /// What is matched.
    pub subject: Word,
    /// Its arms.
    pub arms: Vec<Arm>,
}

/// One arm of a `case`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Arm {
    /// The patterns, which `|` separates.
    pub patterns: Few<Word>,
    /// What is run.
    pub body: List,
    /// What ends it; the last arm needs nothing.
    pub end: Option<Spanned<ArmEnd>>,
    /// From `(` or the first pattern to the end.
    pub span: Span,
}

/// What happens behind an arm.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum ArmEnd {
    /// `;;`: the `case` is over.
    Break,
    /// `;&`: the next body is run as well.
    FallThrough,
    /// `;;&` of bash, `;|` of ksh and zsh: the next patterns are tried.
    Continue,
}

/// An expression in `[[ … ]]`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Conditional {
    /// Its form.
    pub kind: ConditionalKind,
    /// Its place; for the whole expression that of `[[` to `]]`.
    pub span: Span,
}

/// The forms of a conditional expression.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ConditionalKind {
    /// Two or more, joined by `||`.
    Or(Vec<Conditional>),
    /// Two or more, joined by `&&`.
    And(Vec<Conditional>),
    /// `! …`
    Not(Box<Conditional>),
    /// `( … )`
    Group(Box<Conditional>),
    /// `-f file` and its like.
    Unary {
        /// `-f`
        operator: Spanned<Text>,
        /// `file`
        operand: Word,
    },
    /// `a == b` and its like.
    Binary {
        /// `a`
        left: Word,
        /// `==`
        operator: Spanned<Text>,
        /// `b`; a pattern behind `==`, `=` and `!=`, a regular expression behind `=~`.
        right: Word,
    },
    /// A lone word, true unless empty.
    Word(Word),
    /// Nothing that could be understood.
    Missing,
}

/// A function definition.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Function {
    /// Its name.
    pub name: Spanned<Text>,
    /// Whether the word `function` is used, which POSIX does not know.
    pub keyword: bool,
    /// Its body, a compound command in a correct script.
    pub body: Option<Command>,
    /// All of it.
    pub span: Span,
}

/// A command that runs beside the script with both ends of its pipe in a variable.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Coprocess {
    /// Its name, if not `COPROC`.
    pub name: Option<Spanned<Text>>,
    /// The command.
    pub command: Option<Command>,
    /// All of it.
    pub span: Span,
}

impl List {
    /// The items in groups that `&&` and `||` hold together: what one `;`, `&` or line break ends.
    pub fn chains(&self) -> impl Iterator<Item = &[ListItem]> {
        self.items.chunk_by(|item, _| item.is_chained())
    }
}

impl ListItem {
    /// Whether `&&` or `||` stands behind it.
    pub fn is_chained(&self) -> bool {
        matches!(
            self.operator,
            Some(Spanned {
                value: ListOperator::And | ListOperator::Or,
                ..
            })
        )
    }
}

impl ListOperator {
    /// As it is written.
    pub fn as_str(self) -> &'static str {
        match self {
            ListOperator::Semicolon => ";",
            ListOperator::Newline => "\n",
            ListOperator::Background => "&",
            ListOperator::And => "&&",
            ListOperator::Or => "||",
        }
    }
}

impl RedirectOperator {
    /// As it is written.
    pub fn as_str(self) -> &'static str {
        match self {
            RedirectOperator::Input => "<",
            RedirectOperator::Output => ">",
            RedirectOperator::Append => ">>",
            RedirectOperator::Clobber => ">|",
            RedirectOperator::ReadWrite => "<>",
            RedirectOperator::DuplicateInput => "<&",
            RedirectOperator::DuplicateOutput => ">&",
            RedirectOperator::OutputAndError => "&>",
            RedirectOperator::AppendOutputAndError => "&>>",
            RedirectOperator::Heredoc => "<<",
            RedirectOperator::HeredocStripped => "<<-",
            RedirectOperator::HereString => "<<<",
        }
    }

    /// Whether the target is a file that is written.
    pub fn writes(self) -> bool {
        matches!(
            self,
            RedirectOperator::Output
                | RedirectOperator::Append
                | RedirectOperator::Clobber
                | RedirectOperator::ReadWrite
                | RedirectOperator::OutputAndError
                | RedirectOperator::AppendOutputAndError
        )
    }
}

impl Redirect {
    /// Whether it is the standard input that it changes.
    pub fn is_input(&self) -> bool {
        let reads = matches!(
            self.operator.value,
            RedirectOperator::Input
                | RedirectOperator::ReadWrite
                | RedirectOperator::DuplicateInput
                | RedirectOperator::Heredoc
                | RedirectOperator::HeredocStripped
                | RedirectOperator::HereString
        );
        let descriptor = self.descriptor.as_ref();
        reads && descriptor.is_none_or(|descriptor| descriptor.value == Descriptor::Number(0))
    }
}

impl Command {
    /// Its place.
    pub fn span(&self) -> Span {
        match self {
            Command::Simple(command) => command.span,
            Command::Compound(command) => command.span,
            Command::Function(function) => function.span,
            Command::Coprocess(coprocess) => coprocess.span,
        }
    }

    /// The simple command, if it is one.
    pub fn as_simple(&self) -> Option<&SimpleCommand> {
        match self {
            Command::Simple(command) => Some(command),
            _ => None,
        }
    }

    /// The redirections of a simple or compound command.
    pub fn redirects(&self) -> &[Redirect] {
        match self {
            Command::Simple(command) => &command.redirects,
            Command::Compound(command) => &command.redirects,
            Command::Function(_) | Command::Coprocess(_) => &[],
        }
    }
}

impl SimpleCommand {
    /// The script that it hands to a shell: in a string argument (`sh -c '…'`, `eval "…"`) or in a heredoc that the
    /// shell reads (`bash <<EOF`).
    pub fn inner_script(&self) -> Option<&InnerScript> {
        let in_heredoc = || {
            let heredocs = self
                .redirects
                .iter()
                .filter_map(|redirect| redirect.heredoc.as_ref());
            heredocs
                .filter_map(|heredoc| heredoc.body()?.script.as_deref())
                .next()
        };
        self.inner.as_deref().or_else(in_heredoc)
    }

    /// What is set in front of the command name: for this one command if there is a name, for the rest of
    /// the script otherwise.
    pub fn prefix_assignments(&self) -> &[Assignment] {
        self.assignments.split_at(self.prefix_count()).0
    }

    /// What a declaration builtin (`export`, `readonly`, `local`, `declare`, `typeset`) sets.
    pub fn declarations(&self) -> &[Assignment] {
        self.assignments.split_at(self.prefix_count()).1
    }

    fn prefix_count(&self) -> usize {
        match self.words.first() {
            Some(name) => self
                .assignments
                .partition_point(|assignment| assignment.span.start < name.span.start),
            None => self.assignments.len(),
        }
    }
}

impl Assignment {
    /// The value as one word, if it is no array.
    pub fn word(&self) -> Option<&Word> {
        match &self.value {
            AssignmentValue::Word(word) => Some(word),
            AssignmentValue::Array(_) => None,
        }
    }
}
