//! What of a document can be folded.

use super::document::Document;
use crate::dockerfile::ast::{Ast, Instruction, InstructionKind};
use crate::text::{LineIndex, Span, order};
use crate::yaml::{Document as YamlDocument, Kind as YamlKind};

/// Lines that can be folded into the first of them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Fold {
    /// The line that stays, counted from 0.
    pub first: u32,
    /// The last line that is hidden; behind `first`.
    pub last: u32,
    /// What is folded.
    pub kind: FoldKind,
}

/// What is folded.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum FoldKind {
    /// A stage, an instruction, a heredoc, a node.
    Code,
    /// Comments.
    Comment,
    /// What stands between `# region` and `# endregion`.
    Region,
}

/// What can be folded, sorted.
pub fn folds(document: &Document) -> Vec<Fold> {
    let source = &document.source;
    let mut folds = Folds {
        lines: &source.lines,
        found: Vec::new(),
    };
    if let Some(dockerfile) = document.dockerfile() {
        folds.dockerfile(&dockerfile.model.ast);
        let comments = dockerfile.model.ast.comments.iter();
        folds.comments(comments.map(|comment| comment.span), document.text());
    } else if let Some(compose) = document.compose() {
        for document in &compose.loaded.yaml.documents {
            folds.yaml(document);
            let own = document.comments.iter().filter(|comment| comment.own_line);
            folds.comments(own.map(|comment| comment.span), document.text());
        }
    }
    let mut found = folds.found;
    order::sort(&mut found);
    // Of two that begin and end alike one is enough.
    found.dedup_by_key(|fold| (fold.first, fold.last));
    found
}

struct Folds<'f> {
    lines: &'f LineIndex,
    found: Vec<Fold>,
}

impl Folds<'_> {
    fn add(&mut self, span: Span, kind: FoldKind) {
        let first = self.lines.line(span.start);
        // A span that ends with a line break does not reach into the line behind it.
        let last = self.lines.line(span.end.saturating_sub(1).max(span.start));
        if last > first {
            self.found.push(Fold { first, last, kind });
        }
    }

    fn dockerfile(&mut self, ast: &Ast) {
        let is_from =
            |instruction: &Instruction| matches!(instruction.kind, InstructionKind::From(_));
        let mut stage: Option<Span> = None;
        for instruction in &ast.instructions {
            if is_from(instruction) {
                if let Some(stage) = stage.take() {
                    self.add(stage, FoldKind::Code);
                }
                stage = Some(instruction.span);
            }
            stage = stage.map(|stage| stage.cover(instruction.span));
            self.add(instruction.span, FoldKind::Code);
            let trigger = match &instruction.kind {
                InstructionKind::Onbuild(onbuild) => onbuild.trigger.as_deref(),
                _ => None,
            };
            let own = instruction.heredocs.iter();
            for heredoc in own.chain(trigger.into_iter().flat_map(|trigger| &trigger.heredocs)) {
                // The line of the first heredoc's word belongs to the instruction.
                self.add(heredoc.body_span, FoldKind::Code);
            }
        }
        if let Some(stage) = stage {
            self.add(stage, FoldKind::Code);
        }
    }

    fn yaml(&mut self, document: &YamlDocument) {
        for id in document.ids() {
            let span = document.full_span(id);
            let head = document.key_of(id).map(|key| document.full_span(key));
            let is_root = document.root == Some(id);
            match document.kind(id) {
                YamlKind::Alias(_) => {}
                YamlKind::Mapping(_) | YamlKind::Sequence(_) if is_root => {}
                _ => self.add(head.map_or(span, |head| head.cover(span)), FoldKind::Code),
            }
        }
    }

    /// Comments on lines one after another, and regions.
    fn comments(&mut self, spans: impl Iterator<Item = Span>, text: &str) {
        let mut block: Option<Span> = None;
        let mut regions = Vec::new();
        for span in spans {
            let words = span.text(text).trim_start_matches('#').trim_start();
            if words.starts_with("region") || words.starts_with("#region") {
                regions.push(span);
            } else if words.starts_with("endregion")
                && let Some(start) = regions.pop()
            {
                self.add(start.cover(span), FoldKind::Region);
            }
            let line = self.lines.line(span.start);
            let follows = |block: &Span| self.lines.line(block.end) + 1 == line;
            block = match block.filter(follows) {
                Some(block) => Some(block.cover(span)),
                None => {
                    if let Some(block) = block {
                        self.add(block, FoldKind::Comment);
                    }
                    Some(span)
                }
            };
        }
        if let Some(block) = block {
            self.add(block, FoldKind::Comment);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ide::testing::Scene;

    fn folded(path: &str, text: &str) -> Vec<(u32, u32, FoldKind)> {
        let scene = Scene::new(&[(path, &format!("¦{text}"))]);
        let workspace = scene.workspace();
        let document = workspace.document(&scene.path).expect("a document");
        let folds = folds(document).into_iter();
        folds
            .map(|fold| (fold.first, fold.last, fold.kind))
            .collect()
    }

    #[test]
    fn stages_instructions_heredocs_and_comments() {
        use FoldKind::{Code, Comment, Region};
        let text = "# a\n# b\nFROM alpine\nRUN a \\\n  && b\nRUN <<EOF\na\nb\nEOF\n# region x\nCMD a\n# endregion\nFROM b\n";
        let wanted = [
            (0, 1, Comment),
            (2, 10, Code),
            (3, 4, Code),
            (5, 8, Code),
            (6, 7, Code),
            (9, 11, Region),
        ];
        assert_eq!(folded("Dockerfile", text), wanted);
    }

    #[test]
    fn nodes_of_several_lines() {
        use FoldKind::{Code, Comment};
        let text = "# a\n# b\nservices:\n  web:\n    image: a\n    command: |\n      a\n      b\n    ports: [\n      \"80\"\n    ]\nnetworks: {}\n";
        let wanted = [
            (0, 1, Comment),
            (2, 10, Code),
            (3, 10, Code),
            (5, 7, Code),
            (8, 10, Code),
        ];
        assert_eq!(folded("compose.yaml", text), wanted);
    }
}
