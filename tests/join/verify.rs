//! `verify`: the daemon's page is that of its release, and whatever a server changes in it is told.

use std::collections::BTreeMap;

use sanctuary_server::DIGESTS;
use serde_json::Value;
use tokio::process::Command;

use super::joined::{link, program};
use super::server::{Answer, page, serve};
use super::support::{Daemon, Issued, PASSWORD, patiently};

pub(crate) const VERSION: &str = env!("CARGO_PKG_VERSION");
/// Bytes of the largest file that is taken.
const FILE_MOST: usize = 4 * 1024 * 1024;
const CAUTION: &str = "This tells what this request was given, and not what others get";

/// How it ended, and what it told.
pub(crate) struct Verified {
    pub(crate) status: i32,
    pub(crate) told: String,
    pub(crate) complaint: String,
}

pub(crate) async fn verify(arguments: &[&str]) -> Verified {
    let mut command = Command::new(program());
    command.arg("verify").args(arguments).env_remove("ALL_PROXY").env_remove("all_proxy").kill_on_drop(true);
    let output = patiently("the verdict", command.output()).await.unwrap();
    let [told, complaint] = [output.stdout, output.stderr].map(|text| String::from_utf8(text).unwrap());
    Verified { status: output.status.code().expect("no signal"), told, complaint }
}

type Change = fn(&mut BTreeMap<String, Answer>);

/// What is told of a page in which something was changed.
async fn of_changed(change: impl FnOnce(&mut BTreeMap<String, Answer>)) -> Verified {
    let mut page = page();
    change(&mut page);
    verify(&[&serve(page).await]).await
}

#[tokio::test]
async fn the_page_of_the_daemon_is_that_of_its_release_in_plain_and_by_https() {
    let issued = Issued::new();
    let settings = issued.settings();
    let settings: Vec<_> = settings.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let (daemon, by_https) = (Daemon::start().await, Daemon::with(&settings).await);
    let secure = format!("https://127.0.0.1:{}/", by_https.secure[0].port());
    let authority = issued.authority();
    let mut cases = vec![vec![secure.clone(), "--ca".to_owned(), authority.to_str().unwrap().to_owned()]];
    cases.extend(daemon.addresses.iter().map(|address| vec![format!("http://{address}/")]));
    for arguments in cases {
        let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
        let Verified { status, told, complaint } = verify(&arguments).await;
        assert_eq!(status, 0, "{arguments:?}: {told}{complaint}");
        let expected = format!("{} is the page of Sanctuary {VERSION}: all ", arguments[0]);
        assert!(told.starts_with(&expected) && told.contains(CAUTION), "{told}");
    }
    let stranger = verify(&[&secure]).await;
    assert!(stranger.status == 69 && stranger.complaint.contains("certificate"), "{}", stranger.complaint);
    let sent_on = verify(&[&format!("http://{}/", by_https.address())]).await;
    assert!(sent_on.complaint.contains(&format!("a redirect to {secure}")), "{}", sent_on.complaint);
}

#[tokio::test]
async fn a_page_below_a_path_is_fetched_from_there_and_from_nowhere_else() {
    let below = page().into_iter().map(|(path, answer)| (format!("/chat{path}"), answer)).collect();
    let address = serve(below).await;
    let there = verify(&[&format!("{address}chat/")]).await;
    assert_eq!(there.status, 0, "{}{}", there.told, there.complaint);
    assert_eq!(verify(&[&address]).await.status, 69);
}

