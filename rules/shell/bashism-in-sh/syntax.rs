//! What bash has and not every `sh`, and where it stands in a script.

use crate::shell::ast::{
    ArmEnd, Assignment, AssignmentValue, Command, CompoundCommand, CompoundKind, Descriptor,
    PipeOperator, Redirect, RedirectOperator, SimpleCommand,
};
use crate::shell::invocation::{Argument, Invocation};
use crate::shell::programs::Programs;
use crate::shell::walk::Node;
use crate::shell::word::{Brace, CommandSubstitution, Glob, Operation, Parameter, Word, WordPart};
use crate::text::Span;

/// A construct that POSIX does not know.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Construct {
    AnsiQuotes,
    AppendAssignment,
    AppendBoth,
    ArithmeticCommand,
    ArithmeticFor,
    Array,
    AshOption,
    Base,
    BashBuiltin,
    BashOption,
    BashVariable,
    BraceExpansion,
    CaretInBrackets,
    ChangeCase,
    Conditional,
    Coprocess,
    DoubleEquals,
    DuplicateToFile,
    EchoOption,
    ExecOption,
    ExtendedGlob,
    FallThrough,
    FileSubstitution,
    FunctionKeyword,
    FunctionName,
    HereString,
    HighDescriptor,
    Increment,
    Indirect,
    Let,
    NamedDescriptor,
    NamesByPrefix,
    NetworkFile,
    OldArithmetic,
    PipeBoth,
    Power,
    PrintfQuote,
    ProcessSubstitution,
    Random,
    ReadWithoutName,
    RedirectBoth,
    Replace,
    Select,
    SetBashOption,
    SetOption,
    SignalName,
    Source,
    Substring,
    TestOperator,
    TranslatedQuotes,
    Transform,
    TrapError,
    TrapOther,
}

/// What is known of a construct.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) construct: Construct,
    /// The number behind `SC`, or 0. `find` knows nothing of it; it says where else to read about the construct.
    #[cfg_attr(
        not(test),
        expect(dead_code, reason = "tests compare it with the aliases")
    )]
    code: u16,
    /// What it is called in a sentence.
    pub(super) name: &'static str,
    /// Whether dash has it: tried out with dash 0.5.12 of Debian 12.
    pub(super) in_dash: bool,
    /// Whether BusyBox' ash has it: tried out with BusyBox 1.35 of Debian 12, which like Alpine's has
    /// the additions that `ASH_BASH_COMPAT` brings.
    pub(super) in_ash: bool,
    /// What to write instead; empty where bash is the answer.
    pub(super) instead: &'static str,
}

const fn row(
    construct: Construct,
    code: u16,
    name: &'static str,
    in_ash: bool,
    instead: &'static str,
) -> Row {
    Row {
        construct,
        code,
        name,
        in_dash: false,
        in_ash,
        instead,
    }
}

