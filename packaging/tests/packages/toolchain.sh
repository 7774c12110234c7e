#!/bin/bash
# No compiler is taken that is too old for the sources: apt's list is fetched anew, and where that knows none either, it
# is said before anything is built.
. "$(dirname "$0")/../lib.sh"
export SCRATCH
mkdir "$SCRATCH/bin"
cat >"$SCRATCH/bin/apt-cache" <<'APT'
#!/bin/sh
[ "$1" != policy ] || echo "  Candidate: $(cat "$SCRATCH/known")"
APT
cat >"$SCRATCH/bin/apt-get" <<'APT'
#!/bin/sh
case " $* " in
*' update '*) cp "$SCRATCH/newest" "$SCRATCH/known" ;;
*' download '*) cp "$SCRATCH/known" "$SCRATCH/fetched" && exit 1 ;;
esac
APT
chmod +x "$SCRATCH/bin"/*

# usage: fetched KNOWN NEWEST      The version that is fetched where apt's list has one and its archive another.
fetched() {
    echo "$1" >"$SCRATCH/known"
    echo "$2" >"$SCRATCH/newest"
    rm -f "$SCRATCH/fetched"
    # Nothing is there to be unpacked in the end.
    if PATH=$SCRATCH/bin:$PATH PLATFORMS=$SCRATCH/platforms "$ROOT/packaging/build/toolchain.sh" x86_64 2>"$SCRATCH/said"; then
        die "it is done without a compiler"
    fi
    [ ! -e "$SCRATCH/fetched" ] || cat "$SCRATCH/fetched"
}

least=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' "$ROOT/Cargo.toml")
[ "$(fetched "$least.0" none)" = "$least.0" ]
[ "$(fetched 1.5.0 "$least.1")" = "$least.1" ]
[ "$(fetched '(none)' "$least.1")" = "$least.1" ]
for old in 1.5.0 '(none)'; do
    [ -z "$(fetched "$old" "$old")" ]
    grep -q "rustc $least is needed" "$SCRATCH/said"
done
# One that was unpacked for older sources is not enough either.
mkdir -p "$SCRATCH/platforms/rust"
echo 'rustc-web 1.5.0 amd64 sha256:0' >"$SCRATCH/platforms/rust/packages"
[ "$(fetched "$least.0" none)" = "$least.0" ]
