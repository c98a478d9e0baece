//! The syntax tree of a Dockerfile.
//!
//! One struct per instruction, every token with its bytes in the file. The tree is as BuildKit sees the
//! file, after line continuations were joined and comments taken out, and it keeps what BuildKit drops:
//! comments, blank lines inside instructions, how a thing was written. It does not say what anything
//! means for the image; that is the model.
//!
//! Invariant: every span lies inside [`Ast::span`] on character boundaries, and what lies between
//! directives, comments and instructions is white space or the byte order mark.

use std::ops::Range;

use crate::text::{Cooked, Span, Spanned};

use super::keyword::Keyword;
use super::mount::{Device, Mount};
use super::word::Word;

/// A whole file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ast {
    /// `# syntax=`, `# escape=` and `# check=` at the top, also those that do not count (see
    /// [`Directive::counts`]). They are not among the comments.
    pub directives: Vec<Directive>,
    /// All instructions, in order.
    pub instructions: Vec<Instruction>,
    /// All comments, in order, also those between the lines of one instruction. Lines of heredocs are
    /// never comments.
    pub comments: Vec<Comment>,
    /// The escape character in force.
    pub escape: Escape,
    /// The whole file.
    pub span: Span,
}

/// The character that joins lines and protects characters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Escape {
    /// `\`, the default.
    #[default]
    Backslash,
    /// `` ` ``, after ``# escape=` ``.
    Backtick,
}

impl Escape {
    /// The character itself.
    pub fn as_char(self) -> char {
        match self {
            Escape::Backslash => '\\',
            Escape::Backtick => '`',
        }
    }
}

/// A parser directive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Directive {
    /// Which one.
    pub kind: DirectiveKind,
    /// Its name as written.
    pub name: Spanned<Box<str>>,
    /// What stands behind `=`, without white space around it.
    pub value: Spanned<Box<str>>,
    /// From `#` to the end of the value.
    pub span: Span,
    /// False for a repeated directive and for an escape character that is none.
    pub counts: bool,
    /// The line, counted from 1.
    pub line: u32,
}

/// The parser directives of BuildKit (`parser/directives.go`).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum DirectiveKind {
    /// `syntax`: the frontend image.
    Syntax,
    /// `escape`: the escape character.
    Escape,
    /// `check`: settings of the build checks.
    Check,
}

impl DirectiveKind {
    /// The name in lower case.
    pub fn as_str(self) -> &'static str {
        match self {
            DirectiveKind::Syntax => "syntax",
            DirectiveKind::Escape => "escape",
            DirectiveKind::Check => "check",
        }
    }
}

/// A comment on a line of its own; Dockerfiles have no others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// What follows the first `#`, without white space around it.
    pub text: Box<str>,
    /// From `#` to the end of the line, without the line break.
    pub span: Span,
    /// The line, counted from 1.
    pub line: u32,
    /// Whether it stands between the lines of an instruction.
    pub inside: bool,
}

/// One instruction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instruction {
    /// The keyword as written, in whatever case.
    pub keyword: Spanned<Box<str>>,
    /// What it is, with its arguments.
    pub kind: InstructionKind,
    /// The flags before the arguments, in order, also unknown ones.
    pub flags: Vec<Flag>,
    /// The heredocs, in order. Those of an `ONBUILD` trigger are on the trigger.
    pub heredocs: Vec<Heredoc>,
    /// What follows keyword and flags, without white space around it and without heredoc bodies.
    pub arguments: Span,
    /// From the first byte of its first line that is no white space, nearly always the keyword's, to the
    /// end of the last line that belongs to it, without the line break. Comments between its lines and
    /// heredocs with their terminators are inside.
    pub span: Span,
    /// The first and last line, as BuildKit counts them: from 1, ended by `\n`.
    pub lines: Lines,
    /// Blank lines between its lines, with their line breaks. BuildKit warns that they will become errors.
    pub blank_lines: Vec<Span>,
    /// Which of [`Ast::comments`] stand between the previous instruction and this one.
    pub comments_before: Range<u32>,
    /// Which of [`Ast::comments`] stand between its lines.
    pub comments_inside: Range<u32>,
    /// Whether it is the trigger of an `ONBUILD`.
    pub is_trigger: bool,
}

/// First and last line, counted from 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Lines {
    /// The line of the keyword.
    pub first: u32,
    /// The last line that belongs to the instruction.
    pub last: u32,
}

