//! The outline of a document: stages with their instructions, sections with what they declare.

use super::document::{ComposeText, DockerfileText, Document};
use crate::dockerfile::ast::{Instruction, InstructionKind, Pair};
use crate::text::Span;
use crate::yaml::{Document as YamlDocument, Entry, Kind as YamlKind, NodeId};

/// A part of a document that has a name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Symbol {
    /// What it is called; never empty.
    pub name: String,
    /// A little more about it.
    pub detail: String,
    /// What it is.
    pub kind: SymbolKind,
    /// All of it.
    pub span: Span,
    /// The bytes to show when it is chosen; inside `span`.
    pub name_span: Span,
    /// What it is made of, in the order of the file.
    pub children: Vec<Symbol>,
}

/// What a part of a document is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum SymbolKind {
    /// A stage of a Dockerfile.
    Stage,
    /// An instruction.
    Instruction,
    /// A variable: `ARG`, `ENV`.
    Variable,
    /// A document of a YAML file, or a section at its top.
    Section,
    /// A service or job.
    Service,
    /// A network, volume, secret, config or model.
    Resource,
    /// A key with further keys or items.
    Object,
    /// A key with a value.
    Property,
}

/// The longest detail, in characters.
const LONGEST_DETAIL: usize = 80;

/// How many levels of keys below a section are shown.
const DEEPEST: u32 = 4;

/// The most parts of a document that are shown.
const MOST: usize = 10_000;

/// The outline of a document.
pub fn symbols(document: &Document) -> Vec<Symbol> {
    if let Some(dockerfile) = document.dockerfile() {
        return of_dockerfile(dockerfile, document.text());
    }
    match document.compose() {
        Some(compose) => of_compose(compose),
        None => Vec::new(),
    }
}

fn of_dockerfile(dockerfile: &DockerfileText, text: &str) -> Vec<Symbol> {
    let model = &dockerfile.model;
    let mut found: Vec<Symbol> = Vec::new();
    for (number, instruction) in model.ast.instructions.iter().take(MOST).enumerate() {
        if let InstructionKind::From(_) = instruction.kind
            && let Some(stage) = model.stage_of(number)
        {
            let name = stage.name.as_ref();
            let image = first_line(instruction.arguments.text(text));
            found.push(Symbol {
                name: match name {
                    Some(name) => name.value.to_string(),
                    None => format!("stage {}", stage.index),
                },
                detail: image,
                kind: SymbolKind::Stage,
                span: instruction.span,
                name_span: name.map_or(instruction.keyword.span, |name| name.span),
                children: Vec::new(),
            });
            continue;
        }
        let symbols = of_instruction(instruction, text);
        match found
            .last_mut()
            .filter(|last| last.kind == SymbolKind::Stage)
        {
            Some(stage) => {
                stage.span = stage.span.cover(instruction.span);
                stage.children.extend(symbols);
            }
            None => found.extend(symbols),
        }
    }
    found
}

fn of_instruction(instruction: &Instruction, text: &str) -> Vec<Symbol> {
    match &instruction.kind {
        InstructionKind::Arg(arg) => of_pairs(&arg.pairs, "ARG", text),
        InstructionKind::Env(env) => of_pairs(&env.pairs, "ENV", text),
        _ => vec![Symbol {
            name: instruction.keyword.value.to_ascii_uppercase(),
            detail: first_line(instruction.arguments.text(text)),
            kind: SymbolKind::Instruction,
            span: instruction.span,
            name_span: instruction.keyword.span,
            children: Vec::new(),
        }],
    }
}

fn of_pairs(pairs: &[Pair], keyword: &str, text: &str) -> Vec<Symbol> {
    let pairs = pairs.iter().filter(|pair| !pair.key.raw.is_empty());
    let symbol = |pair: &Pair| Symbol {
        name: pair.key.raw.to_string(),
        detail: match &pair.value {
            Some(value) => format!("{keyword} {}", first_line(value.span.text(text))),
            None => keyword.to_owned(),
        },
        kind: SymbolKind::Variable,
        span: pair.span.cover(pair.key.span),
        name_span: pair.key.span,
        children: Vec::new(),
    };
    pairs.map(symbol).collect()
}

fn of_compose(compose: &ComposeText) -> Vec<Symbol> {
    let documents = &compose.loaded.yaml.documents;
    let mut left = MOST;
    let mut all = documents.iter().enumerate().map(|(number, document)| {
        let outline = Outline { document };
        let sections = match document.root {
            Some(root) => outline.entries(root, Level::Top, &mut left),
            None => Vec::new(),
        };
        (number, document.span, sections)
    });
    if documents.len() == 1 {
        return all
            .next()
            .map(|(_, _, sections)| sections)
            .unwrap_or_default();
    }
    let nested = all.map(|(number, span, children)| Symbol {
        name: format!("document {}", number + 1),
        detail: String::new(),
        kind: SymbolKind::Section,
        span,
        name_span: Span::empty(span.start),
        children,
    });
    nested.collect()
}

/// Where in a Compose file an entry stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Level {
    Top,
    /// In `services` or `jobs`.
    Services,
    /// In another section that declares something.
    Resources,
    /// Somewhere below, so many levels down.
    Below(u32),
}

struct Outline<'d> {
    document: &'d YamlDocument,
}

