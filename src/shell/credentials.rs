//! Where a command line holds a password or token: which option of which program takes one.
//!
//! By the manual pages of the programs. Not for: whether a value is a real secret, which is a matter of what it
//! looks like, and passwords of the image's own accounts.

use super::ast::{Command, SimpleCommand};
use super::context::CommandUse;
use super::invocation::{Argument, Invocation};
use super::programs::Programs;
use super::word::Word;
use crate::text::Span;
use crate::text::span::offset;

/// A place in a command where a password or token stands as it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Credential<'a> {
    /// The secret itself, without the user's name or scheme in front.
    pub value: &'a str,
    /// The word that holds it.
    pub span: Span,
    /// Who gets it: a program, or a variable.
    pub receiver: &'a str,
}

/// How an option's value holds the secret.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// It is the value.
    Whole,
    /// It is the value, which is glued to the option: `-pSECRET`. With a blank, it is something else.
    Glued,
    /// `user:SECRET`.
    Pair,
    /// `Authorization: Bearer SECRET`.
    Header,
}

/// A program and those of its options that take a secret.
struct Program {
    names: &'static [&'static str],
    /// The operands that have to stand first: `login`.
    verbs: &'static [&'static str],
    /// Its options that take a value, without dashes, as far as they matter here.
    with_value: &'static [&'static str],
    /// Those that take a secret.
    secret: &'static [(&'static str, Form)],
}

const PROGRAMS: &[Program] = &[
    Program {
        names: &["curl"],
        verbs: &[],
        with_value: &[
            "A",
            "b",
            "c",
            "cookie",
            "d",
            "data",
            "E",
            "e",
            "F",
            "form",
            "H",
            "header",
            "K",
            "m",
            "o",
            "oauth2-bearer",
            "output",
            "pass",
            "proxy-user",
            "r",
            "request",
            "T",
            "U",
            "u",
            "user",
            "w",
            "X",
            "x",
        ],
        secret: &[
            ("u", Form::Pair),
            ("user", Form::Pair),
            ("U", Form::Pair),
            ("proxy-user", Form::Pair),
            ("pass", Form::Whole),
            ("oauth2-bearer", Form::Whole),
            ("H", Form::Header),
            ("header", Form::Header),
        ],
    },
    Program {
        names: &["wget"],
        verbs: &[],
        with_value: &[
            "ftp-password",
            "header",
            "http-password",
            "O",
            "P",
            "password",
            "proxy-password",
        ],
        secret: &[
            ("password", Form::Whole),
            ("http-password", Form::Whole),
            ("ftp-password", Form::Whole),
            ("proxy-password", Form::Whole),
            ("header", Form::Header),
        ],
    },
    Program {
        names: &["sshpass"],
        verbs: &[],
        with_value: &["d", "f", "P", "p"],
        secret: &[("p", Form::Whole)],
    },
    Program {
        names: &[
            "mariadb",
            "mariadb-admin",
            "mariadb-dump",
            "mysql",
            "mysqladmin",
            "mysqlcheck",
            "mysqldump",
            "mysqlimport",
            "mysqlsh",
        ],
        verbs: &[],
        with_value: &[
            "D", "e", "h", "P", "p", "S", "u", "execute", "host", "port", "socket", "user",
        ],
        secret: &[("p", Form::Glued), ("password", Form::Glued)],
    },
    Program {
        names: &["buildah", "docker", "nerdctl", "podman", "skopeo"],
        verbs: &["login"],
        with_value: &["p", "password", "u", "username"],
        secret: &[("p", Form::Whole), ("password", Form::Whole)],
    },
    Program {
        names: &["helm"],
        verbs: &["registry", "login"],
        with_value: &["p", "password", "u", "username"],
        secret: &[("p", Form::Whole), ("password", Form::Whole)],
    },
    Program {
        names: &["helm"],
        verbs: &["repo", "add"],
        with_value: &["password", "username"],
        secret: &[("password", Form::Whole)],
    },
    Program {
        names: &["az"],
        verbs: &["login"],
        with_value: &["p", "password", "t", "tenant", "u", "username"],
        secret: &[("p", Form::Whole), ("password", Form::Whole)],
    },
    Program {
        names: &["doctl"],
        verbs: &["auth", "init"],
        with_value: &["access-token", "t"],
        secret: &[("t", Form::Whole), ("access-token", Form::Whole)],
    },
    Program {
        names: &["oc"],
        verbs: &["login"],
        with_value: &["p", "password", "token", "u", "username"],
        secret: &[
            ("p", Form::Whole),
            ("password", Form::Whole),
            ("token", Form::Whole),
        ],
    },
    Program {
        names: &["redis-cli", "valkey-cli"],
        verbs: &[],
        with_value: &["a", "h", "n", "p", "pass", "u", "user"],
        secret: &[("a", Form::Whole), ("pass", Form::Whole)],
    },
    Program {
        names: &[
            "mongo",
            "mongodump",
            "mongoexport",
            "mongoimport",
            "mongorestore",
            "mongosh",
        ],
        verbs: &[],
        with_value: &["eval", "host", "p", "password", "port", "u", "username"],
        secret: &[("p", Form::Whole), ("password", Form::Whole)],
    },
    Program {
        names: &["bcp", "sqlcmd"],
        verbs: &[],
        with_value: &["d", "i", "P", "Q", "q", "S", "U"],
        secret: &[("P", Form::Whole)],
    },
    Program {
        names: &[
            "ldapadd",
            "ldapdelete",
            "ldapmodify",
            "ldappasswd",
            "ldapsearch",
        ],
        verbs: &[],
        with_value: &["b", "D", "f", "H", "h", "s", "w"],
        secret: &[("w", Form::Whole)],
    },
];

