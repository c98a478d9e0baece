//! Ports: the short syntax as the long one.

use super::{Here, Rewrite, scalar};
use crate::grammar::port::{self, HostIp};
use crate::yaml::NodeId;

/// An item of `ports` in the long syntax.
pub(super) fn rewrite(here: &Here<'_>, id: NodeId) -> Option<Rewrite> {
    let ["services", _, "ports"] = here.keys_of_list(id)?[..] else {
        return None;
    };
    let text = here.plain_text(id).filter(|text| !text.contains('$'))?;
    let mapping = port::parse_short(text).ok()?;
    let mut entries = vec![("target", mapping.container.single()?.to_string())];
    if let Some(host) = &mapping.host {
        let published = text.get(host.range.clone())?;
        entries.push(("published", format!("\"{published}\"")));
    }
    if let HostIp::Address { address, .. } = &mapping.host_ip {
        let address = address.to_string();
        let is_plain = address.bytes().all(|b| b.is_ascii_digit() || b == b'.');
        entries.push(("host_ip", if is_plain { address } else { scalar(&address) }));
    }
    if let Some(protocol) = &mapping.protocol {
        entries.push(("protocol", protocol.protocol?.as_str().to_owned()));
    }
    let entries: Vec<(String, String)> = entries
        .into_iter()
        .map(|(key, value)| (key.to_owned(), value))
        .collect();
    Some(Rewrite {
        title: "Write this port in the long syntax".to_owned(),
        is_extraction: false,
        edits: vec![here.as_mapping(id, &entries)?],
    })
}
