//! Which changes a running daemon can take up.

use super::*;

const FILES: &str = "tls_certificate = \"/c.pem\"\ntls_key = \"/k.pem\"";
const MADE: &str = "self_signed = true";

#[test]
fn what_takes_a_restart_is_named() {
    let others = FILES.replace("pem", "other");
    let made = |more: &str| format!("{MADE}\n{more}");
    for (old, new, named) in [
        ("", "", &[][..]),
        ("", "connections = 1\nmembers = 1\ngrace = \"1 s\"", &[]),
        ("", "listen = [\"8080\"]", &["listen"]),
        ("", "user = \"chat\"\nrequire_memory_lock = true", &["user", "require_memory_lock"]),
        ("", FILES, &["tls_certificate", "tls_key"]),
        (FILES, "", &["tls_certificate", "tls_key"]),
        (FILES, &others, &["tls_certificate", "tls_key"]),
        (FILES, MADE, &["tls_certificate", "tls_key", "self_signed"]),
        ("", MADE, &["self_signed"]),
        (MADE, &made("listen_tls = [\"8443\"]"), &["listen_tls"]),
        (MADE, &made("redirect_to_https = false"), &[]),
        (FILES, &format!("{FILES}\nhsts = \"1 h\""), &[]),
        // Nobody listens there without a certificate.
        ("", "listen_tls = [\"8443\"]", &[]),
        ("listen_tls = [\"8443\"]", &made("listen_tls = [\"8443\"]"), &["self_signed"]),
        (&made("listen_tls = [\"8443\"]"), "listen_tls = [\"8443\"]", &["self_signed"]),
    ] {
        let (old, new) = (parse(old).unwrap(), parse(new).unwrap());
        assert_eq!(old.needs_restart(&new), named, "{new:?}");
    }
}

#[test]
fn settings_of_memory_can_be_kept_as_they_were() {
    let of_memory: Vec<_> = Settings::of_memory().collect();
    assert_eq!(of_memory, ["connections", "largest_frame", "backlog", "waiting"]);
    let text = "connections = 10\nlargest_frame = \"32 KiB\"\nbacklog = \"2 MiB\"\nwaiting = \"8 MiB\"";
    let changed = parse(&format!("{text}\nmembers = 7")).unwrap();
    let kept = Settings { members: 7, ..Settings::default() };
    assert_eq!(changed.with_memory_of(&Settings::default()), kept);
}
