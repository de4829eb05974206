"""The newcomer's way: from the project's folder, the example leaves its reports in reports_out/."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from .judging import EXAMPLES


def test_reports_lie_where_one_stands(tmp_path: Path) -> None:
    run = subprocess.run(
        [
            sys.executable,
            "-m",
            "aligncheck",
            "check",
            str(EXAMPLES / "report.zh.txt"),
            str(EXAMPLES / "draft.en.txt"),
            "--fail-on",
            "never",
        ],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert sorted(p.name for p in (tmp_path / "reports_out").iterdir()) == [
        "report.zh.aligncheck.html",
        "report.zh.aligncheck.xml",
    ]
    assert not (EXAMPLES / "reports_out").exists()
    assert run.stdout == ""
