#!/usr/bin/env bash
# Packs the extension with its client library: build.sh [OUTPUT.vsix].  Needs npm and its registry.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
output=$(realpath "${1:-$here/aligncheck.vsix}")
command -v npm >/dev/null || { echo "build.sh: npm is not installed" >&2; exit 2; }

# A copy is packed, so that nothing that is fetched comes to lie among the sources.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$here"/{package.json,extension.js,README.md,.vscodeignore} "$here/../../LICENSE" "$work"
cd "$work"
npm install --silent --no-audit --no-fund
npx --yes @vscode/vsce@3 package --out "$output" >vsce.log 2>&1 || { cat vsce.log >&2; exit 1; }

# Without the library the extension would be packed all the same, and never start.
python3 - "$output" <<'PYTHON'
import sys, zipfile
names = set(zipfile.ZipFile(sys.argv[1]).namelist())
needed = {f"extension/{n}" for n in ("package.json", "extension.js", "LICENSE.txt", "node_modules/vscode-languageclient/node.js")}
missing = sorted(needed - names)
sys.exit(f"build.sh: not in the package: {', '.join(missing)}" if missing else 0)
PYTHON
echo "$output"
