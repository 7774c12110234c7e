//! `verify` beside a browser, as a server sees the two (Debian's package `firefox-esr`).

use std::collections::BTreeMap;
use std::fs;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::Stdio;

use tokio::process::Command;
use tokio::sync::mpsc::UnboundedReceiver;

use super::joined::program;
use super::server::{page, serve_and_tell};
use super::support::patiently;
use super::ways::socks;

/// What a browser asks for until it shows the entrance.
const ENTRANCE: [&str; 6] = ["/", "/style.css", "/start.js", "/app.js", "/icon.svg", "/words/en.js"];

/// A browser that has never been used, and looks for nobody but this machine.
struct Firefox {
    profile: PathBuf,
}

impl Firefox {
    fn new() -> Self {
        let profile = std::env::temp_dir().join(format!("sanctuary-firefox-{}", std::process::id()));
        fs::create_dir(&profile).unwrap();
        let settings = [
            r#"user_pref("network.dns.localDomains", "room.test");"#,
            r#"user_pref("dom.security.https_first", false);"#,
            r#"user_pref("datareporting.policy.dataSubmissionEnabled", false);"#,
            r#"user_pref("browser.startup.homepage_override.mstone", "ignore");"#,
        ];
        fs::write(profile.join("user.js"), settings.join("\n")).unwrap();
        Self { profile }
    }

    fn opens(&self, addresses: &[String]) -> tokio::process::Child {
        let mut command = Command::new("firefox-esr");
        command.args(["--headless", "--no-remote", "--profile"]).arg(&self.profile).args(addresses);
        command.env("HOME", &self.profile).stdout(Stdio::null()).stderr(Stdio::null()).kill_on_drop(true);
        command.spawn().expect("firefox-esr")
    }
}

impl Drop for Firefox {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.profile);
    }
}

/// The heads of the first requests for these files, but for the numbers of versions.
async fn heads(told: &mut UnboundedReceiver<String>) -> BTreeMap<String, String> {
    let mut heads = BTreeMap::new();
    while ENTRANCE.iter().any(|path| !heads.contains_key(*path)) {
        let head = told.recv().await.unwrap();
        let path = head.split(' ').nth(1).unwrap().to_owned();
        let lines = head.split("\r\n").map(|line| match line.split_once(": ") {
            Some(("User-Agent", agent)) => {
                format!("User-Agent: {}", agent.replace(|c: char| c.is_ascii_digit(), "0"))
            }
            // Of these two it unpacks none, and says so.
            Some(("Accept-Encoding", codings)) => {
                format!("Accept-Encoding: {}", codings.replace(", br, zstd", ""))
            }
            _ => line.to_owned(),
        });
        heads.entry(path).or_insert(lines.collect::<Vec<_>>().join("\n"));
    }
    heads
}

/// Over http from another machine, which a browser doesn't trust to be where it says, and from this one, which it trusts as
/// over https.
#[tokio::test]
#[ignore = "needs firefox-esr"]
async fn by_its_requests_a_server_can_t_tell_it_from_a_browser() {
    let (firefox, mut served) = (Firefox::new(), vec![]);
    for host in ["127.0.0.1", "room.test"] {
        let (address, told) = serve_and_tell(page()).await;
        let to: SocketAddr = address[7..].trim_end_matches('/').parse().unwrap();
        served.push((format!("http://{host}:{}/", to.port()), to, told));
    }
    let addresses: Vec<_> = served.iter().map(|(address, ..)| address.clone()).collect();
    let mut browser = firefox.opens(&addresses);
    for (address, to, told) in &mut served {
        let of_browser = patiently("the browser", heads(told)).await;
        let (proxy, _asked) = socks(*to).await;
        let mut command = Command::new(program());
        command.args(["verify", address]).env_remove("all_proxy").env_remove("ALL_PROXY");
        if address.contains("room.test") {
            command.env("ALL_PROXY", format!("socks5h://{proxy}"));
        }
        while told.try_recv().is_ok() {}
        let output = patiently("the verdict", command.output()).await.unwrap();
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        let own = patiently("its requests", heads(told)).await;
        for path in ENTRANCE {
            assert_eq!(own[path], of_browser[path], "{address} {path}");
        }
    }
    let _ = browser.kill().await;
}
