#!/bin/bash
# In a clean Debian of each release: install, change a setting, upgrade, remove, purge. After that the system is as it
# was before, but for the user and its group, to whom files may have been given.
. "$(dirname "$0")/../lib.sh"
for suite in $SUITES; do
    root=$SCRATCH/$suite
    mkdir "$root" && tar -C "$root" -xf "$(debian_root amd64 "$suite")"
    cp "$(deb_of x86_64)" "$root/tmp/sanctuary.deb"
    cp "$(deb_of x86_64 sanctuary-join)" "$root/tmp"
    next_version "$(deb_of x86_64)" "$root/tmp/next.deb"
    listing "$root" >"$SCRATCH/before"

    in_root "$root" apt-get -q install --yes --no-install-recommends /tmp/sanctuary.deb | tee "$SCRATCH/said"
    grep -q 'systemctl enable --now sanctuary' "$SCRATCH/said"
    grep -q 'http://localhost/' "$SCRATCH/said"
    [ "$(in_root "$root" sanctuary --version)" = "sanctuary $VERSION" ]
    in_root "$root" sanctuary check
    in_root "$root" id sanctuary
    in_root "$root" man --pager=cat sanctuary | grep -q 'EXIT STATUS'
    in_root "$root" man --pager=cat sanctuary.toml | grep -q 'connections_by_address'
    # The terminal's client is another package, which the daemon's command says how to install.
    status=0
    in_root "$root" sanctuary join --version 2>"$SCRATCH/said" || status=$?
    [ "$status" = 69 ]
    install=$(sed -n 's/^    apt install/apt-get -q install --yes/p' "$SCRATCH/said")
    in_root "$root" bash -euc "cd /tmp && $install"
    [ "$(in_root "$root" sanctuary join --version)" = "sanctuary-join $VERSION" ]
    in_root "$root" man --pager=cat sanctuary-join | grep -q 'EXIT STATUS'
    [ -z "$(dpkg-deb -f "$(deb_of x86_64 sanctuary-join)" Depends)" ]
    in_root "$root" apt-get -q purge --yes sanctuary-join
    # Installing opens no port and enables nothing.
    [ ! -e "$root/etc/systemd/system/multi-user.target.wants/sanctuary.service" ]
    [ ! -e "$root/etc/systemd/system/sockets.target.wants/sanctuary.socket" ]

    echo 'members = 12' >"$root/etc/sanctuary.toml"
    in_root "$root" systemctl enable sanctuary
    in_root "$root" apt-get -q install --yes --no-install-recommends /tmp/next.deb
    [ "$(in_root "$root" dpkg-query -W -f '${Version}' sanctuary)" = "$VERSION+next" ]
    [ "$(cat "$root/etc/sanctuary.toml")" = 'members = 12' ]
    [ -L "$root/etc/systemd/system/multi-user.target.wants/sanctuary.service" ]

    install -D --mode=640 /dev/null "$root/etc/sanctuary/key.pem"
    in_root "$root" chgrp -R sanctuary /etc/sanctuary
    users() { grep -h '^sanctuary:' "$root/etc/passwd" "$root/etc/group"; }
    users >"$SCRATCH/users"
    [ "$(wc -l <"$SCRATCH/users")" = 2 ]

    in_root "$root" apt-get -q remove --yes sanctuary
    [ ! -e "$root/usr/bin/sanctuary" ]
    [ "$(cat "$root/etc/sanctuary.toml")" = 'members = 12' ]

    in_root "$root" apt-get -q purge --yes sanctuary
    # Nor does the next service get the key, which root gave to the group; and who installs again finds it as it was.
    in_root "$root" useradd --system newcomer
    [ "$(in_root "$root" runuser -u newcomer -- cat /etc/sanctuary/key.pem 2>&1)" = \
        'cat: /etc/sanctuary/key.pem: Permission denied' ]
    in_root "$root" userdel newcomer
    rm -r "$root/etc/sanctuary"
    listing "$root" | sort >"$SCRATCH/after"
    sort "$SCRATCH/before" "$SCRATCH/users" | diff - "$SCRATCH/after"

    in_root "$root" apt-get -q install --yes --no-install-recommends /tmp/sanctuary.deb
    users | diff "$SCRATCH/users" -
done
