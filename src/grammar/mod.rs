//! Small grammars shared by Dockerfiles and Compose files: one file for each kind of word, such as an image
//! reference, a port or a duration.
//!
//! Each takes a text and gives a typed value whose ranges are byte offsets in that text, so that a caller
//! can map them to the file with [`Cooked`](crate::text::Cooked). A part that holds a variable is unknown,
//! never wrong.
//!
//! Not for: what a value means for a build or a service, and which rule says so.

pub mod variable;

/// The first characters of a text, for use in a message: short, and without line breaks.
pub(crate) fn excerpt(text: &str) -> String {
    const LONGEST: usize = 40;
    let mut excerpt: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .take(LONGEST)
        .collect();
    if excerpt.len() < text.len() {
        excerpt.push('…');
    }
    excerpt
}
