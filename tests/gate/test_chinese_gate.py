"""The gate in Chinese: its table, its reasons and its complaints."""

from __future__ import annotations

from tests.gate.conftest import EN, ZH, Desk
from tests.language.chinese_page import english
from tests.language.test_catalogue import PROSE
from tests.language.test_chinese_pages import bare


def test_the_gate_speaks_chinese(desk: Desk) -> None:
    desk.draft("plan", EN.replace("350", "530"))
    desk.draft("good", EN)
    (desk.root / "drafts" / "lonely.zh.txt").write_text(ZH, encoding="utf-8")
    for options in ((), ("--summary", "summary.md"), ("--max-penalty", "0.1")):
        code, out, err = desk.run("gate", *options, "--lang", "zh")
        assert code in (1, 2), err  # a file without its partner is a mistake
        assert english(row.strip() for row in (out + err).splitlines()) == []
        prose = [
            row
            for row in (out + err).splitlines()
            if PROSE.search(bare(row)) and "The Chinese has no" not in row
        ]
        assert prose == []
