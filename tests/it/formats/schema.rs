//! The schemas of the formats and what checks against them.

use std::path::{Path, PathBuf};
use std::process::Command;

use dockworthy::report::Format;
use jsonschema::Validator;
use serde_json::Value;

use super::xml;

/// A file among the schemas.
fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures/schemas")
        .join(name)
}

fn validator(name: &str) -> Validator {
    let text = std::fs::read_to_string(path(name)).expect("a schema");
    // SARIF's schema has a pattern with a bracket too much, which is one to lenient readers only.
    let text = text.replace("[a-zA-Z]{2}]?$", "[a-zA-Z]{2}?$");
    let schema: Value = serde_json::from_str(&text).expect("JSON");
    jsonschema::options()
        .should_validate_formats(true)
        .build(&schema)
        .expect("a schema")
}

/// Fails with the first few errors of `value`.
fn check_json(validator: &Validator, value: &Value, what: &str) {
    let errors: Vec<String> = validator
        .iter_errors(value)
        .take(5)
        .map(|error| format!("{error} at {}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{what}:\n{}", errors.join("\n"));
}

/// Checks a report against the schema of its format; those for people have none.
pub fn check(format: Format, text: &str) {
    let whole = |name| {
        let value: Value = serde_json::from_str(text).expect("JSON");
        check_json(&validator(name), &value, name);
    };
    let each = |name, end: &str| {
        let validator = validator(name);
        for piece in text.split_terminator(end) {
            let value: Value = serde_json::from_str(piece).expect("JSON");
            check_json(&validator, &value, name);
        }
    };
    match format {
        Format::Json => whole("json.json"),
        Format::JsonLines => each("json-lines.json", "\n"),
        Format::Sarif => whole("sarif-2.1.0.json"),
        Format::Gitlab => whole("gitlab.json"),
        Format::Codeclimate => each("codeclimate.json", "\0\n"),
        Format::Sonarqube => whole("sonarqube.json"),
        Format::Rdjson => whole("rdjson.json"),
        Format::Checkstyle => check_xml("checkstyle.xsd", text),
        Format::Junit => check_xml("junit.xsd", text),
        Format::Full
        | Format::Concise
        | Format::Grouped
        | Format::Github
        | Format::Azure
        | Format::Markdown => {}
    }
}

/// A program that checks XML against an XSD: libxml2's own, or Python with the same library.
fn xsd_checker(schema: &Path, document: &Path) -> Option<Command> {
    let lxml = "import sys; from lxml import etree; \
                etree.XMLSchema(etree.parse(sys.argv[1])).assertValid(etree.parse(sys.argv[2]))";
    let works = |command: &mut Command| command.output().is_ok_and(|o| o.status.success());
    let mut xmllint = Command::new("xmllint");
    if works(xmllint.arg("--version")) {
        let mut command = Command::new("xmllint");
        command.arg("--noout").arg("--schema").arg(schema);
        command.arg(document);
        return Some(command);
    }
    let mut python = Command::new("python3");
    works(python.args(["-c", "import lxml"])).then(|| {
        let mut command = Command::new("python3");
        command.args(["-c", lxml]).arg(schema).arg(document);
        command
    })
}

/// Checks a document against its XSD where there is a program for that, and in any case for being XML at
/// all and for the elements and attributes that the format has.
fn check_xml(schema: &str, text: &str) {
    let root = xml::parse(text).unwrap_or_else(|error| panic!("{schema}: {error}"));
    xml::check(&root, schema);
    let name = format!("{schema}.{:?}.xml", std::thread::current().id());
    let document = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&document, text).expect("writable");
    let Some(mut command) = xsd_checker(&path(schema), &document) else {
        println!("skipped: neither xmllint nor lxml to check {schema} with");
        return;
    };
    let output = command.output().expect("it runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{schema}:\n{said}");
    let _ = std::fs::remove_file(document);
}

/// A report in which each of several things is wrong must not pass.
#[test]
fn the_checks_can_fail() {
    let fails = |format: Format, text: &'static str| {
        let result = std::panic::catch_unwind(|| check(format, text));
        assert!(result.is_err(), "{format:?} {text}");
    };
    fails(Format::Sarif, r#"{"version":"2.1.0"}"#);
    fails(Format::Gitlab, r#"[{"description":"x"}]"#);
    fails(Format::Codeclimate, "{\"type\":\"issue\"}\0\n");
    fails(Format::Sonarqube, r#"{"issues":[]}"#);
    fails(Format::Rdjson, r#"{"diagnostics":[{"message":"x"}]}"#);
    fails(Format::Json, "{}");
    fails(Format::JsonLines, "{\"type\":\"other\"}\n");
    fails(Format::Checkstyle, "<checkstyle/>");
    fails(
        Format::Checkstyle,
        "<checkstyle version=\"4.3\"><file name=\"a\">",
    );
    fails(Format::Junit, "<testsuites><testcase/></testsuites>");
    fails(Format::Junit, "<testsuites name=\"\u{1b}\"/>");
}
