//! What a file says, with the place of every part.

use std::fs;
use std::net::IpAddr;

use dockworthy::compose::command::Command;
use dockworthy::compose::depends::Condition;
use dockworthy::compose::device::Gpus;
use dockworthy::compose::healthcheck::Test;
use dockworthy::compose::link::NamespaceOwner;
use dockworthy::compose::mount::MountType;
use dockworthy::compose::schema::{JOB, NETWORK, Object, SERVICE, Space};
use dockworthy::compose::service::Service;
use dockworthy::compose::uses::UsedBy;
use dockworthy::compose::value::{Knowledge, PairsForm, is_false, is_true};
use dockworthy::grammar::port::Protocol;

use super::{at, lower};

fn with_service(lines: &str) -> String {
    let body = lines.replace('\n', "\n    ");
    format!("services:\n  web:\n    {body}\n")
}

fn service(text: &str) -> Service {
    lower(text).service("web").expect("service web").clone()
}

#[test]
fn every_key_of_the_table_has_a_field() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/fixtures/compose/full.yaml"
    );
    let text = fs::read_to_string(path).unwrap();
    let file = lower(&text);
    for service in &file.services {
        assert!(service.unknown.is_empty(), "{:?}", service.unknown);
    }
    // The fixture itself has every key.
    let has = |object: &Object, owner: &str| {
        for key in object.keys() {
            let name = key.name;
            let there = text.contains(&format!(" {name}:")) || text.contains(&format!("{{{name}:"));
            assert!(there, "{owner} without {name}");
        }
    };
    has(&SERVICE, "service");
    has(&JOB, "job");
    has(&NETWORK, "network");
    assert_eq!(file.name.as_ref().unwrap().value.known(), Some("full"));
    assert_eq!(file.include.len(), 2);
    assert_eq!(file.include[1].path.len(), 2);
    assert_eq!(file.networks.len(), 3);
    assert_eq!(file.volumes.names().collect::<Vec<_>>(), ["data", "shared"]);
    assert_eq!(file.secrets.len(), 4);
    assert_eq!(file.configs.len(), 4);
    assert_eq!(file.models.len(), 1);
    let job = file.jobs.get("backup").unwrap();
    assert_eq!(job.triggers.as_ref().unwrap().value.schedule.items.len(), 2);
    let web = file.service("web").unwrap();
    let nothing = web
        .container
        .uses()
        .into_iter()
        .filter(|used| !file.declares(used.space, &used.name));
    assert_eq!(nothing.count(), 0);
}

#[test]
fn short_ports_keep_the_places_of_their_parts() {
    let text =
        with_service("ports:\n  - \"127.0.0.1:8080-8081:80-81/udp\"\n  - 3000\n  - \"[::]:1:2\"");
    let ports = service(&text).container.ports.items;
    let port = &ports[0];
    let published = port.published.as_ref().unwrap();
    assert_eq!(at(&text, published.at), "8080-8081");
    assert_eq!(published.value.value, Some(8080..=8081));
    let target = port.target.as_ref().unwrap();
    assert_eq!(
        (at(&text, target.at), port.target_numbers()),
        ("80-81", Some(80..=81))
    );
    assert_eq!(at(&text, port.protocol.as_ref().unwrap().at), "udp");
    assert_eq!(port.protocol(), Some(Protocol::Udp));
    assert_eq!(port.is_on_loopback(), Some(true));
    assert_eq!(ports[1].published, None);
    assert_eq!(ports[1].is_on_all_interfaces(), Some(true));
    assert_eq!(ports[2].is_on_all_interfaces(), Some(true));
}

#[test]
fn long_ports_are_the_same_as_short_ones() {
    let text = with_service(
        "ports:\n  - {target: 80, published: \"8080\", host_ip: 127.0.0.1, protocol: udp, mode: host}",
    );
    let port = &service(&text).container.ports.items[0];
    assert_eq!(port.published_numbers(), Some(8080..=8080));
    assert_eq!(port.host_address(), "127.0.0.1".parse::<IpAddr>().ok());
    assert_eq!(port.protocol(), Some(Protocol::Udp));
    assert!(port.short.is_none());
}

#[test]
fn ports_with_variables_are_unknown_where_the_variable_is() {
    let text = with_service("ports: [\"${IP}:${HOST:-8080}:80\", \"${P}:80\", \"${Q:-81}\"]");
    let ports = service(&text).container.ports.items;
    assert_eq!(ports[0].is_on_all_interfaces(), None);
    let published = ports[0].published.as_ref().unwrap();
    assert_eq!(published.value.value, Some(8080..=8080));
    assert_eq!(published.value.scalar.knowledge(), Knowledge::Default);
    assert_eq!(at(&text, published.at), "8080");
    assert_eq!(
        ports[0].target.as_ref().unwrap().value.scalar.knowledge(),
        Knowledge::Known
    );
    assert_eq!(ports[1].published_numbers(), None);
    assert_eq!(ports[1].is_on_all_interfaces(), None);
    assert_eq!(ports[2].target_numbers(), Some(81..=81));
}

