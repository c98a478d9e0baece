//! Finding files on a real disk.
#![expect(
    clippy::unwrap_used,
    reason = "a helper of a test may fail like a test"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use dockworthy::workspace::Kind;
use dockworthy::workspace::discover::{Discovery, Exclude, Options, discover};
use dockworthy::workspace::fs::{Disk, Entry, FileSystem, reason};
use dockworthy::workspace::kind::{kind_by_content, kind_of_found, kind_of_named};

/// A fresh folder for one test.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("discover")
        .join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder).unwrap();
    }
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// A folder with these files, all with the text `FROM a`.
fn tree(name: &str, files: &[&str]) -> PathBuf {
    let root = folder(name);
    for file in files {
        let path = root.join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "FROM a\n").unwrap();
    }
    root
}

fn run(root: &Path, paths: &[&str], options: &Options) -> Discovery {
    let paths: Vec<PathBuf> = paths.iter().map(PathBuf::from).collect();
    discover(root, &paths, options)
}

fn shown(discovery: &Discovery) -> Vec<&str> {
    discovery
        .files
        .iter()
        .map(|found| found.path.to_str().unwrap())
        .collect()
}

fn found(root: &Path, paths: &[&str]) -> Vec<String> {
    let discovery = run(root, paths, &Options::default());
    assert_eq!(discovery.problems, []);
    shown(&discovery).into_iter().map(str::to_owned).collect()
}

#[test]
fn a_walk_finds_what_has_a_name_of_ours_in_order() {
    let root = tree(
        "names",
        &[
            "web/Dockerfile",
            "web/main.go",
            "Dockerfile",
            "a-b/Dockerfile",
            "a/Dockerfile.dev",
            "compose.yaml",
            ".env",
            ".dockerignore",
            "Dockerfile.j2",
        ],
    );
    let expected = [
        "Dockerfile",
        "a/Dockerfile.dev",
        "a-b/Dockerfile",
        "compose.yaml",
        "web/Dockerfile",
    ];
    assert_eq!(found(&root, &["."]), expected);
    let serial = Options {
        jobs: 1,
        ..Options::default()
    };
    assert_eq!(shown(&run(&root, &["."], &serial)), expected);
}

#[test]
fn paths_are_shown_as_they_were_given() {
    let root = tree("shown", &["sub/Dockerfile", "other/Dockerfile"]);
    assert_eq!(found(&root, &["sub"]), ["sub/Dockerfile"]);
    assert_eq!(found(&root, &["./sub/"]), ["sub/Dockerfile"]);
    assert_eq!(
        found(&root, &["./sub/../sub/Dockerfile"]),
        ["sub/Dockerfile"]
    );
    assert_eq!(
        found(&root.join("sub"), &["../other"]),
        ["../other/Dockerfile"]
    );
    let absolute = root.join("sub");
    assert_eq!(
        found(&root, &[absolute.to_str().unwrap()]),
        [absolute.join("Dockerfile").to_str().unwrap()]
    );
}

#[test]
fn a_file_is_found_once_however_often_it_is_named() {
    let root = tree("once", &["sub/Dockerfile", "Dockerfile"]);
    let absolute = root.join("sub/Dockerfile");
    let paths = [
        absolute.to_str().unwrap(),
        ".",
        "sub",
        "sub/Dockerfile",
        "./Dockerfile",
    ];
    assert_eq!(found(&root, &paths), ["Dockerfile", "sub/Dockerfile"]);
}

#[test]
fn hidden_folders_are_skipped_but_for_two() {
    let root = tree(
        "hidden",
        &[
            ".devcontainer/Dockerfile",
            ".devcontainer/.cache/Dockerfile",
            ".github/actions/a/Dockerfile",
            ".git/Dockerfile",
            ".venv/Dockerfile",
            ".Dockerfile",
            "a/.github/Dockerfile",
        ],
    );
    let expected = [
        ".devcontainer/Dockerfile",
        ".github/actions/a/Dockerfile",
        "a/.github/Dockerfile",
    ];
    assert_eq!(found(&root, &["."]), expected);
    assert_eq!(found(&root, &[".venv"]), [".venv/Dockerfile"]);
}

#[test]
fn ignore_files_of_git_are_respected_unless_told_otherwise() {
    let root = tree(
        "ignored",
        &[
            "a/Dockerfile",
            "b/Dockerfile",
            "b/c/Dockerfile",
            "Dockerfile",
        ],
    );
    fs::write(root.join(".gitignore"), "/a\n*.log\n").unwrap();
    fs::write(root.join("b/.gitignore"), "/Dockerfile\n").unwrap();
    assert_eq!(found(&root, &["."]), ["Dockerfile", "b/c/Dockerfile"]);
    assert_eq!(found(&root, &["b"]), ["b/c/Dockerfile"]);
    // What is named is taken.
    assert_eq!(found(&root, &["a"]), ["a/Dockerfile"]);
    assert_eq!(found(&root, &["b/Dockerfile"]), ["b/Dockerfile"]);
    let options = Options {
        ignore_files: false,
        ..Options::default()
    };
    assert_eq!(shown(&run(&root, &["."], &options)).len(), 4);
}