/// An instruction with its arguments. Arguments that are missing are `None` or empty; the parser has then
/// reported it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InstructionKind {
    /// `ADD`.
    Add(Box<Add>),
    /// `ARG`.
    Arg(Arg),
    /// `CMD`.
    Cmd(Cmd),
    /// `COPY`.
    Copy(Box<Copy>),
    /// `ENTRYPOINT`.
    Entrypoint(Entrypoint),
    /// `ENV`.
    Env(Env),
    /// `EXPOSE`.
    Expose(Expose),
    /// `FROM`.
    From(Box<From>),
    /// `HEALTHCHECK`.
    Healthcheck(Box<Healthcheck>),
    /// `LABEL`.
    Label(Label),
    /// `MAINTAINER`.
    Maintainer(Maintainer),
    /// `ONBUILD`.
    Onbuild(Onbuild),
    /// `RUN`.
    Run(Box<Run>),
    /// `SHELL`.
    Shell(Shell),
    /// `STOPSIGNAL`.
    StopSignal(StopSignal),
    /// `USER`.
    User(User),
    /// `VOLUME`.
    Volume(Volume),
    /// `WORKDIR`.
    Workdir(Workdir),
    /// A keyword that is none.
    Unknown(Unknown),
}

/// `--name` or `--name=value`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flag {
    /// The name without `--`.
    pub name: Spanned<Box<str>>,
    /// What follows `=`, as a word: quotes and escapes that BuildKit takes away before it looks at
    /// variables are already gone from its `raw`.
    pub value: Option<Word>,
    /// All of it.
    pub span: Span,
}

/// A heredoc of `RUN`, `COPY` or `ADD`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heredoc {
    /// `<<EOF` in the instruction, with descriptor and quotes.
    pub word: Span,
    /// The word that ends the heredoc, unquoted; its span has the quotes.
    pub delimiter: Spanned<Box<str>>,
    /// The delimiter is quoted: variables in the body stay as they are.
    pub quoted: bool,
    /// `<<-`: tabs at the start of lines are dropped.
    pub strip_tabs: bool,
    /// The number before `<<`; 0 where none is written.
    pub descriptor: u32,
    /// The text of the body as the program gets it, line breaks included.
    pub body: Cooked<'static>,
    /// The bytes of the body: whole lines.
    pub body_span: Span,
    /// The word that ends it; `None` when the file ends first.
    pub terminator: Option<Span>,
}

/// What a command instruction runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Text for a shell.
    Shell(ShellForm),
    /// A JSON array: program and arguments, no shell.
    Exec(ExecForm),
}

/// Text for a shell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShellForm {
    /// The command with line continuations joined and comment lines taken out.
    pub text: Cooked<'static>,
    /// Its bytes in the file.
    pub span: Span,
    /// It begins like a JSON array and is none, so BuildKit takes it for shell text.
    pub json_fault: Option<Box<JsonFault>>,
}

/// A JSON array of strings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExecForm {
    /// The decoded strings. Variables in them are not replaced; they are plain words.
    pub arguments: Vec<Word>,
    /// From `[` to `]`.
    pub span: Span,
}

impl ExecForm {
    /// Whether every element is a string; BuildKit refuses the array otherwise.
    pub fn has_only_strings(&self) -> bool {
        // Of all elements only strings lose something: their quotes.
        let is_string = |word: &Word| word.span.len() as usize > word.raw.len();
        self.arguments.iter().all(is_string)
    }
}

/// Why a text that begins with `[` is no JSON array.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JsonFault {
    /// What is wrong.
    pub reason: JsonFaultReason,
    /// Where reading stopped: the offending token, or the end of the text.
    pub at: Span,
    /// Whether the text also ends with `]`, so that an array was very likely meant.
    pub is_closed: bool,
}

/// What keeps a text from being a JSON array.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum JsonFaultReason {
    /// A string in single quotes.
    SingleQuote,
    /// A word without quotes.
    Unquoted,
    /// Two elements without a comma between them.
    MissingComma,
    /// A comma with nothing behind it, or before the first element.
    StrayComma,
    /// A string that is not closed.
    OpenString,
    /// No `]`.
    OpenArray,
    /// Text behind `]`.
    TextBehind,
    /// A backslash sequence that JSON does not know, as in `"C:\dir"`.
    BadEscape,
    /// A control character inside a string.
    ControlCharacter,
    /// More nesting than JSON readers accept.
    TooDeep,
    /// A number that is none, or too large.
    BadNumber,
}

/// Words of `COPY`, `ADD` and `VOLUME`.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct List {
    /// The words.
    pub words: Vec<Word>,
    /// Whether they are written as a JSON array.
    pub is_json: bool,
    /// It begins like a JSON array and is none, so BuildKit takes it for words.
    pub json_fault: Option<Box<JsonFault>>,
}

