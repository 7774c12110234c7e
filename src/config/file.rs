//! Reads `sanctuary.toml`, and looks whether its settings go together.

use std::path::Path;

use super::https::HttpsKeys;
use super::reader::TomlReader;
use super::units::{KIB, SIZE};
use super::{ConfigError, DEFAULT_FILE, Fault, ListenAddress, Settings};
use crate::files::{self, ReadError};

/// Bytes of the largest file that is read: enough for every setting and a book of comments.
const LARGEST_FILE: u64 = 1024 * 1024;

impl Settings {
    /// Reads `file`, or [`DEFAULT_FILE`] when none is named; only the latter may be missing, which leaves
    /// every setting at its default.
    pub fn load(file: Option<&Path>) -> Result<Self, ConfigError> {
        let path = file.unwrap_or(Path::new(DEFAULT_FILE));
        match files::read(path, LARGEST_FILE) {
            Ok(bytes) => match Self::parse(&bytes) {
                Ok(settings) => Ok(Self { file: path.to_owned(), ..settings }),
                Err(faults) => Err(ConfigError::Faults { path: path.to_owned(), faults }),
            },
            Err(ReadError::Missing(_)) if file.is_none() => Ok(Self::default()),
            Err(source) => Err(ConfigError::Unreadable { path: path.to_owned(), source }),
        }
    }

    /// Listens on these addresses instead, if there are any.
    pub fn with_listen(self, listen: &[ListenAddress]) -> Result<Self, ConfigError> {
        match ListenAddress::first_covered(&[listen, self.listen_tls()].concat()) {
            _ if listen.is_empty() => Ok(self),
            Some((covering, covered)) => Err(ConfigError::Covered { covering, covered }),
            None if !ListenAddress::COUNT.contains(&listen.len()) => Err(ConfigError::TooManyAddresses),
            None => Ok(Self { listen: listen.to_vec(), ..self }),
        }
    }

    /// Reads the text of a `sanctuary.toml`. On error the faults stand in the order of the text.
    pub fn parse(text: &[u8]) -> Result<Self, Vec<Fault>> {
        let mut reader = TomlReader::new(text)?;
        let mut settings = Self::default();
        settings.read(&mut reader);
        let mut https = HttpsKeys::default();
        https.read(&mut reader);
        let listen_tls = https.listen_tls.clone();
        settings.https = https.into_https(&mut reader);
        check_proxies(&mut reader, &settings);
        check_listen(&mut reader, &settings, &listen_tls);
        check_backlog(&mut reader, &settings);
        check_waiting(&mut reader, &settings);
        reader.end()?;
        Ok(settings)
    }
}

fn check_proxies(reader: &mut TomlReader, settings: &Settings) {
    if settings.proxy_protocol && settings.proxies.is_empty() {
        let what = "`proxy_protocol` is for the connections of `proxies`, and none is listed: list them, or set it to false";
        reader.fault(&["proxy_protocol"], what);
    }
}

fn check_listen(reader: &mut TomlReader, settings: &Settings, listen_tls: &[ListenAddress]) {
    let plain = &settings.listen[..];
    // Without a certificate nobody listens at `listen_tls`.
    let both = [plain, settings.listen_tls()].concat();
    let lists = [("listen", plain), ("listen_tls", listen_tls), ("listen_tls", &both)];
    let covered = |(key, list)| Some((key, ListenAddress::first_covered(list)?));
    if let Some((key, (covering, covered))) = lists.into_iter().find_map(covered) {
        let what = format!("`{key}`: {covering} includes {covered} already: leave one of them out");
        reader.fault(&[key, "listen"], &what);
    }
}

fn check_backlog(reader: &mut TomlReader, settings: &Settings) {
    let least = settings.smallest_backlog();
    if settings.backlog < least {
        let what = format!(
            "`backlog` is {}, too little for `members` and `largest_frame`: set it to {:?} or more",
            SIZE.write(settings.backlog as u64),
            SIZE.write(least.next_multiple_of(KIB) as u64),
        );
        reader.fault(&["backlog", "members", "largest_frame"], &what);
    }
}

fn check_waiting(reader: &mut TomlReader, settings: &Settings) {
    let least = settings.smallest_waiting();
    if let Some(waiting) = settings.waiting
        && waiting < least
    {
        let what = format!(
            "`waiting` is {}, too little for one `backlog` and `largest_frame`: set it to {:?} or more",
            SIZE.write(waiting as u64),
            SIZE.write(least.next_multiple_of(KIB) as u64),
        );
        reader.fault(&["waiting", "backlog", "largest_frame"], &what);
    }
}
