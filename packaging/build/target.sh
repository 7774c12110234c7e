#!/bin/bash
# usage: target.sh TARGET binary|join|triple|debian      Prints one fact about a target, for the Makefile.
. "$(dirname "$0")/common.sh"
use_target "$1"
case $2 in
binary) echo "$BINARY" ;;
join) echo "$JOIN" ;;
triple) echo "$TRIPLE" ;;
debian) echo "$DEB_ARCH" ;;
*) die "unknown fact '$2'" ;;
esac
