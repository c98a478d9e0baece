//! What instructions, flags and fields of mounts mean, in a sentence or two: for hover, completion and signatures.
//!
//! Source of every fact: the Dockerfile reference, <https://docs.docker.com/reference/dockerfile/>.

use crate::dockerfile::keyword::Keyword;
use crate::dockerfile::mount::MountKey;

/// What there is to say of an instruction.
#[derive(Clone, Copy, Debug)]
pub struct InstructionWords {
    /// What it does.
    pub doc: &'static str,
    /// Its forms, each with its parameters.
    pub forms: &'static [Form],
}

/// A form of an instruction.
#[derive(Clone, Copy, Debug)]
pub struct Form {
    /// How it is written.
    pub label: &'static str,
    /// The parts of the label that are filled in, each with what it means.
    pub parameters: &'static [(&'static str, &'static str)],
}

/// What there is to say of a flag.
#[derive(Clone, Copy, Debug)]
pub struct FlagWords {
    /// Its name, without `--`.
    pub name: &'static str,
    /// What it does.
    pub doc: &'static str,
    /// Values that are often or always used.
    pub values: &'static [&'static str],
    /// Whether it stands alone, without a value.
    pub is_switch: bool,
}

const fn form(label: &'static str, parameters: &'static [(&'static str, &'static str)]) -> Form {
    Form { label, parameters }
}

const fn flag(name: &'static str, doc: &'static str, values: &'static [&'static str]) -> FlagWords {
    FlagWords {
        name,
        doc,
        values,
        is_switch: false,
    }
}

const fn switch(name: &'static str, doc: &'static str) -> FlagWords {
    FlagWords {
        name,
        doc,
        values: &[],
        is_switch: true,
    }
}

const COMMAND: (&str, &str) = ("command", "Text for the shell.");
const EXECUTABLE: (&str, &str) = ("\"executable\"", "The program, started without a shell.");
const PARAMETERS: (&str, &str) = ("\"param\"", "Its arguments, each in double quotes.");
const FLAGS: (&str, &str) = ("[flags]", "Settings of the form `--name=value`.");
const SOURCES: (&str, &str) = (
    "source…",
    "Files and folders of the build context, or patterns.",
);
const DESTINATION: (&str, &str) = (
    "destination",
    "Where they go in the image; a folder ends with `/`.",
);

