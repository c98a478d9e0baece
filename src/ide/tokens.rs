//! What each token of a document is, for colouring: of the Dockerfile and of the shell in it, of a Compose file and of
//! the variables and Dockerfiles in it.
//!
//! Tokens are painted from the outside in, and the inner one wins. What an editor gets is flat: sorted, without
//! overlaps, and no token is longer than a line.

mod paint;
mod shell;

use super::document::{ComposeText, DockerfileText, Document};
use crate::compose::File;
use crate::dockerfile::Dockerfile;
use crate::dockerfile::ast::{Ast, Command, Instruction, InstructionKind};
use crate::dockerfile::model::Target;
use crate::dockerfile::word::Word;
use crate::grammar::variable::Template;
use crate::text::{Cooked, Span, order};
use crate::yaml::{
    Document as YamlDocument, Kind as YamlKind, NodeId, Place, Resolved, ScalarStyle,
};
use paint::Paint;

/// A token.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Token {
    /// Its bytes, all on one line.
    pub span: Span,
    /// What it is.
    pub kind: TokenKind,
}

/// What a token is: the types of the Language Server Protocol that fit.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum TokenKind {
    /// An instruction, a reserved word of the shell, `true` and `false`.
    Keyword,
    /// A parser directive.
    Macro,
    /// A comment.
    Comment,
    /// Text in quotes, a path, a value.
    String,
    /// A number.
    Number,
    /// A variable.
    Variable,
    /// A flag, an option of a command.
    Parameter,
    /// A key of YAML, of a label, of a mount.
    Property,
    /// An image.
    Namespace,
    /// The name of a stage, service, network, volume, secret, config or model.
    Class,
    /// A command of the shell.
    Function,
    /// An operator of the shell.
    Operator,
    /// An anchor, an alias, a tag.
    Decorator,
}

impl TokenKind {
    /// All of them.
    pub const ALL: [TokenKind; 13] = [
        TokenKind::Keyword,
        TokenKind::Macro,
        TokenKind::Comment,
        TokenKind::String,
        TokenKind::Number,
        TokenKind::Variable,
        TokenKind::Parameter,
        TokenKind::Property,
        TokenKind::Namespace,
        TokenKind::Class,
        TokenKind::Function,
        TokenKind::Operator,
        TokenKind::Decorator,
    ];

    /// The name that the protocol has for it.
    pub fn as_str(self) -> &'static str {
        match self {
            TokenKind::Keyword => "keyword",
            TokenKind::Macro => "macro",
            TokenKind::Comment => "comment",
            TokenKind::String => "string",
            TokenKind::Number => "number",
            TokenKind::Variable => "variable",
            TokenKind::Parameter => "parameter",
            TokenKind::Property => "property",
            TokenKind::Namespace => "namespace",
            TokenKind::Class => "class",
            TokenKind::Function => "function",
            TokenKind::Operator => "operator",
            TokenKind::Decorator => "decorator",
        }
    }
}

/// The tokens of a document that touch a range; all of them without one.
pub fn tokens(document: &Document, range: Option<Span>) -> Vec<Token> {
    let mut paint = Paint::new(document.text(), range);
    if let Some(dockerfile) = document.dockerfile() {
        of_dockerfile(dockerfile, &mut paint);
    } else if let Some(compose) = document.compose() {
        of_compose(compose, &mut paint);
    }
    paint.finish()
}

fn of_dockerfile(dockerfile: &DockerfileText, paint: &mut Paint<'_>) {
    of_model(&dockerfile.model, paint);
}

