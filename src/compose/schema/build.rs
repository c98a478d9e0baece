//! How an image is built.

use super::grant::SECRET_GRANTS;
use super::shapes::{
    ANY_TEXT, EXTRA_HOSTS, FLAG, KEPT_TEXTS, PAIRS, PATH, PLATFORMS, SCALAR, TEXT_OR_TEXTS,
    VARIABLES, WHOLE_BYTES,
};
use super::{
    Form, Key, Names, Object, Repeated, Shape, Types, entries, key, mapping, object, text, word,
};

/// `build` in its long form.
pub static BUILD: Object = object("`build`", &[BUILD_KEYS]);

static BUILD_KEYS: &[Key] = &[
    key(
        "additional_contexts",
        &CONTEXTS,
        "More contexts by name, for FROM and COPY --from.",
    )
    .since("2.17.0"),
    key("args", &VARIABLES, "Values for the Dockerfile's ARGs."),
    key(
        "cache_from",
        &KEPT_TEXTS,
        "Where cached layers are looked for.",
    ),
    key(
        "cache_to",
        &KEPT_TEXTS,
        "Where layers are stored for later builds.",
    ),
    key(
        "context",
        &PATH,
        "Directory or git repository with the sources; `.` by default.",
    ),
    key("dockerfile", &PATH, "Dockerfile, relative to the context."),
    key(
        "dockerfile_inline",
        &ANY_TEXT,
        "The Dockerfile itself. Compose replaces variables in it first.",
    )
    .since("2.17.0"),
    key(
        "entitlements",
        &ENTITLEMENTS,
        "Privileges that the build may ask for.",
    )
    .since("2.27.1"),
    key(
        "extra_hosts",
        &EXTRA_HOSTS,
        "Lines for `/etc/hosts` during the build.",
    ),
    key(
        "isolation",
        &ANY_TEXT,
        "Isolation technology of the build (Windows).",
    ),
    key("labels", &PAIRS, "Labels of the image."),
    key(
        "network",
        &NETWORK,
        "Network during the build: `none`, `host` or a name.",
    ),
    key("no_cache", &FLAG, "Build every layer anew."),
    key(
        "no_cache_filter",
        &TEXT_OR_TEXTS,
        "Stages that are built anew.",
    )
    .since("5.0.0"),
    key("platforms", &PLATFORMS, "Platforms to build for.").since("2.10.0"),
    key("privileged", &FLAG, "Run the build with more privileges.").since("2.15.0"),
    key(
        "provenance",
        &ATTESTATION,
        "Attach a statement of how the image was built.",
    )
    .since("2.39.0"),
    key("pull", &FLAG, "Ask the registry for newer base images."),
    key(
        "sbom",
        &ATTESTATION,
        "Attach a list of the image's packages.",
    )
    .since("2.39.0"),
    key(
        "secrets",
        &SECRET_GRANTS,
        "Secrets that RUN --mount=type=secret can use.",
    ),
    key(
        "shm_size",
        &WHOLE_BYTES,
        "Size of `/dev/shm` during the build.",
    ),
    key(
        "ssh",
        &SSH,
        "SSH agents and keys that RUN --mount=type=ssh can use.",
    ),
    key("tags", &TAGS, "More names for the image."),
    key("target", &ANY_TEXT, "Stage of the Dockerfile to build."),
    key(
        "ulimits",
        &BUILD_ULIMITS,
        "Resource limits during the build.",
    )
    .since("2.23.1"),
];

static ATTESTATION: Shape = word(Types::TEXT.and(Types::BOOL), None, Form::Any);
static NETWORK: Shape = text(Form::Usually(&["default", "host", "none"]));
static ENTITLEMENT: Shape = text(Form::Usually(&[
    "network.host",
    "security.insecure",
    "device",
]));
static ENTITLEMENTS: Shape = super::list(&ENTITLEMENT, Repeated::Kept);
static TAGS: Shape = super::list(&ANY_TEXT, Repeated::Dropped);
static CONTEXT: Shape = text(Form::FullPair);
/// The schema allows other scalars; the program then crashes.
static CONTEXTS: Shape =
    entries(Names::Any, &ANY_TEXT).or_list(&CONTEXT, Repeated::DroppedInServices);
static SSH_KEY: Shape = text(Form::SshKey);
static SSH: Shape = entries(Names::Any, &SCALAR).or_list(&SSH_KEY, Repeated::Refused);

/// Unlike a service's ulimits these are not cast, so that text is refused.
static BUILD_ULIMIT: Object = object("a ulimit", &[BUILD_ULIMIT_KEYS]).requires(&["soft", "hard"]);
static BUILD_ULIMIT_KEYS: &[Key] = &[
    key(
        "hard",
        &WHOLE,
        "Highest value to which a process may raise the limit.",
    ),
    key("soft", &WHOLE, "Limit that is enforced."),
];
static WHOLE: Shape = word(Types::INT, None, Form::Any);
static BUILD_ULIMIT_SHAPE: Shape = mapping(&BUILD_ULIMIT).or_word(Types::INT, None, Form::Any);
static BUILD_ULIMITS: Shape = entries(Names::Any, &BUILD_ULIMIT_SHAPE);
