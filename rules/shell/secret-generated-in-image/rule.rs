//! Flags private keys that are generated when the image is built.

use std::collections::HashSet;

use crate::dockerfile::mount::MountTargets;
use crate::engine::nodes::{Host, ScriptUse};
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::shell::invocation::Invocation;
use crate::shell::programs::Programs;
use crate::shell::word::Word;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.script(check);
}

/// Programs that can make one.
const GENERATORS: Programs = Programs::of(&[
    "dpkg-reconfigure",
    "dropbearkey",
    "gpg",
    "gpg2",
    "keytool",
    "openssl",
    "ssh-keygen",
    "wg",
]);

/// A command that makes a private key.
struct Generated<'a> {
    /// The word that says so.
    word: &'a Word,
    /// The beginning of the path of the key, if it is known.
    path: Option<&'a str>,
}

fn check(script: &ScriptUse<'_>, cx: &mut Context<'_, Host<'_>>) {
    let Some(script) = &script.in_dockerfile() else {
        return;
    };
    let Some(run) = script.run() else { return };
    if !script.script.may_run(&GENERATORS) {
        return;
    }
    let stage = script.model.stage_of(script.place.instruction);
    let is_kept = stage.is_some_and(|stage| stage.is_output);
    if !is_kept {
        return;
    }
    let mut found = Vec::new();
    let mut removed: HashSet<&str> = HashSet::new();
    const REMOVERS: Programs = Programs::of(&["rm", "shred", "mv"]);
    for command in script
        .script
        .commands_of(const { &GENERATORS.and(REMOVERS) })
    {
        let Some(invocation) = command.command.unwrapped() else {
            continue;
        };
        if invocation.is_any(&["rm", "shred", "mv"]) {
            let paths = invocation.args().iter().map(Word::leading_piece);
            removed.extend(paths.map(|path| path.split(['*', '?', '[']).next().unwrap_or(path)));
        } else if let Some(generated) = generated(&invocation) {
            found.push((invocation, generated));
        }
    }
    if found.is_empty() || is_test(&cx.source.path.to_string_lossy()) {
        return;
    }
    // Paths are compared by their beginnings: `/etc/ssh/ssh_host_*`.
    let is_removed = |path: &str| {
        removed.contains(path)
            || path
                .char_indices()
                .filter(|(_, c)| !c.is_ascii_alphanumeric())
                .any(|(at, c)| {
                    removed.contains(&path[..at]) || removed.contains(&path[..at + c.len_utf8()])
                })
    };
    let mounted = MountTargets::of(&run.mounts);
    for (invocation, generated) in found {
        let is_gone = generated
            .path
            .is_some_and(|path| is_removed(path) || is_test(path) || mounted.may_hold(path));
        if is_gone {
            continue;
        }
        let name = excerpt(invocation.name().unwrap_or_default());
        let message = format!("`{name}` makes a private key that all containers share");
        cx.report(generated.word.span, message)
            .help("generate it when the container starts, or hand it in as a secret");
    }
}

/// Whether a path says that what it holds is for tests.
fn is_test(path: &str) -> bool {
    path.split(['/', '\\'])
        .any(|part| matches!(part, "test" | "tests" | "testdata" | "fixtures"))
}

fn generated<'a>(invocation: &Invocation<'a>) -> Option<Generated<'a>> {
    match invocation.name()? {
        "ssh-keygen" => ssh_keygen(invocation),
        "dropbearkey" => Some(Generated {
            word: invocation.name_word(),
            path: behind(invocation, &["-f"]),
        })
        .filter(|_| invocation.flag("-y", &[]).is_none()),
        "dpkg-reconfigure" => {
            let word = invocation
                .args()
                .iter()
                .find(|word| word.is("openssh-server"))?;
            Some(Generated {
                word,
                path: Some("/etc/ssh/ssh_host_"),
            })
        }
        "openssl" => openssl(invocation),
        "keytool" => {
            let word = invocation
                .args()
                .iter()
                .find(|word| word.is("-genkeypair") || word.is("-genkey"))?;
            Some(Generated {
                word,
                path: behind(invocation, &["-keystore"]),
            })
        }
        "gpg" | "gpg2" => {
            const VERBS: [&str; 7] = [
                "--full-gen-key",
                "--full-generate-key",
                "--gen-key",
                "--generate-key",
                "--quick-gen-key",
                "--quick-generate-key",
                "--quick-add-key",
            ];
            let is_verb = |word: &&Word| word.literal().is_some_and(|text| VERBS.contains(&text));
            let word = invocation.args().iter().find(is_verb)?;
            Some(Generated {
                word,
                path: behind(invocation, &["--homedir"]),
            })
        }
        "wg" => {
            let word = invocation.args().first()?;
            word.is("genkey").then_some(Generated { word, path: None })
        }
        _ => None,
    }
}

