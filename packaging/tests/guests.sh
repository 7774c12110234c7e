# Sourced by the tests that boot a system: what both kinds of system need.

# Lays the package, the conversation test and the script of the guest's life into SHARE.
fill_share() {
    local share=$1 built
    mkdir -p "$share"
    cp "$(deb_of x86_64)" "$share/sanctuary.deb"
    cp "$ROOT/packaging/tests/boot/guest" "$share/guest"
    built=$(cd "$ROOT" && cargo test --locked --no-run --test conversation --message-format=json |
        sed -n 's/.*"executable":"\([^"]*conversation-[^"]*\)".*/\1/p' | tail -1)
    # The test is linked to this machine's C library; the guest has the same or a newer one.
    strip -o "$share/conversation" "$built"
}

# Makes the guest run its script as soon as it is up, and end with COMMAND.
add_unit() {
    local root=$1 command=$2 argument=$3
    cat >"$root/etc/systemd/system/guest.service" <<UNIT
[Unit]
After=basic.target dbus.service systemd-user-sessions.service
[Service]
Type=exec
ExecStart=/bin/bash -c 'bash /share/guest $argument >/share/result 2>&1'
ExecStopPost=/bin/systemctl --no-block $command
TimeoutStopSec=20
UNIT
    mkdir -p "$root/etc/systemd/system/multi-user.target.wants"
    ln -sf ../guest.service "$root/etc/systemd/system/multi-user.target.wants/guest.service"
    local unit
    for unit in apt-daily.timer apt-daily-upgrade.timer e2scrub_all.timer e2scrub_reap.service man-db.timer; do
        ln -sf /dev/null "$root/etc/systemd/system/$unit"
    done
}

# Shows what the guest said and judges it.
judge() {
    cat "$1"
    grep -qax RESULT=ok "$1"
}