#[tokio::test]
async fn whatever_a_server_changes_is_told_and_nothing_else() {
    let honest = of_changed(|_| {}).await;
    assert_eq!((honest.status, honest.told.lines().count()), (0, 2), "{}{}", honest.told, honest.complaint);
    let cases: [(&str, Change, &[&str]); 11] = [
        (
            "one byte",
            |page| page.get_mut("/inside.js").unwrap().body[1000] ^= 1,
            &["  inside.js: other bytes"],
        ),
        ("a file less", |page| drop(page.remove("/late.js")), &["  late.js: missing (status 404)"]),
        (
            "a script more",
            |page| {
                let entry = page.get_mut("/").unwrap();
                let text = String::from_utf8(entry.body.clone()).unwrap();
                entry.body = text.replace("</head>", "<script src=evil.js></script></head>").into_bytes();
                let evil = page["/app.js"].clone();
                page.insert("/evil.js".to_owned(), evil);
            },
            &["  index.html: other bytes", "  evil.js: no file of the release, but index.html refers to it"],
        ),
        (
            "a script of another host, and one in the document",
            |page| {
                let entry = page.get_mut("/").unwrap();
                entry.body.extend(b"<script src=https://evil.example/x.js></script><script>evil()</script>");
            },
            &[
                "  index.html: other bytes",
                "  a script within the document: no file of the release, but index.html refers to it",
                "  https://evil.example/x.js: no file of the release, but index.html refers to it",
            ],
        ),
        (
            "a weaker policy",
            |page| {
                for answer in page.values_mut() {
                    answer.sets("content-security-policy", b"default-src *");
                }
            },
            &["  header content-security-policy, of aliases.js and "],
        ),
        (
            "a header less and a cookie",
            |page| {
                let answer = page.get_mut("/app.js").unwrap();
                answer.headers.retain(|(name, _)| name != "x-content-type-options");
                answer.sets("set-cookie", b"a=b");
            },
            &["  header set-cookie, of app.js", "  header x-content-type-options, of app.js"],
        ),
        (
            "another kind",
            |page| page.get_mut("/icon.svg").unwrap().sets("content-type", b"text/html"),
            &["  header content-type, of icon.svg"],
        ),
        (
            "a redirect",
            |page| {
                let answer = page.get_mut("/qr.js").unwrap();
                answer.status = "302 Found";
                answer.sets("location", b"https://evil.example/");
            },
            &["  qr.js: a redirect to https://evil.example/, which was not followed (status 302)"],
        ),
        (
            "a file without end",
            |page| page.get_mut("/derive.js").unwrap().is_endless = true,
            &["  derive.js: longer than 4194304 bytes, and not read further"],
        ),
        (
            "a bomb",
            |page| {
                let answer = page.get_mut("/style.css").unwrap();
                answer.body = gzip(64 * 1024 * 1024);
                answer.sets("content-encoding", b"gzip");
            },
            &["  style.css: longer than 4194304 bytes, and not read further"],
        ),
        (
            "what was not asked for",
            |page| page.get_mut("/start.js").unwrap().sets("content-encoding", b"compress"),
            &["  start.js: packed as compress, which was not asked for"],
        ),
    ];
    for (what, change, expected) in cases {
        let Verified { status, told, complaint } = of_changed(change).await;
        assert_eq!(status, 1, "{what}: {told}{complaint}");
        let head = format!("is NOT the page of Sanctuary {VERSION}");
        assert!(told.contains(&head) && told.contains(CAUTION), "{what}: {told}");
        let differences: Vec<_> =
            told.lines().filter(|line| line.starts_with("  ") && !line.starts_with("   ")).collect();
        assert_eq!(differences.len(), expected.len(), "{what}: {told}");
        for (line, start) in differences.iter().zip(expected) {
            assert!(line.starts_with(start), "{what}: {told}");
        }
    }
}

fn gzip(length: usize) -> Vec<u8> {
    use std::io::Write;
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(&vec![b'x'; length]).unwrap();
    encoder.finish().unwrap()
}

#[tokio::test]
async fn nothing_that_a_server_sends_steers_the_terminal_or_looks_like_a_line_of_ours() {
    let Verified { status, told, .. } = of_changed(|page| {
        let answer = page.get_mut("/app.js").unwrap();
        answer.sets("referrer-policy", b"\x9b31m\xc2\x9b2J\xe2\x80\xae");
        answer.sets("set-cookie", &[b'x'; 5000]);
        let entry = page.get_mut("/").unwrap();
        entry.body.extend(b"<script src='x\x1b[2J\n  app.js: fine'></script>");
    })
    .await;
    assert_eq!(status, 1, "{told}");
    assert!(!told.contains(|c: char| c.is_control() && c != '\n' || c == '\u{202e}'), "{told:?}");
    assert!(told.lines().all(|line| line.chars().count() < 600 && line != "  app.js: fine"), "{told}");
    // A head that is none ends the connection.
    let broken = of_changed(|page| page.get_mut("/app.js").unwrap().sets("x", b"a\x1b[2Jb")).await;
    assert!(
        broken.status == 1 && broken.told.contains("  app.js: what answers there is no HTTP"),
        "{}",
        broken.told
    );
}

