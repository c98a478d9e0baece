//! Flags IPv6 addresses without brackets in short ports.

use crate::compose::File;
use crate::compose::port::{Port, PortHost};
use crate::compose::value::Scalar;
use crate::diagnostic::{Applicability, Fix};
use crate::engine::{Context, Hooks};
use crate::text::{Edit, Span};
use crate::yaml::ScalarStyle;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.compose(check);
}

fn check(file: &File, cx: &mut Context<'_, File>) {
    for document in file.documents() {
        for owned in document.containers() {
            owned
                .container
                .ports
                .iter()
                .for_each(|port| report(port, cx));
        }
    }
}

fn report(port: &Port, cx: &mut Context<'_, File>) {
    let (Some(short), PortHost::Given(address)) = (&port.short, &port.host_ip) else {
        return;
    };
    let written = address.value.scalar.text();
    let is_v6 = address.value.value.is_some_and(|address| address.is_ipv6());
    if !is_v6 || written.starts_with('[') {
        return;
    }
    let span = address.value.scalar.span_of(0..written.len());
    let literal = address.value.scalar.literal().is_some();
    let finding = cx.report(span, format!("the address `{written}` has no brackets"));
    finding.help(format!("write `[{written}]`"));
    if literal && let Some(edits) = bracketed(short, span) {
        let title = "put the address into brackets";
        finding.fix(Fix::new(title, Applicability::Safe, edits));
    }
}

/// The brackets, and the quotes that a text needs which begins with one.
fn bracketed(short: &Scalar, address: Span) -> Option<Vec<Edit>> {
    let whole = short.raw().span(0..short.raw().text().len());
    match short.style() {
        ScalarStyle::Plain => Some(vec![
            Edit::insert(address.start, "\"["),
            Edit::insert(address.end, "]"),
            Edit::insert(whole.end, "\""),
        ]),
        ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => Some(vec![
            Edit::insert(address.start, "["),
            Edit::insert(address.end, "]"),
        ]),
        ScalarStyle::Literal | ScalarStyle::Folded => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{compose, fixed_compose};

    #[test]
    fn only_short_forms_need_brackets() {
        compose(
            "short-port-address-family",
            r#"
services:
  a: {image: x, ports: ["::1:1:1", '[::1]:2:2', "${A:-::1}:3:3", "127.0.0.1:4:4", {target: 5, host_ip: "::1"}]}
#                        ^^^ the address `::1` has no brackets
#                                                     ^^^ the address `::1` has no brackets
"#,
        );
    }

    #[test]
    fn what_begins_with_a_bracket_is_quoted() {
        let text =
            "services:\n  a:\n    image: x\n    ports:\n    - ::1:1:1/udp # one\n    - '::1:2:2'\n";
        let fixed = fixed_compose("short-port-address-family", Applicability::Safe, text);
        let wanted = "services:\n  a:\n    image: x\n    ports:\n    - \"[::1]:1:1/udp\" # one\n    - '[::1]:2:2'\n";
        assert_eq!(fixed, wanted);
    }
}