/// `KEY=value`, `KEY value` or, for `ARG`, a lone `KEY`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The key.
    pub key: Word,
    /// The value.
    pub value: Option<Word>,
    /// How they are joined.
    pub separator: Separator,
    /// All of it.
    pub span: Span,
}

/// What stands between key and value.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Separator {
    /// `=`.
    Equals,
    /// White space: the old form, with one pair for the whole instruction.
    Space,
    /// There is no value.
    None,
}

/// `FROM [--platform=P] image [AS name]`.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct From {
    /// The value of `--platform`.
    pub platform: Option<Word>,
    /// The image or stage.
    pub image: Option<Word>,
    /// `AS`, as written.
    pub as_keyword: Option<Spanned<Box<str>>>,
    /// The name behind `AS`, as written.
    pub name: Option<Spanned<Box<str>>>,
}

/// `RUN`.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Run {
    /// Every `--mount`.
    pub mounts: Vec<Mount>,
    /// The value of `--network`.
    pub network: Option<Word>,
    /// The value of `--security`.
    pub security: Option<Word>,
    /// Every `--device`.
    pub devices: Vec<Device>,
    /// What is run; `None` for a lone `RUN`. With a heredoc as the whole command its text is `<<EOF`.
    pub command: Option<Command>,
}

/// `CMD`.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Cmd {
    /// What is run; `None` for a lone `CMD`.
    pub command: Option<Command>,
}

/// `ENTRYPOINT`.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Entrypoint {
    /// What is run; `None` for a lone `ENTRYPOINT`.
    pub command: Option<Command>,
}

/// `SHELL ["program", "argument"]`.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Shell {
    /// The shell; anything but a JSON array was reported.
    pub command: Option<Command>,
}

/// `COPY [flags] source… destination`.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Copy {
    /// The value of `--from`.
    pub from: Option<Word>,
    /// The value of `--chown`.
    pub chown: Option<Word>,
    /// The value of `--chmod`.
    pub chmod: Option<Word>,
    /// `--link`.
    pub link: Option<Spanned<bool>>,
    /// `--parents`.
    pub parents: Option<Spanned<bool>>,
    /// Every `--exclude`.
    pub exclude: Vec<Word>,
    /// Sources and destination.
    pub paths: List,
}

/// `ADD [flags] source… destination`.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Add {
    /// The value of `--chown`.
    pub chown: Option<Word>,
    /// The value of `--chmod`.
    pub chmod: Option<Word>,
    /// The value of `--checksum`.
    pub checksum: Option<Word>,
    /// `--link`.
    pub link: Option<Spanned<bool>>,
    /// `--keep-git-dir`.
    pub keep_git_dir: Option<Spanned<bool>>,
    /// `--unpack`.
    pub unpack: Option<Spanned<bool>>,
    /// Every `--exclude`.
    pub exclude: Vec<Word>,
    /// Sources and destination.
    pub paths: List,
}

/// `ENV`.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Env {
    /// The variables.
    pub pairs: Vec<Pair>,
}

/// `ARG`.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Arg {
    /// The arguments; one without default has no value.
    pub pairs: Vec<Pair>,
}

/// `LABEL`.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Label {
    /// The labels.
    pub pairs: Vec<Pair>,
}

/// `EXPOSE`.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Expose {
    /// Ports as written.
    pub ports: Vec<Word>,
}

/// `VOLUME`.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Volume {
    /// The mount points.
    pub paths: List,
}

/// `USER`.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct User {
    /// All that follows `USER`: name or number, and group behind `:`.
    pub user: Option<Word>,
}

/// `WORKDIR`.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Workdir {
    /// All that follows `WORKDIR`.
    pub path: Option<Word>,
}

/// `STOPSIGNAL`.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct StopSignal {
    /// All that follows `STOPSIGNAL`.
    pub signal: Option<Word>,
}

/// `MAINTAINER`.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Maintainer {
    /// All that follows `MAINTAINER`.
    pub name: Option<Word>,
}

/// `HEALTHCHECK`.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Healthcheck {
    /// The value of `--interval`.
    pub interval: Option<Word>,
    /// The value of `--timeout`.
    pub timeout: Option<Word>,
    /// The value of `--start-period`.
    pub start_period: Option<Word>,
    /// The value of `--start-interval`.
    pub start_interval: Option<Word>,
    /// The value of `--retries`.
    pub retries: Option<Word>,
    /// `CMD` or `NONE`, as written.
    pub test: Option<Spanned<Box<str>>>,
    /// What follows it.
    pub command: Option<Command>,
}

