//! Names of images: the official ones that are still looked after. Tags are not invented.

use super::{Completion, CompletionKind, Cursor};
use crate::grammar::image::ImageReference;
use crate::knowledge::{deprecated, official};

/// The official images, if none of the name was typed that could not be one of them.
pub(super) fn images(typed: &str, cursor: Cursor<'_>) -> impl Iterator<Item = Completion> {
    let is_short = !typed.contains(['/', ':', '@', '$']);
    let span = cursor.word(typed, is_part);
    let names = official::names().filter(move |name| is_short && !is_given_up(name));
    names.map(move |name| {
        Completion::new(name, CompletionKind::Image, span)
            .detail("official image")
            .rank(6)
    })
}

fn is_given_up(name: &str) -> bool {
    let reference = ImageReference::parse(name).ok();
    reference.is_some_and(|reference| deprecated::of(&reference).is_some())
}

/// Whether a character belongs to the name of an image without its tag.
pub(super) fn is_part(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/')
}
