#!/bin/bash
# A whole life of the package under systemd as PID 1, in a container: at this machine's own speed. It has no memory
# controller; the test in a machine of its own does that part.
. "$(dirname "$0")/../lib.sh"
. "$(dirname "$0")/../guests.sh"
need systemd-container
root=$SCRATCH/root share=$SCRATCH/share
tar=$(debian_root amd64)
mkdir "$root" && tar -C "$root" -xf "$tar"
fill_share "$share"
add_unit "$root" 'exit 0' container

group=sanctuary-test-$$
# Mounts and the control group are this test's alone. Where control groups are mixed, the second version is mounted by
# itself, for systemd in the container knows no other.
timeout --signal=TERM --kill-after=10 240 unshare --mount bash -euc '
    mount --make-rprivate /
    mount -t tmpfs tmpfs /run
    umount -R /sys/fs/cgroup
    mount -t cgroup2 cgroup2 /sys/fs/cgroup
    mkdir -p "/sys/fs/cgroup/$0"
    echo $$ >"/sys/fs/cgroup/$0/cgroup.procs"
    SYSTEMD_NSPAWN_UNIFIED_HIERARCHY=1 exec systemd-nspawn --quiet --register=no --keep-unit --private-network \
        --console=read-only --machine=sanctuary-test --bind="$2:/share" --directory="$1" --boot
' "$group" "$root" "$share" </dev/null >"$SCRATCH/console" 2>&1 || { tail -20 "$SCRATCH/console"; true; }
unshare --mount bash -c 'mount -t cgroup2 cgroup2 /mnt && find "/mnt/$0" -depth -type d -exec rmdir {} +' "$group" || true
judge "$share/result"
