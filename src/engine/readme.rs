//! A rule's README as a machine reads it: front matter, prose and executable examples.
//!
//! The README is the single source of a rule's metadata. The generator (a test) turns the front matter into
//! constants; `explain` shows the prose; the examples are run as tests.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use super::meta::{Category, FixKind, OptionKind, Preset, Shared};

/// The front matter, exactly as written. Unknown keys are refused.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct FrontMatter {
    /// One line for catalogue and help, lower case, no final stop.
    pub summary: String,
    /// What the rule is about.
    pub category: Category,
    /// `error`, `warning` or `info`.
    pub severity: String,
    /// `high`, `medium` or `low`.
    pub confidence: String,
    /// The best fix it offers.
    pub fix: FixKind,
    /// The first version that had it.
    pub since: String,
    /// Presets that switch it on.
    #[serde(default)]
    pub presets: Vec<Preset>,
    /// Another severity in one of the presets.
    #[serde(default)]
    pub severity_in: BTreeMap<Preset, String>,
    /// The same check in other tools.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// What can be configured.
    #[serde(default)]
    pub options: BTreeMap<String, OptionEntry>,
}

/// One option in the front matter.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OptionEntry {
    /// What it takes.
    #[serde(rename = "type")]
    pub kind: OptionKind,
    /// Its value when nothing is configured.
    pub default: Value,
    /// One line for the documentation.
    pub summary: String,
    /// The setting at the top of the configuration that fills it.
    #[serde(default)]
    pub shared: Option<Shared>,
}

/// Splits a README into its front matter (without the fences) and the Markdown below it.
pub fn split(readme: &str) -> Option<(&str, &str)> {
    let rest = readme.strip_prefix("---\n")?;
    let end = rest.find("\n---\n")?;
    Some((&rest[..end + 1], rest[end + 5..].trim_start_matches('\n')))
}

/// The Markdown below the front matter; the whole text when there is none.
pub fn body(readme: &str) -> &str {
    split(readme).map_or(readme, |(_, body)| body)
}

/// Reads the front matter.
///
/// # Errors
/// A sentence that says what is missing or wrong.
pub fn front_matter(readme: &str) -> Result<FrontMatter, String> {
    let (yaml, _) =
        split(readme).ok_or("the README does not begin with front matter between `---` lines")?;
    serde_yaml::from_str(yaml).map_err(|error| format!("front matter: {error}"))
}

/// What an example shows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ExampleKind {
    /// The rule must speak.
    Bad,
    /// What the fix makes of the Bad example before it.
    Fixed,
    /// The rule must be silent.
    Good,
}

/// One example: a heading below `## Examples` and its fenced files.
#[derive(Clone, Debug)]
pub struct Example {
    /// What it shows.
    pub kind: ExampleKind,
    /// The heading's text behind the kind.
    pub title: String,
    /// File name and bytes of each fence; the name comes from the info string, else from its language.
    pub files: Vec<(String, Vec<u8>)>,
    /// Settings for the rule, from a fence with the info string `yaml options`.
    pub options: Option<String>,
}

/// All examples of a README, in order.
///
/// # Errors
/// A sentence naming the heading that is not understood.
pub fn examples(readme: &str) -> Result<Vec<Example>, String> {
    let mut examples: Vec<Example> = Vec::new();
    let mut inside = false;
    let mut lines = body(readme).lines();
    while let Some(line) = lines.next() {
        if let Some(title) = line.strip_prefix("## ") {
            inside = title.trim() == "Examples";
        } else if let Some(title) = line.strip_prefix("### ").filter(|_| inside) {
            examples.push(heading(title)?);
        } else if let Some((fence, info)) = opening_fence(line) {
            let content = fenced(&mut lines, fence);
            if !inside {
                continue;
            }
            let example = examples
                .last_mut()
                .ok_or("a fence stands before the first example heading")?;
            let mut file = |name: &str, bytes| example.files.push((name.to_owned(), bytes));
            match info.split_whitespace().collect::<Vec<_>>().as_slice() {
                ["yaml", "options"] => example.options = Some(content),
                ["dockerfile"] => file("Dockerfile", content.into_bytes()),
                ["yaml"] => file("compose.yaml", content.into_bytes()),
                ["spelled", name] => file(name, spelled(&content)),
                [_, name] => file(name, content.into_bytes()),
                _ => return Err(format!("a fence says `{info}`, not which file it is")),
            }
        }
    }
    Ok(examples)
}

