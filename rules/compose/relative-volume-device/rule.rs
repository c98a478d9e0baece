//! Flags volumes whose driver options lead nowhere.

use crate::compose::project::Project;
use crate::compose::resource::Volume;
use crate::compose::value::Text;
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.project(|project, cx| {
        for document in project.merged.documents() {
            for volume in &document.volumes {
                check(volume, cx);
            }
        }
    });
}

fn check(volume: &Volume, cx: &mut Context<'_, Project>) {
    let driver = volume.driver.as_ref();
    let is_local = driver.is_none_or(|driver| driver.value.is("local"));
    if volume.is_external() || !is_local {
        return;
    }
    let option = |name: &str| volume.driver_opts.get(name)?.value.as_ref();
    let Some((o, options)) = option("o").and_then(|o| Some((o, o.value.known()?))) else {
        return;
    };
    let mut words = options.split(',');
    if words.any(|word| matches!(word, "bind" | "rbind")) {
        if let Some(device) = option("device")
            && !(driver.is_some() && options == "bind")
        {
            relative(device, cx);
        }
        return;
    }
    let kind = option("type").and_then(|kind| kind.value.known());
    let has_address = options.split(',').any(|word| word.starts_with("addr="));
    if matches!(kind, Some("nfs" | "nfs4")) && !has_address {
        cx.report(o.at, "the options name no server: `addr=` is missing")
            .help("add `addr=` and the name or address of the server");
    }
}

fn relative(device: &Text, cx: &mut Context<'_, Project>) {
    let Some(path) = device.value.known().filter(|path| !path.is_empty()) else {
        return;
    };
    // Windows has paths of its own.
    if path.starts_with(['/', '\\']) || path.as_bytes().get(1) == Some(&b':') {
        return;
    }
    let message = format!(
        "Docker gets `{}` as it is, and cannot find it",
        excerpt(path)
    );
    cx.report(device.at, message)
        .help("write `driver: local` and `o: bind`, or an absolute path such as `${PWD}/data`");
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn only_one_way_makes_paths_absolute() {
        compose(
            "relative-volume-device",
            r#"
x-opts: &opts {o: bind, device: ./d}
#                               ^^^ error: Docker gets `./d` as it is
services: {a: {image: x}}
volumes:
  a: {driver_opts: *opts}
  b: {driver: local, driver_opts: {o: bind, device: ./d}}
  c: {driver: local, driver_opts: {o: "bind,ro", device: 'd'}}
#                                                        ^^^ Docker gets `d`
  d: {driver: other, driver_opts: {o: bind, device: d}}
  e: {driver_opts: {o: bind, device: "${D:-~/d}"}}
#                                    ^^^^^^^^^^^ Docker gets `~/d`
  f: {driver_opts: {o: bind, device: $D}}
  g: {driver_opts: {o: bind, device: /d}}
  h: {driver_opts: {type: nfs, o: "rw", device: ":/x"}}
#                                 ^^^^ the options name no server
  i: {driver_opts: {type: nfs, o: "rw,addr=1.2.3.4", device: ":/x"}}
  j: {driver_opts: {type: nfs, o: $O, device: ":/x"}}
"#,
        );
    }
}
