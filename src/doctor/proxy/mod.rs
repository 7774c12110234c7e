//! Whether a reverse proxy on this machine writes down who visits the chat, as far as its settings tell. They are read
//! and not asked for: to print them, nginx opens its logs and looks up hosts.

mod defaults;
mod judge;
mod parser;
mod reader;

use std::net::{IpAddr, SocketAddr};
use std::path::Path;

use super::Finding;
use crate::addresses::Machine;
use crate::files;
use parser::Syntax;
use reader::{Reader, is_there};

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

/// Traefik's, which writes down all or nothing.
const TRAEFIK: [&str; 3] =
    ["/etc/traefik/traefik.yml", "/etc/traefik/traefik.yaml", "/etc/traefik/traefik.toml"];

pub(super) fn look(listen: &[SocketAddr], machine: &Machine) -> Vec<Finding> {
    let own: Vec<IpAddr> = machine.ips().collect();
    look_below(Path::new("/"), listen, &own)
}

fn look_below(root: &Path, listen: &[SocketAddr], own: &[IpAddr]) -> Vec<Finding> {
    let mut found: Vec<Finding> =
        PROXIES.iter().filter_map(|proxy| judge(proxy, root, listen, own)).collect();
    for path in TRAEFIK {
        let path = root.join(&path[1..]);
        match files::read(&path, reader::LARGEST).map(|text| String::from_utf8_lossy(&text).to_lowercase()) {
            Ok(text)
                if text
                    .lines()
                    .any(|line| ["accesslog:", "[accesslog"].iter().any(|key| line.starts_with(key))) =>
            {
                found.push(logs("Traefik", "no `accessLog` in its settings"));
            }
            Err(error) if is_there(&error) => found.push(hidden("Traefik")),
            _ => {}
        }
    }
    found
}

fn logs(proxy: &str, remedy: &str) -> Finding {
    Finding::Note(
        format!("{proxy} passes visitors on and seems to write down who they are"),
        format!("{remedy} stops that for the chat"),
    )
}

fn hidden(proxy: &str) -> Finding {
    Finding::Note(
        format!("{proxy} is here, and not all of its settings can be read"),
        "run this as root to know whether it writes down who visits".into(),
    )
}

fn judge(proxy: &Proxy, root: &Path, listen: &[SocketAddr], own: &[IpAddr]) -> Option<Finding> {
    let mut directives = Vec::new();
    let mut is_hidden = false;
    for (file, folder) in proxy.files {
        let mut reader = Reader::new(proxy.syntax, root, folder);
        directives.extend(reader.read(file, 0));
        is_hidden |= reader.is_hidden;
    }
    if proxy.syntax == Syntax::Haproxy {
        defaults::inherit(&mut directives);
    }
    if judge::is_logged(proxy.syntax, proxy.logs, &directives, listen, own) {
        Some(logs(proxy.name, proxy.remedy))
    } else {
        is_hidden.then(|| hidden(proxy.name))
    }
}

#[cfg(test)]
mod tests;
