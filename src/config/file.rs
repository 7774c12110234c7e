//! The shape of `sanctuary.toml`: which keys there are, what each may hold, and where it went wrong.

use std::path::{Path, PathBuf};
use std::time::Duration;

use super::network::network;
use super::open_rooms::open_rooms;
use super::reader::Reader;
use super::units::written_size;
use super::values::{boolean, number, path, size, time, user};
use super::{ConfigError, DEFAULT_FILE, Fault, ListenAddress, Settings, Tls, bounds};
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
        let secure = if self.tls.is_some() { &self.listen_tls[..] } else { &[] };
        match ListenAddress::first_covered(&[listen, secure].concat()) {
            _ if listen.is_empty() => Ok(self),
            Some((covering, covered)) => Err(ConfigError::Covered { covering, covered }),
            None if !bounds::LISTEN.contains(&listen.len()) => Err(ConfigError::TooManyAddresses),
            None => Ok(Self { listen: listen.to_vec(), ..self }),
        }
    }

    /// Reads the text of a `sanctuary.toml`. On error the faults stand in the order of the text.
    pub fn parse(text: &[u8]) -> Result<Self, Vec<Fault>> {
        let mut reader = Reader::new(text)?;
        let mut settings = Self::default();
        let s = &mut settings;

        reader.list("listen", bounds::LISTEN, &mut s.listen, str::parse);
        reader.list("listen_tls", bounds::LISTEN, &mut s.listen_tls, str::parse);
        reader.take("user", &mut s.user, user);
        reader.take("require_memory_lock", &mut s.require_memory_lock, boolean);
        reader.list("hosts", bounds::ENTRIES, &mut s.hosts, str::parse);
        reader.list("origins", bounds::ENTRIES, &mut s.origins, str::parse);
        reader.list("proxies", bounds::ENTRIES, &mut s.proxies, network);
        reader.take("open_rooms", &mut s.open_rooms, open_rooms);
        let (mut certificate, mut key) = (None, None);
        reader.take("tls_certificate", &mut certificate, path);
        reader.take("tls_key", &mut key, path);
        let mut self_signed = false;
        reader.take("self_signed", &mut self_signed, boolean);
        reader.take("redirect_to_https", &mut s.redirect_to_https, boolean);
        reader.take("hsts", &mut s.hsts, |value| time(bounds::HSTS)(value).map(Some));

        reader.take("rooms", &mut s.rooms, number(bounds::ROOMS));
        reader.take("members", &mut s.members, number(bounds::MEMBERS));
        reader.take("connections", &mut s.connections, number(bounds::CONNECTIONS));
        reader.take("largest_frame", &mut s.largest_frame, size(bounds::LARGEST_FRAME));
        reader.take("backlog", &mut s.backlog, size(bounds::BACKLOG));
        reader.take("waiting", &mut s.waiting, |value| size(bounds::WAITING)(value).map(Some));

        reader.take("connections_by_address", &mut s.connections_by_address, number(bounds::CONNECTIONS));
        reader.take("tries_by_address", &mut s.tries_by_address, number(bounds::TRIES));
        reader.take("rooms_by_address", &mut s.rooms_by_address, number(bounds::TRIES));
        reader.take("frame_rate", &mut s.frame_rate, number(bounds::FRAMES));
        reader.take("frame_burst", &mut s.frame_burst, number(bounds::FRAMES));
        reader.take("frames_by_address", &mut s.frames_by_address, number(bounds::FRAMES));

        reader.take("grace", &mut s.grace, time(bounds::GRACE));
        reader.take("ping", &mut s.ping, time(bounds::PING));
        reader.take("handshake", &mut s.handshake, time(bounds::HANDSHAKE));

        s.tls = tls(&mut reader, certificate, key, self_signed);
        check_listen(&mut reader, s);
        check_hsts(&mut reader, s);
        check_backlog(&mut reader, s);
        check_waiting(&mut reader, s);
        reader.end()?;
        Ok(settings)
    }
}

