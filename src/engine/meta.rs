//! What is known about a rule without running it. The text it comes from is the front matter of the rule's
//! README; `rules/mod.rs` holds it as constants, so that start-up reads nothing.

use serde::Deserialize;
use serde_json::Value;

use super::Hooks;
use crate::compose::schema::version;
use crate::diagnostic::{Confidence, Severity};
use crate::knowledge::labels::LabelType;

/// A rule: its metadata and the function that hooks its checks up.
#[derive(Clone, Copy)]
pub struct Rule {
    /// Everything that documentation, configuration and output need.
    pub meta: RuleMeta,
    /// Hooks the rule's checks to the nodes that they look at.
    pub register: fn(&mut Hooks<'_>),
}

/// The metadata of a rule.
#[derive(Clone, Copy, Debug)]
pub struct RuleMeta {
    /// Kebab-case words that say what is wrong; never changes once released.
    pub id: &'static str,
    /// The folder below `rules/` that holds the rule's own folder.
    pub group: &'static str,
    /// One line, lower case, no final stop.
    pub summary: &'static str,
    /// What it is about.
    pub category: Category,
    /// How much its findings matter, unless configured otherwise.
    pub severity: Severity,
    /// How sure its findings are.
    pub confidence: Confidence,
    /// The best fix it can offer.
    pub fix: FixKind,
    /// The first version that had it.
    pub since: &'static str,
    /// The presets that switch it on, and its severity there.
    pub presets: &'static [(Preset, Severity)],
    /// Names of the same check in other tools, accepted wherever an id is.
    pub aliases: &'static [&'static str],
    /// What can be configured.
    pub options: &'static [OptionMeta],
    /// The whole README, front matter included.
    pub readme: &'static str,
}

impl RuleMeta {
    /// The address of the rule's documentation.
    pub fn url(&self) -> String {
        [REPOSITORY, "/tree/main/rules/", self.group, "/", self.id].concat()
    }

    /// The severity that a preset gives the rule; `None` when the preset leaves it off.
    pub fn severity_in(&self, preset: Preset) -> Option<Severity> {
        let listed = |wanted| {
            self.presets
                .iter()
                .find(|(p, _)| *p == wanted)
                .map(|(_, s)| *s)
        };
        match preset {
            Preset::All => Some(self.severity),
            Preset::None => None,
            Preset::Hardened | Preset::Production => {
                listed(preset).or_else(|| listed(Preset::Recommended))
            }
            _ => listed(preset),
        }
    }

    /// Whether `name` is the rule's id or one of its aliases, ignoring case.
    pub fn answers_to(&self, name: &str) -> bool {
        self.id.eq_ignore_ascii_case(name)
            || self
                .aliases
                .iter()
                .any(|alias| alias.eq_ignore_ascii_case(name))
    }
}

/// Where the project's documentation is read.
pub const REPOSITORY: &str = env!("CARGO_PKG_REPOSITORY");

/// What a rule is about.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Category {
    /// Someone could do harm.
    Security,
    /// Where code and images come from.
    SupplyChain,
    /// It does not do what it says.
    Correctness,
    /// Dockerfile grammar, YAML and the Compose schema.
    Syntax,
    /// Tomorrow's build may differ.
    Reproducibility,
    /// It may fail at run time.
    Reliability,
    /// Size, cache and speed.
    Efficiency,
    /// Harder to read or change than it need be.
    Maintainability,
    /// A matter of taste.
    Style,
}

impl Category {
    /// Every category, in the order of the catalogue.
    pub const ALL: [Category; 9] = [
        Category::Security,
        Category::SupplyChain,
        Category::Correctness,
        Category::Syntax,
        Category::Reproducibility,
        Category::Reliability,
        Category::Efficiency,
        Category::Maintainability,
        Category::Style,
    ];

    /// The word used in output and configuration.
    pub fn as_str(self) -> &'static str {
        match self {
            Category::Security => "security",
            Category::SupplyChain => "supply-chain",
            Category::Correctness => "correctness",
            Category::Syntax => "syntax",
            Category::Reproducibility => "reproducibility",
            Category::Reliability => "reliability",
            Category::Efficiency => "efficiency",
            Category::Maintainability => "maintainability",
            Category::Style => "style",
        }
    }
}

/// A named set of rules.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Preset {
    /// The default: what is wrong whatever the deployment.
    Recommended,
    /// Recommended, and what could be locked down but is not.
    Hardened,
    /// Recommended, and what a deployment needs: limits, restarts, health, logs.
    Production,
    /// What the CIS Docker Benchmark's sections 4 and 5 decide statically.
    Cis,
    /// Formatting and ordering.
    Style,
    /// Exactly the checks of hadolint.
    Hadolint,
    /// Every rule.
    All,
    /// No rule.
    None,
}

impl Preset {
    /// Every preset, in the order of the documentation.
    pub const ALL: [Preset; 8] = [
        Preset::Recommended,
        Preset::Hardened,
        Preset::Production,
        Preset::Cis,
        Preset::Style,
        Preset::Hadolint,
        Preset::All,
        Preset::None,
    ];

