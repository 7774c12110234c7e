#!/bin/bash
# usage: inspect.sh TARGET      Refuses a binary that is not what its target promises: static, stripped, for no newer
# processor, with no path of the machine that built it.
. "$(dirname "$0")/common.sh"
use_target "${1:?usage: inspect.sh TARGET}"
[ -x "$BINARY" ] || die "$BINARY is not there: make build TARGET=$NAME"

# Captured first: under pipefail a grep that stops reading early would look like a failure.
headers=$(readelf --program-headers --section-headers --wide "$BINARY")
grep -q INTERP <<<"$headers" && die "$BINARY asks for a dynamic loader"
grep -q '\.symtab' <<<"$headers" && die "$BINARY is not stripped"

if [ "$CPU_ARCH" != - ]; then
    # One object compiled for a newer processor, a C one say, raises this tag for the whole binary.
    found=$(readelf --arch-specific "$BINARY" | sed -n 's/.*Tag_CPU_arch: *//p')
    [ "$found" = "$CPU_ARCH" ] || die "$BINARY is for $found, but $NAME promises $CPU_ARCH"
fi

for path in "$ROOT" "${CARGO_HOME:-$HOME/.cargo}"; do
    ! LC_ALL=C grep -qaF "$path" "$BINARY" || die "$BINARY holds the path $path"
done
