#!/usr/bin/env bash
# Build the wheel and the sdist, and the sdist's own wheel; both wheels hold the same files, and the installed one works
# away from the sources: ci/try_dist.sh [PYTHON]   (a Python that has aligncheck's dependencies)
set -euo pipefail
cd "$(dirname "$0")/.."
python=$(realpath -s "${1:-.venv/bin/python}")
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
git ls-files -z | xargs -0 cp --parents -t "$place" # what is committed, nothing that lies about
export SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}
"$python" -m pip install -q 'setuptools>=68' wheel
(cd "$place" && "$python" ci/dist.py dist >/dev/null)
tar -C "$place" -xzf "$place"/dist/*.tar.gz
(cd "$place"/aligncheck-*/ && "$python" -c "from setuptools import build_meta as b; b.build_wheel('$place/again')" >/dev/null 2>&1)
names() { "$python" -m zipfile -l "$1" | awk 'NR > 1 {print $1}' | sort; }
diff <(names "$place"/dist/*.whl) <(names "$place"/again/*.whl) || { echo "the sdist lacks files" >&2; exit 1; }
"$python" -m pip install -q --no-deps --target "$place/site" "$place"/again/*.whl
mkdir "$place/away"
cd "$place/away" # from the sources
report=$(PYTHONPATH="$place/site" "$python" -m aligncheck check ../examples/report.zh.txt ../examples/draft.en.txt -f json -o - --fail-on never --quiet)
echo "$report" | "$python" -c "
import json, sys
report = json.load(sys.stdin)
assert len(report['findings']) > 20, len(report['findings'])
assert 'glossary:official' in report['tool']['signature'], report['tool']['signature']
print('the installed wheel works:', report['tool']['signature'])
"