fn of_model(model: &Dockerfile, paint: &mut Paint<'_>) {
    let ast: &Ast = &model.ast;
    for directive in &ast.directives {
        paint.add(directive.span, TokenKind::Comment);
        paint.add(directive.name.span, TokenKind::Macro);
        paint.add(directive.value.span, TokenKind::String);
    }
    for comment in &ast.comments {
        paint.add(comment.span, TokenKind::Comment);
    }
    for (number, instruction) in ast.instructions.iter().enumerate() {
        if paint.is_outside(instruction.span) {
            continue;
        }
        of_instruction(instruction, paint);
        if let InstructionKind::Onbuild(onbuild) = &instruction.kind
            && let Some(trigger) = &onbuild.trigger
        {
            of_instruction(trigger, paint);
        }
        for script in model.scripts_of(number) {
            if let Some(script) = &script.script {
                shell::paint(script, paint);
            }
        }
        // Comments between the lines of the instruction are over what the shell sees.
        for comment in ast.comments_inside(instruction) {
            paint.add(comment.span, TokenKind::Comment);
        }
    }
    for reference in &model.references {
        if let Target::Stage(_) = reference.target {
            paint.add(reference.span, TokenKind::Class);
        }
    }
}

fn of_instruction(instruction: &Instruction, paint: &mut Paint<'_>) {
    if !matches!(instruction.kind, InstructionKind::Unknown(_)) {
        paint.add(instruction.keyword.span, TokenKind::Keyword);
    }
    for flag in &instruction.flags {
        paint.add(
            Span::new(flag.span.start, flag.name.span.end),
            TokenKind::Parameter,
        );
    }
    for word in instruction.words() {
        paint.add(word.span, value_kind(word));
    }
    for heredoc in &instruction.heredocs {
        paint.add(heredoc.body_span, TokenKind::String);
        paint.add(heredoc.word, TokenKind::Operator);
        if let Some(end) = heredoc.terminator {
            paint.add(end, TokenKind::Operator);
        }
    }
    for pair in instruction.pairs() {
        let is_label = matches!(instruction.kind, InstructionKind::Label(_));
        let kind = if is_label {
            TokenKind::Property
        } else {
            TokenKind::Variable
        };
        paint.add(pair.key.span, kind);
    }
    match &instruction.kind {
        InstructionKind::From(from) => {
            if let Some(image) = &from.image {
                paint.add(image.span, TokenKind::Namespace);
            }
            if let Some(keyword) = &from.as_keyword {
                paint.add(keyword.span, TokenKind::Keyword);
            }
            if let Some(name) = &from.name {
                paint.add(name.span, TokenKind::Class);
            }
        }
        InstructionKind::Run(run) => {
            for field in run.mounts.iter().flat_map(|mount| &mount.fields) {
                paint.add(field.key.span, TokenKind::Property);
            }
        }
        InstructionKind::Healthcheck(check) => {
            if let Some(test) = &check.test {
                paint.add(test.span, TokenKind::Keyword);
            }
        }
        _ => {}
    }
    if let Some(Command::Exec(exec)) = instruction.command()
        && let Some(program) = exec.arguments.first()
    {
        paint.add(program.span, TokenKind::Function);
    }
    for word in instruction.words() {
        let references = word.template().into_iter().flat_map(Template::references);
        for reference in references {
            paint.add(word.span_of(reference.range.clone()), TokenKind::Variable);
        }
    }
}

fn value_kind(word: &Word) -> TokenKind {
    let is_number = |c: char| c.is_ascii_digit() || c == '.';
    if !word.raw.is_empty() && word.raw.chars().all(is_number) {
        TokenKind::Number
    } else {
        TokenKind::String
    }
}

fn of_compose(compose: &ComposeText, paint: &mut Paint<'_>) {
    for document in &compose.loaded.yaml.documents {
        let names = names(document);
        for id in document.ids() {
            if paint.is_outside(document.full_span(id)) {
                continue;
            }
            of_node(document, id, &names, paint);
        }
        for comment in &document.comments {
            paint.add(comment.span, TokenKind::Comment);
        }
    }
    for inline in inline_dockerfiles(&compose.file) {
        let text = inline.text();
        let parsed = crate::dockerfile::parse::parse(text);
        let mut inner = Paint::new(text, None);
        of_model(&Dockerfile::new(parsed.tree), &mut inner);
        for token in inner.finish() {
            paint.add(inline.span(token.span.range()), token.kind);
        }
    }
}