#[tokio::test]
async fn an_answer_has_so_many_headers_and_so_large_a_head_and_no_more() {
    const HEADERS: usize = 64;
    let of_headers = async |count: usize, length: usize| {
        let verified = of_changed(|page| {
            let answer = page.get_mut("/app.js").unwrap();
            // The length of the body is one, too.
            for number in answer.headers.len() + 1..count {
                answer.sets(&format!("x-{number}"), &vec![b'x'; length]);
            }
        });
        verified.await.status
    };
    for (count, length, status) in
        [(HEADERS - 1, 1, 0), (HEADERS, 1, 0), (HEADERS + 1, 1, 1), (HEADERS, 1000, 0), (HEADERS, 4000, 1)]
    {
        assert_eq!(of_headers(count, length).await, status, "{count} headers of {length} bytes");
    }
}

#[tokio::test]
async fn a_version_that_no_list_has_is_unknown_and_not_false() {
    let Verified { status, told, .. } = of_changed(|page| {
        let entry = page.get_mut("/").unwrap();
        let text = String::from_utf8(entry.body.clone()).unwrap();
        let own = format!("Sanctuary {VERSION}");
        assert!(text.contains(&own), "the page says its version");
        entry.body = text.replace(&own, "Sanctuary 99.0.0").into_bytes();
    })
    .await;
    assert_eq!(status, 2, "{told}");
    assert!(told.contains("says that it is Sanctuary 99.0.0, a version that is unknown here"), "{told}");
    assert!(
        told.contains("the nearest that is known") && told.contains("  index.html: other bytes"),
        "{told}"
    );
    assert!(told.contains(CAUTION) && !told.contains("NOT"), "{told}");
    let another = serve(BTreeMap::from([("/".to_owned(), page()["/icon.svg"].clone())])).await;
    let Verified { status, told, .. } = verify(&[&another]).await;
    assert_eq!(status, 2, "{told}");
    assert!(told.contains("says no version, and nothing of it is of a release"), "{told}");
}

#[tokio::test]
async fn what_did_not_come_is_neither_right_nor_wrong_and_has_a_status_of_its_own() {
    let cut: Change = |page| page.get_mut("/app.js").unwrap().is_cut = true;
    let busy: Change = |page| page.get_mut("/app.js").unwrap().status = "503 Service Unavailable";
    for (change, why) in
        [(cut, "did not come (what answers there is no HTTP"), (busy, "not given (status 503)")]
    {
        let Verified { status, told, complaint } = of_changed(change).await;
        assert_eq!(status, 3, "{told}{complaint}");
        assert!(told.contains("can't be told now: not all of it came") && told.contains(CAUTION), "{told}");
        assert!(told.contains(&format!("\n  app.js: {why}")) && !told.contains("NOT"), "{told}");
    }
    let mut page = page();
    cut(&mut page);
    let told: Value =
        serde_json::from_str(&verify(&["--json", &serve(page.clone()).await]).await.told).unwrap();
    assert_eq!(
        (&told["verdict"], &told["differences"][0]["what"]),
        (&"incomplete".into(), &"not-come".into())
    );
    // A file that did come, and is another, still tells.
    page.get_mut("/late.js").unwrap().body.push(b' ');
    let Verified { status, told, .. } = verify(&[&serve(page).await]).await;
    assert!(
        status == 1 && told.contains("NOT the page") && told.contains("  app.js: did not come"),
        "{told}"
    );
}

#[tokio::test]
async fn a_kept_connection_may_end_and_nothing_is_lost_by_it() {
    let Verified { status, told, .. } =
        of_changed(|page| page.values_mut().for_each(|answer| answer.is_last = true)).await;
    assert_eq!(status, 0, "{told}");
}