/// Every construct, in the order of [`Construct`].
const ROWS: &[Row] = &[
    row(
        Construct::AnsiQuotes,
        3003,
        "`$'…'`",
        true,
        "use `printf` for escapes",
    ),
    row(
        Construct::AppendAssignment,
        3024,
        "`+=`",
        false,
        "write `name=\"${name}more\"`",
    ),
    row(
        Construct::AppendBoth,
        3020,
        "`&>>`",
        false,
        "write `>>file 2>&1`",
    ),
    row(
        Construct::ArithmeticCommand,
        3006,
        "`(( … ))`",
        false,
        "write `[ $((…)) -ne 0 ]` or `: $((…))`",
    ),
    row(
        Construct::ArithmeticFor,
        3005,
        "a loop as in C",
        false,
        "write a `while` loop",
    ),
    row(Construct::Array, 3030, "an array", false, ""),
    row(
        Construct::AshOption,
        3045,
        "an option that only bash's builtin has",
        true,
        "",
    ),
    row(
        Construct::Base,
        3052,
        "a number with its base, as in `10#08`,",
        true,
        "",
    ),
    row(Construct::BashBuiltin, 3044, "a builtin of bash", false, ""),
    row(
        Construct::BashOption,
        3045,
        "an option that only bash's builtin has",
        false,
        "",
    ),
    row(
        Construct::BashVariable,
        3028,
        "a variable that only bash sets",
        false,
        "set it first, or ask a program such as `id -u`",
    ),
    row(
        Construct::BraceExpansion,
        3009,
        "a brace expansion",
        false,
        "write the words out",
    ),
    row(
        Construct::CaretInBrackets,
        3026,
        "`[^…]`",
        true,
        "write `[!…]`",
    ),
    row(
        Construct::ChangeCase,
        3059,
        "changing the case in `${…}`",
        false,
        "use `tr`",
    ),
    row(
        Construct::Conditional,
        3010,
        "`[[ … ]]`",
        true,
        "write `[ … ]`, or `case` for patterns",
    ),
    row(Construct::Coprocess, 3032, "`coproc`", false, ""),
    row(
        Construct::DoubleEquals,
        3014,
        "`==` in a test",
        true,
        "write `=`",
    ),
    row(
        Construct::DuplicateToFile,
        3021,
        "`>&` with a file",
        true,
        "write `>file 2>&1`",
    ),
    row(
        Construct::EchoOption,
        3037,
        "`echo` with an option other than `-n`",
        true,
        "use `printf`",
    ),
    row(
        Construct::ExecOption,
        3038,
        "`exec` with an option",
        false,
        "",
    ),
    row(
        Construct::ExtendedGlob,
        3002,
        "an extended pattern",
        false,
        "",
    ),
    row(
        Construct::FallThrough,
        2127,
        "falling through in `case`",
        false,
        "",
    ),
    row(
        Construct::FileSubstitution,
        3034,
        "`$(<file)`",
        false,
        "write `$(cat file)`",
    ),
    row(
        Construct::FunctionKeyword,
        2113,
        "the word `function`",
        true,
        "write `name() { …; }`",
    ),
    row(
        Construct::FunctionName,
        3033,
        "a function name with other characters than letters, digits and `_`",
        false,
        "choose another name",
    ),
    row(
        Construct::HereString,
        3011,
        "a here-string",
        false,
        "pipe `printf '%s\\n' …` into the command",
    ),
    row(
        Construct::HighDescriptor,
        3023,
        "a descriptor above 9",
        true,
        "use one up to 9",
    ),
    row(
        Construct::Increment,
        3018,
        "`++` or `--`",
        true,
        "write `$((name + 1))`",
    ),
    row(
        Construct::Indirect,
        3053,
        "an indirect expansion",
        false,
        "",
    ),
    row(Construct::Let, 3039, "`let`", true, "write `: $((…))`"),
    row(
        Construct::NamedDescriptor,
        3022,
        "a descriptor in a variable",
        false,
        "use a number up to 9",
    ),
    row(
        Construct::NamesByPrefix,
        3056,
        "expanding names by their prefix",
        false,
        "",
    ),
    row(
        Construct::NetworkFile,
        3025,
        "`/dev/tcp` or `/dev/udp`",
        false,
        "",
    ),
    row(
        Construct::OldArithmetic,
        3007,
        "`$[ … ]`",
        false,
        "write `$(( … ))`",
    ),
    row(Construct::PipeBoth, 3029, "`|&`", false, "write `2>&1 |`"),
    row(Construct::Power, 3019, "`**`", true, "multiply"),
    row(Construct::PrintfQuote, 3050, "`printf %q`", false, ""),
    row(
        Construct::ProcessSubstitution,
        3001,
        "a process substitution",
        true,
        "use a pipe or a temporary file",
    ),
    row(
        Construct::Random,
        3028,
        "`$RANDOM`",
        true,
        "read from `/dev/urandom`",
    ),
    row(
        Construct::ReadWithoutName,
        3061,
        "`read` without a name",
        true,
        "name a variable",
    ),
    row(
        Construct::RedirectBoth,
        3020,
        "`&>`",
        true,
        "write `>file 2>&1`",
    ),
    row(
        Construct::Replace,
        3060,
        "replacing in `${…}`",
        true,
        "use `sed`",
    ),
    row(Construct::Select, 3008, "`select`", false, ""),
    row(
        Construct::SetBashOption,
        3041,
        "an option of `set` that only bash has",
        false,
        "",
    ),
    row(
        Construct::SetOption,
        3040,
        "`set -o` with this name",
        true,
        "write `SHELL [\"/bin/bash\", \"-o\", \"pipefail\", \"-c\"]` above, if the image has bash",
    ),
    row(
        Construct::SignalName,
        3048,
        "a signal with `SIG`",
        true,
        "leave `SIG` away",
    ),
    row(Construct::Source, 3046, "`source`", true, "write `.`"),
    row(
        Construct::Substring,
        3057,
        "a substring in `${…}`",
        true,
        "use `cut`",
    ),
    row(
        Construct::TestOperator,
        3015,
        "this operator in a test",
        false,
        "",
    ),
    row(
        Construct::TranslatedQuotes,
        3004,
        "`$\"…\"`",
        false,
        "leave the `$` away",
    ),
    row(Construct::Transform, 0, "`${…@…}`", false, ""),
    row(Construct::TrapError, 3047, "`trap … ERR`", true, ""),
    row(
        Construct::TrapOther,
        3047,
        "`trap` for `DEBUG` or `RETURN`",
        false,
        "",
    ),
];

