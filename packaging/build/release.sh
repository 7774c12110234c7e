#!/bin/bash
# usage: release.sh VERSION      Sets the version everywhere it stands. The changes since the last one must already be
# told at the top of CHANGELOG.md, under "unreleased"; tests/versions.rs compares all places.
. "$(dirname "$0")/common.sh"
new=${1:-}
[[ $new =~ ^[0-9]+\.[0-9]+\.[0-9]+$ ]] || die "say which version, like: make release VERSION=1.2.3"
cd "$ROOT"
today=$(date -R)
# A place that says so already, because this is run again, stays as it is.
case $(grep -m1 '^## ' CHANGELOG.md) in
"## $new - "[0-9]*) today= ;;
*" - unreleased") ;;
*) die "CHANGELOG.md begins with what is released: tell what is new above it, under '## $new - unreleased'" ;;
esac
[ "$(grep -c "^## $new - [0-9]" CHANGELOG.md)" = "$([ -n "$today" ] && echo 0 || echo 1)" ] ||
    die "$new was released before"

[ -z "$today" ] || sed -i "0,/^## .*unreleased$/s//## $new - $(date --date "$today" +%Y-%m-%d)/" CHANGELOG.md
sed -i "0,/^version = \".*\"/s//version = \"$new\"/" Cargo.toml
sed -i "s/^pkgver=.*/pkgver=$new/; s/^pkgrel=.*/pkgrel=1/" archlinux/PKGBUILD
sed -i "s/^Version: .*/Version:        $new/; s/^Release: .*/Release:        1%{?dist}/" packaging/rpm/sanctuary.spec

# An entry of its own for the version, with its day, at the top of a family's list of changes.
if [ "$(sed -n '1s/.*(\(.*\)).*/\1/p' debian/changelog)" != "$new" ]; then
    printf 'sanctuary (%s) unstable; urgency=medium\n\n  * See CHANGELOG.md.\n\n -- %s  %s\n\n' \
        "$new" "$(maintainer)" "${today:-$(date -R)}" | cat - debian/changelog >debian/changelog.new
    mv debian/changelog.new debian/changelog
fi
[ -z "$today" ] || sed -i "0,/^ -- .*/s// -- $(maintainer)  $today/" debian/changelog
day=$(date --date "$(sed -n 's/^ -- .*>  //p' debian/changelog | sed -n 1p)" '+%a %b %d %Y')
entry="* $day $(maintainer) - $new-1"
if grep -q "^\* .* - $new-1$" packaging/rpm/sanctuary.spec; then
    sed -i "s/^\* .* - $new-1$/$entry/" packaging/rpm/sanctuary.spec
else
    sed -i "s/^%changelog$/&\n$entry\n- See CHANGELOG.md.\n/" packaging/rpm/sanctuary.spec
fi

for manifest in Cargo.toml fuzz/Cargo.toml; do # their lockfiles name it too
    cargo update --quiet --workspace --manifest-path "$manifest"
done
cargo run --quiet --locked --example manual # and so do the man pages
make --no-print-directory web # and the page, whose digests stay
cargo run --quiet --locked --example digests
cargo test --quiet --locked --test versions --test manual
say "all say $new; look at git diff, commit, tag v$new"