/// Without an option that asks for something else, `ssh-keygen` makes a key.
fn ssh_keygen<'a>(invocation: &Invocation<'a>) -> Option<Generated<'a>> {
    const OPTIONS: &[&str] = &[
        "a", "b", "C", "E", "f", "I", "m", "N", "n", "O", "P", "t", "w",
    ];
    const OTHERS: [&str; 16] = [
        "B", "c", "D", "e", "F", "H", "i", "k", "K", "L", "l", "p", "Q", "R", "Y", "y",
    ];
    let asks_other = OTHERS
        .iter()
        .any(|name| invocation.flag(name, OPTIONS).is_some())
        || ["G", "M", "r", "s", "T"]
            .iter()
            .any(|name| invocation.flag(name, OPTIONS).is_some());
    if asks_other {
        return None;
    }
    let is_host = invocation.flag("A", OPTIONS).is_some();
    let makes = is_host
        || ["t", "f", "N"]
            .iter()
            .any(|name| invocation.flag(name, OPTIONS).is_some());
    makes.then_some(Generated {
        word: invocation.name_word(),
        path: if is_host {
            Some("/etc/ssh/ssh_host_")
        } else {
            behind(invocation, &["-f"])
        },
    })
}

fn openssl<'a>(invocation: &Invocation<'a>) -> Option<Generated<'a>> {
    let (verb, rest) = invocation.args().split_first()?;
    let has = |option: &str| rest.iter().any(|word| word.is(option));
    let is_key = match verb.literal()? {
        "genrsa" | "gendsa" => true,
        "genpkey" => !has("-genparam"),
        "ecparam" => has("-genkey"),
        // A request or certificate for a new key.
        "req" => {
            (has("-newkey") || has("-new") || has("-x509"))
                && !has("-key")
                && (has("-nodes") || has("-noenc"))
        }
        _ => false,
    };
    is_key.then_some(Generated {
        word: verb,
        path: behind(invocation, &["-keyout"]).or_else(|| behind(invocation, &["-out"])),
    })
}

/// The static beginning of the word behind one of these options.
fn behind<'a>(invocation: &Invocation<'a>, options: &[&str]) -> Option<&'a str> {
    invocation.args().windows(2).find_map(|pair| {
        let [option, word] = pair else { return None };
        let is_option = option
            .literal()
            .is_some_and(|option| options.contains(&option));
        is_option.then(|| word.leading_piece())
    })
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn the_command_that_makes_the_key_is_marked() {
        dockerfile(
            "secret-generated-in-image",
            r#"
FROM debian:13
RUN ssh-keygen -q -t ed25519 -N '' -f /root/.ssh/id && openssl \
#   ^^^^^^^^^^ `ssh-keygen` makes a private key that all containers share
  genpkey -algorithm ed25519 -out /a.key
# ^^^^^^^ `openssl` makes a private key
RUN dpkg-reconfigure openssh-server && gpg --batch --gen-key params
#                    ^^^^^^^^^^^^^^ `dpkg-reconfigure` makes
#                                                  ^^^^^^^^^ `gpg` makes
RUN sudo openssl req -x509 -nodes -newkey rsa:2048 -keyout a.key -out a.crt
#                ^^^ `openssl` makes
RUN keytool -genkey -keystore /b.jks && wg genkey > /c
#           ^^^^^^^ `keytool` makes
#                                          ^^^^^^ `wg` makes
"#,
        );
    }

    #[test]
    fn what_is_gone_or_public_is_silent() {
        for command in [
            "dpkg-reconfigure openssh-server; rm -f /etc/ssh/ssh_host_*_key*",
            "ssh-keygen -t rsa -f /k -N '' && use && rm -f /k /k.pub",
            "openssl genrsa -out $D/a.key && rm -r $D",
            "openssl genrsa -out /src/tests/a.key 2048",
            "openssl req -new -key /run/secrets/k -nodes -out /a.csr",
            "openssl req -x509 -newkey rsa:2048 -keyout /a.key -passout file:/p",
            "openssl genpkey -genparam -algorithm DH -out /dh",
            "openssl rsa -in a -out b",
            "ssh-keygen -lf /k.pub",
            "ssh-keygen -y -f /k",
            "ssh-keygen -F example.com",
            "keytool -importcert -keystore /k",
            "gpg --recv-keys A",
            "echo ssh-keygen -A",
        ] {
            dockerfile(
                "secret-generated-in-image",
                &format!("FROM a\nRUN {command}\n"),
            );
        }
        dockerfile(
            "secret-generated-in-image",
            "FROM a\nRUN --mount=type=cache,target=/keys openssl genrsa -out /keys/a.key\n",
        );
    }
}
