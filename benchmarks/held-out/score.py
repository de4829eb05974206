"""The two documents that nobody tunes on: their slips found, and alarms on the right translation.

    python score.py [OUT]          needs the command ``aligncheck``

All slips of NAME.slips.json are put into NAME.en.txt at once.  A slip counts as found where a finding of meaning,
figures, terms or names touches its words on either side; a finding counts as right where it touches a slip's.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
APART = {"punctuation", "characters", "grammar"}


def findings(zh: Path, en: Path, out: Path) -> list[Any]:
    command = ["aligncheck", "check", zh, en, "--isolated", "-f", "json", "-o", out, "--fail-on", "never"]
    subprocess.run(command, capture_output=True, check=True)
    report = json.loads(next(out.glob("*.json")).read_text("utf-8"))
    return [f for f in report["findings"] if f["severity"] != "neutral" and f["category"] not in APART]


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(tempfile.mkdtemp())
    for path in sorted(HERE.glob("*.slips.json")):
        name = path.name.split(".")[0]
        zh, en = (HERE / f"{name}.{side}.txt" for side in ("zh", "en"))
        chinese, draft = zh.read_text("utf-8").split("\n"), en.read_text("utf-8").split("\n")
        slips = json.loads(path.read_text("utf-8"))
        for s in slips:
            draft[s["line"] - 1] = draft[s["line"] - 1].replace(s["en"], s["bad"], 1)
        target = folder / f"{name}.draft.txt"
        target.write_text("\n".join(draft), "utf-8")
        found, right = set(), 0
        said = findings(zh, target, folder / f"{name}-draft")
        for f in said:
            touched = set()
            for number, s in enumerate(slips):
                line = s["line"]
                for side, text, words in (("source", chinese, s["zh"]), ("target", draft, s["bad"])):
                    at = text[line - 1].find(words) if words else -1
                    if at >= 0 and any(
                        p["line"] == line
                        and p["start"] < at + len(words) + 2
                        and at - 2 < max(p["end"], p["start"] + 1)
                        for p in f[side]
                    ):
                        touched.add(number)
            found |= touched
            right += bool(touched)
        size = sum(map(len, chinese))
        clean = findings(zh, en, folder / f"{name}-clean")
        print(
            f"{name}: {len(found)} of {len(slips)} slips found, {right} of {len(said)} findings right, ",
            end="",
        )
        print(f"clean {1000 * len(clean) / size:.2f} alarms per 1,000 characters")


if __name__ == "__main__":
    main()
