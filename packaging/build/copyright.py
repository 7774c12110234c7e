#!/usr/bin/env python3
"""usage: copyright.py [TRIPLE [PROGRAM]]      Prints who holds the copyright of what is linked into a program, sanctuary
where none is named, in Debian's machine-readable form (which Arch and Fedora take too): Sanctuary itself, each crate of
the lockfile that a build for TRIPLE (where it is - or none, for this machine) links, Rust's standard library and musl. A licence that is not known here is an
error, so that a new dependency under strange terms is noticed."""

import json
import os
import pathlib
import re
import subprocess
import sys

# SPDX name -> Debian's short name, and where the text comes from: a file of Debian's, or the licence itself.
COMMON = "On Debian systems the full text is in /usr/share/common-licenses/{}."
LICENSES = {
    "MIT": ("Expat", "mit"),
    "Apache-2.0": ("Apache-2.0", COMMON.format("Apache-2.0")),
    "BSD-3-Clause": ("BSD-3-clause", "bsd-3"),
    "BSD-2-Clause": ("BSD-2-clause", "bsd-2"),
    "BlueOak-1.0.0": ("BlueOak-1.0.0", "blueoak"),
    "ISC": ("ISC", "isc"),
    "Unicode-3.0": ("Unicode-3.0", "unicode"),
    "Zlib": ("Zlib", "zlib"),
}
# Which to take where there is a choice: the first that is offered.
PREFERENCE = list(LICENSES)
# Tables that build scripts make of these are linked in.
TABLES = {"emojis"}
TEXTS = pathlib.Path(__file__).parent / "licenses"


def this_machine():
    """The triple that Rust builds for by itself."""
    told = subprocess.run([os.environ.get("RUSTC", "rustc"), "-vV"], check=True, capture_output=True, text=True).stdout
    return re.search(r"^host: (.*)", told, re.MULTILINE)[1]


def linked(triple, program):
    """The packages whose code is in the program: no build scripts' dependencies but for TABLES, no procedural
    macros."""
    command = ["cargo", "metadata", "--format-version=1", "--locked", f"--filter-platform={triple}"]
    metadata = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    packages = {package["id"]: package for package in metadata["packages"]}
    nodes = {node["id"]: node for node in metadata["resolve"]["nodes"]}
    found, waiting = set(), [package["id"] for package in packages.values() if package["name"] == program]
    while waiting:
        package = waiting.pop()
        is_macro = any("proc-macro" in target["kind"] for target in packages[package]["targets"])
        if package in found or is_macro:
            continue
        found.add(package)
        for dependency in nodes[package]["deps"]:
            if any(kind["kind"] is None for kind in dependency["dep_kinds"]):
                waiting.append(dependency["pkg"])
            elif packages[dependency["pkg"]]["name"] in TABLES:
                found.add(dependency["pkg"])
    found -= set(metadata["workspace_members"])    # our own
    return sorted((packages[package] for package in found), key=lambda p: (p["name"], p["version"]))


def chosen(package):
    """The licences that are made use of: all that are joined by AND, one of those joined by OR."""
    expression = (package["license"] or "").replace("/", " OR ").replace("(", " ").replace(")", " ")
    result = []
    for part in expression.split(" AND "):
        offered = [name.strip() for name in part.split(" OR ")]
        usable = [name for name in PREFERENCE if name in offered]
        if not usable:
            sys.exit(f"copyright: {package['name']} {package['version']} is under '{package['license']}': "
                     "decide whether that fits the GPL and add it to LICENSES")
        result.append(usable[0])
    return result


def holders(package):
    """The copyright lines of the package's own licence files, or else its authors."""
    lines = []
    for path in sorted(pathlib.Path(package["manifest_path"]).parent.glob("[LC][IO][CP][EY]*")):
        if path.is_file():
            for line in path.read_text(errors="replace").splitlines():
                line = line.strip()
                found = re.match(r"(?:Copyright|©)\s+(?:(?:\(c\)|\(C\)|©)\s*)?((?:\d{4}|[A-Z]).*)", line)
                if found and found[1] not in lines:
                    lines.append(found[1])
    return lines or [", ".join(package["authors"]) or f"The {package['name']} developers"]


def stanza(files, copyright_lines, licenses, comment=None):
    names = " and ".join(dict.fromkeys(LICENSES[name][0] for name in licenses))
    print(f"\nFiles: {files}\nCopyright: " + "\n ".join(copyright_lines) + f"\nLicense: {names}")
    if comment:
        print(f"Comment: {comment}")


def paragraph(text):
    return "\n".join(f" {line}" if line.strip() else " ." for line in text.strip().splitlines())


def main():
    triple, program = (sys.argv[1:] + ["-", "sanctuary"][len(sys.argv) - 1:])[:2]
    triple = this_machine() if triple == "-" else triple
    crates = linked(triple, program)
    print("Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\nUpstream-Name: sanctuary\n")
    print("Files: *\nCopyright: The Sanctuary authors\nLicense: GPL-3+")
    used = {"MIT", "Unicode-3.0"} if program == "sanctuary" else {"MIT"}
    stanza("rust/library/*", ["The Rust Project Developers"], ["MIT"], "the standard library, linked in")
    if "-musl" in triple:
        stanza("musl/*", ["2005-2024 Rich Felker, et al."], ["MIT"], "the C library, linked in")
    if program == "sanctuary":
        stanza("web/src/*/*-table.ts", ["1991-2026 Unicode, Inc."], ["Unicode-3.0"], "character data, in the page")
    for crate in crates:
        licenses = chosen(crate)
        used.update(licenses)
        stanza(f"crates/{crate['name']}-{crate['version']}/*", holders(crate), licenses)
    print("\nLicense: GPL-3+\n" + paragraph((TEXTS / "gpl-3+").read_text()))
    for name in (name for name in PREFERENCE if name in used):
        short, text = LICENSES[name]
        print(f"\nLicense: {short}\n" + paragraph(text if " " in text else (TEXTS / text).read_text()))


main()
