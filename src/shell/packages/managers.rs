//! The table of package managers: one row for each.
//!
//! Sources: apt-get(8), apt(8), apk(8) of apk-tools, yum(8), dnf(8) and dnf5(8), zypper(8), `pip help`,
//! `uv help`, docs.npmjs.com, classic.yarnpkg.com and yarnpkg.com, pnpm.io, bun.sh/docs, `gem help`,
//! `go help install`, doc.rust-lang.org/cargo, getcomposer.org/doc, docs.conda.io.

use crate::shell::invocation::Values;

/// What is known of a package manager.
#[derive(Debug)]
pub struct Manager {
    /// What it is called in messages: its program.
    pub name: &'static str,
    /// Managers of one system share packages, caches and settings.
    pub system: System,
    /// Further names of its program. A version behind a name (`pip3.12`, `dnf5`) does not matter.
    pub programs: &'static [&'static str],
    /// What it can be asked to do; `pip install` is a verb of two words. The first row that fits counts.
    pub verbs: &'static [(&'static str, Action)],
    /// What it does without any verb.
    pub bare: Option<Action>,
    /// Options that take a value, without dashes.
    pub with_value: Values<'static>,
    /// Whether one dash also begins long options, as in Go: `-tags x`.
    pub is_one_dash_long: bool,
    /// Options with which it does not ask, without dashes. Empty for one that never asks.
    pub yes: &'static [&'static str],
    /// Options with which it changes nothing, so that it never asks.
    pub dry: &'static [&'static str],
    /// How its packages are written.
    pub syntax: Syntax,
    /// Where it keeps what it knows about packages. `~` is the home of any user.
    pub lists: &'static [&'static str],
    /// Where it keeps what it has downloaded.
    pub caches: &'static [&'static str],
}

/// Which world of packages a manager belongs to.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum System {
    /// Debian packages.
    Apt,
    /// Alpine packages.
    Apk,
    /// RPM packages by yum and its successors.
    Dnf,
    /// RPM packages by zypper.
    Zypper,
    /// Python packages by pip.
    Pip,
    /// Python packages by uv.
    Uv,
    /// Node packages by npm.
    Npm,
    /// Node packages by yarn.
    Yarn,
    /// Node packages by pnpm.
    Pnpm,
    /// Node packages by bun.
    Bun,
    /// Ruby packages.
    Gem,
    /// Go modules.
    Go,
    /// Rust crates.
    Cargo,
    /// PHP packages.
    Composer,
    /// conda packages.
    Conda,
}

/// What a manager is asked to do.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Action {
    /// Installs the packages behind the verb.
    Install,
    /// Installs what a file of the project says: `npm ci`.
    Sync,
    /// Fetches lists of packages.
    Refresh,
    /// Brings packages up to date: those behind the verb, or all.
    Upgrade,
    /// Moves to another release of the distribution, or does what that takes.
    Release,
    /// Removes packages.
    Remove,
    /// Installs what building the packages behind the verb takes.
    BuildDependencies,
    /// Fetches packages without installing them.
    Download,
    /// Deletes what was downloaded.
    Clean,
    /// Deletes what was downloaded and the lists.
    CleanAll,
    /// Anything else.
    Other,
}

/// How a manager's packages are written.
#[derive(Debug)]
pub struct Syntax {
    /// The characters between name and version, of which a run is an operator: `=`, `>=`.
    pub operators: &'static str,
    /// Whether a version can stand behind a dash: `nginx-1.2`.
    pub has_dash: bool,
    /// Endings of files that are packages.
    pub archives: &'static [&'static str],
    /// What a slash inside means.
    pub slash: Slash,
    /// What begins the name of a group of packages.
    pub group: Option<char>,
}

/// What a slash inside the word for a package means.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Slash {
    /// It is part of the name.
    Name,
    /// The word is a path.
    Path,
    /// The word names a repository: `user/project`.
    Repository,
}

