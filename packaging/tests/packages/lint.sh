#!/bin/bash
# Debian's own judge of packages finds no error and gives no warning, for any target: this machine's, and that of each
# newer release. So does Fedora's.
. "$(dirname "$0")/../lib.sh"
need lintian rpmlint
mapfile -t packages < <(of_all deb_of)
lintian --allow-root --fail-on error,warning "${packages[@]}"
for suite in ${SUITES#* }; do
    root=$SCRATCH/$suite
    mkdir "$root" && tar -C "$root" -xf "$(debian_root amd64 "$suite")"
    mkdir "$root/judged" && cp "${packages[@]}" "$root/judged"
    in_root "$root" bash -c 'lintian --allow-root --fail-on error,warning /judged/*'
done
of_all rpm_of |
    xargs rpmlint --config "$ROOT/packaging/rpm/rpmlint.toml" "$ROOT/packaging/rpm/sanctuary.spec"
# A package that is not for everybody says so.
says_armv6() { dpkg-deb -f "$(deb_of "$1")" Description | grep 'ARMv6'; }
says_armv6 armv6
if says_armv6 armv7; then die "the package for ARMv7 says that it is for ARMv6"; fi
