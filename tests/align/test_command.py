"""``aligncheck align``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from lxml import etree

from aligncheck.cli import main

ZH = "我们推动改革。\n空气质量持续改善，绿地面积增加。\n桥梁已经开工。\n"
EN = "We advance reform.\nAir quality kept improving.\nGreen space grew.\nWork on the bridge has begun.\n"


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    (tmp_path / "a.txt").write_text(ZH, encoding="utf-8")
    (tmp_path / "b.txt").write_text(EN, encoding="utf-8")
    return str(tmp_path / "a.txt"), str(tmp_path / "b.txt")


def test_beads_on_stdout(files: tuple[str, str], capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["align", "--segmented", *files, "-f", "beads", "-o", "-"]) == 0
    out, err = capsysbinary.readouterr()
    assert [row.rsplit(b":", 1)[0] for row in out.splitlines()] == [b"[0]:[0]", b"[1]:[1,2]", b"[2]:[3]"]
    assert b"3 beads" in err


def test_english_first(files: tuple[str, str], capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["align", "--segmented", files[1], files[0]]) == 0
    out = capsysbinary.readouterr().out
    assert [row.rsplit(b":", 1)[0] for row in out.splitlines()] == [b"[0]:[0]", b"[1,2]:[1]", b"[3]:[2]"]


def test_empty_lines_count_as_lines(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    (tmp_path / "a.txt").write_text("我们推动改革。\n\n桥梁已经开工。\n", encoding="utf-8")
    (tmp_path / "b.txt").write_text("We advance reform.\nWork on the bridge has begun.\n", encoding="utf-8")
    assert main(["align", "--segmented", str(tmp_path / "a.txt"), str(tmp_path / "b.txt")]) == 0
    rows = capsysbinary.readouterr().out.splitlines()
    assert [row.rsplit(b":", 1)[0] for row in rows] == [b"[0]:[0]", b"[2]:[1]"]


def test_all_formats_in_a_folder(files: tuple[str, str], tmp_path: Path) -> None:
    out = tmp_path / "out"
    every = [x for f in ("beads", "tsv", "tmx", "intertext", "jsonl") for x in ("-f", f)]
    assert main(["align", "--segmented", *files, *every, "-o", str(out)]) == 0
    assert sorted(p.name for p in out.iterdir()) == [
        f"a.aligncheck.{x}" for x in ("beads", "en.xml", "intertext.xml", "jsonl", "tmx", "tsv", "zh.xml")
    ]
    head, *rows = (out / "a.aligncheck.tsv").read_text(encoding="utf-8").splitlines()
    assert head.split("\t") == ["zh", "en", "kind", "score", "moved"]
    assert rows[1].split("\t")[:3] == [
        "空气质量持续改善，绿地面积增加。",
        "Air quality kept improving. Green space grew.",
        "1-2",
    ]
    tmx = etree.parse(out / "a.aligncheck.tmx", etree.XMLParser(load_dtd=False, no_network=True))
    assert len(tmx.findall(".//tu")) == 3
    assert tmx.findtext(".//tu[2]/prop[@type='x-alignment']") == "1-2"
    assert 0 <= float(tmx.findtext(".//tu[2]/prop[@type='x-score']") or -1) <= 1
    assert tmx.findtext(".//header/prop[@type='x-segmentation']") == "lines"
    first = json.loads((out / "a.aligncheck.jsonl").read_text(encoding="utf-8").splitlines()[0])
    assert first["source_texts"] == ["我们推动改革。"]
    assert first["links"]


def test_intertext_points_at_its_documents(files: tuple[str, str], tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert main(["align", "--segmented", *files, "-f", "intertext", "-o", str(out)]) == 0
    group = etree.parse(out / "a.aligncheck.intertext.xml").getroot()
    ids = {
        name: {s.get("id") for s in etree.parse(out / group.get(name)).iter("s")}
        for name in ("toDoc", "fromDoc")
    }
    for link in group:
        to, source = (x.split() for x in link.get("xtargets").split(";"))
        assert link.get("type") == f"{len(to)}-{len(source)}"
        assert set(to) <= ids["toDoc"]
        assert set(source) <= ids["fromDoc"]


def test_same_bytes_twice(files: tuple[str, str], capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    outputs = []
    for _ in range(2):
        assert main(["align", *files, "-f", "jsonl"]) == 0
        outputs.append(capsysbinary.readouterr().out)
    assert outputs[0] == outputs[1]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["a.txt", "missing.txt"], "there is no such file"),
        (["a.txt", "a.txt"], "both documents are Chinese"),
        (["a.txt", "b.txt", "-f", "beads", "-f", "tsv"], "only one format fits on stdout"),
        (["a.txt", "b.txt", "-f", "poem"], "poem"),
        (["a.txt", "b.txt", "--max-bead", "0"], "max-bead"),
        (["a.txt", "b.txt", "--encoder", "unknown"], "unknown encoder"),
        (["a.txt", "empty.txt"], "empty.txt"),
    ],
)
def test_wrong_use_is_one_clear_message(
    arguments: list[str],
    says: str,
    files: tuple[str, str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "empty.txt").write_text("")
    monkeypatch.chdir(tmp_path)
    assert main(["align", *arguments]) == 2
    out, err = capsys.readouterr()
    assert says in err
    assert "Traceback" not in err
    assert out == ""
