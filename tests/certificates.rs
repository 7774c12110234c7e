//! Certificates and keys as people come by them, made with the real openssl: what cannot be served is told for what it is,
//! with the way out, by `check` as by the daemon; what browsers will not take is told as well.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Makes all files in the folder that it is run in.
const MAKE: &str = r#"
set -e
curve() { openssl ecparam -name "$1" -genkey -noout -out "$2"; }
san='subjectAltName=DNS:localhost'
by_itself() { openssl req -x509 -new -key "$1" -subj /CN=localhost -addext "$san" -days 30 -out "$2" $3; }

curve prime256v1 key; by_itself key good
curve prime256v1 ca.key
openssl req -x509 -new -key ca.key -subj /CN=Authority -days 30 -out ca.pem
curve prime256v1 middle.key
openssl req -new -key middle.key -subj /CN=Middle -out middle.csr
printf 'basicConstraints=critical,CA:TRUE\n' >middle.ext
openssl x509 -req -in middle.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 30 -extfile middle.ext -out middle.pem
openssl req -new -key key -subj /CN=localhost -out request
printf '%s\n' "$san" >leaf.ext
openssl x509 -req -in request -CA middle.pem -CAkey middle.key -CAcreateserial -days 30 -extfile leaf.ext -out leaf
openssl x509 -req -in request -CA middle.pem -CAkey middle.key -CAcreateserial -days 30 -out version1
cat leaf middle.pem >chain
cat leaf middle.pem ca.pem >whole-chain
cat middle.pem leaf >authority-first
cat leaf ca.pem >gap
openssl x509 -req -in middle.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days -1 -extfile middle.ext -out old.pem
cat leaf old.pem >old-chain
{ cat good; printf -- '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'; } >rubbish-behind
openssl ec -in key -no_public -out no-public.key; openssl ec -in key -conv_form compressed -out compressed.key
printf -- '-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n' >hollow.key

openssl genrsa -out rsa1024.key 1024; by_itself rsa1024.key rsa1024
openssl genrsa -out rsa2048.key 2048; by_itself rsa2048.key rsa2048; by_itself rsa2048.key sha1 -sha1
openssl rsa -in rsa2048.key -traditional -out rsa2048-pkcs1.key
curve secp521r1 p521.key; by_itself p521.key p521
openssl pkcs8 -topk8 -nocrypt -in p521.key -out p521-pkcs8.key
curve secp256k1 k256.key; by_itself k256.key k256
curve secp384r1 p384.key; by_itself p384.key p384
openssl genpkey -algorithm ED448 -out ed448.key; by_itself ed448.key ed448
openssl genpkey -algorithm ED25519 -out ed25519.key; by_itself ed25519.key ed25519
openssl genpkey -algorithm X25519 -out x25519.key
openssl req -x509 -new -key key -subj /CN=localhost -days 30 -out nameless

openssl x509 -req -in request -signkey key -days -1 -extfile leaf.ext -out expired
openssl pkey -in key -aes256 -passout pass:x -out encrypted.key
openssl ec -in key -aes256 -passout pass:x -out encrypted-ec.key
openssl ecparam -name prime256v1 -genkey -out params.key; by_itself params.key params
openssl pkey -in key -pubout -out public
openssl x509 -in good -outform DER -out der
openssl pkey -in key -outform DER -out der.key
openssl pkey -in ed25519.key -outform DER -out der-ed25519.key
openssl pkcs12 -export -in good -inkey key -passout pass:x -out p12
openssl crl2pkcs7 -nocrl -certfile good -out p7
openssl crl2pkcs7 -nocrl -certfile good -outform DER -out p7.der
openssl x509 -in good -trustout -out trusted
: >empty; printf '\n \n' >blank; echo 0123456789 >digits; echo 'hello' >text
cat p384.key key >several.key
cat key p384.key >first-of-several.key
cat good key >together
head -n 4 good >cut; sed 2s/^./!/ good >changed; head -n 2 key >cut.key
ssh-keygen -q -t ed25519 -N '' -f ssh.key 2>/dev/null || printf -- '-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n' >ssh.key
printf '\357\273\277' | cat - good >bom; sed 's/$/\r/' key | { printf '\357\273\277'; cat; } >bom.key
"#;

/// A folder with all of them; it is removed on drop.
struct Files(PathBuf);

