#!/bin/bash
# usage: release.sh VERSION      Sets the version everywhere it stands. The changes since the last one must already be
# told at the top of CHANGELOG.md, under "unreleased"; tests/versions.rs compares all places.
. "$(dirname "$0")/common.sh"
new=${1:-}
[[ $new =~ ^[0-9]+\.[0-9]+\.[0-9]+$ ]] || die "say which version, like: make release VERSION=1.2.3"
cd "$ROOT"
grep -m1 '^## ' CHANGELOG.md | grep -q 'unreleased$' ||
    die "CHANGELOG.md begins with what is released: tell what is new above it, under '## $new - unreleased'"

sed -i "0,/^## .*unreleased$/s//## $new - $(date +%Y-%m-%d)/" CHANGELOG.md
sed -i "0,/^version = \".*\"/s//version = \"$new\"/" Cargo.toml
sed -i "s/^pkgver=.*/pkgver=$new/; s/^pkgrel=.*/pkgrel=1/" archlinux/PKGBUILD
sed -i "s/^Version: .*/Version:        $new/; s/^Release: .*/Release:        1/" packaging/rpm/sanctuary.spec
if [ "$(dpkg-parsechangelog -S Version 2>/dev/null || sed -n '1s/.*(\(.*\)).*/\1/p' debian/changelog)" != "$new" ]; then
    {
        printf 'sanctuary (%s) unstable; urgency=medium\n\n  * See CHANGELOG.md.\n\n' "$new"
        printf ' -- %s  %s\n\n' "$(maintainer)" "$(date -R)"
        cat debian/changelog
    } >debian/changelog.new
    mv debian/changelog.new debian/changelog
fi
sed -i "/^name = \"sanctuary\"$/{n;s/.*/version = \"$new\"/}" Cargo.lock fuzz/Cargo.lock # they name it too
cargo run --quiet --locked --example manual # and so do the man pages
cargo test --quiet --locked --test versions --test manual
say "all say $new; look at git diff, commit, tag v$new"
