#!/bin/bash
# In each family's package the documents have kept their names: every link of theirs leads to a file beside them.
. "$(dirname "$0")/../lib.sh"
need rpm cpio

unpack() { mkdir "$SCRATCH/$1" && cd "$SCRATCH/$1"; }
(unpack deb && dpkg-deb -x "$(deb_of x86_64)" .)
(unpack arch && tar -xf "$(arch_of x86_64)")
(unpack rpm && rpm2cpio "$(rpm_of x86_64)" | cpio --quiet -id)

for family in deb arch rpm; do
    followed=0
    while IFS=: read -r document link; do
        [[ $link != *://* && $link != \#* ]] || continue
        [ -f "$(dirname "$document")/${link%%#*}" ] || die "$family: $document leads to $link, which is not there"
        followed=$((followed + 1))
    done < <(grep -ro --include='*.md' '](\([^)]*\))' "$SCRATCH/$family/usr/share/doc/sanctuary" | sed 's/](\(.*\))$/\1/')
    [ "$followed" -ge 3 ] || die "$family: only $followed links"
done
