#!/bin/bash
# usage: run.sh packages|boot|arm|reproducible|sources      Makes what these tests need, runs them, and counts.
. "$(dirname "$0")/../build/common.sh"
group=${1:?usage: run.sh packages|boot|arm|reproducible|sources}
if [ "$(id -u)" != 0 ]; then
    echo "not root: what packages do on a system ($group) is not held by this run"
    exit 0
fi

folder=$ROOT/packaging/tests/$group arguments=
case $group in
packages) targets=$(target_names) ;;
boot) targets='x86_64 armv6' ;;
arm) targets=aarch64 folder=$ROOT/packaging/tests/boot/machine.sh arguments=aarch64 ;;
reproducible) targets= ;;
sources) targets= && DIST=$ROOT/target/packages/sources-made "$ROOT/packaging/build/sources.sh" ;;
*) die "no such group: $group" ;;
esac
for target in $targets; do
    "$ROOT/packaging/build/binary.sh" "$target"
    "$ROOT/packaging/build/packages.sh" "$target"
done

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
