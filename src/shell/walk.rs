//! Going through a tree: every node, or every simple command, in the order of the text, with its context.
//!
//! No recursion and no allocation for each node: one stack of slices, reused, and none at all for the commands of a
//! script that is one plain list. Substitutions, functions,
//! conditions, heredocs and inner scripts are gone into like anything else. A parent comes before its
//! children; inside a simple command assignments come first, then words, redirections and the inner script.

use super::ast::{
    Arm, Array, ArrayElement, Assignment, AssignmentValue, Branch, Command, CompoundCommand,
    CompoundKind, Conditional, ConditionalKind, List, ListItem, ListOperator, Pipeline, Redirect,
    Script, SimpleCommand,
};
use super::context::{
    BACKGROUND, BRANCH, CONDITION, CommandUse, Context, FUNCTION, INEXACT, INNER, LOOP, SUBSHELL,
    SUBSTITUTION,
};
use super::word::{Operation, Word, WordPart};
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
        Nodes::new(&self.body, LeftOut::Nothing)
    }

    /// Every node but words that are nothing but text without quotes: most of a script, and rarely of interest.
    pub fn nodes_but_plain_words(&self) -> Nodes<'_> {
        Nodes::new(&self.body, LeftOut::PlainWords)
    }

    /// Every node but words that hold no commands and what is in them: enough to see what runs and what is
    /// redirected.
    pub fn command_nodes(&self) -> Nodes<'_> {
        Nodes::new(&self.body, LeftOut::IdleWords)
    }

    /// Every simple command.
    pub fn commands(&self) -> Commands<'_> {
        Commands::of(&self.body)
    }

    /// The script itself and the scripts in arguments (`sh -c '…'`) inside it, each with the command that it is
    /// an argument of.
    pub fn with_inner(&self) -> Vec<(&Script, Option<&SimpleCommand>)> {
        let mut found = vec![(self, None)];
        if self.has_inner {
            found.extend(self.commands().filter_map(|found| {
                let inner = found.command.inner.as_ref()?;
                Some((&inner.script, Some(found.command)))
            }));
        }
        found
    }

    /// Where its last simple command begins.
    pub fn last_command_start(&self) -> u32 {
        let starts = self.commands().map(|found| found.command.span.start);
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

/// Iterates over the nodes of a tree.
#[derive(Clone, Debug)]
pub struct Nodes<'a> {
    /// What is still to be visited, the next on top.
    stack: Vec<(Frame<'a>, Context<'a>)>,
    left_out: LeftOut,
}

/// Which words are left out, with what is in them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum LeftOut {
    /// None.
    Nothing,
    /// Those of a single text without quotes.
    PlainWords,
    /// Those without commands in them, as far as that is seen at a glance.
    IdleWords,
}

impl LeftOut {
    /// The words from the first one on that is not left out.
    fn skip(self, words: &[Word]) -> &[Word] {
        let first = match self {
            LeftOut::Nothing => return words,
            LeftOut::PlainWords => words
                .iter()
                .position(|word| !matches!(*word.parts, [WordPart::Literal(_)])),
            LeftOut::IdleWords => words.iter().position(|word| word.text().is_none()),
        };
        &words[first.unwrap_or(words.len())..]
    }
}

/// How many frames the stack has room for at first. Most scripts need no more.
const STACK: usize = 12;

