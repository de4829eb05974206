#!/usr/bin/env bash
# Builds the container image and holds it to what the documentation promises of it.
set -euo pipefail
cd "$(dirname "$0")/.."
image=${1:-aligncheck}
most=300000000 # bytes

docker build --quiet --tag "$image" .

size=$(docker image inspect --format '{{.Size}}' "$image")
echo "$image: $size bytes"
if [ "$size" -gt "$most" ]; then
    echo "the image is larger than $most bytes" >&2
    exit 1
fi
user=$(docker run --rm --entrypoint id "$image" -u)
if [ "$user" -eq 0 ]; then
    echo "the image runs as root" >&2
    exit 1
fi

# The example repository passes in it, without any network, and a wrong figure is refused.
desk=$(mktemp -d)
trap 'rm -rf "$desk"' EXIT
cp -r examples/editorial-repo/. "$desk"
git -C "$desk" init -q
git -C "$desk" add -A
git -C "$desk" -c user.name=ci -c user.email=ci@example.org commit -q -m "the drafts"
chmod -R a+rwX "$desk"
docker run --rm --network none -v "$desk:/work" "$image" gate --no-reports
sed -i 's/240 shipping companies/420 shipping companies/' "$desk/drafts/harbour-plan.en.txt"
code=0
docker run --rm --network none -v "$desk:/work" "$image" gate --no-reports --changed-since HEAD || code=$?
[ "$code" -eq 1 ] || { echo "the gate let a wrong figure pass (exit $code)" >&2; exit 1; }
echo "the image keeps its promises"
