//! The state of a session: the client, its settings, the open documents, and what is known of the workspace.
//!
//! Everything here is about one client. Messages come in through [`server`](super::server), which calls one function
//! for each; nothing is linted before [`Session::work`], [`Session::freshen`] or [`Session::finish`].

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use lsp_types::{DiagnosticRefreshRequest, FileChangeType, FileEvent, MessageType, Uri};

use super::actions;
use super::answers::Answers;
use super::client::Client;
use super::convert;
use super::diagnostics::{self, Written};
use super::documents::{Document, Documents, Name};
use super::index::{Finding, Index, Progress, absolute};
use super::outbox::{Outbox, Question};
use super::params::{DidChange, Opened, Version};
use super::progress;
use super::settings::Settings;
use super::watch::Watched;
use crate::diagnostic::Diagnostic;
use crate::text::{FileId, SourceFile, Sources, order};
use crate::workspace::discover::Found;
use crate::workspace::fs::{Disk, Entry, FileSystem};
use crate::workspace::kind::Kind;
use crate::workspace::overlay::Overlay;

/// The files of a session: open texts over the disk.
pub type Files = Overlay<Disk>;

/// The state of a session.
pub struct Session<'f> {
    /// The files, with the texts that are open.
    pub files: &'f Files,
    /// What the client can do.
    pub client: Client,
    /// What the user has set.
    pub settings: Settings,
    /// What is open.
    pub documents: Documents,
    /// What is known of the workspace.
    pub index: Index<'f>,
    /// What editors ask besides findings.
    pub answers: Answers<'f>,
    /// The way to the client.
    pub outbox: Outbox,
    today: fn() -> String,
    /// What open files are, as far as that was asked.
    kinds: BTreeMap<PathBuf, Option<Kind>>,
    /// The findings in documents that are no files.
    loose: BTreeMap<Name, Loose>,
    /// What the client was last told of a document; for a client that asks, what it could have been told.
    published: BTreeMap<Name, u64>,
    /// The documents of which there may be something new to tell.
    unpublished: BTreeSet<Name>,
    /// Those of them whose text changed, which the client is told of in any case.
    touched: BTreeSet<Name>,
    /// Whether a client that asks should ask again.
    must_refresh: bool,
    /// The configurations with faults that the user knows of.
    told: BTreeSet<PathBuf>,
    watched: Watched,
    scan: Option<progress::Progress>,
}

/// The findings in a document that is no file.
#[derive(Default)]
struct Loose {
    diagnostics: Vec<Diagnostic>,
    sources: Sources,
}

