//! What the fixes of errors make of a file.

use dockworthy::diagnostic::Applicability;
use dockworthy::text::apply;

use super::all_errors;

/// Applies the fix of the only error.
#[track_caller]
fn check(text: &str, applicability: Applicability, fixed: &str) {
    let errors = all_errors(text, "compose.yaml");
    assert_eq!(errors.len(), 1, "{errors:#?}");
    let error = &errors[0];
    let fix = error.fix.as_ref().expect("a fix");
    assert_eq!(fix.applicability, applicability, "{text}");
    assert_eq!(apply(text, &fix.edits).expect("edits that fit"), fixed);
    let left = all_errors(fixed, "compose.yaml");
    assert!(left.is_empty(), "{left:#?}");
}

#[track_caller]
fn check_service(lines: &str, applicability: Applicability, fixed: &str) {
    let whole = |lines: &str| {
        let body = lines.replace('\n', "\n    ");
        format!("services:\n  web:\n    image: nginx\n    {body}\n")
    };
    check(&whole(lines), applicability, &whole(fixed));
}

#[test]
fn names_are_mended() {
    check_service(
        "enviroment: {A: b}",
        Applicability::Unsafe,
        "environment: {A: b}",
    );
    check_service(
        "cgroup: hots # why",
        Applicability::Unsafe,
        "cgroup: host # why",
    );
    check_service("user: 1000", Applicability::Unsafe, "user: \"1000\"");
}

#[test]
fn values_are_mended() {
    check_service("mem_limit: 512Mi", Applicability::Safe, "mem_limit: 512m");
    check_service(
        "healthcheck: {test: x, interval: 30}",
        Applicability::Safe,
        "healthcheck: {test: x, interval: 30s}",
    );
    check_service(
        "stop_grace_period: \"30\"",
        Applicability::Safe,
        "stop_grace_period: 30s",
    );
    check_service(
        "environment:\n  - A: b c\n  - B=c",
        Applicability::Safe,
        "environment:\n  - A=b c\n  - B=c",
    );
    check_service(
        "environment: [\"A =b\"]",
        Applicability::Safe,
        "environment: [\"A=b\"]",
    );
    check_service(
        "healthcheck: {test: [\"curl\", \"x\"]}",
        Applicability::Safe,
        "healthcheck: {test: [\"CMD\", \"curl\", \"x\"]}",
    );
    check_service(
        "healthcheck:\n  test:\n    - curl\n    - x",
        Applicability::Safe,
        "healthcheck:\n  test:\n    - CMD\n    - curl\n    - x",
    );
    check_service(
        "command: echo ${A%b}",
        Applicability::Safe,
        "command: echo $${A%b}",
    );
    check(
        "services: {}\nx-a: {1: 2}\n",
        Applicability::Safe,
        "services: {}\nx-a: {\"1\": 2}\n",
    );
}

#[test]
fn lines_are_taken_out() {
    check_service("labels:\ntty: true", Applicability::Safe, "tty: true");
    check_service(
        "security_opt:\n  - a\n  - b\n  - a",
        Applicability::Safe,
        "security_opt:\n  - a\n  - b",
    );
}

#[test]
fn the_first_file_format_is_indented() {
    check(
        "# old\nweb:\n  image: x\n\n  # note\n  command: |\n    a\n    b\ndb:\n  image: y\n",
        Applicability::Unsafe,
        "# old\nservices:\n  web:\n    image: x\n\n    # note\n    command: |\n      a\n      b\n  db:\n    image: y\n",
    );
}