impl Construct {
    /// What is known of it.
    pub(super) fn row(self) -> &'static Row {
        let found = ROWS.iter().find(|row| row.construct == self);
        found.unwrap_or(&ROWS[0])
    }
}

/// Variables that bash sets and dash and ash do not. Not those that the container's environment may have.
const BASH_VARIABLES: &[&str] = &[
    "BASHPID",
    "BASH_SOURCE",
    "DIRSTACK",
    "EUID",
    "FUNCNAME",
    "GROUPS",
    "HOSTTYPE",
    "MACHTYPE",
    "OSTYPE",
    "PIPESTATUS",
    "SECONDS",
    "UID",
];

/// Builtins that dash and ash lack, and that are no programs either.
const BASH_BUILTINS: &[&str] = &[
    "builtin",
    "caller",
    "compgen",
    "complete",
    "compopt",
    "declare",
    "dirs",
    "disown",
    "enable",
    "mapfile",
    "popd",
    "pushd",
    "readarray",
    "shopt",
    "suspend",
    "typeset",
];

/// Options of builtins: the builtin, those that only bash has, those that ash has as well.
const OPTIONS: &[(&str, &[&str], &[&str])] = &[
    ("read", &["a", "i", "N", "e"], &["n", "s", "t", "d", "u"]),
    ("type", &[], &["t", "p", "a", "P"]),
    ("hash", &["d", "p", "t", "l"], &[]),
    ("export", &["f"], &["n"]),
    ("readonly", &["f", "a", "A"], &[]),
    ("trap", &["l", "p"], &[]),
    ("printf", &["v"], &[]),
    ("wait", &["p", "f"], &["n"]),
    ("cd", &["e"], &[]),
    ("unset", &["n"], &[]),
    ("umask", &["p"], &[]),
    ("jobs", &["x"], &[]),
];

/// Shows every construct of a node itself, without what is inside it, and its place.
pub(super) fn find(node: &Node<'_>, text: &str, show: &mut dyn FnMut(Construct, Span)) {
    match node {
        Node::Pipeline(pipeline) => {
            for pipe in &pipeline.pipes {
                if pipe.value == PipeOperator::OutputAndError {
                    show(Construct::PipeBoth, pipe.span);
                }
            }
        }
        Node::Command(command) => find_in_command(command, show),
        Node::Assignment(assignment) => find_in_assignment(assignment, show),
        Node::Redirect(redirect) => find_in_redirect(redirect, show),
        Node::Part(part) => find_in_part(part, text, show),
        Node::Word(word) => {
            if let Some(span) = first_brace_expansion(word) {
                show(Construct::BraceExpansion, span);
            }
            // Where `$[ … ]` is nothing of its own, it is read as a pattern.
            for pair in word.parts.windows(2) {
                if let [WordPart::Literal(dollar), WordPart::Glob(glob)] = pair
                    && dollar.value.ends_with('$')
                    && matches!(glob.value, Glob::Bracket(_))
                {
                    show(Construct::OldArithmetic, glob.span);
                }
            }
        }
        Node::List(_) | Node::Conditional(_) => {}
    }
}

/// From the first opening brace of an expansion to the one that closes it.
fn first_brace_expansion(word: &Word) -> Option<Span> {
    let mut braces = word.parts.iter().filter_map(|part| match part {
        WordPart::Brace(brace) => Some(brace),
        _ => None,
    });
    let first = braces.find(|brace| brace.value == Brace::Open)?;
    let mut depth = 1;
    for brace in braces {
        match brace.value {
            Brace::Open => depth += 1,
            Brace::Close => depth -= 1,
            Brace::Comma | Brace::Range => {}
        }
        if depth == 0 {
            return Some(first.span.cover(brace.span));
        }
    }
    Some(first.span)
}

