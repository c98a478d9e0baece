//! Every error of the specification: its rule and the bytes it marks.

use super::all_errors;

/// The errors of a text as `rule: marked bytes`.
fn marked(text: &str, name: &str) -> Vec<String> {
    all_errors(text, name)
        .iter()
        .map(|error| format!("{}: {}", error.rule, error.span.text(text)))
        .collect()
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    assert_eq!(marked(text, "compose.yaml"), expected, "{text}");
}

/// The same for the lines of a service.
#[track_caller]
fn check_service(lines: &str, expected: &[&str]) {
    let body = lines.replace('\n', "\n    ");
    let text = format!("services:\n  web:\n    image: nginx\n    {body}\n");
    check(&text, expected);
}

#[track_caller]
fn message(text: &str) -> (String, String) {
    let errors = all_errors(text, "compose.yaml");
    assert_eq!(errors.len(), 1, "{errors:#?}");
    let error = &errors[0];
    (
        error.message.clone(),
        error.help.clone().unwrap_or_default(),
    )
}

#[test]
fn unknown_properties_are_marked_at_the_key() {
    check_service("enviroment: {A: b}", &["unknown-property: enviroment"]);
    check_service("build: {dockerFile: x}", &["unknown-property: dockerFile"]);
    check_service(
        "deploy:\n  resources:\n    limits:\n      mem: 1g",
        &["unknown-property: mem"],
    );
    check(
        "service:\n  web: {image: nginx}\n",
        &["unknown-property: service"],
    );
    check_service("x-anything: {a: [1]}", &[]);
    check_service(
        "env_file: [{path: a, x-note: 1}]",
        &["unknown-property: x-note"],
    );
    check(
        "networks: {n: {drivers: bridge}}\nservices: {}\n",
        &["unknown-property: drivers"],
    );
}

#[test]
fn unknown_properties_say_what_was_meant() {
    let service = |line: &str| message(&format!("services:\n  web:\n    image: x\n    {line}\n")).1;
    assert_eq!(service("enviroment: {}"), "did you mean `environment`?");
    assert_eq!(service("net: host"), "write `network_mode`");
    assert_eq!(service("interval: 5s"), "it belongs under `healthcheck`");
    assert_eq!(service("replicas: 2"), "write `deploy.replicas`");
    assert_eq!(service("placement: {}"), "it belongs under `deploy`");
    assert_eq!(service("watch: []"), "it belongs under `develop`");
    assert_eq!(
        service("build: {image: y}"),
        "it belongs one level up, to a service"
    );
    assert_eq!(
        service("deploy: {resources: {image: y}}"),
        "it belongs 2 levels up, to a service"
    );
    assert_eq!(service("frobnicate: 1"), "");
    let (_, help) = message("services: {}\nweb: {image: nginx}\n");
    assert_eq!(help, "it looks like a service; move it under `services`");
}

#[test]
fn wrong_types_are_marked_at_the_value() {
    check_service("ports: \"80:80\"", &["invalid-type: \"80:80\""]);
    check_service("user: 1000", &["invalid-type: 1000"]);
    check_service("command: {a: b}", &["invalid-type: command"]);
    check_service(
        "healthcheck: {test: x, interval: 30}",
        &["invalid-type: 30"],
    );
    check_service("ports: [80.5]", &["invalid-type: 80.5"]);
    check_service("cap_add: [[ALL]]", &["invalid-type: cap_add"]);
    check_service("cpus: .inf", &["invalid-type: .inf"]);
    check_service("tty: 1", &["invalid-type: 1"]);
    check_service("use_api_socket: \"true\"", &["invalid-type: \"true\""]);
    check("version: 3.8\nservices: {}\n", &["invalid-type: 3.8"]);
    check("services: [web]\n", &["invalid-type: services"]);
    check("services: {web: {<<: 5, image: x}}\n", &["invalid-type: 5"]);
}

#[test]
fn wrong_types_say_what_is_wanted() {
    let service = |line: &str| message(&format!("services:\n  web:\n    image: x\n    {line}\n"));
    let (text, help) = service("ports: \"80:80\"");
    assert_eq!(text, "`ports` must be a list, not a string");
    assert_eq!(help, "begin each item with `- `");
    let (text, help) = service("user: 1000");
    assert_eq!(text, "`user` must be a string, not a number");
    assert_eq!(help, "write `\"1000\"`");
    assert_eq!(
        service("build: []").0,
        "`build` must be a string or a mapping, not a list"
    );
    assert_eq!(
        service("tty: 1").0,
        "`tty` must be true or false, not a number"
    );
    assert_eq!(
        service("scale: 1.5").0,
        "`scale` must be a whole number, not a fraction"
    );
    assert_eq!(
        service("volumes: [5]").0,
        "item of `volumes` must be a string or a mapping, not a number"
    );
}