/// A setting that a file can make for good, so that commands need no option.
#[derive(Debug)]
pub struct Setting {
    /// Whose setting it is.
    pub system: System,
    /// The file, or the beginning of its path. `~` is the home of any user.
    pub file: &'static str,
    /// A part of its name that tells it from others, in lower case.
    pub key: &'static str,
    /// What it does.
    pub effect: Effect,
    /// The variable that names another file.
    pub variable: &'static str,
    /// Programs that write the file when they are told to `config`.
    pub setters: &'static [&'static str],
}

/// What a setting does.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Effect {
    /// Nothing is asked any more.
    AssumesYes,
    /// Whether recommended packages are installed is decided.
    DecidesRecommends,
    /// Downloads are not kept.
    KeepsNoCache,
}

/// The managers that are known.
pub const MANAGERS: &[Manager] = &[
    Manager {
        name: "apt-get",
        ..APT
    },
    Manager { name: "apt", ..APT },
    Manager {
        name: "apk",
        system: System::Apk,
        verbs: &[
            ("add", Action::Install),
            ("update", Action::Refresh),
            ("upgrade", Action::Upgrade),
            ("fix", Action::Other),
            ("del", Action::Remove),
            ("fetch", Action::Download),
            ("cache", Action::Clean),
        ],
        with_value: Values::of(&[
            "X",
            "repository",
            "p",
            "root",
            "t",
            "virtual",
            "arch",
            "cache-dir",
            "cache-max-age",
            "keys-dir",
            "progress-fd",
            "repositories-file",
            "timeout",
            "wait",
        ]),
        syntax: Syntax {
            operators: "=~<>",
            archives: &[".apk"],
            ..Syntax::NAMES
        },
        lists: &["/var/cache/apk", "/etc/apk/cache"],
        caches: &["/var/cache/apk", "/etc/apk/cache"],
        ..Manager::NONE
    },
    Manager { name: "yum", ..DNF },
    Manager { name: "dnf", ..DNF },
    Manager {
        name: "microdnf",
        ..DNF
    },
    Manager {
        name: "tdnf",
        ..DNF
    },
    Manager {
        name: "zypper",
        system: System::Zypper,
        verbs: &[
            ("install", Action::Install),
            ("in", Action::Install),
            ("source-install", Action::BuildDependencies),
            ("si", Action::BuildDependencies),
            ("refresh", Action::Refresh),
            ("ref", Action::Refresh),
            ("update", Action::Upgrade),
            ("up", Action::Upgrade),
            ("patch", Action::Upgrade),
            ("dist-upgrade", Action::Release),
            ("dup", Action::Release),
            ("remove", Action::Remove),
            ("rm", Action::Remove),
            ("clean", Action::CleanAll),
            ("cc", Action::CleanAll),
            ("download", Action::Download),
        ],
        with_value: Values::of(&[
            "C",
            "cache-dir",
            "c",
            "config",
            "D",
            "reposd-dir",
            "p",
            "plus-repo",
            "plus-content",
            "R",
            "root",
            "installroot",
            "from",
            "r",
            "repo",
            "t",
            "type",
            "userdata",
            "pkg-cache-dir",
            "raw-cache-dir",
            "solv-cache-dir",
        ]),
        yes: &["n", "non-interactive", "y", "no-confirm", "quiet-install"],
        dry: &["D", "dry-run", "d", "download-only", "download"],
        syntax: Syntax {
            operators: "=<>",
            has_dash: true,
            archives: &[".rpm"],
            ..Syntax::NAMES
        },
        lists: &["/var/cache/zypp"],
        caches: &["/var/cache/zypp"],
        ..Manager::NONE
    },
    Manager { name: "pip", ..PIP },
    Manager {
        name: "pipx",
        verbs: &[
            ("install", Action::Install),
            ("inject", Action::Other),
            ("upgrade", Action::Upgrade),
            ("uninstall", Action::Remove),
        ],
        with_value: Values::of(&[
            "index-url",
            "i",
            "pip-args",
            "python",
            "suffix",
            "preinstall",
            "backend",
        ]),
        ..PIP
    },
    Manager {
        name: "uv",
        system: System::Uv,
        verbs: &[
            ("pip install", Action::Install),
            ("pip sync", Action::Sync),
            ("pip uninstall", Action::Remove),
            ("tool install", Action::Install),
            ("tool upgrade", Action::Upgrade),
            ("tool uninstall", Action::Remove),
            ("add", Action::Install),
            ("remove", Action::Remove),
            ("sync", Action::Sync),
            ("cache clean", Action::Clean),
            ("cache prune", Action::Clean),
            ("clean", Action::Clean),
        ],
        with_value: Values::of(&[
            "r",
            "requirement",
            "requirements",
            "c",
            "constraint",
            "constraints",
            "override",
            "overrides",
            "b",
            "build-constraint",
            "build-constraints",
            "e",
            "editable",
            "i",
            "index-url",
            "index",
            "default-index",
            "extra-index-url",
            "f",
            "find-links",
            "index-strategy",
            "keyring-provider",
            "P",
            "upgrade-package",
            "reinstall-package",
            "refresh-package",
            "resolution",
            "prerelease",
            "fork-strategy",
            "C",
            "config-setting",
            "config-settings",
            "no-build-isolation-package",
            "exclude-newer",
            "link-mode",
            "no-binary",
            "only-binary",
            "no-binary-package",
            "no-build-package",
            "p",
            "python",
            "python-version",
            "python-platform",
            "torch-backend",
            "t",
            "target",
            "prefix",
            "extra",
            "no-extra",
            "group",
            "no-group",
            "only-group",
            "optional",
            "package",
            "with",
            "with-editable",
            "with-requirements",
            "w",
            "from",
            "branch",
            "tag",
            "rev",
            "script",
            "cache-dir",
            "directory",
            "project",
            "config-file",
            "allow-insecure-host",
            "trusted-host",
            "color",
        ]),
        syntax: Syntax::PYTHON,
        caches: &["~/.cache/uv"],
        ..Manager::NONE
    },
    Manager {
        name: "npm",
        system: System::Npm,
        verbs: &[
            ("install", Action::Install),
            ("i", Action::Install),
            ("in", Action::Install),
            ("ins", Action::Install),
            ("inst", Action::Install),
            ("isntall", Action::Install),
            ("add", Action::Install),
            ("ci", Action::Sync),
            ("clean-install", Action::Sync),
            ("ic", Action::Sync),
            ("install-clean", Action::Sync),
            ("update", Action::Upgrade),
            ("up", Action::Upgrade),
            ("upgrade", Action::Upgrade),
            ("uninstall", Action::Remove),
            ("rm", Action::Remove),
            ("remove", Action::Remove),
            ("cache clean", Action::Clean),
            ("cache clear", Action::Clean),
            ("cache rm", Action::Clean),
        ],
        with_value: Values::of(&[
            "prefix",
            "C",
            "registry",
            "reg",
            "cache",
            "userconfig",
            "globalconfig",
            "loglevel",
            "w",
            "workspace",
            "omit",
            "include",
            "only",
            "tag",
            "install-strategy",
            "fetch-retries",
            "fetch-timeout",
            "fetch-retry-mintimeout",
            "fetch-retry-maxtimeout",
            "maxsockets",
            "network-timeout",
            "before",
            "cafile",
            "script-shell",
            "proxy",
            "https-proxy",
            "cpu",
            "os",
            "libc",
            "python",
        ]),
        syntax: Syntax::NODE,
        caches: &["~/.npm"],
        ..Manager::NONE
    },
    Manager {
        name: "yarn",
        system: System::Yarn,
        programs: &["yarnpkg"],
        verbs: &[
            ("global add", Action::Install),
            ("global remove", Action::Remove),
            ("global upgrade", Action::Upgrade),
            ("add", Action::Install),
            ("install", Action::Sync),
            ("upgrade", Action::Upgrade),
            ("up", Action::Upgrade),
            ("remove", Action::Remove),
            ("cache clean", Action::Clean),
        ],
        bare: Some(Action::Sync),
        with_value: Values::of(&[
            "cwd",
            "registry",
            "cache-folder",
            "preferred-cache-folder",
            "modules-folder",
            "global-folder",
            "link-folder",
            "prefix",
            "mutex",
            "network-timeout",
            "network-concurrency",
            "child-concurrency",
            "proxy",
            "https-proxy",
            "use-yarnrc",
            "offline-mirror",
            "otp",
            "mode",
        ]),
        syntax: Syntax::NODE,
        // For root, Yarn 1 takes `/usr/local/share` for the home (`src/util/user-home-dir.js`).
        caches: &["/usr/local/share/.cache/yarn", "~/.cache/yarn", "~/.yarn"],
        ..Manager::NONE
    },
    Manager {
        name: "pnpm",
        system: System::Pnpm,
        verbs: &[
            ("add", Action::Install),
            ("install", Action::Sync),
            ("i", Action::Sync),
            ("ci", Action::Sync),
            ("update", Action::Upgrade),
            ("up", Action::Upgrade),
            ("upgrade", Action::Upgrade),
            ("remove", Action::Remove),
            ("rm", Action::Remove),
            ("store prune", Action::Clean),
        ],
        with_value: Values::of(&[
            "C",
            "dir",
            "F",
            "filter",
            "filter-prod",
            "registry",
            "store-dir",
            "virtual-store-dir",
            "modules-dir",
            "global-dir",
            "reporter",
            "loglevel",
            "network-concurrency",
            "child-concurrency",
            "allow-build",
        ]),
        syntax: Syntax::NODE,
        caches: &[
            "~/.local/share/pnpm/store",
            "~/.pnpm-store",
            "~/.cache/pnpm",
        ],
        ..Manager::NONE
    },
    Manager {
        name: "bun",
        system: System::Bun,
        verbs: &[
            ("add", Action::Install),
            ("a", Action::Install),
            ("install", Action::Install),
            ("i", Action::Install),
            ("update", Action::Upgrade),
            ("remove", Action::Remove),
            ("rm", Action::Remove),
            ("pm cache rm", Action::Clean),
        ],
        with_value: Values::of(&[
            "c",
            "config",
            "cwd",
            "registry",
            "cache-dir",
            "backend",
            "omit",
            "filter",
        ]),
        syntax: Syntax::NODE,
        caches: &["~/.bun/install/cache"],
        ..Manager::NONE
    },
    Manager {
        name: "gem",
        system: System::Gem,
        verbs: &[
            ("install", Action::Install),
            ("i", Action::Install),
            ("update", Action::Upgrade),
            ("uninstall", Action::Remove),
            ("fetch", Action::Download),
            ("cleanup", Action::Other),
        ],
        with_value: Values::of(&[
            "v",
            "version",
            "s",
            "source",
            "i",
            "install-dir",
            "n",
            "bindir",
            "platform",
            "P",
            "trust-policy",
            "build-root",
            "g",
            "file",
            "p",
            "http-proxy",
            "B",
            "bulk-threshold",
            "without",
            "config-file",
            "target-rbconfig",
        ]),
        syntax: Syntax {
            operators: ":",
            archives: &[".gem"],
            slash: Slash::Path,
            ..Syntax::NAMES
        },
        caches: &["~/.gem", "~/.local/share/gem"],
        ..Manager::NONE
    },
    Manager {
        name: "go",
        system: System::Go,
        verbs: &[
            ("install", Action::Install),
            ("get", Action::Install),
            ("mod download", Action::Sync),
            ("clean", Action::Clean),
        ],
        is_one_dash_long: true,
        with_value: Values::of(&[
            "C",
            "asmflags",
            "buildmode",
            "buildvcs",
            "compiler",
            "exec",
            "gccgoflags",
            "gcflags",
            "installsuffix",
            "ldflags",
            "mod",
            "modfile",
            "o",
            "overlay",
            "p",
            "pgo",
            "pkgdir",
            "tags",
            "toolexec",
        ]),
        syntax: Syntax {
            operators: "@",
            ..Syntax::NAMES
        },
        caches: &["~/go/pkg/mod", "/go/pkg/mod", "~/.cache/go-build"],
        ..Manager::NONE
    },
    Manager {
        name: "cargo",
        system: System::Cargo,
        verbs: &[
            ("install", Action::Install),
            ("add", Action::Install),
            ("fetch", Action::Sync),
            ("uninstall", Action::Remove),
        ],
        with_value: Values::of(&[
            "version",
            "vers",
            "git",
            "branch",
            "tag",
            "rev",
            "path",
            "root",
            "F",
            "features",
            "profile",
            "j",
            "jobs",
            "target",
            "target-dir",
            "index",
            "registry",
            "bin",
            "example",
            "config",
            "Z",
            "color",
            "C",
            "message-format",
        ]),
        syntax: Syntax {
            operators: "@",
            ..Syntax::NAMES
        },
        caches: &["~/.cargo/registry", "~/.cargo/git", "/usr/local/cargo"],
        ..Manager::NONE
    },
    Manager {
        name: "composer",
        system: System::Composer,
        programs: &["composer.phar"],
        verbs: &[
            ("global require", Action::Install),
            ("global update", Action::Upgrade),
            ("global remove", Action::Remove),
            ("require", Action::Install),
            ("install", Action::Sync),
            ("update", Action::Upgrade),
            ("upgrade", Action::Upgrade),
            ("remove", Action::Remove),
            ("clear-cache", Action::Clean),
            ("clearcache", Action::Clean),
            ("cc", Action::Clean),
        ],
        with_value: Values::of(&[
            "d",
            "working-dir",
            "prefer-install",
            "audit-format",
            "apcu-autoloader-prefix",
            "ignore-platform-req",
        ]),
        syntax: Syntax {
            operators: ":= ",
            ..Syntax::NAMES
        },
        caches: &["~/.composer/cache", "~/.cache/composer"],
        ..Manager::NONE
    },
    Manager {
        name: "conda",
        system: System::Conda,
        programs: &["mamba", "micromamba"],
        verbs: &[
            ("install", Action::Install),
            ("create", Action::Install),
            ("env create", Action::Sync),
            ("env update", Action::Sync),
            ("update", Action::Upgrade),
            ("upgrade", Action::Upgrade),
            ("remove", Action::Remove),
            ("uninstall", Action::Remove),
            ("clean", Action::Clean),
        ],
        with_value: Values::of(&[
            "n",
            "name",
            "p",
            "prefix",
            "c",
            "channel",
            "f",
            "file",
            "solver",
            "platform",
            "subdir",
            "r",
            "root-prefix",
            "revision",
            "clone",
            "rc-file",
            "repodata-fn",
        ]),
        yes: &["y", "yes"],
        dry: &["d", "dry-run", "download-only"],
        syntax: Syntax {
            operators: "=<>!~ ",
            archives: &[".conda", ".tar.bz2"],
            ..Syntax::NAMES
        },
        caches: &["/opt/conda/pkgs", "~/.conda/pkgs", "~/micromamba/pkgs"],
        ..Manager::NONE
    },
];

