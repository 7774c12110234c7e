#!/bin/bash
# usage: container.sh [FAMILY...]      A whole life of each family's package under systemd as PID 1, in a container: at
# this machine's own speed. It has no memory controller, no AppArmor and no clock of its own; the test in a machine of
# its own does those parts.
. "$(dirname "$0")/../lib.sh"
. "$(dirname "$0")/../guests.sh"
need systemd-container

live() {
    local root=$SCRATCH/root-$1 group=sanctuary-test-$$
    make_guest "$root" x86_64 container "$1" 'exit 0'
    # Mounts and the control group are this test's alone. Where control groups are mixed, the second version is mounted
    # by itself, for systemd in the container knows no other.
    timeout --signal=TERM --kill-after=10 600 unshare --mount bash -euc '
        mount --make-rprivate /
        mount -t tmpfs tmpfs /run
        umount -R /sys/fs/cgroup
        mount -t cgroup2 cgroup2 /sys/fs/cgroup
        mkdir -p "/sys/fs/cgroup/$0"
        echo $$ >"/sys/fs/cgroup/$0/cgroup.procs"
        SYSTEMD_NSPAWN_UNIFIED_HIERARCHY=1 exec systemd-nspawn --quiet --register=no --keep-unit --private-network \
            --console=read-only --machine=sanctuary-test --directory="$1" --boot
    ' "$group" "$root" </dev/null >"$SCRATCH/console" 2>&1 || tail -20 "$SCRATCH/console"
    unshare --mount bash -c \
        'mount -t cgroup2 cgroup2 /mnt && find "/mnt/$0" -depth -type d -exec rmdir {} +' "$group" || true
    judge "$root/share/result"
}

[ $# -gt 0 ] || set -- deb arch rpm
for family; do
    say "a life of the package for $family"
    live "$family"
done