#[test]
fn types_are_judged_after_the_casts() {
    check_service("privileged: \"true\"\nread_only: Yes\ninit: \"off\"", &[]);
    check_service("scale: \"2\"\ncpus: \"0.5\"\nmem_limit: \"64m\"", &[]);
    check_service("cpus: \"half\"", &["invalid-string-format: \"half\""]);
    check_service("scale: \"two\"", &["invalid-string-format: \"two\""]);
}

#[test]
fn variables_are_judged_by_their_defaults() {
    check_service(
        "privileged: ${P}\ncpus: ${C}\nports: [\"${A}:${B}\"]\nvolumes: [\"${V}\"]",
        &[],
    );
    check_service("privileged: ${P:-yes}\nscale: ${S:-2}", &[]);
    check_service("privileged: ${P:-maybe}", &["invalid-boolean: ${P:-maybe}"]);
    check_service("ports: [\"${A:-x}:80\"]", &["invalid-port-mapping: x"]);
    check_service("ports: [\"${A}:80000\"]", &["invalid-port-mapping: 80000"]);
    check_service("cgroup: ${C:-hots}", &["invalid-enum-value: ${C:-hots}"]);
}

#[test]
fn keys_without_a_value_are_marked() {
    check_service("environment:", &["null-section: environment"]);
    check_service(
        "build:\nlabels:",
        &["null-section: build", "null-section: labels"],
    );
    check(
        "services:\n  web:\n  db: {image: x}\n",
        &["null-section: web"],
    );
    check("services:\n", &["null-section: services"]);
    check_service(
        "command:\nentrypoint:\ndeploy:\ndevelop:\nnetworks: {default: }",
        &[],
    );
    check("services: {}\nnetworks: {a: }\nvolumes: {b: }\n", &[]);
    check("services: {}\nsecrets: {a: }\n", &["null-section: a"]);
    check_service(
        "dns: [1.1.1.1, ]\nprofiles:\n  -",
        &["invalid-type: profiles"],
    );
}

#[test]
fn an_overlay_may_leave_things_out() {
    let text = "services:\n  web:\n  db: {depends_on: {x: {restart: true}}, image: y}\n";
    assert!(marked(text, "compose.override.yaml").is_empty());
    assert_eq!(marked(text, "compose.yaml").len(), 2);
    check("services: {a: {image: x}}\n---\nservices:\n  a:\n", &[]);
    // A key without a value keeps what the other file says.
    let text = "services:\n  web: {image: x, environment: , ports: }\n";
    assert!(marked(text, "compose.override.yaml").is_empty());
    assert_eq!(marked(text, "compose.yaml").len(), 2);
    // Items of lists are not merged.
    let text = "services:\n  web: {pre_stop: [{user: x}]}\n";
    assert_eq!(
        marked(text, "compose.override.yaml"),
        ["missing-required-property: user"]
    );
}

#[test]
fn missing_keys_are_marked_at_what_misses_them() {
    check_service(
        "depends_on: {db: {restart: true}}",
        &["missing-required-property: db"],
    );
    check_service(
        "volumes:\n  - type: bind\n    source: /a",
        &["missing-required-property: type"],
    );
    check_service(
        "ports: [{published: 80}]",
        &["missing-required-property: published"],
    );
    check_service(
        "ulimits: {nofile: {soft: 1}}",
        &["missing-required-property: nofile"],
    );
    check_service(
        "provider: {options: {}}",
        &["missing-required-property: provider"],
    );
    check_service(
        "env_file: [{format: raw}]",
        &["missing-required-property: format"],
    );
    check_service(
        "extends: {file: a.yaml}",
        &["missing-required-property: extends"],
    );
    check_service(
        "post_start: [{user: root}]",
        &["missing-required-property: user"],
    );
    check_service("post_start: [{}]", &["missing-required-property: {}"]);
    check_service(
        "develop: {watch: [{path: .}]}",
        &["missing-required-property: path"],
    );
    check_service(
        "devices: [{source: /dev/a}]",
        &["missing-required-property: source"],
    );
    check("jobs: {j: {image: x}}\n", &["missing-required-property: j"]);
    check(
        "jobs: {j: {image: x, triggers: {}}}\n",
        &["missing-required-property: triggers"],
    );
    check(
        "models: {m: {name: x}}\nservices: {a: {image: x}}\n",
        &["missing-required-property: m"],
    );
}

