#!/bin/bash
# Debian's source package, unpacked where there is no network and no home, builds the package that others install; and
# a clean copy of the repository makes the source package.
. "$(dirname "$0")/../lib.sh"
. "$(dirname "$0")/../sources.sh"
need debhelper dpkg-dev fakeroot lintian

cd "$SCRATCH"
cp "$SOURCES"/sanctuary_* .
dpkg-source --extract sanctuary_*.dsc tree
for again in first second; do    # it cleans up after itself
    (cd tree && offline env HOME=/nonexistent dpkg-buildpackage --build=binary --no-check-builddeps --no-sign)
    mkdir $again && mv sanctuary*_"$VERSION"_*.deb $again
done
lintian --allow-root --fail-on error,warning second/*.deb
for package in second/*.deb; do dpkg-deb -x "$package" root; done
[ "$(root/usr/bin/sanctuary-join --version)" = "sanctuary-join $VERSION" ]
grep -q '^Files: crates/' root/usr/share/doc/sanctuary-join/copyright
[ "$(root/usr/bin/sanctuary --version)" = "sanctuary $VERSION" ]
dpkg-deb -f second/sanctuary_*.deb Depends | grep -q libc6
grep -q '^Files: crates/' root/usr/share/doc/sanctuary/copyright
if grep -aqF "$SCRATCH" root/usr/bin/sanctuary; then die "the binary names the folder that it was built in"; fi

# Built for another place of the settings, the binary knows that by itself.
(cd tree && offline make build SYSCONFDIR=/opt/etc CARGO_TARGET_DIR=debian/build CARGO_HOME="$SCRATCH/cargo")
tree/debian/build/release/sanctuary --help | grep -F '/opt/etc/sanctuary.toml'

# Nothing that a build leaves behind is taken for source.
git clone --quiet "$ROOT" clone
mkdir -p clone/{target/debug,target/x86_64-unknown-linux-musl/release,web/dist,web/node_modules,dist,debian/build}
for folder in clone/{target/debug,target/*-linux-*/release,web/dist,web/node_modules,debian/build}; do
    echo built >"$folder/built"
done
echo built >clone/dist/sanctuary-built
(cd clone && offline dpkg-buildpackage --build=source --no-check-builddeps --no-sign --no-pre-clean)
rm -r tree && dpkg-source --extract sanctuary_*.dsc tree
if grep -rl '^built$' tree; then die "the source package holds what was built"; fi
# (dpkg-source leaves out what only Git reads.)
diff <(cd clone && git ls-files | grep -vx .gitignore | sort) <(cd tree && find . -type f -printf '%P\n' | sort)
