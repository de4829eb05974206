"""Whatever a user hands over by mistake, or an attacker on purpose: one clear message, exit code 2."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from aligncheck.cli import main

CHINESE = "一、工作回顾\n全年新增就业3.6万人。我们完善了养老服务。\n二、重点任务\n明年新建学校5所。\n"
ENGLISH = (
    "I. Review of Work\nA total of 36,000 jobs were created over the year. We improved eldercare services.\n"
    "II. Key Tasks\nNext year, five schools will be built.\n"
)
BOMB = (
    '<?xml version="1.0"?><!DOCTYPE t [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE t [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
TMX = '<tmx version="1.4"><header/><body><tu><tuv xml:lang="zh"><seg>{}</seg></tuv></tu></body></tmx>'
TBX = (
    '<tbx type="TBX-Basic" style="dca" xmlns="urn:iso:std:iso:30042:ed-2"><text><body>{}</body></text></tbx>'
)


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with a good pair, and a report of an earlier run that must survive."""
    (tmp_path / "zh.txt").write_text(CHINESE, encoding="utf-8")
    (tmp_path / "en.txt").write_text(ENGLISH, encoding="utf-8")
    (tmp_path / "out").mkdir()
    for name in ("zh.xml", "zh.html", "zh.json", "bad.xml", "bad.html"):
        (tmp_path / "out" / name).write_text("an earlier report", encoding="utf-8")
    return tmp_path


def put(name: str, content: bytes | str) -> Callable[[Path], list[str]]:
    """The bad file alone as input."""

    def make(desk: Path) -> list[str]:
        path = desk / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return ["check", str(path)]

    return make


def against(name: str, content: bytes | str) -> Callable[[Path], list[str]]:
    """The bad file as the source of a good translation."""

    def make(desk: Path) -> list[str]:
        return [*put(name, content)(desk), str(desk / "en.txt")]

    return make


def glossary(name: str, content: bytes | str) -> Callable[[Path], list[str]]:
    """A good pair with a bad glossary."""

    def make(desk: Path) -> list[str]:
        path = put(name, content)(desk)[1]
        return ["check", str(desk / "zh.txt"), str(desk / "en.txt"), "-g", path]

    return make


def pair(*arguments: str) -> Callable[[Path], list[str]]:
    """A good pair with other arguments; ``@`` stands for the folder."""
    return lambda desk: [
        "check",
        str(desk / "zh.txt"),
        str(desk / "en.txt"),
        *(a.replace("@", str(desk)) for a in arguments),
    ]


def command(*arguments: str) -> Callable[[Path], list[str]]:
    """Any command; ``@`` stands for the folder."""
    return lambda desk: [a.replace("@", str(desk)) for a in arguments]


def cut_short(name: str) -> Callable[[Path], list[str]]:
    """A packed file of which the second half is missing."""

    def make(desk: Path) -> list[str]:
        path = desk / name
        with zipfile.ZipFile(path, "w") as pack:
            pack.writestr("[Content_Types].xml", "<Types/>" * 200)
            pack.writestr("word/document.xml", "<w/>" * 2000)
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
        return ["check", str(path), str(desk / "en.txt")]

    return make


def zip_bomb(desk: Path) -> list[str]:
    """A DOCX whose text unpacks to 300 MB."""
    path = desk / "bomb.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as pack:
        pack.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        )
        with pack.open("word/document.xml", "w") as part:
            for _ in range(300):
                part.write(b" " * (1 << 20))
    return ["check", str(path), str(desk / "en.txt")]


def foreign_zip(desk: Path) -> list[str]:
    """A pack of something else under a Word file's name."""
    path = desk / "photos.docx"
    with zipfile.ZipFile(path, "w") as pack:
        pack.writestr("../../evil.txt", "no")
    return ["check", str(path), str(desk / "en.txt")]


def formula_glossary(desk: Path) -> list[str]:
    """A sheet without the columns of a glossary."""
    book = openpyxl.Workbook()
    book.active.append(["price", "amount"])
    book.active.append(["=1+1", 5])
    book.save(desk / "sums.xlsx")
    return ["check", str(desk / "zh.txt"), str(desk / "en.txt"), "-g", str(desk / "sums.xlsx")]