type Worsen = fn(&mut Answer);

/// Bytes of memory that it may take for itself, which a page without bounds would use up.
const MEMORY: &str = "--data=50331648";

#[tokio::test]
async fn whatever_a_server_sends_it_takes_little_memory() {
    let cases: [(&str, Worsen); 4] = [
        ("a bomb", |entry| {
            entry.body = gzip(100 * 1024 * 1024);
            entry.sets("content-encoding", b"gzip");
        }),
        ("a bomb that fits", |entry| {
            entry.body = gzip(FILE_MOST);
            entry.sets("content-encoding", b"gzip");
        }),
        ("a file without end", |entry| entry.is_endless = true),
        ("an address without end", |entry| {
            entry.body = format!("<script src={}></script>", "x".repeat(FILE_MOST - 100)).into_bytes();
        }),
    ];
    for (what, change) in cases {
        for path in ["/", "/farewell"] {
            let mut page = page();
            change(page.get_mut(path).unwrap());
            let mut command = Command::new("prlimit");
            command.arg(MEMORY).arg(program()).args(["verify", &serve(page).await]).env_remove("ALL_PROXY");
            let output = patiently("the verdict", command.output()).await.unwrap();
            let told = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
            assert!(output.status.code().is_some_and(|status| status != 0), "{what}, {path}: {told}");
        }
    }
}

#[tokio::test]
async fn an_invitation_in_the_address_is_told_and_not_repeated() {
    let address = serve(page()).await;
    let Verified { status, told, complaint } = verify(&[&link(&address)]).await;
    assert_eq!(status, 0, "{told}{complaint}");
    for words in ["stands in the list of processes", "Its invitation is not read"] {
        assert!(complaint.contains(words), "{complaint}");
    }
    assert!(![told, complaint].concat().contains(PASSWORD));
    let plain = verify(&[&address]).await.complaint;
    assert!(!plain.contains("invitation"), "{plain}");
}

#[tokio::test]
async fn where_no_page_is_that_is_told_and_no_redirect_is_followed() {
    let redirects = of_changed(|page| {
        let entry = page.get_mut("/").unwrap();
        entry.status = "308 Permanent Redirect";
        entry.sets("location", b"https://pi.local/");
    })
    .await;
    assert_eq!((redirects.status, redirects.told.as_str()), (69, ""));
    assert!(redirects.complaint.contains("a redirect to https://pi.local/, which was not followed"));
    let missing = of_changed(|page| drop(page.remove("/"))).await;
    assert!(
        missing.status == 69 && missing.complaint.contains("missing (status 404)"),
        "{}",
        missing.complaint
    );
    let nobody = verify(&["http://127.0.0.1:1/"]).await;
    assert!(nobody.status == 69 && nobody.complaint.contains("can't be reached"), "{}", nobody.complaint);
}

#[tokio::test]
async fn programs_are_told_the_same_as_one_object() {
    let address = serve(page()).await;
    let told: Value = serde_json::from_str(&verify(&["--json", &address]).await.told).unwrap();
    assert_eq!((told["kind"].as_str(), told["verdict"].as_str()), (Some("verified"), Some("same")));
    assert_eq!(told["version"], VERSION);
    let own = DIGESTS.lines().find(|line| line.ends_with("  app.js")).unwrap();
    assert_eq!(told["files"]["app.js"], own[..64]);
    assert!(told["caution"].as_str().unwrap().starts_with(CAUTION));
    let mut changed = page();
    changed.get_mut("/app.js").unwrap().body.push(b' ');
    let address = serve(changed).await;
    let told: Value = serde_json::from_str(&verify(&["--json", &address]).await.told).unwrap();
    assert_eq!(told["verdict"], "differs");
    let differences = told["differences"].as_array().unwrap();
    assert_eq!(differences.len(), 1);
    assert_eq!((&differences[0]["what"], &differences[0]["file"]), (&"bytes".into(), &"app.js".into()));
    assert_eq!(differences[0]["released"], own[..64]);
}