#[test]
fn excludes_keep_files_and_folders_out_of_walks() {
    let root = tree(
        "excluded",
        &[
            "vendor/Dockerfile",
            "x/vendor/Dockerfile",
            "x/Dockerfile",
            "x/y/Dockerfile",
            "x/compose.yaml",
        ],
    );
    let excluding = |patterns: &[&str]| Options {
        excludes: vec![Exclude::new(&root, patterns.iter().copied()).unwrap()],
        ..Options::default()
    };
    let options = excluding(&["vendor", "*.yaml"]);
    assert_eq!(
        shown(&run(&root, &["."], &options)),
        ["x/Dockerfile", "x/y/Dockerfile"]
    );
    assert_eq!(
        shown(&run(&root, &["x/compose.yaml", "x/y"], &options)),
        ["x/compose.yaml", "x/y/Dockerfile"]
    );
    let options = excluding(&["/vendor", "x/**/Dockerfile"]);
    assert_eq!(shown(&run(&root, &["."], &options)), ["x/compose.yaml"]);
    assert!(
        Exclude::new(&root, ["b", "[z-a]"])
            .unwrap_err()
            .contains("`[z-a]`")
    );
}

#[test]
fn a_path_that_is_not_there_is_a_problem() {
    let root = tree("absent", &["Dockerfile"]);
    let discovery = run(
        &root,
        &["nowhere", "Dockerfile", "Dockerfile/x"],
        &Options::default(),
    );
    assert_eq!(shown(&discovery), ["Dockerfile"]);
    let messages: Vec<_> = discovery
        .problems
        .iter()
        .map(|problem| (problem.path.as_deref().unwrap(), problem.message.as_str()))
        .collect();
    assert_eq!(
        messages,
        [
            (
                "Dockerfile/x",
                "cannot read: a part of the path is not a folder"
            ),
            ("nowhere", "cannot read: no such file or folder"),
        ]
    );
}

