#!/bin/bash
# usage: zig.sh ARGUMENT...      zig, for cargo-zigbuild, with a program's addresses packed as a bit each (DT_RELR) and
# functions of the same instructions kept once (ICF), which make the client nearly a tenth smaller. zig passes no such
# options on to its linker: what it tells that is told once more, with them.
set -euo pipefail
zig=$PLATFORMS/zig/ziglang/zig

exec 3>&1
said=$(ZIG_VERBOSE_LINK=1 "$zig" "$@" 2>&1 >&3 3>&-) || { status=$?; printf '%s\n' "$said" >&2; exit $status; }
exec 3>&-
grep -Ev '^(ld\.lld|ar) ' <<<"$said" | sed '/^$/d' >&2 || true
link=$(grep '^ld\.lld .*-pie ' <<<"$said") || exit 0
# shellcheck disable=SC2086 # Its words, none of which has a space.
exec "$zig" $link --pack-dyn-relocs=relr --icf=all