    /// The word used on the command line and in configuration.
    pub fn as_str(self) -> &'static str {
        match self {
            Preset::Recommended => "recommended",
            Preset::Hardened => "hardened",
            Preset::Production => "production",
            Preset::Cis => "cis",
            Preset::Style => "style",
            Preset::Hadolint => "hadolint",
            Preset::All => "all",
            Preset::None => "none",
        }
    }

    /// The preset that a word names.
    pub fn parse(word: &str) -> Option<Preset> {
        Preset::ALL
            .into_iter()
            .find(|preset| preset.as_str() == word)
    }
}

/// The best fix that a rule can offer.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FixKind {
    /// Always up to the user.
    None,
    /// Applied by `--fix`, at least in some cases.
    Safe,
    /// Applied by `--unsafe-fixes` or by hand.
    Unsafe,
}

impl FixKind {
    /// The word used in front matter and output.
    pub fn as_str(self) -> &'static str {
        match self {
            FixKind::None => "none",
            FixKind::Safe => "safe",
            FixKind::Unsafe => "unsafe",
        }
    }
}

/// Something about a rule that can be configured.
#[derive(Clone, Copy, Debug)]
pub struct OptionMeta {
    /// Its key in the configuration.
    pub name: &'static str,
    /// What it takes.
    pub kind: OptionKind,
    /// Its default, as JSON.
    pub default: &'static str,
    /// One line for the documentation.
    pub summary: &'static str,
    /// The [`Shared`] setting that stands in for the default where it is configured.
    pub shared: Option<Shared>,
}

/// A setting at the top of the configuration that several rules read as one of their options.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Deserialize)]
pub enum Shared {
    /// `registries: {allow: […]}`.
    #[serde(rename = "registries.allow")]
    RegistriesAllow,
    /// `registries: {deny: […]}`.
    #[serde(rename = "registries.deny")]
    RegistriesDeny,
    /// `images: {allow: […]}`.
    #[serde(rename = "images.allow")]
    ImagesAllow,
    /// `images: {deny: […]}`.
    #[serde(rename = "images.deny")]
    ImagesDeny,
    /// `downloads: {allow: […]}`.
    #[serde(rename = "downloads.allow")]
    DownloadsAllow,
    /// `downloads: {deny: […]}`.
    #[serde(rename = "downloads.deny")]
    DownloadsDeny,
    /// `labels: {key: type}`.
    #[serde(rename = "labels")]
    Labels,
    /// `engine: docker` or `podman`.
    #[serde(rename = "engine")]
    Engine,
    /// `shell: {shellcheck: off}`, `auto` or `required`.
    #[serde(rename = "shell.shellcheck")]
    ShellCheck,
    /// `compose: {version: "2.20"}`.
    #[serde(rename = "compose.version")]
    ComposeVersion,
    /// `suppressions: {require-reason: …}`.
    #[serde(rename = "suppressions.require-reason")]
    RequireReason,
    /// `suppressions: {max-days: …}`.
    #[serde(rename = "suppressions.max-days")]
    MaxDays,
    /// `suppressions: {report-unused: …}`.
    #[serde(rename = "suppressions.report-unused")]
    ReportUnused,
}

impl Shared {
    /// Every shared setting, in the order of the documentation.
    pub const ALL: [Shared; 13] = [
        Shared::RegistriesAllow,
        Shared::RegistriesDeny,
        Shared::ImagesAllow,
        Shared::ImagesDeny,
        Shared::DownloadsAllow,
        Shared::DownloadsDeny,
        Shared::Labels,
        Shared::Engine,
        Shared::ShellCheck,
        Shared::ComposeVersion,
        Shared::RequireReason,
        Shared::MaxDays,
        Shared::ReportUnused,
    ];

    /// The key at the top of the configuration, and the key below it where there is one.
    pub fn path(self) -> (&'static str, Option<&'static str>) {
        match self {
            Shared::RegistriesAllow => ("registries", Some("allow")),
            Shared::RegistriesDeny => ("registries", Some("deny")),
            Shared::ImagesAllow => ("images", Some("allow")),
            Shared::ImagesDeny => ("images", Some("deny")),
            Shared::DownloadsAllow => ("downloads", Some("allow")),
            Shared::DownloadsDeny => ("downloads", Some("deny")),
            Shared::Labels => ("labels", None),
            Shared::Engine => ("engine", None),
            Shared::ShellCheck => ("shell", Some("shellcheck")),
            Shared::ComposeVersion => ("compose", Some("version")),
            Shared::RequireReason => ("suppressions", Some("require-reason")),
            Shared::MaxDays => ("suppressions", Some("max-days")),
            Shared::ReportUnused => ("suppressions", Some("report-unused")),
        }
    }

    /// What the setting takes.
    pub fn kind(self) -> OptionKind {
        match self {
            Shared::Labels => OptionKind::LabelTypes,
            Shared::Engine => OptionKind::Engine,
            Shared::ShellCheck => OptionKind::Asked,
            Shared::ComposeVersion => OptionKind::Version,
            Shared::RequireReason | Shared::ReportUnused => OptionKind::Boolean,
            Shared::MaxDays => OptionKind::Integer,
            _ => OptionKind::StringList,
        }
    }

