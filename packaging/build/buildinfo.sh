#!/bin/bash
# usage: buildinfo.sh      Prints what makes a release on this machine: the sources, and each tool with its version.
# With the same of all of these, whoever wants to gets the same bytes.
. "$(dirname "$0")/common.sh"

commit() {
    git -C "$ROOT" rev-parse HEAD 2>/dev/null || { echo "not from Git"; return; }
    [ -z "$(git -C "$ROOT" status --porcelain --untracked-files=no)" ] || echo "    with changes that are not in it"
}

echo "sanctuary: $(version)"
echo "commit: $(commit)"
echo "SOURCE_DATE_EPOCH: $SOURCE_DATE_EPOCH"
echo "system: $(. /etc/os-release && echo "$PRETTY_NAME"), $(uname -m)"
echo "cargo: $(cargo --version)"
echo "rustc: $("$PLATFORMS/rustc" --version), for binaries (toolchain)"
echo "node: $(node --version)"
echo "npm: $(npm --version)"
echo "python3: $(python3 --version)"
# The packages that the compiler for all targets was unpacked from.
sed 's/^/toolchain: /' "$PLATFORMS/rust/packages"
awk '/^[a-z]/ {name = $1} /--hash=/ {sub(/.*--hash=/, ""); sub(/ .*/, ""); print "PyPI: " name, $0}' \
    "$ROOT/packaging/build/toolchain.txt"
# How each binary was made, and by which image where a container made it.
for target in $(target_names); do
    use_target "$target"
    [ -e "$BINARY.route" ] || continue
    route=$(cat "$BINARY.route")
    echo "binary: $NAME by $route"
    [ "$route" = zig ] || sed -n "/^\[target.$TRIPLE\]/,/^image/s/^image = \"\(.*\)\"/image: \1/p" "$ROOT/cross.toml"
done
# The tools that pack.
dpkg-query -W -f 'package: ${Package} ${Version} ${Architecture}\n' binutils bash coreutils debhelper dpkg dpkg-dev \
    fakeroot findutils gzip libarchive-tools make makepkg pacman-package-manager rpm sed tar xz-utils zstd
