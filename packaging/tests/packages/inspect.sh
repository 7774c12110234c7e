#!/bin/bash
# What a build ends with refuses a binary that is not as promised: too large by one byte, linked to
# libraries, with symbols.
. "$(dirname "$0")/../lib.sh"
use_target x86_64
inspect() { "$ROOT/packaging/build/inspect.sh" x86_64 "$SCRATCH/$1" 2>&1 | tee "$SCRATCH/said"; }
cp "$BINARY" "$JOIN" "$SCRATCH"
while read -r program largest; do
    for size in $((largest - 1)) "$largest"; do
        truncate -s "$size" "$SCRATCH/$program"
        inspect "$program"
    done
    truncate -s $((largest + 1)) "$SCRATCH/$program"
    if inspect "$program"; then die "one byte more was taken of $program"; fi
    grep -q "has $((largest + 1)) bytes" "$SCRATCH/said"
done <<'PROMISED'
sanctuary 3300000
sanctuary-join 4000000
PROMISED

cp /bin/true "$SCRATCH/sanctuary"
if inspect sanctuary; then die "it was taken though not static"; fi
grep -q 'dynamic loader' "$SCRATCH/said"
echo 'int main(void) { return 0; }' | cc -static -x c - -o "$SCRATCH/sanctuary"
if inspect sanctuary; then die "it was taken with symbols"; fi
grep -q 'not stripped' "$SCRATCH/said"
