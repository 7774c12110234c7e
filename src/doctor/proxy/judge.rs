//! Whether somebody who is passed on to the daemon is written down.

use std::net::{IpAddr, SocketAddr};

use super::parser::{Directive, Syntax};

/// Whether a proxy with these settings logs the requests that it passes on to the daemon. `logs`:
/// it does so unless they say otherwise.
pub(super) fn is_logged(
    syntax: Syntax,
    logs: bool,
    directives: &[Directive],
    listen: &[SocketAddr],
    own: &[IpAddr],
) -> bool {
    let mut judge = Judge { syntax, listen, own, to_us: Vec::new(), sites: Vec::new(), quiet: false };
    judge.to_us = judge.names_of_us(directives);
    judge.to_us.sort_unstable();
    judge.quiet = judge.is_quiet(directives);
    judge.sites = directives.iter().flat_map(|directive| judge.sites_in(directive)).collect();
    judge.sites.sort_unstable();
    judge.is_logged(directives, Scope { logs, sends_on: false })
}

/// What holds for what stands in a block.
#[derive(Clone, Copy)]
struct Scope {
    /// Whether requests are written down unless the block says otherwise.
    logs: bool,
    /// Whether whoever is sent on here was on the way to the chat.
    sends_on: bool,
}

/// What a directive means; of those in one block, the last in this order decides.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Log {
    ToNowhere,
    Kept,
    Off,
}

struct Judge<'a> {
    syntax: Syntax,
    listen: &'a [SocketAddr],
    own: &'a [IpAddr],
    /// What others in these settings call the daemon: groups of servers in which it is. In order, as are the sites.
    to_us: Vec<String>,
    /// The names of the sites that are passed on to it.
    sites: Vec<String>,
    /// A log without a destination is written nowhere.
    quiet: bool,
}