#[test]
fn short_mounts_are_lowered_to_the_long_form() {
    let text = with_service(
        "volumes:\n  - /a\n  - data:/b:ro,z\n  - ./c:/d:rw,rslave,nocopy\n  - ${V}:/e",
    );
    let mounts = service(&text).container.volumes.items;
    assert_eq!(
        (mounts[0].kind(), mounts[0].source.is_none()),
        (Some(MountType::Volume), true)
    );
    assert_eq!(mounts[1].volume_name(), Some("data"));
    let read_only = mounts[1].read_only.as_ref().unwrap();
    assert_eq!(
        (at(&text, read_only.at), mounts[1].is_read_only()),
        ("ro", Some(true))
    );
    assert_eq!(at(&text, mounts[1].bind.selinux.as_ref().unwrap().at), "z");
    assert_eq!(mounts[2].host_path(), Some("./c"));
    assert_eq!(at(&text, mounts[2].source.as_ref().unwrap().at), "./c");
    assert_eq!(at(&text, mounts[2].target.as_ref().unwrap().at), "/d");
    assert_eq!(mounts[2].is_read_only(), Some(false));
    assert_eq!(
        at(&text, mounts[2].bind.propagation.as_ref().unwrap().at),
        "rslave"
    );
    assert_eq!(
        at(&text, mounts[2].volume.nocopy.as_ref().unwrap().at),
        "nocopy"
    );
    assert_eq!(mounts[3].kind(), None);
    assert_eq!(mounts[3].host_path(), None);
}

#[test]
fn long_mounts_keep_their_sections() {
    let text = with_service(
        "volumes:\n  - type: bind\n    source: /a\n    target: /b\n    read_only: y\n    bind: {propagation: shared}\n    tmpfs: {size: 1k, mode: 0700}",
    );
    let mount = &service(&text).container.volumes.items[0];
    assert_eq!(mount.host_path(), Some("/a"));
    assert_eq!(mount.is_read_only(), Some(true));
    let sections: Vec<_> = mount
        .sections
        .iter()
        .map(|(kind, key)| (*kind, at(&text, key.key)))
        .collect();
    assert_eq!(
        sections,
        [(MountType::Bind, "bind"), (MountType::Tmpfs, "tmpfs")]
    );
    assert_eq!(mount.tmpfs.size.as_ref().unwrap().value.value, Some(1024));
    assert_eq!(mount.tmpfs.mode.as_ref().unwrap().value.value, Some(0o700));
}

#[test]
fn other_mounts_have_parts() {
    let text = with_service("tmpfs: /run:size=1m,exec\nvolumes_from: [db, \"container:x:ro\"]");
    let container = service(&text).container;
    let tmpfs = &container.tmpfs.items[0];
    assert_eq!(at(&text, tmpfs.target.at), "/run");
    let options: Vec<_> = tmpfs
        .options
        .iter()
        .map(|option| at(&text, option.at))
        .collect();
    assert_eq!(options, ["size=1m", "exec"]);
    let from = &container.volumes_from.items;
    assert!(!from[0].container && from[1].container);
    assert_eq!(at(&text, from[1].name.at), "x");
    assert_eq!(at(&text, from[1].mode.as_ref().unwrap().at), "ro");
}

#[test]
fn pairs_have_two_forms_and_one_type() {
    let text = with_service("environment:\n  A: 1.10\n  B:\n  C: ${X}");
    let pairs = service(&text).container.environment;
    assert_eq!(pairs.form, PairsForm::Mapping);
    let a = pairs.get("A").unwrap().value.clone().unwrap();
    assert_eq!(
        (at(&text, a.at), a.value.as_seen().as_deref()),
        ("1.10", Some("1.1"))
    );
    assert!(pairs.get("B").unwrap().value.is_none());
    assert_eq!(
        pairs
            .get("C")
            .unwrap()
            .value
            .as_ref()
            .unwrap()
            .value
            .known(),
        None
    );

    let text = with_service("environment:\n  - A=b=c\n  - B\n  - \"${N}=${V:-x}\"\n  - A=last");
    let pairs = service(&text).container.environment;
    assert_eq!(pairs.form, PairsForm::List);
    let a = &pairs.items[0];
    assert_eq!(
        (
            at(&text, a.name.at),
            at(&text, a.value.as_ref().unwrap().at)
        ),
        ("A", "b=c")
    );
    assert!(pairs.items[1].value.is_none());
    assert_eq!(pairs.items[2].name.value.known(), None);
    assert_eq!(
        pairs.items[2].value.as_ref().unwrap().value.known(),
        Some("x")
    );
    assert_eq!(
        pairs
            .get("A")
            .unwrap()
            .value
            .as_ref()
            .unwrap()
            .value
            .known(),
        Some("last")
    );
}