/// Options with one dash that take a secret, by program: openssl and tools of Java write them so.
const ONE_DASH: &[(&str, &[&str])] = &[
    (
        "keytool",
        &[
            "-deststorepass",
            "-keypass",
            "-new",
            "-srcstorepass",
            "-storepass",
        ],
    ),
    ("jarsigner", &["-keypass", "-storepass"]),
    ("openssl", &["-pass", "-passin", "-passout", "-password"]),
    ("x11vnc", &["-passwd", "-storepasswd"]),
];

/// The names in both tables: nearly every command has none of them, and this shows it at once.
const KNOWN: Programs = {
    let mut known = Programs::of(&[]);
    let mut index = 0;
    while index < PROGRAMS.len() {
        known = known.and(Programs::of(PROGRAMS[index].names));
        index += 1;
    }
    index = 0;
    while index < ONE_DASH.len() {
        known = known.and(Programs::of(&[ONE_DASH[index].0]));
        index += 1;
    }
    known
};

/// The other programs of which [`credentials`] knows something.
const OTHERS: Programs = Programs::of(&[
    "aws",
    "git",
    "htpasswd",
    "mariadb-admin",
    "mysqladmin",
    "npm",
    "pnpm",
    "yarn",
]);

/// Variables of programs that hold a password and whose name a list of words does not know.
const VARIABLES: [&str; 4] = ["MYSQL_PWD", "PGPASSWORD", "REDISCLI_AUTH", "SSHPASS"];

/// Headers whose value is a secret, in lower case.
const HEADERS: [&str; 7] = [
    "api-key",
    "authorization",
    "private-token",
    "proxy-authorization",
    "x-api-key",
    "x-auth-token",
    "x-vault-token",
];