#[test]
fn words_and_numbers_outside_their_range_are_marked() {
    check_service("cgroup: hots", &["invalid-enum-value: hots"]);
    check_service(
        "volumes: [{type: bnd, source: /a, target: /b}]",
        &["invalid-enum-value: bnd"],
    );
    check_service("gpus: some", &["invalid-enum-value: some"]);
    check_service(
        "depends_on: {db: {condition: healthy}}",
        &["invalid-enum-value: healthy"],
    );
    check_service("cpu_percent: 150", &["number-out-of-range: 150"]);
    check_service(
        "oom_score_adj: \"2000\"",
        &["number-out-of-range: \"2000\""],
    );
    check_service("scale: -1", &["number-out-of-range: -1"]);
    check_service("healthcheck: {retries: -1}", &["number-out-of-range: -1"]);
}

#[test]
fn names_are_letters_digits_and_three_signs() {
    check(
        "services: {my app: {image: x}}\n",
        &["invalid-resource-name: my app"],
    );
    check(
        "services: {}\nnetworks: {\"a/b\": }\n",
        &["invalid-resource-name: \"a/b\""],
    );
    check_service("networks: {a b: }", &["invalid-resource-name: a b"]);
    check_service(
        "depends_on: {a b: {condition: service_started}}",
        &["invalid-resource-name: a b"],
    );
    check_service("labels: {\"\": x}", &["invalid-resource-name: \"\""]);
}

#[test]
fn repeated_items_are_marked_at_the_second() {
    let text =
        "services:\n  web:\n    image: x\n    security_opt: [a, b, a]\n    cap_add: [c, c]\n";
    let errors = all_errors(text, "compose.yaml");
    let marked: Vec<_> = errors
        .iter()
        .map(|error| (error.rule, error.span.start, error.severity.is_some()))
        .collect();
    let second_a = u32::try_from(text.rfind("a]").unwrap()).unwrap();
    let second_c = u32::try_from(text.rfind("c]").unwrap()).unwrap();
    assert_eq!(
        marked,
        [
            ("duplicate-list-item", second_a, false),
            ("duplicate-list-item", second_c, true)
        ]
    );
    check_service("ports: [80, \"80\"]\ncommand: [a, a]", &[]);
    check(
        "jobs: {j: {image: x, triggers: {manual: true}, cap_add: [c, c]}}\n",
        &["duplicate-list-item: c"],
    );
}

#[test]
fn texts_that_are_read_later_follow_their_grammar() {
    check_service("tty: maybe", &["invalid-boolean: maybe"]);
    check_service("stop_grace_period: 1y", &["invalid-duration: y"]);
    check_service(
        "healthcheck: {test: x, timeout: \"30\"}",
        &["invalid-duration: 30"],
    );
    check_service(
        "healthcheck: {test: x, timeout: \"\"}",
        &["invalid-duration: \"\""],
    );
    check_service("mem_limit: 512Mi", &["invalid-byte-size: Mi"]);
    check_service("shm_size: big", &["invalid-byte-size: big"]);
    check_service("pull_policy: Always", &["invalid-pull-policy: Always"]);
    check_service(
        "configs: [{source: c, mode: \"9\"}]",
        &["invalid-string-format: \"9\""],
    );
    check_service("gpus: [{count: many}]", &["invalid-string-format: many"]);
    check_service(
        "devices: [\"a:b:c:d\"]",
        &["invalid-device-mapping: \"a:b:c:d\""],
    );
    check_service("extra_hosts: [somehost]", &["invalid-extra-host: somehost"]);
    check_service(
        "extra_hosts: {\"a:b\": 1.1.1.1}",
        &["invalid-extra-host: \"a:b\""],
    );
    check_service("build: {ssh: [agent]}", &["invalid-build-ssh: agent"]);
    check_service(
        "build: {additional_contexts: [a]}",
        &["invalid-key-value-item: a"],
    );
    check_service(
        "healthcheck: {test: [curl, x]}",
        &["invalid-healthcheck-test: curl"],
    );
}