#[test]
fn booleans_have_many_spellings() {
    let text = with_service("privileged: yes\nread_only: \"off\"\ninit: ${I:-true}\ntty: ${T}");
    let container = service(&text).container;
    assert!(is_true(&container.privileged));
    assert!(is_false(&container.read_only));
    assert!(is_true(&container.init));
    let tty = &container.tty;
    assert!(!is_true(tty) && !is_false(tty) && tty.is_some());
    assert_eq!(at(&text, container.privileged.unwrap().key), "privileged");
}

#[test]
fn commands_are_split_into_words_with_places() {
    let text = with_service("command: sh -c \"a  b\" 'c' && d\nentrypoint: [\"/e\", \"x y\"]");
    let container = service(&text).container;
    let command = container.command.unwrap();
    assert!(matches!(command.value, Command::Line(_)));
    let words = command.value.words();
    let seen: Vec<_> = words
        .iter()
        .map(|word| (word.value.text(), at(&text, word.at)))
        .collect();
    assert_eq!(
        seen,
        [
            ("sh", "sh"),
            ("-c", "-c"),
            ("a  b", "\"a  b\""),
            ("c", "'c'")
        ]
    );
    let entrypoint = container.entrypoint.unwrap();
    let words = entrypoint.value.words();
    assert_eq!(words.len(), 2);
}

#[test]
fn tests_of_health_have_three_forms() {
    let test = |line: &str| {
        let text = with_service(&format!("healthcheck: {{test: {line}}}"));
        let check = service(&text).container.healthcheck.unwrap().value;
        (check.is_disabled(), check.test.unwrap().value)
    };
    assert!(matches!(test("curl x"), (false, Test::Text(_))));
    assert!(matches!(test("NONE"), (false, Test::Text(_))));
    assert!(matches!(test("[NONE]"), (true, Test::None { .. })));
    assert!(matches!(test("[CMD, a, b]"), (false, Test::Cmd { words, .. }) if words.len() == 2));
    assert!(matches!(
        test("[CMD-SHELL, a b]"),
        (false, Test::CmdShell { .. })
    ));
    assert!(matches!(test("[a]"), (false, Test::Other(_))));
}

#[test]
fn durations_and_sizes_are_numbers() {
    let text =
        with_service("stop_grace_period: 1m30s\nmem_limit: 64m\nmemswap_limit: -1\ncpus: \"0.5\"");
    let container = service(&text).container;
    let grace = container.stop_grace_period.unwrap().value.value.unwrap();
    assert_eq!(grace.nanoseconds, 90_000_000_000);
    assert_eq!(container.mem_limit.unwrap().value.value, Some(64 << 20));
    assert_eq!(container.memswap_limit.unwrap().value.value, Some(-1));
    assert_eq!(container.cpus.unwrap().value.value, Some(0.5));
}

#[test]
fn dependencies_have_two_forms() {
    let text = with_service(
        "depends_on:\n  db: {condition: service_healthy, required: false}\n  cache: {condition: x}",
    );
    let container = service(&text).container;
    let [db, cache] = container.depends_on.items.as_slice() else {
        unreachable!("two dependencies");
    };
    assert_eq!(at(&text, db.service.at), "db");
    assert_eq!(
        (db.condition(), db.is_required()),
        (Some(Condition::Healthy), Some(false))
    );
    assert_eq!(cache.condition(), None);

    let text = with_service("depends_on: [db]");
    let container = service(&text).container;
    assert!(container.depends_on_is_list);
    assert_eq!(
        container.depends_on.items[0].condition(),
        Some(Condition::Started)
    );
}

