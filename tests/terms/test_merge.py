"""Two glossaries made one, with a sheet for what they say differently."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from aligncheck.cli import main
from aligncheck.terms import Concept, Status, Term
from aligncheck.terms.load import read_glossary
from aligncheck.terms.merge import CHOICES, merge


def concept(name: str, zh: str, *english: tuple[str, Status], scope: str = "") -> Concept:
    """A concept of one Chinese term."""
    terms = (Term(zh, "zh"), *(Term(text, "en", status) for text, status in english))
    return Concept(name, terms, scope=scope)


P, A, D = Status.PREFERRED, Status.ADMITTED, Status.DEPRECATED
RENEWAL = concept("a1", "城市更新", ("urban renewal", P), ("city update", D))


@pytest.mark.parametrize(
    ("other", "statuses", "kinds"),
    [
        (
            concept("b", "城市更新", ("urban renewal", P), ("urban regeneration", A)),
            {"urban regeneration": A},
            [],
        ),
        (concept("b", "城市更新", ("urban regeneration", P)), {"urban regeneration": A}, ["preferred"]),
        (concept("b", "城市更新", ("city update", A)), {"city update": D}, ["status"]),
        (concept("b", "城市更新", ("Urban Renewals", D)), {"urban renewal": P}, ["status"]),
    ],
)
def test_concepts_of_one_term_are_joined(
    other: Concept, statuses: dict[str, Status], kinds: list[str]
) -> None:
    joined, conflicts = merge([RENEWAL], [other])
    assert len(joined) == 1
    assert [c.kind for c in conflicts] == kinds
    found = {t.text: t.status for t in joined[0].english}
    assert {text: found[text] for text in statuses} == statuses


def test_other_concepts_stay_apart() -> None:
    same_id = concept("a1", "花园城市", ("garden city", P))
    elsewhere = concept("c", "城市更新", ("city renewal", P), scope="place: 上海")
    joined, conflicts = merge([RENEWAL], [same_id, elsewhere])
    assert [c.id for c in joined] == ["a1", "a1-2", "c"]
    assert conflicts == []


def test_a_decision_on_the_sheet_is_carried_out(tmp_path: Path) -> None:
    one, two = tmp_path / "one.csv", tmp_path / "two.csv"
    one.write_text("zh,en\n城市更新,urban renewal\n花园城市,garden city\n", encoding="utf-8")
    two.write_text("zh,en\n城市更新,urban regeneration\n数字经济,digital economy\n", encoding="utf-8")
    sheet, out = tmp_path / "review.xlsx", tmp_path / "all.tbx"
    assert main(["glossary", "merge", str(one), str(two), "-o", str(out), "--review", str(sheet)]) == 1
    assert len(read_glossary(out).concepts) == 3
    book = openpyxl.load_workbook(sheet)
    row = [c.value for c in book.worksheets[0][2]]
    assert row[1:5] == ["城市更新", "preferred", "urban renewal", "urban regeneration"]
    book.worksheets[0]["A2"] = "b"
    book.save(sheet)
    again = tmp_path / "decided.tbx"
    assert main(["glossary", "merge", str(one), str(two), "-o", str(again), "--decisions", str(sheet)]) == 0
    best = read_glossary(again).concepts[0].preferred()
    assert best is not None
    assert best.text == "urban regeneration"


@pytest.mark.parametrize(("terms", "said"), [(1, "1 conflict to decide"), (2, "2 conflicts to decide")])
def test_the_sheet_offers_its_answers_in_a_list(
    terms: int, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one, two = tmp_path / "one.csv", tmp_path / "two.csv"
    pairs = [("城市更新", "urban renewal", "city renewal"), ("花园城市", "garden city", "city of gardens")]
    one.write_text("zh,en\n" + "".join(f"{zh},{a}\n" for zh, a, _ in pairs[:terms]), encoding="utf-8")
    two.write_text("zh,en\n" + "".join(f"{zh},{b}\n" for zh, _, b in pairs[:terms]), encoding="utf-8")
    sheet, out = tmp_path / "review.xlsx", tmp_path / "all.tbx"
    assert main(["glossary", "merge", str(one), str(two), "-o", str(out), "--review", str(sheet)]) == 1
    assert said in capsys.readouterr().err.splitlines()
    page = openpyxl.load_workbook(sheet).worksheets[0]
    last = terms + 1
    assert page.max_row == last
    [offered] = page.data_validations.dataValidation
    assert offered.type == "list"
    assert str(offered.sqref) == ("A2" if last == 2 else f"A2:A{last}")
    assert set(offered.formula1.strip('"').split(",")) == set(CHOICES)
    assert page.auto_filter.ref == f"A1:{page.cell(1, page.max_column).column_letter}{last}"
    assert page["D2"].alignment.wrap_text


def test_each_answer_that_the_sheet_offers_is_understood(tmp_path: Path) -> None:
    one, two = tmp_path / "one.csv", tmp_path / "two.csv"
    one.write_text("zh,en\n城市更新,urban renewal\n", encoding="utf-8")
    two.write_text("zh,en\n城市更新,city renewal\n", encoding="utf-8")
    sheet, out = tmp_path / "review.xlsx", tmp_path / "all.tbx"
    main(["glossary", "merge", str(one), str(two), "-o", str(out), "--review", str(sheet)])
    for number, choice in enumerate(CHOICES):
        book = openpyxl.load_workbook(sheet)
        book.worksheets[0]["A2"] = choice
        book.save(tmp_path / "answered.xlsx")
        target, answered = str(tmp_path / f"{number}.tbx"), str(tmp_path / "answered.xlsx")
        assert main(["glossary", "merge", str(one), str(two), "-o", target, "--decisions", answered]) == 0


def test_a_sheet_that_is_none_is_refused(tmp_path: Path) -> None:
    one = tmp_path / "one.csv"
    one.write_text("zh,en\n城市更新,urban renewal\n", encoding="utf-8")
    arguments = ["glossary", "merge", str(one), str(one), "-o", str(tmp_path / "out.tbx"), "--decisions"]
    assert main([*arguments, str(one)]) == 2
    assert main([*arguments, str(tmp_path / "none.xlsx")]) == 2
    assert not (tmp_path / "out.tbx").exists()
