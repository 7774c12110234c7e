#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use super::*;

mod hostile;

/// A system with these files alone; it is gone on drop.
struct System(PathBuf);

impl System {
    fn of(files: &[(&str, &str)]) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let system =
            Self(std::env::temp_dir().join(format!("sanctuary-proxies-{}-{number}", std::process::id())));
        for (path, text) in files {
            let path = system.0.join(path.trim_start_matches('/'));
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        system
    }

    /// What is found for a daemon on this machine's port 8080, as "nginx passes..." each.
    fn told(&self) -> Vec<String> {
        let own = ["192.0.2.5".parse().unwrap()];
        let found = look_below(&self.0, &["127.0.0.1:8080".parse().unwrap()], &own);
        let told = |finding| if let Finding::Note(text, _) = finding { text } else { panic!("{finding:?}") };
        found.into_iter().map(told).collect()
    }
}

impl Drop for System {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Each of these texts in that file, and whether a warning is due.
fn judged(path: &str, cases: &[(&str, bool)]) {
    for (text, warned) in cases {
        let told = System::of(&[(path, text)]).told();
        assert_eq!(!told.is_empty(), *warned, "{text}: {told:?}");
        assert!(told.iter().all(|told| told.contains("write down who they are")), "{told:?}");
    }
}

#[test]
fn the_shipped_examples_are_no_reason_to_warn() {
    let nginx = ("/etc/nginx/conf.d/chat.conf", include_str!("../../../packaging/examples/nginx.conf"));
    let main = ("/etc/nginx/nginx.conf", "http { access_log /var/log/a; include /etc/nginx/conf.d/*.conf; }");
    let caddy = ("/etc/caddy/Caddyfile", include_str!("../../../packaging/examples/Caddyfile"));
    let haproxy = include_str!("../../../packaging/examples/haproxy.cfg");
    let logging = format!("global\n log /dev/log local0\ndefaults\n log global\n{haproxy}");
    let system = System::of(&[nginx, main, caddy, ("/etc/haproxy/haproxy.cfg", &logging)]);
    assert_eq!(system.told(), [] as [&str; 0]);
}

#[test]
fn nginx_logs_unless_the_block_that_passes_visitors_on_is_told_not_to() {
    const PASS: &str = "location / { proxy_pass http://127.0.0.1:8080; }";
    let http = |servers: &str| format!("http {{ {servers} }}");
    let server = |inside: &str| http(&format!("server {{ server_name chat.example; {inside} }}"));
    let cases = [
        (server(PASS), true),
        (server(&format!("access_log off; {PASS}")), false),
        (server(&format!("{PASS} access_log off;")), false),
        (server(&format!("access_log /dev/null; {PASS}")), false),
        (server(&format!("access_log 'off'; {PASS}")), false),
        (server(&format!("# access_log off;\n{PASS}")), true),
        (server(&format!("access_log off; access_log /var/log/x; {PASS}")), false),
        (server(&format!("access_log /dev/null; access_log /var/log/x; {PASS}")), true),
        (server(&format!("access_log\n  off\n;{PASS}")), false),
        (server("access_log off; location / { access_log /x; proxy_pass http://127.0.0.1:8080; }"), true),
        (server("location / { access_log off; proxy_pass http://127.0.0.1:8080; }"), false),
        (server("location / { if ($a) { proxy_pass http://127.0.0.1:8080; } access_log off; }"), false),
        (http(&format!("access_log off; server {{ {PASS} }}")), false),
        (http(&format!("access_log off; server {{ access_log /x; {PASS} }}")), true),
        // Another site's block is no excuse, and no fault.
        (http(&format!("server {{ access_log off; root /x; }} server {{ {PASS} }}")), true),
        (http(&format!("server {{ access_log /x; root /x; }} server {{ access_log off; {PASS} }}")), false),
        (server("location /a { access_log off; } location / { proxy_pass http://127.0.0.1:8080; }"), true),
        (server("location / { proxy_pass http://127.0.0.1:9000; }"), false),
        (server("location / { proxy_pass http://10.0.0.9:8080; }"), false),
        (server("location / { proxy_pass http://192.0.2.5:8080/chat/; }"), true),
        (server("location / { proxy_pass http://[::1]:8080; }"), true),
        (server("location / { proxy_pass http://localhost:8080; }"), true),
        (server("location / { proxy_pass http://unix:/run/other.sock; }"), false),
        (server("set $to 127.0.0.1:8080; location / { proxy_pass http://$to; }"), true),
        (server("root /var/www;"), false),
        (http("upstream a { server 127.0.0.1:8080; } server { location / { proxy_pass http://a; } }"), true),
        (http("upstream a { server 127.0.0.1:81; } server { location / { proxy_pass http://a; } }"), false),
        // Plain http to the same site is on the way there.
        (
            http(&format!(
                "server {{ server_name c; return 308 https://c; }} server {{ server_name c; access_log off; {PASS} }}"
            )),
            true,
        ),
        (
            http(&format!(
                "server {{ server_name d; return 308 https://d; }} server {{ server_name c; access_log off; {PASS} }}"
            )),
            false,
        ),
        ("stream { server { listen 443; proxy_pass 127.0.0.1:8080; } }".to_owned(), false),
        ("stream { access_log /x y; server { listen 443; proxy_pass 127.0.0.1:8080; } }".to_owned(), true),
    ];
    judged("/etc/nginx/nginx.conf", &cases.each_ref().map(|(text, warned)| (text.as_str(), *warned)));
}

#[test]
fn what_nginx_includes_counts_and_nothing_else() {
    const SITE: &str = "server { location / { proxy_pass http://127.0.0.1:8080; } }";
    const MAIN: &str = "http { include sites-enabled/*; include /etc/nginx/quiet*.conf; }";
    for (more, warned) in [
        (&[("/etc/nginx/sites-enabled/chat", SITE)][..], true),
        (&[("/etc/nginx/sites-available/chat", SITE)], false),
        (&[("/etc/nginx/sites-enabled/chat", SITE), ("/etc/nginx/quiet-1.conf", "access_log off;")], false),
        (&[("/etc/nginx/sites-enabled/chat", SITE), ("/etc/nginx/loud.conf", "access_log off;")], true),
        (
            &[
                ("/etc/nginx/sites-enabled/chat", "server { include snippets/chat; }"),
                ("/etc/nginx/snippets/chat", "location / { proxy_pass http://127.0.0.1:8080; }"),
            ],
            true,
        ),
    ] {
        let told = System::of(&[&[("/etc/nginx/nginx.conf", MAIN)], more].concat()).told();
        assert_eq!(!told.is_empty(), warned, "{more:?}");
    }
}

#[test]
fn caddy_logs_where_a_site_asks_for_it() {
    let site = |inside: &str| format!("chat.example {{\n\treverse_proxy 127.0.0.1:8080\n{inside}\n}}\n");
    let other = "other.example {\n\treverse_proxy 127.0.0.1:9000\n\tlog\n}\n";
    let cases = [
        (site(""), false),
        (site("\tlog"), true),
        (site("\tlog {\n\t\toutput file /var/log/x\n\t}"), true),
        (site("\tlog {\n\t\toutput discard\n\t}"), false),
        (site("\tlog\n\tlog_skip"), false),
        (site("\tlog\n\tlog_skip /healthz"), true),
        (site("\t# log"), false),
        (site("") + other, false),
        (site("\tlog") + "other.example {\n\tlog {\n\t\toutput discard\n\t}\n}\n", true),
        ("{\n\tlog {\n\t\texclude http.log.access\n\t}\n}\n".to_owned() + &site("\tlog"), false),
        (
            "{\n\tlog {\n\t\texclude http.log.access\n\t}\n}\n".to_owned()
                + &site("\tlog {\n\t\toutput stdout\n\t}"),
            true,
        ),
        ("{\n\tlog other {\n\t\texclude http.log.access\n\t}\n}\n".to_owned() + &site("\tlog"), true),
        ("(l) {\n\tlog\n}\n".to_owned() + &site("\timport l"), true),
        ("(l) {\n\tlog\n}\n".to_owned() + &site(""), false),
        ("chat.example\nreverse_proxy :8080\nlog\n".to_owned(), true),
        ("chat.example\nreverse_proxy :8080\n".to_owned(), false),
        ("chat.example {\n\treverse_proxy {\n\t\tto http://localhost:8080\n\t}\n\tlog\n}\n".to_owned(), true),
        ("http://chat.example {\n\tredir https://chat.example\n\tlog\n}\n".to_owned() + &site(""), true),
    ];
    judged("/etc/caddy/Caddyfile", &cases.each_ref().map(|(text, warned)| (text.as_str(), *warned)));
}

#[test]
fn caddy_s_snippets_are_known_in_each_file_that_is_read_later() {
    const LOG: (&str, &str) = ("/etc/caddy/log", "(l) {\n\tlog\n}\n");
    const SITE: (&str, &str) = ("/etc/caddy/site", "c {\n\treverse_proxy :8080\n\timport l\n}\n");
    for (main, warned) in [("import log\nimport site\n", true), ("import site\nimport log\n", false)] {
        let told = System::of(&[("/etc/caddy/Caddyfile", main), LOG, SITE]).told();
        assert_eq!(!told.is_empty(), warned, "{told:?}");
    }
}

#[test]
fn haproxy_logs_where_a_log_is_set_for_the_frontend() {
    const BACK: &str = "backend chat\n server a 127.0.0.1:8080 check\n";
    const GLOBAL: &str = "global\n log /dev/log local0\n log /dev/log local1 notice\n";
    let front = |inside: &str| format!("frontend web\n bind :80\n default_backend chat\n{inside}\n{BACK}");
    let cases = [
        (front(""), false),
        (GLOBAL.to_owned() + &front(""), false),
        (GLOBAL.to_owned() + &front(" log global"), true),
        (front(" log global"), false),
        (front(" log 127.0.0.1:514 local0"), true),
        (front(" log 127.0.0.1:514 local0 notice"), false),
        (front(" log 127.0.0.1:514 local0 info"), true),
        (GLOBAL.to_owned() + "defaults\n log global\n option httplog\n" + &front(""), true),
        (GLOBAL.to_owned() + "defaults\n log global\n" + &front(" no log"), false),
        (GLOBAL.to_owned() + "defaults\n log global\n" + &front(" no log\n log global"), true),
        (GLOBAL.to_owned() + "defaults\n log global\n" + &front(" http-request set-log-level silent"), false),
        (
            GLOBAL.to_owned() + "defaults\n log global\n" + &front(" http-request set-log-level silent if x"),
            true,
        ),
        (GLOBAL.to_owned() + "defaults\n log global\ndefaults\n mode http\n" + &front(""), false),
        (
            GLOBAL.to_owned()
                + "defaults a\n log global\ndefaults b\n"
                + &front("").replace("web", "web from a"),
            true,
        ),
        (GLOBAL.to_owned() + &front("") + " log global\n", false),
        (GLOBAL.to_owned() + "defaults\n log global\nlisten all\n server a 127.0.0.1:8080\n", true),
        (GLOBAL.to_owned() + "defaults\n log global\nlisten all\n server a 127.0.0.1:81\n", false),
        // Another frontend's is no excuse, and no fault.
        (GLOBAL.to_owned() + "defaults\n log global\nfrontend b\n no log\n" + &front(""), true),
        (GLOBAL.to_owned() + "frontend b\n log global\n default_backend b\n" + &front(""), false),
        (GLOBAL.to_owned() + "frontend b\n log global\n redirect scheme https\n" + &front(""), true),
        (
            GLOBAL.to_owned()
                + &front(" log global").replace("default_backend chat", "use_backend chat if x"),
            true,
        ),
    ];
    judged("/etc/haproxy/haproxy.cfg", &cases.each_ref().map(|(text, warned)| (text.as_str(), *warned)));
}

#[test]
fn apache_logs_what_its_host_or_all_of_it_does() {
    const PASS: &str = "ProxyPass / http://127.0.0.1:8080/\n";
    let host = |inside: &str| format!("<VirtualHost *:443>\n ServerName c\n {inside}\n</VirtualHost>\n");
    let cases = [
        (host(PASS), false),
        (host(&format!("{PASS} CustomLog ${{APACHE_LOG_DIR}}/a combined")), true),
        (host(&format!("{PASS} TransferLog logs/a")), true),
        (host(&format!("{PASS} customlog \"/dev/null\" common")), false),
        (host(&format!("{PASS} # CustomLog a b")), false),
        ("CustomLog logs/a common\n".to_owned() + &host(PASS), true),
        (
            "CustomLog logs/a common\n".to_owned() + &host(&format!("{PASS} CustomLog /dev/null common")),
            false,
        ),
        (
            "<IfModule log_config_module>\nCustomLog logs/a common\n</IfModule>\n".to_owned() + &host(PASS),
            true,
        ),
        (host(&format!("{PASS} <IfModule x>\nCustomLog a b\n</IfModule>")), true),
        (host("<Location />\nProxyPass http://127.0.0.1:8080/\n</Location>\nCustomLog a b"), true),
        (host("ProxyPass / http://127.0.0.1:81/\nCustomLog a b"), false),
        (host("RewriteRule ^/(.*) ws://127.0.0.1:8080/$1 [P]\nCustomLog a b"), true),
        (
            "<Proxy balancer://x>\nBalancerMember http://127.0.0.1:8080\n</Proxy>\n".to_owned()
                + &host("ProxyPass / balancer://x/\nCustomLog a b"),
            true,
        ),
        (host(PASS) + "<VirtualHost *:80>\nServerName d\nCustomLog a b\n</VirtualHost>\n", false),
        (
            host(PASS)
                + "<VirtualHost *:80>\nServerName c\nRedirect / https://c/\nCustomLog a b\n</VirtualHost>\n",
            true,
        ),
    ];
    let cases = cases.each_ref().map(|(text, warned)| (text.as_str(), *warned));
    judged("/etc/apache2/apache2.conf", &cases);
    judged("/etc/httpd/conf/httpd.conf", &cases);
    let main = "Include conf-enabled\nIncludeOptional sites-enabled/*.conf\n";
    let site = host(PASS);
    let log = ("/etc/apache2/conf-enabled/other-vhosts.conf", "CustomLog /var/log/a vhost_combined\n");
    let files = [("/etc/apache2/apache2.conf", main), ("/etc/apache2/sites-enabled/chat.conf", &site), log];
    assert_eq!(System::of(&files[..2]).told().len(), 0);
    assert_eq!(System::of(&files).told().len(), 1);
}

#[test]
fn lighttpd_and_traefik_log_where_they_are_told_to() {
    const PASS: &str = "proxy.server = ( \"\" => ( ( \"host\" => \"127.0.0.1\", \"port\" => 8080 ) ) )\n";
    let site = |inside: &str| format!("$HTTP[\"host\"] == \"c\" {{\n{PASS}{inside}}}\n");
    let log = "accesslog.filename = \"/var/log/lighttpd/access.log\"\n";
    let cases = [
        (PASS.to_owned(), false),
        (PASS.to_owned() + log, true),
        (log.to_owned() + &site(""), true),
        (log.to_owned() + &site("accesslog.filename = \"/dev/null\"\n"), false),
        (format!("$HTTP[\"host\"] == \"d\" {{\n{log}}}\n{}", site("")), false),
        (log.to_owned() + &site("").replace("8080", "81"), false),
    ];
    judged("/etc/lighttpd/lighttpd.conf", &cases.each_ref().map(|(text, warned)| (text.as_str(), *warned)));
    judged("/etc/traefik/traefik.yml", &[("accessLog: {}\n", true), ("api: {}\n#accessLog: {}\n", false)]);
    judged("/etc/traefik/traefik.toml", &[("[accessLog]\n", true), ("[log]\n", false)]);
}