impl Judge<'_> {
    /// Whether somebody who is passed on to the daemon is written down.
    fn is_logged(&self, block: &[Directive], around: Scope) -> bool {
        let log = block.iter().filter_map(|directive| self.log(directive)).max();
        let logs = log.map_or(around.logs, |log| log == Log::Kept);
        let leads =
            |directive: &Directive| self.passes(directive) || (around.sends_on && sends_on(directive));
        (logs && block.iter().any(leads))
            || block.iter().filter(|directive| !is_no_way(directive)).any(|directive| {
                // TCP that is passed on as it is, is not written down unless somebody wants it.
                let logs = logs && directive.name() != "stream";
                let is_site = |site: &String| self.sites.binary_search(site).is_ok();
                let sends_on = around.sends_on
                    || (self.site_names(directive).iter().any(is_site) && !self.is_passing(directive));
                self.is_logged(&directive.inner, Scope { logs, sends_on })
            })
    }

    fn log(&self, directive: &Directive) -> Option<Log> {
        let to = directive.word(1);
        let kept = |kept| if kept { Log::Kept } else { Log::ToNowhere };
        Some(match (self.syntax, directive.name()) {
            (Syntax::Nginx, "access_log") if to == "off" => Log::Off,
            (Syntax::Nginx, "access_log") | (Syntax::Apache, "customlog" | "transferlog") => {
                kept(to != "/dev/null")
            }
            (Syntax::Lighttpd, "accesslog.filename") => kept(!["", "/dev/null"].contains(&to)),
            (Syntax::Lighttpd, "accesslog.use-syslog") => kept(to == "enable"),
            (Syntax::Caddy, "log") => {
                let output = directive.inner.iter().find(|inner| inner.name() == "output");
                kept(output.map_or(!self.quiet, |output| output.word(1) != "discard"))
            }
            (Syntax::Caddy, "log_skip" | "skip_log") if to.is_empty() => Log::Off,
            (Syntax::Haproxy, "log") if to == "global" => kept(!self.quiet),
            (Syntax::Haproxy, "log") => kept(takes_visits(directive)),
            (Syntax::Haproxy, "http-request") if directive.words[1..] == ["set-log-level", "silent"] => {
                Log::Off
            }
            _ => return None,
        })
    }

    /// Whether that is said once for all: in Caddy's own block, or in `HAProxy`'s `global`.
    fn is_quiet(&self, root: &[Directive]) -> bool {
        let name = if self.syntax == Syntax::Haproxy { "global" } else { "" };
        let blocks = root.iter().filter(|block| block.name() == name);
        let mut logs = blocks.flat_map(|block| &block.inner).filter(|inner| inner.name() == "log");
        if self.syntax == Syntax::Haproxy {
            return !logs.any(takes_visits);
        }
        let silences = |inner: &Directive| {
            (inner.name() == "exclude"
                && inner
                    .words
                    .iter()
                    .any(|word| ["http", "http.log", "http.log.access"].contains(&word.as_str())))
                || (inner.name() == "output" && inner.word(1) == "discard")
        };
        let is_default = |log: &&Directive| ["", "default"].contains(&log.word(1));
        logs.filter(is_default).any(|log| log.inner.iter().any(silences))
    }

    /// Whether visitors are passed on to the daemon by it.
    fn passes(&self, directive: &Directive) -> bool {
        let arguments = directive.words.get(1..).unwrap_or_default();
        let any = |words: &[String]| words.iter().any(|word| self.is_us(word));
        match (self.syntax, directive.name()) {
            (Syntax::Nginx, "proxy_pass") => any(arguments),
            (Syntax::Caddy, "reverse_proxy") => {
                let more = directive.inner.iter().filter(|inner| inner.name() == "to");
                any(arguments) || more.into_iter().any(|to| any(&to.words[1..]))
            }
            (Syntax::Apache, "proxypass" | "proxypassmatch" | "rewriterule" | "sethandler") => {
                arguments.iter().any(|word| word.contains("://") && self.is_us(word))
            }
            (Syntax::Haproxy, "default_backend" | "use_backend") => any(&arguments[..arguments.len().min(1)]),
            // In a `listen` section: what a backend logs is no visit.
            (Syntax::Haproxy, "server") => self.is_us(directive.word(2)),
            (Syntax::Lighttpd, "proxy.server") => arguments.windows(2).any(|pair| {
                pair[0] == "port" && self.listen.iter().any(|listen| listen.port().to_string() == pair[1])
            }),
            _ => false,
        }
    }

    fn is_passing(&self, directive: &Directive) -> bool {
        !is_no_way(directive)
            && (self.passes(directive) || directive.inner.iter().any(|inner| self.is_passing(inner)))
    }

    /// Whether `word`, such as `http://127.0.0.1:8080/`, is where the daemon listens; what can't be known is.
    fn is_us(&self, word: &str) -> bool {
        let (scheme, rest) = word.split_once("://").unwrap_or(("", word));
        let place = rest.split('/').next().unwrap_or_default();
        if self.to_us.binary_search_by(|name| name.as_str().cmp(place)).is_ok()
            || place.contains(['$', '{', '%'])
        {
            return true;
        }
        let usual = if ["https", "wss"].contains(&scheme) { 443 } else { 80 };
        let (host, port) = match place.rsplit_once(':').map(|(host, port)| (host, port.parse())) {
            Some((host, Ok(port))) => (host, port),
            _ => (place, usual),
        };
        let is_ours = |ip: IpAddr| ip.is_loopback() || ip.is_unspecified() || self.own.contains(&ip);
        !word.starts_with('@')
            && !word.starts_with("unix")
            && self.listen.iter().any(|listen| listen.port() == port)
            && host.trim_matches(['[', ']']).parse().map_or(true, is_ours)
    }

    fn names_of_us(&self, root: &[Directive]) -> Vec<String> {
        let is_of_us = |group: &&Directive| {
            group.inner.iter().any(|inner| match (group.name(), inner.name()) {
                ("upstream", "server") | ("proxy", "balancermember") => self.is_us(inner.word(1)),
                ("backend", "server") => self.is_us(inner.word(2)),
                _ => false,
            })
        };
        let name = |group: &Directive| {
            group.word(1).trim_end_matches('/').rsplit('/').next().unwrap_or_default().to_owned()
        };
        let here = root.iter().filter(is_of_us).map(name);
        here.chain(root.iter().flat_map(|directive| self.names_of_us(&directive.inner))).collect()
    }

    /// The names of the sites in it that are passed on.
    fn sites_in(&self, directive: &Directive) -> Vec<String> {
        let mut names = if self.is_passing(directive) { self.site_names(directive) } else { Vec::new() };
        names.extend(directive.inner.iter().flat_map(|inner| self.sites_in(inner)));
        names
    }

    /// The names of a site, where it is one.
    fn site_names(&self, block: &Directive) -> Vec<String> {
        let all = |words: &[String]| words[1..].to_vec();
        match (self.syntax, block.name()) {
            (Syntax::Nginx, "server") | (Syntax::Apache, "virtualhost") => {
                let named =
                    |inner: &&Directive| ["server_name", "servername", "serveralias"].contains(&inner.name());
                block.inner.iter().filter(named).flat_map(|inner| all(&inner.words)).collect()
            }
            // A frontend has no name of its own here, so it counts as the site of any request.
            (Syntax::Haproxy, "frontend") => vec![String::new()],
            (Syntax::Caddy, _) if !block.inner.is_empty() => {
                let bare = |word: &String| {
                    let word = word.split_once("://").map_or(word.as_str(), |(_, rest)| rest);
                    word.split([':', ',', '/']).next().unwrap_or_default().to_owned()
                };
                block.words.iter().map(bare).filter(|name| !name.is_empty()).collect()
            }
            _ => Vec::new(),
        }
    }
}

/// Whether nobody passes by it itself: a group of servers, or a snippet that others import.
fn is_no_way(block: &Directive) -> bool {
    ["backend", "upstream"].contains(&block.name()) || block.name().starts_with('(')
}

/// Whether it sends visitors on to another address of the same site.
fn sends_on(directive: &Directive) -> bool {
    match directive.name() {
        "return" | "rewrite" | "redir" | "redirect" | "redirectmatch" | "redirectpermanent"
        | "rewriterule" => true,
        "http-request" => directive.word(1) == "redirect",
        _ => false,
    }
}

/// Whether a log of `HAProxy`'s takes what happens every day, rather than trouble alone.
fn takes_visits(log: &Directive) -> bool {
    let facility =
        |word: &String| word.starts_with("local") || ["daemon", "user", "syslog"].contains(&word.as_str());
    let level = log.words.iter().rposition(facility).and_then(|at| log.words.get(at + 1));
    level.is_none_or(|level| ["info", "debug"].contains(&level.as_str()))
}