fn find_in_command(command: &Command, show: &mut dyn FnMut(Construct, Span)) {
    match command {
        Command::Simple(simple) => find_in_simple(simple, show),
        Command::Compound(compound) => find_in_compound(compound, show),
        Command::Function(function) => {
            let start = function.span.start;
            if function.keyword {
                show(Construct::FunctionKeyword, Span::new(start, start + 8));
            }
            let name = &function.name;
            let is_name = |byte: u8| byte == b'_' || byte.is_ascii_alphanumeric();
            if !name.value.bytes().all(is_name) {
                show(Construct::FunctionName, name.span);
            }
        }
        Command::Coprocess(coprocess) => {
            let start = coprocess.span.start;
            show(Construct::Coprocess, Span::new(start, start + 6));
        }
    }
}

fn find_in_compound(compound: &CompoundCommand, show: &mut dyn FnMut(Construct, Span)) {
    let start = compound.span.start;
    let opening = |length: u32| Span::new(start, start + length);
    match &compound.kind {
        CompoundKind::ArithmeticFor(_) => show(Construct::ArithmeticFor, opening(3)),
        CompoundKind::Arithmetic(_) => show(Construct::ArithmeticCommand, opening(2)),
        CompoundKind::Conditional(_) => show(Construct::Conditional, opening(2)),
        CompoundKind::For(command) if command.select => show(Construct::Select, opening(6)),
        CompoundKind::Case(command) => {
            for end in command.arms.iter().filter_map(|arm| arm.end.as_ref()) {
                if end.value != ArmEnd::Break {
                    show(Construct::FallThrough, end.span);
                }
            }
        }
        _ => {}
    }
}

/// The commands of which [`find_in_simple`] knows something.
const KNOWN: Programs = {
    let mut known = Programs::of(&[
        "[", "coproc", "echo", "exec", "let", "set", "source", "test",
    ]);
    let mut index = 0;
    while index < OPTIONS.len() {
        known = known.and(Programs::of(&[OPTIONS[index].0]));
        index += 1;
    }
    known.and(Programs::of(BASH_BUILTINS))
};

fn find_in_simple(command: &SimpleCommand, show: &mut dyn FnMut(Construct, Span)) {
    if !command.may_run(&KNOWN) {
        return;
    }
    // Other programs, `sudo` and `xargs` for instance, run programs and no builtins.
    let Some(mut invocation) = command.invocation() else {
        return;
    };
    while invocation.path() == Some("command") {
        match invocation.inside_wrapper() {
            Some(inner) => invocation = inner,
            None => return,
        }
    }
    let name_span = invocation.name_word().span;
    let Some(name) = invocation.path() else {
        return;
    };
    match name {
        "[" | "test" => find_in_test(&invocation, show),
        "echo" => {
            if let Some(word) = invocation.args().first()
                && let Some(options) = word.literal().and_then(|text| text.strip_prefix('-'))
                && !options.is_empty()
                && options
                    .bytes()
                    .all(|byte| matches!(byte, b'e' | b'E' | b'n'))
                && options.bytes().any(|byte| byte != b'n')
            {
                show(Construct::EchoOption, word.span);
            }
        }
        // Where it is no reserved word, it is read as a command.
        "coproc" => show(Construct::Coprocess, name_span),
        "let" => show(Construct::Let, name_span),
        "source" => show(Construct::Source, name_span),
        "exec" => {
            let mut words = invocation.args().iter();
            let option = words
                .next()
                .filter(|word| matches!(word.literal(), Some("-a" | "-c" | "-l" | "-cl" | "-lc")));
            if let Some(option) = option {
                show(Construct::ExecOption, option.span);
            }
        }
        "set" => find_in_set(&invocation, show),
        "trap" => find_in_trap(&invocation, show),
        "printf" => {
            let format = invocation.args().first();
            if let Some(format) =
                format.filter(|word| word.text().is_some_and(|text| text.contains("%q")))
            {
                show(Construct::PrintfQuote, format.span);
            }
            find_options(&invocation, name, show);
        }
        "read" => {
            let values: &[&str] = &["a", "d", "i", "n", "N", "p", "t", "u"];
            if invocation.operands(values).next().is_none()
                && !invocation.args().iter().any(Word::has_expansion)
            {
                show(Construct::ReadWithoutName, name_span);
            }
            find_options(&invocation, name, show);
        }
        _ if BASH_BUILTINS.contains(&name) => show(Construct::BashBuiltin, name_span),
        _ => find_options(&invocation, name, show),
    }
}

