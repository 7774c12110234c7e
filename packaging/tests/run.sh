#!/bin/bash
# usage: run.sh GROUP      Makes what a group of tests needs, runs them, and counts. A group is a
# folder beside this; or `arm`, the machine as arm64, or `packed`, which makes what all of them
# need.
. "$(dirname "$0")/../build/common.sh"
group=${1:?usage: run.sh GROUP}
if [ "$(id -u)" != 0 ]; then
    echo "not root: what packages do on a system ($group) is not held by this run"
    exit 0
fi

folder=$ROOT/packaging/tests/$group arguments=
case $group in
packed | packages) targets=$(target_names) ;;
boot | reproducible) targets=x86_64 ;;
machines) targets='x86_64 armv6' ;;
arm) targets=aarch64 folder=$ROOT/packaging/tests/machines/debian.sh arguments=aarch64 ;;
sources) targets= && DIST=$ROOT/target/packages/sources-made "$ROOT/packaging/build/sources.sh" ;;
*) die "no such group: $group" ;;
esac
# PACKED=1: it is there, from `run.sh packed`.
[ -z "${PACKED:-}" ] || targets=
for target in $targets; do
    "$ROOT/packaging/build/binary.sh" "$target"
    "$ROOT/packaging/build/packages.sh" "$target"
done
[ "$group" != packed ] || exit 0

passed=0 failed=0
mkdir -p "$ROOT/target/packages"
while read -r test; do
    name=$group/$(basename "$test" .sh)
    log=$ROOT/target/packages/${name/\//-}.log
    started=$SECONDS
    # shellcheck disable=SC2086 # None, or one.
    if "$test" $arguments >"$log" 2>&1 </dev/null; then
        passed=$((passed + 1))
        echo "ok     $name ($((SECONDS - started)) s)"
        sed -n 's/^FIGURE/      /p' "$log"
    else
        failed=$((failed + 1))
        echo "FAILED $name ($((SECONDS - started)) s): the end of $log:"
        tail -60 "$log" | sed 's/^/    /'
    fi
done < <(find "$folder" -name '*.sh' | sort)
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