/// The keys in a document that declare a service, network, volume and so on.
fn names(document: &YamlDocument) -> Vec<NodeId> {
    let sections = [
        "services", "jobs", "networks", "volumes", "secrets", "configs", "models",
    ];
    let sections = sections.iter().filter_map(|name| document.find(&[*name]));
    let keys = sections.flat_map(|section| document.entries(section).iter().map(|entry| entry.key));
    let mut keys: Vec<NodeId> = keys.collect();
    order::sort(&mut keys);
    keys
}

fn of_node(document: &YamlDocument, id: NodeId, names: &[NodeId], paint: &mut Paint<'_>) {
    if let Some(tag) = document.tag(id) {
        paint.add(tag.span, TokenKind::Decorator);
    }
    if let Some((_, span)) = document.anchor(id) {
        paint.add(span, TokenKind::Decorator);
    }
    let span = document.span(id);
    let scalar = match document.kind(id) {
        YamlKind::Alias(_) => return paint.add(span, TokenKind::Decorator),
        YamlKind::Scalar(scalar) => scalar,
        YamlKind::Sequence(_) | YamlKind::Mapping(_) => return,
    };
    if matches!(document.place(id), Place::Key(_)) {
        let is_name = names.binary_search(&id).is_ok();
        let kind = if is_name {
            TokenKind::Class
        } else {
            TokenKind::Property
        };
        return paint.add(span, kind);
    }
    let kind = match scalar.resolve() {
        Resolved::Bool(_) | Resolved::Null => TokenKind::Keyword,
        Resolved::Int(_) | Resolved::Float(_) => TokenKind::Number,
        Resolved::Str
            if document.key_of(id).and_then(|key| document.as_str(key)) == Some("image") =>
        {
            TokenKind::Namespace
        }
        Resolved::Str => TokenKind::String,
    };
    let is_block = matches!(scalar.style, ScalarStyle::Literal | ScalarStyle::Folded);
    paint.add(span, kind);
    if is_block {
        // `|` and `>` with what is behind them.
        let head = span
            .text(paint.text())
            .find('\n')
            .map(|end| Span::from_range(span.range().start..span.range().start + end));
        if let Some(head) = head {
            paint.add(head, TokenKind::Operator);
        }
    }
    if scalar.value.contains('$')
        && let Some(cooked) = document.cooked(id)
    {
        let template = crate::grammar::variable::parse(
            cooked.text(),
            crate::grammar::variable::Dialect::Compose,
        );
        for reference in template.references() {
            paint.add(cooked.span(reference.range.clone()), TokenKind::Variable);
        }
    }
}