/// What there is to say of an instruction.
pub fn instruction(keyword: Keyword) -> InstructionWords {
    let (doc, forms): (&'static str, &'static [Form]) = match keyword {
        Keyword::Add => (
            "Adds files of the build context, of a web address or of a Git repository to the image. Local archives are unpacked.",
            const {
                &[form(
                    "ADD [flags] source… destination",
                    &[
                        FLAGS,
                        (
                            "source…",
                            "Files of the build context, web addresses or Git repositories.",
                        ),
                        DESTINATION,
                    ],
                )]
            },
        ),
        Keyword::Arg => (
            "Declares an argument of the build, which `--build-arg` or Compose's `build.args` sets. It does not stay in the image as a variable, but its value can be seen in the image's history.",
            const {
                &[form(
                    "ARG name[=default]",
                    &[
                        ("name", "How the argument is called."),
                        ("default", "Its value when nobody sets it."),
                    ],
                )]
            },
        ),
        Keyword::Cmd => (
            "What a container runs unless it is told otherwise, or the default arguments of `ENTRYPOINT`. The last one of the file counts.",
            const {
                &[
                    form(
                        "CMD [\"executable\", \"param\"…]",
                        &[EXECUTABLE, PARAMETERS],
                    ),
                    form("CMD command", &[COMMAND]),
                ]
            },
        ),
        Keyword::Copy => (
            "Copies files of the build context, of another stage or of an image.",
            const {
                &[form(
                    "COPY [flags] source… destination",
                    &[FLAGS, SOURCES, DESTINATION],
                )]
            },
        ),
        Keyword::Entrypoint => (
            "The program that a container is. The words of `CMD` or of the command line are its arguments if it is written as an array.",
            const {
                &[
                    form(
                        "ENTRYPOINT [\"executable\", \"param\"…]",
                        &[EXECUTABLE, PARAMETERS],
                    ),
                    form("ENTRYPOINT command", &[COMMAND]),
                ]
            },
        ),
        Keyword::Env => (
            "Sets variables, for the instructions that follow and for the containers of the image.",
            const {
                &[form(
                    "ENV key=value…",
                    &[
                        ("key", "How the variable is called."),
                        ("value", "Its value; blanks in it need quotes."),
                    ],
                )]
            },
        ),
        Keyword::Expose => (
            "Says on which ports the program listens. It publishes nothing.",
            const {
                &[form(
                    "EXPOSE port[/protocol]…",
                    &[
                        ("port", "A port or a range such as `8000-8010`."),
                        ("protocol", "`tcp`, the default, or `udp`."),
                    ],
                )]
            },
        ),
        Keyword::From => (
            "Begins a stage with an image, an earlier stage or nothing (`scratch`).",
            const {
                &[form(
                    "FROM [--platform=platform] image [AS name]",
                    &[
                        (
                            "--platform=platform",
                            "Which variant of the image, such as `linux/arm64`.",
                        ),
                        ("image", "An image, an earlier stage or `scratch`."),
                        ("name", "A name for the stage."),
                    ],
                )]
            },
        ),
        Keyword::Healthcheck => (
            "How Docker finds out whether a container works. Exit status 0 means yes, 1 means no.",
            const {
                &[
                    form(
                        "HEALTHCHECK [flags] CMD command",
                        &[FLAGS, ("command", "Text for the shell, or an array.")],
                    ),
                    form("HEALTHCHECK NONE", &[]),
                ]
            },
        ),
        Keyword::Label => (
            "Notes facts about the image as keys and values.",
            const {
                &[form(
                    "LABEL key=value…",
                    &[
                        (
                            "key",
                            "How the fact is called, such as `org.opencontainers.image.source`.",
                        ),
                        ("value", "The fact; blanks in it need quotes."),
                    ],
                )]
            },
        ),
        Keyword::Maintainer => (
            "Deprecated: use `LABEL org.opencontainers.image.authors=…`.",
            const {
                &[form(
                    "MAINTAINER name",
                    &[("name", "Who looks after the image.")],
                )]
            },
        ),
        Keyword::Onbuild => (
            "An instruction for later: it is carried out when another image is built on this one.",
            const {
                &[form(
                    "ONBUILD instruction",
                    &[("instruction", "Any but `FROM`, `MAINTAINER` and `ONBUILD`.")],
                )]
            },
        ),
        Keyword::Run => (
            "Runs a command during the build and keeps what it changes as a layer.",
            const {
                &[
                    form("RUN [flags] command", &[FLAGS, COMMAND]),
                    form(
                        "RUN [flags] [\"executable\", \"param\"…]",
                        &[FLAGS, EXECUTABLE, PARAMETERS],
                    ),
                ]
            },
        ),
        Keyword::Shell => (
            "The shell for commands that are written as text, here and in images built on this one.",
            const {
                &[form(
                    "SHELL [\"executable\", \"param\"…]",
                    &[EXECUTABLE, PARAMETERS],
                )]
            },
        ),
        Keyword::StopSignal => (
            "The signal that asks a container to end; `SIGTERM` unless something else is set.",
            const {
                &[form(
                    "STOPSIGNAL signal",
                    &[("signal", "A name such as `SIGQUIT`, or a number.")],
                )]
            },
        ),
        Keyword::User => (
            "Who runs the commands that follow and the containers of the image.",
            const {
                &[form(
                    "USER user[:group]",
                    &[
                        ("user", "A name that the image knows, or a number."),
                        ("group", "A name or a number; then no other group counts."),
                    ],
                )]
            },
        ),
        Keyword::Volume => (
            "Marks folders whose contents live outside the image. Changes that later instructions make there may be lost.",
            const {
                &[form(
                    "VOLUME path…",
                    &[("path…", "Folders of the image; as words or as an array.")],
                )]
            },
        ),
        Keyword::Workdir => (
            "The folder of the instructions that follow and of the containers. It is made if it is not there.",
            const {
                &[form(
                    "WORKDIR path",
                    &[("path", "A folder; a relative one begins at the one before.")],
                )]
            },
        ),
    };
    InstructionWords { doc, forms }
}

/// The page that describes an instruction.
pub fn instruction_page(keyword: Keyword) -> String {
    let anchor = keyword.as_str().to_ascii_lowercase();
    format!("https://docs.docker.com/reference/dockerfile/#{anchor}")
}

const CHMOD: FlagWords = flag(
    "chmod",
    "The mode of what is copied: octal, or symbolic such as `u=rwX,go=rX`.",
    &["0644", "0755", "u=rwX,go=rX"],
);
const CHOWN: FlagWords = flag(
    "chown",
    "The owner of what is copied, and the group behind a colon.",
    &[],
);
const EXCLUDE: FlagWords = flag(
    "exclude",
    "A pattern of files that are left out. May be repeated.",
    &[],
);
const LINK: FlagWords = switch(
    "link",
    "Makes a layer that does not depend on the ones below, so that it stays when they change.",
);

