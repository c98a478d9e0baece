//! Our rules against BuildKit's build checks, on the corpus of real files.
//!
//! Each rule that answers to a check of BuildKit has a row here. Findings are compared by instruction: both
//! say something about it or neither does, unless the difference is listed with its reason.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use dockworthy::check;
use dockworthy::diagnostic::Applicability;
use dockworthy::dockerfile::ast::{InstructionKind, Separator};
use dockworthy::dockerfile::parse::parse;
use dockworthy::engine::fix;
use dockworthy::engine::meta::{self, Preset};
use dockworthy::engine::ruleset::Ruleset;
use dockworthy::engine::settings::{Level, RuleSetting, Settings};
use dockworthy::rules::RULES;
use dockworthy::text::lines::Unit;
use dockworthy::text::{FileId, SourceFile};
use dockworthy::workspace::kind::Kind;
use serde_json::Value;

use crate::corpus;

/// A check of BuildKit and the rule of ours that answers to it.
struct Check {
    /// Its name, and behind a space what its message has to have in it.
    theirs: &'static str,
    /// The rules that answer to it together.
    ours: &'static [&'static str],
    differences: &'static [Difference],
}

/// An instruction of which only one of us speaks.
struct Difference {
    /// A part of the file's path.
    file: &'static str,
    /// The first line of the instruction.
    line: u64,
    reason: &'static str,
}

