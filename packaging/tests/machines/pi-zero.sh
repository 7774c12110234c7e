#!/bin/bash
# The ARMv6 binary on a Raspberry Pi Zero, as QEMU has it: ARM1176, 512 MB, with Debian's own kernel for this board. It
# makes a certificate and serves the page over IPv4 and IPv6, closed in as far as this board's kernel knows how. (What
# fetches the page here is busybox, whose TLS is too old; the tests of processors do that.)
. "$(dirname "$0")/../lib.sh"
need qemu-system-arm cpio
use_target armv6

kernel=$(debian_kernel armel linux-image-rpi busybox-static)
first=$SCRATCH/first
mkdir -p "$first"/{bin,proc,sys,dev,etc}
cp "$kernel/bin/busybox" "$first/bin/"
cp "$BINARY" "$first/bin/sanctuary"
echo 'nobody:x:65534:65534::/:' >"$first/etc/passwd"
echo 'nogroup:x:65534:' >"$first/etc/group"
printf '%s\n' 'user = "nobody"' 'self_signed = true' 'redirect_to_https = false' >"$first/etc/sanctuary.toml"
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
until $b wget -q -O /page http://127.0.0.1/ || [ $tries = 600 ]; do tries=$((tries + 1)); $b usleep 250000; done
is_page() { $b grep -q '<title>Sanctuary' "$1"; }
is_page /page && $b wget -q -O /page6 'http://[::1]/' && is_page /page6 &&
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
end=$((SECONDS + 600))
while kill -0 $machine && [ $SECONDS -lt $end ] && ! grep -aqE 'RESULT=|panic' "$SCRATCH/console"; do sleep 0.5; done
kill $machine 2>/dev/null || true
wait $machine || true
cat "$SCRATCH/console"
awk '/VmRSS/ {print "FIGURE resident:", $2, $3}' "$SCRATCH/console"
grep -aq 'Nobody vouches for the certificate' "$SCRATCH/console"
grep -aq 'RESULT=ok' "$SCRATCH/console"