impl Files {
    fn made(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("sanctuary-{name}-{}", std::process::id()));
        fs::create_dir(&folder).unwrap();
        fs::set_permissions(&folder, Permissions::from_mode(0o755)).unwrap();
        let made = Command::new("sh").args(["-c", MAKE]).current_dir(&folder).output().unwrap();
        assert!(made.status.success(), "openssl: {}", String::from_utf8_lossy(&made.stderr));
        for file in fs::read_dir(&folder).unwrap() {
            fs::set_permissions(file.unwrap().path(), Permissions::from_mode(0o644)).unwrap();
        }
        Self(folder)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// Exit status and all that `command` says of this pair.
    fn answer(&self, command: &str, certificate: &str, key: &str) -> (Option<i32>, String) {
        let text = format!(
            "listen = [\"127.0.0.1:0\"]\nlisten_tls = [\"127.0.0.1:0\"]\nuser = \"nobody\"\n\
             tls_certificate = \"{}\"\ntls_key = \"{}\"\n",
            self.path(certificate).display(),
            self.path(key).display()
        );
        fs::write(self.path("settings"), text).unwrap();
        let said = sanctuary(command, &self.path("settings"));
        assert!(said.1.lines().all(|line| line.len() < 500), "{said:?}");
        said
    }
}

impl Drop for Files {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn sanctuary(command: &str, settings: &Path) -> (Option<i32>, String) {
    let mut sanctuary = Command::new(env!("CARGO_BIN_EXE_sanctuary"));
    let output = sanctuary.args([command, "--config"]).arg(settings).output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8(said).unwrap())
}

/// The certificate, the key, which of them is at fault, and what is told.
const REFUSED: &[(&str, &str, &str, &str)] = &[
    ("authority-first", "key", "authority-first", "another certificate comes before the server's own"),
    ("version1", "key", "version1", "X.509 version 1"),
    ("p521", "p521.key", "p521.key", "a key of ECDSA P-521"),
    ("p521", "p521-pkcs8.key", "p521-pkcs8.key", "a key of ECDSA P-521"),
    ("k256", "k256.key", "k256.key", "a key of ECDSA secp256k1"),
    ("ed448", "ed448.key", "ed448.key", "a key of Ed448"),
    ("good", "x25519.key", "x25519.key", "a key of X25519"),
    ("rsa1024", "rsa1024.key", "rsa1024.key", "a key of RSA with 1024 bits"),
    ("good", "encrypted.key", "encrypted.key", "`openssl pkey -in FILE -out NEW-FILE` takes that off"),
    ("good", "encrypted-ec.key", "encrypted-ec.key", "the key is encrypted"),
    ("der", "key", "der", "it is DER, not PEM: `openssl x509 -inform DER -in FILE"),
    ("good", "der.key", "der.key", "`openssl pkey -inform DER -in FILE"),
    ("ed25519", "der-ed25519.key", "der-ed25519.key", "it is DER, not PEM"),
    ("p12", "key", "p12", "it is PKCS #12: `openssl pkcs12 -nokeys"),
    ("good", "p12", "p12", "it is PKCS #12"),
    ("p7", "key", "p7", "`openssl pkcs7 -print_certs -in FILE"),
    ("p7.der", "key", "p7.der", "`openssl pkcs7 -inform DER -print_certs -in FILE"),
    ("trusted", "key", "trusted", "as OpenSSL marks it"),
    ("good", "p384.key", "p384.key", "this key does not belong to the certificate"),
    ("good", "several.key", "several.key", "it holds several keys, and the first does not belong"),
    ("empty", "key", "empty", "it is empty"),
    ("good", "blank", "blank", "it is empty"),
    ("request", "key", "request", "it is a request for a certificate"),
    ("good", "public", "public", "it is a public key"),
    ("good", "ssh.key", "ssh.key", "it is a key of SSH"),
    ("key", "good", "key", "are `tls_certificate` and `tls_key` in each other's place?"),
    ("good", "good", "good", "it holds a certificate and no private key"),
    ("encrypted.key", "key", "encrypted.key", "it holds a private key and no certificate"),
    ("text", "key", "text", "there is no certificate in it"),
    ("digits", "key", "digits", "there is no certificate in it"),
    ("good", "digits", "digits", "there is no private key in it"),
    ("good", "no-public.key", "no-public.key", "a key of ECDSA that is damaged or lacks its public part"),
    ("good", "compressed.key", "compressed.key", "a key of ECDSA that is damaged or lacks its public part"),
    ("good", "hollow.key", "hollow.key", "not known here, or damaged"),
    ("cut", "key", "cut", "it is damaged"),
    ("changed", "key", "changed", "it is damaged"),
    ("good", "cut.key", "cut.key", "it is damaged"),
];

