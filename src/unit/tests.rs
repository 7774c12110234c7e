#![allow(clippy::unwrap_used)]

use super::*;

/// A machine's `/` with these files in it; it is removed on drop.
struct Root(PathBuf);

impl Root {
    fn with(name: &str, files: &[(&str, &str)]) -> Self {
        let root = Self(std::env::temp_dir().join(format!("sanctuary-unit-{name}-{}", std::process::id())));
        for (path, text) in files {
            let path = root.0.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        root
    }
}

impl Drop for Root {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn commands<const COUNT: usize>(words: [&str; COUNT]) -> Vec<OsString> {
    words.map(OsString::from).to_vec()
}

/// The shipped unit with these lines more.
fn with(lines: &str) -> Unit {
    Unit { has_socket: false, settings: assignments(&format!("{SHIPPED}{lines}")) }
}

const SHIPPED: &str = include_str!("../../systemd/sanctuary.service");

#[test]
fn the_shipped_unit_is_read_as_it_is_meant() {
    let root = Root::with("shipped", &[("usr/lib/systemd/system/sanctuary.service", SHIPPED)]);
    let unit = Unit::below(&root.0).unwrap();
    assert_eq!((unit.user(), unit.command_line()), ("sanctuary", commands(["/usr/bin/sanctuary", "serve"])));
    assert!(unit.has_ports() && !unit.is_behind_a_socket());
    for (path, by) in [
        ("/root/key.pem", Some("ProtectHome")),
        ("/home/ada/.acme/key.pem", Some("ProtectHome")),
        ("/run/user/1000/key.pem", Some("ProtectHome")),
        ("/tmp/key.pem", Some("PrivateTmp")),
        ("/var/tmp/key.pem", Some("PrivateTmp")),
        ("/rooted/key.pem", None),
        ("/etc/sanctuary/key.pem", None),
        ("/etc/ssl/private/key.pem", None),
    ] {
        assert_eq!(unit.hides(Path::new(path)), by, "{path}");
    }
}

#[test]
fn drop_ins_come_after_the_unit_in_the_order_of_their_names_the_administrators_own_instead_of_others() {
    let root = Root::with(
        "drop-ins",
        &[
            ("lib/systemd/system/sanctuary.service", SHIPPED),
            ("lib/systemd/system/sanctuary.service.d/10.conf", "[Service]\nUser=wrong\n"),
            (
                "etc/systemd/system/sanctuary.service.d/10.conf",
                "[Service]\nUser = ada\nProtectHome=read-only\n",
            ),
            (
                "etc/systemd/system/sanctuary.service.d/20.conf",
                "[Service]\nPrivateTmp=no\nInaccessiblePaths=-/srv \\\n  /opt\n",
            ),
            (
                "etc/systemd/system/sanctuary.service.d/30.conf",
                "AmbientCapabilities=\nExecStart=\nExecStart=/usr/bin/sanctuary serve --config /etc/chat.toml\n",
            ),
            ("etc/systemd/system/sanctuary.service.d/40.conf~", "User=editor\n"),
        ],
    );
    let unit = Unit::below(&root.0).unwrap();
    let words = ["/usr/bin/sanctuary", "serve", "--config", "/etc/chat.toml"];
    assert_eq!((unit.user(), unit.command_line()), ("ada", commands(words)));
    assert!(!unit.has_ports());
    assert_eq!(unit.hides(Path::new("/root/key.pem")), None);
    assert_eq!(unit.hides(Path::new("/tmp/key.pem")), None);
    assert_eq!(unit.hides(Path::new("/srv/key.pem")), Some("InaccessiblePaths"));
    assert_eq!(unit.hides(Path::new("/opt/key.pem")), Some("InaccessiblePaths"));
}

#[test]
fn where_there_is_no_unit_or_a_masked_one_there_is_none() {
    let root = Root::with("none", &[("usr/lib/systemd/system/sanctuary.service", SHIPPED)]);
    assert!(Unit::below(&root.0.join("etc")).is_none());
    fs::create_dir_all(root.0.join(FOLDERS[0])).unwrap();
    std::os::unix::fs::symlink("/dev/null", root.0.join(FOLDERS[0]).join(NAME)).unwrap();
    assert!(Unit::below(&root.0).is_none());
}

#[test]
fn what_lies_in_a_hidden_folder_that_is_shown_again_is_seen() {
    let more = "ProtectHome=tmpfs\nBindReadOnlyPaths=/root/certificates\n";
    let root = Root::with("shown", &[("etc/systemd/system/sanctuary.service", &format!("{SHIPPED}{more}"))]);
    let unit = Unit::below(&root.0).unwrap();
    assert_eq!(unit.hides(Path::new("/root/certificates/key.pem")), None);
    assert_eq!(unit.hides(Path::new("/root/key.pem")), Some("ProtectHome"));
}

#[test]
fn a_link_into_a_hidden_folder_is_hidden_wherever_it_lies() {
    let root = Root::with("link", &[("etc/systemd/system/sanctuary.service", SHIPPED), ("etc/x", "")]);
    let unit = Unit { has_socket: false, settings: assignments("ProtectHome=yes") };
    std::os::unix::fs::symlink("/root/key.pem", root.0.join("etc/key.pem")).unwrap();
    assert_eq!(unit.hides(&root.0.join("etc/key.pem")), Some("ProtectHome"));
    assert_eq!(unit.hides(&root.0.join("etc/x")), None);
}

#[test]
fn drop_ins_for_every_service_and_those_of_set_property_count() {
    let root = Root::with(
        "every-service",
        &[
            ("lib/systemd/system/sanctuary.service", SHIPPED),
            ("etc/systemd/system/service.d/10.conf", "[Service]\nInaccessiblePaths=/srv\nUser=other\n"),
            ("lib/systemd/system/service.d/20.conf", "[Service]\nUser=wrong\n"),
            ("lib/systemd/system/sanctuary.service.d/20.conf", "[Service]\nUser=ada\n"),
            ("etc/systemd/system.control/sanctuary.service.d/50.conf", "[Service]\nMemoryMax=7\n"),
        ],
    );
    let unit = Unit::below(&root.0).unwrap();
    assert_eq!((unit.user(), unit.value("MemoryMax")), ("ada", Some("7")));
    assert_eq!(unit.hides(Path::new("/srv/key.pem")), Some("InaccessiblePaths"));
}

#[test]
fn words_are_parted_as_systemd_parts_them() {
    for (line, expected) in [
        ("ExecStart=a -c \"/etc/my chat.toml\"", commands(["a", "-c", "/etc/my chat.toml"])),
        ("ExecStart=a  '-c' /etc/'my chat'.toml ", commands(["a", "-c", "/etc/my chat.toml"])),
        ("ExecStart=a \"it's\" b\\ c \"\"", commands(["a", "it's", "b c", ""])),
        ("ExecStart=a \"open", commands(["a", "open"])),
        ("ExecStart=", commands([])),
    ] {
        assert_eq!(with(&format!("ExecStart=\n{line}\n")).command_line(), expected, "{line}");
    }
}

#[test]
fn what_is_hidden_is_named_however_it_is_written() {
    for (line, path, by) in [
        ("InaccessiblePaths=\"/srv/tls\" '/opt/a b'", "/srv/tls/key.pem", Some("InaccessiblePaths")),
        ("InaccessiblePaths=\"/srv/tls\" '/opt/a b'", "/opt/a b/key.pem", Some("InaccessiblePaths")),
        ("TemporaryFileSystem=/srv:ro,mode=755", "/srv/key.pem", Some("TemporaryFileSystem")),
        ("BindPaths=/root/tls:/root/shown:norbind", "/root/shown/key.pem", None),
        ("BindPaths=/root/tls:/srv/tls", "/root/tls/key.pem", Some("ProtectHome")),
        ("RootDirectory=/opt/chat", "/etc/key.pem", Some("RootDirectory")),
        ("RootImage=/opt/chat.img", "/etc/key.pem", Some("RootImage")),
        ("RootDirectory=/", "/etc/key.pem", None),
        ("PrivateTmp=no\nDynamicUser=yes", "/tmp/key.pem", Some("PrivateTmp")),
        ("PrivateTmp=no\nDynamicUser=no", "/tmp/key.pem", None),
    ] {
        assert_eq!(with(&format!("{line}\n")).hides(Path::new(path)), by, "{line} {path}");
    }
}

#[test]
fn who_it_is_and_which_ports_it_may_have_is_what_is_left_in_the_end() {
    for (lines, user, has_ports) in [
        ("", "sanctuary", true),
        ("AmbientCapabilities=CAP_KILL", "sanctuary", true),
        ("AmbientCapabilities=~CAP_NET_BIND_SERVICE", "sanctuary", false),
        ("AmbientCapabilities=\nAmbientCapabilities=cap_net_bind_service", "sanctuary", true),
        ("CapabilityBoundingSet=", "sanctuary", false),
        ("CapabilityBoundingSet=\nUser=", "root", false),
        ("CapabilityBoundingSet=~CAP_NET_BIND_SERVICE", "sanctuary", false),
        ("User=0", "root", true),
        ("User=\nAmbientCapabilities=", "root", true),
        ("User=\nDynamicUser=yes", "sanctuary", true),
    ] {
        let unit = with(&format!("{lines}\n"));
        assert_eq!((unit.user(), unit.has_ports()), (user, has_ports), "{lines}");
    }
}
