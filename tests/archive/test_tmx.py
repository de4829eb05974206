"""The translation memory of a whole archive."""

from __future__ import annotations

import pytest
from lxml import etree

from aligncheck.model import Bitext
from aligncheck.readers import ReadOptions, read

from .conftest import Archive


def test_every_passage_once_without_those_that_are_wrong(archive: Archive) -> None:
    for name in ("again", "more"):  # texts that agree but for their last line
        archive.pair(f"2024/{name}", 2024, extra=f"{name}：甲&乙<1>。\n")
        english = archive.root / f"2024/{name}.en.txt"
        archive.write(
            f"2024/{name}.en.txt", english.read_text(encoding="utf-8") + f"No. {name}: A & B <1>.\n"
        )
    archive.run("--tmx")
    path = archive.out / "audit.tmx"
    tree = etree.parse(path)
    units = tree.findall(".//tu")
    texts = [tuple(v.findtext("seg") for v in unit.findall("tuv")) for unit in units]
    assert len(set(texts)) == len(texts)
    wrong = archive.rows(
        "SELECT b.source_text, b.target_text FROM v_beads b JOIN v_findings f USING (unit) WHERE b.position = f.bead"
    )
    right = archive.rows("SELECT DISTINCT source_text, target_text FROM v_beads WHERE kind <> 'alone'")
    assert len(wrong) == 1
    assert sorted(texts) == sorted(set(right) - {tuple(row) for row in wrong})
    twice = [u for u in units if u.get("usagecount") == "2"]
    assert len(twice) == 3
    assert {p.get("type"): p.text for p in twice[0].findall("prop")} == {
        "x-document": "2024/again.zh.txt",
        "x-first-year": "2024",
        "x-last-year": "2024",
        "x-quality": "0.9000",
    }
    memory = read(path, ReadOptions())
    assert isinstance(memory, Bitext)
    assert (memory.source.language, memory.target.language) == ("zh", "en")
    assert len(memory.given) == len(units)
    first = path.read_bytes()
    archive.run("--tmx")
    assert path.read_bytes() == first
    archive.run()
    assert not path.exists(), "what is not asked for is not left to grow old"


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_a_memory_of_others_is_left_alone(archive: Archive) -> None:
    archive.run()
    (archive.out / "audit.tmx").write_text("mine", encoding="utf-8")
    code, _, err = archive.run("--tmx")
    assert code == 2
    assert "is in the way" in err
    assert (archive.out / "audit.tmx").read_text(encoding="utf-8") == "mine"
