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
        let page = self.page.trim_start();
        let page = match page.strip_prefix("# ") {
            Some(headed) => headed.split_once('\n').map_or("", |(_, rest)| rest),
            None => page,
        };
        if page.starts_with("## ") {
            return "";
        }
        page.split("\n## ").next().unwrap_or_default().trim()
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