const APT: Manager = Manager {
    system: System::Apt,
    verbs: &[
        ("install", Action::Install),
        ("reinstall", Action::Install),
        ("update", Action::Refresh),
        ("upgrade", Action::Upgrade),
        ("dist-upgrade", Action::Release),
        ("full-upgrade", Action::Release),
        ("dselect-upgrade", Action::Upgrade),
        ("remove", Action::Remove),
        ("purge", Action::Remove),
        ("autoremove", Action::Remove),
        ("autopurge", Action::Remove),
        ("build-dep", Action::BuildDependencies),
        ("download", Action::Download),
        ("source", Action::Download),
        ("clean", Action::Clean),
        ("autoclean", Action::Clean),
        ("distclean", Action::CleanAll),
        ("dist-clean", Action::CleanAll),
    ],
    with_value: Values::of(&[
        "a",
        "c",
        "o",
        "t",
        "P",
        "build-profiles",
        "config-file",
        "default-release",
        "host-architecture",
        "option",
        "solver",
        "target-release",
        "planner",
    ]),
    yes: &["y", "yes", "assume-yes", "force-yes"],
    dry: &[
        "d",
        "download-only",
        "s",
        "simulate",
        "just-print",
        "dry-run",
        "recon",
        "no-act",
        "print-uris",
        "trivial-only",
    ],
    syntax: Syntax {
        operators: "=/",
        archives: &[".deb"],
        ..Syntax::NAMES
    },
    lists: &["/var/lib/apt/lists"],
    caches: &["/var/cache/apt"],
    ..Manager::NONE
};

