//! A name that machines of one network tell each other, with the program that tells it on most of them (Debian's package
//! `avahi-daemon`).

use std::env;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Stdio};

use super::joined::{Joined, program};
use super::support::{Daemon, Network};

/// Avahi, which tells this machine's own name.
struct Avahi {
    child: Child,
    file: PathBuf,
}

impl Avahi {
    fn of(network: &Network) -> Self {
        let file = env::temp_dir().join(format!("sanctuary-avahi-{}", std::process::id()));
        fs::write(&file, "[server]\nenable-dbus=no\nuse-ipv6=no\n").unwrap();
        let mut command = network.command("avahi-daemon");
        command.args(["--no-drop-root", "--no-chroot", "--no-rlimits", "--file"]).arg(&file);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let mut told = BufReader::new(child.stderr.take().unwrap()).lines();
        let is_ready = told.by_ref().map_while(Result::ok).any(|line| line.contains("startup complete"));
        assert!(is_ready, "avahi-daemon tells nothing");
        // Its later words must find a reader.
        std::thread::spawn(move || told.for_each(drop));
        Self { child, file }
    }
}

impl Drop for Avahi {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = fs::remove_file(&self.file);
    }
}

#[tokio::test]
#[ignore = "needs avahi-daemon iproute2"]
async fn a_machine_is_found_by_its_name_in_the_network() {
    let Some(network) = Network::new() else { return };
    network.line("lan0", &["192.168.77.2/24"]);
    network.ip("route add default via 192.168.77.1");
    let _avahi = Avahi::of(&network);
    let daemon = Daemon::under(&network.within(), &[("listen", r#"["192.168.77.2:0"]"#)]).await;
    let whole = nix::unistd::gethostname().unwrap().into_string().unwrap();
    let name = whole.split('.').next().unwrap();

    let mut command = network.command(program().to_str().unwrap());
    let page = format!("http://{name}.local:{}/", daemon.address().port());
    command.args(["open", "--plain", "--alias", "ada", &page]);
    let mut ada = Joined::by(command.into());
    ada.reads("* Invitation: ").await;
    ada.types("/exit").await;
    assert_eq!(ada.ends().await.0, 0);
}
