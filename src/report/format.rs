//! The formats by name.

/// How a report is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Format {
    /// For people: source excerpts with underlined ranges, help and fixes, and a summary at the end.
    Full,
    /// One line for each diagnostic: `path:line:column: severity[rule] message`.
    Concise,
    /// For people: one line for each diagnostic below the name of its file, and a summary at the end.
    Grouped,
    /// One JSON object, whatever the number of files.
    Json,
    /// One JSON object on each line: every diagnostic, every problem, and a summary at the end.
    JsonLines,
    /// SARIF 2.1.0, which code hosts and editors read.
    Sarif,
    /// GitHub's workflow commands, which become annotations.
    Github,
    /// GitLab's code quality report.
    Gitlab,
    /// Issues of the Code Climate engine specification.
    Codeclimate,
    /// The XML of Checkstyle.
    Checkstyle,
    /// The XML of JUnit, as Jenkins reads it.
    Junit,
    /// SonarQube's generic issue import.
    Sonarqube,
    /// reviewdog's diagnostic format.
    Rdjson,
    /// Azure Pipelines' logging commands.
    Azure,
    /// A table for a job's summary or a comment.
    Markdown,
}

impl Format {
    /// All formats, in the order in which help lists them.
    pub const ALL: [Format; 15] = [
        Format::Full,
        Format::Concise,
        Format::Grouped,
        Format::Json,
        Format::JsonLines,
        Format::Sarif,
        Format::Github,
        Format::Gitlab,
        Format::Codeclimate,
        Format::Checkstyle,
        Format::Junit,
        Format::Sonarqube,
        Format::Rdjson,
        Format::Azure,
        Format::Markdown,
    ];

    /// The word for it on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Format::Full => "full",
            Format::Concise => "concise",
            Format::Grouped => "grouped",
            Format::Json => "json",
            Format::JsonLines => "json-lines",
            Format::Sarif => "sarif",
            Format::Github => "github",
            Format::Gitlab => "gitlab",
            Format::Codeclimate => "codeclimate",
            Format::Checkstyle => "checkstyle",
            Format::Junit => "junit",
            Format::Sonarqube => "sonarqube",
            Format::Rdjson => "rdjson",
            Format::Azure => "azure",
            Format::Markdown => "markdown",
        }
    }

    /// The format that a word names.
    pub fn parse(word: &str) -> Option<Format> {
        Format::ALL
            .into_iter()
            .find(|format| format.as_str() == word)
    }
}