    /// What the setting does, where it has a key of its own below another one.
    pub fn summary(self) -> &'static str {
        match self {
            Shared::RequireReason => "whether a comment that suppresses something has to say why",
            Shared::MaxDays => {
                "how many days from today such a comment may last; it then has to say until when"
            }
            Shared::ReportUnused => "whether comments that suppress nothing are reported",
            Shared::RegistriesAllow | Shared::ImagesAllow | Shared::DownloadsAllow => {
                "what is allowed; nothing else then is"
            }
            Shared::RegistriesDeny | Shared::ImagesDeny | Shared::DownloadsDeny => {
                "what is denied, even if it is allowed as well"
            }
            Shared::ShellCheck => {
                "whether a ShellCheck on PATH is asked about scripts as well: off, auto (if there is one) or required"
            }
            Shared::ComposeVersion => "the oldest Docker Compose that has to read the files",
            Shared::Labels | Shared::Engine => "",
        }
    }
}

/// What an option takes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OptionKind {
    /// A list of texts.
    StringList,
    /// A text.
    String,
    /// `true` or `false`.
    Boolean,
    /// A whole number, not negative.
    Integer,
    /// Names of labels, each with a [`LabelType`] and a `?` behind it where the label may be absent.
    LabelTypes,
    /// What builds and runs the images: `docker` or `podman`.
    Engine,
    /// Whether a program outside is asked: `off`, `auto` or `required`.
    Asked,
    /// A version such as `2.20` or `2.20.3`; an empty text is none.
    Version,
}

/// What may build and run images.
pub const ENGINES: [&str; 2] = ["docker", "podman"];

/// Whether a program outside is asked.
pub const ASKED: [&str; 3] = ["off", "auto", "required"];

impl OptionKind {
    /// The word used in front matter.
    pub fn as_str(self) -> &'static str {
        match self {
            OptionKind::StringList => "string-list",
            OptionKind::String => "string",
            OptionKind::Boolean => "boolean",
            OptionKind::Integer => "integer",
            OptionKind::LabelTypes => "label-types",
            OptionKind::Engine => "engine",
            OptionKind::Asked => "asked",
            OptionKind::Version => "version",
        }
    }

    /// Whether a value is of this kind.
    pub fn accepts(self, value: &Value) -> bool {
        match self {
            OptionKind::StringList => value
                .as_array()
                .is_some_and(|items| items.iter().all(Value::is_string)),
            OptionKind::String => value.is_string(),
            OptionKind::Boolean => value.is_boolean(),
            OptionKind::Integer => value.is_u64(),
            OptionKind::LabelTypes => value.as_object().is_some_and(|labels| {
                let known = |word| LabelType::parse(word).is_some();
                labels.values().all(|word| word.as_str().is_some_and(known))
            }),
            OptionKind::Engine => value.as_str().is_some_and(|word| ENGINES.contains(&word)),
            OptionKind::Asked => value.as_str().is_some_and(|word| ASKED.contains(&word)),
            OptionKind::Version => value
                .as_str()
                .is_some_and(|text| text.is_empty() || version(text).is_some()),
        }
    }

    /// What the kind is called in a message to the user.
    pub fn describe(self) -> &'static str {
        match self {
            OptionKind::StringList => "a list of texts",
            OptionKind::String => "a text",
            OptionKind::Boolean => "`true` or `false`",
            OptionKind::Integer => "a whole number",
            OptionKind::LabelTypes => {
                "labels, each with `text`, `url`, `rfc3339`, `spdx`, `hash`, `semver` or `email`, and a `?` behind it if the label may be absent"
            }
            OptionKind::Engine => "`docker` or `podman`",
            OptionKind::Asked => "`off`, `auto` or `required`",
            OptionKind::Version => "a version in quotes, such as `\"2.20\"`",
        }
    }
}

/// Finds a rule by id or alias, ignoring case.
pub fn find<'r>(rules: &'r [Rule], name: &str) -> Option<&'r Rule> {
    let by_id = rules
        .iter()
        .find(|rule| rule.meta.id.eq_ignore_ascii_case(name));
    by_id.or_else(|| rules.iter().find(|rule| rule.meta.answers_to(name)))
}

/// The id, alias or category that is spelled most like `name`, if any is near.
pub fn nearest<'r>(rules: &'r [Rule], name: &str) -> Option<&'r str> {
    let known = rules
        .iter()
        .flat_map(|rule| std::iter::once(rule.meta.id).chain(rule.meta.aliases.iter().copied()));
    nearest_of(known, name)
}

/// The candidate that is spelled most like `name`, if any is near enough to be a slip.
pub fn nearest_of<'c>(
    candidates: impl IntoIterator<Item = &'c str>,
    name: &str,
) -> Option<&'c str> {
    let limit = (name.chars().count() / 3).clamp(1, 4);
    let lower = name.to_ascii_lowercase();
    candidates
        .into_iter()
        .map(|known| {
            (
                strsim::damerau_levenshtein(&known.to_ascii_lowercase(), &lower),
                known,
            )
        })
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, known)| known)
}