#[test]
fn texts_with_colons_have_parts() {
    let text = with_service(
        "links: [\"db:database\"]\ndevices: [\"/dev/a:/dev/b:rw\"]\nnetwork_mode: service:vpn\npid: host\nextra_hosts: [\"h=1.1.1.1,::1\", \"i:[::2]\"]",
    );
    let service = service(&text);
    let link = &service.links.items[0];
    assert_eq!(
        (
            at(&text, link.name.at),
            at(&text, link.alias.as_ref().unwrap().at)
        ),
        ("db", "database")
    );
    let container = service.container;
    let device = &container.devices.items[0];
    let part = |text: &Option<dockworthy::compose::value::Text>| {
        text.as_ref().unwrap().value.text().to_owned()
    };
    assert_eq!(part(&device.source), "/dev/a");
    assert_eq!(part(&device.target), "/dev/b");
    assert_eq!(part(&device.permissions), "rw");
    let mode = container.network_mode.unwrap().value;
    assert!(matches!(&mode.owner, NamespaceOwner::Service(name) if at(&text, name.at) == "vpn"));
    assert_eq!(container.pid.unwrap().value.owner, NamespaceOwner::Other);
    let hosts = &container.extra_hosts.items;
    assert_eq!(hosts[0].addresses.len(), 2);
    assert_eq!(at(&text, hosts[0].addresses[1].at), "::1");
    assert_eq!(at(&text, hosts[1].host.at), "i");
}

#[test]
fn builds_have_two_forms() {
    let text = with_service("build: ./web");
    let build = service(&text).container.build.unwrap().value;
    assert!(build.short);
    assert_eq!(build.context.unwrap().value.known(), Some("./web"));
    let text = with_service("build:\n  dockerfile: D\n  target: t\n  args: [A=1]\n  secrets: [s]");
    let build = service(&text).container.build.unwrap().value;
    assert!(!build.short && build.context.is_none());
    assert_eq!(build.args.items.len(), 1);
    assert_eq!(at(&text, build.target.unwrap().key), "target");
}

#[test]
fn single_numbers_are_both_ulimits() {
    let text = with_service("ulimits: {nproc: 5, nofile: {soft: 1, hard: 2}}\ngpus: all");
    let container = service(&text).container;
    let [nproc, nofile] = container.ulimits.items.as_slice() else {
        unreachable!("two ulimits");
    };
    let hard =
        |limit: &dockworthy::compose::ulimit::Ulimit| limit.hard.as_ref().unwrap().value.value;
    assert_eq!((hard(nproc), hard(nofile)), (Some(5), Some(2)));
    assert!(matches!(container.gpus.unwrap().value, Gpus::All));
}

#[test]
fn values_through_aliases_stand_under_the_anchor() {
    let text = "x-i: &i nginx\nx-s: &s {image: x, tty: true}\nservices:\n  web:\n    <<: *s\n    image: *i\n";
    let container = service(text).container;
    let image = container.image.unwrap();
    assert_eq!(
        (at(text, image.at), at(text, image.via.unwrap())),
        ("nginx", "*i")
    );
    let tty = container.tty.unwrap();
    assert_eq!(
        (at(text, tty.at), at(text, tty.via.unwrap())),
        ("true", "*s")
    );
}

#[test]
fn numbers_are_kept_where_text_is_wanted() {
    let text = with_service("user: 0");
    let user = service(&text).container.user.unwrap();
    assert!(user.value.is("0"));
}

#[test]
fn uses_name_the_key_and_the_bytes() {
    let text = with_service(
        "networks: [front, \"${N}\"]\nvolumes: [\"data:/a\", \"./b:/b\", /c]\nsecrets: [s]\nconfigs: [{source: c}]\n\
         ipc: service:db\nlinks: [\"l:m\"]\nextends: base\nbuild: {additional_contexts: {x: \"service:lib\"}}",
    );
    let uses = service(&text).uses();
    let seen: Vec<_> = uses
        .iter()
        .map(|used| (used.by, used.space, at(&text, used.at)))
        .collect();
    assert_eq!(
        seen,
        [
            (UsedBy::Ipc, Space::Service, "db"),
            (UsedBy::Networks, Space::Network, "front"),
            (UsedBy::Volumes, Space::Volume, "data"),
            (UsedBy::Secrets, Space::Secret, "s"),
            (UsedBy::Configs, Space::Config, "c"),
            (UsedBy::AdditionalContexts, Space::Service, "lib"),
            (UsedBy::Links, Space::Service, "l"),
            (UsedBy::Extends, Space::Service, "base"),
        ]
    );
}

#[test]
fn documents_behind_the_first_are_overlays() {
    let file = lower("services: {a: {image: x}}\n---\nservices: {a: {tty: true}, b: {image: y}}\n");
    assert_eq!(file.services.len(), 1);
    assert_eq!(file.overlays.len(), 1);
    assert!(file.declares(Space::Service, "b"));
}

#[test]
fn reset_and_replaced_paths_are_listed() {
    let text = "services:\n  a:\n    ports: !reset []\n    dns: !override [1.1.1.1]\n";
    let file = lower(text);
    assert_eq!(file.resets[0].value, "services.a.ports");
    assert_eq!(at(text, file.resets[0].at), "!reset []");
    assert_eq!(file.replacements[0].value, "services.a.dns");
    assert!(!file.service("a").unwrap().container.ports.is_set());
}
