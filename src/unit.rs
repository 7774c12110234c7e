//! The service as systemd has it: whom it runs as, which settings it reads, and what of the machine it does not see.
//! Read from the unit and its drop-ins (systemd.unit(5)), for those may be asked about where systemd does not run.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use crate::files;

/// Its name.
pub const NAME: &str = "sanctuary.service";

/// Where units lie, the first that has one counts. In the first two are drop-ins by `systemctl set-property`.
const FOLDERS: [&str; 7] = [
    "etc/systemd/system.control",
    "run/systemd/system.control",
    "etc/systemd/system",
    "run/systemd/system",
    "usr/local/lib/systemd/system",
    "usr/lib/systemd/system",
    "lib/systemd/system",
];

/// Where a socket unit that is enabled is linked.
const WANTED: &str = "etc/systemd/system/sockets.target.wants/sanctuary.socket";

/// Bytes of the largest unit or drop-in that is read.
const LARGEST_FILE: u64 = 256 * 1024;

/// What is set, in order: what comes later counts more.
#[derive(Debug)]
pub struct Unit {
    settings: Vec<(String, String)>,
    has_socket: bool,
}

impl Unit {
    /// The unit of this machine, if it is installed.
    #[must_use]
    pub fn installed() -> Option<Self> {
        Self::below(Path::new("/"))
    }

    fn below(root: &Path) -> Option<Self> {
        let folders = FOLDERS.map(|folder| root.join(folder));
        let unit = folders.iter().map(|folder| folder.join(NAME)).find(|unit| unit.exists())?;
        if !unit.is_file() {
            return None; // masked: a link to /dev/null
        }
        // Drop-ins are read in the order of their names. Of two with one name the first folder's
        // counts, and this service's own folders come before those for every service.
        let all = |name: &'static str| folders.iter().map(move |folder| folder.join(name));
        let drop_ins: Vec<PathBuf> = all("sanctuary.service.d").chain(all("service.d")).collect();
        let found = drop_ins.iter().flat_map(|folder| fs::read_dir(folder).into_iter().flatten().flatten());
        let mut names: Vec<PathBuf> = found.map(|entry| entry.file_name().into()).collect();
        names.retain(|name| name.extension().is_some_and(|end| end == "conf"));
        names.sort();
        names.dedup();
        let more = names.iter().filter_map(|name| {
            drop_ins.iter().map(|folder| folder.join(name)).find(|drop_in| drop_in.exists())
        });
        let mut settings = Vec::new();
        for path in std::iter::once(unit).chain(more) {
            let text = files::read(&path, LARGEST_FILE).unwrap_or_default();
            settings.extend(assignments(&String::from_utf8_lossy(&text)));
        }
        Some(Self { settings, has_socket: root.join(WANTED).symlink_metadata().is_ok() })
    }

    /// What `key` is set to in the end; nothing where it is empty.
    #[must_use]
    pub fn value(&self, key: &str) -> Option<&str> {
        self.list(key).pop()
    }

    /// All that `key` is set to, for settings that add up. An empty one takes back what came
    /// before.
    fn list(&self, key: &str) -> Vec<&str> {
        let values = self.settings.iter().filter(|(name, _)| name == key).map(|(_, value)| value.as_str());
        let mut list = Vec::new();
        for value in values {
            if value.is_empty() {
                list.clear();
            } else {
                list.push(value);
            }
        }
        list
    }

    /// The words of all that `key` is set to.
    pub fn words(&self, key: &str) -> impl Iterator<Item = String> {
        self.list(key).into_iter().flat_map(words)
    }

    fn is_on(&self, key: &str) -> bool {
        self.value(key)
            .is_some_and(|value| !["no", "false", "off", "0", "n", "f", "read-only"].contains(&value))
    }

    /// The user that the service runs as: root unless it names one. A dynamic user is named after
    /// the unit.
    #[must_use]
    pub fn user(&self) -> &str {
        let by_itself = if self.is_on("DynamicUser") { "sanctuary" } else { "root" };
        self.value("User").map_or(by_itself, |user| if user == "0" { "root" } else { user })
    }

