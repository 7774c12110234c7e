# Sourced by the tests that boot a system: what all kinds of systems need.

# Makes ROOT a system that lives the life of a target's package, in this place, of this family, and then ends with
# COMMAND. Its words come to stand in ROOT/share/result.
make_guest() {
    local root=$1 target=$2 place=$3 family=$4 command=$5 share=$1/share unit
    mkdir "$root" && tar -C "$root" -xf "$(debian_root "$(use_target "$target" && echo "$DEB_ARCH")")"
    mkdir "$share"
    cp -r "$ROOT/packaging/tests/guest" "$share/guest"
    case $family in
    deb) cp "$(deb_of "$target")" "$share/sanctuary.deb" ;;
    arch) cp "$(arch_of "$target")" "$share/sanctuary.pkg.tar.zst" ;;
    rpm) cp "$(rpm_of "$target")" "$share/sanctuary.rpm" ;;
    esac
    # A reader who follows the documents chooses among all that there is.
    [ "$place" != container ] || { mkdir "$share/dist" && cp "$DIST"/sanctuary[-_]* "$share/dist"; }
    conversation "$target" "$share/conversation"
    cat >"$root/etc/systemd/system/guest.service" <<UNIT
[Unit]
After=basic.target dbus.service systemd-user-sessions.service
[Service]
Type=exec
ExecStart=/bin/bash -c 'bash /share/guest/life $place $family >/share/result 2>&1'
ExecStopPost=/bin/systemctl --no-block $command
TimeoutStopSec=20
UNIT
    mkdir -p "$root/etc/systemd/system/multi-user.target.wants"
    ln -sf ../guest.service "$root/etc/systemd/system/multi-user.target.wants/guest.service"
    for unit in apt-daily.timer apt-daily-upgrade.timer e2scrub_all.timer e2scrub_reap.service man-db.timer; do
        ln -sf /dev/null "$root/etc/systemd/system/$unit"
    done
}

# Builds the conversation test for a target: for this machine's kind as the other tests are, linked to this machine's C
# library, of which the guest has the same or a newer one; for others like their binaries (packaging/build/binary.sh).
conversation() {
    local build=(cargo test --no-run --workspace) strip=strip
    use_target "$1"
    if [ "$NAME" != x86_64 ]; then
        build=(env "RUSTC=$PLATFORMS/rustc" "CARGO_TARGET_DIR=$ROOT/target" "PATH=$PLATFORMS/zig/bin:$PATH"
            "CARGO_ZIGBUILD_ZIG_PATH=$PLATFORMS/zig/ziglang/zig"
            "RUSTFLAGS=-Clink-self-contained=no --cfg=libc_unstable_time64" cargo zigbuild --target "$TRIPLE")
        strip=:
    fi
    (cd "$ROOT" && "${build[@]}" --locked --test conversation --message-format=json) |
        sed -n 's/.*"executable":"\([^"]*conversation-[^"]*\)".*/\1/p' | tail -1 >"$SCRATCH/built"
    cp "$(cat "$SCRATCH/built")" "$2"
    $strip "$2"
}

# Shows what the guest said and judges it.
judge() {
    cat "$1"
    grep -qax RESULT=ok "$1"
}
