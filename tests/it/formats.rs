//! Every format: one rich example of each, checked against its schema, and that all say the same.
#![expect(
    clippy::unwrap_used,
    reason = "a helper of a test may fail like a test"
)]

mod example;
mod places;
mod schema;
mod xml;

use std::path::PathBuf;

use dockworthy::diagnostic::{Applicability, Diagnostic};
use dockworthy::report::Format;
use dockworthy::text::{Edit, SourceFile, apply};
use serde_json::Value;

use self::example::{report, rich};
use crate::report::{Case, hostile, snapshot};

/// Texts that are hard to count in, without the finding that is in none of them.
fn odd_texts() -> Case {
    let mut case = crate::report::odd_texts();
    let sources = &case.sources;
    case.diagnostics
        .retain(|diagnostic| sources.get(diagnostic.finding.at.file).is_some());
    case
}

/// A report so that a reviewer can read it: JSON with one member a line, nothing invisible.
fn readable(format: Format, text: &str) -> String {
    let pretty = |text: &str| {
        let value: Value = serde_json::from_str(text).unwrap();
        serde_json::to_string_pretty(&value).unwrap()
    };
    match format {
        Format::Json | Format::Sarif | Format::Gitlab | Format::Sonarqube | Format::Rdjson => {
            // What is escaped in the report shall be seen here, too.
            pretty(&text.replace("\\u", "\\\\u"))
        }
        Format::Codeclimate => text.replace('\0', "␀"),
        _ => text.to_owned(),
    }
}

#[test]
fn rich_example() {
    let case = rich();
    for format in Format::ALL {
        let text = report(&case, format, false);
        snapshot(
            &format!("rich-{}", format.as_str()),
            &readable(format, &text),
        );
    }
}

#[test]
fn each_report_follows_its_schema() {
    for format in Format::ALL {
        for case in [rich(), Case::default(), odd_texts(), hostile()] {
            schema::check(format, &report(&case, format, false));
        }
        schema::check(format, &report(&rich(), format, true));
    }
}

#[test]
fn statistics() {
    let case = rich();
    let table = report(&case, Format::Full, true);
    assert_eq!(table, report(&case, Format::Concise, true));
    assert_eq!(table, report(&case, Format::Grouped, true));
    let lines = report(&case, Format::JsonLines, true);
    let last: Value = serde_json::from_str(lines.lines().last().unwrap()).unwrap();
    let json: Value = serde_json::from_str(&report(&case, Format::Json, true)).unwrap();
    assert_eq!(last["statistics"], json["statistics"]);
    snapshot(
        "statistics",
        &format!("{table}---\n{:#}\n", json["statistics"]),
    );
    // Who does not ask gets the object of before.
    let json: Value = serde_json::from_str(&report(&case, Format::Json, false)).unwrap();
    assert_eq!(json.get("statistics"), None);
}

#[test]
fn suppressed_findings_are_only_where_suppressions_are() {
    let case = rich();
    for format in Format::ALL {
        let text = report(&case, format, false);
        let holds = text.matches("a secret stands in clear text").count();
        let wanted = match format {
            Format::Json | Format::JsonLines | Format::Sarif => 4,
            // Its rule has no page, so that the message is the content, too.
            Format::Codeclimate => 2,
            _ => 1,
        };
        assert_eq!(holds, wanted, "{format:?}");
    }
    let sarif: Value = serde_json::from_str(&report(&case, Format::Sarif, false)).unwrap();
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    let suppressions: Vec<&Value> = results
        .iter()
        .filter(|result| result["ruleId"] == "secret-in-env")
        .map(|result| &result["suppressions"])
        .collect();
    let wanted = serde_json::json!([
        [{"kind": "inSource", "status": "accepted", "justification": "only for <tests>"}],
        [{"kind": "external", "status": "accepted"}],
        [{"kind": "external", "status": "accepted"}],
        []
    ]);
    assert_eq!(serde_json::to_value(suppressions).unwrap(), wanted);
}

