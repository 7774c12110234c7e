//! What is between a member and the daemon, as it breaks.

use std::fs;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::net::{TcpListener, TcpStream};
use tokio::process::Command;
use tokio::sync::watch;

use super::joined::{Joined, link, program};
use super::support::{Daemon, Heard, Member};

/// Carries all to the daemon, until it is cut.
struct Relay {
    address: SocketAddr,
    leads: Arc<AtomicBool>,
    cuts: watch::Sender<()>,
}

impl Relay {
    async fn to(daemon: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (address, leads) = (listener.local_addr().unwrap(), Arc::new(AtomicBool::new(true)));
        let (cuts, cut) = watch::channel(());
        let open = Arc::clone(&leads);
        tokio::spawn(async move {
            while let Ok((mut from, _)) = listener.accept().await {
                let (open, mut cut) = (Arc::clone(&open), cut.clone());
                cut.mark_unchanged();
                tokio::spawn(async move {
                    if !open.load(Ordering::SeqCst) {
                        return;
                    }
                    let mut to = TcpStream::connect(daemon).await.unwrap();
                    tokio::select! {
                        _ = tokio::io::copy_bidirectional(&mut from, &mut to) => {}
                        _ = cut.changed() => {}
                    }
                });
            }
        });
        Self { address, leads, cuts }
    }

    fn cut(&self) {
        self.leads.store(false, Ordering::SeqCst);
        self.cuts.send_replace(());
    }

    fn mend(&self) {
        self.leads.store(true, Ordering::SeqCst);
    }
}

#[tokio::test]
async fn a_line_that_breaks_is_made_again_and_what_was_typed_is_said_then() {
    let daemon = Daemon::start().await;
    let (mut ada, link) = Joined::opens(&format!("http://{}/", daemon.address()), "ada").await;
    let relay = Relay::to(daemon.address()).await;
    let link = format!("http://{}/#{}", relay.address, link.split_once('#').unwrap().1);
    let mut ben = Joined::enters(&link, "ben", &[]).await;
    ben.reads("* Room").await;
    ada.reads("* ben joined").await;
    relay.cut();
    ben.reads("* Reconnecting…").await;
    ada.reads("* ben is away for the moment").await;
    ben.types("typed meanwhile").await;
    relay.mend();
    ben.reads("* Connected").await;
    ada.reads("ben: typed meanwhile").await;
    ada.types("and on").await;
    ben.reads("ada: and on").await;
}

/// As a laptop is carried from one network to another: what says how to ask for names is replaced, and may be read no more.
#[tokio::test]
async fn a_machine_in_another_network_comes_back_though_it_can_resolve_no_name() {
    if !nix::unistd::geteuid().is_root() {
        return; // nobody else gives a program another /etc
    }
    let folder = std::env::temp_dir().join(format!("sanctuary-etc-{}", std::process::id()));
    fs::create_dir(&folder).unwrap();
    let replace = |name: &str, text: &str| {
        fs::write(folder.join("new"), text).unwrap();
        fs::rename(folder.join("new"), folder.join(name)).unwrap();
    };
    fs::copy("/etc/ld.so.cache", folder.join("ld.so.cache")).unwrap();
    replace("nsswitch.conf", "hosts: files dns\n");
    replace("resolv.conf", "nameserver 127.0.0.1\noptions timeout:1 attempts:1\n");
    replace("hosts", "127.0.0.1 localhost room.test\n");

    let daemon = Daemon::with(&[("hosts", r#"["room.test"]"#)]).await;
    let relay = Relay::to(daemon.address()).await;
    let mut command = Command::new("unshare");
    command.args(["--mount", "sh", "-c", r#"mount --bind "$0" /etc && exec "$@""#]).arg(&folder);
    command.arg(program()).args(["open", "--plain", "--alias", "ada"]);
    command.arg(format!("http://room.test:{}/", relay.address.port()));
    let mut ada = Joined::by(command);
    let invitation = ada.reads("* Invitation: ").await;
    let link = format!("http://{}/#{}", daemon.address(), invitation.split_once('#').unwrap().1);
    let mut ben = Joined::enters(&link, "ben", &[]).await;
    ada.reads("* ben joined").await;
    replace("hosts", "127.0.0.1 localhost\n");
    replace("resolv.conf", "nameserver 127.0.0.1\n");
    relay.cut();
    ada.reads("* Reconnecting…").await;
    relay.mend();
    ada.reads("* Connected").await;
    ada.types("from elsewhere").await;
    ben.reads("ada: from elsewhere").await;
    fs::remove_dir_all(folder).unwrap();
}

#[tokio::test]
async fn a_seat_that_is_gone_is_entered_anew_and_at_the_end_of_input_all_is_said() {
    let daemon = Daemon::with(&[("grace", "\"1s\"")]).await;
    let (mut ada, link) = Joined::opens(&format!("http://{}/", daemon.address()), "ada").await;
    let relay = Relay::to(daemon.address()).await;
    let link = format!("http://{}/#{}", relay.address, link.split_once('#').unwrap().1);
    let mut ben = Joined::enters(&link, "ben", &[]).await;
    ben.reads("* Room").await;
    ada.reads("* ben joined").await;
    relay.cut();
    ben.reads("* Reconnecting…").await;
    ben.types("typed meanwhile").await;
    ben.types_no_more();
    ada.reads("* ben lost the connection").await;
    relay.mend();
    ben.reads("* Your place was given up while you were away, and you entered anew.").await;
    ada.reads("ben: typed meanwhile").await;
    assert_eq!(ben.ends().await.0, 0);
}

#[tokio::test]
async fn a_room_that_is_gone_meanwhile_ends_it() {
    let daemon = Daemon::with(&[("grace", "\"1s\"")]).await;
    let relay = Relay::to(daemon.address()).await;
    let (mut ada, _) = Joined::opens(&format!("http://{}/", relay.address), "ada").await;
    relay.cut();
    ada.reads("* Reconnecting…").await;
    while daemon.counts().await.0 > 0 {
        tokio::task::yield_now().await;
    }
    relay.mend();
    ada.reads("* The room is gone").await;
    // The daemon forgets after a while why the seat was given up.
    assert!(matches!(ada.ends().await.0, 2 | 77));
}

#[tokio::test]
async fn nothing_of_the_input_is_said_in_a_room_that_somebody_else_opened_meanwhile() {
    let daemon = Daemon::with(&[("grace", "\"1s\"")]).await;
    let ada = Member::create(daemon.address(), "Ada").await;
    let relay = Relay::to(daemon.address()).await;
    let mut ben = Joined::enters(&link(&format!("http://{}/", relay.address)), "ben", &[]).await;
    ben.reads("* Room").await;
    relay.cut();
    ben.reads("* Reconnecting…").await;
    ben.types("meant for Ada").await;
    drop(ada);
    while daemon.counts().await.0 > 0 {
        tokio::task::yield_now().await;
    }
    let mut eve = Member::create(daemon.address(), "Eve").await;
    relay.mend();
    let (status, told) = ben.ends().await;
    assert_eq!(status, 3, "{told:?}");
    loop {
        match eve.next().await {
            Heard::Message { text, .. } => panic!("{text}"),
            Heard::Left(..) => break,
            _ => {}
        }
    }
}