const DNF: Manager = Manager {
    system: System::Dnf,
    verbs: &[
        ("module install", Action::Install),
        ("module enable", Action::Other),
        ("group install", Action::Install),
        ("groups install", Action::Install),
        ("install", Action::Install),
        ("in", Action::Install),
        ("localinstall", Action::Install),
        ("groupinstall", Action::Install),
        ("reinstall", Action::Install),
        ("install-n", Action::Install),
        ("install-na", Action::Install),
        ("install-nevra", Action::Install),
        ("downgrade", Action::Install),
        ("makecache", Action::Refresh),
        ("update", Action::Upgrade),
        ("up", Action::Upgrade),
        ("upgrade", Action::Upgrade),
        ("upgrade-minimal", Action::Upgrade),
        ("update-minimal", Action::Upgrade),
        ("update-to", Action::Upgrade),
        ("distro-sync", Action::Upgrade),
        ("distrosync", Action::Upgrade),
        ("system-upgrade", Action::Release),
        ("builddep", Action::BuildDependencies),
        ("build-dep", Action::BuildDependencies),
        ("group remove", Action::Remove),
        ("groupremove", Action::Remove),
        ("remove", Action::Remove),
        ("erase", Action::Remove),
        ("autoremove", Action::Remove),
        ("download", Action::Download),
        ("clean", Action::CleanAll),
    ],
    with_value: Values::of(&[
        "c",
        "config",
        "d",
        "debuglevel",
        "e",
        "errorlevel",
        "R",
        "randomwait",
        "x",
        "exclude",
        "excludepkgs",
        "disableexcludes",
        "disablerepo",
        "disable-repo",
        "enablerepo",
        "enable-repo",
        "disableplugin",
        "enableplugin",
        "installroot",
        "releasever",
        "repo",
        "repoid",
        "repofrompath",
        "rpmverbosity",
        "setopt",
        "forcearch",
        "advisory",
        "cve",
        "bz",
        "sec-severity",
        "destdir",
        "downloaddir",
        "comment",
    ]),
    yes: &["y", "assumeyes"],
    dry: &["downloadonly", "assumeno", "testonly"],
    syntax: Syntax {
        operators: "=<>",
        has_dash: true,
        archives: &[".rpm"],
        slash: Slash::Name,
        group: Some('@'),
    },
    lists: &[
        "/var/cache/dnf",
        "/var/cache/libdnf5",
        "/var/cache/yum",
        "/var/cache/tdnf",
    ],
    caches: &[
        "/var/cache/dnf",
        "/var/cache/libdnf5",
        "/var/cache/yum",
        "/var/cache/tdnf",
    ],
    ..Manager::NONE
};

