//! One JSON object on each line, for programs that read while others write.
//!
//! `type` says what a line is: a `diagnostic` has the members that it has in the `json` format, a `problem`
//! too; the last line is the `summary` with the rest of what `json` says. Its contract is that of `json`.

use std::io::{self, Write};

use serde::Serialize;

use super::harmless::serialize;
use super::json::{JsonProblem, Objects, Tool, VERSION};
use super::statistics::{self, Count};
use super::{Report, Summary};

/// Writes all lines.
pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut objects = Objects::new(report.sources);
    for diagnostic in report.diagnostics {
        objects.text.clear();
        objects.text.extend_from_slice(b"{\"type\":\"diagnostic\",");
        objects.members(diagnostic);
        objects.text.extend_from_slice(b"}\n");
        out.write_all(&objects.text)?;
    }
    let mut text = Vec::new();
    let mut line = |line: &Line<'_>| {
        text.clear();
        serialize(line, &mut text)?;
        text.push(b'\n');
        out.write_all(&text)
    };
    for problem in report.problems {
        line(&Line::Problem(JsonProblem::new(problem)))?;
    }
    line(&Line::Summary(Last {
        version: VERSION,
        tool: Tool::OURS,
        summary: report.summary,
        statistics: statistics::if_wanted(report),
    }))
}

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
enum Line<'a> {
    Problem(JsonProblem<'a>),
    Summary(Last),
}

#[derive(Serialize)]
struct Last {
    version: u32,
    tool: Tool,
    summary: Summary,
    #[serde(skip_serializing_if = "Option::is_none")]
    statistics: Option<Vec<Count>>,
}
