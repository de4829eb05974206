"""What belongs together: names, contents, copies, and the honest "not clear"."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from aligncheck.archive.pairing import name_of, pair
from aligncheck.archive.profile import Profile, marks_of, profile_of, read_profile, year_of_text
from aligncheck.archive.walk import list_files
from aligncheck.errors import InputError
from aligncheck.model import Block, Document, Place


def profile(path: str, text: str, language: str = "") -> Profile:
    told = language or ("zh" if any("\u4e00" <= c <= "\u9fff" for c in text) else "en")
    rows = [r for r in text.splitlines() if r.strip()]
    blocks = tuple(Block(i, "paragraph", row, Place(line=i + 1)) for i, row in enumerate(rows))
    return profile_of(path, "0" * 64, len(text), Document(path, told, blocks))  # type: ignore[arg-type]


def sides(seed: int, lines: int = 12) -> tuple[str, str]:
    rng = random.Random(seed)
    figures = [rng.randint(1000, 99999) for _ in range(lines)]
    zh = "\n".join(f"新建学校{n}所，增长{n / 1000:g}%，各项工作稳步推进。" for n in figures)
    en = "\n".join(
        f"A total of {n:,} schools were built, up {n / 1000:g}%, and all work proceeded well."
        for n in figures
    )
    return zh, en


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("2019/report.zh.txt", "2019/report.en.txt"),
        ("report_zh-CN.docx", "report_en-US.docx"),
        ("中文/报告2019.txt", "英文/报告2019.txt"),
        ("2019年报告（中文版）.pdf", "2019年报告（英文版）.pdf"),
        ("2019报告中文版.txt", "2019报告英文版.txt"),
        ("source/2019.txt", "translation/2019.txt"),
        ("Report CHN final.doc", "report-ENG.doc"),
        ("a/zh/x.txt", "a/en/x.txt"),
        ("2019zh.txt", "2019en.txt"),
        ("reportCN2019.txt", "reportEN2019.txt"),
        ("报告CN.txt", "报告EN.txt"),
        ("chinese-2019.txt", "english-2019.txt"),
    ],
)
def test_names_that_belong_together(zh: str, en: str) -> None:
    assert name_of(zh).key == name_of(en).key
    assert (name_of(zh).language, name_of(en).language) == ("zh", "en")


@pytest.mark.parametrize(
    ("one", "other"),
    [("2019/report.zh.txt", "2020/report.en.txt"), ("budget.zh.txt", "report.en.txt"), ("a1.txt", "a2.txt")],
)
def test_names_that_do_not(one: str, other: str) -> None:
    assert name_of(one).key != name_of(other).key


def test_by_name_and_by_content() -> None:
    (z1, e1), (z2, e2), (z3, e3) = sides(1), sides(2), sides(3)
    found = pair(
        [
            profile("a.zh.txt", z1),
            profile("a.en.txt", e1),
            profile("scan1.txt", z2),
            profile("doc9.txt", e2),
            profile("other.txt", z3),
        ]
    )
    assert [(a, b, how) for a, b, how, _ in found.pairs] == [
        ("a.zh.txt", "a.en.txt", "name"),
        ("scan1.txt", "doc9.txt", "content"),
    ]
    assert found.single == ("other.txt",)
    assert not found.ambiguous
    assert pair([profile("doc9.txt", e2), profile("scan1.txt", z2), profile("other.txt", z3)]).single == (
        "other.txt",
    )
    assert e3


def test_of_two_versions_the_name_tells_which() -> None:
    zh, en = sides(1)
    found = pair(
        [
            profile("report.zh.txt", zh),
            profile("report-v2.zh.txt", zh.replace("稳步推进", "有序推进")),
            profile("report-v2.en.txt", en.replace("proceeded well", "went well")),
            profile("report.en.txt", en),
        ]
    )
    assert [(a, b, how) for a, b, how, _ in found.pairs] == [
        ("report-v2.zh.txt", "report-v2.en.txt", "name"),
        ("report.zh.txt", "report.en.txt", "name"),
    ]


def test_names_that_lie_are_overruled() -> None:
    (z1, e1), (z2, e2) = sides(1), sides(2)
    found = pair(
        [profile("a.zh.txt", z1), profile("a.en.txt", e2), profile("b.zh.txt", z2), profile("b.en.txt", e1)]
    )
    assert [(a, b, how) for a, b, how, _ in found.pairs] == [
        ("a.zh.txt", "b.en.txt", "content"),
        ("b.zh.txt", "a.en.txt", "content"),
    ]
    assert len(found.notes) == 2
    assert "called alike, but" in found.notes[0]


def test_two_versions_are_not_clear() -> None:
    zh, en = sides(1)
    second = en.replace("proceeded well", "went well")
    found = pair([profile("x.txt", zh), profile("one.txt", en), profile("two.txt", second)])
    assert not found.pairs
    assert {(c.source, c.target) for c in found.ambiguous} == {("x.txt", "one.txt"), ("x.txt", "two.txt")}
    assert found.single == ("one.txt", "two.txt", "x.txt")


def test_copies_are_kept_once_and_the_one_with_a_partner_stays() -> None:
    zh, en = sides(1)
    found = pair(
        [
            profile("a.zh.txt", zh),
            profile("a.en.txt", en),
            profile("c.txt", en + "\n"),
            profile("b/x.txt", zh),
        ]
    )
    assert [(a, b) for a, b, _, _ in found.pairs] == [("a.zh.txt", "a.en.txt")]
    assert found.duplicates == (("b/x.txt", "a.zh.txt"), ("c.txt", "a.en.txt"))


def test_meaning_decides_where_figures_say_nothing() -> None:
    zh = "我们要改进作风。\n各部门密切配合。"
    one = "We must improve our conduct.\nAll departments work closely together."
    two = "The weather was fine on the island.\nBoats came and went all day."
    profiles = [profile("x.txt", zh), profile("y.txt", one), profile("z.txt", two)]
    assert not pair(profiles).pairs
    found = pair(profiles, lambda _, en: 0.9 if en.path == "y.txt" else 0.1)
    assert [(a, b) for a, b, _, _ in found.pairs] == [("x.txt", "y.txt")]


def test_the_order_of_the_profiles_does_not_matter() -> None:
    profiles = []
    for seed in range(8):
        zh, en = sides(seed)
        profiles += [profile(f"{seed}q.txt", zh), profile(f"w{seed * 7 % 8}.txt", en)]
    expected = pair(profiles)
    assert len(expected.pairs) == 8
    for seed in range(5):
        random.Random(seed).shuffle(profiles)
        assert pair(profiles) == expected


def test_marks_are_values() -> None:
    assert set(marks_of("投资54.2万元，增长12%，5G基站3万个")) == {"542000", "12", "5G", "30000"}
    assert set(marks_of("542,000 yuan, up 12%, 30 thousand 5G stations")) == {"542000", "12", "5G", "30000"}
    assert set(marks_of("1.5亿")) == set(marks_of("150 million")) == {"150000000"}


@pytest.mark.parametrize(
    ("path", "text", "year", "source"),
    [
        ("2019/x.zh.txt", "政府工作报告\n2018年1月1日", "2019", "folder"),
        ("x2017.txt", "Report", "2017", "name"),
        ("二〇一六年报告.txt", "报告", "2016", "name"),
        ("x.txt", "REPORT\nDelivered on January 21, 2024", "2024", "text"),
        ("x.txt", "政府工作报告\n二○二三年一月", "2023", "text"),
        ("12345678.txt", "nothing", "", ""),
    ],
)
def test_years(path: str, text: str, year: str, source: str) -> None:
    found = profile(path, text)
    assert (found.year, found.year_from) == (year, source)


def test_year_of_text() -> None:
    assert year_of_text("二〇一九年到2020年") == "2019"
    assert year_of_text("no year, 123456") == ""


def test_what_cannot_be_read_says_why(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    found = read_profile(tmp_path, "a.txt", "", 0)
    assert found.error
    assert str(tmp_path) not in found.error
    assert not found.bug


def test_loops_and_folders(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "x.txt").write_text("x", encoding="utf-8")
    (tmp_path / "a" / "b" / "up").symlink_to(tmp_path / "a", target_is_directory=True)
    (tmp_path / "again").symlink_to(tmp_path / "a", target_is_directory=True)
    (tmp_path / "lost").symlink_to(tmp_path / "nowhere")
    (tmp_path / "self").symlink_to(tmp_path / "self")
    (tmp_path / "~$x.docx").write_text("lock", encoding="utf-8")
    (tmp_path / "photo.jpg").write_text("x", encoding="utf-8")
    found = list_files(tmp_path)
    assert found.files == ("a/x.txt",)
    reasons = dict(found.left_out)
    assert "leads back" in reasons["a/b/up"]
    assert "read already" in reasons["again"]
    assert "leads nowhere" in reasons["lost"]
    assert set(reasons) == {"a/b/up", "again", "lost", "self"}
    with pytest.raises(InputError, match="no such folder"):
        list_files(tmp_path / "none")
    with pytest.raises(InputError, match="not a folder"):
        list_files(tmp_path / "a" / "x.txt")