/// Pairs that are served, and what is noted of them.
const SERVED: &[(&str, &str, Option<&str>)] = &[
    ("good", "key", None),
    ("chain", "key", None),
    ("whole-chain", "key", None),
    ("bom", "bom.key", None),
    ("together", "together", None),
    ("params", "params.key", None),
    ("good", "first-of-several.key", None),
    ("p384", "p384.key", None),
    ("rsa2048", "rsa2048.key", None),
    ("rsa2048", "rsa2048-pkcs1.key", None),
    ("leaf", "key", Some("append the authority's intermediate certificates")),
    ("old-chain", "key", Some("is followed by one that has expired")),
    ("rubbish-behind", "key", Some("do not vouch for it one by the next")),
    ("gap", "key", Some("do not vouch for it one by the next")),
    ("ed25519", "ed25519.key", Some("an Ed25519 key, which browsers do not take")),
    ("expired", "key", Some("the certificate has expired")),
    ("nameless", "key", Some("`subjectAltName`")),
    ("sha1", "rsa2048.key", Some("signed with SHA-1 or MD5")),
];

#[test]
#[ignore = "needs openssl"]
fn a_pair_that_cannot_be_served_is_told_for_what_it_is_with_its_file_by_check_and_daemon() {
    let files = Files::made("refused");
    for (certificate, key, at_fault, told) in REFUSED {
        for command in ["check", "serve"] {
            let (status, said) = files.answer(command, certificate, key);
            assert_eq!(status, Some(78), "{command} {certificate} {key}: {said}");
            let file = format!("no https: {}: ", files.path(at_fault).display());
            assert!(said.contains(&file) && said.contains(told), "{command} {certificate} {key}: {said}");
        }
    }
}

#[test]
#[ignore = "needs openssl"]
fn a_pair_that_browsers_will_not_take_is_noted_and_a_good_one_is_not() {
    let files = Files::made("served");
    for (certificate, key, told) in SERVED {
        let (status, said) = files.answer("check", certificate, key);
        assert_eq!(status, Some(0), "{certificate} {key}: {said}");
        match told {
            None => assert!(said.ends_with(" is fine\n"), "{certificate} {key}: {said}"),
            Some(told) => assert!(said.contains("\nnote: ") && said.contains(told), "{certificate}: {said}"),
        }
    }
}

/// What the commands are that are told helps, when it is done.
#[test]
#[ignore = "needs openssl"]
fn what_is_told_to_make_of_a_file_makes_one_that_is_served() {
    let files = Files::made("remedies");
    for (file, is_key, script) in [
        ("encrypted.key", true, "openssl pkey -in FILE -out NEW-FILE -passin pass:x"),
        ("der", false, "openssl x509 -inform DER -in FILE -out NEW-FILE"),
        ("der.key", true, "openssl pkey -inform DER -in FILE -out NEW-FILE"),
        ("p12", false, "openssl pkcs12 -nokeys -in FILE -out NEW-FILE -passin pass:x"),
        ("p12", true, "openssl pkcs12 -nocerts -nodes -in FILE -out NEW-FILE -passin pass:x"),
        ("p7", false, "openssl pkcs7 -print_certs -in FILE -out NEW-FILE"),
        ("p7.der", false, "openssl pkcs7 -inform DER -print_certs -in FILE -out NEW-FILE"),
        ("trusted", false, "openssl x509 -in FILE -out NEW-FILE"),
    ] {
        let (certificate, key) = if is_key { ("good", file) } else { (file, "key") };
        let said = files.answer("check", certificate, key).1;
        let told = script.trim_end_matches(" -passin pass:x").replace("NEW-FILE", "");
        assert!(said.contains(told.split("FILE").next().unwrap()), "{told}: {said}");
        let script = script.replace("NEW-FILE", "new").replace("FILE", file);
        let _ = fs::remove_file(files.path("new"));
        assert!(Command::new("sh").args(["-c", &script]).current_dir(&files.0).status().unwrap().success());
        fs::set_permissions(files.path("new"), Permissions::from_mode(0o644)).unwrap();
        let (certificate, key) = if is_key { ("good", "new") } else { ("new", "key") };
        let (status, said) = files.answer("check", certificate, key);
        assert_eq!(status, Some(0), "{script}: {said}");
    }
}
