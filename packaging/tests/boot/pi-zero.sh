#!/bin/bash
# The ARMv6 binary on a Raspberry Pi Zero, as QEMU has it: ARM1176, 512 MB, with Debian's own kernel for this board. It
# serves the page over IPv4 and IPv6, closed in as far as this board's kernel knows how.
. "$(dirname "$0")/../lib.sh"
need qemu-system-arm cpio
use_target armv6

kernel=$PLATFORMS/kernel-rpi
if [ ! -e "$kernel/done" ]; then
    say "fetching Debian's kernel for the Pi Zero and a busybox for ARMv6"
    rm -rf "$kernel" && mkdir -p "$kernel/lists/partial" "$kernel/download/partial" "$kernel/state"
    mirror=$(sed -n 's/^URIs: //p' /etc/apt/sources.list.d/debian.sources 2>/dev/null | head -1)
    # Package lists of another architecture, apart from this machine's own.
    echo "deb [arch=armel signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] ${mirror:?apt names no mirror in debian.sources} bookworm main" >"$kernel/sources"
    : >"$kernel/state/status"
    options=(-qq -o "Dir::Etc::SourceList=$kernel/sources" -o Dir::Etc::SourceParts=/dev/null -o "Dir::State::Lists=$kernel/lists"
        -o "Dir::State::status=$kernel/state/status" -o "Dir::Cache=$kernel/download" -o APT::Architecture=armel -o APT::Architectures=armel
        -o APT::Sandbox::User=root)
    apt-get "${options[@]}" update
    image=$(apt-cache "${options[@]}" depends linux-image-rpi | awk '/Depends: linux-image-/ {print $2; exit}')
    (cd "$kernel/download" && apt-get "${options[@]}" download "$image" busybox-static)
    for package in "$kernel"/download/*.deb; do dpkg-deb -x "$package" "$kernel"; done
    rm -r "$kernel/download" "$kernel/lists" && touch "$kernel/done"
fi

first=$SCRATCH/first
mkdir -p "$first"/{bin,proc,sys,dev,etc}
cp "$kernel/bin/busybox" "$first/bin/"
cp "$BINARY" "$first/bin/sanctuary"
echo 'nobody:x:65534:65534::/:' >"$first/etc/passwd"
echo 'nogroup:x:65534:' >"$first/etc/group"
echo 'user = "nobody"' >"$first/etc/sanctuary.toml"
cat >"$first/init" <<'INIT'
#!/bin/busybox sh
b=/bin/busybox
$b mount -t proc proc /proc
$b mount -t sysfs sys /sys
$b mount -t devtmpfs dev /dev
$b ip link set lo up
$b grep -E 'model name|Hardware' /proc/cpuinfo
$b uname -rm
/bin/sanctuary --version
/bin/sanctuary serve >/dev/console 2>&1 &
daemon=$!
tries=0
until $b wget -q -O /page http://127.0.0.1/ || [ $tries = 60 ]; do tries=$((tries + 1)); $b usleep 250000; done
$b grep -q '<title>Sanctuary' /page && $b wget -q -O - 'http://[::1]/' | $b grep -q '<title>Sanctuary' &&
    $b grep -E 'VmRSS|VmLck' /proc/$daemon/status && $b kill $daemon && wait $daemon && echo RESULT=ok || echo RESULT=failed
$b sleep 3600
INIT
chmod +x "$first/init"
(cd "$first" && find . | cpio --quiet -o -H newc | gzip -1) >"$SCRATCH/initrd"

# QEMU's board lacks the power controller, which the kernel's driver for it takes amiss: it is left out, and with it
# the way to switch off. So the machine is ended from here as soon as it has said how it went.
: >"$SCRATCH/console"
qemu-system-arm -M raspi0 -kernel "$kernel"/boot/vmlinuz-*-rpi -dtb "$(find "$kernel" -name bcm2835-rpi-zero.dtb)" \
    -initrd "$SCRATCH/initrd" -display none -no-reboot -monitor none -serial "file:$SCRATCH/console" \
    -append 'console=ttyAMA0,115200 rdinit=/init initcall_blacklist=bcm2835_pm_driver_init panic=-1 quiet' </dev/null &
machine=$!
end=$((SECONDS + 240))
while kill -0 $machine && [ $SECONDS -lt $end ] && ! grep -aqE 'RESULT=|panic' "$SCRATCH/console"; do sleep 0.5; done
kill $machine 2>/dev/null || true
wait $machine || true
cat "$SCRATCH/console"
grep -aq 'RESULT=ok' "$SCRATCH/console"
