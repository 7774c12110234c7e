# Sourced by the tests of source packages: what run.sh has made for them, and how they build it.
# shellcheck shell=bash disable=SC2034
SOURCES=$ROOT/target/packages/sources-made

# Unoptimised, for how good the code gets is not what is asked here.
export CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_OPT_LEVEL=0 CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16
# Without a home, rustup's cargo would not find its compiler.
export RUSTUP_HOME=${RUSTUP_HOME:-$HOME/.rustup}

# Runs a command where there is no network.
offline() { unshare --net "$@"; }
