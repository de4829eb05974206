"""The public functions, as the README and the pages call them."""

from __future__ import annotations

import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

import aligncheck

ROOT = Path(__file__).resolve().parent.parent.parent
#: The pages check the same example; once is enough.
CHECK, ALIGN = cache(aligncheck.check), cache(aligncheck.align)


@pytest.mark.parametrize("page", ["README.md", "docs/quickstart.md", "docs/python.md"])
def test_the_code_of_the_documentation_runs(
    page: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    monkeypatch.setattr(aligncheck, "check", CHECK)
    monkeypatch.setattr(aligncheck, "align", ALIGN)
    monkeypatch.chdir(tmp_path)  # what the examples write must not stay
    blocks = re.findall(r"```python\n(.*?)```", (ROOT / page).read_text(encoding="utf-8"), re.DOTALL)
    assert blocks
    names: dict[str, object] = {}
    for block in blocks:
        exec(compile(block, page, "exec"), names)


def test_what_the_page_prints_is_what_comes_out(capsys: pytest.CaptureFixture[str]) -> None:
    """``>>>`` examples of the page and of the docstrings."""
    import doctest

    from aligncheck import engine

    results = [
        doctest.testfile(str(ROOT / "docs" / "python.md"), module_relative=False, encoding="utf-8"),
        doctest.testfile(str(ROOT / "docs" / "architecture.md"), module_relative=False, encoding="utf-8"),
        doctest.testmod(engine),
    ]
    assert [r.failed for r in results] == [0, 0, 0], capsys.readouterr().out
    assert all(r.attempted for r in results)


def test_importing_the_package_is_cheap_and_the_verbs_are_functions() -> None:
    program = """
import sys, aligncheck
assert "numpy" not in sys.modules
import aligncheck.pairing.features
from aligncheck import align
assert align is aligncheck.align
assert type(align).__name__ == "function"
"""
    subprocess.run([sys.executable, "-c", program], check=True)


def test_dir_tells_the_verbs() -> None:
    offered = dir(aligncheck)
    assert {"align", "align_texts", "check", "check_texts"} <= set(offered)
    for name in offered:
        assert getattr(aligncheck, name) is not None
    with pytest.raises(AttributeError, match="chekc"):
        getattr(aligncheck, "chekc")  # noqa: B009 - that is the point
