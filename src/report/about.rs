//! What a report may say of a rule beside its findings.

use crate::diagnostic::Severity;

/// A rule as its documentation describes it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct About {
    /// What is wrong where the rule speaks, on one line.
    pub summary: &'static str,
    /// Its page: Markdown with a heading, prose, and examples below `## Examples`.
    pub page: &'static str,
    /// How much its findings matter unless configured otherwise.
    pub severity: Severity,
}

impl About {
    /// The page's prose: without the heading and without the examples.
    pub(super) fn prose(&self) -> &'static str {
        let page = self.below_heading();
        if page.starts_with("## ") {
            return "";
        }
        page.split("\n## ").next().unwrap_or_default().trim()
    }

    /// The prose and the first two examples: what is wrong, and mostly what it looks like when mended. The
    /// others are more of use to those who work on the rule.
    pub(super) fn help(&self) -> &'static str {
        let page = self.below_heading();
        let mut examples = page.match_indices("\n### ").map(|(at, _)| at);
        let end = examples.nth(2).unwrap_or(page.len());
        page[..end].trim()
    }

    fn below_heading(&self) -> &'static str {
        let page = self.page.trim_start();
        match page.strip_prefix("# ") {
            Some(headed) => headed.split_once('\n').map_or("", |(_, rest)| rest),
            None => page,
        }
    }

    /// The first paragraph of the prose on one line, or the summary where there is no prose.
    pub(super) fn first_paragraph(&self) -> String {
        let paragraph = self.prose().split("\n\n").next().unwrap_or_default();
        if paragraph.is_empty() {
            return self.summary.to_owned();
        }
        let lines: Vec<&str> = paragraph.lines().map(str::trim).collect();
        lines.join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn help_has_two_examples() {
        let about = About {
            summary: "it is wrong",
            page: "# rule\nOne.\n\n## Examples\n### Bad: x\na\n### Fixed\nb\n### Good: y\nc\n",
            severity: Severity::Warning,
        };
        assert_eq!(
            about.help(),
            "One.\n\n## Examples\n### Bad: x\na\n### Fixed\nb"
        );
        let page = "# rule\nOne.\n";
        assert_eq!(About { page, ..about }.help(), "One.");
    }

    #[test]
    fn prose_is_what_stands_between_heading_and_examples() {
        let about = About {
            summary: "it is wrong",
            page: "# rule\nOne\ntwo.\n\nThree.\n\n## Examples\n### Bad: x\n",
            severity: Severity::Warning,
        };
        assert_eq!(about.prose(), "One\ntwo.\n\nThree.");
        assert_eq!(about.first_paragraph(), "One two.");
        for page in ["# rule\n## Examples\n", "# rule\n", ""] {
            assert_eq!(About { page, ..about }.first_paragraph(), "it is wrong");
        }
    }
}
