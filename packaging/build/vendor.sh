#!/bin/bash
# usage: vendor.sh FOLDER      Puts all that a build fetches into FOLDER, the root of a source tree: the crates of
# Cargo.lock, and of web/package-lock.json what the page is built of, on any processor that we have a target for. In a
# tree that has them, Cargo and the Makefile ask no network (.cargo/config.toml, vendor/npm).
. "$(dirname "$0")/common.sh"
mkdir -p "${1:?usage: vendor.sh FOLDER}"/{.cargo,vendor/npm}
folder=$(cd "$1" && pwd)

(cd "$ROOT" && cargo vendor --quiet --locked --versioned-dirs "$folder/vendor/crates" >/dev/null)
cat >"$folder/.cargo/config.toml" <<'CONFIG'
[source.crates-io]
replace-with = "vendored"

[source.vendored]
directory = "vendor/crates"

[net]
offline = true
CONFIG

# Not for us: objects that somebody else compiled, which no distribution takes and dpkg-source leaves out; copies that
# dh_clean removes; and what crates for Windows hold, half of it all, of which Cargo only wants to see that they are
# there.
python3 - "$folder/vendor/crates" <<'PRUNE'
import json, pathlib, sys
UNWANTED = (".a", ".o", ".lib", ".dll", ".so", ".orig", ".rej", ".bak", "~")
for crate in pathlib.Path(sys.argv[1]).iterdir():
    listed = crate / ".cargo-checksum.json"
    checksums = json.loads(listed.read_text())
    is_for_windows = crate.name.startswith("windows")
    for name in list(checksums["files"]):
        if name.endswith(UNWANTED) or is_for_windows and name != "Cargo.toml":
            del checksums["files"][name]
            (crate / name).unlink()
    if is_for_windows:
        (crate / "src").mkdir(exist_ok=True)
        (crate / "src/lib.rs").touch()
    listed.write_text(json.dumps(checksums))
PRUNE
find "$folder/vendor/crates" -type d -empty -delete

# The modules as npm lays them out, each processor's esbuild in them. That starts without its installation's script.
modules=$(mktemp -d)
trap 'rm -rf "$modules"' EXIT
cp "$ROOT"/web/package{,-lock}.json "$modules"
for processor in x64 arm64 arm; do
    (cd "$modules" && npm ci --silent --omit=dev --ignore-scripts --no-bin-links --os=linux --cpu="$processor")
    cp -R "$modules"/node_modules/. "$folder/vendor/npm"
done
rm "$folder/vendor/npm/.package-lock.json"
