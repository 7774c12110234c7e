//! Settings that somebody wrote to keep the doctor, who is root, busy for ever or out of memory.

use std::os::unix::fs::symlink;
use std::path::Path;

use nix::sys::stat::Mode;
use nix::unistd::mkfifo;

use super::System;

const NGINX: &str = "/etc/nginx/nginx.conf";
const SITE: &str = "server { location / { proxy_pass http://127.0.0.1:8080; } }";

/// What is said when something is left unread, whoever asks.
fn more(proxy: &str) -> [String; 1] {
    [format!("{proxy} is here, and its settings hold more than is read")]
}

#[test]
fn snippets_that_import_themselves_or_each_other_end() {
    for (text, is_more) in [
        ("(a) {\n\timport a\n\timport a\n\timport a\n}\nimport a\n".to_owned(), true),
        ("(a) {\n\timport b\n\timport b\n}\n(b) {\n\timport a\n\timport a\n}\nimport a\n".to_owned(), true),
        // Each twice the one before.
        (
            (1..40).fold("(s0) {\n\tx\n}\n".to_owned(), |text, at| {
                let of = format!("import s{}\n", at - 1);
                text + &format!("(s{at}) {{\n{of}{of}}}\n")
            }) + "import s15\nimport s39\n",
            true,
        ),
        (format!("(a) {{\n\tx {}\n}}\n{}", "y".repeat(900_000), "import a\n".repeat(10_000)), true),
        (format!("{}import none\n", "(a) {\n\tx\n}\n".repeat(20_000)), false),
        (format!("(a) {{\n\tx\n}}\n{}", "import a\n".repeat(1000)), false),
    ] {
        let told = System::of(&[("/etc/caddy/Caddyfile", &text)]).told();
        let expected = more("Caddy");
        assert_eq!(told, expected[usize::from(!is_more)..], "{}", &text[..text.len().min(80)]);
    }
}

#[test]
fn files_that_include_themselves_end() {
    let filled = format!("#{}\n", "x".repeat(1_000_000));
    for text in [
        "include nginx.conf;".to_owned(),
        "include nginx.conf; include *.conf; include nginx.conf;".to_owned(),
        format!("{filled}include nginx.conf; include nginx.conf;"),
        format!("{}include nginx.conf;", "a;".repeat(150_000)),
    ] {
        assert_eq!(System::of(&[(NGINX, &text)]).told(), more("nginx"), "{}", &text[..18]);
    }
}

#[test]
fn patterns_through_folders_that_lead_to_themselves_end() {
    for pattern in ["l*/l*/l*/l*/l*/l*/l*/l*/none", "l*/l*/l*/l*/l*/l*/*.conf", "l*"] {
        let main = format!("{SITE} include /etc/{pattern};").replace("8080", "81");
        let system = System::of(&[(NGINX, &main)]);
        for number in 0..10 {
            symlink(".", system.0.join(format!("etc/l{number}"))).unwrap();
        }
        assert_eq!(system.told(), more("nginx"), "{pattern}");
    }
}

#[test]
fn a_pattern_s_length_counts_as_often_as_it_is_gone_through() {
    let files: Vec<String> = (0..2000).map(|number| format!("/etc/many/{number}")).collect();
    let include = format!("include /etc/many/*{};", "/a".repeat(400_000));
    let files: Vec<_> = files.iter().map(|path| (path.as_str(), "")).chain([(NGINX, &*include)]).collect();
    assert_eq!(System::of(&files).told(), more("nginx"));
}

#[test]
fn what_is_no_file_is_left_closed() {
    let included = |make: &dyn Fn(&Path)| {
        let system = System::of(&[(NGINX, "include /etc/it;")]);
        make(&system.0.join("etc/it"));
        system.told()
    };
    assert_eq!(included(&|path| mkfifo(path, Mode::S_IRWXU).unwrap()), more("nginx"));
    assert_eq!(included(&|path| symlink("/dev/zero", path).unwrap()), more("nginx"));
    assert_eq!(included(&|path| symlink("it", path).unwrap()), more("nginx"));
    assert_eq!(
        included(&|path| std::fs::File::create(path).unwrap().set_len(1 << 40).unwrap()),
        more("nginx")
    );
    assert_eq!(included(&|path| symlink("/no-such-file", path).unwrap()), [] as [&str; 0]);
    assert_eq!(included(&|path| std::fs::write(path, SITE).unwrap()).len(), 1);
}