fn tls(
    reader: &mut Reader,
    certificate: Option<PathBuf>,
    key: Option<PathBuf>,
    self_signed: bool,
) -> Option<Tls> {
    const CERTIFICATE: &str = "tls_certificate";
    const KEY: &str = "tls_key";
    match (certificate, key) {
        (None, None) => self_signed.then_some(Tls::SelfSigned),
        (Some(_), None) => {
            reader.fault(&[CERTIFICATE], "`tls_certificate` is of no use alone: set `tls_key` too");
            None
        }
        (None, Some(_)) => {
            reader.fault(&[KEY], "`tls_key` is of no use alone: set `tls_certificate` too");
            None
        }
        (Some(_), Some(_)) if self_signed => {
            let what = "`self_signed` makes a certificate although `tls_certificate` names one: take one of them out";
            reader.fault(&["self_signed"], what);
            None
        }
        (Some(certificate), Some(key)) => Some(Tls::Files { certificate, key }),
    }
}

fn check_listen(reader: &mut Reader, settings: &Settings) {
    let both = [&settings.listen[..], &settings.listen_tls].concat();
    let lists = [("listen", &settings.listen), ("listen_tls", &settings.listen_tls)];
    let within = lists.map(|(key, list)| (key, ListenAddress::first_covered(list)));
    let found = within.into_iter().find_map(|(key, pair)| Some((key, pair?)));
    // Without a certificate, nobody listens there.
    let across = || ListenAddress::first_covered(&both).filter(|_| settings.tls.is_some());
    if let Some((key, (covering, covered))) = found.or_else(|| across().map(|pair| ("listen_tls", pair))) {
        let what = format!("`{key}`: {covering} includes {covered} already: leave one of them out");
        reader.fault(&[key, "listen"], &what);
    }
}

/// What can't work is refused, rather than that browsers do other than the file says (RFC 6797, 8.1 and 11.3).
fn check_hsts(reader: &mut Reader, settings: &Settings) {
    let Some(how_long) = settings.hsts else { return };
    let fault = match settings.tls {
        _ if !how_long.is_zero() && how_long < Duration::from_secs(1) => {
            "`hsts`: browsers count whole seconds: write \"1 s\" or more, or \"0 s\" to take it back"
        }
        None => {
            "`hsts` is of no use without https: name a `tls_certificate`; \
             where a proxy serves https, it is the proxy that says so"
        }
        Some(Tls::SelfSigned) => {
            "browsers pass `hsts` over where nobody vouches for the certificate: take it or `self_signed` out"
        }
        Some(Tls::Files { .. }) if !settings.redirect_to_https && !how_long.is_zero() => {
            "`hsts` makes browsers refuse the plain http that `redirect_to_https = false` serves: \
             take one of them out, or write \"0 s\" to take it back"
        }
        Some(Tls::Files { .. }) => return,
    };
    reader.fault(&["hsts"], fault);
}

fn check_backlog(reader: &mut Reader, settings: &Settings) {
    let least = bounds::smallest_backlog(settings.members, settings.largest_frame);
    if settings.backlog < least {
        let what = format!(
            "`backlog` is {}, too little for `members` and `largest_frame`: set it to {:?} or more",
            written_size(settings.backlog as u64),
            written_size(least.next_multiple_of(bounds::KIB) as u64),
        );
        reader.fault(&["backlog", "members", "largest_frame"], &what);
    }
}

fn check_waiting(reader: &mut Reader, settings: &Settings) {
    let least = bounds::smallest_waiting(settings.backlog, settings.largest_frame);
    if let Some(waiting) = settings.waiting.filter(|waiting| *waiting < least) {
        let what = format!(
            "`waiting` is {}, too little for one `backlog` and `largest_frame`: set it to {:?} or more",
            written_size(waiting as u64),
            written_size(least.next_multiple_of(bounds::KIB) as u64),
        );
        reader.fault(&["waiting", "backlog", "largest_frame"], &what);
    }
}
