//! The grammars of texts: ports, mounts, durations and so on.

use super::{Place, Validator};
use crate::compose::cast;
use crate::compose::command::{self, SplitErrorKind};
use crate::compose::mount::outside_references;
use crate::compose::schema::{Form, Word};
use crate::compose::value::{Knowledge, Scalar};
use crate::diagnostic::{Applicability, Fix, Severity, SyntaxError};
use crate::grammar::duration::{self, Units};
use crate::grammar::{GrammarError, excerpt, mount, port, size};
use crate::text::{Edit, Span};
use crate::yaml::NodeId;

impl Validator<'_> {
    /// Text whose type is right.
    pub(super) fn form(
        &mut self,
        node: NodeId,
        scalar: &Scalar,
        word: &'static Word,
        place: &Place<'_>,
    ) {
        let text = scalar.text();
        let known = scalar.knowledge() != Knowledge::Unknown;
        match word.form {
            Form::OneOf(words) if known => self.one_of(node, scalar, words, place),
            Form::Duration => self.duration(node, scalar),
            Form::ByteSize | Form::PositiveSize => self.byte_size(node, scalar),
            Form::PullPolicy if known && !is_pull_policy(text) => {
                let message = format!("`{}` is not a pull policy", excerpt(text));
                let error = SyntaxError::new("invalid-pull-policy", self.all(node), message);
                let help =
                    "use `always`, `missing`, `never`, `build`, `daily`, `weekly` or `every_12h`";
                self.push(error.with_help(help));
            }
            Form::FileMode if known && u32::from_str_radix(text, 8).is_err() => {
                let message = format!("mode `{}` is not an octal number", excerpt(text));
                self.error("invalid-string-format", self.all(node), message);
            }
            Form::DeviceCount
                if known
                    && !text.eq_ignore_ascii_case("all")
                    && cast::whole_number(text).is_none() =>
            {
                let message = format!("count `{}` is neither `all` nor a number", excerpt(text));
                self.error("invalid-string-format", self.all(node), message);
            }
            Form::Port => {
                if let Err(error) = port::parse_short(text) {
                    self.grammar("invalid-port-mapping", node, scalar, error);
                }
            }
            Form::ExposedPort => self.exposed(node, scalar),
            Form::PublishedPort => {
                if !text.is_empty()
                    && let Err(error) = port::parse_short(&format!("{text}:1"))
                        .map_err(|error| (error.range.end <= text.len()).then_some(error))
                    && let Some(error) = error
                {
                    self.accepted("invalid-port-mapping", node, scalar, error);
                }
            }
            Form::IpAddress if known && text.parse::<std::net::IpAddr>().is_err() => {
                let message = format!("`{}` is not an IP address", excerpt(text));
                self.error("invalid-port-mapping", self.all(node), message);
            }
            // Compose takes any word here, and nothing; Docker does not.
            Form::Protocol(words)
                if known
                    && !text.is_empty()
                    && !words.iter().any(|word| word.eq_ignore_ascii_case(text)) =>
            {
                let message = format!("protocol `{}` is not tcp, udp or sctp", excerpt(text));
                let error = SyntaxError::new("invalid-port-mapping", self.all(node), message);
                self.push(error.with_severity(Severity::Warning));
            }
            Form::Mount => {
                if let Err(error) = mount::parse_short(text) {
                    self.grammar("invalid-volume-spec", node, scalar, error);
                }
            }
            Form::Device if outside_references(text, ':').count() > 2 => {
                let message = format!("`{}` has more than three parts", excerpt(text));
                let error = SyntaxError::new("invalid-device-mapping", self.all(node), message);
                self.push(error.with_help("use the long form with `source` and `target`"));
            }
            Form::ExtraHost if known => self.extra_host(node, scalar),
            Form::HostAddress if known => self.host_address(node, scalar, 0),
            Form::Variable => self.variable(scalar),
            Form::FullPair if known && !text.contains('=') => {
                let message = format!("`{}` has no `=`", excerpt(text));
                let error = SyntaxError::new("invalid-key-value-item", self.all(node), message);
                self.push(error.with_help("write `NAME=VALUE`"));
            }
            Form::SshKey if known && text != "default" && !text.contains('=') => {
                let message = format!("`{}` is neither `default` nor `ID=PATH`", excerpt(text));
                self.error("invalid-build-ssh", self.all(node), message);
            }
            Form::CommandLine => self.command_line(scalar),
            _ => {}
        }
    }

    fn all(&self, node: NodeId) -> Span {
        self.document.span(node)
    }

    /// Reports what a grammar says, at the bytes that it says.
    fn grammar(&mut self, rule: &'static str, node: NodeId, scalar: &Scalar, error: GrammarError) {
        let whole = self.all(node);
        self.push(grammar_error(rule, scalar, error, whole));
    }

    /// The same for what Compose accepts and Docker refuses later, or ignores.
    fn accepted(&mut self, rule: &'static str, node: NodeId, scalar: &Scalar, error: GrammarError) {
        let error = grammar_error(rule, scalar, error, self.all(node));
        self.push(error.with_severity(Severity::Warning));
    }

    fn one_of(
        &mut self,
        node: NodeId,
        scalar: &Scalar,
        words: &'static [&'static str],
        place: &Place<'_>,
    ) {
        let text = scalar.text();
        if words.contains(&text) {
            return;
        }
        let (subject, shown) = (place.subject(), excerpt(text));
        let message = match words {
            [only] => format!("{subject} must be `{only}`, not `{shown}`"),
            _ => format!("`{shown}` is not a value of {subject}"),
        };
        let mut error = SyntaxError::new("invalid-enum-value", self.all(node), message);
        if words.len() > 1 {
            error = error.with_help(format!("use `{}`", words.join("`, `")));
        }
        if let Some(nearest) = super::unknown::nearest(text, words.iter().copied())
            && scalar.literal().is_some()
        {
            let edits = vec![self.replace(node, nearest)];
            let title = format!("write `{nearest}`");
            error = error.with_fix(Fix::new(title, Applicability::Unsafe, edits));
        }
        self.push(error);
    }

    fn duration(&mut self, node: NodeId, scalar: &Scalar) {
        let text = scalar.text();
        let Err(error) = duration::parse(text, Units::Compose) else {
            return;
        };
        let mut error = grammar_error("invalid-duration", scalar, error, self.all(node));
        let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        if is_number && scalar.literal().is_some() {
            let text = format!("{text}s");
            let edits = vec![self.replace(node, &text)];
            let title = format!("write `{text}`");
            error = error.with_fix(Fix::new(title, Applicability::Safe, edits));
        }
        self.push(error);
    }

    fn byte_size(&mut self, node: NodeId, scalar: &Scalar) {
        let text = scalar.text();
        if cast::bytes(scalar).is_some() {
            return;
        }
        let Err(error) = size::parse(text) else {
            return;
        };
        let mut error = grammar_error("invalid-byte-size", scalar, error, self.all(node));
        // Kubernetes' `Mi`, which Compose does not know; the number stays what it is.
        if let Some(number) = text.strip_suffix('i')
            && number.ends_with(['K', 'M', 'G', 'T', 'P'])
            && size::parse(number).is_ok()
            && scalar.literal().is_some()
        {
            let text = number.to_ascii_lowercase();
            let edits = vec![self.replace(node, &text)];
            let title = format!("write `{text}`");
            error = error.with_fix(Fix::new(title, Applicability::Safe, edits));
        }
        self.push(error);
    }

    /// `PORT[-PORT][/PROTOCOL]`. Compose takes anything here; Docker does not.
    fn exposed(&mut self, node: NodeId, scalar: &Scalar) {
        let text = scalar.text();
        if let Some(colon) = outside_references(text, ':').next() {
            let message = format!(
                "`{}` has a host part; `expose` publishes nothing",
                excerpt(text)
            );
            let span = scalar.span_of(0..colon + 1);
            let error = SyntaxError::new("invalid-port-mapping", span, message);
            let error = error.with_help("move it to `ports`, or remove the host part");
            self.push(error.with_severity(Severity::Warning));
        } else if let Err(error) = port::parse_exposed(text) {
            self.accepted("invalid-port-mapping", node, scalar, error);
        }
    }

    /// A port that is a number of YAML.
    pub(super) fn port_number(
        &mut self,
        node: NodeId,
        number: Option<i64>,
        word: &'static Word,
        place: &Place<'_>,
    ) {
        let lowest = i64::from(matches!(word.form, Form::Port | Form::TargetPort));
        if number.is_some_and(|number| (lowest..=65_535).contains(&number)) {
            return;
        }
        let message = format!("{} must be between {lowest} and 65535", place.subject());
        let mut error = SyntaxError::new("invalid-port-mapping", self.all(node), message);
        let refused = match word.form {
            Form::Port => true,
            Form::TargetPort => number.is_some_and(|number| number < 0),
            _ => false,
        };
        if !refused {
            error = error.with_severity(Severity::Warning);
        }
        self.push(error);
    }

    /// `HOST=IP` or `HOST:IP` (compose-go `types/hostList.go`).
    fn extra_host(&mut self, node: NodeId, scalar: &Scalar) {
        let text = scalar.text();
        let Some((host, _)) = text.split_once('=').or_else(|| text.split_once(':')) else {
            let message = format!("`{}` has no address", excerpt(text));
            let error = SyntaxError::new("invalid-extra-host", self.all(node), message);
            self.push(error.with_help("write `HOST=IP`"));
            return;
        };
        let message = match host {
            "" => format!("`{}` has no host name", excerpt(text)),
            host if host.contains([':', '=']) => {
                format!("`{}` is not a host name", excerpt(host))
            }
            host => return self.host_address(node, scalar, host.len() + 1),
        };
        self.error("invalid-extra-host", self.all(node), message);
    }

    /// Addresses between commas, from a byte of the text on. Compose takes any text and drops the brackets around it;
    /// the engine refuses the container (`opts.ValidateExtraHost` of moby, `host-gateway` and blanks included).
    fn host_address(&mut self, node: NodeId, scalar: &Scalar, start: usize) {
        let text = scalar.text();
        let mut at = start;
        for part in text.get(start..).unwrap_or_default().split(',') {
            let range = at..at + part.len();
            at = range.end + 1;
            let address = part.trim();
            let bare = address
                .strip_prefix('[')
                .and_then(|rest| rest.strip_suffix(']'))
                .unwrap_or(address);
            if bare == "host-gateway" || bare.parse::<std::net::IpAddr>().is_ok() {
                continue;
            }
            let (span, message) = match address {
                "" => (self.all(node), "host has no address".to_owned()),
                address => (
                    scalar.span_of(range),
                    format!("`{}` is not an IP address", excerpt(address)),
                ),
            };
            let error = SyntaxError::new("invalid-extra-host", span, message)
                .with_help("write an IP address, or `host-gateway`");
            self.push(error.with_severity(Severity::Warning));
        }
    }

    /// `KEY=VALUE` whose key ends with a blank.
    fn variable(&mut self, scalar: &Scalar) {
        let text = scalar.text();
        let Some(equals) = outside_references(text, '=').next() else {
            return;
        };
        let key = &text[..equals];
        let trimmed = key.trim_end().len();
        if trimmed == key.len() || key.contains('$') {
            return;
        }
        let span = scalar.span_of(0..equals);
        let message = format!("name of variable `{}` ends with a blank", excerpt(key));
        let mut error = SyntaxError::new("environment-key-trailing-space", span, message)
            .with_help("remove the blank before `=`");
        if scalar.raw().is_verbatim() && scalar.literal().is_some() {
            let blank = scalar.span_of(trimmed..equals);
            let edits = vec![Edit::delete(blank)];
            error = error.with_fix(Fix::new("remove the blank", Applicability::Safe, edits));
        }
        self.push(error);
    }

    /// A command that Compose cannot split into words.
    fn command_line(&mut self, scalar: &Scalar) {
        let Some(error) = command::split(scalar.text()).error else {
            return;
        };
        // What a variable brings may close what is open.
        if scalar.knowledge() == Knowledge::Unknown && error.kind == SplitErrorKind::Unclosed {
            return;
        }
        let span = scalar.span_of(error.range.clone());
        let sign = excerpt(scalar.text().get(error.range).unwrap_or_default());
        let (message, help) = match error.kind {
            SplitErrorKind::Unclosed => (
                format!("`{sign}` is not closed"),
                "close it, or write the command as a list",
            ),
            SplitErrorKind::Parenthesis => (
                format!("`{sign}` is not allowed outside quotes"),
                "no shell runs the command; write `sh -c '…'` if one should",
            ),
            SplitErrorKind::TrailingBackslash => (
                "command ends with a backslash".to_owned(),
                "remove it, or write the command as a list",
            ),
        };
        let error = SyntaxError::new("invalid-command-quoting", span, message);
        self.push(error.with_help(help));
    }
}

