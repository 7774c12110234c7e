//! Whether a reverse proxy on this machine writes down who visits, as far as its settings tell.

use std::fs;
use std::path::PathBuf;

use super::Finding;

pub(super) fn look() -> Vec<Finding> {
    let nginx = files(&["/etc/nginx"], &["nginx.conf"], &["sites-enabled", "conf.d"]);
    let caddy = files(&["/etc/caddy"], &["Caddyfile"], &[]);
    let haproxy = files(&["/etc/haproxy"], &["haproxy.cfg"], &["conf.d"]);
    let mut found = Vec::new();
    if nginx_logs(&nginx) {
        found.push(note("nginx", "`access_log off;`"));
    }
    if caddy_logs(&caddy) {
        found.push(note("Caddy", "no `log` in the site's block"));
    }
    if haproxy_logs(&haproxy) {
        found.push(note("HAProxy", "`no log` in the frontend"));
    }
    found
}

fn note(proxy: &str, setting: &str) -> Finding {
    Finding::Note(
        format!("{proxy} passes visitors on and seems to write down who they are"),
        format!("{setting} stops that for the chat"),
    )
}

/// The text of these files, and of all in these folders, without comments.
fn files(bases: &[&str], names: &[&str], folders: &[&str]) -> String {
    let mut paths: Vec<PathBuf> = Vec::new();
    for base in bases.iter().map(PathBuf::from) {
        paths.extend(names.iter().map(|name| base.join(name)));
        let entries = folders.iter().filter_map(|folder| fs::read_dir(base.join(folder)).ok()).flatten();
        paths.extend(entries.flatten().map(|entry| entry.path()));
    }
    let texts = paths.into_iter().filter_map(|path| fs::read_to_string(path).ok());
    texts.map(|text| without_comments(&text)).collect()
}

fn without_comments(text: &str) -> String {
    text.lines().flat_map(|line| [line.split('#').next().unwrap_or_default(), "\n"]).collect()
}

fn has_directive(text: &str, name: &str) -> bool {
    text.lines().any(|line| line.split_whitespace().next() == Some(name))
}

/// nginx logs unless it is told not to.
fn nginx_logs(text: &str) -> bool {
    let off = text.lines().any(|line| line.split_whitespace().eq(["access_log", "off;"]));
    text.contains("proxy_pass") && !off
}

/// Caddy does not log unless it is told to.
fn caddy_logs(text: &str) -> bool {
    let silenced = text.split_whitespace().any(|word| word == "http.log.access");
    has_directive(text, "reverse_proxy") && has_directive(text, "log") && !silenced
}

fn haproxy_logs(text: &str) -> bool {
    let silenced = text.lines().any(|line| line.split_whitespace().eq(["no", "log"]));
    has_directive(text, "frontend") && has_directive(text, "log") && !silenced
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_examples_are_no_reason_to_warn() {
        let example = |text| without_comments(text);
        assert!(!nginx_logs(&example(include_str!("../../packaging/examples/nginx.conf"))));
        assert!(!caddy_logs(&example(include_str!("../../packaging/examples/Caddyfile"))));
        assert!(!haproxy_logs(&example(include_str!("../../packaging/examples/haproxy.cfg"))));
    }

    #[test]
    fn nginx_logs_unless_told_not_to() {
        assert!(nginx_logs("server {\n location / {\n proxy_pass http://127.0.0.1:8080;\n}\n}"));
        assert!(!nginx_logs(
            "server {\n access_log off;\n location / {\n proxy_pass http://127.0.0.1:8080;\n}\n}"
        ));
        assert!(!nginx_logs("server {\n root /var/www;\n}"));
        assert!(nginx_logs(&without_comments("# access_log off;\nproxy_pass http://127.0.0.1:8080;")));
    }

    #[test]
    fn caddy_logs_when_told_to() {
        assert!(caddy_logs("chat.example.org {\n\treverse_proxy 127.0.0.1:8080\n\tlog\n}"));
        assert!(!caddy_logs("chat.example.org {\n\treverse_proxy 127.0.0.1:8080\n}"));
    }

    #[test]
    fn haproxy_logs_where_a_log_is_set() {
        let logging = "global\n log /dev/log local0\nfrontend chat\n bind :80\n";
        assert!(haproxy_logs(logging));
        assert!(!haproxy_logs(&format!("{logging} no log\n")));
        assert!(!haproxy_logs("frontend chat\n bind :80\n"));
    }
}
