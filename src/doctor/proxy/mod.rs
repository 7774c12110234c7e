//! Whether a reverse proxy on this machine writes down who visits the chat, as far as its settings tell. They are read
//! and not asked for: to print them, nginx opens its logs and looks up hosts.

mod defaults;
mod glob;
mod judge;
mod parser;
mod read_budget;
mod reader;

use std::net::{IpAddr, SocketAddr};
use std::path::Path;

use super::Finding;
use crate::addresses::Machine;
use parser::Syntax;
use reader::SettingsReader;

/// A kind of proxy.
struct Proxy {
    name: &'static str,
    syntax: Syntax,
    /// Its first file, and the folder where paths begin.
    files: &'static [(&'static str, &'static str)],
    /// Whether it writes requests down unless it is told not to.
    logs: bool,
    remedy: &'static str,
}

const PROXIES: [Proxy; 5] = [
    Proxy {
        name: "nginx",
        syntax: Syntax::Nginx,
        files: &[
            ("/etc/nginx/nginx.conf", "/etc/nginx"),
            ("/usr/local/nginx/conf/nginx.conf", "/usr/local/nginx/conf"),
            ("/usr/local/openresty/nginx/conf/nginx.conf", "/usr/local/openresty/nginx/conf"),
        ],
        logs: true,
        remedy: "`access_log off;` in its `server` and each `location` with a log of its own",
    },
    Proxy {
        name: "Caddy",
        syntax: Syntax::Caddy,
        files: &[("/etc/caddy/Caddyfile", "/etc/caddy")],
        logs: false,
        remedy: "no `log` in the site's block",
    },
    Proxy {
        name: "HAProxy",
        syntax: Syntax::Haproxy,
        files: &[("/etc/haproxy/haproxy.cfg", "/etc/haproxy"), ("/etc/haproxy/conf.d/*.cfg", "/etc/haproxy")],
        logs: false,
        remedy: "`no log` in the frontend",
    },
    Proxy {
        name: "Apache",
        syntax: Syntax::Apache,
        files: &[
            ("/etc/apache2/apache2.conf", "/etc/apache2"),
            ("/etc/apache2/httpd.conf", "/etc/apache2"),
            ("/etc/httpd/conf/httpd.conf", "/etc/httpd"),
        ],
        logs: false,
        remedy: "`CustomLog /dev/null common` in its `<VirtualHost>`",
    },
    Proxy {
        name: "lighttpd",
        syntax: Syntax::Lighttpd,
        files: &[("/etc/lighttpd/lighttpd.conf", "/etc/lighttpd")],
        logs: false,
        remedy: "`accesslog.filename = \"/dev/null\"` in its `$HTTP[\"host\"]`",
    },
];

pub(super) fn look(listen: &[SocketAddr], machine: &Machine) -> Vec<Finding> {
    let own: Vec<IpAddr> = machine.ips().collect();
    look_below(Path::new("/"), listen, &own)
}

fn look_below(root: &Path, listen: &[SocketAddr], own: &[IpAddr]) -> Vec<Finding> {
    let proxies = PROXIES.iter().filter_map(|proxy| judge(proxy, root, listen, own));
    proxies.chain(traefik(root)).collect()
}

fn judge(proxy: &Proxy, root: &Path, listen: &[SocketAddr], own: &[IpAddr]) -> Option<Finding> {
    let mut reader = SettingsReader::new(proxy.syntax, root);
    let mut directives = Vec::new();
    for (file, folder) in proxy.files {
        reader.folder = folder.into();
        directives.extend(reader.read(file, 0));
    }
    if proxy.syntax == Syntax::Haproxy {
        defaults::inherit(&mut directives, &mut reader.budget);
    }
    let is_logged = judge::is_logged(proxy.syntax, proxy.logs, &directives, listen, own);
    told(proxy.name, proxy.remedy, is_logged, &reader)
}

/// Traefik writes down all or nothing.
fn traefik(root: &Path) -> Option<Finding> {
    const FILES: [&str; 3] =
        ["etc/traefik/traefik.yml", "etc/traefik/traefik.yaml", "etc/traefik/traefik.toml"];
    const KEYS: [&str; 2] = ["accesslog:", "[accesslog"];
    // Of its syntax no more is read than this.
    let mut reader = SettingsReader::new(Syntax::Nginx, root);
    let texts: Vec<String> = FILES.iter().filter_map(|path| reader.text(&root.join(path))).collect();
    let mut lines = texts.iter().flat_map(|text| text.lines()).map(str::to_ascii_lowercase);
    let is_logged = lines.any(|line| KEYS.iter().any(|key| line.starts_with(key)));
    told("Traefik", "no `accessLog` in its settings", is_logged, &reader)
}

/// What is to be said of a proxy whose settings were read.
fn told(proxy: &str, remedy: &str, is_logged: bool, reader: &SettingsReader<'_>) -> Option<Finding> {
    let (found, advice) = if is_logged {
        (
            "passes visitors on and seems to write down who they are",
            format!("{remedy} stops that for the chat"),
        )
    } else if reader.is_short() {
        (
            "is here, and its settings hold more than is read",
            format!("look there for whether it writes down who visits; {remedy} stops that for the chat"),
        )
    } else if reader.is_hidden {
        (
            "is here, and not all of its settings can be read",
            "run this as root to know whether it writes down who visits".into(),
        )
    } else {
        return None;
    };
    Some(Finding::Note(format!("{proxy} {found}"), advice))
}

#[cfg(test)]
mod tests;
