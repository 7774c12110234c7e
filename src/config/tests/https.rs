//! A certificate, and what goes with one alone.

use std::time::Duration;

use super::super::CertificateSource;
use super::*;

#[test]
fn a_certificate_is_two_files_or_one_that_is_made() {
    let certificate = "tls_certificate = \"/c.pem\"";
    let key = "tls_key = \"/k.pem\"";
    let files = CertificateSource::Files { certificate: "/c.pem".into(), key: "/k.pem".into() };
    let source = |text: &str| parse(text).unwrap().https.map(|https| https.certificate);
    assert_eq!(source(&format!("{certificate}\n{key}")), Some(files));
    assert_eq!(source("self_signed = true"), Some(CertificateSource::SelfSigned));
    assert_eq!(source("self_signed = false"), None);
    let both = faults(&format!("{certificate}\n{key}\nself_signed = true"));
    assert_eq!(
        both,
        ["3:1: `self_signed` makes a certificate although `tls_certificate` names one: take one of them out"]
    );
    assert_eq!(faults(certificate), ["1:1: `tls_certificate` is of no use alone: set `tls_key` too"]);
    assert_eq!(faults(key), ["1:1: `tls_key` is of no use alone: set `tls_certificate` too"]);
    let relative = "1:11: `tls_key`: k.pem is not a whole path: write it from the first \"/\" on";
    assert_eq!(faults("tls_key = \"k.pem\""), [relative]);
}

#[test]
fn https_is_insisted_on_only_where_that_can_work() {
    let files = "tls_certificate = \"/c.pem\"\ntls_key = \"/k.pem\"\n";
    let fault = |text: &str| faults(text).first().cloned().unwrap_or_default();
    let second = Duration::from_secs(1);
    for (text, told) in [
        ("0 s", Some(Duration::ZERO)),
        ("999 ms", None),
        ("1 s", Some(second)),
        ("8760 h", Some(second * 365 * 24 * 3600)),
        ("31536001 s", None),
    ] {
        let read = parse(&format!("{files}hsts = {text:?}"));
        assert_eq!(read.ok().map(|settings| settings.hsts()), told.map(Some), "{text}");
    }
    assert_eq!(parse(files).unwrap().hsts(), None);
    assert!(fault("hsts = \"1 h\"").contains("of no use without https"));
    assert!(fault("hsts = \"0 s\"").contains("of no use without https"));
    assert!(fault("self_signed = true\nhsts = \"1 h\"").starts_with("2:1: browsers pass `hsts` over"));
    let plain = format!("{files}redirect_to_https = false\nhsts = ");
    assert!(
        fault(&format!("{plain}\"1 h\"")).starts_with("4:1: `hsts` makes browsers refuse the plain http")
    );
    assert_eq!(fault(&format!("{plain}\"0 s\"")), "", "taken back so that plain http can be served");
}

#[test]
fn plain_and_secure_addresses_exclude_each_other_where_both_are_listened_to() {
    let text = "listen = [\"443\"]\n";
    assert_eq!(faults(text), [""; 0]);
    let refusal = ["1:1: `listen_tls`: [::]:443 includes [::]:443 already: leave one of them out"];
    assert_eq!(faults(&format!("{text}self_signed = true")), refusal);
    let refusal = ["1:1: `listen_tls`: [::]:1 includes 10.0.0.1:1 already: leave one of them out"];
    assert_eq!(faults("listen_tls = [\"10.0.0.1:1\", \"1\"]"), refusal);
    let secure = parse("self_signed = true").unwrap();
    let listen = ["127.0.0.1:443".parse().unwrap()];
    assert!(matches!(secure.with_listen(&listen), Err(ConfigError::Covered { .. })));
}