impl Healthcheck {
    /// Whether it is `HEALTHCHECK NONE`, which takes away an inherited check.
    pub fn is_none(&self) -> bool {
        self.test
            .as_ref()
            .is_some_and(|test| test.value.eq_ignore_ascii_case("none"))
    }
}

/// `ONBUILD`.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Onbuild {
    /// The instruction for the image that builds on this one.
    pub trigger: Option<Box<Instruction>>,
}

/// A keyword that is none.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Unknown {
    /// The rest of the line.
    pub text: Box<str>,
}

impl InstructionKind {
    /// Which instruction it is; `None` for an unknown one.
    pub fn keyword(&self) -> Option<Keyword> {
        Some(match self {
            InstructionKind::Add(_) => Keyword::Add,
            InstructionKind::Arg(_) => Keyword::Arg,
            InstructionKind::Cmd(_) => Keyword::Cmd,
            InstructionKind::Copy(_) => Keyword::Copy,
            InstructionKind::Entrypoint(_) => Keyword::Entrypoint,
            InstructionKind::Env(_) => Keyword::Env,
            InstructionKind::Expose(_) => Keyword::Expose,
            InstructionKind::From(_) => Keyword::From,
            InstructionKind::Healthcheck(_) => Keyword::Healthcheck,
            InstructionKind::Label(_) => Keyword::Label,
            InstructionKind::Maintainer(_) => Keyword::Maintainer,
            InstructionKind::Onbuild(_) => Keyword::Onbuild,
            InstructionKind::Run(_) => Keyword::Run,
            InstructionKind::Shell(_) => Keyword::Shell,
            InstructionKind::StopSignal(_) => Keyword::StopSignal,
            InstructionKind::User(_) => Keyword::User,
            InstructionKind::Volume(_) => Keyword::Volume,
            InstructionKind::Workdir(_) => Keyword::Workdir,
            InstructionKind::Unknown(_) => return None,
        })
    }
}

impl Instruction {
    /// The first flag with this name.
    pub fn flag(&self, name: &str) -> Option<&Flag> {
        self.flags.iter().find(|flag| &*flag.name.value == name)
    }

    /// Shows the words with variables that BuildKit replaces (the `Expand` methods of its `instructions/commands.go`,
    /// and `FROM`). Bodies of heredocs are not among them, and neither are shell commands.
    pub fn each_expanded_word<'w>(&'w self, mut show: impl FnMut(&'w Word)) {
        let mut each = |words: &mut dyn Iterator<Item = &'w Word>| {
            words
                .filter(|word| word.has_variables())
                .for_each(&mut show);
        };
        match &self.kind {
            InstructionKind::From(from) => each(&mut from.platform.iter().chain(&from.image)),
            InstructionKind::Run(run) => {
                let fields = run.mounts.iter().flat_map(|mount| &mount.fields);
                each(&mut fields.filter_map(|field| field.value.as_ref()));
            }
            InstructionKind::Copy(copy) => {
                each(&mut copy.chown.iter().chain(&copy.chmod));
                each(&mut copy.paths.words.iter());
            }
            InstructionKind::Add(add) => {
                each(&mut add.chown.iter().chain(&add.chmod).chain(&add.checksum));
                each(&mut add.paths.words.iter());
            }
            InstructionKind::Env(Env { pairs }) | InstructionKind::Label(Label { pairs }) => {
                for pair in pairs {
                    each(&mut std::iter::once(&pair.key).chain(&pair.value));
                }
            }
            InstructionKind::Arg(arg) => {
                each(&mut arg.pairs.iter().filter_map(|pair| pair.value.as_ref()));
            }
            InstructionKind::Expose(expose) => each(&mut expose.ports.iter()),
            InstructionKind::Volume(volume) => each(&mut volume.paths.words.iter()),
            InstructionKind::User(user) => each(&mut user.user.iter()),
            InstructionKind::Workdir(workdir) => each(&mut workdir.path.iter()),
            InstructionKind::StopSignal(stop) => each(&mut stop.signal.iter()),
            InstructionKind::Cmd(_)
            | InstructionKind::Entrypoint(_)
            | InstructionKind::Shell(_)
            | InstructionKind::Healthcheck(_)
            | InstructionKind::Maintainer(_)
            | InstructionKind::Onbuild(_)
            | InstructionKind::Unknown(_) => {}
        }
    }

    /// The pairs of `ARG`, `ENV` and `LABEL`; none of others.
    pub fn pairs(&self) -> &[Pair] {
        match &self.kind {
            InstructionKind::Arg(Arg { pairs })
            | InstructionKind::Env(Env { pairs })
            | InstructionKind::Label(Label { pairs }) => pairs,
            _ => &[],
        }
    }

    /// Every word, in no particular order: the values of flags, keys and values, paths, elements of arrays. What a
    /// shell reads is not among them, and neither are those of an `ONBUILD` trigger.
    pub fn words(&self) -> Vec<&Word> {
        let mut words: Vec<&Word> = Vec::new();
        let pairs = self.pairs().iter();
        words.extend(pairs.flat_map(|pair| std::iter::once(&pair.key).chain(&pair.value)));
        words.extend(self.flags.iter().filter_map(|flag| flag.value.as_ref()));
        match &self.kind {
            InstructionKind::From(from) => words.extend(&from.image),
            InstructionKind::Run(run) => {
                let fields = run.mounts.iter().flat_map(|mount| &mount.fields);
                words.extend(fields.filter_map(|field| field.value.as_ref()));
            }
            InstructionKind::Copy(copy) => words.extend(&copy.paths.words),
            InstructionKind::Add(add) => words.extend(&add.paths.words),
            InstructionKind::Volume(volume) => words.extend(&volume.paths.words),
            InstructionKind::Expose(expose) => words.extend(&expose.ports),
            InstructionKind::User(user) => words.extend(&user.user),
            InstructionKind::Workdir(workdir) => words.extend(&workdir.path),
            InstructionKind::StopSignal(stop) => words.extend(&stop.signal),
            InstructionKind::Maintainer(maintainer) => words.extend(&maintainer.name),
            _ => {}
        }
        if let Some(Command::Exec(exec)) = self.command() {
            words.extend(&exec.arguments);
        }
        words
    }

    /// The command of `RUN`, `CMD`, `ENTRYPOINT`, `SHELL` and `HEALTHCHECK`.
    pub fn command(&self) -> Option<&Command> {
        match &self.kind {
            InstructionKind::Run(run) => run.command.as_ref(),
            InstructionKind::Cmd(cmd) => cmd.command.as_ref(),
            InstructionKind::Entrypoint(entrypoint) => entrypoint.command.as_ref(),
            InstructionKind::Shell(shell) => shell.command.as_ref(),
            InstructionKind::Healthcheck(healthcheck) => healthcheck.command.as_ref(),
            _ => None,
        }
    }
}