fn heading(title: &str) -> Result<Example, String> {
    let (word, rest) = title.split_once(':').unwrap_or((title, ""));
    let kind = match word.trim() {
        "Bad" => ExampleKind::Bad,
        "Fixed" => ExampleKind::Fixed,
        "Good" => ExampleKind::Good,
        _ => {
            return Err(format!(
                "the heading `### {title}` begins with none of Bad, Fixed, Good"
            ));
        }
    };
    Ok(Example {
        kind,
        title: rest.trim().to_owned(),
        files: Vec::new(),
        options: None,
    })
}

/// The fence's own characters and its info string.
fn opening_fence(line: &str) -> Option<(&str, &str)> {
    let ticks = line.len() - line.trim_start_matches('`').len();
    (ticks >= 3).then(|| (&line[..ticks], line[ticks..].trim()))
}

fn fenced<'l>(lines: &mut impl Iterator<Item = &'l str>, fence: &str) -> String {
    let mut content = String::new();
    for line in lines.take_while(|line| line.trim_end() != fence) {
        content.push_str(line);
        content.push('\n');
    }
    content
}

/// The most that `<61*70000>` may stand for, in bytes.
const MAX_REPEATED: usize = 1_000_000;

/// A file that a README cannot hold as it is: `<00>` stands for that byte, `<61*70000>` for 70,000 of them.
fn spelled(content: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(content.len());
    let mut rest = content;
    while let Some((before, behind)) = rest.split_once('<') {
        bytes.extend_from_slice(before.as_bytes());
        let named = behind.split_once('>').and_then(|(inside, behind)| {
            let (byte, count) = inside.split_once('*').unwrap_or((inside, "1"));
            let byte = u8::from_str_radix(byte, 16).ok()?;
            let count = count.parse::<usize>().ok()?.min(MAX_REPEATED);
            Some((byte, count, behind))
        });
        match named {
            Some((byte, count, behind)) => {
                bytes.extend(std::iter::repeat_n(byte, count));
                rest = behind;
            }
            None => {
                bytes.push(b'<');
                rest = behind;
            }
        }
    }
    bytes.extend_from_slice(rest.as_bytes());
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    const README: &str = "---\nsummary: x\ncategory: style\nseverity: info\nconfidence: high\nfix: safe\n\
        since: 0.1.0\n---\n# id\nProse.\n\n```sh\nnot an example\n```\n\n## Examples\n### Bad: one\n\
        ```dockerfile\nFROM a\n```\n### Fixed\n````dockerfile\nFROM a:1\n```\n````\n### Good: two files\n\
        ```dockerfile api/Dockerfile\nFROM b\n```\n```yaml compose.yaml\nservices: {}\n```\n";

    #[test]
    fn front_matter_is_read() {
        let meta = front_matter(README).unwrap();
        assert_eq!((meta.summary.as_str(), meta.fix), ("x", FixKind::Safe));
        assert!(front_matter("# no front matter").is_err());
        assert!(front_matter("---\nsummary: x\nunknown: y\n---\n").is_err());
    }

    #[test]
    fn examples_are_found_with_their_files() {
        let examples = examples(README).unwrap();
        let shape: Vec<_> = examples
            .iter()
            .map(|e| (e.kind, e.title.as_str(), e.files.len()))
            .collect();
        assert_eq!(
            shape,
            [
                (ExampleKind::Bad, "one", 1),
                (ExampleKind::Fixed, "", 1),
                (ExampleKind::Good, "two files", 2)
            ]
        );
        assert_eq!(examples[1].files[0].1, b"FROM a:1\n```\n");
        assert_eq!(examples[2].files[0].0, "api/Dockerfile");
    }

    #[test]
    fn bytes_can_be_spelled_out() {
        assert_eq!(spelled("a<00><ff*3>b\n"), b"a\0\xff\xff\xffb\n");
        assert_eq!(spelled("<<EOF <a b> <xy> <"), b"<<EOF <a b> <xy> <");
    }
}
