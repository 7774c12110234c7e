#!/bin/bash
# usage: binary.sh TARGET      Builds both programs for a target: target/TRIPLE/release/sanctuary, and
# target/TRIPLE/small/sanctuary-join.
#
# With a container engine and cross at hand, cross builds (cross.toml); else the toolchain of toolchain.sh does, and for
# 32-bit ARM it alone. ROUTE=cross or ROUTE=zig decides it outright. Either way no path of this machine gets into the
# binary.
. "$(dirname "$0")/common.sh"
use_target "${1:?usage: binary.sh TARGET}"

container_engine() { docker info || podman info; } >/dev/null 2>&1

if [ -z "${ROUTE:-}" ]; then
    ROUTE=zig
    if [ "$CPU_ARCH" = - ] && command -v cross >/dev/null && container_engine; then ROUTE=cross; fi
fi
if [ "$ROUTE" = cross ] && [ "$CPU_ARCH" != - ]; then
    die "cross's binaries for $NAME end with their clock in 2038 (cross.toml): build it on Debian, or in its container"
fi

flags=()
flag() { flags+=("$@"); }
# Both programs, by a command that builds.
both() {
    "$@" --release --locked --target "$TRIPLE" --package sanctuary --bin sanctuary
    "$@" --profile small --locked --target "$TRIPLE" --package sanctuary-join --bin sanctuary-join
}
encoded() { local IFS=$'\x1f'; printf '%s' "${flags[*]}"; }
flag -Cforce-unwind-tables=no    # a fault ends the daemon at once (panic = "abort"): nobody walks its stack

cd "$ROOT"
say "building for $TRIPLE by way of $ROUTE"
started=$SECONDS
case $ROUTE in
cross)
    # In cross's containers everybody's paths are the same: /project, /cargo.
    flag --remap-path-prefix=/cargo=/cargo --remap-path-prefix=/project=/sanctuary
    # A folder for each target: the images' systems differ in age, and an older one cannot run the build scripts that
    # a newer one, or this machine, has built (cross-rs/cross#1436).
    folder=$ROOT/target/cross/$NAME
    CROSS_CONFIG=$ROOT/cross.toml CARGO_ENCODED_RUSTFLAGS=$(encoded) CARGO_TARGET_DIR=$folder \
        both cross build
    install -D "$folder/$TRIPLE/release/sanctuary" "$BINARY"
    install -D "$folder/$TRIPLE/small/sanctuary-join" "$JOIN"
    ;;
zig)
    "$ROOT/packaging/build/toolchain.sh" "$NAME"
    flag -Clink-self-contained=no    # the start files and libc come from zig
    # At another address at each start: zig takes no heed of rustc's -static-pie.
    flag -Crelocation-model=pic -Clink-arg=-static -Clink-arg=-pie
    flag --cfg=libc_unstable_time64  # 64-bit time_t in the libc crate, as in this musl and this std (toolchain.sh)
    flag "--remap-path-prefix=${CARGO_HOME:-$HOME/.cargo}=/cargo" "--remap-path-prefix=$ROOT=/sanctuary"
    export PLATFORMS
    RUSTC=$PLATFORMS/rustc CARGO_ENCODED_RUSTFLAGS=$(encoded) CARGO_TARGET_DIR=$ROOT/target \
        PATH=$PLATFORMS/zig/bin:$PATH CARGO_ZIGBUILD_ZIG_PATH=$ROOT/packaging/build/zig.sh \
        both cargo zigbuild
    ;;
*) die "unknown route '$ROUTE': cross or zig" ;;
esac

for program in "$BINARY" "$JOIN"; do
    "$ROOT/packaging/build/inspect.sh" "$NAME" "$program"
    say "$program: $(stat -c %s "$program") bytes"
done
echo "$ROUTE" >"$BINARY.route"     # BUILDINFO tells it
say "both in $((SECONDS - started)) s"
