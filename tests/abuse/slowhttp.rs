//! slowhttptest (Debian's package of that name) in its four modes.

use tokio::process::Command;

use super::survives;

#[tokio::test]
#[ignore = "needs slowhttptest"]
async fn slow_heads() {
    slowhttptest("-H", &["-u", "/"]).await;
}

#[tokio::test]
#[ignore = "needs slowhttptest"]
async fn slow_bodies() {
    slowhttptest("-B", &["-s", "8192", "-u", "/ws/0af"]).await;
}

#[tokio::test]
#[ignore = "needs slowhttptest"]
async fn ranges() {
    slowhttptest("-R", &["-a", "10", "-b", "3000", "-u", "/app.js"]).await;
}

#[tokio::test]
#[ignore = "needs slowhttptest"]
async fn slow_reading() {
    slowhttptest("-X", &["-w", "1", "-y", "64", "-n", "1", "-z", "32", "-k", "3", "-u", "/app.js"]).await;
}

/// 200 connections for 4 seconds. It cannot choose its own address, so that here nothing is
/// rationed by that.
async fn slowhttptest(mode: &str, options: &[&str]) {
    let settings = [("connections_by_address", "1000")];
    survives(&format!("slowhttptest {mode}"), &settings, async |daemon| {
        let (path, options) = options.split_last().unwrap();
        let run = Command::new("slowhttptest")
            .args([mode, "-c", "200", "-r", "200", "-i", "1", "-l", "4", "-p", "3", "-x", "24"])
            .args(options)
            .arg(format!("http://{}{path}", daemon.address()))
            .kill_on_drop(true)
            .output()
            .await
            .unwrap_or_else(|error| panic!("slowhttptest: {error}: apt-get install slowhttptest"));
        let shown = plain(&String::from_utf8_lossy(&run.stdout));
        assert!(shown.contains("service available:   YES"), "{shown}");
        assert!(!shown.contains("service available:   NO"), "{shown}");
        let ends = ["Exit status: Hit test time limit", "Exit status: No open connections left"];
        assert!(ends.iter().any(|end| shown.contains(end)), "{shown}");
    })
    .await;
}

/// Without the colours (ECMA-48, 8.3.117), which it shows to files too.
fn plain(coloured: &str) -> String {
    let mut parts = coloured.split("\x1b[");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |plain, part| {
        plain + part.trim_start_matches(|c: char| c.is_ascii_digit() || c == ';').get(1..).unwrap_or("")
    })
}
