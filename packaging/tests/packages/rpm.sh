#!/bin/bash
# rpm installs each architecture's package into an empty root with all its files, keeps changed settings, and erases it.
# Scriptlets want a system around them: the boot tests run them.
. "$(dirname "$0")/../lib.sh"
need rpm
for target in $(target_names); do
    use_target "$target"
    package=$(rpm_of "$target")
    root=$SCRATCH/$NAME
    mkdir -p "$root"
    rpm() { command rpm --root "$root" --dbpath /var/lib/rpm "$@"; }
    [ "$(rpm -qp --qf '%{NAME} %{VERSION} %{ARCH} %{LICENSE}' "$package")" = "sanctuary $VERSION $RPM_ARCH GPL-3.0-or-later" ]
    [ "$(rpm -qp --configfiles "$package")" = /etc/sanctuary.toml ]
    rpm --install --nodeps --noscripts --ignorearch "$package"
    rpm --verify --nodeps sanctuary
    cmp "$BINARY" "$root/usr/bin/sanctuary"
    [ -e "$root/usr/share/licenses/sanctuary/copyright" ]
    [ ! -e "$root/etc/apparmor.d" ]
    echo 'members = 12' >"$root/etc/sanctuary.toml"
    rpm --upgrade --force --nodeps --noscripts --ignorearch "$package"
    [ "$(cat "$root/etc/sanctuary.toml")" = 'members = 12' ]
    rpm --install --nodeps --noscripts --ignorearch "$(rpm_of "$target" sanctuary-join)"
    rpm --verify --nodeps sanctuary-join
    cmp "$JOIN" "$root/usr/bin/sanctuary-join"
    [ -e "$root/usr/share/licenses/sanctuary-join/copyright" ]
    [ -z "$(rpm -q --requires sanctuary-join | grep -v '^rpmlib(')" ]
    rpm --erase --noscripts sanctuary
    [ -e "$root/usr/bin/sanctuary-join" ]
    rpm --erase --noscripts sanctuary-join
    [ ! -e "$root/usr/bin/sanctuary-join" ]
    [ ! -e "$root/usr/bin/sanctuary" ]
done
