"""Make what follows from the clean report and the list of defects.

python examples/make_draft.py            write report.zh-en.txt, draft.en.txt and DEFECTS.md
python examples/make_draft.py --check    exit 1 when one of them is out of date
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).resolve().parent


@dataclass
class Paragraph:
    """A paragraph of the draft: its text and the lines of the clean report that it renders."""

    text: str
    lines: list[int] = field(default_factory=list)


def load_defects() -> list[dict[str, Any]]:
    """The defects as listed, each with the line in the draft where it shows (``en_line``)."""
    defects: list[dict[str, Any]] = yaml.safe_load((HERE / "defects.yaml").read_text(encoding="utf-8"))
    place: dict[int, int] = {}
    for number, paragraph in enumerate(draft(defects), 1):
        for line in paragraph.lines:
            place.setdefault(line, number)
    for defect in defects:
        # A paragraph that is missing would stand after the one before it.
        defect["en_line"] = place.get(defect["line"]) or place[defect["line"] - 1]
    return defects


def draft(defects: list[dict[str, Any]]) -> list[Paragraph]:
    """The paragraphs of the draft, in its order."""
    rows = (HERE / "report.en.txt").read_text(encoding="utf-8").splitlines()
    paragraphs = [Paragraph(row, [n]) for n, row in enumerate(rows, 1)]
    by_line = {n: p for p in paragraphs for n in p.lines}
    for defect in sorted(defects, key=lambda d: "replace" not in d["edit"]):  # words first, paragraphs last
        apply(defect, paragraphs, by_line)
    return paragraphs


def apply(defect: dict[str, Any], paragraphs: list[Paragraph], by_line: dict[int, Paragraph]) -> None:
    """Plant one defect."""
    edit, mine = defect["edit"], by_line[defect["line"]]
    at = paragraphs.index(mine)
    if "replace" in edit:
        if mine.text.count(edit["replace"]) < 1:
            raise SystemExit(f"line {defect['line']}: {edit['replace']!r} is not there")
        mine.text = mine.text.replace(edit["replace"], edit["with"], 1)
    elif "append" in edit:
        mine.text += edit["append"]
    elif "drop" in edit:
        del paragraphs[at]
    elif "join" in edit:
        other = paragraphs.pop(at + 1)
        mine.text += " " + other.text
        mine.lines += other.lines
    elif "break_before" in edit:
        head, mark, tail = mine.text.partition(edit["break_before"])
        mine.text = head.rstrip()
        paragraphs.insert(at + 1, Paragraph(mark + tail, list(mine.lines)))
    elif "move_before" in edit:
        del paragraphs[at]
        paragraphs.insert(paragraphs.index(by_line[edit["move_before"]]), mine)
    else:
        raise SystemExit(f"line {defect['line']}: unknown edit {sorted(edit)}")


def table(defects: list[dict[str, Any]]) -> str:
    """DEFECTS.md."""
    rows = [
        "# The defects of draft.en.txt",
        "",
        "`draft.en.txt` is the translation of `report.zh.txt` as it might come in for review;",
        "`report.en.txt` is what it should be. Made from `defects.yaml` by `make_draft.py`.",
        "",
        "| No. | Chinese line | English line | category | what is wrong | source | draft |",
        "| --: | --: | --: | --- | --- | --- | --- |",
    ]
    for number, d in enumerate(sorted(defects, key=lambda d: (d["en_line"], d["line"])), 1):
        cells = [
            str(number),
            str(d["line"]),
            str(d["en_line"]),
            d["accept"][0],
            d["what"],
            d["zh"] or "–",
            visible(d["en"]) or "(missing)",
        ]
        rows.append("| " + " | ".join(c.replace("|", "\\|") for c in cells) + " |")
    return "\n".join(rows) + "\n"


def visible(text: str) -> str:
    """Characters that cannot be seen, or be told from others, by their code points."""
    return "".join(
        f"{c} (U+{ord(c):04X})" if "\u0400" <= c <= "\u04ff" else f"(U+{ord(c):04X})" if c == "\u200b" else c
        for c in text
    )


def outputs() -> dict[str, str]:
    """File name -> what it must hold."""
    defects = load_defects()
    chinese, english = (
        (HERE / name).read_text(encoding="utf-8").splitlines() for name in ("report.zh.txt", "report.en.txt")
    )
    if len(chinese) != len(english):
        raise SystemExit(f"{len(chinese)} Chinese paragraphs, {len(english)} English ones")
    return {
        "report.zh-en.txt": "".join(f"{a}\n{b}\n" for a, b in zip(chinese, english, strict=True)),
        "draft.en.txt": "".join(f"{p.text}\n" for p in draft(defects)),
        "DEFECTS.md": table(defects),
    }


def main() -> int:
    """Write the files, or tell which are stale."""
    stale = 0
    for name, text in outputs().items():
        path = HERE / name
        if "--check" not in sys.argv[1:]:
            path.write_text(text, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            print(f"{path} is out of date: run python examples/make_draft.py", file=sys.stderr)
            stale = 1
    return stale


if __name__ == "__main__":
    sys.exit(main())
