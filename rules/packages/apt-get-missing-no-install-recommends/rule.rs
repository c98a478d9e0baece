//! Flags `apt-get install` that also installs what packages recommend.

use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::packages::{PackageScript, PackageUse, Packages};
use crate::engine::{Context, Hooks};
use crate::shell::packages::managers::{Effect, System};
use crate::text::Edit;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.packages(check);
}

/// Packages that speak HTTPS and work only with the certificates that they recommend.
const CLIENTS: &[&str] = &[
    "apt-transport-https",
    "aria2",
    "axel",
    "cargo",
    "composer",
    "curl",
    "git",
    "git-core",
    "git-lfs",
    "golang",
    "golang-go",
    "httpie",
    "links",
    "lynx",
    "maven",
    "mercurial",
    "nodejs",
    "npm",
    "openssl",
    "pip",
    "pipx",
    "python-pip",
    "python3-pip",
    "ruby",
    "ruby-full",
    "rustc",
    "subversion",
    "w3m",
    "wget",
    "wget2",
    "yarn",
];

fn check(script: &PackageScript<'_>, cx: &mut Context<'_, Packages<'_>>) {
    if !script.is_in_output() {
        return;
    }
    for found in script.installs() {
        if found.is_of(System::Apt) && !is_decided(script, found) {
            report(found, cx);
        }
    }
}

/// Whether somebody decided about recommended packages, or perhaps did; also where nothing is installed.
fn is_decided(script: &PackageScript<'_>, found: &PackageUse<'_>) -> bool {
    let installs_something =
        found.operands().next().is_some() || found.has_flag(&["f", "fix-broken"]);
    let is_dry = found.has_flag(found.manager.dry);
    if !installs_something || is_dry || found.is_set(Effect::DecidesRecommends) {
        return true;
    }
    let by_option = found.flags().any(|flag| match flag.name {
        "no-install-recommends" | "install-recommends" => true,
        "o" | "option" => flag
            .value
            .is_none_or(|value| value.text.is_none_or(names_recommends)),
        // Another file with settings.
        "c" | "config-file" => true,
        _ => false,
    });
    by_option
        || script
            .hidden_flags(found)
            .any(|flag| flag.is_none_or(names_recommends))
}

fn names_recommends(text: &str) -> bool {
    let wanted = "install-recommends";
    text.as_bytes()
        .windows(wanted.len())
        .any(|part| part.eq_ignore_ascii_case(wanted.as_bytes()))
}

fn report(found: &PackageUse<'_>, cx: &mut Context<'_, Packages<'_>>) {
    let verb = found.verb.span;
    let manager = found.manager.name;
    let message = format!(
        "`{manager} {}` also installs what the packages recommend",
        found.verb.name
    );
    let finding = cx.report(verb, message);
    finding.help("add `--no-install-recommends`, and name the recommended packages that you need");
    if !found.command.context.is_exact() {
        return;
    }
    let names = || {
        found
            .packages
            .iter()
            .map(|package| package_name(package.name))
    };
    let has_certificates = names().any(|name| name == "ca-certificates");
    let needs_certificates = names().any(|name| name.is_empty() || CLIENTS.contains(&name));
    let (title, applicability) = if has_certificates || !needs_certificates {
        ("add `--no-install-recommends`", Applicability::Safe)
    } else {
        let title = "add `--no-install-recommends`; `ca-certificates` may be missing then";
        (title, Applicability::Unsafe)
    };
    let edit = Edit::insert(verb.end, " --no-install-recommends");
    finding.fix(Fix::new(title, applicability, vec![edit]));
}

/// The name in `name:arch`.
fn package_name(text: &str) -> &str {
    text.split(':').next().unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn every_way_to_decide_counts() {
        dockerfile(
            "apt-get-missing-no-install-recommends",
            r#"
FROM debian:13
RUN apt-get install -y curl && sudo apt -y -qq install git
#           ^^^^^^^ `apt-get install` also installs
#                                              ^^^^^^^ `apt install` also installs
RUN apt-get -o APT::Install-Recommends=0 install a; apt-get install --no-install-recommends a
RUN apt-get install --install-recommends a; apt-get install -y -o "apt::install-recommends=false" a
RUN apt-get install $OPTIONS a && apt-get -y $OPTIONS install a && apt-get install $UNKNOWN
RUN deps='a b' && apt-get install -y $deps && apt-get install a $MORE
#                         ^^^^^^^ `apt-get install` also installs
#                                                     ^^^^^^^ `apt-get install` also installs
RUN opts='--no-install-recommends' && apt-get install $opts a
RUN apt-get -f install && apt-get remove a && apt-get install && apt-get build-dep a
#              ^^^^^^^ `apt-get install` also installs
RUN echo apt-get install a && if apt-get install -s a; then b; fi && apt-get --download-only install a
"#,
        );
    }

    #[test]
    fn settings_count_from_where_they_are_made() {
        dockerfile(
            "apt-get-missing-no-install-recommends",
            r#"
FROM debian:13 AS a
RUN apt-get install a && echo 'Acquire::Retries "3";' >/etc/apt/apt.conf.d/80retries && apt-get install b
#           ^^^^^^^ `apt-get install` also
#                                                                                               ^^^^^^^ `apt-get install` also
RUN echo 'APT::Install-Recommends "false";' | tee /etc/apt/apt.conf.d/99x && apt-get install c
FROM a
RUN apt-get install d
"#,
        );
        dockerfile(
            "apt-get-missing-no-install-recommends",
            r#"
FROM debian:13
COPY apt.conf /etc/apt/apt.conf.d/
RUN apt-get install d
FROM debian:13 AS builder
RUN apt-get install d
FROM debian:13
COPY --from=builder /x /x
RUN cat <<EOF >/etc/apt/apt.conf.d/x
APT::Install-Recommends "0";
EOF
RUN apt-get install d
"#,
        );
    }
}