#[test]
fn problems_are_told_where_there_is_a_place_for_them() {
    let case = rich();
    for format in [
        Format::Json,
        Format::JsonLines,
        Format::Sarif,
        Format::Github,
        Format::Azure,
        Format::Checkstyle,
        Format::Junit,
        Format::Markdown,
    ] {
        let text = report(&case, format, false);
        let told = text.contains("permission denied") && text.contains("web/Dockerfile");
        assert!(told, "{format:?}");
    }
    let sarif: Value = serde_json::from_str(&report(&case, Format::Sarif, false)).unwrap();
    let invocation = &sarif["runs"][0]["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], false);
}

/// The texts that applying a diagnostic's fixes gives, as the engine applies them.
fn fixed_texts(diagnostic: &Diagnostic, file: &SourceFile) -> Vec<String> {
    let fixes = diagnostic.finding.fixes.iter();
    fixes
        .filter(|fix| fix.applicability > Applicability::Manual && !fix.edits.is_empty())
        .map(|fix| apply(&file.text, &fix.edits).unwrap())
        .collect()
}

/// The byte at a line and a column that counts bytes, both from 1.
fn byte_at(file: &SourceFile, line: &Value, column: &Value) -> usize {
    let line = u32::try_from(line.as_u64().unwrap() - 1).unwrap();
    let start = file.lines.line_span(line).start as usize;
    start + usize::try_from(column.as_u64().unwrap() - 1).unwrap()
}

#[test]
fn fixes_can_be_applied_as_they_are_told() {
    let case = rich();
    let sarif: Value = serde_json::from_str(&report(&case, Format::Sarif, false)).unwrap();
    let rdjson: Value = serde_json::from_str(&report(&case, Format::Rdjson, false)).unwrap();
    let mut told = rdjson["diagnostics"].as_array().unwrap().iter();
    let mut seen = 0;
    for (number, diagnostic) in case.diagnostics.iter().enumerate() {
        let file = case.sources.get(diagnostic.finding.at.file).unwrap();
        let wanted = fixed_texts(diagnostic, file);
        let fixes = &sarif["runs"][0]["results"][number]["fixes"];
        let fixes = fixes.as_array().map_or(&[][..], Vec::as_slice);
        let applied: Vec<String> = fixes
            .iter()
            .filter_map(|fix| {
                let change = &fix["artifactChanges"][0];
                // One that only changes another file has no index.
                change["artifactLocation"].get("index")?;
                let replacements = change["replacements"].as_array().unwrap();
                let edits = replacements.iter().map(|replacement| {
                    let region = &replacement["deletedRegion"];
                    let number =
                        |name: &str| u32::try_from(region[name].as_u64().unwrap()).unwrap();
                    let start = number("byteOffset");
                    let text = replacement["insertedContent"]["text"].as_str();
                    Edit::replace(
                        dockworthy::text::Span::new(start, start + number("byteLength")),
                        text.unwrap_or_default(),
                    )
                });
                let edits: Vec<Edit> = edits.collect();
                Some(apply(&file.text, &edits).unwrap())
            })
            .collect();
        assert_eq!(applied, wanted, "{}", diagnostic.rule);
        seen += applied.len();
        if diagnostic.suppressed.is_some() {
            continue;
        }
        let suggestions = &told.next().unwrap()["suggestions"];
        let suggestions = suggestions.as_array().map_or(&[][..], Vec::as_slice);
        let applied: Vec<String> = suggestions
            .iter()
            .map(|suggestion| {
                let (start, end) = (&suggestion["range"]["start"], &suggestion["range"]["end"]);
                let start = byte_at(file, &start["line"], &start["column"]);
                let end = byte_at(file, &end["line"], &end["column"]);
                let text = suggestion["text"].as_str().unwrap();
                format!("{}{text}{}", &file.text[..start], &file.text[end..])
            })
            .collect();
        assert_eq!(applied, wanted, "{}", diagnostic.rule);
    }
    assert_eq!(seen, 4);
}

#[test]
fn a_change_of_another_file_is_told_to_sarif() {
    let sarif: Value = serde_json::from_str(&report(&rich(), Format::Sarif, false)).unwrap();
    let fixes = &sarif["runs"][0]["results"][2]["fixes"];
    let change = serde_json::json!([{
        "artifactLocation": {"uri": "api/.dockerignore", "uriBaseId": "%SRCROOT%"},
        "replacements": [{
            "deletedRegion": {"startLine": 1, "startColumn": 13, "endLine": 1, "endColumn": 13,
                              "byteOffset": 12, "byteLength": 0},
            "insertedContent": {"text": "\n*.pem\n"}}]}]);
    assert_eq!(fixes[1]["artifactChanges"], change);
    assert_eq!(fixes[1]["properties"]["applicability"], "unsafe");
}

/// An address that names the file again when a reader decodes it.
#[cfg(unix)]
#[test]
fn sarif_names_files_that_are_no_unicode() {
    use std::os::unix::ffi::OsStringExt;

    let mut case = Case::default();
    let path = PathBuf::from(std::ffi::OsString::from_vec(
        b"d\xff \xc3\xa9/Dockerfile".to_vec(),
    ));
    let id = case.sources.next_id();
    case.sources
        .push(SourceFile::from_text(id, path, "FROM x\n"));
    case.finding(id, "x", "message");
    for format in Format::ALL {
        schema::check(format, &report(&case, format, false));
    }
    let sarif: Value = serde_json::from_str(&report(&case, Format::Sarif, false)).unwrap();
    let location = &sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
    assert_eq!(
        location["artifactLocation"]["uri"],
        "d%FF%20%C3%A9/Dockerfile"
    );
}

#[test]
fn all_formats_tell_the_same_places() {
    for case in [rich(), odd_texts()] {
        let reports = Format::ALL.map(|format| (format, report(&case, format, false)));
        let texts = case
            .sources
            .iter()
            .map(|file| (file.display_path(), file.text.to_string()))
            .collect();
        places::compare(&reports, &texts);
    }
}

#[test]
fn a_table_is_never_larger_than_a_summary_may_be() {
    let mut case = Case::default();
    let file = case.file("Dockerfile", "FROM x\n");
    for _ in 0..10_000 {
        case.finding(file, "x", &"long ".repeat(30));
    }
    let text = report(&case, Format::Markdown, false);
    assert!(text.len() < 1_000_000);
    let rows = text.lines().filter(|line| line.starts_with("| ⚠️")).count();
    let rest = format!("\n{} more findings left out, ", 10_000 - rows);
    assert!(rows > 1000 && text.contains(&rest));
}

#[test]
fn the_corpus_in_every_format() {
    let Some(corpus) = crate::corpus::dir() else {
        return;
    };
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("formats");
    std::fs::create_dir_all(&folder).unwrap();
    let file = |format: Format| folder.join(format.as_str());
    let sinks = Format::ALL
        .map(|format| format!("--format={}={}", format.as_str(), file(format).display()));
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_dockworthy"))
        .current_dir(&corpus)
        .args(["check", "--no-config", "--no-ignore-files"])
        .args(&sinks)
        .env("LC_ALL", "C.UTF-8")
        .output()
        .unwrap();
    assert_eq!(output.stdout, b"");
    let reports = Format::ALL.map(|format| {
        let text = std::fs::read(file(format)).unwrap();
        (format, String::from_utf8(text).unwrap())
    });
    for (format, text) in &reports {
        schema::check(*format, text);
    }
    let json: Value = serde_json::from_str(&reports[3].1).unwrap();
    let diagnostics = json["diagnostics"].as_array().unwrap();
    assert!(diagnostics.len() > 1000);
    let mut texts = places::Texts::new();
    for path in diagnostics
        .iter()
        .map(|diagnostic| diagnostic["path"].as_str().unwrap())
    {
        texts.entry(path.to_owned()).or_insert_with(|| {
            let bytes = std::fs::read(corpus.join(path)).unwrap();
            let id = dockworthy::text::FileId(0);
            SourceFile::from_bytes(id, path.into(), bytes)
                .text
                .to_string()
        });
    }
    places::compare(&reports, &texts);
    // Not one of a format's columns is made up.
    let columns = diagnostics.iter().map(|d| &d["range"]["start"]["column"]);
    assert!(columns.filter(|column| **column != 1).count() > diagnostics.len() / 2);
}