const CHECKS: &[Check] = &[
    Check {
        theirs: "LegacyKeyValueFormat",
        ours: &["legacy-key-value", "space-around-equals"],
        differences: &[],
    },
    Check {
        theirs: "MaintainerDeprecated",
        ours: &["maintainer-deprecated"],
        differences: &[],
    },
    Check {
        theirs: "NoEmptyContinuation",
        ours: &["empty-continuation-line"],
        differences: &[],
    },
    Check {
        theirs: "SecretsUsedInArgOrEnv (ARG",
        ours: &["secret-in-build-arg"],
        differences: &[],
    },
    Check {
        theirs: "SecretsUsedInArgOrEnv (ENV",
        ours: &["secret-in-env"],
        differences: &[
            Difference {
                file: "docker-library__python/3.13/alpine",
                line: 19,
                reason: FINGERPRINT,
            },
            Difference {
                file: "docker-library__python/3.13/",
                line: 22,
                reason: FINGERPRINT,
            },
            Difference {
                file: "docker-library__python/3.1",
                line: 24,
                reason: FINGERPRINT,
            },
            Difference {
                file: "docker-library__python/3.1",
                line: 27,
                reason: FINGERPRINT,
            },
            Difference {
                file: "docker-library__wordpress/cli/",
                line: 101,
                reason: FINGERPRINT,
            },
            Difference {
                file: "coldbox-adobe.dockerfile",
                line: 3,
                reason: "BuildKit does not split `adminPassword` into words",
            },
            Difference {
                file: "postgrest.dockerfile",
                line: 20,
                reason: "the value is a boolean",
            },
            Difference {
                file: "postgrest.dockerfile",
                line: 24,
                reason: "the value is a path inside of a token, `.role`",
            },
            Difference {
                file: "dotnet-docker/src/monitor-base/8.1/ubuntu-chiseled/arm64v8/",
                line: 22,
                reason: "in .NET's notation the last word is a field's name, here of a filter",
            },
        ],
    },
    Check {
        theirs: "JSONArgsRecommended",
        ours: &["shell-form-entrypoint"],
        differences: &[
            Difference {
                file: "lk4d4-the-edge-case-generator/Dockerfile",
                line: 29,
                reason: NO_EFFECT,
            },
            Difference {
                file: "lk4d4-the-edge-case-generator/Dockerfile",
                line: 30,
                reason: NO_EFFECT,
            },
            Difference {
                file: "lk4d4-the-edge-case-generator/Dockerfile",
                line: 31,
                reason: NO_EFFECT,
            },
        ],
    },
    Check {
        theirs: "WorkdirRelativePath",
        ours: &["relative-workdir"],
        differences: &[
            Difference {
                file: "ffead-cpp/ffead-cpp-seastar-base.dockerfile",
                line: 4,
                reason: "a variable that the base image may set; in the stub nothing is set",
            },
            Difference {
                file: "Vala/valum/valum.dockerfile",
                line: 16,
                reason: "relative to a WORKDIR of the file, which is a remark of ours only",
            },
            Difference {
                file: "golang/1.26/windows/nanoserver-ltsc2022/Dockerfile",
                line: 30,
                reason: "absolute on Windows; the stub says that every base image is for Linux",
            },
            Difference {
                file: "golang/1.26/windows/nanoserver-ltsc2025/Dockerfile",
                line: 30,
                reason: "absolute on Windows; the stub says that every base image is for Linux",
            },
            Difference {
                file: "golang/1.26/windows/windowsservercore-ltsc2022/Dockerfile",
                line: 88,
                reason: "absolute on Windows; the stub says that every base image is for Linux",
            },
            Difference {
                file: "golang/1.26/windows/windowsservercore-ltsc2025/Dockerfile",
                line: 88,
                reason: "absolute on Windows; the stub says that every base image is for Linux",
            },
            Difference {
                file: "golang/1.27/windows/nanoserver-ltsc2022/Dockerfile",
                line: 30,
                reason: "absolute on Windows; the stub says that every base image is for Linux",
            },
            Difference {
                file: "golang/1.27/windows/nanoserver-ltsc2025/Dockerfile",
                line: 30,
                reason: "absolute on Windows; the stub says that every base image is for Linux",
            },
            Difference {
                file: "golang/1.27/windows/windowsservercore-ltsc2022/Dockerfile",
                line: 88,
                reason: "absolute on Windows; the stub says that every base image is for Linux",
            },
            Difference {
                file: "golang/1.27/windows/windowsservercore-ltsc2025/Dockerfile",
                line: 88,
                reason: "absolute on Windows; the stub says that every base image is for Linux",
            },
        ],
    },
    Check {
        theirs: "MultipleInstructionsDisallowed",
        ours: &[
            "multiple-cmd",
            "multiple-entrypoint",
            "multiple-healthcheck",
        ],
        differences: &[],
    },
    Check {
        theirs: "ConsistentInstructionCasing",
        ours: &["inconsistent-instruction-case"],
        differences: &[],
    },
    Check {
        theirs: "FromAsCasing",
        ours: &["from-as-case"],
        differences: &[],
    },
    Check {
        theirs: "FromPlatformFlagConstDisallowed",
        ours: &["constant-platform-flag"],
        differences: &[],
    },
    Check {
        theirs: "InvalidDefaultArgInFrom",
        ours: &["invalid-default-arg-in-from"],
        differences: &[],
    },
    Check {
        theirs: "RedundantTargetPlatform",
        ours: &["redundant-target-platform"],
        differences: &[],
    },
    Check {
        theirs: "ReservedStageName",
        ours: &["reserved-stage-name"],
        differences: &[],
    },
    Check {
        theirs: "ExposeInvalidFormat",
        ours: &["expose-host-mapping"],
        differences: &[],
    },
    Check {
        theirs: "ExposeProtoCasing",
        ours: &["expose-proto-case"],
        differences: &[],
    },
    Check {
        theirs: "StageNameCasing",
        ours: &["stage-name-case"],
        differences: &[],
    },
    Check {
        theirs: "DuplicateStageName",
        ours: &["duplicate-stage-name"],
        differences: &[],
    },
    Check {
        theirs: "UndefinedVar",
        ours: &["undefined-variable", "variable-out-of-scope"],
        differences: &[
            Difference {
                file: "cpoll_cppsp.dockerfile",
                line: 21,
                reason: BASE_IMAGE,
            },
            Difference {
                file: "ffead-cpp-d-hunt.dockerfile",
                line: 27,
                reason: BASE_IMAGE,
            },
            Difference {
                file: "ffead-cpp-d-hunt.dockerfile",
                line: 28,
                reason: BASE_IMAGE,
            },
            Difference {
                file: "ffead-cpp-seastar-base.dockerfile",
                line: 4,
                reason: BASE_IMAGE,
            },
            Difference {
                file: "ffead-cpp-seastar-base.dockerfile",
                line: 20,
                reason: BASE_IMAGE,
            },
            Difference {
                file: "ffead-cpp-seastar-base.dockerfile",
                line: 21,
                reason: BASE_IMAGE,
            },
            Difference {
                file: "ffead-cpp-seastar-base.dockerfile",
                line: 47,
                reason: BASE_IMAGE,
            },
            Difference {
                file: "ffead-cpp-sql-raw-async-clibpqb-pool-profiled-base.dockerfile",
                line: 80,
                reason: BASE_IMAGE,
            },
            Difference {
                file: "ffead-cpp-sql-raw-async-clibpqb-pool-profiled-base.dockerfile",
                line: 82,
                reason: BASE_IMAGE,
            },
            Difference {
                file: "ffead-cpp-sql-raw-async-clibpqb-pool-profiled-base.dockerfile",
                line: 86,
                reason: BASE_IMAGE,
            },
            Difference {
                file: "ffead-cpp-sql-raw-async-pool-profiled-base.dockerfile",
                line: 80,
                reason: BASE_IMAGE,
            },
            Difference {
                file: "ffead-cpp-sql-raw-async-pool-profiled-base.dockerfile",
                line: 82,
                reason: BASE_IMAGE,
            },
            Difference {
                file: "ffead-cpp-sql-raw-async-pool-profiled-base.dockerfile",
                line: 86,
                reason: BASE_IMAGE,
            },
            Difference {
                file: "ffead-cpp-v-picov-raw-profiled-base.dockerfile",
                line: 80,
                reason: BASE_IMAGE,
            },
            Difference {
                file: "ffead-cpp-v-picov-raw-profiled-base.dockerfile",
                line: 84,
                reason: BASE_IMAGE,
            },
            Difference {
                file: "ffead-cpp-v-picov-raw-profiled-base.dockerfile",
                line: 88,
                reason: BASE_IMAGE,
            },
            Difference {
                file: "ffead-cpp-v-picov-raw-profiled-base.dockerfile",
                line: 104,
                reason: BASE_IMAGE,
            },
            Difference {
                file: "libhttpserver.dockerfile",
                line: 21,
                reason: BASE_IMAGE,
            },
            Difference {
                file: "servlet3-sync.dockerfile",
                line: 10,
                reason: BASE_IMAGE,
            },
            Difference {
                file: "servlet3-sync.dockerfile",
                line: 11,
                reason: BASE_IMAGE,
            },
            Difference {
                file: "servlet3.dockerfile",
                line: 10,
                reason: BASE_IMAGE,
            },
            Difference {
                file: "servlet3.dockerfile",
                line: 11,
                reason: BASE_IMAGE,
            },
            Difference {
                file: "samples/aspnetapp/Dockerfile",
                line: 21,
                reason: BASE_IMAGE,
            },
            Difference {
                file: "samples/dotnetapp/Dockerfile.alpine-icu",
                line: 30,
                reason: BASE_IMAGE,
            },
            Difference {
                file: "samples/dotnetapp/Dockerfile.azurelinux-distroless",
                line: 20,
                reason: BASE_IMAGE,
            },
            Difference {
                file: "samples/globalapp/Dockerfile.alpine",
                line: 27,
                reason: BASE_IMAGE,
            },
            Difference {
                file: "samples/releasesapi/Dockerfile.ubuntu-cross-arm64-x64",
                line: 39,
                reason: BASE_IMAGE,
            },
            Difference {
                file: "moby__buildkit/Dockerfile",
                line: 53,
                reason: BASE_IMAGE,
            },
            Difference {
                file: "gitea/1.4.0/Dockerfile",
                line: 11,
                reason: BASE_IMAGE,
            },
            Difference {
                file: "jessfraz__dockerfiles/weechat/Dockerfile",
                line: 18,
                reason: "it says what to do without",
            },
        ],
    },
    Check {
        theirs: "UndefinedArgInFrom",
        ours: &["undefined-arg-in-from"],
        differences: &[],
    },
];