CASES: dict[str, tuple[Callable[[Path], list[str]], str]] = {
    # what is wrong: (arguments, what the message must name)
    "no such file": (command("check", "@/none.txt", "@/en.txt"), "none.txt"),
    "no such translation": (command("check", "@/zh.txt", "@/none.txt"), "none.txt"),
    "a folder": (command("check", "@", "@/en.txt"), "folder"),
    "an empty file": (against("bad.txt", ""), "bad.txt"),
    "only blank lines": (against("bad.txt", "\n \n\t\n　\n"), "bad.txt"),
    "a byte order mark alone": (against("bad.txt", b"\xef\xbb\xbf"), "bad.txt"),
    "Chinese twice": (command("check", "@/zh.txt", "@/zh.txt"), "Chinese"),
    "English twice": (command("check", "@/en.txt", "@/en.txt"), "English"),
    "one language to align": (command("align", "@/zh.txt"), "zh.txt"),
    "bytes of no encoding": (against("bad.txt", b"\xff\x80\x81\xfe" * 50), "bad.txt"),
    "half a UTF-16 unit": (against("bad.txt", b"\xff\xfe\x00\x4e\x4e"), "bad.txt"),
    "NUL bytes": (against("bad.txt", CHINESE.replace("我们", "\0\0")), "bad.txt"),
    "a picture": (against("bad.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8), "bad.txt"),
    "lone surrogates": (against("bad.txt", "一、".encode() + b"\xed\xa0\x80\xed\xb0" * 9), "bad.txt"),
    "unknown encoding": (pair("--encoding", "klingon"), "klingon"),
    "another encoding": (pair("--encoding", "ascii"), "ascii"),
    "unknown option": (pair("--fail-onn", "major"), "--fail-onn"),
    "unknown severity": (pair("--fail-on", "terrible"), "terrible"),
    "unknown format": (pair("-f", "htlm"), "html"),
    "unknown input format": (pair("--from", "wordstar"), "wordstar"),
    "unknown command": (command("chekc", "@/zh.txt"), "chekc"),
    "unknown check": (command("explain", "omision"), "omission"),
    "output under a file": (pair("-o", "@/zh.txt/reports"), "zh.txt"),
    "output is a file": (pair("-o", "@/zh.txt"), "zh.txt"),
    "no glossary there": (pair("-g", "@/none.tbx"), "none.tbx"),
    "a glossary that is a folder": (pair("-g", "@/out"), "out"),
    "an empty glossary": (glossary("bad.csv", ""), "bad.csv"),
    "a ragged glossary": (glossary("bad.csv", "zh,en,status\n甲,a,preferred,x,y,z\n乙\n"), "bad.csv:"),
    "a glossary with an unknown status": (glossary("bad.csv", "zh,en,status\n甲,a,lovely\n"), "lovely"),
    "broken TBX": (glossary("bad.tbx", TBX.format("<conceptEntry>")), "bad.tbx:"),
    "TBX with an entity bomb": (glossary("bad.tbx", BOMB + TBX.format("&i;")), "entit"),
    "TBX with an outside entity": (glossary("bad.tbx", OUTSIDE + TBX.format("&x;")), "entit"),
    "another XML as a glossary": (glossary("bad.tbx", "<html><body/></html>"), "bad.tbx"),
    "a sheet that is no glossary": (formula_glossary, "sums.xlsx"),
    "a text that is no glossary": (glossary("bad.xlsx", "no sheet at all"), "bad.xlsx"),
    "TMX with an entity bomb": (put("bad.tmx", BOMB + TMX.format("&i;")), "entit"),
    "TMX with an outside entity": (put("bad.tmx", OUTSIDE + TMX.format("&x;")), "entit"),
    "TMX cut short": (put("bad.tmx", TMX.format("甲")[:-20]), "bad.tmx:"),
    "TMX with one language": (put("bad.tmx", TMX.format("甲乙丙丁戊")), "bad.tmx"),
    "XLIFF of another root": (put("bad.xlf", "<xlif version='2.0'/>"), "bad.xlf"),
    "XML nested without end": (put("bad.tmx", "<tmx>" + "<a>" * 20_000), "bad.tmx"),
    "DOCX cut short": (cut_short("bad.docx"), "bad.docx"),
    "an old Word file": (against("bad.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2048)), "bad.doc"),
    "DOCX with a zip bomb": (zip_bomb, "bomb.docx"),
    "DOCX with something else in it": (foreign_zip, "photos.docx"),
    "PDF cut short": (against("bad.pdf", b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R"), "bad.pdf"),
    "a broken record": (command("report", "@/out/zh.xml", "-f", "json"), "zh.xml"),
    "a record that is not there": (command("report", "@/none.xml", "-f", "json"), "none.xml"),
    "two records that are none": (command("diff", "@/out/zh.xml", "@/out/bad.xml"), "xml"),
    "an archive without documents": (command("audit", "@/out/empty", "-o", "@/out/audit"), "empty"),
    "facts of nothing": (command("facts", "@/none.txt"), "none.txt"),
}


@pytest.mark.parametrize("name", CASES)
def test_one_clear_message(name: str, desk: Path, capfd: pytest.CaptureFixture[str]) -> None:
    make, word = CASES[name]
    (desk / "out" / "empty").mkdir()
    arguments = make(desk)
    if arguments[0] in ("check", "report") and "-o" not in arguments:
        arguments += ["-o", str(desk / "out")]
    code = main(arguments)
    told = capfd.readouterr()
    assert code == 2, told.err
    assert "Traceback" not in told.err
    assert "internal error" not in told.err
    assert word in told.err
    assert sum(row.lower().startswith("error:") for row in told.err.splitlines()) == 1, told.err
    assert len(told.err) < 1500, told.err
    assert told.out == ""
    for report in (desk / "out").glob("*.*"):
        assert report.read_text(encoding="utf-8") == "an earlier report"


def test_a_very_long_line(desk: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """A line of 8 MB is refused or read, but not for ever."""
    (desk / "bad.txt").write_text("增" * 2_700_000, encoding="utf-8")
    code = main(["check", str(desk / "bad.txt"), str(desk / "en.txt"), "-o", str(desk / "out")])
    assert code in (1, 2), capfd.readouterr().err