/// What a grammar says of a scalar; `whole` is all of it, for a text without any bytes.
fn grammar_error(
    rule: &'static str,
    scalar: &Scalar,
    error: GrammarError,
    whole: Span,
) -> SyntaxError {
    let mut span = scalar.span_of(error.range);
    if span.is_empty() {
        span = scalar.span_of(0..scalar.text().len());
    }
    let span = if span.is_empty() { whole } else { span };
    let mut syntax = SyntaxError::new(rule, span, error.message);
    syntax.help = error.help;
    syntax
}

/// `every_` is followed by numbers with units; the binary's pattern of 5.6.1.
fn is_pull_policy(text: &str) -> bool {
    let known = [
        "always",
        "never",
        "build",
        "if_not_present",
        "missing",
        "refresh",
        "daily",
        "weekly",
    ];
    known.contains(&text) || text.strip_prefix("every_").is_some_and(is_interval)
}

/// `1d12h`: numbers, each with one of five units, at least one.
fn is_interval(text: &str) -> bool {
    let mut digits = false;
    let mut complete = false;
    for byte in text.bytes() {
        match byte {
            b'0'..=b'9' => (digits, complete) = (true, false),
            b'w' | b'd' | b'h' | b'm' | b's' if digits => (digits, complete) = (false, true),
            _ => return false,
        }
    }
    complete
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pull_policies() {
        for policy in [
            "always",
            "if_not_present",
            "every_12h",
            "every_1d12h",
            "weekly",
        ] {
            assert!(is_pull_policy(policy), "{policy}");
        }
        for policy in [
            "Always", "", "every_", "every_1x", "every_h", "every_12", "xalways",
        ] {
            assert!(!is_pull_policy(policy), "{policy}");
        }
    }
}
