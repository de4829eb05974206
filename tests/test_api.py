"""The public functions, as the README calls them."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ROOT / "examples"


@pytest.mark.parametrize("page", ["README.md", "docs/quickstart.md"])
def test_the_code_of_the_documentation_runs(page: str) -> None:
    blocks = re.findall(r"```python\n(.*?)```", (ROOT / page).read_text(encoding="utf-8"), re.DOTALL)
    assert blocks
    for block in blocks:
        subprocess.run([sys.executable, "-c", block], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


@pytest.mark.parametrize(
    "first",
    [
        "pass",
        "aligncheck.check(zh, en)",
        "from aligncheck.pairing import align as inner",
        "import aligncheck.pairing.features",
        "aligncheck.align",
    ],
)
def test_align_is_a_function_whatever_was_imported_before(first: str) -> None:
    program = f"""
import aligncheck
zh, en = {str(EXAMPLES / "report.zh.txt")!r}, {str(EXAMPLES / "report.en.txt")!r}
{first}
bitext = aligncheck.align(zh, en)
assert bitext.beads[0].links
from aligncheck import align
assert align is aligncheck.align
from aligncheck.pairing import lexicon_of
"""
    subprocess.run([sys.executable, "-c", program], check=True)


def test_importing_the_package_is_cheap() -> None:
    program = "import sys, aligncheck; sys.exit('numpy' in sys.modules)"
    subprocess.run([sys.executable, "-c", program], check=True)
