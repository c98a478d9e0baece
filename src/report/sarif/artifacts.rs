//! Files and places in them, as SARIF names them.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Serialize;

use super::{BASE, Message};
use crate::report::Report;
use crate::report::place::{Range, range};
use crate::report::uri::{is_absolute, uri};
use crate::text::{FileId, Location as TextLocation, SourceFile, Sources, Span, TextEnd};

/// The files that results point to.
pub(super) struct Artifacts<'a> {
    sources: &'a Sources,
    /// Where in the list each file stands, and whether findings are about it.
    files: BTreeMap<FileId, (usize, bool)>,
}

/// A file of the run.
#[derive(Serialize)]
pub(super) struct Artifact {
    location: ArtifactLocation,
    length: usize,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    roles: Vec<&'static str>,
}

/// The address of a file.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ArtifactLocation {
    uri: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    uri_base_id: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    index: Option<usize>,
}

/// A place with what there is to say about it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Location {
    /// What a message could refer to it by.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) id: Option<usize>,
    pub(super) physical_location: PhysicalLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) message: Option<Message>,
}

/// A place in a file.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct PhysicalLocation {
    pub(super) artifact_location: ArtifactLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Region>,
}

/// A range of a file, as text and as bytes.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Region {
    start_line: u32,
    start_column: u32,
    end_line: u32,
    end_column: u32,
    byte_offset: u32,
    byte_length: u32,
}

impl<'a> Artifacts<'a> {
    /// All files that findings and labels are in.
    pub(super) fn of(report: &Report<'a>) -> Artifacts<'a> {
        let mut about = BTreeMap::new();
        for diagnostic in report.diagnostics {
            let finding = &diagnostic.finding;
            about.insert(finding.at.file, true);
            for label in &finding.labels {
                about.entry(label.at.file).or_insert(false);
            }
        }
        about.retain(|id, _| report.sources.get(*id).is_some());
        let numbered = about.into_iter().enumerate();
        Artifacts {
            sources: report.sources,
            files: numbered
                .map(|(index, (id, is_target))| (id, (index, is_target)))
                .collect(),
        }
    }

    /// The list of files.
    pub(super) fn all(&self) -> impl Iterator<Item = Artifact> {
        self.files.iter().filter_map(|(id, (_, is_target))| {
            let file = self.sources.get(*id)?;
            Some(Artifact {
                location: ArtifactLocation::of_file(&file.path),
                length: file.text.len(),
                roles: is_target.then_some("analysisTarget").into_iter().collect(),
            })
        })
    }

    /// A file of the run.
    pub(super) fn file(&self, id: FileId) -> Option<&'a SourceFile> {
        let file: &SourceFile = self.sources.get(id)?;
        Some(file)
    }

    /// A place in a file of the run.
    pub(super) fn location(&self, at: TextLocation) -> Option<Location> {
        let file = self.file(at.file)?;
        let (index, _) = self.files.get(&at.file)?;
        Some(Location {
            id: None,
            physical_location: PhysicalLocation {
                artifact_location: ArtifactLocation {
                    index: Some(*index),
                    ..ArtifactLocation::of_file(&file.path)
                },
                region: Some(Region::of_range(range(file, at), file)),
            },
            message: None,
        })
    }
}

impl ArtifactLocation {
    /// The address of a path.
    pub(super) fn of_file(path: &Path) -> ArtifactLocation {
        let uri = uri(path);
        ArtifactLocation {
            uri_base_id: (!is_absolute(&uri)).then_some(BASE),
            uri,
            index: None,
        }
    }
}

impl Location {
    /// A whole file, by its printed path.
    pub(super) fn of_path(path: &str) -> Location {
        Location {
            id: None,
            physical_location: PhysicalLocation {
                artifact_location: ArtifactLocation::of_file(Path::new(path)),
                region: None,
            },
            message: None,
        }
    }
}

impl Region {
    /// A span of a file.
    pub(super) fn new(file: &SourceFile, span: Span) -> Region {
        let file_id = file.id;
        let at = TextLocation {
            file: file_id,
            span,
        };
        Region::of_range(range(file, at), file)
    }

    /// The empty region at the end of a file.
    pub(super) fn at_end(end: TextEnd) -> Region {
        let (line, column) = (end.at.line + 1, end.at.column + 1);
        Region {
            start_line: line,
            start_column: column,
            end_line: line,
            end_column: column,
            byte_offset: end.offset,
            byte_length: 0,
        }
    }

    fn of_range(range: Range, file: &SourceFile) -> Region {
        // A span behind the end means the end, as it does for lines and columns.
        let end = crate::text::span::offset(file.text.len());
        let (from, to) = (range.start.offset.min(end), range.end.offset.min(end));
        Region {
            start_line: range.start.line,
            start_column: range.start.column,
            end_line: range.end.line,
            end_column: range.end.column,
            byte_offset: from,
            byte_length: to - from,
        }
    }
}
