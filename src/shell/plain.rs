//! Which uses of variables give plain text: neither blanks nor pattern characters, so that quotes would
//! change nothing.
//!
//! Follows the order in which commands run: branches are joined, loops may run any number of times, what a
//! subshell sets is lost behind it, functions are looked at where they are called. In `a && b && c` the ways
//! through `a && b` are joined before `c`, as ShellCheck does it.
//!
//! Not for: what a value is. Invariant: time is linear in the script, but for functions, whose calls have a
//! budget.

use std::collections::HashMap;

use super::Dialect;
use super::assign::{self, Given};
use super::ast::{
    Command, CompoundCommand, CompoundKind, Conditional, ConditionalKind, Descriptor, List,
    ListItem, ListOperator, Pipeline, Redirect, Script, SimpleCommand,
};
use super::word::{Conditionally, Operation, Parameter, Word, WordPart};
use crate::text::order;

/// How many commands in the bodies of called functions are followed.
const MAX_CALLED: usize = 2_000;

/// How often the body of a loop is gone through until what it sets is taken to be anything.
const MAX_TURNS: usize = 5;

/// In how many loops around each other this is done.
const MAX_LOOPS: usize = 4;

/// How deep calls of functions are followed.
const MAX_CALLS: usize = 3;

/// The variables of a script that may hold more than one plain word, at the places that use them.
#[derive(Clone, Debug, Default)]
pub struct Uncertain {
    /// Where they begin in the file, in order.
    starts: Vec<u32>,
}

impl Uncertain {
    /// Whether the text that a parameter stands for may hold blanks or pattern characters.
    pub fn contains(&self, parameter: &Parameter) -> bool {
        self.starts.binary_search(&parameter.span.start).is_ok()
    }
}

impl Script {
    /// Which of the script's variables may hold blanks or pattern characters where they are used. `is_plain`
    /// tells of variables that the script does not set itself. Scripts inside of strings are left out.
    pub fn uncertain(&self, is_plain: &dyn Fn(&str) -> bool) -> Uncertain {
        let mut flow = Flow {
            dialect: self.dialect,
            is_plain,
            values: HashMap::new(),
            journal: Vec::new(),
            functions: HashMap::new(),
            loops: 0,
            calls: 0,
            called: 0,
            found: Vec::new(),
        };
        flow.list(&self.body);
        let mut uncalled: Vec<&Command> = flow
            .functions
            .values()
            .filter(|function| !function.was_called)
            .map(|function| function.body)
            .collect();
        order::sort_by_key(&mut uncalled, |body| body.span());
        for body in uncalled {
            flow.subshell(|flow| flow.command(body));
        }
        let mut starts = flow.found;
        order::sort(&mut starts);
        starts.dedup();
        Uncertain { starts }
    }
}

/// What is known of a value.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Value {
    Empty,
    /// Text without blanks and pattern characters, or perhaps nothing.
    Plain,
    Any,
}

impl Value {
    /// Either of two values.
    fn or(self, other: Value) -> Value {
        match (self, other) {
            (Value::Any, _) | (_, Value::Any) => Value::Any,
            (Value::Empty, Value::Empty) => Value::Empty,
            _ => Value::Plain,
        }
    }

    fn of(text: &str) -> Value {
        let splits = |c: char| c.is_ascii_whitespace() || matches!(c, '*' | '?' | '[');
        if text.is_empty() {
            Value::Empty
        } else if text.contains(splits) {
            Value::Any
        } else {
            Value::Plain
        }
    }
}

/// A function that was defined.
struct Function<'a> {
    body: &'a Command,
    was_called: bool,
}

/// Whether the shell goes on behind a command.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Goes {
    On,
    /// `exit`, `return`, `break`
    Away,
}

/// What one way through a compound command sets, and whether it ends there.
type Way<'a> = (Vec<(&'a str, Value)>, Goes);

struct Flow<'a, 'f> {
    dialect: Dialect,
    is_plain: &'f dyn Fn(&str) -> bool,
    values: HashMap<&'a str, Value>,
    /// What was overwritten, so that it can be brought back.
    journal: Vec<(&'a str, Option<Value>)>,
    functions: HashMap<&'a str, Function<'a>>,
    /// Loops around the command.
    loops: usize,
    calls: usize,
    called: usize,
    found: Vec<u32>,
}

impl<'a> Flow<'a, '_> {
    fn get(&self, name: &str) -> Value {
        if let Some(value) = self.values.get(name) {
            return *value;
        }
        if is_number(name) || (self.is_plain)(name) {
            Value::Plain
        } else {
            Value::Any
        }
    }

