#!/bin/bash
# Each binary, on the very processor that it is for: it serves the page, and conversations are held through it in the
# clear and by https, with a certificate from files and one made at start. A newer processor's instruction would end it
# at once with SIGILL. And the terminal's client talks, both ways, with the daemon of this machine.
#
# All that either asks of the kernel meanwhile is traced, by strace or by the emulator: once closed in, nothing that its
# own list does not name. The emulator puts no filter in force, so that the filter's own tests are
# run there too; a real kernel for ARM does in `make test-boot` and `make test-arm`.
. "$(dirname "$0")/../lib.sh"
need qemu-user-static strace
cd "$ROOT"
list=src/hardening/filter/list.rs list_of_join=crates/client/src/confine/calls.rs
# ... and the names that C libraries differ in
names=crates/harden/src/filter/calls.rs

# Holds the daemon's conversations, and its reloads, purges and ends, in the folder TRACES.
held() {
    cargo test --locked --workspace --test conversation --test tls --test lifecycle -- \
        a_page_is_served_and_a_conversation_held \
        a_conversation_passes_and_goes_on_over_a_reload_with_another_certificate \
        what_is_printed_of_a_certificate_made_at_start_is_what_is_served_and_binds_no_browser \
        a_purge_ends_every_room_and_serves_on \
        it_stops_although_somebody_does_not_read_and_somebody_says_nothing | tee "$SCRATCH/said"
    [ "$(grep -c '^test .* ok$' "$SCRATCH/said")" = 5 ]
}

# Judges the traces in a folder by a list, each from where the program has closed itself in.
judge() {
    local name list=$2 asked=$SCRATCH/asked
    for trace in "$1"/*; do awk '/seccomp\(/ {closed = 1; next} closed' "$trace"; done >"$asked"
    sed -nE 's/^([0-9]+ +)?([a-z0-9_]+)\(.*/\2/p' "$asked" | sort | uniq -c | sort -rn | tee "$asked.names"
    grep -Eq ' epoll_p?wait$' "$asked.names" || die "$1: nothing was traced"
    while read -r _ name; do
        grep -Eiq "SYS_$name\\b|const $name:" "$list" "$names" || die "$1: $name is not allowed by $list"
    done <"$asked.names"
    # Where the filter is in force, it refused nothing.
    if grep -w EPERM "$asked"; then die "$1: refused"; fi
}

# The terminal's client, on a target's processor, as one that a member runs: every command and https, traced into a
# folder, all threads of a process in one file, for only the first closes itself in.
joined() {
    local tracer="strace -D -f -qqq -o $1/\$\$"
    [ -z "$RUNNER" ] || tracer="$RUNNER -strace -D $1/%d"
    # shellcheck disable=SC2086 # A command and its arguments.
    [ "$($RUNNER "$JOIN" --version)" = "sanctuary-join $VERSION" ]
    printf '#!/bin/sh\nexec %s "%s" "$@"\n' "$tracer" "$JOIN" >"$SCRATCH/join-$NAME"
    chmod +x "$SCRATCH/join-$NAME"
    told "$SCRATCH/join-$NAME" told::two_talk_by_every_command_and_leave \
        ways::a_certificate_is_trusted_by_its_fingerprint_and_no_other_is \
        verify::the_page_of_the_daemon_is_that_of_its_release_in_plain_and_by_https
    # Memory where no emulator takes some.
    [ -n "$RUNNER" ] || told "$JOIN" lively::it_takes_little_memory_in_a_lively_room
}

# Runs tests with a program as the client.
told() {
    SANCTUARY_JOIN_BIN=$1 cargo test --locked --workspace --test join -- --exact --nocapture "${@:2}" |
        tee "$SCRATCH/said"
    grep -q "^test result: ok. $(($# - 1)) passed" "$SCRATCH/said"
}

for target in $(target_names); do
    use_target "$target"
    traces=$SCRATCH/traces-$NAME
    mkdir "$traces" "$traces-join"
    joined "$traces-join"
    judge "$traces-join" "$list_of_join"
    # shellcheck disable=SC2086 # A command and its arguments.
    [ "$($RUNNER "$BINARY" --version)" = "sanctuary $VERSION" ]
    if [ -n "$RUNNER" ]; then tracer="$RUNNER -strace -D $traces/%d"; else tracer="strace -D -ff -qqq -o $traces/x"; fi
    SANCTUARY_BIN=$BINARY SANCTUARY_RUNNER=$tracer held
    judge "$traces" "$list"
    if [ -n "$RUNNER" ]; then
        env "CARGO_TARGET_$(tr 'a-z-' 'A-Z_' <<<"$TRIPLE")_RUNNER=$RUNNER" RUSTC="$PLATFORMS/rustc" \
            PATH="$PLATFORMS/zig/bin:$PATH" CARGO_ZIGBUILD_ZIG_PATH="$PLATFORMS/zig/ziglang/zig" \
            CARGO_TARGET_DIR="$ROOT/target/filter" \
            RUSTFLAGS='-Clink-self-contained=no -Crelocation-model=pic -Clink-arg=-static -Clink-arg=-pie -Cstrip=symbols' \
            cargo-zigbuild test --lib --release --locked --manifest-path packaging/tests/filter/Cargo.toml --target "$TRIPLE"
    else
        # That memory goes back after a flood is true of musl's allocator alone: looked at where nothing slows it down.
        SANCTUARY_BIN=$BINARY cargo test --locked --workspace --test abuse -- --include-ignored
    fi
done

# And a daemon built for the machine at hand, by its own C library.
mkdir "$SCRATCH/traces-here"
SANCTUARY_RUNNER="strace -D -ff -qqq -o $SCRATCH/traces-here/x" held
judge "$SCRATCH/traces-here" "$list"
