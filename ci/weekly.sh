#!/usr/bin/env bash
# What a week is soon enough for: damaged input for half an hour, the lowest dependencies, licences, equal bytes,
# and how many small changes of the core the tests notice.
set -euo pipefail
cd "$(dirname "$0")/.."
.venv/bin/python benchmarks/fuzz/run.py --minutes "${1:-30}" --seed "$(date +%G%V)" --keep found
ci/lowest.sh
.venv/bin/python benchmarks/mutation/run.py --most 60
.venv/bin/python ci/sbom.py --licences
first=$(.venv/bin/python ci/dist.py "$(mktemp -d)" | cut -d' ' -f1)
second=$(.venv/bin/python ci/dist.py "$(mktemp -d)" | cut -d' ' -f1)
[ "$first" = "$second" ] || { echo "two builds differ" >&2; exit 1; }