/// The passwords and tokens that stand in a command. `is_secret_name` tells of variables in front of it.
pub fn credentials<'a>(
    found: &CommandUse<'a>,
    is_secret_name: impl Fn(&str) -> bool,
) -> Vec<Credential<'a>> {
    let mut all = Vec::new();
    for assignment in &found.command.assignments {
        let name = &*assignment.name.value;
        if !VARIABLES.contains(&name) && !is_secret_name(name) {
            continue;
        }
        if let Some(word) = assignment.word()
            && let Some(value) = word.text()
        {
            all.push(Credential {
                value,
                span: word.span,
                receiver: name,
            });
        }
    }
    let piped_from = found.context.piped_from();
    if piped_from.is_none() && !found.command.may_run(const { &KNOWN.and(OTHERS) }) {
        return all;
    }
    let Some(invocation) = found.command.unwrapped() else {
        return all;
    };
    // `env NAME=value program`
    for setting in found.command.wrapper_settings() {
        if let Some(value) = setting.value
            && (VARIABLES.contains(&setting.name) || is_secret_name(setting.name))
        {
            let is_bare = setting.span.len() as usize == setting.name.len() + 1 + value.len();
            let value_len = if is_bare {
                offset(value.len())
            } else {
                setting.span.len()
            };
            all.push(Credential {
                value,
                span: Span::new(setting.span.end - value_len, setting.span.end),
                receiver: setting.name,
            });
        }
    }
    let Some(name) = invocation.name() else {
        return all;
    };
    if KNOWN.may_have(name) {
        for program in PROGRAMS
            .iter()
            .filter(|program| program.names.contains(&name))
        {
            program.credentials(&invocation, name, &mut all);
        }
        if let Some((_, options)) = ONE_DASH.iter().find(|(program, _)| *program == name) {
            one_dash(&invocation, name, options, &mut all);
        }
    }
    match name {
        "mysqladmin" | "mariadb-admin" => behind(&invocation, name, &["password"], &mut all),
        "aws" => {
            for key in ["aws_secret_access_key", "aws_session_token"] {
                behind(&invocation, name, &["configure", "set", key], &mut all);
            }
        }
        "npm" | "pnpm" | "yarn" => npm(&invocation, name, &mut all),
        "git" => in_urls(&invocation, name, &mut all),
        "htpasswd" => htpasswd(&invocation, name, &mut all),
        _ => {}
    }
    if piped_from.is_some()
        && reads_secret(&invocation)
        && let Some(word) = echoed(piped_from)
        && let Some(value) = word.text()
    {
        all.push(Credential {
            value: value.trim_end_matches("\\n"),
            span: word.span,
            receiver: name,
        });
    }
    all
}

impl Program {
    fn credentials<'a>(
        &self,
        invocation: &Invocation<'a>,
        receiver: &'a str,
        all: &mut Vec<Credential<'a>>,
    ) {
        if !self.verbs.is_empty() {
            let operands = invocation.operands(self.with_value);
            let mut operands = operands.filter_map(Word::literal);
            if !self.verbs.iter().all(|verb| operands.next() == Some(*verb)) {
                return;
            }
        }
        for argument in invocation.arguments(self.with_value) {
            let Argument::Flag(flag) = argument else {
                continue;
            };
            let secret = self.secret.iter().find(|(name, _)| *name == flag.name);
            let (Some((_, form)), Some(value)) = (secret, flag.value) else {
                continue;
            };
            if *form == Form::Glued && value.word.span != flag.word.span {
                continue;
            }
            let Some(text) = value.text.and_then(|text| secret_part(text, *form)) else {
                continue;
            };
            all.push(Credential {
                value: text,
                span: value.word.span,
                receiver,
            });
        }
    }
}

/// What of an option's value is the secret.
fn secret_part(text: &str, form: Form) -> Option<&str> {
    match form {
        Form::Whole | Form::Glued => Some(text),
        Form::Pair => text.split_once(':').map(|(_, password)| password),
        Form::Header => {
            let (name, value) = text.split_once(':')?;
            let name = name.trim();
            let is_known = HEADERS.iter().any(|known| known.eq_ignore_ascii_case(name));
            let value = value.trim();
            let (scheme, rest) = value.split_once(' ').unwrap_or(("", value));
            let is_scheme = ["basic", "bearer", "token"]
                .iter()
                .any(|known| known.eq_ignore_ascii_case(scheme));
            is_known.then_some(if is_scheme { rest.trim() } else { value })
        }
    }
}

