#!/usr/bin/env bash
# Try the lowest version of every dependency that setup.cfg allows: ci/lowest.sh [PYTHON]   (needs uv)
set -euo pipefail
cd "$(dirname "$0")/.."
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
uv venv -q -p "${1:-3.10}" "$place/venv"
uv pip install -q -p "$place/venv/bin/python" --resolution lowest-direct ".[test]"
# From a copy of the tests alone, so that the installed package is what is tested.
cp -r tests examples benchmarks setup.cfg "$place/"
cd "$place"
venv/bin/python -m pytest -q -p no:randomly -o filterwarnings=default \
    tests/segment tests/readers/test_contract.py tests/terms/test_termbase.py tests/reports/test_formats.py \
    tests/surface tests/gate/test_waivers.py tests/words tests/encode tests/judge
