#!/bin/bash
# usage: inspect.sh TARGET BINARY      Refuses a binary that is not what its target promises:
# static, stripped, no larger than may be, for no newer processor, with no path of the machine that
# built it.
. "$(dirname "$0")/common.sh"
use_target "${1:?usage: inspect.sh TARGET BINARY}"
BINARY=${2:?usage: inspect.sh TARGET BINARY}
# Bytes that a program has at most, the daemon with the page in it, so that it soon comes over a slow line.
case $(basename "$BINARY") in
sanctuary) LARGEST=3300000 ;;
sanctuary-join) LARGEST=4000000 ;;
*) die "$BINARY is no program of ours" ;;
esac

[ -x "$BINARY" ] || die "$BINARY is not there: make build TARGET=$NAME"

size=$(stat -c %s "$BINARY")
[ "$size" -le "$LARGEST" ] || die "$BINARY has $size bytes, and $LARGEST at most are promised"

# Captured first: under pipefail a grep that stops reading early would look like a failure.
headers=$(readelf --program-headers --section-headers --wide "$BINARY")
grep -q INTERP <<<"$headers" && die "$BINARY asks for a dynamic loader"
grep -q '\.symtab' <<<"$headers" && die "$BINARY is not stripped"

if [ "$CPU_ARCH" != - ]; then
    found=$(readelf --arch-specific "$BINARY" | sed -n 's/.*Tag_CPU_arch: *//p')
    # GNU ld tags a binary with the newest of its objects, and ring's assembler always brings code for NEON, which it
    # enters only where the kernel reports it (briansmith/ring#857). Then the processor itself must judge: here whether
    # the binary starts on it, in packaging/tests/packages/processors.sh whether all of it works.
    # shellcheck disable=SC2086 # A command and its arguments.
    [ "$found" = "$CPU_ARCH" ] || $RUNNER "$BINARY" --version >/dev/null ||
        die "$BINARY is for $found, but $NAME promises $CPU_ARCH"
fi

for path in "$ROOT" "${CARGO_HOME:-$HOME/.cargo}"; do
    ! LC_ALL=C grep -qaF "$path" "$BINARY" || die "$BINARY holds the path $path"
done