fn one_dash<'a>(
    invocation: &Invocation<'a>,
    receiver: &'a str,
    options: &[&str],
    all: &mut Vec<Credential<'a>>,
) {
    for pair in invocation.args().windows(2) {
        let [option, word] = pair else { continue };
        if !option
            .literal()
            .is_some_and(|option| options.contains(&option))
        {
            continue;
        }
        let Some(text) = word.text() else { continue };
        let value = if receiver == "openssl" {
            text.strip_prefix("pass:")
        } else {
            Some(text)
        };
        if let Some(value) = value {
            all.push(Credential {
                value,
                span: word.span,
                receiver,
            });
        }
    }
}

/// The operand behind these.
fn behind<'a>(
    invocation: &Invocation<'a>,
    receiver: &'a str,
    words: &[&str],
    all: &mut Vec<Credential<'a>>,
) {
    let args = invocation.args();
    let at = args
        .windows(words.len())
        .position(|window| window.iter().zip(words).all(|(word, text)| word.is(text)));
    let word = at.and_then(|at| args.get(at + words.len()));
    if let Some(word) = word
        && let Some(value) = word.text()
        && !value.starts_with('-')
    {
        all.push(Credential {
            value,
            span: word.span,
            receiver,
        });
    }
}

/// `npm config set //registry/:_authToken SECRET`, with a blank or `=`.
fn npm<'a>(invocation: &Invocation<'a>, receiver: &'a str, all: &mut Vec<Credential<'a>>) {
    let mut operands = invocation.operands(&[]);
    let is_set = match operands.next().and_then(Word::literal) {
        Some("set") => true,
        Some("config" | "c") => operands.next().is_some_and(|verb| verb.is("set")),
        _ => false,
    };
    let Some(key) = operands.next().filter(|_| is_set) else {
        return;
    };
    let is_secret = |key: &str| {
        ["_authToken", "_auth", "_password"]
            .iter()
            .any(|end| key.ends_with(end))
    };
    let text = key.leading_piece();
    let (name, value) = match text.split_once('=') {
        Some((name, _)) => (
            name,
            key.text()
                .and_then(|text| text.split_once('='))
                .map(|(_, value)| (value, key.span)),
        ),
        None => (
            text,
            operands
                .next()
                .and_then(|word| Some((word.text()?, word.span))),
        ),
    };
    if let Some((value, span)) = value.filter(|_| is_secret(name)) {
        all.push(Credential {
            value,
            span,
            receiver,
        });
    }
}

/// `https://user:SECRET@host` among the arguments.
fn in_urls<'a>(invocation: &Invocation<'a>, receiver: &'a str, all: &mut Vec<Credential<'a>>) {
    for word in invocation.args() {
        let Some(text) = word.text() else { continue };
        let Some((_, rest)) = text.split_once("://") else {
            continue;
        };
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        if let Some((user, _)) = authority.rsplit_once('@')
            && let Some((_, value)) = user.split_once(':')
        {
            all.push(Credential {
                value,
                span: word.span,
                receiver,
            });
        }
    }
}

/// `htpasswd -bc file user SECRET`.
fn htpasswd<'a>(invocation: &Invocation<'a>, receiver: &'a str, all: &mut Vec<Credential<'a>>) {
    const OPTIONS: &[&str] = &["C", "r"];
    if invocation.flag("b", OPTIONS).is_none() {
        return;
    }
    let words: Vec<&Word> = invocation.operands(OPTIONS).collect();
    if let [.., _, word] = words.as_slice()
        && let Some(value) = word.text()
    {
        all.push(Credential {
            value,
            span: word.span,
            receiver,
        });
    }
}