/// The Dockerfiles that stand in a Compose file, as far as no variable takes part in them.
fn inline_dockerfiles(file: &File) -> Vec<&Cooked<'static>> {
    let mut found: Vec<(Span, &Cooked<'static>)> = Vec::new();
    for document in file.documents() {
        for owned in document.containers() {
            let build = owned.container.build.as_deref();
            let inline = build.and_then(|build| build.value.dockerfile_inline.as_ref());
            if let Some(inline) = inline
                && inline.value.literal().is_some()
                && found.iter().all(|(at, _)| *at != inline.at.span)
            {
                found.push((inline.at.span, inline.value.cooked()));
            }
        }
    }
    found.into_iter().map(|(_, text)| text).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ide::testing::Scene;

    /// Each token as `kind:text`.
    fn painted(path: &str, text: &str) -> Vec<String> {
        let scene = Scene::new(&[(path, &format!("¦{text}"))]);
        let workspace = scene.workspace();
        let document = workspace.document(&scene.path).expect("a document");
        let tokens = tokens(document, None);
        assert!(
            tokens
                .windows(2)
                .all(|pair| pair[0].span.end <= pair[1].span.start)
        );
        let show = |token: &Token| {
            format!(
                "{}:{}",
                token.kind.as_str(),
                token.span.text(document.text())
            )
        };
        tokens.iter().map(show).collect()
    }

    #[test]
    fn a_dockerfile_with_its_shell() {
        let text = "# syntax=docker/dockerfile:1\nFROM alpine:$V AS base\nRUN --mount=type=cache,target=/c apk add \\\n  # why\n  \"a $B\" | tee -a /x && exit 0\nCOPY --from=base a b\n";
        let wanted = [
            "comment:#",
            "macro:syntax",
            "comment:=",
            "string:docker/dockerfile:1",
            "keyword:FROM",
            "namespace:alpine:",
            "variable:$V",
            "keyword:AS",
            "class:base",
            "keyword:RUN",
            "parameter:--mount",
            "property:type",
            "string:=",
            "string:cache",
            "string:,",
            "property:target",
            "string:=",
            "string:/c",
            "function:apk",
            "string:add",
            "comment:# why",
            "string:\"a",
            "variable:$B",
            "string:\"",
            "operator:|",
            "function:tee",
            "parameter:-a",
            "string:/x",
            "operator:&&",
            "function:exit",
            "number:0",
            "keyword:COPY",
            "parameter:--from",
            "class:base",
            "string:a",
            "string:b",
        ];
        assert_eq!(painted("Dockerfile", text), wanted);
    }

    #[test]
    fn a_compose_file() {
        let text = "x-a: &a {b: 1}\nservices:\n  web:\n    <<: *a\n    image: nginx:${T:-1} # c\n    init: true\n    ports: !reset ['80']\n";
        let wanted = [
            "property:x-a",
            "decorator:&a",
            "property:b",
            "number:1",
            "property:services",
            "class:web",
            "property:<<",
            "decorator:*a",
            "property:image",
            "namespace:nginx:",
            "variable:${T:-1}",
            "comment:# c",
            "property:init",
            "keyword:true",
            "property:ports",
            "decorator:!reset",
            "string:'80'",
        ];
        assert_eq!(painted("compose.yaml", text), wanted);
    }

    #[test]
    fn a_dockerfile_in_a_compose_file() {
        let text = "services:\n  a:\n    build:\n      dockerfile_inline: |\n        FROM alpine\n        RUN ls -l\n";
        let tokens = painted("compose.yaml", text);
        let wanted = [
            "property:dockerfile_inline",
            "operator:|",
            "keyword:FROM",
            "namespace:alpine",
            "keyword:RUN",
            "function:ls",
            "parameter:-l",
        ];
        assert_eq!(tokens[tokens.len() - wanted.len()..], wanted);
    }

    #[test]
    fn words_of_the_shell() {
        let text =
            "FROM a\nRUN if [ -f x ]; then for f in *.c; do cc \"$f\"; done; fi >/dev/null 2>&1\n";
        let tokens = painted("Dockerfile", text);
        let keywords: Vec<_> = tokens
            .iter()
            .filter(|t| t.starts_with("keyword:"))
            .collect();
        assert_eq!(
            keywords,
            [
                "keyword:FROM",
                "keyword:RUN",
                "keyword:if",
                "keyword:then",
                "keyword:for",
                "keyword:in",
                "keyword:do",
                "keyword:done",
                "keyword:fi"
            ]
        );
        assert!(
            tokens.contains(&"variable:f".to_owned())
                && tokens.contains(&"operator:2>&1".to_owned()),
            "{tokens:?}"
        );
    }

    #[test]
    fn lines_are_not_crossed_and_a_range_is_kept() {
        let text = "services:\n  a:\n    command: >\n      echo a\n      echo b\n";
        let tokens = painted("compose.yaml", text);
        assert_eq!(
            tokens[3..],
            ["operator:>", "string:echo a", "string:echo b"]
        );
        let scene = Scene::new(&[("Dockerfile", "¦FROM a\nRUN b\nRUN c\n")]);
        let workspace = scene.workspace();
        let document = workspace.document(&scene.path).expect("a document");
        let tokens = super::tokens(document, Some(Span::new(7, 12)));
        let texts: Vec<_> = tokens
            .iter()
            .map(|token| token.span.text(document.text()))
            .collect();
        assert_eq!(texts, ["RUN", "b"]);
    }
}
