#!/bin/bash
# A version is set everywhere at once, from a copy in which nothing was built; twice is the same as once.
. "$(dirname "$0")/../lib.sh"
git clone --quiet "$ROOT" "$SCRATCH/clone"
cp -a "$ROOT/web/node_modules" "$SCRATCH/clone/web"
cd "$SCRATCH/clone"
export CARGO_TARGET_DIR=$ROOT/target/release-test
git config user.name test && git config user.email test@sanctuary.invalid

release() { make --no-print-directory release VERSION="$1"; }
if release 1.2 || release '' || release '1.2.3;x'; then die "that is no version"; fi
git diff --quiet
release "$VERSION"
git diff | tee "$SCRATCH/first"
grep -q "^+## $VERSION - 20" "$SCRATCH/first"
release "$VERSION"
git diff | diff "$SCRATCH/first" -
(cd web/dist && sha256sum --check --quiet "../../digests/$VERSION.txt")
git add --all
git commit --quiet --message first

# The next one wants to be told of first, and one that is out stays so.
if release 99.0.0; then die "a version without changes was released"; fi
git diff --quiet
sed -i "0,/^## /s//## 99.0.0 - unreleased\n\n- New.\n\n## /" CHANGELOG.md
if release "$VERSION"; then die "a version was released twice"; fi
release 99.0.0
release 99.0.0
grep -qx '# Sanctuary 99.0.0' digests/99.0.0.txt
grep -qx "# Sanctuary $VERSION" "digests/$VERSION.txt"
[ "$(grep -c 99.0.0 debian/changelog)" = 1 ]
[ "$(grep -c ' - 99.0.0-1$' packaging/rpm/sanctuary.spec)" = 1 ]
[ "$(dpkg-parsechangelog -S Version)" = 99.0.0 ]
grep -q "^.TH SANCTUARY 1 $(date +%Y)-.* \"sanctuary 99.0.0\"" packaging/man/sanctuary.1

# Where the project is at home, Cargo.toml says for all.
sed -i 's|^readme = .*|&\nhomepage = "https://sanctuary.test/"|' Cargo.toml
printf '[package.metadata]\ndownloads = "https://sanctuary.test/files"\n' >>Cargo.toml
bash -c '. packaging/build/common.sh; copy_sources "$0"' "$SCRATCH/named"
cd "$SCRATCH/named"
grep -qx 'Homepage: https://sanctuary.test/' debian/control
grep -qx "url='https://sanctuary.test/'" archlinux/PKGBUILD
grep -qx 'source=("https://sanctuary.test/files/$pkgbase-$pkgver.tar.xz")' archlinux/PKGBUILD
rpm -q --specfile packaging/rpm/sanctuary.spec --qf '%{URL}' | grep -qx 'https://sanctuary.test/'
grep -q '^Source1: *https://sanctuary.test/files/' packaging/rpm/sanctuary.spec
