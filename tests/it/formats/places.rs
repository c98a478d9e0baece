//! Where each format says that findings are, read back from its text and put into one unit.

use std::collections::BTreeMap;

use dockworthy::report::Format;
use serde_json::Value;

use super::xml;

/// The texts of the files by their printed paths.
pub type Texts = BTreeMap<String, String>;

/// A place as a format tells it, in characters from 1; what it leaves out is `None`.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Place {
    path: Option<String>,
    line: u64,
    column: Option<u64>,
    end: Option<(u64, u64)>,
}

/// Fails when a report tells other places than `json` does, or none where its format has some.
pub fn compare(reports: &[(Format, String)], texts: &Texts) {
    let json = reports.iter().find(|(format, _)| *format == Format::Json);
    let wanted = read(Format::Json, &json.unwrap().1, texts);
    for place in &wanted {
        let (line, column) = place.end.unwrap();
        let start = (place.line, place.column.unwrap());
        assert!(start >= (1, 1) && (line, column) >= start, "{place:?}");
    }
    for (format, text) in reports {
        let told = read(*format, text, texts);
        // A table is limited in size and says what it leaves out.
        let is_cut = *format == Format::Markdown && text.contains(" left out, because");
        let whole = told.len() == wanted.len();
        assert!(whole || is_cut, "{format:?}: {}", told.len());
        for (told, wanted) in told.iter().zip(&wanted) {
            same(*format, told, wanted);
        }
    }
}

fn same(format: Format, told: &Place, wanted: &Place) {
    let what = format!("{format:?} {told:?} {wanted:?}");
    assert_eq!(told.line, wanted.line, "{what}");
    let is_empty = wanted.end == Some((wanted.line, wanted.column.unwrap()));
    // What a format leaves out on purpose, see its module.
    let may_lack_columns = match format {
        Format::Github => wanted.end.unwrap().0 > wanted.line,
        Format::Sonarqube => is_empty,
        _ => false,
    };
    match told.column {
        Some(_) => assert_eq!(told.column, wanted.column, "{what}"),
        None => assert!(may_lack_columns, "{what}"),
    }
    let has_ends = matches!(
        format,
        Format::Json
            | Format::JsonLines
            | Format::Sarif
            | Format::Gitlab
            | Format::Codeclimate
            | Format::Junit
            | Format::Rdjson
            | Format::Sonarqube
            | Format::Github
    );
    match told.end {
        Some(_) => assert_eq!(told.end, wanted.end, "{what}"),
        None => assert!(!has_ends || may_lack_columns, "{what}"),
    }
    if let (Some(path), Some(wanted)) = (&told.path, &wanted.path) {
        let is_plain = |c: char| !c.is_control() && c != '\u{202e}';
        assert!(path == wanted || !wanted.chars().all(is_plain), "{what}");
    }
}

fn read(format: Format, text: &str, texts: &Texts) -> Vec<Place> {
    let json = || -> Value { serde_json::from_str(text).unwrap() };
    let items = |value: &Value| value.as_array().unwrap().clone();
    match format {
        Format::Json => {
            let diagnostics = items(&json()["diagnostics"]);
            diagnostics.iter().filter_map(of_json).collect()
        }
        Format::JsonLines => {
            let lines = text.lines().map(|line| serde_json::from_str(line).unwrap());
            let lines = lines.filter(|line: &Value| line["type"] == "diagnostic");
            lines.filter_map(|line| of_json(&line)).collect()
        }
        Format::Sarif => {
            let results = items(&json()["runs"][0]["results"]);
            results.iter().filter_map(of_sarif).collect()
        }
        Format::Gitlab => items(&json()).iter().map(of_climate).collect(),
        Format::Codeclimate => {
            let issues = text.split_terminator("\0\n");
            let issues = issues.map(|issue| serde_json::from_str(issue).unwrap());
            issues.map(|issue| of_climate(&issue)).collect()
        }
        Format::Sonarqube => {
            let issues = items(&json()["issues"]);
            issues.iter().map(|issue| of_sonar(issue, texts)).collect()
        }
        Format::Rdjson => {
            let diagnostics = items(&json()["diagnostics"]);
            diagnostics.iter().map(|d| of_rdjson(d, texts)).collect()
        }
        Format::Checkstyle => of_checkstyle(text),
        Format::Junit => of_junit(text),
        Format::Github => text
            .lines()
            .filter(|line| line.contains(",title="))
            .map(of_github)
            .collect(),
        Format::Azure => text
            .lines()
            .filter(|line| line.contains(";code="))
            .map(of_azure)
            .collect(),
        Format::Concise => text.lines().map(of_concise).collect(),
        Format::Grouped => of_grouped(text),
        Format::Full => of_full(text),
        Format::Markdown => text.lines().filter_map(of_markdown).collect(),
    }
}

