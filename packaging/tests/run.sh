#!/bin/bash
# usage: run.sh packages|boot|reproducible      Makes what the tests of this group need, runs them, and counts.
. "$(dirname "$0")/../build/common.sh"
group=${1:?usage: run.sh packages|boot|reproducible}

case $group in
packages) targets=$(target_names) ;;
boot) targets='x86_64 armv6' ;;
reproducible) targets= ;;
*) die "no such group: $group" ;;
esac
for target in $targets; do
    "$ROOT/packaging/build/binary.sh" "$target"
    "$ROOT/packaging/build/packages.sh" "$target"
done

passed=0 failed=0
for test in "$ROOT/packaging/tests/$group"/*.sh; do
    name=$group/$(basename "$test" .sh)
    started=$SECONDS
    log=$ROOT/target/packages/$(basename "$test" .sh).log
    mkdir -p "$(dirname "$log")"
    if "$test" >"$log" 2>&1; then
        passed=$((passed + 1))
        echo "ok     $name ($((SECONDS - started)) s)"
    else
        failed=$((failed + 1))
        echo "FAILED $name ($((SECONDS - started)) s): the end of $log:"
        tail -40 "$log" | sed 's/^/    /'
    fi
done
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
