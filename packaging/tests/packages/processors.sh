#!/bin/bash
# Each binary, on the very processor that it is for: it serves the page, and conversations are held through it in the
# clear and by https, with a certificate from files and one made at start. A newer processor's instruction would end it
# at once with SIGILL.
. "$(dirname "$0")/../lib.sh"
need qemu-user-static
cd "$ROOT"
for target in $(target_names); do
    use_target "$target"
    # shellcheck disable=SC2086 # A command and its arguments.
    [ "$($RUNNER "$BINARY" --version)" = "sanctuary $VERSION" ]
    SANCTUARY_BIN=$BINARY SANCTUARY_RUNNER=$RUNNER cargo test --locked --test conversation --test tls -- \
        a_page_is_served_and_a_conversation_held \
        a_conversation_passes_and_goes_on_over_a_reload_with_another_certificate \
        what_is_printed_of_a_certificate_made_at_start_is_what_is_served_and_binds_no_browser |
        tee "$SCRATCH/said"
    [ "$(grep -c '^test .* ok$' "$SCRATCH/said")" = 3 ]
    # That memory goes back after a flood is true of musl's allocator alone: looked at where nothing slows it down.
    [ -n "$RUNNER" ] || SANCTUARY_BIN=$BINARY cargo test --locked --test abuse
done
