#!/bin/bash
# Fedora's source package builds without a network, and rpmlint finds nothing in either. Debian's rpm knows none of the
# packages that it wants to be there, so that these are not asked for.
. "$(dirname "$0")/../lib.sh"
. "$(dirname "$0")/../sources.sh"
need rpm rpmlint libarchive-tools

offline env HOME=/nonexistent CARGO_HOME="$SCRATCH/cargo" \
    rpmbuild --rebuild --nodeps --define "_topdir $SCRATCH/rpm" --define 'dist .fc99' "$SOURCES"/*.src.rpm
package=$(find "$SCRATCH/rpm/RPMS" -name 'sanctuary-[0-9]*.rpm') join=$(find "$SCRATCH/rpm/RPMS" -name 'sanctuary-join-*.rpm')
[ "$(rpm -qp --qf '%{RELEASE}' "$package")" = 1.fc99 ]
rpmlint --config "$ROOT/packaging/rpm/rpmlint.toml" "$package" "$join" "$SOURCES"/*.src.rpm
rpm -qp --requires "$SOURCES"/*.src.rpm | grep -q '^cargo >= '
rpm -qp --requires "$package" | grep -q 'libc.so.6'
rpm -qp --changelog "$package" | grep -q "$VERSION-1"
mkdir "$SCRATCH/root" && cd "$SCRATCH/root" && bsdtar -xf "$package" && bsdtar -xf "$join"
[ "$(usr/bin/sanctuary --version)" = "sanctuary $VERSION" ]
[ "$(usr/bin/sanctuary-join --version)" = "sanctuary-join $VERSION" ]
grep -q '^Files: crates/' usr/share/licenses/sanctuary/copyright
grep -q '^Files: crates/' usr/share/licenses/sanctuary-join/copyright
