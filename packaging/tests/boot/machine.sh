#!/bin/bash
# The same life of the package in an emulated computer with a kernel of its own, where also memory runs out.
. "$(dirname "$0")/../lib.sh"
. "$(dirname "$0")/../guests.sh"
need qemu-system-x86 e2fsprogs busybox-static cpio kmod
share=$SCRATCH/root/share

# Debian's kernel for virtual machines, unpacked; and a first file system that has the disk's drivers.
kernel=$PLATFORMS/kernel-amd64
if [ ! -e "$kernel/done" ]; then
    say "fetching Debian's kernel"
    package=$(apt-cache depends --no-recommends --no-suggests linux-image-cloud-amd64 | awk '/Depends: linux-image-/ {print $2; exit}')
    rm -rf "$kernel" && mkdir -p "$kernel/download"
    (cd "$kernel/download" && apt-get -qq download "$package")
    dpkg-deb -x "$kernel"/download/*.deb "$kernel"
    rm -r "$kernel/download" && touch "$kernel/done"
fi
release=$(ls "$kernel/lib/modules")
depmod -b "$kernel" "$release"
first=$SCRATCH/first
mkdir -p "$first"/{bin,lib,proc,sys,dev,disk}
cp /bin/busybox "$first/bin/"
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
(cd "$first" && find . | cpio --quiet -o -H newc | gzip -1) >"$SCRATCH/initrd"

mkdir "$SCRATCH/root" && tar -C "$SCRATCH/root" -xf "$(debian_root amd64)"
fill_share "$share"
add_unit "$SCRATCH/root" poweroff machine
echo '/dev/vda / ext4 rw 0 0' >"$SCRATCH/root/etc/fstab"
truncate -s 1500M "$SCRATCH/disk"
mkfs.ext4 -q -F -O ^has_journal -d "$SCRATCH/root" "$SCRATCH/disk"

timeout 600 qemu-system-x86_64 -M q35 -cpu max -accel tcg,thread=multi -smp 2 -m 1024 -nodefaults -no-reboot \
    -display none -serial "file:$SCRATCH/console" -kernel "$kernel"/boot/vmlinuz-* -initrd "$SCRATCH/initrd" \
    -append "console=ttyS0 root=/dev/vda rw quiet net.ifnames=0 mitigations=off" \
    -drive "file=$SCRATCH/disk,if=none,id=disk,format=raw,cache=unsafe" -device virtio-blk-pci,drive=disk || true
debugfs -R 'cat /share/result' "$SCRATCH/disk" >"$SCRATCH/result" 2>/dev/null
[ -s "$SCRATCH/result" ] || tail -30 "$SCRATCH/console"
judge "$SCRATCH/result"
