//! Growing a selection: from the token at the cursor to what holds it, up to the whole file.

use super::document::{ComposeText, DockerfileText, Document};
use crate::dockerfile::ast::{Instruction, InstructionKind};
use crate::grammar::variable::Template;
use crate::text::span::offset;
use crate::text::{Span, order};
use crate::yaml::{Kind as YamlKind, ScalarStyle};

/// The spans around a byte, each inside the next; the last is the whole file.
pub fn selection(document: &Document, at: u32) -> Vec<Span> {
    let text = document.text();
    let mut spans = vec![Span::new(0, offset(text.len()))];
    if let Some(dockerfile) = document.dockerfile() {
        in_dockerfile(dockerfile, at, &mut spans);
    } else if let Some(compose) = document.compose() {
        in_compose(compose, at, &mut spans);
    }
    if let Some(word) = word_at(text, at) {
        spans.push(word);
    }
    nested(spans, at)
}

/// Those spans that hold the cursor and lie in one another, the smallest first.
fn nested(mut spans: Vec<Span>, at: u32) -> Vec<Span> {
    spans.retain(|span| span.touches(at) && !span.is_empty());
    order::sort_by_key(&mut spans, |span| {
        (std::cmp::Reverse(span.len()), span.start)
    });
    spans.dedup();
    let mut chain: Vec<Span> = Vec::new();
    for span in spans {
        if chain.last().is_none_or(|outer| outer.contains(span)) {
            chain.push(span);
        }
    }
    chain.reverse();
    chain
}

/// The letters, digits and `_` around a byte.
fn word_at(text: &str, at: u32) -> Option<Span> {
    let at = at as usize;
    let (before, behind) = (text.get(..at)?, text.get(at..)?);
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let start = before.trim_end_matches(is_word).len();
    let end = text.len() - behind.trim_start_matches(is_word).len();
    (start < end).then(|| Span::from_range(start..end))
}

fn in_dockerfile(dockerfile: &DockerfileText, at: u32, spans: &mut Vec<Span>) {
    let ast = &dockerfile.model.ast;
    let comments = ast.comments.iter().map(|comment| comment.span);
    spans.extend(comments.filter(|span| span.touches(at)));
    spans.extend(ast.directives.iter().map(|directive| directive.span));
    let number = ast
        .instructions
        .partition_point(|instruction| instruction.span.start <= at);
    let Some(number) = number.checked_sub(1) else {
        return;
    };
    if let Some(stage) = dockerfile.model.stage_of(number) {
        let own = ast.instructions.iter().enumerate();
        let own = own.filter(|(number, _)| {
            let other = dockerfile.model.stage_of(*number);
            other.is_some_and(|other| other.index == stage.index)
        });
        spans.extend(own.map(|(_, own)| own.span).reduce(Span::cover));
    }
    let instruction = &ast.instructions[number];
    in_instruction(instruction, spans);
    if let InstructionKind::Onbuild(onbuild) = &instruction.kind
        && let Some(trigger) = &onbuild.trigger
    {
        in_instruction(trigger, spans);
    }
    for script in dockerfile.model.scripts_of(number) {
        let Some(script) = &script.script else {
            continue;
        };
        for (script, _) in script.with_inner() {
            spans.push(script.span);
            let nodes = script.nodes().map(|(node, _)| node.span());
            spans.extend(nodes.filter(|span| span.touches(at)));
        }
    }
}

