//! What `verify` compares with, and what a browser has saved.

use std::fs;
use std::path::PathBuf;

use sanctuary_server::DIGESTS;
use tokio::process::Command;

use super::server::{built, page, serve};
use super::support::{Daemon, binary};
use super::verify::{VERSION, verify};

#[tokio::test]
async fn another_list_is_taken_in_the_place_of_what_is_known() {
    let folder = Folder::new("digests");
    let address = serve(page()).await;
    let list = folder.write("list", DIGESTS.replace(&format!("Sanctuary {VERSION}"), "Sanctuary 7.0.0"));
    let other = verify(&["--digests", &list, &address]).await;
    assert_eq!(other.status, 2, "{}", other.told);
    let list = folder.write("list", DIGESTS);
    let same = verify(&["--digests", &list, &address]).await;
    assert!(same.status == 0 && !same.told.contains("newest"), "{}", same.told);
    let newer = DIGESTS.replace(&format!("Sanctuary {VERSION}"), "Sanctuary 99.10.0");
    let list = folder.write("list", format!("{newer}{}{DIGESTS}", newer.replace("99.10", "99.9")));
    let older = verify(&["--digests", &list, &address]).await;
    assert!(
        older.status == 0 && older.told.contains("newest that is known here: Sanctuary 99.10.0 is"),
        "{}",
        older.told
    );
    let told = verify(&["--json", "--digests", &list, &address]).await.told;
    assert!(told.contains(r#""newer":"99.10.0""#), "{told}");
    let no_list = folder.write("none", "<html>");
    let cut = folder.write("cut", &DIGESTS[..DIGESTS.len() - 1000]);
    for file in [no_list, cut, "/nonexistent".to_owned()] {
        let none = verify(&["--digests", &file, &address]).await;
        assert!(none.status == 66 && none.complaint.contains(&file), "{}", none.complaint);
    }
}

#[tokio::test]
async fn what_the_doctor_prints_is_a_list_and_a_fingerprint_is_trusted_as_in_a_room() {
    let daemon = Daemon::with(&[("self_signed", "true"), ("listen_tls", r#"["127.0.0.1:0"]"#)]).await;
    let said = Command::new(binary()).args(["doctor", "--listen", "127.0.0.1:8080"]).output().await.unwrap();
    let said = String::from_utf8(said.stdout).unwrap();
    let list = said.lines().skip_while(|line| !line.starts_with("The page that this program serves"));
    let list: String =
        list.skip(1).take_while(|line| line.starts_with("  ")).flat_map(|line| [line, "\n"]).collect();
    assert_eq!(list.lines().map(str::trim).collect::<Vec<_>>(), DIGESTS.lines().collect::<Vec<_>>());
    assert!(said.contains("\n  sanctuary verify http://127.0.0.1:8080/\n"), "{said}");
    let folder = Folder::new("doctor");
    let list = folder.write("list", &said);
    let printed = daemon.printed().join("\n");
    let fingerprint = printed.split_whitespace().find(|word| word.len() == 95).expect("a fingerprint");
    let page = format!("https://{}/", daemon.secure[0]);
    let trusted = verify(&["--digests", &list, "--fingerprint", fingerprint, &page]).await;
    assert_eq!(trusted.status, 0, "{}{}", trusted.told, trusted.complaint);
    let other = verify(&["--fingerprint", &"00".repeat(32), &page]).await;
    assert!(other.status == 69 && other.complaint.contains("certificate"), "{}", other.complaint);
}

/// A folder of this test alone, removed on drop.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("sanctuary-verify-{}-{name}", std::process::id()));
        fs::create_dir(&path).unwrap();
        Self(path)
    }

    fn write(&self, name: &str, text: impl AsRef<[u8]>) -> String {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[tokio::test]
async fn files_that_a_browser_saved_are_known_by_their_bytes_under_any_name() {
    let folder = Folder::new("saved");
    let path = folder.0.to_str().unwrap().to_owned();
    let names: Vec<_> =
        DIGESTS.lines().filter(|line| !line.starts_with('#')).map(|line| &line[66..]).collect();
    for name in &names[1..] {
        let saved = if *name == "index.html" { "Sanctuary.html" } else { name };
        folder.write(saved, fs::read(built().join(name)).unwrap());
    }
    let part = verify(&["--saved", &path]).await;
    assert_eq!(part.status, 2, "{}", part.told);
    assert!(part.told.contains(&format!("  {}: not saved\n", names[0])), "{}", part.told);
    folder.write(&format!("Sanctuary_files/{}", names[0]), fs::read(built().join(names[0])).unwrap());
    let all = verify(&["--saved", &path]).await;
    assert_eq!(all.status, 0, "{}{}", all.told, all.complaint);
    assert!(all.told.contains("without the headers that came with it"), "{}", all.told);
    // As a browser saves it as "complete".
    folder.write("Sanctuary.html", "<!-- saved from url=(0016)http://pi.local/ --><title>Sanctuary</title>");
    let rewritten = verify(&["--saved", &path]).await;
    assert_eq!(rewritten.status, 2, "{}", rewritten.told);
    for told in
        ["  index.html: not saved\n", "  Sanctuary.html: no document of the release\n", "\"HTML only\""]
    {
        assert!(
            rewritten.told.contains(told) && !rewritten.told.contains("NOT"),
            "{told}: {}",
            rewritten.told
        );
    }
    folder.write("app.js", "evil()");
    folder.write("evil.js", "evil()");
    let changed = verify(&["--saved", &path]).await;
    assert_eq!(changed.status, 1, "{}", changed.told);
    for told in ["  app.js: other bytes\n", "  evil.js: no file of the release\n", "\"HTML only\""] {
        assert!(changed.told.contains(told), "{told}: {}", changed.told);
    }
    folder.write("index.html", fs::read(built().join("index.html")).unwrap());
    let both = verify(&["--saved", &path]).await;
    assert!(both.told.contains("  Sanctuary.html: no file of the release\n"), "{}", both.told);
    assert_eq!(verify(&["--saved", "/nonexistent"]).await.status, 66);
}