/// BuildKit looks at names only.
const FINGERPRINT: &str = "the value is the fingerprint of a public key";

/// Checks that say nothing of any file of the corpus, and neither may we.
const SILENT: [&str; 8] = [
    "DuplicateStageName",
    "ExposeInvalidFormat",
    "ExposeProtoCasing",
    "FromPlatformFlagConstDisallowed",
    "RedundantTargetPlatform",
    "ReservedStageName",
    "StageNameCasing",
    "UndefinedArgInFrom",
];

/// Checks that were not asked, and why.
const NOT_COMPARED: [(&str, &str); 3] = [
    ("CopyIgnoredFile", "the corpus has no build contexts"),
    ("InvalidBaseImagePlatform", "only the registry knows"),
    (
        "InvalidDefinitionDescription",
        "it is an experiment and off, as is our rule",
    ),
];

/// One fault is one finding.
const NO_EFFECT: &str = "`multiple-cmd` says that this `CMD` has no effect";

/// BuildKit looked at a stub with nothing but `PATH`; the real image may define the variable.
const BASE_IMAGE: &str = "the base image may define it";

#[test]
fn findings_equal_the_warnings_of_buildkit() {
    let Some(corpus) = corpus::dir() else { return };
    let ruleset = ruleset(CHECKS.iter().flat_map(|check| check.ours.iter().copied()));
    let mut report = String::new();
    let mut compared: BTreeMap<&str, usize> = BTreeMap::new();
    let mut excused = BTreeSet::new();
    let mut unknown = BTreeSet::new();
    for answer in answers(&corpus) {
        let name = answer["file"].as_str().unwrap();
        let source = read(&corpus.join(name));
        let starts = Starts::of(&source);
        let linted = check::lint(&source, Kind::Dockerfile, &ruleset, None);
        // BuildKit stops at the first error, and what would follow is not known.
        let is_refused = ["parse_error", "build_error"]
            .iter()
            .any(|key| answer[key] != "");
        for warning in answer["warnings"].as_array().unwrap() {
            let rule = warning["rule"].as_str().unwrap();
            if !CHECKS
                .iter()
                .any(|check| check.theirs.split(' ').next() == Some(rule))
            {
                unknown.insert(rule.to_owned());
            }
        }
        for check in CHECKS {
            let warnings = answer["warnings"].as_array().unwrap().iter();
            let (rule, part) = check.theirs.split_once(' ').unwrap_or((check.theirs, ""));
            let theirs: BTreeSet<u64> = warnings
                .filter(|warning| warning["rule"] == rule)
                .filter(|warning| warning["message"].as_str().unwrap().contains(part))
                .map(|warning| starts.of_line(warning["first_line"].as_u64().unwrap()))
                .collect();
            let diagnostics = linted.diagnostics.iter();
            let ours: BTreeSet<u64> = diagnostics
                .filter(|diagnostic| check.ours.contains(&diagnostic.rule))
                .filter(|diagnostic| diagnostic.suppressed.is_none())
                .map(|diagnostic| starts.of_offset(&source, diagnostic.finding.at.span.start))
                .collect();
            *compared.entry(check.theirs).or_default() += theirs.len();
            for line in theirs.symmetric_difference(&ours) {
                let is_ours = ours.contains(line);
                if is_ours && is_refused {
                    continue;
                }
                let excuse = check
                    .differences
                    .iter()
                    .find(|other| name.contains(other.file) && other.line == *line);
                if let Some(excuse) = excuse {
                    assert!(!excuse.reason.is_empty());
                    excused.insert((check.theirs, excuse.file, excuse.line));
                    continue;
                }
                let who = if is_ours { "we" } else { "BuildKit" };
                let _ = writeln!(report, "{name}:{line}: only {who} ({})", check.theirs);
            }
        }
    }
    for check in CHECKS {
        for other in check.differences {
            if !excused.contains(&(check.theirs, other.file, other.line)) {
                let _ = writeln!(report, "{}:{}: no longer differs", other.file, other.line);
            }
        }
        let is_silent = SILENT.contains(&check.theirs);
        assert_eq!(compared[check.theirs] == 0, is_silent, "{}", check.theirs);
    }
    assert_eq!(report, "");
    assert_eq!(unknown, BTreeSet::new(), "checks without a row");
    for (check, reason) in NOT_COMPARED {
        assert!(
            !reason.is_empty() && !compared.contains_key(check),
            "{check}"
        );
    }
}

