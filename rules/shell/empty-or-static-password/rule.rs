//! Flags commands that give accounts of the image an empty or a known password.

use crate::dockerfile::account::{USER_OPTIONS, USERMOD_OPTIONS, option};
use crate::engine::nodes::ScriptUse;
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::shell::ast::{RedirectOperator, SimpleCommand};
use crate::shell::context::CommandUse;
use crate::shell::credentials::echoed;
use crate::shell::invocation::Invocation;
use crate::shell::word::Word;
use crate::text::Span;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.program(
        &["useradd", "usermod", "passwd", "chpasswd", "echo", "printf"],
        check,
    );
}

/// How an account gets in.
enum Password {
    Empty,
    Known,
}

fn check(found: &CommandUse<'_>, cx: &mut Context<'_, ScriptUse<'_>>) {
    if cx.model.run().is_none() {
        return;
    }
    let Some(invocation) = found.command.unwrapped() else {
        return;
    };
    let Some(name) = invocation.name() else {
        return;
    };
    let problem = match name {
        "useradd" => hash(&invocation, USER_OPTIONS),
        "usermod" => hash(&invocation, USERMOD_OPTIONS),
        "passwd" => passwd(&invocation, found),
        "chpasswd" => chpasswd(&invocation, found),
        "echo" | "printf" => shadow_line(found.command),
        _ => None,
    };
    let Some((span, password)) = problem else {
        return;
    };
    let message = match password {
        Password::Empty => format!("`{}` leaves an account without a password", excerpt(name)),
        Password::Known => format!(
            "`{}` sets a password that everybody can read",
            excerpt(name)
        ),
    };
    cx.report(span, message)
        .help("leave the account locked, or take the password from a mounted secret");
}

/// `useradd -p HASH`.
fn hash(
    invocation: &Invocation<'_>,
    with_value: &'static [&'static str],
) -> Option<(Span, Password)> {
    let value = option(invocation, with_value, &["p", "password"])?;
    let password = match value.text? {
        "" => Password::Empty,
        text if text.starts_with(['!', '*']) || text == "x" || text.contains('`') => return None,
        _ => Password::Known,
    };
    Some((value.word.span, password))
}

/// `passwd -d user`, `echo PASSWORD | passwd --stdin user`.
fn passwd(invocation: &Invocation<'_>, found: &CommandUse<'_>) -> Option<(Span, Password)> {
    if let Some(flag) = invocation
        .flag("d", &[])
        .or_else(|| invocation.flag("delete", &[]))
    {
        return Some((flag.word.span, Password::Empty));
    }
    if invocation
        .args()
        .iter()
        .any(|word| word.is("-l") || word.is("-e"))
    {
        return None;
    }
    let word = echoed(found.context.piped_from())?;
    let text = word.text()?;
    is_password(text).then_some((word.span, Password::Known))
}

/// `echo user:PASSWORD | chpasswd`, or from a heredoc or here-string.
fn chpasswd(invocation: &Invocation<'_>, found: &CommandUse<'_>) -> Option<(Span, Password)> {
    let takes_hashes = invocation.flag("e", &["c", "crypt-method", "R"]).is_some()
        || invocation.flag("encrypted", &[]).is_some();
    let piped = echoed(found.context.piped_from());
    let redirected =
        found
            .command
            .redirects
            .iter()
            .find_map(|redirect| match redirect.operator.value {
                RedirectOperator::HereString => Some(&redirect.target),
                RedirectOperator::Heredoc | RedirectOperator::HeredocStripped => {
                    redirect.heredoc.as_ref()?.body().map(|body| &body.text)
                }
                _ => None,
            });
    let word: &Word = redirected.or(piped)?;
    let text = word.text()?;
    let mut passwords = text
        .split(['\n'])
        .flat_map(|line| line.split("\\n"))
        .filter_map(|line| line.split_once(':'))
        .map(|(_, password)| password.trim());
    let is_known = |password: &str| {
        is_password(password) && !(takes_hashes && password.starts_with(['!', '*']))
    };
    passwords
        .any(is_known)
        .then_some((word.span, Password::Known))
}

/// Whether a text can be a password, and is not one that stands for another.
fn is_password(text: &str) -> bool {
    !text.is_empty() && !text.contains(['`', '<', '{']) && !text.starts_with("$(")
}

/// `echo 'user::19000:…' >>/etc/shadow`.
fn shadow_line(command: &SimpleCommand) -> Option<(Span, Password)> {
    let writes_shadow = command
        .redirects
        .iter()
        .any(|redirect| redirect.operator.value.writes() && redirect.target.is("/etc/shadow"));
    if !writes_shadow {
        return None;
    }
    let (word, hash) = command.args().iter().find_map(|word| {
        let mut fields = word.text()?.split(':');
        fields.next()?;
        let hash = fields.next()?;
        fields.next()?;
        Some((word, hash))
    })?;
    match hash {
        "" => Some((word.span, Password::Empty)),
        hash if hash.starts_with('$') => Some((word.span, Password::Known)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn the_password_is_marked() {
        dockerfile(
            "empty-or-static-password",
            r#"
FROM debian:13
RUN useradd -m -p "" a && usermod \
#                 ^^ error: `useradd` leaves an account without a password
  --password='abc' b
# ^^^^^^^^^^^^^^^^ error: `usermod` sets a password that everybody can read
RUN passwd --delete c; passwd -du d
#          ^^^^^^^^ error: `passwd` leaves an account
#                             ^^^ error: `passwd` leaves
RUN echo "e:f" | sudo chpasswd; printf '%s\n' g:h | chpasswd -e; chpasswd <<< "i:j"
#        ^^^^^ error: `chpasswd` sets
#                                             ^^^ error: `chpasswd` sets
#                                                                             ^^^^^ error: `chpasswd` sets
RUN echo -e "k\nk" | passwd l
#           ^^^^^^ error: `passwd` sets
"#,
        );
    }

    #[test]
    fn what_is_locked_or_not_known_is_silent() {
        for command in [
            "useradd -p '!' a",
            "useradd -p '*' a",
            "useradd -p \"$P\" a",
            "useradd -d /p a",
            "usermod -L a",
            "passwd -l a",
            "passwd -S a",
            "echo \"a:$P\" | chpasswd",
            "echo 'a:!' | chpasswd -e",
            "chpasswd < /run/secrets/a",
            "cat a | chpasswd",
            "echo a:x:0:0::/:/bin/sh >> /etc/passwd",
            "echo 'a:!:1:0:9:7:::' >> /etc/shadow",
            "echo passwd -d a",
        ] {
            let text = format!("FROM a\nRUN {command}\nCMD passwd -d b\n");
            dockerfile("empty-or-static-password", &text);
        }
    }
}