/// Nodes that stand side by side.
#[derive(Clone, Copy, Debug)]
enum Frame<'a> {
    List(&'a List),
    /// The items of the context's list from its index on; `true` if `&` ends the chain of the next one.
    Items(bool),
    /// The commands of the context's pipeline from its position on.
    Commands(&'a [Command]),
    Assignments(&'a [Assignment]),
    Redirects(&'a [Redirect]),
    Words(&'a [Word]),
    Parts(&'a [WordPart]),
    Branches(&'a [Branch]),
    Arms(&'a [Arm]),
    Elements(&'a [ArrayElement]),
    Conditionals(&'a [Conditional]),
}

impl<'a> Nodes<'a> {
    /// The nodes of a list, itself included, but no plain words.
    pub(super) fn of(list: &'a List) -> Nodes<'a> {
        Nodes::new(list, LeftOut::PlainWords)
    }

    fn new(list: &'a List, left_out: LeftOut) -> Nodes<'a> {
        let mut stack = Vec::with_capacity(STACK);
        stack.push((Frame::List(list), beginning(list)));
        Nodes { stack, left_out }
    }

    fn push(&mut self, frame: Frame<'a>, context: Context<'a>) {
        let is_empty = match frame {
            Frame::List(_) => false,
            Frame::Items(_) => context.index >= context.list.items.len(),
            Frame::Commands(all) => all.is_empty(),
            Frame::Assignments(all) => all.is_empty(),
            Frame::Redirects(all) => all.is_empty(),
            Frame::Words(all) => all.is_empty(),
            Frame::Parts(all) => all.is_empty(),
            Frame::Branches(all) => all.is_empty(),
            Frame::Arms(all) => all.is_empty(),
            Frame::Elements(all) => all.is_empty(),
            Frame::Conditionals(all) => all.is_empty(),
        };
        if !is_empty {
            self.stack.push((frame, context));
        }
    }

    fn push_words(&mut self, words: &'a [Word], context: Context<'a>) {
        self.push(Frame::Words(self.left_out.skip(words)), context);
    }

    fn push_word(&mut self, word: &'a Word, context: Context<'a>) {
        self.push_words(std::slice::from_ref(word), context);
    }

    /// The next node, after which its children come first.
    fn advance(&mut self) -> Option<(Node<'a>, Context<'a>)> {
        // Takes the first element of a frame, which is gone with its last one.
        macro_rules! first {
            ($elements:ident) => {{
                let [first, rest @ ..] = *$elements else {
                    self.stack.pop();
                    continue;
                };
                if rest.is_empty() {
                    self.stack.pop();
                } else {
                    *$elements = rest;
                }
                first
            }};
        }
        loop {
            let (frame, place) = self.stack.last_mut()?;
            let context = *place;
            let node = match frame {
                Frame::List(list) => {
                    let list = *list;
                    self.stack.pop();
                    Node::List(list)
                }
                Frame::Items(_) => match self.next_item() {
                    Some((item, context)) => {
                        return Some((Node::Pipeline(&item.pipeline), context));
                    }
                    None => continue,
                },
                Frame::Commands(commands) => {
                    place.position += 1;
                    Node::Command(first!(commands))
                }
                Frame::Assignments(assignments) => Node::Assignment(first!(assignments)),
                Frame::Redirects(redirects) => Node::Redirect(first!(redirects)),
                Frame::Words(words) => {
                    let [word, rest @ ..] = *words else {
                        self.stack.pop();
                        continue;
                    };
                    *words = self.left_out.skip(rest);
                    if words.is_empty() {
                        self.stack.pop();
                    }
                    Node::Word(word)
                }
                Frame::Parts(parts) => Node::Part(first!(parts)),
                Frame::Conditionals(conditionals) => Node::Conditional(first!(conditionals)),
                Frame::Branches(branches) => {
                    let branch = first!(branches);
                    self.push(Frame::List(&branch.body), context.with(BRANCH));
                    self.push(Frame::List(&branch.condition), context.with(CONDITION));
                    continue;
                }
                Frame::Arms(arms) => {
                    let arm = first!(arms);
                    self.push(Frame::List(&arm.body), context.with(BRANCH));
                    self.push_words(&arm.patterns, context);
                    continue;
                }
                Frame::Elements(elements) => {
                    let element = first!(elements);
                    self.push_word(&element.value, context);
                    if let Some(subscript) = &element.subscript {
                        self.push_word(subscript, context);
                    }
                    continue;
                }
            };
            return Some((node, context));
        }
    }

    /// Takes the next item of the list on top, if a list is there; a list without any more items is gone.
    fn next_item(&mut self) -> Option<(&'a ListItem, Context<'a>)> {
        let (frame, place) = self.stack.last_mut()?;
        let Frame::Items(in_background) = frame else {
            return None;
        };
        let next = take_item(place, in_background);
        if place.index >= place.list.items.len() {
            self.stack.pop();
        }
        next
    }

    /// Pushes the children of a node, the last first.
    fn descend(&mut self, node: Node<'a>, context: Context<'a>) {
        match node {
            Node::List(list) => {
                let context = Context {
                    list,
                    index: 0,
                    position: 0,
                    ..context
                };
                self.push(Frame::Items(is_background_chain(list, 0)), context);
            }
            Node::Pipeline(pipeline) => {
                self.push(Frame::Commands(&pipeline.commands), context);
            }
            Node::Command(command) => self.descend_command(command, context),
            Node::Assignment(assignment) => {
                match &assignment.value {
                    AssignmentValue::Word(word) => self.push_word(word, context),
                    AssignmentValue::Array(Array { elements, .. }) => {
                        self.push(Frame::Elements(elements), context);
                    }
                }
                if let Some(subscript) = &assignment.subscript {
                    self.push_word(subscript, context);
                }
            }
            Node::Redirect(redirect) => {
                let body = redirect.heredoc.as_ref().and_then(|heredoc| heredoc.body());
                if let Some(body) = body {
                    self.push_word(&body.text, context);
                }
                self.push_word(&redirect.target, context);
            }
            Node::Conditional(conditional) => match &conditional.kind {
                ConditionalKind::Or(all) | ConditionalKind::And(all) => {
                    self.push(Frame::Conditionals(all), context);
                }
                ConditionalKind::Not(inner) | ConditionalKind::Group(inner) => {
                    self.push(Frame::Conditionals(std::slice::from_ref(inner)), context);
                }
                ConditionalKind::Unary { operand, .. } => self.push_word(operand, context),
                ConditionalKind::Binary { left, right, .. } => {
                    self.push_word(right, context);
                    self.push_word(left, context);
                }
                ConditionalKind::Word(word) => self.push_word(word, context),
                ConditionalKind::Missing => {}
            },
            Node::Word(word) => self.push(Frame::Parts(&word.parts), context),
            Node::Part(part) => self.descend_part(part, context),
        }
    }

    fn descend_command(&mut self, command: &'a Command, context: Context<'a>) {
        match command {
            Command::Simple(command) => {
                if let Some(inner) = &command.inner {
                    let flags = if inner.is_exact {
                        INNER
                    } else {
                        INNER | INEXACT
                    };
                    self.push(Frame::List(&inner.script.body), context.with(flags));
                }
                self.push(Frame::Redirects(&command.redirects), context);
                // No word of a command without others in it holds one.
                if self.left_out != LeftOut::IdleWords || !command.is_flat {
                    self.push_words(&command.words, context);
                }
                self.push(Frame::Assignments(&command.assignments), context);
            }
            Command::Compound(command) => self.descend_compound(command, context),
            Command::Function(function) => {
                if let Some(body) = &function.body {
                    let body = std::slice::from_ref(body);
                    self.push(Frame::Commands(body), context.with(FUNCTION));
                }
            }
            Command::Coprocess(coprocess) => {
                if let Some(command) = &coprocess.command {
                    let command = std::slice::from_ref(command);
                    self.push(
                        Frame::Commands(command),
                        context.with(SUBSHELL | BACKGROUND),
                    );
                }
            }
        }
    }

    fn descend_compound(&mut self, command: &'a CompoundCommand, context: Context<'a>) {
        self.push(Frame::Redirects(&command.redirects), context);
        match &command.kind {
            CompoundKind::Group(list) => self.push(Frame::List(list), context),
            CompoundKind::Subshell(list) => self.push(Frame::List(list), context.with(SUBSHELL)),
            CompoundKind::If(command) => {
                if let Some(otherwise) = &command.otherwise {
                    self.push(Frame::List(otherwise), context.with(BRANCH));
                }
                self.push(Frame::Branches(&command.branches), context);
            }
            CompoundKind::For(command) => {
                self.push(Frame::List(&command.body), context.with(LOOP));
                if let Some(words) = &command.words {
                    self.push_words(words, context);
                }
            }
            CompoundKind::ArithmeticFor(command) => {
                self.push(Frame::List(&command.body), context.with(LOOP));
                self.push_word(&command.header.expression, context);
            }
            CompoundKind::While(command) => {
                self.push(Frame::List(&command.body), context.with(LOOP));
                let flags = LOOP | CONDITION;
                self.push(Frame::List(&command.condition), context.with(flags));
            }
            CompoundKind::Case(command) => {
                self.push(Frame::Arms(&command.arms), context);
                self.push_word(&command.subject, context);
            }
            CompoundKind::Conditional(expression) => {
                self.push(
                    Frame::Conditionals(std::slice::from_ref(expression)),
                    context,
                );
            }
            CompoundKind::Arithmetic(arithmetic) => {
                self.push_word(&arithmetic.expression, context);
            }
        }
    }

    fn descend_part(&mut self, part: &'a WordPart, context: Context<'a>) {
        match part {
            WordPart::DoubleQuoted(quoted) => self.push(Frame::Parts(&quoted.parts), context),
            WordPart::CommandSubstitution(substitution) => {
                let context = context.with(SUBSHELL | SUBSTITUTION);
                self.push(Frame::List(&substitution.body), context);
            }
            WordPart::ProcessSubstitution(substitution) => {
                let context = context.with(SUBSHELL | SUBSTITUTION);
                self.push(Frame::List(&substitution.body), context);
            }
            WordPart::Arithmetic(arithmetic) => self.push_word(&arithmetic.expression, context),
            WordPart::ExtendedGlob(glob) => self.push_words(&glob.patterns, context),
            WordPart::Parameter(parameter) => {
                if let Some(operation) = &parameter.operation {
                    self.descend_operation(operation, context);
                }
                if let Some(subscript) = &parameter.subscript {
                    self.push_word(subscript, context);
                }
            }
            WordPart::Literal(_)
            | WordPart::Escaped(_)
            | WordPart::SingleQuoted(_)
            | WordPart::AnsiQuoted(_)
            | WordPart::Glob(_)
            | WordPart::Brace(_)
            | WordPart::Tilde(_) => {}
        }
    }

    fn descend_operation(&mut self, operation: &'a Operation, context: Context<'a>) {
        let (first, second) = match operation {
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
        if let Some(second) = second {
            self.push_word(second, context);
        }
        self.push_word(first, context);
    }
}

impl<'a> Iterator for Nodes<'a> {
    type Item = (Node<'a>, Context<'a>);

    fn next(&mut self) -> Option<(Node<'a>, Context<'a>)> {
        let (node, context) = self.advance()?;
        self.descend(node, context);
        Some((node, context))
    }
}

/// Iterates over the simple commands of a tree.
#[derive(Clone, Debug)]
pub struct Commands<'a> {
    /// The next item of the outermost list, and whether `&` ends its chain.
    next: (Context<'a>, bool),
    /// What is still to be visited of the item before, where that is more than a command. Without a stack until then.
    nodes: Nodes<'a>,
}

impl<'a> Commands<'a> {
    /// The commands of a list.
    fn of(list: &'a List) -> Commands<'a> {
        Commands {
            next: (beginning(list), is_background_chain(list, 0)),
            nodes: Nodes {
                stack: Vec::new(),
                left_out: LeftOut::IdleWords,
            },
        }
    }

    /// None of the commands of a list.
    pub(super) fn none(list: &'a List) -> Commands<'a> {
        let mut none = Commands::of(list);
        none.next.0.index = list.items.len();
        none
    }

    /// The next command of the outermost list, if it is nothing but one; otherwise its pipeline is to be visited.
    fn outermost(&mut self) -> Option<Option<CommandUse<'a>>> {
        let (place, in_background) = &mut self.next;
        let (item, context) = take_item(place, in_background)?;
        if let [Command::Simple(command)] = &*item.pipeline.commands
            && command.is_flat
        {
            return Some(Some(CommandUse { command, context }));
        }
        self.nodes.stack.reserve(STACK);
        let commands = Frame::Commands(&item.pipeline.commands);
        self.nodes.push(commands, context);
        Some(None)
    }

    /// The next command, if it is nothing but one: without this every step up and down would be made for it.
    fn flat(&mut self) -> Option<CommandUse<'a>> {
        let (frame, place) = self.nodes.stack.last_mut()?;
        match frame {
            Frame::Items(_) => {
                let [command] = &*place.item()?.pipeline.commands else {
                    return None;
                };
                let command = command.as_simple().filter(|command| command.is_flat)?;
                let (_, context) = self.nodes.next_item()?;
                Some(CommandUse { command, context })
            }
            Frame::Commands(commands) => {
                let [command, rest @ ..] = *commands else {
                    return None;
                };
                let command = command.as_simple().filter(|command| command.is_flat)?;
                let context = *place;
                if rest.is_empty() {
                    self.nodes.stack.pop();
                } else {
                    *commands = rest;
                    place.position += 1;
                }
                Some(CommandUse { command, context })
            }
            _ => None,
        }
    }
}

impl<'a> Iterator for Commands<'a> {
    type Item = CommandUse<'a>;

    fn next(&mut self) -> Option<CommandUse<'a>> {
        loop {
            if self.nodes.stack.is_empty() {
                let Some(found) = self.outermost()? else {
                    continue;
                };
                return Some(found);
            }
            if let Some(found) = self.flat() {
                return Some(found);
            }
            if let Some((Node::Command(Command::Simple(command)), context)) = self.nodes.next() {
                return Some(CommandUse { command, context });
            }
        }
    }
}

/// The place of the first item of a script's list.
fn beginning(list: &List) -> Context<'_> {
    Context {
        list,
        index: 0,
        position: 0,
        flags: 0,
    }
}

/// Takes the next item of a list, of which `in_background` says whether `&` ends its chain.
fn take_item<'a>(
    place: &mut Context<'a>,
    in_background: &mut bool,
) -> Option<(&'a ListItem, Context<'a>)> {
    let context = *place;
    let item = context.item()?;
    let flags = if *in_background { BACKGROUND } else { 0 };
    place.index = context.index + 1;
    // Only where a chain begins is it worth looking for its end.
    if !item.is_chained() {
        *in_background = is_background_chain(context.list, place.index);
    }
    Some((item, context.with(flags)))
}

/// Whether `&` ends the chain that begins with this item.
fn is_background_chain(list: &List, index: usize) -> bool {
    let items = list.items.get(index..).unwrap_or_default();
    let last = items.iter().find(|item| !item.is_chained());
    last.and_then(|item| item.operator)
        .is_some_and(|operator| operator.value == ListOperator::Background)
}

#[cfg(test)]
mod tests {
    use super::*;
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
