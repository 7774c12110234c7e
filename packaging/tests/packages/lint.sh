#!/bin/bash
# Debian's own judge of packages finds no error and gives no warning, for any target.
. "$(dirname "$0")/../lib.sh"
need lintian
for target in $(target_names); do
    lintian --allow-root --fail-on error,warning "$(deb_of "$target")"
done
# What is not for everybody says so.
dpkg-deb -f "$(deb_of armv6)" Description | grep -q 'ARMv6'
! dpkg-deb -f "$(deb_of armv7)" Description | grep -q 'ARMv6'
