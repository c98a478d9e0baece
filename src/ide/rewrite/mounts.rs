//! Mounts: the short syntax as the long one.

use super::{Here, Rewrite, scalar};
use crate::yaml::NodeId;

/// An item of `volumes` in the long syntax.
pub(super) fn rewrite(here: &Here<'_>, id: NodeId) -> Option<Rewrite> {
    let ["services", _, "volumes"] = here.keys_of_list(id)?[..] else {
        return None;
    };
    let text = here.plain_text(id)?;
    // Variables may bring colons, and so do drives.
    if text.contains(['$', '\\']) || !text.contains('/') {
        return None;
    }
    let parts: Vec<&str> = text.split(':').collect();
    let (source, target, options) = match parts[..] {
        [target] => (None, target, ""),
        [source, target] => (Some(source), target, ""),
        [source, target, options] => (Some(source), target, options),
        _ => return None,
    };
    let is_bind = source.is_some_and(|source| source.starts_with(['.', '/', '~']));
    let kind = if is_bind { "bind" } else { "volume" };
    let mut entries = vec![("type".to_owned(), kind.to_owned())];
    entries.extend(source.map(|source| ("source".to_owned(), scalar(source))));
    entries.push(("target".to_owned(), scalar(target)));
    let mut own: Vec<String> = Vec::new();
    if is_bind {
        // What the short syntax does by itself.
        own.push("create_host_path: true".to_owned());
    }
    for option in options.split(',').filter(|option| !option.is_empty()) {
        match option {
            "rw" => {}
            "ro" => entries.push(("read_only".to_owned(), "true".to_owned())),
            "z" | "Z" if is_bind => own.push(format!("selinux: {option}")),
            "nocopy" if !is_bind => own.push("nocopy: true".to_owned()),
            _ => return None,
        }
    }
    if !own.is_empty() {
        let is_flow = here.is_flow(here.yaml.parent(id)?);
        let own = match is_flow {
            true => format!("{{{}}}", own.join(", ")),
            false => {
                let column = here.column(here.yaml.full_span(id).start)? + 2;
                let begin = format!("{}{}", here.line_break(), " ".repeat(column));
                own.iter().map(|line| format!("{begin}{line}")).collect()
            }
        };
        entries.push((kind.to_owned(), own));
    }
    let mut edit = here.as_mapping(id, &entries)?;
    // A key whose value stands on the next lines has no blank behind it.
    edit.text = edit.text.replace(": \n", ":\n").replace(": \r\n", ":\r\n");
    Some(Rewrite {
        title: "Write this mount in the long syntax".to_owned(),
        is_extraction: false,
        edits: vec![edit],
    })
}
