//! A table in GitHub's Markdown, for the summary of a job or a comment.
//!
//! What stands in a file can neither leave its cell nor become a link, a mention, a picture or HTML. Text
//! between backticks stays code.

use std::fmt::Write as _;
use std::io::{self, Write};

use super::uri::is_plain;
use super::{Report, clean, count, summary};
use crate::diagnostic::Severity;

/// The most bytes of the table: GitHub takes summaries of at most 1 MiB for each step ("Adding a job
/// summary" in its documentation), and there may be others.
const MOST_BYTES: usize = 900_000;

/// Writes a heading, the table and what the run could not do.
pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "### dockworthy\n\n{}", prose(&summary::line(report)))?;
    let mut written = 0;
    let mut left_out = 0;
    for (diagnostic, file, range) in report.placed() {
        let finding = &diagnostic.finding;
        let mut row = format!(
            "| {} | {}:{}:{} | {} | {}",
            sign(diagnostic.severity),
            code(&file.display_path()),
            range.start.line,
            range.start.column,
            rule(diagnostic.rule, &diagnostic.url),
            prose(&finding.message),
        );
        if let Some(help) = &finding.help {
            // Writing into a string cannot fail.
            let _ = write!(row, "<br>{}", prose(help));
        }
        row.push_str(" |\n");
        if left_out > 0 || written + row.len() > MOST_BYTES {
            left_out += 1;
            continue;
        }
        if written == 0 {
            writeln!(
                out,
                "\n| | place | rule | finding |\n| --- | --- | --- | --- |"
            )?;
        }
        written += row.len();
        out.write_all(row.as_bytes())?;
    }
    if left_out > 0 {
        let left_out = count(left_out, "more finding");
        writeln!(
            out,
            "\n{left_out} left out, because summaries are limited in size"
        )?;
    }
    if !report.problems.is_empty() {
        writeln!(out, "\nThe run could not do all its work:\n")?;
    }
    for problem in report.problems {
        match &problem.path {
            Some(path) => writeln!(out, "- {}: {}", code(path), prose(&problem.message))?,
            None => writeln!(out, "- {}", prose(&problem.message))?,
        }
    }
    Ok(())
}

/// A severity as a picture that is seen at a glance, with its word.
fn sign(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "❌ error",
        Severity::Warning => "⚠️ warning",
        Severity::Info => "ℹ️ info",
    }
}

/// A rule's id, as a link where its address cannot end the link early.
fn rule(id: &str, url: &str) -> String {
    if !is_plain(url) || url.contains(['(', ')']) {
        code(id)
    } else {
        format!("[{}]({url})", code(id))
    }
}

/// A text as code, whatever it holds.
fn code(text: &str) -> String {
    let text = clean::one_line(text, true);
    if text.trim().is_empty() {
        return String::new();
    }
    let mut longest = 0;
    let mut run = 0;
    for character in text.chars() {
        run = if character == '`' { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    let fence = "`".repeat(longest + 1);
    let room = if text.starts_with('`') || text.ends_with('`') {
        " "
    } else {
        ""
    };
    // A table's cell ends at a bar even inside of code.
    format!("{fence}{room}{}{room}{fence}", text.replace('|', "\\|"))
}

/// A text in which what stands between two backticks is code and nothing else is marked up.
fn prose(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(line).collect();
    lines.join("<br>")
}

fn line(text: &str) -> String {
    let text = clean::one_line(text, true);
    let mut result = String::with_capacity(text.len());
    let mut rest: &str = &text;
    while let Some((before, behind)) = rest.split_once('`') {
        plain(before, &mut result);
        match behind.split_once('`') {
            Some((inside, behind)) if !inside.is_empty() => {
                result.push_str(&code(inside));
                rest = behind;
            }
            _ => {
                result.push_str("\\`");
                rest = behind;
            }
        }
    }
    plain(rest, &mut result);
    result
}

/// Appends a text without code.
fn plain(text: &str, into: &mut String) {
    for character in text.chars() {
        match character {
            '&' => into.push_str("&amp;"),
            '<' => into.push_str("&lt;"),
            '>' => into.push_str("&gt;"),
            // GitHub looks for mentions and references in what it has rendered, so neither a backslash nor
            // an entity keeps them from being some.
            '@' | '#' => {
                into.push(character);
                into.push_str("<!-- -->");
            }
            '\\' | '*' | '_' | '[' | ']' | '|' | '~' | '$' => {
                into.push('\\');
                into.push(character);
            }
            character => into.push(character),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_not_marked_up() {
        assert_eq!(
            prose("`a|b` is *not* <b>bold</b> [x](y) @all | #1 `"),
            "`a\\|b` is \\*not\\* &lt;b&gt;bold&lt;/b&gt; \\[x\\](y) @<!-- -->all \\| #<!-- -->1 \\`"
        );
        assert_eq!(prose("one\ntwo"), "one<br>two");
        assert_eq!(prose("`` empty"), "\\`\\` empty");
    }

    #[test]
    fn code_holds_anything() {
        assert_eq!(code("a`b``c"), "```a`b``c```");
        assert_eq!(code("`a`"), "`` `a` ``");
        assert_eq!(code("a\n|b"), "`a␊\\|b`");
    }

    #[test]
    fn only_plain_addresses_are_linked() {
        assert_eq!(
            rule("x", "https://example.org/x"),
            "[`x`](https://example.org/x)"
        );
        assert_eq!(rule("x", "https://example.org/)x"), "`x`");
    }
}
