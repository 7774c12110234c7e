#!/bin/bash
# pacman installs each architecture's package into an empty root with all its files, keeps changed settings, and
# removes all but those. Its install script wants a system around it: the boot tests run it.
. "$(dirname "$0")/../lib.sh"
need pacman-package-manager libarchive-tools zstd
for target in $(target_names); do
    use_target "$target"
    package=$(arch_of "$target")
    root=$SCRATCH/$NAME
    mkdir -p "$root/var/lib/pacman"
    pacman() {
        command pacman --root "$root" --dbpath "$root/var/lib/pacman" --config /dev/null --arch "$ARCH_ARCH" \
            --cachedir "$SCRATCH/cache" --hookdir "$SCRATCH/hooks" --noconfirm "$@"
    }
    # No dependency is missing in an empty root: the binary is static.
    pacman -U --noscriptlet "$package"
    pacman -Q sanctuary | grep -qx "sanctuary $VERSION-1"
    pacman -Qkk sanctuary
    cmp "$BINARY" "$root/usr/bin/sanctuary"
    for file in etc/sanctuary.toml usr/lib/systemd/system/sanctuary.service usr/lib/sysusers.d/sanctuary.conf \
        usr/share/man/man1/sanctuary.1.gz usr/share/zsh/site-functions/_sanctuary \
        usr/share/licenses/sanctuary/copyright; do
        [ -e "$root/$file" ] || die "$package lacks $file"
    done
    echo 'members = 12' >"$root/etc/sanctuary.toml"
    pacman -U --noscriptlet "$package"
    [ "$(cat "$root/etc/sanctuary.toml")" = 'members = 12' ]
    pacman -U --noscriptlet "$(arch_of "$target" sanctuary-join)"
    pacman -Qkk sanctuary-join
    cmp "$JOIN" "$root/usr/bin/sanctuary-join"
    for file in man/man1/sanctuary-join.1.gz zsh/site-functions/_sanctuary-join licenses/sanctuary-join/copyright; do
        [ -e "$root/usr/share/$file" ] || die "sanctuary-join's package lacks $file"
    done
    pacman -R --noscriptlet sanctuary
    [ -e "$root/usr/bin/sanctuary-join" ]
    pacman -R --noscriptlet sanctuary-join
    [ "$(cd "$root" && find . -path ./var -prune -o -type f -print)" = ./etc/sanctuary.toml.pacsave ]
done
