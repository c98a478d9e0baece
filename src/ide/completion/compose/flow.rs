//! Flow collections of YAML that are not closed yet.

/// A collection that is open.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Frame {
    /// Whether it is a mapping.
    pub(super) is_map: bool,
    /// The key whose value is being written.
    pub(super) key: Option<String>,
    /// The keys that are complete, with their values where these are scalars.
    pub(super) keys: Vec<(String, String)>,
    /// What is being written, with an opening quote.
    pub(super) typed: String,
}

/// The collections that are open at the end of a text that begins with a bracket; `None` if none is.
pub(super) fn frames(text: &str) -> Option<Vec<Frame>> {
    let mut frames: Vec<Frame> = Vec::new();
    let mut chars = text.char_indices().peekable();
    let mut last = ' ';
    while let Some((_, c)) = chars.next() {
        let next = chars.peek().map(|(_, c)| *c);
        match c {
            '{' | '[' => frames.push(Frame {
                is_map: c == '{',
                ..Frame::default()
            }),
            _ if frames.is_empty() => return None,
            '}' | ']' => {
                frames.pop();
                // What follows the collection is no longer in one.
                frames.last_mut()?.typed.clear();
            }
            ',' => end(frames.last_mut()?),
            '#' if last.is_whitespace() => while chars.next_if(|(_, c)| *c != '\n').is_some() {},
            '"' | '\'' if frames.last()?.typed.trim().is_empty() => {
                let frame = frames.last_mut()?;
                frame.typed.clear();
                frame.typed.push(c);
                for (_, inner) in chars.by_ref() {
                    frame.typed.push(inner);
                    if inner == c {
                        break;
                    }
                }
            }
            ':' if next.is_none_or(|next| next.is_whitespace() || ",]}".contains(next))
                || frames.last()?.typed.ends_with(['"', '\'']) =>
            {
                let frame = frames.last_mut()?;
                if frame.is_map && frame.key.is_none() {
                    frame.key = Some(bare(&frame.typed));
                    frame.typed.clear();
                } else {
                    frame.typed.push(c);
                }
            }
            _ => {
                let frame = frames.last_mut()?;
                if !(c.is_whitespace() && frame.typed.is_empty()) {
                    frame.typed.push(c);
                }
            }
        }
        last = c;
    }
    (!frames.is_empty()).then_some(frames)
}

/// Whether a text that begins with a bracket does not close it.
pub(super) fn is_open(text: &str) -> bool {
    frames(text).is_some()
}

/// An entry of a collection is complete.
fn end(frame: &mut Frame) {
    let typed = bare(&frame.typed);
    frame.typed.clear();
    if !frame.is_map {
        return;
    }
    match frame.key.take() {
        Some(key) => frame.keys.push((key, typed)),
        None => frame.keys.push((typed, String::new())),
    }
}

fn bare(typed: &str) -> String {
    typed.trim().trim_matches(['"', '\'']).to_owned()
}
