#!/bin/bash
# usage: packages.sh [TARGET...]      Packs built binaries for all three families, into dist/.
. "$(dirname "$0")/common.sh"
[ $# -gt 0 ] || mapfile -t targets < <(target_names)
for target in "${@:-${targets[@]}}"; do
    for family in deb arch rpm; do "$ROOT/packaging/build/$family.sh" "$target"; done
done