const PIP: Manager = Manager {
    system: System::Pip,
    verbs: &[
        ("install", Action::Install),
        ("uninstall", Action::Remove),
        ("download", Action::Download),
        ("wheel", Action::Download),
        ("cache purge", Action::Clean),
        ("cache remove", Action::Clean),
    ],
    with_value: Values::of(&[
        "r",
        "requirement",
        "c",
        "constraint",
        "build-constraint",
        "e",
        "editable",
        "t",
        "target",
        "i",
        "index-url",
        "pypi-url",
        "extra-index-url",
        "f",
        "find-links",
        "trusted-host",
        "proxy",
        "platform",
        "python-version",
        "implementation",
        "abi",
        "root",
        "prefix",
        "src",
        "b",
        "build",
        "upgrade-strategy",
        "no-binary",
        "only-binary",
        "progress-bar",
        "cert",
        "client-cert",
        "cache-dir",
        "log",
        "timeout",
        "default-timeout",
        "retries",
        "exists-action",
        "global-option",
        "install-option",
        "build-option",
        "C",
        "config-settings",
        "python",
        "report",
        "use-feature",
        "use-deprecated",
        "root-user-action",
        "keyring-provider",
        "group",
        "w",
        "wheel-dir",
        "d",
        "dest",
    ]),
    syntax: Syntax::PYTHON,
    caches: &["~/.cache/pip"],
    ..Manager::NONE
};

