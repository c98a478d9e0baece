//! Going through a tree: every node, or every simple command, in the order of the text, with its context.
//!
//! One item of the outermost list is gathered at a time, by recursion as deep as the parser allows, into a list that is
//! used again for the next; a command that is nothing but one needs no such list. Substitutions, functions,
//! conditions, heredocs and inner scripts are gone into like anything else. A parent comes before its
//! children; inside a simple command assignments come first, then words, redirections and the inner script.

use super::ast::{
    Arm, Array, ArrayElement, Assignment, AssignmentValue, Branch, Command, CompoundCommand,
    CompoundKind, Conditional, ConditionalKind, List, ListItem, Pipeline, Redirect, Script,
    SimpleCommand,
};
use super::context::{
    BACKGROUND, BRANCH, CONDITION, CommandUse, Context, FUNCTION, INEXACT, INNER, LOOP, SUBSHELL,
    SUBSTITUTION,
};
use super::word::{Operation, Parameter, Word, WordPart};
use crate::text::Span;

/// A node of the tree.
#[derive(Clone, Copy, Debug)]
pub enum Node<'a> {
    /// A list: the script itself, or a body or condition.
    List(&'a List),
    /// A pipeline.
    Pipeline(&'a Pipeline),
    /// A command.
    Command(&'a Command),
    /// An assignment.
    Assignment(&'a Assignment),
    /// A redirection.
    Redirect(&'a Redirect),
    /// An expression in `[[ … ]]`.
    Conditional(&'a Conditional),
    /// A word: also a pattern, a subscript, the text of a heredoc, an operand of `${…}`.
    Word(&'a Word),
    /// A part of a word.
    Part(&'a WordPart),
}

impl Script {
    /// Every node.
    pub fn nodes(&self) -> Nodes<'_> {
        Nodes::new(&self.body, Kinds::ALL, LeftOut::Nothing)
    }

    /// Every node of certain kinds, but for words that are nothing but text without quotes and their parts: most of a
    /// script, and rarely of interest.
    pub fn nodes_of(&self, kinds: Kinds) -> Nodes<'_> {
        Nodes::of(&self.body, kinds)
    }

    /// Every simple command.
    pub fn commands(&self) -> Commands<'_> {
        Commands::of(&self.body)
    }

    /// The script itself and the scripts in arguments (`sh -c '…'`) and heredocs (`bash <<EOF`) inside it, each with
    /// the command that hands it to a shell.
    pub fn with_inner(&self) -> Vec<(&Script, Option<&SimpleCommand>)> {
        let mut found = vec![(self, None)];
        if self.has_inner {
            found.extend(self.commands().filter_map(|found| {
                let inner = found.command.inner_script()?;
                Some((&inner.script, Some(found.command)))
            }));
        }
        found
    }

    /// Where its last simple command begins, those of scripts in arguments and heredocs left out.
    pub fn last_command_start(&self) -> u32 {
        let own = self
            .commands()
            .filter(|found| !found.context.in_inner_script());
        let starts = own.map(|found| found.command.span.start);
        starts.max().unwrap_or(self.span.start)
    }
}

impl Node<'_> {
    /// Its place.
    pub fn span(&self) -> Span {
        match self {
            Node::List(list) => list.span,
            Node::Pipeline(pipeline) => pipeline.span,
            Node::Command(command) => command.span(),
            Node::Assignment(assignment) => assignment.span,
            Node::Redirect(redirect) => redirect.span,
            Node::Conditional(conditional) => conditional.span,
            Node::Word(word) => word.span,
            Node::Part(part) => part.span(),
        }
    }
}

/// Kinds of nodes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Kinds(u16);

impl Kinds {
    /// Lists.
    pub const LISTS: Kinds = Kinds(1);
    /// Pipelines, those of one command included.
    pub const PIPELINES: Kinds = Kinds(1 << 1);
    /// Simple commands.
    pub const COMMANDS: Kinds = Kinds(1 << 2);
    /// All other commands.
    pub const COMPOUNDS: Kinds = Kinds(1 << 3);
    /// Assignments.
    pub const ASSIGNMENTS: Kinds = Kinds(1 << 4);
    /// Redirections.
    pub const REDIRECTS: Kinds = Kinds(1 << 5);
    /// Expressions in `[[ … ]]`.
    pub const CONDITIONALS: Kinds = Kinds(1 << 6);
    /// Words.
    pub const WORDS: Kinds = Kinds(1 << 7);
    /// Parts of words that are literal text, quoted or not; double quotes are none.
    pub const TEXTS: Kinds = Kinds(1 << 8);
    /// Parts of words that are parameters.
    pub const PARAMETERS: Kinds = Kinds(1 << 9);
    /// All other parts of words.
    pub const PARTS: Kinds = Kinds(1 << 10);
    /// Everything.
    pub const ALL: Kinds = Kinds(u16::MAX);

    /// These kinds and others.
    pub const fn and(self, others: Kinds) -> Kinds {
        Kinds(self.0 | others.0)
    }

    const fn has_any(self, others: Kinds) -> bool {
        self.0 & others.0 != 0
    }

    fn of(part: &WordPart) -> Kinds {
        match part {
            WordPart::Literal(_) | WordPart::Escaped(_) | WordPart::SingleQuoted(_) => Kinds::TEXTS,
            WordPart::Parameter(_) => Kinds::PARAMETERS,
            _ => Kinds::PARTS,
        }
    }
}

/// Iterates over the nodes of a tree.
#[derive(Clone, Debug)]
pub struct Nodes<'a> {
    rest: Rest<'a>,
    gathered: Gathered<'a>,
}

/// Which words are left out, with what is in them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum LeftOut {
    /// None.
    Nothing,
    /// Those of a single text without quotes.
    PlainWords,
    /// Those in which nothing is expanded.
    StaticWords,
    /// Those without commands in them, as far as that is seen at a glance.
    IdleWords,
}

/// What stands in words.
const IN_WORDS: Kinds = Kinds::WORDS
    .and(Kinds::TEXTS)
    .and(Kinds::PARAMETERS)
    .and(Kinds::PARTS);

/// What a command has that holds no others.
const IN_COMMANDS: Kinds = IN_WORDS.and(Kinds::ASSIGNMENTS).and(Kinds::REDIRECTS);

impl LeftOut {
    /// The words in which there is nothing of certain kinds.
    const fn by(kinds: Kinds) -> LeftOut {
        if !kinds.has_any(IN_WORDS) {
            LeftOut::IdleWords
        } else if !kinds.has_any(Kinds::WORDS.and(Kinds::TEXTS).and(Kinds::PARTS)) {
            LeftOut::StaticWords
        } else {
            LeftOut::PlainWords
        }
    }

    /// Whether a word is left out.
    fn has(self, word: &Word) -> bool {
        match self {
            LeftOut::Nothing => false,
            LeftOut::PlainWords => matches!(*word.parts, [WordPart::Literal(_)]),
            LeftOut::StaticWords | LeftOut::IdleWords => {
                matches!(*word.parts, [WordPart::Literal(_)]) || word.text().is_some()
            }
        }
    }
}

/// How many nodes there is room for at first: as many as memory is still quickly found for.
const ROOM: usize = 20;

impl<'a> Nodes<'a> {
    /// The nodes of certain kinds of a list; see [`Script::nodes_of`].
    pub(super) fn of(list: &'a List, kinds: Kinds) -> Nodes<'a> {
        Nodes::new(list, kinds, LeftOut::by(kinds))
    }

    fn new(list: &'a List, kinds: Kinds, left_out: LeftOut) -> Nodes<'a> {
        let rest = Rest::of(list);
        let mut gathered = Gathered {
            nodes: Vec::with_capacity(ROOM),
            taken: 0,
            kinds,
            left_out,
        };
        gathered.see(Kinds::LISTS, Node::List(list), &rest.place);
        Nodes { rest, gathered }
    }
}

impl<'a> Iterator for Nodes<'a> {
    type Item = (Node<'a>, Context<'a>);

    fn next(&mut self) -> Option<(Node<'a>, Context<'a>)> {
        loop {
            if let Some(next) = self.gathered.take() {
                return Some(next);
            }
            let (item, context) = self.rest.take()?;
            self.gathered.clear();
            self.gathered.item(item, &context);
        }
    }
}

/// Iterates over the simple commands of a tree.
#[derive(Clone, Debug)]
pub struct Commands<'a> {
    rest: Rest<'a>,
    /// Those of the item before, where that is more than a command. Without room until then.
    gathered: Gathered<'a>,
}

impl<'a> Commands<'a> {
    /// The commands of a list.
    fn of(list: &'a List) -> Commands<'a> {
        Commands {
            rest: Rest::of(list),
            gathered: Gathered {
                nodes: Vec::new(),
                taken: 0,
                kinds: Kinds::COMMANDS,
                left_out: LeftOut::IdleWords,
            },
        }
    }
}

impl<'a> Iterator for Commands<'a> {
    type Item = CommandUse<'a>;

    fn next(&mut self) -> Option<CommandUse<'a>> {
        loop {
            if let Some((Node::Command(Command::Simple(command)), context)) = self.gathered.take() {
                return Some(CommandUse { command, context });
            }
            let (item, context) = self.rest.take()?;
            if let [Command::Simple(command)] = &*item.pipeline.commands
                && command.is_flat
            {
                return Some(CommandUse { command, context });
            }
            self.gathered.clear();
            self.gathered.nodes.reserve(ROOM / 4);
            self.gathered.item(item, &context);
        }
    }
}

/// The items of a list that were not visited yet.
#[derive(Clone, Debug)]
struct Rest<'a> {
    items: std::slice::Iter<'a, ListItem>,
    /// The place of the next one, but for its own flags.
    place: Context<'a>,
}

impl<'a> Rest<'a> {
    /// All items of a script's list.
    fn of(list: &'a List) -> Rest<'a> {
        Rest::inside(list, 0)
    }

    /// All items of a list that stands somewhere.
    fn inside(list: &'a List, flags: u16) -> Rest<'a> {
        Rest {
            items: list.items.iter(),
            place: Context {
                list,
                index: 0,
                position: 0,
                flags,
            },
        }
    }

    /// Takes the next item.
    #[inline]
    fn take(&mut self) -> Option<(&'a ListItem, Context<'a>)> {
        let item = self.items.next()?;
        let mut context = self.place;
        self.place.index += 1;
        if item.is_background {
            context.flags |= BACKGROUND;
        }
        Some((item, context))
    }
}

/// The nodes of an item in their order, and how many of them were taken.
#[derive(Clone, Debug)]
struct Gathered<'a> {
    nodes: Vec<(Node<'a>, Context<'a>)>,
    taken: usize,
    kinds: Kinds,
    left_out: LeftOut,
}

impl<'a> Gathered<'a> {
    #[inline]
    fn take(&mut self) -> Option<(Node<'a>, Context<'a>)> {
        let next = *self.nodes.get(self.taken)?;
        self.taken += 1;
        Some(next)
    }

    fn clear(&mut self) {
        self.nodes.clear();
        self.taken = 0;
    }

    #[inline]
    fn see(&mut self, kind: Kinds, node: Node<'a>, context: &Context<'a>) {
        if self.kinds.has_any(kind) {
            self.nodes.push((node, *context));
        }
    }

    fn list(&mut self, list: &'a List, context: &Context<'a>) {
        self.see(Kinds::LISTS, Node::List(list), context);
        let mut rest = Rest::inside(list, context.flags);
        while let Some((item, context)) = rest.take() {
            self.item(item, &context);
        }
    }

    fn item(&mut self, item: &'a ListItem, context: &Context<'a>) {
        self.see(Kinds::PIPELINES, Node::Pipeline(&item.pipeline), context);
        if let [command] = &*item.pipeline.commands {
            self.command(command, context);
            return;
        }
        let mut context = *context;
        for command in &item.pipeline.commands {
            self.command(command, &context);
            context.position += 1;
        }
    }

    fn command(&mut self, command: &'a Command, context: &Context<'a>) {
        let kind = match command {
            Command::Simple(_) => Kinds::COMMANDS,
            _ => Kinds::COMPOUNDS,
        };
        self.see(kind, Node::Command(command), context);
        match command {
            Command::Simple(command) => self.simple(command, context),
            Command::Compound(command) => self.compound(command, context),
            Command::Function(function) => {
                if let Some(body) = &function.body {
                    self.command(body, &context.with(FUNCTION));
                }
            }
            Command::Coprocess(coprocess) => {
                if let Some(command) = &coprocess.command {
                    self.command(command, &context.with(SUBSHELL | BACKGROUND));
                }
            }
        }
    }

    fn simple(&mut self, command: &'a SimpleCommand, context: &Context<'a>) {
        if command.is_flat && !self.kinds.has_any(IN_COMMANDS) {
            return;
        }
        for assignment in &command.assignments {
            self.assignment(assignment, context);
        }
        // No word of a command without others in it holds one.
        if !command.is_flat || self.left_out != LeftOut::IdleWords {
            self.words(&command.words, context);
        }
        self.redirects(&command.redirects, context);
        if let Some(inner) = command.inner_script() {
            let flags = if inner.is_exact {
                INNER
            } else {
                INNER | INEXACT
            };
            self.list(&inner.script.body, &context.with(flags));
        }
    }

    fn assignment(&mut self, assignment: &'a Assignment, context: &Context<'a>) {
        self.see(Kinds::ASSIGNMENTS, Node::Assignment(assignment), context);
        if let Some(subscript) = &assignment.subscript {
            self.word(subscript, context);
        }
        match &assignment.value {
            AssignmentValue::Word(word) => self.word(word, context),
            AssignmentValue::Array(Array { elements, .. }) => {
                for ArrayElement { subscript, value } in elements {
                    if let Some(subscript) = subscript {
                        self.word(subscript, context);
                    }
                    self.word(value, context);
                }
            }
        }
    }

    fn redirects(&mut self, redirects: &'a [Redirect], context: &Context<'a>) {
        for redirect in redirects {
            self.see(Kinds::REDIRECTS, Node::Redirect(redirect), context);
            self.word(&redirect.target, context);
            let body = redirect.heredoc.as_ref().and_then(|heredoc| heredoc.body());
            if let Some(body) = body {
                self.word(&body.text, context);
            }
        }
    }

    fn compound(&mut self, command: &'a CompoundCommand, context: &Context<'a>) {
        match &command.kind {
            CompoundKind::Group(list) => self.list(list, context),
            CompoundKind::Subshell(list) => self.list(list, &context.with(SUBSHELL)),
            CompoundKind::If(command) => {
                for Branch { condition, body } in &command.branches {
                    self.list(condition, &context.with(CONDITION));
                    self.list(body, &context.with(BRANCH));
                }
                if let Some(otherwise) = &command.otherwise {
                    self.list(otherwise, &context.with(BRANCH));
                }
            }
            CompoundKind::For(command) => {
                self.words(command.words.as_deref().unwrap_or_default(), context);
                self.list(&command.body, &context.with(LOOP));
            }
            CompoundKind::ArithmeticFor(command) => {
                self.word(&command.header.expression, context);
                self.list(&command.body, &context.with(LOOP));
            }
            CompoundKind::While(command) => {
                self.list(&command.condition, &context.with(LOOP | CONDITION));
                self.list(&command.body, &context.with(LOOP));
            }
            CompoundKind::Case(command) => {
                self.word(&command.subject, context);
                for Arm { patterns, body, .. } in &command.arms {
                    self.words(patterns, context);
                    self.list(body, &context.with(BRANCH));
                }
            }
            CompoundKind::Conditional(expression) => self.conditional(expression, context),
            CompoundKind::Arithmetic(arithmetic) => self.word(&arithmetic.expression, context),
        }
        self.redirects(&command.redirects, context);
    }

    fn conditional(&mut self, conditional: &'a Conditional, context: &Context<'a>) {
        self.see(Kinds::CONDITIONALS, Node::Conditional(conditional), context);
        match &conditional.kind {
            ConditionalKind::Or(all) | ConditionalKind::And(all) => {
                for inner in all {
                    self.conditional(inner, context);
                }
            }
            ConditionalKind::Not(inner) | ConditionalKind::Group(inner) => {
                self.conditional(inner, context);
            }
            ConditionalKind::Unary { operand, .. } => self.word(operand, context),
            ConditionalKind::Binary { left, right, .. } => {
                self.word(left, context);
                self.word(right, context);
            }
            ConditionalKind::Word(word) => self.word(word, context),
            ConditionalKind::Missing => {}
        }
    }

    fn words(&mut self, words: &'a [Word], context: &Context<'a>) {
        for word in words {
            self.word(word, context);
        }
    }

    fn word(&mut self, word: &'a Word, context: &Context<'a>) {
        if !self.left_out.has(word) {
            self.see(Kinds::WORDS, Node::Word(word), context);
            self.parts(&word.parts, context);
        }
    }

    fn parts(&mut self, parts: &'a [WordPart], context: &Context<'a>) {
        for part in parts {
            self.see(Kinds::of(part), Node::Part(part), context);
            match part {
                WordPart::DoubleQuoted(quoted) => self.parts(&quoted.parts, context),
                WordPart::CommandSubstitution(substitution) => {
                    self.list(&substitution.body, &context.with(SUBSHELL | SUBSTITUTION));
                }
                WordPart::ProcessSubstitution(substitution) => {
                    self.list(&substitution.body, &context.with(SUBSHELL | SUBSTITUTION));
                }
                WordPart::Arithmetic(arithmetic) => self.word(&arithmetic.expression, context),
                WordPart::ExtendedGlob(glob) => self.words(&glob.patterns, context),
                WordPart::Parameter(parameter) => self.parameter(parameter, context),
                WordPart::Literal(_)
                | WordPart::Escaped(_)
                | WordPart::SingleQuoted(_)
                | WordPart::AnsiQuoted(_)
                | WordPart::Glob(_)
                | WordPart::Brace(_)
                | WordPart::Tilde(_) => {}
            }
        }
    }

    fn parameter(&mut self, parameter: &'a Parameter, context: &Context<'a>) {
        if let Some(subscript) = &parameter.subscript {
            self.word(subscript, context);
        }
        let Some(operation) = &parameter.operation else {
            return;
        };
        let (first, second) = match &**operation {
            Operation::Conditional { word, .. } => (word, None),
            Operation::Trim { pattern, .. } | Operation::ChangeCase { pattern, .. } => {
                (pattern, None)
            }
            Operation::Replace {
                pattern,
                replacement,
                ..
            } => (pattern, replacement.as_ref()),
            Operation::Substring { offset, length } => (offset, length.as_ref()),
            Operation::Length | Operation::Transform(_) | Operation::Names | Operation::Unknown => {
                return;
            }
        };
        self.word(first, context);
        if let Some(second) = second {
            self.word(second, context);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell::ast::ListOperator;
    use crate::shell::{Dialect, parse};
    use crate::text::Cooked;

    /// The names of the commands of a script that `is` is true for.
    fn names(script: &str, is: impl Fn(&Context<'_>) -> bool) -> String {
        let parsed = parse(&Cooked::verbatim(script, 0), Dialect::Bash);
        assert_eq!(parsed.errors, []);
        let commands = parsed.tree.commands().filter(|found| is(&found.context));
        let names: Vec<&str> = commands
            .map(|found| found.command.name().unwrap_or("?"))
            .collect();
        names.join(" ")
    }

    #[test]
    fn commands_come_in_the_order_of_the_text() {
        let script = "a $(b \"$(c)\") ${x:-`d`} >$(e) <<E && { f; (g); }; \
             for i in $(h); do i; done\n$(j)\nE\nk() { l; }; case $(m) in $(n)) o;; esac; \
             [[ -f $(p) && ! $(q) == $(r) ]]; x[$(s)]=$(t) y=($(u)) v; w $((1 + $(x))) @($(y)) <(z)";
        assert_eq!(
            names(script, |_| true),
            "a b c d e j f g h i l m n o p q r v s t u w x y z"
        );
    }

    #[test]
    fn the_context_knows_what_is_around_a_command() {
        let script = "if a; then b; else c; fi; while d; do e; done; f() { g; }; (h); i $(j); \
             k && l & m; sh -c 'n'; sh -c \"o $p\"; ! q";
        type Case = (&'static str, fn(&Context<'_>) -> bool);
        let cases: [Case; 10] = [
            ("a d", |context| context.in_condition()),
            ("b c", |context| context.in_branch()),
            ("d e", |context| context.in_loop()),
            ("g", |context| context.in_function()),
            ("h j", |context| context.in_subshell()),
            ("j", |context| context.in_substitution()),
            ("k l", |context| context.in_background()),
            ("n o", |context| context.in_inner_script()),
            ("o", |context| !context.is_exact()),
            ("a d k q", |context| context.is_tested()),
        ];
        for (expected, is) in cases {
            assert_eq!(names(script, is), expected);
        }
    }

    #[test]
    fn neighbours_in_a_pipeline_and_a_list_are_known() {
        let script = "curl x | tar y && z";
        let parsed = parse(&Cooked::verbatim(script, 0), Dialect::Posix);
        let mut uses = parsed.tree.commands();
        let name = |command: Option<&Command>| {
            let simple = command.and_then(Command::as_simple);
            simple.and_then(SimpleCommand::name).map(str::to_owned)
        };
        let curl = uses.next().unwrap().context;
        assert_eq!(name(curl.piped_into()).as_deref(), Some("tar"));
        assert_eq!(name(curl.piped_from()), None);
        let tar = uses.next().unwrap().context;
        assert_eq!(name(tar.piped_from()).as_deref(), Some("curl"));
        assert_eq!(tar.operator_behind(), Some(ListOperator::And));
        let z = uses.next().unwrap().context;
        assert_eq!(z.operator_before(), Some(ListOperator::And));
        assert_eq!(z.operator_behind(), None);
    }
}