    fn set(&mut self, name: &'a str, value: Value) {
        let before = self.values.insert(name, value);
        self.journal.push((name, before));
    }

    fn roll_back(&mut self, mark: usize) {
        while self.journal.len() > mark {
            let Some((name, before)) = self.journal.pop() else {
                return;
            };
            match before {
                Some(value) => self.values.insert(name, value),
                None => self.values.remove(name),
            };
        }
    }

    /// The variables that were set since a mark, each once, with their values now.
    fn changes(&self, mark: usize) -> Vec<(&'a str, Value)> {
        let mut names: Vec<&str> = self.journal[mark..].iter().map(|(name, _)| *name).collect();
        order::sort(&mut names);
        names.dedup();
        names
            .into_iter()
            .map(|name| (name, self.get(name)))
            .collect()
    }

    /// Runs something whose settings are lost behind it.
    fn subshell<R>(&mut self, run: impl FnOnce(&mut Self) -> R) -> R {
        let mark = self.journal.len();
        let result = run(self);
        self.roll_back(mark);
        result
    }

    /// Runs something that is one way of several, and goes back to where it began.
    fn way(&mut self, run: impl FnOnce(&mut Self) -> Goes) -> Way<'a> {
        let mark = self.journal.len();
        let goes = run(self);
        let changes = self.changes(mark);
        self.roll_back(mark);
        (changes, goes)
    }

    /// Goes on behind several ways. `or_none` means that none of them may have been taken.
    fn join(&mut self, ways: &[Way<'a>], or_none: bool) -> Goes {
        let open = ways.iter().filter(|(_, goes)| *goes == Goes::On);
        let count = open.clone().count();
        if count == 0 && !or_none {
            return Goes::Away;
        }
        let mut joined: HashMap<&str, (Value, usize)> = HashMap::new();
        for (name, value) in open.flat_map(|(changes, _)| changes) {
            let entry = joined.entry(name).or_insert((*value, 0));
            *entry = (entry.0.or(*value), entry.1 + 1);
        }
        for (name, (value, times)) in joined {
            let is_everywhere = times == count && !or_none;
            let value = if is_everywhere {
                value
            } else {
                value.or(self.get(name))
            };
            self.set(name, value);
        }
        Goes::On
    }

    fn list(&mut self, list: &'a List) -> Goes {
        for chain in list.chains() {
            let is_background = chain.last().and_then(|item| item.operator);
            let is_background =
                is_background.is_some_and(|operator| operator.value == ListOperator::Background);
            if is_background {
                self.subshell(|flow| flow.chain(chain));
            } else if self.chain(chain) == Goes::Away {
                return Goes::Away;
            }
        }
        Goes::On
    }

    /// Pipelines joined by `&&` and `||`. The values at any time are those of success; those of failure are
    /// any that were there since `failing`.
    fn chain(&mut self, chain: &'a [ListItem]) -> Goes {
        let mut failing = self.journal.len();
        let mut may_fail = false;
        let mut goes = Goes::On;
        for (index, item) in chain.iter().enumerate() {
            let before = index
                .checked_sub(1)
                .and_then(|before| chain[before].operator);
            let is_or = before.is_some_and(|operator| operator.value == ListOperator::Or);
            if is_or {
                let success = self.changes(failing);
                let was = goes;
                self.fail(failing);
                let failed = self.changes(failing);
                let (mut changes, ends) = self.way(|flow| flow.pipeline(&item.pipeline));
                // `changes` is in the order of the names.
                let own = changes.len();
                for (name, value) in failed {
                    if changes[..own]
                        .binary_search_by_key(&name, |(name, _)| name)
                        .is_err()
                    {
                        changes.push((name, value));
                    }
                }
                self.restore(&success);
                goes = self.join(&[(success, was), (changes, ends)], false);
                failing = self.journal.len();
                may_fail = true;
                continue;
            }
            if goes == Goes::Away {
                continue;
            }
            if index == 0 {
                goes = self.pipeline(&item.pipeline);
            } else {
                // What is behind the next `&&` is not told apart from what is behind the whole chain.
                let (changes, ends) = self.way(|flow| flow.pipeline(&item.pipeline));
                goes = self.join(&[(Vec::new(), Goes::On), (changes, ends)], false);
            }
            if !may_fail {
                failing = self.journal.len();
            }
            may_fail |= !cannot_fail(&item.pipeline);
        }
        if may_fail {
            // `a && exit` goes on where `a` fails.
            let is_last_alone = chain.len() == 1;
            self.fail(failing);
            if goes == Goes::Away && !is_last_alone && chain_may_go_on(chain) {
                goes = Goes::On;
            }
        }
        goes
    }

    /// Makes of every variable what it may be where something since a mark failed.
    fn fail(&mut self, mark: usize) {
        let mut joined: HashMap<&str, Value> = HashMap::new();
        for (name, before) in &self.journal[mark..] {
            let before = before.unwrap_or_else(|| {
                if is_number(name) || (self.is_plain)(name) {
                    Value::Plain
                } else {
                    Value::Any
                }
            });
            let value = joined.entry(name).or_insert_with(|| self.get(name));
            *value = value.or(before);
        }
        for (name, value) in joined {
            self.set(name, value);
        }
    }

    /// Gives variables the values that they had.
    fn restore(&mut self, values: &[(&'a str, Value)]) {
        for (name, value) in values {
            self.set(name, *value);
        }
    }

    fn pipeline(&mut self, pipeline: &'a Pipeline) -> Goes {
        if let [command] = &pipeline.commands[..] {
            return self.command(command);
        }
        for command in &pipeline.commands {
            self.subshell(|flow| flow.command(command));
        }
        Goes::On
    }

    fn command(&mut self, command: &'a Command) -> Goes {
        match command {
            Command::Simple(command) => self.simple(command),
            Command::Compound(command) => self.compound(command),
            Command::Function(function) => {
                if let Some(body) = &function.body {
                    let function_at = Function {
                        body,
                        was_called: false,
                    };
                    self.functions.insert(&function.name.value, function_at);
                }
                Goes::On
            }
            Command::Coprocess(coprocess) => {
                if let Some(command) = &coprocess.command {
                    self.subshell(|flow| flow.command(command));
                }
                Goes::On
            }
        }
    }

    fn simple(&mut self, command: &'a SimpleCommand) -> Goes {
        if self.calls > 0 {
            self.called += 1;
        }
        for word in &command.words {
            self.word(word);
        }
        self.redirects(&command.redirects);
        let lasting = assign::lasting(command, self.dialect);
        let fleeting = command.assignments.len() - lasting.len();
        for assignment in &command.assignments[..fleeting] {
            self.words_of(assignment);
        }
        for assignment in lasting {
            self.words_of(assignment);
            let value = self.value_given(assign::given(assignment));
            let value = if assignment.append {
                value.or(self.get(&assignment.name.value))
            } else {
                value
            };
            self.set(&assignment.name.value, value);
        }
        let Some(name) = command.name() else {
            return Goes::On;
        };
        let args = command.args();
        match name {
            "exit" | "return" | "break" | "continue" => return Goes::Away,
            "exec" if !args.is_empty() => return Goes::Away,
            "unset" | "local" | "declare" | "typeset" => {
                let is_number = name != "unset" && command.has_flag("i");
                let names = args.iter().filter_map(Word::literal);
                for name in names.filter(|name| !name.starts_with('-')) {
                    let value = if is_number { Value::Plain } else { Value::Any };
                    self.set(name, value);
                }
                if is_number {
                    for assignment in command.declarations() {
                        self.set(&assignment.name.value, Value::Plain);
                    }
                }
            }
            "read" | "mapfile" | "readarray" | "getopts" | "printf" | "wait" | "let" => {
                let mut set = Vec::new();
                assign::builtin(command, &mut |name, given| set.push((name, given)));
                for (name, given) in set {
                    let value = self.value_given(given);
                    self.set(name, value);
                }
            }
            _ => self.call(name),
        }
        Goes::On
    }

    fn call(&mut self, name: &str) {
        let Some(function) = self.functions.get_mut(name) else {
            return;
        };
        if self.calls >= MAX_CALLS || self.called >= MAX_CALLED {
            return;
        }
        function.was_called = true;
        let body = function.body;
        self.calls += 1;
        self.command(body);
        self.calls -= 1;
    }

    fn compound(&mut self, command: &'a CompoundCommand) -> Goes {
        self.redirects(&command.redirects);
        match &command.kind {
            CompoundKind::Group(list) => self.list(list),
            CompoundKind::Subshell(list) => {
                self.subshell(|flow| flow.list(list));
                Goes::On
            }
            CompoundKind::If(command) => {
                let mut ways = Vec::new();
                for branch in &command.branches {
                    self.list(&branch.condition);
                    ways.push(self.way(|flow| flow.list(&branch.body)));
                }
                match &command.otherwise {
                    Some(list) => {
                        ways.push(self.way(|flow| flow.list(list)));
                        self.join(&ways, false)
                    }
                    None => self.join(&ways, true),
                }
            }
            CompoundKind::For(command) => {
                let words = command.words.as_deref();
                for word in words.unwrap_or_default() {
                    self.word(word);
                }
                let value = words.map_or(Value::Any, |words| self.one_of(words));
                let variable = &*command.variable.value;
                let way = self.way(|flow| {
                    flow.set(variable, value);
                    flow.in_loop(&command.body);
                    flow.set(variable, value);
                    flow.body(&command.body)
                });
                self.join(&[way], true)
            }
            CompoundKind::ArithmeticFor(command) => {
                self.arithmetic(&command.header.expression);
                self.in_loop(&command.body);
                let way = self.way(|flow| flow.body(&command.body));
                self.join(&[way], true)
            }
            CompoundKind::While(command) => {
                self.in_loop(&command.condition);
                self.in_loop(&command.body);
                self.list(&command.condition);
                let way = self.way(|flow| flow.body(&command.body));
                self.join(&[way], true)
            }
            CompoundKind::Case(command) => {
                self.word(&command.subject);
                let mut ways = Vec::new();
                let mut has_default = false;
                for arm in &command.arms {
                    for pattern in &arm.patterns {
                        self.word(pattern);
                        has_default |= matches!(&pattern.parts[..], [WordPart::Glob(glob)] if glob.value.as_str() == "*");
                    }
                    ways.push(self.way(|flow| flow.list(&arm.body)));
                }
                self.join(&ways, !has_default)
            }
            CompoundKind::Conditional(conditional) => {
                self.conditional(conditional);
                Goes::On
            }
            CompoundKind::Arithmetic(arithmetic) => {
                self.arithmetic(&arithmetic.expression);
                Goes::On
            }
        }
    }

    /// The body of a loop, behind which it goes on, by `break` too.
    fn body(&mut self, body: &'a List) -> Goes {
        self.loops += 1;
        self.list(body);
        self.loops -= 1;
        Goes::On
    }

    /// Makes of every variable what it may be at the start of any turn of a loop.
    fn in_loop(&mut self, body: &'a List) {
        let mut found = Vec::new();
        assign::each_in(body, self.dialect, |name, given| found.push((name, given)));
        let turns = if self.loops < MAX_LOOPS { MAX_TURNS } else { 1 };
        // What one turn sets, the next one uses. A value can change twice.
        for turn in 0..turns {
            let mut is_settled = true;
            for (name, given) in &found {
                let value = match given {
                    Given::Declared => continue,
                    Given::Word(word) if !word.has_expansion() => self.value(word),
                    Given::Number => Value::Plain,
                    _ if turn + 1 == turns => Value::Any,
                    _ => self.value_given(*given),
                };
                let before = self.get(name);
                let value = value.or(before);
                if value != before {
                    is_settled = false;
                    self.set(name, value);
                }
            }
            if is_settled {
                return;
            }
        }
    }

    fn conditional(&mut self, conditional: &'a Conditional) {
        match &conditional.kind {
            ConditionalKind::Or(all) | ConditionalKind::And(all) => {
                all.iter().for_each(|inner| self.conditional(inner));
            }
            ConditionalKind::Not(inner) | ConditionalKind::Group(inner) => self.conditional(inner),
            ConditionalKind::Unary { operand, .. } => self.word(operand),
            ConditionalKind::Binary { left, right, .. } => {
                self.word(left);
                self.word(right);
            }
            ConditionalKind::Word(word) => self.word(word),
            ConditionalKind::Missing => {}
        }
    }

    fn redirects(&mut self, redirects: &'a [Redirect]) {
        for redirect in redirects {
            if let Some(descriptor) = &redirect.descriptor
                && let Descriptor::Variable(name) = &descriptor.value
            {
                self.set(name, Value::Plain);
            }
            self.word(&redirect.target);
            if let Some(body) = redirect.heredoc.as_ref().and_then(|heredoc| heredoc.body()) {
                self.word(&body.text);
            }
        }
    }

    fn words_of(&mut self, assignment: &'a super::ast::Assignment) {
        if let Some(subscript) = &assignment.subscript {
            self.word(subscript);
        }
        match &assignment.value {
            super::ast::AssignmentValue::Word(word) => self.word(word),
            super::ast::AssignmentValue::Array(array) => {
                for element in &array.elements {
                    self.word(&element.value);
                }
            }
        }
    }

    fn arithmetic(&mut self, expression: &'a Word) {
        self.word(expression);
        assign::in_arithmetic(expression, |name| self.set(name, Value::Plain));
    }

    /// Looks at everything that a word expands.
    fn word(&mut self, word: &'a Word) {
        if word.text().is_none() {
            self.parts(&word.parts);
        }
    }

    fn parts(&mut self, parts: &'a [WordPart]) {
        for part in parts {
            match part {
                WordPart::DoubleQuoted(quoted) => self.parts(&quoted.parts),
                WordPart::Parameter(parameter) => self.parameter(parameter),
                WordPart::CommandSubstitution(substitution) => {
                    self.subshell(|flow| flow.list(&substitution.body));
                }
                WordPart::ProcessSubstitution(substitution) => {
                    self.subshell(|flow| flow.list(&substitution.body));
                }
                WordPart::Arithmetic(arithmetic) => self.arithmetic(&arithmetic.expression),
                WordPart::ExtendedGlob(glob) => {
                    glob.patterns.iter().for_each(|word| self.word(word));
                }
                _ => {}
            }
        }
    }

    fn parameter(&mut self, parameter: &'a Parameter) {
        if self.value_of(parameter) == Value::Any {
            self.found.push(parameter.span.start);
        }
        if let Some(subscript) = &parameter.subscript {
            self.word(subscript);
        }
        match parameter.operation.as_deref() {
            Some(Operation::Conditional { word, .. }) => self.word(word),
            Some(Operation::Trim { pattern, .. } | Operation::ChangeCase { pattern, .. }) => {
                self.word(pattern);
            }
            Some(Operation::Replace {
                pattern,
                replacement,
                ..
            }) => {
                self.word(pattern);
                if let Some(replacement) = replacement {
                    self.word(replacement);
                }
            }
            Some(Operation::Substring { offset, length }) => {
                self.word(offset);
                if let Some(length) = length {
                    self.word(length);
                }
            }
            _ => {}
        }
        if let Some(word) = assign::default_of(parameter)
            && self.get(&parameter.name.value) != Value::Plain
        {
            let value = self.value(word).or(self.get(&parameter.name.value));
            self.set(&parameter.name.value, value);
        }
    }

    fn value_given(&self, given: Given<'_>) -> Value {
        match given {
            Given::Word(word) => self.value(word),
            Given::Words(words) => self.one_of(words),
            Given::Number => Value::Plain,
            Given::Declared | Given::Anything => Value::Any,
        }
    }

    fn one_of(&self, words: &[Word]) -> Value {
        let values = words.iter().map(|word| self.value(word));
        values.fold(Value::Empty, Value::or)
    }

    /// What a word is as a value.
    fn value(&self, word: &Word) -> Value {
        self.value_of_parts(&word.parts)
    }

    fn value_of_parts(&self, parts: &[WordPart]) -> Value {
        let values = parts.iter().map(|part| match part {
            WordPart::Literal(text) | WordPart::SingleQuoted(text) => Value::of(&text.value),
            WordPart::Escaped(escaped) => Value::of(escaped.value.encode_utf8(&mut [0; 4])),
            WordPart::AnsiQuoted(text) => text.value.as_deref().map_or(Value::Any, Value::of),
            WordPart::DoubleQuoted(quoted) => self.value_of_parts(&quoted.parts),
            WordPart::Parameter(parameter) => self.value_of(parameter),
            WordPart::CommandSubstitution(substitution) => {
                if prints_one_word(&substitution.body) {
                    Value::Plain
                } else {
                    Value::Any
                }
            }
            WordPart::ProcessSubstitution(_)
            | WordPart::Arithmetic(_)
            | WordPart::Brace(_)
            | WordPart::Tilde(_) => Value::Plain,
            WordPart::Glob(_) | WordPart::ExtendedGlob(_) => Value::Any,
        });
        values.fold(Value::Empty, Value::or)
    }

    fn value_of(&self, parameter: &Parameter) -> Value {
        if parameter.is_numeric() {
            return Value::Plain;
        }
        if parameter.indirect || parameter.subscript.is_some() {
            return Value::Any;
        }
        let own = self.get(&parameter.name.value);
        match parameter.operation.as_deref() {
            None
            | Some(
                Operation::Length
                | Operation::Trim { .. }
                | Operation::Substring { .. }
                | Operation::ChangeCase { .. }
                | Operation::Conditional {
                    action: Conditionally::Fail,
                    ..
                },
            ) => own,
            Some(Operation::Conditional {
                action: Conditionally::Alternative,
                word,
                ..
            }) => self.value(word).or(Value::Empty),
            // What is set to a text is not empty, as a rule.
            Some(Operation::Conditional { .. }) if own == Value::Plain => own,
            Some(Operation::Conditional { word, .. }) => own.or(self.value(word)),
            Some(Operation::Replace { replacement, .. }) => {
                let replacement = replacement
                    .as_ref()
                    .map_or(Value::Empty, |word| self.value(word));
                own.or(replacement)
            }
            Some(Operation::Transform(_) | Operation::Names | Operation::Unknown) => Value::Any,
        }
    }
}

/// Whether commands print one number or name, whatever the system: `nproc`, `uname -m`, `id -u`.
pub fn prints_one_word(list: &List) -> bool {
    let [item] = &list.items[..] else {
        return false;
    };
    let [Command::Simple(command)] = &item.pipeline.commands[..] else {
        return false;
    };
    let Some(name) = command.name() else {
        return false;
    };
    let args: Vec<&str> = command.args().iter().filter_map(Word::text).collect();
    if args.len() != command.args().len() {
        return false;
    }
    matches!(
        (name, &args[..]),
        ("nproc" | "arch", _)
            | ("uname", [] | ["-m" | "-s" | "-r" | "-p"])
            | ("id", ["-u" | "-g"])
            | ("getconf", ["_NPROCESSORS_ONLN"])
            | ("dpkg", ["--print-architecture"])
            | (
                "dpkg-architecture",
                ["-qDEB_HOST_MULTIARCH" | "--query", ..]
            )
            | ("apk", ["--print-arch"])
            | ("lsb_release", ["-cs" | "-rs" | "-sc" | "-sr"])
            | ("date", ["+%s" | "+%Y" | "+%Y%m%d"])
    )
}

/// Whether a parameter or a variable of the shell is always a number.
fn is_number(name: &str) -> bool {
    matches!(
        name,
        "#" | "?"
            | "$"
            | "!"
            | "-"
            | "BASHPID"
            | "COLUMNS"
            | "EPOCHREALTIME"
            | "EPOCHSECONDS"
            | "EUID"
            | "LINENO"
            | "LINES"
            | "OPTIND"
            | "PPID"
            | "RANDOM"
            | "SECONDS"
            | "SHLVL"
            | "SRANDOM"
            | "UID"
            | "BASH_SUBSHELL"
    )
}

/// Whether a pipeline is only assignments of values that no command makes.
fn cannot_fail(pipeline: &Pipeline) -> bool {
    matches!(&pipeline.commands[..], [Command::Simple(command)]
    if command.words.is_empty()
        && command.redirects.is_empty()
        && command.assignments.iter().all(|assignment| {
            assignment.word().is_some_and(|word| {
                !word.pieces().any(|part| matches!(part, WordPart::CommandSubstitution(_)))
            })
        }))
}

/// Whether something in front of the last pipeline decides whether it runs.
fn chain_may_go_on(chain: &[ListItem]) -> bool {
    let last = chain
        .len()
        .checked_sub(2)
        .and_then(|before| chain[before].operator);
    last.is_some_and(|operator| operator.value == ListOperator::And)
}

#[cfg(test)]
mod tests {
    use crate::shell::walk::Node;
    use crate::shell::word::WordPart;
    use crate::shell::{Dialect, parse};
    use crate::text::Cooked;

    /// The uncertain variables of a script, with what is written.
    fn uncertain(script: &str) -> String {
        let parsed = parse(&Cooked::verbatim(script, 0), Dialect::Bash);
        assert_eq!(parsed.errors, [], "{script}");
        let uncertain = parsed.tree.uncertain(&|name| name == "ENV");
        let mut found = Vec::new();
        for (node, _) in parsed.tree.nodes() {
            if let Node::Part(WordPart::Parameter(parameter)) = node
                && uncertain.contains(parameter)
            {
                found.push(parameter.span.text(script));
            }
        }
        found.join(" ")
    }

    #[test]
    fn values_are_plain_or_not() {
        let cases = [
            ("echo $a $ENV $1 $# $? $UID ${#a}", "$a $1"),
            ("a=1; b=$a-2; c=\"$b\"; echo $c ${c%x}", ""),
            ("a='x y'; b='*'; c=; d=x$y; echo $a $b $c $d", "$y $a $b $d"),
            ("a=$(x); b=$((a + 1)); c=$(nproc); echo $a $b $c", "$a"),
            (
                "a=1; echo ${a:-b} ${d:-e} ${f:+g} ${f:+g h}",
                "${d:-e} ${f:+g h}",
            ),
            ("a=1; a+=b; echo $a; a+=' b'; echo $a", "$a"),
            (
                "read a; printf -v b x; let c=1; declare -i d; echo $a $b $c $d",
                "$a $b",
            ),
            (
                "for a in 1 b-{2..3}; do echo $a; done; for a in x*; do echo $a; done",
                "$a",
            ),
        ];
        for (script, expected) in cases {
            assert_eq!(uncertain(script), expected, "{script}");
        }
    }

    #[test]
    fn the_order_in_which_commands_run_counts() {
        let cases = [
            ("echo $a; a=1; echo $a; unset a; echo $a", "$a $a"),
            ("if x; then a=1; else a=2; fi; echo $a", ""),
            ("if x; then a=1; fi; echo $a", "$a"),
            ("if x; then a=1; else exit 1; fi; echo $a", ""),
            ("case x in y) a=1;; *) a=2;; esac; echo $a", ""),
            ("case x in y) a=1;; *) echo >&2; exit 1;; esac; echo $a", ""),
            ("case x in y) a=1;; z) a=2;; esac; echo $a", "$a"),
            ("x && a=1 && echo $a; echo $a", "$a $a"),
            ("x || a=1; echo $a", "$a"),
            ("a='b c'; x && a=1 || y; echo $a", "$a"),
            ("a='b c'; x && a=1 || exit; echo $a", "$a"),
            ("a='b c'; a=1 && x && echo $a; echo $a", ""),
            ("a=1; x || { a='b c'; exit; }; echo $a", ""),
            ("x && exit; echo $a", "$a"),
            (
                "a=1; (a='b c'; echo $a); echo $a; x | a='b c'; echo $a",
                "$a",
            ),
            ("a=1; while x; do echo $a; a='b c'; done", "$a"),
            ("a=1; for i in x; do a=2; done; echo $a", ""),
            (
                "a=1; for i in x y; do a=$i; b=$a; done; echo $a; while x; do a=$c; done; echo $a",
                "$c $a",
            ),
            ("f() { a=1; echo $b; }; b=1; f; echo $a", ""),
            ("f() { echo $b; }", "$b"),
            ("f() { f; f; }; f; echo $b", "$b"),
            ("a=1 x $a; echo \"$(a=2; echo $a)\" $a", "$a $a"),
        ];
        for (script, expected) in cases {
            assert_eq!(uncertain(script), expected, "{script}");
        }
    }
}
