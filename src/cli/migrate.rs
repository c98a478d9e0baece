//! `dockworthy migrate`: the configuration files of other linters as one `dockworthy.yaml`.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use super::args::Migrate;
use super::init::write_new;
use super::{Status, Stop, complain, output};
use crate::config::discover::NAMES;
use crate::config::peers::{self, Carried, FILES, Peer, Rendered};
use crate::report::one_line;
use crate::rules::RULES;
use crate::text::source::printed;
use crate::workspace::fs::{Disk, Entry, FileSystem, cannot_read};

pub(super) fn run(args: &Migrate) -> Result<Status, Stop> {
    let disk = Disk::new("");
    let (folder, files) = files(&disk, &args.path)?;
    let mut read = Vec::new();
    let mut status = Status::Clean;
    for (path, peer) in files {
        let name = printed(path.strip_prefix(&folder).unwrap_or(&path));
        match carry(&disk, &path, peer) {
            Ok(Some(carried)) => {
                for (key, fault) in &carried.faults {
                    complain(&format!("{name}: {key}: {fault}"));
                    status = Status::Trouble;
                }
                read.push((name, carried));
            }
            Ok(None) => {}
            Err(message) => {
                complain(&format!("{name}: {message}"));
                status = Status::Trouble;
            }
        }
    }
    if read.is_empty() {
        return match status {
            Status::Clean => Err(Stop(format!(
                "there is no configuration of hadolint, dclint, compose-lint, tally or dockerfile-roast in {}",
                place(&folder)
            ))),
            status => Ok(status),
        };
    }
    let Rendered { text, lines } = peers::render(&read);
    let mut told = String::new();
    for line in &lines {
        let _ = writeln!(told, "{}", one_line(line));
    }
    let print = |text: &str| {
        output::stdout(text.as_bytes()).map_err(|error| Stop::writing("to standard output", &error))
    };
    if args.dry_run {
        // What was carried over is told beside the file, not in it.
        complain(told.trim_end());
        print(&text)?;
        return Ok(status);
    }
    let path = folder.join(NAMES[0]);
    write_new(&path, &text, args.force)?;
    let _ = writeln!(told, "wrote {}", printed(&path));
    print(&told)?;
    Ok(status)
}

fn place(folder: &Path) -> String {
    match folder.as_os_str().is_empty() {
        true => "this folder".to_owned(),
        false => printed(folder),
    }
}

/// The folder that is written to, and the files that are read: the first of each tool.
fn files(disk: &Disk, path: &Path) -> Result<(PathBuf, Vec<(PathBuf, Peer)>), Stop> {
    let entry = disk.entry(path).map_err(|error| {
        let problem = cannot_read(path, &error);
        Stop(format!("{}: {}", printed(path), problem.message))
    })?;
    if entry == Entry::Folder {
        let folder = match path == Path::new(".") {
            true => PathBuf::new(),
            false => path.to_path_buf(),
        };
        let is_file = |path: &PathBuf| matches!(disk.entry(path), Ok(Entry::File));
        let mut found: Vec<(PathBuf, Peer)> = Vec::new();
        for (name, peer) in FILES {
            let path = folder.join(name);
            // A `package.json` seldom has a word about dclint.
            let is_taken = found
                .iter()
                .any(|(known, other)| *other == peer && !known.ends_with("package.json"));
            if !is_taken && is_file(&path) {
                found.push((path, peer));
            }
        }
        return Ok((folder, found));
    }
    let Some(peer) = Peer::of_file(path) else {
        let known: Vec<&str> = FILES
            .iter()
            .map(|(name, _)| *name)
            .filter(|name| !name.contains("config"))
            .collect();
        return Err(Stop(format!(
            "{} is none of {}",
            printed(path),
            known.join(", ")
        )));
    };
    let folder = path.parent().unwrap_or(Path::new("")).to_path_buf();
    Ok((folder, vec![(path.to_path_buf(), peer)]))
}

fn carry(disk: &Disk, path: &Path, peer: Peer) -> Result<Option<Carried>, String> {
    let bytes = disk
        .read(path)
        .map_err(|error| cannot_read(path, &error).message)?;
    let text = String::from_utf8(bytes).map_err(|_| "it is not UTF-8".to_owned())?;
    peers::read(peer, path, &text, RULES)
}