#[test]
fn fixing_legacy_pairs_keeps_every_value() {
    let Some(corpus) = corpus::dir() else { return };
    let ruleset = ruleset(["legacy-key-value"].into_iter());
    let (mut before, mut after) = (0, 0);
    for answer in answers(&corpus) {
        let name = answer["file"].as_str().unwrap();
        let source = read(&corpus.join(name));
        let fixed = fix::fix(&source.text, Applicability::Safe, |text| {
            let source = SourceFile::from_text(FileId(0), name.into(), text);
            check::lint(&source, Kind::Dockerfile, &ruleset, None).into_fixable()
        });
        let (old, new) = (pairs(&source.text), pairs(&fixed.text));
        before += old.iter().filter(|pair| pair.2 == Separator::Space).count();
        after += new.iter().filter(|pair| pair.2 == Separator::Space).count();
        let values = |pairs: Vec<(String, String, Separator)>| -> Vec<(String, String)> {
            pairs
                .into_iter()
                .map(|(key, value, _)| (key, value))
                .collect()
        };
        assert_eq!(values(old), values(new), "{name}");
    }
    assert!(before > 1000 && after * 100 < before, "{before} → {after}");
}

/// Key and value of all labels and variables, without quotes and escapes.
fn pairs(text: &str) -> Vec<(String, String, Separator)> {
    let mut found = Vec::new();
    for instruction in &parse(text).tree.instructions {
        let pairs = match &instruction.kind {
            InstructionKind::Env(env) => &env.pairs,
            InstructionKind::Label(label) => &label.pairs,
            _ => continue,
        };
        for pair in pairs {
            let value = pair.value.as_ref().map(|value| value.value().into_owned());
            let key = pair.key.value().into_owned();
            found.push((key, value.unwrap_or_default(), pair.separator));
        }
    }
    found
}

