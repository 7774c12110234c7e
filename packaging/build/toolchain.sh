#!/bin/bash
# usage: toolchain.sh [TARGET...]      Prepares a Debian machine to build static binaries without a container engine.
#
# Three steps, each skipped when it has been done:
#   1. Debian's rustc-web, with the source of its standard library, unpacked into target/platforms/rust. Nothing is
#      installed: a rustup toolchain stays as it is (its own standard library's source is not packaged anywhere).
#   2. zig as the C compiler and linker for every target, and cargo-zigbuild to drive it, from PyPI (toolchain.txt).
#   3. For each target, the standard library built from that source and laid where rustc looks for it.
#
# With BUILDINFO=FILE, that of a release, the same versions of Debian's packages are taken as made it: where Debian has
# newer ones, from https://snapshot.debian.org, which has all there ever were and must stand in apt's sources.
. "$(dirname "$0")/common.sh"

RUST=$PLATFORMS/rust
PYPI=$ROOT/packaging/build/toolchain.txt
mkdir -p "$PLATFORMS"
[ $# -gt 0 ] || mapfile -t all < <(target_names)
set -- "${@:-${all[@]}}"

depends_on() {
    apt-cache depends --no-recommends --no-suggests "$1" | awk -v p="$2" '/Depends:/ && $2 ~ p {print $2; exit}'
}

# The oldest compiler that the sources are written for.
least_rust() { sed -n 's/^rust-version = "\(.*\)"$/\1/p' "$ROOT/Cargo.toml"; }

is_new_enough() { dpkg --compare-versions "${1:-0}" ge "$(least_rust)"; }

# The version that apt would bring.
known_rust() { apt-cache policy rustc-web 2>/dev/null | awk '$1 == "Candidate:" && $2 != "(none)" {print $2}'; }

# Whether the compiler that is wanted is unpacked: with BUILDINFO, to the byte.
has_rust() {
    [ -e "$RUST/packages" ] || return
    is_new_enough "$(awk '$1 == "rustc-web" {print $2}' "$RUST/packages")" || return
    [ -z "${BUILDINFO:-}" ] || sed -n 's/^toolchain: //p' "$BUILDINFO" | cmp --silent - "$RUST/packages"
}

unpack_rust() {
    command -v apt-get >/dev/null || die "needs Debian or Ubuntu; elsewhere start Docker or Podman and use cross"
    mkdir -p "$ROOT/target"
    exec 8>"$ROOT/target/apt.lock"    # tools/need has it while it changes what apt knows
    flock 8
    # Debian's security archive has the newer ones, of which an older list of apt's may know nothing.
    is_new_enough "$(known_rust)" || apt-get -q update >/dev/null 2>&1 || die "run apt-get update as root"
    is_new_enough "$(known_rust)" ||
        die "apt knows rustc-web $(known_rust), and rustc $(least_rust) is needed: is Debian's security archive in its sources?"
    local std llvm work package wanted
    if [ -n "${BUILDINFO:-}" ]; then
        mapfile -t wanted < <(awk '$1 == "toolchain:" {print $2 "=" $3}' "$BUILDINFO")
    else
        std=$(depends_on libstd-rust-web-dev '^libstd-rust-web-[0-9]')
        llvm=$(depends_on "$std" '^libllvm')
        wanted=(rustc-web rust-web-src libstd-rust-web-dev "$std" "$llvm")
    fi
    work=$(mktemp -d "$PLATFORMS/unpack.XXXXXX")
    say "fetching ${wanted[*]}"
    (cd "$work" && apt-get -qq download "${wanted[@]}") || { rm -rf "$work"; die "apt has not all of these"; }
    exec 8>&-
    rm -rf "$RUST.new" && mkdir "$RUST.new"
    for package in "$work"/*.deb; do
        dpkg-deb -x "$package" "$RUST.new"
        # shellcheck disable=SC2016 # Fields of dpkg's.
        echo "$(dpkg-deb -W --showformat '${Package} ${Version} ${Architecture}' "$package")" \
            "sha256:$(sha256sum "$package" | cut -d' ' -f1)" >>"$RUST.new/packages"
    done
    rm -rf "$work" "$RUST" && mv "$RUST.new" "$RUST"
    has_rust || die "what apt brought is not what $BUILDINFO names"
}

write_rustc() {
    cat >"$PLATFORMS/rustc" <<WRAPPER
#!/bin/sh
here=\$(dirname "\$(readlink -f "\$0")")
LD_LIBRARY_PATH=\$here/rust/usr/lib/$(uname -m)-linux-gnu exec "\$here/rust/usr/bin/rustc" "\$@"
WRAPPER
    chmod +x "$PLATFORMS/rustc"
}

fetch_zig() {
    say "fetching zig and cargo-zigbuild"
    rm -rf "$PLATFORMS/zig"
    python3 -m pip --quiet --disable-pip-version-check install --root-user-action=ignore --no-deps \
        --require-hashes --only-binary=:all: --target "$PLATFORMS/zig" --requirement "$PYPI" ||
        die "pip failed: apt-get install python3-pip"
    cp "$PYPI" "$PLATFORMS/zig/"
}

build_std() {
    local triple=$1 installed=$2 work
    work=$(mktemp -d "$PLATFORMS/std.XXXXXX")
    mkdir "$work/src"
    : >"$work/src/lib.rs"
    printf '[package]\nname = "sysroot"\nversion = "0.0.0"\nedition = "2024"\n[workspace]\n' >"$work/Cargo.toml"
    # As in Rust's own build, panic_abort alone is compiled to abort; it is refused otherwise.
    cat >"$work/wrapper" <<'WRAPPER'
#!/bin/sh
case " $* " in *" --crate-name panic_abort "*) exec "$@" -Cpanic=abort ;; *) exec "$@" ;; esac
WRAPPER
    chmod +x "$work/wrapper"
    # Bitcode, or fat LTO has nothing to work on; remapped, or panics would name this machine's folders.
    local flags="-Cembed-bitcode=yes --remap-path-prefix=$RUST/usr/src=/rustc"
    flags+=" --remap-path-prefix=$RUST/usr/lib/rustlib/src/rust=/rustc"
    flags+=" --remap-path-prefix=${CARGO_HOME:-$HOME/.cargo}=/cargo"
    # Without the feature `backtrace`: in a binary without symbols there is nothing to tell a stack by, and what reads
    # them takes 150 KB.
    # musl has counted seconds in 64 bits on every processor since 1.2; the libc crate must be told so for 32-bit
    # ones, by environment in the version that std uses, or the clock ends in January 2038.
    (cd "$work" && RUST_LIBC_UNSTABLE_MUSL_V1_2_3=1 RUSTC=$PLATFORMS/rustc RUSTC_WRAPPER=$work/wrapper RUSTC_BOOTSTRAP=1 CARGO_TARGET_DIR=$work/target \
        PATH=$PLATFORMS/zig/bin:$PATH CARGO_ZIGBUILD_ZIG_PATH=$PLATFORMS/zig/ziglang/zig \
        RUSTFLAGS="$flags" \
        cargo build --quiet --release --target "$triple" -Zbuild-std=std,panic_abort,panic_unwind,test \
            -Zbuild-std-features=panic-unwind)
    rm -rf "$installed" && mkdir -p "$installed/lib"
    find "$work/target/$triple/release/deps" -name '*.rlib' ! -name 'libsysroot-*' -exec cp -t "$installed/lib" {} +
    rm -rf "$work"
}

installed_std() { use_target "$1" && installed=$RUST/usr/lib/rustlib/$TRIPLE; }

is_current() { has_rust && cmp --silent "$PYPI" "$PLATFORMS/zig/toolchain.txt"; }
missing=
is_current || missing=1
for target; do
    installed_std "$target"
    [ -e "$installed/ready" ] || missing=1
done
[ -n "$missing" ] || exit 0

# One at a time: make -j may ask for two targets at once.
exec 9>"$PLATFORMS/lock"
flock 9
has_rust || unpack_rust
[ -x "$PLATFORMS/rustc" ] || write_rustc
cmp --silent "$PYPI" "$PLATFORMS/zig/toolchain.txt" || fetch_zig

for target; do
    installed_std "$target"
    if [ -e "$installed/ready" ]; then continue; fi
    say "building the standard library for $TRIPLE (about a minute)"
    started=$SECONDS
    build_std "$TRIPLE" "$installed"
    # Cargo does not notice another standard library.
    rm -rf "$ROOT/target/$TRIPLE" "$ROOT/target/filter/$TRIPLE"
    touch "$installed/ready"
    say "done in $((SECONDS - started)) s"
done