fn in_instruction(instruction: &Instruction, spans: &mut Vec<Span>) {
    spans.extend([
        instruction.span,
        instruction.keyword.span,
        instruction.arguments,
    ]);
    for flag in &instruction.flags {
        spans.extend([flag.span, flag.name.span]);
        spans.extend(flag.value.as_ref().map(|value| value.span));
    }
    for heredoc in &instruction.heredocs {
        spans.extend([heredoc.word, heredoc.body_span]);
        spans.push(
            heredoc
                .terminator
                .map_or(heredoc.body_span, |end| heredoc.body_span.cover(end)),
        );
    }
    for word in instruction.words() {
        spans.push(word.span);
        let references = word.template().into_iter().flat_map(Template::references);
        spans.extend(references.map(|reference| word.span_of(reference.range.clone())));
    }
    if let InstructionKind::Run(run) = &instruction.kind {
        let fields = run.mounts.iter().flat_map(|mount| &mount.fields);
        spans.extend(fields.map(|field| field.span));
    }
    spans.extend(instruction.pairs().iter().map(|pair| pair.span));
}

fn in_compose(compose: &ComposeText, at: u32, spans: &mut Vec<Span>) {
    let yaml = &compose.loaded.yaml;
    for document in &yaml.documents {
        let comments = document.comments.iter().map(|comment| comment.span);
        spans.extend(comments.filter(|span| span.touches(at)));
    }
    let Some((document, node)) = yaml.node_at(at) else {
        return;
    };
    spans.push(document.span);
    for id in document.ancestors(node) {
        spans.extend([document.span(id), document.full_span(id)]);
        if let YamlKind::Scalar(scalar) = document.kind(id)
            && matches!(
                scalar.style,
                ScalarStyle::DoubleQuoted | ScalarStyle::SingleQuoted
            )
        {
            let span = document.span(id);
            spans.push(Span::new(span.start + 1, span.end.saturating_sub(1)));
        }
        if let Some(key) = document.key_of(id) {
            spans.push(document.full_span(key).cover(document.full_span(id)));
        }
        // A key: the entry that it begins.
        if let Some(parent) = document.parent(id) {
            let entries = document.entries(parent).iter();
            let own = entries.filter(|entry| entry.key == id);
            spans.extend(own.map(|entry| document.entry_span(*entry)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ide::testing::Scene;

    fn selected(path: &str, text: &str) -> Vec<String> {
        let scene = Scene::new(&[(path, text)]);
        let workspace = scene.workspace();
        let document = workspace.document(&scene.path).expect("a document");
        let spans = selection(document, scene.at);
        assert!(
            spans
                .windows(2)
                .all(|pair| pair[1].contains(pair[0]) && pair[0] != pair[1])
        );
        let texts = spans
            .iter()
            .map(|span| span.text(document.text()).to_owned());
        texts.collect()
    }

    #[test]
    fn in_a_run() {
        let spans = selected("Dockerfile", "FROM a\nRUN x && echo \"a $HO¦ME\"\n");
        let wanted = [
            "HOME",
            "$HOME",
            "\"a $HOME\"",
            "echo \"a $HOME\"",
            "x && echo \"a $HOME\"",
            "RUN x && echo \"a $HOME\"",
            "FROM a\nRUN x && echo \"a $HOME\"",
            "FROM a\nRUN x && echo \"a $HOME\"\n",
        ];
        assert_eq!(spans, wanted);
    }

    #[test]
    fn in_a_flag() {
        let spans = selected("Dockerfile", "FROM a\nCOPY --from=bui¦ld a b\n");
        assert_eq!(
            spans[..3],
            ["build", "--from=build", "COPY --from=build a b"]
        );
    }

    #[test]
    fn in_yaml() {
        let spans = selected(
            "compose.yaml",
            "services:\n  web:\n    image: \"ngi¦nx:1\"\n    init: true\n",
        );
        let wanted = [
            "nginx",
            "nginx:1",
            "\"nginx:1\"",
            "image: \"nginx:1\"",
            "image: \"nginx:1\"\n    init: true",
            "web:\n    image: \"nginx:1\"\n    init: true",
        ];
        assert_eq!(spans[..6], wanted);
    }

    #[test]
    fn outside_everything() {
        assert_eq!(selected("Dockerfile", "FROM a\n\n¦\n"), ["FROM a\n\n\n"]);
        assert_eq!(selected("Dockerfile", "¦"), Vec::<String>::new());
    }
}