impl Command {
    /// Its bytes in the file.
    pub fn span(&self) -> Span {
        match self {
            Command::Shell(shell) => shell.span,
            Command::Exec(exec) => exec.span,
        }
    }
}

impl List {
    /// All but the last word.
    pub fn sources(&self) -> &[Word] {
        self.words.split_last().map_or(&[], |(_, sources)| sources)
    }

    /// The last word, where there are at least two.
    pub fn destination(&self) -> Option<&Word> {
        if self.words.len() > 1 {
            self.words.last()
        } else {
            None
        }
    }
}

impl Ast {
    /// Where an instruction begins, or the comments right above it do.
    pub fn above(&self, instruction: &Instruction) -> u32 {
        let (mut line, mut at) = (instruction.lines.first, instruction.span.start);
        for comment in self.comments_before(instruction).iter().rev() {
            if comment.line + 1 != line {
                break;
            }
            (line, at) = (comment.line, comment.span.start);
        }
        at
    }

    /// The comments between the previous instruction and this one (its trigger, for an `ONBUILD`, has
    /// none of its own).
    pub fn comments_before(&self, instruction: &Instruction) -> &[Comment] {
        self.comments_in(&instruction.comments_before)
    }

    /// The comments between the lines of an instruction.
    pub fn comments_inside(&self, instruction: &Instruction) -> &[Comment] {
        self.comments_in(&instruction.comments_inside)
    }

    fn comments_in(&self, range: &Range<u32>) -> &[Comment] {
        self.comments
            .get(range.start as usize..range.end as usize)
            .unwrap_or_default()
    }

    /// The instruction whose span holds the byte at `at`, for an editor's cursor.
    pub fn instruction_at(&self, at: u32) -> Option<&Instruction> {
        let index = self
            .instructions
            .partition_point(|instruction| instruction.span.start <= at);
        let instruction = self.instructions.get(index.checked_sub(1)?)?;
        instruction.span.touches(at).then_some(instruction)
    }

    /// The directive of a kind that counts.
    pub fn directive(&self, kind: DirectiveKind) -> Option<&Directive> {
        self.directives
            .iter()
            .find(|directive| directive.kind == kind && directive.counts)
    }
}
