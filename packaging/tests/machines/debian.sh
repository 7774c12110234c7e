#!/bin/bash
# usage: debian.sh [TARGET...]      The same life of the Debian package in an emulated computer, with a kernel of its
# own: where also memory runs out, the clock jumps, and AppArmor confines.
. "$(dirname "$0")/../lib.sh"
. "$(dirname "$0")/../guests.sh"
need qemu-system-x86 qemu-system-arm e2fsprogs cpio kmod

# A first file system with the drivers of the disk, which switches to the system on it.
first_system() {
    local kernel=$1 first=$SCRATCH/first-$2 release module
    release=$(ls "$kernel/lib/modules")
    mkdir -p "$first"/{bin,lib,proc,sys,dev,disk}
    cp "$kernel/bin/busybox" "$first/bin/"
    depmod -b "$kernel" "$release"
    for module in virtio_pci virtio_blk ext4; do
        modprobe -d "$kernel" -S "$release" --show-depends "$module" | awk '$1 == "insmod" {print $2}'
    done | awk '!seen[$0]++' | while read -r file; do
        cp "$file" "$first/lib/"
        basename "$file" >>"$first/lib/order"
    done
    cat >"$first/init" <<'INIT'
#!/bin/busybox sh
/bin/busybox mount -t proc proc /proc
/bin/busybox mount -t sysfs sys /sys
/bin/busybox mount -t devtmpfs dev /dev
while read -r module; do /bin/busybox insmod "/lib/$module"; done </lib/order
until [ -b /dev/vda ]; do /bin/busybox usleep 50000; done
/bin/busybox mount -t ext4 /dev/vda /disk
for folder in dev proc sys; do /bin/busybox mount --move "/$folder" "/disk/$folder"; done
exec /bin/busybox switch_root /disk /lib/systemd/systemd
INIT
    chmod +x "$first/init"
    (cd "$first" && find . | cpio --quiet -o -H newc | gzip -1)
}

live() {
    local target=$1 root=$SCRATCH/root-$1 disk=$SCRATCH/disk-$1 console=ttyS0 kernel machine
    use_target "$target"
    case $target in
    x86_64) machine=(qemu-system-x86_64 -M q35 -cpu max) ;;
    aarch64) machine=(qemu-system-aarch64 -M virt -cpu cortex-a53) console=ttyAMA0 ;;
    *) die "no machine for $target: x86_64 or aarch64" ;;
    esac
    kernel=$(debian_kernel "$DEB_ARCH" "linux-image-cloud-$DEB_ARCH" busybox-static)
    first_system "$kernel" "$target" >"$SCRATCH/first-$target.cpio.gz"
    make_guest "$root" "$target" machine deb poweroff
    echo '/dev/vda / ext4 rw 0 0' >"$root/etc/fstab"
    truncate -s 1500M "$disk"
    mkfs.ext4 -q -F -O ^has_journal -d "$root" "$disk"

    # The machine's clock counts its instructions, 500 million a second: a busy host makes no slow machine of it.
    timeout 3600 "${machine[@]}" -accel tcg -icount shift=1 -smp 1 -m 1024 -nodefaults -no-reboot -display none \
        -serial "file:$SCRATCH/console" -kernel "$kernel"/boot/vmlinuz-* -initrd "$SCRATCH/first-$target.cpio.gz" \
        -append "console=$console root=/dev/vda rw quiet net.ifnames=0 mitigations=off" \
        -drive "file=$disk,if=none,id=disk,format=raw,cache=unsafe" -device virtio-blk-pci,drive=disk || true
    debugfs -R 'cat /share/result' "$disk" >"$SCRATCH/result" 2>/dev/null
    [ -s "$SCRATCH/result" ] || tail -30 "$SCRATCH/console"
    judge "$SCRATCH/result"
}

[ $# -gt 0 ] || set -- x86_64
for target; do
    say "a life of the package on $target"
    live "$target"
done
