//! What the names of variables say: that programs read them, or that every build gives them another value. And which
//! programs read no others.
//!
//! Sources: the sections on the environment in the manual pages of dash, bash, GNU coreutils, findutils, grep, tar,
//! gzip, xz, zstd, Info-ZIP, curl, wget, git, gnupg, openssl, ld.so, debconf, dpkg, apt, needrestart and ucf;
//! locale(7), tzset(3), environ(7); the pages about variables of npm, Node.js, Yarn, pnpm, pip, Python, Poetry, uv,
//! Cargo, rustup, Go, Composer, Maven, Gradle, the JDK, Ruby and .NET; those of Vite, Next.js, Nuxt, Create React App, Vue
//! and Gatsby; for values of builds the predefined variables of GitHub, GitLab, CircleCI, Azure and Docker Hub.

use memchr::memmem;

/// Programs that read no variables but those that their manuals name, and run no others that might.
const IDLE: &str = "\
    : [ add-apt-repository addgroup adduser apt-cache apt-config apt-key apt-mark arch b2sum base64 basename break \
    bunzip2 bzip2 cat cd chattr chgrp chmod chown chpasswd chsh cmp command continue cp cpio curl cut date dd \
    debconf-set-selections deluser delgroup df diff dirname dpkg dpkg-architecture dpkg-divert dpkg-query dpkg-reconfigure \
    dpkg-statoverride du echo egrep exit expr false fgrep file getcap getent gpg gpgconf gpgv grep groupadd groupdel \
    groupmod gunzip gzip hash head hexdump hostname id install kill ldconfig ldd ln locale-gen localedef ls md5sum \
    mkdir mkfifo mknod mktemp mv nproc od passwd popd printf ps pushd pwd read readlink realpath return rev rm rmdir \
    rpm sed seq setcap sha1sum sha224sum sha256sum sha384sum sha512sum shasum shift shopt sleep sort split ssh-keygen \
    ssh-keyscan stat strip sync systemctl tac tail tar tee test touch tr true truncate type umask ulimit uname uniq \
    unlink unset unxz unzip update-alternatives update-ca-certificates update-ca-trust useradd userdel usermod wait wc wget \
    whoami which xargs xxd xz yes zcat zip zstd \
    ";

/// Variables that programs read.
const READ: &str = "\
    BASH_ENV CDPATH COLUMNS ENV FCEDIT GLOBIGNORE HISTFILE HISTSIZE HOME HOSTNAME IFS INFODIR INPUTRC LINES LOGNAME \
    MAIL MANPATH NLSPATH OLDPWD OPTIND PAGER PATH POSIXLY_CORRECT PS1 PS2 PS3 PS4 PWD RUNLEVEL SHELL SHELLOPTS \
    TEMP TERM TERMINFO TMP TMPDIR TZ TZDIR UMASK USER VISUAL EDITOR \
    BLOCKSIZE BLOCK_SIZE DF_BLOCK_SIZE DU_BLOCK_SIZE GREP_COLOR GREP_COLORS GREP_OPTIONS LS_BLOCK_SIZE LS_COLORS \
    QUOTING_STYLE SIMPLE_BACKUP_SUFFIX TABSIZE TIME_STYLE VERSION_CONTROL \
    BZIP BZIP2 GZIP TAPE TAR_OPTIONS UNZIP UNZIPOPT XZ_DEFAULTS XZ_OPT ZIP ZIPOPT ZSTD_CLEVEL ZSTD_NBTHREADS \
    NETRC SSLKEYLOGFILE WGETRC REQUESTS_CA_BUNDLE \
    GNUPGHOME GPG_TTY PREFIX DESTDIR MAKEFLAGS MAKE CC CXX CPP CFLAGS CXXFLAGS CPPFLAGS LDFLAGS LIBS ARCH INITRD \
    NODE_ENV NODE_OPTIONS NODE_PATH NODE_AUTH_TOKEN NODE_EXTRA_CA_CERTS JAVA_HOME JAVA_OPTS JAVA_TOOL_OPTIONS \
    CI DEBIAN_FRONTEND DEBIAN_PRIORITY JDK_JAVA_OPTIONS _JAVA_OPTIONS M2_HOME RAILS_ENV RACK_ENV \
    ";