#[test]
fn sections_that_inherit_from_each_other_end() {
    let chain = |count: usize| {
        let one = |at: usize| format!("defaults d{at} from d{}\n log global\n", at.saturating_sub(1));
        (0..count).map(one).collect::<String>()
    };
    for (text, is_more) in [
        (chain(20), false),
        (chain(5000), true),
        (format!("defaults\n x {}\n{}", "y".repeat(500_000), "listen a\n".repeat(10_000)), true),
        (format!("{}{}", "defaults\n".repeat(20_000), "listen a from b\n".repeat(20_000)), true),
        (format!("listen a\n{}{}", " log global\n".repeat(20_000), " no log\n".repeat(30_000)), false),
    ] {
        let told = System::of(&[("/etc/haproxy/haproxy.cfg", &text)]).told();
        assert_eq!(told, more("HAProxy")[usize::from(!is_more)..], "{}", &text[..40]);
    }
}

#[test]
fn many_names_are_found_in_whatever_order() {
    let each = |one: &dyn Fn(usize) -> String| (0..10_000).rev().map(one).collect::<String>();
    let upstreams = each(&|at| format!("upstream a{at:05} {{ server 127.0.0.1:8080; }}"));
    let ways = each(&|at| format!("proxy_pass http://b{at:05};"));
    let names = each(&|at| format!(" n{at:05}"));
    let quiet = |more: &str| format!("server {{ access_log off; server_name{names}; {ways} {more} }}");
    for (text, is_logged) in [
        (quiet(""), false),
        (
            format!("{} server {{ server_name n07000; return 308 /; }}", quiet("proxy_pass http://a00001;")),
            true,
        ),
        (
            format!("{} server {{ server_name n70000; return 308 /; }}", quiet("proxy_pass http://a00001;")),
            false,
        ),
        (format!("{} server {{ proxy_pass http://a09998; }}", quiet("")), true),
        (format!("{} server {{ proxy_pass http://a10000; }}", quiet("")), false),
    ] {
        let told = System::of(&[(NGINX, &(upstreams.clone() + &text))]).told();
        assert_eq!(told.iter().any(|told| told.contains("seems to write down")), is_logged, "{told:?}");
        assert!(is_logged || told.is_empty(), "{told:?}");
    }
}

#[test]
fn files_are_read_up_to_their_number_and_size() {
    // The main file is one of them.
    for (count, is_more) in [(498, false), (499, false), (500, true)] {
        let system = System::of(&[(NGINX, &"include /etc/a;".repeat(count)), ("/etc/a", "x;")]);
        assert_eq!(system.told(), more("nginx")[usize::from(!is_more)..], "{count}");
    }
    let filled = |size: usize| "#".repeat(size);
    for (size, is_more) in [((1 << 20) - 1, false), (1 << 20, false), ((1 << 20) + 1, true)] {
        let system = System::of(&[(NGINX, &filled(size))]);
        assert_eq!(system.told(), more("nginx")[usize::from(!is_more)..], "{size}");
    }
    // Paths are paid as well.
    for (count, is_more) in [(7, false), (8, true)] {
        let system = System::of(&[(NGINX, &"include /etc/a;".repeat(count)), ("/etc/a", &filled(1 << 20))]);
        assert_eq!(system.told(), more("nginx")[usize::from(!is_more)..], "{count}");
    }
}

#[test]
fn what_was_read_before_it_was_too_much_counts() {
    let system = System::of(&[(NGINX, &format!("{SITE} include /etc/many/*;"))]);
    std::fs::create_dir(system.0.join("etc/many")).unwrap();
    for number in 0..600 {
        std::fs::write(system.0.join(format!("etc/many/{number}")), "x;").unwrap();
    }
    assert!(system.told()[0].contains("seems to write down"));
}

#[test]
fn files_and_snippets_within_each_other_are_read_up_to_their_depth() {
    for (depth, is_more) in [(15, false), (16, false), (17, true)] {
        let chain = |one: &dyn Fn(usize) -> (String, String)| {
            let files: Vec<_> = (0..=depth).map(one).collect();
            System::of(&files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect::<Vec<_>>())
                .told()
        };
        let path = |at| if at == 0 { NGINX.to_owned() } else { format!("/etc/nginx/{at}") };
        let text = |at| if at < depth { format!("include {};", at + 1) } else { "x;".to_owned() };
        assert_eq!(chain(&|at| (path(at), text(at))), more("nginx")[usize::from(!is_more)..], "{depth}");
        let snippet = |at: usize| format!("(s{at}) {{\n\timport s{}\n}}\n", at + 1);
        let snippets = (1..=depth).rev().map(snippet).collect::<String>();
        let text = format!("(s{}) {{\n\tx\n}}\n{snippets}import s2\n", depth + 1);
        let told = System::of(&[("/etc/caddy/Caddyfile", &text)]).told();
        assert_eq!(told, more("Caddy")[usize::from(!is_more)..], "{depth}");
    }
}