fn number(value: &Value) -> u64 {
    value.as_u64().unwrap()
}

fn of_json(diagnostic: &Value) -> Option<Place> {
    let (start, end) = (&diagnostic["range"]["start"], &diagnostic["range"]["end"]);
    diagnostic["suppressed"].is_null().then(|| Place {
        path: diagnostic["path"].as_str().map(str::to_owned),
        line: number(&start["line"]),
        column: Some(number(&start["column"])),
        end: Some((number(&end["line"]), number(&end["column"]))),
    })
}

fn of_sarif(result: &Value) -> Option<Place> {
    if result["suppressions"].as_array().unwrap().len() == 1 {
        return None;
    }
    let location = &result["locations"][0]["physicalLocation"];
    let region = &location["region"];
    let uri = location["artifactLocation"]["uri"].as_str().unwrap();
    Some(Place {
        path: Some(decoded(uri.strip_prefix("file://").unwrap_or(uri))),
        line: number(&region["startLine"]),
        column: Some(number(&region["startColumn"])),
        end: Some((number(&region["endLine"]), number(&region["endColumn"]))),
    })
}

/// An address without its percent signs.
fn decoded(uri: &str) -> String {
    let mut bytes = Vec::new();
    let mut pieces = uri.split('%');
    bytes.extend(pieces.next().unwrap().bytes());
    for piece in pieces {
        bytes.push(u8::from_str_radix(&piece[..2], 16).unwrap());
        bytes.extend(piece[2..].bytes());
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn of_climate(issue: &Value) -> Place {
    let location = &issue["location"];
    let (begin, end) = (
        &location["positions"]["begin"],
        &location["positions"]["end"],
    );
    Place {
        path: location["path"].as_str().map(str::to_owned),
        line: number(&begin["line"]),
        column: Some(number(&begin["column"])),
        end: Some((number(&end["line"]), number(&end["column"]))),
    }
}

/// A column in characters from 1 that is `units` units behind the beginning of a line.
fn column(text: &str, line: u64, units: u64, width: fn(char) -> usize) -> u64 {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut rest = text;
    for _ in 1..line {
        let end = rest.find(['\n', '\r']).unwrap();
        let end_len = if rest[end..].starts_with("\r\n") {
            2
        } else {
            1
        };
        rest = &rest[end + end_len..];
    }
    let mut seen = 0;
    let mut column = 1;
    for character in rest.chars() {
        if seen == units {
            break;
        }
        seen += u64::try_from(width(character)).unwrap();
        column += 1;
    }
    assert_eq!(seen, units, "no character begins there");
    column
}

fn of_sonar(issue: &Value, texts: &Texts) -> Place {
    let location = &issue["primaryLocation"];
    let path = location["filePath"].as_str().unwrap();
    let range = &location["textRange"];
    let in_characters =
        |line: u64, units: &Value| column(&texts[path], line, number(units), char::len_utf16);
    let line = number(&range["startLine"]);
    let is_whole = range.get("startColumn").is_none();
    Place {
        path: Some(path.to_owned()),
        line,
        column: (!is_whole).then(|| in_characters(line, &range["startColumn"])),
        end: (!is_whole).then(|| {
            let line = number(&range["endLine"]);
            (line, in_characters(line, &range["endColumn"]))
        }),
    }
}

fn of_rdjson(diagnostic: &Value, texts: &Texts) -> Place {
    let location = &diagnostic["location"];
    let path = location["path"].as_str().unwrap();
    let position = |at: &Value| {
        let line = number(&at["line"]);
        let units = number(&at["column"]) - 1;
        (line, column(&texts[path], line, units, char::len_utf8))
    };
    let (line, column) = position(&location["range"]["start"]);
    Place {
        path: Some(path.to_owned()),
        line,
        column: Some(column),
        end: Some(position(&location["range"]["end"])),
    }
}

fn of_checkstyle(text: &str) -> Vec<Place> {
    let root = xml::parse(text).unwrap();
    let mut places = Vec::new();
    for file in &root.children {
        for error in &file.children {
            if error.attribute("source") != "dockworthy" {
                places.push(Place {
                    path: Some(file.attribute("name").to_owned()),
                    line: error.number("line"),
                    column: Some(error.number("column")),
                    end: None,
                });
            }
        }
    }
    places
}

/// `12:3` as two numbers.
fn pair(text: &str) -> (u64, u64) {
    let (line, column) = text.split_once(':').unwrap();
    (line.parse().unwrap(), column.parse().unwrap())
}

/// `path:12:3` with its parts.
fn triple(text: &str) -> Place {
    let mut parts = text.rsplitn(3, ':');
    let column = parts.next().unwrap().parse().unwrap();
    Place {
        line: parts.next().unwrap().parse().unwrap(),
        path: Some(parts.next().unwrap().to_owned()),
        column: Some(column),
        end: None,
    }
}

fn of_junit(text: &str) -> Vec<Place> {
    let root = xml::parse(text).unwrap();
    let mut places = Vec::new();
    let (mut tests, mut failures, mut errors) = (0, 0, 0);
    for suite in &root.children {
        let count = |tag: &str| {
            let cases = suite.children.iter();
            let is = |case: &&xml::Element| case.children.iter().any(|c| c.name == tag);
            u64::try_from(cases.filter(is).count()).unwrap()
        };
        assert_eq!(suite.number("tests"), suite.children.len() as u64);
        assert_eq!(suite.number("failures"), count("failure"));
        assert_eq!(suite.number("skipped"), count("skipped"));
        assert_eq!(suite.number("errors"), count("error"));
        tests += suite.number("tests");
        failures += suite.number("failures");
        errors += suite.number("errors");
        for case in &suite.children {
            let outcome = case.children.first();
            if let Some(outcome) = outcome.filter(|outcome| outcome.name != "error") {
                let first = outcome.text.lines().next().unwrap();
                let (place, _) = first.rsplit_once(": ").unwrap();
                let (start, end) = place.rsplit_once(" to ").unwrap();
                places.push(Place {
                    end: Some(pair(end)),
                    ..triple(start)
                });
            }
        }
    }
    let totals = ["tests", "failures", "errors"].map(|name| root.number(name));
    assert_eq!(totals, [tests, failures, errors]);
    places
}

/// The value of `key=` up to `end`.
fn property<'t>(text: &'t str, key: &str, end: char) -> Option<&'t str> {
    let start = text.find(&format!("{key}="))? + key.len() + 1;
    let rest = &text[start..];
    Some(&rest[..rest.find(end).unwrap_or(rest.len())])
}

