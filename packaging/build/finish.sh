#!/bin/bash
# usage: finish.sh FOLDER      Makes what is in FOLDER the release in dist/: with SHA256SUMS, signed where SIGN names a
# key, in place of the release that was made there before, and of nothing else.
. "$(dirname "$0")/common.sh"
cd "${1:?usage: finish.sh FOLDER}"
rm -f SHA256SUMS SHA256SUMS.asc
sha256sum -- * >SHA256SUMS
[ -z "${SIGN:-}" ] || gpg --yes --local-user "$SIGN" --armor --output SHA256SUMS.asc --detach-sign SHA256SUMS

mkdir -p "$DIST"
# That release says itself what it was. A file that somebody has changed since, or put beside it, is not ours.
if [ -e "$DIST/SHA256SUMS" ]; then
    while IFS= read -r line; do
        name=${line#*  }
        case $name in BUILDINFO | sanctuary[-_]*) ;; *) continue ;; esac
        case $name in */*) continue ;; esac
        if (cd "$DIST" && sha256sum --check --status <<<"$line" 2>/dev/null); then rm -- "$DIST/$name"; fi
    done <"$DIST/SHA256SUMS"
    rm -f "$DIST/SHA256SUMS" "$DIST/SHA256SUMS.asc"
fi
mv --backup=numbered -- * "$DIST"
say "$(wc -l <"$DIST/SHA256SUMS") files and SHA256SUMS in $DIST"