/// Exactly these rules.
fn ruleset(ids: impl Iterator<Item = &'static str>) -> std::sync::Arc<Ruleset> {
    let mut settings = Settings {
        presets: vec![Preset::None],
        ..Settings::default()
    };
    for id in ids {
        let rule = meta::find(RULES, id).expect("the rule exists");
        let setting = RuleSetting {
            level: Some(Level::On(rule.meta.severity)),
            ..RuleSetting::default()
        };
        settings.rules.insert(rule.meta.id, setting);
    }
    Ruleset::build(RULES, &settings)
}

/// First and last lines of a file's instructions, counted from 1.
struct Starts(Vec<(u64, u64)>);

impl Starts {
    fn of(source: &SourceFile) -> Starts {
        let instructions = parse(&source.text).tree.instructions;
        let lines = instructions.iter().map(|instruction| instruction.lines);
        Starts(
            lines
                .map(|lines| (lines.first.into(), lines.last.into()))
                .collect(),
        )
    }

    /// The first line of the instruction that a line belongs to; the line itself where it is between two.
    fn of_line(&self, line: u64) -> u64 {
        let holds = |(first, last): &&(u64, u64)| (*first..=*last).contains(&line);
        self.0.iter().find(holds).map_or(line, |(first, _)| *first)
    }

    fn of_offset(&self, source: &SourceFile, offset: u32) -> u64 {
        let position = source.lines.position(offset, Unit::Utf8, &source.text);
        self.of_line(u64::from(position.line) + 1)
    }
}

/// The answers of BuildKit, without the files that it crashed on.
fn answers(corpus: &Path) -> Vec<Value> {
    let lines = std::fs::read_to_string(corpus.join("buildkit.jsonl")).expect("the corpus has it");
    let answers = lines
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
    answers
        .filter(|answer| {
            let error = answer["build_error"].as_str().unwrap_or_default();
            !error.starts_with("(no answer")
        })
        .collect()
}

fn read(path: &Path) -> SourceFile {
    let bytes = std::fs::read(path).expect("the corpus has it");
    SourceFile::from_bytes(FileId(0), path.to_owned(), bytes)
}