/// The flags of an instruction.
pub fn flags(keyword: Keyword) -> &'static [FlagWords] {
    match keyword {
        Keyword::Add => {
            const {
                &[
                    flag(
                        "checksum",
                        "The digest that the download must have.",
                        &["sha256:"],
                    ),
                    CHMOD,
                    CHOWN,
                    EXCLUDE,
                    switch(
                        "keep-git-dir",
                        "Keeps the `.git` folder of a Git repository.",
                    ),
                    LINK,
                    switch(
                        "unpack",
                        "Whether an archive is unpacked, be it local or not.",
                    ),
                ]
            }
        }
        Keyword::Copy => {
            const {
                &[
                    CHMOD,
                    CHOWN,
                    EXCLUDE,
                    flag(
                        "from",
                        "The stage, image or named context to copy from.",
                        &[],
                    ),
                    LINK,
                    switch("parents", "Keeps the folders of the source's path."),
                ]
            }
        }
        Keyword::From => {
            const {
                &[flag(
                    "platform",
                    "Which variant of the image is taken.",
                    &[
                        "$BUILDPLATFORM",
                        "$TARGETPLATFORM",
                        "linux/amd64",
                        "linux/arm64",
                        "linux/arm/v7",
                    ],
                )]
            }
        }
        Keyword::Healthcheck => {
            const {
                &[
                    flag(
                        "interval",
                        "The time between two checks; 30 s by default.",
                        &["30s", "1m"],
                    ),
                    flag(
                        "retries",
                        "After how many failures in a row the container counts as unhealthy; 3 by default.",
                        &["3"],
                    ),
                    flag(
                        "start-interval",
                        "The time between two checks while the container starts; 5 s by default.",
                        &["5s"],
                    ),
                    flag(
                        "start-period",
                        "How long failures do not count; 0 s by default.",
                        &["10s", "30s"],
                    ),
                    flag(
                        "timeout",
                        "How long one check may take; 30 s by default.",
                        &["5s", "10s"],
                    ),
                ]
            }
        }
        Keyword::Run => {
            const {
                &[
                    flag("device", "A device of the builder, by its CDI name.", &[]),
                    flag(
                        "mount",
                        "Attaches files to this one command: `type=bind`, `cache`, `tmpfs`, `secret` or `ssh`.",
                        &[
                            "type=bind,target=",
                            "type=cache,target=",
                            "type=secret,id=",
                            "type=ssh",
                            "type=tmpfs,target=",
                        ],
                    ),
                    flag(
                        "network",
                        "Which network the command has.",
                        &["default", "none", "host"],
                    ),
                    flag(
                        "security",
                        "Whether the command runs without the sandbox.",
                        &["sandbox", "insecure"],
                    ),
                ]
            }
        }
        _ => &[],
    }
}

/// What a field of `RUN --mount` means.
pub fn mount_key(key: MountKey) -> &'static str {
    match key {
        MountKey::Type => "What is attached: `bind`, `cache`, `tmpfs`, `secret` or `ssh`.",
        MountKey::From => "The stage, image or named context that the files come from.",
        MountKey::Source => "The path there; its root by default.",
        MountKey::Target => "Where it is attached in the container of the build.",
        MountKey::ReadOnly => "Nothing can be written to it.",
        MountKey::ReadWrite => "It can be written to; for `bind` what is written is thrown away.",
        MountKey::Id => "Which cache, secret or agent; two with the same name are the same.",
        MountKey::Sharing => {
            "Whether several builds may use a cache at once: `shared`, `private` or `locked`."
        }
        MountKey::Required => "The build fails if the secret or agent is not given to it.",
        MountKey::Size => "The most bytes of a `tmpfs`.",
        MountKey::Mode => "The file mode, in octal.",
        MountKey::Uid => "The number of the owner.",
        MountKey::Gid => "The number of the group.",
        MountKey::Env => "The variable that a secret is put in, in place of or beside a file.",
    }
}

/// What a parser directive means.
pub fn directive(name: &str) -> Option<&'static str> {
    Some(match name {
        "syntax" => {
            "The image that reads the Dockerfile; `docker/dockerfile:1` brings the newest stable grammar."
        }
        "escape" => "The character that joins lines and protects characters: `\\` or `` ` ``.",
        "check" => {
            "Which build checks are skipped (`skip=…`), and whether they fail the build (`error=true`)."
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_stand_in_their_labels() {
        for keyword in Keyword::ALL {
            let words = instruction(keyword);
            assert!(!words.doc.is_empty() && !words.forms.is_empty());
            for form in words.forms {
                assert!(form.label.starts_with(keyword.as_str()), "{}", form.label);
                for (parameter, _) in form.parameters {
                    assert!(
                        form.label.contains(parameter),
                        "{parameter} in {}",
                        form.label
                    );
                }
            }
        }
    }

    #[test]
    fn every_flag_is_explained() {
        for keyword in Keyword::ALL {
            let known = crate::dockerfile::parse::flags::flag_names(keyword);
            let mut known: Vec<&str> = known.collect();
            let mut ours: Vec<&str> = flags(keyword).iter().map(|flag| flag.name).collect();
            known.sort_unstable();
            ours.sort_unstable();
            assert_eq!(ours, known, "{keyword:?}");
        }
    }
}