/// The settings that rules ask for.
pub const SETTINGS: &[Setting] = &[
    Setting {
        key: "assume-yes",
        effect: Effect::AssumesYes,
        ..APT_CONF
    },
    Setting {
        key: "install-recommends",
        effect: Effect::DecidesRecommends,
        ..APT_CONF
    },
    Setting {
        file: "/etc/yum.conf",
        ..DNF_CONF
    },
    Setting {
        file: "/etc/dnf/",
        ..DNF_CONF
    },
    Setting {
        file: "/etc/pip.conf",
        ..PIP_CONF
    },
    Setting {
        file: "~/.pip/",
        ..PIP_CONF
    },
    Setting {
        file: "~/.config/pip/",
        ..PIP_CONF
    },
];

const APT_CONF: Setting = Setting {
    system: System::Apt,
    file: "/etc/apt/apt.conf",
    key: "",
    effect: Effect::AssumesYes,
    variable: "APT_CONFIG",
    setters: &[],
};

const DNF_CONF: Setting = Setting {
    system: System::Dnf,
    file: "",
    key: "assumeyes",
    effect: Effect::AssumesYes,
    variable: "",
    setters: &["yum-config-manager", "dnf"],
};

const PIP_CONF: Setting = Setting {
    system: System::Pip,
    file: "",
    key: "no-cache-dir",
    effect: Effect::KeepsNoCache,
    variable: "PIP_CONFIG_FILE",
    setters: &["pip"],
};

