#!/bin/bash
# What `make dist` ends with: sums of all files, signed when a key is named, and of a folder that is there already
# nothing is removed but what the last release was. And what it names the tools by is what is at work.
. "$(dirname "$0")/../lib.sh"
need gpg gpg-agent
finish() { (cd "$SCRATCH" && DIST=$SCRATCH/dist SIGN=${1:-} "$ROOT/packaging/build/finish.sh" "$SCRATCH/new"); }
prepare() { mkdir "$SCRATCH/new" && for file; do echo "$file $RANDOM" >"$SCRATCH/new/$file"; done; }

mkdir "$SCRATCH/dist"
echo mine >"$SCRATCH/dist/notes.txt"
echo mine >"$SCRATCH/dist/sanctuary-mine"
prepare sanctuary-1 sanctuary_1.deb BUILDINFO
finish
(cd "$SCRATCH/dist" && sha256sum --check --strict SHA256SUMS)
rm -r "$SCRATCH/new"

# Changed since, beside it, or only named by what is no list of ours: all of it stays.
echo changed >>"$SCRATCH/dist/sanctuary_1.deb"
echo outside >"$SCRATCH/sanctuary-outside"
(cd "$SCRATCH/dist" && sha256sum notes.txt ../sanctuary-outside >>SHA256SUMS)
export GNUPGHOME=$SCRATCH/keys
mkdir -m700 "$GNUPGHOME"
gpg --batch --passphrase '' --quick-generate-key 'Sanctuary test <test@sanctuary.invalid>' ed25519 sign never
prepare sanctuary-2 sanctuary_2.deb BUILDINFO
if finish nobody@sanctuary.invalid; then die "a release was signed by a key that is not there"; fi
[ -e "$SCRATCH/dist/sanctuary-1" ]
finish test@sanctuary.invalid
[ "$(cd "$SCRATCH/dist" && echo *)" = \
    'BUILDINFO SHA256SUMS SHA256SUMS.asc notes.txt sanctuary-2 sanctuary-mine sanctuary_1.deb sanctuary_2.deb' ]
[ -e "$SCRATCH/sanctuary-outside" ]
rm -r "$SCRATCH/new"
# Under the name of a new one, too.
echo changed >"$SCRATCH/dist/sanctuary-2"
prepare sanctuary-2 BUILDINFO
finish test@sanctuary.invalid
[ "$(cat "$SCRATCH/dist/sanctuary-2.~1~")" = changed ]
cd "$SCRATCH/dist"
gpg --verify SHA256SUMS.asc SHA256SUMS
sha256sum --check --strict SHA256SUMS
echo '# more' >>SHA256SUMS
if gpg --verify SHA256SUMS.asc SHA256SUMS; then die "the signature holds for other sums"; fi
gpgconf --kill gpg-agent

cd "$ROOT"
packaging/build/buildinfo.sh | tee "$SCRATCH/BUILDINFO"
while read -r kind name version _; do
    case $kind in
    toolchain:) [ -n "$version" ] ;;
    package:) dpkg-query -W -f '${Version}\n' "$name" | grep -Fqx "$version" ;;
    esac
done <"$SCRATCH/BUILDINFO"
grep -q '^toolchain: rustc-web .* sha256:[0-9a-f]\{64\}$' "$SCRATCH/BUILDINFO"
grep -q '^PyPI: ziglang==.* sha256:[0-9a-f]\{64\}$' "$SCRATCH/BUILDINFO"
# The compiler that it names is the one that compiles.
"$PLATFORMS/rustc" --version | grep -Fq "$(sed -n 's/^toolchain: rustc-web \([0-9.]*\).*/\1/p' "$SCRATCH/BUILDINFO")"
# By it, what is here is known to be the same, and what is not is fetched: here, that there is no such version.
BUILDINFO=$SCRATCH/BUILDINFO packaging/build/toolchain.sh x86_64
sed 's/^\(toolchain: rustc-web\) [^ ]*/\1 0.0.1/' "$SCRATCH/BUILDINFO" >"$SCRATCH/other"
if BUILDINFO=$SCRATCH/other packaging/build/toolchain.sh x86_64; then die "another compiler was taken for the same"; fi
"$PLATFORMS/rustc" --version
# No image but by digest, no file of PyPI but by its own.
if grep '^image = ' cross.toml | grep -v '@sha256:[0-9a-f]\{64\}"$'; then die "an image without a digest"; fi