#[test]
fn a_named_file_may_have_any_name() {
    let root = tree("named", &["build.txt", "Dockerfile.j2"]);
    let discovery = run(&root, &["build.txt", "Dockerfile.j2"], &Options::default());
    let kinds: Vec<_> = discovery
        .files
        .iter()
        .map(|found| (found.named, found.kind, found.kind_of("FROM a\n")))
        .collect();
    assert_eq!(kinds, [(true, None, Some(Kind::Dockerfile)); 2]);
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::os::unix::net::UnixListener;

    use super::*;

    /// Whether a FIFO could be made.
    fn fifo(path: &Path) -> bool {
        let made = Command::new("mkfifo").arg(path).status();
        made.is_ok_and(|status| status.success())
    }

    #[test]
    fn what_is_no_regular_file_is_skipped_with_a_word() {
        let root = tree("special", &["Dockerfile"]);
        if !fifo(&root.join("Dockerfile.fifo")) {
            println!("skipped: no mkfifo here");
            return;
        }
        // A socket's path may not be long.
        let socket = std::env::temp_dir().join(format!("dw{}.sock", std::process::id()));
        let _listener = UnixListener::bind(&socket).unwrap();
        let moved = fs::rename(&socket, root.join("socket.Dockerfile"));
        if moved.is_err() {
            fs::remove_file(&socket).unwrap();
        }
        let discovery = run(&root, &["."], &Options::default());
        assert_eq!(shown(&discovery), ["Dockerfile"]);
        assert_eq!(discovery.problems, []);
        let mut expected = vec!["skipped: it is a FIFO"];
        if moved.is_ok() {
            expected.push("skipped: it is a socket");
        }
        let words: Vec<_> = discovery
            .skipped
            .iter()
            .map(|skipped| skipped.message.as_str())
            .collect();
        assert_eq!(words, expected);

        let discovery = run(&root, &["Dockerfile.fifo"], &Options::default());
        assert_eq!(discovery.files, []);
        assert_eq!(
            discovery.problems[0].message,
            "a FIFO is not read; `-` reads standard input"
        );
        let error = Disk::new(&root)
            .read(Path::new("Dockerfile.fifo"))
            .unwrap_err();
        assert_eq!(reason(&error), "it is a FIFO, not a regular file");
        let error = Disk::new("").read(Path::new("/dev/zero")).unwrap_err();
        assert_eq!(reason(&error), "it is a device, not a regular file");
    }

    #[test]
    fn symbolic_links_are_followed_to_files_inside_only() {
        let root = tree(
            "links",
            &[
                "work/base/image",
                "work/base/Dockerfile",
                "outside/Dockerfile",
            ],
        );
        let work = root.join("work");
        for (target, link) in [
            ("base/image", "Dockerfile"),
            ("base/image", "Dockerfile.same"),
            ("base/Dockerfile", "again.Dockerfile"),
            ("../outside/Dockerfile", "outside.Dockerfile"),
            ("nowhere", "broken.Dockerfile"),
            ("loop.Dockerfile", "loop.Dockerfile"),
            ("..", "up"),
            ("base", "folder.Dockerfile"),
        ] {
            symlink(target, work.join(link)).unwrap();
        }
        let discovery = run(&work, &["."], &Options::default());
        assert_eq!(shown(&discovery), ["Dockerfile", "base/Dockerfile"]);
        assert_eq!(discovery.problems, []);
        let words: Vec<_> = discovery
            .skipped
            .iter()
            .map(|skipped| (skipped.path.as_deref().unwrap(), skipped.message.as_str()))
            .collect();
        assert_eq!(
            words,
            [
                (
                    "broken.Dockerfile",
                    "skipped: the symbolic link leads nowhere"
                ),
                (
                    "loop.Dockerfile",
                    "skipped: the symbolic link leads nowhere"
                ),
                (
                    "outside.Dockerfile",
                    "skipped: the symbolic link leads out of the folder"
                ),
            ]
        );
        // What is named is followed.
        assert_eq!(
            found(&work, &["outside.Dockerfile"]),
            ["outside.Dockerfile"]
        );
        assert_eq!(
            found(&work, &["folder.Dockerfile"]),
            ["folder.Dockerfile/Dockerfile"]
        );
    }

    #[test]
    fn an_unreadable_folder_is_a_problem() {
        let root = tree("closed", &["closed/Dockerfile", "open/Dockerfile"]);
        let closed = root.join("closed");
        fs::set_permissions(&closed, fs::Permissions::from_mode(0o000)).unwrap();
        let readable = fs::read_dir(&closed).is_ok();
        let discovery = run(&root, &["."], &Options::default());
        fs::set_permissions(&closed, fs::Permissions::from_mode(0o755)).unwrap();
        if readable {
            println!("skipped: this user may read everything");
            return;
        }
        assert_eq!(shown(&discovery), ["open/Dockerfile"]);
        assert_eq!(discovery.problems.len(), 1);
        assert_eq!(discovery.problems[0].path.as_deref(), Some("closed"));
        assert_eq!(
            discovery.problems[0].message,
            "cannot read: permission denied"
        );
    }

    #[test]
    fn a_name_that_is_no_unicode_is_found_and_read() {
        use std::os::unix::ffi::OsStrExt;
        let root = folder("unicode");
        let name = std::ffi::OsStr::from_bytes(b"Dockerfile.\xff");
        if fs::write(root.join(name), "FROM a\n").is_err() {
            println!("skipped: this file system wants Unicode");
            return;
        }
        let discovery = run(&root, &["."], &Options::default());
        assert_eq!(discovery.files[0].path, Path::new(name));
        let disk = Disk::new(&root);
        assert_eq!(disk.entry(&discovery.files[0].path).unwrap(), Entry::File);
        assert_eq!(disk.read(&discovery.files[0].path).unwrap(), b"FROM a\n");
    }
}

/// The files that an answer file of the corpus speaks of.
fn answered(corpus: &Path, name: &str) -> Vec<PathBuf> {
    let text = fs::read_to_string(corpus.join(name)).unwrap();
    text.lines()
        .map(|line| {
            let value: serde_json::Value = serde_json::from_str(line).unwrap();
            PathBuf::from(value["file"].as_str().unwrap())
        })
        .collect()
}

#[test]
fn real_files_are_found_and_are_what_they_are() {
    let Some(corpus) = crate::corpus::dir() else {
        return;
    };
    let disk = Disk::new(&corpus);
    let mut all = Vec::new();
    let mut silent = 0;
    for (name, kind) in [
        ("buildkit.jsonl", Kind::Dockerfile),
        ("compose.jsonl", Kind::Compose),
    ] {
        for path in answered(&corpus, name) {
            let bytes = disk.read(&path).unwrap();
            let text = String::from_utf8_lossy(&bytes);
            assert_eq!(kind_of_named(&path, &text), Some(kind), "{path:?}");
            assert_eq!(kind_of_found(&path, &text), Some(kind), "{path:?}");
            match kind_by_content(&text) {
                Some(by_content) => assert_eq!(by_content, kind, "{path:?}"),
                // A file of comments, and Compose files of before 2015 without `services`.
                None => silent += 1,
            }
            all.push(path);
        }
    }
    assert!(silent * 100 < all.len(), "{silent} of {}", all.len());
    let options = Options {
        ignore_files: false,
        ..Options::default()
    };
    let discovery = run(&corpus, &["files"], &options);
    assert_eq!(discovery.problems, []);
    let found: Vec<PathBuf> = discovery
        .files
        .into_iter()
        .map(|found| found.path)
        .collect();
    all.sort();
    assert_eq!(found, all);
}
