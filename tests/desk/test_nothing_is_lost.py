"""No command writes over an input, or over a file that aligncheck did not write."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from aligncheck.cli import main
from aligncheck.errors import OutputError
from aligncheck.registry import load
from aligncheck.reports.write import made_by_us, report_path, write_again, write_atomically, write_new
from aligncheck.reports.xml_report import render
from tests.reports import sample

ZH = "云岭县改造老旧小区60个。\n新建公园12处。\n"
EN = "Yunling renovated 80 old residential compounds.\nTwelve new parks were built.\n"
GLOSSARY = "zh,en\n老旧小区,old residential compound\n"
PRECIOUS = "A year of notes.\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a pair, a glossary, two records, and a person's notes."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    Path("zh.txt").write_text(ZH, encoding="utf-8")
    Path("en.txt").write_text(EN, encoding="utf-8")
    Path("terms.csv").write_text(GLOSSARY, encoding="utf-8")
    Path("notes.md").write_text(PRECIOUS, encoding="utf-8")
    record = b"".join(render(sample.sample_report()))
    Path("old.xml").write_bytes(record)
    Path("new.xml").write_bytes(record)
    return tmp_path


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def kept(folder: Path, before: dict[str, bytes]) -> None:
    """Every file that stood before stands unchanged."""
    now = contents(folder)
    assert {name: now.get(name) for name in before} == before


CHECK = ("check", "zh.txt", "en.txt", "--isolated", "--fail-on", "never")


@pytest.mark.parametrize("name", sorted(load("aligncheck.reporters")))
def test_reports_beside_the_documents_leave_everything_as_it_was(name: str, here: Path) -> None:
    for extension in (".txt", ".docx", ".html", ".xml", ".tmx", ".xlsx"):
        for stem in ("zh", "en"):
            path = here / f"{stem}{extension}"
            if not path.exists():
                path.write_text(PRECIOUS)
    before = contents(here)
    assert main([*CHECK, "-o", ".", "-f", name]) == 0
    kept(here, before)
    new = set(contents(here)) - set(before)
    assert len(new) == 1
    assert ".aligncheck." in new.pop()


REFUSED: dict[str, tuple[str, ...]] = {
    "diff over a record": ("diff", "old.xml", "new.xml", "-o", "old.xml"),
    "diff over notes": ("diff", "old.xml", "new.xml", "-f", "html", "-o", "notes.md"),
    "convert onto itself": ("glossary", "convert", "terms.csv", "./terms.csv"),
    "convert over a draft": ("glossary", "convert", "terms.csv", "other.csv"),
    "mine over a glossary": ("glossary", "mine", "zh.txt", "en.txt", "-g", "terms.csv", "-o", "terms.csv"),
    "facts over the document": ("facts", "zh.txt", "-o", "zh.txt"),
    "facts over notes": ("facts", "zh.txt", "-o", "notes.md"),
    "an audit into the archive": ("audit", ".", "-o", "."),
    "an audit into a full folder": ("audit", "archive", "-o", "full"),
    "waivers into a document": ("waive", "0123456789abcdef", "--reason", "r", "--file", "en.txt"),
    "a baseline into a document": ("baseline", "zh.txt", "en.txt", "--isolated", "--file", "en.txt"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_a_place_that_is_taken_is_refused(case: str, here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "other.csv").write_text("mine\n")
    (here / "full").mkdir()
    (here / "full" / "index.html").write_text(PRECIOUS)
    (here / "archive").mkdir()
    shutil.copy("zh.txt", "archive/zh.txt")
    before = contents(here)
    assert main(list(REFUSED[case])) == 2
    kept(here, before)
    err = capsys.readouterr().err
    assert "Traceback" not in err
    assert err.count("\n") <= 6


LINKS: dict[str, Callable[[Path, Path], None]] = {"symlink": os.symlink, "hard link": os.link}


@pytest.mark.parametrize("link", LINKS)
def test_an_input_is_refused_under_another_name_too(
    link: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    LINKS[link](here / "zh.txt", here / "alias.txt")
    Path("reports_out").mkdir()
    LINKS[link](here / "en.txt", here / "reports_out" / "zh.aligncheck.html")
    before = contents(here)
    assert main(["facts", "zh.txt", "-o", "alias.txt"]) == 2
    assert main([*CHECK, "-f", "html"]) == 2
    assert main(["align", "zh.txt", "en.txt", "-f", "tsv", "-o", "reports_out"]) == 0
    kept(here, before)
    assert "this command reads" in capsys.readouterr().err


def test_an_older_report_is_kept_under_a_number(here: Path) -> None:
    out = here / "reports_out"
    for figure in ("80", "70", "60", "60"):
        Path("en.txt").write_text(EN.replace("80", figure), encoding="utf-8")
        assert main([*CHECK, "-f", "xml"]) == 0
    names = sorted(p.name for p in out.iterdir())
    assert names == ["zh.aligncheck.1.xml", "zh.aligncheck.2.xml", "zh.aligncheck.xml"]
    for name, figure in zip(sorted(names), ("70", "80", "60"), strict=True):
        assert f"renovated {figure}" in (out / name).read_text(encoding="utf-8")
    assert main(["diff", str(out / "zh.aligncheck.1.xml"), str(out / "zh.aligncheck.xml")]) == 0


def test_one_file_may_be_named(here: Path) -> None:
    assert main([*CHECK, "-f", "html", "-o", "mine.html"]) == 0
    assert main(["align", "zh.txt", "en.txt", "-f", "tmx", "-o", "memory.tmx"]) == 0
    assert main(["report", "old.xml", "-f", "json", "-o", "old.json"]) == 0
    for name in ("mine.html", "memory.tmx", "old.json"):
        assert made_by_us(Path(name))
    Path("terms.tsv").write_text("mine")
    before = contents(here)
    assert main([*CHECK, "-f", "terminal", "-o", "zh.txt"]) == 2
    assert main(["align", "zh.txt", "en.txt", "-f", "tsv", "-o", "terms.tsv"]) == 2
    kept(here, before)


def test_two_sources_of_one_name_do_not_overwrite_each_other(here: Path) -> None:
    for folder, figure in (("a", "80"), ("b", "61")):
        Path(folder).mkdir()
        Path(folder, "zh.txt").write_text(ZH, encoding="utf-8")
        Path(folder, "en.txt").write_text(EN.replace("80", figure), encoding="utf-8")
        main(["check", f"{folder}/zh.txt", f"{folder}/en.txt", "--isolated", "-f", "json"])
    texts = [p.read_text(encoding="utf-8") for p in sorted((here / "reports_out").iterdir())]
    assert len(texts) == 2
    assert "61 old" in texts[1]
    assert "80 old" in texts[0]


def test_the_gate_spares_documents_and_what_is_not_ours(here: Path) -> None:
    Path("aligncheck.toml").write_text(
        'output = "."\nformats = ["terminal"]\nfail-on = "never"\n'
        '[[pairs]]\nsource = "zh.txt"\ntarget = "en.txt"\n',
        encoding="utf-8",
    )
    before = contents(here)
    assert main(["gate", "--no-cache"]) == 0
    kept(here, before)
    assert Path("zh.aligncheck.txt").exists()
    for option, place in (
        ("--sarif", "notes.md"),
        ("--json", "en.txt"),
        ("--codequality", "aligncheck.toml"),
        ("--summary", "zh.txt"),
    ):
        assert main(["gate", "--no-cache", option, place]) == 2
    kept(here, before)
    for _ in range(2):  # what programs read is made anew each time
        assert main(["gate", "--no-cache", "--sarif", "all.sarif", "--json", "all.json"]) == 0
    assert not list(here.glob("all.1.*"))


def test_a_workbook_that_was_edited_is_kept(here: Path) -> None:
    import openpyxl

    assert main([*CHECK, "-f", "xlsx"]) == 0
    path = here / "reports_out" / "zh.aligncheck.xlsx"
    assert made_by_us(path)
    book = openpyxl.load_workbook(path)
    book.worksheets[0]["A2"] = "accept"
    book.save(path)
    edited = path.read_bytes()
    assert not made_by_us(path)
    assert main([*CHECK, "-f", "xlsx", "--waivers", str(path)]) == 2  # it is an input now
    assert path.read_bytes() == edited
    assert main([*CHECK, "-f", "xlsx"]) == 0
    assert path.with_name("zh.aligncheck.1.xlsx").read_bytes() == edited


def test_waivers_and_baselines_are_kept_behind_their_links(here: Path) -> None:
    Path("shared").mkdir()
    Path("shared/waivers.txt").write_text("# ours\n")
    os.symlink(here / "shared" / "waivers.txt", here / "waivers.txt")
    arguments = ["waive", "0123456789abcdef", "--reason", "r", "--by", "b", "--file", "waivers.txt"]
    assert main(arguments) == 0
    assert Path("waivers.txt").is_symlink()
    assert Path("shared/waivers.txt").read_text().startswith("# ours\n\n[0123456789abcdef]")


def test_a_name_too_long_is_cut(tmp_path: Path) -> None:
    for stem in ("报告" * 42, "x" * 252):
        path = report_path(tmp_path, stem, ".gitlab.json")
        write_new(path, [b"1"])
        write_new(path, [b"2"])
        assert path.read_bytes() == b"2"
    assert len(list(tmp_path.iterdir())) == 4
    assert report_path(tmp_path, "a.aligncheck.1", ".html").name == "a.aligncheck.1.html"


def test_what_others_wrote_is_told_from_ours(tmp_path: Path) -> None:
    mine, theirs = tmp_path / "a.json", tmp_path / "b.json"
    mine.write_text('{"schema": "aligncheck-gate/1"}')
    theirs.write_text('{"schema": "aligned", "text": "we use aligncheck"}')
    write_again(mine, [b"new"])
    assert mine.read_bytes() == b"new"
    for write in (write_again, write_new):
        with pytest.raises(OutputError, match="not written by aligncheck"):
            write(theirs, [b"new"])
    (tmp_path / "c").mkdir()
    with pytest.raises(OutputError, match="folder"):
        write_new(tmp_path / "c", [b""])
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.json", "b.json", "c"]


def test_init_keeps_the_file_that_it_replaces(here: Path) -> None:
    Path("aligncheck.toml").write_text("# hand-made\n")
    assert main(["init"]) == 2
    assert main(["init", "--force"]) == 0
    assert Path("aligncheck.1.toml").read_text() == "# hand-made\n"


def test_an_audit_takes_no_report_for_a_document(here: Path) -> None:
    from aligncheck.archive.walk import list_files

    Path("zh.aligncheck.html").write_text("<p>x</p>")
    Path("zh.aligncheck.1.xml").write_text("<r/>")
    Path("en.decisions.json").write_text("{}")
    files = list_files(here).files
    assert {"zh.txt", "en.txt"} <= set(files)
    assert not [f for f in files if ".aligncheck." in f or f.endswith(".json")]


def test_a_file_named_as_the_folder_is_said_to_be_one(here: Path) -> None:
    with pytest.raises(OutputError) as caught:
        write_new(report_path(Path("notes.md"), sample.sample_report().source.path, ".xml"), [b"<x/>"])
    assert "is a file, not a folder" in str(caught.value)
    assert "notes.md" in str(caught.value)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
@pytest.mark.parametrize("write", [write_new, write_again, write_atomically])
def test_a_pipe_or_device_is_written_into_and_stays_one(
    write: Callable[[Path, list[bytes]], None], tmp_path: Path
) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        write(pipe, [b"a", b"b"])
        assert os.read(reader, 10) == b"ab"
    finally:
        os.close(reader)
    assert pipe.is_fifo()


@pytest.mark.parametrize(
    "args",
    [
        (*CHECK, "-o", ""),
        ("check", "", "en.txt"),
        ("glossary", "merge", "terms.csv", "terms.csv", "-o", ""),
        ("waive", "list", "--file", ""),
    ],
)
def test_an_empty_name_is_no_place(
    args: tuple[str, ...], here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = contents(here)
    assert main([*args]) == 2
    assert "the name is empty" in capsys.readouterr().err
    assert contents(here) == before
