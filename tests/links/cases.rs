//! Settings behind links, before and after a change.

use super::root::Root;

/// What it is; how it is at the start; how it is changed.
pub(super) type Case = (&'static str, &'static [Step], &'static [Step]);

/// Something that is done to a folder as to a machine's `/`.
#[derive(Clone, Copy)]
pub(super) enum Step {
    /// Settings, put in the place of what was there.
    Write(&'static str),
    /// A link, and what it leads to.
    Link(&'static str, &'static str),
    Rename(&'static str, &'static str),
}

use Step::{Link, Rename, Write};

/// The settings that are written name this user.
pub(super) fn take(steps: &[Step], root: &Root, user: &str) {
    for step in steps {
        match *step {
            Write(path) => root.settings(path, user),
            Link(path, to) => root.link(path, to),
            Rename(from, to) => root.rename(from, to),
        }
    }
}

/// Settings that stay in the folders that they were in.
pub(super) const WITHIN: &[Case] = &[
    ("a file", &[Write("etc/s.toml")], &[Write("etc/s.toml")]),
    (
        "a link beside it",
        &[Write("etc/real.toml"), Link("etc/s.toml", "real.toml")],
        &[Write("etc/real.toml")],
    ),
    (
        "a whole path",
        &[Write("srv/x/real.toml"), Link("etc/s.toml", "/srv/x/real.toml")],
        &[Write("srv/x/real.toml")],
    ),
    (
        "stow",
        &[Write("usr/stow/chat/etc/s.toml"), Link("etc/s.toml", "../usr/stow/chat/etc/s.toml")],
        &[Write("usr/stow/chat/etc/s.toml")],
    ),
    (
        "a chain, changed at its end",
        &[
            Write("c/s.toml"),
            Link("b/s.toml", "../c/s.toml"),
            Link("a/s.toml", "/b/s.toml"),
            Link("etc/s.toml", "../a/s.toml"),
        ],
        &[Write("c/s.toml")],
    ),
    (
        "a chain, cut in the middle by a file",
        &[Write("c/s.toml"), Link("b/s.toml", "../c/s.toml"), Link("etc/s.toml", "../b/s.toml")],
        &[Write("b/s.toml")],
    ),
    (
        "a link in whose place an editor puts a file",
        &[Write("srv/real.toml"), Link("etc/s.toml", "../srv/real.toml")],
        &[Write("etc/s.toml")],
    ),
    (
        "a link to another file of that folder",
        &[Write("srv/one.toml"), Link("etc/s.toml", "../srv/one.toml")],
        &[Write("srv/two.toml"), Link("etc/s.toml", "../srv/two.toml")],
    ),
    ("a folder that is a link", &[Write("srv/x/s.toml"), Link("etc", "srv/x")], &[Write("srv/x/s.toml")]),
    (
        "a folder that is a link to a link",
        &[Write("srv/x/s.toml"), Link("srv/current", "x"), Link("etc", "/srv/current")],
        &[Write("srv/x/s.toml")],
    ),
    (
        "NixOS, switched to another generation",
        &[
            Write("store/1-s.toml"),
            Link("store/1-etc/etc/s.toml", "/store/1-s.toml"),
            Link("etc/static", "/store/1-etc/etc"),
            Link("etc/s.toml", "/etc/static/s.toml"),
        ],
        &[
            Write("store/2-s.toml"),
            Link("store/2-etc/etc/s.toml", "/store/2-s.toml"),
            Link("etc/static", "/store/2-etc/etc"),
        ],
    ),
    (
        "Kubernetes, which puts another folder in place",
        &[Write("etc/..1/s.toml"), Link("etc/..data", "..1"), Link("etc/s.toml", "..data/s.toml")],
        &[Write("etc/..2/s.toml"), Link("etc/..data", "..2")],
    ),
];

/// Settings that came to lie in another folder.
pub(super) const OUTSIDE: &[Case] = &[
    (
        "a link to another folder",
        &[Write("a/s.toml"), Link("etc/s.toml", "../a/s.toml")],
        &[Write("b/s.toml"), Link("etc/s.toml", "../b/s.toml")],
    ),
    (
        "a file in whose place a link is put",
        &[Write("etc/s.toml")],
        &[Write("b/s.toml"), Link("etc/s.toml", "../b/s.toml")],
    ),
    (
        "a folder that is a link to another one",
        &[Write("a/s.toml"), Link("etc", "a")],
        &[Write("b/s.toml"), Link("etc", "b")],
    ),
    (
        "another folder of that name",
        &[Write("etc/s.toml")],
        &[Write("new/s.toml"), Rename("etc", "old"), Rename("new", "etc")],
    ),
];
