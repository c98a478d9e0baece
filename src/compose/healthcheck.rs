//! Health checks.
//!
//! Not for: what the test does (`crate::shell`).

use super::cast;
use super::reader::{Reader, Slot};
use super::value::{Flag, Scalar, Setting, Text, Typed};
use crate::grammar::duration::Duration;

/// `healthcheck`
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Healthcheck {
    /// The test.
    pub test: Setting<Test>,
    /// Whether the image's check is switched off.
    pub disable: Option<Flag>,
    /// Time between checks.
    pub interval: Setting<Typed<Duration>>,
    /// How long a check may take.
    pub timeout: Setting<Typed<Duration>>,
    /// Failures in a row that make the container unhealthy.
    pub retries: Setting<Typed<i64>>,
    /// Time after the start in which failures do not count.
    pub start_period: Setting<Typed<Duration>>,
    /// Time between checks during the start period.
    pub start_interval: Setting<Typed<Duration>>,
}

/// The test of a health check.
#[derive(Clone, Debug, PartialEq)]
pub enum Test {
    /// A text: it is run by the container's shell, whatever it says; even `NONE`.
    Text(Scalar),
    /// `[CMD, …]`: a program and its arguments.
    Cmd {
        /// The word `CMD`.
        keyword: Text,
        /// The program and its arguments.
        words: Vec<Text>,
    },
    /// `[CMD-SHELL, …]`: a line for the container's shell.
    CmdShell {
        /// The word `CMD-SHELL`.
        keyword: Text,
        /// The line; what follows it is handed on and does nothing.
        words: Vec<Text>,
    },
    /// `[NONE]`: the image's check is switched off.
    None {
        /// The word `NONE`.
        keyword: Text,
    },
    /// A list that begins with something else, or with nothing.
    Other(Vec<Text>),
}

impl Healthcheck {
    /// Whether the check is certainly switched off, by `disable: true` or `test: [NONE]`.
    pub fn is_disabled(&self) -> bool {
        super::value::is_true(&self.disable)
            || matches!(&self.test, Some(test) if matches!(test.value, Test::None { .. }))
    }

    pub(super) fn read(cx: &Reader<'_>, slot: &Slot<'_>) -> Setting<Healthcheck> {
        if !cx.is_mapping(slot.node) {
            return None;
        }
        let mut check = Healthcheck::default();
        for slot in cx.slots(slot.node) {
            match slot.name {
                "test" => check.test = Test::read(cx, &slot),
                "disable" => check.disable = cx.flag(&slot),
                "interval" => check.interval = cx.duration(&slot),
                "timeout" => check.timeout = cx.duration(&slot),
                "retries" => check.retries = cx.typed_field(&slot, cast::integer),
                "start_period" => check.start_period = cx.duration(&slot),
                "start_interval" => check.start_interval = cx.duration(&slot),
                _ => {}
            }
        }
        Some(slot.field(check))
    }
}

impl Test {
    fn read(cx: &Reader<'_>, slot: &Slot<'_>) -> Setting<Test> {
        if !cx.is_list(slot.node) {
            return Some(slot.field(Test::Text(cx.scalar(slot.node)?)));
        }
        let mut words = cx.texts(slot).items;
        let known = words.first().and_then(|word| word.value.known());
        let test = match known {
            Some("CMD") => Test::Cmd {
                keyword: words.remove(0),
                words,
            },
            Some("CMD-SHELL") => Test::CmdShell {
                keyword: words.remove(0),
                words,
            },
            Some("NONE") => Test::None {
                keyword: words.remove(0),
            },
            _ => Test::Other(words),
        };
        Some(slot.field(test))
    }
}
