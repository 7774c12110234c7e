#!/bin/bash
# Debian's own judge of packages finds no error and gives no warning, for any target.
. "$(dirname "$0")/../lib.sh"
need lintian
for target in $(target_names); do
    lintian --allow-root --fail-on error,warning "$(deb_of "$target")"
done
# What is not for everybody says so.
says_armv6() { dpkg-deb -f "$(deb_of "$1")" Description | grep 'ARMv6'; }
says_armv6 armv6
if says_armv6 armv7; then die "the package for ARMv7 says that it is for ARMv6"; fi