impl<'f> Session<'f> {
    /// A session with nothing open.
    pub fn new(
        files: &'f Files,
        client: Client,
        outbox: Outbox,
        today: fn() -> String,
    ) -> Session<'f> {
        let mut index = Index::new(files, today());
        index.set_folders(client.folders.clone());
        Session {
            files,
            client,
            settings: Settings::default(),
            documents: Documents::default(),
            index,
            answers: Answers::new(files),
            outbox,
            today,
            kinds: BTreeMap::new(),
            loose: BTreeMap::new(),
            published: BTreeMap::new(),
            unpublished: BTreeSet::new(),
            touched: BTreeSet::new(),
            must_refresh: false,
            told: BTreeSet::new(),
            watched: Watched::default(),
            scan: None,
        }
    }

    /// Begins the first look at the workspace, and shows that.
    pub fn begin_scan(&mut self) {
        if self.client.shows_progress && self.wants_findings() && self.index.must_walk() {
            self.scan = Some(progress::Progress::begin(&mut self.outbox));
        }
    }

    /// Ends the look at the workspace, because the user has had enough.
    pub fn cancel_scan(&mut self, token: &serde_json::Value) {
        if let Some(scan) = self.scan.take_if(|scan| scan.is(token)) {
            self.index.stop();
            scan.end(&self.outbox, "cancelled");
        }
    }

    /// Takes new settings.
    pub fn configure(&mut self, settings: Settings, faults: &[String]) {
        for fault in faults {
            self.outbox.log(MessageType::Warning, fault);
        }
        if settings == self.settings {
            return;
        }
        self.index.set_presets(settings.presets.clone());
        let wanted = self.wants_findings();
        self.settings = settings;
        if self.wants_findings() && !wanted {
            self.index.refresh();
        }
        self.unpublished.extend(self.published.keys().cloned());
        self.unpublished.extend(self.reported_files([]));
    }

    /// Whether anything is on that needs findings.
    fn wants_findings(&self) -> bool {
        self.settings.has(diagnostics::FEATURE) || self.settings.has(actions::FEATURE)
    }

    /// A document was opened.
    pub fn opened(&mut self, item: Opened) {
        self.index.set_today((self.today)());
        let name = self
            .documents
            .open(item.uri, item.language_id, item.version, item.text);
        if let (Some(path), Some(document)) = (name.path(), self.documents.get(&name)) {
            let text = document.source.text.clone();
            let is_new = !matches!(self.files.entry(path), Ok(Entry::File));
            self.files.open(path, text);
            self.index.text_changed(path);
            if is_new {
                self.index.presence_changed(path);
            }
        }
        self.touch(name);
    }

    /// A document was changed.
    pub fn changed(&mut self, params: DidChange) {
        let Version { uri, version } = params.text_document;
        let name = Name::new(&uri);
        let (changes, encoding) = (params.content_changes, self.client.encoding);
        let Some(document) = self.documents.change(&name, version, changes, encoding) else {
            let message = format!("{uri} was changed but is not open");
            self.outbox.log(MessageType::Warning, message);
            return;
        };
        if let Some(path) = name.path() {
            self.files.open(path, document.source.text.clone());
            self.index.text_changed(path);
        }
        self.touch(name);
    }

    /// A document was saved: what stands in folders may be another by now.
    pub fn saved(&mut self, uri: &Uri) {
        self.index.set_today((self.today)());
        let name = Name::new(uri);
        if let Some(path) = name.path() {
            self.index.saved(path);
            self.told.remove(path);
        }
        self.unpublished.insert(name);
    }

    /// A document was closed: the disk counts again.
    pub fn closed(&mut self, uri: &Uri) {
        let name = Name::new(uri);
        if self.documents.close(&name).is_none() {
            return;
        }
        self.loose.remove(&name);
        self.answers.changed(&name, None);
        if let Some(path) = name.path() {
            self.files.close(path);
            self.kinds.remove(path);
            self.index.text_changed(path);
            self.index.kinds_changed();
            if !matches!(self.files.entry(path), Ok(Entry::File)) {
                self.index.presence_changed(path);
            }
        }
        self.unpublished.insert(name);
    }

    /// Files changed on the disk.
    pub fn files_changed(&mut self, events: Vec<FileEvent>) {
        for event in events {
            let Some(path) = convert::path(&event.uri) else {
                continue;
            };
            let name = Name::Path(path);
            if let Some(path) = name.path() {
                if event.kind == FileChangeType::Changed {
                    self.index.text_changed(path);
                    self.answers.changed(&name, self.documents.get(&name));
                } else {
                    self.index.presence_changed(path);
                    self.answers.forget();
                }
            }
            self.unpublished.insert(name);
        }
    }

    /// Folders were opened and closed.
    pub fn folders_changed(&mut self, added: Vec<PathBuf>, removed: &[PathBuf]) {
        let mut folders = self.index.folders().to_vec();
        folders.retain(|folder| !removed.contains(folder));
        folders.extend(added);
        order::sort(&mut folders);
        folders.dedup();
        self.unpublished.extend(self.reported_files([]));
        self.answers.forget();
        self.index.set_folders(folders);
    }

    /// Notes that a document has another text.
    fn touch(&mut self, name: Name) {
        if let (Some(path), Some(document)) = (name.path(), self.documents.get(&name)) {
            let kind = document.kind();
            if self.kinds.insert(path.to_path_buf(), kind) != Some(kind) {
                self.index.kinds_changed();
            }
        }
        self.answers.changed(&name, self.documents.get(&name));
        self.loose.remove(&name);
        self.touched.insert(name.clone());
        self.unpublished.insert(name);
    }

    /// Finds out what there is, if that may have changed.
    pub fn settle(&mut self) {
        let documents = &self.documents;
        let folders = self.index.folders().to_vec();
        let open = || {
            let found = documents
                .iter()
                .filter_map(|(_, document)| found(document, &folders));
            found.collect()
        };
        let changed = self.index.settle(open);
        self.unpublished.extend(changed.into_iter().map(Name::Path));
        let configs = self
            .kinds
            .iter()
            .filter(|(_, kind)| **kind == Some(Kind::Config));
        for (path, _) in configs {
            // Read even if there is no file that it is for.
            self.index.ruleset(path);
        }
        let loose: Vec<Name> = self
            .documents
            .iter()
            .filter(|(name, _)| name.path().is_none() && !self.loose.contains_key(*name))
            .map(|(name, _)| name.clone())
            .collect();
        for name in loose {
            let findings = self.lint_loose(&name).unwrap_or_default();
            self.loose.insert(name, findings);
        }
    }

    fn lint_loose(&mut self, name: &Name) -> Option<Loose> {
        let document = self.documents.get(name)?;
        let kind = document.kind()?;
        let source = &document.source;
        let path = self.stand_in(source);
        let linted = self.index.lint_text(source, kind, &path);
        let mut sources = Sources::default();
        sources.insert(source.clone());
        Some(Loose {
            diagnostics: linted.diagnostics,
            sources,
        })
    }

    /// Whether there is nothing to do before the next message.
    pub fn is_idle(&self) -> bool {
        self.unpublished.is_empty()
            && !self.must_refresh
            && (!self.wants_findings() || !self.index.is_stale())
    }

    /// Lints a portion of what waits, open documents first, and tells the client what is new.
    pub fn work(&mut self) {
        if self.wants_findings() {
            self.settle();
            let open: Vec<&Path> = self
                .documents
                .iter()
                .filter_map(|(name, _)| name.path())
                .collect();
            let progress = self.index.lint_some(open);
            self.take(progress);
        }
        self.tell_of_configs();
        if !self.index.is_stale() {
            let configured = self.index.configured_files();
            self.watched
                .follow(&self.client, &mut self.outbox, &configured);
        }
        self.publish();
        let left = self.index.waiting();
        if let Some(scan) = &mut self.scan {
            scan.report(&self.outbox, left);
        }
        if left == 0
            && let Some(scan) = self.scan.take()
        {
            let files = self.index.files().count();
            scan.end(
                &self.outbox,
                &format!("{files} file{}", if files == 1 { "" } else { "s" }),
            );
        }
    }

    /// Brings the findings of a document up to date.
    pub fn freshen(&mut self, name: &Name) {
        if self.wants_findings() {
            self.settle();
            if let Some(path) = name.path() {
                let progress = self.index.freshen(path);
                self.take(progress);
            }
        }
    }

    /// Brings all findings up to date.
    pub fn finish(&mut self) {
        while self.wants_findings() && self.index.is_stale() {
            self.settle();
            let progress = self.index.lint_some([]);
            self.take(progress);
        }
    }

    fn take(&mut self, progress: Progress) {
        self.unpublished
            .extend(progress.changed.into_iter().map(Name::Path));
        for message in progress.internal {
            self.outbox.log(MessageType::Error, message);
        }
    }

    /// Tells the user of configurations that cannot be used, once, unless they are just being written.
    fn tell_of_configs(&mut self) {
        let mut broken: BTreeMap<PathBuf, Vec<&str>> = BTreeMap::new();
        for error in self.index.config_errors() {
            let path = absolute(&error.source.path);
            broken.entry(path).or_default().push(&error.message);
        }
        let names = broken.keys().chain(&self.told);
        self.unpublished.extend(names.cloned().map(Name::Path));
        for (path, messages) in &broken {
            if self.told.contains(path) || self.documents.at(path).is_some() {
                continue;
            }
            let more = match messages.len() {
                0 | 1 => String::new(),
                count => format!(" (and {} more)", count - 1),
            };
            let first = messages.first().copied().unwrap_or_default();
            let message =
                format!("{first}{more}; the files below it are not linted until that is mended");
            self.outbox.show(MessageType::Error, message);
        }
        self.told = broken.into_keys().collect();
    }

    /// Tells the client what is new, or that it should ask.
    fn publish(&mut self) {
        let names = std::mem::take(&mut self.unpublished);
        for name in names {
            if name.path().is_some_and(|path| self.index.is_waiting(path)) && self.wants_findings()
            {
                // What is known of it is not all; its turn comes.
                self.unpublished.insert(name);
                continue;
            }
            let is_touched = self.touched.remove(&name) && self.documents.get(&name).is_some();
            if is_touched && self.client.pulls {
                // The client asks about a text that it changed by itself.
                continue;
            }
            let diagnostics = diagnostics::written(self, &name);
            let is_new = self.note_told(&name, &diagnostics);
            if self.client.pulls {
                self.must_refresh |= is_new;
            } else if is_new || is_touched {
                let publication = diagnostics::publication(self, &name, &diagnostics);
                self.outbox.send(publication);
            }
        }
        let is_done = !self.wants_findings() || !self.index.is_stale();
        if self.must_refresh && is_done {
            self.must_refresh = false;
            if self.client.refreshes {
                self.outbox
                    .ask::<DiagnosticRefreshRequest>((), Question::Other);
            }
        }
    }

    /// Notes what the client is told of a document. Gives whether that is something else than before.
    pub fn note_told(&mut self, name: &Name, diagnostics: &Written) -> bool {
        let mark = (!diagnostics.is_empty).then(|| diagnostics.mark());
        let old = match mark {
            Some(mark) => self.published.insert(name.clone(), mark),
            None => self.published.remove(name),
        };
        old != mark
    }

    /// The findings in a document.
    pub fn findings(&self, name: &Name) -> Vec<Finding<'_>> {
        match name {
            Name::Path(path) => self.index.findings(path),
            Name::Uri(_) => {
                let loose = self.loose.get(name).into_iter();
                let all = loose.flat_map(|loose| {
                    loose.diagnostics.iter().map(|diagnostic| Finding {
                        diagnostic,
                        sources: &loose.sources,
                    })
                });
                all.filter(|finding| finding.diagnostic.suppressed.is_none())
                    .collect()
            }
        }
    }

    /// The files that there may be something to say of, and some more.
    pub fn reported_files<'n>(&self, more: impl IntoIterator<Item = &'n Name>) -> BTreeSet<Name> {
        let path = |path: &Path| Name::Path(path.to_path_buf());
        let mut names = order::set(self.index.files_with_findings().map(path));
        let errors = self.index.config_errors().iter();
        names.extend(errors.map(|error| Name::Path(absolute(&error.source.path))));
        names.extend(self.documents.iter().map(|(name, _)| name.clone()));
        names.extend(more.into_iter().cloned());
        names
    }

    /// The text of a document, open or not.
    pub fn source(&self, name: &Name) -> Option<SourceFile> {
        if let Some(document) = self.documents.get(name) {
            return Some(document.source.clone());
        }
        let path = name.path()?;
        let bytes = self.files.read(path).ok()?;
        Some(SourceFile::from_bytes(FileId(0), path.to_path_buf(), bytes))
    }

    /// What a document is, open or not.
    pub fn kind(&self, name: &Name, source: &SourceFile) -> Option<Kind> {
        let listed = name
            .path()
            .and_then(|path| self.index.kind(path, &source.text));
        listed.or_else(|| self.documents.get(name)?.kind())
    }

    /// A path for a document that is no file, which says what configuration is for it.
    pub fn stand_in(&self, source: &SourceFile) -> PathBuf {
        let folder = self.index.folders().first().cloned().unwrap_or_default();
        folder.join(&source.path)
    }

    /// The URI of a document.
    pub fn uri(&self, name: &Name) -> Uri {
        match name {
            Name::Path(path) => self.documents.uri(path),
            Name::Uri(uri) => uri.clone().into(),
        }
    }

    /// The URI of the file of a source, or of the document that it stands for.
    pub fn uri_of(&self, path: &Path) -> Uri {
        if path.is_absolute() {
            return self.documents.uri(path);
        }
        let loose = self
            .documents
            .iter()
            .find(|(name, document)| name.path().is_none() && document.source.path == path);
        loose.map_or_else(
            || convert::uri(&absolute(path)),
            |(_, document)| document.uri.clone(),
        )
    }
}

/// An open file that is linted.
fn found(document: &Document, folders: &[PathBuf]) -> Option<Found> {
    let Name::Path(path) = Name::new(&document.uri) else {
        return None;
    };
    let kind = document.kind()?;
    if !matches!(kind, Kind::Dockerfile | Kind::Compose) {
        return None;
    }
    // Outside all folders, a file is looked at because it is open, and for no other reason.
    let is_inside = folders.iter().any(|folder| path.starts_with(folder));
    Some(Found {
        path,
        kind: Some(kind),
        named: !is_inside,
        pointed: true,
    })
}