/// Options in front of the first operand that not every shell's builtin has.
fn find_options(invocation: &Invocation<'_>, name: &str, show: &mut dyn FnMut(Construct, Span)) {
    let Some((_, bash, ash)) = OPTIONS.iter().find(|(builtin, ..)| *builtin == name) else {
        return;
    };
    let values: &[&str] = match name {
        "read" => &["a", "d", "i", "n", "N", "p", "t", "u"],
        "printf" => &["v"],
        _ => &[],
    };
    for argument in invocation.arguments(values) {
        let Argument::Flag(flag) = argument else {
            break;
        };
        if flag.is_long {
            continue;
        }
        if bash.contains(&flag.name) {
            show(Construct::BashOption, flag.word.span);
        } else if ash.contains(&flag.name) {
            show(Construct::AshOption, flag.word.span);
        }
    }
}

fn find_in_test(invocation: &Invocation<'_>, show: &mut dyn FnMut(Construct, Span)) {
    let args = match invocation.args() {
        [inside @ .., last] if last.is("]") => inside,
        args => args,
    };
    for window in args.windows(2) {
        let [_, operator] = window else { continue };
        match operator.literal() {
            Some("==") if !operator.is_quoted() => show(Construct::DoubleEquals, operator.span),
            Some("=~") if !operator.is_quoted() => show(Construct::TestOperator, operator.span),
            _ => {}
        }
    }
    let args = match args {
        [first, rest @ ..] if first.is("!") => rest,
        _ => args,
    };
    if let [operator, _] = args
        && matches!(operator.literal(), Some("-v" | "-a" | "-o" | "-R" | "-N"))
    {
        show(Construct::TestOperator, operator.span);
    }
}

fn find_in_set(invocation: &Invocation<'_>, show: &mut dyn FnMut(Construct, Span)) {
    let mut takes_name = false;
    for word in invocation.args() {
        let Some(text) = word.literal() else { return };
        if takes_name {
            match text {
                "pipefail" | "errtrace" => show(Construct::SetOption, word.span),
                "braceexpand" | "functrace" | "hashall" | "histexpand" | "history" | "keyword"
                | "onecmd" | "physical" | "posix" => {
                    show(Construct::SetBashOption, word.span);
                }
                _ => {}
            }
            takes_name = false;
            continue;
        }
        let Some(letters) = text.strip_prefix(['-', '+']) else {
            return;
        };
        if letters.starts_with('-') {
            return;
        }
        takes_name = letters.contains('o');
        if letters.bytes().any(|letter| b"BHPTkh".contains(&letter)) {
            show(Construct::SetBashOption, word.span);
        }
    }
}

fn find_in_trap(invocation: &Invocation<'_>, show: &mut dyn FnMut(Construct, Span)) {
    let mut operands = invocation.operands(&[]);
    if operands.next().is_none() {
        find_options(invocation, "trap", show);
        return;
    }
    for word in operands {
        match word.literal() {
            Some("ERR") => show(Construct::TrapError, word.span),
            Some("DEBUG" | "RETURN") => show(Construct::TrapOther, word.span),
            Some(name) if name.starts_with("SIG") => show(Construct::SignalName, word.span),
            _ => {}
        }
    }
}

fn find_in_assignment(assignment: &Assignment, show: &mut dyn FnMut(Construct, Span)) {
    if matches!(assignment.value, AssignmentValue::Array(_)) || assignment.subscript.is_some() {
        show(Construct::Array, assignment.span);
    } else if assignment.append {
        let start = assignment.name.span.end;
        show(Construct::AppendAssignment, Span::new(start, start + 1));
    }
}

fn find_in_redirect(redirect: &Redirect, show: &mut dyn FnMut(Construct, Span)) {
    let operator = redirect.operator.span;
    match redirect.operator.value {
        RedirectOperator::HereString => show(Construct::HereString, operator),
        RedirectOperator::OutputAndError => show(Construct::RedirectBoth, operator),
        RedirectOperator::AppendOutputAndError => show(Construct::AppendBoth, operator),
        RedirectOperator::DuplicateOutput => {
            let is_file = redirect.target.literal().is_some_and(|target| {
                !target.is_empty()
                    && !target
                        .bytes()
                        .all(|byte| byte == b'-' || byte.is_ascii_digit())
            });
            if is_file {
                show(Construct::DuplicateToFile, operator);
            }
        }
        _ => {}
    }
    if let Some(descriptor) = &redirect.descriptor {
        match descriptor.value {
            Descriptor::Variable(_) => show(Construct::NamedDescriptor, descriptor.span),
            Descriptor::Number(10..) => show(Construct::HighDescriptor, descriptor.span),
            Descriptor::Number(_) => {}
        }
    }
    let target = redirect.target.leading_piece();
    if redirect.heredoc.is_none()
        && (target.starts_with("/dev/tcp/") || target.starts_with("/dev/udp/"))
    {
        show(Construct::NetworkFile, redirect.target.span);
    }
}