/// Whether a command reads a password from its input.
fn reads_secret(invocation: &Invocation<'_>) -> bool {
    invocation.flag("--password-stdin", &[]).is_some()
        || invocation.is_any(&["vncpasswd"]) && invocation.has_flag("f")
}

/// The text that `echo` or `printf` writes into a pipe.
pub fn echoed(command: Option<&Command>) -> Option<&Word> {
    let command: &SimpleCommand = command?.as_simple()?;
    let invocation = command.invocation()?;
    let words: Vec<&Word> = invocation
        .args()
        .iter()
        .filter(|word| !word.leading_piece().starts_with('-'))
        .collect();
    match (invocation.name()?, words.as_slice()) {
        ("echo", [only]) | ("printf", [only]) => Some(only),
        ("printf", [format, value]) if format.leading_piece().starts_with("%s") => Some(value),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell::{Dialect, parse};
    use crate::text::Cooked;

    fn found(script: &str) -> Vec<String> {
        let parsed = parse(&Cooked::verbatim(script, 0), Dialect::Posix);
        parsed
            .tree
            .commands()
            .flat_map(|found| credentials(&found, |name| name == "API_TOKEN"))
            .map(|found| format!("{} {}", found.receiver, found.value))
            .collect()
    }

    #[test]
    fn secrets_of_known_programs_are_found() {
        for (script, expected) in [
            ("curl -fsSLu me:pw https://a", "curl pw"),
            ("curl --user=me:pw a", "curl pw"),
            ("curl -H 'Authorization: Bearer pw' a", "curl pw"),
            ("curl --header 'X-Api-Key:pw' a", "curl pw"),
            ("wget --password pw a", "wget pw"),
            ("wget --header='Authorization: token pw' a", "wget pw"),
            ("sshpass -p pw ssh a", "sshpass pw"),
            ("mysql -uroot -ppw", "mysql pw"),
            ("mysqldump --password=pw a", "mysqldump pw"),
            ("mysqladmin -u root password pw", "mysqladmin pw"),
            ("PGPASSWORD=pw psql", "PGPASSWORD pw"),
            ("export API_TOKEN='pw'", "API_TOKEN pw"),
            ("docker login -u me -p pw", "docker pw"),
            ("echo pw | docker login -u me --password-stdin", "docker pw"),
            ("printf '%s' pw | vncpasswd -f > a", "vncpasswd pw"),
            ("openssl rsa -passin pass:pw -in a", "openssl pw"),
            ("keytool -importcert -storepass pw -file a", "keytool pw"),
            ("x11vnc -storepasswd pw ~/.vnc/passwd", "x11vnc pw"),
            ("aws configure set aws_secret_access_key pw", "aws pw"),
            ("az login -u a -p pw", "az pw"),
            ("doctl auth init -t pw", "doctl pw"),
            ("npm config set //a/:_authToken pw", "npm pw"),
            ("npm set //a/:_authToken=pw", "npm pw"),
            ("git clone https://me:pw@a/b.git", "git pw"),
            ("redis-cli -a pw ping", "redis-cli pw"),
            ("htpasswd -bc a me pw", "htpasswd pw"),
        ] {
            assert_eq!(found(script), [expected], "{script}");
        }
    }

    #[test]
    fn what_is_no_secret_or_not_known_is_not_found() {
        for script in [
            "curl -u $USER:$PW a",
            "curl -u me a",
            "curl -H 'Accept: a' -H \"Authorization: Bearer $T\" a",
            "mysql -p db",
            "mysql -u root -p -e 'select 1'",
            "docker run -p 80:80 a",
            "docker login -u me --password-stdin",
            "echo $PW | docker login --password-stdin",
            "openssl rsa -passin file:a",
            "npm config set registry https://a",
            "git clone https://me@a/b.git",
            "git clone ssh://git@a:22/b.git",
            "PGPASSWORD=$PW psql",
            "mkdir -p a",
            "echo curl -u a:b",
        ] {
            assert_eq!(found(script), [] as [String; 0], "{script}");
        }
    }
}
