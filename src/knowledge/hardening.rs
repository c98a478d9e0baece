//! What known images need to start, so that hardening does not break them.
//!
//! Sources, read on 2026-11-23: the entrypoints of docker-library/postgres, mysql, mongo and rabbitmq and of
//! MariaDB/mariadb-docker, which call gosu or setpriv as root, as `images.yaml` says (that of redis does so only if it
//! may); `mainline/debian/Dockerfile` of nginx/docker-nginx and `2.4/alpine/Dockerfile` of docker-library/httpd, which start
//! as root with `nginx` and `httpd-foreground`; of nginx/nginx `ngx_worker_process_init` in
//! `src/os/unix/ngx_process_cycle.c`, where a worker takes another group and user, and `ngx_create_paths` in
//! `src/core/ngx_file.c`, where temporary folders get another owner; of apache/httpd `ap_unixd_setup_child` in
//! `modules/arch/unix/mod_unixd.c`, which takes another group and user; and "Running nginx in read-only mode" in
//! `nginx/content.md` of docker-library/docs, which names `/var/cache/nginx` and `/var/run`.
//!
//! Not for: what an image would like to have besides.

use super::images::{self, DefaultUser};
use crate::grammar::image::ImageReference;

/// What an image needs that starts as root, with its own entrypoint.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Needs {
    /// The programs, as the first word of a command, for which it needs this.
    pub programs: &'static [&'static str],
    /// The capabilities, sorted.
    pub capabilities: &'static [&'static str],
    /// Folders that it writes to and that are no volumes of the image; `/run` for `/var/run`.
    pub writes: &'static [&'static str],
    /// The file that may say otherwise, if it is replaced, together with others in its folder.
    pub configuration: Option<&'static str>,
}

/// Entrypoints that end by becoming another user, and do nothing else that needs a capability.
const STEPS_DOWN: Needs = Needs {
    programs: &[
        "mariadbd",
        "mongod",
        "mongos",
        "mysqld",
        "postgres",
        "rabbitmq-server",
    ],
    capabilities: &["SETGID", "SETUID"],
    writes: &[],
    configuration: None,
};

const NGINX: Needs = Needs {
    programs: &["nginx", "nginx-debug"],
    capabilities: &["CHOWN", "SETGID", "SETUID"],
    writes: &["/var/cache/nginx", "/run"],
    configuration: Some("/etc/nginx/nginx.conf"),
};

const HTTPD: Needs = Needs {
    programs: &["httpd", "httpd-foreground"],
    capabilities: &["SETGID", "SETUID"],
    writes: &[],
    configuration: Some("/usr/local/apache2/conf/httpd.conf"),
};

/// What an image needs, if it is known.
pub fn needs(reference: &ImageReference) -> Option<Needs> {
    if reference.is_official() != Some(true) {
        return None;
    }
    match &*reference.familiar_name()? {
        "nginx" => Some(NGINX),
        "httpd" => Some(HTTPD),
        "redis" => None,
        _ => {
            let image = images::image(reference)?;
            (image.user == Some(DefaultUser::StepsDown)).then_some(STEPS_DOWN)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn official_images_are_known() {
        let of = |text: &str| needs(&ImageReference::parse(text).expect("a reference"));
        assert_eq!(of("postgres:17"), Some(STEPS_DOWN));
        assert_eq!(of("docker.io/library/nginx"), Some(NGINX));
        assert_eq!(of("httpd:2.4"), Some(HTTPD));
        for other in [
            "redis",
            "bitnami/postgresql",
            "ghcr.io/nginx",
            "nginxinc/nginx-unprivileged",
            "debian",
        ] {
            assert_eq!(of(other), None, "{other}");
        }
    }
}
