#!/bin/bash
# Each ARM binary, on the very processor that it is for: it serves the page and a conversation is held through it.
# A newer processor's instruction would end it at once with SIGILL.
. "$(dirname "$0")/../lib.sh"
need qemu-user-static
cd "$ROOT"
for target in $(target_names); do
    use_target "$target"
    SANCTUARY_BIN=$BINARY SANCTUARY_RUNNER=$RUNNER cargo test --locked --test conversation
    # That memory goes back after a flood is true of musl's allocator alone: looked at where nothing slows it down.
    [ -n "$RUNNER" ] || SANCTUARY_BIN=$BINARY cargo test --locked --test abuse
    # shellcheck disable=SC2086 # A command and its arguments.
    [ "$($RUNNER "$BINARY" --version)" = "sanctuary $VERSION" ]
done