impl Outline<'_> {
    fn entries(&self, mapping: NodeId, level: Level, left: &mut usize) -> Vec<Symbol> {
        // An alias is shown where its anchor is.
        let YamlKind::Mapping(entries) = self.document.kind(mapping) else {
            return Vec::new();
        };
        let mut symbols = Vec::new();
        for entry in entries {
            let Some(name) = self
                .document
                .as_str(entry.key)
                .filter(|name| !name.is_empty())
            else {
                continue;
            };
            if *left == 0 {
                break;
            }
            *left -= 1;
            symbols.push(self.entry(*entry, name, level, left));
        }
        symbols
    }

    fn entry(&self, entry: Entry, name: &str, level: Level, left: &mut usize) -> Symbol {
        let document = self.document;
        let is_mapping = matches!(document.kind(entry.value), YamlKind::Mapping(_));
        let is_list = matches!(document.kind(entry.value), YamlKind::Sequence(_));
        let kind = match level {
            Level::Top if is_mapping || is_list => SymbolKind::Section,
            Level::Services => SymbolKind::Service,
            Level::Resources => SymbolKind::Resource,
            _ if is_mapping || is_list => SymbolKind::Object,
            _ => SymbolKind::Property,
        };
        let next = match (level, name) {
            (Level::Top, "services" | "jobs") => Some(Level::Services),
            (Level::Top, "networks" | "volumes" | "secrets" | "configs" | "models") => {
                Some(Level::Resources)
            }
            (Level::Top | Level::Services | Level::Resources, _) => Some(Level::Below(1)),
            (Level::Below(DEEPEST..), _) => None,
            (Level::Below(depth), _) => Some(Level::Below(depth + 1)),
        };
        let children = next.map(|next| self.entries(entry.value, next, left));
        Symbol {
            name: clean(name),
            detail: self.detail(entry.value, level),
            kind,
            span: document.entry_span(entry),
            name_span: document.span(entry.key),
            children: children.unwrap_or_default(),
        }
    }

    /// The value of an entry, the image of a service, how many items a list has.
    fn detail(&self, value: NodeId, level: Level) -> String {
        let document = self.document;
        match document.kind(value) {
            YamlKind::Scalar(scalar) => first_line(scalar.value),
            YamlKind::Sequence(items) if items.len() == 1 => "1 item".to_owned(),
            YamlKind::Sequence(items) => format!("{} items", items.len()),
            YamlKind::Mapping(_) if level == Level::Services => {
                let image = document.get(value, "image");
                let image = image.and_then(|image| document.as_str(image));
                let is_built = document.get(value, "build").is_some();
                let detail = image.or(is_built.then_some("build"));
                first_line(detail.unwrap_or_default())
            }
            YamlKind::Mapping(_) => String::new(),
            YamlKind::Alias(alias) => format!("*{}", clean(alias.name)),
        }
    }
}

/// The first line of a text, cut, without characters that an editor cannot show.
fn first_line(text: &str) -> String {
    let line = text.trim().lines().next().unwrap_or_default();
    let line = line.trim_end_matches(['\\', '`', ' ']);
    let mut short: String = clean(line);
    if let Some((at, _)) = short.char_indices().nth(LONGEST_DETAIL) {
        short.truncate(at);
        short.push('…');
    }
    short
}

fn clean(text: &str) -> String {
    let shown = |c: char| if c.is_control() { ' ' } else { c };
    text.chars().take(4 * LONGEST_DETAIL).map(shown).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ide::testing::Scene;

    fn outline(path: &str, text: &str) -> String {
        let scene = Scene::new(&[(path, &format!("¦{text}"))]);
        let workspace = scene.workspace();
        let document = workspace.document(&scene.path).expect("a document");
        let mut lines = String::new();
        fn write(symbols: &[Symbol], depth: usize, text: &str, out: &mut String) {
            for symbol in symbols {
                assert!(symbol.span.contains(symbol.name_span), "{symbol:?}");
                let line = format!(
                    "{}{:?} {} | {} | {:?}\n",
                    "  ".repeat(depth),
                    symbol.kind,
                    symbol.name,
                    symbol.detail,
                    symbol.name_span.text(text)
                );
                out.push_str(&line);
                write(&symbol.children, depth + 1, text, out);
            }
        }
        write(&symbols(document), 0, document.text(), &mut lines);
        lines
    }

    #[test]
    fn stages_hold_their_instructions() {
        let text = "ARG V=1\nFROM alpine:$V AS base\nENV A=1 \\\n  B=2\nRUN echo \\\n  hi\nFROM base\nCMD [\"a\"]\n";
        let wanted = "\
Variable V | ARG 1 | \"V\"
Stage base | alpine:$V AS base | \"base\"
  Variable A | ENV 1 | \"A\"
  Variable B | ENV 2 | \"B\"
  Instruction RUN | echo | \"RUN\"
Stage stage 1 | base | \"FROM\"
  Instruction CMD | [\"a\"] | \"CMD\"
";
        assert_eq!(outline("Dockerfile", text), wanted);
    }

    #[test]
    fn sections_hold_what_they_declare() {
        let text = "x-a: &a {init: true}\nservices:\n  web:\n    <<: *a\n    image: nginx\n    ports: [\"80:80\"]\nvolumes:\n  data:\n";
        let wanted = "\
Section x-a |  | \"x-a\"
  Property init | true | \"init\"
Section services |  | \"services\"
  Service web | nginx | \"web\"
    Property << | *a | \"<<\"
    Property image | nginx | \"image\"
    Object ports | 1 item | \"ports\"
Section volumes |  | \"volumes\"
  Resource data |  | \"data\"
";
        assert_eq!(outline("compose.yaml", text), wanted);
    }

    #[test]
    fn half_a_file_has_half_an_outline() {
        let lines = outline("Dockerfile", "FROM alpine AS\nRUN --mount=\nCOP");
        assert_eq!(lines.lines().count(), 3, "{lines}");
        let lines = outline(
            "compose.yaml",
            "services:\n  web:\n    image: nginx\n    por\n  db:\n    im",
        );
        assert!(
            lines.contains("Service web") && lines.contains("Service db"),
            "{lines}"
        );
    }
}