/// What the names of others begin with.
const READ_FROM: &str = "\
    LC_ LANG LD_ SYSTEMD_ BASH_FUNC \
    APT_ DEBCONF_ DPKG_ NEEDRESTART_ UCF_ DNF_ YUM RPM_ ZYPP_ ABUILD APK_ ACCEPT_ \
    CURL_ SSL_ SSH_ OPENSSL_ GIT_ALLOW GIT_ASKPASS GIT_ATTR GIT_AUTHOR_ GIT_CEILING GIT_COMMITTER_ GIT_CONFIG GIT_CURL \
    GIT_DIR GIT_EDITOR GIT_EXEC GIT_HTTP GIT_LFS_ GIT_PROXY GIT_SSH GIT_SSL GIT_TEMPLATE GIT_TERMINAL GIT_TRACE GIT_WORK \
    NPM_CONFIG npm_config_ NODE_TLS YARN_ PNPM_ BUN_ COREPACK_ PIP_ PYTHON POETRY_ UV_ VIRTUAL_ENV CONDA_ CARGO_ RUST \
    GO111 GOARCH GOAMD64 GOARM GOAUTH GOBIN GOCACHE GODEBUG GOENV GOEXPERIMENT GOFIPS GOFLAGS GOINSECURE GOMAXPROCS \
    GOMOD GONO GOOS GOPATH GOPRIVATE GOPROXY GOROOT GOSUM GOTMP GOTOOL GOVCS GOWORK CGO_ COMPOSER_ MAVEN_ GRADLE_ \
    BUNDLE_ GEM_ RUBY DOTNET_ NUGET_ MSBUILD ASPNETCORE_ AWS_ CMAKE_ CCACHE_ PKG_CONFIG \
    ";

/// What the names begin with of those that bundlers put into web pages.
const BUNDLED: &str = "VITE_ NEXT_ NUXT_ REACT_APP_ VUE_APP_ GATSBY_ EXPO_PUBLIC_";

/// Names for what is different in every build, whatever uses it.
const OF_A_BUILD: &str = "\
    BUILDDATE BUILDTIME BUILDTIMESTAMP BUILD_COMMIT BUILD_DATE BUILD_DATETIME BUILD_ID BUILD_NO BUILD_NUM BUILD_NUMBER \
    BUILD_REVISION BUILD_SHA BUILD_SOURCEVERSION BUILD_TIME BUILD_TIMESTAMP BUILD_VCS_NUMBER CI_BUILD_ID CI_COMMIT \
    CI_COMMIT_SHA CI_COMMIT_SHORT_SHA CI_JOB_ID CI_PIPELINE_ID CI_PIPELINE_IID CIRCLE_BUILD_NUM CIRCLE_SHA1 COMMIT \
    COMMITHASH COMMIT_HASH COMMIT_ID COMMIT_REF COMMIT_SHA COMMIT_SHORT_SHA CREATED_DATE GITHUB_RUN_ID GITHUB_RUN_NUMBER GITHUB_SHA \
    GIT_COMMIT GIT_COMMIT_HASH GIT_COMMIT_ID GIT_COMMIT_SHA GIT_COMMIT_SHORT GIT_DESCRIBE GIT_HASH GIT_HEAD GIT_REV \
    GIT_REVISION GIT_SHA GIT_SHA1 GIT_SHORT_SHA IMAGE_CREATED IMAGE_REVISION OCI_CREATED OCI_REVISION SHORT_SHA \
    SOURCE_COMMIT VCS_COMMIT VCS_REF VCS_REVISION \
    ";

/// Names for what is different in every build where nothing but the description of the image uses it.
const OF_AN_IMAGE: &str = "\
    APP_VERSION BUILD_REF BUILD_TAG BUILD_VERSION CREATED GIT_BRANCH GIT_REF GIT_TAG GIT_VERSION IMAGE_TAG IMAGE_VERSION \
    PROJECT_VERSION RELEASE RELEASE_VERSION REVISION VERSION \
    ";