fn find_in_part(part: &WordPart, text: &str, show: &mut dyn FnMut(Construct, Span)) {
    match part {
        WordPart::AnsiQuoted(quoted) => show(Construct::AnsiQuotes, quoted.span),
        WordPart::DoubleQuoted(quoted) if quoted.localized => {
            show(Construct::TranslatedQuotes, quoted.span);
        }
        WordPart::ProcessSubstitution(substitution) => {
            show(Construct::ProcessSubstitution, substitution.span);
        }
        WordPart::ExtendedGlob(glob) => show(Construct::ExtendedGlob, glob.span),
        WordPart::Glob(glob) => {
            if matches!(&glob.value, Glob::Bracket(text) if text.starts_with("[^")) {
                show(Construct::CaretInBrackets, glob.span);
            }
        }
        WordPart::Arithmetic(arithmetic) => {
            if arithmetic.span.text(text).starts_with("$[") {
                show(Construct::OldArithmetic, arithmetic.span);
            }
            find_in_arithmetic(&arithmetic.expression, arithmetic.span, show);
        }
        WordPart::CommandSubstitution(substitution) if is_file(substitution) => {
            show(Construct::FileSubstitution, substitution.span);
        }
        WordPart::Parameter(parameter) => find_in_parameter(parameter, show),
        _ => {}
    }
}

/// Whether a substitution is nothing but a redirection from a file.
fn is_file(substitution: &CommandSubstitution) -> bool {
    let [item] = &*substitution.body.items else {
        return false;
    };
    let [Command::Simple(command)] = &*item.pipeline.commands else {
        return false;
    };
    let is_empty = command.words.is_empty() && command.assignments.is_empty();
    let [redirect] = &*command.redirects else {
        return false;
    };
    is_empty && redirect.operator.value == RedirectOperator::Input
}

/// Operators in an arithmetic expression.
fn find_in_arithmetic(expression: &Word, span: Span, show: &mut dyn FnMut(Construct, Span)) {
    for part in expression.pieces() {
        let WordPart::Literal(literal) = part else {
            continue;
        };
        let bytes = literal.value.as_bytes();
        let has = |pair: &[u8]| bytes.windows(2).any(|window| window == pair);
        if has(b"++") || has(b"--") {
            show(Construct::Increment, span);
        }
        if has(b"**") {
            show(Construct::Power, span);
        }
        let is_base = |window: &[u8]| window[0].is_ascii_digit() && window[1] == b'#';
        if bytes.windows(2).any(is_base) {
            show(Construct::Base, span);
        }
    }
}

fn find_in_parameter(parameter: &Parameter, show: &mut dyn FnMut(Construct, Span)) {
    let span = parameter.span;
    if parameter.subscript.is_some() {
        show(Construct::Array, span);
        return;
    }
    match parameter.operation.as_deref() {
        Some(Operation::Names) => show(Construct::NamesByPrefix, span),
        _ if parameter.indirect => show(Construct::Indirect, span),
        Some(Operation::Replace { .. }) => show(Construct::Replace, span),
        Some(Operation::Substring { .. }) => show(Construct::Substring, span),
        Some(Operation::ChangeCase { .. }) => show(Construct::ChangeCase, span),
        Some(Operation::Transform(_)) => show(Construct::Transform, span),
        Some(Operation::Conditional { .. }) => {}
        _ => {
            let name = &*parameter.name.value;
            if name == "RANDOM" {
                show(Construct::Random, span);
            } else if BASH_VARIABLES.contains(&name) {
                show(Construct::BashVariable, span);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_construct_has_a_row_and_its_code_is_an_alias() {
        let readme = include_str!("README.md");
        for (index, row) in ROWS.iter().enumerate() {
            assert_eq!(row.construct as usize, index, "{row:?}");
            assert_eq!(row.construct.row().name, row.name);
            let code = format!("SC{}", row.code);
            assert!(row.code == 0 || readme.contains(&code), "{code}");
        }
        assert_eq!(Construct::TrapOther as usize + 1, ROWS.len());
    }

    #[test]
    fn tables_are_sorted() {
        assert!(BASH_VARIABLES.is_sorted());
        assert!(BASH_BUILTINS.is_sorted());
    }
}