impl Manager {
    /// What a row need not say.
    const NONE: Manager = Manager {
        name: "",
        system: System::Apt,
        programs: &[],
        verbs: &[],
        bare: None,
        with_value: Values::of(&[]),
        is_one_dash_long: false,
        yes: &[],
        dry: &[],
        syntax: Syntax::NAMES,
        lists: &[],
        caches: &[],
    };

    /// The manager that a program is, by its name without folders; a version behind it does not matter.
    pub fn called(name: &str) -> Option<&'static Manager> {
        let exact = |name: &str| {
            let first = name.bytes().next()?;
            // Nearly every command is none, and this shows it at once.
            if FIRST_LETTERS.get(name.len())? & letter(first) == 0 {
                return None;
            }
            MANAGERS
                .iter()
                .find(|manager| manager.name == name || manager.programs.contains(&name))
        };
        exact(name).or_else(|| {
            let plain = without_version(name);
            (plain.len() < name.len()).then(|| exact(plain)).flatten()
        })
    }
}

/// The first letters of the managers' names by their lengths, as bits.
const FIRST_LETTERS: [u32; 32] = {
    let mut letters = [0; 32];
    let mut index = 0;
    while index < MANAGERS.len() {
        let manager = &MANAGERS[index];
        let name = manager.name.as_bytes();
        letters[name.len()] |= letter(name[0]);
        let mut program = 0;
        while program < manager.programs.len() {
            let name = manager.programs[program].as_bytes();
            letters[name.len()] |= letter(name[0]);
            program += 1;
        }
        index += 1;
    }
    letters
};

/// The bit of a letter.
const fn letter(byte: u8) -> u32 {
    1 << (byte & 31)
}

/// `pip3.12` without `3.12`.
pub(super) fn without_version(name: &str) -> &str {
    name.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.' || c == '-')
}

impl Syntax {
    /// Names and nothing else.
    const NAMES: Syntax = Syntax {
        operators: "",
        has_dash: false,
        archives: &[],
        slash: Slash::Name,
        group: None,
    };

    const PYTHON: Syntax = Syntax {
        operators: "=!~<>@",
        has_dash: false,
        archives: &[".whl", ".tar.gz", ".zip", ".tar.bz2", ".tgz", ".tar.xz"],
        slash: Slash::Path,
        group: None,
    };

    const NODE: Syntax = Syntax {
        operators: "@",
        has_dash: false,
        archives: &[".tgz", ".tar.gz", ".tar"],
        slash: Slash::Repository,
        group: None,
    };
}

impl Setting {
    /// Whether a text names the setting, in any case.
    pub fn is_named_in(&self, text: &str) -> bool {
        text.as_bytes()
            .windows(self.key.len())
            .any(|part| part.eq_ignore_ascii_case(self.key.as_bytes()))
    }
}