fn of_github(line: &str) -> Place {
    let (head, _) = line.split_once(",title=").unwrap();
    let get = |key: &str| property(head, &format!(",{key}"), ',').map(|n| n.parse().unwrap());
    let line = get("line").unwrap();
    let end_line: u64 = get("endLine").unwrap();
    let path = property(head, "file", ',').unwrap();
    Place {
        path: Some(decoded(path)),
        line,
        column: get("col"),
        end: get("endColumn").map(|column: u64| (end_line, column)),
    }
}

fn of_azure(line: &str) -> Place {
    let (head, _) = line.split_once(']').unwrap();
    let get = |key: &str| property(head, key, ';').unwrap();
    Place {
        path: Some(decoded(&get("sourcepath").replace("%AZP25", "%25"))),
        line: get("linenumber").parse().unwrap(),
        column: Some(get("columnnumber").parse().unwrap()),
        end: None,
    }
}

/// Where a line's heading `severity[rule]` begins, behind `before`.
fn heading(line: &str, before: &str) -> Option<usize> {
    let severities = ["error[", "warning[", "info["];
    let found = severities.map(|severity| line.find(&format!("{before}{severity}")));
    found.into_iter().flatten().min()
}

fn of_concise(line: &str) -> Place {
    triple(&line[..heading(line, ": ").unwrap()])
}

fn of_grouped(text: &str) -> Vec<Place> {
    let mut places = Vec::new();
    let mut path = "";
    for line in text.lines() {
        match heading(line, "  ") {
            Some(at) if line.starts_with("  ") => {
                let (line, column) = pair(line[..at].trim());
                places.push(Place {
                    path: Some(path.to_owned()),
                    line,
                    column: Some(column),
                    end: None,
                });
            }
            _ => path = line,
        }
    }
    places
}

fn of_full(text: &str) -> Vec<Place> {
    let mut places = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if heading(line, "") == Some(0) && line.ends_with(']') {
            let frame = lines.find(|line| line.contains("╭─[")).unwrap();
            let (_, place) = frame.split_once("╭─[").unwrap();
            places.push(triple(place.strip_suffix(']').unwrap()));
        }
    }
    places
}

fn of_markdown(line: &str) -> Option<Place> {
    let signs = ["| ❌ error | `", "| ⚠️ warning | `", "| ℹ️ info | `"];
    let row = signs.iter().find_map(|sign| line.strip_prefix(sign))?;
    let (place, _) = row.split_once(" | [`")?;
    let (_, at) = place.rsplit_once("`:")?;
    let (line, column) = pair(at);
    Some(Place {
        path: None,
        line,
        column: Some(column),
        end: None,
    })
}