    /// What it runs.
    #[must_use]
    pub fn command_line(&self) -> Vec<OsString> {
        words(self.value("ExecStart").unwrap_or_default()).map(OsString::from).collect()
    }

    /// Whether systemd hands the sockets over, so that the settings bind none.
    #[must_use]
    pub fn is_behind_a_socket(&self) -> bool {
        self.has_socket || self.words("Requires").any(|unit| unit.ends_with(".socket"))
    }

    /// Whether it may have ports below 1024.
    #[must_use]
    pub fn has_ports(&self) -> bool {
        let is_set = |key: &str| self.settings.iter().any(|(name, _)| name == key);
        // Those behind a tilde are taken away.
        let has = |key| {
            self.list(key).into_iter().fold(false, |has, rights| {
                let names_it = rights.to_ascii_uppercase().contains("CAP_NET_BIND_SERVICE");
                if names_it { !rights.starts_with('~') } else { has }
            })
        };
        (self.user() == "root" || has("AmbientCapabilities"))
            && (!is_set("CapabilityBoundingSet") || has("CapabilityBoundingSet"))
    }

    /// By which of its settings the service does not see `path`, or where its links lead.
    #[must_use]
    pub fn hides(&self, path: &Path) -> Option<&'static str> {
        let mut steps = files::link_chain(path);
        steps.extend(path.canonicalize());
        let lies_in = |folder: &str| {
            let folder = Path::new(folder.trim_start_matches(['-', '+']));
            let real = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
            steps.iter().any(|step| step.starts_with(folder) || step.starts_with(&real))
        };
        // The path that is shown, and the name under which it is shown, if that is another.
        let shows = |word: String| lies_in(word.split(':').take(2).last().unwrap_or_default());
        if ["BindPaths", "BindReadOnlyPaths"].iter().any(|key| self.words(key).any(shows)) {
            return None;
        }
        let homes = self.is_on("ProtectHome") && files::HOMES.into_iter().any(lies_in);
        let temporary = (self.is_on("PrivateTmp") || self.is_on("DynamicUser"))
            && ["/tmp", "/var/tmp"].into_iter().any(lies_in);
        let has = |key| self.value(key).is_some_and(|value| value != "/");
        let switched = [
            ("ProtectHome", homes),
            ("PrivateTmp", temporary),
            ("RootDirectory", has("RootDirectory")),
            ("RootImage", has("RootImage")),
        ];
        let hides = |word: String| lies_in(word.split(':').next().unwrap_or_default());
        let listed = ["InaccessiblePaths", "TemporaryFileSystem"];
        let listed = listed.map(|key| (key, self.words(key).any(hides)));
        switched.into_iter().chain(listed).find(|(_, hides)| *hides).map(|(key, _)| key)
    }
}

/// Parted at blanks, but for those in quotes (systemd.syntax(7)).
fn words(text: &str) -> impl Iterator<Item = String> {
    let mut letters = text.chars().peekable();
    std::iter::from_fn(move || {
        while letters.next_if(|letter| letter.is_whitespace()).is_some() {}
        letters.peek()?;
        let (mut word, mut quote) = (String::new(), None);
        while let Some(letter) = letters.next_if(|letter| quote.is_some() || !letter.is_whitespace()) {
            match (letter, quote) {
                ('"' | '\'', None) => quote = Some(letter),
                _ if quote == Some(letter) => quote = None,
                ('\\', _) => word.extend(letters.next()),
                _ => word.push(letter),
            }
        }
        Some(word)
    })
}

fn assignments(text: &str) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    let mut goes_on = false;
    for line in text.lines().map(str::trim).filter(|line| !line.starts_with(['#', ';'])) {
        let (part, more) = line.strip_suffix('\\').map_or((line, false), |part| (part, true));
        match (found.last_mut(), part.split_once('=')) {
            (Some((_, value)), _) if goes_on => value.push_str(part),
            (_, Some((key, value))) => found.push((key.trim().to_owned(), value.trim_start().to_owned())),
            _ => {}
        }
        goes_on = more;
    }
    found
}

#[cfg(test)]
mod tests;