#[test]
fn ports_follow_their_grammar() {
    check_service("ports: [\"80:80/foo\"]", &["invalid-port-mapping: foo"]);
    check_service(
        "ports: [\"localhost:80:80\"]",
        &["invalid-port-mapping: localhost"],
    );
    check_service("ports: [70000]", &["invalid-port-mapping: 70000"]);
    check_service("ports: [\"\"]", &["invalid-port-mapping: \"\""]);
    check_service(
        "ports: [{target: 80, host_ip: x}]",
        &["invalid-port-mapping: x"],
    );
    check_service(
        "ports: [{target: 80, published: x}]",
        &["invalid-port-mapping: x"],
    );
    check_service(
        "ports: [{target: \"80-81\"}]",
        &["invalid-string-format: \"80-81\""],
    );
    check_service("expose: [\"80:80\"]", &["invalid-port-mapping: 80:"]);
}

#[test]
fn mounts_follow_their_grammar() {
    check_service("volumes: [\"./a::ro\"]", &["invalid-volume-spec: ::"]);
    check_service("volumes: [\"./a:/b:ro:x\"]", &["invalid-volume-spec: :x"]);
    check_service(
        "volumes: [{type: bind, target: /x}]",
        &["invalid-volume-spec: bind"],
    );
}

#[test]
fn commands_have_to_be_split_into_words() {
    check_service("command: echo 'it", &["invalid-command-quoting: '"]);
    check_service("command: (cd /a; b)", &["invalid-command-quoting: ("]);
    check_service("command: npm ci && (npm start)", &[]);
    check_service("command: [\"it's\"]", &[]);
    check_service("command: $X 'b", &[]);
}

#[test]
fn lists_of_variables_have_their_own_slips() {
    check_service(
        "environment: [\"A =b\"]",
        &["environment-key-trailing-space: A "],
    );
    check_service("labels: [\"A =b\"]", &[]);
    check_service(
        "environment:\n  - A: b",
        &["env-list-item-not-string: A: b"],
    );
    check_service(
        "build:\n  args:\n    - A: b",
        &["env-list-item-not-string: A: b"],
    );
    check_service("environment: [5]", &["invalid-type: 5"]);
}

#[test]
fn keys_are_text() {
    check("services: {1: {image: x}}\n", &["non-string-key: 1"]);
    check(
        "services: {a: {image: x, environment: {true: x}}}\n",
        &["non-string-key: true"],
    );
    check(
        "services: {}\nx-a: {2024-01-01: x}\n",
        &["non-string-key: 2024-01-01"],
    );
    check("services: {yes: {image: x}}\n", &[]);
    check("services: {}\nx-a: {? [q] : x}\n", &["non-string-key: [q]"]);
}

#[test]
fn a_file_is_a_mapping() {
    check("", &["empty-compose-file: "]);
    check("# nothing\n", &["empty-compose-file: "]);
    check("---\n", &["empty-compose-file: "]);
    check("- a\n- b\n", &["top-level-not-mapping: - a"]);
    check("text\n", &["top-level-not-mapping: text"]);
    check("services: {}\n---\n", &["top-level-not-mapping: "]);
}

#[test]
fn the_first_file_format_is_one_finding() {
    check(
        "web:\n  image: x\n  ports: [\"80\"]\ndb:\n  image: y\n",
        &["legacy-v1-file: web"],
    );
    check(
        "web: {image: x}\nfoo: {bar: 1}\n",
        &["unknown-property: web", "unknown-property: foo"],
    );
}

#[test]
fn malformed_variables_are_marked_wherever_they_are() {
    check_service("command: echo ${A%b}", &["invalid-interpolation: ${A%b}"]);
    check_service("labels: [\"a=${}\"]", &["invalid-interpolation: ${}"]);
    check(
        "services: {}\nx-a: \"${1}\"\n",
        &["invalid-interpolation: ${1"],
    );
    check_service("command: echo $1 $? $(date) $$x", &[]);
}

#[test]
fn what_aliases_share_is_reported_once() {
    let text = "x-a: &a {image: x, foo: 1}\nservices: {a: *a, b: *a, c: {<<: *a}, d: {<<: *a}}\n";
    check(text, &["unknown-property: foo"]);
    let text =
        "x-p: &p \"80\"\nservices: {a: {image: x, ports: *p}, b: {image: x, hostname: *p}}\n";
    check(text, &["invalid-type: \"80\""]);
}

#[test]
fn what_is_reset_is_not_looked_at() {
    check_service("ports: !reset 5\nenvironment: !override [A]", &[]);
    check_service("ports: !override 5", &["invalid-type: 5"]);
}

#[test]
fn a_broken_line_is_one_error() {
    let text = "services:\n  web:\n    image: nginx\n    ports\n    tty: true\n  db:\n    image: x\n    prots: []\n";
    check(text, &["invalid-yaml: ports", "unknown-property: prots"]);
}
