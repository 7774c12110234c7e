#!/bin/bash
# What a build ends with refuses a binary that is not as promised: too large by one byte, linked to
# libraries, with symbols.
. "$(dirname "$0")/../lib.sh"
use_target x86_64
largest=$(sed -n 's/^LARGEST=//p' "$ROOT/packaging/build/inspect.sh")
inspect() { "$ROOT/packaging/build/inspect.sh" x86_64 "$SCRATCH/binary" 2>&1 | tee "$SCRATCH/said"; }
cp "$BINARY" "$SCRATCH/binary"
for size in $((largest - 1)) "$largest"; do
    truncate -s "$size" "$SCRATCH/binary"
    inspect
done
truncate -s $((largest + 1)) "$SCRATCH/binary"
if inspect; then die "one byte more was taken"; fi
grep -q "has $((largest + 1)) bytes" "$SCRATCH/said"

cp /bin/true "$SCRATCH/binary"
if inspect; then die "it was taken though not static"; fi
grep -q 'dynamic loader' "$SCRATCH/said"
echo 'int main(void) { return 0; }' | cc -static -x c - -o "$SCRATCH/binary"
if inspect; then die "it was taken with symbols"; fi
grep -q 'not stripped' "$SCRATCH/said"