/// Parts of names whose value is there so that commands run again.
const RERUN: &[&str] = &[
    "BREAK", "BUILD", "BUST", "CACHE", "CHANGE", "COMMIT", "COUNT", "DATE", "DUMMY", "EPOCH",
    "FORCE", "HASH", "INVALID", "ITER", "JOB", "NONCE", "NOW", "PIPELINE", "RANDOM", "REF",
    "RELOAD", "REV", "RUN_ID", "SERIAL", "SHA", "SKIP", "STAMP", "TIME", "TODAY", "TRIGGER",
    "UNIQUE", "UPGRADE", "UUID", "WEEK",
];

/// Whether a program, by its name, reads no variables but those that its manual names, and runs none that might.
pub fn is_idle_program(name: &str) -> bool {
    has(IDLE, name)
}

/// Whether a variable is one that programs read: shells, the programs of a system, package managers, compilers,
/// bundlers. Its name need not appear anywhere for that.
pub fn is_read_by_programs(name: &str) -> bool {
    is_read_by_bundlers(name)
        || has(READ, name)
        || (begins(READ_FROM, name) && !name.ends_with("_VERSION"))
        || name.contains("EULA")
        || name.contains("LICENSE")
        || name.contains("TIMEZONE")
        || name.contains("LOCALE")
        || name.to_ascii_lowercase().ends_with("_proxy")
}

/// Whether a variable is one that bundlers put into web pages, which no installation reads.
pub fn is_read_by_bundlers(name: &str) -> bool {
    begins(BUNDLED, name)
}

/// Whether every build gives a variable another value, by its name: a commit, a date, a number.
pub fn is_of_a_build(name: &str) -> bool {
    has(OF_A_BUILD, name)
}

/// Whether every build gives a variable another value, by its name, if it does nothing but describe the image.
pub fn is_of_an_image(name: &str) -> bool {
    has(OF_AN_IMAGE, name) || name.ends_with("_SHA")
}

/// Whether a variable may be there just so that commands run again when it changes: `CACHEBUST`.
pub fn may_bust_cache(name: &str) -> bool {
    let name = name.to_ascii_uppercase();
    RERUN.iter().any(|part| name.contains(part))
}

/// Whether a name begins with one of the words of a text.
fn begins(starts: &str, name: &str) -> bool {
    starts
        .split_ascii_whitespace()
        .any(|start| name.starts_with(start))
}

/// Whether a name is among those of a text, which blanks stand around.
fn has(names: &str, name: &str) -> bool {
    let bytes = names.as_bytes();
    let is_blank = |at: Option<usize>| {
        at.and_then(|at| bytes.get(at))
            .is_none_or(|byte| *byte == b' ')
    };
    !name.is_empty()
        && memmem::find_iter(bytes, name.as_bytes())
            .any(|at| is_blank(at.checked_sub(1)) && is_blank(Some(at + name.len())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_read_their_variables() {
        for name in [
            "DEBIAN_FRONTEND",
            "GOPROXY",
            "GIT_SSH_COMMAND",
            "NPM_CONFIG_REGISTRY",
            "VITE_API",
            "NEXT_PUBLIC_API",
            "LC_ALL",
            "LANG",
            "TZ",
            "ACCEPT_EULA",
            "MY_proxy",
        ] {
            assert!(is_read_by_programs(name), "{name}");
        }
        for name in [
            "GO_VERSION",
            "PIP_VERSION",
            "GIT_COMMIT",
            "APP",
            "NODE_VERSION",
        ] {
            assert!(!is_read_by_programs(name), "{name}");
        }
    }

    #[test]
    fn builds_have_values_of_their_own() {
        assert!(is_of_a_build("GIT_COMMIT") && is_of_a_build("BUILD_DATE"));
        assert!(!is_of_a_build("VERSION") && !is_of_a_build("COMMIT_MESSAGE"));
        assert!(is_of_an_image("VERSION") && is_of_an_image("WEB_SHA"));
        assert!(!is_of_an_image("GIT_COMMIT") && !is_of_an_image("NODE_VERSION"));
        assert!(
            may_bust_cache("CACHEBUST") && may_bust_cache("rebuild") && !may_bust_cache("PORT")
        );
    }
}
