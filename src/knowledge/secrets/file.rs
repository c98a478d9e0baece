//! Names of files that hold secrets: keys of programs that log in somewhere, and private keys.
//!
//! Names are from the programs' own documentation: ssh(1), curl's and Git's `netrc`, `git-credential-store`,
//! twine's `.pypirc`, the Docker, AWS, Kubernetes, Google Cloud and Terraform command lines, Java's `keytool`,
//! OpenVPN and KeePass. A name that holds something else just as often, such as `.npmrc` or `ca.pem`, is none.

/// What a file holds, by its name.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum SecretFile {
    /// A private key, surely.
    PrivateKey,
    /// A key or a store of keys, likely private.
    KeyStore,
    /// Passwords or tokens.
    Credentials,
    /// Variables of an environment, secret ones as a rule among them.
    Environment,
}

/// What the file at a path holds; `None` for nothing that is known as a secret. A pattern counts by its end.
pub fn kind(path: &str) -> Option<SecretFile> {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let folder = folder.rsplit('/').next().unwrap_or_default();
    if let Some(rest) = name.strip_prefix(".env") {
        return is_environment(rest).then_some(SecretFile::Environment);
    }
    match (folder, name) {
        (_, "id_rsa" | "id_dsa" | "id_ecdsa" | "id_ed25519") => {
            return Some(SecretFile::PrivateKey);
        }
        (
            _,
            ".netrc"
            | "_netrc"
            | ".git-credentials"
            | ".pypirc"
            | ".htpasswd"
            | ".dockercfg"
            | "kubeconfig"
            | "master.key"
            | "application_default_credentials.json",
        )
        | (".docker", "config.json")
        | (".aws", "credentials")
        | (".kube", "config") => return Some(SecretFile::Credentials),
        _ => {}
    }
    let lower = name.to_ascii_lowercase();
    let (stem, end) = lower.rsplit_once('.')?;
    match end {
        "pem" | "key" if has_word(stem, &["pub", "public", "ca", "cert", "chain"]) => None,
        "pem" if has_word(stem, &["key", "privkey", "private", "priv"]) => {
            Some(SecretFile::PrivateKey)
        }
        // Keys that packages are signed with end in `.key` as well.
        "key" if has_word(stem, SIGNING) => None,
        "key" | "p12" | "pfx" | "ovpn" | "kdbx" => Some(SecretFile::KeyStore),
        "jks" | "keystore" if !stem.contains("trust") && !stem.contains("cacert") => {
            Some(SecretFile::KeyStore)
        }
        "tfstate" => Some(SecretFile::Credentials),
        "json" if is_credentials(stem) => Some(SecretFile::Credentials),
        _ => None,
    }
}

/// Words in the names of keys that are for everybody.
const SIGNING: &[&str] = &[
    "apt",
    "archive",
    "asc",
    "gpg",
    "keyring",
    "pgp",
    "release",
    "repo",
    "repository",
    "rpm",
    "sign",
    "signing",
];

/// Whether a stem has one of the words, between dots, dashes, underscores and digits.
fn has_word(stem: &str, words: &[&str]) -> bool {
    stem.split(|char: char| !char.is_ascii_alphabetic())
        .any(|word| words.contains(&word))
}

/// Words in the names of files that only show what belongs into others.
const TEMPLATES: &[&str] = &[
    "ci", "default", "defaults", "dist", "example", "examples", "sample", "schema", "template",
    "test", "testing", "tmpl", "tpl",
];

/// What stands behind `.env`: nothing, or the name of an environment.
fn is_environment(rest: &str) -> bool {
    match rest.strip_prefix('.') {
        Some(rest) => !is_template(rest),
        None => rest.is_empty(),
    }
}

/// Whether a path names a file without real secrets: a template, or one for tests and demonstrations.
pub fn is_for_show(path: &str) -> bool {
    const FOLDERS: &[&str] = &[
        "demo",
        "dummy",
        "fake",
        "fixture",
        "fixtures",
        "mock",
        "mocks",
        "samples",
        "templates",
        "testdata",
        "tests",
    ];
    path.split('/').any(|name| {
        is_template(name)
            || name
                .split(['.', '-', '_'])
                .any(|part| FOLDERS.contains(&part))
    })
}

fn is_template(name: &str) -> bool {
    name.split(['.', '-', '_'])
        .any(|part| TEMPLATES.contains(&part))
}

fn is_credentials(stem: &str) -> bool {
    stem.starts_with("credentials")
        || stem.ends_with("-credentials")
        || stem.starts_with("service-account")
        || stem.starts_with("service_account")
        || stem.starts_with("client_secret")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_what_a_file_holds() {
        use SecretFile::{Credentials, Environment, KeyStore, PrivateKey};
        for (path, expected) in [
            (".env", Some(Environment)),
            ("app/.env.production", Some(Environment)),
            (".env.example", None),
            (".env.prod.dist", None),
            (".envrc", None),
            (".environment", None),
            ("id_rsa", Some(PrivateKey)),
            ("id_rsa.pub", None),
            ("keys/id_ed25519", Some(PrivateKey)),
            ("ssl/privkey.pem", Some(PrivateKey)),
            ("server-key.pem", Some(PrivateKey)),
            ("server.pem", None),
            ("public-key.pem", None),
            ("fullchain.pem", None),
            ("server.key", Some(KeyStore)),
            ("*.key", Some(KeyStore)),
            ("nodesource.gpg.key", None),
            ("release.key", None),
            ("a.p12", Some(KeyStore)),
            ("A.PFX", Some(KeyStore)),
            ("app.jks", Some(KeyStore)),
            ("truststore.jks", None),
            ("config/master.key", Some(Credentials)),
            (".docker/config.json", Some(Credentials)),
            ("config.json", None),
            (".aws/credentials", Some(Credentials)),
            ("credentials", None),
            ("credentials-prod.json", Some(Credentials)),
            ("terraform.tfstate", Some(Credentials)),
            (".npmrc", None),
            ("config/database.yml", None),
            ("key", None),
        ] {
            assert_eq!(kind(path), expected, "{path}");
        }
    }
}
