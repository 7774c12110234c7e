//! A proxy that speaks SOCKS 5 (RFC 1928), as curl(1) names it in `ALL_PROXY`. Names are resolved there, so that no
//! resolver on this side learns of them.

use std::env;

/// A proxy.
#[derive(Clone, PartialEq, Eq)]
pub struct Proxy {
    /// Host and port, as they are written.
    pub(super) at: (String, u16),
    /// Name and password.
    pub(super) credentials: Option<(String, String)>,
}

/// Why the proxy that is set can't be used. Nothing goes past it then.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("ALL_PROXY names no proxy that can be used here: set it to socks5h://HOST:PORT, or to nothing")]
pub struct ProxyError;

/// The port of a proxy of which none is said.
const PORT: u16 = 1080;

impl std::fmt::Debug for Proxy {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Proxy({:?})", self.at)
    }
}

impl Proxy {
    /// The one that `ALL_PROXY` or `all_proxy` names.
    pub fn from_environment() -> Result<Option<Self>, ProxyError> {
        let set = ["ALL_PROXY", "all_proxy"].into_iter().filter_map(env::var_os);
        let Some(set) = set.into_iter().find(|set| !set.is_empty()) else { return Ok(None) };
        Self::read(set.to_str().ok_or(ProxyError)?).map(Some)
    }

    fn read(written: &str) -> Result<Self, ProxyError> {
        let (scheme, rest) = written.split_once("://").ok_or(ProxyError)?;
        if !["socks5", "socks5h"].iter().any(|known| scheme.eq_ignore_ascii_case(known)) {
            return Err(ProxyError);
        }
        let rest = rest.trim_end_matches('/');
        let (credentials, at) = match rest.rsplit_once('@') {
            Some((credentials, at)) => (Some(credentials.split_once(':').ok_or(ProxyError)?), at),
            None => (None, rest),
        };
        let (host, port) = match at.strip_prefix('[').map(|at| at.split_once(']').ok_or(ProxyError)) {
            Some(split) => split.map(|(host, after)| (host, after.strip_prefix(':')))?,
            None => at.rsplit_once(':').map_or((at, None), |(host, port)| (host, Some(port))),
        };
        let port = port.map_or(Ok(PORT), |port| port.parse().map_err(|_| ProxyError))?;
        if host.is_empty() || host.contains('/') {
            return Err(ProxyError);
        }
        let owned = |(name, password): (&str, &str)| (name.to_owned(), password.to_owned());
        Ok(Self { at: (host.to_owned(), port), credentials: credentials.map(owned) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proxy_is_read_and_any_other_is_an_error() {
        for (written, host, port, has_credentials) in [
            ("socks5h://127.0.0.1:9050", "127.0.0.1", 9050, false),
            ("SOCKS5://localhost", "localhost", 1080, false),
            ("socks5://a:b:c@[::1]:9/", "::1", 9, true),
            ("socks5h://[::1]", "::1", 1080, false),
        ] {
            let proxy = Proxy::read(written).unwrap();
            assert_eq!((proxy.at.0.as_str(), proxy.at.1), (host, port));
            assert_eq!(proxy.credentials.is_some(), has_credentials);
            assert!(!format!("{proxy:?}").contains('b') || !has_credentials);
        }
        for written in
            ["127.0.0.1:9050", "http://a:1", "socks4://a:1", "socks5h://", "socks5h://a:x", "socks5h://a@b"]
        {
            assert_eq!(Proxy::read(written), Err(ProxyError), "{written}");
        }
    }
}
